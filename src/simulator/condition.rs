//! The conditions of role assignments, version 2.0 ("Azure role assignment condition format and syntax"): parsed when they are
//! written, and evaluated where the account's own assignment carries one.

use super::permitted::matches;

/// Maximum depth of brackets. Azure's own limit is not public.
const DEPTH_MAX: u32 = 64;
/// The comparisons, without the prefix for several values.
const OPERATORS: [&str; 22] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringStartsWith",
    "StringNotStartsWith",
    "StringStartsWithIgnoreCase",
    "StringNotStartsWithIgnoreCase",
    "StringLike",
    "StringNotLike",
    "StringLikeIgnoreCase",
    "StringNotLikeIgnoreCase",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericGreaterThan",
    "DateTimeEquals",
    "DateTimeLessThan",
    "DateTimeGreaterThan",
    "BoolEquals",
    "GuidEquals",
    "GuidNotEquals",
];
const QUANTIFIERS: [&str; 4] = ["ForAnyOfAnyValues:", "ForAllOfAnyValues:", "ForAnyOfAllValues:", "ForAllOfAllValues:"];
const SOURCES: [&str; 4] = ["Request", "Resource", "Principal", "Environment"];

/// A parsed condition.
#[derive(Debug, PartialEq)]
pub(crate) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// The action is one of these, with `*` as a wildcard.
    Action(Vec<String>),
    /// The attribute exists.
    Exists(String),
    /// An attribute, a comparison without its prefix, and values.
    Compare(String, String, Vec<String>),
}

/// What a condition is about.
pub(crate) struct Facts<'a> {
    pub(crate) action: &'a str,
    /// The values of attributes, by their names after the last colon, as `PrincipalType`.
    pub(crate) attributes: &'a [(&'a str, &'a str)],
}

impl Condition {
    /// `None` if `text` is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text, depth: 0 };
        let condition = parser.any()?;
        parser.rest.trim().is_empty().then_some(condition)
    }

    /// Whether it is fulfilled. An attribute without a value fulfils no comparison.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Any(terms) => terms.iter().any(|term| term.holds(facts)),
            Self::All(terms) => terms.iter().all(|term| term.holds(facts)),
            Self::Not(term) => !term.holds(facts),
            Self::Action(patterns) => patterns.iter().any(|pattern| matches(pattern, facts.action)),
            Self::Exists(attribute) => facts.value(attribute).is_some(),
            Self::Compare(attribute, operator, values) => facts.value(attribute).is_some_and(|value| compare(value, operator, values)),
        }
    }
}

impl Facts<'_> {
    fn value(&self, attribute: &str) -> Option<&str> {
        let name = attribute.rsplit(':').next().unwrap_or_default();
        self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}

// Comparisons of numbers and dates concern no attribute known here, and fail.
fn compare(value: &str, operator: &str, values: &[String]) -> bool {
    let (operator, negated) = match operator.split_once("Not") {
        Some((kind, rest)) => ([kind, rest].concat(), true),
        None => (operator.to_owned(), false),
    };
    let is_case_ignored = operator.ends_with("IgnoreCase") || operator.starts_with("Guid");
    let folded = |text: &str| if is_case_ignored { text.to_lowercase() } else { text.to_owned() };
    let value = folded(value);
    let mut values = values.iter().map(|one| folded(one));
    let found = match operator.trim_end_matches("IgnoreCase") {
        "StringEquals" | "GuidEquals" | "BoolEquals" => values.any(|one| one == value),
        "StringStartsWith" => values.any(|one| value.starts_with(&one)),
        "StringLike" => values.any(|one| matches(&one, &value)),
        _ => return false,
    };
    found != negated
}

struct Parser<'text> {
    rest: &'text str,
    depth: u32,
}

impl<'text> Parser<'text> {
    fn any(&mut self) -> Option<Condition> {
        let mut terms = vec![self.all()?];
        while self.word(&["OR", "||"]) {
            terms.push(self.all()?);
        }
        if terms.len() == 1 { terms.pop() } else { Some(Condition::Any(terms)) }
    }

    fn all(&mut self) -> Option<Condition> {
        let mut terms = vec![self.one()?];
        while self.word(&["AND", "&&"]) {
            terms.push(self.one()?);
        }
        if terms.len() == 1 { terms.pop() } else { Some(Condition::All(terms)) }
    }

    fn one(&mut self) -> Option<Condition> {
        self.depth += 1;
        let condition = if self.depth > DEPTH_MAX { None } else { self.one_within() };
        self.depth -= 1;
        condition
    }

    fn one_within(&mut self) -> Option<Condition> {
        if self.word(&["!", "NOT"]) {
            return Some(Condition::Not(Box::new(self.one()?)));
        }
        if self.word(&["("]) {
            let inner = self.any()?;
            return self.word(&[")"]).then_some(inner);
        }
        if self.word(&["ActionMatches", "SubOperationMatches"]) {
            return self.list().map(Condition::Action);
        }
        if self.word(&["Exists"]) {
            return self.attribute().map(Condition::Exists);
        }
        let attribute = self.attribute()?;
        let operator = self.taken(|letter| letter.is_ascii_alphabetic() || letter == ':');
        let has_start = |prefix: &&&str| operator.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let operator = &operator[QUANTIFIERS.iter().find(has_start).map_or(0, |prefix| prefix.len())..];
        let operator = (*OPERATORS.iter().find(|known| known.eq_ignore_ascii_case(operator))?).to_owned();
        let values = if self.rest.trim_start().starts_with('{') { self.list()? } else { vec![self.literal()?] };
        Some(Condition::Compare(attribute, operator, values))
    }

