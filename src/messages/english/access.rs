//! The roles of an identity.

use crate::messages::{Counted, Message};

pub const RIGHT_PULL: Message = Message("Pull images");
pub const RIGHT_PUSH: Message = Message("Push and pull images");
pub const RIGHT_DELETE: Message = Message("Delete images");
pub const ROLE_PULLS: Message = Message("It can pull images.");
pub const ROLE_PUSHES: Message = Message("It can push and pull images.");
pub const ROLE_DELETES: Message = Message("It can delete, push and pull images.");
pub const ROLE_DELETES_ONLY: Message = Message("It can delete images, but neither pull nor push them.");
pub const REPOSITORY_UPPER_CASE: Message = Message("Repository names have no upper-case letters: {0}");
pub const REPOSITORY_WITH_TAG: Message = Message("A role applies to a whole repository: leave out the tag or digest in {0}.");
pub const REPOSITORY_WRONG: Message = Message(
    "{0} can't be a repository. Use lower-case letters, digits, and . _ - / between them, with * at the end for all that start alike.",
);

pub const TYPE_CREDENTIAL: Message = Message("Federated credential");
pub const TYPE_ROLE: Message = Message("Role {0}");
pub const TYPE_LOCK: Message = Message("Lock");
pub const REPOSITORY_NEIGHBOURS: Message = Message(
    "{0}* also matches repositories whose names merely begin alike, such as {0}-other/app. End it with a slash to avoid that: {0}/*",
);
pub const ROLE_WHY_REGISTRY: Message =
    Message("The registry's role assignment permissions mode is RBAC Registry Permissions: its roles apply to all of its repositories.");
pub const ROLE_WHY_REPOSITORIES: Message = Message(
    "The registry's role assignment permissions mode is RBAC Registry + ABAC Repository Permissions: it ignores AcrPull, AcrPush and AcrDelete.",
);
pub const ROLE_WHY_UNKNOWN: Message = Message("Azure didn't say which roles the registry obeys; this is the role for most registries.");
pub const REGISTRY_MODE_UNKNOWN: Message = Message(
    "This cloud doesn't say which role assignment permissions mode {0} is in. In the mode RBAC Registry + ABAC Repository Permissions it ignores {1}.",
);
pub const ROLE_PRESENT: Message = Message("This identity already has the role {0} on {1}.");
pub const ROLE_COVERED: Message = Message("This identity has the role {0} on {1}, which already allows this.");
pub const ROLE_INHERITED: Message = Message("This identity has the role {0} on {1}, which already allows this here.");
pub const ASSIGNING_REFUSED: Message = Message(
    "Your account may not assign roles on {0}. Ask for the role Role Based Access Control Administrator, User Access Administrator or Owner on it.",
);
pub const ASSIGNING_CONDITIONAL: Message =
    Message("A condition limits the roles that your account may assign on {0}: Azure may refuse this one.");
pub const ASSIGNING_UNKNOWN: Message = Message("Couldn't check whether your account may assign roles on {0}.");
pub const NETWORK_PRIVATE: Message =
    Message("{0} can be reached through private endpoints only, and a role doesn't change that. No Azure service is exempt.");
pub const NETWORK_PRIVATE_TRUSTING: Message = Message(
    "{0} can be reached through private endpoints only, and a role doesn't change that. Container Instances and ACR Tasks are exempt as trusted services; AKS, virtual machines, Container Apps and App Service aren't.",
);
pub const NETWORK_LIMITED: Message = Message(
    "{0} can be reached from listed addresses and private endpoints only, and a role doesn't change that. No Azure service is exempt.",
);
pub const NETWORK_LIMITED_TRUSTING: Message = Message(
    "{0} can be reached from listed addresses and private endpoints only, and a role doesn't change that. Container Instances and ACR Tasks are exempt as trusted services; AKS, virtual machines, Container Apps and App Service aren't.",
);
pub const ARM_TOKENS_OFF: Message =
    Message("{0} accepts no tokens for Azure Resource Manager, so App Service and Container Apps can't pull from it with an identity.");
pub const ANONYMOUS_PULL: Message =
    Message("Everybody can pull from {0} without signing in: a pull that works doesn't show that this role does.");
pub const ADMIN_USER: Message =
    Message("The admin user of {0} is on: its password allows everything. Turn it off once nothing signs in with it.");
