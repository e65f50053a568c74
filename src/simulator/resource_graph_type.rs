//! `Microsoft.ResourceGraph/resources`, as its provider lists it. The query reads all types, so it is above their table.

use super::resource_type::ResourceType;

pub(crate) static TYPE: ResourceType = ResourceType::listed("Microsoft.ResourceGraph/resources", "2024-04-01 2022-10-01 2021-03-01");
