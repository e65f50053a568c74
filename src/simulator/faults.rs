//! Faults and the large dataset: for the whole world through the URL (`?sim=throttled,large`), or for one identity with the
//! fault's name in its own (`uami-throttled`).

use serde_json::Value;

use super::call::Call;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Fault {
    /// The first request of each kind is refused with 429; after its `Retry-After`, the next succeeds.
    Throttled = 1,
    /// Every response takes seconds.
    Slow = 2,
    /// No response.
    Offline = 4,
    /// The account may only read.
    Forbidden = 8,
    /// A policy denies the identity.
    PolicyDenied = 16,
    /// A read-only lock.
    Locked = 32,
    /// The region does not accept this customer's resources.
    RegionFull = 64,
    /// Another caller has just created the identity in another region.
    Conflict = 128,
    /// Validation passes, the deployment fails.
    DeploymentFails = 256,
    /// The subscription has as many role assignments as it may have.
    RolesFull = 512,
    /// The directory takes its time even for assignments with a principal type.
    Replication = 1024,
}

/// All faults, by name.
pub const FAULTS: [(&str, Fault); 11] = [
    ("throttled", Fault::Throttled),
    ("slow", Fault::Slow),
    ("offline", Fault::Offline),
    ("forbidden", Fault::Forbidden),
    ("policy-denied", Fault::PolicyDenied),
    ("locked", Fault::Locked),
    ("region-full", Fault::RegionFull),
    ("conflict", Fault::Conflict),
    ("deployment-fails", Fault::DeploymentFails),
    ("roles-full", Fault::RolesFull),
    ("replication", Fault::Replication),
];

/// The name of the large dataset.
const LARGE: &str = "large";

/// The selected faults and dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    bits: u16,
    large: bool,
}

impl Faults {
    /// Parses comma-separated names.
    ///
    /// # Errors
    /// The unknown names.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let (faults, unknown) = Self::read(text);
        if unknown.is_empty() { Ok(faults) } else { Err(unknown) }
    }

    /// Parses comma-separated names; also returns the unknown ones.
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut faults = Self::default();
        let mut unknown = Vec::new();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if name.eq_ignore_ascii_case(LARGE) {
                faults.large = true;
            } else if let Some((_, fault)) = FAULTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
                faults.bits |= *fault as u16;
            } else {
                unknown.push(name.to_owned());
            }
        }
        (faults, unknown)
    }

    /// All valid names, comma-separated.
    pub fn names() -> String {
        let mut names = String::from(LARGE);
        for (name, _) in FAULTS {
            names.push_str(", ");
            names.push_str(name);
        }
        names
    }

    pub fn large(self) -> bool {
        self.large
    }

    /// Whether everything has this fault.
    pub fn has(self, fault: Fault) -> bool {
        self.bits & fault as u16 != 0
    }

    /// Whether something named `name` has this fault, by its name or because everything has it.
    pub(crate) fn hit(self, fault: Fault, name: &str) -> bool {
        self.has(fault) || named(name, fault)
    }
}

/// Whether `name` contains the fault's name.
fn named(name: &str, fault: Fault) -> bool {
    let name = name.to_ascii_lowercase();
    FAULTS.iter().any(|(known, one)| *one == fault && name.contains(known))
}

/// Whether `call` is about one identity with the fault in its name. Never for lists, which one such identity must not break.
pub(crate) fn about(call: &Call, fault: Fault) -> bool {
    let path: Vec<&str> = call.lower.iter().map(String::as_str).collect();
    match path[..] {
        ["subscriptions", _, "resourcegroups", _, "providers", "microsoft.managedidentity", "userassignedidentities", name, ..] => {
            named(name, fault)
        }
        [.., "deployments", _] | [.., "deployments", _, "validate" | "whatif"] | [.., "checkpolicyrestrictions"] if call.is_write() => {
            call.json().is_ok_and(|body| mentions(&body, fault))
        }
        _ => false,
    }
}

// Keys of a deployment whose values are not identity names, such as group names and tag values.
const NOT_NAMES: [&str; 4] = ["tags", "resourceGroup", "dependsOn", "location"];

// The name may be in a parameter, in a resource, or in a pending field.
fn mentions(value: &Value, fault: Fault) -> bool {
    match value {
        Value::String(text) => named(text, fault),
        Value::Array(items) => items.iter().any(|item| mentions(item, fault)),
        Value::Object(fields) if fields.get("type").is_some_and(|kind| kind == "Microsoft.Resources/resourceGroups") => false,
        Value::Object(fields) => fields.iter().any(|(key, value)| !NOT_NAMES.contains(&key.as_str()) && mentions(value, fault)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_url() {
        let faults = Faults::parse("large, Throttled,,policy-denied").expect("all known");
        assert!(faults.large() && faults.has(Fault::Throttled) && faults.has(Fault::PolicyDenied));
        assert!(!faults.has(Fault::Slow));
        assert_eq!(Faults::parse("slow,fast,huge"), Err(vec!["fast".to_owned(), "huge".to_owned()]));
        let (known, unknown) = Faults::read("slow,fast,large");
        assert!(known.has(Fault::Slow) && known.large());
        assert_eq!(unknown, ["fast"]);
        assert_eq!(Faults::parse(&Faults::names()).map(Faults::large), Ok(true));
        assert_eq!(Faults::parse(""), Ok(Faults::default()));
    }

    #[test]
    fn a_name_carries_its_fault() {
        for (name, fault) in FAULTS {
            assert!(Faults::default().hit(fault, &format!("uami-{name}")), "{name}");
            assert!(!Faults::default().hit(fault, "uami-apl2003"));
        }
    }

    #[test]
    fn tags_and_group_names_carry_no_fault() {
        let body = serde_json::json!({ "properties": { "template": { "resources": [
            { "type": "Microsoft.Resources/resourceGroups", "name": "rg-slow" },
            { "name": "a", "resourceGroup": "rg-slow", "tags": { "x": "slow" } }] } } });
        assert!(!mentions(&body, Fault::Slow));
        assert!(mentions(&serde_json::json!({ "parameters": { "name": { "value": "uami-SLOW" } } }), Fault::Slow));
    }
}
