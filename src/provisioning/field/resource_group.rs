//! The resource group, by its name.

use super::description::{ConfigDefault, Description, Kind, Report, Spelling};
use super::{Field, Tab};
use crate::arm::resource_group::ResourceGroupName;
use crate::messages;

pub(super) const FIELD: Description = Description {
    field: Field::ResourceGroup,
    key: "resourceGroup",
    control: "resource-group",
    label: messages::RESOURCE_GROUP,
    tab: Tab::Basics,
    kind: Kind::Text,
    blank: None,
    placeholder: "your-resource-group",
    parse: |text| ResourceGroupName::parse(text).is_ok().then(|| text.to_owned()),
    link: Some(Spelling::AsGiven),
    host: Spelling::AsGiven,
    default: ConfigDefault::Text,
};

pub(super) const COLUMNS: &[&str] = &["resourcegroup", "resourcegroupname", "group", "groupname", "rg"];

pub(super) const REPORT: Report = Report { key: "resourceGroup", subject: "resource-group", rule: messages::REPORT_RESOURCE_GROUP };
