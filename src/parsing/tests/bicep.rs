//! Tests of Bicep, its parameters files and templates.

use super::{TextFormat, expect, reported};
use crate::parsing::given::Given;
use crate::parsing::item::Value;
use crate::parsing::names::{Expressions, Names};
use crate::parsing::{Hints, bicep, bicep_parameters, read_with, template};
use crate::provisioning::field::PROPERTIES;

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
    let modules = bicep::modules(main, &Given::default());
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
            &["6 blocks Use only letters"],
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
                "6 blocks Use only letters",
                "6 warns Couldn't work out this value",
            ],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(&text, TextFormat::Bicep, drafts, problems);
    }
}

/// The head of an identity's statement.
const IDENTITY: &str = "resource id 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' =";

/// All notes and problems that contain `part`.
fn told(text: &str, part: &str) -> usize {
    let reading = read_with(text, Hints::default());
    reading.notes.iter().filter(|note| note.sentence.text().contains(part)).count()
}

#[test]
fn valid_syntax_is_no_problem() {
    let statements = [
        "metadata description = 'Makes an identity; it\\'s used by the jobs.'",
        "targetScope = 'resourceGroup'",
        "@export()\n@description('Where it may be used.')\ntype scopeType =\n  // which\n  | 'None'\n\n  | 'Regional'",
        "type kindType = 'a'\n  | 'b'",
        "type lockType = {\n  @description('e.g.: @Resource[x] StringEquals \"foo\".')\n  kind: ('CanNotDelete' | 'ReadOnly')?\n  name: string?\n  *: int\n}?",
        "@description('''\n  it's @here {\n''')\n@minLength(3) param other string = 'x'",
        "@sys.allowed([\n  'a' // one\n  'b'\n])\nparam choice 'a' | 'b' = 'a'",
        "@sys.secure() param secret string?",
        "param tags resourceInput<'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30'>.tags?",
        "param sub resourceOutput<\n  'Microsoft.Storage/storageAccounts@2023-01-01'\n>.properties = {}",
        "param many { name: string, list: int[] }[] = []",
        "param pair [ int, string ] = [ 1, 'a' ]",
        "var joined = '${a}-${toLower(\n  'x${b ?? 'none'}'\n)}'",
        "var parts = [for (x, i) in range(0, 3): if (i > 1) { name: 'n${i}' }]",
        "var picked = items(all) \n  .map(x => { ...x, y: x.?z!.w })\n  .filter(x => contains(x.y, 'a'))",
        "var answer = a == b &&\n  c != d\n  ? { a: 1, b: 'c' }\n  : [1, 2, ...more]",
        "var raw = '''a'b''c\\ ${no} ''''",
        "var inline = { a: 'b', c: [ 'd' 'e' ], 'f g': !h, ...i }",
        "func greet(name string, times int?) string => '${name}, ${times ?? 1}'",
        "import { a as b, c } from './types.bicep'",
        "import * as all from 'br/public:avm/utl/types/avm-common-types:0.6.0'",
        "extension microsoftGraph with {\n  a: 'b'\n} as graph",
        "provider kubernetes",
        "assert isIt = a == 'b'",
        "test some 'other.bicep' = {\n  params: { a: 'b' }\n}",
        "#disable-next-line no-hardcoded-location\nparam where string = 'it\\'s'",
        "/* az identity create */ output id string = id.outputs[?'x'] ?? '' // az identity create",
        "output made object = { type: 'Microsoft.ManagedIdentity/userAssignedIdentities' }",
        "resource there 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = if (other) {\n  name: 'a b'\n  scope: resourceGroup('rg')\n}",
        "resource vm 'Microsoft.Compute/virtualMachines@2024-01-01' =\n  if (a && (b || c)) {\n    name: 'x'\n    @batchSize(1)\n    resource child 'extensions' = [for e in es: {\n      name: e\n    }]\n    resource old 'extensions@2020-01-01' existing = { name: 'y' }\n  }",
        "resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (!empty(lock ?? {}) && lock.?kind != 'None') {\n  name: lock.?name ?? 'lock'\n  scope: id\n  properties: {\n    notes: lock.?kind == 'CanNotDelete'\n      ? 'Cannot delete.'\n      : 'Cannot change.'\n  }\n}",
    ];
    let identity =
        [IDENTITY, " {\n  name: 'id-1'\n  location: 'eastus'\n  resource fic 'federatedIdentityCredentials' = { name: 'x' }\n}\n"].concat();
    for statement in statements {
        for text in [[statement, "\n", &identity].concat(), [&identity, "\n\n", statement].concat().replace('\n', "\r\n")] {
            expect(&text, TextFormat::Bicep, &["||eastus|id-1|||"], &[]);
            assert_eq!(told(&text, "wasn't read") + told(&text, "couldn't be read"), 0, "{text}");
        }
    }
    // An unclosed quote or bracket is refused for certain; what is merely unknown isn't.
    let quote = [&identity, "var x = 'open\n"].concat();
    expect(&quote, TextFormat::Bicep, &["||eastus|id-1|||"], &["6 blocks The quote"]);
    let unknown = [&identity, "frobnicate x = {}\n"].concat();
    expect(&unknown, TextFormat::Bicep, &["||eastus|id-1|||"], &[]);
    assert_eq!(told(&unknown, "This statement wasn't read"), 1);
}

