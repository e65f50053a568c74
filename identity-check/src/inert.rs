//! Escapes output that a pipeline would run as its own commands. Names and tags come from whoever wrote the checked file.
//!
//! Azure Pipelines runs `##vso[…]` and formats `##[…]` anywhere in a line, on both streams; GitHub Actions runs `::name::` at
//! the start of a line and `##[…]` anywhere in one (actions/runner, `ActionCommand.cs`), and `TeamCity` does the same with
//! `##teamcity[…]`.

use identity_portal::arm::document::escaped_json;
use identity_portal::visible::shown;

/// `text` on one line for people: hidden characters, and those that would start a command, become code points.
pub(crate) fn line(text: &str) -> String {
    let text = shown(text).replace("##", "#<U+0023>");
    let indent = text.len() - text.trim_start().len();
    match text[indent..].strip_prefix("::") {
        Some(rest) => [&text[..indent], "<U+003A>:", rest].concat(),
        None => text,
    }
}

/// The same JSON object on one line. It starts with a brace, so only `##` needs escaping.
pub(crate) fn json(json: &str) -> String {
    escaped_json(json).replace("##", "#\\u0023")
}
