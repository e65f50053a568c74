//! Identities as resources in YAML: of Kubernetes, by Azure Service Operator and Crossplane, and of Pulumi.

use super::super::ParsedText;
use super::super::names::Resolved;
use super::super::parsed_identity::{ParsedIdentity, keep};
use super::super::resource::explain_deployment_scope;
use super::scalar::text_of;
use super::yaml::{Node, Yaml};
use crate::messages;
use crate::provisioning::field::Field;

/// Reads a map that is such a resource, or refers to one; `false` if it isn't.
pub(super) fn read(reading: &mut ParsedText, text: &str, map: &Node) -> bool {
    let version = map.word(text, "apiVersion");
    let crossplane = version.starts_with("managedidentity.azure") && version.contains("upbound.io/");
    let kubernetes = (crossplane || version.starts_with("managedidentity.azure.com/")) && map.word(text, "kind") == "UserAssignedIdentity";
    let pulumi = is_of_pulumi(map.word(text, "type"));
    if !kubernetes && !pulumi {
        return false;
    }
    // One that exists.
    if map.get(text, "get").is_some() {
        return true;
    }
    let follow = |path: &[&str]| path.iter().try_fold(map, |node, key| node.get(text, key));
    let mut found = ParsedIdentity::at(map.at);
    found.end = map.end;
    let paths: [(Field, &[&[&str]]); 3] = if pulumi {
        [
            (Field::Name, &[&["properties", "resourceName"], &["properties", "name"]]),
            (Field::ResourceGroup, &[&["properties", "resourceGroupName"]]),
            (Field::Region, &[&["properties", "location"]]),
        ]
    } else if crossplane {
        [
            (
                Field::Name,
                &[&["metadata", "annotations", "crossplane.io/external-name"], &["spec", "forProvider", "name"], &["metadata", "name"]],
            ),
            (Field::ResourceGroup, &[&["spec", "forProvider", "resourceGroupName"]]),
            (Field::Region, &[&["spec", "forProvider", "location"]]),
        ]
    } else {
        [
            (Field::Name, &[&["spec", "azureName"], &["metadata", "name"]]),
            (Field::ResourceGroup, &[&["spec", "owner", "name"]]),
            (Field::Region, &[&["spec", "location"]]),
        ]
    };
    for (field, paths) in paths {
        if let Some(node) = paths.iter().find_map(|path| follow(path)) {
            let (at, meant) = value(text, node);
            found.set(field, at, meant);
        }
    }
    let tags = follow(&["spec", "tags"]).or(follow(&["spec", "forProvider", "tags"])).or(follow(&["properties", "tags"]));
    for (name, node) in tags.map(Node::entries).unwrap_or_default() {
        let (at, meant) = value(text, node);
        found.tag(name.at, name.written(text).to_owned(), at, meant);
    }
    if pulumi {
        found.explain_empty(Field::Name, messages::READ_PULUMI_NAME);
    }
    explain_deployment_scope(&mut found);
    keep(&mut reading.found, &mut reading.notes, found);
    true
}

/// Whether a type is that of `azure-native`, of some version, or of the classic provider.
fn is_of_pulumi(kind: &str) -> bool {
    let module = kind.strip_suffix(":UserAssignedIdentity").unwrap_or_default();
    module.starts_with("azure-native:managedidentity") || module.starts_with("azure:authorization/")
}

/// A scalar's value and its offset; expressions of a template language are unread.
fn value(text: &str, node: &Node) -> (usize, Resolved) {
    let content = text_of(text, node).text;
    let literal = matches!(node.value, Yaml::Scalar(_)) && !content.contains("{{") && !content.contains("${");
    (node.at, if literal { Resolved::Text(content.trim().to_owned()) } else { Resolved::Unread(content) })
}
