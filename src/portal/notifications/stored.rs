//! The serialised notifications list: key-value pairs in URL query syntax, like the draft.

use super::{Notification, NotificationStatus};
use crate::arm::percent::{encode, pairs};
use crate::messages;

const SUBJECT: &str = "subject";
const ACCOUNT: &str = "account";
const STATUS: &str = "standing";
const TITLE: &str = "title";
const LINK: &str = "link";
const MOMENT: &str = "moment";

/// The serialised status values.
const STATUSES: [(&str, NotificationStatus); 4] = [
    ("running", NotificationStatus::Running),
    ("done", NotificationStatus::Done),
    ("failed", NotificationStatus::Failed),
    ("unknown", NotificationStatus::Unknown),
];

/// Serialises the list. A title is stored as rendered, so it keeps its language.
pub(super) fn write(entries: &[Notification]) -> String {
    let mut text = String::new();
    let mut push = |key: &str, value: &str| {
        for part in [key, "=", &encode(value), "&"] {
            text.push_str(part);
        }
    };
    for entry in entries {
        push(SUBJECT, &entry.subject);
        push(ACCOUNT, &entry.account);
        push(STATUS, STATUSES.iter().find(|(_, status)| *status == entry.status).map_or("", |(word, _)| word));
        push(TITLE, &entry.title.text());
        push(LINK, entry.link.as_deref().unwrap_or_default());
        push(MOMENT, &entry.moment.to_string());
    }
    text
}

/// Parses a serialised list. Unknown keys are skipped.
pub(super) fn read(text: &str) -> Vec<Notification> {
    let mut entries: Vec<Notification> = Vec::new();
    for (key, value) in pairs(text) {
        if key == SUBJECT {
            let title = messages::TOLD.with([""]);
            let (status, link, moment, is_toast) = (NotificationStatus::Failed, None, 0, false);
            entries.push(Notification { id: 0, account: String::new(), subject: value, status, title, link, moment, is_toast });
        } else if let Some(entry) = entries.last_mut() {
            match key.as_str() {
                STATUS => {
                    if let Some((_, status)) = STATUSES.iter().find(|(word, _)| *word == value) {
                        entry.status = *status;
                    }
                }
                ACCOUNT => entry.account = value,
                TITLE => entry.title = messages::TOLD.with([&value]),
                LINK => entry.link = Some(value).filter(|link| !link.is_empty()),
                MOMENT => entry.moment = value.parse().unwrap_or_default(),
                _ => {}
            }
        }
    }
    let mut id = 0;
    for entry in entries.iter_mut().rev() {
        id += 1;
        entry.id = id;
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_list_reads_back() {
        let entry = |id, status, title: &str, link: Option<&str>| Notification {
            id,
            account: ["o-1.t-1&", title].concat(),
            subject: ["a&b=", title].concat(),
            status,
            title: messages::TOLD.with([title]),
            link: link.map(str::to_owned),
            moment: 1_705_315_845_123,
            is_toast: false,
        };
        let entries = [
            entry(3, NotificationStatus::Running, "Creating uami-{0} & more", Some("#/deployment/subscriptions/x")),
            entry(2, NotificationStatus::Done, "", None),
            entry(1, NotificationStatus::Unknown, "100 % = all", None),
        ];
        assert_eq!(read(&write(&entries)), entries);
        assert_eq!(read(&write(&[])), []);
        for text in ["", "&&", "title=x", "{\"subject\":1}", "%%%=%"] {
            assert_eq!(read(text), [], "{text}");
        }
        assert_eq!(read("subject=a&moment=soon&standing=odd").len(), 1);
    }
}
