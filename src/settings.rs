//! `config.json` and the address, parsed once into one struct. Nothing wrong in the file is silently ignored.

mod config;
mod patterns;
mod reader;

pub use patterns::compile;

use crate::arm::azure_cloud::AzureCloud;
use crate::arm::guid::Guid;
use crate::arm::percent::pairs;
use crate::messages::{Locale, Sentence};
use crate::provisioning::draft::Draft;
use crate::provisioning::rules::Rules;

/// Most names of simulated data and faults that an address may have, and most characters of one; there are not half as many.
const SIMULATED_MAX: usize = 32;
const SIMULATED_LENGTH_MAX: usize = 64;

/// How this deployment of the app is set up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Preview or live.
    pub mode: Mode,
    /// Data and faults of the simulator, as the address names them; empty in live mode.
    pub simulate: Vec<String>,
    /// The language of the page.
    pub locale: Locale,
    /// The cloud.
    pub cloud: AzureCloud,
    /// The directory to sign in to: its id, a domain, or `organizations`.
    pub tenant: Option<String>,
    /// The app registration.
    pub client_id: Option<Guid>,
    /// How people sign in.
    pub sign_in: SignIn,
    /// Where tokens are kept.
    pub token_cache: TokenCache,
    /// How long a sign-in lasts.
    pub session: SessionLimits,
    /// The organisation's name and logo.
    pub brand: Brand,
    /// The organisation's rules.
    pub rules: Rules,
    /// Pre-filled field values.
    pub defaults: Draft,
    /// Origins of pages that may embed this one.
    pub allowed_origins: Vec<String>,
    /// Whether the browser keeps the site for visits without a network.
    pub offline: Offline,
}

/// Whether the browser keeps the site for visits without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    /// It does.
    #[default]
    On,
    /// It does, and keeps Live's last known lists for Preview.
    Lists,
    /// It does not, and forgets what it kept.
    Off,
}

/// Against what the page works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The built-in simulated Azure; no sign-in, no network.
    #[default]
    Preview,
    /// Azure itself.
    Live,
}

/// How people sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// The page goes to the sign-in page and comes back.
    #[default]
    Redirect,
    /// In a window of its own.
    Popup,
}

/// Where tokens are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenCache {
    /// For the tab's session.
    #[default]
    Session,
    /// Until the page is left.
    Memory,
}

/// How long a sign-in lasts at most, in minutes. Entra may end it earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without a key or a press in any tab of the page.
    pub idle: u32,
    /// Since the person signed in.
    pub absolute: u32,
}

impl Default for SessionLimits {
    fn default() -> Self {
        // Entra's refresh token of a single-page app lasts 24 hours.
        Self { idle: 60, absolute: 24 * 60 }
    }
}

/// The organisation's name and logo; what is absent is the product's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The name in the header.
    pub name: Option<String>,
    /// The logo's address.
    pub logo: Option<String>,
    /// Where Help leads.
    pub help_url: Option<String>,
}

/// The organisation's rules that a host page gives, in the form they have in `config.json`. Their patterns are not compiled.
///
/// # Errors
/// Everything wrong with them.
pub fn offered_rules(text: &str) -> Result<Rules, Vec<Sentence>> {
    config::offered_rules(text)
}

impl Settings {
    /// Whether the browser may keep Live's lists.
    pub fn keeps_lists(&self) -> bool {
        self.offline == Offline::Lists && self.client_id.is_some()
    }

    /// The settings of `config` (the text of `config.json`; `{}` where there is none) and the page's address: what
    /// stands before `#` from `?` on, and what stands after it.
    ///
    /// # Errors
    /// Everything wrong with `config`. The address is anybody's text: what means nothing there is left out.
    pub fn read(config: &str, search: &str, hash: &str) -> Result<Self, Vec<Sentence>> {
        let settings = Self::uncompiled(config, search, hash)?;
        Ok(Self { rules: compile(settings.rules)?, ..settings })
    }

    /// The same, but the patterns of the rules are not compiled: the page loads their engine only where there are any.
    ///
    /// # Errors
    /// Everything wrong with `config` but its patterns.
    pub fn uncompiled(config: &str, search: &str, hash: &str) -> Result<Self, Vec<Sentence>> {
        config::read(config).map(|settings| settings.at_address(search, hash))
    }

