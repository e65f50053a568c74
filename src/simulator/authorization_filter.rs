//! The `$filter` of role assignments and role definitions.

use super::call::Call;
use super::refusal::Refusal;

/// What a filter demands, joined by `and`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct AuthorizationFilter {
    /// `atScope()`: not below the scope. `atScopeAndBelow()` is the default.
    pub(crate) at_scope: bool,
    /// `assignedTo('{principal}')`.
    pub(crate) assigned_to: Option<String>,
    /// `{field} eq '{value}'`, with the fields in lower case.
    equal: Vec<(String, String)>,
}

impl AuthorizationFilter {
    /// The filter of `call`; `fields`, in lower case, may be compared.
    pub(crate) fn of(call: &Call, fields: &[&str]) -> Result<Self, Refusal> {
        let mut read = Self::default();
        let Some(filter) = call.query("$filter").filter(|filter| !filter.trim().is_empty()) else { return Ok(read) };
        let refused = || Refusal::by_provider(400, "UnsupportedQuery", &format!("The filter '{filter}' is not supported."));
        for term in terms(filter) {
            let lower = term.to_ascii_lowercase();
            if lower == "atscope()" {
                read.at_scope = true;
            } else if let Some(value) = lower.strip_prefix("assignedto(").and_then(|rest| rest.strip_suffix(')')) {
                read.assigned_to = Some(quoted(value).ok_or_else(refused)?.to_owned());
            } else if lower != "atscopeandbelow()" {
                let (field, value) = split(term).ok_or_else(refused)?;
                let field = field.to_ascii_lowercase();
                if !fields.contains(&field.as_str()) {
                    return Err(refused());
                }
                read.equal.push((field, quoted(value).ok_or_else(refused)?.replace("''", "'")));
            }
        }
        Ok(read)
    }

    /// Whether `value` is what the filter demands of `field`, if anything.
    pub(crate) fn allows(&self, field: &str, value: &str) -> bool {
        self.equal.iter().all(|(known, wanted)| known != field || wanted.eq_ignore_ascii_case(value))
    }
}

// Values with ` and ` inside keep it.
fn terms(filter: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut inside) = (0, false);
    for (at, letter) in filter.char_indices() {
        inside ^= letter == '\'';
        if !inside && at >= start && filter.get(at..at + 5).is_some_and(|word| word.eq_ignore_ascii_case(" and ")) {
            found.push(filter[start..at].trim());
            start = at + 5;
        }
    }
    found.push(filter[start..].trim());
    found
}

fn split(term: &str) -> Option<(&str, &str)> {
    let at = term.to_ascii_lowercase().find(" eq ")?;
    Some((term[..at].trim(), term[at + 4..].trim()))
}

fn quoted(value: &str) -> Option<&str> {
    value.trim().strip_prefix('\'')?.strip_suffix('\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::http::Method;

    fn read(filter: &str) -> Result<AuthorizationFilter, String> {
        let encoded = filter.replace('\'', "%27").replace(' ', "%20");
        let call = Call::inner(Method::Get, &format!("/a?$filter={encoded}"), "x", None, 0);
        AuthorizationFilter::of(&call, &["rolename", "type"]).map_err(|refusal| refusal.code().to_owned())
    }

    #[test]
    fn reads_what_arm_documents() {
        assert_eq!(read(""), Ok(AuthorizationFilter::default()));
        let both = read("atScope() and assignedTo('A-1')").expect("documented");
        assert_eq!((both.at_scope, both.assigned_to.as_deref()), (true, Some("a-1")));
        let role = read("atScopeAndBelow() AND roleName eq 'Search and Find' and type EQ 'BuiltInRole'").expect("documented");
        assert!(!role.at_scope && role.allows("rolename", "search AND find") && role.allows("type", "builtinrole"));
        assert!(!role.allows("rolename", "Search") && role.allows("other", "x"));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for filter in ["x", "name eq 'x'", "roleName eq x", "assignedTo(x)", "roleName ne 'x'", "é and roleName eq 'x"] {
            assert_eq!(read(filter), Err("UnsupportedQuery".to_owned()), "{filter}");
        }
    }
}
