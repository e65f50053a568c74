//! The list of identities, and an identity's page.

use crate::messages::Message;

pub const CREATE_IDENTITY: Message = Message("Create a managed identity");
pub const ALL_IDENTITIES: Message = Message("All managed identities");
pub const FILTER: Message = Message("Filter");
pub const FILTER_PLACEHOLDER: Message = Message("Filter by name, group, region, subscription or ID");
pub const FILTERS: Message = Message("Filters");
pub const FILTER_ALL: Message = Message("All");
pub const FILTERS_CLEAR: Message = Message("Clear filters");
pub const FILTER_NOTHING: Message = Message("None of the {0} identities match the filters");
pub const REFRESH: Message = Message("Refresh");
pub const EXPORT_CSV: Message = Message("Export to CSV");
pub const SHOW_MORE: Message = Message("Show {0} more");
pub const READ_MORE: Message = Message("Search more subscriptions ({0} left)");
pub const IDENTITIES_READING: Message = Message("Loading your subscriptions… Identities so far: {0}.");
pub const IDENTITIES_COUNTED: Message = Message("{0} of {1} identities from {2} subscriptions");
pub const IDENTITIES_NONE: Message = Message("No managed identities yet");
pub const IDENTITIES_NONE_TEXT: Message =
    Message("Create your first one, or check that your account can read the subscriptions you expect to see here.");
pub const SUBSCRIPTIONS_UNREAD: Message = Message("Couldn't load these subscriptions, so their identities are missing: {0}.");
pub const IDENTITY_MISSING: Message = Message("The identity {0} wasn't found");
pub const IDENTITY_MISSING_TEXT: Message = Message(
    "It may have been deleted or moved, or your account may not have access to it. A new identity can take a minute to show up; try again then.",
);
pub const SIGN_IN_IDS: Message = Message("IDs");
pub const SIGN_IN_IDS_TEXT: Message =
    Message("Code signs in with the client ID. Roles are assigned to the principal ID. Templates and commands use the resource ID.");
pub const CLIENT_ID: Message = Message("Client ID");
pub const PRINCIPAL_ID: Message = Message("Principal (object) ID");
pub const TENANT_ID: Message = Message("Tenant ID");
pub const RESOURCE_ID: Message = Message("Resource ID");
pub const ESSENTIALS: Message = Message("Essentials");
pub const JSON_VIEW: Message = Message("JSON view");
pub const REMOVE_ENTRY: Message = Message("Remove");
pub const CHANGE_UNDER_WAY: Message = Message("Azure is making the change…");
pub const LOCKS_TITLE: Message = Message("Locks");
pub const LOCKS_TEXT: Message = Message(
    "A lock keeps everybody, owners too, from deleting this identity or from changing it, until the lock is removed. Locks of the resource group and the subscription count as well.",
);
pub const LOCKS_NONE: Message = Message("No locks");
pub const LOCKS_NONE_TEXT: Message = Message("Everybody with the right to delete this identity can do so.");
pub const LOCKS_PARTIAL: Message = Message("Your account can't read the locks of the subscription: those aren't shown here.");
pub const LOCKS_REFUSED: Message =
    Message("Your account may not change locks here. Ask for the role Owner or User Access Administrator on the resource group.");
pub const ADD_LOCK: Message = Message("Add lock");
pub const LOCK_TYPE: Message = Message("Lock type");
pub const LOCK_DELETE: Message = Message("Delete");
pub const LOCK_READ_ONLY: Message = Message("Read-only");
pub const LOCK_NAME: Message = Message("Lock name");
pub const LOCK_NOTES: Message = Message("Notes");
pub const LOCK_NOTES_INFO: Message = Message("Shown to whoever the lock stops: say why it is here, and whom to ask.");
pub const LOCK_READ_ONLY_TEXT: Message = Message("Nobody can then change tags or federated credentials of this identity either.");
pub const LOCK_SCOPE: Message = Message("Applies to");
pub const LOCK_ON_IDENTITY: Message = Message("This identity");
pub const LOCK_ON_GROUP: Message = Message("The resource group {0}");
pub const LOCK_ON_SUBSCRIPTION: Message = Message("The subscription");
pub const LOCK_NAME_WRONG: Message =
    Message("Use 1 to 90 letters, digits, hyphens, underscores, full stops and parentheses; a full stop can't be the last.");
pub const LOCK_NAME_TAKEN: Message = Message("This identity already has a lock named {0}.");
pub const LOCK_NOTES_LONG: Message = Message("Azure accepts at most {0} characters.");
pub const LOCK_SAVED: Message = Message("The lock {0} was added.");
pub const LOCK_REMOVED: Message = Message("The lock {0} was removed.");
pub const LOCK_NOT_SAVED: Message = Message("The lock {0} was not added");
pub const LOCK_NOT_REMOVED: Message = Message("The lock {0} was not removed");
pub const LOCK_MEANWHILE: Message = Message(
    "The lock {0} was added, changed or removed by somebody else or in another tab since you looked. Nothing was sent: compare with the list, then try again.",
);
pub const LOCK_UNANSWERED: Message = Message("No answer came for the lock {0}. Refresh the list to see whether it was changed.");
pub const LOCK_REMOVE_TITLE: Message = Message("Remove this lock?");
pub const LOCK_REMOVE_TEXT: Message = Message("Whoever has the right to can then delete or change this identity.");
