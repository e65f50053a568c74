//! The clouds: where ARM is, and who signs people in.

/// A cloud. Addresses have no trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AzureCloud {
    /// Its name.
    pub name: String,
    /// ARM's origin.
    pub resource_manager: String,
    /// Who signs people in; `None`: to be asked of ARM's `/metadata/endpoints`.
    pub authority: Option<String>,
    /// What tokens are asked for; `None`: to be asked of the same.
    pub audience: Option<String>,
}

/// The clouds known by name: name, ARM (which is the audience as well), authority
/// (the Azure SDKs' own lists of clouds).
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
    /// The names of the clouds that are known.
    pub fn names() -> [&'static str; 3] {
        KNOWN.map(|(name, ..)| name)
    }

    /// The cloud of this name, if it is known.
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
