//! Management locks.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::json::text;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::transport::Transport;

const LOCKS_API: &str = "2020-05-01";

/// A lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Its id: what stands before `/providers/Microsoft.Authorization/locks` is what it locks.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it forbids changes too, and not only deleting.
    pub read_only: bool,
    /// What its maker noted.
    pub notes: String,
}

impl Lock {
    /// Whether it locks exactly `place`, and not something in it.
    pub fn is_at(&self, place: &ResourceId) -> bool {
        let (id, place) = (self.id.to_lowercase(), place.as_str().to_lowercase());
        id.strip_prefix(&place).is_some_and(|rest| rest.starts_with("/providers/microsoft.authorization/locks/"))
    }
}

impl<T: Transport> ArmClient<T> {
    /// The locks at and below a subscription or a group.
    pub fn locks(&self, place: &ResourceId) -> Pages<Lock> {
        let path = [&encode_path(place.as_str()), "/providers/Microsoft.Authorization/locks"].concat();
        Pages::new(versioned(&path, LOCKS_API), read)
    }
}

fn read(value: &Value) -> Option<Lock> {
    let level = text(value, "properties.level");
    (!level.is_empty()).then(|| Lock {
        id: text(value, "id").to_owned(),
        name: text(value, "name").to_owned(),
        read_only: level.eq_ignore_ascii_case("ReadOnly"),
        notes: text(value, "properties.notes").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::guid::Guid;

    #[test]
    fn a_lock_is_where_its_id_says() {
        let subscription = Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id");
        let (whole, group) = (ResourceId::of_subscription(&subscription), ResourceId::of_group(&subscription, "RG"));
        let lock = |place: &str| Lock {
            id: [whole.as_str(), place, "/providers/Microsoft.Authorization/locks/l"].concat(),
            name: "l".into(),
            read_only: true,
            notes: String::new(),
        };
        let table = [
            ("", true, false),
            ("/resourcegroups/rg", false, true),
            ("/resourceGroups/rg2", false, false),
            ("/resourceGroups/RG/providers/Microsoft.Storage/storageAccounts/a", false, false),
        ];
        for (place, at_subscription, at_group) in table {
            assert_eq!((lock(place).is_at(&whole), lock(place).is_at(&group)), (at_subscription, at_group), "{place}");
        }
    }
}
