--- azurerm has no argument for resource restrictions, so azapi creates the identity.
terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
  }
}

provider "azapi" {
  subscription_id = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01"
}

provider "azurerm" {
  features {}
  subscription_id = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01"
}

resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2026-05-31"
  parent_id = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1"
  name      = "uami-apl2003"
  location  = "eastus"

  body = {
    properties = {
      assignmentRestrictions = {
        providers = [
          "Microsoft.Compute",
          "Microsoft.Storage/storageAccounts"
        ]
      }
    }
  }

  response_export_values = ["properties.principalId"]

  schema_validation_enabled = false
}

resource "azurerm_federated_identity_credential" "credential" {
  name                      = "github-main"
  user_assigned_identity_id = azapi_resource.identity.id
  audience = [
    "api://AzureADTokenExchange"
  ]
  issuer  = "https://token.actions.githubusercontent.com"
  subject = "repo:contoso/web:ref:refs/heads/main"
}

resource "azurerm_federated_identity_credential" "credential_2" {
  name                      = "github-pr"
  user_assigned_identity_id = azapi_resource.identity.id
  audience = [
    "api://AzureADTokenExchange"
  ]
  issuer  = "https://token.actions.githubusercontent.com"
  subject = "repo:contoso/web:pull_request"
}

# AcrPull on contosoimages
resource "azurerm_role_assignment" "role" {
  name               = "696d0149-ac15-5547-9d72-37d3ac2862fd"
  scope              = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d"
  principal_id       = azapi_resource.identity.output.properties.principalId
  principal_type     = "ServicePrincipal"
}

# Container Registry Repository Writer on contosoimages
resource "azurerm_role_assignment" "role_2" {
  name               = "e207834e-f67a-5a25-918f-3e33b0334c54"
  scope              = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-web-dev/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/2a1e307c-b015-4ebd-883e-5b7698a07328"
  principal_id       = azapi_resource.identity.output.properties.principalId
  principal_type     = "ServicePrincipal"
  condition          = "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/write'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/write'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'team/' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'web'))"
  condition_version  = "2.0"
}

# AcrPush on contosoimages
resource "azurerm_role_assignment" "role_3" {
  name               = "c8742071-928d-5f23-9bf1-fb024d757b03"
  scope              = "/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/resourceGroups/rg-training/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec"
  principal_id       = azapi_resource.identity.output.properties.principalId
  principal_type     = "ServicePrincipal"
}

resource "azurerm_management_lock" "lock" {
  name       = "keep"
  scope      = azapi_resource.identity.id
  lock_level = "ReadOnly"
  notes      = "Ask Ada first."
  depends_on = [
    azurerm_federated_identity_credential.credential,
    azurerm_federated_identity_credential.credential_2
  ]
}
