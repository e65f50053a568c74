//! Prints the form's first screen as markup, for `index.html`: what the program will draw, from the
//! same components.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use leptos::prelude::*;
    let owner = Owner::new();
    let markup = owner.with(|| identity_portal::app::App().to_html());
    println!("{markup}");
}

#[cfg(target_arch = "wasm32")]
fn main() {}
