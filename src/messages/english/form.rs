//! The create form: its labels (the Azure portal's own words, since its users know them) and our sentences.

use crate::messages::{Counted, Message};

pub const CREATE_IDENTITY_TITLE: Message = Message("Create User Assigned Managed Identity");
pub const DISCARD_TITLE: Message = Message("Discard what you typed?");
pub const DISCARD_TEXT: Message = Message("This clears the whole form and can't be undone.");
pub const DISCARD: Message = Message("Discard");
pub const KEEP_EDITING: Message = Message("Keep editing");

pub const BASICS: Message = Message("Basics");
pub const REVIEW_AND_CREATE: Message = Message("Review + create");
pub const CREATE: Message = Message("Create");
pub const PREVIOUS: Message = Message("< Previous");
pub const NEXT_TAGS: Message = Message("Next : Tags >");
pub const NEXT_REVIEW: Message = Message("Next : Review + create >");

pub const BASICS_INTRO: Message = Message(
    "A user-assigned managed identity lets Azure resources sign in to other services without passwords or keys, and several resources can share it. You give it access to a container registry or any other service after you create it. ",
);
pub const PROJECT_DETAILS: Message = Message("Project details");
pub const PROJECT_DETAILS_INTRO: Message = Message("Choose the subscription to use and a resource group to keep the identity in.");
pub const INSTANCE_DETAILS: Message = Message("Instance details");

pub const SUBSCRIPTION_PLACEHOLDER: Message = Message("Select a subscription");

pub const LAST_USED: Message = Message("Last used");
pub const ALL_OTHERS: Message = Message("All others");
pub const SUBSCRIPTIONS_NONE: Message = Message("Your account has no access to any subscription. Ask for a role on one, then try again.");
pub const SUBSCRIPTIONS_NONE_LISTED: Message = Message("No subscriptions");
pub const SUBSCRIPTIONS_NONE_HERE: Message = Message("There is no subscription to choose in this directory.");
pub const SUBSCRIPTIONS_NONE_SWITCH: Message = Message("You have no subscription in this directory. You can switch to another one.");
pub const SUBSCRIPTIONS_NONE_ASK: Message = Message("You have no subscription. Ask for a role on one, then reload this page.");
pub const SUBSCRIPTION_UNNAMED: Message = Message("Subscription {0}…");
pub const SUBSCRIPTIONS_FAILED: Message = Message("Couldn't load your subscriptions ({0}).");
pub const GROUPS_FAILED: Message = Message("Couldn't load the resource groups ({0}).");
pub const REGIONS_FAILED: Message = Message("Couldn't load the regions ({0}).");
pub const SUBSCRIPTION_FIRST: Message = Message("Select a subscription first.");

pub const READ_NOW: Message = Message("Loaded in Live less than a minute ago.");
pub const READ_MINUTES_AGO: Message = Message("Loaded in Live {0} min ago.");
pub const READ_HOURS_AGO: Message = Message("Loaded in Live {0} hours ago.");
pub const READ_DAYS_AGO: Message = Message("Loaded in Live {0} days ago.");
pub const NEVER_READ: Message = Message("Not loaded in Live yet, so this list may be incomplete.");

pub const RESOURCE_GROUP_PLACEHOLDER: Message = Message("Select a resource group");
pub const RESOURCE_GROUPS_NONE: Message = Message("This subscription has no resource groups yet. Create a new one.");
pub const NEW_ENTRY: Message = Message("(New) {0}");
pub const CREATE_NEW: Message = Message("Create new");
pub const NEW_GROUP_TITLE: Message = Message("New resource group");
pub const NEW_GROUP_INTRO: Message =
    Message("The group is created together with the identity, in the same region. Nothing is created until you press Create.");
pub const CREATE_GROUP: Message = Message("Create it");
pub const CREATE_GROUP_CALLED: Message = Message("Create it: {0}");
pub const USE_GROUP: Message = Message("Use {0}");
pub const OK: Message = Message("OK");
pub const CANCEL: Message = Message("Cancel");

pub const REGION_PLACEHOLDER: Message = Message("Select a region");
pub const REGIONS_RECOMMENDED: Message = Message("Recommended");
pub const REGIONS_OTHER: Message = Message("Other");

