//! The condition that limits a role to some of a registry's repositories (Azure docs, "Microsoft Entra attribute-based access control for
//! repository permissions").

use super::role::{REPOSITORY_CONTRIBUTOR, REPOSITORY_READER, REPOSITORY_WRITER, RegistryRole};
use crate::messages::{self, Message};

/// The longest name of a repository (OCI distribution specification).
const NAME_MAX: usize = 255;
/// The data actions of the roles, from the least role to the greatest: each role has its own and those before.
const READ: [&str; 2] = ["content/read", "metadata/read"];
const WRITE: [&str; 2] = ["content/write", "metadata/write"];
const DELETE: [&str; 2] = ["content/delete", "metadata/delete"];
const REPOSITORIES: &str = "Microsoft.ContainerRegistry/registries/repositories";

/// One repository, or all whose names start with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// A name, or a prefix without the `*` that marks it.
    pub name: String,
    pub is_prefix: bool,
}

impl Repository {
    /// Parses `name`, or `prefix*`.
    ///
    /// # Errors
    /// Why no repository can have this name.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let (name, is_prefix) = match text.strip_suffix('*') {
            Some(prefix) => (prefix, true),
            None => (text, false),
        };
        if name.chars().any(|letter| letter.is_ascii_uppercase()) {
            return Err(messages::REPOSITORY_UPPER_CASE);
        }
        let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-/".contains(letter);
        if name.contains(':') || name.contains('@') {
            return Err(messages::REPOSITORY_WITH_TAG);
        }
        if name.is_empty() || name.len() > NAME_MAX || !name.chars().all(is_letter) {
            return Err(messages::REPOSITORY_WRONG);
        }
        let parts = if is_prefix { name.strip_suffix('/').unwrap_or(name) } else { name };
        let is_edge = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let is_part = |part: &str| part.starts_with(is_edge) && (is_prefix || part.ends_with(is_edge));
        if parts.split('/').all(is_part) { Ok(Self { name: name.to_owned(), is_prefix }) } else { Err(messages::REPOSITORY_WRONG) }
    }

    /// As it is typed.
    pub fn typed(&self) -> String {
        [self.name.as_str(), if self.is_prefix { "*" } else { "" }].concat()
    }

    /// Whether it is a prefix that also matches names which merely begin alike: `team` matches `team-b/app`.
    pub fn matches_neighbours(&self) -> bool {
        self.is_prefix && !self.name.ends_with('/')
    }
}

/// The repositories in a list that is separated by commas, white space or line breaks.
///
/// # Errors
/// The first entry that is wrong, and why.
pub fn repositories(text: &str) -> Result<Vec<Repository>, (String, Message)> {
    let mut found: Vec<Repository> = Vec::new();
    for entry in text.split(|letter: char| letter == ',' || letter.is_whitespace()).filter(|entry| !entry.is_empty()) {
        let repository = Repository::parse(entry).map_err(|why| (entry.to_owned(), why))?;
        if !found.contains(&repository) {
            found.push(repository);
        }
    }
    Ok(found)
}

/// The condition that limits `role` to `repositories`. `None` for all of them, and for a role that takes no condition.
pub fn condition(role: RegistryRole, repositories: &[Repository]) -> Option<String> {
    let actions: &[[&str; 2]] = match role {
        REPOSITORY_READER => &[READ],
        REPOSITORY_WRITER => &[READ, WRITE],
        REPOSITORY_CONTRIBUTOR => &[READ, WRITE, DELETE],
        _ => return None,
    };
    if repositories.is_empty() {
        return None;
    }
    // An action that isn't listed would be allowed everywhere.
    let others: Vec<String> =
        actions.iter().flatten().map(|action| ["!(ActionMatches{'", REPOSITORIES, "/", action, "'})"].concat()).collect();
    let names: Vec<String> = repositories
        .iter()
        .map(|repository| {
            let operator = if repository.is_prefix { "StringStartsWithIgnoreCase" } else { "StringEqualsIgnoreCase" };
            ["@Request[", REPOSITORIES, ":name] ", operator, " '", &repository.name, "'"].concat()
        })
        .collect();
    Some(["((", &others.join(" AND "), ") OR (", &names.join(" OR "), "))"].concat())
}

