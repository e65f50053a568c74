//! "Create User Assigned Managed Identity": the form.

pub mod age;
pub mod press;

pub mod access_credentials;
pub mod access_registries;
pub mod access_tab;
pub mod autosave;
pub mod basics_tab;
pub mod choice_field;
pub mod code_panel;
pub mod footer;
pub mod form;
pub mod hosted;
pub mod last_used;
pub mod leave_dialog;
pub mod limits;
mod link_dialog;
pub mod link_notice;
pub mod loading;
pub mod name_field;
pub mod new_group_dialog;
pub mod notes;
pub mod opening;
pub mod overwrite;
pub mod page;
mod prechecks;
pub mod region_field;
pub mod report;
pub mod resource_group_field;
pub mod restrictions_field;
pub mod review_tab;
pub mod sending;
pub mod subscription_field;
pub mod tags_tab;
pub mod tools;
pub mod what_if;
