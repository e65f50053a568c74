//! Tests with Terraform as people write it.

use super::{expect, reported};
use crate::parsing::given::Given;
use crate::parsing::{Hints, ParsedText, TextFormat, read_with, terraform};
use crate::provisioning::field::{PROPERTIES, TOOLS};

/// An identity block with these lines in it.
fn identity(lines: &str) -> String {
    ["resource \"azurerm_user_assigned_identity\" \"x\" {\n", lines, "\n}\n"].concat()
}

const PLACE: &str = "resource_group_name = \"RG1\"\n  location = \"eastus\"";

fn names(reading: &ParsedText) -> Vec<&str> {
    reading.found.iter().map(|found| found.draft.name.as_str()).collect()
}

fn terraform(text: &str) -> ParsedText {
    read_with(text, Hints { file: "main.tf", format: Some(TextFormat::Terraform) })
}

#[test]
fn valid_syntax_is_no_error() {
    let head = "\u{feff}# comment\r\n// comment\r\n/* resource \"azurerm_user_assigned_identity\" \"old\" {} */\r\n";
    for text in [
        "x = <<EOT\n  a ${var.x} \"quoted\" %{ if var.y }yes%{ else }no%{ endif }\n  EOT\n",
        "x = jsonencode(<<-EOT\n    {\"a\": \"$${b}\"}\n  EOT\n  , [<<A\na\nA\n  , <<B\nb\nB\n  ])",
        "x = { for k, v in var.map : k => v... if v != null && !contains([\"a\"], k) }",
        "x = [for s in var.list : upper(s)]\ny = [\n  for s in var.list :\n  s\n  if s != \"\"\n]",
        "x = var.list[*].id\ny = var.list.*.id\nz = var.map[\"a\"].b[0]\nw = a.0.b",
        "x = (\n  var.a\n  ? var.b\n  : var.c\n)\ny = [\n  var.a\n  == 1,\n  var.b +\n  2,\n]",
        "x = { (var.key) = 1, \"a b\" = 2, c : 3, \"${var.d}-e\" = 4\n f = 5\n (lower(\"G\")) : 6 }",
        "x = \"${var.a != \"\" ? \"${var.b}-${lookup(var.c, \"d\")}\" : \"e\"}\"\ny = \"${\n  var.x\n}\"",
        "x = \"a %{~ if true ~} b %{~ endif ~} $${c} %%{d} $ % \\\" \\\\ \\u00e9\"",
        "x = -1 + 2 * 3 / 4 % 5 - -6 >= 7 || !true && 1.5e3 < 8",
        "x = provider::terraform::encode_tfvars({ a = 1 })",
        "x = merge(var.a...)\ny = f(\n  1, # one\n  2, // two\n)",
        "x = { for = 1, in = 2 }\nnull = null",
        "größe = \"groß\" /* why */ # here\n",
    ] {
        for line_break in ["\n", "\r\n"] {
            let text = [head, "locals {\n", text, "\n}\n"].concat().replace("\r\n", "\n").replace('\n', line_break);
            let reading = terraform(&text);
            assert!(reported(&text, &reading).is_empty(), "{text}");
        }
    }
    for block in [
        "moved {\n  from = azurerm_user_assigned_identity.a\n  to = azurerm_user_assigned_identity.b\n}",
        "import {\n  to = azurerm_user_assigned_identity.a\n  id = \"/subscriptions/x\"\n}",
        "removed {\n  from = azurerm_user_assigned_identity.a\n  lifecycle {\n    destroy = false\n  }\n}",
        "check \"health\" {\n  data \"http\" \"x\" {\n    url = \"https://x\"\n  }\n  assert {\n    condition = data.http.x.status_code == 200\n    error_message = \"${data.http.x.url} is down\"\n  }\n}",
        "variable \"x\" {\n  type = object({ a = string, b = optional(list(string), []) })\n  validation {\n    condition = can(regex(\"^[a-z]{3,}$\", var.x.a))\n    error_message = \"No.\"\n  }\n}",
        "terraform {\n  required_providers {\n    azurerm = { source = \"hashicorp/azurerm\", version = \"~> 4.0\" }\n  }\n  backend \"azurerm\" {}\n}",
        "mock_provider \"azurerm\" {}\nrun \"a\" {\n  command = plan\n  assert {\n    condition = azurerm_user_assigned_identity.x.name == \"a\"\n    error_message = \"Not a\"\n  }\n}",
        "ephemeral \"azurerm_key_vault_secret\" \"x\" {}\nresource \"x\" \"y\" {\n  dynamic \"a\" {\n    for_each = var.b\n    iterator = it\n    content { c = it.value }\n  }\n}",
        "data \"azurerm_user_assigned_identity\" \"x\" { name = \"uami\" }\noutput \"id\" { value = data.azurerm_user_assigned_identity.x.id }",
        "data \"azurerm_resources\" \"x\" {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities\"\n}",
        "data \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31\"\n}",
        "variable \"x\" {\n  description = <<EOT\nLike az identity create, or:\n  resource \"azurerm_user_assigned_identity\" \"x\" {\nEOT\n}",
    ] {
        let text = [head, block].concat();
        let reading = terraform(&text);
        assert!(reported(&text, &reading).is_empty(), "{text}");
    }
}

