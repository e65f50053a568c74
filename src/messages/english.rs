//! The sentences themselves, a file for each area. Short, in the second person, and ours.
//! The form's own words are the Azure portal's, since its users know them.

mod check;
mod code;
mod controls;
mod deployments;
mod embed;
mod errors;
mod form;
mod home;
mod identities;
mod loading;
mod marketplace;
mod panels;
mod portal;
mod reading;
mod settings;
mod sign_in;

pub use check::*;
pub use code::*;
pub use controls::*;
pub use deployments::*;
pub use embed::*;
pub use errors::*;
pub use form::*;
pub use home::*;
pub use identities::*;
pub use loading::*;
pub use marketplace::*;
pub use panels::*;
pub use portal::*;
pub use reading::*;
pub use settings::*;
pub use sign_in::*;
