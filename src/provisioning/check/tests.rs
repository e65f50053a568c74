//! The rules as tables: what is typed, and the expected problems.

use crate::arm::resource_id::ResourceId;
use crate::arm::subscription::SubscriptionState;
use crate::arm::tags::TAGS_MAX;
use crate::messages::{self, Message};
use crate::provisioning::check::*;
use crate::provisioning::draft::TagRow;
use crate::provisioning::pattern::Pattern;
use crate::provisioning::problem::visible;
use crate::provisioning::rules::{NameRule, RequiredTag};

const SUBSCRIPTION: &str = "11111111-2222-3333-4444-555555555555";

/// A pattern that matches a prefix; `[` is not compiled.
fn prefix(pattern: &str) -> Pattern {
    let start = pattern.to_owned();
    if pattern == "[" { Pattern::written(pattern) } else { Pattern::compiled(pattern, move |text| text.starts_with(&start)) }
}

fn good() -> Draft {
    Draft {
        subscription: SUBSCRIPTION.into(),
        resource_group: "RG1".into(),
        region: "eastus".into(),
        name: "uami-apl2003".into(),
        ..Draft::default()
    }
}

fn location(text: &str) -> LocationName {
    LocationName::parse(text).expect("a region")
}

fn row(name: &str, value: &str) -> TagRow {
    TagRow { name: name.into(), value: value.into() }
}

/// The draft's problems, in short form.
fn said(draft: &Draft, rules: &Rules, known: &Knowledge) -> Vec<(Severity, Field, Message)> {
    check(draft, rules, known).into_iter().map(|problem| (problem.severity, problem.field, problem.sentence.message)).collect()
}

use Severity::{Blocks, Informs, Warns};

#[test]
fn a_good_draft_is_a_request_and_an_empty_one_tells_all_that_is_missing() {
    let (rules, known) = (Rules::default(), Knowledge::default());
    assert_eq!(said(&good(), &rules, &known), []);
    let request = parse(&good(), &rules, &known).expect("it is good");
    assert_eq!((request.name.as_str(), request.group.name().as_str()), ("uami-apl2003", "RG1"));
    assert_eq!(
        said(&Draft::default(), &rules, &known),
        [
            (Blocks, Field::Subscription, messages::SUBSCRIPTION_REQUIRED),
            (Blocks, Field::ResourceGroup, messages::GROUP_REQUIRED),
            (Blocks, Field::Region, messages::REGION_REQUIRED),
            (Blocks, Field::Name, messages::NAME_REQUIRED),
        ]
    );
    assert_eq!(parse(&Draft::default(), &rules, &known).err().map(|problems| problems.len()), Some(4));
}

#[test]
fn names() {
    let long = "a".repeat(129);
    let table: &[(&str, &[(Severity, &str)])] = &[
        ("", &[(Blocks, "Enter a name.")]),
        ("ab", &[(Blocks, "Use at least 3 characters.")]),
        (&long, &[(Blocks, "Use at most 128 characters; you have 129.")]),
        ("-abc", &[(Blocks, "Start with a letter or digit, not with “-”.")]),
        ("a b.", &[(Blocks, "Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove spaces, “.”.")]),
        ("uami-apl2003", &[]),
        ("abcdefghijklmnopqrstuvwx", &[]),
        (
            "abcdefghijklmnopqrstuvwxy",
            &[(Warns, "Keep the name to 24 characters (it has 25) if a virtual machine or scale set will use this identity.")],
        ),
        ("uami_1", &[(Warns, "Azure accepts underscores, but some guidance allows only letters, digits and hyphens. A hyphen is safer.")]),
    ];
    for (name, expected) in table {
        let draft = Draft { name: (*name).into(), ..good() };
        let problems = check(&draft, &Rules::default(), &Knowledge::default());
        let told: Vec<(Severity, String)> = problems.iter().map(|problem| (problem.severity, problem.sentence.text())).collect();
        let told: Vec<(Severity, &str)> = told.iter().map(|(severity, text)| (*severity, text.as_str())).collect();
        assert_eq!(told, *expected, "{name}");
    }
}

