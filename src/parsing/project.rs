//! The files of a project, read as one: a value that another file gives is taken from there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::given::Given;
use super::parsed_identity::{Note, ParsedIdentity};
use super::{Hints, ParsedText, TextFormat, bicep, bicep_parameters, finished, kind_of, read_as, template, terraform};
use crate::messages;

/// The most sets of values with which a file is read.
const SETS_MAX: usize = 20;

/// The deepest nesting of modules.
const DEPTH_MAX: u32 = 16;

/// A reader that takes the values of other files.
type ReadIn = fn(&str, &Given) -> ParsedText;

/// Parses the files of a project, given by name and text. `format` overrules the detection of their formats.
pub fn read_all(files: &[(&str, &str)], format: Option<TextFormat>) -> Vec<ParsedText> {
    let kinds: Vec<TextFormat> = files.iter().map(|(file, text)| kind_of(text, Hints { file, format })).collect();
    let project = Project::of(files, &kinds);
    let is_alone = files.len() == 1;
    let read = |(index, (file, text)): (usize, &(&str, &str))| {
        let kind = kinds[index];
        let mut reading = if is_alone || kind != TextFormat::Template || template::may_hold(text) {
            project.read(index, kind, text)
        } else {
            ParsedText { kind, ..ParsedText::default() }
        };
        reading.notes.retain(|note| !project.answers(index, note));
        finished(text, file, reading)
    };
    files.iter().enumerate().map(read).collect()
}

#[derive(Default)]
struct Project {
    /// The normalised path of each file.
    paths: Vec<String>,
    files: BTreeMap<String, usize>,
    /// What the files of each Terraform module define.
    modules: BTreeMap<String, Given>,
    /// The sets of values with which other modules call each Terraform module.
    calls: BTreeMap<String, Vec<Given>>,
    /// The sets of values given to each template or Bicep file.
    sets: BTreeMap<usize, Vec<Given>>,
    /// The parameters files that give one.
    used: BTreeSet<usize>,
}

impl Project {
    fn of(files: &[(&str, &str)], kinds: &[TextFormat]) -> Self {
        let paths: Vec<String> = files.iter().map(|(file, _)| joined("", file)).collect();
        let by_path = paths.iter().cloned().enumerate().map(|(index, path)| (path, index)).collect();
        let mut project = Self { paths, files: by_path, ..Self::default() };
        // Values in variables files come after the definitions, which they replace; Terraform reads them in order of their names.
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by_key(|index| (rank(&project.paths[*index]), project.paths[*index].clone()));
        for index in order {
            let text = files[index].1;
            let folder = folder(&project.paths[index]).to_owned();
            match kinds[index] {
                TextFormat::Terraform => project.define(folder, terraform::defined(text)),
                TextFormat::TerraformVariables if rank(&project.paths[index]) > 0 => {
                    project.define(folder, terraform::variables(text));
                }
                TextFormat::BicepParameters => {
                    let (using, given) = bicep_parameters::values(text);
                    project.give(index, using.and_then(|using| project.file(&folder, &using)), given);
                }
                TextFormat::Template => {
                    if let Some(given) = template::parameters_file(text) {
                        project.give(index, project.template_of(index), given);
                    }
                }
                _ => {}
            }
        }
        project.call_modules(files, kinds);
        project.call_terraform(files, kinds);
        project
    }

