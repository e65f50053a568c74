//! ARM's preflight validation of a deployment: the template, then each resource against its provider's checks.

use serde_json::{Map, Value};

use super::described::evaluation;
use super::request::{invalid_template, read_nested};
use crate::simulator::deployment::{DeploymentRequest, NESTED, PlannedResource};
use crate::simulator::refusal::Refusal;
use crate::simulator::resource_handler::{Check, Intended};
use crate::simulator::resource_type::ResourceType;
use crate::simulator::template::evaluate::EvaluationContext;
use crate::simulator::template::resources::plan;
use crate::simulator::template::{TemplateError, parameters};
use crate::simulator::world::World;
use crate::simulator::{deployment_type, resource_groups, resource_handlers};

/// Maximum parameters, variables and outputs of a template (Azure Resource Manager limits).
const LIMITS: [(&str, usize); 3] = [("parameters", 256), ("variables", 512), ("outputs", 64)];
/// Maximum nesting of deployments.
const DEPTH_MAX: u32 = 8;

const DEPLOY: &str = "Microsoft.Resources/deployments/write";
/// Stands for an ID that is not known yet.
const UNKNOWN_ID: &str = "00000000-0000-0000-0000-000000000000";

/// A deployment that ARM would accept.
pub(super) struct Checked {
    pub(super) parameters: Map<String, Value>,
    pub(super) planned: Vec<PlannedResource>,
    /// Every resource to be written, including those of nested deployments.
    pub(super) wanted: Vec<Wanted>,
    /// Whether a nested deployment could not be evaluated yet.
    pub(super) unknown: bool,
}

/// A resource to be written.
pub(super) struct Wanted {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) api_version: String,
    /// The request body, if it can be evaluated.
    pub(super) body: Option<Value>,
}

/// Validates everything and reports all errors at once.
pub(super) fn check(world: &World, request: &DeploymentRequest, now: u64) -> Result<Checked, Refusal> {
    let mut preflight = Preflight { world, now, groups: Vec::new(), wanted: Vec::new(), errors: Vec::new(), unknown: false };
    let (parameters, planned) = preflight.deployment(request, 0)?;
    let Preflight { wanted, errors, unknown, .. } = preflight;
    if errors.is_empty() { Ok(Checked { parameters, planned, wanted, unknown }) } else { Err(combined(request, &errors, now)) }
}

/// The request body for a template resource.
pub(super) fn body(scope: &EvaluationContext<'_>, planned: &PlannedResource) -> Result<Value, TemplateError> {
    let scope = within_copy(scope, planned);
    let mut body = Map::new();
    for (field, value) in sent(&scope, planned)? {
        let value =
            if planned.kind.eq_ignore_ascii_case(NESTED) && field == "properties" { nested(&scope, value)? } else { scope.value(value)? };
        body.insert(field.clone(), value);
    }
    Ok(Value::Object(body))
}

/// The same, with what can be evaluated before anything starts. An unknown parameter of a nested deployment is most likely an ID.
fn body_so_far(scope: &EvaluationContext<'_>, planned: &PlannedResource) -> Value {
    let scope = within_copy(scope, planned);
    let mut body = Map::new();
    for (field, value) in sent(&scope, planned).into_iter().flatten() {
        let value = if planned.kind.eq_ignore_ascii_case(NESTED) && field == "properties" {
            let mut properties = scope.so_far(value, &UNKNOWN_ID.into());
            properties["template"] =
                if is_inner(value) { value["template"].clone() } else { scope.known(&value["template"]).unwrap_or_default() };
            properties
        } else {
            scope.so_far(value, &Value::Null)
        };
        body.insert(field.clone(), value);
    }
    Value::Object(body)
}

fn within_copy<'a>(scope: &EvaluationContext<'a>, planned: &'a PlannedResource) -> EvaluationContext<'a> {
    EvaluationContext { copy: planned.copy.as_ref().map(|(name, index)| (name.as_str(), *index)), ..*scope }
}

/// The fields of a template resource that are sent to its provider.
fn sent<'a>(
    scope: &EvaluationContext<'a>,
    planned: &PlannedResource,
) -> Result<impl Iterator<Item = (&'a String, &'a Value)>, TemplateError> {
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
    let Some(item) = scope.template.pointer(&planned.at).and_then(Value::as_object) else {
        return TemplateError::wrong(format!("The template resource '{}' is no object.", planned.name));
    };
    Ok(item.iter().filter(|(field, _)| !NOT_SENT.contains(&field.as_str())))
}

fn is_inner(properties: &Value) -> bool {
    properties["expressionEvaluationOptions"]["scope"].as_str().is_some_and(|scope| scope.eq_ignore_ascii_case("inner"))
}

// A nested template is evaluated in its own scope or its parent's; its parameters always in its parent's.
fn nested(scope: &EvaluationContext<'_>, properties: &Value) -> Result<Value, TemplateError> {
    let mut evaluated = Map::new();
    let inner = is_inner(properties);
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

struct Preflight<'a> {
    world: &'a World,
    now: u64,
    /// Groups that the deployment creates: subscription and name, in lower case.
    groups: Vec<(String, String)>,
    wanted: Vec<Wanted>,
    errors: Vec<Refusal>,
    unknown: bool,
}

