//! The marketplace: its texts, and the services in it.

use crate::messages::Message;

pub const SEARCH_MARKETPLACE: Message = Message("Search the marketplace");
pub const SEARCH_MARKETPLACE_PLACEHOLDER: Message = Message("Search services, such as managed identity");
pub const CATEGORIES: Message = Message("Categories");
pub const ALL_CATEGORIES: Message = Message("All");
pub const MARKETPLACE_INTRO: Message = Message(
    "This app creates managed identities. The other services are listed because they use identities; their Create links open the Azure portal.",
);
pub const MARKETPLACE_NOTHING: Message = Message("No services match “{0}”");
pub const MARKETPLACE_NOTHING_TEXT: Message = Message("Try fewer letters or another name. Only a few services are listed here.");
pub const SERVICES_FOUND: Message = Message("{0} services");
pub const SERVICE_FOUND: Message = Message("1 service");
pub const CREATE_IN_PORTAL: Message = Message("Create in the Azure portal");
pub const CREATED_ELSEWHERE: Message = Message("This app can't create it, and doesn't know a portal for this cloud.");
pub const CREATE_WHAT: Message = Message("Create: {0}");

pub const CATEGORY_IDENTITY: Message = Message("Identity");
pub const CATEGORY_COMPUTE: Message = Message("Compute");
pub const CATEGORY_CONTAINERS: Message = Message("Containers");
pub const CATEGORY_DATA: Message = Message("Storage and data");
pub const CATEGORY_NETWORKING: Message = Message("Networking");
pub const CATEGORY_MANAGEMENT: Message = Message("Security and management");

pub const SERVICE_IDENTITY: Message = Message("User Assigned Managed Identity");
pub const SERVICE_IDENTITY_ABOUT: Message =
    Message("One identity that many resources can share to sign in to other services without a password.");
pub const SERVICE_APP_REGISTRATION: Message = Message("App registration");
pub const SERVICE_APP_REGISTRATION_ABOUT: Message =
    Message("Lets your application sign people in, or sign in by itself from outside Azure.");
pub const SERVICE_VM: Message = Message("Virtual machine");
pub const SERVICE_VM_ABOUT: Message = Message("A Linux or Windows machine that you manage yourself.");
pub const SERVICE_WEB_APP: Message = Message("Web App");
pub const SERVICE_WEB_APP_ABOUT: Message = Message("A website or an API from your code or container.");
pub const SERVICE_FUNCTION: Message = Message("Function App");
pub const SERVICE_FUNCTION_ABOUT: Message = Message("Small functions that run in response to events.");
pub const SERVICE_REGISTRY: Message = Message("Container registry");
pub const SERVICE_REGISTRY_ABOUT: Message = Message("Stores container images. An identity with the AcrPull role can pull them.");
pub const SERVICE_AKS: Message = Message("Kubernetes cluster");
pub const SERVICE_AKS_ABOUT: Message = Message("Runs containers on Kubernetes. Its pods can sign in with an identity.");
pub const SERVICE_CONTAINER_APP: Message = Message("Container App");
pub const SERVICE_CONTAINER_APP_ABOUT: Message = Message("Runs containers and scales them automatically.");
pub const SERVICE_CONTAINER_INSTANCE: Message = Message("Container instance");
pub const SERVICE_CONTAINER_INSTANCE_ABOUT: Message = Message("Runs a single container quickly, without a cluster.");
pub const SERVICE_STORAGE: Message = Message("Storage account");
pub const SERVICE_STORAGE_ABOUT: Message = Message("Blobs, files, queues and tables.");
pub const SERVICE_SQL: Message = Message("SQL database");
pub const SERVICE_SQL_ABOUT: Message = Message("A relational database that Azure manages for you.");
pub const SERVICE_COSMOS: Message = Message("Cosmos DB account");
pub const SERVICE_COSMOS_ABOUT: Message = Message("Documents and key-value data, replicated close to your users.");
pub const SERVICE_NETWORK: Message = Message("Virtual network");
pub const SERVICE_NETWORK_ABOUT: Message = Message("A private network for your resources.");
pub const SERVICE_VAULT: Message = Message("Key vault");
pub const SERVICE_VAULT_ABOUT: Message =
    Message("Stores secrets, keys and certificates. An identity can read them without a secret of its own.");
pub const SERVICE_GROUP: Message = Message("Resource group");
pub const SERVICE_GROUP_ABOUT: Message =
    Message("A container for resources that are managed and deleted together. The identity form can create one, too.");
pub const SERVICE_LOGS: Message = Message("Log Analytics workspace");
pub const SERVICE_LOGS_ABOUT: Message = Message("Collects logs and lets you query them.");