pub const REGION_LACKS_FEDERATED: Message = Message("may lack federated credentials");
pub const FEDERATED_REGIONS: Message = Message("Regions without federated credentials");

pub const DISABLED_BY_STATE: Message = Message("Read only: the subscription is disabled");
pub const DISABLED_BY_WARNING: Message = Message("Read only: the subscription is about to be disabled");
pub const DISABLED_BY_RULES: Message = Message("Not allowed by your organisation");
pub const DISABLED_BY_POLICY: Message = Message("Blocked by policy: {0}");

pub const TAGS_INTRO: Message =
    Message("Tags are name and value pairs that help you organise resources, for example by cost centre, owner or environment.");
pub const TAG_GROUP: Message = Message("Put these tags on the new resource group as well");
pub const GROUP_TAGS: Message = Message("Tags on the new group");
pub const GROUP_TAGS_SAME: Message = Message("Same as the identity");
pub const TAG_NAME: Message = Message("Name");
pub const TAG_VALUE: Message = Message("Value");
pub const REMOVE_TAG: Message = Message("Remove tag {0}");

pub const REVIEW_CHECKING: Message = Message("Checking with Azure…");
pub const REVIEW_PASSED: Message = Message("Validation passed.");
pub const REVIEW_PASSED_PREVIEW: Message = Message("Validation passed in the simulated Azure. Nothing you create here is real.");
pub const REVIEW_UNCONFIRMED: Message = Message(
    "Azure's answer couldn't be read, so validation isn't confirmed. You can still create the identity; Azure validates it again then.",
);
pub const REVIEW_FAILED: Message = Message("Validation failed. Fix the problem below, then try again.");
pub const REVIEW_UNASKED: Message =
    Message("Azure couldn't validate this. You can still create the identity; Azure validates it again then.");
pub const GO_TO_FIELD: Message = Message("Go to {0}");
pub const REVIEW_BLOCKED: Message = Message("Some fields need your attention first.");
pub const REVIEW_WARNINGS: Message = Message("Check these before you create");
pub const CHANGES_TITLE: Message = Message("Changes to the existing identity");
pub const CHANGES_PROPERTY: Message = Message("Property");
pub const CHANGES_BEFORE: Message = Message("Now");
pub const CHANGES_AFTER: Message = Message("After");
pub const CHANGES_CHANGE: Message = Message("Change");
pub const UNCHANGED: Message = Message("Unchanged");
pub const ADDED: Message = Message("Added");
pub const CHANGED: Message = Message("Changed");
pub const REMOVED: Message = Message("Removed");
pub const TAG_CALLED: Message = Message("Tag {0}");
pub const UPDATE_TITLE: Message = Message("Update the existing identity?");
pub const UPDATE_INTRO: Message = Message("{0} already exists in {1}. It will be updated, and its tags will be replaced with yours.");
pub const UPDATE_NOTHING: Message = Message("{0} already exists in {1}. Nothing will change.");
pub const UPDATE: Message = Message("Update");
pub const UPDATE_UNSURE_TITLE: Message = Message("Create without checking the name?");
pub const UPDATE_UNSURE: Message = Message(
    "Couldn't check whether {0} already exists in {1} ({2}). If it does, Create updates it, and replaces all its tags with the ones entered here.",
);
pub const UPDATE_UNSURE_GO: Message = Message("Create anyway");
pub const EDIT_TAB: Message = Message("Edit {0}");
pub const NO_TAGS: Message = Message("No tags");
pub const NOT_SET: Message = Message("Not set");
pub const CREATION_PATH: Message = Message("Creation method");
pub const PATH_DEPLOYMENT: Message = Message("Template deployment");
pub const PATH_DIRECT: Message = Message("Individual requests, one for each resource");
pub const USE_DIRECT: Message = Message("Create without a template deployment");
pub const USE_DIRECT_INFO: Message = Message(
    "Sends one request for each resource instead of a deployment. This needs fewer permissions and leaves no entry in the group's deployment history.",
);
pub const DOWNLOAD_TEMPLATE: Message = Message("Download a template");
pub const FOR_AUTOMATION: Message = Message(" for automation");
pub const WAITING_RETRY: Counted = Counted {
    one: Message("Azure asked for a pause. Continuing in {0} second…"),
    many: Message("Azure asked for a pause. Continuing in {0} seconds…"),
};

