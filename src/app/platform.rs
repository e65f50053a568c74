//! What the pages run on: the simulator, the network, or a host page.

#[cfg(feature = "live")]
use super::live::Live;
use super::preview::Preview;
use crate::cloud::Cloud;
use crate::portal::sign_in::SignIn;
use crate::settings::{Mode, Settings};

/// What the pages run on. It is created once, outside of every view, so that it survives a redraw of all of them.
#[derive(Clone, Copy)]
pub(super) enum Platform {
    Preview(Preview),
    #[cfg(feature = "live")]
    Live(Live),
    /// ARM over the network, with tokens of a host page.
    Hosted(Cloud),
}

impl Platform {
    /// The platform that `settings` name, for a page that is not embedded.
    pub(super) fn new(settings: &Settings) -> Self {
        match settings.mode {
            #[cfg(feature = "live")]
            Mode::Live => Self::Live(Live::new(settings)),
            // Without the feature, the program is only built to measure its size.
            #[cfg(not(feature = "live"))]
            Mode::Live => Self::Preview(Preview::new(settings)),
            Mode::Preview => Self::Preview(Preview::new(settings)),
        }
    }

    pub(super) fn cloud(self) -> Cloud {
        match self {
            Self::Preview(preview) => preview.cloud(),
            #[cfg(feature = "live")]
            Self::Live(live) => live.cloud(),
            Self::Hosted(cloud) => cloud,
        }
    }

    /// The sign-in, if this page has one.
    pub(super) fn sign_in(self) -> Option<SignIn> {
        match self {
            #[cfg(feature = "live")]
            Self::Live(live) => Some(live.sign_in()),
            _ => None,
        }
    }
}
