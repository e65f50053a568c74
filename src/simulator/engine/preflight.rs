//! ARM's own look at a deployment before anything is made: the template, then what each resource's provider would say.

use serde_json::{Map, Value};

use super::described::evaluation;
use super::request::{invalid_template, read_nested};
use crate::simulator::deployment::{DeploymentRequest, NESTED, PlannedResource};
use crate::simulator::refusal::Refusal;
use crate::simulator::resource_type::{Intended, ResourceType};
use crate::simulator::template::evaluate::EvaluationContext;
use crate::simulator::template::resources::plan;
use crate::simulator::template::{TemplateError, parameters};
use crate::simulator::world::World;
use crate::simulator::{deployment_type, resource_groups, types};

/// Most parameters, variables and outputs of a template (Azure Resource Manager limits).
const LIMITS: [(&str, usize); 3] = [("parameters", 256), ("variables", 512), ("outputs", 64)];
/// How deep deployments may lie within deployments.
const DEPTH_MAX: u32 = 8;

/// A deployment that ARM would accept.
pub(super) struct Checked {
    pub(super) parameters: Map<String, Value>,
    pub(super) planned: Vec<PlannedResource>,
    /// Every resource that will be written, those of nested deployments with them.
    pub(super) wanted: Vec<Wanted>,
    /// Whether a nested deployment could not be looked into yet.
    pub(super) unknown: bool,
}

/// A resource that will be written.
pub(super) struct Wanted {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) api_version: String,
    /// What will be sent, once evaluated.
    pub(super) body: Option<Value>,
}

/// Looks at all of it; tells all that is wrong.
pub(super) fn check(world: &World, asked: &DeploymentRequest, now: u64) -> Result<Checked, Refusal> {
    let mut look = Look { world, now, groups: Vec::new(), wanted: Vec::new(), errors: Vec::new(), unknown: false };
    let (parameters, planned) = look.deployment(asked, 0)?;
    let Look { wanted, errors, unknown, .. } = look;
    if errors.is_empty() { Ok(Checked { parameters, planned, wanted, unknown }) } else { Err(combined(asked, &errors, now)) }
}

/// What will be sent for a resource of a template.
pub(super) fn body(scope: &EvaluationContext<'_>, planned: &PlannedResource) -> Result<Value, TemplateError> {
    const NOT_SENT: [&str; 13] = [
        "type",
        "name",
        "apiVersion",
        "dependsOn",
        "condition",
        "copy",
        "scope",
        "resourceGroup",
        "subscriptionId",
        "comments",
        "resources",
        "existing",
        "metadata",
    ];
    let copy = planned.copy.as_ref().map(|(name, index)| (name.as_str(), *index));
    let scope = EvaluationContext { copy, ..*scope };
    let Some(item) = scope.template.pointer(&planned.at).and_then(Value::as_object) else {
        return TemplateError::wrong(format!("The template resource '{}' is no object.", planned.name));
    };
    let mut body = Map::new();
    for (field, value) in item.iter().filter(|(field, _)| !NOT_SENT.contains(&field.as_str())) {
        let value =
            if planned.kind.eq_ignore_ascii_case(NESTED) && field == "properties" { nested(&scope, value)? } else { scope.value(value)? };
        body.insert(field.clone(), value);
    }
    Ok(Value::Object(body))
}

// A nested template is evaluated in its own place, or else in its parent's; its parameters always in its parent's.
fn nested(scope: &EvaluationContext<'_>, properties: &Value) -> Result<Value, TemplateError> {
    let mut evaluated = Map::new();
    let inner = properties["expressionEvaluationOptions"]["scope"].as_str().is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
    for (field, value) in properties.as_object().into_iter().flatten() {
        let value = match field.as_str() {
            "template" if inner => value.clone(),
            "template" => scope.known(value)?,
            _ => scope.value(value)?,
        };
        evaluated.insert(field.clone(), value);
    }
    Ok(Value::Object(evaluated))
}

struct Look<'a> {
    world: &'a World,
    now: u64,
    /// Groups that the deployment makes: subscription and name, in lower case.
    groups: Vec<(String, String)>,
    wanted: Vec<Wanted>,
    errors: Vec<Refusal>,
    unknown: bool,
}

