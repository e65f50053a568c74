//! Drafts in addresses: what a link fills in, and the link for a draft. An address is untrusted: unknown parts are
//! ignored and reported, overlong values are truncated, and the check treats the rest as if it had been typed.

use super::draft::{Draft, ENTRIES_MAX, TagRow, VALUE_MAX, truncated};
use super::field::description::{Description, Kind, Spelling};
use super::field::{FIELDS, Field};
use crate::arm::percent::{encode, pairs};
use crate::messages::{self, Sentence};
use crate::visible::shown;

/// Precedes the tag's name in a key.
const TAG: &str = "tag.";
/// The keys for the whole page, not for the draft.
const PAGE_KEYS: [&str; 3] = ["mode", "sim", "locale"];
/// Separates the entries of a list; entries contain no commas.
const COMMA: char = ',';
/// Maximum parts of a link that are reported as unused.
const NAMED_MAX: usize = 10;

/// Fills `draft` with the field values of an address's query (without the `?`).
pub fn fill(draft: &mut Draft, query: &str) {
    for (key, value) in pairs(query) {
        let value = truncated(value);
        if let Some(field) = carried(&key) {
            take(draft, field, value);
        } else if let Some(name) = key.strip_prefix(TAG) {
            set_tag(&mut draft.tags, truncated(name), value);
        }
    }
}

/// The field that a link carries under `key`; tags have their own keys.
fn carried(key: &str) -> Option<&'static Description> {
    Field::of_key(key).filter(|field| field.is_linked())
}

fn take(draft: &mut Draft, field: &Description, value: String) {
    if let Some(list) = draft.list_mut(field.field) {
        *list = value.split(COMMA).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect();
    } else {
        let parsed = if field.link == Some(Spelling::Normalized) { (field.parse)(&value) } else { None };
        draft.choose(field.field, parsed.unwrap_or(value));
    }
}

/// Whether a link's text is usable, for the fields where the form doesn't check that.
fn is_usable(field: &Description, value: &str) -> bool {
    let parses = |text: &str| (field.parse)(text).is_some();
    match field.kind {
        _ if field.link == Some(Spelling::AsGiven) => true,
        Kind::Text => parses(value),
        Kind::List { .. } => value.split(COMMA).all(|text| parses(text.trim())),
        Kind::Tags => false,
    }
}

/// The query that restores what was typed; empty if nothing was.
pub fn query(draft: &Draft) -> String {
    let mut query = String::new();
    let mut push = |prefix: &str, key: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(prefix);
        query.push_str(&encode(key));
        query.push('=');
        query.push_str(&encode(value));
    };
    for field in FIELDS.iter().filter(|field| field.link.is_some()) {
        match field.kind {
            Kind::Text => {
                let value = draft.value(field.field);
                if !value.is_empty() {
                    push("", field.key, value);
                }
            }
            Kind::List { .. } => {
                let list = draft.list(field.field);
                if !list.is_empty() {
                    push("", field.key, &list.join(","));
                }
            }
            Kind::Tags => draft.tags.iter().filter(|row| !row.name.is_empty()).for_each(|row| push(TAG, &row.name, &row.value)),
        }
    }
    query
}

/// Whether a link carries everything that was typed.
pub fn says_all(draft: &Draft) -> bool {
    !draft.group_is_new && !draft.direct && draft.access.is_empty()
}

