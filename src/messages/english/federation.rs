//! Federated credentials of an identity.

use crate::messages::Message;

pub const OVERVIEW: Message = Message("Overview");
pub const IDENTITY_SECTIONS: Message = Message("Sections of this identity");
pub const CREDENTIALS_TITLE: Message = Message("Federated credentials");
pub const CREDENTIALS_TEXT: Message = Message(
    "A workload outside Azure signs in as this identity with a token of its own, and no secret is stored. Each credential names whose tokens are accepted: issuer and subject have to be exactly those in the token.",
);
pub const CREDENTIALS_NONE: Message = Message("No federated credentials yet");
pub const CREDENTIALS_NONE_TEXT: Message =
    Message("Add one for a GitHub repository, a Kubernetes service account, a Terraform workspace, or any other OpenID Connect issuer.");
pub const CREDENTIALS_COUNT: Message = Message("{0} of {1}");
pub const CREDENTIALS_REGION: Message =
    Message("Azure doesn't offer federated credentials for identities in {0}, as far as is known, and refuses to add one.");
pub const CREDENTIALS_REFUSED: Message = Message(
    "Your account may not change federated credentials here. Ask for the role Managed Identity Contributor or a higher one on the resource group.",
);
pub const ADD_CREDENTIAL: Message = Message("Add credential");
pub const CREDENTIAL_EDIT: Message = Message("Edit credential");
pub const EDIT: Message = Message("Edit");
pub const EDIT_NAMED: Message = Message("Edit {0}");

pub const HOW_TO_SIGN_IN: Message = Message("How to sign in");
pub const HOW_TO_SIGN_IN_NAMED: Message = Message("How to sign in with {0}");
pub const CREDENTIAL_USAGE_TEXT: Message = Message("Replace REGISTRY with the registry's name.");
pub const CREDENTIAL_USAGE_IDS: Message = Message("The IDs are this identity's; none of them is a secret.");
pub const CREDENTIAL_USAGE_SOON: Message =
    Message("A new credential takes a minute or so to work. A sign-in that comes too early may go on failing for some minutes.");
pub const CREDENTIAL_REMOVE_TITLE: Message = Message("Remove this federated credential?");
pub const CREDENTIAL_REMOVE_TEXT: Message = Message("Whatever signs in with these tokens can't sign in as this identity any more:");
pub const CREDENTIAL_SAVED: Message = Message("The federated credential {0} was saved.");
pub const CREDENTIAL_REMOVED: Message = Message("The federated credential {0} was removed.");
pub const CREDENTIAL_NOT_SAVED: Message = Message("The federated credential {0} was not saved");
pub const CREDENTIAL_NOT_REMOVED: Message = Message("The federated credential {0} was not removed");
pub const CREDENTIAL_MEANWHILE: Message = Message(
    "The federated credential {0} was added, changed or removed by somebody else or in another tab since you looked. Nothing was sent: compare with the list, then try again.",
);
pub const CREDENTIAL_UNKNOWN: Message =
    Message("No answer came for the federated credential {0}. Refresh the list to see whether it was changed.");
pub const SAVE: Message = Message("Save");
pub const ISSUER: Message = Message("Issuer");
pub const SUBJECT: Message = Message("Subject");
pub const AUDIENCE_LABEL: Message = Message("Audience");
pub const CREDENTIAL_SUBJECT_UNREAD: Message = Message("(a pattern, which is a preview feature of Azure)");
pub const CREDENTIAL_RESULT: Message = Message("Azure will accept");
pub const CREDENTIAL_RESULT_TEXT: Message = Message(
    "Azure compares issuer, subject and audience letter by letter: capital and small letters count, and so does a slash at the end.",
);

pub const SCENARIO: Message = Message("Scenario");
pub const SCENARIO_GITHUB: Message = Message("GitHub Actions");
pub const SCENARIO_KUBERNETES: Message = Message("Kubernetes or AKS");
pub const SCENARIO_GITLAB: Message = Message("GitLab CI/CD");
pub const SCENARIO_AZURE_DEVOPS: Message = Message("Azure DevOps");
pub const SCENARIO_TERRAFORM: Message = Message("HCP Terraform");
pub const SCENARIO_GOOGLE: Message = Message("Google Cloud");
pub const SCENARIO_OTHER: Message = Message("Other issuer");
pub const ENTITY: Message = Message("Entity");
pub const ENTITY_ENVIRONMENT: Message = Message("Environment");
pub const ENTITY_BRANCH: Message = Message("Branch");
pub const ENTITY_TAG: Message = Message("Tag");
pub const ENTITY_PULL_REQUEST: Message = Message("Pull request");
pub const SUBJECT_FORM: Message = Message("Subject format");
pub const SUBJECT_FORM_NAMES: Message = Message("Names");
pub const SUBJECT_FORM_IDS: Message = Message("Names and IDs");
pub const SUBJECT_FORM_BOTH: Message = Message("Both (two credentials)");
pub const SUBJECT_FORM_INFO: Message = Message(
    "Tokens of repositories that were created, renamed or transferred after 15 July 2026 have the IDs of owner and repository in their subject. This command prints both: gh api repos/ORGANISATION/REPOSITORY --jq '.owner.id,.id'",
);
pub const ORGANISATION: Message = Message("Organisation");
pub const REPOSITORY: Message = Message("Repository");
pub const OWNER_ID: Message = Message("Organisation ID");
pub const REPOSITORY_ID: Message = Message("Repository ID");
pub const NAMESPACE: Message = Message("Namespace");
pub const SERVICE_ACCOUNT: Message = Message("Service account");
pub const PROJECT: Message = Message("Project");
pub const WORKSPACE: Message = Message("Workspace");
pub const SUBJECT_INFO: Message = Message(
    "You can also paste a token here, or its claims as JSON: issuer, subject and audience are taken from it, and the token itself isn't kept.",
);
pub const ISSUER_INFO_KUBERNETES: Message = Message(
    "For AKS, this command prints it: az aks show --resource-group GROUP --name CLUSTER --query oidcIssuerProfile.issuerUrl --output tsv. If it prints nothing, switch it on: az aks update --resource-group GROUP --name CLUSTER --enable-oidc-issuer --enable-workload-identity",
);
pub const SUBJECT_INFO_AZURE_DEVOPS: Message = Message(
    "Start a service connection of the type Azure Resource Manager in Azure DevOps, choose workload identity federation, save it as a draft, and copy issuer and subject from there.",
);

