//! The tags. Their rows are fields of their own where a problem is about one of them.

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

/// Columns of tags carry the tag's name.
pub(super) const COLUMNS: &[&str] = &[];

pub(super) const REPORT: Report = Report { key: "tags", subject: "tags", rule: messages::REPORT_TAGS };