#[test]
fn values_are_worked_out_where_that_is_certain() {
    let head = "param env string = 'Test'\nparam empty string = ''\nparam missing string\nvar all = {\n  dev: { name: 'id-dev', tags: { Env: 'dev' } }\n  list: ['a', 'b']\n}\nvar common = { Owner: 'me' }\nresource rg 'Microsoft.Resources/resourceGroups@2024-07-01' existing = {\n  name: 'rg-1'\n}\n";
    for (name, meant) in [
        ("toLower('ID-${env}')", "id-test"),
        ("'${toUpper(env)}-${replace('a.b', '.', '-')}'", "TEST-a-b"),
        ("concat('id-', env, '-', string(3))", "id-Test-3"),
        ("format('{0}-{1}{{}}', 'id', env)", "id-Test{}"),
        ("all.dev.name", "id-dev"),
        ("all['dev'].?name!", "id-dev"),
        ("'id-${all.list[1]}'", "id-b"),
        ("padLeft(7, 3, '0')", "007"),
        ("az.toLower('ID-1')", "id-1"),
        ("missing", ""),
        ("empty", ""),
        ("'id-${uniqueString(rg.id)}'", ""),
        ("env == 'x' ? 'a' : 'b'", ""),
        ("toLower(missing)", ""),
    ] {
        let text = [head, IDENTITY, " {\n  name: ", name, "\n  location: 'eastus'\n  tags: { ...common, ...all.dev.tags }\n}\n"].concat();
        let problems: &[&str] = match meant {
            "" => &["13 warns Couldn't work out this value, so it wasn't checked: "],
            "id-Test{}" => &["13 blocks"],
            _ => &[],
        };
        expect(&text, TextFormat::Bicep, &[&["||eastus|", meant, "||Owner=me,Env=dev|"].concat()], problems);
    }
    let text = [head, IDENTITY, " {\n  ...missing\n  name: 'id-1'\n}\n"].concat();
    expect(&text, TextFormat::Bicep, &["|||id-1|||"], &["12 warns Couldn't work out this value, so it wasn't checked: missing"]);
    let text = "var a = toLower(b)\nvar b = toUpper(a)\nvar c = '${c}${c}'\n".to_owned() + IDENTITY + " {\n  name: a\n  location: c\n}\n";
    expect(&text, TextFormat::Bicep, &["||||||"], &["5 warns", "6 warns"]);
}