#[test]
fn what_terraform_refuses_is_reported() {
    for (text, problem) in [
        (identity("name = \"uami-1\n"), "2 blocks The quote"),
        (identity("name = <<EOT\nuami"), "2 blocks The heredoc that starts here is never closed"),
        (identity("name = [\"a\""), "4 blocks A bracket"),
        (identity("name = \"a\" \"b\""), "2 warns This couldn't be read"),
        (identity("nme = \"uami\""), "2 warns Unknown argument nme"),
    ] {
        let reading = terraform(&text);
        let reported = reported(&text, &reading);
        assert!(reported.iter().any(|line| line.starts_with(problem)), "{text}\n{reported:#?}");
        assert_eq!(reading.found.len(), 1, "{text}");
    }
}

#[test]
fn loops_over_literals_create_one_identity_each() {
    let table: [(&str, &str, &[&str]); 18] = [
        ("", "for_each = var.on ? toset([\"uami-a\"]) : []\n  name = each.key", &["uami-a"]),
        ("", "for_each = var.on ? {} : { uami-b = 1 }\n  name = each.key", &["uami-b"]),
        ("", "for_each = toset([\"uami-a\", \"uami-b\"])\n  name = each.key", &["uami-a", "uami-b"]),
        ("", "for_each = { a = { name = \"uami-a\" }, b = { name = \"uami-b\" } }\n  name = each.value.name", &["uami-a", "uami-b"]),
        ("", "for_each = { a = \"1\", \"b\" = \"2\" }\n  name = \"id-${each.key}-${each.value}\"", &["id-a-1", "id-b-2"]),
        ("", "count = 2\n  name = \"id-${count.index + 1}\"", &["id-1", "id-2"]),
        ("", "count = 2\n  name = format(\"id-%02d\", count.index)", &["id-00", "id-01"]),
        ("", "count = 0\n  name = \"uami\"", &[]),
        ("", "count = false ? 1 : 0\n  name = \"uami\"", &[]),
        ("", "count = var.create ? 1 : 0\n  name = \"uami\"", &["uami"]),
        ("variable \"create\" {\n  default = false\n}\n", "count = var.create ? 1 : 0\n  name = \"uami\"", &["uami"]),
        (
            "locals {\n  all = [\"a\", \"b\"]\n}\n",
            "count = length(local.all)\n  name = \"id-${local.all[count.index]}\"",
            &["id-a", "id-b"],
        ),
        ("locals {\n  all = toset([\"a\", \"b\"])\n}\n", "for_each = local.all\n  name = \"id-${each.value}\"", &["id-a", "id-b"]),
        (
            "variable \"all\" {\n  default = [\"a\", \"b\"]\n}\n",
            "for_each = toset(var.all)\n  name = join(\"-\", [\"id\", each.key])",
            &["id-a", "id-b"],
        ),
        (
            "locals {\n  all = [{ n = \"a\", on = true }, { n = \"b\", on = false }, { n = \"c\", on = true }]\n}\n",
            "for_each = { for i, x in local.all : x.n => x if x.on }\n  name = \"id-${each.value.n}\"",
            &["id-a", "id-c"],
        ),
        ("", "for_each = merge({ a = 1 }, { b = 2 })\n  name = upper(\"id-${each.key}\")", &["ID-A", "ID-B"]),
        ("", "for_each = var.all\n  name = each.key", &[""]),
        ("variable \"all\" {\n  default = {}\n}\n", "for_each = var.all\n  name = \"uami-${each.key}\"", &[""]),
    ];
    for (head, lines, expected) in table {
        let text = [head, &identity(&[lines, "\n  ", PLACE].concat())].concat();
        let reading = terraform(&text);
        assert_eq!(names(&reading), expected, "{text}");
        let reported = reported(&text, &reading);
        let unread = expected == [""];
        let told = |line: &String| line.contains("how many identities azurerm_user_assigned_identity.x creates");
        assert_eq!(reported.iter().any(told), unread, "{text}\n{reported:#?}");
        let blocked = reported.iter().any(|line| line.contains(" blocks ") && !expected.is_empty());
        assert!(!blocked, "{text}\n{reported:#?}");
    }
}

