//! The words of a command: which of them is `az`, and what they are spelled like.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::item::{Item, Piece, Value};
use super::super::names::{Names, Resolved};
use super::super::occurrences::{MODULE, occurrences};

/// The groups of `az` commands that are read.
const AZ_VERBS: [&str; 9] = ["identity", "group", "account", "configure", "config", "rest", "resource", "login", "deployment"];
/// Commands that take a cmdlet's name without running it.
pub(super) const LOOKS: [&str; 9] =
    ["get-command", "gcm", "get-help", "help", "mock", "should", "assert-mockcalled", "import-module", "export-modulemember"];
/// Commands that give a command another name.
pub(super) const NAMES: [&str; 5] = ["alias", "set-alias", "new-alias", "sal", "nal"];
pub(super) const CMDLET: &str = "new-azuserassignedidentity";
/// Options of `az` that may stand before its verbs, with a value or without.
const VALUED: [&str; 4] = ["--output", "-o", "--query", "--subscription"];
const FLAGS: [&str; 3] = ["--debug", "--verbose", "--only-show-errors"];
/// The words of a command that may be in variables, and how many of its first words are looked at.
const SPELLED: [&str; 2] = ["az", "create"];
const SPELLED_MAX: usize = 8;

/// Other names of commands, with the words that they stand for and the place of their definition.
#[derive(Default)]
pub(super) struct Aliases(BTreeMap<String, (Vec<Item>, Range<usize>)>);

impl Aliases {
    /// Defines what `alias name='…'`, `Set-Alias name …` or `Set-Alias -Name name -Value …` does.
    pub(super) fn define(&mut self, words: &[Item], range: &Range<usize>) {
        let mut pairs: Vec<(String, Item)> = words.iter().filter_map(|word| word.split('=')).collect();
        let plain: Vec<&Item> = words.iter().filter(|word| !word.start().starts_with('-')).collect();
        if let [name, value, ..] = plain.as_slice() {
            pairs.push((name.start().to_owned(), (*value).clone()));
        }
        for (name, value) in pairs {
            let Value::Text(text) = &value.value else { continue };
            let words: Vec<Item> = text.split_whitespace().map(|word| Item::text(value.at, word)).collect();
            let creates = |word: &Item| matches!(program(word).as_str(), "az" | CMDLET | "new-azresource");
            if words.iter().any(creates) {
                self.0.insert(name.to_ascii_lowercase(), (words, range.clone()));
            }
        }
    }

    /// The words with the first one, if it is such a name, replaced; and the place of its definition.
    pub(super) fn expanded(&self, words: &[Item]) -> Option<(Vec<Item>, Range<usize>)> {
        let (first, rest) = words.split_first()?;
        if self.0.is_empty() {
            return None;
        }
        let (meant, range) = self.0.get(&first.start().to_ascii_lowercase())?;
        Some(([meant, rest].concat(), range.clone()))
    }
}

/// The words with those in variables replaced that tell what is run; `None` if there are none.
pub(super) fn spelled(words: &[Item], names: &Names) -> Option<Vec<Item>> {
    let mut all: Option<Vec<Item>> = None;
    for (index, word) in words.iter().enumerate().take(SPELLED_MAX).filter(|(_, word)| is_variable(word)) {
        if let Resolved::Text(text) = names.meant(&word.value)
            && SPELLED.iter().chain(&AZ_VERBS).any(|known| text.eq_ignore_ascii_case(known))
            && let Some(replaced) = all.get_or_insert_with(|| words.to_vec()).get_mut(index)
        {
            replaced.value = Value::Text(text);
        }
    }
    all
}

/// Whether a word is a variable alone.
pub(super) fn is_variable(word: &Item) -> bool {
    word.value.variable().is_some() || matches!(word.value, Value::Word(_))
}

/// The words after `az` with the options that stand before its two verbs put behind them; `None` if there are none.
pub(super) fn verbs_first(words: &[Item]) -> Option<Vec<Item>> {
    let (mut verbs, mut options, mut at) = (Vec::new(), Vec::new(), 0);
    while verbs.len() < 2 {
        let word = words.get(at)?;
        let taken = match word.start() {
            flag if FLAGS.contains(&flag) => 1,
            valued if VALUED.contains(&valued) => 2,
            joined if VALUED.iter().any(|valued| joined.strip_prefix(valued).is_some_and(|rest| rest.starts_with('='))) => 1,
            option if option.starts_with('-') => return None,
            _ => 0,
        };
        if taken == 0 {
            verbs.push(word.clone());
            at += 1;
        } else {
            options.extend(words.get(at..at + taken)?.iter().cloned());
            at += taken;
        }
    }
    (!options.is_empty()).then(|| [verbs, words.get(at..).unwrap_or_default().to_vec(), options].concat())
}

