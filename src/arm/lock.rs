//! Management locks.

use serde_json::{Value, json};

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::http::Method;
use super::json::{text, written};
use super::paging::Pages;
use super::percent::{encode, encode_path};
use super::resource_id::ResourceId;
use super::transport::Transport;

pub const LOCK_TYPE: &str = "Microsoft.Authorization/locks";
pub const LOCKS_API: &str = "2020-05-01";
/// What an account needs to add a lock.
pub const LOCK_WRITE: &str = "Microsoft.Authorization/locks/write";
/// What an account needs to remove a lock.
pub const LOCK_DELETE: &str = "Microsoft.Authorization/locks/delete";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The part before `/providers/Microsoft.Authorization/locks` is the locked scope.
    pub id: String,
    pub name: String,
    /// Whether the level is `ReadOnly` rather than `CanNotDelete`.
    pub read_only: bool,
    pub notes: String,
}

impl Lock {
    /// Whether the lock is on exactly `place`, not on something inside it.
    pub fn is_at(&self, place: &ResourceId) -> bool {
        let (id, place) = (self.id.to_lowercase(), place.as_str().to_lowercase());
        id.strip_prefix(&place).is_some_and(|rest| rest.starts_with("/providers/microsoft.authorization/locks/"))
    }
}

impl<T: Transport> ArmClient<T> {
    /// The locks on and inside a subscription or resource group.
    pub fn locks(&self, place: &ResourceId) -> Pages<Lock> {
        let path = [&encode_path(place.as_str()), "/providers/Microsoft.Authorization/locks"].concat();
        Pages::new(versioned(&path, LOCKS_API), read)
    }
}

impl<T: Transport> ArmClient<T> {
    /// The lock of this name on `place`, or `None` if there is none.
    ///
    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn lock(&self, place: &ResourceId, name: &str) -> Result<Option<Lock>, ArmError> {
        let found = self.find(&lock_path(place, name)).await?;
        found.map(|answered| answered.read(read, "a lock")).transpose()
    }

    /// Creates a lock on `place`, or replaces the one of the same name.
    ///
    /// # Errors
    /// If ARM refuses.
    pub async fn put_lock(&self, place: &ResourceId, name: &str, read_only: bool, notes: &str) -> Result<(), ArmError> {
        let level = if read_only { "ReadOnly" } else { "CanNotDelete" };
        let body = written(&json!({ "properties": { "level": level, "notes": notes } }));
        self.call(Method::Put, &lock_path(place, name), Some(&body)).await.map(drop)
    }

    /// Deletes a lock; one that doesn't exist is no error.
    ///
    /// # Errors
    /// If ARM refuses.
    pub async fn delete_lock(&self, place: &ResourceId, name: &str) -> Result<(), ArmError> {
        self.call(Method::Delete, &lock_path(place, name), None).await.map(drop)
    }
}

fn lock_path(place: &ResourceId, name: &str) -> String {
    versioned(&[&encode_path(place.as_str()), "/providers/Microsoft.Authorization/locks/", &encode(name)].concat(), LOCKS_API)
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
    fn a_lock_applies_to_the_scope_in_its_id() {
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
