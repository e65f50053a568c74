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

  tags = {
    Env           = "prod"
    "cost centre" = "it's 42"
  }
}

resource "azurerm_user_assigned_identity" "identity" {
  name                = "uami-apl2003"
  resource_group_name = azurerm_resource_group.group.name
  location            = azurerm_resource_group.group.location

  tags = {
    Env           = "prod"
    "cost centre" = "it's 42"
  }
}
