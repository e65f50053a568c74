//! API versions shared by several types, and the refusal of others, which lists the supported ones.

use serde_json::Value;

use crate::simulator::json::json;

use super::refusal::Refusal;

/// `Microsoft.Resources`: subscriptions, tenants, locations, groups, providers, tags, deployments.
pub(crate) const RESOURCES: &str = "2026-06-01 2025-04-01 2025-03-01 2024-11-01 2024-08-01 2024-07-01 2024-03-01 2023-08-01 2023-07-01 2022-12-01 \
2022-09-01 2022-06-01 2022-05-01 2022-01-01 2021-10-01 2021-05-01 2021-04-01 2021-01-01 2020-10-01 2020-09-01 2020-08-01 2020-07-01 \
2020-06-01 2020-05-01 2020-01-01 2019-11-01 2019-10-01 2019-09-01 2019-08-01 2019-07-01 2019-06-01 2019-05-10 2019-05-01 2019-04-01 \
2019-03-01 2018-11-01 2018-09-01 2018-08-01 2018-07-01 2018-06-01 2018-05-01 2018-02-01 2018-01-01 2017-08-01 2017-06-01 2017-05-10 \
2017-05-01 2017-03-01 2016-09-01 2016-07-01 2016-06-01 2016-02-01 2015-11-01 2015-01-01 2014-04-01 2014-04-01-preview";
/// `Microsoft.Authorization`: permissions, role assignments, role definitions.
pub(crate) const AUTHORIZATION: &str = "2022-05-01-preview 2022-04-01 2022-01-01-preview 2021-04-01-preview 2020-10-01-preview 2020-08-01-preview \
2020-04-01-preview 2020-03-01-preview 2018-12-01-preview 2018-09-01-preview 2018-07-01 2018-01-01-preview 2017-10-01-preview \
2016-07-01 2015-07-01 2015-06-01 2015-05-01-preview 2014-10-01-preview 2014-07-01-preview";
/// The versions in `known` as a JSON list, newest first.
pub(crate) fn listed(known: &str) -> Value {
    json!(known.split(' ').collect::<Vec<_>>())
}

/// Whether `known` contains `version`, case-insensitively.
pub(crate) fn has(known: &str, version: &str) -> bool {
    known.split(' ').any(|one| one.eq_ignore_ascii_case(version))
}

/// Refuses a version unknown to ARM itself.
pub(crate) fn of_front(version: &str) -> Result<(), Refusal> {
    if has(RESOURCES, version) {
        return Ok(());
    }
    let message = format!("The api-version '{version}' is invalid. The supported versions are '{}'.", RESOURCES.replace(' ', ","));
    Err(Refusal::new(400, "InvalidApiVersionParameter", &message))
}

/// Refuses a version unknown to the type `kind` of `namespace`.
pub(crate) fn of_type(namespace: &str, kind: &str, known: &str, version: &str) -> Result<(), Refusal> {
    if has(known, version) {
        return Ok(());
    }
    let message = format!(
        "The resource type '{kind}' could not be found in the namespace '{namespace}' for api version '{version}'. The supported api-versions are '{}'.",
        known.replace(' ', ",")
    );
    Err(Refusal::new(404, "InvalidResourceType", &message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::identities::VERSIONS as IDENTITIES;

    #[test]
    fn refuses_unknown_versions_and_lists_known_ones() {
        assert!(of_front("2022-12-01").is_ok());
        let refusal = of_front("2030-01-01").expect_err("unknown");
        assert_eq!((refusal.status, refusal.code()), (400, "InvalidApiVersionParameter"));
        assert!(refusal.message().contains("2025-04-01,2025-03-01,"));
        assert!(of_type("Microsoft.ManagedIdentity", "userAssignedIdentities", IDENTITIES, "2025-05-31-PREVIEW").is_ok());
        let refusal = of_type("Microsoft.ManagedIdentity", "userAssignedIdentities", IDENTITIES, "2024-07-01").expect_err("unknown");
        assert_eq!((refusal.status, refusal.code()), (404, "InvalidResourceType"));
    }
}
