//! A plan as one ARM template deployment: the template people download is the one that Create sends.

mod access;

pub use self::access::{credential_body, deployment_name, extended, is_in_scope, lock_body, of_identity};
use super::plan::{NewGroup, NewIdentity, NewResource, Plan};
use crate::arm::api_version::RESOURCES_API;
use crate::arm::document::Document;
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::arm::resource_group::ResourceGroupName;

pub const DEPLOYMENT_TYPE: &str = "Microsoft.Resources/deployments";
/// The schema of a template for a resource group.
pub const GROUP_SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
/// The schema of a template for a subscription.
pub const SUBSCRIPTION_SCHEMA: &str = "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#";

/// The scope of a plan's deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// The subscription: the template creates a group, or deploys to more than one.
    Subscription,
    /// An existing group.
    Group(&'a ResourceGroupName),
}

/// The scope of `plan`'s deployment.
pub fn scope(plan: &Plan) -> Scope<'_> {
    let mut groups = plan.identities().map(|identity| &identity.group);
    match (plan.new_group(), groups.next()) {
        (None, Some(group)) if groups.all(|other| other == group) => Scope::Group(group),
        _ => Scope::Subscription,
    }
}

/// The template of `plan`, as readable JSON.
pub fn template(plan: &Plan) -> String {
    document(plan).json()
}

/// The JSON body for validating, `whatIf` and creating `plan`'s deployment.
pub fn deployment_body(plan: &Plan) -> String {
    let mut body = Document::object([]);
    if scope(plan) == Scope::Subscription
        && let Some(location) = plan.location()
    {
        body.push("location", Document::text(location.as_str()));
    }
    body.push("properties", Document::object([("mode", Document::text("Incremental")), ("template", document(plan))]));
    body.json_line()
}

pub fn document(plan: &Plan) -> Document {
    let in_subscription = scope(plan) == Scope::Subscription;
    let mut resources = Vec::new();
    for (index, resource) in plan.resources.iter().enumerate() {
        match resource {
            NewResource::Group(group) => resources.push(group_resource(group)),
            NewResource::Identity(identity) if in_subscription => {
                let mut nested = Document::object([
                    ("type", Document::text(DEPLOYMENT_TYPE)),
                    ("apiVersion", Document::text(RESOURCES_API)),
                    ("name", Document::text(&nested_name(plan, index))),
                    ("resourceGroup", Document::text(identity.group.as_str())),
                ]);
                if plan.new_group().is_some_and(|group| group.name == identity.group) {
                    nested.push("dependsOn", Document::texts([group_dependency(&identity.group).as_str()].into_iter()));
                }
                let mut inside = vec![identity_resource(identity)];
                inside.extend(of_identity(plan, identity).into_iter().map(literal));
                let mut template = envelope(GROUP_SCHEMA, inside);
                if access::has_roles(plan, identity) {
                    template.push("outputs", access::principal_output(identity));
                }
                nested.push("properties", nested_properties(None, template));
                resources.push(nested);
            }
            NewResource::Identity(identity) => {
                resources.push(identity_resource(identity));
                resources.extend(of_identity(plan, identity).into_iter().map(literal));
            }
            NewResource::Role(role) => resources.push(access::role(plan, role)),
            // With their identity.
            NewResource::Credential(_) | NewResource::Lock(_) => {}
        }
    }
    envelope(if in_subscription { SUBSCRIPTION_SCHEMA } else { GROUP_SCHEMA }, resources)
}

/// The body of the request that creates an identity.
pub fn identity_body(identity: &NewIdentity) -> Document {
    let mut body = Document::object([("location", Document::text(identity.location.as_str()))]);
    if !identity.tags.is_empty() {
        body.push("tags", Document::pairs(identity.tags.iter()));
    }
    if let Some(properties) = identity_properties(identity) {
        body.push("properties", properties);
    }
    body
}

/// The `properties` of an identity, if any differ from ARM's defaults.
pub fn identity_properties(identity: &NewIdentity) -> Option<Document> {
    let properties = identity.properties.document();
    (properties != Document::object([])).then_some(properties)
}

