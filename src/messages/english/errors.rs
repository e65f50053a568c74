//! What ARM refuses, in our words: what it means, and what to do.

use crate::messages::Message;

pub const UNREACHABLE: Message = Message("Azure could not be reached.");
pub const UNREACHABLE_ADVICE: Message = Message("Check your connection and try again. Nothing you typed is lost.");
pub const TIMED_OUT: Message = Message("Azure did not answer in time.");
pub const TIMED_OUT_ADVICE: Message = Message("Try again: the page first looks whether the request arrived.");
pub const OTHER_CALLER: Message = Message("This belongs to another account or directory.");
pub const OTHER_CALLER_ADVICE: Message =
    Message("Nothing was sent. Switch to the account that started it, or start it again with this one.");
pub const SIGN_IN_NEEDED: Message = Message("You are signed out, or Azure asks you to sign in again.");
pub const SIGN_IN_NEEDED_ADVICE: Message = Message("Sign in and try again. Nothing you typed is lost.");
pub const PART_MISSING: Message = Message("A part of this page could not be loaded.");
pub const PART_MISSING_ADVICE: Message = Message("Check your connection and try again, or reload the page.");
pub const NOT_UNDERSTOOD: Message = Message("Azure's answer could not be understood.");
pub const NOT_UNDERSTOOD_ADVICE: Message = Message("Try again. If it happens again, tell support the id below.");
pub const REFUSED: Message = Message("Azure refused the request.");
pub const REFUSED_ADVICE: Message = Message("Azure's own words are below. Change what they name, or tell support the id below.");
pub const SERVICE_TROUBLE: Message = Message("Azure is in trouble at the moment.");
pub const SERVICE_TROUBLE_ADVICE: Message = Message("Wait a few minutes and try again. Nothing you typed is lost.");

pub const WRONG_TENANT: Message = Message("You are signed in to another directory than the subscription's.");
pub const WRONG_TENANT_ADVICE: Message = Message("Switch to the subscription's directory, or choose another subscription.");
pub const STEP_UP_NEEDED: Message = Message("Azure asks for a stronger sign-in before it lets you change anything.");
pub const STEP_UP_NEEDED_ADVICE: Message = Message("Sign in again with a second factor and try again.");
pub const FORBIDDEN: Message = Message("Your account may not do this here.");
pub const FORBIDDEN_ADVICE: Message = Message(
    "Ask an owner for the role Managed Identity Contributor, or choose another resource group. A role given just now needs some minutes and a fresh sign-in.",
);
pub const LINKED_FORBIDDEN: Message = Message("Your account may make this, but not use something it refers to.");
pub const LINKED_FORBIDDEN_ADVICE: Message = Message("Ask an owner of what Azure names below for access to it.");
pub const POLICY_DENIED: Message = Message("The policy {0} does not allow this.");
pub const POLICY_DENIED_UNNAMED: Message = Message("A policy of your organisation does not allow this.");
pub const POLICY_DENIED_ADVICE: Message =
    Message("Change what the policy asks for, or choose another resource group, or ask who runs your policies.");
