//! A simulated world with an example's preconditions, and requests to it.

use identity_portal::arm::guid::Guid;
use identity_portal::arm::http::{Headers, Method, Request as HttpRequest};
use identity_portal::simulator::seed::DEVELOPMENT;
use identity_portal::simulator::{Faults, Reply, Settings, Simulator};
use serde_json::{Value, json};

use crate::specs::Example;

const ENDPOINT: &str = "https://management.azure.com";
const IDENTITY: &str = "providers/Microsoft.ManagedIdentity/userAssignedIdentities/example";
const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/// A request: method, path with its query, body.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Option<Value>,
    /// Sent in place of the body, if not JSON.
    pub(crate) raw: Option<String>,
}

pub(crate) struct ArmResponse {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) location: String,
}

/// The simulator and its clock.
pub(crate) struct World {
    simulator: Simulator,
    subscription: String,
    now: u64,
}

impl World {
    /// The seeded world.
    pub(crate) fn seeded() -> Self {
        let settings = Settings { endpoint: ENDPOINT.to_owned(), random: [3; 16], faults: Faults::default() };
        Self { simulator: Simulator::new(settings), subscription: DEVELOPMENT.to_owned(), now: 1_718_402_566_123 }
    }

    /// The seeded world with the example's subscription as the first one.
    pub(crate) fn for_example(example: &Example) -> Self {
        let mut world = Self::seeded();
        let scope = ["scope", "roleAssignmentId"].iter().find_map(|name| example.values.get(*name)?.as_str()?.split('/').nth(1));
        let named = example.values.get("subscriptionId").and_then(Value::as_str).or(scope);
        if let Some(id) = named.filter(|id| Guid::parse(id).is_some()) {
            let saved = world.simulator.saved().replace(DEVELOPMENT, id);
            world.simulator.restore(&saved, world.now);
            id.clone_into(&mut world.subscription);
        }
        world
    }

    /// Creates what the example presupposes.
    pub(crate) fn create_preconditions(&mut self, example: &Example) {
        let makes_group = example.template.ends_with("/resourcegroups/{resourceGroupName}") && example.method == "PUT";
        let request = self.request(example);
        let path = request.path.split('?').next().unwrap_or_default().to_owned();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let lower: Vec<String> = segments.iter().map(|segment| segment.to_lowercase()).collect();
        if lower.get(2).is_some_and(|segment| segment == "resourcegroups") && !makes_group && !is_seeded(example) {
            let group = format!("/{}?api-version=2024-07-01", segments.get(..4).unwrap_or(&segments).join("/"));
            self.make(&group, &json!({ "location": "eastus" }));
        }
        if let Some(at) = lower.iter().position(|segment| segment == "userassignedidentities") {
            let is_it = lower.len() == at + 2 && example.method == "PUT";
            if let (Some(upto), false) = (segments.get(..at + 2), is_it) {
                self.make(&format!("/{}?api-version=2026-05-31", upto.join("/")), &json!({ "location": "eastus", "tags": { "a": "b" } }));
            }
        }
        if matches!(example.method.as_str(), "GET" | "PATCH" | "DELETE") && lower.len() == 8 && lower[6] == "registries" {
            let registry = json!({ "location": "westus", "sku": { "name": "Standard" } });
            self.make(&format!("/{}?api-version=2023-07-01", segments.join("/")), &registry);
        }
        if matches!(example.method.as_str(), "GET" | "DELETE") {
            let version = |version: &str| format!("{path}?api-version={version}");
            match lower.get(lower.len().saturating_sub(2)).map(String::as_str) {
                Some("locks") => self.make(&version("2020-05-01"), &json!({ "properties": { "level": "CanNotDelete" } })),
                Some("federatedidentitycredentials") => self.make(
                    &version("2023-01-31"),
                    &json!({ "properties": { "issuer": "https://issuer", "subject": "subject", "audiences": ["api://AzureADTokenExchange"] } }),
                ),
                Some("roleassignments") => self.make(
                    &version("2022-04-01"),
                    &json!({ "properties": { "roleDefinitionId": format!("/providers/Microsoft.Authorization/roleDefinitions/{READER}"),
                        "principalId": "ce2ce14e-85d7-4629-bdbc-454d0519d987", "principalType": "User" } }),
                ),
                _ => {}
            }
        }
    }

