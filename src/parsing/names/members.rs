//! Members of objects, and elements of lists, in PowerShell: `$a.name`, `$a['name']`, `$a[0]`.

use super::Names;
use crate::parsing::item::{Value, get};

/// Maximum members in an expression.
const MEMBERS_MAX: usize = 4;

impl Names {
    pub(super) fn member(&self, word: &str) -> Option<&Value> {
        let end = word.find(['.', '['])?;
        let (name, mut rest) = word.split_at_checked(end).filter(|(name, _)| name.starts_with('$'))?;
        let mut value = self.get(name)?;
        for _ in 0..MEMBERS_MAX {
            if rest.is_empty() {
                return Some(value);
            }
            let (key, after) = if let Some(inside) = rest.strip_prefix('[') {
                inside.split_once(']')?
            } else {
                let inside = rest.strip_prefix('.')?;
                inside.split_at_checked(inside.find(['.', '[']).unwrap_or(inside.len()))?
            };
            value = match value {
                Value::Object(members) => &get(members, key.trim_matches(['\'', '"']))?.value,
                Value::List(items) => &items.get(key.parse::<usize>().ok()?)?.value,
                _ => return None,
            };
            rest = after;
        }
        None
    }
}
