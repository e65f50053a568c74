//! The organisation's rules, from the same `config.json` as the page's.

use identity_portal::provisioning::rules::Rules;
use identity_portal::settings::Settings;

pub(crate) fn read(file: &str) -> Result<Rules, Vec<String>> {
    let text = std::fs::read_to_string(file).map_err(|error| vec![format!("{file}: {error}")])?;
    let text = text.trim_start_matches('\u{feff}');
    let settings =
        Settings::read(text, "", "").map_err(|wrong| wrong.iter().map(|wrong| format!("{file}: {}", wrong.text())).collect::<Vec<_>>())?;
    Ok(settings.rules)
}
