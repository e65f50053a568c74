//! The markup of pages in states that need no cloud.

use std::rc::Rc;

use identity_portal::arm::caller::Caller;
use identity_portal::arm::error::{ArmError, Refusal};
use identity_portal::arm::http::Request;
use identity_portal::arm::location::{Location, LocationName};
use identity_portal::arm::managed_identity::read;
use identity_portal::arm::resource_id::ResourceId;
use identity_portal::arm::transport::WireError;
use identity_portal::cloud::identity_list::{IdentityList, IdentityRow, LoadState};
use identity_portal::cloud::{Backend, Cloud, ResponseFuture};
use identity_portal::identities::list::IdentityList;
use identity_portal::identities::overview::Overview;
use identity_portal::marketplace::page::MarketplacePage;
use identity_portal::portal::failure::Failure;
use identity_portal::provisioning::explain::explain;
use identity_portal::settings::Settings;
use leptos::prelude::*;
use serde_json::json;

use super::{has, html, lacks};

fn cloud() -> Cloud {
    Cloud::new(Rc::new(Unreachable))
}

struct Unreachable;

impl Backend for Unreachable {
    fn send(self: Rc<Self>, _: Request, _: Option<Caller>) -> ResponseFuture {
        Box::pin(async { Err(WireError::Unreachable) })
    }

    fn caller(&self) -> Caller {
        Caller::preview(self.origin())
    }

    fn origin(&self) -> &'static str {
        "https://management.azure.com"
    }
}

#[test]
fn an_identity_shows_its_ids_with_a_button_to_copy_each() {
    let value = json!({
        "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami",
        "name": "uami", "location": "eastus", "tags": { "Env": "<prod>" },
        "properties": { "tenantId": "11111111-2222-3333-4444-555555555551", "principalId": "11111111-2222-3333-4444-555555555552",
            "clientId": "11111111-2222-3333-4444-555555555553", "isolationScope": "Regional" },
    });
    let identity = read(&value).expect("an identity");
    let html = html(move || view! { <Overview identity=identity json="{}".into()/> }.into_any());
    has(
        &html,
        &[
            "11111111-2222-3333-4444-555555555553",
            "aria-label=\"Copy Client ID\"",
            "aria-label=\"Copy Principal (object) ID\"",
            "aria-label=\"Copy Tenant ID\"",
            "aria-label=\"Copy Resource ID\"",
            "Regional",
            "<dt>Env</dt>",
            "&lt;prod&gt;",
            "aria-controls=\"json-view\"",
        ],
    );
}

#[test]
fn a_failure_is_an_alert_that_says_azures_reason_and_keeps_ids_behind_a_disclosure() {
    let refusal = Refusal { status: 403, code: "AuthorizationFailed".into(), message: "ARM's words".into(), ..Refusal::default() };
    let refused = html(move || view! { <Failure explanation=explain(&ArmError::Refused(Box::new(refusal)))/> }.into_any());
    has(
        &refused,
        &[
            "role=\"alert\"",
            "Your account isn't allowed to do this here.",
            "Azure: “ARM's words”",
            "What Azure said",
            "aria-expanded=\"false\"",
        ],
    );
    lacks(&refused, &["AuthorizationFailed"]);
    let silent = html(|| view! { <Failure explanation=explain(&ArmError::Wire(WireError::Unreachable))/> }.into_any());
    lacks(&silent, &["What Azure said"]);
}

fn in_region(region: &str) -> IdentityRow {
    let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami";
    IdentityRow {
        id: ResourceId::parse(id).unwrap_or_else(|| panic!("no id: {id}")),
        name: "uami".into(),
        group: "RG1".into(),
        region: region.into(),
        subscription: "Contoso".into(),
        subscription_id: "11111111-2222-3333-4444-555555555555".into(),
        client_id: "c0ffee00-2222-3333-4444-555555555555".into(),
        principal_id: "decade00-2222-3333-4444-555555555555".into(),
    }
}

fn east_us() -> Location {
    Location {
        name: LocationName::parse("East US").unwrap_or_else(|| panic!("no name")),
        display_name: "East US".into(),
        regional_display_name: "(US) East US".into(),
        geography_group: "US".into(),
        recommended: true,
    }
}

#[test]
fn the_list_distinguishes_loading_empty_and_failed() {
    let list = |reading: LoadState| {
        html(move || {
            let directory = IdentityList::new(cloud());
            directory.reading.set(reading);
            view! { <IdentityList directory=directory/> }.into_any()
        })
    };
    has(&list(LoadState::UnderWay), &["skeleton", "role=\"status\"", "type=\"search\"", "aria-label=\"Filter\""]);
    has(&list(LoadState::Rested), &["No managed identities yet", "Create a managed identity"]);
    let read = html(|| {
        let directory = IdentityList::new(cloud());
        directory.reading.set(LoadState::Rested);
        directory.rows.set(["eastus", "marsnorth"].map(in_region).into());
        directory.regions.set(vec![east_us()]);
        view! { <IdentityList directory=directory/> }.into_any()
    });
    has(&read, &["<td>East US</td>", "<td>marsnorth</td>"]);
    for (typed, found) in [("east us", true), ("eastus", true), ("RG1", true), ("c0ffee00", true), ("west", false)] {
        assert_eq!(in_region("eastus").matches(typed, &[east_us()]), found, "{typed}");
    }
    let failed = list(LoadState::Failed(ArmError::Wire(WireError::Unreachable)));
    has(&failed, &["role=\"alert\"", "Azure could not be reached.", "Try again"]);
    lacks(&failed, &["No managed identities yet"]);
}

#[test]
fn the_marketplace_creates_one_service_and_says_where_the_others_are_created() {
    let html = html(|| {
        provide_context(StoredValue::new(Settings::default()));
        view! { <MarketplacePage/> }.into_any()
    });
    has(
        &html,
        &[
            "aria-label=\"Search the marketplace\"",
            "aria-label=\"Create: User Assigned Managed Identity\"",
            "Create in the Azure portal",
            "href=\"https://portal.azure.com/#create/Microsoft.ContainerRegistry\"",
            "(opens in a new tab)",
            "aria-pressed=\"true\"",
        ],
    );
    assert_eq!(html.matches("aria-label=\"Create: ").count(), 1, "{html}");
}
