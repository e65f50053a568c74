//! The app inside another page: what that page decides of it. In the context only there; the composition root fills it.

use leptos::prelude::*;

use super::runs::Runs;
use crate::cloud::Cloud;

/// What the page around the app decides.
#[derive(Clone, Copy)]
pub struct Hosted {
    /// The cloud of Live, with its tokens.
    pub cloud: Option<Cloud>,
    /// What stands above every page.
    pub note: fn() -> AnyView,
    /// The program has begun.
    pub began: fn(Runs),
    /// The person closes the form.
    pub closed: fn(),
}
