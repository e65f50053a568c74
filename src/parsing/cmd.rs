//! Reads batch files for Windows' cmd.
use super::commands::Session;
use super::embedded::Embedded;
use super::{ParsedText, TextFormat};
pub(super) fn read(text: &str) -> ParsedText {
    let mut session = Session::new(text, TextFormat::Cmd);
    run(text, None, &mut session);
    session.done()
}
pub(super) fn run(_text: &str, _origin: Option<&Embedded>, _session: &mut Session) {}