#[test]
fn the_well_known_module_is_read() {
    let property = PROPERTIES[0].member;
    let module = |path: &str, more: &str| {
        format!(
            "param location string = resourceGroup().location\nmodule ids '{path}' = {more}{{\n  params: {{\n    name: 'id jobs'\n    tags: {{ 'Cost/Center': '42' }}\n    {property}: 'Regional'\n  }}\n}}\n"
        )
    };
    let known = "avm/res/managed-identity/user-assigned-identity:0.4.1";
    for start in ["br/public:", "br:mcr.microsoft.com/bicep/", "br/AVM:"] {
        let text = module(&[start, known].concat(), "");
        expect(&text, TextFormat::Bicep, &["|||id jobs|Regional|Cost/Center=42|"], &["4 blocks Use only letters", "5 blocks Tag names"]);
    }
    for (scope, group) in [("resourceGroup('rg-1')", "|rg-1"), ("resourceGroup('11111111-2222-3333-4444-555555555555', 'rg-1')", "1|rg-1")]
    {
        let text = format!("module id 'br/public:{known}' = {{\n  scope: {scope}\n  params: {{ name: 'id-1', location: 'eastus' }}\n}}\n");
        expect(&text, TextFormat::Bicep, &[&[group, "|eastus|id-1|||"].concat()], &[]);
    }
    let looped =
        format!("module ids 'br/public:{known}' = [for n in ['a', 'b']: {{\n  params: {{ name: 'id-${{n}}', location: 'eastus' }}\n}}]\n");
    expect(&looped, TextFormat::Bicep, &["||eastus|id-a|||", "||eastus|id-b|||"], &[]);
    for (path, words) in [
        ("br/public:avm/res/managed-identity/user-assigned-identity/federated-identity-credential:0.1.0", "another registry module"),
        ("br/public:avm/res/storage/storage-account:0.1.0", "another registry module"),
        ("br:contoso.azurecr.io/identity:1.0", "It may create identities"),
        ("ts/specs:identity:1.0", "It may create identities"),
    ] {
        let text = module(path, "");
        expect(&text, TextFormat::Bicep, &[], &[]);
        assert_eq!((told(&text, words), told(&text, "in another file")), (1, 0), "{path}");
    }
    expect(&module("./identity.bicep", ""), TextFormat::Bicep, &[], &["2 warns The module ./identity.bicep"]);
}

#[test]
fn scripts_and_templates_in_resources_are_read() {
    let script = |kind: &str, content: &str| {
        format!(
            "resource s 'Microsoft.Resources/deploymentScripts@2023-08-01' = {{\n  name: 's'\n  kind: '{kind}'\n  properties: {{\n    scriptContent: {content}\n  }}\n}}\n"
        )
    };
    let text = script("AzureCLI", "'''\n      echo done\n      az identity create -g rg-1 -n 'id 1'\n    '''");
    let reading = read_with(&text, Hints::default());
    assert_eq!(reading.found.len(), 1, "{reading:?}");
    assert_eq!(text.get(reading.found[0].at..).map(|rest| rest.starts_with("az identity")), Some(true), "{text}");
    let text = script("AzurePowerShell", "'New-AzUserAssignedIdentity -ResourceGroupName rg-1 -Name \\'id-1\\' -Location eastus'");
    expect(&text, TextFormat::Bicep, &["|rg-1|eastus|id-1|||"], &[]);
    let text = script("AzureCLI", "'az identity create -n ${x}${'");
    assert!(!reported(&text, &read_with(&text, Hints::default())).is_empty());
    let policy = "resource p 'Microsoft.Authorization/policyDefinitions@2023-04-01' = {\n  name: 'p'\n  properties: {\n    policyRule: {\n      then: {\n        details: {\n          type: 'Microsoft.ManagedIdentity/userAssignedIdentities'\n          existenceCondition: {}\n          deployment: { properties: {\n            template: {\n              resources: [ {\n                type: 'Microsoft.ManagedIdentity/userAssignedIdentities'\n                name: 'id 1'\n                location: 'eastus'\n              } ]\n            }\n          } }\n        }\n      }\n    }\n  }\n}\n";
    expect(policy, TextFormat::Bicep, &["||eastus|id 1|||"], &["13 blocks Use only letters"]);
}
