//! The sentences themselves, one file per area: short, in the second person, and our own. The form's labels are the Azure
//! portal's, since its users know them.

mod access;
mod check;
mod code;
mod controls;
mod deployments;
mod embed;
mod errors;
mod federation;
mod fields;
mod form;
mod guide;
mod home;
mod identities;
mod loading;
mod marketplace;
mod panels;
mod portal;
mod reading;
mod settings;
mod sign_in;

pub use access::*;
pub use check::*;
pub use code::*;
pub use controls::*;
pub use deployments::*;
pub use embed::*;
pub use errors::*;
pub use federation::*;
pub use fields::*;
pub use form::*;
pub use guide::*;
pub use home::*;
pub use identities::*;
pub use loading::*;
pub use marketplace::*;
pub use panels::*;
pub use portal::*;
pub use reading::*;
pub use settings::*;
pub use sign_in::*;