    /// Gives each Terraform module what its callers give it, beginning with the modules that no other one calls.
    fn call_terraform(&mut self, files: &[(&str, &str)], kinds: &[TextFormat]) {
        let calls_of = |index: usize, given: &Given| terraform::modules(files[index].1, given);
        let mut callers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut called = BTreeSet::new();
        for index in (0..files.len()).filter(|index| kinds[*index] == TextFormat::Terraform) {
            let folder = folder(&self.paths[index]);
            for (source, _) in calls_of(index, &Given::default()) {
                called.insert(joined(folder, &source));
                let callers = callers.entry(folder.to_owned()).or_default();
                if callers.last() != Some(&index) {
                    callers.push(index);
                }
            }
        }
        let roots = callers.keys().filter(|folder| !called.contains(*folder));
        let mut calls: Vec<(String, Given, u32)> = roots.map(|root| (root.clone(), Given::default(), 0)).collect();
        while let Some((folder, passed, depth)) = calls.pop() {
            let given = self.given(&folder, &passed);
            for index in callers.get(&folder).into_iter().flatten() {
                for (source, passed) in calls_of(*index, &given) {
                    let module = joined(&folder, &source);
                    let sets = self.calls.entry(module.clone()).or_default();
                    if sets.len() <= SETS_MAX && !sets.contains(&passed) {
                        sets.push(passed.clone());
                        if depth < DEPTH_MAX {
                            calls.push((module, passed, depth + 1));
                        }
                    }
                }
            }
        }
    }

    /// What the files of a Terraform module define, with the values of each call.
    fn sets_of_module(&self, folder: &str) -> Cow<'_, [Given]> {
        match (self.calls.get(folder), self.modules.get(folder)) {
            (Some(calls), _) => calls.iter().map(|call| self.given(folder, call)).collect(),
            (None, Some(own)) => Cow::Borrowed(std::slice::from_ref(own)),
            (None, None) => Cow::default(),
        }
    }

    /// What the files of a Terraform module define, with the values of a call.
    fn given(&self, folder: &str, passed: &Given) -> Given {
        let own = self.modules.get(folder).map(|own| own.values.as_slice()).unwrap_or_default();
        Given { values: [own, passed.values.as_slice()].concat() }
    }

    /// Gives each Bicep module what its callers give it, beginning with the files that no other one calls.
    fn call_modules(&mut self, files: &[(&str, &str)], kinds: &[TextFormat]) {
        let callers: Vec<usize> = (0..files.len()).filter(|index| kinds[*index] == TextFormat::Bicep).collect();
        let called = |caller: usize| bicep::modules(files[caller].1, &Given::default()).into_iter().map(move |(path, _)| (caller, path));
        let called: BTreeSet<usize> = callers
            .iter()
            .flat_map(|caller| called(*caller))
            .filter_map(|(caller, path)| self.file(folder(&self.paths[caller]), &path))
            .collect();
        let mut calls: Vec<(usize, Given, u32)> = Vec::new();
        for root in callers.into_iter().rev().filter(|caller| !called.contains(caller)) {
            let sets = self.sets.get(&root).cloned().unwrap_or_else(|| vec![Given::default()]);
            calls.extend(sets.into_iter().take(SETS_MAX).map(|given| (root, given, 0)));
        }
        while let Some((caller, given, depth)) = calls.pop() {
            for (path, given) in bicep::modules(files[caller].1, &given) {
                let Some(module) = self.file(folder(&self.paths[caller]), &path) else { continue };
                let sets = self.sets.entry(module).or_default();
                if sets.len() <= SETS_MAX && !sets.contains(&given) {
                    sets.push(given.clone());
                    if kinds[module] == TextFormat::Bicep && depth < DEPTH_MAX {
                        calls.push((module, given, depth + 1));
                    }
                }
            }
        }
    }

    fn define(&mut self, folder: String, given: Given) {
        self.modules.entry(folder).or_default().values.extend(given.values);
    }

    /// The values of the parameters file `index` for `target`.
    fn give(&mut self, index: usize, target: Option<usize>, given: Given) {
        if let Some(target) = target {
            self.sets.entry(target).or_default().push(given);
            self.used.insert(index);
        }
    }

    /// The file at `path`, seen from `folder`.
    fn file(&self, folder: &str, path: &str) -> Option<usize> {
        self.files.get(&joined(folder, path)).copied()
    }

    /// The template of a parameters file, by name: `main.prod.parameters.json` belongs to `main.json` or `main.bicep`.
    fn template_of(&self, index: usize) -> Option<usize> {
        let path = &self.paths[index];
        let name = path.rsplit('/').next().unwrap_or_default();
        let ends = name.match_indices(['.', '-', '_']).map(|(end, _)| &name[..end]);
        let candidates = ends.rev().flat_map(|start| [".bicep", ".json"].map(|extension| [start, extension].concat()));
        candidates.filter_map(|candidate| self.file(folder(path), &candidate)).find(|found| *found != index)
    }

    fn read(&self, index: usize, kind: TextFormat, text: &str) -> ParsedText {
        let folder = folder(&self.paths[index]);
        let sets = || self.sets.get(&index).map(|sets| Cow::Borrowed(sets.as_slice())).unwrap_or_default();
        let (sets, read_in): (Cow<[Given]>, ReadIn) = match kind {
            TextFormat::Terraform => (self.sets_of_module(folder), terraform::read_in),
            TextFormat::Bicep => (sets(), bicep::read_in),
            TextFormat::Template => (sets(), template::read_in),
            _ => (Cow::default(), |_, _| ParsedText::default()),
        };
        let mut all = sets.iter().take(SETS_MAX).map(|given| read_in(text, given));
        let mut reading = all.next().unwrap_or_else(|| read_as(kind, text));
        all.for_each(|one| merge(&mut reading, one));
        if sets.len() > SETS_MAX {
            reading.notes.push(Note::warns(0, messages::READ_SETS_MANY.with([&SETS_MAX.to_string()])));
        }
        reading.kind = kind;
        reading
    }

    /// Whether the project holds the file that a note asks for.
    fn answers(&self, index: usize, note: &Note) -> bool {
        let folder = folder(&self.paths[index]);
        let argument = |at: usize| note.sentence.arguments.get(at).map_or("", String::as_str);
        match note.sentence.message {
            messages::READ_MODULE => self.file(folder, argument(0)).is_some(),
            messages::READ_MODULE_ELSEWHERE => self.modules.contains_key(&joined(folder, argument(1))),
            messages::READ_VARIABLES => self.modules.contains_key(folder),
            messages::READ_PARAMETERS | messages::READ_BICEP_PARAMETERS => self.used.contains(&index),
            _ => false,
        }
    }
}

