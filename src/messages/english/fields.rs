//! The sentences of each field: its label (the Azure portal's own, since its users know it), its hint, and the problems of its value.

use crate::messages::Message;

pub const SUBSCRIPTION: Message = Message("Subscription");
pub const SUBSCRIPTION_INFO: Message = Message(
    "The subscription determines who can manage the identity. The identity itself is free. Read-only subscriptions are at the end of the list.",
);

pub const RESOURCE_GROUP: Message = Message("Resource group");
pub const RESOURCE_GROUP_INFO: Message =
    Message("A container for resources that are managed and deleted together. Deleting the group also deletes the identity.");

pub const REGION: Message = Message("Region");
pub const REGION_INFO: Message = Message(
    "The region where Azure stores the identity. Resources in any region can use it, unless you set the isolation scope to Regional.",
);

pub const NAME: Message = Message("Name");
pub const NAME_INFO: Message = Message(
    "3 to 128 letters, digits, hyphens and underscores, starting with a letter or digit. You can't change it later. Keep it to 24 characters if a virtual machine will use it.",
);

pub const ISOLATION_SCOPE: Message = Message("Isolation scope");
pub const ISOLATION_SCOPE_INFO: Message =
    Message("Regional: only resources in the identity's own region can use it. None: resources in any region can.");
pub const ISOLATION_NONE: Message = Message("None");
pub const ISOLATION_REGIONAL: Message = Message("Regional");
pub const SCOPE_UNKNOWN: Message = Message("“{0}” isn't an isolation scope. Use None or Regional.");
pub const SCOPE_NOT_OFFERED: Message = Message("This cloud doesn't support isolation scopes yet, so Azure may refuse this. None is safe.");

pub const RESOURCE_RESTRICTIONS: Message = Message("Resource restrictions");
pub const RESOURCE_RESTRICTIONS_INFO: Message =
    Message("Only resources of these types can use the identity. Leave this empty to allow every type.");
pub const RESOURCE_RESTRICTIONS_PLACEHOLDER: Message = Message("None");
pub const RESTRICTION_UNKNOWN: Message =
    Message("“{0}” isn't a resource type. Write it like Microsoft.Storage/storageAccounts, or remove it.");
pub const RESTRICTIONS_NOT_OFFERED: Message =
    Message("This cloud doesn't support resource restrictions yet, so Azure may refuse them. Leaving them empty is safe.");

pub const TAGS: Message = Message("Tags");
pub const TAG_NAME_ROW: Message = Message("Tag name {0}");
pub const TAG_VALUE_ROW: Message = Message("Tag value {0}");

// About the optional properties together.
pub const TYPE_MISSING_ADVICE: Message = Message("Leave the isolation scope at None, remove the resource restrictions, then try again.");
pub const NOT_SUPPORTED_HERE_ADVICE: Message = Message(
    "Azure lists the supported regions and API versions below. If your region isn't among them, choose another one. If it is, set the isolation scope to None and remove the resource restrictions.",
);
pub const POWERSHELL_RAW: Message =
    Message("{0} has no parameter for isolation scope or resource restrictions, so the raw request is sent instead.");

// The rules of `identity-check`, one for each field.
pub const REPORT_SUBSCRIPTION: Message = Message("The subscription is an ID that your organisation allows.");
pub const REPORT_RESOURCE_GROUP: Message = Message("Azure accepts the resource group's name.");
pub const REPORT_REGION: Message = Message("The region is one of Azure's, and your organisation allows it.");
pub const REPORT_NAME: Message = Message("Azure accepts the name, it follows your organisation's rule, and it is used once in its group.");
pub const REPORT_ISOLATION_SCOPE: Message = Message("The isolation scope is None or Regional.");
pub const REPORT_RESTRICTIONS: Message = Message("Resource restrictions are resource types.");
pub const REPORT_TAGS: Message = Message("Azure accepts the tags, and those that your organisation requires are present.");
pub const REPORT_TEXT: Message = Message("The text can be read.");
