//! What the form asks while it is filled in: its lists, and whether Azure would refuse. Browsers load the
//! [`Handlers`](super::handlers::Handlers) of all other requests with the first of these.

use super::call::Call;
use super::response::ArmResult;
use super::world::World;
use super::{identities, locks, permissions, policy, preconditions, providers, resource_groups, subscriptions, tags, versions};
use crate::arm::http::Method;

type Answer = fn(&World, &Call) -> ArmResult;

/// A request that is answered here.
pub(crate) enum Lookup {
    /// ARM itself answers.
    Front(Answer),
    /// It is about what extends a subscription or group.
    Extension(Answer),
    /// A provider answers.
    Provider(Answer),
}

impl Lookup {
    /// What `call` asks; `None` if the handlers answer it.
    pub(crate) fn of(call: &Call) -> Option<Self> {
        let lower: Vec<&str> = call.lower.iter().map(String::as_str).collect();
        let [first, ref rest @ ..] = lower[..] else { return None };
        // In a subscription: what follows its ID or its group's name.
        let (rest, is_in_group) = match (first, rest) {
            ("tenants", []) => return asked(call, Self::Front(subscriptions::tenants)),
            ("subscriptions", []) => return asked(call, Self::Front(subscriptions::list)),
            ("subscriptions", [_, "resourcegroups", _, rest @ ..]) => (rest, true),
            ("subscriptions", [_, rest @ ..]) => (rest, false),
            _ => return None,
        };
        let lookup = match (rest, is_in_group, call.method) {
            ([], false, _) => Self::Front(subscriptions::get),
            (["locations"], false, _) => Self::Front(subscriptions::locations),
            (["tagnames"], false, _) => Self::Front(tags::names),
            (["resourcegroups"], false, _) if call.query("$filter").is_none() => Self::Front(resource_groups::list),
            (["providers", _], false, Method::Get) => Self::Front(|world, call| providers::get(world, call, 2)),
            (["providers", "microsoft.authorization", "permissions"], _, _) => {
                Self::Extension(|world, call| permissions::list(world, call, &scope(call)))
            }
            (["providers", "microsoft.authorization", "locks"], _, _) => {
                Self::Extension(|world, call| locks::list(world, call, &scope(call)))
            }
            (["providers", "microsoft.policyinsights", "checkpolicyrestrictions"], _, _) => Self::Provider(policy::restrictions),
            (["providers", "microsoft.managedidentity", "userassignedidentities", _], true, Method::Get) => Self::Provider(identities::get),
            _ => return None,
        };
        asked(call, lookup)
    }

    pub(crate) fn answer(&self, world: &World, call: &Call) -> ArmResult {
        if call.path.len() > 2 {
            preconditions::subscription(world, call)?;
        }
        let (Self::Front(answer) | Self::Extension(answer) | Self::Provider(answer)) = self;
        match self {
            Self::Front(_) => versions::of_front(call.api_version())?,
            Self::Extension(_) if call.is_in_group() => drop(preconditions::group(world, call)?),
            Self::Extension(_) | Self::Provider(_) => {}
        }
        answer(world, call)
    }
}

/// `lookup`, unless the call lacks its API version, which is refused before anything else.
fn asked(call: &Call, lookup: Lookup) -> Option<Lookup> {
    (!call.api_version().is_empty()).then_some(lookup)
}

