//! Browser APIs: the only room that uses `web_sys`, `js_sys` and `gloo`. Small functions, each doing one thing.

pub mod address;
pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crypto;
pub mod download;
pub mod element;
pub mod fetch;
pub mod file;
pub mod focus;
pub mod frame;
pub mod locks;
pub mod panic;
pub mod parent;
pub mod random;
pub mod shell;
pub mod storage;
pub mod task;
pub mod title;
pub mod vault;
pub mod window;
