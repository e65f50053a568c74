//! Evaluates a template's expressions in the context of a deployment and its parameters.

use serde_json::{Map, Value};

use super::expression::{self, Expression, Kind};
use super::{TemplateError, find, functions, words};
use crate::simulator::deployment::{DeploymentTarget, PlannedResource};
use crate::simulator::json::{json, map};
use crate::simulator::records::group_id;
use crate::simulator::world::World;
use crate::simulator::{ids, resource_handlers, time};

/// Maximum length of a chain of variable references.
const DEPTH_MAX: u32 = 16;

/// The context of an evaluation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EvaluationContext<'a> {
    pub(crate) world: &'a World,
    pub(crate) place: DeploymentTarget<'a>,
    pub(crate) template: &'a Value,
    /// Parameter values by name.
    pub(crate) parameters: &'a Map<String, Value>,
    /// The template's resources, so that `reference()` knows which are still to be created.
    pub(crate) planned: &'a [PlannedResource],
    /// Whether existing resources can be read: not during validation.
    pub(crate) running: bool,
    /// The copy loop's name, and the current index.
    pub(crate) copy: Option<(&'a str, i64)>,
    pub(crate) now: u64,
    pub(crate) depth: u32,
}

impl EvaluationContext<'_> {
    /// Evaluates everything in `value`.
    pub(crate) fn value(&self, value: &Value) -> Result<Value, TemplateError> {
        self.world.budget.deeper(|| self.value_within(value))
    }

    fn value_within(&self, value: &Value) -> Result<Value, TemplateError> {
        Ok(match value {
            Value::String(text) => self.text(text)?,
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?),
            Value::Object(fields) => {
                let mut evaluated = Map::new();
                for (name, field) in fields {
                    let name = match expression::kind(name) {
                        Kind::Literal(name) => name.to_owned(),
                        Kind::Expression(text) => words(&self.parsed(text)?),
                    };
                    evaluated.insert(name, self.value(field)?);
                }
                Value::Object(evaluated)
            }
            other => other.clone(),
        })
    }

    /// The same, but expressions that cannot be evaluated yet are kept, and values are escaped so that they are not evaluated
    /// again: for a nested template evaluated in its parent's scope.
    pub(crate) fn known(&self, value: &Value) -> Result<Value, TemplateError> {
        self.world.budget.deeper(|| self.known_within(value))
    }

    fn known_within(&self, value: &Value) -> Result<Value, TemplateError> {
        Ok(match value {
            Value::String(text) => match self.text(text) {
                Ok(Value::String(text)) if text.starts_with('[') && text.ends_with(']') => Value::String(format!("[{text}")),
                Err(TemplateError::NotYet) => value.clone(),
                other => other?,
            },
            Value::Array(items) => Value::Array(items.iter().map(|item| self.known(item)).collect::<Result<_, _>>()?),
            Value::Object(fields) => {
                let mut known = Map::new();
                for (name, field) in fields {
                    known.insert(name.clone(), self.known(field)?);
                }
                Value::Object(known)
            }
            other => other.clone(),
        })
    }

    /// The same, but `missing` takes the place of what cannot be evaluated yet.
    pub(crate) fn so_far(&self, value: &Value, missing: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let mut evaluated = Map::new();
                for (name, field) in fields {
                    evaluated.insert(name.clone(), self.so_far(field, missing));
                }
                Value::Object(evaluated)
            }
            other => self.value(other).unwrap_or_else(|_| missing.clone()),
        }
    }

    /// Evaluates one string, which may be an expression.
    pub(crate) fn text(&self, text: &str) -> Result<Value, TemplateError> {
        match expression::kind(text) {
            Kind::Literal(text) => self.world.budget.given(text.into()),
            Kind::Expression(text) => self.parsed(text),
        }
    }

    fn parsed(&self, text: &str) -> Result<Value, TemplateError> {
        self.expression(&expression::parse(text)?)
    }

    fn expression(&self, expression: &Expression) -> Result<Value, TemplateError> {
        self.world.budget.deeper(|| self.expression_within(expression)).and_then(|value| self.world.budget.given(value))
    }

    fn expression_within(&self, expression: &Expression) -> Result<Value, TemplateError> {
        match expression {
            Expression::Text(text) => Ok(text.as_str().into()),
            Expression::Number(number) => Ok((*number).into()),
            Expression::Call(name, arguments) => self.call(name, arguments),
            Expression::Property(of, name) => property(&self.expression(of)?, name),
            Expression::Index(of, index) => {
                let (of, index) = (self.expression(of)?, self.expression(index)?);
                match (&of, &index) {
                    (Value::Array(items), Value::Number(at)) => {
                        let item = at.as_u64().and_then(|at| usize::try_from(at).ok()).and_then(|at| items.get(at));
                        item.cloned().ok_or_else(|| {
                            TemplateError::Wrong(format!("The language expression property array index '{at}' is out of bounds."))
                        })
                    }
                    (_, Value::String(name)) => property(&of, name),
                    _ => TemplateError::wrong(format!("The language expression property '{index}' can't be evaluated.")),
                }
            }
        }
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> Result<Value, TemplateError> {
        // These evaluate only some of their arguments.
        match (name, arguments) {
            ("if", [condition, yes, no]) => {
                let chosen = if self.expression(condition)? == Value::Bool(true) { yes } else { no };
                return self.expression(chosen);
            }
            ("and" | "or", _) => {
                for argument in arguments {
                    let value = self.expression(argument)? == Value::Bool(true);
                    if value == (name == "or") {
                        return Ok(value.into());
                    }
                }
                return Ok((name == "and").into());
            }
            ("coalesce", _) => {
                for argument in arguments {
                    let value = self.expression(argument)?;
                    if !value.is_null() {
                        return Ok(value);
                    }
                }
                return Ok(Value::Null);
            }
            _ => {}
        }
        let values: Vec<Value> = arguments.iter().map(|argument| self.expression(argument)).collect::<Result<_, _>>()?;
        match (name, &values[..]) {
            ("parameters", [Value::String(name)]) => find(self.parameters, name)
                .cloned()
                .ok_or_else(|| TemplateError::Wrong(format!("The template parameter '{name}' is not found."))),
            ("variables", [Value::String(name)]) => self.variable(name),
            ("resourcegroup", []) => self.resource_group(),
            ("subscription", []) => {
                let subscription = self.world.subscription(self.place.subscription);
                Ok(json!({
                    "id": format!("/subscriptions/{}", self.place.subscription),
                    "subscriptionId": self.place.subscription,
                    "tenantId": self.world.caller.tenant.id,
                    "displayName": subscription.map(|one| one.name),
                }))
            }
            ("tenant", []) => {
                Ok(json!({ "tenantId": self.world.caller.tenant.id, "countryCode": "US", "displayName": self.world.caller.tenant.name }))
            }
            ("deployer", []) => Ok(json!({ "objectId": self.world.caller.id, "tenantId": self.world.caller.tenant.id })),
            ("environment", []) => Ok(json!({ "name": "AzureCloud", "resourceManager": format!("{}/", self.world.endpoint) })),
            ("deployment", []) => {
                let parameters = map(&mut self.parameters.iter().map(|(name, value)| (name.clone(), json!({ "value": value }))));
                Ok(json!({
                    "name": self.place.name,
                    "location": self.place.location,
                    "properties": { "template": { "contentVersion": self.template["contentVersion"] }, "parameters": parameters,
                        "mode": "Incremental", "provisioningState": "Accepted" },
                }))
            }
            ("resourceid", _) => self.resource_id(&values),
            ("reference", [of]) => self.reference(&words(of), None, false),
            ("reference", [of, version]) => self.reference(&words(of), Some(&words(version)), false),
            ("reference", [of, version, full]) => {
                let full = words(full).eq_ignore_ascii_case("full");
                self.reference(&words(of), Some(words(version).as_str()).filter(|version| !version.is_empty()), full)
            }
            ("copyindex", _) => self.copy_index(&values),
            ("utcnow", []) => Ok(time::compact(self.now).into()),
            ("utcnow", [format]) => Ok(time::custom(self.now, &words(format)).into()),
            // Unique for each call, and the same in every run.
            ("newguid", []) => Ok(ids::of_text(&format!("{} {} {}", self.now, self.place.name, self.world.ids.given)).into()),
            ("subscriptionresourceid", [Value::String(first), ..]) if !first.contains('/') => {
                functions::id_below(&format!("/subscriptions/{first}"), &values[1..])
            }
            ("subscriptionresourceid", _) => functions::id_below(&format!("/subscriptions/{}", self.place.subscription), &values),
            _ => functions::call(name, &values),
        }
    }

    fn variable(&self, name: &str) -> Result<Value, TemplateError> {
        let variables = self.template["variables"].as_object();
        let Some(variable) = variables.and_then(|variables| find(variables, name)) else {
            return TemplateError::wrong(format!("The template variable '{name}' is not found."));
        };
        if self.depth >= DEPTH_MAX {
            return TemplateError::wrong(format!("Circular dependency detected in the template variable '{name}'."));
        }
        Self { depth: self.depth + 1, ..*self }.value(variable)
    }

    fn resource_group(&self) -> Result<Value, TemplateError> {
        let Some(name) = self.place.group else {
            return TemplateError::wrong("The template function 'RESOURCEGROUP' is not expected at this location.");
        };
        let group = self.world.group(self.place.subscription, name);
        Ok(json!({
            "id": group_id(self.place.subscription, name),
            "name": name,
            "type": "Microsoft.Resources/resourceGroups",
            "location": group.as_ref().map(|group| group.location.clone()),
            "tags": group.map(|group| group.tags),
            "properties": { "provisioningState": "Succeeded" },
        }))
    }

    // resourceId([subscription], [group], type, name, ...)
    fn resource_id(&self, values: &[Value]) -> Result<Value, TemplateError> {
        let kind = values.iter().position(|value| value.as_str().is_some_and(|text| text.contains('/')));
        let (subscription, group) = match (kind, values) {
            (Some(0), _) => (self.place.subscription.to_owned(), self.place.group.map(str::to_owned)),
            (Some(1), [group, ..]) if self.place.group.is_some() => (self.place.subscription.to_owned(), Some(words(group))),
            (Some(1), [subscription, ..]) => (words(subscription), None),
            (Some(2), [subscription, group, ..]) => (words(subscription), Some(words(group))),
            _ => {
                return TemplateError::wrong(
                    "Unable to evaluate template language function 'resourceId': the type of the resource is missing.",
                );
            }
        };
        let scope = match group {
            Some(group) => group_id(&subscription, &group),
            None => format!("/subscriptions/{subscription}"),
        };
        functions::id_below(&scope, &values[kind.unwrap_or_default()..])
    }

    fn reference(&self, of: &str, version: Option<&str>, full: bool) -> Result<Value, TemplateError> {
        self.world.budget.spend(self.planned.len())?;
        let planned = self.planned.iter().find(|planned| {
            planned.key.as_deref() == Some(of)
                || planned.id.eq_ignore_ascii_case(of)
                || (!of.contains('/') && planned.name.eq_ignore_ascii_case(of))
        });
        if !self.running || planned.is_some_and(|planned| !planned.done) {
            return Err(TemplateError::NotYet);
        }
        let id = planned.map_or(of, |planned| &planned.id);
        let version = version.or(planned.map(|planned| planned.api_version.as_str())).unwrap_or("2024-07-01");
        match resource_handlers::look_up(self.world, id, version, self.now) {
            Some(body) if full => Ok(body),
            Some(mut body) => Ok(body["properties"].take()),
            None => TemplateError::wrong(format!("The resource '{id}' is not defined in the template and does not exist.")),
        }
    }

    fn copy_index(&self, values: &[Value]) -> Result<Value, TemplateError> {
        let Some((name, index)) = self.copy else {
            return TemplateError::wrong("The template function 'copyIndex' is not expected at this location.");
        };
        match values {
            [Value::String(asked), ..] if !asked.eq_ignore_ascii_case(name) => {
                TemplateError::wrong(format!("The template function 'copyIndex' has an unknown loop name '{asked}'."))
            }
            [Value::String(_), offset] | [offset] if offset.is_i64() => {
                index.checked_add(offset.as_i64().unwrap_or_default()).map(Value::from).ok_or_else(|| {
                    TemplateError::Wrong("Unable to evaluate template language function 'copyIndex': the offset is too large.".to_owned())
                })
            }
            _ => Ok(index.into()),
        }
    }
}

fn property(of: &Value, name: &str) -> Result<Value, TemplateError> {
    let Some(fields) = of.as_object() else {
        return TemplateError::wrong(format!("The language expression property '{name}' can't be evaluated: its parent is no object."));
    };
    find(fields, name).cloned().ok_or_else(|| {
        let known: Vec<&str> = fields.keys().map(String::as_str).collect();
        TemplateError::Wrong(format!(
            "The language expression property '{name}' doesn't exist, available properties are '{}'.",
            known.join(", ")
        ))
    })
}
