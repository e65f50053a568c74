//! CSV cells (RFC 4180) that are safe in spreadsheets and that the list parser reads back unchanged. Pure.

use crate::visible::shown_lines;

/// The byte order mark at the start of a file: without it, Excel reads UTF-8 in the ANSI code page.
pub const MARK: char = '\u{feff}';

/// Whether a spreadsheet would treat a cell as a formula, or split it (OWASP, "CSV Injection"). Leading blanks are skipped, and
/// leading apostrophes too, because they guard a cell.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(|letter: char| letter == '\'' || letter.is_whitespace())
            .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// Writes a cell, always quoted. A potential formula gets an apostrophe in front, and hidden characters become code points.
pub fn push_cell(out: &mut String, text: &str) {
    out.push('"');
    if is_formula(text) {
        out.push('\'');
    }
    out.push_str(&shown_lines(text).replace('"', "\"\""));
    out.push('"');
}

/// A cell without surrounding blanks, or without its guarding apostrophe.
pub fn unguarded(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push_cell(&mut out, text);
        out
    }

    #[test]
    fn a_formula_is_guarded_and_read_back_unchanged() {
        let formulas =
            ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\tx", "＝1", "＋1", "－1", "＠x", " =1", "'=1", "''@x", "-"];
        for text in formulas {
            let written = cell(text);
            assert_eq!(written, ["\"'", text, "\""].concat());
            assert_eq!(unguarded(written.trim_matches('"')), text);
        }
        for text in ["", "uami", "it's", "'quoted'", "a=b", "1-2", "ａ＝"] {
            let written = cell(text);
            assert_eq!(written, ["\"", text, "\""].concat());
            assert_eq!(unguarded(written.trim_matches('"')), text);
        }
    }

    #[test]
    fn quotes_are_doubled_and_hidden_characters_are_shown() {
        assert_eq!(cell("a\"b\u{202e}\u{200b}c\nd"), "\"a\"\"b<U+202E><U+200B>c\nd\"");
        // A hidden character cannot hide a formula.
        assert_eq!(cell("\u{200b}=1"), "\"<U+200B>=1\"");
    }

    #[test]
    fn the_list_parser_reads_a_file_back() {
        let names = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "it's", "a \"b\", c;d"];
        let mut text = String::from(MARK);
        text.push_str("name,resourceGroup\r\n");
        for name in names {
            push_cell(&mut text, name);
            text.push_str(",\"RG1\"\r\n");
        }
        let read = crate::parsing::read(&text);
        let found: Vec<_> = read.found.iter().map(|found| found.draft.name.as_str()).collect();
        assert_eq!(found, names);
    }
}
