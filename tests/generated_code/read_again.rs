//! Round trips: our own texts, parsed by "Check what you have", give the draft they were generated from.

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::code::{Language, curl, render};
use identity_portal::parsing::{TextFormat, check, read};
use identity_portal::provisioning::draft::{Draft, TagRow};
use identity_portal::provisioning::problem::Severity;
use identity_portal::provisioning::rules::Rules;

use crate::cases::{self, Case};

/// The part of a draft that a text can carry. Templates are deployed to a subscription and, unless they create a group, to a
/// group; a command without a region uses the group's.
fn expected(case: &Case, kind: TextFormat) -> Draft {
    let template = matches!(kind, TextFormat::Template | TextFormat::Bicep);
    let leaves_region = kind == TextFormat::Bash && !case.group_is_new && case.group_region == "eastus";
    Draft {
        subscription: if template { String::new() } else { cases::SUBSCRIPTION.to_owned() },
        resource_group: if template && !case.group_is_new { String::new() } else { case.group.to_owned() },
        group_is_new: case.group_is_new,
        tag_group: (case.tag_group && !case.tags.is_empty()).then_some(true),
        region: if leaves_region { String::new() } else { "eastus".to_owned() },
        region_chosen: !leaves_region,
        name: case.name.to_owned(),
        isolation_scope: if case.regional { "Regional".to_owned() } else { String::new() },
        restrictions: case.restrictions.iter().map(|text| (*text).to_owned()).collect(),
        tags: case.tags.iter().map(|(name, value)| TagRow { name: name.clone(), value: value.clone() }).collect(),
        access: String::new(),
        direct: false,
    }
}

fn compare(name: &str, what: &str, case: &Case, text: &str, kind: TextFormat) {
    let reading = read(text);
    assert_eq!(reading.kind, kind, "{what} {name}\n{text}");
    let drafts: Vec<&Draft> = reading.found.iter().map(|found| &found.draft).collect();
    // curl's requests always name the region.
    let mut expected_draft = expected(case, kind);
    if what == "curl" {
        (expected_draft.region, expected_draft.region_chosen) = ("eastus".to_owned(), true);
    }
    assert_eq!(drafts, [&expected_draft], "{what} {name}\n{text}\n{:#?}", reading.notes);
    let loud: Vec<_> = reading.notes.iter().filter(|note| note.severity != Severity::Informs).collect();
    assert!(loud.is_empty(), "{what} {name}\n{text}\n{loud:#?}");
    let problems = check(text, &reading, &Rules::default()).concat();
    let blocking: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Blocks).collect();
    assert!(blocking.is_empty(), "{what} {name}\n{text}\n{blocking:#?}");
}

#[test]
fn every_text_gives_back_its_draft() {
    for (name, case) in cases::all() {
        for language in Language::ALL {
            let text = render(&case.plan(), language, &AzureCloud::default()).text;
            let kind = match language {
                Language::AzureCli => TextFormat::Bash,
                Language::PowerShell => TextFormat::PowerShell,
                Language::ArmTemplate => TextFormat::Template,
                Language::Bicep => TextFormat::Bicep,
                Language::Terraform => TextFormat::Terraform,
                Language::Rest => TextFormat::Request,
            };
            compare(&name, &format!("{language:?}"), &case, &text, kind);
        }
        compare(&name, "curl", &case, &curl(&case.plan(), &AzureCloud::default()).text, TextFormat::Bash);
    }
}

#[test]
fn texts_for_other_clouds_are_parsed_as_well() {
    let (name, case) = cases::everyday().pop().expect("a case");
    for cloud in cases::other_clouds() {
        for language in Language::ALL {
            let reading = read(&render(&case.plan(), language, &cloud).text);
            let names: Vec<&str> = reading.found.iter().map(|found| found.draft.name.as_str()).collect();
            assert_eq!(names, [case.name], "{name} {language:?} {}", cloud.name);
        }
    }
}
