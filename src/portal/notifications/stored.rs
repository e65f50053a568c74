//! The bell's list as the tab keeps it: pairs like an address's query, as for the draft.

use super::{Notification, NotificationStatus};
use crate::arm::percent::{encode, pairs};
use crate::messages;

const SUBJECT: &str = "subject";
const ACCOUNT: &str = "account";
const STANDING: &str = "standing";
const TITLE: &str = "title";
const LINK: &str = "link";
const MOMENT: &str = "moment";

/// The words of the standings.
const STANDINGS: [(&str, NotificationStatus); 4] = [
    ("running", NotificationStatus::Running),
    ("done", NotificationStatus::Done),
    ("failed", NotificationStatus::Failed),
    ("unknown", NotificationStatus::Unknown),
];

/// The list as text. A title is kept as it was read: its language may be another one later.
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
        push(STANDING, STANDINGS.iter().find(|(_, standing)| *standing == entry.standing).map_or("", |(word, _)| word));
        push(TITLE, &entry.title.text());
        push(LINK, entry.link.as_deref().unwrap_or_default());
        push(MOMENT, &entry.moment.to_string());
    }
    text
}

/// The list of such a text. What it does not know it leaves out.
pub(super) fn read(text: &str) -> Vec<Notification> {
    let mut entries: Vec<Notification> = Vec::new();
    for (key, value) in pairs(text) {
        if key == SUBJECT {
            let title = messages::TOLD.with([""]);
            let (standing, link, moment, is_toast) = (NotificationStatus::Failed, None, 0, false);
            entries.push(Notification { id: 0, account: String::new(), subject: value, standing, title, link, moment, is_toast });
        } else if let Some(entry) = entries.last_mut() {
            match key.as_str() {
                STANDING => {
                    if let Some((_, standing)) = STANDINGS.iter().find(|(word, _)| *word == value) {
                        entry.standing = *standing;
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
    fn what_was_written_is_read_again() {
        let entry = |id, standing, title: &str, link: Option<&str>| Notification {
            id,
            account: ["o-1.t-1&", title].concat(),
            subject: ["a&b=", title].concat(),
            standing,
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
