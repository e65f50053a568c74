//! The form inside another page: what that page decides of it. In the context only there; the composition root fills it.

use super::form::Form;

/// What the page around the form decides.
#[derive(Clone, Copy)]
pub struct HostedForm {
    /// The form was opened.
    pub opened: fn(Form),
    /// Takes the request that holds, in the place of Create.
    pub take: Option<fn(Form)>,
}
