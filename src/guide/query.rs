//! The answers and names in the address. An address is untrusted: what can't be used is ignored and reported, and names are treated
//! as if they had been typed.

use super::answers::{Answers, Question};
use crate::arm::percent::{encode, pairs};
use crate::messages::{self, Sentence};
use crate::provisioning::draft::{VALUE_MAX, truncated};
use crate::provisioning::link::is_for_the_page;
use crate::visible::shown;

/// The maximum number of unusable parts that are reported.
const NAMED_MAX: usize = 10;
/// The maximum number of parts of an address that are looked at.
const PARTS_MAX: usize = 50;
/// The key of the registry's mode, and the words for it.
const MODE: &str = "registryMode";

/// A name that a person types for the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Registry,
    /// The group of [`Self::Resource`].
    ResourceGroup,
    /// The resource that pulls.
    Resource,
    /// The identity or service principal to create.
    New,
}

impl Name {
    const ALL: [Self; 4] = [Self::Registry, Self::ResourceGroup, Self::Resource, Self::New];

    /// The key in the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::ResourceGroup => "resourceGroup",
            Self::Resource => "resource",
            Self::New => "name",
        }
    }
}

/// How the registry reads role assignments (its `roleAssignmentMode`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegistryMode {
    /// `LegacyRegistryPermissions`.
    #[default]
    Registry,
    /// `AbacRepositoryPermissions`.
    Repositories,
}

impl RegistryMode {
    /// With the words of `az acr create --role-assignment-mode`.
    pub const CHOICES: [(Self, &str, messages::Message); 2] =
        [(Self::Registry, "rbac", messages::GUIDE_MODE_REGISTRY), (Self::Repositories, "rbac-abac", messages::GUIDE_MODE_REPOSITORIES)];

    pub fn of_word(word: &str) -> Option<Self> {
        Self::CHOICES.iter().find(|(_, own, _)| *own == word).map(|(mode, ..)| *mode)
    }

    pub fn word(self) -> &'static str {
        if self == Self::Registry { "rbac" } else { "rbac-abac" }
    }
}

/// The names for the next step, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    registry: String,
    resource_group: String,
    resource: String,
    new: String,
    pub mode: RegistryMode,
}

impl Names {
    pub fn get(&self, name: Name) -> &str {
        match name {
            Name::Registry => &self.registry,
            Name::ResourceGroup => &self.resource_group,
            Name::Resource => &self.resource,
            Name::New => &self.new,
        }
    }

    pub fn get_mut(&mut self, name: Name) -> &mut String {
        match name {
            Name::Registry => &mut self.registry,
            Name::ResourceGroup => &mut self.resource_group,
            Name::Resource => &mut self.resource,
            Name::New => &mut self.new,
        }
    }
}

/// Everything that the page's address carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub answers: Answers,
    pub names: Names,
}

impl Given {
    /// Parses an address's query (without the `?`). Also returns what can't be used, with reasons.
    pub fn parse(query: &str) -> (Self, Vec<Sentence>) {
        let mut given = Self::default();
        let mut unusable = Vec::new();
        let parts: Vec<(String, String)> = pairs(query).filter(|(key, _)| !is_for_the_page(key)).take(PARTS_MAX).collect();
        let mut keys: Vec<&str> = Vec::new();
        // The first question, which decides what answers the second one has, may stand anywhere.
        for is_first in [true, false] {
            for (key, value) in parts.iter().filter(|(key, _)| (key == Question::Who.key()) == is_first) {
                unusable.extend(given.take(key, value, keys.contains(&key.as_str())));
                keys.push(key);
            }
        }
        unusable.truncate(NAMED_MAX);
        (given, unusable)
    }

    /// Takes one part of an address, and returns what is wrong with it.
    fn take(&mut self, key: &str, value: &str, repeated: bool) -> Option<Sentence> {
        let told = |text: &str| shown(&truncated(text.to_owned())).into_owned();
        let question = Question::ALL.into_iter().find(|question| question.key() == key);
        let name = Name::ALL.into_iter().find(|name| name.key() == key);
        let is_valid = if let Some(question) = question {
            self.answers.give(question, value)
        } else if let Some(name) = name {
            *self.names.get_mut(name) = truncated(value.to_owned());
            if value.chars().count() > VALUE_MAX {
                return Some(messages::LINK_CUT.with([key]));
            }
            true
        } else if key == MODE {
            let mode = RegistryMode::of_word(value);
            self.names.mode = mode.unwrap_or(self.names.mode);
            mode.is_some()
        } else {
            return Some(messages::LINK_UNKNOWN.with([&told(key)]));
        };
        if !is_valid {
            return Some(messages::LINK_BAD_VALUE.with([key, &told(value)]));
        }
        repeated.then(|| messages::LINK_REPEATED.with([key]))
    }