#[test]
fn an_existing_identity_warns_and_never_blocks() {
    let there = |region: &str| {
        let id = ResourceId::of_identity(&Guid::parse(SUBSCRIPTION).expect("an id"), "rg1", "uami");
        let id_of = |last: &str| Guid::parse(&["11111111-2222-3333-4444-55555555555", last].concat()).expect("an id");
        let identity = ManagedIdentity {
            name: id.name().to_owned(),
            id,
            location: location(region),
            tags: Tags::default(),
            client_id: id_of("1"),
            principal_id: id_of("2"),
            tenant_id: id_of("3"),
            properties: IdentityProperties::default(),
        };
        PreflightResult::Known(Some(Box::new(identity)))
    };
    let same = Knowledge { existing: there("eastus"), changes_nothing: true, ..Knowledge::default() };
    assert_eq!(said(&good(), &Rules::default(), &same), [(Informs, Field::Name, messages::NAME_TAKEN_SAME)]);
    let table = [
        (PreflightResult::Pending, None),
        (PreflightResult::Known(None), None),
        (there("eastus"), Some(messages::NAME_TAKEN)),
        (there("westus"), Some(messages::NAME_TAKEN_ELSEWHERE)),
        (PreflightResult::Unknown("offline".into()), Some(messages::NAME_TAKEN_UNKNOWN)),
    ];
    for (existing, message) in table {
        let known = Knowledge { existing, ..Knowledge::default() };
        let expected: Vec<_> = message.map(|message| (Warns, Field::Name, message)).into_iter().collect();
        assert_eq!(said(&good(), &Rules::default(), &known), expected);
        assert!(parse(&good(), &Rules::default(), &known).is_ok());
    }
}

#[test]
fn places() {
    let subscription =
        |state| Subscription { id: Guid::parse(SUBSCRIPTION).expect("an id"), display_name: "Pay as you go".into(), state, tenant: None };
    let group = ResourceGroup { name: ResourceGroupName::parse("rg1").expect("a name"), location: location("westeurope") };
    let known = |state| Knowledge {
        subscriptions: Some(vec![subscription(state)].into()),
        groups: Some(vec![group.clone()].into()),
        regions: Some(vec![Location {
            name: location("eastus"),
            display_name: "East US".into(),
            regional_display_name: "(US) East US".into(),
            geography_group: "US".into(),
            recommended: true,
        }]),
        ..Knowledge::default()
    };
    let enabled = known(SubscriptionState::Enabled);
    let new = Draft { group_is_new: true, ..good() };
    let elsewhere = Draft { subscription: SUBSCRIPTION.replace('1', "9"), ..good() };
    let other_group = Draft { resource_group: "rg2".into(), ..good() };
    let other_region = Draft { region: "westus".into(), ..good() };
    let bad = Draft { subscription: "x".into(), resource_group: "a/b.".into(), region: "east/us".into(), ..good() };
    let unnamed = Draft { resource_group: String::new(), ..new.clone() };
    let table = [
        (good(), &enabled, vec![]),
        (good(), &known(SubscriptionState::Disabled), vec![(Blocks, Field::Subscription, messages::SUBSCRIPTION_DISABLED)]),
        (good(), &known(SubscriptionState::Deleted), vec![(Blocks, Field::Subscription, messages::SUBSCRIPTION_DISABLED)]),
        (good(), &known(SubscriptionState::Warned), vec![(Blocks, Field::Subscription, messages::SUBSCRIPTION_WARNED)]),
        (good(), &known(SubscriptionState::PastDue), vec![(Warns, Field::Subscription, messages::SUBSCRIPTION_PAST_DUE)]),
        (elsewhere, &enabled, vec![(Warns, Field::Subscription, messages::SUBSCRIPTION_NOT_LISTED)]),
        (new, &enabled, vec![(Warns, Field::ResourceGroup, messages::GROUP_EXISTS)]),
        (unnamed, &enabled, vec![(Blocks, Field::ResourceGroup, messages::GROUP_NAME_REQUIRED)]),
        (other_group, &enabled, vec![(Blocks, Field::ResourceGroup, messages::GROUP_NOT_LISTED)]),
        (other_region, &enabled, vec![(Blocks, Field::Region, messages::REGION_NOT_OFFERED)]),
        (
            bad,
            &enabled,
            vec![
                (Blocks, Field::Subscription, messages::SUBSCRIPTION_NOT_AN_ID),
                (Blocks, Field::ResourceGroup, messages::GROUP_NAME_CHARACTERS),
                (Blocks, Field::ResourceGroup, messages::GROUP_NAME_ENDS_WITH_PERIOD),
                (Blocks, Field::Region, messages::REGION_NOT_A_NAME),
            ],
        ),
    ];
    for (draft, known, expected) in table {
        assert_eq!(said(&draft, &Rules::default(), known), expected, "{draft:?}");
    }
    let request = parse(&good(), &Rules::default(), &enabled).expect("it is good");
    let GroupTarget::Existing { location: found, .. } = request.group else { unreachable!("the group is there") };
    assert_eq!(found, Some(location("westeurope")));
}

