//! `/metadata/endpoints`: how a client that only knows ARM's address finds the rest of the cloud. `az cloud register` and
//! Terraform's `metadata_host` read it. The shapes are as recorded from Azure by hashicorp/go-azure-sdk.

use serde_json::{Value, json};

use crate::arm::{Arm, Scheme};

/// The API versions of each shape: a few endpoints, more endpoints, a list of clouds, this cloud with all endpoints.
const FEW: [&str; 2] = ["1.0", "2015-01-01"];
const MORE: [&str; 1] = ["2018-01-01"];
const LIST: [&str; 4] = ["2018-05-01", "2019-05-01", "2019-10-01", "2020-06-01"];
const ALL: [&str; 4] = ["2022-06-01", "2022-09-01", "2023-11-01", "2023-12-01"];

/// Suffixes of services that this cloud lacks, in a domain that nobody can own (RFC 2606).
const SUFFIXES: [(&str, &str); 14] = [
    ("acrLoginServer", "azurecr.local.example"),
    ("attestationEndpoint", "attest.local.example"),
    ("azureDataLakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.local.example"),
    ("azureDataLakeStoreFileSystem", "azuredatalakestore.local.example"),
    ("azureFrontDoorEndpointSuffix", "azurefd.local.example"),
    ("keyVaultDns", "vault.local.example"),
    ("mariadbServerEndpoint", "mariadb.database.local.example"),
    ("mhsmDns", "managedhsm.local.example"),
    ("mysqlServerEndpoint", "mysql.database.local.example"),
    ("postgresqlServerEndpoint", "postgres.database.local.example"),
    ("sqlServerHostname", "database.local.example"),
    ("storage", "core.local.example"),
    ("storageSyncEndpointSuffix", "afs.local.example"),
    ("synapseAnalytics", "dev.azuresynapse.local.example"),
];
const RESOURCES: [(&str, &str); 12] = [
    ("activeDirectoryDataLake", "https://datalake.local.example/"),
    ("appInsightsResourceId", "https://applicationinsights.local.example"),
    ("appInsightsTelemetryChannelResourceId", "https://applicationinsights.local.example/v2/track"),
    ("attestationResourceId", "https://attest.local.example"),
    ("batch", "https://batch.local.example/"),
    ("graph", "https://graph.local.example/"),
    ("graphAudience", "https://graph.local.example/"),
    ("logAnalyticsResourceId", "https://loganalytics.local.example"),
    ("media", "https://media.local.example"),
    ("microsoftGraphResourceId", "https://graph.local.example/"),
    ("ossrDbmsResourceId", "https://ossrdbms.local.example"),
    ("synapseAnalyticsResourceId", "https://dev.azuresynapse.local.example"),
];

/// The status and body for this query.
pub(crate) fn answer(arm: &Arm, scheme: Scheme, endpoint: &str, query: &str) -> (u16, Value) {
    let version = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("api-version"))
        .map(|(_, value)| value);
    let Some(version) = version else {
        return refuse("MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
    };
    let known = |versions: &[&str]| versions.contains(&version);
    if known(&FEW) || known(&MORE) {
        (200, few(arm, scheme, known(&MORE)))
    } else if known(&LIST) {
        (200, json!([all(arm, scheme, endpoint)]))
    } else if known(&ALL) {
        (200, all(arm, scheme, endpoint))
    } else {
        let mut versions = [&FEW[..], &MORE[..], &LIST[..], &ALL[..]].concat();
        versions.reverse();
        let message = format!("The api-version '{version}' is invalid. The supported versions are '{}'.", versions.join(","));
        refuse("InvalidApiVersionParameter", &message)
    }
}

fn refuse(code: &str, message: &str) -> (u16, Value) {
    (400, json!({ "error": { "code": code, "message": message } }))
}

/// The cloud's own audience is first: clients use that one.
fn audiences(arm: &Arm, scheme: Scheme) -> Value {
    json!([arm.origin(scheme), "https://management.core.windows.net/", "https://management.azure.com/"])
}

fn few(arm: &Arm, scheme: Scheme, more: bool) -> Value {
    let mut value = json!({
        "galleryEndpoint": "https://gallery.local.example/",
        "graphEndpoint": "https://graph.local.example/",
        "portalEndpoint": "https://portal.local.example/",
        "authentication": { "loginEndpoint": format!("{}/", arm.authority(scheme)), "audiences": audiences(arm, scheme) },
    });
    if more {
        value["graphAudience"] = "https://graph.local.example/".into();
        value["authentication"]["tenant"] = "common".into();
        value["authentication"]["identityProvider"] = "AAD".into();
        value["cloudEndpoint"] = json!({});
    }
    value
}

fn all(arm: &Arm, scheme: Scheme, endpoint: &str) -> Value {
    let mut cloud = json!({
        "name": "LocalCloud",
        "portal": "https://portal.local.example",
        "gallery": "https://gallery.local.example/",
        "authentication": {
            "loginEndpoint": arm.authority(scheme),
            "audiences": audiences(arm, scheme),
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "resourceManager": format!("{endpoint}/"),
        "sqlManagement": "https://sqlmanagement.local.example/",
        "vmImageAliasDoc": "https://aliases.local.example/aliases.json",
    });
    for (name, address) in RESOURCES {
        cloud[name] = address.into();
    }
    for (name, suffix) in SUFFIXES {
        cloud["suffixes"][name] = suffix.into();
    }
    cloud
}