impl Look<'_> {
    fn deployment(&mut self, asked: &DeploymentRequest, depth: u32) -> Result<(Map<String, Value>, Vec<PlannedResource>), Refusal> {
        if depth > DEPTH_MAX {
            return Err(invalid_template("The nested deployments are nested too deeply."));
        }
        for field in ["$schema", "contentVersion"] {
            if asked.template[field].as_str().is_none_or(str::is_empty) {
                return Err(invalid_template(&format!("Required property '{field}' not found in JSON. Path 'properties.template'.")));
            }
        }
        for (field, limit) in LIMITS {
            if let Some(actual) = asked.template[field].as_object().map(Map::len).filter(|actual| *actual > limit) {
                return Err(invalid_template(&format!(
                    "The number of template {field} limit exceeded. Limit: '{limit}' and actual: '{actual}'. Please see https://aka.ms/arm-template-limits for usage details."
                )));
            }
        }
        let refuse = |trouble: TemplateError| match trouble {
            TemplateError::Wrong(why) => invalid_template(&why),
            TemplateError::NotYet => invalid_template("The template function 'reference' is not expected at this location."),
        };
        let parameters = parameters::resolve(self.world, asked.place(), &asked.template, &asked.given, self.now).map_err(refuse)?;
        let scope = evaluation(asked, self.world, &parameters, &[], self.now);
        let planned = plan(&scope).map_err(refuse)?;
        // Groups first: what is in them counts on them, in whatever order they are written.
        let (groups, others): (Vec<&PlannedResource>, Vec<&PlannedResource>) =
            planned.iter().filter(|planned| planned.made).partition(|planned| resource_groups::TYPE.is(&planned.kind));
        for one in groups.into_iter().chain(others) {
            match body(&evaluation(asked, self.world, &parameters, &planned, self.now), one) {
                Ok(body) => self.resource(one, body, depth)?,
                Err(TemplateError::NotYet) => self.unknown(one),
                Err(trouble) => return Err(refuse(trouble)),
            }
        }
        Ok((parameters, planned))
    }

    fn unknown(&mut self, planned: &PlannedResource) {
        self.unknown |= planned.kind.eq_ignore_ascii_case(NESTED);
        self.want(planned, None);
    }

    fn want(&mut self, planned: &PlannedResource, body: Option<Value>) {
        self.wanted.push(Wanted {
            id: planned.id.clone(),
            kind: planned.kind.clone(),
            name: planned.name.clone(),
            api_version: planned.api_version.clone(),
            body,
        });
    }

    fn resource(&mut self, planned: &PlannedResource, body: Value, depth: u32) -> Result<(), Refusal> {
        if planned.kind.eq_ignore_ascii_case(NESTED) {
            return self.nested(planned, &body, depth);
        }
        let Some((kind, deployed)) = types::named(&planned.kind).and_then(|kind| Some((kind, kind.deployed.as_ref()?))) else {
            let (namespace, kind) = planned.kind.split_once('/').unwrap_or((&planned.kind, ""));
            let message = format!(
                "The resource type '{kind}' could not be found in the namespace '{namespace}' for api version '{}'.",
                planned.api_version
            );
            self.errors.push(Refusal::new(404, "InvalidResourceType", &message));
            return Ok(());
        };
        match (deployed.check)(self.world, &self.intended(kind, planned, &body)) {
            Ok(()) => {
                if resource_groups::TYPE.is(&planned.kind) {
                    let subscription = planned.id.split('/').nth(2).unwrap_or_default();
                    self.groups.push((subscription.to_lowercase(), planned.name.to_lowercase()));
                }
                self.want(planned, Some(body));
            }
            Err(refusal) => self.errors.push(refusal),
        }
        Ok(())
    }

    fn intended<'look>(&'look self, kind: &'static ResourceType, planned: &'look PlannedResource, body: &'look Value) -> Intended<'look> {
        Intended { kind, id: &planned.id, name: &planned.name, api_version: &planned.api_version, body, groups: &self.groups }
    }

    fn nested(&mut self, planned: &PlannedResource, body: &Value, depth: u32) -> Result<(), Refusal> {
        let asked = read_nested(self.world, planned, body)?;
        let intended = self.intended(&deployment_type::TYPE, planned, body);
        intended.known_version(self.world)?;
        let group = if asked.group.is_some() { intended.group_exists(self.world) } else { Ok(()) };
        if let Err(refusal) = group.and_then(|()| intended.may_write(self.world, "Microsoft.Resources/deployments/write")) {
            self.errors.push(refusal);
            return Ok(());
        }
        // An inner template that is wrong makes the whole one wrong.
        self.deployment(&asked, depth + 1).map(|_| ())
    }
}

// All errors in one. Missing rights stand in the sentence alone, the others in the details.
fn combined(asked: &DeploymentRequest, errors: &[Refusal], now: u64) -> Refusal {
    const CODE: &str = "InvalidTemplateDeployment";
    let rights: Vec<&str> = errors.iter().filter(|error| error.code() == "AuthorizationFailed").map(Refusal::message).collect();
    match rights[..] {
        [] => {}
        [one] => return Refusal::new(400, CODE, &format!("The template deployment failed with error: '{one}'.")),
        _ => return Refusal::new(400, CODE, &format!("Deployment failed with multiple errors: '{}'", rights.join(":"))),
    }
    let message = if errors.len() == 1 {
        format!(
            "The template deployment '{}' is not valid according to the validation procedure. The tracking id is '{}'. See inner errors for details.",
            asked.name,
            crate::simulator::ids::of_text(&format!("{} {now}", asked.name))
        )
    } else {
        "The template deployment failed with multiple errors. Please see details for more information.".to_owned()
    };
    Refusal::new(400, CODE, &message).details(errors.iter().map(|error| error.error.clone()).collect())
}
