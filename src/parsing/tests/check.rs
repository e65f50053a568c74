//! Tests of what is said of the identities read.

use super::expect;
use crate::messages::Message;
use crate::parsing::{ParsedText, TextFormat, check, check_all, read};
use crate::provisioning::field::{PROPERTIES, TOOLS};
use crate::provisioning::pattern::Pattern;
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::{NameRule, RequiredTag, Rules};

/// The problems of the last identity in the last of `files`, by severity.
fn told(files: &[(&str, &str)], rules: &Rules) -> Vec<(Severity, String)> {
    let readings: Vec<ParsedText> = files.iter().map(|(_, text)| read(text)).collect();
    let checked = check_all(files, &readings, rules).into_iter().flatten().next_back().unwrap();
    checked.into_iter().map(|problem| (problem.severity, problem.sentence.text())).collect()
}

#[test]
fn regions_are_those_of_azure() {
    for (region, problem) in [
        ("westeurope", ""),
        ("'West Europe'", ""),
        ("'west europe'", ""),
        ("NorthCentralUS", ""),
        ("usgovvirginia", ""),
        ("cus", "1 warns Unknown region “cus”. Did you mean centralus?"),
        ("westeuorpe", "1 warns Unknown region “westeuorpe”. Did you mean westeurope?"),
        ("mars", "1 warns Unknown region “mars”. Check its spelling."),
        ("france-central", "1 blocks Unknown region “france-central”. Did you mean francecentral?"),
        ("eu-west", "1 blocks Unknown region “eu-west”. Did you mean westeurope?"),
        ("a/b/c", "1 blocks Unknown region “a/b/c”. Check its spelling."),
        ("Global", "1 blocks An identity can't be global."),
    ] {
        let text = format!("az identity create -g RG1 -n uami-1 -l {region}");
        let reading = read(&text);
        let problems: &[&str] = if problem.is_empty() { &[] } else { &[problem] };
        assert_eq!(super::reported(&text, &reading).len(), problems.len(), "{text}");
        let draft = super::draft_line(&reading.found[0].draft);
        expect(&text, TextFormat::Bash, &[&draft], problems);
    }
    let bicep = "resource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: 'id-1'\n  location: 'global'\n}\n";
    expect(bicep, TextFormat::Bicep, &["||global|id-1|||"], &["3 blocks An identity can't be global."]);
}

#[test]
fn a_name_used_twice_is_told_as_the_tool_would() {
    let az = |region: &str| format!("az identity create -g RG1 -n uami-1 -l {region}\n");
    let bicep = |name: &str| {
        format!(
            "resource {name} 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {{\n  name: 'uami-1'\n  location: 'eastus'\n}}\n"
        )
    };
    let request = "PUT https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1?api-version=2023-01-31\n\n{\"location\":\"eastus\"}\n";
    let twice = "This name is already used in the same resource group, on line";
    for (text, severity) in [
        ([az("eastus"), az("EastUS")].concat(), Severity::Informs),
        ([az("eastus"), az("westus")].concat(), Severity::Blocks),
        ([bicep("a"), bicep("b")].concat(), Severity::Blocks),
        ([request, "\n###\n", request].concat(), Severity::Informs),
        ("name,group,region\nuami-1,RG1,eastus\nUAMI-1,rg1,\n".to_owned(), Severity::Warns),
        ("name,group,region\nuami-1,RG1,eastus\nUAMI-1,rg1,westus\n".to_owned(), Severity::Blocks),
    ] {
        let told = told(&[("", &text)], &Rules::default());
        assert!(told.iter().any(|(known, said)| *known == severity && said.starts_with(twice)), "{text}\n{told:?}");
    }
    // In a branch, it is an alternative.
    let text = [az("eastus"), az("eastus")].concat();
    let mut reading = read(&text);
    reading.found[1].conditional = true;
    let told = check(&text, &reading, &Rules::default()).swap_remove(1);
    assert!(!told.iter().any(|problem| problem.sentence.text().starts_with(twice)), "{told:?}");
}

#[test]
fn a_name_used_in_two_files_is_told_with_the_other_file() {
    let terraform = "resource \"azurerm_user_assigned_identity\" \"a\" {\n  name = \"uami-1\"\n  resource_group_name = \"RG1\"\n  location = \"eastus\"\n}\n";
    let bicep = "resource a 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: 'uami-1'\n  location: 'eastus'\n}\n";
    let az = "\n\naz identity create -g RG1 -n uami-1 -l eastus\n";
    let said = |files: &[(&str, &str)]| {
        let told = told(files, &Rules::default());
        told.into_iter()
            .find(|(_, said)| said.starts_with("This name"))
            .map(|(severity, said)| (severity, said.rsplit_once(", in ").unwrap().1.to_owned()))
    };
    assert_eq!(said(&[("a/main.tf", terraform), ("a/other.tf", terraform)]), Some((Severity::Blocks, "a/main.tf on line 1.".into())));
    assert_eq!(said(&[("a/main.tf", terraform), ("b/main.tf", terraform)]), Some((Severity::Informs, "a/main.tf on line 1.".into())));
    assert_eq!(said(&[("a.sh", az), ("b.sh", az)]), Some((Severity::Informs, "a.sh on line 3.".into())));
    // Which groups they are deployed to isn't known.
    assert_eq!(said(&[("a.bicep", bicep), ("b.bicep", bicep)]), None);
}

