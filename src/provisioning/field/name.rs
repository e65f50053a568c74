//! The identity's name.

use super::description::{ConfigDefault, Description, Kind, Report, Spelling};
use super::{Field, Tab};
use crate::arm::identity_name::IdentityName;
use crate::messages;

pub(super) const FIELD: Description = Description {
    field: Field::Name,
    key: "name",
    control: "name",
    label: messages::NAME,
    tab: Tab::Basics,
    kind: Kind::Text,
    blank: None,
    placeholder: "your-identity",
    parse: |text| IdentityName::parse(text).is_ok().then(|| text.to_owned()),
    link: Some(Spelling::AsGiven),
    host: Spelling::AsGiven,
    default: ConfigDefault::Text,
};

pub(super) const COLUMNS: &[&str] = &["name", "identity", "identityname", "managedidentity", "uami"];

pub(super) const REPORT: Report = Report { key: "name", subject: "name", rule: messages::REPORT_NAME };
