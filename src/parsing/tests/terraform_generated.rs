//! Property tests: generated configurations, and mutations of them.

use crate::parsing::{Hints, ParsedText, TextFormat, check, messages, occurrences, read_with};
use crate::provisioning::rules::Rules;

/// A small generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

fn terraform(text: &str) -> ParsedText {
    read_with(text, Hints { file: "main.tf", format: Some(TextFormat::Terraform) })
}

/// Texts that create nothing, though many mention what does.
const NOTHING: [&str; 16] = [
    "# resource \"azurerm_user_assigned_identity\" \"x\" {\n",
    "/*\nresource \"azurerm_user_assigned_identity\" \"x\" {\n} */\n",
    "// az identity create -g a -n b }\n",
    "locals {\n  a = { b = [1, 2, { c = \"}\" }], \"d e\" : (\n    1 +\n    2\n  ) }\n}\n",
    "locals {\n  text = <<EOT\n  } \" ' ${var.x} %{ if a }b%{ endif }\nEOT\n}\n",
    "variable \"x\" {\n  description = \"Runs az identity create, or resource \\\"azurerm_user_assigned_identity\\\" \\\"x\\\"\"\n}\n",
    "variable \"x\" {\n  description = <<-EOT\n    New-AzUserAssignedIdentity {\n  EOT\n  default = null\n}\n",
    "data \"azurerm_user_assigned_identity\" \"x\" {\n  name = \"y\"\n}\n",
    "moved {\n  from = azurerm_user_assigned_identity.a\n  to   = azurerm_user_assigned_identity.b\n}\n",
    "output \"x\" { value = [for i in azurerm_user_assigned_identity.x : i.id if i.name != \"\"] }\n",
    "resource \"azurerm_role_assignment\" \"x\" {\n  principal_id = azurerm_user_assigned_identity.x.principal_id\n  dynamic \"y\" {\n    for_each = var.y\n    content { z = y.value }\n  }\n}\n",
    "resource \"azapi_update_resource\" \"x\" {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31\"\n}\n",
    "resource \"azurerm_user_assigned_identity\" \"none\" {\n  count = 0\n}\n",
    "import {\n  to = azurerm_user_assigned_identity.x\n  id = \"${var.x}/y\"\n}\n",
    "module \"x\" { source = \"Azure/aks/azurerm\" }\n",
    "\r\n\t\n",
];

/// Blocks, with the identities that they create.
const BLOCKS: [(&str, usize); 9] = [
    ("resource \"azurerm_user_assigned_identity\" \"x\" {\n|}\n", 1),
    ("resource azurerm_user_assigned_identity x {\n|  tags = { a = \"}\", \"b c\" = var.b }\n}\n", 1),
    ("resource \"azurerm_user_assigned_identity\" \"x\" {\n  for_each = toset([\"uami-a\", \"uami-b\"])\n|}\n", 2),
    ("resource \"azurerm_user_assigned_identity\" \"x\" {\n  count = 3 # three\n|  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n", 3),
    ("resource \"azurerm_user_assigned_identity\" \"x\" {\n  count = var.on ? 1 : 0\n|}\n", 1),
    ("resource \"azurerm_user_assigned_identity\" \"x\" {\n  for_each = var.all\n|}\n", 1),
    ("module \"x\" {\n  source = \"Azure/avm-res-managedidentity-userassignedidentity/azurerm\"\n|}\n", 1),
    (
        "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31\"\n  parent_id = var.id\n|}\n",
        1,
    ),
    ("locals {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31\"\n}\n", 0),
];

/// What stands inside a block.
const LINES: [&str; 8] = [
    "  name = \"uami-1\"\n",
    "  name = \"id-${each.key}-${lookup(var.x, \"y\")}\"\n",
    "  location = <<-EOT\n    eastus ${var.x}\n  EOT\n",
    "  resource_group_name = azurerm_resource_group.rg[0].name // here\n",
    "  /* name = \"old\" */ location = \"eastus\"\n",
    "  tags = merge(local.tags, { a = \"b\", (var.c) = 1 })\n",
    "  depends_on = [\n    azurerm_resource_group.rg, # first\n  ]\n",
    "  timeouts { create = \"5m\" }\n",
];

/// A configuration with the number of identities in it, and of places that can't be read.
fn generated(random: &mut Random) -> (String, usize, usize) {
    let (mut text, mut identities, mut unread) = (String::new(), 0, 0);
    for _ in 0..random.below(12) {
        if random.below(2) == 0 {
            text.push_str(random.pick(&NOTHING));
            continue;
        }
        let (block, count) = random.pick(&BLOCKS);
        let lines: String = (0..random.below(5)).map(|_| random.pick(&LINES)).collect();
        text.push_str(&block.replacen("\n|", &["\n", &lines].concat(), 1));
        identities += count;
        unread += usize::from(count == 0);
    }
    (if random.below(4) == 0 { text.replace('\n', "\r\n") } else { text }, identities, unread)
}

fn unread(reading: &ParsedText) -> usize {
    reading.notes.iter().filter(|note| note.sentence.message == messages::READ_OCCURRENCE).count()
}

#[test]
fn generated_configurations_are_read_whole() {
    let mut random = Random(11);
    let mut all = 0;
    for _ in 0..1_000 {
        let (text, identities, unreadable) = generated(&mut random);
        let reading = terraform(&text);
        assert_eq!((reading.found.len(), unread(&reading)), (identities, unreadable), "{text}\n{:#?}", reading.notes);
        let nonsense = [messages::READ_NONSENSE, messages::READ_UNCLOSED, messages::READ_UNCLOSED_TEXT, messages::READ_UNCLOSED_HEREDOC];
        assert!(!reading.notes.iter().any(|note| nonsense.contains(&note.sentence.message)), "{text}\n{:#?}", reading.notes);
        all += identities;
    }
    assert!(all > 3_000, "{all}");
}

#[test]
fn mutated_configurations_lose_nothing() {
    const PIECES: [&str; 16] = [
        "\"",
        "{",
        "}",
        "<<EOT\n",
        "EOT\n",
        "${",
        "%{",
        "#",
        "/*",
        "*/",
        "[",
        "(",
        "\n",
        "\\",
        "é",
        "resource \"azurerm_user_assigned_identity\" \"y\" {\n",
    ];
    let mut random = Random(12);
    for _ in 0..2_000 {
        let (mut text, ..) = generated(&mut random);
        for _ in 0..=random.below(3) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (random.pick(&places), random.pick(&places));
            match random.below(4) {
                0 => text.insert_str(from, random.pick(&PIECES)),
                1 => text.truncate(from),
                2 if from < to => drop(text.drain(from..to).count()),
                _ if from < text.len() => text.insert(from, '\u{feff}'),
                _ => {}
            }
        }
        let accounted = crate::parsing::terraform::read(&text).accounted;
        let reading = terraform(&text);
        assert_eq!(check(&text, &reading, &Rules::default()).len(), reading.found.len());
        for at in occurrences(&text) {
            let found = reading.found.iter().any(|found| (found.at..found.end).contains(&at));
            let noted = reading.notes.iter().any(|note| note.at == at);
            let is_accounted = accounted.iter().any(|range| range.contains(&at));
            assert!(found || noted || is_accounted, "{at} of {text}");
        }
    }
}
