//! ARM's listening sockets, and its connections.

use std::sync::Arc;

use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::arm::{Arm, Scheme};

const HOST: &str = "127.0.0.1";

/// Bound but not serving yet: the provider needs the addresses first.
#[derive(Debug)]
pub(crate) struct Listeners {
    http: TcpListener,
    https: TcpListener,
}

/// Binds the second and the fourth of four consecutive ports; the provider has the others.
pub(crate) async fn bind(port_base: u16) -> Result<Listeners> {
    let bind = async |offset: u16| {
        let port = if port_base == 0 { 0 } else { port_base.saturating_add(offset) };
        TcpListener::bind((HOST, port)).await.with_context(|| format!("port {port} can't be used; `--port-base N` takes others"))
    };
    Ok(Listeners { http: bind(1).await?, https: bind(3).await? })
}

impl Listeners {
    /// `scheme://127.0.0.1:port`.
    pub(crate) fn origin(&self, scheme: Scheme) -> String {
        let listener = match scheme {
            Scheme::Http => &self.http,
            Scheme::Https => &self.https,
        };
        let port = listener.local_addr().map_or(0, |address| address.port());
        format!("{}://{HOST}:{port}", scheme.as_str())
    }
}

/// Serves until the program ends.
pub(crate) async fn serve(listeners: Listeners, tls: Arc<ServerConfig>, arm: Arc<Arm>) -> Result<()> {
    let acceptor = TlsAcceptor::from(tls);
    loop {
        tokio::select! {
            accepted = listeners.http.accept() => {
                let (stream, arm) = (ready(accepted?.0), Arc::clone(&arm));
                tokio::spawn(converse(stream, Scheme::Http, arm));
            }
            accepted = listeners.https.accept() => {
                let (stream, acceptor, arm) = (ready(accepted?.0), acceptor.clone(), Arc::clone(&arm));
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        converse(stream, Scheme::Https, arm).await;
                    }
                });
            }
        }
    }
}

fn ready(stream: TcpStream) -> TcpStream {
    // Without it, a response waits for the acknowledgement of the previous one; failing to set it is harmless.
    drop(stream.set_nodelay(true));
    stream
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, scheme: Scheme, arm: Arc<Arm>) {
    let service = service_fn(move |request| {
        let arm = Arc::clone(&arm);
        async move { arm.answer(scheme, request).await }
    });
    // A broken connection, or one cut by a fault, is not an error.
    drop(http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await);
}
