//! A simulator for tests, with its own clock.

use serde_json::Value;

use super::{Caller, Faults, Missing, Reply, Role, Settings, Simulator};
use crate::arm::http::{Headers, Method, Request, Response};

pub(crate) struct TestHarness {
    pub(crate) simulator: Simulator,
    pub(crate) now: u64,
    pub(crate) caller: Caller,
}

/// A response with its parsed body.
#[derive(Debug)]
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    pub(crate) body: Value,
    response: Response,
}

impl TestHarness {
    /// The seeded world with the faults of `sim=`.
    pub(crate) fn new(sim: &str) -> Self {
        // 14 June 2024.
        Self { simulator: Simulator::new(settings(sim)), now: 1_718_402_566_123, caller: Caller::default() }
    }

    /// The same with only the lookups.
    pub(crate) fn for_lookups(sim: &str) -> Self {
        Self { simulator: Simulator::for_lookups(settings(sim)), ..Self::new(sim) }
    }

    /// Advances the clock.
    pub(crate) fn pass(&mut self, ms: u64) {
        self.now += ms;
    }

    /// Sends what follows as somebody with this object ID, who has no role of her own.
    pub(crate) fn sign_in(&mut self, id: &str) {
        self.caller = Caller { name: "radia@contoso.example".to_owned(), id: id.to_owned(), role: Role::None, ..Caller::default() };
    }

    /// Gets a path or an absolute URL.
    pub(crate) fn get(&mut self, path: &str) -> TestResponse {
        self.send("GET", path, None)
    }

    /// Sends a request and returns its response.
    pub(crate) fn send(&mut self, method: &str, path: &str, body: Option<Value>) -> TestResponse {
        match self.reply(method, path, body) {
            Reply::Answer { response, .. } => {
                let body = if response.body.is_empty() { Value::Null } else { serde_json::from_str(&response.body).expect("JSON") };
                TestResponse { status: response.status, body, response }
            }
            Reply::Unreachable { .. } => panic!("{path} was not answered"),
        }
    }

    /// Sends a request and returns any reply.
    pub(crate) fn reply(&mut self, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.simulator.answer_for(&self.caller, "https://management.azure.com", &request(method, path, body), self.now)
    }

    /// What a request must wait for.
    pub(crate) fn missing(&self, method: &str, path: &str) -> Missing {
        self.simulator.missing(&request(method, path, None))
    }

    /// Reads all pages of a list.
    pub(crate) fn list(&mut self, path: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let mut page = self.get(&path).body;
            next = page["nextLink"].as_str().filter(|link| !link.is_empty()).map(str::to_owned);
            all.append(page["value"].as_array_mut().unwrap_or_else(|| panic!("{path} gives no list")));
        }
        all
    }
}

fn request(method: &str, path: &str, body: Option<Value>) -> Request {
    let url = if path.starts_with("https:") { path.to_owned() } else { format!("https://management.azure.com{path}") };
    let method = Method::parse(method).expect("a method");
    Request { method, url, headers: Headers::default(), body: body.map(|body| body.to_string()) }
}

fn settings(sim: &str) -> Settings {
    let faults = Faults::parse(sim).expect("known faults");
    Settings { endpoint: "https://management.azure.com".to_owned(), random: [7; 16], faults }
}

impl TestResponse {
    /// A header's value; empty if absent.
    pub(crate) fn header(&self, name: &str) -> String {
        self.response.headers.get(name).unwrap_or_default().to_owned()
    }

    /// `404 ResourceNotFound`, or only the status.
    pub(crate) fn refusal(&self) -> String {
        match self.body["error"]["code"].as_str() {
            Some(code) => format!("{} {code}", self.status),
            None => self.status.to_string(),
        }
    }
}
