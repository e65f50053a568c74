//! The form's fields. Each is described once, in its own file; code that concerns all fields loops over these tables.
//!
//! There is a table for each kind of reader, so that each part of the program contains only what it uses. Checking the name
//! alone needs none of them (`bin/early.rs`).

mod access;
pub mod description;
mod isolation_scope;
mod name;
mod region;
mod resource_group;
mod restrictions;
mod subscription;
mod tags;
mod value;

use self::description::{Choice, Description, Kind, Property, Report, Tool};
use crate::messages;

/// A field. Rows count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Subscription,
    /// The resource group, or the name of a new one.
    ResourceGroup,
    Region,
    Name,
    IsolationScope,
    Restrictions,
    /// A registry of the tab Access.
    Registry(usize),
    /// The repositories of such a registry.
    Repositories(usize),
    /// A federated credential of the tab Access.
    Credential(usize),
    /// The lock of the tab Access.
    Lock,
    /// The name in a row of tags.
    TagName(usize),
    /// The value in a row of tags.
    TagValue(usize),
    /// The tags as a whole: too many, or a required one is missing.
    Tags,
}

/// A table with one entry per field, in form order. The tags are one field.
macro_rules! table {
    ($entry:ident) => {
        [
            subscription::$entry,
            resource_group::$entry,
            region::$entry,
            name::$entry,
            isolation_scope::$entry,
            restrictions::$entry,
            tags::$entry,
        ]
    };
}

const COUNT: usize = 7;

pub static FIELDS: [Description; COUNT] = table!(FIELD);
/// The accepted column names of each field in a list, in lower case and without blanks.
pub static COLUMNS: [&[&str]; COUNT] = table!(COLUMNS);
/// How `identity-check` reports each field.
pub static REPORTS: [Report; COUNT] = table!(REPORT);

/// The fields that are `properties` of the resource, which not every API version supports.
pub static PROPERTIES: [Property; 2] = [isolation_scope::PROPERTY, restrictions::PROPERTY];
/// The names of the [`PROPERTIES`] in tools.
pub static TOOLS: [Tool; 2] = [isolation_scope::TOOL, restrictions::TOOL];
/// The fields with a fixed list of values.
pub static CHOICES: [Choice; 1] = [isolation_scope::CHOICE];

/// A tab of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Basics,
    /// What the identity may do. Optional.
    Access,
    Tags,
    /// The summary and the Create button.
    Review,
}

impl Tab {
    /// The tab's name in the browser's history.
    pub fn word(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Access => "access",
            Self::Tags => "tags",
            Self::Review => "review",
        }
    }

    /// The tab with this name in the browser's history.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Basics, Self::Access, Self::Tags, Self::Review].into_iter().find(|tab| tab.word() == word)
    }

    /// The id of its panel, which the tabs control assigns by position.
    pub fn panel(self) -> &'static str {
        match self {
            Self::Basics => "create-panel-0",
            Self::Access => "create-panel-1",
            Self::Tags => "create-panel-2",
            Self::Review => "create-panel-3",
        }
    }
}

impl Field {
    /// The index in the tables; rows of tags share the index of the tags. `None` for the fields of the tab Access, which aren't the
    /// identity's own.
    pub fn index(self) -> Option<usize> {
        Some(match self {
            Self::Subscription => 0,
            Self::ResourceGroup => 1,
            Self::Region => 2,
            Self::Name => 3,
            Self::IsolationScope => 4,
            Self::Restrictions => 5,
            Self::TagName(_) | Self::TagValue(_) | Self::Tags => 6,
            Self::Registry(_) | Self::Repositories(_) | Self::Credential(_) | Self::Lock => return None,
        })
    }

