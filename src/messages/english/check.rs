//! What the form's check says of a draft.

use crate::messages::Message;

pub const SUBSCRIPTION_REQUIRED: Message = Message("Choose a subscription.");
pub const SUBSCRIPTION_NOT_AN_ID: Message = Message("{0} is not a subscription's id. Choose a subscription from the list.");
pub const SUBSCRIPTION_NOT_ALLOWED: Message = Message("Your organisation does not use this subscription here. Choose another one.");
pub const SUBSCRIPTION_DISABLED: Message =
    Message("This subscription is disabled: nothing can be made in it. Choose another one, or have it re-enabled.");
pub const SUBSCRIPTION_WARNED: Message =
    Message("Azure is about to disable this subscription, and nothing can be made in it now. Choose another one.");
pub const SUBSCRIPTION_PAST_DUE: Message = Message("A payment for this subscription is due. It works until Azure disables it.");
pub const SUBSCRIPTION_NOT_LISTED: Message =
    Message("Your account does not list this subscription. You can go on, but Azure may refuse it.");

pub const GROUP_REQUIRED: Message = Message("Choose a resource group, or create a new one.");
pub const GROUP_NAME_REQUIRED: Message = Message("Enter a name for the new resource group.");
pub const GROUP_NAME_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const GROUP_NAME_ENDS_WITH_PERIOD: Message = Message("Don't end the name with a full stop.");
pub const GROUP_NAME_CHARACTERS: Message =
    Message("Use letters, digits, hyphens, underscores, full stops and parentheses only. Take out {0}.");
pub const GROUP_EXISTS: Message =
    Message("{0} exists already, in {1}. Choose it from the list: creating it again could fail or remove its tags.");
pub const GROUP_NOT_LISTED: Message = Message("{0} is not among this subscription's groups. You can go on, but Azure may not find it.");

pub const REGION_REQUIRED: Message = Message("Choose a region.");
pub const REGION_NOT_A_NAME: Message = Message("{0} is not a region's name. Choose a region from the list.");
pub const REGION_NOT_ALLOWED: Message = Message("Your organisation does not use this region. Choose another one.");
pub const REGION_NOT_OFFERED: Message = Message("Managed identities are not offered in this region. Choose another one.");

pub const NAME_REQUIRED: Message = Message("Enter a name.");
pub const NAME_TOO_SHORT: Message = Message("Use at least {0} characters.");
pub const NAME_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const NAME_BAD_START: Message = Message("Start with a letter or a digit, not with {0}.");
pub const NAME_CHARACTERS: Message = Message("Use the letters a to z, digits, hyphens and underscores only. Take out {0}.");
pub const NAME_LONG_FOR_MACHINES: Message =
    Message("Keep it to {0} characters (you have {1}) if a virtual machine or scale set will use this identity.");
pub const NAME_HAS_UNDERSCORE: Message =
    Message("Azure takes an underscore, but some guidance allows letters, digits and hyphens only. A hyphen is safer.");
pub const NAME_RULE_UNREADABLE: Message = Message("Your organisation's rule for names can't be read, so it was not checked.");
pub const NAME_RULE_BROKEN: Message = Message("This name does not follow your organisation's rule for names.");
/// The organisation's own words.
pub const VERBATIM: Message = Message("{0}");
pub const NAME_TAKEN: Message =
    Message("An identity of this name is in this resource group already. Create would update it and replace its tags.");
pub const NAME_TAKEN_ELSEWHERE: Message = Message(
    "An identity of this name is in this resource group already, in {0}. Choose another name or that region, or Azure will refuse it.",
);
pub const NAME_TAKEN_UNKNOWN: Message = Message("Whether the name is free could not be checked ({0}). You can go on.");

pub const SCOPE_UNKNOWN: Message = Message("{0} is not an isolation scope. Choose None or Regional.");
pub const SCOPE_NOT_OFFERED: Message = Message("This cloud does not offer an isolation scope yet, so Azure may refuse it. None is safe.");
pub const RESTRICTION_UNKNOWN: Message =
    Message("{0} is not a resource type. Write it as Microsoft.Storage/storageAccounts, or take it out.");
pub const RESTRICTIONS_NOT_OFFERED: Message =
    Message("This cloud does not offer resource restrictions yet, so Azure may refuse them. Having none is safe.");

pub const TAG_NAME_REQUIRED: Message = Message("Enter a name for this tag, or clear its value.");
pub const TAG_NAME_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const TAG_NAME_CHARACTERS: Message = Message("A tag's name can't hold {0}. Take it out.");
pub const TAG_NAME_TWICE: Message = Message("There is a tag {0} already; upper and lower case make no difference. Use another name.");
pub const TAG_NAME_RESERVED: Message = Message("Names that begin with {0} are kept for Azure itself, which may refuse this one.");
pub const TAG_VALUE_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const TAGS_TOO_MANY: Message = Message("A resource takes at most {0} tags; you have {1}. Remove some.");
pub const TAG_MISSING: Message = Message("Add the tag {0}: your organisation requires it.");
pub const TAG_VALUE_MISSING: Message = Message("Enter a value for {0}: your organisation requires it.");
pub const TAG_VALUE_NOT_ALLOWED: Message = Message("Your organisation allows these values for {0}: {1}.");
pub const TAG_VALUE_RULE_BROKEN: Message = Message("The value of {0} does not follow your organisation's pattern {1}.");
pub const TAG_RULE_UNREADABLE: Message = Message("Your organisation's pattern for {0} can't be read, so it was not checked.");

pub const PERMISSION_ALLOWED: Message = Message("Your account may create the identity here.");
pub const PERMISSION_REFUSED: Message =
    Message("Your account seems to lack {0} here. Ask for the role Managed Identity Contributor or a higher one, or choose another place.");
pub const PERMISSION_UNKNOWN: Message = Message("Whether your account may create it here could not be checked ({0}). You can go on.");
pub const REGISTRATION_REFUSED: Message = Message(
    "The provider Microsoft.ManagedIdentity is not registered here ({0}). Azure registers it on Create if your account may do that.",
);
pub const REGISTRATION_UNKNOWN: Message = Message("Whether the provider is registered could not be checked ({0}). You can go on.");
pub const LOCK_REFUSED: Message = Message("The lock {0} makes this read-only: Azure will refuse new resources until it is removed.");
pub const LOCK_UNKNOWN: Message = Message("Whether a lock stands in the way could not be checked ({0}). You can go on.");
pub const POLICY_DENIES: Message = Message("The policy {0} denies this. Choose another value.");
pub const POLICY_ALLOWS_ONLY: Message = Message("The policy {0} asks for one of: {1}.");
pub const POLICY_REQUIRES: Message = Message("The policy {0} requires a value here.");
pub const POLICY_REQUIRES_TAG: Message = Message("The policy {0} requires the tag {1}.");
pub const POLICY_UNKNOWN: Message = Message("What your organisation's policies say could not be checked ({0}). You can go on.");

pub const A_SPACE: Message = Message("spaces");
pub const LIST_SEPARATOR: Message = Message(", ");
