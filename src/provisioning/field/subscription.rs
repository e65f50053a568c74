//! The subscription, by its id.

use super::description::{ConfigDefault, Description, Kind, Report, Spelling};
use super::{Field, Tab};
use crate::arm::guid::Guid;
use crate::messages;

pub(super) const FIELD: Description = Description {
    field: Field::Subscription,
    key: "subscription",
    control: "subscription",
    label: messages::SUBSCRIPTION,
    tab: Tab::Basics,
    kind: Kind::Text,
    blank: None,
    placeholder: "00000000-0000-0000-0000-000000000000",
    parse: |text| Guid::parse(text).map(|id| id.as_str().to_owned()),
    link: Some(Spelling::Checked),
    host: Spelling::AsGiven,
    default: ConfigDefault::Parsed(messages::CONFIG_NOT_GUID),
};

pub(super) const COLUMNS: &[&str] = &["subscription", "subscriptionid"];

pub(super) const REPORT: Report = Report { key: "subscription", subject: "subscription", rule: messages::REPORT_SUBSCRIPTION };