    /// These settings with what the page's address adds. [`Settings::default`] are those of an empty `config.json`, so
    /// that where it is empty its reader need not be loaded.
    #[must_use]
    pub fn at_address(mut self, search: &str, hash: &str) -> Self {
        let search = search.strip_prefix('?').unwrap_or(search);
        let hash = hash.split_once('?').map_or("", |(_, query)| query);
        for (key, value) in pairs(search).chain(pairs(hash)) {
            match (key.as_str(), value.as_str()) {
                ("mode", "preview") => self.mode = Mode::Preview,
                ("mode", "live") if self.client_id.is_some() => self.mode = Mode::Live,
                ("locale", "pseudo") => self.locale = Locale::Pseudo,
                ("sim", names) => {
                    for name in names.split(',').filter(|name| !name.is_empty()) {
                        if self.simulate.len() == SIMULATED_MAX {
                            break;
                        }
                        let name: String = name.chars().take(SIMULATED_LENGTH_MAX).collect();
                        if !self.simulate.contains(&name) {
                            self.simulate.push(name);
                        }
                    }
                }
                _ => {}
            }
        }
        if self.mode == Mode::Live {
            self.simulate.clear();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: &str = r#"{"clientId":"11111111-2222-3333-4444-555555555555"}"#;

    #[test]
    fn the_mode_comes_from_config_and_address() {
        let table = [
            ("{}", "", "", Mode::Preview),
            (LIVE, "", "", Mode::Live),
            (LIVE, "?mode=preview", "", Mode::Preview),
            (LIVE, "", "#/create?mode=preview", Mode::Preview),
            (LIVE, "?mode=nonsense", "", Mode::Live),
            ("{}", "?mode=live", "", Mode::Preview),
            (r#"{"mode":"preview","clientId":"11111111-2222-3333-4444-555555555555"}"#, "", "", Mode::Preview),
            (r#"{"mode":"preview","clientId":"11111111-2222-3333-4444-555555555555"}"#, "?mode=live", "", Mode::Live),
        ];
        for (config, search, hash, mode) in table {
            let read = Settings::read(config, search, hash).map(|settings| settings.mode);
            assert_eq!(read, Ok(mode), "{config} {search} {hash}");
        }
    }

    #[test]
    fn rules_of_a_host_page_are_read_as_strictly() {
        let read = |text: &str| offered_rules(text);
        assert_eq!(read(r#"{"regions":["East US"]}"#).map(|rules| rules.regions), Ok(vec!["eastus".to_owned()]));
        for text in ["", "[]", "7", r#"{"region":["eastus"]}"#, r#"{"name":{"message":"x"}}"#, r#"{"__proto__":{}}"#] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_empty_config_is_the_default() {
        assert_eq!(Settings::read(" {} ", "", ""), Ok(Settings::default()));
    }

    #[test]
    fn the_pseudo_locale_comes_from_the_address() {
        for (search, hash, locale) in [
            ("", "", Locale::English),
            ("?locale=pseudo", "", Locale::Pseudo),
            ("", "#/create?locale=pseudo", Locale::Pseudo),
            ("?locale=nonsense", "", Locale::English),
        ] {
            let read = Settings::read("{}", search, hash).map(|settings| settings.locale);
            assert_eq!(read, Ok(locale), "{search} {hash}");
        }
    }

    #[test]
    fn simulations_stand_before_or_after_the_hash() {
        let read = |config, search, hash| Settings::read(config, search, hash).map(|settings| settings.simulate).unwrap_or_default();
        assert_eq!(
            read("{}", "?mode=preview&sim=large,slow", "#/create/user-assigned-identity?sim=slow,,locked&name=sim"),
            ["large", "slow", "locked"]
        );
        assert_eq!(read(LIVE, "?sim=large", ""), [""; 0]);
    }

    #[test]
    fn an_address_names_no_more_than_there_could_be() {
        let names = (0..100_000).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
        let long = "x".repeat(1_000_000);
        let settings = Settings::default().at_address(&format!("?sim={long}"), &format!("#/create?sim={names}"));
        assert_eq!(settings.simulate.len(), SIMULATED_MAX);
        assert!(settings.simulate.iter().all(|name| name.len() <= SIMULATED_LENGTH_MAX), "{:?}", settings.simulate);
    }

    #[test]
    fn clouds_have_addresses_without_a_trailing_slash() {
        let cloud = |config: &str| Settings::read(config, "", "").map(|settings| settings.cloud).unwrap_or_default();
        let table = [
            ("{}", "https://management.azure.com", Some("https://login.microsoftonline.com")),
            (r#"{"cloud":"AzureUSGovernment"}"#, "https://management.usgovcloudapi.net", Some("https://login.microsoftonline.us")),
            (r#"{"cloud":"AzureChina"}"#, "https://management.chinacloudapi.cn", Some("https://login.chinacloudapi.cn")),
            (r#"{"cloud":{"name":"L","resourceManager":"https://ARM.Local.example/"}}"#, "https://arm.local.example", None),
        ];
        for (config, resource_manager, authority) in table {
            let cloud = cloud(config);
            assert_eq!((cloud.resource_manager.as_str(), cloud.authority.as_deref()), (resource_manager, authority), "{config}");
        }
    }
}
