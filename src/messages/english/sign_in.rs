//! Signing in: prompts, and explanations of Entra's errors.

use crate::messages::{Counted, Message};

pub const SIGN_IN: Message = Message("Sign in");
pub const SIGN_IN_HERE: Message = Message("Sign in on this page");
pub const SIGN_IN_CANCEL: Message = Message("Cancel sign-in");
pub const SIGNED_OUT_TITLE: Message = Message("You're not signed in.");
pub const SIGNED_OUT_TEXT: Message = Message(
    "You can already look around and fill in the form: what you type is kept when you sign in. Your subscriptions, groups and \
     identities appear after that.",
);
pub const SIGNED_OUT_PLACE: Message = Message("You sign in at {0} and then return here.");
pub const SIGNING_IN_WINDOW: Message = Message("Sign in using the window that opened. This page is waiting.");
pub const SIGNING_IN_LEAVING: Message = Message("Going to the sign-in page…");
pub const ASKED_AGAIN_TITLE: Message = Message("Azure asks you to sign in again.");
pub const ASKED_AGAIN_TEXT: Message = Message("What you were doing is paused and continues when you're back.");
pub const ASKED_MORE_TITLE: Message = Message("Azure asks for a stronger sign-in.");
pub const SIGNED_OUT_ELSEWHERE: Message = Message("You signed out in another tab.");
pub const WINDOW_CLOSED_TITLE: Message = Message("The sign-in window seems to be closed.");
pub const WINDOW_CLOSED_TEXT: Message =
    Message("If you closed it, sign in again or cancel. If you are still signing in there, continue: this page is waiting for you.");
pub const SIGN_IN_FINISHING: Message = Message("Finishing the sign-in…");
pub const TOKEN_NOT_ACCEPTED: Message = Message("Azure doesn't accept your sign-in.");
pub const TOKEN_NOT_ACCEPTED_ADVICE: Message = Message(
    "You signed in, but Azure keeps asking for a new sign-in. Your organisation may be blocking this device or network: show the details below to your administrator.",
);
pub const TOKEN_NOT_ACCEPTED_AGAIN: Message = Message("Nothing you typed is lost. You can sign in again at any time.");
pub const SESSION_IDLE: Counted = Counted {
    one: Message("You were signed out because nobody used this page for {0} minute."),
    many: Message("You were signed out because nobody used this page for {0} minutes."),
};
pub const SESSION_OVER: Counted = Counted {
    one: Message("You were signed out: a sign-in lasts for {0} minute here."),
    many: Message("You were signed out: a sign-in lasts for {0} minutes here."),
};
pub const SESSION_TIMED_OUT_ADVICE: Message = Message("Sign in to continue. Nothing you typed is lost.");
pub const SIGN_IN_DETAILS: Message = Message("What Entra says");
pub const TRACE_ID: Message = Message("Trace ID");
pub const SIGN_IN_TIME: Message = Message("Time");

pub const ACCOUNT_DIRECTORY: Message = Message("Directory");
pub const ACCOUNT_SWITCH_DIRECTORY: Message = Message("Switch to {0}");
pub const ACCOUNT_DIRECTORIES_FAILED: Message = Message("Couldn't load your directories.");
pub const ACCOUNT_USE: Message = Message("Use {0}");
pub const ACCOUNT_ADD: Message = Message("Use another account");
pub const SIGN_OUT_TITLE: Message = Message("Sign out while something is under way?");
pub const SIGN_OUT_UNDER_WAY: Message = Message(
    "Still under way: {0}. Signing out stops what this page sends and forgets it here, with your draft and notifications. What Azure has accepted continues there.",
);
pub const SIGN_OUT: Message = Message("Sign out");
pub const SIGN_IN_FOR_IDENTITIES: Message = Message("Sign in to see your identities.");
pub const SIGN_IN_FOR_THIS: Message = Message("Sign in to see this.");
pub const SIGN_IN_TO_LIST: Message = Message("Sign in to see your resources");

