//! Fuzzy search for services: words in any order, prefixes, abbreviations, and one or two typos.

use std::cmp::Reverse;

use super::{SERVICES, Service};
use crate::messages::Message;

/// Words that don't distinguish services.
const STOP_WORDS: [&str; 12] = ["a", "an", "the", "new", "create", "make", "add", "azure", "microsoft", "for", "of", "resource"];

/// The matching services, the best match first; all services if nothing was typed.
pub fn search(typed: &str) -> Vec<&'static Service> {
    let words = words_of(typed);
    let mut found: Vec<(u32, &'static Service)> =
        SERVICES.iter().filter_map(|service| score(service, &words).map(|score| (score, service))).collect();
    found.sort_by_key(|(score, _)| Reverse(*score));
    found.into_iter().map(|(_, service)| service).collect()
}

/// The typed words in lower case, without stop words.
fn words_of(typed: &str) -> Vec<String> {
    let all: Vec<String> = split(typed).collect();
    let significant: Vec<String> = all.iter().filter(|word| !STOP_WORDS.contains(&word.as_str())).cloned().collect();
    // If only stop words were typed, such as "new", search for those.
    if significant.is_empty() { all } else { significant }
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// How well a service matches; `None` if it doesn't.
fn score(service: &Service, words: &[String]) -> Option<u32> {
    // Only the English names are searched: people type those whatever their language.
    let Message(name) = service.name;
    let names = || std::iter::once(name).chain(service.aliases.split(','));
    let joined = words.concat();
    let whole = names().any(|name| split(name).collect::<String>() == joined);
    let known: Vec<String> = names().flat_map(split).collect();
    let by_words = words.iter().try_fold(0, |sum, word| known.iter().filter_map(|known| fit(word, known)).max().map(|best| sum + best));
    // Typed without its spaces, or with a wrong one.
    let by_whole = names().filter_map(|name| fit(&joined, &split(name).collect::<String>())).max();
    let best = by_words.into_iter().chain(by_whole).max()?;
    Some(best + if whole { 100 } else { 0 })
}

/// How well a typed word matches a known one: a prefix is best, then a substring, then a typo.
fn fit(typed: &str, known: &str) -> Option<u32> {
    if typed == known {
        return Some(10);
    }
    if known.starts_with(typed) {
        return Some(8);
    }
    let letters = typed.chars().count();
    if letters >= 3 && known.contains(typed) {
        return Some(4);
    }
    let typos = match letters {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let beginning: String = known.chars().take(letters).collect();
    (typos > 0 && (distance(typed, known) <= typos || distance(typed, &beginning) <= typos)).then_some(2)
}

/// The optimal string alignment distance, a variant of the Damerau-Levenshtein distance: how many characters were omitted,
/// added, changed or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, known) in other.iter().enumerate() {
            let mut fewest = (last[column] + usize::from(letter != known)).min(last[column + 1] + 1).min(line[column] + 1);
            let swapped = row > 0 && column > 0 && one[row - 1] == *known && other[column - 1] == *letter;
            if swapped {
                fewest = fewest.min(before[column - 1] + 1);
            }
            line.push(fewest);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages;

    #[test]
    fn the_identity_is_found_first_however_it_is_typed() {
        for typed in [
            "user assigned managed identity",
            "User-Assigned Managed Identity",
            "managed identity user assigned",
            "create a new user assigned managed identity",
            "managed identity",
            "managed identiy",
            "manged identity",
            "mangaed identity",
            "managed idenity",
            "managed indentity",
            "managedidentity",
            "userassigned",
            "user assinged identity",
            "user asigned",
            "uami",
            "UAMI",
            "umi",
            "msi",
            "managed service identity",
            "identity",
            "ident",
            "use",
            "azure identity",
        ] {
            let found = search(typed);
            assert_eq!(found.first().map(|service| service.name), Some(messages::SERVICE_IDENTITY), "{typed}");
        }
    }

    #[test]
    fn others_are_found_and_nonsense_is_not() {
        let table = [
            ("acr", messages::SERVICE_REGISTRY),
            ("contaner registry", messages::SERVICE_REGISTRY),
            ("keyvault", messages::SERVICE_VAULT),
            ("secret", messages::SERVICE_VAULT),
            ("k8s", messages::SERVICE_AKS),
            ("kubernets", messages::SERVICE_AKS),
            ("vm", messages::SERVICE_VM),
            ("service principal", messages::SERVICE_APP_REGISTRATION),
            ("rg", messages::SERVICE_GROUP),
        ];
        for (typed, name) in table {
            assert_eq!(search(typed).first().map(|service| service.name), Some(name), "{typed}");
        }
        for typed in ["zzz", "managed banana", "identity xylophone"] {
            assert_eq!(search(typed), Vec::<&Service>::new(), "{typed}");
        }
        assert_eq!(search("").len(), SERVICES.len());
        assert_eq!(search("  - ").len(), SERVICES.len());
    }

    #[test]
    fn distances() {
        for (one, other, expected) in
            [("", "", 0), ("a", "", 1), ("identiy", "identity", 1), ("mangaed", "managed", 1), ("abc", "cab", 2), ("größe", "grösse", 2)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}
