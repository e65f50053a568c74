//! The messages: JSON texts, with their `kind`. What has a field more than is known here is read all the same, and a kind
//! that is not known is let be: that is how the protocol grows.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::PROTOCOL;
use super::limits::is_shallow;
use super::theme::Theme;
use super::values::Values;

/// Why a message is ignored. The message itself is never kept or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ignored {
    /// Nested too deep.
    #[error("nested too deep")]
    TooDeep,
    /// Not one of ours.
    #[error("not a message of this protocol")]
    Shape,
    /// Another protocol, or a version that is not ours.
    #[error("another protocol or version")]
    Version,
    /// A kind that is not known.
    #[error("a kind that is not known")]
    Kind,
    /// An answer to another question than the one that was asked.
    #[error("an answer to another question")]
    Replay,
}

/// The page's first word to its host: here it is, and by what its answer is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Knock<'a> {
    protocol: &'static str,
    kind: &'static str,
    nonce: &'a str,
}

/// The knock with this one-time word.
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

/// What a host wants of the page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// `code`: nothing is created, the request comes back. Anything else: everything.
    pub mode: String,
    /// Values to begin with.
    pub prefill: Values,
    /// Fields that stay as pre-filled.
    pub fixed: Vec<String>,
    /// Fields that are not shown.
    pub hidden: Vec<String>,
    /// More rules, as JSON text in the form they have in `config.json`; empty for none.
    pub rules: String,
    /// The looks.
    pub theme: Theme,
    /// The language.
    pub locale: String,
    /// Whether the host gives tokens.
    pub tokens: bool,
}

impl Options {
    /// Whether only the request is wanted.
    pub fn code_only(&self) -> bool {
        self.mode == "code"
    }
}

/// The options of the host's answer to the knock with `nonce`.
///
/// # Errors
/// Why it is none.
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

/// What a host says once it is known.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FromHost {
    /// Values, as if they were typed now.
    Prefill {
        /// The values.
        values: Values,
    },
    /// Other looks.
    Theme {
        /// The looks.
        theme: Theme,
    },
    /// Another language.
    Locale {
        /// The language.
        locale: String,
    },
    /// Whether it gives tokens from now on; what it gave before counts no more.
    Tokens {
        /// Whether it does.
        available: bool,
    },
    /// The answer to a [`FromPage::TokenRequest`].
    Token {
        /// The question's number.
        id: u32,
        /// The token, where there is one.
        #[serde(default)]
        token: Option<String>,
    },
    /// The focus comes into the page.
    Focus {},
    /// Anything that is not known.
    #[serde(other)]
    Unknown,
}

/// A message of a host that is known.
///
/// # Errors
/// Why it is none.
pub fn from_host(text: &str) -> Result<FromHost, Ignored> {
    match read(text)? {
        FromHost::Unknown => Err(Ignored::Kind),
        known => Ok(known),
    }
}

/// What the page says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum FromPage {
    /// The form is there.
    Ready {
        /// `preview` or `live`.
        mode: &'static str,
    },
    /// It is this high, in CSS px.
    Resize {
        /// The height.
        height: u32,
    },
    /// What is typed, and what is wrong with it.
    Changed {
        /// The values.
        values: Values,
        /// Whether nothing blocks.
        valid: bool,
        /// Everything that blocks or warns.
        problems: Vec<ProblemTold>,
    },
    /// A request that holds, in all languages.
    Validated {
        /// The values.
        values: Values,
        /// The texts, by language.
        code: BTreeMap<&'static str, Code>,
    },
    /// The identity was made.
    Created(Created),
    /// Something did not work.
    Failed {
        /// A word for programs: Azure's code, or ours.
        code: String,
        /// The same for people.
        message: String,
    },
    /// The person closed the form.
    Cancelled {},
    /// A token is needed.
    TokenRequest {
        /// The question's number.
        id: u32,
        /// For what.
        scopes: Vec<String>,
        /// In which directory, where that is known.
        tenant: Option<String>,
        /// What Azure asks for beyond it (JSON), as it came.
        claims: Option<String>,
    },
    /// So many messages were ignored.
    Ignored {
        /// How many, since the page was loaded.
        count: u32,
    },
}

/// A problem, as a host is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemTold {
    /// The field's label.
    pub field: String,
    /// Whether it blocks.
    pub blocks: bool,
    /// The sentence.
    pub message: String,
}

/// A text in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Code {
    /// The name to save it under.
    pub file_name: &'static str,
    /// The text.
    pub text: String,
}

/// The identity that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// Its resource id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its region.
    pub location: String,
    /// Its client id.
    pub client_id: String,
    /// Its principal's id.
    pub principal_id: String,
    /// The directory's id.
    pub tenant_id: String,
}

impl FromPage {
    /// The message as it is sent.
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
    // Texts, numbers and maps with texts as keys: nothing that JSON can't say.
    serde_json::to_string(message).unwrap_or_default()
}

#[cfg(test)]
mod tests;
