//! The services in the marketplace: the managed identity, which this app creates, and related services, which the Azure
//! portal creates.

pub mod search;

use crate::messages::{self, Message};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Identity,
    Compute,
    Containers,
    Data,
    Networking,
    Management,
}

impl Category {
    /// In display order.
    pub const ALL: [Self; 6] = [Self::Identity, Self::Compute, Self::Containers, Self::Data, Self::Networking, Self::Management];

    pub fn name(self) -> Message {
        match self {
            Self::Identity => messages::CATEGORY_IDENTITY,
            Self::Compute => messages::CATEGORY_COMPUTE,
            Self::Containers => messages::CATEGORY_CONTAINERS,
            Self::Data => messages::CATEGORY_DATA,
            Self::Networking => messages::CATEGORY_NETWORKING,
            Self::Management => messages::CATEGORY_MANAGEMENT,
        }
    }
}

/// Where a service is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// By this app's form.
    Here,
    /// In the Azure portal, at this fragment.
    Portal(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    pub name: Message,
    /// Its purpose, in a sentence.
    pub about: Message,
    pub category: Category,
    /// Other names that people search for, separated by commas.
    pub aliases: &'static str,
    pub creation: Creation,
}

const fn portal(name: Message, about: Message, category: Category, aliases: &'static str, fragment: &'static str) -> Service {
    Service { name, about, category, aliases, creation: Creation::Portal(fragment) }
}

/// In display order. The fragments are the portal's own addresses of its create pages.
pub const SERVICES: [Service; 16] = [
    Service {
        name: messages::SERVICE_IDENTITY,
        about: messages::SERVICE_IDENTITY_ABOUT,
        category: Category::Identity,
        aliases: "uami,umi,uai,msi,mi,managed service identity,user managed identity,workload identity,passwordless,principal,user identity",
        creation: Creation::Here,
    },
    portal(
        messages::SERVICE_APP_REGISTRATION,
        messages::SERVICE_APP_REGISTRATION_ABOUT,
        Category::Identity,
        "service principal,spn,application,oauth,aad,entra,sso",
        "view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade",
    ),
    portal(
        messages::SERVICE_VM,
        messages::SERVICE_VM_ABOUT,
        Category::Compute,
        "vm,server,linux,windows,machine",
        "create/Microsoft.VirtualMachine-ARM",
    ),
    portal(
        messages::SERVICE_WEB_APP,
        messages::SERVICE_WEB_APP_ABOUT,
        Category::Compute,
        "app service,website,site,api",
        "create/Microsoft.WebSite",
    ),
    portal(
        messages::SERVICE_FUNCTION,
        messages::SERVICE_FUNCTION_ABOUT,
        Category::Compute,
        "functions,serverless,lambda",
        "create/Microsoft.FunctionApp",
    ),
    portal(
        messages::SERVICE_REGISTRY,
        messages::SERVICE_REGISTRY_ABOUT,
        Category::Containers,
        "acr,docker,images,oci",
        "create/Microsoft.ContainerRegistry",
    ),
    portal(messages::SERVICE_AKS, messages::SERVICE_AKS_ABOUT, Category::Containers, "aks,k8s,cluster", "create/Microsoft.AKS"),
    portal(
        messages::SERVICE_CONTAINER_APP,
        messages::SERVICE_CONTAINER_APP_ABOUT,
        Category::Containers,
        "aca,container apps,docker,microservice",
        "create/Microsoft.ContainerApp",
    ),
    portal(
        messages::SERVICE_CONTAINER_INSTANCE,
        messages::SERVICE_CONTAINER_INSTANCE_ABOUT,
        Category::Containers,
        "aci,container instances,docker",
        "create/Microsoft.ContainerInstances",
    ),
    portal(
        messages::SERVICE_STORAGE,
        messages::SERVICE_STORAGE_ABOUT,
        Category::Data,
        "blob,files,queue,table,data lake,adls",
        "create/Microsoft.StorageAccount",
    ),
    portal(
        messages::SERVICE_SQL,
        messages::SERVICE_SQL_ABOUT,
        Category::Data,
        "mssql,azure sql,relational",
        "create/Microsoft.SQLDatabase",
    ),
    portal(
        messages::SERVICE_COSMOS,
        messages::SERVICE_COSMOS_ABOUT,
        Category::Data,
        "cosmosdb,documentdb,nosql,mongo",
        "create/Microsoft.DocumentDB",
    ),
    portal(
        messages::SERVICE_NETWORK,
        messages::SERVICE_NETWORK_ABOUT,
        Category::Networking,
        "vnet,subnet",
        "create/Microsoft.VirtualNetwork-ARM",
    ),
    portal(
        messages::SERVICE_VAULT,
        messages::SERVICE_VAULT_ABOUT,
        Category::Management,
        "kv,secrets,certificates,hsm",
        "create/Microsoft.KeyVault",
    ),
    portal(messages::SERVICE_GROUP, messages::SERVICE_GROUP_ABOUT, Category::Management, "rg,folder", "create/Microsoft.ResourceGroup"),
    portal(
        messages::SERVICE_LOGS,
        messages::SERVICE_LOGS_ABOUT,
        Category::Management,
        "log analytics,monitor,logs,oms",
        "create/Microsoft.LogAnalyticsOMS",
    ),
];
