//! Runs plans with the client against the simulated Azure: both paths, new and existing groups, stopped after every request and
//! resumed, with headers hidden as a browser may hide them. All lead to the same end state.
#![expect(clippy::expect_used, reason = "a test may")]

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use identity_portal::arm::client::ArmClient;
use identity_portal::arm::deployment::{Change, DeploymentState};
use identity_portal::arm::error::ArmError;
use identity_portal::arm::guid::Guid;
use identity_portal::arm::http::{Headers, Method, Request, Response};
use identity_portal::arm::managed_identity::{IDENTITY_API, ManagedIdentity};
use identity_portal::arm::resource_group::ResourceGroupName;
use identity_portal::arm::transport::{Transport, WireError};
use identity_portal::messages;
use identity_portal::provisioning::check::{Knowledge, PreflightResult, Verdict, check, parse};
use identity_portal::provisioning::draft::{Draft, TagRow};
use identity_portal::provisioning::explain::explain_run;
use identity_portal::provisioning::field::Field;
use identity_portal::provisioning::plan::Plan;
use identity_portal::provisioning::preflight::{self, TargetScope};
use identity_portal::provisioning::problem::Severity;
use identity_portal::provisioning::progress::Progress;
use identity_portal::provisioning::rules::Rules;
use identity_portal::provisioning::run::{ValidationOutcome, run, validate};
use identity_portal::provisioning::run_error::RunError;
use identity_portal::simulator::{Faults, Reply, Settings, Simulator, seed};
use pollster::block_on;

/// What happens to one of the requests.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Accident {
    /// It never arrives.
    Lost,
    /// It arrives, and its response is lost.
    ResponseLost,
    /// It arrives, and the tab is closed before the response.
    Abandoned,
}

/// The simulator as a transport whose clock advances only by waiting.
struct Simulated {
    simulator: RefCell<Simulator>,
    now: Cell<u64>,
    guids: Cell<u8>,
    sent: Cell<usize>,
    /// The number of deployments the cloud accepted.
    deployed: Cell<usize>,
    accident: Cell<Option<(usize, Accident)>>,
    /// The number of deployments that fail for lack of a second factor.
    lacking_second_factor: Cell<usize>,
    hides_headers: bool,
}

impl Transport for Simulated {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        self.sent.set(self.sent.get() + 1);
        let accident = self.accident.get().filter(|(at, _)| *at == self.sent.get()).map(|(_, accident)| accident);
        if accident == Some(Accident::Lost) {
            return Err(WireError::Unreachable);
        }
        let reply = self.simulator.borrow_mut().answer(&request, self.now.get());
        let is_deployment = request.method == Method::Put && request.url.contains("/Microsoft.Resources/deployments/");
        if is_deployment && matches!(&reply, Reply::Answer { response, .. } if response.status < 300) {
            self.deployed.set(self.deployed.get() + 1);
        }
        if accident == Some(Accident::Abandoned) {
            std::future::pending::<()>().await;
        }
        let (response, after) = match reply {
            Reply::Answer { response, after_ms } => (Ok(response), after_ms),
            Reply::Unreachable { after_ms } => (Err(WireError::Unreachable), after_ms),
        };
        self.now.set(self.now.get() + u64::from(after));
        let mut response = response?;
        let asks_deployment = request.method == Method::Get && request.url.contains("/Microsoft.Resources/deployments/");
        if asks_deployment && self.deployed.get() <= self.lacking_second_factor.get() && response.body.contains("\"properties\"") {
            LACKS_SECOND_FACTOR.clone_into(&mut response.body);
        }
        if self.hides_headers {
            response.headers = Headers::default();
        }
        if accident == Some(Accident::ResponseLost) { Err(WireError::TimedOut) } else { Ok(response) }
    }

    async fn wait(&self, duration: Duration) {
        self.now.set(self.now.get() + u64::try_from(duration.as_millis()).expect("a short wait"));
    }

    fn new_guid(&self) -> Guid {
        self.guids.set(self.guids.get().wrapping_add(1));
        Guid::from_random([self.guids.get(); 16])
    }
}

