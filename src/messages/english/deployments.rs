//! The deployment page.

use crate::messages::Message;

pub const DEPLOYMENT: Message = Message("Deployment");
pub const DEPLOYMENT_OF: Message = Message("Deployment of {0}");
pub const DEPLOYMENT_UNDER_WAY: Message = Message("Your deployment is under way");
pub const DEPLOYMENT_UNDER_WAY_TEXT: Message = Message("It continues in Azure even if you close this page.");
pub const DEPLOYMENT_SENDING_TEXT: Message = Message("It's being sent to Azure. Keep this page open until Azure has accepted it.");
pub const DEPLOYMENT_DIRECT_TEXT: Message = Message("Keep this page open: each resource is created by its own request.");
pub const DEPLOYMENT_COMPLETE: Message = Message("Your deployment is complete");
pub const DEPLOYMENT_NOT_COMPLETE: Message = Message("Your deployment failed");
pub const DEPLOYMENT_STOPPED: Message = Message("Your deployment was cancelled");
pub const DEPLOYMENT_UNKNOWN: Message = Message("The outcome of your deployment is unknown");
pub const DEPLOYMENT_ON_HOLD: Message = Message("Your deployment is on hold");
pub const DEPLOYMENT_ELSEWHERE: Message = Message("Another tab is carrying out this deployment");
pub const DEPLOYMENT_ELSEWHERE_TEXT: Message = Message(
    "This tab is a copy and sends nothing. When the other tab is done or closed, this one finds out what became of the deployment.",
);
pub const DEPLOYMENT_UPDATED_TEXT: Message = Message("The identity already existed and was updated.");
pub const LOOK_AGAIN: Message = Message("Check again");
pub const CANCEL_UNKNOWN: Message = Message("Azure didn't answer, so it isn't known whether the deployment is being cancelled.");
pub const HELD_MINE: Message = Message("This deployment is waiting for you.");
pub const HELD_MINE_TEXT: Message = Message("It stopped because another account or directory was in use. You are signed in as {0} again.");
pub const HELD_CONTINUE: Message = Message("Continue");
pub const HELD_SIMULATED: Message = Message("This deployment was simulated.");
pub const HELD_SIMULATED_TEXT: Message =
    Message("It was started in Preview. Nothing was sent to Azure, and this page won't send anything.");
pub const HELD_REAL: Message = Message("This is a real deployment in Azure.");
pub const HELD_REAL_TEXT: Message = Message("{0} started it in the directory {1}. This page is in Preview and sends nothing to Azure.");
pub const HELD_HOST: Message = Message("This deployment was started inside another page.");
pub const HELD_HOST_TEXT: Message = Message("{0} started it in the directory {1}. Open that page to continue.");
pub const HELD_OPEN_PREVIEW: Message = Message("Open in Preview");
pub const HELD_OPEN_LIVE: Message = Message("Open in Live");
pub const HELD_UNKNOWN: Message = Message("It isn't known who started this deployment.");
pub const HELD_UNKNOWN_TEXT: Message = Message("An earlier version of this page started it. Nothing will be sent.");
pub const HELD_APP: Message = Message("This deployment belongs to another cloud or app registration.");
pub const HELD_APP_TEXT: Message = Message("{0} started it in the directory {1}. This page won't send any of it.");
pub const HELD_ACCOUNT: Message = Message("This deployment belongs to {0}.");
pub const HELD_ACCOUNT_TEXT: Message = Message("It was started in the directory {1}. Switch to that account to continue.");
pub const HELD_SIGNED_OUT_TEXT: Message = Message("It was started in the directory {1}. Sign in to that account to continue.");
pub const HELD_DIRECTORY: Message = Message("This deployment belongs to another directory.");
pub const HELD_DIRECTORY_TEXT: Message = Message("{0} started it in the directory {1}. Switch to that directory to continue.");
pub const HELD_SWITCH_ACCOUNT: Message = Message("Switch to {0}");
pub const HELD_SWITCH_DIRECTORY: Message = Message("Switch directory");
pub const HELD_SIGN_IN: Message = Message("Sign in as {0}");
pub const HAND_OVER: Message = Message("Create as {0} instead");
pub const HAND_OVER_TITLE: Message = Message("Create {0} as {1}?");
pub const HAND_OVER_NOTHING: Message = Message("Nothing has been sent to Azure yet.");
pub const HAND_OVER_DEPLOYMENT: Message = Message("{0} sent the deployment {1} to Azure, where it may still be running.");
pub const HAND_OVER_DONE: Message = Message("{0} created {1}.");
pub const HAND_OVER_REQUEST: Message = Message("{0} sent the request to create {1}. Azure may have carried it out.");
pub const HAND_OVER_SOMEBODY: Message = Message("Somebody");
pub const HAND_OVER_TEXT: Message = Message("Everything will be sent again with the account that is signed in now.");
pub const DEPLOYMENT_NOWHERE: Message = Message("There is no such deployment");
pub const DEPLOYMENT_NOWHERE_TEXT: Message =
    Message("Azure keeps the last 800 deployments of a resource group. This one isn't among them, or your account can't see it.");
