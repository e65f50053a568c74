//! Tests of texts with placeholders that another tool replaces.

use super::{TextFormat, draft_line, expect, reported};
use crate::parsing::{read, read_all};

#[test]
fn placeholders_are_unread_and_the_rest_is_checked() {
    let unread = |word: &str| format!("2 warns Couldn't work out this value, so it wasn't checked: {word}");
    for (name, problems) in [
        ("dep-#_namePrefix_#-mi", vec![unread("#_namePrefix_#")]),
        ("id-#{Env}#", vec![unread("#{Env}#")]),
        ("id-#{Env}", vec![unread("#{Env}")]),
        ("{{ .acr.name }}-pull", vec![unread("{{ .acr.name }}")]),
        ("id-#{Env}#-${uniqueString(x)}", vec![unread("#{Env}#")]),
        ("__NAME__", vec![unread("__NAME__")]),
        (
            "id a-#{Env}#",
            vec!["2 blocks Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove spaces.".to_owned(), unread("#{Env}#")],
        ),
        ("id__dev__1", vec![]),
        ("id-#{Env", vec!["2 blocks Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove “#”, “{”.".to_owned()]),
        ("id-#_", vec!["2 blocks Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove “#”.".to_owned()]),
    ] {
        let text = format!(
            "resource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {{\n  name: '{name}'\n  location: '#{{Region}}#'\n}}\n"
        );
        let mut told = reported(&text, &read(&text));
        let region = told.pop();
        assert_eq!(region.as_deref(), Some("3 warns Couldn't work out this value, so it wasn't checked: #{Region}#"), "{text}");
        told.retain(|told| !told.contains("some guidance"));
        assert_eq!(told, problems, "{text}");
    }
}

#[test]
fn variables_of_parameters_files_are_unread() {
    let bicep = "param location string\nparam prefix string\nparam tags object\nresource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: '${prefix}-x y'\n  location: location\n  tags: tags\n}\n";
    let parameters = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"location": {"value": "${AZURE_LOCATION=eastus}"}, "prefix": {"value": "id-${AZURE_ENV_NAME}"}, "tags": {"value": {"azd-env-name": "${AZURE_ENV_NAME}"}}}}"#;
    let files = [("infra/main.bicep", bicep), ("infra/main.parameters.json", parameters)];
    let reading = read_all(&files, None).swap_remove(0);
    assert_eq!(reading.found.iter().map(|found| draft_line(&found.draft)).collect::<Vec<_>>(), ["|||||azd-env-name=|"]);
    let told = reported(bicep, &reading);
    assert!(told.iter().any(|told| told.contains("Remove spaces")), "{told:?}");
    assert_eq!(told.iter().filter(|told| told.contains(" blocks ")).count(), 1, "{told:?}");
    for word in [": ${AZURE_LOCATION=eastus}", ": ${AZURE_ENV_NAME}"] {
        assert!(told.iter().any(|told| told.contains(word)), "{word}: {told:?}");
    }
    // Elsewhere, they are text.
    let text = "az identity create -g RG1 -n 'id-${ENV}'";
    assert!(reported(text, &read(text))[0].starts_with("1 blocks"));
}

#[test]
fn what_documentation_hides_is_unread() {
    let text = r#"{"id": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourcegroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1", "location": "eastus", "name": "uami-1"}"#;
    expect(
        text,
        TextFormat::Template,
        &["|RG1|eastus|uami-1|||"],
        &["1 warns Couldn't work out this value, so it wasn't checked: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"],
    );
}

#[test]
fn expressions_of_inner_templates_are_unread() {
    let text = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "[[parameters('uaName')]", "location": "[[parameters('location')]", "tags": {"a": "[[x]"}}]}"#;
    let unread = "1 warns Couldn't work out this value, so it wasn't checked: [parameters('uaName')]";
    expect(
        text,
        TextFormat::Template,
        &["|||||a=[x]|"],
        &[unread, "1 warns Couldn't work out this value, so it wasn't checked: [parameters('location')]"],
    );
}
