//! Where ARM listens, and how a connection's requests come to it.

use std::sync::Arc;

use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::arm::Arm;

const HOST: &str = "127.0.0.1";

/// Bound, but not answering yet: the provider is told the addresses first.
#[derive(Debug)]
pub(crate) struct Listeners {
    http: TcpListener,
}

/// Takes the port after the provider's.
pub(crate) async fn bind(port_base: u16) -> Result<Listeners> {
    let port = if port_base == 0 { 0 } else { port_base + 1 };
    let http = TcpListener::bind((HOST, port)).await.with_context(|| format!("port {port} can't be used; `--port-base N` takes others"))?;
    Ok(Listeners { http })
}

impl Listeners {
    /// `scheme://127.0.0.1:port`.
    pub(crate) fn origin(&self, scheme: &str) -> String {
        let port = self.http.local_addr().map_or(0, |address| address.port());
        format!("{scheme}://{HOST}:{port}")
    }
}

/// Answers until this program ends.
pub(crate) async fn serve(listeners: Listeners, arm: Arc<Arm>) -> Result<()> {
    loop {
        let (stream, _) = listeners.http.accept().await?;
        drop(stream.set_nodelay(true));
        let arm = Arc::clone(&arm);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let arm = Arc::clone(&arm);
                async move { arm.answer("http", request).await }
            });
            // A connection that breaks, or that a fault cuts, is nobody's mistake.
            drop(http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await);
        });
    }
}
