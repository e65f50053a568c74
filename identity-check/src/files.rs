//! The files to check: those named, and those in the folders named.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use identity_portal::parsing::{Decoded, decode, may_list, occurrences};

/// The largest file read.
const FILE_MAX: u64 = 10_000_000;
/// The most files of a folder.
const FILES_MAX: usize = 20_000;
/// The deepest nesting of folders.
const NESTED_MAX: usize = 64;

/// Folders that hold no sources of the project.
const PASSED_OVER: [&str; 1] = ["node_modules"];
/// Hidden folders that hold pipelines.
const HIDDEN: [&str; 6] = [".github", ".gitlab", ".azuredevops", ".azure-pipelines", ".pipelines", ".circleci"];
/// The endings of files that may create identities.
const ENDINGS: [&str; 29] = [
    "sh",
    "bash",
    "zsh",
    "ksh",
    "ps1",
    "psm1",
    "cmd",
    "bat",
    "json",
    "jsonc",
    "bicep",
    "bicepparam",
    "tf",
    "tfvars",
    "http",
    "rest",
    "csv",
    "tsv",
    "yml",
    "yaml",
    "mk",
    "mak",
    "dockerfile",
    "md",
    "markdown",
    "ipynb",
    "hcl",
    "azcli",
    "tfbackend",
];
/// The beginnings of the names of files that may create identities.
const NAMES: [&str; 4] = ["makefile", "gnumakefile", "dockerfile", "containerfile"];

const STANDARD_INPUT: &str = "-";

/// A file to check.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) decoded: Decoded,
    /// Whether it was found in a folder, and not named.
    pub(crate) is_found: bool,
}

impl Input {
    /// Whether it is a file, and not standard input: an empty file may be meant, what a command prints isn't empty.
    pub(crate) fn is_named(&self) -> bool {
        self.name != STANDARD_INPUT
    }
}

#[derive(Default)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<Input>,
    /// Named files that can't be read, with the reason.
    pub(crate) errors: Vec<String>,
    /// Files of folders that can't be read, with the reason.
    pub(crate) unread: Vec<(String, String)>,
    /// The first folder named.
    pub(crate) folder: Option<String>,
    seen: BTreeSet<String>,
}

impl Inputs {
    pub(crate) fn of(named: &[String]) -> Self {
        let mut inputs = Self::default();
        for name in named {
            if name != STANDARD_INPUT && Path::new(name).is_dir() {
                inputs.folder.get_or_insert_with(|| name.clone());
                inputs.walk(Path::new(name));
            } else if inputs.seen.insert(name.clone()) {
                match read(name) {
                    Ok(decoded) => inputs.files.push(Input { name: name.clone(), decoded, is_found: false }),
                    Err(error) => inputs.errors.push([name, ": ", &error].concat()),
                }
            }
        }
        inputs
    }

    /// Adds the files of a folder and of those in it, in order of their names. Links are not followed.
    fn walk(&mut self, top: &Path) {
        let mut left = vec![(top.to_owned(), 0)];
        let mut count = 0;
        while let Some((folder, depth)) = left.pop() {
            let listed = fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            let mut entries = match listed {
                Ok(entries) => entries,
                Err(error) => {
                    self.errors.push(format!("{}: {error}", folder.display()));
                    continue;
                }
            };
            entries.sort_by_key(fs::DirEntry::file_name);
            let mut folders = Vec::new();
            for entry in entries {
                let (path, name) = (entry.path(), entry.file_name().to_string_lossy().to_lowercase());
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && is_source(&name) && depth < NESTED_MAX => folders.push((path, depth + 1)),
                    Ok(kind) if kind.is_file() => {
                        count += 1;
                        if count > FILES_MAX {
                            self.errors.push(format!("{}: this folder has more than {FILES_MAX} files", top.display()));
                            return;
                        }
                        self.found(&path, &name);
                    }
                    _ => {}
                }
            }
            left.extend(folders.into_iter().rev());
        }
    }

    /// Adds a file of a folder if it may create identities.
    fn found(&mut self, path: &Path, name: &str) {
        let shown = path.to_string_lossy().into_owned();
        let is_large = fs::metadata(path).is_ok_and(|metadata| metadata.len() > FILE_MAX);
        let is_known = is_known(name);
        if (is_large && !is_known) || self.seen.contains(&shown) {
            return;
        }
        match read(&shown) {
            // Lists are of anything; those of identities are named, or say where they are.
            Ok(decoded) if is_list(name) && !may_list(&decoded.text) => drop(decoded),
            Ok(decoded) if is_known || !occurrences(&decoded.text).is_empty() => {
                self.seen.insert(shown.clone());
                self.files.push(Input { name: shown, decoded, is_found: true });
            }
            Err(error) if is_known => self.unread.push((shown, format!("This file can't be read: {error}."))),
            _ => {}
        }
    }
}

/// Whether a folder, by its name in lower case, may hold sources.
fn is_source(name: &str) -> bool {
    !PASSED_OVER.contains(&name) && (!name.starts_with('.') || HIDDEN.contains(&name))
}

/// Whether a file, by its name in lower case, is of a kind that may create identities.
fn is_known(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) || NAMES.iter().any(|start| name.starts_with(start))
}

fn is_list(name: &str) -> bool {
    [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending))
}

/// A file's text; `-` is standard input.
fn read(file: &str) -> Result<Decoded, String> {
    let mut bytes = Vec::new();
    let most = FILE_MAX + 1;
    let outcome = if file == STANDARD_INPUT {
        std::io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|open| open.take(most).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(format!("this file is larger than {} MB", FILE_MAX / 1_000_000));
    }
    decode(bytes).ok_or_else(|| "this is not text in UTF-8, UTF-16 or Windows-1252".to_owned())
}
