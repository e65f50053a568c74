//! Lost responses to writes that Azure carried out, for each operation of both paths and each kind of loss: the run checks what
//! exists and continues from there, and if it cannot check, it reports the outcome as unknown.
#![expect(clippy::expect_used, reason = "a test may")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use identity_portal::arm::call::only_asks;
use identity_portal::arm::client::ArmClient;
use identity_portal::arm::error::ArmError;
use identity_portal::arm::guid::Guid;
use identity_portal::arm::http::{Headers, Request, Response};
use identity_portal::arm::managed_identity::{IDENTITY_API, ManagedIdentity};
use identity_portal::arm::transport::{Transport, WireError};
use identity_portal::provisioning::check::{Knowledge, parse};
use identity_portal::provisioning::draft::{Draft, TagRow};
use identity_portal::provisioning::plan::Plan;
use identity_portal::provisioning::progress::{FailureKind, Progress};
use identity_portal::provisioning::rules::Rules;
use identity_portal::provisioning::run::run;
use identity_portal::provisioning::run_error::RunError;
use identity_portal::simulator::{Faults, Reply, Settings, Simulator, seed};
use pollster::block_on;

/// How a response is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Loss {
    Dropped,
    TimedOut,
    /// A proxy answers instead of Azure.
    Proxy(u16),
    /// A success response that is truncated.
    Unreadable,
    Empty,
}

const LOSSES: [Loss; 8] =
    [Loss::Dropped, Loss::TimedOut, Loss::Proxy(200), Loss::Proxy(500), Loss::Proxy(502), Loss::Proxy(504), Loss::Unreadable, Loss::Empty];

/// What happens to a write.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Accident {
    /// The write's number, counted from 1.
    write: usize,
    loss: Loss,
    /// Whether Azure carries it out.
    taken: bool,
    /// Whether Azure is unreachable from then on.
    then_down: bool,
}

/// The simulator as a transport that loses responses. Its clock advances only by waiting.
struct Lossy {
    simulator: RefCell<Simulator>,
    now: Cell<u64>,
    guids: Cell<u8>,
    accident: Option<Accident>,
    /// Writes that were sent, whether they arrived or not.
    writes: RefCell<Vec<String>>,
    down: Cell<bool>,
    /// Whether another account signs in while the response is lost.
    switches: Cell<bool>,
}

impl Transport for Lossy {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        let is_write = !only_asks(request.method, &request.url);
        if is_write {
            self.writes.borrow_mut().push([request.method.as_str(), " ", &request.url].concat());
        }
        if self.down.get() {
            return Err(if self.switches.get() { WireError::OtherCaller } else { WireError::Unreachable });
        }
        let accident = self.accident.filter(|accident| is_write && accident.write == self.writes.borrow().len());
        let answer = if accident.is_none_or(|accident| accident.taken) {
            match self.simulator.borrow_mut().answer(&request, self.now.get()) {
                Reply::Answer { response, .. } => response,
                Reply::Unreachable { .. } => return Err(WireError::Unreachable),
            }
        } else {
            Response { status: 200, headers: Headers::default(), body: "{}".to_owned() }
        };
        let Some(Accident { loss, then_down, .. }) = accident else { return Ok(answer) };
        self.down.set(then_down);
        let page = |status, body: &str| Ok(Response { status, headers: Headers::default(), body: body.to_owned() });
        match loss {
            Loss::Dropped => Err(WireError::Unreachable),
            Loss::TimedOut => Err(WireError::TimedOut),
            Loss::Proxy(status) => page(status, "<html><h1>The proxy is tired</h1></html>"),
            Loss::Unreadable => page(answer.status, &answer.body[..answer.body.len() / 2]),
            Loss::Empty => page(answer.status, ""),
        }
    }

    async fn wait(&self, duration: Duration) {
        self.now.set(self.now.get() + u64::try_from(duration.as_millis()).expect("a short wait"));
    }

    fn new_guid(&self) -> Guid {
        self.guids.set(self.guids.get().wrapping_add(1));
        Guid::from_random([self.guids.get(); 16])
    }
}

const NOW: u64 = 1_718_402_566_123;