    /// The query that restores this; empty if nothing was answered.
    pub fn query(&self) -> String {
        let answers = Question::ALL.into_iter().filter_map(|question| Some((question.key(), self.answers.word(question)?)));
        let names = Name::ALL.into_iter().map(|name| (name.key(), self.names.get(name))).filter(|(_, typed)| !typed.is_empty());
        let mode = (self.names.mode != RegistryMode::default()).then(|| (MODE, self.names.mode.word()));
        let parts = answers.chain(names).chain(mode).map(|(key, value)| [key, "=", &encode(value)].concat());
        parts.collect::<Vec<_>>().join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::super::answers::tests::all;
    use super::*;

    fn told(query: &str) -> Vec<String> {
        Given::parse(query).1.iter().map(Sentence::text).collect()
    }

    #[test]
    fn an_address_restores_answers_and_names() {
        for answers in all() {
            let mut given = Given { answers, ..Given::default() };
            "reg 1&'".clone_into(given.names.get_mut(Name::Registry));
            "größe=".clone_into(given.names.get_mut(Name::New));
            given.names.mode = RegistryMode::Repositories;
            let (again, unusable) = Given::parse(&given.query());
            assert_eq!((again.answers.case(), &again.names, unusable.len()), (answers.case(), &given.names, 0), "{}", given.query());
            assert_eq!(again.query(), given.query());
        }
        assert_eq!(Given::default().query(), "");
    }

    /// People write these addresses into wikis: change this table only deliberately.
    #[test]
    fn addresses() {
        for query in [
            "who=person&registry=contoso",
            "who=azure&where=vm&resources=one&lifetime=resource&registry=contoso&resourceGroup=RG1&resource=web01",
            "who=azure&where=aks&resources=many&name=uami-pull",
            "who=outside&where=github-actions",
            "who=outside&where=server&registryMode=rbac-abac",
        ] {
            let (given, unusable) = Given::parse(query);
            assert!(given.answers.case().is_some() && unusable.is_empty(), "{query}");
            assert_eq!(given.query(), query);
        }
        // In any order.
        assert_eq!(Given::parse("where=vm&who=azure").0.query(), "who=azure&where=vm");
    }

    #[test]
    fn what_cannot_be_used_is_ignored_and_named() {
        for (query, said) in [
            ("who=nobody", "“nobody” isn't a valid value for “who”."),
            ("who=", "“” isn't a valid value for “who”."),
            ("who=azure&where=github-actions", "“github-actions” isn't a valid value for “where”."),
            ("where=vm", "“vm” isn't a valid value for “where”."),
            ("who=person&where=vm", "“vm” isn't a valid value for “where”."),
            ("resources=2", "“2” isn't a valid value for “resources”."),
            ("registryMode=abac", "“abac” isn't a valid value for “registryMode”."),
            ("Who=person", "Unknown parameter “Who”."),
            ("adminUser=true", "Unknown parameter “adminUser”."),
            ("who=person&who=azure", "“who” appears more than once; the last value is used."),
            ("x%E2%80%AE=1", "Unknown parameter “x<U+202E>”."),
        ] {
            assert_eq!(told(query), [said], "{query}");
        }
        assert_eq!(told("mode=preview&sim=slow&locale=pseudo&who=person"), [""; 0]);
    }

    #[test]
    fn a_hostile_address_does_no_harm() {
        for query in ["", "&&==&", "?", "__proto__=x", "who=%3Cscript%3E", "where=..%2F..", "lifetime=%00"] {
            assert_eq!(Given::parse(query).0, Given::default(), "{query}");
        }
        let long = ["registry=", &"x".repeat(1_000_000), &"&y=1".repeat(10_000)].concat();
        let (given, unusable) = Given::parse(&long);
        assert_eq!((given.names.get(Name::Registry).len(), unusable.len()), (VALUE_MAX, NAMED_MAX));
    }
}
