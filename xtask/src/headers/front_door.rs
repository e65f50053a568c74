//! Azure Front Door in front of a storage account, which can't send these headers itself: a rule set in Bicep.

use super::{A_HASHED_FILE, EMBED_SCRIPT, Policy, SIGN_IN_PAGE};

pub(super) fn text(policy: &Policy, path: &str) -> String {
    let page = policy.all("index.html");
    let hashed = format!("-[0-9a-f]{{{}}}\\\\.[a-z]+$", crate::site::HASH_DIGITS);
    let mut text = format!(
        "// Identity Portal at {path}, behind Azure Front Door. Written by `cargo xtask headers --for frontdoor`.\n\
         // Associate the rule set with the route that serves the site.\n\
         param profileName string\n\n\
         resource profile 'Microsoft.Cdn/profiles@2024-02-01' existing = {{\n  name: profileName\n}}\n\n\
         resource headers 'Microsoft.Cdn/profiles/ruleSets@2024-02-01' = {{\n  parent: profile\n  name: 'identityPortal'\n}}\n"
    );
    text.push_str(&rule("everything", 1, "", &page, &[]));
    let differing = |file: &str| policy.all(file).into_iter().filter(|header| !page.contains(header)).collect::<Vec<_>>();
    let gone = |file: &str| {
        let own = policy.all(file);
        page.iter().filter(|(name, _)| !own.iter().any(|(known, _)| known == name)).map(|(name, _)| *name).collect::<Vec<_>>()
    };
    // Front Door matches the path without its leading slash.
    let at = |file: &str| format!("{}{file}", &path[1..]);
    text.push_str(&rule("hashed", 2, &condition("RegEx", &hashed), &differing(A_HASHED_FILE), &[]));
    text.push_str(&rule("signIn", 3, &condition("Equal", &at(SIGN_IN_PAGE)), &differing(SIGN_IN_PAGE), &gone(SIGN_IN_PAGE)));
    let embed = format!("^{}embed(-[0-9a-f]{{{}}})?\\\\.js$", &path[1..].replace('.', "\\\\."), crate::site::HASH_DIGITS);
    text.push_str(&rule("embed", 4, &condition("RegEx", &embed), &differing(EMBED_SCRIPT), &[]));
    text
}

fn rule(name: &str, order: u32, condition: &str, headers: &[(&'static str, String)], gone: &[&str]) -> String {
    let overwritten = headers.iter().map(|(name, value)| action("Overwrite", name, &format!("      value: {}\n", quoted(value))));
    let deleted = gone.iter().map(|name| action("Delete", name, ""));
    let actions: String = overwritten.chain(deleted).collect();
    format!(
        "\nresource {name} 'Microsoft.Cdn/profiles/ruleSets/rules@2024-02-01' = {{\n  parent: headers\n  name: '{name}'\n  \
         properties: {{\n    order: {order}\n    matchProcessingBehavior: 'Continue'\n    conditions: [{condition}]\n    actions: [\n{actions}    ]\n  }}\n}}\n"
    )
}

fn condition(operator: &str, value: &str) -> String {
    format!(
        "\n      {{ name: 'UrlPath', parameters: {{ typeName: 'DeliveryRuleUrlPathMatchConditionParameters', operator: '{operator}', \
         negateCondition: false, matchValues: ['{value}'], transforms: [] }} }}\n    "
    )
}

fn action(what: &str, name: &str, value: &str) -> String {
    format!(
        "      {{ name: 'ModifyResponseHeader', parameters: {{\n      typeName: 'DeliveryRuleHeaderActionParameters'\n      \
         headerAction: '{what}'\n      headerName: '{name}'\n{value}      }} }}\n"
    )
}

/// A Bicep string literal.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace("${", "\\${"))
}

#[cfg(test)]
mod tests {
    use super::{Policy, text};

    #[test]
    fn quotes_are_escaped_and_exceptions_come_later() {
        let text = text(&Policy::preview(), "/portal/");
        assert!(text.contains("value: 'default-src \\'none\\'; script-src \\'self\\' \\'wasm-unsafe-eval\\';"), "{text}");
        assert!(text.contains("matchValues: ['portal/auth.html']"));
        assert!(text.contains("headerAction: 'Delete'\n      headerName: 'Cross-Origin-Opener-Policy'\n"));
        assert!(text.contains("matchValues: ['^portal/embed(-[0-9a-f]{16})?\\\\.js$']"));
        assert!(text.contains("headerName: 'Strict-Transport-Security'\n      value: 'max-age=31536000'\n"));
        assert!(text.contains("matchValues: ['-[0-9a-f]{16}\\\\.[a-z]+$']"));
    }
}
