//! What a host page decides about the form inside it. The composition root puts it into the context, only inside a host page.

use leptos::prelude::*;

use super::form::Form;

/// What the host page decides.
#[derive(Clone, Copy)]
pub struct HostedForm {
    /// Called when the form is opened.
    pub opened: Callback<Form>,
    /// Receives the finished request, instead of Create.
    pub take: Option<Callback<Form>>,
}