/// A program's name, without its folder and extension.
pub(in crate::parsing) fn program(item: &Item) -> String {
    let name = item.start().rsplit(['/', '\\']).next().unwrap_or_default().trim_start_matches('@').to_ascii_lowercase();
    if name == MODULE {
        return "az".to_owned();
    }
    [".cmd", ".exe", ".bat", ".ps1"].iter().find_map(|end| name.strip_suffix(end)).map_or(name.clone(), str::to_owned)
}

/// The index of the word that is `az`, or the cmdlet: other commands may run it.
pub(in crate::parsing) fn runs_az(words: &[Item]) -> Option<usize> {
    let first = words.first().map(program).unwrap_or_default();
    if LOOKS.contains(&first.as_str()) || NAMES.contains(&first.as_str()) {
        return None;
    }
    let is = |index: usize, wanted: &str| words.get(index).is_some_and(|word| word.start().eq_ignore_ascii_case(wanted));
    let option = |index: usize| words.get(index).is_some_and(|word| word.start().starts_with("--"));
    words.iter().enumerate().position(|(index, word)| match &word.value {
        Value::Text(text) => {
            let lower = || text.to_ascii_lowercase();
            let az = text.len() < 300 && (text == MODULE || lower().trim_end_matches(".cmd").trim_end_matches(".exe").ends_with("az"));
            let verb = AZ_VERBS.iter().any(|verb| is(index + 1, verb) || (option(index + 1) && is(index + 2, verb)));
            (az && verb && program(word) == "az") || text.eq_ignore_ascii_case(CMDLET)
        }
        // `$AZ`.
        Value::Pieces(_) | Value::Word(_) => is(index + 1, "identity") && is(index + 2, "create"),
        Value::List(_) | Value::Object(_) => false,
    })
}

/// The words of a command that gets arguments from a list: `xargs`, or `{}` of `find` and `parallel`.
pub(super) fn fed(before: &[Item], words: &[Item]) -> Option<Vec<Item>> {
    let feeds = before.iter().map(program).find(|name| matches!(name.as_str(), "xargs" | "parallel" | "find"))?;
    let option = before.iter().position(|word| word.start().starts_with("-I"));
    let joined = option.and_then(|at| before.get(at)?.start().get(2..)).filter(|joined| !joined.is_empty());
    let given = joined.or_else(|| option.and_then(|at| before.get(at + 1)).map(Item::start));
    let joint = || before.iter().find_map(|word| word.start().strip_prefix("-I").or(word.start().strip_prefix("--replace=")));
    let placeholder = given.or_else(joint).filter(|given| !given.is_empty()).unwrap_or("{}");
    let unknown = || Piece::Word(feeds.clone());
    let mut all = words.to_vec();
    let mut replaced = false;
    for word in all.iter_mut().skip(before.len()) {
        if let Value::Text(text) = &word.value
            && text.contains(placeholder)
        {
            let mut pieces = Vec::new();
            for (index, part) in text.split(placeholder).enumerate() {
                pieces.extend((index > 0).then(unknown));
                pieces.push(Piece::Text(part.to_owned()));
            }
            word.value = Value::of(pieces);
            replaced = true;
        }
    }
    if feeds == "parallel"
        && let Some(at) = all.iter().position(|word| word.start().starts_with(":::"))
    {
        all.truncate(at);
    }
    if feeds == "find" {
        all.pop_if(|last| matches!(last.start(), ";" | "+"));
    } else if !replaced {
        let at = words.last().map_or(0, |word| word.at);
        all.push(Item { at, value: Value::Pieces(vec![unknown()]) });
    }
    Some(all)
}

/// Whether words hold a text that creates an identity.
pub(super) fn mentions(words: &[Item]) -> bool {
    let mention = |text: &str| text.len() > 12 && !occurrences(text).is_empty();
    words.iter().any(|word| match &word.value {
        Value::Text(text) | Value::Word(text) => mention(text),
        Value::Pieces(pieces) => pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if mention(text))),
        Value::List(_) | Value::Object(_) => false,
    })
}
