//! Scripts that a host runs once for each of a list's values: a matrix, `loop:`, `${{ each }}`.

use super::yaml::{Node, Yaml};

/// Maximum rows of one list, and runs of one script.
const ROWS_MAX: usize = 30;
/// Maximum lists around a script.
const LISTS_MAX: usize = 8;
/// Maximum names in a row.
const NAMES_MAX: usize = 8;
/// Maximum length of a value.
const VALUE_MAX: usize = 200;
/// The keys of loops in playbooks.
const LOOPS: [&str; 4] = ["loop", "with_items", "with_list", "with_flattened_list"];

/// The names of one run, with their values and places.
pub(super) type Row = Vec<(String, String, usize)>;

/// The values of a list in YAML, each under `name` or, if they are maps, `name.key`.
fn rows(text: &str, name: &str, list: &Node) -> Vec<Row> {
    let scalar = |name: String, node: &Node| match node.value {
        Yaml::Scalar(_) if name.len() + node.end - node.at < VALUE_MAX => Some((name, node.written(text).to_owned(), node.at)),
        _ => None,
    };
    let row = |item: &Node| -> Row {
        let members = item.entries().iter().filter_map(|(key, value)| scalar([name, ".", key.written(text)].concat(), value));
        scalar(name.to_owned(), item).into_iter().chain(members).take(NAMES_MAX).collect()
    };
    let items = list.items();
    if items.len() > ROWS_MAX { Vec::new() } else { items.iter().map(row).collect() }
}

/// The lists of a text.
#[derive(Default)]
pub(super) struct Repeats {
    /// Those that have names.
    lists: Vec<(String, Vec<Row>)>,
    /// Those of the loops around.
    rows: Vec<Vec<Row>>,
}

impl Repeats {
    /// The number of loops around.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Leaves loops.
    pub(super) fn truncate(&mut self, length: usize) {
        self.rows.truncate(length);
    }

    /// Keeps a list under a name that loops may use.
    pub(super) fn list(&mut self, text: &str, name: &str, list: &Node) {
        let found = rows(text, "", list);
        if !found.is_empty() && self.lists.len() < ROWS_MAX {
            self.lists.push((name.to_owned(), found));
        }
    }

    /// The runs of what is in a map.
    pub(super) fn of_map(&mut self, text: &str, map: &Node) {
        let outer = self.rows.len();
        let matrix = map.get(text, "strategy").and_then(|strategy| strategy.get(text, "matrix"));
        for (key, value) in matrix.map(Node::entries).unwrap_or_default() {
            let key = key.written(text);
            match value.value {
                // Each leg has its variables.
                Yaml::Map(_) => {
                    let leg = value.entries().iter().filter(|(_, value)| matches!(value.value, Yaml::Scalar(_)));
                    let leg = leg.map(|(key, value)| (key.written(text).to_owned(), value.written(text).to_owned(), value.at));
                    self.add(vec![leg.filter(|(_, value, _)| value.len() < VALUE_MAX).take(NAMES_MAX).collect()], outer);
                }
                _ if key == "include" => self.add(rows(text, "matrix", value), outer),
                _ => self.add(rows(text, &["matrix.", key].concat(), value), outer),
            }
        }
        for value in LOOPS.iter().filter_map(|key| map.get(text, key)) {
            let name = value.written(text).trim_start_matches("{{").trim_end_matches("}}").trim();
            let found = if value.items().is_empty() { self.named("item", name) } else { rows(text, "item", value) };
            self.add(found, outer);
        }
    }

    /// The runs of what is under `${{ each name in list }}`.
    pub(super) fn each(&mut self, key: &str) {
        let words: Vec<&str> = key.split_ascii_whitespace().collect();
        if let ["${{", "each", name, "in", list, ..] = words.as_slice() {
            let found = self.named(name, list.trim_start_matches("parameters.").trim_end_matches("}}"));
            self.add(found, self.rows.len());
        }
    }

    fn named(&self, name: &str, list: &str) -> Vec<Row> {
        let known = self.lists.iter().rev().find(|(known, _)| known == list).map(|(_, rows)| rows.as_slice());
        let renamed = |row: &Row| row.iter().map(|(member, value, at)| ([name, member].concat(), value.clone(), *at)).collect();
        known.unwrap_or_default().iter().map(renamed).collect()
    }

    /// Joins rows to those with the same first name, from the list `outer` on.
    fn add(&mut self, rows: Vec<Row>, outer: usize) {
        for row in rows {
            let Some((name, ..)) = row.first() else { continue };
            let same = |known: &&mut Vec<Row>| known.iter().any(|row| row.first().is_some_and(|(known, ..)| known == name));
            let lists = self.rows.len();
            match self.rows.iter_mut().skip(outer).find(same) {
                Some(known) if known.len() < ROWS_MAX => known.push(row),
                None if lists < LISTS_MAX => self.rows.push(vec![row]),
                _ => {}
            }
        }
    }

    /// The runs of a script: each value of the lists that it uses, with each of the others.
    pub(super) fn runs(&self, script: &str) -> Vec<Row> {
        let uses = |rows: &&Vec<Row>| rows.first().is_some_and(|row| row.iter().any(|(name, ..)| script.contains(name.as_str())));
        let mut runs = vec![Row::new()];
        for rows in self.rows.iter().filter(uses) {
            if runs.len() * rows.len() <= ROWS_MAX {
                runs = runs.iter().flat_map(|run| rows.iter().map(|row| [run.as_slice(), row].concat())).collect();
            }
        }
        runs
    }
}
