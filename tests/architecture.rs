//! Holds `src/` to the rules of its code map: who may know whom, and how a file looks. A rule that breaks is told with
//! the file's name; every rule is shown to be able to break.
#![expect(clippy::expect_used, reason = "a test may")]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;

use source::{Source, sources};

/// The rooms from the ground up: each imports only rooms before it, and no page imports another.
const ORDER: &[&str] = &[
    "visible",
    "csv",
    "messages",
    "arm",
    "entra",
    "provisioning",
    "settings",
    "code",
    "parsing",
    "simulator",
    "embed",
    "browser",
    "lazy",
    "cloud",
    "controls",
    "portal",
    "create",
    "check",
    "deployments",
    "identities",
    "marketplace",
    "home",
    "app",
];

/// The first room that isn't pure: those before it build without the feature `ui`.
const FIRST_OF_UI: &str = "browser";

/// The pages.
const PAGES: &[&str] = &["create", "check", "deployments", "identities", "marketplace", "home"];

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
    ("provisioning/draft.rs", "survives reloads"),
    ("provisioning/progress.rs", "survives reloads"),
    ("portal/runs/record.rs", "survives reloads"),
    ("embed/message.rs", "crosses to a host page"),
    ("embed/theme.rs", "comes from a host page"),
    ("embed/values.rs", "crosses to a host page"),
    ("entra/token.rs", "Entra's answers cross a wire"),
    ("simulator/", "the simulated world survives reloads"),
];

/// Most lines of a file.
const LINES_MAX: usize = 400;
/// Files that are tables of data.
const TABLES: &[&str] = &["provisioning/check/tests.rs"];

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
        holds: ("provisioning/check/tests.rs", include_str!("../Cargo.lock")),
    },
    Rule {
        name: "`foo.rs` stands beside `foo/`: no `mod.rs`",
        broken: |source| source.path.ends_with("mod.rs").then(|| "a `mod.rs`".to_owned()),
        breaks: ("arm/mod.rs", "//! ARM."),
        holds: ("arm/tags.rs", "//! Tags."),
    },
    Rule {
        name: "a room imports only rooms before it, and no page imports another",
        broken: |source| {
            let is_page = |room: &str| PAGES.contains(&room);
            let own = source.room();
            let place = ORDER.iter().position(|room| *room == own)?;
            let may = |room: &str| ORDER[..=place].contains(&room) && (room == own || !(is_page(room) && is_page(own)));
            circles::rooms(source).into_iter().find(|room| ORDER.contains(&room.as_str()) && !may(room))
        },
        breaks: ("deployments/page.rs", "//! A page.\nuse crate::{arm::guid::Guid, create::form::Form};"),
        holds: ("deployments/page.rs", "//! A page.\nuse crate::{arm::guid::Guid, provisioning::plan::Plan};\nuse super::facts;"),
    },
    Rule {
        name: "the pure rooms know no interface, no browser, no clock and no randomness",
        broken: |source| {
            let is_pure = ORDER.iter().take_while(|room| **room != FIRST_OF_UI).any(|room| *room == source.room());
            let banned = ["leptos", "reactive_stores", "SystemTime", "Instant", "getrandom", "rand"];
            if is_pure { source.knows(&banned).or_else(|| source.knows(WEB)).map(str::to_owned) } else { None }
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
            if free { None } else { circles::named(source, &["simulator"]) }
        },
        breaks: ("cloud.rs", "//! The cloud.\nuse crate::simulator::Simulator;"),
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
            let azure = ["arm", "entra", "provisioning", "settings", "code", "parsing", "cloud"];
            if source.room() == "controls" { circles::named(source, &azure) } else { None }
        },
        breaks: ("controls/field.rs", "//! A field.\nuse crate::provisioning::field::Field;"),
        holds: ("controls/field.rs", "//! A field, as in provisioning::field.\nuse crate::messages;"),
    },
    Rule {
        name: "ARM has no sentences, and the simulator and the browser know no form",
        broken: |source| {
            let unknown: &[&str] = match source.room() {
                "arm" => &["messages"],
                "simulator" | "browser" => &["provisioning", "settings", "code", "parsing"],
                _ => &[],
            };
            circles::named(source, unknown)
        },
        breaks: ("arm/error.rs", "//! Errors.\nuse crate::messages::Sentence;"),
        holds: (
            "simulator/tags.rs",
            "//! Tags.\nuse crate::arm::tags;\n#[cfg(test)]\nmod tests {\n use crate::provisioning::plan::Plan;\n}",
        ),
    },
    Rule {
        name: "what the simulator answers before its deployment engine is loaded doesn't call it",
        broken: |source| {
            let free = source.is_in(&["simulator/engine.rs", "simulator/engine/", "simulator/template.rs", "simulator/template/"]);
            // The world holds the budget of what evaluates templates.
            let engine = ["engine::engine", "engine::run", "simulator::template", "super::template"];
            let read = source.is_in(&["simulator/"]) && !source.is_in(&["simulator/world.rs"]) && !free;
            if read { source.untested().knows(&engine).map(str::to_owned) } else { None }
        },
        breaks: ("simulator/deployments.rs", "//! Deployments.\nuse super::engine::engine;"),
        holds: ("simulator/deployments.rs", "//! Deployments.\nuse super::engine::Engine;"),
    },
    Rule {
        name: "serde is derived only for what crosses a wire or is stored",
        broken: |source| {
            let free = STORED.iter().any(|(place, _)| source.is_in(&[place]));
            if free { None } else { source.untested().knows(&["Serialize", "Deserialize"]).map(str::to_owned) }
        },
        breaks: ("arm/tags.rs", "//! Tags.\n#[derive(serde::Deserialize)]\nstruct Tag;"),
        holds: ("provisioning/draft.rs", "//! The draft.\n#[derive(serde::Deserialize)]\nstruct Draft;"),
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
fn every_room_has_its_place() {
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.iter().map(Source::room).filter(|room| !["lib", "main", "bin"].contains(room)).collect();
    assert_eq!(rooms, ORDER.iter().copied().collect());
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
    let lists = [TABLES.to_vec(), STORED.iter().map(|(path, _)| *path).collect(), WEB_EXCEPTIONS.iter().map(|(path, _)| *path).collect()];
    for place in lists.concat() {
        assert!(sources.iter().any(|source| source.is_in(&[place])), "{place} is gone: take it off its list");
    }
}
