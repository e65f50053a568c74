//! Tests of Bicep, its parameters files and templates.

use super::{TextFormat, expect, reported};
use crate::parsing::given::Given;
use crate::parsing::item::Value;
use crate::parsing::names::{Expressions, Names};
use crate::parsing::{Hints, bicep, bicep_parameters, read_with, template};

/// The texts that are given, by name.
fn texts(given: &Given) -> Vec<String> {
    let names = Names::new(Expressions::None);
    given.values.iter().map(|(name, value)| [name, "=", &names.text(value).unwrap_or("?".to_owned())].concat()).collect()
}

#[test]
fn other_files_give_parameters() {
    let parameters =
        "using './main.bicep'\nvar env = 'test'\nparam name = 'id-${env}'\nparam tags = {\n  Env: env\n}\nparam secret = getSecret('x')\n";
    let (file, given) = bicep_parameters::values(parameters);
    assert_eq!(file.as_deref(), Some("./main.bicep"));
    assert_eq!(texts(&given), ["name=id-test", "tags=?", "secret=?"]);
    assert!(matches!(&given.values[1].1, Value::Object(members) if members.len() == 1));
    let main = "param name string = 'a b'\nparam location string = 'eastus'\nresource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: name\n  location: location\n}\nmodule a 'a/b.bicep' = {\n  params: { name: '${name}-x', where: location }\n}\nmodule b 'br:x.azurecr.io/y:1' = {}\nmodule c './c.bicep' = [for n in names: {\n  params: { name: n }\n}]\n";
    let reading = bicep::read_in(main, &given);
    assert_eq!(reading.found[0].draft.name, "id-test");
    let modules = bicep::modules(main);
    assert_eq!(modules.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["a/b.bicep", "./c.bicep"]);
    assert_eq!(texts(&modules[0].1), ["name=a b-x", "where=eastus"]);
    let json = r#"{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","parameters":{"n":{"value":"id-1"}}}"#;
    let given = template::parameters_file(json).unwrap_or_default();
    assert_eq!(texts(&given), ["n=id-1"]);
    assert!(template::parameters_file("{\"parameters\": {}}").is_none());
    let main = r#"{"parameters":{"n":{"defaultValue":"a b"}},"resources":[{"type":"Microsoft.ManagedIdentity/userAssignedIdentities","name":"[parameters('n')]","location":"eastus"}]}"#;
    assert_eq!(template::read_in(main, &given).found[0].draft.name, "id-1");
}

#[test]
fn parameters_files_are_told_as_such() {
    for (text, file) in [("using './main.bicep'\nparam a = 'b'\n", "main.bicep"), ("using none\n\nparam a = 'b'\n", "template itself")] {
        let reading = read_with(text, Hints { format: Some(TextFormat::BicepParameters), ..Hints::default() });
        assert!(reading.found.is_empty() && reported(text, &reading).is_empty());
        assert!(reading.notes.iter().any(|note| note.sentence.text().contains(file)), "{:?}", reading.notes);
    }
}

#[test]
fn loops_over_literal_lists_make_an_identity_each() {
    let loops = |list: &str, body: &str| {
        format!(
            "var names = ['a', 'b']\nvar sites = [\n  {{ name: 'x', where: 'eastus' }}\n]\nresource ids 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [for {list}: {body}]\n"
        )
    };
    let table: [(String, &[&str], &[&str]); 4] = [
        (loops("n in names", "{\n  name: 'id-${n}'\n  location: 'eastus'\n}"), &["||eastus|id-a|||", "||eastus|id-b|||"], &[]),
        (
            loops("(s, i) in sites", "if (i > 0) {\n  name: 'mi/${s.name}${i + 1}'\n  location: s.where\n}"),
            &["||eastus|mi/x1|||"],
            &["6 blocks Use only the letters"],
        ),
        (
            loops("n in range(1, 2)", "{\n  name: toLower('ID-${padLeft(n, 2, '0')}')\n  location: 'eastus'\n}"),
            &["||eastus|id-01|||", "||eastus|id-02|||"],
            &[],
        ),
        (
            loops("n in other", "{\n  name: 'id ${n}'\n  location: 'eastus'\n}"),
            &["||eastus||||"],
            &[
                "5 warns Couldn't work out how many identities ids creates",
                "6 blocks Use only the letters",
                "6 warns Couldn't work out this value",
            ],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(&text, TextFormat::Bicep, drafts, problems);
    }
}
