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
