//! Problems that the form's check finds in a draft.

use crate::messages::Message;

pub const SUBSCRIPTION_REQUIRED: Message = Message("Choose a subscription.");
pub const SUBSCRIPTION_NEEDS_SIGN_IN: Message = Message("Sign in to choose a subscription.");
pub const SUBSCRIPTION_NOT_AN_ID: Message = Message("“{0}” isn't a subscription ID. Choose a subscription from the list.");
pub const SUBSCRIPTION_NOT_ALLOWED: Message = Message("Your organisation doesn't allow this subscription. Choose another one.");
pub const SUBSCRIPTION_DISABLED: Message =
    Message("This subscription is disabled, so you can't create anything in it. Choose another one, or have it re-enabled.");
pub const SUBSCRIPTION_WARNED: Message =
    Message("Azure is about to disable this subscription, so you can't create anything in it. Choose another one.");
pub const SUBSCRIPTION_PAST_DUE: Message = Message("A payment for this subscription is overdue. You can use it until Azure disables it.");
pub const SUBSCRIPTION_NOT_LISTED: Message =
    Message("Your account can't see this subscription. You can continue, but Azure may refuse it.");

pub const GROUP_REQUIRED: Message = Message("Choose a resource group, or create a new one.");
pub const GROUP_NAME_REQUIRED: Message = Message("Enter a name for the new resource group.");
pub const GROUP_NAME_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const GROUP_NAME_ENDS_WITH_PERIOD: Message = Message("Don't end the name with a full stop.");
pub const GROUP_NAME_CHARACTERS: Message =
    Message("Use only letters, digits, hyphens, underscores, full stops and parentheses. Remove {0}.");
pub const GROUP_EXISTS: Message =
    Message("{0} already exists, in {1}. Use the existing group: creating it again could fail or remove its tags.");
pub const GROUP_NOT_LISTED: Message =
    Message("This subscription has no resource group {0}. Create it with the identity, or choose another one.");

pub const REGION_REQUIRED: Message = Message("Choose a region.");
pub const REGION_NOT_A_NAME: Message = Message("Unknown region “{0}”. Choose a region from the list.");
pub const REGION_NOT_ALLOWED: Message = Message("Your organisation doesn't allow this region. Choose another one.");
pub const REGION_NOT_OFFERED: Message = Message("Managed identities aren't available in this region. Choose another one.");

pub const REGION_WITHOUT_FEDERATED: Message = Message(
    "Identities in this region may not support federated credentials. If a pipeline or Kubernetes will sign in with this identity, choose another region now: an identity can't be moved.",
);

pub const NAME_REQUIRED: Message = Message("Enter a name.");
pub const NAME_TOO_SHORT: Message = Message("Use at least {0} characters.");
pub const NAME_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const NAME_BAD_START: Message = Message("Start with a letter or digit, not with {0}.");
pub const NAME_CHARACTERS: Message = Message("Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove {0}.");
pub const NAME_LONG_FOR_MACHINES: Message =
    Message("Keep the name to {0} characters (it has {1}) if a virtual machine or scale set will use this identity.");
pub const NAME_HAS_UNDERSCORE: Message =
    Message("Azure accepts underscores, but some guidance allows only letters, digits and hyphens. A hyphen is safer.");
pub const NAME_RULE_BROKEN: Message = Message("This name doesn't follow your organisation's naming rule.");
/// The organisation's own message.
pub const VERBATIM: Message = Message("{0}");
pub const NAME_TAKEN: Message =
    Message("An identity with this name already exists in this resource group. Creating yours would update it and replace its tags.");
pub const NAME_TAKEN_SAME: Message =
    Message("An identity with this name already exists in this resource group. Creating yours would change nothing.");
pub const NAME_TAKEN_ELSEWHERE: Message = Message(
    "An identity with this name already exists in this resource group, in {0}. Choose that region or another name, or Azure will refuse it.",
);
pub const NAME_TAKEN_UNKNOWN: Message = Message("Couldn't check whether the name is free ({0}). You can continue.");