/// The ID before `/providers/{namespace}/{type}`.
fn scope(call: &Call) -> String {
    call.id(call.path.len().saturating_sub(3))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::SANDBOX;
    use crate::simulator::test_harness::TestHarness;

    const SUBSCRIPTION: &str = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01";

    #[test]
    fn lookups_need_no_handlers_and_get_the_same_answer_without() {
        let group = format!("{SUBSCRIPTION}/resourceGroups/RG1");
        let mut lookups = vec![
            ("GET", "/subscriptions?api-version=2022-12-01".to_owned()),
            ("DELETE", "/subscriptions?api-version=2022-12-01".to_owned()),
            ("GET", "/tenants?api-version=2022-12-01".to_owned()),
            ("GET", format!("{SUBSCRIPTION}?api-version=2022-12-01")),
            ("GET", "/subscriptions/x?api-version=2022-12-01".to_owned()),
            ("GET", format!("{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing?api-version=2023-01-31")),
            ("GET", format!("{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-new?api-version=2023-01-31")),
            ("GET", format!("{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-new?api-version=2031-01-31")),
        ];
        for rest in ["locations", "tagNames", "resourcegroups", "resourceGroups", "providers/Microsoft.ManagedIdentity", "providers/X"] {
            lookups.push(("GET", format!("{SUBSCRIPTION}/{rest}?api-version=2022-09-01&$top=3")));
            lookups.push(("GET", format!("{SUBSCRIPTION}/{rest}?api-version=2031-01-01")));
        }
        for scope in [SUBSCRIPTION, &group, &group.replace("RG1", "rg-finance-ledger"), &group.replace("RG1", "rg-none")] {
            lookups.push(("GET", format!("{scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01")));
            lookups.push(("GET", format!("{scope}/providers/Microsoft.Authorization/locks?api-version=2020-05-01")));
            lookups.push(("PUT", format!("{scope}/providers/Microsoft.Authorization/locks?api-version=2020-05-01")));
            let policies = format!("{scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2022-03-01");
            lookups.push(("POST", policies));
        }
        for sim in ["", "forbidden", "locked", "throttled"] {
            let mut full = TestHarness::new(sim);
            let mut bare = TestHarness::for_lookups(sim);
            for (method, path) in &lookups {
                assert!(!bare.missing(method, path).handlers, "{method} {path}");
                let body = (*method == "POST").then(|| json!({ "resourceDetails": { "resourceContent": { "name": "uami" } } }));
                assert_eq!(bare.reply(method, path, body.clone()), full.reply(method, path, body), "{method} {path}");
            }
        }
    }

    #[test]
    fn everything_else_waits_for_the_handlers() {
        let group = format!("{SUBSCRIPTION}/resourceGroups/RG1");
        let mut harness = TestHarness::for_lookups("");
        for (method, path) in [
            ("GET", "/subscriptions".to_owned()),
            ("GET", "/elsewhere?api-version=2022-12-01".to_owned()),
            ("GET", format!("{SUBSCRIPTION}/resourcegroups?api-version=2022-12-01&$filter=tagName eq 'Owner'")),
            ("GET", format!("{SUBSCRIPTION}/providers?api-version=2022-12-01")),
            ("POST", format!("{SUBSCRIPTION}/providers/Microsoft.ManagedIdentity?api-version=2022-12-01")),
            ("POST", format!("/subscriptions/{SANDBOX}/providers/Microsoft.ManagedIdentity/register?api-version=2022-12-01")),
            ("GET", format!("{group}?api-version=2022-12-01")),
            ("PUT", format!("{group}?api-version=2022-12-01")),
            ("GET", format!("{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2023-01-31")),
            ("PUT", format!("{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-new?api-version=2023-01-31")),
            ("GET", format!("{SUBSCRIPTION}/resourceGroups/providers/Microsoft.Authorization/locks?api-version=2020-05-01")),
            ("GET", format!("{group}/providers/Microsoft.Authorization/locks/x?api-version=2020-05-01")),
            ("PUT", format!("{group}/providers/Microsoft.Resources/deployments/d?api-version=2022-12-01")),
        ] {
            assert!(harness.missing(method, &path).handlers, "{method} {path}");
            assert_eq!(harness.send(method, &path, None).refusal(), "503 ServiceUnavailable", "{method} {path}");
        }
    }

    #[test]
    fn a_saved_state_waits_for_the_handlers() {
        let groups = format!("{SUBSCRIPTION}/resourcegroups?api-version=2022-12-01");
        let one = format!("{SUBSCRIPTION}/resourcegroups/rg-made?api-version=2022-12-01");
        let mut harness = TestHarness::new("");
        assert_eq!(harness.send("PUT", &one, Some(json!({ "location": "eastus" }))).status, 201);
        let mut fresh = TestHarness::for_lookups("");
        assert_eq!(fresh.simulator.saved(), "");
        assert!(!fresh.missing("GET", &groups).handlers);
        fresh.simulator.restore(&harness.simulator.saved(), harness.now);
        assert!(fresh.missing("GET", &groups).handlers);
        fresh.simulator.set_handlers(crate::simulator::handlers());
        assert!(!fresh.missing("GET", &groups).handlers);
        assert_eq!(fresh.list(&groups), harness.list(&groups));
        assert_eq!(fresh.simulator.saved(), harness.simulator.saved());
    }
}
