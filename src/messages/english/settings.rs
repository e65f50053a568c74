//! What is wrong with `config.json`.

use crate::messages::Message;

pub const CONFIG_UNREACHABLE: Message =
    Message("config.json did not arrive. Check your connection, and whether something in your browser blocks it, then reload the page.");
pub const CONFIG_STATUS: Message = Message("config.json was answered with status {0} and not with its content.");
pub const CONFIG_NOT_JSON: Message = Message("config.json is not JSON: see line {0}, column {1}.");
pub const CONFIG_UNKNOWN_KEY: Message = Message("{0} means nothing here. Check its spelling or take it out.");
pub const CONFIG_MISSING: Message = Message("{0} is missing.");
pub const CONFIG_NOT_OBJECT: Message = Message("{0} must be an object.");
pub const CONFIG_NOT_LIST: Message = Message("{0} must be a list.");
pub const CONFIG_NOT_TEXT: Message = Message("{0} must be a text that is not empty.");
pub const CONFIG_NOT_ONE_OF: Message = Message("{0} must be one of: {1}.");
pub const CONFIG_NOT_GUID: Message = Message("{0} must be an id such as 11111111-2222-3333-4444-555555555555.");
pub const CONFIG_NOT_TENANT: Message = Message("{0} must be a directory's id, its domain, or organizations.");
pub const CONFIG_NOT_ORIGIN: Message =
    Message("{0} must be an address such as https://host.example, without a path. http: is only for this machine itself.");
pub const CONFIG_NOT_HTTPS: Message = Message("{0} must be an address that begins with https://. http: is only for this machine itself.");
pub const CONFIG_NOT_LOGO: Message = Message("{0} must be a path beside the page, or an address that begins with https://.");
pub const CONFIG_NOT_REGION: Message = Message("{0} must be a region's name, such as eastus.");
pub const CONFIG_NOT_TAG: Message = Message("{0} is no tag Azure takes.");
pub const CONFIG_LIVE_NEEDS_CLIENT: Message = Message("mode is live, which needs a clientId.");
