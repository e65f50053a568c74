//! The code panel.

use crate::messages::Message;

pub const COPY: Message = Message("Copy");
pub const AZURE_CLI: Message = Message("Azure CLI");
pub const POWERSHELL: Message = Message("PowerShell");
pub const ARM_TEMPLATE: Message = Message("ARM template");
pub const BICEP: Message = Message("Bicep");
pub const TERRAFORM: Message = Message("Terraform");
pub const REST: Message = Message("REST");

pub const CLI_OPTION_SINCE: Message = Message("{0} needs Azure CLI {1} or later.");
pub const CLI_TAGS_SINCE: Message = Message("The quotes inside {0} need Azure CLI {1} or later.");
pub const CLI_RAW_TAGS: Message = Message("{0} can't take one of these tags, so the raw request is sent instead.");
pub const POWERSHELL_ASCII: Message =
    Message("Characters outside ASCII are written as numbers, because Windows PowerShell 5.1 can misread them in a file.");
pub const CLOUD_WITH: Message = Message("Select the cloud first (once): {0}");
pub const DEPLOY_WITH: Message = Message("Deploy it with: {0}");
pub const BICEP_NESTED: Message =
    Message("A nested deployment keeps this in one file. In a larger project, put the identity into a module of its own.");
pub const TERRAFORM_AZAPI: Message = Message("{0} has no argument for resource restrictions, so {1} creates the identity.");
pub const REST_TOKEN: Message = Message("Replace {0} with an access token for Azure Resource Manager.");
pub const CLI_RAW_VALUE: Message = Message("{0} would read one of these values differently, so the request is written out.");
pub const POWERSHELL_ROLE: Message =
    Message("{0} gives assignments random names. The request is written out, so that running it again finds the same assignment.");
pub const REST_PRINCIPAL: Message = Message("Replace {0} with the principalId in the answer to the identity's request.");
pub const BICEP_ROLE_ELSEWHERE: Message =
    Message("A role in another resource group is a nested deployment, since a module would need a second file.");
