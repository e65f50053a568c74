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

resource "azurerm_user_assigned_identity" "identity" {
  name                = "uami-apl2003"
  resource_group_name = "RG1"
  location            = "eastus"
}

# AcrPull on contosoimages
resource "azurerm_role_assignment" "role" {
  name               = "696d0149-ac15-5547-9d72-37d3ac2862fd"
  scope              = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages"
  role_definition_id = "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d"
  principal_id       = azurerm_user_assigned_identity.identity.principal_id
  principal_type     = "ServicePrincipal"
}
