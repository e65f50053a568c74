//! Groups of readers that a page loads when a text needs them.

#[cfg(all(feature = "split", target_arch = "wasm32"))]
use std::sync::OnceLock;

use super::{ParsedText, TextFormat};

/// Parses a text in one of its formats, inside a number of other texts.
pub type Read = fn(TextFormat, &str, u32) -> ParsedText;

/// Readers that are loaded together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// bash, PowerShell and cmd.
    Shells,
    /// ARM templates, Bicep and requests.
    Templates,
    Terraform,
    /// Texts that hold scripts of other languages.
    Hosts,
}

#[cfg(all(feature = "split", target_arch = "wasm32"))]
static LOADED: [OnceLock<Read>; 4] = [const { OnceLock::new() }; 4];

#[cfg(all(feature = "split", target_arch = "wasm32"))]
impl Readers {
    /// Makes the readers known to the rest of the parser.
    pub fn provide(self, read: Read) {
        // The first one stays: it is the same function each time.
        let _ = LOADED[self as usize].set(read);
    }

    pub(super) fn loaded(self) -> Option<Read> {
        LOADED[self as usize].get().copied()
    }
}

#[cfg(not(all(feature = "split", target_arch = "wasm32")))]
impl Readers {
    /// Does nothing: these builds have all readers.
    pub fn provide(self, _read: Read) {}
}
