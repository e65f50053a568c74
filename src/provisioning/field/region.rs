//! The region, by its name.

use super::description::{ConfigDefault, Description, Kind, Report, Spelling};
use super::{Field, Tab};
use crate::arm::location::LocationName;
use crate::messages;

pub(super) const FIELD: Description = Description {
    field: Field::Region,
    key: "region",
    control: "region",
    label: messages::REGION,
    tab: Tab::Basics,
    kind: Kind::Text,
    blank: None,
    placeholder: "eastus",
    parse: |text| LocationName::parse(text).map(|name| name.as_str().to_owned()),
    link: Some(Spelling::Normalized),
    host: Spelling::Normalized,
    default: ConfigDefault::Parsed(messages::CONFIG_NOT_REGION),
};

pub(super) const COLUMNS: &[&str] = &["region", "location"];

pub(super) const REPORT: Report = Report { key: "region", subject: "region", rule: messages::REPORT_REGION };
