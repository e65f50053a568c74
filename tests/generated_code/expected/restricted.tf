--- azurerm has no argument for resource restrictions, so azapi creates the identity.
terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}

provider "azapi" {
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

  schema_validation_enabled = false
}
