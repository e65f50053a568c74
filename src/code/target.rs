//! The cloud a text is for, as each tool names it. In the public cloud, where every tool begins, nothing is said.

use super::bash::Command;
use crate::arm::azure_cloud::AzureCloud;
use crate::visible::is_hidden;

/// How tools find a cloud.
pub(super) enum Target {
    /// They are there from the start.
    Public,
    /// They know it: by this name the Azure CLI and Az, by the other Terraform.
    Known(&'static str, &'static str),
    /// It has to be described to them.
    Other(Other),
}

/// A cloud that no tool knows. Addresses have no trailing slash.
pub(super) struct Other {
    /// Its name, on one line.
    pub(super) name: String,
    /// ARM's origin.
    pub(super) endpoint: String,
    /// What tokens are asked for.
    pub(super) audience: String,
    /// Who signs people in, where that is known.
    pub(super) authority: Option<String>,
}

/// What tools call the clouds that have a name here (`az cloud list`, `Get-AzEnvironment`, azurerm's `environment`).
const KNOWN: [(&str, Target); 3] = [
    ("AzurePublic", Target::Public),
    ("AzureUSGovernment", Target::Known("AzureUSGovernment", "usgovernment")),
    ("AzureChina", Target::Known("AzureChinaCloud", "china")),
];

impl Target {
    /// The target of a cloud: one that only has the name of a known one is not that.
    pub(super) fn of(cloud: &AzureCloud) -> Self {
        let known = KNOWN.into_iter().find(|(name, _)| AzureCloud::known(name).as_ref() == Some(cloud));
        known.map_or_else(
            || {
                // A name is anybody's text, and stands in comments.
                let name = cloud.name.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect();
                let endpoint = cloud.resource_manager.clone();
                let audience = cloud.audience.clone().unwrap_or_else(|| endpoint.clone());
                Self::Other(Other { name, endpoint, audience, authority: cloud.authority.clone() })
            },
            |(_, target)| target,
        )
    }

    /// What to type once, on one line, so that the Azure CLI works against the cloud.
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