pub const CREDENTIAL_VALUE_MISSING: Message = Message("Enter a value.");
pub const CREDENTIAL_VALUE_LONG: Message = Message("Azure accepts at most {0} characters.");
pub const CREDENTIAL_ORGANISATION_WRONG: Message =
    Message("GitHub's organisations and accounts have letters, digits, hyphens and underscores, at most 39.");
pub const CREDENTIAL_REPOSITORY_WRONG: Message =
    Message("GitHub's repositories have letters, digits, hyphens, underscores and full stops, at most 100.");
pub const CREDENTIAL_REFERENCE_WRONG: Message =
    Message("Git has no branch or tag of this name: no spaces, no ~ ^ : ? * [ and no other kind's refs/ before it.");
pub const CREDENTIAL_HIDDEN: Message = Message("There is a hidden character in this text: {0}. Remove it.");
pub const CREDENTIAL_ID_WRONG: Message = Message("An ID has only digits.");
pub const CREDENTIAL_NO_WILDCARD: Message = Message(
    "There are no wildcards: a token is accepted only if its subject is exactly this text. Add a credential for each branch, tag or environment.",
);
pub const CREDENTIAL_NAMESPACE_WRONG: Message =
    Message("A namespace has small letters, digits and hyphens, at most 63, and neither begins nor ends with a hyphen.");
pub const CREDENTIAL_SERVICE_ACCOUNT_WRONG: Message = Message("A service account has small letters, digits, hyphens and full stops.");
pub const CREDENTIAL_PROJECT_WRONG: Message = Message("Enter the project's path with its group, such as group/project.");
pub const CREDENTIAL_ISSUER_WRONG: Message = Message("An issuer is an address that begins with https:// and has no ? and no #.");
pub const CREDENTIAL_ISSUER_AKS: Message = Message("The issuer of an AKS cluster ends with a slash; without it, sign-ins fail.");
pub const CREDENTIAL_ISSUER_SLASH: Message = Message("This issuer has no slash at the end; with it, sign-ins fail.");
pub const CREDENTIAL_ISSUER_RETIRES: Message = Message(
    "Azure DevOps retires this issuer on 1 July 2027. Its successor is https://login.microsoftonline.com/TENANT/v2.0, with another subject.",
);
pub const CREDENTIAL_ISSUER_ENTRA: Message = Message("Entra ID doesn't accept its own tokens here, except those of Azure DevOps.");
pub const CREDENTIAL_PULL_REQUEST: Message = Message("GitHub writes pull_request, with an underscore.");
pub const CREDENTIAL_GOOGLE_ID: Message = Message("The subject is the service account's unique ID, which has only digits.");
pub const CREDENTIAL_ENVIRONMENT_WINS: Message =
    Message("A job that names an environment has the environment in its token instead, whatever started it.");
pub const CREDENTIAL_NEW_REPOSITORY: Message =
    Message("If the repository was created, renamed or transferred after 15 July 2026, choose the subject format with IDs.");
pub const CREDENTIAL_NAME_WRONG: Message =
    Message("Use 3 to 120 letters, digits, hyphens and underscores; the first is a letter or digit.");
pub const CREDENTIAL_NAME_TAKEN: Message = Message("This identity already has a credential named {0}.");
pub const CREDENTIAL_EXISTS: Message = Message("This identity already accepts these tokens.");
pub const CREDENTIAL_PAIR_TAKEN: Message =
    Message("The credential {0} has the same issuer and subject with another audience. Azure allows the pair once: edit that credential.");
pub const CREDENTIAL_CASE_DIFFERS: Message =
    Message("The credential {0} differs from this one only in capital and small letters, and at most one of them is right.");
pub const CREDENTIALS_FULL: Message = Message("An identity has at most {0} federated credentials, and this one has {1}.");
pub const CREDENTIAL_AUDIENCE_OWN: Message = Message("The tools that sign in to Azure ask for tokens with the audience {0}.");
