//! Every way leads to the same end state: the plan's own run on both paths, the deployed template, the REST requests, and
//! curl's calls, each in a fresh simulated Azure. (The other languages are parsed and compared with the same request bodies.)

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::arm::client::ArmClient;
use identity_portal::arm::guid::Guid;
use identity_portal::arm::http::{Headers, Method, Request, Response};
use identity_portal::arm::transport::{Transport, WireError};
use identity_portal::code::{Language, curl, render};
use identity_portal::provisioning::plan::NewResource;
use identity_portal::provisioning::progress::Progress;
use identity_portal::provisioning::request::CreationPath;
use identity_portal::provisioning::{run, template};
use identity_portal::simulator::seed::SANDBOX;
use identity_portal::simulator::{Faults, Reply, Settings, Simulator};
use serde_json::Value;

use crate::cases::{self, Case, SUBSCRIPTION};
use crate::json;
use crate::readings::{self, Reading};
use crate::shell::Shell;

#[test]
fn the_run_reaches_the_end_state_on_both_paths() {
    for (name, case) in cases::all() {
        for path in [CreationPath::Deployment, CreationPath::Direct] {
            let azure = Azure::before(&case);
            let mut plan = case.plan();
            plan.path = path;
            let mut progress = Progress::new(&plan, azure.now.get());
            let azure = Rc::new(azure);
            let client = ArmClient::new(azure.clone(), ENDPOINT, "en");
            let made = pollster::block_on(run::run(&client, &plan, &mut progress, &|_| {}));
            assert!(made.is_ok(), "{name} by {path:?}: {made:?}");
            assert_eq!(azure.state(), expected(&case), "{name} by {path:?}");
        }
    }
}

#[test]
fn the_template_reaches_the_end_state() {
    for (name, case) in cases::all() {
        let plan = case.plan();
        let azure = Azure::before(&case);
        let template: Value = serde_json::from_str(&render(&plan, Language::ArmTemplate, &AzureCloud::default()).text).expect("JSON");
        let mut body = serde_json::json!({ "properties": { "mode": "Incremental", "template": template } });
        let scope = match template::scope(&plan) {
            template::Scope::Group(group) => readings::group_id(group.as_str()),
            template::Scope::Subscription => {
                body["location"] = Value::from("eastus");
                format!("/subscriptions/{SUBSCRIPTION}")
            }
        };
        let path = identity_portal::arm::percent::encode_path(&format!("{scope}/providers/Microsoft.Resources/deployments/d"));
        let address = format!("{ENDPOINT}{path}?api-version=2024-07-01");
        azure.put(&address, &body.to_string(), &name);
        let ended = azure.until_ended(&address);
        assert_eq!(ended["properties"]["provisioningState"], "Succeeded", "{name}: {ended}");
        assert_eq!(azure.state(), expected(&case), "{name}");
    }
}

#[test]
fn the_requests_reach_the_end_state() {
    for (name, case) in cases::all() {
        let azure = Azure::before(&case);
        for (address, body) in json::rest_requests(&render(&case.plan(), Language::Rest, &AzureCloud::default()).text) {
            azure.put(address, &body.replace("{{principalId}}", &azure.principal(&case)), &name);
        }
        assert_eq!(azure.state(), expected(&case), "{name}");
    }
}

#[test]
fn curl_reaches_the_end_state() {
    let Some(shell) = Shell::new("curl-state") else { return };
    for (name, case) in cases::all() {
        let azure = Azure::before(&case);
        for call in shell.run(&curl(&case.plan(), &AzureCloud::default()).text).iter().filter(|call| call[0] == "curl") {
            let after = |option: &str| call.iter().skip_while(|word| *word != option).nth(1).expect("its value");
            azure.put(after("--url"), &after("--data-raw").replace(readings::PRINCIPAL, &azure.principal(&case)), &name);
        }
        assert_eq!(azure.state(), expected(&case), "{name}");
    }
}

const ENDPOINT: &str = "https://management.azure.com";

/// The expected end state: the plan's resources, put in order. The texts of all languages are compared with the same bodies.
fn expected(case: &Case) -> Reading {
    let azure = Azure::before(case);
    let (plan, reading) = (case.plan(), readings::of_plan(&case.plan()));
    for resource in &plan.resources {
        let id = match resource {
            NewResource::Group(group) => readings::group_id(group.name.as_str()),
            NewResource::Identity(identity) => identity.id(&plan.subscription).to_string(),
            NewResource::Credential(new) => format!("{}/federatedIdentityCredentials/{}", new.identity, new.credential.name),
            NewResource::Role(role) => readings::role_id(role.assignment.scope.as_str(), role.assignment.name.as_str()),
            NewResource::Lock(new) => readings::lock_id(new.identity.as_str(), &new.lock.name),
        };
        let version = match resource {
            NewResource::Group(_) => "2024-07-01",
            NewResource::Identity(_) => "2026-05-31",
            NewResource::Credential(_) => "2023-01-31",
            NewResource::Role(_) => "2022-04-01",
            NewResource::Lock(_) => "2020-05-01",
        };
        let path = identity_portal::arm::percent::encode_path(&id);
        let body = reading[&id].to_string();
        let body = if matches!(resource, NewResource::Role(_)) { body.replace(readings::PRINCIPAL, &azure.principal(case)) } else { body };
        azure.put(&format!("{ENDPOINT}{path}?api-version={version}"), &body, &id);
    }
    let state = azure.state();
    let identity = state.keys().find(|id| id.ends_with(&format!("/{}", case.name.to_lowercase()))).expect("it is made");
    let tags = state[identity]["tags"].as_object().expect("tags");
    assert_eq!(tags.len(), case.tags.len());
    assert!(case.tags.iter().all(|(name, value)| tags[name] == **value));
    state
}

