//! Resource groups and their names.

use std::fmt;

use serde_json::Value;

use super::any_case::same;
use super::api_version::RESOURCES_API;
use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::guid::Guid;
use super::http::Method;
use super::json::text;
use super::location::LocationName;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::transport::Transport;

/// Most characters of a resource group's name (Microsoft.Resources 2024-07-01, `resourceGroupName`).
pub const RESOURCE_GROUP_NAME_MAX: usize = 90;

/// A name ARM accepts: 1 to 90 letters and digits of any script, `-`, `.`, `_`, `(`, `)`, not ending with `.`.
#[derive(Clone, Debug)]
pub struct ResourceGroupName(String);

/// Why a text is not a resource group's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupNameProblem {
    /// Nothing was typed.
    Empty,
    /// More than [`RESOURCE_GROUP_NAME_MAX`] characters; holds how many there are.
    TooLong(usize),
    /// The last character is a full stop.
    EndsWithPeriod,
    /// Characters that may not stand in it, each once, in the order typed.
    BadCharacters(Vec<char>),
}

impl ResourceGroupName {
    /// The name written in `text`.
    ///
    /// # Errors
    /// All reasons why ARM would refuse it.
    pub fn parse(text: &str) -> Result<Self, Vec<GroupNameProblem>> {
        let length = text.chars().count();
        let mut problems = Vec::new();
        let mut bad = Vec::new();
        for letter in text.chars().filter(|letter| !(letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_' | '(' | ')'))) {
            if !bad.contains(&letter) {
                bad.push(letter);
            }
        }
        if length == 0 {
            problems.push(GroupNameProblem::Empty);
        }
        if !bad.is_empty() {
            problems.push(GroupNameProblem::BadCharacters(bad));
        }
        if text.ends_with('.') {
            problems.push(GroupNameProblem::EndsWithPeriod);
        }
        if length > RESOURCE_GROUP_NAME_MAX {
            problems.push(GroupNameProblem::TooLong(length));
        }
        if problems.is_empty() { Ok(Self(text.to_owned())) } else { Err(problems) }
    }

    /// The name as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// ARM compares names without regard to case.
impl PartialEq for ResourceGroupName {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for ResourceGroupName {}

impl fmt::Display for ResourceGroupName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A resource group that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceGroup {
    /// Its name, in the case it was made with.
    pub name: ResourceGroupName,
    /// The region its metadata is kept in, which new resources take unless they say otherwise.
    pub location: LocationName,
}

impl<T: Transport> ArmClient<T> {
    /// The groups of a subscription.
    pub fn resource_groups(&self, subscription: &Guid) -> Pages<ResourceGroup> {
        let path = [ResourceId::of_subscription(subscription).as_str(), "/resourcegroups"].concat();
        Pages::new(versioned(&path, RESOURCES_API), read)
    }

    /// The group of this name, if it is there.
    ///
    /// # Errors
    /// When that could not be found out.
    pub async fn resource_group(&self, subscription: &Guid, name: &ResourceGroupName) -> Result<Option<ResourceGroup>, ArmError> {
        let found = self.find(&group_path(subscription, name)).await?;
        found.map(|answered| answered.read(read, "a resource group")).transpose()
    }

    /// Creates the group, with this JSON. Where it is there already, in the same region, its tags are removed.
    ///
    /// # Errors
    /// When ARM refuses, `InvalidResourceGroupLocation` where it is in another region among others.
    pub async fn put_resource_group(&self, subscription: &Guid, name: &ResourceGroupName, body: &str) -> Result<ResourceGroup, ArmError> {
        self.call(Method::Put, &group_path(subscription, name), Some(body)).await?.read(read, "a resource group")
    }
}

fn group_path(subscription: &Guid, name: &ResourceGroupName) -> String {
    versioned(&encode_path(ResourceId::of_group(subscription, name.as_str()).as_str()), RESOURCES_API)
}

fn read(value: &Value) -> Option<ResourceGroup> {
    Some(ResourceGroup {
        name: ResourceGroupName::parse(text(value, "name")).ok()?,
        location: LocationName::parse(text(value, "location"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_arm_accepts() {
        for name in ["RG1", "a", "(x)_-.y", "Grüße", &"g".repeat(RESOURCE_GROUP_NAME_MAX)] {
            assert!(ResourceGroupName::parse(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn tells_every_reason() {
        let table = [
            ("", vec![GroupNameProblem::Empty]),
            ("a.", vec![GroupNameProblem::EndsWithPeriod]),
            ("a b/.", vec![GroupNameProblem::BadCharacters(vec![' ', '/']), GroupNameProblem::EndsWithPeriod]),
        ];
        for (text, problems) in table {
            assert_eq!(ResourceGroupName::parse(text).err(), Some(problems), "{text}");
        }
    }
}
