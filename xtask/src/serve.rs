//! A static server for the built site, with the headers a deployment should have and the precompressed files.
//! It answers this machine only.

use std::{
    fs,
    io::{Cursor, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use anyhow::{Result, anyhow};
use socket2::SockRef;
use tiny_http::{HTTPVersion, Header, Method, Request, Response, Server};

use crate::{
    cloud::{self, Cloud},
    headers::{Policy, cache_control, content_type},
    site,
};

pub(crate) const DEFAULT_PORT: u16 = 8080;

/// A browser opens six connections at most; each is one waiting thread.
const THREADS: usize = 8;

/// Serves until the process ends; with `cloud`, the options of a local cloud, in Live mode against that.
pub(crate) fn serve(site: &Path, port: u16, cloud: Option<&[String]>) -> Result<()> {
    let (port, cloud, threads) = match cloud {
        Some(options) => start_with_cloud(site, port, options).map(|(port, cloud, threads)| (port, Some(cloud), threads))?,
        None => start(site, port).map(|(port, threads)| (port, None, threads))?,
    };
    if let Some(cloud) = &cloud {
        cloud.announce();
    }
    println!("ready http://localhost:{port}");
    if let Some(cloud) = cloud {
        return cloud.wait();
    }
    for thread in threads {
        thread.join().map_err(|_| anyhow!("the server stopped"))?;
    }
    Ok(())
}

type Threads = Vec<thread::JoinHandle<()>>;

/// What a deployment adds to the built files.
struct Deployment {
    site: PathBuf,
    /// Stands in for the `config.json` among the files.
    config: Option<String>,
    policy: Policy,
}

/// Serves from other threads and gives the port, which the system chooses where 0 is asked for.
pub(crate) fn start(site: &Path, port: u16) -> Result<(u16, Threads)> {
    let (server, port) = listen(port)?;
    Ok((port, answer_with(server, Deployment { site: site.to_owned(), config: None, policy: Policy::preview() })))
}

/// The same against a local cloud, which ends when it is dropped.
pub(crate) fn start_with_cloud(site: &Path, port: u16, options: &[String]) -> Result<(u16, Cloud, Threads)> {
    let (server, port) = listen(port)?;
    // At the second address the app is of the same site as the sign-in, so that a silent one in a hidden frame can succeed.
    let apps = ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{port}"));
    let cloud = cloud::start(&apps, options)?;
    let config = cloud.config();
    // As `cargo xtask headers` writes it for a deployment.
    let policy = Policy::of(&config)?;
    let deployment = Deployment { site: site.to_owned(), config: Some(config), policy };
    Ok((port, cloud, answer_with(server, deployment)))
}

fn answer_with(server: Server, deployment: Deployment) -> Threads {
    let (server, deployment) = (Arc::new(server), Arc::new(deployment));
    let threads = (0..THREADS).map(|_| {
        let (server, deployment) = (Arc::clone(&server), Arc::clone(&deployment));
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                let reply = answer(&deployment, &request);
                // Who asked may be gone already.
                drop(respond(request, reply));
            }
        })
    });
    threads.collect()
}

/// Answers and closes the connection. `tiny_http` gives each connection a thread of a pool that counts its idle ones too late:
/// of several connections that come at once, one may wait until another ends, and a browser keeps those open for minutes.
fn respond(request: Request, reply: Response<Cursor<Vec<u8>>>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    reply.raw_print(&mut bytes, HTTPVersion(1, 1), request.headers(), *request.method() == Method::Head, None)?;
    let status_line = bytes.windows(2).position(|end| end == b"\r\n").map_or(0, |at| at + 2);
    bytes.splice(status_line..status_line, *b"Connection: close\r\n");
    let mut writer = request.into_writer();
    writer.write_all(&bytes)?;
    writer.flush()
}

/// Connections inherit what their listener has. Without `TCP_NODELAY` the second answer on a kept connection
/// waits 40 ms for the browser to acknowledge its headers.
fn listen(port: u16) -> Result<(Server, u16)> {
    let listener =
        TcpListener::bind(("127.0.0.1", port)).map_err(|error| anyhow!("port {port} can't be used ({error}); `--port N` takes another"))?;
    SockRef::from(&listener).set_tcp_nodelay(true)?;
    let port = listener.local_addr()?.port();
    Ok((Server::from_listener(listener, None).map_err(|error| anyhow!("port {port} can't be used ({error})"))?, port))
}

