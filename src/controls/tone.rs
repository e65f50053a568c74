//! How a note, bar, badge or toast speaks. Each tone has its own icon and colours.

use super::icon::Glyph;

/// The tone of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Something is under way.
    Busy,
    /// It went well.
    Success,
    /// It may hurt later.
    Warning,
    /// It must be put right.
    Error,
}

impl Tone {
    /// The value of `data-tone`, by which `style/` colours it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Busy => "busy",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Busy => Glyph::Spinner,
            Self::Success => Glyph::Success,
            Self::Warning => Glyph::Warning,
            Self::Error => Glyph::Error,
        }
    }
}
