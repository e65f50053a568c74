//! Combines this deployment's rules with those of the host page. A host can only add restrictions.

use crate::provisioning::rules::{RequiredTag, Rules};

/// Marks a list with no allowed entries: an empty list would allow everything. No region or subscription has this name.
const NOTHING: &str = "";

/// The rules that satisfy both.
pub fn stricter(own: &Rules, host: &Rules) -> Rules {
    Rules {
        names: own.names.iter().chain(&host.names).cloned().collect(),
        required_tags: own.required_tags.iter().chain(&host.required_tags).cloned().collect::<Vec<RequiredTag>>(),
        regions: both(&own.regions, &host.regions),
        subscriptions: both(&own.subscriptions, &host.subscriptions),
    }
}

/// The intersection of two lists; an empty list allows everything.
fn both(own: &[String], host: &[String]) -> Vec<String> {
    match (own, host) {
        ([], all) | (all, []) => all.to_vec(),
        (own, host) => {
            let common: Vec<_> = own.iter().filter(|entry| host.iter().any(|other| other.eq_ignore_ascii_case(entry))).cloned().collect();
            if common.is_empty() { vec![NOTHING.to_owned()] } else { common }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provisioning::check::{Knowledge, check};
    use crate::provisioning::draft::{Draft, TagRow};
    use crate::provisioning::pattern::Pattern;
    use crate::provisioning::problem::Severity;
    use crate::provisioning::rules::NameRule;

    fn contains(part: &'static str) -> Pattern {
        Pattern::compiled(part, move |text| text.contains(part))
    }

    fn rules(name: &'static str, tag: &[&str], regions: &[&str]) -> Rules {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        Rules {
            names: vec![NameRule { pattern: contains(name), message: String::new() }],
            required_tags: vec![RequiredTag { name: "Env".into(), values: texts(tag), pattern: None }],
            regions: texts(regions),
            subscriptions: Vec::new(),
        }
    }

    fn blocked(rules: &Rules, name: &str, env: &str, region: &str) -> usize {
        let draft = Draft {
            subscription: "11111111-2222-3333-4444-555555555555".into(),
            resource_group: "RG1".into(),
            region: region.into(),
            name: name.into(),
            tags: vec![TagRow { name: "Env".into(), value: env.into() }],
            ..Draft::default()
        };
        let problems = check(&draft, rules, &Knowledge::default());
        problems.iter().filter(|problem| problem.severity == Severity::Blocks).count()
    }

    #[test]
    fn both_sides_rules_apply() {
        let own = rules("id-", &["prod", "test"], &["eastus", "westus"]);
        let host = rules("-app", &["prod"], &["westus", "northeurope"]);
        let all = stricter(&own, &host);
        for (name, env, region, count) in [
            ("id-1-app", "prod", "westus", 0),
            ("id-1", "prod", "westus", 1),
            ("1-app", "prod", "westus", 1),
            ("id-1-app", "test", "westus", 1),
            ("id-1-app", "", "westus", 1),
            ("id-1-app", "prod", "eastus", 1),
            ("id-1-app", "prod", "northeurope", 1),
        ] {
            assert_eq!(blocked(&all, name, env, region), count, "{name} {env} {region}");
        }
    }

    #[test]
    fn a_host_can_only_add_restrictions() {
        let own = rules("id-", &["prod"], &["eastus"]);
        assert_eq!(stricter(&own, &Rules::default()), own);
        assert_eq!(stricter(&Rules::default(), &own), own);
        let other = Rules { regions: vec!["westus".into()], ..Rules::default() };
        let none_left = stricter(&own, &other);
        for region in ["eastus", "westus", "northeurope"] {
            assert_eq!(blocked(&none_left, "id-", "prod", region), 1, "{region}");
        }
    }
}
