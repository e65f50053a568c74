//! The known regions that a misspelled one may stand for.

use std::collections::BTreeMap;

use crate::arm::location::LocationName;
use crate::arm::regions::{self, KnownRegions};

/// Longer texts are no misspelled region.
const LETTERS_MAX: usize = 40;
/// The most regions suggested for one text: more would be no help.
const NEAR_MAX: usize = 3;
/// The most texts compared with all regions; others with the same problem are reported without suggestions.
const TEXTS_MAX: usize = 200;
/// The beginnings of the words that aren't places.
const DIRECTIONS: [&str; 5] = ["north", "south", "east", "west", "central"];

/// Suggests regions; each text is compared only once.
pub(super) struct Near {
    known: KnownRegions,
    /// The words of each region, in lower case: `["east", "us", "2"]`.
    words: Vec<Vec<String>>,
    asked: BTreeMap<String, Vec<String>>,
}

impl Near {
    pub(super) fn new() -> Self {
        let words = |display: &str| display.split(' ').map(str::to_ascii_lowercase).collect();
        Self { known: KnownRegions::new(), words: regions::public().map(|region| words(region.display)).collect(), asked: BTreeMap::new() }
    }

    pub(super) fn has(&self, name: &LocationName) -> bool {
        self.known.has(name)
    }

    /// The names of the regions that `written` may stand for, separated by `or`.
    pub(super) fn to(&mut self, written: &str, or: &str) -> String {
        // The portal's lists show the part of the world, too: `(Europe) West Europe`.
        let written = written.rsplit(')').next().unwrap_or_default();
        let letters: String = written.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        if letters.len() > LETTERS_MAX {
            return String::new();
        }
        if let Some(known) = self.asked.get(&letters) {
            return known.join(or);
        }
        let near = if self.asked.len() < TEXTS_MAX { self.regions(&letters) } else { Vec::new() };
        let joined = near.join(or);
        self.asked.insert(letters, near);
        joined
    }

    fn regions(&self, letters: &str) -> Vec<String> {
        if LocationName::parse(letters).is_some_and(|name| self.has(&name)) {
            return vec![letters.to_owned()];
        }
        // `us-east-1` of another cloud.
        let plain = letters.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let abbreviated = |letters: &str| self.those(|words, _| letters.len() >= 3 && abbreviates(letters, words, 0));
        let within = |letters: &str| self.those(|_, name| letters.len() >= 2 && name.contains(letters));
        let misspelled = || {
            let distance = |name: &str| distance(letters.as_bytes(), name.as_bytes());
            let names = || self.words.iter().map(|words| words.concat());
            let least = names().map(|name| distance(&name)).min().unwrap_or_default();
            if least > 1 + letters.len() / 6 { Vec::new() } else { names().filter(|name| distance(name) == least).collect() }
        };
        let mut near = abbreviated(letters);
        for next in [&|| abbreviated(plain) as Vec<String>, &misspelled, &|| within(plain)] as [&dyn Fn() -> Vec<String>; 3] {
            if near.is_empty() || near.len() > NEAR_MAX {
                near = next();
            }
        }
        if near.len() > NEAR_MAX { Vec::new() } else { near }
    }

    fn those(&self, wanted: impl Fn(&[String], &str) -> bool) -> Vec<String> {
        self.words.iter().map(|words| (words, words.concat())).filter(|(words, name)| wanted(words, name)).map(|(_, name)| name).collect()
    }
}

/// Whether `letters` are the beginnings of all `words` but those in the bit set `used`, in any order: `weu`, `useast`.
fn abbreviates(letters: &str, words: &[String], used: u32) -> bool {
    if used.count_ones() as usize == words.len() {
        return letters.is_empty();
    }
    words.iter().enumerate().filter(|(at, _)| used & (1 << at) == 0).any(|(at, word)| {
        let common = letters.bytes().zip(word.bytes()).take_while(|(left, right)| left == right).count();
        // One letter is enough for `west`, but not for a place.
        let least = if DIRECTIONS.iter().any(|direction| word.starts_with(direction)) { 1 } else { word.len().min(2) };
        (least..=common).any(|length| abbreviates(&letters[length..], words, used | (1 << at)))
    })
}

/// The number of letters to add, remove, replace or swap with their neighbour.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=other.len()).collect());
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let mut smallest = (last[column] + usize::from(letter != wanted)).min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *wanted && *letter == other[column - 1] {
                smallest = smallest.min(before[column - 1] + 1);
            }
            next.push(smallest);
        }
        (before, last) = (last, next);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelled_regions_lead_to_known_ones() {
        let mut near = Near::new();
        for (written, expected) in [
            ("west-europe", "westeurope"),
            ("west_europe", "westeurope"),
            ("(Europe) West Europe", "westeurope"),
            ("westeurop", "westeurope"),
            ("westeuorpe", "westeurope"),
            ("wst europe", "westeurope"),
            ("eu-west", "westeurope"),
            ("eu-west-1", "westeurope"),
            ("europewest", "westeurope"),
            ("europe-west4", "westeurope"),
            ("weu", "westeurope"),
            ("neu", "northeurope"),
            ("cus", "centralus"),
            ("eus2", "eastus2"),
            ("us-east-1", "eastus"),
            ("us-east-2", "eastus2"),
            ("eastus-2", "eastus2"),
            ("us-central1", "centralus"),
            ("asia-southeast1", "southeastasia"),
            ("fracecentral", "francecentral"),
            ("france-central", "francecentral"),
            ("germanywestcentrall", "germanywestcentral"),
            ("usgov-virginia", "usgovvirginia"),
            ("uk", "uksouth or ukwest"),
            ("germany", "germanywestcentral or germanynorth"),
            ("mars", ""),
            ("x", ""),
            ("", ""),
            (&"x".repeat(1_000_000), ""),
        ] {
            assert_eq!(near.to(written, " or "), expected, "{written:.80}");
        }
    }

    #[test]
    fn swapped_letters_count_once() {
        for (one, other, expected) in [("ab", "ba", 1), ("abc", "abc", 0), ("", "ab", 2), ("kitten", "sitting", 3)] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected);
        }
    }
}
