"""azure-mgmt-msi and azure-mgmt-resource-deployments, with nothing changed but the endpoint and the trusted certificate."""

import json
import os
import time
import unittest
import urllib.request
import uuid

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.msi import ManagedServiceIdentityClient
from azure.mgmt.resource.deployments import DeploymentsMgmtClient

CLOUD = json.loads(os.environ["LOCAL_CLOUD"])
ENDPOINT = CLOUD["https"]["arm"]
DEVELOPMENT = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01"
CONTOSO = "6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96"


def control(whose, what, body):
    """Turns a knob, of the `arm` or of the `provider`."""
    request = urllib.request.Request(
        f"{CLOUD['control'][whose]}/{what}", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Credential:
    """A credential as the SDKs take it, for one of the test users."""

    def __init__(self, user):
        self.user = user

    def get_token(self, *scopes, **_):
        resource = scopes[0].removesuffix("/.default").rstrip("/")
        answer = control("provider", "token", {"user": self.user, "resource": resource})
        return AccessToken(answer["access_token"], int(time.time()) + answer["expires_in"])


def arguments():
    # The audience follows the endpoint, as for every cloud that the SDK does not know by name.
    return {"base_url": ENDPOINT, "credential_scopes": [f"{ENDPOINT}/.default"]}


def client(user="ada@contoso.example", **more):
    return ManagedServiceIdentityClient(Credential(user), DEVELOPMENT, **arguments(), **more)


def fresh(start):
    return f"{start}-{uuid.uuid4().hex[:12]}"


class Identities(unittest.TestCase):
    def test_creates_gets_updates_lists_and_deletes(self):
        identities = client().user_assigned_identities
        name = fresh("uami-py")
        made = identities.create_or_update("RG1", name, {"location": "eastus", "tags": {"Environment": "Test"}})
        self.assertEqual((made.name, made.location, made.tags), (name, "eastus", {"Environment": "Test"}))
        self.assertEqual(made.tenant_id, CONTOSO)
        self.assertEqual(identities.get("RG1", name).client_id, made.client_id)
        updated = identities.update("RG1", name, {"tags": {"Owner": "ada"}})
        self.assertEqual((updated.tags, updated.principal_id), ({"Owner": "ada"}, made.principal_id))
        self.assertIn(name, [one.name for one in identities.list_by_resource_group("RG1")])
        self.assertGreaterEqual(len(list(identities.list_by_subscription())), 8)
        identities.delete("RG1", name)
        with self.assertRaises(ResourceNotFoundError) as caught:
            identities.get("RG1", name)
        self.assertEqual(caught.exception.error.code, "ResourceNotFound")

    def test_errors_are_typed(self):
        identities = client().user_assigned_identities
        for group, name, location, kind, code in [
            ("rg-nowhere", "uami-x", "eastus", ResourceNotFoundError, "ResourceGroupNotFound"),
            ("RG1", "uami-existing", "westus", ResourceExistsError, "InvalidResourceLocation"),
            ("rg-finance-ledger", "uami-x", "uksouth", ResourceExistsError, "ScopeLocked"),
            ("RG1", "uami-policy-denied", "eastus", HttpResponseError, "RequestDisallowedByPolicy"),
            ("RG1", "uami-x", "atlantis", HttpResponseError, "LocationNotAvailableForResourceType"),
        ]:
            with self.subTest(code), self.assertRaises(kind) as caught:
                identities.create_or_update(group, name, {"location": location})
            self.assertEqual(caught.exception.error.code, code)
        with self.assertRaises(HttpResponseError) as caught:
            client("alan@contoso.example").user_assigned_identities.create_or_update("RG1", "uami-x", {"location": "eastus"})
        self.assertEqual((caught.exception.status_code, caught.exception.error.code), (403, "AuthorizationFailed"))
        with self.assertRaises(ClientAuthenticationError) as caught:
            list(client("edsger@fabrikam.example").user_assigned_identities.list_by_subscription())
        self.assertEqual(caught.exception.error.code, "InvalidAuthenticationTokenTenant")

    def test_waits_for_retry_after(self):
        control("arm", "next", {"status": 429, "retryAfter": 1, "path": "uami-existing", "user": "grace@contoso.example"})
        self.assertEqual(client("grace@contoso.example").user_assigned_identities.get("RG1", "uami-existing").name, "uami-existing")

    def test_federated_credentials(self):
        name = fresh("uami-py")
        one = client()
        one.user_assigned_identities.create_or_update("RG1", name, {"location": "eastus"})
        wanted = {"issuer": "https://token.example", "subject": "app", "audiences": ["api://AzureADTokenExchange"]}
        made = one.federated_identity_credentials.create_or_update("RG1", name, "first", {"properties": wanted})
        self.assertEqual((made.name, made.issuer), ("first", "https://token.example"))
        self.assertEqual([each.name for each in one.federated_identity_credentials.list("RG1", name)], ["first"])
        one.user_assigned_identities.delete("RG1", name)


class Deployments(unittest.TestCase):
    def test_deploys_a_template_and_pages_through_what_it_made(self):
        deployments = DeploymentsMgmtClient(Credential("ada@contoso.example"), DEVELOPMENT, **arguments()).deployments
        for half in ["a", "b"]:
            template = {
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                "contentVersion": "1.0.0.0",
                "resources": [
                    {
                        "type": "Microsoft.ManagedIdentity/userAssignedIdentities",
                        "apiVersion": "2024-11-30",
                        "name": f"[concat('uami-{half}-', copyIndex())]",
                        "location": "eastus",
                        "copy": {"name": "all", "count": 600},
                    }
                ],
            }
            wanted = {"properties": {"mode": "Incremental", "template": template}}
            poller = deployments.begin_create_or_update("rg-web-test", fresh("many"), wanted, polling_interval=1)
            self.assertEqual(poller.result().properties.provisioning_state, "Succeeded")
        pages = client().user_assigned_identities.list_by_resource_group("rg-web-test").by_page()
        self.assertEqual([len(list(page)) for page in pages], [1000, 200])


if __name__ == "__main__":
    unittest.main()
