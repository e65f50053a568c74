//! The tone of a note, bar, badge or toast. Each tone has its own icon and colours.

use super::icon::Glyph;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    #[default]
    Info,
    /// Work in progress.
    Busy,
    Success,
    /// May cause trouble later.
    Warning,
    /// Must be fixed.
    Error,
}

impl Tone {
    /// The value of `data-tone`, which `style/` selects by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Busy => "busy",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

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
