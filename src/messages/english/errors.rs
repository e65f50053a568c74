//! ARM's errors in our words: what each means, and what to do.

use crate::messages::{Counted, Message};

pub const UNREACHABLE: Message = Message("Azure could not be reached.");
pub const UNREACHABLE_ADVICE: Message = Message("Check your connection and try again. Nothing you typed is lost.");
pub const TIMED_OUT: Message = Message("Azure didn't answer in time.");
pub const TIMED_OUT_ADVICE: Message = Message("Try again. The page first checks whether your request arrived.");
pub const OUTCOME_UNKNOWN: Message = Message("Azure didn't answer, and it isn't known yet what it did.");
pub const OUTCOME_UNKNOWN_ADVICE: Message =
    Message("It may have created the identity. This page checks again when you're back online, and sends nothing until it knows.");
pub const OUTCOME_UNKNOWN_SIGN_IN: Message = Message("It may have created the identity. Sign in, then check again.");
pub const OTHER_CALLER: Message = Message("This belongs to another account or directory.");
pub const OTHER_CALLER_ADVICE: Message =
    Message("Nothing was sent. Switch to the account that started it, or start it again with this one.");
pub const SIGN_IN_NEEDED: Message = Message("You are signed out, or Azure wants you to sign in again.");
pub const SIGN_IN_NEEDED_ADVICE: Message = Message("Sign in and try again. Nothing you typed is lost.");
pub const PART_MISSING: Message = Message("A part of this page could not be loaded.");
pub const PART_MISSING_ADVICE: Message = Message("Check your connection and try again, or reload the page.");
pub const NOT_UNDERSTOOD: Message = Message("Azure's answer could not be understood.");
pub const NOT_UNDERSTOOD_ADVICE: Message = Message("Try again. If it happens again, give support the ID below.");
pub const REFUSED: Message = Message("Azure refused the request.");
pub const REFUSED_ADVICE: Message = Message("Azure's own message is below. Change what it mentions, or give support the ID below.");
pub const SERVICE_TROUBLE: Message = Message("Azure has a temporary problem.");
pub const SERVICE_TROUBLE_ADVICE: Message = Message("Wait a few minutes and try again. Nothing you typed is lost.");

pub const WRONG_TENANT: Message = Message("You are signed in to a different directory from the subscription's.");
pub const WRONG_TENANT_ADVICE: Message = Message("Switch to the subscription's directory, or choose another subscription.");
pub const STEP_UP_NEEDED: Message = Message("Azure requires a stronger sign-in before you can change anything.");
pub const STEP_UP_NEEDED_ADVICE: Message = Message("Sign in again with a second factor, then try again.");
pub const FORBIDDEN: Message = Message("Your account isn't allowed to do this here.");
pub const FORBIDDEN_ADVICE: Message = Message(
    "Ask an owner for the role Managed Identity Contributor, or choose another resource group. A new role can take a few minutes to work, and may need a fresh sign-in.",
);
pub const LINKED_FORBIDDEN: Message = Message("Your account can create this, but can't use something it refers to.");
pub const LINKED_FORBIDDEN_ADVICE: Message = Message("Ask an owner of the resource that Azure names below for access.");
pub const POLICY_DENIED: Message = Message("Blocked by the policy “{0}”.");
pub const POLICY_DENIED_UNNAMED: Message = Message("Blocked by one of your organisation's policies.");
pub const POLICY_DENIED_GROUP_ADVICE: Message = Message(
    "The policy applies to the resource group {0}. Change what it asks for, choose an existing group, or ask whoever manages your policies.",
);
pub const POLICY_DENIED_RESOURCE_ADVICE: Message =
    Message("The policy applies to {0}. Change what it asks for, choose another resource group, or ask whoever manages your policies.");
pub const POLICY_DENIED_ADVICE: Message =
    Message("Change what the policy checks, choose another resource group, or ask whoever manages your policies.");
pub const REGION_CLOSED: Message = Message("This region isn't available to your subscription.");
pub const REGION_CLOSED_ADVICE: Message = Message("Choose another region. Student and trial subscriptions can use only a few.");
pub const SUBSCRIPTION_MISSING: Message = Message("The subscription could not be found.");
pub const SUBSCRIPTION_MISSING_ADVICE: Message = Message("Choose another subscription, or switch to the directory it belongs to.");
pub const SUBSCRIPTION_READ_ONLY: Message = Message("The subscription is disabled, so nothing can be created in it.");
pub const SUBSCRIPTION_READ_ONLY_ADVICE: Message = Message("Choose another subscription, or have this one re-enabled.");
pub const GROUP_MISSING: Message = Message("The resource group could not be found.");
pub const GROUP_MISSING_ADVICE: Message = Message("Choose another group, or create it together with the identity.");
pub const GROUP_GOING: Message = Message("The resource group is being deleted.");
pub const GROUP_GOING_ADVICE: Message = Message("Choose another group, or wait until it is deleted and create it again.");
pub const GROUP_ELSEWHERE: Message = Message("A resource group with this name already exists in another region.");
pub const GROUP_ELSEWHERE_ADVICE: Message = Message("Choose that group from the list, or give the new one another name.");
pub const RESOURCE_MISSING: Message = Message("The resource could not be found.");
pub const RESOURCE_MISSING_ADVICE: Message = Message("It may have been deleted or moved. If it was created a moment ago, try again.");
pub const TYPE_MISSING: Message = Message("This cloud doesn't offer what you asked for.");
pub const NOT_SUPPORTED_HERE: Message =
    Message("This cloud doesn't support managed identities in this region, or not with these settings.");
