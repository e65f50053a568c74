//! The content of the review page: the draft as display text, grouped by tab.

use super::check::Knowledge;
use super::draft::{Draft, TagRow};
use super::field::{FIELDS, Field, Tab};
use crate::access::draft::AccessDraft;
use crate::arm::location;
use crate::messages::{self, Message};
use crate::visible::shown;

/// The rows of one tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryGroup {
    pub tab: Tab,
    pub title: Message,
    /// Label and value of each row.
    pub rows: Vec<(String, String)>,
}

/// The whole form, in tab order.
pub fn summary(draft: &Draft, known: &Knowledge) -> [SummaryGroup; 2] {
    let label = |message: Message| message.text().into_owned();
    let set = |text: String| if text.is_empty() { label(messages::NOT_SET) } else { shown(&text).into_owned() };
    let mut basics = Vec::new();
    for field in FIELDS.iter().filter(|field| field.tab == Tab::Basics) {
        let value = match field.field {
            Field::Subscription => subscription_name(draft, known),
            Field::ResourceGroup => group_name(draft),
            Field::Region => region_name(draft, known),
            other if draft.has_content(other) => [draft.value(other), &draft.list(other).join(", ")].concat(),
            _ => field.blank.map(label).unwrap_or_default(),
        };
        basics.push((field.field.label(), set(value)));
        if field.field == Field::ResourceGroup && draft.group_is_new && draft.tags.iter().any(|row| !row.is_blank()) {
            let tagged = if draft.tags_group(known) { messages::GROUP_TAGS_SAME } else { messages::NO_TAGS };
            basics.push((label(messages::GROUP_TAGS), label(tagged)));
        }
    }
    let path = if draft.direct { messages::PATH_DIRECT } else { messages::PATH_DEPLOYMENT };
    basics.push((label(messages::CREATION_PATH), label(path)));
    let tag = |row: &TagRow| (shown(&row.name).into_owned(), shown(&row.value).into_owned());
    let tags = draft.tags.iter().filter(|row| !row.is_blank()).map(tag).collect();
    [
        SummaryGroup { tab: Tab::Basics, title: messages::BASICS, rows: basics },
        SummaryGroup { tab: Tab::Tags, title: messages::TAGS, rows: tags },
    ]
}

/// What is chosen under Access; `None` if nothing is.
pub fn access_summary(draft: &Draft) -> Option<SummaryGroup> {
    let access = AccessDraft::of_stored(&draft.access);
    let label = |message: Message| message.text().into_owned();
    let mut rows = Vec::new();
    for registry in &access.registries {
        let role = registry.right.role(registry.assumed_mode());
        let mut value = messages::REGISTRY_ROLE_SUMMARY.with([registry.name(), &registry.right.label().text(), role.name]).text();
        if registry.is_limited() {
            value.push_str(", ");
            value.push_str(&registry.repositories);
        }
        rows.push((label(messages::REGISTRY), shown(&value).into_owned()));
    }
    for credential in access.credentials() {
        let value = messages::CREDENTIAL_SUMMARY.with([&credential.name, &credential.subject]).text();
        rows.push((label(messages::TYPE_CREDENTIAL), shown(&value).into_owned()));
    }
    if let Some(lock) = &access.lock {
        let kind = if lock.read_only { messages::LOCK_READ_ONLY } else { messages::LOCK_DELETE };
        let value = messages::LOCK_SUMMARY.with([&lock.name, &kind.text()]).text();
        rows.push((label(messages::TYPE_LOCK), shown(&value).into_owned()));
    }
    if rows.is_empty() { None } else { Some(SummaryGroup { tab: Tab::Access, title: messages::ACCESS_TITLE, rows }) }
}

/// The group's name, marked if the group is new.
pub fn group_name(draft: &Draft) -> String {
    if draft.group_is_new { messages::NEW_ENTRY.with([&draft.resource_group]).text() } else { draft.resource_group.clone() }
}

/// The subscription's name, or its id while the name is unknown.
pub fn subscription_name(draft: &Draft, known: &Knowledge) -> String {
    let mut subscriptions = known.subscriptions.iter().flat_map(|all| all.iter());
    let chosen = subscriptions.find(|subscription| subscription.id.as_str().eq_ignore_ascii_case(&draft.subscription));
    chosen.map_or_else(|| draft.subscription.clone(), |subscription| subscription.display_name.clone())
}

/// The region's display name, or its name while that is unknown.
pub fn region_name(draft: &Draft, known: &Knowledge) -> String {
    location::display_name(known.regions.as_deref().unwrap_or_default(), &draft.region).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_ids_and_blank_rows_are_left_out() {
        let draft = Draft {
            subscription: "11111111-2222-3333-4444-555555555555".into(),
            resource_group: "RG1".into(),
            group_is_new: true,
            name: "uami-apl2003".into(),
            tags: vec![TagRow { name: "Env".into(), value: "prod".into() }, TagRow::default()],
            ..Draft::default()
        };
        let [basics, tags] = summary(&draft, &Knowledge::default());
        let value = |name: &str| basics.rows.iter().find(|(label, _)| label == name).map(|(_, value)| value.as_str());
        assert_eq!(value("Subscription"), Some("11111111-2222-3333-4444-555555555555"));
        assert_eq!(value("Resource group"), Some("(New) RG1"));
        assert_eq!(value("Tags on the new group"), Some("No tags"));
        assert_eq!(value("Region"), Some("Not set"));
        let [tagged, _] = summary(&Draft { tag_group: Some(true), ..draft }, &Knowledge::default());
        assert!(tagged.rows.contains(&("Tags on the new group".to_owned(), "Same as the identity".to_owned())));
        assert_eq!(tags.rows, [("Env".to_owned(), "prod".to_owned())]);
    }

    #[test]
    fn hidden_characters_are_shown() {
        let tags = vec![TagRow { name: "E\u{200b}nv".into(), value: "\u{202e}dorp\n".into() }];
        let [basics, tags] = summary(&Draft { name: "uami\u{ad}".into(), tags, ..Draft::default() }, &Knowledge::default());
        assert!(basics.rows.iter().any(|(_, value)| value == "uami<U+00AD>"));
        assert_eq!(tags.rows, [("E<U+200B>nv".to_owned(), "<U+202E>dorp<U+000A>".to_owned())]);
    }
}
