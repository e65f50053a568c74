//! What a text is, by what can stand in one language only.

use super::request::is_method;
use super::{Kind, table};

pub(super) fn kind(text: &str) -> Kind {
    let text = after_blanks(text);
    if text.is_empty() {
        return Kind::Nothing;
    }
    if table::is_table(text) {
        return Kind::Table;
    }
    // JSON, or comments and then JSON, which templates may have: `[` begins nothing else here.
    if after_comments(text).starts_with(['{', '[']) {
        return Kind::Template;
    }
    let mut kind = None;
    for line in text.lines() {
        let line = line.trim_start();
        let found = of_line(line);
        match found {
            // A PowerShell script may hold lines that bash could have.
            Some(Kind::Bash) => kind = kind.or(found),
            Some(_) => return found.unwrap_or_default(),
            None => {}
        }
    }
    kind.unwrap_or(Kind::Unknown)
}

fn after_blanks(text: &str) -> &str {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

/// What stands after comments as JSON in templates has them.
fn after_comments(mut text: &str) -> &str {
    loop {
        let end = if text.starts_with("//") {
            text.find('\n')
        } else if text.starts_with("/*") {
            text.find("*/").map(|end| end + 2)
        } else {
            return text;
        };
        text = after_blanks(end.map_or("", |end| &text[end..]));
    }
}

fn of_line(line: &str) -> Option<Kind> {
    let mut words = line.split_ascii_whitespace();
    let first = words.next()?;
    let second = words.next().unwrap_or_default();
    let third = words.next().unwrap_or_default();
    let quoted = |word: &str, quote: char| word.starts_with(quote);
    if is_method(first) && (second.starts_with("http") || second.starts_with('/') || second.starts_with("{{")) {
        return Some(Kind::Request);
    }
    let cmdlet = ["New-Az", "Set-Az", "Get-Az", "Update-Az", "Invoke-Az", "Connect-Az", "Import-Module", "param("];
    let assigned = first.starts_with('$') && (second == "=" || first.contains('='));
    if assigned || cmdlet.iter().any(|start| first.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start))) {
        return Some(Kind::PowerShell);
    }
    match first {
        "resource" | "data" | "variable" | "provider" | "module" | "output" if quoted(second, '"') => return Some(Kind::Terraform),
        "terraform" | "locals" if second.starts_with('{') || second.is_empty() => return Some(Kind::Terraform),
        "resource" | "module" if quoted(third, '\'') => return Some(Kind::Bicep),
        "targetScope" | "param" | "var" | "metadata" | "using" => return Some(Kind::Bicep),
        _ => {}
    }
    // PowerShell goes on after a backtick, bash after a backslash.
    let commands = line.contains("az ") || line.contains("curl ");
    if commands && line.ends_with('`') {
        return Some(Kind::PowerShell);
    }
    let az = line.split(['(', ' ', ';', '|', '&', '=', '`', '"']).any(|word| word == "az" || word == "curl");
    az.then_some(Kind::Bash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_by_what_only_it_can_have() {
        for (text, expected) in [
            ("", Kind::Nothing),
            (" \n\u{feff}", Kind::Nothing),
            ("az identity create -g RG1 -n uami-apl2003", Kind::Bash),
            ("#!/bin/bash\nset -e\nID=$(az identity create -g a -n b)", Kind::Bash),
            ("az identity create `\n  -g RG1", Kind::PowerShell),
            ("$rg = 'x'\naz identity create -g $rg -n y", Kind::PowerShell),
            ("New-AzUserAssignedIdentity -Name x", Kind::PowerShell),
            ("# what\nSet-AzContext -Subscription x", Kind::PowerShell),
            ("{\"resources\": []}", Kind::Template),
            ("[{}]", Kind::Template),
            ("// who\r\n/* what\n */ // why\n{}", Kind::Template),
            ("// nothing else", Kind::Unknown),
            ("/* open", Kind::Unknown),
            ("// az deployment group create -g RG1\n\nresource identity 'Microsoft.X/y@1' = {", Kind::Bicep),
            ("param location string = resourceGroup().location", Kind::Bicep),
            ("@description('x')\nparam a string", Kind::Bicep),
            ("# az login\nresource \"azurerm_user_assigned_identity\" \"x\" {", Kind::Terraform),
            ("terraform {\n", Kind::Terraform),
            ("PUT https://management.azure.com/x", Kind::Request),
            ("@sub = 1\n\nput {{host}}/x", Kind::Request),
            ("name,resourceGroup\na,b", Kind::Table),
            ("Name;Location\na;b", Kind::Table),
            ("name", Kind::Table),
            ("hello", Kind::Unknown),
            ("Lorem ipsum, dolor", Kind::Unknown),
        ] {
            assert_eq!(kind(text), expected, "{text:?}");
        }
    }
}
