//! Detects a text's format by syntax that only one format has.

use super::request::is_method;
use super::{TextFormat, table};

/// The format of a text in the file `file`, whose name may be empty.
pub(super) fn kind(text: &str, _file: &str) -> TextFormat {
    let text = after_blanks(text);
    if text.is_empty() {
        return TextFormat::Nothing;
    }
    if table::is_table(text) {
        return TextFormat::Table;
    }
    // JSON, possibly after comments, which templates may have: no other format starts with `[`.
    if after_comments(text).starts_with(['{', '[']) {
        return TextFormat::Template;
    }
    let mut kind = None;
    for line in text.lines() {
        let line = line.trim_start();
        let found = of_line(line);
        match found {
            // A PowerShell script may contain lines that are also valid bash.
            Some(TextFormat::Bash) => kind = kind.or(found),
            Some(_) => return found.unwrap_or_default(),
            None => {}
        }
    }
    kind.unwrap_or(TextFormat::Unknown)
}

fn after_blanks(text: &str) -> &str {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

/// The text after JSON-with-comments comments.
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

fn of_line(line: &str) -> Option<TextFormat> {
    let mut words = line.split_ascii_whitespace();
    let first = words.next()?;
    let second = words.next().unwrap_or_default();
    let third = words.next().unwrap_or_default();
    let quoted = |word: &str, quote: char| word.starts_with(quote);
    if is_method(first) && (second.starts_with("http") || second.starts_with('/') || second.starts_with("{{")) {
        return Some(TextFormat::Request);
    }
    let cmdlet = ["New-Az", "Set-Az", "Get-Az", "Update-Az", "Invoke-Az", "Connect-Az", "Import-Module", "param("];
    let assigned = first.starts_with('$') && (second == "=" || first.contains('='));
    if assigned || cmdlet.iter().any(|start| first.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start))) {
        return Some(TextFormat::PowerShell);
    }
    match first {
        "resource" | "data" | "variable" | "provider" | "module" | "output" if quoted(second, '"') => return Some(TextFormat::Terraform),
        "terraform" | "locals" if second.starts_with('{') || second.is_empty() => return Some(TextFormat::Terraform),
        "resource" | "module" if quoted(third, '\'') => return Some(TextFormat::Bicep),
        "targetScope" | "param" | "var" | "metadata" | "using" => return Some(TextFormat::Bicep),
        _ => {}
    }
    // PowerShell continues lines with a backtick, bash with a backslash.
    let commands = line.contains("az ") || line.contains("curl ");
    if commands && line.ends_with('`') {
        return Some(TextFormat::PowerShell);
    }
    let az = line.split(['(', ' ', ';', '|', '&', '=', '`', '"']).any(|word| word == "az" || word == "curl");
    az.then_some(TextFormat::Bash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_formats_by_their_unique_syntax() {
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
        ] {
            assert_eq!(kind(text, ""), expected, "{text:?}");
        }
    }
}