    /// `@Request[Microsoft.Authorization/roleAssignments:PrincipalType]`.
    fn attribute(&mut self) -> Option<String> {
        if !self.word(&["@"]) {
            return None;
        }
        let source = self.taken(|letter| letter.is_ascii_alphabetic());
        let inside = self.rest.strip_prefix('[')?;
        let end = inside.find(']')?;
        let name = &inside[..end];
        self.rest = &inside[end + 1..];
        (SOURCES.iter().any(|known| known.eq_ignore_ascii_case(source)) && !name.is_empty()).then(|| name.to_owned())
    }

    fn list(&mut self) -> Option<Vec<String>> {
        if !self.word(&["{"]) {
            return None;
        }
        let mut values = vec![self.literal()?];
        while self.word(&[","]) {
            values.push(self.literal()?);
        }
        self.word(&["}"]).then_some(values)
    }

    /// A quoted text, or a bare number, switch or ID.
    fn literal(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        if let Some(quoted) = self.rest.strip_prefix('\'') {
            let end = quoted.find('\'')?;
            self.rest = &quoted[end + 1..];
            return Some(quoted[..end].to_owned());
        }
        let bare = self.taken(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | ':'));
        (!bare.is_empty()).then(|| bare.to_owned())
    }

    /// Takes the first of `words` that is next, case-insensitively.
    fn word(&mut self, words: &[&str]) -> bool {
        let rest = self.rest.trim_start();
        for word in words {
            let Some(start) = rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)) else { continue };
            let after = &rest[start.len()..];
            let is_letter = |letter: char| letter.is_ascii_alphanumeric();
            if word.ends_with(is_letter) && after.starts_with(is_letter) {
                continue;
            }
            self.rest = after;
            return true;
        }
        false
    }

    fn taken(&mut self, is_part: impl Fn(char) -> bool) -> &'text str {
        let rest = self.rest.trim_start();
        let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        self.rest = &rest[end..];
        &rest[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONLY_PULL: &str = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR \
(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d} AND \
@Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal', 'Group'}))";

    fn holds(condition: &str, action: &str, attributes: &[(&str, &str)]) -> bool {
        Condition::parse(condition).expect("a condition").holds(&Facts { action, attributes })
    }

    #[test]
    fn a_delegation_permits_its_roles_and_principals() {
        let write = "Microsoft.Authorization/roleAssignments/write";
        let pull = ("RoleDefinitionId", "7F951DDA-4ed3-4680-a7ca-43fe172d538d");
        assert!(holds(ONLY_PULL, write, &[pull, ("PrincipalType", "serviceprincipal")]));
        assert!(!holds(ONLY_PULL, write, &[pull, ("PrincipalType", "User")]));
        assert!(!holds(ONLY_PULL, write, &[pull]));
        assert!(!holds(
            ONLY_PULL,
            write,
            &[("RoleDefinitionId", "8311e382-0749-4cb8-b61a-304f252e45ec"), ("PrincipalType", "ServicePrincipal")]
        ));
        assert!(holds(ONLY_PULL, "Microsoft.Authorization/roleAssignments/delete", &[]));
    }

    #[test]
    fn compares_as_in_azure() {
        for (comparison, expected) in [
            ("StringEquals 'backend/api'", true),
            ("StringEquals 'Backend/api'", false),
            ("StringEqualsIgnoreCase 'Backend/api'", true),
            ("stringNotEquals 'x'", true),
            ("StringStartsWithIgnoreCase 'BACKEND/'", true),
            ("StringNotStartsWith 'backend/'", false),
            ("StringLike 'back*api'", true),
            ("forAnyOfAnyValues:StringEquals {'x', 'backend/api'}", true),
            ("NumericEquals 3", false),
        ] {
            let condition = format!("@Request[Microsoft.ContainerRegistry/registries/repositories:name] {comparison}");
            assert_eq!(holds(&condition, "a", &[("name", "backend/api")]), expected, "{comparison}");
        }
        assert!(holds("Exists @Request[a:b] and not Exists @Request[a:c]", "a", &[("b", "")]));
    }

    #[test]
    fn refuses_what_is_no_condition() {
        let deep = format!("{}Exists @Request[a:b]{}", "(".repeat(100), ")".repeat(100));
        for bad in [
            "",
            "x",
            "(",
            "@Request[a:b]",
            "@Request[a:b] Equals 'x'",
            "@Other[a:b] StringEquals 'x'",
            "@Request[a:b] StringEquals 'x",
            "@Request[a:b] StringEquals {}",
            "@Request[a:b] StringEquals 'x' OR",
            "@Request[a:b] StringEquals 'x' 'y'",
            "ActionMatches 'x'",
            "ANDROID",
            "@Request[é",
            "€€€",
            &deep,
        ] {
            assert_eq!(Condition::parse(bad), None, "{bad}");
        }
        for long in ["(", "!", "!(", "ActionMatches{'a'} OR "] {
            assert_eq!(Condition::parse(&long.repeat(100_000)), None);
        }
    }
}
