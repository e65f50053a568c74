//! A cloud on this machine: an identity provider that stands in for Entra ID, and the simulated Azure Resource Manager over HTTP.
//! `docs/local-cloud.md` tells its users, addresses and knobs.

mod access;
mod arguments;
mod arm;
mod control;
mod cors;
mod directory;
mod faults;
mod listen;
mod metadata;
mod provider;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::json;
use tokio::io::AsyncReadExt;

use self::arguments::Arguments;
use self::arm::Arm;
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
    let arm_origin = listeners.origin("http");
    let mut provider = provider::start(&arguments, &[&arm_origin]).await?;
    let arm = Arc::new(Arm::new(&arguments, directory, &arm_origin, &provider.http));
    println!("cloud {}", addresses(&arm, &arm_origin, &provider));
    tokio::select! {
        result = listen::serve(listeners, arm) => result,
        result = provider.ended() => result,
        () = asked_to_stop(arguments.until_input_ends) => Ok(()),
    }
}

/// What a caller needs to know, as one line of JSON.
fn addresses(arm: &Arm, origin: &str, provider: &provider::Running) -> String {
    let directory = arm.directory();
    json!({
        "authority": provider.http,
        "arm": origin,
        "audience": origin,
        "clientId": directory.client.id,
        "tenants": directory.tenants,
        "users": directory.users,
        "control": { "arm": format!("{origin}/control"), "provider": format!("{}/control", provider.http) },
    })
    .to_string()
}

/// Waits for Ctrl-C, for SIGTERM, or for the end of whoever started this program.
async fn asked_to_stop(until_input_ends: bool) {
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