pub const TAG_NAME_REQUIRED: Message = Message("Enter a name for this tag, or clear its value.");
pub const TAG_NAME_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const TAG_NAME_CHARACTERS: Message = Message("Tag names can't contain {0}.");
pub const TAG_NAME_TWICE: Message = Message("There's already a tag named {0}: tag names aren't case-sensitive. Use another name.");
pub const TAG_NAME_RESERVED: Message = Message("Azure reserves names that start with {0} and may refuse this one.");
pub const TAG_HAS_HIDDEN: Message = Message("This contains invisible characters: {0}. Remove them unless you need them.");
pub const TAG_VALUE_TOO_LONG: Message = Message("Use at most {0} characters; you have {1}.");
pub const TAGS_TOO_MANY: Message = Message("A resource can have at most {0} tags; you have {1}. Remove some.");
pub const TAG_MISSING: Message = Message("Add the tag {0}: your organisation requires it.");
pub const TAG_VALUE_MISSING: Message = Message("Enter a value for {0}: your organisation requires it.");
pub const TAG_VALUE_NOT_ALLOWED: Message = Message("Your organisation allows only these values for {0}: {1}.");
pub const TAG_VALUE_RULE_BROKEN: Message = Message("The value of {0} doesn't match your organisation's pattern {1}.");

pub const PERMISSION_ALLOWED: Message = Message("You can create identities here.");
pub const PERMISSION_REFUSED: Message = Message(
    "Your account seems to lack the permission {0} here. Ask for the role Managed Identity Contributor or a higher one, or choose another subscription or resource group.",
);
pub const PERMISSION_UNKNOWN: Message = Message("Couldn't check your permissions ({0}). You can continue.");
pub const REGISTRATION_REFUSED: Message = Message(
    "The provider Microsoft.ManagedIdentity isn't registered in this subscription ({0}). Create registers it if your account is allowed to.",
);
pub const REGISTRATION_UNKNOWN: Message = Message("Couldn't check whether the provider is registered ({0}). You can continue.");
pub const LOCK_REFUSED: Message = Message("The lock “{0}” makes this read-only. Azure refuses new resources until it is removed.");
pub const LOCK_UNKNOWN: Message = Message("Couldn't check for locks ({0}). You can continue.");
pub const POLICY_DENIES: Message = Message("Blocked by the policy “{0}”. Choose another value.");
pub const POLICY_ALLOWS_ONLY: Message = Message("The policy “{0}” requires one of: {1}.");
pub const POLICY_REQUIRES: Message = Message("The policy “{0}” requires a value here.");
pub const POLICY_REQUIRES_TAG: Message = Message("The policy “{0}” requires the tag {1}.");
pub const POLICY_UNKNOWN: Message = Message("Couldn't check your organisation's policies ({0}). You can continue.");

pub const GROUP_POLICY_DENIES: Message =
    Message("The policy “{0}” blocks the new resource group. Change this, or choose an existing group.");
pub const GROUP_POLICY_ALLOWS_ONLY: Message = Message("The policy “{0}” allows only these values for the new resource group: {1}.");
pub const GROUP_POLICY_REQUIRES: Message = Message("The policy “{0}” requires a value for the new resource group.");
pub const GROUP_POLICY_REQUIRES_TAG: Message = Message("The policy “{0}” requires the tag {1} on the new resource group.");
pub const GROUP_POLICY_NEEDS_TAGS: Message =
    Message("The policy “{0}” requires the tag {1} on the new resource group. On the Tags tab, put the tags on the group as well.");
pub const GROUP_TAGGED_BY_POLICY: Message =
    Message("A policy checks the tags of resource groups, so the new group gets the identity's tags as well.");

pub const A_SPACE: Message = Message("spaces");
pub const LIST_SEPARATOR: Message = Message(", ");
