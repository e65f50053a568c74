//! Checks `src/` against the rules of its code map: which room may depend on which, and the shape of a file. A violation is
//! reported with the file's name, and every rule is tested with a file that violates it.
#![expect(clippy::expect_used, reason = "a test may")]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;

use source::{Source, sources};

/// The rooms in dependency order: each imports only rooms before it, and no page imports another.
const ORDER: &[&str] = &[
    "visible",
    "csv",
    "messages",
    "severity",
    "arm",
    "entra",
    "federation",
    "access",
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
    "guide",
    "home",
    "app",
];

/// The first room that is not pure: those before it build without the feature `ui`.
const FIRST_OF_UI: &str = "browser";

const PAGES: &[&str] = &["create", "check", "deployments", "identities", "marketplace", "guide", "home"];

/// Files of a page that only decide, and are held to the rules of the pure rooms.
const DECISIONS: &[&str] = &["guide/answers.rs", "guide/commands.rs", "guide/query.rs", "guide/recommendation.rs"];

/// Crates for browser APIs.
const WEB: &[&str] = &["web_sys", "js_sys", "gloo_net", "gloo_timers", "gloo", "wasm_bindgen", "wasm_bindgen_futures"];

/// Files outside `browser/` that may use browser types, and why.
const WEB_EXCEPTIONS: &[(&str, &str)] = &[
    ("main.rs", "starts the program before leptos has an executor"),
    ("bin/early.rs", "is a program of its own, of the one function that early.js calls"),
];

/// Where serde's derives are allowed: for data that is sent or stored. Each costs some kB of wasm.
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

/// Maximum lines of a file.
const LINES_MAX: usize = 400;
/// Files that are tables of data, which may be longer.
const TABLES: &[&str] = &["provisioning/check/tests.rs", "simulator/built_in_roles.rs"];

/// A rule: its name, and its check, which returns the violation.
struct Rule {
    name: &'static str,
    violation: fn(&Source) -> Option<String>,
    /// A file that violates it.
    bad: (&'static str, &'static str),
    /// A file that almost violates it.
    good: (&'static str, &'static str),
}

