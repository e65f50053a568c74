//! Values that other files give.

use super::item::Value;

/// Names, such as `var.x` or `local.x`, and their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Given {
    pub(super) values: Vec<(String, Value)>,
}
