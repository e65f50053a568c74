//! What an expert would have written: every kind of plan in every language, as files to read.
//! `UPDATE_EXPECT=1 cargo test --test generated_code` writes them anew.

use expect_test::{ExpectFile, expect_file};
use identity_portal::code::{Language, Listing, curl, render};

use crate::cases;

#[test]
fn texts_are_what_an_expert_would_write() {
    for (name, case) in cases::everyday() {
        let plan = case.plan();
        for language in Language::ALL {
            let extension = language.file_name().rsplit('.').next().unwrap_or_default();
            check(&render(&plan, language), &file(name, extension));
        }
        check(&curl(&plan), &file(name, "curl.sh"));
    }
}

#[test]
fn the_training_page_s_own_command_stands_literally() {
    let listing = render(&cases::shortest().plan(), Language::AzureCli);
    assert_eq!(listing.text, format!("az account set --subscription {}\naz identity create -g RG1 -n uami-apl2003\n", cases::SUBSCRIPTION));
    assert_eq!(listing.notes, []);
}

#[test]
fn the_path_of_creation_does_not_change_the_text() {
    for (name, case) in cases::everyday() {
        let direct = cases::Case { direct: true, ..case.clone() };
        for language in Language::ALL {
            assert_eq!(render(&case.plan(), language), render(&direct.plan(), language), "{name} in {language:?}");
        }
    }
}

/// The notes stand above the text, between lines of dashes.
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
