//! The tags. A problem with a single row belongs to that row's own field.

use super::description::{ConfigDefault, Description, Kind, Report, Spelling};
use super::{Field, Tab};
use crate::messages;

pub(super) const FIELD: Description = Description {
    field: Field::Tags,
    key: "tags",
    control: "tag-name-1",
    label: messages::TAGS,
    tab: Tab::Tags,
    kind: Kind::Tags,
    blank: None,
    placeholder: "",
    parse: |_| None,
    link: Some(Spelling::AsGiven),
    host: Spelling::AsGiven,
    default: ConfigDefault::Tags,
};

/// None, since a tag's column contains the tag's name.
pub(super) const COLUMNS: &[&str] = &[];

pub(super) const REPORT: Report = Report { key: "tags", subject: "tags", rule: messages::REPORT_TAGS };