/// What a link cannot carry of the draft, as a sentence; `None` if it carries everything.
pub fn left_out(draft: &Draft) -> Option<Sentence> {
    let parts = [
        draft.group_is_new.then(|| messages::LINK_NEW_GROUP.with([&draft.resource_group]).text()),
        draft.direct.then(|| messages::LINK_DIRECT.text().into_owned()),
        (!draft.access.is_empty()).then(|| messages::LINK_ACCESS.text().into_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| messages::LINK_LACKS.with([&parts.join(", ")]))
}

/// The unusable parts of an address's query, with reasons.
pub fn unusable(query: &str) -> Vec<Sentence> {
    let (mut told, mut keys, mut rows) = (Vec::new(), Vec::new(), 0);
    for (key, value) in pairs(query).filter(|(key, _)| !is_for_the_page(key)).take(4 * ENTRIES_MAX) {
        let is_long = value.chars().count() > VALUE_MAX || key.chars().count() > VALUE_MAX;
        let sentence = if is_long {
            Some(messages::LINK_CUT.with([&shown(&truncated(&key))]))
        } else if keys.contains(&key) {
            Some(messages::LINK_REPEATED.with([&shown(&key)]))
        } else if let Some(field) = carried(&key) {
            (!is_usable(field, &value)).then(|| messages::LINK_BAD_VALUE.with([&shown(&truncated(&key)), &shown(&truncated(&value))]))
        } else {
            match key.strip_prefix(TAG) {
                Some("") => Some(messages::LINK_NAMELESS_TAG.into()),
                Some(_) => {
                    rows += 1;
                    (rows == ENTRIES_MAX + 1).then(|| messages::LINK_TAGS_CUT.with([&ENTRIES_MAX.to_string()]))
                }
                None => Some(messages::LINK_UNKNOWN.with([&shown(&key)])),
            }
        };
        told.extend(sentence);
        keys.push(key);
        if told.len() == NAMED_MAX {
            break;
        }
    }
    told
}

/// Whether a key of an address's query is for the whole page.
pub fn is_for_the_page(key: &str) -> bool {
    PAGE_KEYS.contains(&key)
}

/// The parts of an address's query that are for the whole page, not for the draft.
pub fn of_the_page(query: &str) -> String {
    let is_of_the_page = |pair: &&str| pair.split('=').next().is_some_and(is_for_the_page);
    query.split('&').filter(is_of_the_page).collect::<Vec<_>>().join("&")
}

/// Sets the value of the row with this name, or adds a row.
fn set_tag(rows: &mut Vec<TagRow>, name: String, value: String) {
    if name.is_empty() {
        return;
    }
    if let Some(row) = rows.iter_mut().find(|row| row.name == name) {
        row.value = value;
    } else if rows.len() < ENTRIES_MAX {
        rows.push(TagRow { name, value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_gives_back_what_was_typed() {
        let row = |name: &str, value: &str| TagRow { name: name.into(), value: value.into() };
        let draft = Draft {
            resource_group: "Größe (1)".into(),
            name: "a&b=c#d%+ e".into(),
            tags: vec![row("cost centre", "1 + 1 = \"2\""), row("Env", "")],
            ..Draft::example()
        };
        let mut back = Draft::default();
        fill(&mut back, &query(&draft));
        assert_eq!(back, draft);
        assert_eq!(query(&Draft::default()), "");
    }

    #[test]
    fn what_a_link_cannot_say_is_said() {
        let restrictions = vec!["Microsoft.Web/sites".to_owned()];
        for (draft, said) in [
            (Draft { resource_group: "RG1".into(), ..Draft::default() }, None),
            (
                Draft { resource_group: "rg-new".into(), group_is_new: true, ..Draft::default() },
                Some("Link copied. It doesn't say that rg-new is new."),
            ),
            (
                Draft { restrictions, direct: true, ..Draft::default() },
                Some("Link copied. It doesn't say that you don't want a template deployment."),
            ),
            (Draft { access: "{}".into(), ..Draft::default() }, Some("Link copied. It doesn't say what is chosen under Access.")),
        ] {
            assert_eq!(left_out(&draft).map(|sentence| sentence.text()).as_deref(), said);
            assert_eq!(says_all(&draft), said.is_none());
        }
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let told = |query: &str| unusable(query).iter().map(Sentence::text).collect::<Vec<_>>();
        assert!(
            told("mode=preview&sim=slow&locale=pseudo&name=x&resourceGroup=RG1&tag.Env=&restrictions=Microsoft.Web/sites,Microsoft.App")
                .is_empty()
        );
        for (query, said) in [
            ("subscripton=x", "Unknown parameter “subscripton”."),
            ("Name=x", "Unknown parameter “Name”."),
            ("subscription=mine", "“mine” isn't a valid value for “subscription”."),
            ("region=../x", "“../x” isn't a valid value for “region”."),
            ("tags=x", "Unknown parameter “tags”."),
            ("restrictions=storage", "“storage” isn't a valid value for “restrictions”."),
            ("name=a&name=b", "“name” appears more than once; the last value is used."),
            ("tag.=x", "A tag without a name."),
            ("a%E2%80%8Bb=x", "Unknown parameter “a<U+200B>b”."),
        ] {
            assert_eq!(told(query), [said], "{query}");
        }
        assert_eq!(told(&["name=", &"x".repeat(2000)].concat()), ["“name” is too long and was truncated."]);
        assert_eq!(told(&"x=1&".repeat(1000)).len(), NAMED_MAX);
    }

    #[test]
    fn names_that_people_write_become_arms() {
        let mut draft = Draft::default();
        fill(&mut draft, "region=East+US");
        assert_eq!(draft.region, "eastus");
        fill(&mut draft, "region=../x");
        assert_eq!(draft.region, "../x");
    }

    #[test]
    fn a_hostile_link_does_no_harm() {
        let before = Draft { name: "kept".into(), ..Draft::default() };
        for query in ["", "&&==&", "?", "direct=true&groupIsNew=1&__proto__=x", "tag.=x", "Name=x"] {
            let mut draft = before.clone();
            fill(&mut draft, query);
            assert_eq!(draft, before, "{query}");
        }
        let mut query = "name=".to_owned() + &"x".repeat(1_000_000);
        for tag in 0..10_000 {
            query.extend(["&tag.", &tag.to_string(), "=v"]);
        }
        let mut draft = before;
        fill(&mut draft, &query);
        assert_eq!((draft.name.len(), draft.tags.len()), (VALUE_MAX, ENTRIES_MAX));
    }

    #[test]
    fn what_is_for_the_whole_page_stays() {
        for (query, stays) in [
            ("", ""),
            ("name=x&tag.sim=y", ""),
            ("sim=slow", "sim=slow"),
            ("mode=preview&name=x&sim=slow,large&locale=pseudo", "mode=preview&sim=slow,large&locale=pseudo"),
        ] {
            assert_eq!(of_the_page(query), stays, "{query}");
        }
    }

    #[test]
    fn a_tag_of_the_link_fills_the_row_that_is_there() {
        let mut draft = Draft { tags: vec![TagRow { name: "Env".into(), value: String::new() }], ..Draft::default() };
        fill(&mut draft, "tag.Env=prod");
        assert_eq!(draft.tags, [TagRow { name: "Env".into(), value: "prod".into() }]);
    }
}
