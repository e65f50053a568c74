//! The part of the query language that is simulated: `table | where field op 'value' and .. | project a, b = c.d | limit n`.

use serde_json::Value;

use crate::simulator::json::json;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Resources,
    Authorization,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    /// `==`, `in`.
    Equal,
    /// `=~`, `in~`.
    EqualIgnoringCase,
    /// `contains`, which ignores case.
    Contains,
}

/// A field with its path, an operator, and the values of which one must fit.
type Filter = (Vec<String>, Operator, Vec<String>);

#[derive(Debug)]
pub(super) struct Query {
    pub(super) table: Table,
    filters: Vec<Filter>,
    /// The columns' names and paths; all if empty.
    columns: Vec<(String, Vec<String>)>,
    pub(super) limit: Option<u64>,
}

impl Query {
    /// `None` if it is not simulated.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut stages = split(text, "|").into_iter();
        let table = match stages.next()?.trim().to_ascii_lowercase().as_str() {
            "resources" => Table::Resources,
            "authorizationresources" => Table::Authorization,
            _ => return None,
        };
        let mut query = Self { table, filters: Vec::new(), columns: Vec::new(), limit: None };
        for stage in stages {
            let (verb, rest) = stage.trim().split_once(char::is_whitespace)?;
            match verb.to_ascii_lowercase().as_str() {
                // Filters after it would see only its columns.
                "where" if query.columns.iter().all(|(name, path)| path[..] == [name.as_str()]) => {
                    for term in split(rest, " and ") {
                        query.filters.push(filter(term.trim())?);
                    }
                }
                "project" if query.columns.is_empty() => {
                    for column in rest.split(',') {
                        query.columns.push(column_of(column.trim())?);
                    }
                }
                "limit" | "take" if query.limit.is_none() => query.limit = Some(rest.trim().parse().ok()?),
                _ => return None,
            }
        }
        Some(query)
    }

    pub(super) fn matches(&self, row: &Value) -> bool {
        self.filters.iter().all(|(path, operator, values)| {
            let Some(found) = at(row, path).as_str() else { return false };
            values.iter().any(|value| match operator {
                Operator::Equal => found == value,
                Operator::EqualIgnoringCase => found.to_lowercase() == value.to_lowercase(),
                Operator::Contains => found.to_lowercase().contains(&value.to_lowercase()),
            })
        })
    }

    /// Whether the rows have this column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.is_empty() || self.columns.iter().any(|(name, _)| name == column)
    }

    pub(super) fn projected(&self, row: Value) -> Value {
        if self.columns.is_empty() {
            return row;
        }
        let mut projected = json!({});
        for (name, path) in &self.columns {
            projected[name] = at(&row, path).clone();
        }
        projected
    }
}

fn at<'row>(row: &'row Value, path: &[String]) -> &'row Value {
    path.iter().fold(row, |value, name| &value[name])
}

/// `type =~ 'x'`, `name in ('x', 'y')`.
fn filter(term: &str) -> Option<Filter> {
    let end = term.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_')))?;
    let (field, rest) = (path(&term[..end])?, term[end..].trim());
    let word = |word: &str| rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| rest[word.len()..].trim());
    let one = |rest: &str| Some(vec![text(rest)?]);
    let (operator, values) = if let Some(rest) = word("==") {
        (Operator::Equal, one(rest)?)
    } else if let Some(rest) = word("=~") {
        (Operator::EqualIgnoringCase, one(rest)?)
    } else if let Some(rest) = word("contains ") {
        (Operator::Contains, one(rest)?)
    } else if let Some(rest) = word("in~") {
        (Operator::EqualIgnoringCase, list(rest)?)
    } else {
        (Operator::Equal, list(word("in ").or_else(|| word("in(").map(|_| &rest[2..]))?)?)
    };
    Some((field, operator, values))
}

fn list(rest: &str) -> Option<Vec<String>> {
    split(rest.trim().strip_prefix('(')?.strip_suffix(')')?, ",").into_iter().map(|item| text(item.trim())).collect()
}

/// `'text'` or `"text"`, without escapes.
fn text(quoted: &str) -> Option<String> {
    let inside = |quote: char| quoted.strip_prefix(quote)?.strip_suffix(quote);
    let text = inside('\'').or_else(|| inside('"'))?;
    (!text.contains(['\'', '"', '\\'])).then(|| text.to_owned())
}

/// `name`, `properties.principalId`, or `alias = path`. A path's column is named with underscores.
fn column_of(column: &str) -> Option<(String, Vec<String>)> {
    match column.split_once('=') {
        Some((name, of)) => match path(name.trim())?.as_slice() {
            [name] => Some((name.clone(), path(of.trim())?)),
            _ => None,
        },
        None => Some((column.replace('.', "_"), path(column)?)),
    }
}

fn path(text: &str) -> Option<Vec<String>> {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    text.split('.').map(|name| is_name(name).then(|| name.to_owned())).collect()
}

/// Splits at `by` outside quotes, case-insensitively.
fn split<'text>(text: &'text str, by: &str) -> Vec<&'text str> {
    let (mut parts, mut start, mut quote) = (Vec::new(), 0, None);
    for (index, letter) in text.char_indices() {
        match quote {
            Some(open) if open == letter => quote = None,
            None if matches!(letter, '\'' | '"') => quote = Some(letter),
            None if index >= start && text.get(index..index + by.len()).is_some_and(|word| word.eq_ignore_ascii_case(by)) => {
                parts.push(&text[start..index]);
                start = index + by.len();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_part_of_the_language() {
        let row = json!({ "name": "Reg|1 and 2", "type": "a/b", "properties": { "principalId": "x" } });
        for (stage, expected) in [
            ("where type =~ 'A/B'", true),
            ("where type == 'A/B'", false),
            ("where name == 'Reg|1 and 2' and type=='a/b'", true),
            ("where name contains 'REG'", true),
            ("where properties.principalId in ('y', 'x')", true),
            ("where properties.principalId in~('X')", true),
            ("where properties.none == ''", false),
            ("where type =~ \"a/b\" | where name == 'z'", false),
            ("project name | where name contains 'reg'", true),
        ] {
            assert_eq!(Query::parse(&format!("Resources | {stage}")).map(|query| query.matches(&row)), Some(expected), "{stage}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for query in [
            "",
            "x",
            "resources |",
            "resources | where",
            "resources | where type",
            "resources | where type = 'x'",
            "resources | where type =~ x",
            "resources | where tolower(type) == 'x'",
            "resources | where type =~ 'x' or type =~ 'y'",
            "resources | where type =~ 'x'y'",
            "resources | where type in ('x'",
            "resources | where é == 'x'",
            "resources | project",
            "resources | project a b",
            "resources | project x = properties.y | where x == 'a'",
            "resources | limit x",
            "resources | mv-expand x",
        ] {
            assert!(Query::parse(query).is_none(), "{query}");
        }
    }
}
