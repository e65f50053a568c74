//! The commands on a deployment's page, by ownership, outcome and mode.

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::arm::error::ArmError;
use identity_portal::arm::resource_id::ResourceId;
use identity_portal::arm::transport::WireError;
use identity_portal::deployments::commands::{Commands, Offered};
use identity_portal::deployments::facts::Facts;
use identity_portal::deployments::view::Shown;
use identity_portal::portal::azure_portal::Portal;
use identity_portal::portal::runs::ownership::Ownership;
use identity_portal::portal::runs::record::Record;
use identity_portal::portal::runs::{Run, RunOutcome};
use identity_portal::provisioning::run_error::RunError;
use identity_portal::settings::{Mode, Settings};
use leptos::prelude::*;

use super::{has, html, lacks};

const GROUP: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/";
const REDEPLOY: &str = "Redeploy</button>";
const REFRESH: &str = "Refresh</button>";
const TEMPLATE: &str = "Template</button>";
const IN_PORTAL: &str = "Open in the Azure portal";

/// How it stopped, its ownership, and what the page contains and lacks.
type Row = (Option<RunError>, Ownership, &'static [&'static str], &'static [&'static str]);

fn live() -> Option<Portal> {
    Portal::in_use(&Settings { mode: Mode::Live, ..Settings::default() })
}

fn run(rest: &str, sent: bool, outcome: Option<RunError>) -> Run {
    let id = [GROUP, rest].concat();
    let mut record = Record::default();
    record.progress.correlation_id = sent.then(|| "c".to_owned());
    Run {
        id: ResourceId::parse(&id).unwrap_or_else(|| panic!("no id: {id}")),
        record,
        waiting: None,
        elsewhere: false,
        outcome: outcome.map(RunOutcome::Stopped),
    }
}

fn commands(offered: Offered) -> String {
    html(move || {
        let nothing = Callback::new(|()| ());
        let offered = Signal::stored(offered);
        view! { <Commands offered=offered on_refresh=nothing on_redeploy=nothing on_template=nothing/> }.into_any()
    })
}

fn of_run(run: &Run, whose: Ownership, portal: Option<Portal>) -> String {
    commands(Offered::of_run(run, &Shown::from(run), whose, portal))
}

#[test]
fn only_the_owner_can_redeploy_and_only_after_the_end() {
    let wire = ArmError::Wire;
    let failed = || Some(RunError::Call(wire(WireError::Unreachable)));
    let unknown = || Some(RunError::Unknown(wire(WireError::Unreachable)));
    let held = || Some(RunError::Call(wire(WireError::OtherCaller)));
    let deployment = "Microsoft.Resources/deployments/d";
    let table: [Row; 8] = [
        (None, Ownership::Mine, &[REFRESH, TEMPLATE, IN_PORTAL], &[REDEPLOY]),
        (unknown(), Ownership::Mine, &[REFRESH, TEMPLATE, IN_PORTAL], &[REDEPLOY]),
        (Some(RunError::Canceled), Ownership::Mine, &[REDEPLOY, REFRESH, TEMPLATE, IN_PORTAL], &[]),
        (failed(), Ownership::SignedOut, &[REDEPLOY, REFRESH, TEMPLATE, IN_PORTAL], &[]),
        (held(), Ownership::Mine, &[REFRESH, IN_PORTAL], &[REDEPLOY, TEMPLATE]),
        (failed(), Ownership::OtherAccount, &[REFRESH, IN_PORTAL], &[REDEPLOY, TEMPLATE]),
        (failed(), Ownership::OtherMode, &[REFRESH], &[REDEPLOY, TEMPLATE, IN_PORTAL]),
        (failed(), Ownership::OtherApp, &[REFRESH], &[REDEPLOY, TEMPLATE, IN_PORTAL]),
    ];
    for (outcome, whose, there, missing) in table {
        let printed = of_run(&run(deployment, true, outcome), whose, live());
        has(&printed, there);
        lacks(&printed, missing);
    }
    let unsent = of_run(&run(deployment, false, failed()), Ownership::Mine, live());
    lacks(&unsent, &[IN_PORTAL]);
}

#[test]
fn individual_requests_have_no_deployment_and_no_template() {
    let identity = "Microsoft.ManagedIdentity/userAssignedIdentities/u";
    let stopped = of_run(&run(identity, false, Some(RunError::Missing)), Ownership::Mine, live());
    assert_eq!(stopped, "");
    let failed = of_run(&run(identity, false, Some(RunError::Canceled)), Ownership::Mine, live());
    has(&failed, &[REDEPLOY]);
    lacks(&failed, &[REFRESH, TEMPLATE, IN_PORTAL]);
}

#[test]
fn a_deployment_of_others_can_be_refreshed_and_opened_in_its_clouds_portal() {
    let shown = Shown::from(&run("Microsoft.Resources/deployments/d", true, None));
    let found = commands(Offered::of_found(Some(&shown), live()));
    has(&found, &[REFRESH, IN_PORTAL, "DeploymentDetailsBlade", "(opens in a new tab)"]);
    lacks(&found, &[REDEPLOY, TEMPLATE]);
    let own = Settings {
        mode: Mode::Live,
        cloud: AzureCloud { name: "Contoso".into(), resource_manager: "https://arm.contoso.example".into(), ..AzureCloud::default() },
        ..Settings::default()
    };
    for settings in [Settings::default(), own] {
        let found = commands(Offered::of_found(Some(&shown), Portal::in_use(&settings)));
        has(&found, &[REFRESH]);
        lacks(&found, &[IN_PORTAL]);
    }
    let nowhere = commands(Offered::of_found(None, live()));
    has(&nowhere, &[REFRESH]);
    lacks(&nowhere, &[IN_PORTAL]);
}

#[test]
fn the_details_link_subscription_and_group_if_there_is_a_portal() {
    let facts = |portal: Option<Portal>| {
        html(move || {
            let shown = Shown::from(&run("Microsoft.Resources/deployments/d", true, None));
            view! { <Facts shown=shown portal=portal/> }.into_any()
        })
    };
    let group =
        "href=\"https://portal.azure.com/#resource/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/overview\"";
    let subscription = "href=\"https://portal.azure.com/#resource/subscriptions/11111111-2222-3333-4444-555555555555/overview\"";
    has(&facts(live()), &[group, subscription]);
    let preview = facts(None);
    has(&preview, &["RG1", "11111111-2222-3333-4444-555555555555"]);
    lacks(&preview, &["href="]);
}
