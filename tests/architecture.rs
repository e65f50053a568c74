//! Holds `src/` to the rules of its code map: who may know whom, and how a file looks. A rule that breaks is told with
//! the file's name; every rule is shown to be able to break.
#![expect(clippy::expect_used, reason = "a test may")]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/source.rs"]
mod source;

use source::{Source, sources};

/// The rooms that build without the feature `ui`: folders end with a slash.
const PURE: &[&str] = &[
    "arm.rs",
    "arm/",
    "embed.rs",
    "embed/",
    "entra.rs",
    "entra/",
    "code.rs",
    "code/",
    "csv.rs",
    "reading.rs",
    "reading/",
    "simulator.rs",
    "simulator/",
    "settings.rs",
    "settings/",
    "visible.rs",
];

/// The files outside those rooms that are pure and must stay so. Of the others in `create/`, those without leptos are pure too.
const PURE_OF_CREATE: &[&str] = &[
    "create/check.rs",
    "create/check/",
    "create/draft.rs",
    "create/explain.rs",
    "create/field.rs",
    "create/filled.rs",
    "create/link.rs",
    "create/pattern.rs",
    "create/placeholder.rs",
    "create/plan.rs",
    "create/preflight.rs",
    "create/problem.rs",
    "create/progress.rs",
    "create/request.rs",
    "create/rules.rs",
    "create/run.rs",
    "create/template.rs",
    "portal/azure_portal.rs",
    "portal/route.rs",
    "marketplace/search.rs",
    "marketplace/services.rs",
    "messages.rs",
    "messages/",
];

/// What only the browser has.
const WEB: &[&str] = &["web_sys", "js_sys", "gloo_net", "gloo_timers", "gloo", "wasm_bindgen", "wasm_bindgen_futures"];

/// Files outside `browser/` that may name the browser's types, and why.
const WEB_EXCEPTIONS: &[(&str, &str)] = &[
    ("main.rs", "starts the program before leptos has an executor"),
    ("bin/early.rs", "is a program of its own, of the one function that early.js calls"),
];

/// Where serde's derives are allowed: what crosses a wire or is stored. Each costs some kB of wasm.
const STORED: &[(&str, &str)] = &[
    ("arm/caller.rs", "survives reloads, with what it started"),
    ("create/draft.rs", "survives reloads"),
    ("create/progress.rs", "survives reloads"),
    ("deployments/record.rs", "survives reloads"),
    ("embed/message.rs", "crosses to a host page"),
    ("embed/theme.rs", "comes from a host page"),
    ("embed/values.rs", "crosses to a host page"),
    ("entra/token.rs", "Entra's answers cross a wire"),
    ("simulator/", "the simulated world survives reloads"),
];

/// Most lines of a file.
const LINES_MAX: usize = 400;
/// Files that are tables of data.
const TABLES: &[&str] = &["create/check/tests.rs"];

/// A rule: its name, and what of a file breaks it.
struct Rule {
    name: &'static str,
    broken: fn(&Source) -> Option<String>,
    /// A file that breaks it, to show that it can break.
    breaks: (&'static str, &'static str),
    /// A file that comes close and does not.
    holds: (&'static str, &'static str),
}

