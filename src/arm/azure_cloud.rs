//! Azure clouds: ARM's endpoint and the sign-in authority of each.

/// URLs have no trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AzureCloud {
    pub name: String,
    pub resource_manager: String,
    /// The sign-in authority; `None` until ARM's `/metadata/endpoints` is read.
    pub authority: Option<String>,
    /// The token audience; `None` until ARM's `/metadata/endpoints` is read.
    pub audience: Option<String>,
}

/// The well-known clouds: name, ARM's endpoint (also the audience) and authority (from the Azure SDKs' own lists of clouds).
const KNOWN: [(&str, &str, &str); 3] = [
    ("AzurePublic", "https://management.azure.com", "https://login.microsoftonline.com"),
    ("AzureUSGovernment", "https://management.usgovcloudapi.net", "https://login.microsoftonline.us"),
    ("AzureChina", "https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn"),
];

impl Default for AzureCloud {
    fn default() -> Self {
        let [public, ..] = KNOWN;
        Self::of(public)
    }
}

impl AzureCloud {
    pub fn names() -> [&'static str; 3] {
        KNOWN.map(|(name, ..)| name)
    }

    pub fn known(name: &str) -> Option<Self> {
        KNOWN.into_iter().find(|(known, ..)| *known == name).map(Self::of)
    }

    fn of((name, resource_manager, authority): (&str, &str, &str)) -> Self {
        Self {
            name: name.to_owned(),
            resource_manager: resource_manager.to_owned(),
            authority: Some(authority.to_owned()),
            audience: Some(resource_manager.to_owned()),
        }
    }
}
