//! URLs of the Azure portal's own pages, for the clouds that have a portal.

use crate::arm::azure_cloud::AzureCloud;
use crate::arm::guid::Guid;
use crate::arm::percent::{encode, encode_path};
use crate::arm::resource_id::ResourceId;
use crate::settings::{Mode, Settings};

/// A cloud's portal: its URL up to `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portal(&'static str);

/// The name of each cloud and its portal (learn.microsoft.com, "Allow the Azure portal URLs on your firewall").
const PORTALS: [(&str, &str); 3] = [
    ("AzurePublic", "https://portal.azure.com/#"),
    ("AzureUSGovernment", "https://portal.azure.us/#"),
    ("AzureChina", "https://portal.azure.cn/#"),
];

impl Portal {
    /// Only the known clouds have a portal. A custom cloud may use a known name, but has another Resource Manager.
    pub fn of(cloud: &AzureCloud) -> Option<Self> {
        let is_known = AzureCloud::known(&cloud.name).is_some_and(|known| known.resource_manager == cloud.resource_manager);
        PORTALS.into_iter().find(|(name, _)| is_known && *name == cloud.name).map(|(_, address)| Self(address))
    }

    /// The portal of the current cloud; `None` in Preview, since its resources are not in Azure.
    pub fn in_use(settings: &Settings) -> Option<Self> {
        if settings.mode == Mode::Live { Self::of(&settings.cloud) } else { None }
    }

    /// The URL of a page by its fragment.
    pub fn page(self, fragment: &str) -> String {
        [self.0, fragment].concat()
    }

    /// The overview of a subscription, a resource group or a resource. With `tenant`, the portal switches to that directory.
    pub fn resource(self, id: &ResourceId, tenant: Option<&Guid>) -> String {
        let directory = tenant.map(|tenant| ["@", tenant.as_str(), "/"].concat()).unwrap_or_default();
        [self.0, &directory, "resource", &encode_path(id.as_str()), "/overview"].concat()
    }

    pub fn deployment(self, id: &ResourceId) -> String {
        [self.0, "view/HubsExtension/DeploymentDetailsBlade/~/overview/id/", &encode(id.as_str())].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBSCRIPTION: &str = "11111111-2222-3333-4444-555555555555";

    fn public() -> Portal {
        Portal::of(&AzureCloud::default()).expect("the public cloud has a portal")
    }

    #[test]
    fn resources_and_deployments_have_urls() {
        let subscription = Guid::parse(SUBSCRIPTION).expect("an id");
        let tenant = Guid::parse("99999999-2222-3333-4444-555555555555").expect("an id");
        let identity = ResourceId::of_identity(&subscription, "(Größe)", "uami");
        assert_eq!(
            public().resource(&identity, Some(&tenant)),
            "https://portal.azure.com/#@99999999-2222-3333-4444-555555555555/resource/subscriptions/11111111-2222-3333-4444-555555555555/\
             resourceGroups/(Gr%C3%B6%C3%9Fe)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami/overview"
        );
        assert_eq!(
            public().resource(&ResourceId::of_group(&subscription, "RG1"), None),
            "https://portal.azure.com/#resource/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/overview"
        );
        assert_eq!(
            public().resource(&ResourceId::of_subscription(&subscription), None),
            "https://portal.azure.com/#resource/subscriptions/11111111-2222-3333-4444-555555555555/overview"
        );
        let deployment = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/RG1/providers/Microsoft.Resources/deployments/d1");
        assert_eq!(
            public().deployment(&ResourceId::parse(&deployment).expect("an id")),
            "https://portal.azure.com/#view/HubsExtension/DeploymentDetailsBlade/~/overview/id/%2Fsubscriptions%2F\
             11111111-2222-3333-4444-555555555555%2FresourceGroups%2FRG1%2Fproviders%2FMicrosoft.Resources%2Fdeployments%2Fd1"
        );
    }

    #[test]
    fn each_known_cloud_has_its_own_portal_and_no_other_cloud_has_one() {
        for (name, address) in PORTALS {
            let cloud = AzureCloud::known(name).expect("a known cloud");
            assert_eq!(Portal::of(&cloud).map(|portal| portal.page("create")), Some([address, "create"].concat()));
        }
        assert_eq!(PORTALS.map(|(name, _)| name), AzureCloud::names());
        let own = AzureCloud { name: "Contoso".into(), ..AzureCloud::default() };
        assert_eq!(Portal::of(&own), None);
        let borrowed = AzureCloud { resource_manager: "https://arm.contoso.example".into(), ..AzureCloud::default() };
        assert_eq!(Portal::of(&borrowed), None, "a name alone is not the cloud");
    }

    #[test]
    fn preview_links_to_no_portal() {
        assert_eq!(Portal::in_use(&Settings::default()), None);
        let live = Settings { mode: Mode::Live, ..Settings::default() };
        assert_eq!(Portal::in_use(&live), Some(public()));
    }
}
