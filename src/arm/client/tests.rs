//! Tests of the client against a scripted transport.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use pollster::block_on;

use super::*;
use crate::arm::error::Refusal;
use crate::arm::fake::{ENDPOINT, answer, answer_with, client, scripted};
use crate::arm::guid::Guid;
use crate::arm::resource_group::ResourceGroup;
use crate::arm::transport::WireError;

const THROTTLED: &str = r#"{"error":{"code":"SubscriptionRequestsThrottled","message":"Please try again after '10' seconds."}}"#;

fn subscription() -> Guid {
    Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id")
}

fn group_page(names: &[&str], next: Option<&str>) -> Response {
    let value: Vec<Value> = names.iter().map(|name| serde_json::json!({ "name": name, "location": "eastus" })).collect();
    answer(200, &serde_json::json!({ "value": value, "nextLink": next }).to_string())
}

fn names(groups: &[ResourceGroup]) -> Vec<&str> {
    groups.iter().map(|group| group.name.as_str()).collect()
}

#[test]
fn every_request_has_an_id_and_a_language() {
    let (client, fake) = scripted([group_page(&["a"], None), group_page(&[], None)]);
    for _ in 0..2 {
        block_on(client.resource_groups(&subscription()).all(&client)).expect("there are groups");
    }
    let sent = fake.sent.borrow();
    assert_eq!(
        sent[0].url,
        "https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups?api-version=2024-07-01"
    );
    let id = |at: usize| sent[at].headers.get("x-ms-client-request-id").and_then(Guid::parse);
    assert!(id(0).is_some() && id(1).is_some() && id(0) != id(1));
    assert_eq!(sent[0].headers.get("Accept-Language"), Some("en"));
    assert_eq!((sent[0].headers.get("Content-Type"), &sent[0].body), (None, &None));
}

#[test]
fn a_throttled_call_waits_and_retries() {
    let (client, fake) = scripted([
        answer_with(429, THROTTLED, ("retry-after", "3")),
        answer(429, THROTTLED),
        answer(503, "<html>"),
        group_page(&["a"], None),
    ]);
    let observed = Rc::new(RefCell::new(Vec::new()));
    let client = client.observed(Rc::new({
        let observed = Rc::clone(&observed);
        move |wait: Option<Wait>| observed.borrow_mut().push(wait.map(|wait| (wait.status, wait.seconds)))
    }));
    let groups = block_on(client.resource_groups(&subscription()).all(&client)).expect("it succeeds in the end");
    assert_eq!(names(&groups), ["a"]);
    assert_eq!(*fake.waits.borrow(), [3, 10, 4]);
    assert_eq!(*observed.borrow(), [Some((429, 3)), None, Some((429, 10)), None, Some((503, 4)), None]);
}

#[test]
fn retries_are_bounded_and_end_with_the_refusal() {
    let (client, fake) = client(|_| Ok(answer(429, THROTTLED)));
    let error = block_on(client.subscriptions().all(&client)).expect_err("always throttled");
    assert_eq!(fake.sent.borrow().len(), retry::ATTEMPTS_MAX as usize);
    let ArmError::Refused(refusal) = error else { unreachable!("ARM answered") };
    assert_eq!((refusal.status, refusal.code.as_str(), refusal.retry_after), (429, "SubscriptionRequestsThrottled", Some(10)));
    let last = fake.sent.borrow().last().and_then(|request| request.headers.get("x-ms-client-request-id").map(str::to_owned));
    assert_eq!(Some(refusal.request_id), last);
}

#[test]
fn a_write_with_unknown_outcome_is_not_retried() {
    let (client, fake) = client(|_| Ok(answer(500, "")));
    let id = crate::arm::resource_id::ResourceId::of_identity(&subscription(), "g", "uami");
    let error = block_on(client.put_identity(&id, "2023-01-31", "{}")).expect_err("it fails");
    assert_eq!(fake.sent.borrow().len(), 1);
    assert!(matches!(error, ArmError::Refused(refusal) if matches!(*refusal, Refusal { status: 500, .. })));
}

