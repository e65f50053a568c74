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
  subscription_id = "11111111-1111-1111-1111-111111111111"
}

resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2026-05-31"
  parent_id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/RG1"
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
