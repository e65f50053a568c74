//! The messages: JSON objects with a `kind`. Unknown fields are accepted and unknown kinds ignored, which is how the protocol
//! grows.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::PROTOCOL;
use super::limits::is_shallow;
use super::theme::Theme;
use super::values::Values;

/// Why a message is ignored. The message itself is never stored or displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ignored {
    #[error("nested too deep")]
    TooDeep,
    /// Not one of our messages.
    #[error("not a message of this protocol")]
    Shape,
    /// Another protocol, or an unsupported version.
    #[error("another protocol or version")]
    Version,
    /// An unknown kind.
    #[error("a kind that is not known")]
    Kind,
    /// An answer with another nonce.
    #[error("an answer to another question")]
    Replay,
}

/// The page's first message to its host: it announces itself with a nonce for the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Knock<'a> {
    protocol: &'static str,
    kind: &'static str,
    nonce: &'a str,
}

pub fn knock(nonce: &str) -> String {
    written(&Knock { protocol: PROTOCOL, kind: "knock", nonce })
}

#[derive(Deserialize)]
struct Hello {
    protocol: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    options: Options,
}

/// The host's options for the page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// `code`: nothing is created, and the request is returned. Anything else: the full form.
    pub mode: String,
    /// Initial values.
    pub prefill: Values,
    /// Fields locked to their pre-filled values.
    pub fixed: Vec<String>,
    pub hidden: Vec<String>,
    /// Additional rules, as JSON text in the format of `config.json`; empty for none.
    pub rules: String,
    pub theme: Theme,
    pub locale: String,
    /// Whether the host provides tokens.
    pub tokens: bool,
}

impl Options {
    /// Whether the host only wants the request.
    pub fn code_only(&self) -> bool {
        self.mode == "code"
    }
}

/// Parses the host's answer to the knock with `nonce`.
///
/// # Errors
/// Why the message is ignored.
pub fn hello(text: &str, nonce: &str) -> Result<Options, Ignored> {
    let hello: Hello = read(text)?;
    if hello.protocol != PROTOCOL {
        return Err(Ignored::Version);
    }
    if hello.kind != "hello" {
        return Err(Ignored::Kind);
    }
    if hello.nonce != nonce {
        return Err(Ignored::Replay);
    }
    Ok(hello.options)
}

/// Messages from the host after the handshake.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FromHost {
    /// Values, applied as if typed.
    Prefill {
        values: Values,
    },
    Theme {
        theme: Theme,
    },
    Locale {
        locale: String,
    },
    /// Whether the host provides tokens from now on; earlier tokens are discarded.
    Tokens {
        available: bool,
    },
    /// The answer to a [`FromPage::TokenRequest`].
    Token {
        /// The ID of the request.
        id: u32,
        /// `None` if the host has no token.
        #[serde(default)]
        token: Option<String>,
    },
    /// The focus moves into the page.
    Focus {},
    /// Any unknown kind.
    #[serde(other)]
    Unknown,
}

/// Parses a message from the host after the handshake.
///
/// # Errors
/// Why the message is ignored.
pub fn from_host(text: &str) -> Result<FromHost, Ignored> {
    match read(text)? {
        FromHost::Unknown => Err(Ignored::Kind),
        known => Ok(known),
    }
}

/// Messages from the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum FromPage {
    /// The form is ready.
    Ready {
        /// `preview` or `live`.
        mode: &'static str,
    },
    Resize {
        /// In CSS px.
        height: u32,
    },
    /// The values and their problems.
    Changed {
        values: Values,
        /// Whether no problem blocks.
        valid: bool,
        /// All errors and warnings.
        problems: Vec<ProblemTold>,
    },
    /// A valid request, in all languages.
    Validated {
        values: Values,
        /// By language.
        code: BTreeMap<&'static str, Code>,
    },
    /// The identity was created.
    Created(Created),
    Failed {
        /// A machine-readable code: Azure's, or ours.
        code: String,
        /// The message for people.
        message: String,
    },
    /// The person closed the form.
    Cancelled {},
    TokenRequest {
        /// The ID that the answer repeats.
        id: u32,
        scopes: Vec<String>,
        /// The tenant, if known.
        tenant: Option<String>,
        /// The claims challenge (JSON) as Azure sent it.
        claims: Option<String>,
    },
    /// Messages were ignored.
    Ignored {
        /// The total since the page was loaded.
        count: u32,
    },
}

/// A problem reported to the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemTold {
    /// The field's label.
    pub field: String,
    /// Whether it is an error rather than a warning.
    pub blocks: bool,
    pub message: String,
}

/// The request in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Code {
    pub file_name: &'static str,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// Its resource ID.
    pub id: String,
    pub name: String,
    /// Its region's name.
    pub location: String,
    pub client_id: String,
    pub principal_id: String,
    pub tenant_id: String,
}

impl FromPage {
    /// The message's JSON text.
    pub fn text(&self) -> String {
        written(self)
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Ignored> {
    if !is_shallow(text) {
        return Err(Ignored::TooDeep);
    }
    serde_json::from_str(text).map_err(|_| Ignored::Shape)
}

fn written<T: Serialize>(message: &T) -> String {
    // Strings, numbers and maps with string keys: serialisation cannot fail.
    serde_json::to_string(message).unwrap_or_default()
}

#[cfg(test)]
mod tests;