#[test]
fn pages_are_read_one_by_one() {
    let next = |token: &str| [ENDPOINT, "/subscriptions?$skiptoken=", token].concat();
    let (client, fake) = scripted([
        group_page(&["a", "b"], Some(&next("1"))),
        answer(500, ""),
        group_page(&["c"], Some("/x?$skiptoken=2")),
        group_page(&[], None),
    ]);
    let mut pages = client.resource_groups(&subscription());
    let mut read = Vec::new();
    while let Some(page) = block_on(pages.next(&client)).expect("there is a page") {
        read.push(names(&page).join(","));
    }
    assert_eq!(read, ["a,b", "c", ""]);
    assert!(pages.is_done());
    let paths: Vec<String> = fake.sent.borrow().iter().map(|request| request.url.clone()).collect();
    assert_eq!(paths[1..], [next("1"), next("1"), [ENDPOINT, "/x?$skiptoken=2"].concat()]);
}

#[test]
fn a_cyclic_list_is_an_error() {
    let (client, fake) = client(|request| {
        let next = if request.url.contains("=1") { "/x?$skiptoken=2" } else { "/x?$skiptoken=1" };
        Ok(group_page(&["a"], Some(next)))
    });
    let error = block_on(client.resource_groups(&subscription()).all(&client)).expect_err("the list is cyclic");
    assert!(matches!(error, ArmError::NotUnderstood { .. }));
    assert_eq!(fake.sent.borrow().len(), 3);
}

#[test]
fn a_failed_page_can_be_retried() {
    let (client, _) = scripted([group_page(&["a"], Some("/x?2")), answer(403, "")]);
    let mut pages = client.resource_groups(&subscription());
    assert_eq!(block_on(pages.next(&client)).map(|page| page.map(|page| page.len())), Ok(Some(1)));
    for _ in 0..2 {
        assert!(block_on(pages.next(&client)).is_err());
        assert!(!pages.is_done());
    }
}

#[test]
fn a_next_link_is_followed_only_to_arm_and_not_forever() {
    let links = ["https://evil.example/next", "https://management.azure.com.evil.example/", "//evil.example/", "javascript:x"];
    for link in links {
        let (client, fake) = scripted([group_page(&["a"], Some(link)), group_page(&["b"], None)]);
        let error = block_on(client.resource_groups(&subscription()).all(&client)).expect_err(link);
        assert!(matches!(error, ArmError::NotUnderstood { .. }), "{link}");
        assert_eq!(fake.sent.borrow().len(), 1, "{link}");
    }
    let (client, _) = client(|_| Ok(group_page(&["a"], Some("/subscriptions?again"))));
    let error = block_on(client.resource_groups(&subscription()).all(&client)).expect_err("it never ends");
    assert!(matches!(error, ArmError::NotUnderstood { .. }));
}