#[test]
fn literal_values_are_followed() {
    let table: [(&str, &str, &str); 14] = [
        ("locals {\n  names = { app = \"uami-1\" }\n}\n", "local.names.app", "uami-1"),
        ("locals {\n  names = { app = \"uami-1\" }\n}\n", "local.names[\"app\"]", "uami-1"),
        ("variable \"config\" {\n  default = { x = [\"a\", \"uami-1\"] }\n}\n", "var.config[\"x\"][1]", "uami-1"),
        (
            "variable \"env\" {\n  default = \"dev\"\n}\nlocals {\n  prefix = \"id-${var.env}\"\n}\n",
            "\"${local.prefix}-app\"",
            "id-dev-app",
        ),
        ("", "lower(\"UAMI-1\")", "uami-1"),
        ("", "format(\"%s-%s%%\", \"uami\", 1)", "uami-1%"),
        ("", "replace(trimspace(\" uami_1 \"), \"_\", \"-\")", "uami-1"),
        ("", "coalesce(null, \"\", \"uami-1\")", "uami-1"),
        ("", "(true ? \"uami-1\" : \"x\")", "uami-1"),
        ("", "try(tostring(\"uami-1\"), \"x\")", "uami-1"),
        ("", "join(\"-\", compact([\"a\"]))", ""),
        ("", "var.env == \"x\" ? \"a\" : \"b\"", ""),
        ("", "replace(\"a1\", \"/[0-9]/\", \"\")", ""),
        ("locals {\n  a = local.b\n  b = local.a\n}\n", "local.a", ""),
    ];
    for (head, name, expected) in table {
        let text = [head, &identity(&["name = ", name, "\n  ", PLACE].concat())].concat();
        let reading = terraform(&text);
        assert_eq!(names(&reading), [expected], "{text}");
        let unread = reported(&text, &reading).iter().any(|line| line.contains("Couldn't work out"));
        assert_eq!(unread, expected.is_empty(), "{text}");
    }
}

#[test]
fn known_parts_are_checked() {
    let text = identity(&["name = \"id ${var.env}\"\n  ", PLACE, "\n  tags = merge(var.tags, { \"a/b\" = \"c\" })"].concat());
    expect(
        &text,
        TextFormat::Terraform,
        &["|RG1|eastus|||a/b=c|"],
        &[
            "2 blocks Use only letters",
            "2 warns Couldn't work out this value, so it wasn't checked: var.env",
            "5 blocks",
            "5 warns Couldn't work out this value, so it wasn't checked: var.tags",
        ],
    );
    let text = identity(&["for_each = var.all\n  name = \"id ${each.key}\"\n  ", PLACE].concat());
    expect(
        &text,
        TextFormat::Terraform,
        &["|RG1|eastus||||"],
        &["2 warns Couldn't work out how many", "3 blocks Use only letters", "3 warns Couldn't work out this value"],
    );
}

