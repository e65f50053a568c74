//! Texts and the formats that are detected.

use super::*;

#[test]
fn the_whole_text_decides() {
    for (text, expected) in [
        ("", TextFormat::Nothing),
        (" \n\u{feff}", TextFormat::Nothing),
        ("az identity create -g RG1 -n uami-apl2003", TextFormat::Bash),
        ("#!/bin/bash\nset -e\nID=$(az identity create -g a -n b)", TextFormat::Bash),
        ("az identity create `\n  -g RG1", TextFormat::PowerShell),
        ("$rg = 'x'\naz identity create -g $rg -n y", TextFormat::PowerShell),
        ("New-AzUserAssignedIdentity -Name x", TextFormat::PowerShell),
        ("# what\nSet-AzContext -Subscription x", TextFormat::PowerShell),
        ("{\"resources\": []}", TextFormat::Template),
        ("[{}]", TextFormat::Template),
        ("// who\r\n/* what\n */ // why\n{}", TextFormat::Template),
        ("// nothing else", TextFormat::Unknown),
        ("/* open", TextFormat::Unknown),
        ("// az deployment group create -g RG1\n\nresource identity 'Microsoft.X/y@1' = {", TextFormat::Bicep),
        ("param location string = resourceGroup().location", TextFormat::Bicep),
        ("@description('x')\nparam a string", TextFormat::Bicep),
        ("# az login\nresource \"azurerm_user_assigned_identity\" \"x\" {", TextFormat::Terraform),
        ("terraform {\n", TextFormat::Terraform),
        ("PUT https://management.azure.com/x", TextFormat::Request),
        ("@sub = 1\n\nput {{host}}/x", TextFormat::Request),
        ("name,resourceGroup\na,b", TextFormat::Table),
        ("Name;Location\na;b", TextFormat::Table),
        ("name", TextFormat::Table),
        ("hello", TextFormat::Unknown),
        ("Lorem ipsum, dolor", TextFormat::Unknown),
        // Words that several languages share.
        ("param (\n  [string]$Name\n)\nNew-AzUserAssignedIdentity -Name $Name", TextFormat::PowerShell),
        ("[CmdletBinding()]\nparam(\n)\naz identity create -n x", TextFormat::PowerShell),
        ("using namespace System.Text\naz identity create -n x -g y", TextFormat::PowerShell),
        ("<#\nresource a 'x@1' = {\n#>\n[string]$a = 'x'", TextFormat::PowerShell),
        ("using 'main.bicep'\nparam name = 'x'", TextFormat::BicepParameters),
        ("var x = 'a'\nmodule m 'm.bicep' = {\n  name: 'x'\n  params: {\n    kind: 'a'\n    on: 'b'\n  }\n}", TextFormat::Bicep),
        ("/*\n az identity create\n*/\n@allowed([\n  'a'\n])\nparam x string", TextFormat::Bicep),
        ("@echo off\nset X=1\naz identity create -n %X%", TextFormat::Cmd),
        ("REM x\ncall az identity create ^\n -n a", TextFormat::Cmd),
        ("create() {\n  local name=\"$1\"\n  az identity create -n \"$name\"\n}\ncreate x", TextFormat::Bash),
        ("for r in a b; do\n  az identity create -n $r\ndone", TextFormat::Bash),
        ("cat > main.bicep <<'EOF'\nparam a string\nresource x 'y@1' = {\n}\nEOF\naz deployment group create", TextFormat::Bash),
        ("$t = @'\naz a\naz b\nexport X=1\nif [ x ]; then\n'@\nNew-AzDeployment", TextFormat::PowerShell),
        (
            "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          set -e\n          export A=b\n          if [ x ]; then\n",
            TextFormat::Yaml,
        ),
        ("- hosts: all\n  tasks:\n    - shell: az identity create", TextFormat::Yaml),
        ("apiVersion: v1\nkind: Pod\n", TextFormat::Yaml),
        ("# How\n\nRun this:\n\n```bash\naz login\naz identity create\nset -e\n```\n", TextFormat::Markdown),
        ("NAME ?= x\nall: a\n\taz identity create\n\t@export X=1 && set -e\n", TextFormat::Makefile),
        ("FROM alpine\nRUN apk add x && \\\n  az identity create\nENV A=b\n", TextFormat::Dockerfile),
        ("{\"cells\": [], \"nbformat\": 4}", TextFormat::Notebook),
        ("name: x\n", TextFormat::Unknown),
        ("import subprocess\nsubprocess.run(['az', 'identity', 'create'])", TextFormat::Unknown),
        ("const a = 1;\nnew Identity({\n  name: 'x',\n});", TextFormat::Unknown),
    ] {
        assert_eq!(kind(text, ""), expected, "{text:?}");
    }
}

#[test]
fn a_name_counts_unless_the_text_contradicts_it() {
    for (file, text, expected) in [
        ("a.sh", "something", TextFormat::Bash),
        ("x/a.PS1", "az identity create", TextFormat::PowerShell),
        ("a.bat", "az identity create -n x", TextFormat::Cmd),
        ("a.bicep", "// nothing", TextFormat::Bicep),
        ("a.tf.json", "{}", TextFormat::Terraform),
        ("", "{\"resource\": {\"azurerm_user_assigned_identity\": {}}}", TextFormat::Terraform),
        ("", "{\"version\": 4, \"terraform_version\": \"1.9.0\"}", TextFormat::Terraform),
        ("main.tf", "locals {\n a = \"b\"\n c = 1\n d = 2\n e = [1]\n f = {}\n g = 3\n h = 4\n i = 5\n j = 6\n}", TextFormat::Terraform),
        ("", "locals {\n a = \"b\"\n c = 1\n d = 2\n e = [1]\n f = {}\n g = 3\n h = 4\n i = 5\n j = 6\n}", TextFormat::Terraform),
        ("a.tfvars", "name = \"x\"", TextFormat::TerraformVariables),
        ("a.json", "{}", TextFormat::Template),
        ("a.yml", "name: x", TextFormat::Yaml),
        ("a.yaml", "{\"a\": 1}", TextFormat::Yaml),
        ("Makefile", "x", TextFormat::Makefile),
        ("dir\\common.mk", "x", TextFormat::Makefile),
        ("Dockerfile", "# x", TextFormat::Dockerfile),
        ("web.Dockerfile", "# x", TextFormat::Dockerfile),
        ("README.md", "az identity create", TextFormat::Markdown),
        ("a.ipynb", "{}", TextFormat::Notebook),
        ("a.http", "GET x", TextFormat::Request),
        ("a.tsv", "x\ty", TextFormat::Table),
        ("a.py", "name = \"x\"", TextFormat::Unknown),
        ("a.txt", "param(\n)\n", TextFormat::PowerShell),
        ("makefile.sh", "x", TextFormat::Bash),
        ("a.sh", "param(\n)\n$a = 1\n$b = 2\nNew-AzThing", TextFormat::PowerShell),
        ("a.ps1", "#!/bin/bash\nset -e\n", TextFormat::Bash),
        ("a.yml", "@echo off\nset X=1\n", TextFormat::Cmd),
    ] {
        assert_eq!(kind(text, file), expected, "{file} {text:?}");
    }
}
