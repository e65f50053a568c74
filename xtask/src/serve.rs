//! A static server for the built site, with the headers a deployment should have and the precompressed files.
//! It answers this machine only.

use std::{
    fs,
    io::Cursor,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use anyhow::{Result, anyhow};
use socket2::SockRef;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::{
    headers::{Policy, cache_control, content_type},
    site,
};

pub(crate) const DEFAULT_PORT: u16 = 8080;

/// A browser opens six connections at most; each is one waiting thread.
const THREADS: usize = 8;

/// Serves until the process ends.
pub(crate) fn serve(site: &Path, port: u16) -> Result<()> {
    let (port, threads) = start(site, port)?;
    println!("ready http://localhost:{port}");
    for thread in threads {
        thread.join().map_err(|_| anyhow!("the server stopped"))?;
    }
    Ok(())
}

/// Serves from other threads and gives the port, which the system chooses where 0 is asked for.
pub(crate) fn start(site: &Path, port: u16) -> Result<(u16, Vec<thread::JoinHandle<()>>)> {
    let server = listen(port).map_err(|error| anyhow!("port {port} can't be used ({error}); `--port N` takes another"))?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    let server = Arc::new(server);
    let site: Arc<Path> = Arc::from(site);
    let threads = (0..THREADS).map(|_| {
        let (server, site) = (Arc::clone(&server), Arc::clone(&site));
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                let reply = answer(&site, &request);
                // Who asked may be gone already.
                drop(request.respond(reply));
            }
        })
    });
    Ok((port, threads.collect()))
}

/// Connections inherit what their listener has. Without `TCP_NODELAY` the second answer on a kept connection
/// waits 40 ms for the browser to acknowledge its headers.
fn listen(port: u16) -> std::result::Result<Server, Box<dyn std::error::Error + Send + Sync>> {
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    SockRef::from(&listener).set_tcp_nodelay(true)?;
    Server::from_listener(listener, None)
}

fn answer(site: &Path, request: &Request) -> Response<Cursor<Vec<u8>>> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return finish(
            "",
            Response::from_string("Only GET and HEAD are answered here.\n").with_status_code(405),
            &[("Allow", "GET, HEAD")],
        );
    }
    let found = file_of(request.url()).and_then(|path| Some((read(site, &path, request)?, path)));
    let Some((file, path)) = found else {
        return finish(
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
    finish(&path, response, &headers)
}

fn finish(path: &str, response: Response<Cursor<Vec<u8>>>, headers: &[(&str, &str)]) -> Response<Cursor<Vec<u8>>> {
    let policy = Policy::preview().headers(path);
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