#[test]
fn modules() {
    let known = |source: &str| {
        format!(
            "module \"jobs\" {{\n  source  = \"{source}\"\n  version = \"0.3.3\"\n\n  name                = \"id jobs\"\n  location            = \"westeurope\"\n  resource_group_name = \"rg-jobs\"\n  enable_telemetry = false\n}}\n"
        )
    };
    for source in [
        "Azure/avm-res-managedidentity-userassignedidentity/azurerm",
        "registry.terraform.io/Azure/avm-res-managedidentity-userassignedidentity/azurerm",
        "git::https://github.com/Azure/terraform-azurerm-avm-res-managedidentity-userassignedidentity.git?ref=v0.3.3",
        "github.com/Azure/terraform-azurerm-avm-res-managedidentity-userassignedidentity",
    ] {
        expect(&known(source), TextFormat::Terraform, &["|rg-jobs|westeurope|id jobs|||"], &["5 blocks Use only letters"]);
    }
    for (source, problems) in
        [("./modules/id", &["1 warns The module jobs is in another directory, ./modules/id."][..]), ("Azure/aks/azurerm", &[])]
    {
        expect(&known(source), TextFormat::Terraform, &[], problems);
    }
    let text = "terraform {\n  source = \"tfr:///Azure/avm-res-managedidentity-userassignedidentity/azurerm?version=0.3.3\"\n}\ninputs = {\n  name = \"uami-1\"\n  location = \"eastus\"\n  resource_group_name = \"RG1\"\n}\n";
    assert_eq!(names(&terraform(text)), ["uami-1"]);
    assert!(reported(text, &terraform(text)).is_empty());
    let text = text.replace("inputs = {", "inputs = merge(local.inputs, {").replace("\"RG1\"\n}", "\"RG1\"\n})");
    let told = reported(&text, &terraform(&text));
    assert!(told.iter().any(|line| line.starts_with("1 warns This seems to create an identity")), "{told:#?}");
}

#[test]
fn azapi_resources() {
    let text = "variable \"api\" {\n  default = \"2024-11-30\"\n}\nresource \"azurerm_resource_group\" \"rg\" {\n  name = \"RG1\"\n  location = \"eastus\"\n}\nresource \"azapi_resource\" \"x\" {\n  type = \"microsoft.managedIdentity/userAssignedIdentities@${var.api}\"\n  parent_id = azurerm_resource_group.rg.id\n  name = \"uami-1\"\n  location = azurerm_resource_group.rg.location\n  body = { properties = { PROPERTY = \"Regional\" }, tags = { a = \"b\" } }\n}\nresource \"azapi_update_resource\" \"y\" {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30\"\n}\n";
    let text = text.replace("PROPERTY", PROPERTIES[0].member);
    expect(&text, TextFormat::Terraform, &["|RG1*|eastus|uami-1|Regional|a=b|"], &[]);
    let text = text.replace("azurerm_resource_group.rg.id", "\"/subscriptions/${var.sub}/resourceGroups/RG1\"");
    expect(&text, TextFormat::Terraform, &["|RG1*|eastus|uami-1|Regional|a=b|"], &["10 warns Couldn't work out this value"]);
    let text = text.replace("parent_id =", "parent =");
    expect(&text, TextFormat::Terraform, &["||eastus|uami-1|Regional|a=b|"], &["8 blocks parent_id (resource group) is missing."]);
}

#[test]
fn subscriptions_are_those_of_the_provider() {
    let text = [
        "provider \"azurerm\" {\n  features {}\n}\nprovider \"azurerm\" {\n  alias = \"hub\"\n  subscription_id = \"11111111-2222-3333-4444-555555555555\"\n}\n",
        &identity(&["name = \"uami-1\"\n  provider = azurerm.hub\n  ", PLACE].concat()),
        &identity(&["name = \"uami-2\"\n  ", PLACE].concat()).replace("\"x\"", "\"y\""),
    ]
    .concat();
    expect(&text, TextFormat::Terraform, &["1|RG1|eastus|uami-1|||", "|RG1|eastus|uami-2|||"], &[]);
}

#[test]
fn other_files_give_values() {
    let main = identity(
        "name = local.name\n  resource_group_name = azurerm_resource_group.rg.name\n  location = var.location\n  tags = local.tags",
    );
    let others = "variable \"location\" {}\nvariable \"name\" {\n  default = \"x\"\n}\nlocals {\n  name = \"id-${var.name}\"\n  tags = { Env = var.env }\n}\nresource \"azurerm_resource_group\" \"rg\" {\n  name = \"RG1\"\n}\n";
    let mut given: Given = terraform::defined(others);
    given.values.extend(terraform::variables("location = \"eastus\"\nname = \"app\"\nenv = \"prod\"\n").values);
    let reading = terraform::read_in(&main, &given);
    assert_eq!(super::draft_line(&reading.found[0].draft), "|RG1|eastus|id-app||Env=prod|");
    assert!(reported(&main, &reading).is_empty());
    assert!(reading.found[0].places.iter().all(|(_, at)| *at < main.len()));
    let variables = read_with("name = \"app\"\n", Hints { file: "x.tfvars", format: Some(TextFormat::TerraformVariables) });
    assert!(reported("", &variables).is_empty());
    assert_eq!(variables.notes.len(), 1);
}

