//! The isolation scope: whether resources of any region can use the identity.

use super::description::{Choice, ConfigDefault, Description, Kind, Property, Report, Spelling, Tool};
use super::{Field, Tab};
use crate::arm::managed_identity::{IDENTITY_API_ISOLATION, IsolationScope};
use crate::messages;

const NONE: &str = IsolationScope::None.as_str();
const REGIONAL: &str = IsolationScope::Regional.as_str();
const PROPERTY_NAME: &str = "isolationScope";

pub(super) const FIELD: Description = Description {
    field: Field::IsolationScope,
    key: "isolationScope",
    control: "isolation-scope",
    label: messages::ISOLATION_SCOPE,
    tab: Tab::Basics,
    kind: Kind::Text,
    blank: Some(messages::ISOLATION_NONE),
    placeholder: NONE,
    parse: |text| IsolationScope::parse(text).map(|scope| scope.as_str().to_owned()),
    link: Some(Spelling::Normalized),
    host: Spelling::AsGiven,
    default: ConfigDefault::OneOf(&[(NONE, NONE), (REGIONAL, REGIONAL)]),
};

pub(super) const PROPERTY: Property = Property {
    field: Field::IsolationScope,
    member: PROPERTY_NAME,
    api_version: IDENTITY_API_ISOLATION,
    is_set: |draft| IsolationScope::parse(&draft.isolation_scope).is_some_and(|scope| scope != IsolationScope::None),
    invalid: messages::SCOPE_UNKNOWN,
    not_offered: messages::SCOPE_NOT_OFFERED,
    read: |draft, properties| {
        let scope = IsolationScope::parse(&draft.isolation_scope);
        properties.isolation_scope = scope.unwrap_or_default();
        scope.is_some() || draft.isolation_scope.is_empty()
    },
    values: |properties| match properties.isolation_scope {
        IsolationScope::None => Vec::new(),
        scope @ IsolationScope::Regional => vec![scope.as_str()],
    },
};

pub(super) const TOOL: Tool = Tool {
    field: Field::IsolationScope,
    member: PROPERTY_NAME,
    az: "--isolation-scope",
    az_since: "2.82",
    // Since 5.0.
    azurerm: Some("isolation_scope"),
    cmdlet: Some("-IsolationScope"),
};

pub(super) const CHOICE: Choice = Choice {
    field: Field::IsolationScope,
    info: messages::ISOLATION_SCOPE_INFO,
    values: &[(NONE, messages::ISOLATION_NONE), (REGIONAL, messages::ISOLATION_REGIONAL)],
};

pub(super) const COLUMNS: &[&str] = &["isolationscope", "isolation"];

pub(super) const REPORT: Report = Report { key: "isolationScope", subject: "isolation-scope", rule: messages::REPORT_ISOLATION_SCOPE };

#[cfg(test)]
mod tests {
    use crate::provisioning::check::Knowledge;
    use crate::provisioning::draft::Draft;
    use crate::provisioning::link::{fill, unusable};
    use crate::provisioning::placeholder::sketch;

    #[test]
    fn a_link_may_write_it_in_any_case() {
        let mut draft = Draft::default();
        fill(&mut draft, "isolationScope=regional");
        assert_eq!(draft.isolation_scope, "Regional");
        fill(&mut draft, "isolationScope=zonal");
        assert_eq!(draft.isolation_scope, "zonal");
        let told: Vec<_> = unusable("isolationScope=zonal").iter().map(crate::messages::Sentence::text).collect();
        assert_eq!(told, ["“zonal” isn't a valid value for “isolationScope”."]);
    }

    #[test]
    fn code_has_the_default_for_a_bad_one() {
        let draft = Draft { isolation_scope: "Galactic".into(), ..Draft::example() };
        let sketch = sketch(&draft, &Knowledge::default()).expect("a plan");
        assert_eq!(sketch.placeholders, [super::Field::IsolationScope]);
        let identity = sketch.plan.identities().next().expect("an identity");
        assert_eq!(identity.properties.isolation_scope, super::IsolationScope::None);
    }
}
