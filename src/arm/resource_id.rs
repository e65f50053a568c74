//! Resource IDs of subscriptions, resource groups and resources.

use std::fmt;

use super::any_case::same;
use super::guid::Guid;
use crate::visible::is_hidden;

/// A resource ID in a subscription. Kept as written and compared case-insensitively: ARM itself writes `resourceGroups` in one
/// response and `resourcegroups` in the next.
#[derive(Clone, Debug)]
pub struct ResourceId(String);

impl ResourceId {
    /// Parses `/subscriptions/{guid}` followed by pairs of type and name. `None` for any other shape.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let mut segments = text.strip_prefix('/')?.split('/');
        let (root, subscription) = (segments.next()?, segments.next()?);
        Guid::parse(subscription)?;
        let rest: Vec<&str> = segments.collect();
        // Some letters count as hidden, too, but group names may contain them.
        let hides = |segment: &str| segment.chars().any(|letter| is_hidden(letter) && !letter.is_alphanumeric());
        let shaped = root.eq_ignore_ascii_case("subscriptions")
            && rest.iter().all(|segment| {
                !segment.is_empty() && !segment.contains(['?', '#', '%', '\\']) && *segment != "." && *segment != ".." && !hides(segment)
            })
            && rest.len().is_multiple_of(2);
        shaped.then(|| Self(text.to_owned()))
    }

    pub fn of_subscription(subscription: &Guid) -> Self {
        Self(format!("/subscriptions/{subscription}"))
    }

    pub fn of_group(subscription: &Guid, group: &str) -> Self {
        Self(format!("/subscriptions/{subscription}/resourceGroups/{group}"))
    }

    pub fn of_identity(subscription: &Guid, group: &str, name: &str) -> Self {
        Self(format!(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}"
        ))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn subscription(&self) -> Option<Guid> {
        Guid::parse(self.after("subscriptions")?)
    }

    pub fn resource_group(&self) -> Option<&str> {
        self.after("resourceGroups")
    }

    /// The namespaced type of the last resource in the ID, such as `Microsoft.ManagedIdentity/userAssignedIdentities`.
    pub fn resource_type(&self) -> Option<String> {
        let segments: Vec<&str> = self.0.split('/').collect();
        let at = segments.iter().rposition(|segment| segment.eq_ignore_ascii_case("providers"))?;
        let namespace = segments.get(at + 1)?;
        let types: Vec<&str> = segments[at + 2..].iter().step_by(2).copied().collect();
        (!types.is_empty()).then(|| format!("{namespace}/{}", types.join("/")))
    }

    /// The last segment.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    fn after(&self, segment: &str) -> Option<&str> {
        let mut segments = self.0.split('/').skip(1);
        while let (Some(kind), Some(name)) = (segments.next(), segments.next()) {
            if kind.eq_ignore_ascii_case(segment) {
                return Some(name);
            }
        }
        None
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for ResourceId {}

impl fmt::Display for ResourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDENTITY: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami";

    #[test]
    fn parses_each_part() {
        let id = ResourceId::parse(IDENTITY).expect("a valid ID");
        assert_eq!(id.subscription(), Guid::parse("11111111-2222-3333-4444-555555555555"));
        assert_eq!(id.resource_group(), Some("RG1"));
        assert_eq!(id.resource_type().as_deref(), Some("Microsoft.ManagedIdentity/userAssignedIdentities"));
        assert_eq!(id.name(), "uami");
        assert_eq!(Some(id), ResourceId::parse(&IDENTITY.replace("resourcegroups", "resourceGroups")));
    }

    #[test]
    fn rejects_invalid_ids() {
        for wrong in [
            "",
            "/",
            "/subscriptions/x",
            "subscriptions/11111111-2222-3333-4444-555555555555",
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups",
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/../x",
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/\u{202e}gr",
        ] {
            assert_eq!(ResourceId::parse(wrong), None, "{wrong}");
        }
    }
}
