//! The controls: accessible, themed by `style/`, and independent of Azure.
//!
//! One component per file, named like the file. A control renders its signals and reports user actions
//! through callbacks; it holds only transient state (open, active) and never calls a service. Props are
//! concrete types, so that each control is compiled once. No control renders a `style` attribute: the CSP forbids it.

pub mod badge;
pub mod breadcrumb;
pub mod button;
pub mod card;
pub mod code_block;
pub mod combobox;
pub mod copy_button;
pub mod data_list;
pub mod data_row;
pub mod dialog;
pub mod disclosure;
pub mod error_summary;
pub mod field;
pub mod icon;
pub mod in_turn;
pub mod info_button;
pub mod link;
pub mod live_region;
pub mod message_bar;
pub mod part;
pub mod progress_line;
pub mod radio_group;
pub mod skeleton;
pub mod spinner;
pub mod tab_panel;
pub mod tabs;
pub mod text_input;
pub mod toast_region;
pub mod tone;

pub use badge::Badge;
pub use breadcrumb::{Breadcrumb, Crumb};
pub use button::{Button, ButtonKind};
pub use card::Card;
pub use code_block::CodeBlock;
pub use combobox::Combobox;
pub use combobox::entries::{Entries, Entry, Supply};
pub use combobox::model::Choice;
pub use copy_button::CopyButton;
pub use data_list::DataList;
pub use data_row::DataRow;
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use error_summary::ErrorSummary;
#[cfg(not(target_arch = "wasm32"))]
pub use field::note_view;
pub use field::{Field, Hold, Holds, Note};
pub use icon::{Drawing, Glyph, Icon};
pub use in_turn::{InTurn, Turns};
pub use info_button::InfoButton;
pub use link::Link;
pub use live_region::LiveRegion;
pub use message_bar::MessageBar;
pub use part::Part;
pub use progress_line::ProgressLine;
pub use radio_group::{RadioGroup, RadioOption};
pub use skeleton::Skeleton;
pub use spinner::Spinner;
pub use tab_panel::TabPanel;
pub use tabs::{Tab, Tabs};
pub use text_input::TextInput;
pub use toast_region::{Toast, ToastPlace, ToastRegion};
pub use tone::Tone;
