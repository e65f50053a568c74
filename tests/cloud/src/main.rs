//! A cloud on this machine: an identity provider in place of Entra ID, and the simulated Azure Resource Manager over HTTP.
//! `docs/local-cloud.md` lists its users, addresses and settings.

mod access;
mod arguments;
mod arm;
mod certificates;
mod control;
mod cors;
mod directory;
mod entry;
mod faults;
mod lenient;
mod listen;
mod metadata;
mod provider;
mod quota;
mod reply;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::json;
use tokio::io::AsyncReadExt;

use self::arguments::Arguments;
use self::arm::{Arm, Scheme};
use self::certificates::Identity;
use self::directory::Directory;

fn main() -> ExitCode {
    let result = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the runtime")
        .and_then(|runtime| runtime.block_on(run()));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    let directory = Directory::read()?;
    let listeners = listen::bind(arguments.port_base).await?;
    let identity = certificates::identity(&arguments.cache)?;
    let origins = Scheme::BOTH.map(|scheme| listeners.origin(scheme));
    let mut provider = provider::start(&arguments, &origins, &identity).await?;
    let arm = Arc::new(Arm::new(&arguments, directory, origins, provider.origins.clone()));
    println!("cloud {}", addresses(&arm, &identity));
    tokio::select! {
        result = listen::serve(listeners, identity.server()?, arm) => result,
        result = provider.ended() => result,
        () = stop_requested(arguments.until_input_ends) => Ok(()),
    }
}

/// The cloud's addresses for the caller, as one line of JSON.
fn addresses(arm: &Arm, identity: &Identity) -> String {
    let directory = arm.directory();
    let (authority, origin) = (arm.authority(Scheme::Http), arm.origin(Scheme::Http));
    json!({
        "authority": authority,
        "arm": origin,
        "audience": origin,
        "https": {
            "authority": arm.authority(Scheme::Https),
            "arm": arm.origin(Scheme::Https),
            "audience": arm.origin(Scheme::Https),
            "certificateAuthority": identity.authority,
        },
        "clientId": directory.client.id,
        "tenants": directory.tenants,
        "users": directory.users,
        "control": { "arm": format!("{origin}/control"), "provider": format!("{authority}/control") },
    })
    .to_string()
}

/// Waits for Ctrl-C, SIGTERM, or the end of the parent process.
async fn stop_requested(until_input_ends: bool) {
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    let abandoned = async {
        if until_input_ends {
            drop(tokio::io::stdin().read_to_end(&mut Vec::new()).await);
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
        () = abandoned => {}
    }
}