pub const SCOPE_DIRECTORY: Message = Message("the whole directory");
pub const SCOPE_MANAGEMENT_GROUP: Message = Message("the management group {0}");
pub const SCOPE_SUBSCRIPTION: Message = Message("the subscription");
pub const SCOPE_GROUP: Message = Message("the resource group {0}");
pub const SCOPE_REGISTRY: Message = Message("the registry {0}");
pub const ROLE_IGNORED_REPOSITORIES: Message = Message(
    "{0} ignores this role, because its role assignment permissions mode is RBAC Registry + ABAC Repository Permissions. Add the role {1} instead.",
);
pub const ROLE_IGNORED_REGISTRY: Message =
    Message("{0} ignores this role, because its role assignment permissions mode is RBAC Registry Permissions. Add the role {1} instead.");
pub const ROLE_TOO_MUCH: Message =
    Message("{0} here is more than an identity needs as a rule. Prefer a role for what it does, on the resources that it uses.");
pub const LOSES_PULL: Message =
    Message("What uses this identity can then no longer pull images from {0}. Containers that run go on until they have to pull again.");
pub const LOSES_PUSH: Message = Message("What uses this identity can then neither push images to {0} nor pull them from it.");
pub const LOSES_DELETE: Message = Message("What uses this identity can then no longer delete images in {0}.");
pub const ACCESS_TITLE: Message = Message("Access");
pub const ACCESS_TEXT: Message = Message("The roles that are assigned to this identity. Those of groups that it belongs to aren't listed.");
pub const ACCESS_NONE: Message = Message("No roles yet");
pub const ACCESS_NONE_SO_FAR: Message = Message("No roles in the subscriptions that were searched");
pub const ACCESS_NONE_TEXT: Message =
    Message("With this identity, code can sign in but may do nothing. To let it pull images, add the registry.");
pub const ACCESS_UNREAD: Message = Message("Couldn't load the roles in these subscriptions, so some may be missing here: {0}.");
pub const ACCESS_CHECKING: Message = Message("Checking what this identity has there already…");
pub const ADD_REGISTRY: Message = Message("Add registry");
pub const ROLE_CHANGE_TITLE: Message = Message("Change role");
pub const REGISTRY: Message = Message("Registry");
pub const REGISTRY_INFO: Message = Message(
    "The registries that your account can see, in all subscriptions. Type a part of the name, the resource group or the login server.",
);
pub const REGISTRY_PLACEHOLDER: Message = Message("Choose a registry");
pub const REGISTRY_CHOOSE: Message = Message("Choose a registry.");
pub const REGISTRY_MISSING: Message =
    Message("This registry wasn't found. It may have been deleted, or your account may not have access to it.");
pub const REGISTRIES_NONE: Message = Message("Your account can see no registries");
pub const REGISTRIES_UNREAD: Message = Message("Couldn't load the registries in these subscriptions: {0}.");
pub const RIGHT: Message = Message("What it may do");
pub const REPOSITORIES: Message = Message("Repositories");
pub const REPOSITORIES_INFO: Message = Message(
    "Names, or prefixes that end with *, separated by commas: backend/api, team/*. Leave it empty for all repositories. The slash before * matters: team* also matches team-b/app.",
);
pub const REPOSITORIES_ALL: Message = Message("All repositories");
pub const REPOSITORIES_BEFORE: Message = Message("Repositories now");
pub const REPOSITORIES_AFTER: Message = Message("Repositories after");
pub const REPOSITORIES_OTHER_CONDITION: Message = Message("Those of this condition: {0}");
pub const REPOSITORIES_LOST: Message = Message("This takes away access to {0}.");
pub const REPOSITORIES_ALL_LOST: Message = Message("This takes away access to all other repositories.");
pub const ROLE_RESULT: Message = Message("What will be assigned");
pub const ROLE: Message = Message("Role");
pub const ROLE_WHY: Message = Message("Why this role");
pub const ROLE_ON: Message = Message("{0} on {1}");
pub const ROLE_UNREAD: Message = Message("Couldn't load what this role allows.");
pub const ROLES_UNREAD: Message =
    Message("Couldn't check which roles this identity has there already. They are read again before anything is changed.");
