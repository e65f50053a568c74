//! Resource restrictions: the resource types and providers that may use the identity.

use super::description::{ConfigDefault, Description, Kind, Property, Report, Spelling, Tool};
use super::{Field, Tab};
use crate::arm::managed_identity::{IDENTITY_API, Restriction};
use crate::messages;

const PROPERTY_NAME: &str = "assignmentRestrictions";

pub(super) const FIELD: Description = Description {
    field: Field::Restrictions,
    key: "restrictions",
    control: "restrictions",
    label: messages::RESOURCE_RESTRICTIONS,
    tab: Tab::Basics,
    kind: Kind::List { entry: "restriction" },
    blank: Some(messages::RESOURCE_RESTRICTIONS_PLACEHOLDER),
    placeholder: "",
    parse: |text| Restriction::parse(text).map(|restriction| restriction.as_str().to_owned()),
    link: Some(Spelling::Checked),
    host: Spelling::AsGiven,
    default: ConfigDefault::Never,
};

pub(super) const PROPERTY: Property = Property {
    field: Field::Restrictions,
    member: PROPERTY_NAME,
    api_version: IDENTITY_API,
    is_set: |draft| !draft.restrictions.is_empty(),
    invalid: messages::RESTRICTION_UNKNOWN,
    not_offered: messages::RESTRICTIONS_NOT_OFFERED,
    read: |draft, properties| {
        let mut all_read = true;
        for text in &draft.restrictions {
            match Restriction::parse(text) {
                Some(restriction) if properties.restrictions.contains(&restriction) => {}
                Some(restriction) => properties.restrictions.push(restriction),
                None => all_read = false,
            }
        }
        all_read
    },
    values: |properties| properties.restrictions.iter().map(Restriction::as_str).collect(),
};

pub(super) const TOOL: Tool = Tool {
    field: Field::Restrictions,
    member: PROPERTY_NAME,
    az: "--resource-restriction",
    az_since: "2.88",
    // hashicorp/terraform-provider-azurerm#32739
    azurerm: None,
    cmdlet: None,
};

pub(super) const COLUMNS: &[&str] = &["restrictions", "resourcerestrictions", "resourcerestriction"];

pub(super) const REPORT: Report =
    Report { key: "resourceRestrictions", subject: "resource-restrictions", rule: messages::REPORT_RESTRICTIONS };
