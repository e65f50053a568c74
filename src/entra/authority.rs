//! The authority that signs people in to a cloud. It is always the one of the same cloud as ARM.

use serde_json::Value;

use crate::arm::azure_cloud::AzureCloud;
use crate::arm::guid::Guid;
use crate::arm::json::{list, text};

/// Authorities whose tokens have another issuer (msal-common, `AuthorityMetadata.ts`).
const ISSUERS: [(&str, &str); 1] = [("https://login.chinacloudapi.cn", "https://login.partner.microsoftonline.cn")];

/// ARM's delegated permission. Clouds that are not Microsoft's may not have it.
const USER_IMPERSONATION: &str = "/user_impersonation";
/// All permissions of the app registration.
const DEFAULT_SCOPE: &str = "/.default";

/// ARM's metadata endpoint, which lists a cloud's authority and audiences.
pub const METADATA_PATH: &str = "/metadata/endpoints?api-version=2022-09-01";

/// An authority. URLs have no trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The base URL, such as `https://login.microsoftonline.com`.
    login: String,
    /// The issuer of tokens, up to the directory.
    issuer: String,
    /// The scope for ARM.
    scope: String,
}

impl Authority {
    /// The authority of `cloud`; `None` where it has to be read from ARM first ([`METADATA_PATH`]).
    pub fn of(cloud: &AzureCloud) -> Option<Self> {
        let (login, audience) = (cloud.authority.as_deref()?, cloud.audience.as_deref()?);
        let known = AzureCloud::names().contains(&cloud.name.as_str());
        Some(Self::new(login, audience, if known { USER_IMPERSONATION } else { DEFAULT_SCOPE }))
    }

    /// The authority of `cloud`, completed from ARM's response to [`METADATA_PATH`]. `None` where that has no such cloud.
    pub fn from_metadata(cloud: &AzureCloud, metadata: &str) -> Option<Self> {
        let metadata: Value = serde_json::from_str(metadata).ok()?;
        let found = entry(cloud, &metadata)?;
        let login = cloud.authority.clone().or_else(|| Some(text(found, "authentication.loginEndpoint").to_owned()))?;
        let audiences = list(found, "authentication.audiences");
        let own = |audience: &&Value| audience.as_str().is_some_and(|audience| same_address(audience, &cloud.resource_manager));
        let named = audiences.iter().find(own).or(audiences.first()).and_then(Value::as_str);
        let audience = cloud.audience.as_deref().or(named)?;
        is_safe_url(&login).then(|| Self::new(&login, audience, DEFAULT_SCOPE))
    }

    fn new(login: &str, audience: &str, scope: &str) -> Self {
        let login = login.strip_suffix('/').unwrap_or(login);
        let issuer = ISSUERS.iter().find(|(known, _)| *known == login).map_or(login, |(_, issuer)| issuer);
        Self { login: login.to_owned(), issuer: issuer.to_owned(), scope: [audience, scope].concat() }
    }

    /// The scope for ARM tokens.
    pub fn scope(&self) -> &str {
        &self.scope
    }

    /// The authorization endpoint of `tenant`.
    pub fn authorization_endpoint(&self, tenant: &str) -> String {
        self.address(tenant, "/oauth2/v2.0/authorize")
    }

    /// The token endpoint of `tenant`.
    pub fn token_endpoint(&self, tenant: &str) -> String {
        self.address(tenant, "/oauth2/v2.0/token")
    }

    /// The endpoint that signs out (`end_session_endpoint`).
    pub fn end_session_endpoint(&self, tenant: &str) -> String {
        self.address(tenant, "/oauth2/v2.0/logout")
    }

    /// The signing keys of `tenant`.
    pub fn jwks_uri(&self, tenant: &str) -> String {
        self.address(tenant, "/discovery/v2.0/keys")
    }

    /// The `OpenID` configuration of the domain `tenant`, which has the id of its directory; `None` where `tenant` is not a domain.
    pub fn openid_configuration(&self, tenant: &str) -> Option<String> {
        tenant.contains('.').then(|| self.address(tenant, "/v2.0/.well-known/openid-configuration"))
    }

    /// The directory of an `OpenID` configuration.
    pub fn tenant_in_configuration(&self, configuration: &str) -> Option<Guid> {
        let configuration: Value = serde_json::from_str(configuration).ok()?;
        let rest = text(&configuration, "issuer").strip_prefix(&self.issuer)?.strip_prefix('/')?;
        Guid::parse(rest.strip_suffix("/v2.0")?)
    }

    /// The issuer of the tokens of `tenant`, a directory's id.
    pub fn issuer(&self, tenant: &str) -> String {
        [&self.issuer, "/", tenant, "/v2.0"].concat()
    }

    fn address(&self, tenant: &str, path: &str) -> String {
        [&self.login, "/", tenant, path].concat()
    }
}

/// The entry of `cloud` in the metadata: the one with its ARM, the one of its name, or the only one. Older versions
/// answer with one object.
fn entry<'a>(cloud: &AzureCloud, metadata: &'a Value) -> Option<&'a Value> {
    let Value::Array(entries) = metadata else { return Some(metadata) };
    let by = |fits: &dyn Fn(&Value) -> bool| entries.iter().find(|entry| fits(entry));
    by(&|entry| same_address(text(entry, "resourceManager"), &cloud.resource_manager))
        .or_else(|| by(&|entry| text(entry, "name").eq_ignore_ascii_case(&cloud.name)))
        .or_else(|| entries.first().filter(|_| entries.len() == 1))
}