/// The body of the request that creates a group.
pub fn group_body(group: &NewGroup) -> Document {
    let mut body = Document::object([("location", Document::text(group.location.as_str()))]);
    if !group.tags.is_empty() {
        body.push("tags", Document::pairs(group.tags.iter()));
    }
    body
}

/// The name of the nested deployment for the plan's resource at `index`.
pub fn nested_name(plan: &Plan, index: usize) -> String {
    let before = plan.resources.iter().take(index).filter(|resource| matches!(resource, NewResource::Identity(_))).count();
    let mut name = String::from("identity");
    if before > 0 {
        name.push('-');
        name.push_str(&(before + 1).to_string());
    }
    name
}

/// The properties of a nested deployment: its own template, with its own scope for expressions (`inner`), so that texts
/// are escaped once, as in any template.
fn nested_properties(parameters: Option<Document>, template: Document) -> Document {
    let mut properties = Document::object([
        ("mode", Document::text("Incremental")),
        ("expressionEvaluationOptions", Document::object([("scope", Document::text("inner"))])),
    ]);
    if let Some(parameters) = parameters {
        properties.push("parameters", parameters);
    }
    properties.push("template", template);
    properties
}

fn envelope(schema: &str, resources: Vec<Document>) -> Document {
    Document::object([
        ("$schema", Document::text(schema)),
        ("contentVersion", Document::text("1.0.0.0")),
        ("resources", Document::List(resources)),
    ])
}

fn group_resource(group: &NewGroup) -> Document {
    let resource = Document::object([
        ("type", Document::text("Microsoft.Resources/resourceGroups")),
        ("apiVersion", Document::text(RESOURCES_API)),
        ("name", Document::text(group.name.as_str())),
    ]);
    with_body(resource, group_body(group))
}

fn group_dependency(group: &ResourceGroupName) -> String {
    let mut expression = String::from("[subscriptionResourceId('Microsoft.Resources/resourceGroups', '");
    // A group's name cannot contain quotes.
    expression.push_str(group.as_str());
    expression.push_str("')]");
    expression
}

fn identity_resource(identity: &NewIdentity) -> Document {
    let resource = Document::object([
        ("type", Document::text(IDENTITY_TYPE)),
        ("apiVersion", Document::text(identity.api_version())),
        ("name", Document::text(identity.name.as_str())),
    ]);
    with_body(resource, identity_body(identity))
}

/// A template's resource with the content of its request's body.
fn with_body(mut resource: Document, body: Document) -> Document {
    resource.append(literal(body));
    resource
}

/// Escapes a document so that nothing in it is evaluated as a template expression.
fn literal(document: Document) -> Document {
    match document {
        Document::Text(text) => Document::Text(literal_text(text)),
        Document::Expression(_) => document,
        Document::List(items) => Document::List(items.into_iter().map(literal).collect()),
        Document::Object(members) => {
            Document::Object(members.into_iter().map(|(name, value)| (literal_text(name), literal(value))).collect())
        }
    }
}

/// A text that begins with `[` and ends with `]` is an expression unless it begins with a second `[`; any other
/// text must stay unchanged (Azure docs, "Template expressions", Escape characters).
fn literal_text(text: String) -> String {
    if text.starts_with('[') && text.ends_with(']') {
        let mut escaped = String::with_capacity(text.len() + 1);
        escaped.push('[');
        escaped.push_str(&text);
        escaped
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_an_expression_is_escaped() {
        let table = [
            ("[resourceGroup().location]", "[[resourceGroup().location]"),
            ("[x]", "[[x]"),
            ("[[x]", "[[[x]"),
            ("[]", "[[]"),
            ("[x] y", "[x] y"),
            ("x [y]", "x [y]"),
            ("[[x", "[[x"),
            ("[", "["),
            ("", ""),
        ];
        for (text, escaped) in table {
            assert_eq!(literal_text(text.to_owned()), escaped, "{text}");
        }
    }
}
