//! The create form: its labels (the Azure portal's own words, since its users know them) and our sentences.

use crate::messages::Message;

pub const CREATE_IDENTITY_TITLE: Message = Message("Create User Assigned Managed Identity");
pub const DISCARD_TITLE: Message = Message("Discard what you typed?");
pub const DISCARD_TEXT: Message = Message("The form goes back to empty. This can't be undone.");
pub const DISCARD: Message = Message("Discard");
pub const KEEP_EDITING: Message = Message("Keep editing");

pub const BASICS: Message = Message("Basics");
pub const TAGS: Message = Message("Tags");
pub const REVIEW_AND_CREATE: Message = Message("Review + create");
pub const CREATE: Message = Message("Create");
pub const PREVIOUS: Message = Message("< Previous");
pub const NEXT_TAGS: Message = Message("Next : Tags >");
pub const NEXT_REVIEW: Message = Message("Next : Review + create >");

pub const BASICS_INTRO: Message = Message(
    "One identity in Entra ID that many Azure resources can share, without a password or key to keep. Give it a place and a name; rights on a container registry or any other service come after.",
);
pub const PROJECT_DETAILS: Message = Message("Project details");
pub const PROJECT_DETAILS_INTRO: Message = Message("The subscription pays; the resource group holds what lives and is deleted together.");
pub const INSTANCE_DETAILS: Message = Message("Instance details");

pub const SUBSCRIPTION: Message = Message("Subscription");
pub const SUBSCRIPTION_INFO: Message = Message(
    "Where the identity is kept and who may manage it. An identity itself costs nothing. Subscriptions you can only read are at the end of the list.",
);
pub const SUBSCRIPTION_PLACEHOLDER: Message = Message("Select a subscription");

pub const SUBSCRIPTIONS_NONE: Message = Message("This account sees no subscription. Ask for a role on one, then try again.");
pub const SUBSCRIPTION_FIRST: Message = Message("Select a subscription first.");

pub const READ_NOW: Message = Message("From Live, less than a minute ago.");
pub const READ_MINUTES_AGO: Message = Message("From Live, {0} min ago.");
pub const READ_HOURS_AGO: Message = Message("From Live, {0} hours ago.");
pub const READ_DAYS_AGO: Message = Message("From Live, {0} days ago.");
pub const NEVER_READ: Message = Message("Not read in Live yet: there may be more than is listed here.");

pub const RESOURCE_GROUP: Message = Message("Resource group");
pub const RESOURCE_GROUP_INFO: Message =
    Message("A folder for resources with the same life. Deleting the group deletes the identity, too.");
pub const RESOURCE_GROUP_PLACEHOLDER: Message = Message("Select a resource group");
pub const RESOURCE_GROUPS_NONE: Message = Message("There is no resource group here yet. Create a new one.");
pub const NEW_ENTRY: Message = Message("(New) {0}");
pub const CREATE_NEW: Message = Message("Create new");
pub const NEW_GROUP_TITLE: Message = Message("New resource group");
pub const NEW_GROUP_INTRO: Message =
    Message("It is made together with the identity, in the identity's region, when you press Create. Not before.");
pub const OK: Message = Message("OK");
pub const CANCEL: Message = Message("Cancel");

pub const REGION: Message = Message("Region");
pub const REGION_INFO: Message =
    Message("Where Azure keeps the identity. Resources in every region can use it, unless you set its isolation scope to Regional.");
pub const REGION_PLACEHOLDER: Message = Message("Select a region");
pub const REGIONS_RECOMMENDED: Message = Message("Recommended");
pub const REGIONS_OTHER: Message = Message("Other");

pub const NAME: Message = Message("Name");
pub const NAME_INFO: Message = Message(
    "3 to 128 letters, digits, hyphens and underscores, beginning with a letter or digit. It can't be changed later. Keep it to 24 characters if a virtual machine will use it.",
);

pub const ISOLATION_SCOPE: Message = Message("Isolation scope");
pub const ISOLATION_SCOPE_INFO: Message =
    Message("Regional: only resources of the identity's own region can use it. None: resources anywhere can.");
pub const ISOLATION_NONE: Message = Message("None");
pub const ISOLATION_REGIONAL: Message = Message("Regional");

pub const RESOURCE_RESTRICTIONS: Message = Message("Resource restrictions");
pub const RESOURCE_RESTRICTIONS_INFO: Message =
    Message("Only resources of these types can use the identity. Leave it empty for no restriction.");
pub const RESOURCE_RESTRICTIONS_PLACEHOLDER: Message = Message("None");

