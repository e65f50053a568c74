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
  subscription_id = "11111111-1111-1111-1111-111111111111"
}

resource "azurerm_user_assigned_identity" "identity" {
  name                = "uami-apl2003"
  resource_group_name = "RG1"
  location            = "eastus"
}
