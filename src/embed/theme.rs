//! A host's theme: a name, and values for the design tokens of `style/tokens.css`. A value is a colour, a size, a duration or a
//! list of fonts; nothing in it can fetch or affect anything beyond its property.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The tokens, as in `style/tokens.css`.
pub const TOKENS: [&str; 41] = [
    "--accent",
    "--accent-hover",
    "--accent-pressed",
    "--accent-soft",
    "--control",
    "--error",
    "--error-soft",
    "--fast",
    "--focus",
    "--font",
    "--font-mono",
    "--footer",
    "--header",
    "--header-hover",
    "--header-mark",
    "--header-page",
    "--header-text",
    "--hover",
    "--info",
    "--info-soft",
    "--line",
    "--line-strong",
    "--link",
    "--on-accent",
    "--on-header-mark",
    "--page",
    "--pressed",
    "--radius",
    "--radius-large",
    "--raised",
    "--shadow",
    "--space",
    "--success",
    "--success-soft",
    "--surface",
    "--text",
    "--text-disabled",
    "--text-quiet",
    "--veil",
    "--warning",
    "--warning-soft",
];

/// Maximum length of a value.
const VALUE_MAX: usize = 200;
/// The CSS functions allowed for colours and sizes.
const FUNCTIONS: [&str; 13] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color-mix", "calc", "min", "max"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Theme {
    /// `light`, `dark`, or empty to follow the system.
    pub name: String,
    /// Token values.
    pub tokens: BTreeMap<String, String>,
}

impl Theme {
    /// The theme's name if it is valid.
    pub fn known_name(&self) -> Option<&'static str> {
        ["light", "dark"].into_iter().find(|name| *name == self.name)
    }

    /// The valid tokens, and the number of invalid ones.
    pub fn usable(&self) -> (Vec<(&'static str, &str)>, usize) {
        let mut usable = Vec::new();
        for (name, value) in &self.tokens {
            if let Some(name) = TOKENS.iter().find(|token| *token == name)
                && is_plain(value)
            {
                usable.push((*name, value.as_str()));
            }
        }
        let refused = self.tokens.len() - usable.len();
        (usable, refused)
    }
}

/// Whether a value consists only of numbers, words, strings and the functions above.
fn is_plain(value: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b" #%.,()/'\"-_+*".contains(&byte);
    if value.is_empty() || value.len() > VALUE_MAX || !value.bytes().all(letter) || value.contains("/*") {
        return false;
    }
    value.match_indices('(').all(|(at, _)| {
        let before = &value[..at];
        let start = before.rfind(|before: char| !before.is_ascii_alphanumeric() && before != '-').map_or(0, |end| end + 1);
        // A parenthesis without a function name groups inside `calc()`.
        before[start..].is_empty() || FUNCTIONS.iter().any(|function| before[start..].eq_ignore_ascii_case(function))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tokens_are_those_of_the_stylesheet() {
        let text = include_str!("../../style/tokens.css");
        let declared =
            text.lines().filter_map(|line| line.trim().split_once(':')).map(|(name, _)| name).filter(|name| name.starts_with("--"));
        let known: BTreeSet<_> = TOKENS.into_iter().collect();
        assert_eq!(declared.collect::<BTreeSet<_>>(), known);
    }

    #[test]
    fn values_can_only_style() {
        let long = "a".repeat(201);
        for (value, plain) in [
            ("#0f6cbd", true),
            ("rgb(0 0 0 / 40%)", true),
            ("RGBA(1,2,3,.5)", true),
            ("color-mix(in srgb, red 40%, rgb(0 0 0))", true),
            ("calc((2px + 3px) * 2)", true),
            ("\"Segoe UI\", system-ui, sans-serif", true),
            ("0 4px 16px rgb(0 0 0 / 14%), 0 0 2px rgb(0 0 0 / 12%)", true),
            ("", false),
            (&long, false),
            ("url(https://evil.example/x)", false),
            ("u\\72l(x)", false),
            ("image-set('x' 1x)", false),
            ("var(--x)", false),
            ("attr(x)", false),
            ("red; background: blue", false),
            ("red} body {display:none", false),
            ("/* x */ red", false),
            ("red!important", false),
            ("env(x)", false),
            ("<b>", false),
            ("ｕrl(x)", false),
            ("expression(x)", false),
            ("element(#x)", false),
        ] {
            assert_eq!(is_plain(value), plain, "{value}");
        }
    }

    #[test]
    fn only_known_tokens_are_set() {
        let tokens =
            [("--accent", "#123456"), ("--page", "url(x)"), ("--other", "red"), ("background", "red"), ("", "red"), ("__proto__", "x")];
        let theme = Theme { name: "dark".into(), tokens: tokens.iter().map(|&(name, value)| (name.into(), value.into())).collect() };
        assert_eq!((theme.usable(), theme.known_name()), ((vec![("--accent", "#123456")], 5), Some("dark")));
        assert_eq!(Theme { name: "Dark ".into(), ..Theme::default() }.known_name(), None);
    }
}