pub const CODE: Message = Message("Code");
pub const LINK: Message = Message("link");
pub const LINK_LACKS: Message = Message("Link copied. It doesn't say {0}.");
pub const LINK_NEW_GROUP: Message = Message("that {0} is new");
pub const LINK_ACCESS: Message = Message("what is chosen under Access");
pub const LINK_DIRECT: Message = Message("that you don't want a template deployment");
pub const LINK_FILLED: Message = Message("The link you opened filled in: {0}.");
pub const LINK_UNDO: Message = Message("Undo");
pub const CLOSE_NOTICE: Message = Message("Close this notice");
pub const LINK_UNUSABLE: Message = Message("Check the link you opened");
pub const LINK_UNKNOWN: Message = Message("Unknown parameter “{0}”.");
pub const LINK_BAD_VALUE: Message = Message("“{1}” isn't a valid value for “{0}”.");
pub const LINK_REPEATED: Message = Message("“{0}” appears more than once; the last value is used.");
pub const LINK_CUT: Message = Message("“{0}” is too long and was truncated.");
pub const LINK_TAGS_CUT: Message = Message("It has more than {0} tags; the others were left out.");
pub const LINK_NAMELESS_TAG: Message = Message("A tag without a name.");
pub const LINK_ASK_TITLE: Message = Message("Replace what you typed?");
pub const LINK_ASK_TEXT: Message =
    Message("The link you opened has other values than the form. Nothing is filled in unless you choose the link's values.");
pub const LINK_ASK_FIELD: Message = Message("Field");
pub const LINK_ASK_TYPED: Message = Message("In the form");
pub const LINK_ASK_LINK: Message = Message("In the link");
pub const LINK_TAKE: Message = Message("Use the link's values");
pub const LINK_KEEP: Message = Message("Keep mine");
pub const TAG_ROW: Message = Message("Tag {0}");

pub const CODE_TITLE: Message = Message("The same request as code");
pub const CODE_LANGUAGES: Message = Message("Languages");
pub const CODE_PATH_DEPLOYMENT: Message = Message("Create sends one template deployment. All of these have the same result.");
pub const CODE_PATH_DIRECT: Message = Message("Create sends one request for each resource. All of these have the same result.");
pub const CODE_PLACEHOLDERS: Message = Message("Placeholders stand in for missing values: {0}.");
pub const DOWNLOAD: Message = Message("Download");
pub const WHAT_IF: Message = Message("See what would change");
pub const WHAT_IF_ASKING: Message = Message("Asking Azure what would change…");
pub const WHAT_IF_UNREADABLE: Message =
    Message("Azure has the answer, but doesn't let a browser read it. Download the template, then run this in the same folder:");
pub const WHAT_IF_EMPTY: Message = Message("Azure lists no changes.");
pub const WHAT_IF_DELTA: Message = Message("{0}: {1} → {2}");
pub const WHAT_IF_NO_VALUE: Message = Message("(none)");
pub const WHAT_IF_ANSWERED: Message = Message("Azure has answered. Resources listed: {0}.");
pub const CHANGE_CREATE: Message = Message("Will be created");
pub const CHANGE_MODIFY: Message = Message("Will be changed");
pub const CHANGE_NONE: Message = Message("No change");
pub const CHANGE_IGNORE: Message = Message("Not affected");
pub const CHANGE_DELETE: Message = Message("Will be deleted");
pub const CHANGE_UNSUPPORTED: Message = Message("Azure can't predict this");
pub const REVIEW_REGISTERS: Message =
    Message("Validation passed. Create also registers the Microsoft.ManagedIdentity provider in this subscription.");
pub const REVIEW_NOT_ASKED: Message =
    Message("Ready to create. Azure can't validate individual requests in advance, but all checks on this page passed.");

pub const RUN_STARTED: Message = Message("Creating {0}");
pub const RUN_DONE: Message = Message("{0} was created");
pub const RUN_FAILED: Message = Message("{0} was not created");
pub const RUN_UPDATED: Message = Message("{0} was updated");
pub const RUN_NOT_UPDATED: Message = Message("{0} was not updated");
pub const RUN_CANCELLED: Message = Message("Creation of {0} was cancelled");
pub const RUN_UNKNOWN: Message = Message("It's unknown whether {0} was created");
pub const RUN_ON_HOLD: Message = Message("{0} is on hold");
