//! The notifications of ended runs, and which runs are checked again without a button press.

use crate::messages::Message;
use crate::portal::runs::*;

#[test]
fn a_network_restored_days_later_sends_nothing() {
    let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.Resources/deployments/d";
    let run = |deployment: Option<&str>| {
        let progress = Progress { started: 1000, sent: true, deployment: deployment.map(str::to_owned), ..Progress::default() };
        Run {
            id: ResourceId::parse(id).expect("an id"),
            record: Record { progress, ..Record::default() },
            waiting: None,
            elsewhere: false,
            outcome: Some(RunOutcome::Stopped(RunError::Unknown(ArmError::Wire(WireError::Unreachable)))),
        }
    };
    let days = 3 * 24 * 60 * 60 * 1000;
    assert!(run(None).may_look_again(1000) && !run(None).may_look_again(days), "the remaining direct requests would be sent");
    assert!(run(Some(id)).may_look_again(days), "a deployment that was sent is only read");
    assert!(!Run { outcome: None, ..run(None) }.may_look_again(1000));
}

#[test]
fn notifications_never_claim_more_than_is_known() {
    let wire = |error| RunOutcome::Stopped(RunError::Call(ArmError::Wire(error)));
    let unknown = RunOutcome::Stopped(RunError::Unknown(ArmError::Wire(WireError::Unreachable)));
    let table: [(RunOutcome, bool, NotificationStatus, Message); 5] = [
        (wire(WireError::Unreachable), false, NotificationStatus::Failed, messages::RUN_FAILED),
        (wire(WireError::Unreachable), true, NotificationStatus::Failed, messages::RUN_NOT_UPDATED),
        (unknown.clone(), false, NotificationStatus::Unknown, messages::RUN_UNKNOWN),
        (unknown, true, NotificationStatus::Unknown, messages::RUN_UNKNOWN),
        (wire(WireError::OtherCaller), false, NotificationStatus::Unknown, messages::RUN_ON_HOLD),
    ];
    for (outcome, existed, status, message) in table {
        assert_eq!(ended(&outcome, existed), (status, message), "{outcome:?} {existed}");
    }
}
