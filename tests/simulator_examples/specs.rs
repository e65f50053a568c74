//! Microsoft's `OpenAPI` (Swagger 2.0) files: their examples, and their response schemas.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::world::ArmResponse;

/// Properties that Azure sends in deployment operations and what-if results although its specifications omit them.
const SENT_BY_AZURE: [&str; 2] = ["trackingId", "correlationId"];

/// The specification folder, with the files already read.
pub(crate) struct Specs {
    root: PathBuf,
    read: RefCell<HashMap<PathBuf, Rc<Value>>>,
}

/// One example of one operation.
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) method: String,
    /// The path with its placeholders.
    pub(crate) template: String,
    /// The example's parameters: path, query and body.
    pub(crate) values: Map<String, Value>,
    /// Which of them are query parameters, and which is the body.
    pub(crate) query: Vec<String>,
    pub(crate) body: Option<String>,
    file: PathBuf,
}

impl Specs {
    /// `None` if there are no specifications.
    pub(crate) fn find() -> Option<Self> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/arm-specs");
        let places = std::env::var_os("IDENTITY_PORTAL_SPECS").map(PathBuf::from).into_iter().chain([beside]);
        let root = places.map(|place| place.join("specification")).find(|place| place.is_dir())?;
        Some(Self { root, read: RefCell::default() })
    }

    /// The examples of a file, in path order.
    pub(crate) fn examples(&self, file: &str) -> Vec<Example> {
        let file = self.root.join(file);
        let document = self.load(&file);
        let mut examples = Vec::new();
        for (template, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                for example in operation["x-ms-examples"].as_object().into_iter().flatten().map(|(_, example)| example) {
                    let name = example["$ref"].as_str().expect("a reference");
                    let written = self.load(&file.parent().expect("a folder").join(name));
                    let values = written["parameters"].as_object().expect("parameters").clone();
                    let (mut query, mut body) = (Vec::new(), None);
                    let shared = methods["parameters"].as_array();
                    for parameter in shared.into_iter().chain(operation["parameters"].as_array()).flatten() {
                        let (parameter, _) = self.resolve(parameter, &file);
                        let name = parameter["name"].as_str().expect("a name").to_owned();
                        match parameter["in"].as_str() {
                            Some("query") => query.push(name),
                            Some("body") => body = Some(name),
                            _ => {}
                        }
                    }
                    let short = name.rsplit('/').next().unwrap_or_default().trim_end_matches(".json");
                    examples.push(Example {
                        name: format!("{short} {}", values.get("api-version").and_then(Value::as_str).unwrap_or_default()),
                        method: method.to_uppercase(),
                        template: template.clone(),
                        values,
                        query,
                        body,
                        file: file.clone(),
                    });
                }
            }
        }
        examples
    }

    /// Checks for a documented success status and that status's body.
    pub(crate) fn check(&self, example: &Example, response: &ArmResponse) -> Result<(), String> {
        let document = self.load(&example.file);
        let operation = &document["paths"][&example.template][example.method.to_lowercase()];
        let Some(documented) = operation["responses"].get(response.status.to_string()).filter(|_| response.status < 400) else {
            return Err(format!("{} is not documented", response.summary()));
        };
        let (documented, file) = self.resolve(documented, &example.file);
        match documented.get("schema") {
            Some(schema) if response.status != 202 || !response.body.is_null() => self.matches(&response.body, schema, &file, "body"),
            Some(_) => Ok(()),
            // DELETE of an identity documents no body.
            None if response.body.is_null() => Ok(()),
            None => Err(format!("a body that is not documented: {}", response.body)),
        }
    }

    /// Checks for the documented shape of an error.
    pub(crate) fn check_error(&self, example: &Example, response: &ArmResponse) -> Result<(), String> {
        let document = self.load(&example.file);
        let responses = &document["paths"][&example.template][example.method.to_lowercase()]["responses"];
        let documented = responses.get(response.status.to_string()).unwrap_or(&responses["default"]);
        self.matches(&response.body, &documented["schema"], &example.file, "error")
    }

    /// Checks a deployment's operations against the documented shape.
    pub(crate) fn check_operations(&self, example: &Example, response: &ArmResponse) -> Result<(), String> {
        let document = self.load(&example.file);
        let schema = &document["definitions"]["DeploymentOperationsListResult"];
        if response.body["value"].as_array().is_none_or(Vec::is_empty) {
            return Err(format!("no operations: {}", response.summary()));
        }
        self.matches(&response.body, schema, &example.file, "operations")
    }

    fn load(&self, file: &Path) -> Rc<Value> {
        let mut read = self.read.borrow_mut();
        let text = || std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let value = read.entry(file.to_owned()).or_insert_with(|| Rc::new(serde_json::from_str(&text()).expect("JSON")));
        Rc::clone(value)
    }

    // Follows `$ref`, also into other files.
    fn resolve(&self, value: &Value, file: &Path) -> (Value, PathBuf) {
        let Some(reference) = value["$ref"].as_str() else { return (value.clone(), file.to_owned()) };
        let (place, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let target = if place.is_empty() {
            file.to_owned()
        } else {
            file.parent().expect("a folder").join(place).canonicalize().unwrap_or_else(|error| panic!("{place}: {error}"))
        };
        let document = self.load(&target);
        let found = document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere")).clone();
        self.resolve(&found, &target)
    }

    // Validates against a Swagger 2.0 schema as far as these files use it. It is stricter in one thing: if a schema names
    // properties, others are refused, so that misspelled ones are found.
    fn matches(&self, value: &Value, schema: &Value, file: &Path, at: &str) -> Result<(), String> {
        let mut parts = Vec::new();
        self.flatten(schema, file, &mut parts);
        let mut known: HashMap<String, (Value, PathBuf)> = HashMap::new();
        let mut others: Option<(Value, PathBuf)> = None;
        let mut is_object = false;
        for (part, file) in &parts {
            let kind = part["type"].as_str().unwrap_or(if part["properties"].is_object() { "object" } else { "" });
            let fits = match kind {
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                "number" => value.is_number(),
                "boolean" => value.is_boolean(),
                "array" => value.is_array(),
                // Resource Graph's rows: its own examples send a list.
                "object" if at == "body.data" => value.is_array() || value.is_object(),
                "object" => value.is_object(),
                _ => true,
            };
            if !fits {
                return Err(format!("{at} should be {kind}: {value}"));
            }
            is_object |= kind == "object";
            // Nearly all enums are open (`modelAsString`), but we only send documented values.
            if let Some(allowed) = part["enum"].as_array().filter(|allowed| !allowed.contains(value)) {
                return Err(format!("{at} is {value}, not one of {allowed:?}"));
            }
            if part["format"] == "date-time" && !value.as_str().is_some_and(|text| text.ends_with('Z') && text.contains('T')) {
                return Err(format!("{at} is no time: {value}"));
            }
            if let Some(items) = value.as_array().filter(|_| part["items"].is_object()) {
                for (index, item) in items.iter().enumerate() {
                    self.matches(item, &part["items"], file, &format!("{at}[{index}]"))?;
                }
            }
            let required = part["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for name in required {
                if value.get(name).is_none() {
                    return Err(format!("{at} lacks {name}"));
                }
            }
            for (name, property) in part["properties"].as_object().into_iter().flatten() {
                known.insert(name.clone(), (property.clone(), file.clone()));
            }
            match &part["additionalProperties"] {
                Value::Object(_) => others = Some((part["additionalProperties"].clone(), file.clone())),
                Value::Bool(true) => others = Some((Value::Null, file.clone())),
                _ => {}
            }
        }
        let Some(fields) = value.as_object().filter(|_| is_object && (!known.is_empty() || others.is_some())) else { return Ok(()) };
        for (name, field) in fields {
            let at = format!("{at}.{name}");
            match (known.get(name), &others) {
                (Some((property, file)), _) | (None, Some((property, file))) => self.matches(field, property, file, &at)?,
                (None, None) if SENT_BY_AZURE.contains(&name.as_str()) => {}
                (None, None) => return Err(format!("{at} is not documented: {field}")),
            }
        }
        Ok(())
    }

    // Collects a schema and everything it is composed of.
    fn flatten(&self, schema: &Value, file: &Path, parts: &mut Vec<(Value, PathBuf)>) {
        let (schema, file) = self.resolve(schema, file);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.flatten(part, &file, parts);
        }
        parts.push((schema, file));
    }
}
