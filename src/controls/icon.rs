//! The icons: our own drawings, 16 by 16, one path each, in `currentColor`.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// The markup of an icon, which is parsed once and then cloned.
macro_rules! markup {
    ($fill:literal, $path:literal) => {
        markup!($fill, "", $path)
    };
    ($fill:literal, $spins:literal, $path:literal) => {
        concat!(
            "<svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" data-fill=\"",
            $fill,
            "\"",
            $spins,
            "><path d=\"",
            $path,
            "\"></path></svg>"
        )
    };
}

/// An icon of lines.
macro_rules! line {
    ($path:literal) => {
        markup!("line", $path)
    };
}

/// An icon of areas.
macro_rules! solid {
    ($path:literal) => {
        markup!("solid", $path)
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Info,
    Success,
    Warning,
    Error,
    /// Rotates.
    Spinner,
    /// A chevron pointing down.
    Down,
    /// A chevron pointing to the inline end.
    Forward,
    Close,
    Check,
    Copy,
    Download,
    Add,
    Delete,
    Edit,
    Search,
    Bell,
    Settings,
    Help,
    Person,
    /// For links that leave the app.
    External,
    Refresh,
    Code,
    Key,
}

impl Glyph {
    /// The icon as markup.
    fn markup(self) -> &'static str {
        match self {
            Self::Info => line!("M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 7.2v4M8 4.9v.2"),
            Self::Success => solid!("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.6 5.4-4.2 4.4a.7.7 0 0 1-1 0L4.4 8.7l1-1 1.5 1.6 3.7-3.9Z"),
            Self::Warning => {
                solid!(
                    "M7 1.7a1.2 1.2 0 0 1 2 0l6 11.2c.4.8-.1 1.7-1 1.7H2c-.9 0-1.4-.9-1-1.7ZM7.3 5v5h1.4V5Zm.7 6.3a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z"
                )
            }
            Self::Error => solid!("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.7 3.4v4.8h1.4V4.4ZM8 10.3a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z"),
            Self::Spinner => markup!("line", " data-spins=\"true\"", "M8 1.8A6.2 6.2 0 1 1 1.8 8"),
            Self::Down => line!("m3.5 6 4.5 4.5L12.5 6"),
            Self::Forward => line!("m6 3.5 4.5 4.5L6 12.5"),
            Self::Close => line!("m3.5 3.5 9 9m0-9-9 9"),
            Self::Check => line!("m3 8.5 3.5 3.5L13.5 4.5"),
            Self::Copy => line!("M5.5 4.5h7v10h-7ZM3.5 11.5v-10h7"),
            Self::Download => line!("M8 1.5v9m-4-4 4 4 4-4m-9.5 8h11"),
            Self::Add => line!("M8 2.5v11M2.5 8h11"),
            Self::Delete => line!("M2.5 4h11m-9 0 .7 10h5.6l.7-10M6 4V2h4v2"),
            Self::Edit => line!("m2.5 13.5.8-3.3L10.8 2.7l2.5 2.5-7.5 7.5Z"),
            Self::Search => line!("M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4 3.9 3.9"),
            Self::Bell => line!("M3 11.5V11l1-1.5V7a4 4 0 0 1 8 0v2.5l1 1.5v.5Zm3.5 0a1.5 1.5 0 0 0 3 0"),
            Self::Settings => {
                line!(
                    "M6.8 2h2.4l.4 1.9 1.2.7 1.8-.6 1.2 2-1.4 1.3v1.4l1.4 1.3-1.2 2-1.8-.6-1.2.7-.4 1.9H6.8l-.4-1.9-1.2-.7-1.8.6-1.2-2 1.4-1.3V7.3L2.2 6l1.2-2 1.8.6 1.2-.7ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
                )
            }
            Self::Help => line!("M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM6 6.3a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4m0 2v.2"),
            Self::Person => line!("M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 6.5c0-3 2.3-4.5 5.5-4.5s5.5 1.5 5.5 4.5"),
            Self::External => line!("M9.5 2.5h4v4m0-4-6 6m-1-5h-4v10h10v-4"),
            Self::Refresh => line!("M13.5 8A5.5 5.5 0 1 1 11.6 3.8L13.5 5.5m0-3.5v3.5H10"),
            Self::Code => line!("M5.5 4 1.5 8l4 4m5-8 4 4-4 4"),
            Self::Key => line!("M10.5 9a3.5 3.5 0 1 0-3.3-2.4L1.5 12.3v2.2h2.6v-1.8h1.8v-1.8l1.7-1.7A3.5 3.5 0 0 0 10.5 9ZM11 5v.1"),
        }
    }
}

/// An icon that is not a [`Glyph`]: it loads with the page that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing(&'static str);

impl Drawing {
    /// A managed identity: a badge with a keyhole.
    pub const IDENTITY: Self = Self(line!(
        "M4 3.5h8a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Zm2.5 0v-2h3v2M8 9a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm0 0v3"
    ));

    pub(super) fn view(self) -> AnyView {
        InertElement::new(self.0).into_any()
    }
}

impl From<Glyph> for Drawing {
    fn from(glyph: Glyph) -> Self {
        Self(glyph.markup())
    }
}

/// A decorative icon, hidden from screen readers: the text beside it says the same.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    InertElement::new(glyph.markup()).into_any()
}