/// The words of a form, which a command doesn't have.
const FORM: [&str; 6] = ["below", "from the list", "in this form", "hoose", "elect a", "Enter "];

/// The messages of a file of the catalogue: their names and texts.
fn catalogue(file: &'static str) -> Vec<(&'static str, &'static str)> {
    let constants = file.split("pub const ").skip(1);
    constants.filter_map(|constant| Some((constant.split(':').next()?, constant.split_once("Message(")?.1.split_once(");")?.0))).collect()
}

#[test]
fn the_parser_says_nothing_that_only_a_form_says() {
    let messages = catalogue(include_str!("../../messages/english/reading.rs"));
    assert!(messages.len() > 60);
    for (name, text) in messages.iter().filter(|(name, _)| name.starts_with("READ_")) {
        assert!(!FORM.iter().any(|word| text.contains(word)), "{name}: {text}");
    }
}

#[test]
fn the_checks_say_nothing_that_only_a_form_says() {
    // The form's messages that a check without Azure can't reach.
    const OF_THE_CLOUD: [&str; 9] = [
        "SUBSCRIPTION_NEEDS_SIGN_IN",
        "SUBSCRIPTION_DISABLED",
        "SUBSCRIPTION_WARNED",
        "GROUP_NOT_LISTED",
        "REGION_NOT_OFFERED",
        "NAME_TAKEN_ELSEWHERE",
        "PERMISSION_REFUSED",
        "POLICY_DENIES",
        "GROUP_POLICY_DENIES",
    ];
    let pattern = |text: &str| Pattern::written(text);
    let rules = Rules {
        names: vec![NameRule { pattern: pattern("x"), message: String::new() }],
        required_tags: vec![
            RequiredTag { name: "Env".into(), values: vec!["a".into()], pattern: Some(pattern("x")) },
            RequiredTag { name: "Owner".into(), ..RequiredTag::default() },
        ],
        regions: vec!["eastus".into()],
        subscriptions: vec!["11111111-2222-3333-4444-555555555555".into()],
    };
    let long = "x".repeat(2_000);
    let tags: String = super::many::numbered(60, |at| format!(" t{at}=1"), "");
    let options: String = TOOLS.iter().map(|tool| [" ", tool.az, " x"].concat()).collect();
    let properties: Vec<String> = PROPERTIES.iter().map(|property| format!("\"{}\":\"x\"", property.member)).collect();
    let properties = properties.join(",");
    let texts = [
        "az identity create".to_owned(),
        "az identity create -g '' -n '' -l ''".to_owned(),
        "az group create -n '' -l eastus; az identity create -g '' -n x".to_owned(),
        format!("az identity create -g {long} -n {long} -l {long} --tags {long}={long}{tags}"),
        format!("az identity create -g a. -n '-a b_\u{200b}' -l a-b --subscription x{options}"),
        "az identity create -g 'a/b' -n a_b -l newzealandnorth --tags =x Env= Env=b hidden-x=1 'a/b=c' x=\u{200b} azure1=2".to_owned(),
        "az identity create -g a -n a -l global --subscription 22222222-2222-3333-4444-555555555555".to_owned(),
        "name,group,subscriptionid,scope,restrictions,region\na b,c,d,e,f,g\n,,,,,\na,b,,,,".to_owned(),
        "az identity federated-credential create\naz identity create -g a -n a -l malaysiasouth".to_owned(),
        format!("{{\"location\":\"\",\"name\":\"\",\"tags\":{{\"\":\"x\"}},\"properties\":{{{properties}}}}}"),
    ];
    let mut said: Vec<Message> = Vec::new();
    for rules in [&rules, &Rules::default()] {
        for text in &texts {
            let reading = read(text);
            for problem in check(text, &reading, rules).concat() {
                let sentence = problem.sentence.text();
                assert!(!FORM.iter().any(|word| sentence.contains(word)), "{text:.80}\n{sentence}");
                said.push(problem.sentence.message);
            }
        }
    }
    // Each of the form's messages with such words is replaced, or out of reach.
    let mut catalogue_of_checks = catalogue(include_str!("../../messages/english/check.rs"));
    catalogue_of_checks
        .extend(catalogue(include_str!("../../messages/english/fields.rs")).into_iter().filter(|(name, _)| name.ends_with("_UNKNOWN")));
    for (name, text) in catalogue_of_checks.iter().filter(|(_, text)| FORM.iter().any(|word| text.contains(word))) {
        let replaced_in = [include_str!("../wording.rs"), include_str!("../checked.rs")];
        let is_replaced = replaced_in.iter().any(|code| code.contains(&["messages::", name].concat()));
        assert!(is_replaced || OF_THE_CLOUD.contains(name), "{name}: {text}");
    }
    assert!(said.len() > 40, "{said:?}");
}
