//! `/metadata/endpoints`: how a client that knows ARM's address alone finds the rest of the cloud. `az cloud register` and
//! Terraform's `metadata_host` read it.

use serde_json::{Value, json};

use crate::arm::{Arm, Scheme};

/// Which shape each api-version has: one cloud as an object up to 2018, the same with more in it, a list of clouds.
const OBJECT: [&str; 4] = ["1.0", "2014-01-01", "2015-01-01", "2015-11-01"];
const LIST: [&str; 7] = ["2018-01-01", "2018-05-01", "2019-05-01", "2020-06-01", "2020-08-01", "2022-06-01", "2022-09-01"];

/// The status and the body for this query.
pub(crate) fn answer(arm: &Arm, scheme: Scheme, endpoint: &str, query: &str) -> (u16, Value) {
    let version = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("api-version"))
        .map(|(_, value)| value);
    match version {
        None => refuse("MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests."),
        Some(version) if OBJECT.contains(&version) => (200, object(arm, scheme)),
        Some(version) if LIST.contains(&version) => (200, list(arm, scheme, endpoint, version)),
        Some(version) => {
            let known: Vec<&str> = LIST.iter().chain(&OBJECT).copied().collect();
            let message = format!("The api-version '{version}' is invalid. The supported versions are '{}'.", known.join(","));
            refuse("InvalidApiVersionParameter", &message)
        }
    }
}

fn refuse(code: &str, message: &str) -> (u16, Value) {
    (400, json!({ "error": { "code": code, "message": message } }))
}

fn object(arm: &Arm, scheme: Scheme) -> Value {
    let (authority, audience) = (arm.authority(scheme), arm.origin(scheme));
    json!({
        "galleryEndpoint": audience,
        "graphEndpoint": audience,
        "portalEndpoint": audience,
        "graphAudience": audience,
        "authentication": { "loginEndpoint": format!("{authority}/"), "audiences": [audience], "tenant": "organizations", "identityProvider": "AAD" },
        "cloudEndpoint": {},
    })
}

fn list(arm: &Arm, scheme: Scheme, endpoint: &str, version: &str) -> Value {
    let (authority, audience) = (arm.authority(scheme), arm.origin(scheme));
    let mut cloud = json!({
        "name": "LocalCloud",
        "portal": audience,
        "authentication": {
            "loginEndpoint": authority,
            "audiences": [audience, "https://management.azure.com/", "https://management.core.windows.net/"],
            "tenant": "organizations",
            "identityProvider": "AAD",
        },
        "media": "",
        "graphAudience": format!("{audience}/"),
        "graph": format!("{audience}/"),
        "suffixes": {
            "storage": "core.local.example",
            "sqlServerHostname": "database.local.example",
            "keyVaultDns": "vault.local.example",
            "acrLoginServer": "azurecr.local.example",
        },
        "batch": audience,
        "resourceManager": endpoint,
        "sqlManagement": audience,
        "gallery": audience,
    });
    if version >= "2022-09-01" {
        cloud["resourceManager"] = format!("{endpoint}/").into();
        cloud["microsoftGraphResourceId"] = format!("{audience}/").into();
    }
    // Up to 2019 it is one cloud, later all that this one knows.
    if version < "2019-05-01" { cloud } else { json!([cloud]) }
}
