//! Reads and sets the value of each field in a draft.

use super::{FIELDS, Field};
use crate::arm::tags::TAGS_MAX;
use crate::provisioning::draft::{Draft, TagRow};

// No tables here: checking the name alone also reads fields.
impl Draft {
    /// The text of a field; empty for list fields.
    pub fn value(&self, field: Field) -> &str {
        match field {
            Field::Subscription => &self.subscription,
            Field::ResourceGroup => &self.resource_group,
            Field::Region => &self.region,
            Field::Name => &self.name,
            Field::IsolationScope => &self.isolation_scope,
            Field::TagName(row) => self.tags.get(row).map_or("", |tag| &tag.name),
            Field::TagValue(row) => self.tags.get(row).map_or("", |tag| &tag.value),
            Field::Restrictions | Field::Tags | Field::Registry(_) | Field::Repositories(_) | Field::Credential(_) | Field::Lock => "",
        }
    }

    /// The mutable text of a field; setting it changes nothing else. `None` for list fields.
    pub fn value_mut(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Subscription => Some(&mut self.subscription),
            Field::ResourceGroup => Some(&mut self.resource_group),
            Field::Region => Some(&mut self.region),
            Field::Name => Some(&mut self.name),
            Field::IsolationScope => Some(&mut self.isolation_scope),
            Field::TagName(row) => self.tags.get_mut(row).map(|tag| &mut tag.name),
            Field::TagValue(row) => self.tags.get_mut(row).map(|tag| &mut tag.value),
            Field::Restrictions | Field::Tags | Field::Registry(_) | Field::Repositories(_) | Field::Credential(_) | Field::Lock => None,
        }
    }

    /// The entries of a list field.
    pub fn list(&self, field: Field) -> &[String] {
        if field == Field::Restrictions { &self.restrictions } else { &[] }
    }

    /// The mutable entries of a list field.
    pub fn list_mut(&mut self, field: Field) -> Option<&mut Vec<String>> {
        (field == Field::Restrictions).then_some(&mut self.restrictions)
    }

    /// Whether a field has content. The tags as a whole have content only if there are too many: a missing tag is not
    /// a mistake yet.
    pub fn has_content(&self, field: Field) -> bool {
        match field {
            Field::Tags => self.tags.iter().filter(|tag| !tag.is_blank()).count() > TAGS_MAX,
            field => !self.value(field).is_empty() || !self.list(field).is_empty(),
        }
    }

    /// Whether anything was typed or chosen in a field.
    pub fn has(&self, field: Field) -> bool {
        match field {
            Field::Tags => !self.tags.iter().all(TagRow::is_blank),
            field => self.has_content(field),
        }
    }

    /// Whether nothing was typed or chosen.
    pub fn is_blank(&self) -> bool {
        self.access.is_empty() && FIELDS.iter().all(|known| !self.has(known.field))
    }

    /// Sets a text that was chosen elsewhere: in a link, by a host page or in a script.
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