#[test]
fn scripts_and_templates_are_read_through() {
    let table: [(&str, &[&str], &[&str]); 7] = [
        (
            "resource \"null_resource\" \"x\" {\n  provisioner \"local-exec\" {\n    command = <<-EOT\n      az identity create -g RG1 \\\n        -n 'id x' -l eastus\n      az identity create -g ${var.rg} -n \"uami-${lookup(var.env, \"x\")}\"\n    EOT\n  }\n}\n",
            &["|RG1|eastus|id x|||", "||||||"],
            &["5 blocks Use only letters", "6 warns Couldn't work out", "6 warns Couldn't work out"],
        ),
        (
            "locals {\n  rg = \"RG1\"\n}\nresource \"terraform_data\" \"x\" {\n  provisioner \"local-exec\" {\n    interpreter = [\"pwsh\", \"-Command\"]\n    command = \"New-AzUserAssignedIdentity -Name \\\"uami-1\\\" -ResourceGroupName '${local.rg}' -Location eastus\"\n  }\n}\n",
            &["|RG1|eastus|uami-1|||"],
            &[],
        ),
        (
            "resource \"azurerm_resource_deployment_script_azure_cli\" \"x\" {\n  script_content = trimspace(<<EOT\naz identity create -g RG1 -n uami-1 -l eastus\nEOT\n  )\n}\n",
            &["|RG1|eastus|uami-1|||"],
            &[],
        ),
        (
            "resource \"azurerm_resource_group_template_deployment\" \"x\" {\n  resource_group_name = \"RG1\"\n  template_content = <<TEMPLATE\n{\n  \"resources\": [{\n    \"type\": \"Microsoft.ManagedIdentity/userAssignedIdentities\",\n    \"name\": \"id ${var.x}\",\n    \"location\": \"${var.location}\"\n  }]\n}\nTEMPLATE\n}\n",
            &["|RG1|||||"],
            &[
                "7 warns Couldn't work out this value, so it wasn't checked: var.x",
                "7 blocks Use only",
                "8 warns Couldn't work out this value, so it wasn't checked: var.location",
            ],
        ),
        (
            "resource \"azurerm_resource_group_template_deployment\" \"x\" {\n  resource_group_name = var.rg\n  template_content = jsonencode({\n    resources = [{\n      type = \"Microsoft.ManagedIdentity/userAssignedIdentities\"\n      name = \"id \\\"x\\\"\"\n      location = \"eastus\"\n      tags = { a = var.a }\n    }]\n  })\n}\n",
            &["||eastus|id \"x\"||a=|"],
            &["2 warns", "6 blocks Use only", "8 warns Couldn't work out this value, so it wasn't checked: var.a"],
        ),
        (
            "resource \"azurerm_resource_group_template_deployment\" \"x\" {\n  resource_group_name = var.rg\n  template_content = file(\"x.json\")\n}\n",
            &[],
            &["3 warns The template of this deployment is in another file."],
        ),
        (
            "locals {\n  script = \"az identity create -g RG1 -n uami-1\"\n}\nresource \"null_resource\" \"x\" {\n  provisioner \"local-exec\" {\n    command = local.script\n  }\n}\n",
            &[],
            &["2 warns This seems to create an identity"],
        ),
    ];
    for (text, drafts, problems) in table {
        let reading = terraform(text);
        assert_eq!(reading.found.iter().map(|found| super::draft_line(&found.draft)).collect::<Vec<_>>(), drafts, "{text}");
        let mut reported = reported(text, &reading);
        let mut problems = problems.to_vec();
        reported.sort();
        problems.sort_unstable();
        assert_eq!(reported.len(), problems.len(), "{text}\n{reported:#?}");
        assert!(reported.iter().zip(&problems).all(|(reported, problem)| reported.starts_with(problem)), "{text}\n{reported:#?}");
    }
}