pub const REGION_CLOSED: Message = Message("Azure does not open this region to your subscription.");
pub const REGION_CLOSED_ADVICE: Message = Message("Choose another region. Student and trial subscriptions have a few only.");
pub const SUBSCRIPTION_MISSING: Message = Message("The subscription could not be found.");
pub const SUBSCRIPTION_MISSING_ADVICE: Message = Message("Choose another subscription, or switch to the directory it belongs to.");
pub const SUBSCRIPTION_READ_ONLY: Message = Message("The subscription is disabled, so nothing can be made in it.");
pub const SUBSCRIPTION_READ_ONLY_ADVICE: Message = Message("Choose another subscription, or have this one re-enabled.");
pub const GROUP_MISSING: Message = Message("The resource group could not be found.");
pub const GROUP_MISSING_ADVICE: Message = Message("Choose another group, or create it together with the identity.");
pub const GROUP_GOING: Message = Message("The resource group is being deleted.");
pub const GROUP_GOING_ADVICE: Message = Message("Choose another group, or wait until it is gone and create it again.");
pub const GROUP_ELSEWHERE: Message = Message("A resource group of this name is there already, in another region.");
pub const GROUP_ELSEWHERE_ADVICE: Message = Message("Choose that group from the list, or give the new one another name.");
pub const RESOURCE_MISSING: Message = Message("The resource could not be found.");
pub const RESOURCE_MISSING_ADVICE: Message = Message("It may have been deleted or moved, or it was made a moment ago: try again.");
pub const TYPE_MISSING: Message = Message("This cloud does not offer what you asked for.");
pub const TYPE_MISSING_ADVICE: Message = Message("Leave the isolation scope at None, take out resource restrictions, and try again.");
pub const REGION_LACKS_TYPE: Message = Message("Managed identities are not offered in this region.");
pub const REGION_LACKS_TYPE_ADVICE: Message = Message("Choose one of the regions that Azure names below.");
pub const NAME_IN_OTHER_REGION: Message = Message("An identity of this name is in the resource group already, in another region.");
pub const NAME_IN_OTHER_REGION_ADVICE: Message = Message("Choose another name, or the region it is in to update it.");
pub const NAME_REFUSED: Message = Message("Azure does not take this name.");
pub const NAME_REFUSED_ADVICE: Message = Message("Choose another name. Azure's own words are below.");
pub const NOT_REGISTERED: Message = Message("The subscription is not registered for managed identities.");
pub const NOT_REGISTERED_ADVICE: Message =
    Message("Ask a contributor of the subscription to register the provider Microsoft.ManagedIdentity.");
pub const LOCKED: Message = Message("A lock keeps this place from being changed.");
pub const LOCKED_ADVICE: Message = Message("Have the lock that Azure names below removed, or choose another resource group.");
pub const DEPLOYMENT_RUNNING: Message = Message("A deployment of this name is still under way.");
pub const DEPLOYMENT_RUNNING_ADVICE: Message = Message("Wait until it ends, or try again: a new try has a new name.");
pub const DEPLOYMENT_QUOTA: Message = Message("The history of deployments is full.");
pub const DEPLOYMENT_QUOTA_ADVICE: Message = Message("Delete old deployments of this place, or create by single requests instead.");
pub const THROTTLED: Message = Message("Azure answers no more for now: there were too many requests.");
pub const THROTTLED_ADVICE: Message = Message("Wait {0} seconds and try again.");
pub const THROTTLED_ADVICE_SOON: Message = Message("Wait a minute and try again.");
pub const TEMPLATE_INVALID: Message = Message("Azure does not take the deployment.");
pub const TEMPLATE_INVALID_ADVICE: Message = Message("Change what Azure names below and try again.");
pub const DEPLOYMENT_FAILED: Message = Message("The deployment failed.");
pub const DEPLOYMENT_FAILED_ADVICE: Message = Message("Look at its operations, change what they name, and try again.");
pub const DEPLOYMENT_CANCELED: Message = Message("The deployment was cancelled.");
pub const DEPLOYMENT_CANCELED_ADVICE: Message = Message("What was made until then stays. Try again to make the rest.");
pub const MADE_BUT_MISSING: Message = Message("Azure says it is done, but the result is not there yet.");
pub const MADE_BUT_MISSING_ADVICE: Message = Message("Look again in a minute: Azure's own copies need a moment.");
pub const PRINCIPAL_MISSING: Message = Message("The identity is too new for a role.");
pub const PRINCIPAL_MISSING_ADVICE: Message = Message("Wait a minute and try again: the directory has to learn of it first.");
pub const ROLE_THERE: Message = Message("The identity has this role already.");
pub const ROLE_THERE_ADVICE: Message = Message("There is nothing to do.");

pub const REASON_UNREACHABLE: Message = Message("Azure could not be reached");
pub const REASON_SIGN_IN: Message = Message("you are not signed in");
pub const REASON_OTHER_DIRECTORY: Message = Message("the subscription is of another directory");
pub const REASON_FORBIDDEN: Message = Message("your account may not read this");
pub const REASON_THROTTLED: Message = Message("there were too many requests");
pub const REASON_OTHER: Message = Message("Azure answered with an error");