#[test]
fn isolation_is_checked_against_what_the_cloud_offers() {
    let draft = Draft { isolation_scope: "Regional".into(), restrictions: vec!["Microsoft.Storage/*".into()], ..good() };
    let offers = |versions: &[&str]| Knowledge {
        api_versions: Some(versions.iter().map(|version| (*version).to_owned()).collect()),
        ..Knowledge::default()
    };
    let scope = (Warns, Field::IsolationScope, messages::SCOPE_NOT_OFFERED);
    let restrictions = (Warns, Field::Restrictions, messages::RESTRICTIONS_NOT_OFFERED);
    let table = [
        (Knowledge::default(), vec![]),
        (offers(&["2026-05-31", "2024-11-30"]), vec![]),
        (offers(&["2024-11-30"]), vec![restrictions]),
        (offers(&["2023-01-31"]), vec![scope, restrictions]),
    ];
    for (known, expected) in table {
        assert_eq!(said(&draft, &Rules::default(), &known), expected);
    }
    let bad = Draft { isolation_scope: "Zonal".into(), restrictions: vec!["storage".into()], ..good() };
    assert_eq!(
        said(&bad, &Rules::default(), &Knowledge::default()),
        [(Blocks, Field::IsolationScope, messages::SCOPE_UNKNOWN), (Blocks, Field::Restrictions, messages::RESTRICTION_UNKNOWN)]
    );
}

#[test]
fn tags() {
    let many: Vec<TagRow> = (0..=TAGS_MAX).map(|row| TagRow { name: row.to_string(), value: String::new() }).collect();
    let table = [
        (vec![row("", "")], vec![]),
        (vec![row("Env", "")], vec![]),
        (vec![row("", "prod")], vec![(Blocks, Field::TagName(0), messages::TAG_NAME_REQUIRED)]),
        (vec![row("a/b", "c")], vec![(Blocks, Field::TagName(0), messages::TAG_NAME_CHARACTERS)]),
        (vec![row(&"n".repeat(513), "")], vec![(Blocks, Field::TagName(0), messages::TAG_NAME_TOO_LONG)]),
        (vec![row("n", &"v".repeat(257))], vec![(Blocks, Field::TagValue(0), messages::TAG_VALUE_TOO_LONG)]),
        (vec![row("Env", "a"), row("", ""), row("ENV", "b")], vec![(Blocks, Field::TagName(2), messages::TAG_NAME_TWICE)]),
        (vec![row("MicrosoftX", "")], vec![(Warns, Field::TagName(0), messages::TAG_NAME_RESERVED)]),
        (vec![row("größe", "ü")], vec![]),
        (many, vec![(Blocks, Field::Tags, messages::TAGS_TOO_MANY)]),
    ];
    for (tags, expected) in table {
        let draft = Draft { tags, ..good() };
        assert_eq!(said(&draft, &Rules::default(), &Knowledge::default()), expected, "{:?}", draft.tags);
    }
}