pub const DISABLED_BY_STATE: Message = Message("Read only: the subscription is disabled");
pub const DISABLED_BY_WARNING: Message = Message("Read only: the subscription is about to be disabled");
pub const DISABLED_BY_RULES: Message = Message("Not allowed by your organisation");
pub const DISABLED_BY_POLICY: Message = Message("Denied by policy: {0}");

pub const TAGS_INTRO: Message = Message(
    "Tags are name and value pairs that sort resources, by cost centre, owner or environment, say. The identity gets these; a new resource group doesn't.",
);
pub const TAG_NAME: Message = Message("Name");
pub const TAG_VALUE: Message = Message("Value");
pub const TAG_NAME_ROW: Message = Message("Tag name {0}");
pub const TAG_VALUE_ROW: Message = Message("Tag value {0}");
pub const REMOVE_TAG: Message = Message("Remove tag {0}");

pub const REVIEW_CHECKING: Message = Message("Checking with Azure…");
pub const REVIEW_PASSED: Message = Message("Validation passed.");
pub const REVIEW_PASSED_PREVIEW: Message = Message("Validation passed, by the simulated Azure. Creating here makes nothing real.");
pub const REVIEW_UNCONFIRMED: Message =
    Message("Azure's answer could not be read, so it is not confirmed. You can still create; Azure checks again then.");
pub const REVIEW_FAILED: Message = Message("Azure would refuse this. You can still try after changing it.");
pub const REVIEW_UNASKED: Message = Message("Azure could not check this. You can still create; Azure checks again then.");
pub const CHANGE_FIELD: Message = Message("Change {0}");
pub const REVIEW_BLOCKED: Message = Message("Some fields need your attention first.");
pub const REVIEW_WARNINGS: Message = Message("Good to know before you create");
pub const EDIT_TAB: Message = Message("Edit {0}");
pub const NO_TAGS: Message = Message("No tags");
pub const NOT_SET: Message = Message("Not set");
pub const CREATION_PATH: Message = Message("Created by");
pub const PATH_DEPLOYMENT: Message = Message("One template deployment");
pub const PATH_DIRECT: Message = Message("Single requests, one for each resource");
pub const USE_DIRECT: Message = Message("Create without a template deployment");
pub const USE_DIRECT_INFO: Message = Message(
    "Sends one request for each resource instead of a deployment: it needs fewer rights, and leaves no entry in the group's deployment history.",
);
pub const DOWNLOAD_TEMPLATE: Message = Message("Download a template for automation");
pub const WAITING_RETRY: Message = Message("Azure asks for a pause. Going on by itself in {0} seconds…");

pub const CODE: Message = Message("Code");
pub const LINK: Message = Message("link");
pub const LINK_LACKS: Message = Message("The link is copied. It does not say {0}.");
pub const LINK_NEW_GROUP: Message = Message("that {0} is new");
pub const LINK_RESTRICTIONS: Message = Message("which resources may use the identity");
pub const LINK_DIRECT: Message = Message("that no template deployment is wanted");
pub const TAG_ROW: Message = Message("Tag {0}");

pub const CODE_TITLE: Message = Message("The same request as code");
pub const CODE_LANGUAGES: Message = Message("Languages");
pub const CODE_PATH_DEPLOYMENT: Message = Message("Create sends one template deployment. Each text here ends in the same state.");
pub const CODE_PATH_DIRECT: Message = Message("Create sends one request for each resource. Each text here ends in the same state.");
pub const CODE_PLACEHOLDERS: Message = Message("Placeholders stand for what is still missing: {0}.");
pub const DOWNLOAD: Message = Message("Download");
pub const WHAT_IF: Message = Message("See what would change");
pub const WHAT_IF_ASKING: Message = Message("Asking Azure what would change…");
pub const WHAT_IF_UNREADABLE: Message =
    Message("Azure worked it out, but does not let a browser read the answer. Download the template, then run this beside it:");
pub const CHANGE_CREATE: Message = Message("Created");
pub const CHANGE_MODIFY: Message = Message("Changed");
pub const CHANGE_NONE: Message = Message("Stays as it is");
pub const CHANGE_IGNORE: Message = Message("Not touched");
pub const CHANGE_DELETE: Message = Message("Deleted");
pub const CHANGE_UNSUPPORTED: Message = Message("Azure can't tell beforehand");
pub const REVIEW_REGISTERS: Message =
    Message("Validation passed. Create also registers the Microsoft.ManagedIdentity provider in this subscription.");
pub const REVIEW_NOT_ASKED: Message =
    Message("Ready to create. Single requests can't be checked by Azure beforehand; the checks on this page all passed.");

pub const RUN_STARTED: Message = Message("Creating {0}");
pub const RUN_DONE: Message = Message("{0} is created");
pub const RUN_FAILED: Message = Message("{0} was not created");