fn cloud(accident: Option<Accident>) -> (ArmClient<Lossy>, Rc<Lossy>) {
    let endpoint = "https://management.azure.com";
    let settings = Settings { endpoint: endpoint.to_owned(), random: [7; 16], faults: Faults::parse("").expect("no faults") };
    let transport = Rc::new(Lossy {
        simulator: RefCell::new(Simulator::new(settings)),
        now: Cell::new(NOW),
        guids: Cell::new(0),
        accident,
        writes: RefCell::default(),
        down: Cell::new(false),
        switches: Cell::new(false),
    });
    (ArmClient::new(Rc::clone(&transport), endpoint, "en"), transport)
}

/// A draft for each path: into an existing group, into a new one, into a subscription that must be registered first, and over
/// an existing identity.
fn drafts() -> Vec<Draft> {
    let draft = |direct, subscription: &str, group: &str, group_is_new, name: &str| Draft {
        subscription: subscription.to_owned(),
        resource_group: group.to_owned(),
        group_is_new,
        region: "eastus".to_owned(),
        name: name.to_owned(),
        tags: vec![TagRow { name: "Env".to_owned(), value: "test".to_owned() }],
        direct,
        ..Draft::default()
    };
    let of = |direct| {
        [
            draft(direct, seed::DEVELOPMENT, "RG1", false, "uami-apl2003"),
            draft(direct, seed::DEVELOPMENT, "rg-new", true, "uami-apl2003"),
            draft(direct, seed::SANDBOX, "rg-training", false, "uami-apl2003"),
            draft(direct, seed::DEVELOPMENT, "RG1", false, "uami-existing"),
        ]
    };
    [of(false), of(true)].concat()
}

fn plan(draft: &Draft) -> Plan {
    Plan::new(parse(draft, &Rules::default(), &Knowledge::default()).expect("the draft is good"))
}

fn shape(identity: &ManagedIdentity) -> String {
    format!("{} {} {:?}", identity.id.as_str().to_lowercase(), identity.location, identity.tags.iter().collect::<Vec<_>>())
}

/// All groups and identities of the subscription.
fn state(client: &ArmClient<Lossy>, subscription: &Guid) -> String {
    let groups = block_on(client.resource_groups(subscription).all(client)).expect("there are groups");
    let identities = block_on(client.identities(subscription, None, IDENTITY_API).all(client)).expect("there are identities");
    let mut lines: Vec<String> = groups.iter().map(|group| group.name.to_string()).collect();
    lines.extend(identities.iter().map(shape));
    lines.sort();
    lines.join("\n")
}

/// The end state of a run without accidents, and its writes.
fn without_accident(draft: &Draft) -> (String, Vec<String>) {
    let (client, transport) = cloud(None);
    let plan = plan(draft);
    block_on(run(&client, &plan, &mut Progress::new(&plan, NOW), &|_| {})).expect("it is made");
    let writes = transport.writes.borrow().clone();
    (state(&client, &plan.subscription), writes)
}

#[test]
fn a_write_that_azure_carried_out_succeeds_however_its_response_is_lost() {
    for draft in drafts() {
        let (expected, writes) = without_accident(&draft);
        let plan = plan(&draft);
        for write in 1..=writes.len() {
            for loss in LOSSES {
                // A truncated refusal is still a refusal: here that of a provider that must be registered first.
                let (client, _) = cloud(Some(Accident { write, loss, taken: true, then_down: false }));
                let mut progress = Progress::new(&plan, NOW);
                let refused = writes.len() > write && writes[write] != writes[write - 1] && writes[write].contains("/register");
                let mut made = block_on(run(&client, &plan, &mut progress, &|_| {}));
                if refused {
                    // Azure carried out nothing, and says so when asked: the next attempt continues.
                    assert!(matches!(made, Err(RunError::Call(_))), "{write} {loss:?} {draft:?}: {made:?}");
                    made = block_on(run(&client, &plan, &mut progress, &|_| {}));
                }
                let made = made.map(|identity| identity.name);
                assert_eq!(made, Ok(draft.name.clone()), "{write} of {writes:?} {loss:?} {draft:?}");
                assert_eq!(progress.failure, None);
                assert_eq!(progress.existed, Some(draft.name == "uami-existing"));
                assert_eq!(state(&client, &plan.subscription), expected, "{write} {loss:?} {draft:?}");
            }
        }
    }
}