/// Adds what another set of values leads to. Its identities are alternatives to those before.
fn merge(whole: &mut ParsedText, one: ParsedText) {
    let of_identity = |found: &ParsedIdentity| (found.at, format!("{:?}{:?}", found.draft, found.remarks));
    let of_note = |note: &Note| (note.at, note.sentence.text());
    let known: BTreeSet<_> = whole.found.iter().map(of_identity).collect();
    let said: BTreeSet<_> = whole.notes.iter().map(of_note).collect();
    let new = one.found.into_iter().filter(|found| !known.contains(&of_identity(found)));
    whole.found.extend(new.map(|found| ParsedIdentity { conditional: true, ..found }));
    whole.notes.extend(one.notes.into_iter().filter(|note| !said.contains(&of_note(note))));
    whole.accounted.extend(one.accounted);
}

/// The place of a variables file among those that Terraform reads by itself; 0 for other files.
fn rank(path: &str) -> u8 {
    let path = path.strip_suffix(".json").unwrap_or(path);
    match path.rsplit('/').next().unwrap_or_default() {
        "terraform.tfvars" => 1,
        name if name.ends_with(".auto.tfvars") => 2,
        _ => 0,
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` seen from `folder`, without `.` and `..` where possible.
fn joined(folder: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = if is_absolute { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    let root = if is_absolute || folder.starts_with('/') { "/" } else { "" };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    [root, &parts.join("/")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised() {
        for (folder, path, expected) in [
            ("", "./infra/main.bicep", "infra/main.bicep"),
            ("infra", "./modules\\a.bicep", "infra/modules/a.bicep"),
            ("infra/x", "../../a.bicep", "a.bicep"),
            ("", "../a", "../a"),
            ("..", "../a", "../../a"),
            ("/srv", "a", "/srv/a"),
            ("a", "/b/./c", "/b/c"),
            ("/a", "../b", "/b"),
        ] {
            assert_eq!(joined(folder, path), expected, "{folder} {path}");
        }
    }
}
