//! The roles of an identity.

use crate::messages::Message;

pub const RIGHT_PULL: Message = Message("Pull images");
pub const RIGHT_PUSH: Message = Message("Push and pull images");
pub const RIGHT_DELETE: Message = Message("Delete images");
pub const ROLE_PULLS: Message = Message("It can pull images.");
pub const ROLE_PUSHES: Message = Message("It can push and pull images.");
pub const ROLE_DELETES: Message = Message("It can delete, push and pull images.");
pub const ROLE_DELETES_ONLY: Message = Message("It can delete images, but neither pull nor push them.");
pub const REPOSITORY_UPPER_CASE: Message = Message("Repository names have no upper-case letters: {0}");
pub const REPOSITORY_WITH_TAG: Message = Message("A role applies to a whole repository: leave out the tag or digest in {0}.");
pub const REPOSITORY_WRONG: Message = Message(
    "{0} can't be a repository. Use lower-case letters, digits, and . _ - / between them, with * at the end for all that start alike.",
);

pub const TYPE_CREDENTIAL: Message = Message("Federated credential");
pub const TYPE_ROLE: Message = Message("Role {0}");
pub const TYPE_LOCK: Message = Message("Lock");
