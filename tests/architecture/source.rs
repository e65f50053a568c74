//! The files of `src/`, and their code without comments and string literals.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path below `src/`, its text, and its code with comments and string literals blanked.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) code: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: code_of(text) }
    }

    /// The first part of its path.
    pub(crate) fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    pub(crate) fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path == *place || (place.ends_with('/') && self.path.starts_with(place)))
    }

    /// The first of `names` that occurs in the code as a word (or a path of words).
    pub(crate) fn knows<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().copied().find(|name| has_word(&self.code, name))
    }

    /// The code before the first `#[cfg(test)]`.
    pub(crate) fn untested(&self) -> Self {
        let code = self.code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        Self { path: self.path.clone(), text: self.text.clone(), code }
    }
}

/// Whether `name` occurs in `code` without a letter, digit or underscore next to it.
fn has_word(code: &str, name: &str) -> bool {
    let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    code.match_indices(name).any(|(at, _)| !part(code[..at].chars().next_back()) && !part(code[at + name.len()..].chars().next()))
}

/// The code without comments and the content of string literals.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kept, length) = if rest.starts_with("//") {
            ("", rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            ("", rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if let Some(raw) = raw_text(rest) {
            ("\"\"", raw)
        } else if first == '"' {
            ("\"\"", text_length(rest))
        } else if let Some(length) =
            ["'\"'", "'\\\"'", "'\\''", "b'\"'"].iter().find(|quote| rest.starts_with(**quote)).map(|quote| quote.len())
        {
            ("' '", length)
        } else {
            (&rest[..first.len_utf8()], first.len_utf8())
        };
        code.push_str(kept);
        rest = &rest[length..];
    }
    code
}

/// The length of the raw string (`r"..."`, `r#"..."#`) at the start of `rest`.
fn raw_text(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix('r')?.chars().take_while(|letter| *letter == '#').count();
    let open = 1 + hashes + 1;
    if rest.as_bytes().get(open - 1) != Some(&b'"') {
        return None;
    }
    let close = ["\"", &"#".repeat(hashes)].concat();
    Some(rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len()))
}

/// The length of the string at the start of `rest`, quotes included.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Every file of `src/`, sorted by path.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path: PathBuf = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).expect("it is below src").to_string_lossy().replace('\\', "/");
                sources.push(Source::new(&name, &fs::read_to_string(&path).expect("the file can be read")));
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

#[test]
fn code_excludes_comments_and_strings() {
    let table = [
        ("a // leptos\nb", "a \nb"),
        ("a /* leptos\n */ b", "a  b"),
        (r#"a("leptos \" leptos", '"', "x")"#, r#"a("", ' ', "")"#),
        ("a(r#\"leptos \" leptos\"#, b)", "a(\"\", b)"),
        ("fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)"),
    ];
    for (text, code) in table {
        assert_eq!(code_of(text), code);
    }
    assert!(has_word("use leptos::x", "leptos") && !has_word("use leptos_use::x; xleptos", "leptos"));
}
