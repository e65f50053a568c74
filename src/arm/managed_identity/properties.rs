//! The optional `properties` of an identity: what each is, which API version has it, and how ARM writes it.

use serde_json::Value;

use crate::arm::document::Document;
use crate::arm::json::{text, texts};

/// The only stable API version with assignment restrictions, and the newest (Microsoft.ManagedIdentity specifications).
/// Versions are not cumulative: 2026-04-30 lacks what 2025-05-31-preview has.
pub const IDENTITY_API: &str = "2026-05-31";
/// The API version that every cloud offers.
pub const IDENTITY_API_COMMON: &str = "2023-01-31";
/// The oldest API version with an isolation scope.
pub const IDENTITY_API_ISOLATION: &str = "2024-11-30";

/// Where an identity may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IsolationScope {
    #[default]
    None,
    /// Only by resources in its own region.
    Regional,
}

impl IsolationScope {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Regional => "Regional",
        }
    }

    /// Parses ARM's value, case-insensitively.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Regional].into_iter().find(|scope| scope.as_str().eq_ignore_ascii_case(text))
    }
}

/// A resource type or a whole provider that may use an identity: `Microsoft.Storage/storageAccounts` or `Microsoft.Storage`.
/// The portal writes the latter as `Microsoft.Storage/*`, which ARM does not accept.
#[derive(Clone, Debug)]
pub struct Restriction(String);

// ARM compares resource types case-insensitively.
impl PartialEq for Restriction {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Restriction {}

impl Restriction {
    /// Parses a type or provider, with or without the trailing `/*`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix("/*").unwrap_or(text);
        let mut segments = text.split('/');
        let namespace = segments.next().unwrap_or_default();
        let shaped = namespace.contains('.')
            && namespace.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            && segments.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        shaped.then(|| Self(text.to_owned()))
    }

    /// In the form ARM accepts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The properties that can be set; one at its default is neither sent nor shown as a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdentityProperties {
    /// Where the identity may be used.
    pub isolation_scope: IsolationScope,
    /// Who may use it; empty for everyone.
    pub restrictions: Vec<Restriction>,
}

impl IdentityProperties {
    /// Those of an identity as ARM writes it.
    pub fn read(identity: &Value) -> Self {
        let providers = texts(identity, "properties.assignmentRestrictions.providers");
        Self {
            isolation_scope: IsolationScope::parse(text(identity, "properties.isolationScope")).unwrap_or_default(),
            restrictions: providers.iter().filter_map(|text| Restriction::parse(text)).collect(),
        }
    }

    /// The `properties` of a request's body, without those at their defaults.
    pub fn document(&self) -> Document {
        let mut properties = Document::object([]);
        if self.isolation_scope != IsolationScope::None {
            properties.push("isolationScope", Document::text(self.isolation_scope.as_str()));
        }
        if !self.restrictions.is_empty() {
            let providers = Document::texts(self.restrictions.iter().map(Restriction::as_str));
            properties.push("assignmentRestrictions", Document::object([("providers", providers)]));
        }
        properties
    }

    /// The oldest API version that has all of them: the widest choice of clouds.
    pub fn api_version(&self) -> &'static str {
        if !self.restrictions.is_empty() {
            IDENTITY_API
        } else if self.isolation_scope == IsolationScope::None {
            IDENTITY_API_COMMON
        } else {
            IDENTITY_API_ISOLATION
        }
    }

    /// Whether they mean the same; restrictions have no order.
    pub fn is_same(&self, other: &Self) -> bool {
        self.isolation_scope == other.isolation_scope
            && self.restrictions.len() == other.restrictions.len()
            && other.restrictions.iter().all(|restriction| self.restrictions.contains(restriction))
    }
}

/// The newest of the offered API versions that this app knows; it reads the most properties.
pub fn best_version(offered: &[String]) -> &'static str {
    let known = [IDENTITY_API, IDENTITY_API_ISOLATION];
    known.into_iter().find(|known| offered.iter().any(|offered| offered == known)).unwrap_or(IDENTITY_API_COMMON)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_and_writes_what_differs_from_the_defaults() {
        let json =
            json!({ "properties": { "isolationScope": "Regional", "assignmentRestrictions": { "providers": ["Microsoft.Compute"] } } });
        let properties = IdentityProperties::read(&json);
        assert_eq!((properties.isolation_scope, properties.restrictions.len()), (IsolationScope::Regional, 1));
        assert_eq!(serde_json::from_str::<Value>(&properties.document().json()).expect("JSON"), json["properties"]);
        let none = IdentityProperties::read(&json!({ "properties": {} }));
        assert_eq!((&none, none.document()), (&IdentityProperties::default(), Document::object([])));
        assert!(!none.is_same(&properties) && properties.is_same(&properties.clone()));
    }

    #[test]
    fn the_best_version_is_the_newest_known_to_both() {
        let offered = |versions: &[&str]| versions.iter().map(|&version| version.to_owned()).collect::<Vec<_>>();
        assert_eq!(best_version(&offered(&["2030-01-01", IDENTITY_API, IDENTITY_API_COMMON])), IDENTITY_API);
        assert_eq!(best_version(&offered(&[IDENTITY_API_ISOLATION, IDENTITY_API_COMMON])), IDENTITY_API_ISOLATION);
        assert_eq!(best_version(&[]), IDENTITY_API_COMMON);
    }

    #[test]
    fn restrictions_drop_the_portals_wildcard_and_ignore_case() {
        let table = [
            ("Microsoft.Storage/*", Some("Microsoft.Storage")),
            ("Microsoft.Storage/storageAccounts", Some("Microsoft.Storage/storageAccounts")),
            ("storage", None),
            ("Microsoft.", None),
            ("Microsoft.Storage/", None),
            ("Microsoft.Storage/a b", None),
        ];
        for (text, restriction) in table {
            assert_eq!(Restriction::parse(text).as_ref().map(Restriction::as_str), restriction, "{text}");
        }
        assert_eq!(Restriction::parse("microsoft.storage"), Restriction::parse("Microsoft.Storage/*"));
    }
}
