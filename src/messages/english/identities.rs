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