fn answer(deployment: &Deployment, request: &Request) -> Response<Cursor<Vec<u8>>> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return finish(
            deployment,
            "",
            Response::from_string("Only GET and HEAD are answered here.\n").with_status_code(405),
            &[("Allow", "GET, HEAD")],
        );
    }
    let found = file_of(request.url()).and_then(|path| Some((deployment.read(&path, request)?, path)));
    let Some((file, path)) = found else {
        return finish(
            deployment,
            "",
            Response::from_string("There is no such file.\n").with_status_code(404),
            &[("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-cache")],
        );
    };
    let tag = format!("\"{}\"", site::digest(&file.bytes));
    let known = header(request, "If-None-Match").is_some_and(|tags| tags.contains(&tag));
    let response = if known { Response::from_data(Vec::new()).with_status_code(304) } else { Response::from_data(file.bytes) };
    let mut headers =
        vec![("Content-Type", content_type(&path)), ("Cache-Control", cache_control(&path)), ("Vary", "Accept-Encoding"), ("ETag", &tag)];
    headers.extend(file.encoding.map(|encoding| ("Content-Encoding", encoding)));
    finish(deployment, &path, response, &headers)
}

fn finish(deployment: &Deployment, path: &str, response: Response<Cursor<Vec<u8>>>, headers: &[(&str, &str)]) -> Response<Cursor<Vec<u8>>> {
    let policy = deployment.policy.headers(path);
    let all = headers.iter().copied().chain(policy.iter().map(|(name, value)| (*name, value.as_str())));
    all.filter_map(|(name, value)| Header::from_bytes(name, value).ok())
        .fold(response.with_chunked_threshold(usize::MAX), Response::with_header)
}

/// The file an address means, or nothing for one that no link of ours could have.
fn file_of(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or_default().strip_prefix('/')?;
    let plain = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let (folder, index) = if path.is_empty() { ("", true) } else { (path.trim_end_matches('/'), path.ends_with('/')) };
    if !folder.is_empty() && !folder.split('/').all(plain) {
        return None;
    }
    Some(match (folder, index) {
        ("", _) => "index.html".to_owned(),
        (folder, true) => format!("{folder}/index.html"),
        (file, false) => file.to_owned(),
    })
}

struct File {
    bytes: Vec<u8>,
    encoding: Option<&'static str>,
}

impl Deployment {
    fn read(&self, path: &str, request: &Request) -> Option<File> {
        match &self.config {
            Some(config) if path == "config.json" => Some(File { bytes: config.clone().into_bytes(), encoding: None }),
            _ => read(&self.site, path, request),
        }
    }
}

/// The smallest form of a file that the browser accepts.
fn read(site: &Path, path: &str, request: &Request) -> Option<File> {
    let accepted = header(request, "Accept-Encoding").unwrap_or_default();
    for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
        if accepts(&accepted, encoding)
            && let Ok(bytes) = fs::read(PathBuf::from(format!("{}.{extension}", site.join(path).display())))
        {
            return Some(File { bytes, encoding: Some(encoding) });
        }
    }
    fs::read(site.join(path)).ok().map(|bytes| File { bytes, encoding: None })
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|part| matches!(part, "q=0" | "q=0.0"))
    })
}

fn header(request: &Request, name: &'static str) -> Option<String> {
    request.headers().iter().find(|header| header.field.equiv(name)).map(|header| header.value.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{accepts, file_of};

    #[test]
    fn addresses_stay_inside_the_site() {
        for (url, file) in [
            ("/", Some("index.html")),
            ("/?mode=preview", Some("index.html")),
            ("/sub/", Some("sub/index.html")),
            ("/app-0123456789abcdef.wasm", Some("app-0123456789abcdef.wasm")),
            ("/../Cargo.toml", None),
            ("/a/../../b", None),
            ("/%2e%2e/Cargo.toml", None),
            ("/.git/config", None),
            ("//etc/passwd", None),
            ("/a\\b", None),
            ("", None),
        ] {
            assert_eq!(file_of(url).as_deref(), file, "{url}");
        }
    }

    #[test]
    fn encodings_are_taken_when_offered() {
        for (header, expected) in
            [("gzip, deflate, br, zstd", true), ("br;q=0.5", true), ("br;q=0, gzip", false), ("", false), ("brotli", false)]
        {
            assert_eq!(accepts(header, "br"), expected, "{header}");
        }
    }
}