pub const ALLOWS: Message = Message("Allows");
pub const ACTIONS: Message = Message("Actions");
pub const AND_MORE: Message = Message("{0} and {1} more");
pub const CONDITION: Message = Message("Condition");
pub const LOGIN_SERVER: Message = Message("Login server");
pub const WITHIN: Message = Message("Resource group");
pub const GROUP_IN_SUBSCRIPTION: Message = Message("{0} in {1}");
pub const ROLE_DESCRIPTION: Message = Message("Description");
pub const SCOPE_SUBSCRIPTION_NAMED: Message = Message("the subscription {0}");
pub const HEAD_DIRECTORY: Message = Message("Whole directory");
pub const HEAD_MANAGEMENT_GROUP: Message = Message("Management group {0}");
pub const HEAD_SUBSCRIPTION: Message = Message("Subscription {0}");
pub const HEAD_GROUP: Message = Message("Resource group {0}");
pub const REGISTRY_GONE: Message = Message("This registry no longer exists: the role can be removed.");
pub const REGISTRY_UNREAD: Message = Message("Your account can't read this registry, so it wasn't checked whether it obeys this role.");
pub const ROLE_FROM_ABOVE: Message = Message("It is assigned on {0}, above your subscriptions, and can be removed only there.");
pub const ROLE_NEW: Message = Message("Added less than ten minutes ago: it may not be effective yet.");
pub const ROLE_SOON: Message = Message("It can take up to ten minutes until this is effective everywhere.");
pub const ROLE_ADDED: Message = Message("The role {0} was added.");
pub const ROLE_CHANGED: Message = Message("The role {0} was changed.");
pub const ROLE_REMOVED: Message = Message("The role {0} was removed.");
pub const ROLE_NOT_ADDED: Message = Message("The role {0} was not added");
pub const ROLE_NOT_CHANGED: Message = Message("The role {0} was not changed");
pub const ROLE_NOT_REMOVED: Message = Message("The role {0} was not removed");
pub const ROLE_MEANWHILE: Message = Message(
    "The role {0} was added, changed or removed by somebody else or in another tab since you looked. Nothing was changed: compare with the list, then try again.",
);
pub const ROLE_UNANSWERED: Message = Message("No answer came for the role {0}. Refresh the list to see whether it was changed.");
pub const ROLE_REMOVE_TITLE: Message = Message("Remove this role?");
pub const ROLE_REMOVE_TEXT: Message = Message("What uses this identity can then no longer do on {0} what this role allows.");
pub const ROLE_REMOVE_REST: Message = Message("What other roles allow stays.");
pub const ROLE_REFUSED: Message = Message(
    "Ask for the role Role Based Access Control Administrator, User Access Administrator or Owner there. If your account has one of them, a condition may limit the roles that it may assign and remove.",
);
pub const ROLE_NAME_TAKEN: Message = Message(
    "Azure has a role assignment of the same name for another principal, usually one that a deleted identity of this name left behind. Remove it in the Azure portal, on the registry's Access control (IAM) page, where it is listed as Identity not found. Then try again.",
);
pub const PRINCIPAL_STILL_MISSING: Message =
    Message("Microsoft Entra ID didn't know this identity for two minutes. If it is new, try again in a few minutes.");
pub const ROLE_LIMIT: Message =
    Message("The subscription has as many role assignments as Azure allows. Remove those that aren't needed, then try again.");
pub const WAITING_PRINCIPAL: Counted = Counted {
    one: Message("Microsoft Entra ID doesn't know this identity yet. Trying again in {0} second…"),
    many: Message("Microsoft Entra ID doesn't know this identity yet. Trying again in {0} seconds…"),
};
pub const ADD_ROLE: Message = Message("Add role");
pub const ROLE_CHOOSE: Message = Message("Choose a role.");
pub const ROLE_PLACEHOLDER: Message = Message("Type a name, or what it has to allow");
pub const ROLE_INFO: Message = Message(
    "Found by name, description and action, such as Microsoft.KeyVault/vaults/secrets. For images in a registry, use Add registry instead.",
);
pub const ROLES_NONE: Message = Message("Choose a subscription first");
pub const WHOLE_SUBSCRIPTION: Message = Message("(Whole subscription)");
pub const WHOLE_SUBSCRIPTION_WIDE: Message =
    Message("The role will count for everything in the subscription, and for what is added later. Choose a resource group to narrow it.");
pub const ROLE_GIVES_ROLES: Message = Message(
    "{0} can give any role to anybody here, itself included: so can whoever runs code with this identity. Choose it only for what has to manage access.",
);
pub const ROLE_CHANGES_ALL: Message =
    Message("{0} can change and delete everything here. Prefer a role that allows no more than this identity has to do.");