const RULES: &[Rule] = &[
    Rule {
        name: "a module says what it is before anything else (`//!`)",
        broken: |source| (!source.text.starts_with("//!")).then(|| "no `//!` at the top".to_owned()),
        breaks: ("arm/lock.rs", "use std::fmt;\n"),
        holds: ("arm/lock.rs", "//! Locks.\n"),
    },
    Rule {
        name: "a file has at most 400 lines, tables of data aside",
        broken: |source| {
            let lines = source.text.lines().count();
            (lines > LINES_MAX && !source.is_in(TABLES)).then(|| [&lines.to_string(), " lines"].concat())
        },
        breaks: ("arm/lock.rs", include_str!("../Cargo.lock")),
        holds: ("create/check/tests.rs", include_str!("../Cargo.lock")),
    },
    Rule {
        name: "`foo.rs` stands beside `foo/`: no `mod.rs`",
        broken: |source| source.path.ends_with("mod.rs").then(|| "a `mod.rs`".to_owned()),
        breaks: ("arm/mod.rs", "//! ARM."),
        holds: ("arm/tags.rs", "//! Tags."),
    },
    Rule {
        name: "the pure rooms know no interface, no browser, no clock and no randomness",
        broken: |source| {
            let pure = source.is_in(PURE) || source.is_in(PURE_OF_CREATE);
            let pure = pure || (source.is_in(&["create/"]) && source.knows(&["leptos"]).is_none());
            let banned = [
                "leptos",
                "reactive_stores",
                "SystemTime",
                "Instant",
                "getrandom",
                "rand",
                "crate::browser",
                "crate::controls",
                "crate::app",
            ];
            if pure { source.knows(&banned).or_else(|| source.knows(WEB)).map(str::to_owned) } else { None }
        },
        breaks: ("simulator/world.rs", "//! The world.\nfn now() -> SystemTime {}"),
        holds: ("create/form.rs", "//! The form, with no clock (SystemTime).\nuse leptos::prelude::*;"),
    },
    Rule {
        name: "only browser/ touches the web platform",
        broken: |source| {
            let excepted = WEB_EXCEPTIONS.iter().any(|(path, _)| source.is_in(&[path]));
            let free = excepted || source.is_in(&["browser.rs", "browser/"]);
            if free { None } else { source.knows(WEB).map(str::to_owned) }
        },
        breaks: ("controls/tabs.rs", "//! Tabs.\nuse leptos::web_sys::HtmlElement;"),
        holds: ("browser/fetch.rs", "//! Fetch.\nuse web_sys::Response;"),
    },
    Rule {
        name: "only app knows both the simulator and the browser, and no page knows the simulator",
        broken: |source| {
            let free = source.is_in(&["app.rs", "app/", "simulator.rs", "simulator/", "lib.rs"]);
            if free { None } else { source.untested().knows(&["crate::simulator"]).map(str::to_owned) }
        },
        breaks: ("portal/cloud.rs", "//! The cloud.\nuse crate::simulator::Simulator;"),
        holds: ("app/preview.rs", "//! Preview.\nuse crate::simulator::Simulator;\nuse crate::browser::clock;"),
    },
    Rule {
        name: "a page asks the client and never fetches; a control calls nothing",
        broken: |source| {
            let free = source.is_in(&["app.rs", "app/", "browser.rs", "browser/"]);
            if free { None } else { source.knows(&["browser::fetch"]).map(str::to_owned) }
        },
        breaks: ("create/form.rs", "//! The form.\nuse crate::browser::fetch;"),
        holds: ("app/live.rs", "//! Live.\nuse crate::browser::fetch;"),
    },
    Rule {
        name: "the controls know no Azure",
        broken: |source| {
            let azure =
                ["crate::arm", "crate::create", "crate::code", "crate::portal", "crate::settings", "crate::entra", "crate::identities"];
            if source.is_in(&["controls.rs", "controls/"]) { source.knows(&azure).map(str::to_owned) } else { None }
        },
        breaks: ("controls/field.rs", "//! A field.\nuse crate::create::field::Field;"),
        holds: ("controls/field.rs", "//! A field, as in create::field.\nuse crate::messages;"),
    },
    Rule {
        name: "ARM, the simulator and the browser know nothing of what stands above them",
        broken: |source| {
            let above: &[&str] = if source.is_in(&["arm.rs", "arm/"]) {
                &["crate::create", "crate::code", "crate::simulator", "crate::portal", "crate::settings", "crate::messages", "crate::entra"]
            } else if source.is_in(&["simulator.rs", "simulator/", "browser.rs", "browser/"]) {
                &["crate::create", "crate::code", "crate::portal", "crate::controls", "crate::settings"]
            } else {
                &[]
            };
            source.untested().knows(above).map(str::to_owned)
        },
        breaks: ("arm/error.rs", "//! Errors.\nuse crate::messages::Sentence;"),
        holds: ("simulator/tags.rs", "//! Tags.\nuse crate::arm::tags;\n#[cfg(test)]\nmod tests {\n use crate::create::plan::Plan;\n}"),
    },
    Rule {
        name: "serde is derived only for what crosses a wire or is stored",
        broken: |source| {
            let free = STORED.iter().any(|(place, _)| source.is_in(&[place]));
            if free { None } else { source.untested().knows(&["Serialize", "Deserialize"]).map(str::to_owned) }
        },
        breaks: ("arm/tags.rs", "//! Tags.\n#[derive(serde::Deserialize)]\nstruct Tag;"),
        holds: ("create/draft.rs", "//! The draft.\n#[derive(serde::Deserialize)]\nstruct Draft;"),
    },
];

#[test]
fn the_house_keeps_its_rules() {
    let sources = sources();
    assert!(sources.len() > 50, "the rooms were found");
    let mut broken = String::new();
    for source in &sources {
        for rule in RULES {
            if let Some(what) = (rule.broken)(source) {
                broken.push_str(&["\nsrc/", &source.path, ": ", rule.name, ": ", &what].concat());
            }
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn every_rule_can_break() {
    for rule in RULES {
        let broken = |(path, text): (&str, &str)| (rule.broken)(&Source::new(path, text));
        assert!(broken(rule.breaks).is_some(), "{}: nothing breaks it", rule.name);
        assert_eq!(broken(rule.holds), None, "{}", rule.name);
    }
}

#[test]
fn the_lists_name_files_that_are_there() {
    let sources = sources();
    let lists = [
        PURE_OF_CREATE.to_vec(),
        TABLES.to_vec(),
        STORED.iter().map(|(path, _)| *path).collect(),
        WEB_EXCEPTIONS.iter().map(|(path, _)| *path).collect(),
    ];
    for place in lists.concat() {
        assert!(sources.iter().any(|source| source.is_in(&[place])), "{place} is gone: take it off its list");
    }
}
