//! WCAG 2.2 AA contrast of every pair of colours that the styles combine, in both themes.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;

const TOKENS: &str = include_str!("../style/tokens.css");

/// Text on its background: at least 4.5.
const TEXT: [(&str, &str); 38] = [
    ("text", "page"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("text", "pressed"),
    ("text", "info-soft"),
    ("text", "success-soft"),
    ("text", "warning-soft"),
    ("text", "error-soft"),
    ("text-quiet", "page"),
    ("text-quiet", "surface"),
    ("text-quiet", "raised"),
    ("text-quiet", "hover"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-accent", "accent-pressed"),
    ("link", "page"),
    ("link", "surface"),
    ("link", "raised"),
    ("link", "hover"),
    ("link", "accent-soft"),
    ("link", "info-soft"),
    ("link", "success-soft"),
    ("link", "warning-soft"),
    ("link", "error-soft"),
    ("error", "page"),
    ("error", "raised"),
    ("error", "hover"),
    ("error", "error-soft"),
    ("warning", "page"),
    ("warning", "warning-soft"),
    ("success", "page"),
    ("success", "success-soft"),
    ("info", "page"),
    ("info", "info-soft"),
    ("header-text", "header-page"),
    ("header-text", "header-hover"),
    ("on-header-mark", "header-mark"),
];

/// The outline of a control, or its state: at least 3.
const SHAPES: [(&str, &str); 10] = [
    ("line-strong", "page"),
    ("line-strong", "raised"),
    ("line-strong", "hover"),
    ("accent", "page"),
    ("accent", "raised"),
    ("link", "hover"),
    ("focus", "page"),
    ("focus", "raised"),
    ("text-disabled", "surface"),
    ("text-disabled", "raised"),
];

/// The colours in the block of `selector`.
fn colours(selector: &str) -> HashMap<&str, &str> {
    let (_, rest) = TOKENS.split_once(selector).unwrap();
    let (_, block) = rest.split_once('{').unwrap();
    let (block, _) = block.split_once('}').unwrap();
    let pairs = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
    pairs.collect()
}

fn themes() -> [(&'static str, HashMap<&'static str, &'static str>); 2] {
    [("light", colours(":root,\n:root[data-theme=\"light\"]")), ("dark", colours(":root[data-theme=\"dark\"]"))]
}

/// Relative luminance, as WCAG defines it.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_has_enough_contrast() {
    let mut poor = Vec::new();
    for (theme, colours) in themes() {
        for (pairs, least) in [(&TEXT[..], 4.5), (&SHAPES[..], 3.0)] {
            for (front, back) in pairs {
                let contrast = contrast(colours[front], colours[back]);
                if contrast < least {
                    poor.push(format!("{theme}: {front} on {back} is {contrast:.2}, not {least}"));
                }
            }
        }
    }
    assert!(poor.is_empty(), "{}", poor.join("\n"));
}

#[test]
fn the_formula_matches_known_values() {
    for (one, other, expected) in [("#ffffff", "#000000", "21.00"), ("#0078d4", "#f3f2f1", "4.05"), ("#a19f9d", "#ffffff", "2.64")] {
        assert_eq!(format!("{:.2}", contrast(one, other)), expected);
    }
}

#[test]
fn the_dark_theme_is_the_same_by_choice_and_by_preference() {
    assert_eq!(colours(":root:not([data-theme=\"light\"])"), colours(":root[data-theme=\"dark\"]"));
}

#[test]
fn only_the_tokens_have_colours() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/style")).unwrap() {
        let path = file.unwrap().path();
        if path.ends_with("tokens.css") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let value = line.split_once(": ").map_or("", |(_, value)| value);
            let coloured =
                ["#", "rgb", "hsl", "white", "black"].iter().any(|sign| value.starts_with(sign) || value.contains(&format!(" {sign}")));
            assert!(!coloured, "{}:{}: {line}", path.display(), number + 1);
        }
    }
}

/// Only logical sides are used, so that a right-to-left language needs no styles of its own; text sizes and breakpoints follow
/// the browser's font size.
#[test]
fn styles_follow_the_direction_of_the_text_and_its_size() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for line in std::fs::read_to_string(&path).unwrap().lines().map(str::trim) {
            if breaks_the_rules(line) {
                wrong.push(format!("{}: {line}", path.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for line in ["left: 0;", "margin-right: 1px;", "text-align: left;", "width: 1rem;", "font-size: 12px;", "padding: 1px 2px 3px 4px;"] {
        assert!(breaks_the_rules(line), "{line}");
    }
    assert!(breaks_the_rules("@media (max-width: 699px) {") && breaks_the_rules("font: 13px/20px var(--font);"));
    for line in ["inset-inline: 0;", "stroke-width: 1;", "padding: 1px 2px 1px 2px;", "@media (max-width: 43em) {", "border: 1px solid;"] {
        assert!(!breaks_the_rules(line), "{line}");
    }
}

fn breaks_the_rules(line: &str) -> bool {
    if line.starts_with("@media") {
        return line.contains("px");
    }
    let Some((property, value)) = line.strip_suffix(';').and_then(|line| line.split_once(": ")) else { return false };
    let side = |name: &str| ["left", "right", "top", "bottom"].contains(&name);
    let physical = side(property)
        || property.split_once('-').is_some_and(|(first, rest)| {
            ["margin", "padding", "border", "inset"].contains(&first) && rest.split('-').next().is_some_and(side)
        })
        || ["width", "height", "min-width", "max-width", "min-height", "max-height"].contains(&property)
        || (["text-align", "float", "clear"].contains(&property) && side(value));
    let parts: Vec<&str> = value.split_whitespace().collect();
    let lopsided = ["margin", "padding", "inset"].contains(&property) && parts.len() == 4 && parts[1] != parts[3];
    let fixed = ["font", "font-size", "line-height"].contains(&property) && value.contains("px");
    physical || lopsided || fixed
}