#[test]
fn json_configurations() {
    let text = r#"{
  "//": "comment",
  "variable": { "env": { "default": "dev" }, "rg": {} },
  "locals": { "prefix": "id ${var.env}" },
  "provider": { "azurerm": [{ "features": {} }, { "alias": "hub", "subscription_id": "11111111-2222-3333-4444-555555555555" }] },
  "data": { "azurerm_user_assigned_identity": { "y": { "name": "y", "resource_group_name": "RG1" } } },
  "resource": {
    "azurerm_user_assigned_identity": {
      "x": {
        "//": "comment",
        "provider": "azurerm.hub",
        "name": "${local.prefix}-app",
        "resource_group_name": "${var.rg}",
        "location": "eastus"
      },
      "z": [{
        "for_each": "${toset([\"uami-a\", \"uami-b\"])}",
        "name": "${each.key}",
        "resource_group_name": "RG1",
        "location": "eastus"
      }]
    },
    "null_resource": { "n": {} }
  },
  "module": { "m": { "source": "Azure/avm-res-managedidentity-userassignedidentity/azurerm", "name": "uami-m", "location": "eastus", "resource_group_name": "RG1" } }
}"#;
    let reading = terraform(text);
    assert_eq!(reading.kind, TextFormat::Terraform);
    let drafts: Vec<String> = reading.found.iter().map(|found| super::draft_line(&found.draft)).collect();
    let expected = ["1||eastus|id dev-app|||", "|RG1|eastus|uami-a|||", "|RG1|eastus|uami-b|||", "|RG1|eastus|uami-m|||"];
    assert_eq!(drafts, expected);
    let reported = reported(text, &reading);
    assert_eq!(reported.len(), 2, "{reported:#?}");
    assert!(reported[0].starts_with("12 blocks Use only") && reported[1].starts_with("13 warns Couldn't work out"), "{reported:#?}");
    let given = terraform::defined(text);
    assert!(given.values.iter().any(|(name, _)| name == "local.prefix"));
    let variables = terraform::variables("{ \"rg\": \"RG2\" }");
    assert_eq!(terraform::read_in(text, &variables).found[0].draft.resource_group, "RG2");
}

#[test]
fn plans_and_states() {
    let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1";
    let property = PROPERTIES[0].member;
    let argument = TOOLS[0].azurerm.unwrap();
    let values = format!(
        "{{\"name\":\"id x\",\"location\":\"eastus\",\"resource_group_name\":\"RG1\",\"tags\":{{\"a\":\"b\"}},\"{argument}\":null}}"
    );
    let planned = format!(
        "{{\"format_version\":\"1.2\",\"planned_values\":{{\"root_module\":{{\"child_modules\":[{{\"resources\":[{{\"mode\":\"managed\",\"type\":\"azurerm_user_assigned_identity\",\"values\":{values}}}]}}]}}}}}}"
    );
    let changes = format!(
        "{{\"resource_changes\":[{{\"mode\":\"managed\",\"type\":\"azurerm_user_assigned_identity\",\"change\":{{\"actions\":[\"create\"],\"after\":{values},\"after_unknown\":{{\"id\":true}}}}}},{{\"mode\":\"managed\",\"type\":\"azurerm_user_assigned_identity\",\"change\":{{\"actions\":[\"delete\"],\"after\":null}}}}]}}"
    );
    for text in [planned, changes] {
        let reading = terraform(&text);
        assert_eq!(super::draft_line(&reading.found[0].draft), "|RG1|eastus|id x||a=b|", "{text}");
        let reported = reported(&text, &reading);
        assert!(reported.len() == 1 && reported[0].starts_with("1 blocks Use only"), "{reported:#?}");
    }
    let later = "{\"resource_changes\":[{\"type\":\"azurerm_user_assigned_identity\",\"change\":{\"actions\":[\"create\"],\"after\":{\"name\":\"uami-1\"},\"after_unknown\":{\"location\":true,\"resource_group_name\":true}}}]}";
    let told = reported(later, &terraform(later));
    assert!(told.len() == 2 && told.iter().all(|line| line.contains("(known after apply)")), "{told:#?}");
    let state = format!(
        "{{\"version\":4,\"terraform_version\":\"1.9.0\",\"resources\":[{{\"mode\":\"data\",\"type\":\"azurerm_user_assigned_identity\",\"instances\":[{{\"attributes\":{values}}}]}},{{\"mode\":\"managed\",\"type\":\"azapi_resource\",\"instances\":[{{\"attributes\":{{\"type\":\"Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31\",\"id\":\"{id}\",\"location\":\"eastus\",\"body\":\"{{\\\"properties\\\":{{\\\"{property}\\\":\\\"Regional\\\"}}}}\"}}}}]}}]}}"
    );
    let reading = terraform(&state);
    let drafts: Vec<String> = reading.found.iter().map(|found| super::draft_line(&found.draft)).collect();
    assert_eq!(drafts, ["1|RG1|eastus|uami-1|Regional||"]);
    assert!(reported(&state, &reading).is_empty());
}
