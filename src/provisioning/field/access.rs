//! What the fields of the tab Access have in common. They are in none of the tables: a draft holds them as one text.

use super::description::{ConfigDefault, Description, Kind, Spelling};
use super::{Field, Tab};
use crate::messages;

pub(super) static FIELD: Description = Description {
    field: Field::Lock,
    key: "access",
    control: "add-registry",
    label: messages::ACCESS_TITLE,
    tab: Tab::Access,
    kind: Kind::Text,
    blank: None,
    placeholder: "",
    parse: |_| None,
    link: None,
    host: Spelling::AsGiven,
    default: ConfigDefault::Never,
};
