//! What the host page controls when the app is embedded. In the context only then; the composition root provides it.

use leptos::prelude::*;

use super::runs::Runs;
use crate::cloud::Cloud;

#[derive(Clone, Copy)]
pub struct Hosted {
    /// Live's cloud, with the host's tokens.
    pub cloud: Option<Cloud>,
    /// A notice above every page.
    pub note: fn() -> AnyView,
    /// Called when the program has started.
    pub began: fn(Runs),
    /// Called when the person closes the form.
    pub closed: fn(),
}
