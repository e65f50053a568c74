//! What the host page controls when the app is embedded. In the context only then; the composition root provides it.

use leptos::prelude::*;

use super::runs::Runs;

#[derive(Clone, Copy)]
pub struct Hosted {
    /// A notice above every page.
    pub note: Callback<(), AnyView>,
    /// Called when the program has started.
    pub began: Callback<Runs>,
    /// Called when the person closes the form.
    pub closed: Callback<()>,
}