/// The repositories that a condition of ours is limited to; `None` for any other condition.
pub fn of_condition(role: RegistryRole, text: &str) -> Option<Vec<Repository>> {
    let mut found = Vec::new();
    for part in text.split("@Request[").skip(1) {
        let (operator, rest) = part.strip_prefix(REPOSITORIES)?.strip_prefix(":name] ")?.split_once(" '")?;
        let is_prefix = operator == "StringStartsWithIgnoreCase";
        let name = rest.split('\'').next()?.to_owned();
        let repository = Repository { name, is_prefix };
        // What can't be typed isn't ours: shown as names, it could pass for something else.
        if Repository::parse(&repository.typed()).as_ref() != Ok(&repository) {
            return None;
        }
        found.push(repository);
    }
    (condition(role, &found).as_deref() == Some(text)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::role::{ACR_PULL, REPOSITORY_WRITER};
    use super::*;

    #[test]
    fn a_condition_is_azures_own() {
        // As in the documentation.
        let documented = "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'backend/api'))";
        let one = repositories("backend/api").expect("a repository");
        assert_eq!(condition(REPOSITORY_READER, &one).as_deref(), Some(documented));
        assert_eq!(of_condition(REPOSITORY_READER, documented), Some(one));
        assert_eq!(of_condition(REPOSITORY_WRITER, documented), None);
        for odd in ["a, b", "Backend", "a*", ""] {
            assert_eq!(of_condition(REPOSITORY_READER, &documented.replace("backend/api", odd)), None, "{odd}");
        }
    }

    #[test]
    fn a_condition_lists_every_action_of_its_role() {
        let several = repositories("backend/*, web\nweb").expect("repositories");
        let writer = condition(REPOSITORY_WRITER, &several).expect("a condition");
        for action in ["content/read", "metadata/read", "content/write", "metadata/write"] {
            assert!(writer.contains(&["repositories/", action, "'})"].concat()), "{action}");
        }
        assert!(!writer.contains("delete"));
        assert!(writer.ends_with("StringStartsWithIgnoreCase 'backend/' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'web'))"));
        assert!(condition(REPOSITORY_CONTRIBUTOR, &several).is_some_and(|text| text.contains("content/delete")));
        assert_eq!(of_condition(REPOSITORY_WRITER, &writer), Some(several.clone()));
        assert_eq!((condition(ACR_PULL, &several), condition(REPOSITORY_READER, &[])), (None, None));
    }

    #[test]
    fn names_of_repositories() {
        let table = [
            ("backend/api", Ok(false)),
            ("a", Ok(false)),
            ("team/*", Ok(true)),
            ("team*", Ok(true)),
            ("team-*", Ok(true)),
            ("Backend", Err(messages::REPOSITORY_UPPER_CASE)),
            ("api:latest", Err(messages::REPOSITORY_WITH_TAG)),
            ("*", Err(messages::REPOSITORY_WRONG)),
            ("/api", Err(messages::REPOSITORY_WRONG)),
            ("a//b", Err(messages::REPOSITORY_WRONG)),
            ("a/", Err(messages::REPOSITORY_WRONG)),
            ("o'brien", Err(messages::REPOSITORY_WRONG)),
            ("a*b", Err(messages::REPOSITORY_WRONG)),
        ];
        for (text, expected) in table {
            assert_eq!(Repository::parse(text).map(|repository| repository.is_prefix), expected, "{text}");
        }
        assert!(Repository::parse("team*").is_ok_and(|repository| repository.matches_neighbours()));
        assert!(Repository::parse("team/*").is_ok_and(|repository| !repository.matches_neighbours()));
        assert_eq!(repositories("a, Bad").map_err(|(entry, _)| entry), Err("Bad".to_owned()));
    }
}