    pub fn description(self) -> &'static Description {
        self.index().map_or(&access::FIELD, |index| &FIELDS[index])
    }

    /// The field with this key.
    pub fn of_key(key: &str) -> Option<&'static Description> {
        FIELDS.iter().find(|known| known.key == key)
    }

    /// The field whose control has this id.
    pub fn of_control(id: &str) -> Option<Self> {
        let is_tag = id.starts_with("tag-");
        FIELDS.iter().find(|known| if known.kind == Kind::Tags { is_tag } else { known.control == id }).map(|known| known.field)
    }

    pub fn tab(self) -> Tab {
        self.description().tab
    }

    /// Whether it holds a list of texts.
    pub fn is_list(self) -> bool {
        matches!(self.description().kind, Kind::List { .. })
    }

    pub fn label(self) -> String {
        match self {
            Self::TagName(row) => messages::TAG_NAME_ROW.with([&(row + 1).to_string()]).text(),
            Self::TagValue(row) => messages::TAG_VALUE_ROW.with([&(row + 1).to_string()]).text(),
            Self::Registry(row) => messages::REGISTRY_ROW.with([&(row + 1).to_string()]).text(),
            Self::Repositories(row) => messages::REPOSITORIES_ROW.with([&(row + 1).to_string()]).text(),
            Self::Credential(row) => messages::CREDENTIAL_ROW.with([&(row + 1).to_string()]).text(),
            Self::Lock => messages::TYPE_LOCK.text().into_owned(),
            field => field.description().label.text().into_owned(),
        }
    }

    /// The id of its control.
    pub fn control(self) -> String {
        match self {
            Self::TagName(row) => ["tag-name-", &(row + 1).to_string()].concat(),
            Self::TagValue(row) => ["tag-value-", &(row + 1).to_string()].concat(),
            Self::Registry(row) => ["registry-", &(row + 1).to_string()].concat(),
            Self::Repositories(row) => ["registry-repositories-", &(row + 1).to_string()].concat(),
            Self::Credential(row) => ["credential-", &(row + 1).to_string()].concat(),
            Self::Lock => "lock-name".to_owned(),
            field => field.description().control.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::managed_identity::IdentityProperties;
    use crate::provisioning::draft::Draft;

    #[test]
    fn every_field_has_its_place_and_names_of_its_own() {
        for (index, field) in FIELDS.iter().enumerate() {
            assert_eq!(field.field.index(), Some(index));
            assert_eq!(Field::of_key(field.key).map(|known| known.field), Some(field.field));
            assert_eq!(Field::of_control(field.control), Some(field.field));
            let same = |other: &&Description| other.key == field.key || other.control == field.control || other.label == field.label;
            assert_eq!(FIELDS.iter().filter(same).count(), 1, "{}", field.key);
        }
        assert_eq!([Field::TagName(2), Field::TagValue(0)].map(|field| field.description().field), [Field::Tags; 2]);
        assert_eq!(Field::TagValue(2).control(), "tag-value-3");
    }

    /// Stored drafts, links, host pages, `config.json` and reports contain these: changing one breaks existing data.
    #[test]
    fn keys_and_their_order_stay() {
        let names: Vec<_> = FIELDS.iter().zip(&REPORTS).map(|(field, report)| (field.key, report.key, report.subject)).collect();
        assert_eq!(
            names,
            [
                ("subscription", "subscription", "subscription"),
                ("resourceGroup", "resourceGroup", "resource-group"),
                ("region", "region", "region"),
                ("name", "name", "name"),
                ("isolationScope", "isolationScope", "isolation-scope"),
                ("restrictions", "resourceRestrictions", "resource-restrictions"),
                ("tags", "tags", "tags"),
            ]
        );
    }

    #[test]
    fn the_example_fills_every_field_with_what_it_accepts() {
        let (draft, blank) = (Draft::example(), Draft::default());
        for field in &FIELDS {
            assert!(!blank.has(field.field) && draft.has(field.field), "{}", field.key);
            let value = draft.value(field.field);
            assert!(field.kind != Kind::Text || (field.parse)(value).as_deref() == Some(value), "{}", field.key);
        }
        for property in &PROPERTIES {
            let mut properties = IdentityProperties::default();
            assert!((property.is_set)(&draft) && (property.read)(&draft, &mut properties));
            assert!(properties.document().get(property.member).is_some(), "{}", property.member);
            assert!(TOOLS.iter().any(|tool| tool.field == property.field && tool.member == property.member));
        }
    }
}
