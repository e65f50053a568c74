//! Snapshots of every kind of plan in every language, as an expert would have written it. `UPDATE_EXPECT=1 cargo test --test
//! generated_code` rewrites them.

use expect_test::{ExpectFile, expect_file};
use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::code::{Language, Listing, curl, render};
use identity_portal::messages::Sentence;

use crate::cases;

#[test]
fn texts_match_the_snapshots() {
    for (name, case) in cases::everyday() {
        let plan = case.plan();
        for language in Language::ALL {
            let extension = language.file_name().rsplit('.').next().unwrap_or_default();
            check(&render(&plan, language, &AzureCloud::default()), &file(name, extension));
        }
        check(&curl(&plan, &AzureCloud::default()), &file(name, "curl.sh"));
    }
}

#[test]
fn the_training_pages_own_command_is_generated_verbatim() {
    let listing = render(&cases::shortest().plan(), Language::AzureCli, &AzureCloud::default());
    assert_eq!(listing.text, format!("az account set --subscription {}\naz identity create -g RG1 -n uami-apl2003\n", cases::SUBSCRIPTION));
    assert_eq!(listing.notes, []);
}

#[test]
fn the_what_if_command_uses_the_templates_scope() {
    let existing = cases::shortest();
    let new = cases::Case { group_is_new: true, ..existing.clone() };
    let command = |case: &cases::Case| identity_portal::code::what_if(&case.plan());
    let subscription = cases::SUBSCRIPTION;
    assert_eq!(command(&existing), format!("az deployment group what-if -g RG1 -f template.json \\\n  --subscription {subscription}\n"));
    assert_eq!(command(&new), format!("az deployment sub what-if -l eastus -f template.json \\\n  --subscription {subscription}\n"));
}

#[test]
fn the_creation_method_does_not_change_the_text() {
    for (name, case) in cases::everyday() {
        let direct = cases::Case { direct: true, ..case.clone() };
        for language in Language::ALL {
            assert_eq!(
                render(&case.plan(), language, &AzureCloud::default()),
                render(&direct.plan(), language, &AzureCloud::default()),
                "{name} in {language:?}"
            );
        }
    }
}

#[test]
fn another_cloud_is_selected_in_each_tools_own_way() {
    let [known, own] = cases::other_clouds();
    let china = AzureCloud::known("AzureChina").expect("it is known");
    let namesake = AzureCloud { name: "AzureChina".into(), ..own.clone() };
    let register = r#"az cloud register --name 'Lo'\''cal "$(id)" rm -r /' --endpoint-resource-manager https://arm.local.example:8443 && az cloud set"#;
    let (_, case) = cases::everyday().pop().expect("a case");
    let plan = case.plan();
    for (cloud, language, said) in [
        (&known, Language::AzureCli, "# az cloud set --name AzureUSGovernment && az login\naz account set"),
        (&china, Language::AzureCli, "# az cloud set --name AzureChinaCloud && az login\n"),
        (&namesake, Language::AzureCli, "# az cloud register --name AzureChina --endpoint-resource-manager"),
        (&own, Language::AzureCli, &["# ", register].concat()),
        (&known, Language::PowerShell, "# Connect-AzAccount -Environment AzureUSGovernment\nSet-AzContext"),
        (
            &own,
            Language::PowerShell,
            "# Add-AzEnvironment -Name 'Lo''cal \"$(id)\" rm -r /' -ARMEndpoint 'https://arm.local.example:8443'; ",
        ),
        (&known, Language::Bicep, "// az cloud set --name AzureUSGovernment && az login\n// az deployment"),
        (&known, Language::Terraform, "\n  environment     = \"usgovernment\"\n}\n\nprovider \"azurerm\""),
        (
            &china,
            Language::Terraform,
            "  features {}\n  subscription_id = \"3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01\"\n  environment     = \"china\"\n}",
        ),
        (&own, Language::Terraform, "  metadata_host   = \"arm.local.example:8443\"\n}"),
        (&own, Language::Terraform, "    resource_manager_audience       = \"api://\\\"$${arm}\\\"\"\n"),
        (&own, Language::Terraform, "    active_directory_authority_host = \"https://login.local.example\"\n  }]\n}"),
        (&known, Language::Rest, "PUT https://management.usgovcloudapi.net/subscriptions/"),
        (&own, Language::Rest, "PUT https://arm.local.example:8443/subscriptions/"),
    ] {
        let text = render(&plan, language, cloud).text;
        assert!(text.contains(said), "{said}\nin {text}");
        assert!(!render(&plan, language, &AzureCloud::default()).text.contains(said), "{said}");
    }
    let note = render(&plan, Language::ArmTemplate, &known).notes.first().map(Sentence::text);
    assert_eq!(note.as_deref(), Some("Select the cloud first (once): az cloud set --name AzureUSGovernment && az login"));
    let text = curl(&plan, &own).text;
    assert!(text.starts_with(&["# ", register].concat()), "{text}");
    assert!(text.contains("'https://arm.local.example:8443/subscriptions/"), "{text}");
}

/// The notes are above the text, between lines of dashes.
fn check(listing: &Listing, expected: &ExpectFile) {
    let mut text = String::new();
    for note in &listing.notes {
        text.push_str("--- ");
        text.push_str(&note.text());
        text.push('\n');
    }
    text.push_str(&listing.text);
    expected.assert_eq(&text);
}

fn file(name: &str, extension: &str) -> ExpectFile {
    expect_file![format!("{}/tests/generated_code/expected/{name}.{extension}", env!("CARGO_MANIFEST_DIR"))]
}
