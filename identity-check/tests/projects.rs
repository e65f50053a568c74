//! Tests of several files and of folders, which are checked as one project.
#![expect(clippy::expect_used, reason = "a test may")]

mod support;

use support::{file, folder, run, run_in};

const IDENTITY: &str = "param name string\nparam location string = resourceGroup().location\nresource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: name\n  location: location\n}\n";
const STORAGE: &str = "resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {\n  name: 'stshop001'\n  location: 'eastus'\n  kind: 'StorageV2'\n  sku: { name: 'Standard_LRS' }\n}\n";
const GOOD: &str = "az identity create -g RG1 -n uami-1\n";
const BAD: &str = "az identity create -g RG1 -n 'a b'\n";

/// The findings that are not only notes, and the summary.
fn told(out: &str) -> Vec<&str> {
    out.lines().filter(|line| !line.contains(": note: ")).collect()
}

#[test]
fn one_file_of_several_needs_no_identity() {
    let main = "module identity './identity.bicep' = {\n  name: 'identity'\n  params: { name: 'id-shop' }\n}\nmodule storage './storage.bicep' = {\n  name: 'storage'\n}\n";
    let files = [("main.bicep", main), ("identity.bicep", IDENTITY), ("storage.bicep", STORAGE)];
    let top = folder("several", &files);
    for arguments in [&["--strict", "main.bicep", "identity.bicep", "storage.bicep"] as &[&str], &["--strict", "."]] {
        let (exit, out, errors) = run_in(&top, arguments);
        assert_eq!((exit, errors.as_str()), (0, ""), "{out}");
        assert_eq!(told(&out), ["Files: 3 (Bicep). Identities: 1. Errors: 0. Warnings: 0."]);
    }
    let none = "Files: 1 (Bicep). Identities: 0. Errors: 0. Warnings: 0. No identity was found in 1 file.";
    let (exit, out, _) = run_in(&top, &["--strict", "--allow-none", "storage.bicep", "storage.bicep"]);
    assert_eq!((exit, told(&out)), (0, vec![none]), "a file named twice is read once");
    let other = file("other.bicep", STORAGE);
    let (exit, out, _) = run_in(&top, &["storage.bicep", &other]);
    let problem = "storage.bicep:1:1: warning: text: No identity was found in any file. Check which files are named, or use --allow-none.";
    let summary = "Files: 2 (Bicep). Identities: 0. Errors: 0. Warnings: 1. No identity was found in 2 files.";
    assert_eq!((exit, told(&out)), (3, vec![problem, summary]), "{out}");
}

#[test]
fn a_valid_file_without_an_identity_has_no_error() {
    for (name, text) in [
        ("package.json", "{\"name\":\"x\",\"version\":\"1.0.0\",\"scripts\":{\"a\":\"b\"},\"dependencies\":{}}"),
        ("place.json", "{\"name\":\"x\",\"location\":\"y\"}"),
        ("none.tf", "provider \"azurerm\" {\n  features {}\n}\n"),
        ("none.sh", "#!/bin/bash\necho hello\n"),
        ("comment.sh", "# az identity create -g RG1 -n uami-1\n"),
        ("none.ps1", "Get-Date\n"),
        ("none.cmd", "@echo off\r\nset X=1\r\n"),
        ("none.yml", "a: b\n"),
        ("none.http", "GET https://example.com/\n"),
        ("labels.csv", "Name,Description,HEX\nbug :x:,A bug,FF0000\n"),
        ("vaults.csv", "name,group,type\nkv-1,RG1,Microsoft.KeyVault/vaults\n"),
        ("none.py", "print(1)\n"),
        ("empty.py", ""),
        ("LICENSE", "MIT License\n"),
    ] {
        let named = file(name, text);
        let (exit, out, errors) = run(&[&named], b"");
        assert_eq!((exit, errors.as_str()), (3, ""), "{name}\n{out}");
        assert!(out.contains("Identities: 0. Errors: 0. Warnings: 1.") && out.contains("Check which files are named"), "{name}\n{out}");
        let (exit, out, errors) = run(&["--strict", "--allow-none", &named], b"");
        assert_eq!((exit, errors.as_str()), (0, ""), "{name}\n{out}");
        assert!(
            out.contains("Identities: 0. Errors: 0. Warnings: 0.") && out.ends_with("No identity was found in 1 file.\n"),
            "{name}\n{out}"
        );
    }
    // Its rows may be identities.
    let (exit, out, _) = run(&[&file("costs.csv", "month,cost\nMay,1\n")], b"");
    assert!(exit == 0 && out.contains("warning: text: No column holds the names of identities."), "{out}");
    // Rows were to follow.
    assert_eq!(run(&[&file("heading.csv", "name,group\n")], b"").0, 1);
}

