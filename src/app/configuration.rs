//! The settings: `config.json` with the rules' patterns compiled, and the page that shows what is wrong with it.

use leptos::prelude::*;

use crate::browser::{address, element, fetch, shell as first_screen};
use crate::lazy::PartError;
use crate::messages::{self, Sentence};
use crate::portal::config_problems::ConfigProblems;
use crate::provisioning::rules::Rules;
use crate::settings::{Settings, compile};

/// Shows what is wrong with `config.json`, in place of the page.
pub(super) fn show_problems(problems: Vec<Sentence>) {
    first_screen::hand_over(first_screen::draw(move || view! { <ConfigProblems problems=problems/> }));
}

/// Reads the settings from `config.json` and the address, or the defaults if there is no such file. A single-file site contains it.
pub(super) async fn settings() -> Result<Settings, Vec<Sentence>> {
    let config = match element::text("config") {
        Some(text) => text,
        None => match fetch::text("config.json").await {
            Ok((404, _)) => "{}".to_owned(),
            Ok((200..=299, text)) => text,
            Ok((status, _)) => return Err(vec![messages::CONFIG_STATUS.with([&status.to_string()])]),
            // Its content is unknown, and the service worker has no copy.
            Err(_) => return Err(vec![messages::CONFIG_UNREACHABLE.into()]),
        },
    };
    let (query, fragment) = (address::query(), address::fragment());
    // Most sites have an empty file: they don't wait for the part with the reader.
    if config.trim() == "{}" {
        return Ok(Settings::default().at_address(&query, &fragment));
    }
    let settings = read(config, query, fragment).await.unwrap_or_else(|PartError| Err(vec![messages::PART_FAILED.into()]))?;
    Ok(Settings { rules: compiled(settings.rules).await?, ..settings })
}

/// Compiles the patterns of the rules. The regex engine is loaded only where there are any.
pub(super) async fn compiled(rules: Rules) -> Result<Rules, Vec<Sentence>> {
    if !rules.have_patterns() {
        return Ok(rules);
    }
    with_engine(rules).await.unwrap_or_else(|PartError| Err(vec![messages::PART_FAILED.into()]))
}

crate::part! {
    in config:
    fn read(config: String, query: String, fragment: String) -> Result<Settings, Vec<Sentence>> {
        Settings::uncompiled(&config, &query, &fragment)
    }
}

crate::part! {
    in patterns:
    fn with_engine(rules: Rules) -> Result<Rules, Vec<Sentence>> {
        compile(rules)
    }
}