#[test]
fn a_write_is_reported_as_not_carried_out_only_after_asking_azure() {
    for draft in drafts() {
        let (expected, writes) = without_accident(&draft);
        let plan = plan(&draft);
        for write in 1..=writes.len() {
            for loss in [Loss::Dropped, Loss::TimedOut, Loss::Proxy(502), Loss::Proxy(504)] {
                let (client, transport) = cloud(Some(Accident { write, loss, taken: false, then_down: false }));
                let mut progress = Progress::new(&plan, NOW);
                let error = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err("it did not arrive");
                assert!(matches!(&error, RunError::Call(error) if error.is_unanswered()), "{write} {loss:?} {draft:?}: {error:?}");
                assert_eq!(transport.writes.borrow().len(), write, "nothing is sent again by itself");
                block_on(run(&client, &plan, &mut progress, &|_| {})).expect("the next press makes it");
                assert_eq!(state(&client, &plan.subscription), expected, "{write} {loss:?} {draft:?}");
            }
        }
    }
}

#[test]
fn while_azure_is_unreachable_the_outcome_is_unknown_and_nothing_is_sent() {
    for draft in drafts() {
        let (expected, writes) = without_accident(&draft);
        let plan = plan(&draft);
        // Registering, and the refusal before it, create nothing; that is known without asking.
        let last = writes.len();
        for taken in [true, false] {
            let (client, transport) = cloud(Some(Accident { write: last, loss: Loss::Dropped, taken, then_down: true }));
            let mut progress = Progress::new(&plan, NOW);
            let error = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err("no answer");
            assert_eq!(error, RunError::Unknown(ArmError::Wire(WireError::Unreachable)), "{draft:?}");
            assert_eq!(progress.failure.as_ref().map(|failure| failure.kind), Some(FailureKind::Unanswered));
            // Checking while Azure is still down changes nothing. Progress is stored as JSON, as in the browser.
            let stored = serde_json::to_string(&progress).expect("it is JSON");
            let mut progress: Progress = serde_json::from_str(&stored).expect("it was stored");
            let error = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err("still no answer");
            assert!(matches!(error, RunError::Unknown(_)), "{error:?}");
            transport.down.set(false);
            let looked = block_on(run(&client, &plan, &mut progress, &|_| {}));
            assert_eq!(transport.writes.borrow().len(), last, "looking sends nothing: {draft:?}");
            if taken {
                assert_eq!(looked.map(|identity| identity.name), Ok(draft.name.clone()));
            } else {
                let error = looked.expect_err("it is not there");
                assert!(matches!(&error, RunError::Call(error) if error.is_unanswered()), "{error:?}");
                block_on(run(&client, &plan, &mut progress, &|_| {})).expect("the next press makes it");
            }
            assert_eq!(state(&client, &plan.subscription), expected, "{taken} {draft:?}");
        }
    }
}

#[test]
fn a_run_waits_for_its_own_account_after_another_signs_in() {
    for draft in drafts() {
        let (expected, writes) = without_accident(&draft);
        let plan = plan(&draft);
        for taken in [true, false] {
            let (client, transport) = cloud(Some(Accident { write: writes.len(), loss: Loss::Dropped, taken, then_down: true }));
            transport.switches.set(true);
            let mut progress = Progress::new(&plan, NOW);
            let error = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err("no answer");
            assert_eq!(error, RunError::Call(ArmError::Wire(WireError::OtherCaller)), "{draft:?}");
            assert!(progress.sent, "it may have arrived: {draft:?}");
            transport.down.set(false);
            block_on(run(&client, &plan, &mut progress, &|_| {})).expect("its own account goes on");
            assert_eq!(state(&client, &plan.subscription), expected, "{taken} {draft:?}");
        }
    }
}

#[test]
fn an_existing_identity_that_differs_from_the_request_is_no_success() {
    let draft = drafts().into_iter().find(|draft| draft.direct && draft.name == "uami-existing").expect("there is one");
    let plan = plan(&draft);
    let (client, _) = cloud(Some(Accident { write: 1, loss: Loss::Dropped, taken: false, then_down: false }));
    let before = state(&client, &plan.subscription);
    let error = block_on(run(&client, &plan, &mut Progress::new(&plan, NOW), &|_| {})).expect_err("its tags are the old ones");
    assert!(matches!(error, RunError::Call(_)), "{error:?}");
    assert_eq!(state(&client, &plan.subscription), before);
}
