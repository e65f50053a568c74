//! The parser's readers, each group a part of the program. The page loads them all as it opens, so that a text
//! is checked without a request and without a network.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::controls::Part;
use crate::lazy::PartError;
use crate::parsing::{Read, Readers, read_host, read_shell, read_template, read_terraform};

crate::part! {
    in shells:
    fn shells() -> Read {
        read_shell
    }
}

crate::part! {
    in templates:
    fn templates() -> Read {
        read_template
    }
}

crate::part! {
    in terraform:
    fn terraform() -> Read {
        read_terraform
    }
}

crate::part! {
    in hosts:
    fn hosts() -> Read {
        read_host
    }
}

/// Loads all readers. One that fails is asked for again by the first text that needs it.
pub(super) fn load_all() {
    for readers in [Readers::Shells, Readers::Templates, Readers::Terraform, Readers::Hosts] {
        spawn_local(async move {
            let _ = load(readers).await;
        });
    }
}

/// Waits for `readers`, then calls `done`.
pub(super) fn loading(readers: Readers, done: Callback<()>) -> AnyView {
    let load = move || async move {
        load(readers).await?;
        // The page may be gone by now.
        done.try_run(());
        Ok(().into_any())
    };
    view! { <Part load=load/> }.into_any()
}

async fn load(readers: Readers) -> Result<(), PartError> {
    let read = match readers {
        Readers::Shells => shells().await?,
        Readers::Templates => templates().await?,
        Readers::Terraform => terraform().await?,
        Readers::Hosts => hosts().await?,
    };
    readers.provide(read);
    Ok(())
}