pub const DEPLOYMENT_WITHOUT_TRACE: Message = Message("Created by individual requests, which don't appear in the deployment history.");
pub const GO_TO_RESOURCE: Message = Message("Go to resource");
pub const CANCELLING: Message = Message("Cancelling…");
pub const NOT_CANCELLED: Message = Message("Couldn't cancel it.");
pub const REDEPLOY: Message = Message("Redeploy");
pub const TEMPLATE: Message = Message("Template");
pub const EDIT_AND_TRY_AGAIN: Message = Message("Edit and try again");
pub const DEPLOYMENT_NAME: Message = Message("Deployment name");
pub const START_TIME: Message = Message("Start time");
pub const LAST_CHANGE: Message = Message("Last change");
pub const CORRELATION_ID: Message = Message("Correlation ID");
pub const REQUEST_ID: Message = Message("Request ID");
pub const AZURE_SAID: Message = Message("Azure: “{0}”");
pub const WORDS_OF_AZURE: Message = Message("What Azure said");
pub const ERROR_CODE: Message = Message("Code");
pub const ERROR_MESSAGE: Message = Message("Message");
pub const DEPLOYMENT_DETAILS: Message = Message("Deployment details");
pub const OPERATION_RESOURCE: Message = Message("Resource");
pub const OPERATION_STATUS: Message = Message("Status");
pub const OPERATION_TIME: Message = Message("Time");
pub const OPERATION_UNDER_WAY: Message = Message("Under way");
pub const OPERATION_WAITING: Message = Message("Waiting");
pub const OPERATION_DONE: Message = Message("Done");
pub const OPERATION_FAILED: Message = Message("Failed");
pub const OPERATION_UNKNOWN: Message = Message("Unknown");
pub const OPERATION_CANCELLED: Message = Message("Cancelled");
pub const NO_OPERATIONS: Message = Message("Azure hasn't started any steps yet.");
pub const NO_OPERATIONS_AT_ALL: Message = Message("Azure lists no steps.");
pub const NEXT_STEPS: Message = Message("Next steps");
pub const NEXT_ROLE: Message = Message("Assign a role");
pub const NEXT_ROLE_TEXT: Message = Message(
    "The identity can sign in now, but has no permissions yet. This command lets it pull images from a container registry: replace <registry> with the name of yours. If Azure doesn't know the identity yet, wait a minute and run it again.",
);
pub const NEXT_USE: Message = Message("Use it");
pub const NEXT_USE_TEXT: Message = Message(
    "Assign it to the resource that will sign in with it. For a web app, replace <app> and <group>; other services have a similar command.",
);
pub const TYPE_GROUP: Message = Message("Resource group");
pub const TYPE_IDENTITY: Message = Message("Managed identity");
pub const TYPE_DEPLOYMENT: Message = Message("Nested deployment");
pub const SUBSCRIPTION_ID: Message = Message("Subscription ID");
