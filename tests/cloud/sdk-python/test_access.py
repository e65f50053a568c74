"""azure-mgmt-authorization and azure-mgmt-containerregistry, with nothing changed but the endpoint and the trusted certificate."""

import unittest
import uuid

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.containerregistry import ContainerRegistryManagementClient

from test_identities import DEVELOPMENT, Credential, arguments, client, fresh

ADA = "ada@contoso.example"
PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d"
REGISTRY = f"/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosodev"


def authorization(user=ADA):
    return AuthorizationManagementClient(Credential(user), DEVELOPMENT, **arguments())


def registries(user=ADA):
    return ContainerRegistryManagementClient(Credential(user), DEVELOPMENT, **arguments()).registries


def role(guid):
    return f"/subscriptions/{DEVELOPMENT}/providers/Microsoft.Authorization/roleDefinitions/{guid}"


class Registries(unittest.TestCase):
    def test_lists_reads_and_changes(self):
        self.assertEqual([one.name for one in registries().list()], ["contosodev", "contosoteam"])
        one = registries().get("RG1", "contosodev")
        self.assertEqual((one.login_server, one.role_assignment_mode), ("contosodev.azurecr.io", "LegacyRegistryPermissions"))
        name = fresh("reg").replace("-", "")
        made = registries().begin_create("RG1", name, {"location": "eastus", "sku": {"name": "Premium"}}).result()
        self.assertEqual(made.provisioning_state, "Succeeded")
        changed = registries().begin_update("RG1", name, {"properties": {"publicNetworkAccess": "Disabled"}}).result()
        self.assertEqual(changed.public_network_access, "Disabled")
        registries().begin_delete("RG1", name).result()
        with self.assertRaises(ResourceNotFoundError):
            registries().get("RG1", name)


class Assignments(unittest.TestCase):
    def test_an_identity_may_pull_and_then_no_longer(self):
        identities = client().user_assigned_identities
        assignments = authorization().role_assignments
        name, guid = fresh("uami-py"), str(uuid.uuid4())
        principal = identities.create_or_update("RG1", name, {"location": "eastus"}).principal_id
        wanted = {"roleDefinitionId": role(PULL), "principalId": principal, "principalType": "ServicePrincipal"}
        with self.assertRaises(HttpResponseError) as caught:
            assignments.create(REGISTRY, guid, {"properties": {**wanted, "principalType": None}})
        self.assertEqual(caught.exception.error.code, "PrincipalNotFound")
        made = assignments.create(REGISTRY, guid, {"properties": wanted})
        self.assertEqual((made.scope, made.principal_type), (REGISTRY, "ServicePrincipal"))
        with self.assertRaises(ResourceExistsError) as caught:
            assignments.create(REGISTRY, str(uuid.uuid4()), {"properties": wanted})
        self.assertEqual(caught.exception.error.code, "RoleAssignmentExists")
        found = assignments.list_for_scope(REGISTRY, filter=f"principalId eq '{principal}'")
        self.assertEqual([one.name for one in found], [guid])
        self.assertEqual(assignments.delete(REGISTRY, guid).name, guid)
        identities.delete("RG1", name)

    def test_definitions_and_permissions(self):
        found = list(authorization().role_definitions.list(REGISTRY, filter="roleName eq 'Container Registry Repository Reader'"))
        self.assertEqual(len(found[0].permissions[0].data_actions), 2)
        permissions = list(authorization("margaret@contoso.example").permissions.list_for_resource_group("RG1"))
        self.assertEqual([one.actions[0] for one in permissions], ["*/read"])

    def test_a_delegation_permits_some_roles(self):
        principal = str(uuid.uuid4())
        wanted = {"roleDefinitionId": role("8311e382-0749-4cb8-b61a-304f252e45ec"), "principalId": principal, "principalType": "ServicePrincipal"}
        with self.assertRaises(HttpResponseError) as caught:
            authorization("radia@contoso.example").role_assignments.create(REGISTRY, str(uuid.uuid4()), {"properties": wanted})
        self.assertEqual((caught.exception.status_code, caught.exception.error.code), (403, "AuthorizationFailed"))


if __name__ == "__main__":
    unittest.main()
