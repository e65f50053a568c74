//! `Microsoft.Authorization/permissions`: what the account may do in a subscription, a group or with a resource.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::caller::Role;
use super::faults::Fault;
use super::refusal::Refusal;
use super::roles::MANAGED_IDENTITY_CONTRIBUTOR;
use super::seed::{DEVELOPMENT, READER_GROUP};
use super::versions;
use super::world::{World, group_id};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// What one role of the account allows.
struct Rights {
    actions: &'static [&'static str],
    not_actions: &'static [&'static str],
}

const OWNER: Rights = Rights { actions: &["*"], not_actions: &[] };
const READER: Rights = Rights { actions: &["*/read"], not_actions: &[] };
const CONTRIBUTOR: Rights = Rights { actions: MANAGED_IDENTITY_CONTRIBUTOR, not_actions: &[] };
const NOTHING: Rights = Rights { actions: &[], not_actions: &[] };
const ALL_BUT_IDENTITIES: Rights = Rights { actions: &["*"], not_actions: &["Microsoft.ManagedIdentity/userAssignedIdentities/write"] };

/// `GET {scope}/providers/Microsoft.Authorization/permissions`.
pub(crate) fn answer(world: &World, call: &Call, scope: &str) -> Answered {
    versions::of_type("Microsoft.Authorization", "permissions", versions::ROLES, call.api_version())?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let rights = rights(world, scope);
    if rights.actions.is_empty() {
        return Answer::ok(json!({ "value": [] }));
    }
    let value: Value = json!({
        "actions": rights.actions, "notActions": rights.not_actions, "dataActions": [], "notDataActions": []
    });
    Answer::ok(json!({ "value": [value] }))
}

/// Whether the account may do `action` with `scope`.
pub(crate) fn allows(world: &World, scope: &str, action: &str) -> bool {
    let rights = rights(world, scope);
    rights.actions.iter().any(|pattern| matches(pattern, action)) && !rights.not_actions.iter().any(|pattern| matches(pattern, action))
}

fn rights(world: &World, scope: &str) -> Rights {
    let scope = scope.to_lowercase();
    let reader = group_id(DEVELOPMENT, READER_GROUP).to_lowercase();
    let mine = match world.caller.role {
        Role::Owner => OWNER,
        Role::ManagedIdentityContributor => CONTRIBUTOR,
        Role::Reader => return READER,
        Role::None => return NOTHING,
    };
    if world.faults.has(Fault::Forbidden) || scope == reader || scope.starts_with(&format!("{reader}/")) {
        READER
    } else if scope.split_once("/userassignedidentities/").is_some_and(|(_, name)| world.faults.hit(Fault::Forbidden, name)) {
        ALL_BUT_IDENTITIES
    } else {
        mine
    }
}

/// Whether `pattern`, in which `*` stands for anything, matches the action, in any case.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = action.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(at) = rest.find(part) {
            rest = &rest[at + part.len()..];
            last = Some(part);
        } else {
            return false;
        }
    }
    last.map_or(rest.is_empty(), |part| part.is_empty() || action.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::trial::Trial;
    use crate::simulator::{Caller, Reply};

    #[test]
    fn each_role_may_do_what_it_may() {
        let (identity, group) = ("Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.Resources/subscriptions/resourceGroups");
        let table = [
            (Role::Owner, [true, true, true, true]),
            (Role::ManagedIdentityContributor, [true, true, false, true]),
            (Role::Reader, [false, true, false, true]),
            (Role::None, [false, false, false, false]),
        ];
        for (role, [writes, reads, makes_groups, lists_groups]) in table {
            let mut trial = Trial::new("");
            let caller = Caller { role, ..Caller::default() };
            let mut list = |path: &str| {
                let path = format!("https://arm.example{path}?api-version=2021-04-01");
                let request =
                    crate::arm::http::Request { method: Method::Get, url: path, headers: crate::arm::http::Headers::default(), body: None };
                matches!(trial.simulator.answer_for(&caller, "https://arm.example", &request, trial.now), Reply::Answer { response, .. } if response.status == 200)
            };
            assert_eq!(list(&format!("/subscriptions/{DEVELOPMENT}/resourcegroups")), lists_groups, "{role:?}");
            let mut world = World::new(String::new(), [0; 16], crate::simulator::Faults::default());
            world.caller = caller.clone();
            let may = |action: &str| allows(&world, &group_id(DEVELOPMENT, "RG1"), action);
            assert_eq!(may(&format!("{identity}/write")), writes, "{role:?}");
            assert_eq!(may(&format!("{identity}/read")), reads, "{role:?}");
            assert_eq!(may(&format!("{group}/write")), makes_groups, "{role:?}");
        }
    }

    #[test]
    fn patterns_match_as_azure_says() {
        let table = [
            ("*", "A/b/write", true),
            ("*/read", "A/b/READ", true),
            ("*/read", "A/b/write", false),
            ("A/b/write", "a/B/write", true),
            ("A/b/write", "A/b/write2", false),
            ("A/*/read", "A/b/c/read", true),
            ("A/*/read", "A/b/c/read/x", false),
        ];
        for (pattern, action, expected) in table {
            assert_eq!(matches(pattern, action), expected, "{pattern} {action}");
        }
    }
}
