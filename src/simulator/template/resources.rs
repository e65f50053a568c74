//! A template's resources as deployment steps: names, API versions, dependencies.

use std::collections::BTreeMap;

use serde_json::Value;

use super::evaluate::EvaluationContext;
use super::functions::id_below;
use super::{TemplateError, words};
use crate::simulator::deployment::PlannedResource;
use crate::simulator::records::group_id;

/// Maximum resources in a template (Azure Resource Manager limits: 800).
const RESOURCES_MAX: u32 = 800;
/// Maximum dependencies in a template in total. ARM limits the job: 1 MB with all its metadata.
const DEPENDENCIES_MAX: usize = 20_000;
/// The template's resources, without those whose condition is false.
pub(crate) fn plan(scope: &EvaluationContext<'_>) -> Result<Vec<PlannedResource>, TemplateError> {
    let mut planned = Vec::new();
    match &scope.template["resources"] {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add(scope, item, None, &format!("/resources/{index}"), None, &mut planned)?;
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                let pointer = format!("/resources/{}", key.replace('~', "~0").replace('/', "~1"));
                add(scope, item, Some(key), &pointer, None, &mut planned)?;
            }
        }
        _ => return TemplateError::wrong("Required property 'resources' not found in JSON. Path ''."),
    }
    order(scope, &mut planned)?;
    Ok(planned)
}

fn add(
    scope: &EvaluationContext<'_>,
    item: &Value,
    key: Option<&str>,
    at: &str,
    parent: Option<&PlannedResource>,
    planned: &mut Vec<PlannedResource>,
) -> Result<(), TemplateError> {
    let copy = &item["copy"];
    if !copy.is_object() {
        return add_one(scope, item, key, at, parent, None, planned);
    }
    let name = words(&copy["name"]);
    let count = scope.value(&copy["count"])?.as_i64().unwrap_or_default();
    if !(0..=i64::from(RESOURCES_MAX)).contains(&count) {
        return TemplateError::wrong(format!(
            "The template 'copy' definition '{name}' has an invalid copy count. The copy count must be a positive integer value and cannot exceed '{RESOURCES_MAX}'. Please see https://aka.ms/arm-copy for usage details."
        ));
    }
    for index in 0..count {
        let scope = EvaluationContext { copy: Some((&name, index)), ..*scope };
        add_one(&scope, item, key, at, parent, Some((name.clone(), index)), planned)?;
    }
    Ok(())
}

fn add_one(
    scope: &EvaluationContext<'_>,
    item: &Value,
    key: Option<&str>,
    at: &str,
    parent: Option<&PlannedResource>,
    copy: Option<(String, i64)>,
    planned: &mut Vec<PlannedResource>,
) -> Result<(), TemplateError> {
    if planned.len() >= RESOURCES_MAX as usize {
        return TemplateError::wrong(format!(
            "The number of template resources limit exceeded. Limit: '{RESOURCES_MAX}' and actual: '{}'. Please see https://aka.ms/arm-template-limits for usage details.",
            planned.len() + 1
        ));
    }
    let wanted = item.get("condition").is_none() || scope.value(&item["condition"])? == Value::Bool(true);
    let text = |field: &str| -> Result<String, TemplateError> {
        match scope.value(&item[field])? {
            Value::String(text) if !text.is_empty() => Ok(text),
            _ => TemplateError::wrong(format!(
                "The template resource at '{at}' is missing the required property '{field}', or it is no string."
            )),
        }
    };
    let (mut kind, mut name, api_version) = (text("type")?, text("name")?, text("apiVersion")?);
    if let Some(parent) = parent {
        kind = format!("{}/{kind}", parent.kind);
        name = format!("{}/{name}", parent.name);
    }
    let id = id(scope, item, &kind, &name)?;
    let one = PlannedResource {
        key: key.map(str::to_owned),
        id,
        kind,
        name,
        api_version,
        at: at.to_owned(),
        copy,
        after: Vec::new(),
        made: wanted && parent.is_none_or(|parent| parent.made) && item["existing"] != Value::Bool(true),
        done: false,
    };
    planned.push(one.clone());
    if let Some(children) = item["resources"].as_array() {
        for (index, child) in children.iter().enumerate() {
            add(scope, child, None, &format!("{at}/resources/{index}"), Some(&one), planned)?;
        }
    }
    Ok(())
}

