//! Tags in use in a subscription, for suggestions.

use serde_json::Value;

use super::api_version::RESOURCES_API;
use super::client::{ArmClient, versioned};
use super::guid::Guid;
use super::json::{list, text};
use super::paging::Pages;
use super::resource_id::ResourceId;
use super::transport::Transport;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedTag {
    pub name: String,
    pub values: Vec<String>,
}

impl<T: Transport> ArmClient<T> {
    pub fn tag_names(&self, subscription: &Guid) -> Pages<UsedTag> {
        let path = [ResourceId::of_subscription(subscription).as_str(), "/tagNames"].concat();
        Pages::new(versioned(&path, RESOURCES_API), read)
    }
}

fn read(value: &Value) -> Option<UsedTag> {
    let name = text(value, "tagName");
    (!name.is_empty()).then(|| UsedTag {
        name: name.to_owned(),
        values: list(value, "values")
            .iter()
            .map(|value| text(value, "tagValue"))
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}