#[test]
fn a_folder_without_an_identity_has_an_exit_code_of_its_own() {
    let top = folder("none", &[("a.sh", "echo hello\n"), ("b.bicep", STORAGE)]);
    let (exit, out, _) = run_in(&top, &["."]);
    let summary = "Files: 2 (Bash commands, Bicep). Identities: 0. Errors: 0. Warnings: 1. No identity was found in 2 files.";
    let problem = ".:1:1: warning: text: No identity was found in any file. Check which files are named, or use --allow-none.";
    assert_eq!((exit, told(&out)), (3, vec![problem, summary]));
    assert_eq!(run_in(&top, &["--strict", "."]).0, 3);
    assert_eq!(run_in(&top, &["--strict", "--allow-none", "."]).0, 0);
    // A place that can't be read may be one.
    std::fs::write(top.join("c.sh"), "X='az identity create -g RG1 -n uami-1'\n").expect("it is written");
    assert_eq!(run_in(&top, &["."]).0, 0);
}

#[test]
fn lists_of_other_things_are_passed_over_in_folders() {
    let files = [
        ("labels.csv", "Name,Description,HEX\nbug :x:,A bug,FF0000\n"),
        ("modules.csv", "ModuleName,Reference\nx,br/public:avm/res/managed-identity/user-assigned-identity:1.0.0\n"),
        ("own.csv", "name,rg\nuami-2,RG1\n"),
    ];
    let (exit, out, _) = run_in(&folder("labels", &files), &["."]);
    assert_eq!((exit, told(&out)), (0, vec!["Files: 1 (CSV list). Identities: 1. Errors: 0. Warnings: 0."]), "{out}");
}

#[test]
fn constant_notes_are_for_those_who_ask() {
    let top = folder("notes", &[("a.sh", GOOD)]);
    let note = "No subscription is given";
    assert_eq!(run_in(&top, &["."]).1, "Files: 1 (Bash commands). Identities: 1. Errors: 0. Warnings: 0.\n");
    assert!(!run_in(&top, &["--format", "github", "."]).1.contains(note));
    for arguments in [&["--verbose", "."] as &[&str], &["--format", "json", "."], &["--format", "sarif", "."]] {
        assert!(run_in(&top, arguments).1.contains(note), "{arguments:?}");
    }
}

#[test]
fn files_of_values_need_no_identity() {
    for (name, text) in [
        ("main.bicepparam", "using './main.bicep'\nparam name = 'id-shop'\n"),
        (
            "main.parameters.json",
            "{\"$schema\":\"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\",\"contentVersion\":\"1.0.0.0\",\"parameters\":{\"name\":{\"value\":\"id-shop\"}}}",
        ),
        ("prod.tfvars", "name = \"id-shop\"\n"),
    ] {
        let (exit, out, _) = run(&[&file(name, text)], b"");
        assert_eq!(exit, 0, "{name}\n{out}");
    }
}

