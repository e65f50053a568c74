//! Answers requests over HTTP/1.1, each on a connection of its own.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Result;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};

/// How long a connection may be silent: browsers open some ahead of need.
const SILENCE_MAX: Duration = Duration::from_mins(2);

/// Answers all requests, from other threads.
pub(super) fn answer_all(
    listener: TcpListener,
    answer: impl Fn(&Request<Incoming>) -> Response<Full<Bytes>> + Send + Sync + 'static,
) -> Result<thread::JoinHandle<()>> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    let answer = Arc::new(answer);
    Ok(thread::spawn(move || {
        runtime.block_on(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let answer = Arc::clone(&answer);
                tokio::spawn(async move {
                    // Without it an answer waits for the acknowledgement of the one before; it works all the same.
                    drop(stream.set_nodelay(true));
                    let service = service_fn(async |request| Ok::<_, Infallible>(answer(&request)));
                    let connection = http1::Builder::new()
                        .keep_alive(false)
                        .timer(TokioTimer::new())
                        .header_read_timeout(SILENCE_MAX)
                        .serve_connection(TokioIo::new(stream), service);
                    // The browser may be gone already.
                    drop(connection.await);
                });
            }
        });
    }))
}