pub const ENTRA_UNREACHABLE: Message = Message("The sign-in service could not be reached.");
pub const ENTRA_TIMED_OUT: Message = Message("The sign-in service didn't answer in time.");
pub const ENTRA_UNREACHABLE_ADVICE: Message = Message("Check your connection and sign in again. Nothing you typed is lost.");
pub const ENTRA_REFUSED: Message = Message("The sign-in was refused.");
pub const ENTRA_WORDS_ADVICE: Message = Message("Entra's own message is below. Try again, or show it to whoever runs your directory.");
pub const SIGN_IN_DENIED: Message = Message("Your sign-in was denied.");
pub const ENTRA_IN_TROUBLE: Message = Message("The sign-in service has a temporary problem.");
pub const ENTRA_IN_TROUBLE_ADVICE: Message = Message("Wait a minute and sign in again. Nothing you typed is lost.");
pub const ENTRA_BUSY_ADVICE: Counted =
    Counted { one: Message("Wait {0} second and try again."), many: Message("Wait {0} seconds and try again.") };
pub const ENTRA_NOT_UNDERSTOOD: Message = Message("The sign-in service's answer could not be understood.");
pub const ENTRA_NOT_UNDERSTOOD_ADVICE: Message = Message("Sign in again. If it happens again, tell whoever runs this page.");
pub const SIGN_IN_CANCELLED: Message = Message("You cancelled the sign-in.");
pub const SIGN_IN_CANCELLED_ADVICE: Message = Message("Sign in when you're ready. Nothing you typed is lost.");
pub const WINDOW_BLOCKED: Message = Message("Your browser blocked the sign-in window.");
pub const WINDOW_BLOCKED_ADVICE: Message =
    Message("Allow windows for this page, or sign in on this page instead: you come back to where you are.");
pub const NO_AUTHORITY: Message = Message("This cloud doesn't say where to sign in.");
pub const NO_AUTHORITY_ADVICE: Message = Message(
    "Check your connection and try again. If it happens again, whoever runs this page should set cloud.authority and cloud.audience in config.json.",
);

pub const NO_RANDOMNESS: Message = Message("Your browser returned no random numbers, so signing in would not be safe.");
pub const NO_RANDOMNESS_ADVICE: Message = Message("Restart the browser or use another one, then sign in again.");
pub const ANSWER_OF_OTHER_APP: Message = Message("The settings of this page changed while you were signing in.");
pub const ANSWER_OF_OTHER_APP_ADVICE: Message = Message("Sign in again. Nothing you typed is lost.");

pub const ANSWER_NOT_OURS: Message = Message("This sign-in wasn't started here, or was already used.");
pub const ANSWER_NOT_OURS_ADVICE: Message =
    Message("Sign in again from this page. If you didn't sign in just now, somebody may have sent you here: be careful.");
pub const ANSWER_FORGED: Message = Message("The sign-in response can't be trusted, so it was discarded.");
pub const ANSWER_FORGED_ADVICE: Message = Message("Sign in again. If it happens again, show the details below to whoever runs this page.");
pub const ANSWER_OUT_OF_TIME: Message = Message("The sign-in response has expired or isn't valid yet.");
pub const ANSWER_OUT_OF_TIME_ADVICE: Message = Message("Correct this computer's clock, then sign in again.");
pub const OTHER_DIRECTORY: Message = Message("You signed in to a directory that this page isn't for.");
pub const OTHER_DIRECTORY_ADVICE: Message =
    Message("Sign in with your work or school account of this directory. Personal accounts can't use Azure.");
pub const OTHER_ACCOUNT: Message = Message("You signed in with a different account from the one this page asked for.");
pub const OTHER_ACCOUNT_ADVICE: Message =
    Message("Sign in again and choose the account you were using. To work with another one, choose “Use another account” under Account.");

pub const CONSENT_MISSING: Message = Message("This page doesn't have permission to use Azure for you yet.");
pub const CONSENT_MISSING_ADVICE: Message =
    Message("Sign in again and accept what it asks for. If you can't, ask an administrator to accept it for everyone.");
pub const CONSENT_DECLINED: Message = Message("You didn't accept what this page asks for.");
pub const CONSENT_DECLINED_ADVICE: Message = Message("Sign in again and accept it: without that, this page can't use Azure for you.");
pub const CONSENT_BY_ADMIN: Message = Message("An administrator has to approve this page first.");
pub const CONSENT_BY_ADMIN_ADVICE: Message =
    Message("Ask an administrator of your directory to grant consent to the app registration of this page.");
