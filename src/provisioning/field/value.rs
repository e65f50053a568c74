//! What a draft holds in each field.

use super::{FIELDS, Field};
use crate::arm::tags::TAGS_MAX;
use crate::provisioning::draft::{Draft, TagRow};

// No table here: the check of the name alone reads fields, too.
impl Draft {
    /// The text of a field; empty for the fields that are lists.
    pub fn value(&self, field: Field) -> &str {
        match field {
            Field::Subscription => &self.subscription,
            Field::ResourceGroup => &self.resource_group,
            Field::Region => &self.region,
            Field::Name => &self.name,
            Field::IsolationScope => &self.isolation_scope,
            Field::TagName(row) => self.tags.get(row).map_or("", |tag| &tag.name),
            Field::TagValue(row) => self.tags.get(row).map_or("", |tag| &tag.value),
            Field::Restrictions | Field::Tags => "",
        }
    }

    /// The text of a field, to change it; nothing else changes with it. `None` for the fields that are lists.
    pub fn value_mut(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Subscription => Some(&mut self.subscription),
            Field::ResourceGroup => Some(&mut self.resource_group),
            Field::Region => Some(&mut self.region),
            Field::Name => Some(&mut self.name),
            Field::IsolationScope => Some(&mut self.isolation_scope),
            Field::TagName(row) => self.tags.get_mut(row).map(|tag| &mut tag.name),
            Field::TagValue(row) => self.tags.get_mut(row).map(|tag| &mut tag.value),
            Field::Restrictions | Field::Tags => None,
        }
    }

    /// The texts of a field that is a list of them.
    pub fn list(&self, field: Field) -> &[String] {
        if field == Field::Restrictions { &self.restrictions } else { &[] }
    }

    /// The same, to change them.
    pub fn list_mut(&mut self, field: Field) -> Option<&mut Vec<String>> {
        (field == Field::Restrictions).then_some(&mut self.restrictions)
    }

    /// Whether something stands in a field. The tags as a whole count once there are too many: a missing one is
    /// nobody's mistake yet.
    pub fn has_content(&self, field: Field) -> bool {
        match field {
            Field::Tags => self.tags.iter().filter(|tag| !tag.is_blank()).count() > TAGS_MAX,
            field => !self.value(field).is_empty() || !self.list(field).is_empty(),
        }
    }

    /// Whether anything is typed or chosen in a field.
    pub fn has(&self, field: Field) -> bool {
        match field {
            Field::Tags => !self.tags.iter().all(TagRow::is_blank),
            field => self.has_content(field),
        }
    }

    /// Whether nothing was typed or chosen.
    pub fn is_blank(&self) -> bool {
        FIELDS.iter().all(|known| !self.has(known.field))
    }

    /// Sets a text that was chosen elsewhere: in a link, by a host page, in a script.
    pub fn choose(&mut self, field: Field, text: String) {
        match field {
            Field::ResourceGroup => self.group_is_new = false,
            Field::Region => self.region_chosen = !text.is_empty(),
            _ => {}
        }
        if let Some(value) = self.value_mut(field) {
            *value = text;
        }
    }
}

#[cfg(test)]
impl Draft {
    /// A draft with a value in every field.
    pub(crate) fn example() -> Self {
        Self {
            subscription: "11111111-2222-3333-4444-555555555555".into(),
            resource_group: "rg-new".into(),
            region: "eastus".into(),
            region_chosen: true,
            name: "uami-apl2003".into(),
            isolation_scope: "Regional".into(),
            restrictions: vec!["Microsoft.Compute".into(), "Microsoft.Web/sites".into()],
            tags: vec![TagRow { name: "Env".into(), value: "prod".into() }],
            ..Self::default()
        }
    }
}
