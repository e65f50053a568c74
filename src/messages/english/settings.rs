//! Errors in `config.json`.

use crate::messages::Message;

pub const CONFIG_UNREACHABLE: Message =
    Message("config.json couldn't be loaded. Check your connection and whether something in your browser blocks it, then reload the page.");
pub const CONFIG_STATUS: Message = Message("config.json couldn't be loaded: the server answered with status {0}.");
pub const CONFIG_NOT_JSON: Message = Message("config.json isn't valid JSON. See line {0}, column {1}.");
pub const CONFIG_UNKNOWN_KEY: Message = Message("{0} is not a known setting. Check its spelling or remove it.");
pub const CONFIG_MISSING: Message = Message("{0} is missing.");
pub const CONFIG_NOT_OBJECT: Message = Message("{0} must be an object.");
pub const CONFIG_NOT_LIST: Message = Message("{0} must be a list.");
pub const CONFIG_NOT_TEXT: Message = Message("{0} must be a non-empty string.");
pub const CONFIG_NOT_ONE_OF: Message = Message("{0} must be one of: {1}.");
pub const CONFIG_NOT_GUID: Message = Message("{0} must be an ID such as 11111111-2222-3333-4444-555555555555.");
pub const CONFIG_NOT_TENANT: Message = Message("{0} must be a directory's ID, its domain, or organizations.");
pub const CONFIG_PERSONAL_ACCOUNTS: Message = Message(
    "{0} must not be {1}, which lets personal Microsoft accounts in: they can't use Azure. Name a directory, or use organizations for any work or school account.",
);
pub const CONFIG_NOT_MINUTES: Message =
    Message("{0} must be a whole number of minutes from 1 to {1}. A session without a time-out is not supported.");
pub const CONFIG_NOT_ORIGIN: Message =
    Message("{0} must be an address such as https://host.example, without a path. Use http: only for this machine.");
pub const CONFIG_NOT_HTTPS: Message = Message("{0} must be an address that starts with https://. Use http: only for this machine.");
pub const CONFIG_NOT_LOGO: Message = Message("{0} must be a path next to the page, or an address that starts with https://.");
pub const CONFIG_NOT_REGION: Message = Message("{0} must be a region's name, such as eastus.");
pub const CONFIG_NOT_TAG: Message = Message("{0} is not a tag that Azure accepts.");
pub const CONFIG_PATTERN: Message = Message("{0} is {1}, which can't be used: {2}");
pub const PATTERN_LONG: Message = Message("patterns have at most {0} characters.");
pub const PATTERN_BIG: Message = Message("it is too large once its repetitions are written out. Use smaller numbers in its braces.");
pub const PATTERN_LOOK: Message =
    Message("lookahead and lookbehind are not supported. Say what is allowed instead, such as [^-].* for “does not begin with a hyphen”.");
pub const PATTERN_BACKREFERENCE: Message =
    Message("references to a group, such as \\1 or \\k<name>, are not supported. Repeat the part itself.");
pub const PATTERN_UNICODE: Message = Message("\\p and \\P are not supported. List the characters instead, such as [A-Za-zÀ-ÿ].");
pub const PATTERN_CONTROL: Message = Message("\\0 and \\c are not supported. Write the character as \\x00.");
pub const PATTERN_BRACKETS: Message =
    Message("within brackets, write \\[, \\] and \\- for the characters themselves; for any character at all, write [\\s\\S].");
pub const PATTERN_SYNTAX: Message = Message("it isn't a valid regular expression ({0}).");
pub const CONFIG_LIVE_NEEDS_CLIENT: Message = Message("mode is live, which needs a clientId.");