/// Files, and what is told of them.
type Case = (Vec<(&'static str, String)>, &'static [&'static str]);

const VARIABLES: &str =
    "variable \"name\" {\n  type = string\n}\nvariable \"region\" {\n  type    = string\n  default = \"westeurope\"\n}\n";
const GROUPS: &str = "resource \"azurerm_resource_group\" \"rg\" {\n  name     = \"rg-shop\"\n  location = var.region\n}\n";
const RESOURCE: &str = "resource \"azurerm_user_assigned_identity\" \"a\" {\n  name                = var.name\n  resource_group_name = azurerm_resource_group.rg.name\n  location            = azurerm_resource_group.rg.location\n}\n";
#[test]
fn values_come_from_other_files() {
    let given = |name: &str| format!("using './identity.bicep'\nparam name = '{name}'\n");
    let template = "{\"$schema\":\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\"contentVersion\":\"1.0.0.0\",\"parameters\":{\"name\":{\"type\":\"string\"}},\"resources\":[{\"type\":\"Microsoft.ManagedIdentity/userAssignedIdentities\",\"apiVersion\":\"2023-01-31\",\n\"name\":\"[parameters('name')]\",\"location\":\"eastus\"}]}";
    let parameters = |name: &str| {
        format!(
            "{{\"$schema\":\"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\",\"contentVersion\":\"1.0.0.0\",\"parameters\":{{\"name\":{{\"value\":\"{name}\"}}}}}}"
        )
    };
    let caller = |name: &str| format!("module a 'modules/identity.bicep' = {{\n  name: 'a'\n  params: {{\n    name: '{name}'\n  }}\n}}\n");
    let table: Vec<Case> = vec![
        (
            vec![("identity.bicep", IDENTITY.into())],
            &["identity.bicep:4:9: warning: name: Couldn't work out this value, so it wasn't checked: name"],
        ),
        (vec![("identity.bicep", IDENTITY.into()), ("prod.bicepparam", given("id-shop"))], &[]),
        (
            vec![("identity.bicep", IDENTITY.into()), ("dev.bicepparam", given("id-dev")), ("prod.bicepparam", given("id prod"))],
            &["identity.bicep:4:9: error: id prod: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove spaces."],
        ),
        (
            vec![("modules/identity.bicep", IDENTITY.into()), ("a.bicep", caller("id-a")), ("b.bicep", caller("id/b"))],
            &["modules/identity.bicep:4:9: error: id/b: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove “/”."],
        ),
        // Names of the caller mean nothing in the module.
        (
            vec![
                ("modules/identity.bicep", ["param env string = 'x y'\n", IDENTITY].concat()),
                ("main.bicep", caller("id-${env}").replacen("module", "param env string\nmodule", 1)),
            ],
            &["modules/identity.bicep:5:9: warning: name: Couldn't work out this value, so it wasn't checked: env …"],
        ),
        (
            vec![
                ("modules/identity.bicep", IDENTITY.replace("location: location\n", "location: location\n  tags: tags\n").replacen("param", "param tags object\nparam env string = 'x'\nparam", 1)),
                ("main.bicep", "param env string = 'a'\nmodule a 'modules/identity.bicep' = {\n  name: 'a'\n  params: {\n    name: 'id-1'\n    tags: {\n      'a/b': env\n    }\n  }\n}\n".into()),
            ],
            &["modules/identity.bicep:1:1: error: id-1: tags a/b: Tag names can't contain “/”."],
        ),
        // Through two files.
        (
            vec![
                ("modules/identity.bicep", IDENTITY.into()),
                ("main.bicep", caller("${prefix}shop").replacen("module", "param prefix string\nmodule", 1)),
                ("main.bicepparam", "using 'main.bicep'\nparam prefix = 'id '\n".into()),
            ],
            &[
                "modules/identity.bicep:4:9: error: id shop: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove spaces.",
            ],
        ),
        (
            vec![("main.json", template.into()), ("main.prod.parameters.json", parameters("id!"))],
            &["main.json:2:8: error: id!: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove “!”."],
        ),
        (vec![("identity.bicep", IDENTITY.into()), ("identity.parameters.json", parameters("id-shop"))], &[]),
        (
            vec![
                ("main.tf", RESOURCE.into()),
                ("groups.tf", GROUPS.into()),
                ("variables.tf", VARIABLES.into()),
                ("terraform.tfvars", "name = \"id-shop\"\n".into()),
            ],
            &[],
        ),
        // Only these are read without being named.
        (
            vec![("main.tf", [RESOURCE, GROUPS, VARIABLES].concat()), ("prod.tfvars", "name = \"id-shop\"\n".into())],
            &["main.tf:2:25: warning: name: Couldn't work out this value, so it wasn't checked: var.name"],
        ),
        (
            vec![
                ("main.tf", [RESOURCE, GROUPS, VARIABLES].concat()),
                ("prod.auto.tfvars", "name = \"id shop\"\n".into()),
                ("terraform.tfvars", "name = \"id-1\"\n".into()),
            ],
            &["main.tf:2:25: error: id shop: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove spaces."],
        ),
        // Another folder is another module.
        (
            vec![
                ("a/main.tf", [RESOURCE, GROUPS].concat()),
                ("b/variables.tf", VARIABLES.into()),
                ("b/terraform.tfvars", "name = \"id-shop\"\n".into()),
            ],
            &["a/main.tf:2:25: warning: name: Couldn't work out this value, so it wasn't checked: var.name"],
        ),
    ];
    expect_told("values", table);
}

#[test]
fn terraform_modules_have_the_values_of_their_callers() {
    let table: Vec<Case> = vec![
        // A module has the values of its callers, through two folders.
        (
            vec![
                ("main.tf", "locals {\n  env = \"prod\"\n}\nmodule \"a\" {\n  source = \"./modules/team\"\n  name   = \"id ${local.env}\"\n}\nmodule \"b\" {\n  source = \"./modules/team\"\n  name   = \"id-shop\"\n}\n".into()),
                ("modules/team/main.tf", "module \"identity\" {\n  source = \"../identity\"\n  name   = var.name\n  region = \"westeurope\"\n}\n".into()),
                ("modules/team/variables.tf", "variable \"name\" {}\n".into()),
                ("modules/identity/main.tf", [RESOURCE, GROUPS].concat()),
                ("modules/identity/variables.tf", VARIABLES.into()),
            ],
            &["modules/identity/main.tf:2:25: error: id prod: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove spaces."],
        ),
        // Names of the caller mean nothing in the module.
        (
            vec![
                ("main.tf", "module \"a\" {\n  source = \"./modules/identity\"\n  name   = local.name\n}\n".into()),
                ("modules/identity/main.tf", ["locals {\n  name = \"x y\"\n}\n", RESOURCE, GROUPS].concat()),
                ("modules/identity/variables.tf", VARIABLES.into()),
            ],
            &["modules/identity/main.tf:5:25: warning: name: Couldn't work out this value, so it wasn't checked: local.name …"],
        ),
    ];
    expect_told("modules", table);
}

/// Checks what is told of each case's files, in a folder, by name and in another order.
fn expect_told(top: &str, table: Vec<Case>) {
    for (files, expected) in table {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let top = folder(top, &files);
        let mut names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        for arguments in [vec!["."], names.clone(), {
            names.reverse();
            names
        }] {
            let (exit, out, errors) = run_in(&top, &arguments);
            let mut told: Vec<String> = told(&out).iter().map(|line| line.trim_start_matches("./").to_owned()).collect();
            told.pop();
            // What terraform says about the same group is not of interest here.
            told.retain(|line| !line.contains(": region: "));
            assert_eq!(told, expected, "{arguments:?}\n{out}{errors}");
            assert_eq!(exit, i32::from(expected.iter().any(|line| line.contains(": error: "))), "{out}");
        }
    }
}

#[test]
fn the_same_name_in_two_files_of_a_module_is_told() {
    let identity = "resource \"azurerm_user_assigned_identity\" \"a\" {\n  name                = \"id-1\"\n  resource_group_name = \"RG1\"\n  location            = \"eastus\"\n}\n";
    let top = folder("twice", &[("a.tf", identity), ("b.tf", &identity.replace("\"a\"", "\"b\""))]);
    let (exit, out, _) = run_in(&top, &["a.tf", "b.tf"]);
    assert_eq!(
        (exit, told(&out)[0]),
        (1, "b.tf:2:25: error: id-1: name: This name is already used in the same resource group, in a.tf on line 1.")
    );
}

#[test]
fn folders_are_searched_for_files_that_may_create_identities() {
    let top = folder(
        "searched",
        &[
            ("scripts/a.sh", GOOD),
            ("deep/er/b.ps1", "New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-2 -Location eastus\n"),
            ("c.unknown", &GOOD.replace("uami-1", "uami-3")),
            ("d.unknown", "nothing of interest"),
            ("e.md", "# Prose (with < and ' in it\n"),
            ("f.json", "{\"a\": [1, 2"),
            (".github/workflows/g.sh", &GOOD.replace("uami-1", "uami-4")),
            (".git/h.sh", BAD),
            (".terraform/i.sh", BAD),
            ("node_modules/j.sh", BAD),
            (".hidden/k.sh", BAD),
        ],
    );
    std::fs::write(top.join("l.bin"), b"az identity create\0\x01").expect("it is written");
    std::fs::write(top.join("m.sh"), b"\0\x01\x02").expect("it is written");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(".", top.join("loop")).expect("it is linked");
        std::os::unix::fs::symlink("../searched", top.join("deep/loop")).expect("it is linked");
    }
    let (exit, out, errors) = run_in(&top, &["."]);
    assert_eq!((exit, errors.as_str()), (0, ""), "{out}");
    assert_eq!(told(&out)[0], "./m.sh:1:1: warning: text: This file can't be read: this is not text in UTF-8, UTF-16 or Windows-1252.");
    assert!(told(&out)[1].contains("Identities: 4. Errors: 0. Warnings: 1."), "{out}");
    assert!(!out.contains("e.md") && !out.contains("f.json"), "{out}");
    std::fs::write(top.join("scripts/bad.sh"), BAD).expect("it is written");
    let (exit, out, _) = run_in(&top, &["scripts", "scripts/bad.sh", "deep"]);
    assert_eq!((exit, out.matches("scripts/bad.sh:1:30: error").count()), (1, 1), "{out}");
    // A named file that can't be read is an error.
    assert_eq!(run_in(&top, &["m.sh"]).0, 2);
    let empty = folder("empty", &[("a.txt", "nothing")]);
    let (exit, out, _) = run_in(&empty, &["."]);
    let problem = ".:1:1: warning: text: No files that can create identities were found. Check which folder is named, or use --allow-none.";
    assert_eq!((exit, told(&out)), (3, vec![problem, "Files: 0. Identities: 0. Errors: 0. Warnings: 1. No files were found."]));
    assert_eq!(run_in(&empty, &["--allow-none", "."]).0, 0);
}

#[test]
fn what_is_too_large_is_told() {
    let top = folder("large", &[("a.sh", GOOD)]);
    std::fs::write(top.join("large.json"), vec![b' '; 10_000_001]).expect("it is written");
    let (exit, out, _) = run_in(&top, &["."]);
    assert_eq!((exit, told(&out)[0]), (0, "./large.json:1:1: warning: text: This file can't be read: this file is larger than 10 MB."));
    let (exit, _, errors) = run_in(&top, &["large.json"]);
    assert_eq!((exit, errors.as_str()), (2, "identity-check: large.json: this file is larger than 10 MB\n"));
}
