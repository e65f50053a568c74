//! Parts of the program that are loaded on demand.
//!
//! # Adding a part
//!
//! Declare the part's entry function; nothing else changes:
//!
//! ```text
//! crate::part! {
//!     in code:
//!     /// The request in a language.
//!     pub fn written(plan: Plan, language: Language) -> String {
//!         code::write(&plan, language)
//!     }
//! }
//! ```
//!
//! `written(plan, language).await` then returns `Result<String, PartError>`. All code that is reachable
//! only from such functions moves into the part, here named `code`; functions that name the same part
//! share its file. Arguments and results may be any owned, non-generic types, including views and
//! contexts. For a view, pass the function to [`Part`](crate::controls::Part), which shows loading and
//! failure. Group by hand and keep parts few: each costs a request, and the code that two parts share is
//! loaded with the first of them, in one file with all shared code. `cargo xtask build` prints the sizes.
//!
//! The parts are `azure` (the client, the form's lists and checks), `review` (the rest of the form: the other tabs, dialogs,
//! sending), `access` (the form's tab Access, and what to do with what it created), `sandbox` (the simulator's answers to the form), `handlers` (its other answers), `deploy` (its deployment engine), `code` (the languages), `parsing` (the page that checks a
//! text, and its reader of lists; `shells`, `templates`, `terraform` and `hosts` have the other readers), `resource` (the pages of a
//! deployment and of an identity), `manage` (an identity's roles, federated credentials and locks), `guide` (which way to sign in to the
//! registry), `pages` (every other page), `panels` (what the header opens), `signin` (signing in, in Live), `embed` (the form inside
//! another page), and `patterns` (the engine for an organisation's
//! patterns).
//!
//! Only builds with the feature `split` have parts, because their wasm must be split after linking
//! (`xtask/src/site/parts.rs`). In any other build such a function is a plain async function.

/// A part couldn't be fetched. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of the program could not be loaded")]
pub struct PartError;

#[cfg(all(feature = "split", target_arch = "wasm32"))]
impl From<leptos::wasm_split::SplitLoaderError> for PartError {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        // The loader logs the reason to the console, but doesn't return it.
        Self
    }
}

/// Declares a function that is loaded with its part; see the module documentation.
#[macro_export]
macro_rules! part {
    (
        in $part:ident:
        $(#[$meta:meta])*
        $vis:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $output:ty $body:block
    ) => {
        $(#[$meta])*
        #[cfg(all(feature = "split", target_arch = "wasm32"))]
        #[::leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        $vis fn $name($($argument: $type),*) -> ::core::result::Result<$output, $crate::lazy::PartError> {
            ::core::result::Result::Ok($body)
        }

        $(#[$meta])*
        ///
        /// # Errors
        /// Never in a build without parts.
        #[cfg(not(all(feature = "split", target_arch = "wasm32")))]
        $vis async fn $name($($argument: $type),*) -> ::core::result::Result<$output, $crate::lazy::PartError> {
            ::core::result::Result::Ok($body)
        }
    };
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    crate::part! {
        in tests:
        fn doubled(number: u32) -> u32 {
            number * 2
        }
    }

    #[test]
    fn without_parts_it_is_a_plain_function() {
        let answer = pollster::block_on(doubled(21));
        assert_eq!(answer, Ok(42));
    }
}