/// A deployment whose operations were refused for lack of a second factor.
const LACKS_SECOND_FACTOR: &str = r#"{"id":"/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Resources/deployments/d","name":"d",
    "properties":{"provisioningState":"Failed","error":{"code":"DeploymentFailed","message":"See details.",
    "details":[{"code":"RequestDisallowedByPolicy","message":"Resource was disallowed by policy. Reasons: MFA is required."}]}}}"#;

const NOW: u64 = 1_718_402_566_123;

fn cloud(sim: &str, hides_headers: bool) -> (ArmClient<Simulated>, Rc<Simulated>) {
    let endpoint = "https://management.azure.com";
    let settings = Settings { endpoint: endpoint.to_owned(), random: [7; 16], faults: Faults::parse(sim).expect("known faults") };
    let transport = Rc::new(Simulated {
        simulator: RefCell::new(Simulator::new(settings)),
        now: Cell::new(NOW),
        guids: Cell::new(0),
        sent: Cell::new(0),
        deployed: Cell::new(0),
        accident: Cell::new(None),
        lacking_second_factor: Cell::new(0),
        hides_headers,
    });
    (ArmClient::new(Rc::clone(&transport), endpoint, "en"), transport)
}

fn draft(group: &str, group_is_new: bool, direct: bool) -> Draft {
    Draft {
        subscription: seed::DEVELOPMENT.to_owned(),
        resource_group: group.to_owned(),
        group_is_new,
        region: "eastus".to_owned(),
        name: "uami-apl2003".to_owned(),
        tags: vec![TagRow { name: "cost centre".to_owned(), value: "[1]\n\"'$x".to_owned() }],
        isolation_scope: "Regional".to_owned(),
        restrictions: vec!["Microsoft.Storage/*".to_owned()],
        direct,
        ..Draft::default()
    }
}

fn plan(draft: &Draft) -> Plan {
    Plan::new(parse(draft, &Rules::default(), &Knowledge::default()).expect("the draft is good"))
}

/// All drafts with the same kind of end state.
fn drafts() -> [Draft; 6] {
    let tagged = |direct| Draft { tag_group: Some(true), ..draft("rg-new", true, direct) };
    [
        draft("RG1", false, false),
        draft("RG1", false, true),
        draft("rg-new", true, false),
        draft("rg-new", true, true),
        tagged(false),
        tagged(true),
    ]
}

/// An identity without its generated values.
fn shape(identity: &ManagedIdentity) -> String {
    let tags: Vec<_> = identity.tags.iter().collect();
    format!(
        "{} {} {tags:?} {:?} {:?}",
        identity.id.as_str().to_lowercase(),
        identity.location,
        identity.properties.isolation_scope,
        identity.properties.restrictions
    )
}

/// All groups and identities of the subscription.
fn end_state(client: &ArmClient<Simulated>) -> String {
    let subscription = Guid::parse(seed::DEVELOPMENT).expect("an id");
    let groups = block_on(client.resource_groups(&subscription).all(client)).expect("there are groups");
    let identities = block_on(client.identities(&subscription, None, IDENTITY_API).all(client)).expect("there are identities");
    let mut lines: Vec<String> =
        groups.iter().map(|group| format!("{} {} {}", group.name, group.location, group_tags(client, &group.name))).collect();
    lines.extend(identities.iter().map(shape));
    lines.sort();
    lines.join("\n")
}

/// The tags of a group as ARM shows them: the app itself does not read them.
fn group_tags(client: &ArmClient<Simulated>, name: &ResourceGroupName) -> String {
    let url = format!("https://management.azure.com/subscriptions/{}/resourcegroups/{name}?api-version=2024-07-01", seed::DEVELOPMENT);
    let request = Request { method: Method::Get, url, headers: Headers::default(), body: None };
    let reply = client.transport().simulator.borrow_mut().answer(&request, client.transport().now.get());
    let Reply::Answer { response, .. } = reply else { return String::new() };
    let group: serde_json::Value = serde_json::from_str(&response.body).expect("it is JSON");
    group["tags"].to_string()
}