    /// The example's request, with its placeholders replaced by existing resources.
    pub(crate) fn request(&self, example: &Example) -> Request {
        let mut path = example.template.clone();
        let mut query = Vec::new();
        for (name, value) in &example.values {
            let text = match name.as_str() {
                "resourceGroupName" if is_seeded(example) => "rg-aks-weu".to_owned(),
                "resourceName" if is_seeded(example) => "aks-dev".to_owned(),
                _ => self.real(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            };
            let placeholder = format!("{{{name}}}");
            if path.contains(&placeholder) {
                path = path.replace(&placeholder, &text);
            } else if example.query.contains(name) {
                query.push(format!("{name}={}", text.replace(' ', "%20")));
            }
        }
        let body = example.body.as_ref().and_then(|name| example.values.get(name)).map(|body| {
            // Azure has many more built-in roles than the simulator.
            let text = body.to_string().replace("0b5fe924-9a61-425c-96af-cfe6e287ca2d", READER);
            serde_json::from_str(&text).expect("still JSON")
        });
        let path = path.replace("//", "/");
        Request { method: example.method.clone(), path: format!("{path}?{}", query.join("&")), body, raw: None }
    }

    // A placeholder's real value.
    fn real(&self, name: &str, value: String) -> String {
        let group = format!("subscriptions/{}/resourceGroups/example", self.subscription);
        match name {
            "subscriptionId" => self.subscription.clone(),
            "scope" if value.contains("/myPRNameSpace/") => format!("{group}/{IDENTITY}"),
            "scope" if Guid::parse(value.split('/').nth(1).unwrap_or_default()).is_none() => format!("subscriptions/{}", self.subscription),
            "resourceProviderNamespace" if value.starts_with("Microsoft.TestRP") => "Microsoft.ManagedIdentity".to_owned(),
            "roleDefinitionId" => READER.to_owned(),
            "roleId" => format!("providers/Microsoft.Authorization/roleDefinitions/{READER}"),
            "parentResourcePath" => String::new(),
            "resourceProviderNamespace" if value == "rpnamespace" => "Microsoft.ManagedIdentity".to_owned(),
            "resourceType" if value == "resourceType" => "userAssignedIdentities".to_owned(),
            _ => value,
        }
    }

    fn make(&mut self, path: &str, body: &Value) {
        let response = self.send(&Request { method: "PUT".to_owned(), path: path.to_owned(), body: Some(body.clone()), raw: None });
        assert!(response.status < 300, "what an example supposes can't be made: {path}: {}", response.summary());
    }

    /// Sends a request that must be answered.
    pub(crate) fn send(&mut self, request: &Request) -> ArmResponse {
        self.send_any(request)
    }

    /// Gets a path or a URL.
    pub(crate) fn get(&mut self, path: &str) -> ArmResponse {
        self.send(&Request { method: "GET".to_owned(), path: path.trim_start_matches(ENDPOINT).to_owned(), body: None, raw: None })
    }

    /// Gets what a request wrote.
    pub(crate) fn get_same(&mut self, request: &Request) -> ArmResponse {
        self.get(&request.path)
    }

    /// Gets something below what a request wrote.
    pub(crate) fn get_below(&mut self, request: &Request, rest: &str) -> ArmResponse {
        let (path, query) = request.path.split_once('?').expect("a query");
        self.get(&format!("{path}{rest}?{query}"))
    }

    /// Advances the clock.
    pub(crate) fn pass(&mut self, ms: u64) {
        self.now += ms;
    }

    /// Saves and restores the world, as a reload does.
    pub(crate) fn reload(&mut self) {
        let saved = self.simulator.saved();
        let mut fresh = Self::seeded().simulator;
        fresh.restore(&saved, self.now);
        self.simulator = fresh;
    }

    /// Sends anything; an unreachable service counts as an answer.
    pub(crate) fn send_any(&mut self, request: &Request) -> ArmResponse {
        let body = request.raw.clone().or_else(|| request.body.as_ref().map(Value::to_string));
        let sent = HttpRequest {
            method: Method::parse(&request.method).expect("a method"),
            url: format!("{ENDPOINT}{}", request.path),
            headers: Headers::default(),
            body,
        };
        self.now += 200;
        match self.simulator.answer(&sent, self.now) {
            Reply::Answer { response, .. } => ArmResponse {
                status: response.status,
                body: if response.body.is_empty() { Value::Null } else { serde_json::from_str(&response.body).expect("JSON") },
                location: response.headers.get("Location").unwrap_or_default().to_owned(),
            },
            Reply::Unreachable { .. } => ArmResponse { status: 299, body: Value::Null, location: String::new() },
        }
    }
}

/// Whether it is about a resource that cannot be created here.
fn is_seeded(example: &Example) -> bool {
    example.template.contains("/managedClusters")
}

impl ArmResponse {
    /// ARM's error code; empty if there is none.
    pub(crate) fn code(&self) -> String {
        self.body["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The response in a sentence.
    pub(crate) fn summary(&self) -> String {
        format!("{} {}", self.status, self.body["error"])
    }
}

/// Replaces a template link by a template.
pub(crate) fn inline_template(request: &mut Request) {
    let in_group = request.path.to_lowercase().contains("/resourcegroups/");
    let identity = json!({ "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2018-11-30",
        "name": "myNewIdentity", "location": "eastus", "tags": { "myOtherNewTag": "another new tag value" } });
    let group = json!({ "type": "Microsoft.Resources/resourceGroups", "apiVersion": "2019-03-01", "name": "my-resource-group2", "location": "eastus" });
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [if in_group { identity } else { group }],
        "outputs": { "said": { "type": "string", "value": "[deployment().name]" } },
    });
    if let Some(properties) = request.body.as_mut().and_then(|body| body["properties"].as_object_mut()) {
        properties.remove("templateLink");
        properties.insert("template".to_owned(), template);
    }
}

/// Valid requests of every kind.
pub(crate) fn requests_to_mangle() -> Vec<Request> {
    let group = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1");
    let identity = json!({ "location": "eastus", "tags": { "a": "b" }, "properties": { "isolationScope": "Regional",
        "assignmentRestrictions": { "providers": ["Microsoft.Compute"] } } });
    let nested = json!({ "type": "Microsoft.Resources/deployments", "apiVersion": "2024-07-01", "name": "[concat('n', parameters('p'))]",
        "resourceGroup": "RG1", "dependsOn": ["uami-a"], "properties": { "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" },
        "template": { "$schema": "x", "contentVersion": "1.0.0.0", "resources": [] } } });
    let deployment = json!({ "properties": { "mode": "Incremental", "parameters": { "p": { "value": "x" } }, "template": {
        "$schema": "x", "contentVersion": "1.0.0.0", "parameters": { "p": { "type": "string", "defaultValue": "[resourceGroup().name]" } },
        "variables": { "v": "[createObject('a', createArray(1, 2))]" },
        "resources": [{ "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2026-05-31", "name": "uami-a",
            "location": "[resourceGroup().location]", "tags": { "t": "[format('{0}-{1}', variables('v').a[1], substring('abc', 1, 2))]" },
            "copy": { "name": "c", "count": 1 } }, nested],
        "outputs": { "o": { "type": "string", "value": "[reference('uami-a').clientId]" } } } } });
    let policy = json!({ "resourceDetails": { "resourceContent": { "type": "a/b", "location": "eastus" } }, "pendingFields": [{ "field": "name", "values": ["x"] }] });
    let role = json!({ "properties": { "roleDefinitionId": format!("/providers/x/{READER}"), "principalId": DEVELOPMENT, "principalType": "User",
        "condition": "!(ActionMatches{'a/*'}) OR @Request[a/b:c] ForAnyOfAnyValues:StringEquals {'x', 'y'}", "conditionVersion": "2.0" } });
    let registry = json!({ "location": "eastus", "sku": { "name": "Premium" }, "properties": { "publicNetworkAccess": "Disabled",
        "roleAssignmentMode": "AbacRepositoryPermissions", "policies": { "azureADAuthenticationAsArmPolicy": { "status": "disabled" } } } });
    let query = json!({ "subscriptions": [DEVELOPMENT], "options": { "$top": 2, "$skipToken": "rows-1" },
        "query": "resources | where type =~ 'a/b' and name contains \"c\" | project id, x = properties.y | limit 3" });
    let name = "providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-x";
    let one =
        |method: &str, path: String, body: Option<&Value>| Request { method: method.to_owned(), path, body: body.cloned(), raw: None };
    vec![
        one("GET", "/subscriptions?api-version=2022-12-01&$top=2&$skiptoken=1".to_owned(), None),
        one("GET", format!("/subscriptions/{DEVELOPMENT}/resourcegroups?api-version=2024-07-01&$filter=tagName eq 'a'"), None),
        one("PUT", format!("{group}-new?api-version=2024-07-01"), Some(&json!({ "location": "eastus", "tags": {} }))),
        one("DELETE", format!("{group}-new?api-version=2024-07-01"), None),
        one("POST", format!("/subscriptions/{DEVELOPMENT}/providers/Microsoft.Storage/register?api-version=2024-07-01"), None),
        one("PUT", format!("{group}/{name}?api-version=2026-05-31"), Some(&identity)),
        one("PATCH", format!("{group}/{name}?api-version=2026-05-31"), Some(&identity)),
        one("GET", format!("{group}/{name}?api-version=2026-05-31"), None),
        one(
            "PUT",
            format!("{group}/{name}/federatedIdentityCredentials/abc?api-version=2026-05-31"),
            Some(&json!({ "properties": { "issuer": "i", "subject": "s", "audiences": ["a"] } })),
        ),
        one("PUT", format!("{group}/providers/Microsoft.Resources/deployments/d?api-version=2024-07-01"), Some(&deployment)),
        one("POST", format!("{group}/providers/Microsoft.Resources/deployments/d/validate?api-version=2024-07-01"), Some(&deployment)),
        one("POST", format!("{group}/providers/Microsoft.Resources/deployments/d/whatIf?api-version=2024-07-01"), Some(&deployment)),
        one("POST", format!("{group}/providers/Microsoft.Resources/deployments/d/cancel?api-version=2024-07-01"), None),
        one("GET", format!("{group}/providers/Microsoft.Resources/deployments/d/operations?api-version=2024-07-01"), None),
        one(
            "PATCH",
            format!("{group}/providers/Microsoft.Resources/tags/default?api-version=2024-07-01"),
            Some(&json!({ "operation": "Merge", "properties": { "tags": { "a": "b" } } })),
        ),
        one(
            "PUT",
            format!("{group}/providers/Microsoft.Authorization/locks/l?api-version=2020-05-01"),
            Some(&json!({ "properties": { "level": "CanNotDelete" } })),
        ),
        one("PUT", format!("{group}/providers/Microsoft.Authorization/roleAssignments/{DEVELOPMENT}?api-version=2022-04-01"), Some(&role)),
        one("PUT", format!("{group}/providers/Microsoft.ContainerRegistry/registries/regnew?api-version=2025-11-01"), Some(&registry)),
        one(
            "PATCH",
            format!("{group}/providers/Microsoft.ContainerRegistry/registries/contosodev?api-version=2025-11-01"),
            Some(&registry),
        ),
        one("POST", "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01".to_owned(), Some(&query)),
        one(
            "GET",
            format!(
                "{group}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=principalId eq 'a' and atScope()"
            ),
            None,
        ),
        one("POST", format!("{group}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01"), Some(&policy)),
    ]
}

