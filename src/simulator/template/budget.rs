//! Limits the cost of evaluating a template, so that no template runs forever, exhausts memory or overflows the stack. ARM
//! documents limits on the template and the job, but not on evaluation.

use std::cell::Cell;

use serde_json::Value;

use super::TemplateError;

/// Maximum nesting of values and expressions, following variables.
const DEPTH_MAX: u32 = 160;
/// Maximum total units: one per value, and one per 16 bytes of text.
const UNITS_MAX: u64 = 1_000_000;
/// Maximum units of one value: 4 MB of text (Azure Resource Manager limits: a fully expanded template).
pub(super) const VALUE_MAX: usize = 4 * 1024 * 1024 / 16;

/// The remaining units and the current depth.
#[derive(Debug)]
pub(crate) struct Budget {
    depth: Cell<u32>,
    left: Cell<u64>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { depth: Cell::new(0), left: Cell::new(UNITS_MAX) }
    }
}

impl Budget {
    /// Resets the budget for a new request, to `times` the normal amount.
    pub(crate) fn refill(&self, times: u64) {
        self.depth.set(0);
        self.left.set(UNITS_MAX * times);
    }

    /// Spends `units`.
    pub(super) fn spend(&self, units: usize) -> Result<(), TemplateError> {
        let left = self.left.get().checked_sub(units as u64);
        self.left.set(left.unwrap_or_default());
        if left.is_some() {
            return Ok(());
        }
        TemplateError::wrong(
            "The template is too large once its expressions, variables and copies are evaluated. Please see https://aka.ms/arm-template-limits for usage details.",
        )
    }

    /// Evaluates one level deeper, and spends the value's units.
    pub(super) fn deeper(&self, evaluate: impl FnOnce() -> Result<Value, TemplateError>) -> Result<Value, TemplateError> {
        let depth = self.depth.get();
        if depth >= DEPTH_MAX {
            return TemplateError::wrong("The template language expression is nested too deeply.");
        }
        self.depth.set(depth + 1);
        let value = self.spend(1).and_then(|()| evaluate());
        self.depth.set(depth);
        value
    }

    /// Spends the units of a value from a function or name.
    pub(super) fn given(&self, value: Value) -> Result<Value, TemplateError> {
        let units = units(&value);
        if units > VALUE_MAX {
            return too_large();
        }
        self.spend(units).map(|()| value)
    }
}

/// Refuses a value over 4 MB.
pub(super) fn too_large<T>() -> Result<T, TemplateError> {
    TemplateError::wrong("The value of the template language expression exceeds the maximum size of 4 MB.")
}

/// The units of a value.
fn units(value: &Value) -> usize {
    match value {
        Value::String(text) => 1 + text.len() / 16,
        Value::Array(items) => 1 + items.iter().map(units).sum::<usize>(),
        Value::Object(fields) => 1 + fields.iter().map(|(name, value)| 1 + name.len() / 16 + units(value)).sum::<usize>(),
        _ => 1,
    }
}