#[test]
fn odd_responses_never_panic() {
    for body in ["", "<html>", "[]", "{}", r#"{"value":{}}"#, "\u{0}"] {
        let (client, _) = scripted([answer(200, body)]);
        let error = block_on(client.resource_groups(&subscription()).all(&client)).expect_err(body);
        assert!(matches!(error, ArmError::NotUnderstood { ref request_id, .. } if !request_id.is_empty()), "{body}");
    }
    let (client, _) =
        scripted([answer(200, r#"{"value":[1,{},{"name":"a"},{"name":"b.","location":"x"},{"name":"c","location":"East US"}]}"#)]);
    assert_eq!(block_on(client.resource_groups(&subscription()).all(&client)).map(|groups| groups.len()), Ok(1));
}

#[test]
fn an_unreachable_service_is_a_wire_error() {
    let (client, _) = client(|_| Err(WireError::Unreachable));
    assert_eq!(block_on(client.tenants().all(&client)), Err(ArmError::Wire(WireError::Unreachable)));
}

#[test]
fn a_missing_resource_is_none_and_its_name_is_percent_encoded() {
    let (client, fake) = scripted([answer(404, r#"{"error":{"code":"ResourceGroupNotFound","message":"No."}}"#)]);
    let name = crate::arm::resource_group::ResourceGroupName::parse("Größe").expect("a name");
    assert_eq!(block_on(client.resource_group(&subscription(), &name)), Ok(None));
    assert!(fake.sent.borrow()[0].url.contains("/resourceGroups/Gr%C3%B6%C3%9Fe?"));
}

#[test]
fn a_registration_is_polled_until_done() {
    let provider =
        |state: &str| answer(200, &serde_json::json!({ "namespace": "Microsoft.ManagedIdentity", "registrationState": state }).to_string());
    let (client, fake) = scripted([provider("Registering"), provider("Registering"), provider("Registered")]);
    let registered = block_on(client.register_provider(&subscription(), "Microsoft.ManagedIdentity")).expect("it is registered");
    assert!(registered.is_registered());
    assert_eq!(*fake.waits.borrow(), [1, 2]);
    assert!(fake.sent.borrow()[0].url.contains("/providers/Microsoft.ManagedIdentity/register?"));
}

#[test]
fn an_accepted_operation_is_polled_at_a_readable_url() {
    let changes = r#"{"status":"Succeeded","properties":{"changes":[{"resourceId":"/a","changeType":"Create"}]}}"#;
    let id = crate::arm::deployment::deployment_id(&subscription(), None, "d").expect("an id");
    let (client, fake) =
        scripted([answer_with(202, "", ("location", "/later?x")), answer_with(202, "", ("location", "/later?y")), answer(200, changes)]);
    let found = block_on(client.what_if(&id, "{}")).expect("it ends");
    assert_eq!(found.map(|changes| changes.len()), Some(1));
    assert_eq!(fake.sent.borrow()[2].url, [ENDPOINT, "/later?y"].concat());
    for header in [("x-other", "x"), ("location", "https://evil.example/")] {
        let (client, fake) = scripted([answer_with(202, "", header)]);
        assert_eq!(block_on(client.what_if(&id, "{}")), Ok(None));
        assert_eq!(fake.sent.borrow().len(), 1);
    }
}

#[test]
fn a_successful_validation_response_can_hold_an_error() {
    let id = crate::arm::deployment::deployment_id(&subscription(), None, "d").expect("an id");
    let (client, _) = scripted([
        answer(200, r#"{"error":{"code":"InvalidTemplate","message":"No."}}"#),
        answer(200, r#"{"properties":{}}"#),
        answer(200, ""),
        answer(200, "<h1>Welcome to the hotel's network</h1>"),
    ]);
    assert_eq!(
        block_on(client.validate_deployment(&id, "{}")).err().map(|error| error.code().to_owned()).as_deref(),
        Some("InvalidTemplate")
    );
    assert_eq!(block_on(client.validate_deployment(&id, "{}")), Ok(true));
    assert_eq!(block_on(client.validate_deployment(&id, "{}")), Ok(true));
    assert!(matches!(block_on(client.validate_deployment(&id, "{}")), Err(ArmError::NotUnderstood { .. })));
}

/// A transport that never answers, and counts dropped requests.
struct Silent(Rc<Cell<u32>>);

struct Dropped(Rc<Cell<u32>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

impl Transport for Silent {
    async fn send(&self, _request: Request) -> Result<Response, WireError> {
        let _dropped = Dropped(Rc::clone(&self.0));
        std::future::pending().await
    }

    async fn wait(&self, _duration: Duration) {}

    fn new_guid(&self) -> Guid {
        Guid::from_bytes([0; 16])
    }
}

#[test]
fn a_dropped_future_cancels_its_request() {
    let dropped = Rc::new(Cell::new(0));
    let client = ArmClient::new(Rc::new(Silent(Rc::clone(&dropped))), ENDPOINT, "en");
    {
        let mut pages = client.subscriptions();
        let call = pin!(pages.next(&client));
        assert!(matches!(call.poll(&mut Context::from_waker(Waker::noop())), Poll::Pending));
        assert_eq!(dropped.get(), 0);
    }
    assert_eq!(dropped.get(), 1);
}