/// Corrupts a request in one way.
pub(crate) fn mangle(request: &mut Request, next: &mut impl FnMut(usize) -> usize) {
    const ODD: [&str; 14] = ["", "%", "%2F", "%ff", "..", "ü", "\u{1F511}", "'", "[", "]", "[[", "providers", "0", " "];
    match next(8) {
        0 => ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"][next(6)].clone_into(&mut request.method),
        1 => {
            let mut segments: Vec<String> = request.path.split('/').map(str::to_owned).collect();
            let at = next(segments.len());
            ODD[next(ODD.len())].clone_into(&mut segments[at]);
            request.path = segments.join("/");
        }
        2 => {
            let letters: Vec<char> = request.path.chars().collect();
            let at = next(letters.len() + 1);
            request.path =
                letters[..at].iter().chain(ODD[next(ODD.len())].chars().collect::<Vec<_>>().iter()).chain(&letters[at..]).collect();
        }
        3 => {
            let letters: Vec<char> = request.path.chars().collect();
            request.path = letters[..next(letters.len() + 1)].iter().collect();
        }
        4 => {
            let text: Vec<char> = request.body.as_ref().map(Value::to_string).unwrap_or_default().chars().collect();
            let at = next(text.len() + 1);
            request.raw = Some(text[..at].iter().collect());
        }
        _ => {
            if let Some(body) = &mut request.body {
                spoil(body, next);
            }
        }
    }
}

// Replaces something in a body by something odd.
fn spoil(value: &mut Value, next: &mut impl FnMut(usize) -> usize) {
    let deeper = next(5) > 0;
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let at = next(fields.len());
            if let Some((_, field)) = fields.iter_mut().nth(at) {
                spoil(field, next);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = next(items.len());
            spoil(&mut items[at], next);
        }
        _ => {
            let odd = [
                json!(null),
                json!(-1),
                json!(1e300),
                json!([]),
                json!({}),
                json!(""),
                json!("[concat('a', reference('uami-a'))]"),
                json!("[substring('aü', 1, 9)]"),
                json!("[parameters('p')[0].x]"),
                json!("[range(0, 99999999)]"),
                json!("[padLeft('a', 99999999)]"),
                json!("[format('{0}{9}{', 'a')]"),
                json!("[div(1, 0)]"),
                json!("[copyIndex(9223372036854775807)]"),
                json!("[utcNow('fffffffffff')]"),
                json!("[]"),
                json!("a".repeat(600)),
                json!([[[[{ "a": [1] }]]]]),
            ];
            *value = odd[next(odd.len())].clone();
        }
    }
}