const RULES: &[Rule] = &[
    Rule {
        name: "a module says what it is before anything else (`//!`)",
        violation: |source| (!source.text.starts_with("//!")).then(|| "no `//!` at the top".to_owned()),
        bad: ("arm/lock.rs", "use std::fmt;\n"),
        good: ("arm/lock.rs", "//! Locks.\n"),
    },
    Rule {
        name: "a file has at most 400 lines, tables of data aside",
        violation: |source| {
            let lines = source.text.lines().count();
            (lines > LINES_MAX && !source.is_in(TABLES)).then(|| [&lines.to_string(), " lines"].concat())
        },
        bad: ("arm/lock.rs", include_str!("../Cargo.lock")),
        good: ("provisioning/check/tests.rs", include_str!("../Cargo.lock")),
    },
    Rule {
        name: "`foo.rs` stands beside `foo/`: no `mod.rs`",
        violation: |source| source.path.ends_with("mod.rs").then(|| "a `mod.rs`".to_owned()),
        bad: ("arm/mod.rs", "//! ARM."),
        good: ("arm/tags.rs", "//! Tags."),
    },
    Rule {
        name: "a room imports only rooms before it, and no page imports another",
        violation: |source| {
            let is_page = |room: &str| PAGES.contains(&room);
            let own = source.room();
            let place = ORDER.iter().position(|room| *room == own)?;
            let may = |room: &str| ORDER[..=place].contains(&room) && (room == own || !(is_page(room) && is_page(own)));
            circles::rooms(source).into_iter().find(|room| ORDER.contains(&room.as_str()) && !may(room))
        },
        bad: ("deployments/page.rs", "//! A page.\nuse crate::{arm::guid::Guid, create::form::Form};"),
        good: ("deployments/page.rs", "//! A page.\nuse crate::{arm::guid::Guid, provisioning::plan::Plan};\nuse super::facts;"),
    },
    Rule {
        name: "the pure rooms know no interface, no browser, no clock and no randomness",
        violation: |source| {
            let is_pure = ORDER.iter().take_while(|room| **room != FIRST_OF_UI).any(|room| *room == source.room());
            let is_pure = is_pure || source.is_in(DECISIONS);
            let banned = ["leptos", "reactive_stores", "SystemTime", "Instant", "getrandom", "rand"];
            if is_pure { source.knows(&banned).or_else(|| source.knows(WEB)).map(str::to_owned) } else { None }
        },
        bad: ("simulator/world.rs", "//! The world.\nfn now() -> SystemTime {}"),
        good: ("create/form.rs", "//! The form, with no clock (SystemTime).\nuse leptos::prelude::*;"),
    },
    Rule {
        name: "only browser/ touches the web platform",
        violation: |source| {
            let excepted = WEB_EXCEPTIONS.iter().any(|(path, _)| source.is_in(&[path]));
            let free = excepted || source.is_in(&["browser.rs", "browser/"]);
            if free { None } else { source.knows(WEB).map(str::to_owned) }
        },
        bad: ("controls/tabs.rs", "//! Tabs.\nuse leptos::web_sys::HtmlElement;"),
        good: ("browser/fetch.rs", "//! Fetch.\nuse web_sys::Response;"),
    },
    Rule {
        name: "only app knows both the simulator and the browser, and no page knows the simulator",
        violation: |source| {
            let free = source.is_in(&["app.rs", "app/", "simulator.rs", "simulator/", "lib.rs"]);
            if free { None } else { circles::named(source, &["simulator"]) }
        },
        bad: ("cloud.rs", "//! The cloud.\nuse crate::simulator::Simulator;"),
        good: ("app/preview.rs", "//! Preview.\nuse crate::simulator::Simulator;\nuse crate::browser::clock;"),
    },
    Rule {
        name: "a page asks the client and never fetches; a control calls nothing",
        violation: |source| {
            let free = source.is_in(&["app.rs", "app/", "browser.rs", "browser/"]);
            if free { None } else { source.knows(&["browser::fetch"]).map(str::to_owned) }
        },
        bad: ("create/form.rs", "//! The form.\nuse crate::browser::fetch;"),
        good: ("app/live.rs", "//! Live.\nuse crate::browser::fetch;"),
    },
    Rule {
        name: "the controls know no Azure",
        violation: |source| {
            let azure = ["arm", "entra", "provisioning", "settings", "code", "parsing", "cloud"];
            if source.room() == "controls" { circles::named(source, &azure) } else { None }
        },
        bad: ("controls/field.rs", "//! A field.\nuse crate::provisioning::field::Field;"),
        good: ("controls/field.rs", "//! A field, as in provisioning::field.\nuse crate::messages;"),
    },
    Rule {
        name: "ARM has no sentences, and the simulator and the browser know no form",
        violation: |source| {
            let unknown: &[&str] = match source.room() {
                "arm" => &["messages"],
                "simulator" | "browser" => &["provisioning", "settings", "code", "parsing"],
                _ => &[],
            };
            circles::named(source, unknown)
        },
        bad: ("arm/error.rs", "//! Errors.\nuse crate::messages::Sentence;"),
        good: (
            "simulator/tags.rs",
            "//! Tags.\nuse crate::arm::tags;\n#[cfg(test)]\nmod tests {\n use crate::provisioning::plan::Plan;\n}",
        ),
    },
    Rule {
        name: "what the simulator answers before its deployment engine is loaded doesn't call it",
        violation: |source| {
            let free = source.is_in(&["simulator/engine.rs", "simulator/engine/", "simulator/template.rs", "simulator/template/"]);
            // The world contains the evaluation budget.
            let engine = ["engine::engine", "engine::run", "simulator::template", "super::template"];
            let read = source.is_in(&["simulator/"]) && !source.is_in(&["simulator/world.rs"]) && !free;
            if read { source.untested().knows(&engine).map(str::to_owned) } else { None }
        },
        bad: ("simulator/deployments.rs", "//! Deployments.\nuse super::engine::engine;"),
        good: ("simulator/deployments.rs", "//! Deployments.\nuse super::engine::Engine;"),
    },
    Rule {
        name: "what the simulator answers before its handlers are loaded doesn't call them",
        violation: |source| {
            let early = ["lookups.rs", "world.rs", "wire.rs", "types.rs", "resource_type.rs", "seed/", "preconditions.rs", "response.rs"];
            let early = early.map(|file| format!("simulator/{file}"));
            let handlers = ["handlers::handlers", "resource_handler", "resource_handlers", "route", "store", "Filter"];
            let is_early = source.is_in(&early.each_ref().map(String::as_str));
            if is_early { source.untested().knows(&handlers).map(str::to_owned) } else { None }
        },
        bad: ("simulator/wire.rs", "//! The wire.\nuse super::route;"),
        good: ("simulator/wire.rs", "//! The wire.\nuse super::handlers::Handlers;"),
    },
    Rule {
        name: "serde is derived only for what crosses a wire or is stored",
        violation: |source| {
            let free = STORED.iter().any(|(place, _)| source.is_in(&[place]));
            if free { None } else { source.untested().knows(&["Serialize", "Deserialize"]).map(str::to_owned) }
        },
        bad: ("arm/tags.rs", "//! Tags.\n#[derive(serde::Deserialize)]\nstruct Tag;"),
        good: ("provisioning/draft.rs", "//! The draft.\n#[derive(serde::Deserialize)]\nstruct Draft;"),
    },
];

#[test]
fn every_file_follows_the_rules() {
    let sources = sources();
    assert!(sources.len() > 50, "the rooms were found");
    let mut violations = String::new();
    for source in &sources {
        for rule in RULES {
            if let Some(what) = (rule.violation)(source) {
                violations.push_str(&["\nsrc/", &source.path, ": ", rule.name, ": ", &what].concat());
            }
        }
    }
    assert!(violations.is_empty(), "{violations}");
}

#[test]
fn every_room_is_in_the_order() {
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.iter().map(Source::room).filter(|room| !["lib", "main", "bin"].contains(room)).collect();
    assert_eq!(rooms, ORDER.iter().copied().collect());
}

#[test]
fn every_rule_can_be_violated() {
    for rule in RULES {
        let violation = |(path, text): (&str, &str)| (rule.violation)(&Source::new(path, text));
        assert!(violation(rule.bad).is_some(), "{}: nothing violates it", rule.name);
        assert_eq!(violation(rule.good), None, "{}", rule.name);
    }
}

#[test]
fn the_lists_name_existing_files() {
    let sources = sources();
    let lists = [
        TABLES.to_vec(),
        STORED.iter().map(|(path, _)| *path).collect(),
        WEB_EXCEPTIONS.iter().map(|(path, _)| *path).collect(),
        DECISIONS.to_vec(),
    ];
    for place in lists.concat() {
        assert!(sources.iter().any(|source| source.is_in(&[place])), "{place} is gone: take it off its list");
    }
}