pub const NO_ENTRA_SESSION: Message = Message("Nobody is signed in to Entra in this browser.");
pub const NO_ENTRA_SESSION_ADVICE: Message = Message("Sign in.");
pub const SEVERAL_SESSIONS: Message = Message("Several accounts are signed in to Entra in this browser.");
pub const SEVERAL_SESSIONS_ADVICE: Message = Message("Sign in and choose the one to work with.");
pub const SECOND_FACTOR_NEEDED: Message = Message("Your directory asks for a second factor.");
pub const SECOND_FACTOR_NEEDED_ADVICE: Message =
    Message("Sign in again and confirm with your phone or key, or register one when you are asked.");
pub const ACCESS_POLICY: Message = Message("Your organisation doesn't allow you to sign in from here.");
pub const ACCESS_POLICY_ADVICE: Message =
    Message("Use a device and a network that your organisation trusts, or send the IDs below to its administrator.");
pub const NOT_ASSIGNED: Message = Message("Your account is not assigned to this page.");
pub const NOT_ASSIGNED_ADVICE: Message = Message("Ask an administrator to assign you to its enterprise application.");
pub const NOT_IN_DIRECTORY: Message = Message("Your account doesn't belong to this directory.");
pub const NOT_IN_DIRECTORY_ADVICE: Message = Message("Sign in with another account, or ask to be invited as a guest.");
pub const REDIRECT_NOT_REGISTERED: Message = Message("The app registration doesn't list the address of this page.");
pub const REDIRECT_NOT_REGISTERED_ADVICE: Message =
    Message("Whoever runs this page should add the address of auth.html to the app registration, as a single-page application.");
pub const REDIRECT_NOT_SPA: Message = Message("The app registration lists the address of this page under another platform.");
pub const REDIRECT_NOT_SPA_ADVICE: Message = Message(
    "Whoever runs this page should register the address of auth.html under Single-page application, and remove it from any other platform.",
);
pub const PKCE_NEEDED: Message = Message("The sign-in request lacked its PKCE proof.");
pub const PKCE_NEEDED_ADVICE: Message =
    Message("Sign in again. If it happens again, something between this page and Entra is changing its requests.");
pub const APP_UNKNOWN: Message = Message("This directory doesn't know the app registration of this page.");
pub const APP_UNKNOWN_ADVICE: Message = Message("Check clientId and tenant in config.json, or choose another directory.");
pub const DIRECTORY_UNKNOWN: Message = Message("There is no such directory in this cloud.");
pub const DIRECTORY_UNKNOWN_ADVICE: Message = Message("Check tenant and cloud in config.json.");
pub const PERMISSION_NOT_REGISTERED: Message = Message("The app registration of this page lacks the permission to call Azure.");
pub const PERMISSION_NOT_REGISTERED_ADVICE: Message =
    Message("Whoever runs this page should add the API permission Azure Service Management, user_impersonation, to the app registration.");
pub const PERMISSION_UNKNOWN_TO_ENTRA: Message = Message("Entra doesn't know the permission that this page asks for.");
pub const PERMISSION_UNKNOWN_TO_ENTRA_ADVICE: Message = Message(
    "Sign in with a work or school account: personal accounts can't use Azure. If you did, whoever runs this page should check tenant and cloud.audience in config.json.",
);
pub const RESOURCE_UNKNOWN: Message = Message("This directory doesn't know the Azure service that this page asks for.");
pub const RESOURCE_UNKNOWN_ADVICE: Message = Message(
    "Whoever runs this page should check cloud in config.json: each cloud has its own audience. In a new directory, run az provider list once.",
);
pub const CODE_USED: Message = Message("This sign-in took too long, or was already used.");
pub const CODE_USED_ADVICE: Message = Message("Sign in again.");
pub const SESSION_ENDED: Message = Message("Your sign-in has ended.");
pub const SESSION_ENDED_ADVICE: Message =
    Message("Sign in again. A page can keep you signed in for at most 24 hours, and only until your password changes.");