fn same_address(one: &str, other: &str) -> bool {
    one.strip_suffix('/').unwrap_or(one).eq_ignore_ascii_case(other.strip_suffix('/').unwrap_or(other))
}

/// Credentials are sent to it: it has to be https, or on this machine.
fn is_safe_url(text: &str) -> bool {
    let loopback = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let is_loopback =
        || loopback.iter().any(|host| text.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    text.starts_with("https://") || is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(authority: Option<&str>, audience: Option<&str>) -> AzureCloud {
        AzureCloud {
            name: "Local".into(),
            resource_manager: "https://arm.local.example".into(),
            authority: authority.map(str::to_owned),
            audience: audience.map(str::to_owned),
        }
    }

    #[test]
    fn each_cloud_has_its_own() {
        let table = [
            ("AzurePublic", "https://login.microsoftonline.com", "https://login.microsoftonline.com", "https://management.azure.com"),
            (
                "AzureUSGovernment",
                "https://login.microsoftonline.us",
                "https://login.microsoftonline.us",
                "https://management.usgovcloudapi.net",
            ),
            (
                "AzureChina",
                "https://login.chinacloudapi.cn",
                "https://login.partner.microsoftonline.cn",
                "https://management.chinacloudapi.cn",
            ),
        ];
        for (name, login, issuer, arm) in table {
            let authority = AzureCloud::known(name).and_then(|cloud| Authority::of(&cloud)).unwrap();
            assert_eq!(authority.authorization_endpoint("t"), [login, "/t/oauth2/v2.0/authorize"].concat());
            assert_eq!(authority.token_endpoint("t"), [login, "/t/oauth2/v2.0/token"].concat());
            assert_eq!(authority.end_session_endpoint("t"), [login, "/t/oauth2/v2.0/logout"].concat());
            assert_eq!(authority.jwks_uri("t"), [login, "/t/discovery/v2.0/keys"].concat());
            assert_eq!(authority.issuer("t"), [issuer, "/t/v2.0"].concat());
            assert_eq!(authority.scope(), [arm, "/user_impersonation"].concat());
        }
    }

    #[test]
    fn a_domain_is_looked_up() {
        let authority = AzureCloud::known("AzureChina").and_then(|cloud| Authority::of(&cloud)).unwrap();
        let at = "https://login.chinacloudapi.cn/contoso.example/v2.0/.well-known/openid-configuration";
        assert_eq!(authority.openid_configuration("contoso.example").as_deref(), Some(at));
        let id = "aaaaaaaa-0000-4000-8000-000000000001";
        assert_eq!((authority.openid_configuration("organizations"), authority.openid_configuration(id)), (None, None));
        let of = |issuer: &str| authority.tenant_in_configuration(&[r#"{"issuer":""#, issuer, r#""}"#].concat());
        assert_eq!(of(&authority.issuer(id)).map(|id| id.to_string()).as_deref(), Some(id));
        for issuer in [
            "",
            "https://login.partner.microsoftonline.cn/{tenantid}/v2.0",
            "https://evil.example/aaaaaaaa-0000-4000-8000-000000000001/v2.0",
        ] {
            assert_eq!(of(issuer), None, "{issuer}");
        }
        assert_eq!(authority.tenant_in_configuration("<html>"), None);
    }

    #[test]
    fn a_cloud_of_ones_own_names_both_or_arm_does() {
        let named = Authority::of(&custom(Some("https://sts.local.example/adfs"), Some("api://arm"))).unwrap();
        assert_eq!(
            (named.authorization_endpoint("t").as_str(), named.scope()),
            ("https://sts.local.example/adfs/t/oauth2/v2.0/authorize", "api://arm/.default")
        );
        assert_eq!(Authority::of(&custom(Some("https://sts.local.example"), None)), None);

        let one = r#"{"authentication":{"loginEndpoint":"https://login.local.example/","audiences":["https://old.example/","https://arm.local.example"]}}"#;
        let many = r#"[{"name":"AzureCloud","resourceManager":"https://management.azure.com/","authentication":{"loginEndpoint":"https://login.microsoftonline.com","audiences":["x"]}},
            {"name":"LOCAL","resourceManager":"https://ARM.local.example/","authentication":{"loginEndpoint":"https://login.local.example","audiences":["https://arm.local.example"]}}]"#;
        for metadata in [one, many] {
            let found = Authority::from_metadata(&custom(None, None), metadata).unwrap();
            assert_eq!(
                (found.authorization_endpoint("t").as_str(), found.scope()),
                ("https://login.local.example/t/oauth2/v2.0/authorize", "https://arm.local.example/.default")
            );
        }
        let half = Authority::from_metadata(&custom(Some("https://own.example"), None), one).unwrap();
        assert_eq!(half.issuer("t"), "https://own.example/t/v2.0");
    }

    #[test]
    fn metadata_that_names_no_safe_authority_is_refused() {
        for metadata in [
            "",
            "[]",
            "{}",
            r#"[{"name":"a"},{"name":"b"}]"#,
            r#"{"authentication":{"loginEndpoint":"http://login.evil.example","audiences":["x"]}}"#,
            r#"{"authentication":{"loginEndpoint":"http://localhost.evil.example","audiences":["x"]}}"#,
            r#"{"authentication":{"loginEndpoint":"javascript:alert(1)","audiences":["x"]}}"#,
            r#"{"authentication":{"loginEndpoint":"https://login.local.example","audiences":[]}}"#,
        ] {
            assert_eq!(Authority::from_metadata(&custom(None, None), metadata), None, "{metadata}");
        }
    }
}