pub const ROLE_FOR_REGISTRY: Message =
    Message("Registries ignore this role in one of their modes. Add registry chooses the right role, and checks what would spoil a pull.");
pub const ROLE_SECOND_LOOK: Message = Message("Give this identity the role {0}?");
pub const ROLE_ASSIGN: Message = Message("Give the role");

pub const REGISTRY_ROW: Message = Message("Registry {0}");
pub const REPOSITORIES_ROW: Message = Message("Repositories of registry {0}");
pub const CREDENTIAL_ROW: Message = Message("Federated credential {0}");
pub const ACCESS_UNLOADED: Message = Message("What is chosen under Access isn't loaded yet.");
pub const ACCESS_INTRO: Message =
    Message("Optional. What the new identity may do, who may sign in as it, and what protects it. It is created along with the identity.");
pub const REGISTRIES_TITLE: Message = Message("Registries");
pub const REGISTRIES_TEXT: Message = Message("Container registries whose images the identity may pull, push or delete.");
pub const WORKLOADS_TITLE: Message = Message("Trusted workloads");
pub const WORKLOADS_TEXT: Message = Message(
    "Workloads outside Azure that sign in as this identity with a token of their own, such as a GitHub repository. No secret is stored.",
);
pub const PROTECT_TITLE: Message = Message("Protect");
pub const PROTECT_TEXT: Message = Message("A lock prevents that the identity is deleted or changed by mistake.");
pub const LOCK_THIS: Message = Message("Lock the identity");
pub const REMOVE_REGISTRY_ROW: Message = Message("Remove registry {0}");
pub const REMOVE_CREDENTIAL_ROW: Message = Message("Remove federated credential {0}");
pub const REGISTRY_CHECKING: Message = Message("Checking your rights on this registry…");
pub const REGISTRY_UNCHECKED: Message = Message("Couldn't check {0} ({1}). You can continue.");
pub const REGISTRY_ROLES_UNREAD: Message = Message(
    "Couldn't check which roles the identity has there already, and none is replaced unasked. Reload the page to try again, or remove this registry.",
);
pub const ACCESS_PRESENT_CHECKING: Message = Message("Checking what the existing identity has already…");
pub const ACCESS_PRESENT_UNREAD: Message =
    Message("Couldn't check what the existing identity has already, and nothing of it is replaced unasked. Reload the page to try again.");
pub const REGISTRY_TWICE: Message = Message("{0} is listed twice with this role. Remove one of them.");
pub const REGISTRY_MODE_CHANGED: Message =
    Message("The role assignment permissions mode of {0} has changed since it was chosen here. Choose the registry again.");
pub const REGISTRY_CHANGES: Message =
    Message("This identity has the role {0} here already, for {1}. Create changes that to what is typed here.");
pub const REGISTRY_CHANGE_THERE: Message = Message(
    "This identity has the role {0} here already, for {1}, under a name of its own. Remove this registry here, and change the repositories on the identity's page, under Access.",
);
pub const REGISTRY_DEPLOY_REFUSED: Message =
    Message("Your account may not deploy to the resource group {0}, where this registry is. Choose “{1}” under Review + create.");
pub const REGISTRY_ROLE_SUMMARY: Message = Message("{0}: {1} ({2})");
pub const LOCK_SUMMARY: Message = Message("{0} ({1})");
pub const CREDENTIAL_SUMMARY: Message = Message("{0}: {1}");
pub const NEXT_PULL: Message = Message("Pull from {0}");
pub const NEXT_PULL_TEXT: Message = Message(
    "On a virtual machine that this identity is assigned to. Replace REPOSITORY:TAG with an image. A new role can take up to ten minutes to be effective.",
);
pub const NEXT_SIGN_IN: Message = Message("{0}: {1}");
pub const NEXT_SIGN_IN_TEXT: Message = Message("What the workload needs to sign in as this identity. None of it is a secret.");
pub const TYPE_ROLE_ASSIGNMENT: Message = Message("Role assignment");
pub const TYPE_ROLE_DEPLOYMENT: Message = Message("Role assignment in another resource group");
pub const ROLE_FORBIDDEN: Message = Message("Your account may not assign one of these roles.");
pub const ROLE_TAKEN: Message = Message("Another principal has the role assignment's name.");
pub const ROLES_FULL: Message = Message("The subscription has no room for another role assignment.");