#[test]
fn the_organisations_rules_block() {
    let name = |pattern: &str, message: &str| Rules {
        names: vec![NameRule { pattern: prefix(pattern), message: message.into() }],
        ..Rules::default()
    };
    let tag = |values: &[&str], pattern: Option<&str>| Rules {
        required_tags: vec![RequiredTag {
            name: "Env".into(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            pattern: pattern.map(prefix),
        }],
        ..Rules::default()
    };
    let untagged = good();
    let tagged = |value: &str| Draft { tags: vec![row("env", value)], ..good() };
    let table = [
        (untagged.clone(), name("uami-", "Begin with uami-."), vec![]),
        (untagged.clone(), name("id-", "Begin with id-."), vec![(Blocks, Field::Name, messages::VERBATIM)]),
        (untagged.clone(), name("id-", ""), vec![(Blocks, Field::Name, messages::NAME_RULE_BROKEN)]),
        (untagged.clone(), name("[", "Begin with id-."), vec![(Blocks, Field::Name, messages::VERBATIM)]),
        (untagged.clone(), Rules { regions: vec!["eastus".into()], ..Rules::default() }, vec![]),
        (
            untagged.clone(),
            Rules { regions: vec!["westus".into()], ..Rules::default() },
            vec![(Blocks, Field::Region, messages::REGION_NOT_ALLOWED)],
        ),
        (untagged.clone(), Rules { subscriptions: vec![SUBSCRIPTION.to_uppercase()], ..Rules::default() }, vec![]),
        (
            untagged.clone(),
            Rules { subscriptions: vec!["x".into()], ..Rules::default() },
            vec![(Blocks, Field::Subscription, messages::SUBSCRIPTION_NOT_ALLOWED)],
        ),
        (untagged, tag(&[], None), vec![(Blocks, Field::Tags, messages::TAG_MISSING)]),
        (tagged(""), tag(&[], None), vec![(Blocks, Field::TagValue(0), messages::TAG_VALUE_MISSING)]),
        (tagged("prod"), tag(&[], None), vec![]),
        (tagged("prod"), tag(&["prod", "test"], None), vec![]),
        (tagged("Prod"), tag(&["prod", "test"], None), vec![(Blocks, Field::TagValue(0), messages::TAG_VALUE_NOT_ALLOWED)]),
        (tagged("prod"), tag(&[], Some("p")), vec![]),
        (tagged("prod"), tag(&[], Some("t")), vec![(Blocks, Field::TagValue(0), messages::TAG_VALUE_RULE_BROKEN)]),
        (tagged("prod"), tag(&[], Some("[")), vec![(Blocks, Field::TagValue(0), messages::TAG_VALUE_RULE_BROKEN)]),
    ];
    for (draft, rules, expected) in table {
        assert_eq!(said(&draft, &rules, &Knowledge::default()), expected, "{rules:?}");
    }
}

#[test]
fn answers_of_the_cloud_explain_and_never_block() {
    let refused = || PreflightResult::Known(Verdict::Refused("x".into()));
    let unknown = || PreflightResult::<Verdict>::Unknown("x".into());
    let known = |permission, registration, lock| Knowledge { permission, registration, lock, ..Knowledge::default() };
    let allowed = || PreflightResult::Known(Verdict::Allowed);
    let table = [
        (known(allowed(), allowed(), allowed()), vec![(Informs, Field::ResourceGroup, messages::PERMISSION_ALLOWED)]),
        // A read-only lock stops even an account with permission.
        (known(allowed(), allowed(), refused()), vec![(Warns, Field::ResourceGroup, messages::LOCK_REFUSED)]),
        (
            known(refused(), refused(), refused()),
            vec![
                (Warns, Field::Subscription, messages::REGISTRATION_REFUSED),
                (Warns, Field::ResourceGroup, messages::PERMISSION_REFUSED),
                (Warns, Field::ResourceGroup, messages::LOCK_REFUSED),
            ],
        ),
        (
            known(unknown(), unknown(), unknown()),
            vec![
                (Warns, Field::Subscription, messages::REGISTRATION_UNKNOWN),
                (Warns, Field::ResourceGroup, messages::PERMISSION_UNKNOWN),
                (Warns, Field::ResourceGroup, messages::LOCK_UNKNOWN),
            ],
        ),
    ];
    for (known, expected) in table {
        assert_eq!(said(&good(), &Rules::default(), &known), expected);
        assert!(parse(&good(), &Rules::default(), &known).is_ok());
    }
}

#[test]
fn a_policy_is_told_at_its_field_while_it_applies() {
    let finding = PolicyFinding {
        field: Field::Region,
        denied: vec![],
        required: false,
        allowed: vec![],
        tag: None,
        policy: "Allowed locations".into(),
    };
    let tag = PolicyFinding { field: Field::Tags, required: true, tag: Some("Env".into()), ..finding.clone() };
    let only = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<String>>();
    let tagged = |value: &str| Draft { tags: vec![row("env", value)], ..good() };
    let table = [
        (good(), finding.clone(), vec![(Warns, Field::Region, messages::POLICY_DENIES)]),
        (good(), PolicyFinding { denied: only(&["EastUS"]), ..finding.clone() }, vec![(Warns, Field::Region, messages::POLICY_DENIES)]),
        (good(), PolicyFinding { denied: only(&["westus"]), ..finding.clone() }, vec![]),
        (
            good(),
            PolicyFinding { required: true, allowed: only(&["westus"]), ..finding.clone() },
            vec![(Warns, Field::Region, messages::POLICY_ALLOWS_ONLY)],
        ),
        (good(), tag.clone(), vec![(Warns, Field::Tags, messages::POLICY_REQUIRES_TAG)]),
        (tagged(""), tag.clone(), vec![(Warns, Field::TagValue(0), messages::POLICY_REQUIRES)]),
        (tagged("a"), tag.clone(), vec![]),
        (tagged("a"), PolicyFinding { allowed: only(&["b"]), ..tag }, vec![(Warns, Field::TagValue(0), messages::POLICY_ALLOWS_ONLY)]),
    ];
    for (draft, finding, expected) in table {
        let known = Knowledge { policy: PreflightResult::Known(vec![finding.clone()]), ..Knowledge::default() };
        assert_eq!(said(&draft, &Rules::default(), &known), expected, "{finding:?}");
    }
}

#[test]
fn a_problem_shows_once_its_field_was_left_or_has_content() {
    let draft = Draft { name: "ab".into(), ..Draft::default() };
    let problems = check(&draft, &Rules::default(), &Knowledge::default());
    let shown =
        |left: &[Field], reviewed| visible(&problems, &draft, left, reviewed).iter().map(|problem| problem.field).collect::<Vec<_>>();
    assert_eq!(shown(&[], false), [Field::Name]);
    assert_eq!(shown(&[Field::Region], false), [Field::Region, Field::Name]);
    assert_eq!(shown(&[], true).len(), 4);
}

#[test]
fn what_cannot_be_seen_in_a_tag_is_named() {
    let tagged = |name: &str, value: &str| Draft { tags: vec![row(name, value)], ..good() };
    let table = [
        (tagged("Env", "pro\u{200b}d"), vec![(Warns, Field::TagValue(0), "U+200B")]),
        (tagged("En\u{202e}v\u{200b}", "prod"), vec![(Warns, Field::TagName(0), "U+202E, U+200B")]),
        (tagged("Env", "Größe 東京"), vec![]),
    ];
    for (draft, expected) in table {
        let problems = check(&draft, &Rules::default(), &Knowledge::default());
        let told: Vec<_> = problems.iter().map(|problem| (problem.severity, problem.field, problem.sentence.text())).collect();
        assert_eq!(told.len(), expected.len(), "{told:?}");
        for ((severity, field, text), (wanted, at, part)) in told.iter().zip(expected) {
            assert_eq!((*severity, *field), (wanted, at));
            assert!(text.contains(part), "{text}");
        }
    }
    let named = Draft { name: "uami\u{200b}".into(), ..good() };
    let problems = check(&named, &Rules::default(), &Knowledge::default());
    assert!(problems.iter().any(|problem| problem.sentence.text().contains("Remove U+200B.")), "{problems:?}");
}

#[test]
fn a_region_without_federated_credentials_informs() {
    let there = |region: &str| said(&Draft { region: region.into(), ..good() }, &Rules::default(), &Knowledge::default());
    assert_eq!(there("newzealandnorth"), [(Informs, Field::Region, messages::REGION_WITHOUT_FEDERATED)]);
    assert_eq!(there("Malaysia South"), [(Informs, Field::Region, messages::REGION_WITHOUT_FEDERATED)]);
    assert_eq!(there("eastus"), []);
}

#[test]
fn a_policy_of_a_new_group_is_told_where_the_group_is_described() {
    let finding = PolicyFinding {
        field: Field::Tags,
        denied: vec![],
        required: true,
        allowed: vec![],
        tag: Some("Owner".into()),
        policy: "Group owner".into(),
    };
    let place = PolicyFinding { field: Field::Region, denied: vec!["eastus".into()], required: false, tag: None, ..finding.clone() };
    let name = PolicyFinding { field: Field::Name, denied: vec![], required: false, tag: None, ..finding.clone() };
    let new = |tag_group, tags: Vec<TagRow>| Draft { group_is_new: true, tag_group, tags, ..good() };
    let informs = (Informs, Field::ResourceGroup, messages::GROUP_TAGGED_BY_POLICY);
    let table = [
        (good(), finding.clone(), vec![]),
        (new(None, vec![row("owner", "ada")]), finding.clone(), vec![informs]),
        (new(None, vec![]), finding.clone(), vec![informs, (Warns, Field::Tags, messages::GROUP_POLICY_REQUIRES_TAG)]),
        (new(None, vec![row("Owner", "")]), finding.clone(), vec![informs, (Warns, Field::TagValue(0), messages::GROUP_POLICY_REQUIRES)]),
        (
            new(Some(false), vec![row("Owner", "ada")]),
            finding.clone(),
            vec![(Warns, Field::ResourceGroup, messages::GROUP_POLICY_NEEDS_TAGS)],
        ),
        (
            new(Some(true), vec![row("Owner", "ada")]),
            PolicyFinding { allowed: vec!["grace".into()], ..finding },
            vec![(Warns, Field::TagValue(0), messages::GROUP_POLICY_ALLOWS_ONLY)],
        ),
        (new(Some(true), vec![]), place, vec![(Warns, Field::Region, messages::GROUP_POLICY_DENIES)]),
        (new(Some(true), vec![]), name, vec![(Warns, Field::ResourceGroup, messages::GROUP_POLICY_DENIES)]),
    ];
    for (draft, finding, expected) in table {
        let group_policy = PreflightResult::Known(GroupPolicy { asks_tags: true, findings: vec![finding.clone()] });
        let known = Knowledge { group_policy, ..Knowledge::default() };
        assert_eq!(said(&draft, &Rules::default(), &known), expected, "{draft:?} {finding:?}");
    }
}
