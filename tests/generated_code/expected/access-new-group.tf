terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01"
}

resource "azurerm_resource_group" "group" {
  name     = "rg-new"
  location = "eastus"
}

resource "azurerm_user_assigned_identity" "identity" {
  name                = "uami-apl2003"
  resource_group_name = azurerm_resource_group.group.name
  location            = azurerm_resource_group.group.location
}

resource "azurerm_federated_identity_credential" "credential" {
  name                      = "github-main"
  user_assigned_identity_id = azurerm_user_assigned_identity.identity.id
  audience = [
    "api://AzureADTokenExchange"
  ]
  issuer  = "https://token.actions.githubusercontent.com"
  subject = "repo:contoso/web:ref:refs/heads/main"
}

resource "azurerm_federated_identity_credential" "credential_2" {
  name                      = "github-pr"
  user_assigned_identity_id = azurerm_user_assigned_identity.identity.id
  audience = [
    "api://AzureADTokenExchange"
  ]
  issuer  = "https://token.actions.githubusercontent.com"
  subject = "repo:contoso/web:pull_request"
}

# AcrPull on contosoimages
resource "azurerm_role_assignment" "role" {
  name               = "d75666d3-f9e2-52de-afd1-83af6d765d35"
  scope              = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d"
  principal_id       = azurerm_user_assigned_identity.identity.principal_id
  principal_type     = "ServicePrincipal"
}

# Container Registry Repository Writer on contosoimages
resource "azurerm_role_assignment" "role_2" {
  name               = "98f8b2cf-6663-5d41-9d73-8a0526aabb78"
  scope              = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-web-dev/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/2a1e307c-b015-4ebd-883e-5b7698a07328"
  principal_id       = azurerm_user_assigned_identity.identity.principal_id
  principal_type     = "ServicePrincipal"
  condition          = "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/write'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/write'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'team/' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'web'))"
  condition_version  = "2.0"
}

# AcrPush on contosoimages
resource "azurerm_role_assignment" "role_3" {
  name               = "ddea3dd5-7219-59f7-939d-47d389ba9845"
  scope              = "/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/resourceGroups/rg-training/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec"
  principal_id       = azurerm_user_assigned_identity.identity.principal_id
  principal_type     = "ServicePrincipal"
}

resource "azurerm_management_lock" "lock" {
  name       = "keep"
  scope      = azurerm_user_assigned_identity.identity.id
  lock_level = "ReadOnly"
  notes      = "Ask Ada first."
  depends_on = [
    azurerm_federated_identity_credential.credential,
    azurerm_federated_identity_credential.credential_2
  ]
}