/// Runs a plan to completion in its own world, and returns the end state.
fn run_whole(draft: &Draft, hides_headers: bool) -> (String, usize) {
    let (client, transport) = cloud("", hides_headers);
    let plan = plan(draft);
    let mut progress = Progress::new(&plan, NOW);
    let identity = block_on(run(&client, &plan, &mut progress, &|_| {})).expect("it is made");
    assert!(progress.is_done(&plan) && progress.failure.is_none());
    assert_eq!(progress.existed, Some(false));
    assert_eq!(identity.name, "uami-apl2003");
    let sent = transport.sent.get();
    (end_state(&client), sent)
}

/// Polls a future once: the simulated cloud is always ready, so only an abandoned request is pending.
fn once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

#[test]
fn both_paths_lead_to_the_same_end_state_with_and_without_headers() {
    for group in [["RG1", ""], ["rg-new", "new"]] {
        let state = |direct, hides| run_whole(&draft(group[0], group[1] == "new", direct), hides).0;
        let expected = state(false, false);
        assert!(expected.contains("uami-apl2003") && expected.contains(&[group[0], " eastus"].concat()), "{expected}");
        assert_eq!(state(true, false), expected);
        assert_eq!(state(false, true), expected);
        assert_eq!(state(true, true), expected);
    }
}

