//! The controls: accessible, themed by `style/`, and without a word of Azure in them.
//!
//! One component a file, named like the file. A control shows what its signals say and tells of what the person does
//! through callbacks; it keeps nothing but its own passing state (open, active) and never calls a service. Props are
//! concrete types, so that each control is compiled once. No control prints a `style` attribute: the CSP forbids it.

pub mod button;
pub mod combobox;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod info_button;
pub mod message_bar;
pub mod multi_combobox;
pub mod suggest_input;
pub mod tab_panel;
pub mod tabs;
pub mod text_input;
pub mod tone;

pub use button::{Button, ButtonKind};
pub use combobox::Combobox;
pub use combobox::entries::{Entries, Entry, Supply};
pub use dialog::Dialog;
pub use field::{Field, Note};
pub use icon::{Glyph, Icon};
pub use info_button::InfoButton;
pub use message_bar::MessageBar;
pub use multi_combobox::MultiCombobox;
pub use suggest_input::SuggestInput;
pub use tab_panel::TabPanel;
pub use tabs::{Tab, Tabs};
pub use text_input::TextInput;
pub use tone::Tone;