// The resource's ID: in the deployment's scope, or in the scope it names.
fn id(scope: &EvaluationContext<'_>, item: &Value, kind: &str, name: &str) -> Result<String, TemplateError> {
    let other = |field: &str| match scope.value(&item[field]) {
        Ok(Value::String(text)) => Ok(Some(text)),
        Ok(Value::Null) => Ok(None),
        Ok(_) => TemplateError::wrong(format!("The property '{field}' of the template resource '{name}' is no string.")),
        Err(trouble) => Err(trouble),
    };
    let subscription = other("subscriptionId")?.unwrap_or_else(|| scope.place.subscription.to_owned());
    let group = other("resourceGroup")?.or_else(|| scope.place.group.map(str::to_owned));
    let in_group = match group {
        Some(group) if !kind.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") => group_id(&subscription, &group),
        _ => format!("/subscriptions/{subscription}"),
    };
    let below = match other("scope")? {
        Some(place) if place.starts_with('/') => place,
        // The scope of an extension: another resource, by type and name.
        Some(place) => format!("{in_group}/providers/{place}"),
        None => in_group,
    };
    id_below(&below, &[kind.into(), name.into()]).map(|id| words(&id)).map_err(|_| {
        let (types, names) = (kind.split('/').count().saturating_sub(1), name.split('/').count());
        TemplateError::Wrong(format!(
            "The template resource '{name}' for type '{kind}' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name ('{types}' and '{names}'). Please see https://aka.ms/arm-syntax-resources for usage details."
        ))
    })
}

// Resolves dependsOn, and refuses circular dependencies. A child depends on its parent.
fn order(scope: &EvaluationContext<'_>, planned: &mut [PlannedResource]) -> Result<(), TemplateError> {
    let known = Known::of(planned);
    let mut dependencies = 0;
    for index in 0..planned.len() {
        let one = &planned[index];
        let copy = one.copy.as_ref().map(|(name, index)| (name.as_str(), *index));
        let here = EvaluationContext { copy, ..*scope };
        let mut waits = vec![false; planned.len()];
        let mut after: Vec<usize> = Vec::new();
        let mut wait = |other: usize| {
            if other != index && !std::mem::replace(&mut waits[other], true) {
                after.push(other);
            }
        };
        let depends = scope.template.pointer(&one.at).map_or(&Value::Null, |item| &item["dependsOn"]);
        for wanted in depends.as_array().into_iter().flatten() {
            let wanted = words(&here.value(wanted)?);
            let found = known.find(&wanted);
            if found.iter().all(|other| *other == index) {
                return TemplateError::wrong(format!(
                    "The resource '{wanted}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details."
                ));
            }
            scope.world.budget.spend(found.len())?;
            found.into_iter().for_each(&mut wait);
        }
        if let Some((parent, _)) = one.at.rsplit_once("/resources/").filter(|(parent, _)| !parent.is_empty()) {
            (0..planned.len()).filter(|other| planned[*other].at == parent).for_each(&mut wait);
        }
        dependencies += after.len();
        if dependencies > DEPENDENCIES_MAX {
            return TemplateError::wrong(
                "The deployment job exceeds the maximum size: its resources have too many dependencies. Please see https://aka.ms/arm-template-limits for usage details.",
            );
        }
        planned[index].after = after;
    }
    match in_circle(planned) {
        Some(index) => TemplateError::wrong(format!(
            "Circular dependency detected on resource: '{}'. Please see https://aka.ms/arm-syntax-resources for usage details.",
            planned[index].id
        )),
        None => Ok(()),
    }
}

/// The first resource that depends on itself.
fn in_circle(planned: &[PlannedResource]) -> Option<usize> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); planned.len()];
    let mut waits: Vec<usize> = planned.iter().map(|one| one.after.len()).collect();
    for (index, one) in planned.iter().enumerate() {
        one.after.iter().for_each(|other| before[*other].push(index));
    }
    // Repeatedly removes resources without remaining dependencies.
    let mut free: Vec<usize> = (0..planned.len()).filter(|index| waits[*index] == 0).collect();
    while let Some(index) = free.pop() {
        for waiting in &before[index] {
            waits[*waiting] -= 1;
            if waits[*waiting] == 0 {
                free.push(*waiting);
            }
        }
    }
    waits.iter().position(|left| *left > 0)
}

/// Index of the resources by everything `dependsOn` may refer to.
struct Known {
    by_key: BTreeMap<String, usize>,
    /// By lower-case ID, name, type with name, and copy loop name.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Known {
    fn of(planned: &[PlannedResource]) -> Self {
        let mut known = Self { by_key: BTreeMap::new(), by_name: BTreeMap::new() };
        for (index, one) in planned.iter().enumerate() {
            if let Some(key) = &one.key {
                known.by_key.entry(key.clone()).or_insert(index);
            }
            let names = [Some(one.id.clone()), Some(one.name.clone()), Some(format!("{}/{}", one.kind, one.name))];
            for name in names.into_iter().chain([one.copy.as_ref().map(|(name, _)| name.clone())]).flatten() {
                let same = known.by_name.entry(name.to_ascii_lowercase()).or_default();
                if same.last() != Some(&index) {
                    same.push(index);
                }
            }
        }
        known
    }

    fn find(&self, wanted: &str) -> Vec<usize> {
        let by_name = self.by_name.get(&wanted.to_ascii_lowercase()).into_iter().flatten();
        self.by_key.get(wanted).into_iter().chain(by_name).copied().collect()
    }
}