pub const REGION_LACKS_TYPE: Message = Message("Managed identities aren't available in this region.");
pub const REGION_LACKS_TYPE_ADVICE: Message = Message("Choose one of the regions that Azure names below.");
pub const NAME_IN_OTHER_REGION: Message = Message("An identity with this name already exists in the resource group, in another region.");
pub const NAME_IN_OTHER_REGION_ADVICE: Message = Message("Choose another name, or choose the existing identity's region to update it.");
pub const NAME_REFUSED: Message = Message("Azure doesn't accept this name.");
pub const NAME_REFUSED_ADVICE: Message = Message("Choose another name. Azure's own message is below.");
pub const NOT_REGISTERED: Message = Message("The subscription isn't registered for managed identities.");
pub const NOT_REGISTERED_ADVICE: Message =
    Message("Ask a contributor of the subscription to register the provider Microsoft.ManagedIdentity.");
pub const LOCKED: Message = Message("A lock prevents changes here.");
pub const LOCKED_ADVICE: Message = Message("Ask to have the lock that Azure names below removed, or choose another resource group.");
pub const DEPLOYMENT_RUNNING: Message = Message("A deployment with this name is still running.");
pub const DEPLOYMENT_RUNNING_ADVICE: Message = Message("Wait until it finishes, or try again: each attempt gets a new name.");
pub const DEPLOYMENT_QUOTA: Message = Message("The deployment history is full.");
pub const DEPLOYMENT_QUOTA_ADVICE: Message = Message("Delete old deployments here, or create without a template deployment.");
pub const THROTTLED: Message = Message("There were too many requests, so Azure is refusing more for now.");
pub const THROTTLED_ADVICE: Counted =
    Counted { one: Message("Wait {0} second, then try again."), many: Message("Wait {0} seconds, then try again.") };
pub const THROTTLED_ADVICE_SOON: Message = Message("Wait a minute, then try again.");
pub const TEMPLATE_INVALID: Message = Message("Azure doesn't accept the deployment.");
pub const TEMPLATE_INVALID_ADVICE: Message = Message("Change what Azure names below, then try again.");
pub const DEPLOYMENT_FAILED: Message = Message("The deployment failed.");
pub const DEPLOYMENT_FAILED_ADVICE: Message = Message("Look at its operations, fix what they report, then try again.");
pub const DEPLOYMENT_CANCELED: Message = Message("The deployment was cancelled.");
pub const DEPLOYMENT_CANCELED_ADVICE: Message = Message("What was created before that remains. Try again to create the rest.");
pub const MADE_BUT_MISSING: Message = Message("Azure reported success, but the result isn't there yet.");
pub const MADE_BUT_MISSING_ADVICE: Message = Message("Check again in a minute. Azure can take a moment to show new resources.");
pub const PRINCIPAL_MISSING: Message = Message("The identity is too new to be given a role.");
pub const PRINCIPAL_MISSING_ADVICE: Message = Message("Wait a minute, then try again. The directory doesn't know the identity yet.");
pub const ROLE_THERE: Message = Message("The identity already has this role.");
pub const ROLE_THERE_ADVICE: Message = Message("You don't need to do anything.");

pub const REASON_UNREACHABLE: Message = Message("Azure could not be reached");
pub const REASON_OTHER_CALLER: Message = Message("somebody else is signed in");
pub const REASON_PART_MISSING: Message = Message("a part of this page could not be loaded");
pub const REASON_NOT_ACCEPTED: Message = Message("Azure doesn't accept your sign-in");
pub const REASON_SIGN_IN: Message = Message("you aren't signed in");
pub const REASON_OTHER_DIRECTORY: Message = Message("the subscription belongs to another directory");
pub const REASON_FORBIDDEN: Message = Message("your account isn't allowed to read this");
pub const REASON_THROTTLED: Message = Message("there were too many requests");
pub const REASON_OTHER: Message = Message("Azure returned an error");