/// A simulated Azure with its own clock.
struct Azure {
    simulator: RefCell<Simulator>,
    now: Cell<u64>,
    ids: Cell<u8>,
}

impl Azure {
    /// A fresh world, with the existing group of a case.
    fn before(case: &Case) -> Self {
        let settings = Settings { endpoint: ENDPOINT.to_owned(), random: [7; 16], faults: Faults::parse("").expect("none") };
        let azure = Self { simulator: RefCell::new(Simulator::new(settings)), now: Cell::new(1_718_402_566_123), ids: Cell::new(0) };
        if !case.group_is_new {
            let path = identity_portal::arm::percent::encode_path(&readings::group_id(case.group));
            azure.put(&format!("{ENDPOINT}{path}?api-version=2024-07-01"), r#"{"location":"eastus"}"#, case.group);
        }
        azure
    }

    fn answer(&self, method: Method, address: &str, body: Option<&str>) -> Response {
        let request = Request { method, url: address.to_owned(), headers: Headers::default(), body: body.map(str::to_owned) };
        self.respond(&request)
    }

    fn respond(&self, request: &Request) -> Response {
        match self.simulator.borrow_mut().answer(request, self.now.get()) {
            Reply::Answer { response, after_ms } => {
                self.now.set(self.now.get() + u64::from(after_ms));
                response
            }
            Reply::Unreachable { .. } => panic!("{} is unreachable", request.url),
        }
    }

    fn put(&self, address: &str, body: &str, name: &str) {
        let response = self.answer(Method::Put, address, Some(body));
        assert!(matches!(response.status, 200 | 201), "{name}: {} {}", response.status, response.body);
    }

    /// The object id of the case's identity; empty before it is made.
    fn principal(&self, case: &Case) -> String {
        let path = identity_portal::arm::percent::encode_path(&readings::identity_id(case.group, case.name));
        let response = self.answer(Method::Get, &format!("{ENDPOINT}{path}?api-version=2023-01-31"), None);
        let identity: Value = serde_json::from_str(&response.body).expect("JSON");
        identity["properties"]["principalId"].as_str().unwrap_or_default().to_owned()
    }

    fn get(&self, address: &str) -> Value {
        let response = self.answer(Method::Get, address, None);
        assert_eq!(response.status, 200, "{address}: {}", response.body);
        serde_json::from_str(&response.body).expect("JSON")
    }

    /// Polls until the deployment has ended.
    fn until_ended(&self, address: &str) -> Value {
        for _ in 0..1000 {
            let deployment = self.get(address);
            if matches!(deployment["properties"]["provisioningState"].as_str(), Some("Succeeded" | "Failed" | "Canceled")) {
                return deployment;
            }
            self.now.set(self.now.get() + 1000);
        }
        panic!("{address} does not end")
    }

    /// All groups, identities, roles and locks of the subscriptions by ID, and the credentials of the identities, without generated
    /// values: client IDs and times. Principals are named by their identities.
    fn state(&self) -> Reading {
        let mut lists: Vec<String> = [
            "resourcegroups?api-version=2024-07-01",
            "providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2026-05-31",
            "providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01",
            "providers/Microsoft.Authorization/locks?api-version=2020-05-01",
        ]
        .into_iter()
        .flat_map(|list| [SUBSCRIPTION, SANDBOX].map(|subscription| format!("/subscriptions/{subscription}/{list}")))
        .collect();
        let (mut state, mut principals) = (Reading::new(), Vec::new());
        while let Some(list) = lists.pop() {
            let mut next = Some(format!("{ENDPOINT}{list}"));
            while let Some(address) = next {
                let mut page = self.get(&address);
                next = page["nextLink"].as_str().map(str::to_owned);
                for item in page["value"].as_array_mut().map(std::mem::take).unwrap_or_default() {
                    if item["type"] == "Microsoft.ManagedIdentity/userAssignedIdentities" {
                        principals.push((item["properties"]["principalId"].clone(), item["id"].clone()));
                        let path = identity_portal::arm::percent::encode_path(item["id"].as_str().expect("an id"));
                        lists.push(format!("{path}/federatedIdentityCredentials?api-version=2023-01-31"));
                    }
                    state.insert(item["id"].as_str().expect("an id").to_lowercase(), item);
                }
            }
        }
        for properties in state.values_mut().filter_map(|item| item["properties"].as_object_mut()) {
            properties.retain(|name, _| !matches!(name.as_str(), "clientId" | "createdOn" | "updatedOn"));
            if let Some(principal) = properties.get_mut("principalId")
                && let Some((_, id)) = principals.iter().find(|(known, _)| known == principal)
            {
                *principal = id.clone();
            }
        }
        state
    }
}

impl Transport for Azure {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        Ok(self.respond(&request))
    }

    async fn wait(&self, duration: Duration) {
        self.now.set(self.now.get() + u64::try_from(duration.as_millis()).expect("a short time"));
    }

    fn new_guid(&self) -> Guid {
        self.ids.set(self.ids.get().wrapping_add(1));
        Guid::from_random([self.ids.get(); 16])
    }
}
