//! The target cloud, as each tool names it. The public cloud is every tool's default and needs no setup.

use super::bash::Command;
use crate::arm::azure_cloud::AzureCloud;
use crate::visible::is_hidden;

/// How tools select a cloud.
pub(super) enum Target {
    /// The default.
    Public,
    /// The built-in name in the Azure CLI and Az, and the one in Terraform.
    Known(&'static str, &'static str),
    /// A cloud that has to be registered.
    Other(Other),
}

/// A cloud that no tool knows. URLs have no trailing slash.
pub(super) struct Other {
    /// On one line.
    pub(super) name: String,
    /// ARM's origin.
    pub(super) endpoint: String,
    /// The token audience.
    pub(super) audience: String,
    /// The sign-in authority, if known.
    pub(super) authority: Option<String>,
}

/// The tools' names for the well-known clouds (`az cloud list`, `Get-AzEnvironment`, azurerm's `environment`).
const KNOWN: [(&str, Target); 3] = [
    ("AzurePublic", Target::Public),
    ("AzureUSGovernment", Target::Known("AzureUSGovernment", "usgovernment")),
    ("AzureChina", Target::Known("AzureChinaCloud", "china")),
];

impl Target {
    /// A cloud that only shares a known cloud's name is [`Self::Other`].
    pub(super) fn of(cloud: &AzureCloud) -> Self {
        let known = KNOWN.into_iter().find(|(name, _)| AzureCloud::known(name).as_ref() == Some(cloud));
        known.map_or_else(
            || {
                // The name comes from the configuration and is written into comments.
                let name = cloud.name.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect();
                let endpoint = cloud.resource_manager.clone();
                let audience = cloud.audience.clone().unwrap_or_else(|| endpoint.clone());
                Self::Other(Other { name, endpoint, audience, authority: cloud.authority.clone() })
            },
            |(_, target)| target,
        )
    }

    /// The one-line commands that point the Azure CLI at the cloud.
    pub(super) fn az(&self) -> Option<String> {
        let mut line = String::new();
        let name = match self {
            Self::Public => return None,
            Self::Known(name, _) => name,
            Self::Other(other) => {
                let mut register = Command::new("az cloud register");
                register.option("--name", [other.name.as_str()]);
                register.option("--endpoint-resource-manager", [other.endpoint.as_str()]);
                register.write_line(&mut line);
                line.push_str(" && ");
                other.name.as_str()
            }
        };
        let mut set = Command::new("az cloud set");
        set.option("--name", [name]);
        set.write_line(&mut line);
        line.push_str(" && az login");
        Some(line)
    }
}
