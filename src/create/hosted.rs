//! The form inside another page: what that page decides of it. In the context only there; the composition root fills it.

use leptos::prelude::*;

use super::form::Form;
use crate::deployments::runs::Runs;
use crate::portal::cloud::Cloud;

/// What the page around the form decides.
#[derive(Clone, Copy)]
pub struct Hosted {
    /// The cloud of Live, with its tokens.
    pub cloud: Option<Cloud>,
    /// What stands above every page.
    pub note: fn() -> AnyView,
    /// The program has begun.
    pub began: fn(Runs),
    /// The form was opened.
    pub opened: fn(Form),
    /// The person closes it.
    pub closed: fn(),
    /// Takes the request that holds, in the place of Create.
    pub take: Option<fn(Form)>,
}