#[test]
fn both_paths_tag_a_new_group_if_requested() {
    for direct in [false, true] {
        let tagged = |tag_group| run_whole(&Draft { tag_group, ..draft("rg-new", true, direct) }, false).0;
        assert!(tagged(Some(true)).contains(r#"rg-new eastus {"cost centre":"[1]\n\"'$x"}"#), "{}", tagged(Some(true)));
        assert!(tagged(None).contains("rg-new eastus null") && tagged(Some(false)).contains("rg-new eastus null"));
    }
}

#[test]
fn policies_of_a_new_group_are_reported_before_and_in_a_refusal() {
    let (client, _) = cloud("", false);
    let subscription = Guid::parse(seed::SANDBOX).expect("an id");
    let regions = block_on(client.locations(&subscription).all(&client)).expect("there are regions");
    let row = |name: &str| TagRow { name: name.to_owned(), value: "ada".to_owned() };
    let sandbox = |tag_group, tags: &[&str]| Draft {
        subscription: seed::SANDBOX.to_owned(),
        tag_group,
        tags: tags.iter().map(|name| row(name)).collect(),
        ..draft("rg-new", true, false)
    };
    let group_policy_notes = |draft: &Draft| {
        let place = TargetScope::of(draft).expect("a place");
        let group_policy = block_on(preflight::group_policy(&client, &place, draft, &regions));
        let known = Knowledge { group_policy, ..Knowledge::default() };
        let problems = check(draft, &Rules::default(), &known);
        let of_group = problems.iter().filter(|problem| problem.severity != Severity::Blocks && problem.sentence.text().contains("group"));
        let notes = of_group.map(|problem| (problem.field, problem.sentence.message)).collect::<Vec<_>>();
        (draft.tags_group(&known), notes)
    };
    let informs = (Field::ResourceGroup, messages::GROUP_TAGGED_BY_POLICY);
    assert_eq!(group_policy_notes(&sandbox(None, &["owner"])), (true, vec![informs]), "on by itself where a policy asks");
    assert_eq!(group_policy_notes(&sandbox(None, &["Env"])), (true, vec![informs, (Field::Tags, messages::GROUP_POLICY_REQUIRES_TAG)]));
    assert_eq!(group_policy_notes(&sandbox(Some(true), &["Owner"])), (true, vec![]));
    assert_eq!(
        group_policy_notes(&sandbox(Some(false), &["Owner"])),
        (false, vec![(Field::ResourceGroup, messages::GROUP_POLICY_NEEDS_TAGS)])
    );
    let elsewhere = Draft { subscription: seed::DEVELOPMENT.to_owned(), ..sandbox(None, &["Env"]) };
    assert_eq!(group_policy_notes(&elsewhere), (false, vec![]));

    for direct in [false, true] {
        let refused = Draft { direct, ..sandbox(Some(false), &["Owner"]) };
        let plan = plan(&refused);
        let error = block_on(run(&client, &plan, &mut Progress::new(&plan, NOW), &|_| {})).expect_err("a policy denies the group");
        let RunError::Call(ArmError::Refused(refusal)) = &error else { unreachable!("{error:?}") };
        let inner = refusal.innermost();
        assert_eq!((inner.code.as_str(), inner.target.as_deref()), ("RequestDisallowedByPolicy", Some("rg-new")), "direct: {direct}");
    }
}

#[test]
fn a_run_stopped_after_any_request_resumes_to_the_same_end_state() {
    for draft in drafts() {
        let (expected, requests) = run_whole(&draft, false);
        let plan = plan(&draft);
        for at in 1..=requests {
            for accident in [Accident::Lost, Accident::ResponseLost, Accident::Abandoned] {
                let (client, transport) = cloud("", false);
                transport.accident.set(Some((at, accident)));
                // Stored as JSON, as in the browser.
                let stored = RefCell::new(String::new());
                let store = |progress: &Progress| *stored.borrow_mut() = serde_json::to_string(progress).expect("it is JSON");
                let mut progress = Progress::new(&plan, NOW);
                let mut result = once(run(&client, &plan, &mut progress, &store));
                let mut resumed = 0;
                while !matches!(result, Some(Ok(_))) {
                    assert!(resumed < 3, "{at} {accident:?}: {result:?}");
                    let mut progress: Progress = serde_json::from_str(&stored.borrow()).expect("it was stored");
                    result = once(run(&client, &plan, &mut progress, &store));
                    resumed += 1;
                }
                transport.accident.set(None);
                assert_eq!(end_state(&client), expected, "{at} {accident:?} {draft:?}");
                assert_eq!(transport.deployed.get(), usize::from(!draft.direct), "{at} {accident:?}");
            }
        }
    }
}

#[test]
fn both_paths_update_an_existing_identity_alike() {
    let state = |direct| {
        let (client, _) = cloud("", false);
        let plan = plan(&Draft { name: "uami-existing".to_owned(), ..draft("RG1", false, direct) });
        let before = end_state(&client);
        let mut progress = Progress::new(&plan, NOW);
        block_on(run(&client, &plan, &mut progress, &|_| {})).expect("it is updated");
        assert_eq!(progress.existed, Some(true), "direct: {direct}");
        (before, end_state(&client))
    };
    let (deployed, direct) = (state(false), state(true));
    assert_eq!(deployed, direct);
    assert_ne!(deployed.0, deployed.1);
    assert_eq!(deployed.0.lines().count(), deployed.1.lines().count());
}

#[test]
fn ten_thousand_groups_arrive_page_by_page() {
    let (client, transport) = cloud("large", false);
    let subscriptions = block_on(client.subscriptions().all(&client)).expect("there are subscriptions");
    assert!(subscriptions.len() >= 5_000, "{}", subscriptions.len());
    let before = transport.sent.get();
    let mut pages = client.resource_groups(&Guid::parse(seed::DEVELOPMENT).expect("an id"));
    let (mut count, mut largest) = (0, 0);
    while let Some(page) = block_on(pages.next(&client)).expect("a page") {
        count += page.len();
        largest = largest.max(page.len());
    }
    assert!(count >= 10_000 && largest <= 1_000 && transport.sent.get() - before >= 10, "{count} {largest}");
}

#[test]
fn validating_a_plan_creates_nothing() {
    for draft in drafts() {
        let (client, _) = cloud("", false);
        let (before, plan) = (end_state(&client), plan(&draft));
        let expected = if draft.direct { ValidationOutcome::Unanswered } else { ValidationOutcome::Valid };
        assert_eq!(block_on(validate(&client, &plan, &Progress::new(&plan, NOW))), Ok(expected));
        assert_eq!(end_state(&client), before);
    }
}

#[test]
fn what_if_lists_what_would_be_created() {
    let (client, _) = cloud("", false);
    let plan = plan(&draft("rg-new", true, false));
    let id = Progress::new(&plan, NOW).deployment_id().expect("it is a deployment");
    let body = identity_portal::provisioning::template::deployment_body(&plan);
    let changes = block_on(client.what_if(&id, &body)).expect("the request is accepted").expect("the address can be read");
    assert!(
        changes.iter().any(|Change { resource_id, kind, .. }| kind == "Create" && resource_id.ends_with("uami-apl2003")),
        "{changes:?}"
    );
}

#[test]
fn an_unregistered_provider_is_registered_during_a_run() {
    for direct in [false, true] {
        let (client, _) = cloud("", false);
        let draft = Draft { subscription: seed::SANDBOX.to_owned(), ..draft("rg-training", false, direct) };
        let plan = plan(&draft);
        let before = block_on(preflight::registration(&client, &plan.subscription));
        assert_eq!(before, PreflightResult::Known(Verdict::Refused("NotRegistered".to_owned())));
        let mut progress = Progress::new(&plan, NOW);
        block_on(run(&client, &plan, &mut progress, &|_| {})).expect("it is made");
        let after = block_on(preflight::registration(&client, &plan.subscription));
        assert_eq!(after, PreflightResult::Known(Verdict::Allowed), "direct: {direct}");
    }
}

#[test]
fn a_failed_deployment_says_why_and_its_operations_can_be_read() {
    let (client, _) = cloud("deployment-fails", false);
    let plan = plan(&draft("RG1", false, false));
    let mut progress = Progress::new(&plan, NOW);
    let error = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err("it fails");
    assert!(matches!(error, RunError::Failed(_)), "{error:?}");
    assert!(!explain_run(&error).title.text().is_empty() && progress.failure.is_some() && progress.correlation_id.is_some());
    let id = progress.deployment_id().expect("it is a deployment");
    let operations = block_on(client.deployment_operations(&id).all(&client)).expect("there are operations");
    assert!(operations.iter().any(|operation| operation.state == DeploymentState::Failed && operation.error.is_some()), "{operations:?}");
    let result = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err("it stays failed");
    assert!(matches!(result, RunError::Failed(_)), "resuming does not run it twice: {result:?}");
}

#[test]
fn a_cancelled_deployment_is_reported_as_cancelled() {
    let (client, _) = cloud("", false);
    let plan = plan(&draft("RG1", false, false));
    let mut progress = Progress::new(&plan, NOW);
    let id = progress.deployment_id().expect("it is a deployment");
    progress.sent = true;
    block_on(client.put_deployment(&id, &identity_portal::provisioning::template::deployment_body(&plan))).expect("it starts");
    block_on(client.cancel_deployment(&id)).expect("it is cancelled");
    assert_eq!(block_on(run(&client, &plan, &mut progress, &|_| {})), Err(RunError::Canceled));
}

#[test]
fn faults_are_reported_at_their_field() {
    let table = [
        ("forbidden", "AuthorizationFailed", Some(Field::ResourceGroup)),
        ("policy-denied", "RequestDisallowedByPolicy", None),
        ("locked", "ScopeLocked", Some(Field::ResourceGroup)),
        ("region-full", "RequestDisallowedByAzure", Some(Field::Region)),
        ("conflict", "InvalidResourceLocation", Some(Field::Name)),
    ];
    for (sim, code, field) in table {
        for direct in [false, true] {
            let (client, _) = cloud(sim, false);
            let plan = plan(&draft("RG1", false, direct));
            let mut progress = Progress::new(&plan, NOW);
            let error = block_on(run(&client, &plan, &mut progress, &|_| {})).expect_err(sim);
            let explanation = explain_run(&error);
            assert_eq!(explanation.code, code, "{sim} direct: {direct}: {error:?}");
            if field.is_some() {
                assert_eq!(explanation.field, field, "{sim} direct: {direct}");
            }
        }
    }
    let (client, transport) = cloud("throttled", false);
    let plan = plan(&draft("RG1", false, false));
    block_on(run(&client, &plan, &mut Progress::new(&plan, NOW), &|_| {})).expect("it goes on by itself");
    assert!(transport.now.get() > NOW + 1000);
}

#[test]
fn the_prechecks_have_three_outcomes() {
    let place = |group: &str| TargetScope::of(&draft(group, false, false)).expect("a place");
    let new = TargetScope::of(&draft("rg-new", true, false)).expect("a place");
    let (client, _) = cloud("", false);
    let refused = |what: &str| PreflightResult::Known(Verdict::Refused(what.to_owned()));
    let table = [(place("RG1"), PreflightResult::Known(Verdict::Allowed)), (new.clone(), PreflightResult::Known(Verdict::Allowed))];
    for (place, expected) in table {
        assert_eq!(block_on(preflight::permission(&client, &place)), expected, "{place:?}");
    }
    let reader = block_on(preflight::permission(&client, &place(seed::READER_GROUP)));
    assert_eq!(reader, refused("Microsoft.ManagedIdentity/userAssignedIdentities/write"));
    assert_eq!(block_on(preflight::lock(&client, &place(seed::LOCKED_GROUP))), refused("books-closed"));
    assert_eq!(block_on(preflight::lock(&client, &place(seed::KEPT_GROUP))), PreflightResult::Known(Verdict::Allowed));
    assert_eq!(block_on(preflight::lock(&client, &new)), PreflightResult::Known(Verdict::Allowed));

    let name = |text: &str| identity_portal::arm::identity_name::IdentityName::parse(text).expect("a name");
    let PreflightResult::Known(Some(existing)) =
        block_on(preflight::existing(&client, &place("rg1"), &name("UAMI-existing"), IDENTITY_API))
    else {
        unreachable!("it is there")
    };
    assert_eq!(existing.location.as_str(), "eastus");
    assert_eq!(block_on(preflight::existing(&client, &place("rg1"), &name("uami-free"), IDENTITY_API)), PreflightResult::Known(None));

    let subscription = Guid::parse(seed::DEVELOPMENT).expect("an id");
    let regions = block_on(client.locations(&subscription).all(&client)).expect("there are regions");
    let policed = draft(seed::POLICY_GROUP, false, false);
    let PreflightResult::Known(findings) = block_on(preflight::policy(&client, &place(seed::POLICY_GROUP), &policed, &regions)) else {
        unreachable!("policies are reported")
    };
    assert!(findings.iter().any(|finding| finding.field == Field::Region && finding.denied.contains(&"eastus".to_owned())), "{findings:?}");
    assert!(findings.iter().any(|finding| finding.tag.as_deref() == Some("CostCenter") && finding.required), "{findings:?}");

    let (offline, _) = cloud("offline", false);
    assert!(matches!(block_on(preflight::permission(&offline, &new)), PreflightResult::Unknown(_)));
    assert!(matches!(block_on(preflight::lock(&offline, &new)), PreflightResult::Unknown(_)));
    assert!(matches!(block_on(preflight::registration(&offline, &subscription)), PreflightResult::Unknown(_)));
    assert!(matches!(block_on(preflight::policy(&offline, &new, &policed, &regions)), PreflightResult::Unknown(_)));
    assert!(matches!(block_on(preflight::existing(&offline, &place("RG1"), &name("uami"), IDENTITY_API)), PreflightResult::Unknown(_)));
}

/// The transport obtains the second factor with the second request; a deployment that fails again is not sent a third time.
#[test]
fn a_deployment_that_lacked_a_second_factor_is_sent_once_more() {
    for (lacking_second_factor, sent) in [(0, 1), (1, 2), (2, 2)] {
        let (client, transport) = cloud("", false);
        transport.lacking_second_factor.set(lacking_second_factor);
        let plan = plan(&draft("RG1", false, false));
        let ended = block_on(run(&client, &plan, &mut Progress::new(&plan, NOW), &|_| ()));
        assert_eq!(transport.deployed.get(), sent, "{lacking_second_factor} without it");
        assert_eq!(matches!(ended, Err(RunError::Failed(_))), lacking_second_factor > 1, "{ended:?}");
    }
}
