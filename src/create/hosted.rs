//! The form inside a host page: what that page decides. In the context only there, given by the composition root.

use leptos::prelude::*;

use super::form::Form;

/// What the page around the form decides.
#[derive(Clone, Copy)]
pub struct HostedForm {
    /// The form was opened.
    pub opened: Callback<Form>,
    /// Takes the finished request, in place of Create.
    pub take: Option<Callback<Form>>,
}