impl Preflight<'_> {
    fn deployment(&mut self, request: &DeploymentRequest, depth: u32) -> Result<(Map<String, Value>, Vec<PlannedResource>), Refusal> {
        if depth > DEPTH_MAX {
            return Err(invalid_template("The nested deployments are nested too deeply."));
        }
        for field in ["$schema", "contentVersion"] {
            if request.template[field].as_str().is_none_or(str::is_empty) {
                return Err(invalid_template(&format!("Required property '{field}' not found in JSON. Path 'properties.template'.")));
            }
        }
        for (field, limit) in LIMITS {
            if let Some(actual) = request.template[field].as_object().map(Map::len).filter(|actual| *actual > limit) {
                return Err(invalid_template(&format!(
                    "The number of template {field} limit exceeded. Limit: '{limit}' and actual: '{actual}'. Please see https://aka.ms/arm-template-limits for usage details."
                )));
            }
        }
        let refuse = |trouble: TemplateError| match trouble {
            TemplateError::Wrong(why) => invalid_template(&why),
            TemplateError::NotYet => invalid_template("The template function 'reference' is not expected at this location."),
        };
        let parameters = parameters::resolve(self.world, request.place(), &request.template, &request.given, self.now).map_err(refuse)?;
        let scope = evaluation(request, self.world, &parameters, &[], self.now);
        let planned = plan(&scope).map_err(refuse)?;
        // Groups first, since other resources depend on them regardless of the template's order.
        let (groups, others): (Vec<&PlannedResource>, Vec<&PlannedResource>) =
            planned.iter().filter(|planned| planned.made).partition(|planned| resource_groups::TYPE.is(&planned.kind));
        for one in groups.into_iter().chain(others) {
            match body(&evaluation(request, self.world, &parameters, &planned, self.now), one) {
                Ok(body) => self.resource(one, body, depth)?,
                Err(TemplateError::NotYet) => self.unknown(&evaluation(request, self.world, &parameters, &planned, self.now), one, depth),
                Err(trouble) => return Err(refuse(trouble)),
            }
        }
        Ok((parameters, planned))
    }

    // Whatever cannot be evaluated yet: ARM checks the permissions before anything starts.
    fn unknown(&mut self, scope: &EvaluationContext<'_>, planned: &PlannedResource, depth: u32) {
        self.unknown |= planned.kind.eq_ignore_ascii_case(NESTED);
        self.want(planned, None);
        self.permissions(planned, &body_so_far(scope, planned), depth);
    }

    fn permissions(&mut self, planned: &PlannedResource, body: &Value, depth: u32) {
        let (kind, permit): (_, Check) = if planned.kind.eq_ignore_ascii_case(NESTED) {
            (&deployment_type::TYPE, |world, intended| intended.may_write(world, DEPLOY))
        } else {
            let Some(handler) = resource_handlers::named(&planned.kind) else { return };
            let Some(deployed) = &handler.deployed else { return };
            (handler.kind, deployed.permit)
        };
        if let Err(refusal) = permit(self.world, &self.intended(kind, planned, body)) {
            self.errors.push(refusal);
        } else if planned.kind.eq_ignore_ascii_case(NESTED)
            && depth <= DEPTH_MAX
            && let Ok(request) = read_nested(self.world, planned, body)
        {
            self.nested_permissions(&request, depth + 1);
        }
    }

    // Errors of a template with unknown parameters are left to its own deployment.
    fn nested_permissions(&mut self, request: &DeploymentRequest, depth: u32) {
        let Ok(parameters) = parameters::resolve(self.world, request.place(), &request.template, &request.given, self.now) else { return };
        let Ok(planned) = plan(&evaluation(request, self.world, &parameters, &[], self.now)) else { return };
        let scope = evaluation(request, self.world, &parameters, &planned, self.now);
        for one in planned.iter().filter(|one| one.made) {
            self.permissions(one, &body_so_far(&scope, one), depth);
        }
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
        let Some((kind, deployed)) =
            resource_handlers::named(&planned.kind).and_then(|handler| Some((handler.kind, handler.deployed.as_ref()?)))
        else {
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

    fn intended<'preflight>(
        &'preflight self,
        kind: &'static ResourceType,
        planned: &'preflight PlannedResource,
        body: &'preflight Value,
    ) -> Intended<'preflight> {
        Intended { kind, id: &planned.id, name: &planned.name, api_version: &planned.api_version, body, groups: &self.groups }
    }

    fn nested(&mut self, planned: &PlannedResource, body: &Value, depth: u32) -> Result<(), Refusal> {
        let request = read_nested(self.world, planned, body)?;
        let intended = self.intended(&deployment_type::TYPE, planned, body);
        intended.known_version(self.world)?;
        let group = if request.group.is_some() { intended.group_exists(self.world) } else { Ok(()) };
        if let Err(refusal) = group.and_then(|()| intended.may_write(self.world, DEPLOY)) {
            self.errors.push(refusal);
            return Ok(());
        }
        // An invalid nested template makes the whole template invalid.
        self.deployment(&request, depth + 1).map(|_| ())
    }
}

// All errors in one: missing permissions only in the message, the others in the details.
fn combined(request: &DeploymentRequest, errors: &[Refusal], now: u64) -> Refusal {
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
            request.name,
            crate::simulator::ids::of_text(&format!("{} {now}", request.name))
        )
    } else {
        "The template deployment failed with multiple errors. Please see details for more information.".to_owned()
    };
    Refusal::new(400, CODE, &message).details(errors.iter().map(|error| error.error.clone()).collect())
}
