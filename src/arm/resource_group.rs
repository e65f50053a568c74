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

/// Maximum length in characters (Microsoft.Resources 2024-07-01, `resourceGroupName`).
pub const RESOURCE_GROUP_NAME_MAX: usize = 90;

/// A name ARM accepts: 1 to 90 letters and digits of any script, `-`, `.`, `_`, `(`, `)`, not ending with `.`.
#[derive(Clone, Debug)]
pub struct ResourceGroupName(String);

/// Why a name is invalid; every reason that applies is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupNameProblem {
    Empty,
    /// More than [`RESOURCE_GROUP_NAME_MAX`] characters; holds the length.
    TooLong(usize),
    /// The last character is a full stop.
    EndsWithPeriod,
    /// Characters that are not allowed, each once, in the order typed.
    BadCharacters(Vec<char>),
}

impl ResourceGroupName {
    /// # Errors
    /// All reasons why ARM would refuse the name.
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

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// ARM compares names case-insensitively.
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceGroup {
    /// In the case it was created with.
    pub name: ResourceGroupName,
    /// Where the group's metadata is stored; the default region of new resources.
    pub location: LocationName,
}

impl<T: Transport> ArmClient<T> {
    pub fn resource_groups(&self, subscription: &Guid) -> Pages<ResourceGroup> {
        let path = [ResourceId::of_subscription(subscription).as_str(), "/resourcegroups"].concat();
        Pages::new(versioned(&path, RESOURCES_API), read)
    }

    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn resource_group(&self, subscription: &Guid, name: &ResourceGroupName) -> Result<Option<ResourceGroup>, ArmError> {
        let found = self.find(&group_path(subscription, name)).await?;
        found.map(|answered| answered.read(read, "a resource group")).transpose()
    }

    /// Creates the group from its JSON `body`. An existing group in the same region loses its tags.
    ///
    /// # Errors
    /// If ARM refuses; `InvalidResourceGroupLocation` if the group exists in another region.
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
    fn reports_every_problem() {
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
