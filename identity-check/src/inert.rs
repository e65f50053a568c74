//! Output that a pipeline doesn't take for its own commands. Names and tags come from whoever wrote the file that is checked.
//!
//! Azure Pipelines runs `##vso[…]` and formats `##[…]` anywhere in a line of output, on both streams; GitHub Actions runs `::name::` at
//! the beginning of a line and `##[…]` anywhere in one (actions/runner, `ActionCommand.cs`); so does `TeamCity` with `##teamcity[…]`.

use identity_portal::arm::document::escaped_json;
use identity_portal::visible::shown;

/// `text` on one line for people: what is hidden or would begin a command is shown by its code point.
pub(crate) fn line(text: &str) -> String {
    let text = shown(text).replace("##", "#<U+0023>");
    let indent = text.len() - text.trim_start().len();
    match text[indent..].strip_prefix("::") {
        Some(rest) => [&text[..indent], "<U+003A>:", rest].concat(),
        None => text,
    }
}

/// The same value as the JSON object `json`, on one line. It begins with a brace, so that only `##` is left to be escaped.
pub(crate) fn json(json: &str) -> String {
    escaped_json(json).replace("##", "#\\u0023")
}
