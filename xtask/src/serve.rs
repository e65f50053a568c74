//! A static server for the built site, with the headers a deployment should have and the precompressed files.
//! It answers this machine only.

mod connection;

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Result, anyhow};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT_ENCODING, HeaderName, IF_NONE_MATCH};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::json;

use crate::{
    cloud::{self, Cloud},
    headers::{Policy, cache_control, content_type},
    site,
};
use connection::answer_all;

pub(crate) const DEFAULT_PORT: u16 = 8080;

/// Serves until the process ends; with `cloud`, the options of a local cloud, in Live mode against that.
pub(crate) fn serve(site: &Path, port: u16, cloud: Option<&[String]>) -> Result<()> {
    let (port, cloud, thread) = match cloud {
        Some(options) => start_with_cloud(site, port, options).map(|(port, cloud, thread)| (port, Some(cloud), thread))?,
        None => start(site, port).map(|(port, thread)| (port, None, thread))?,
    };
    if let Some(cloud) = &cloud {
        cloud.announce();
    }
    println!("ready http://localhost:{port}");
    if let Some(cloud) = cloud {
        return cloud.wait();
    }
    thread.join().map_err(|_| anyhow!("the server stopped"))
}

type Thread = thread::JoinHandle<()>;

/// What a deployment adds to the built files.
struct Deployment {
    site: PathBuf,
    /// Stands in for the `config.json` among the files.
    config: Option<String>,
    policy: Policy,
}

/// Serves from another thread and gives the port, which the system chooses where 0 is asked for.
pub(crate) fn start(site: &Path, port: u16) -> Result<(u16, Thread)> {
    let (listener, port) = listen(port)?;
    Ok((port, answer_with(listener, Deployment { site: site.to_owned(), config: None, policy: Policy::preview().for_site(site) })?))
}

/// The same for pages of another origin, which may have the form in them.
pub(crate) fn start_embeddable(site: &Path, host: &str) -> Result<(u16, Thread)> {
    let (listener, port) = listen(0)?;
    let config = json!({ "embed": { "allowedOrigins": [host] } }).to_string();
    let policy = Policy::of(&config)?.for_site(site);
    Ok((port, answer_with(listener, Deployment { site: site.to_owned(), config: Some(config), policy })?))
}

/// The same against a local cloud, which ends when it is dropped.
pub(crate) fn start_with_cloud(site: &Path, port: u16, options: &[String]) -> Result<(u16, Cloud, Thread)> {
    let (listener, port) = listen(port)?;
    // At the second address the app is of the same site as the sign-in, so that a silent one in a hidden frame can succeed.
    let apps = ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{port}"));
    let cloud = cloud::start(&apps, options)?;
    let config = cloud.config();
    // As `cargo xtask headers` writes it for a deployment.
    let policy = Policy::of(&config)?.for_site(site);
    let deployment = Deployment { site: site.to_owned(), config: Some(config), policy };
    Ok((port, cloud, answer_with(listener, deployment)?))
}

fn answer_with(listener: TcpListener, deployment: Deployment) -> Result<Thread> {
    answer_all(listener, move |request| answer(&deployment, request))
}

fn listen(port: u16) -> Result<(TcpListener, u16)> {
    let listener =
        TcpListener::bind(("127.0.0.1", port)).map_err(|error| anyhow!("port {port} can't be used ({error}); `--port N` takes another"))?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

fn answer(deployment: &Deployment, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let plain = ("Content-Type", "text/plain; charset=utf-8");
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return finish(
            deployment,
            "",
            StatusCode::METHOD_NOT_ALLOWED,
            b"Only GET and HEAD are answered here.\n".to_vec(),
            &[plain, ("Allow", "GET, HEAD")],
        );
    }
    let found = file_of(request.uri().path()).and_then(|path| Some((deployment.read(&path, request)?, path)));
    let Some((file, path)) = found else {
        return finish(
            deployment,
            "",
            StatusCode::NOT_FOUND,
            b"There is no such file.\n".to_vec(),
            &[plain, ("Cache-Control", "no-cache")],
        );
    };
    let tag = format!("\"{}\"", site::digest(&file.bytes));
    let known = header(request, &IF_NONE_MATCH).is_some_and(|tags| tags.contains(&tag));
    let (status, body) = if known { (StatusCode::NOT_MODIFIED, Vec::new()) } else { (StatusCode::OK, file.bytes) };
    let mut headers =
        vec![("Content-Type", content_type(&path)), ("Cache-Control", cache_control(&path)), ("Vary", "Accept-Encoding"), ("ETag", &tag)];
    headers.extend(file.encoding.map(|encoding| ("Content-Encoding", encoding)));
    finish(deployment, &path, status, body, &headers)
}

fn finish(deployment: &Deployment, path: &str, status: StatusCode, body: Vec<u8>, headers: &[(&str, &str)]) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    for (name, value) in deployment.policy.headers(path) {
        response = response.header(name, value);
    }
    response.body(Full::from(body)).unwrap_or_else(|error| {
        let mut response = Response::new(Full::from(format!("{error}\n")));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

fn header<'request>(request: &'request Request<Incoming>, name: &HeaderName) -> Option<&'request str> {
    request.headers().get(name)?.to_str().ok()
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
    fn read(&self, path: &str, request: &Request<Incoming>) -> Option<File> {
        match &self.config {
            Some(config) if path == "config.json" => Some(File { bytes: config.clone().into_bytes(), encoding: None }),
            _ => read(&self.site, path, request),
        }
    }
}

/// The smallest form of a file that the browser accepts.
fn read(site: &Path, path: &str, request: &Request<Incoming>) -> Option<File> {
    let accepted = header(request, &ACCEPT_ENCODING).unwrap_or_default();
    for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accepted, encoding)
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::Barrier;
    use std::time::Duration;

    use super::{accepts, file_of, start};

    /// A browser opens connections ahead of need, at the same moment as those that it asks by, and leaves them silent.
    #[test]
    fn a_silent_connection_holds_nobody_up() {
        let site = std::env::temp_dir().join(format!("identity-portal-serve-{}", std::process::id()));
        std::fs::create_dir_all(&site).expect("a folder");
        std::fs::write(site.join("index.html"), "here").expect("a file");
        let (port, _thread) = start(&site, 0).expect("a server");
        let mut silent = Vec::new();
        for round in 0..200 {
            let together = Barrier::new(2);
            let connect = || {
                together.wait();
                TcpStream::connect(("127.0.0.1", port)).expect("a connection")
            };
            std::thread::scope(|scope| {
                let ahead = scope.spawn(connect);
                let mut asking = connect();
                asking.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
                asking.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
                let mut answer = String::new();
                asking.read_to_string(&mut answer).unwrap_or_else(|error| panic!("round {round}: {error}"));
                assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\nhere"), "{answer}");
                silent.push(ahead.join().expect("it connected"));
            });
        }
        std::fs::remove_dir_all(&site).expect("the folder");
    }

    #[test]
    fn answers_as_a_static_host_does() {
        let site = std::env::temp_dir().join(format!("identity-portal-answers-{}", std::process::id()));
        std::fs::create_dir_all(&site).expect("a folder");
        std::fs::write(site.join("index.html"), "here").expect("a file");
        std::fs::write(site.join("index.html.br"), "short").expect("a file");
        let (port, _thread) = start(&site, 0).expect("a server");
        let ask = |request: &str| {
            let mut connection = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
            connection.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
            connection.write_all(format!("{request}Host: localhost\r\n\r\n").as_bytes()).expect("a request");
            let mut answer = String::new();
            connection.read_to_string(&mut answer).unwrap_or_else(|error| panic!("{request}: {error}"));
            answer.to_ascii_lowercase()
        };
        let whole = ask("GET /?a=b HTTP/1.1\r\n");
        let tag = whole.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag");
        for (request, status, has, lacks, body) in [
            ("GET / HTTP/1.1\r\n".to_owned(), "200", "content-length: 4\r\n", "content-encoding", "here"),
            ("GET / HTTP/1.1\r\nAccept-Encoding: br\r\n".to_owned(), "200", "content-encoding: br\r\n", "here", "short"),
            ("HEAD / HTTP/1.1\r\n".to_owned(), "200", "content-length: 4\r\n", "here", ""),
            (format!("GET / HTTP/1.1\r\nIf-None-Match: {tag}\r\n"), "304", tag, "content-length", ""),
            ("GET /none HTTP/1.1\r\n".to_owned(), "404", "content-security-policy: ", "etag", "there is no such file.\n"),
            (
                "POST / HTTP/1.1\r\nContent-Length: 0\r\n".to_owned(),
                "405",
                "allow: get, head\r\n",
                "etag",
                "only get and head are answered here.\n",
            ),
        ] {
            let answer = ask(&request);
            let (head, found) = answer.split_once("\r\n\r\n").expect("a head");
            let head = format!("{head}\r\n");
            assert!(head.starts_with(&format!("http/1.1 {status}")), "{answer}");
            assert!(head.contains(has) && head.contains("connection: close\r\n") && !answer.contains(lacks), "{has} {lacks}: {answer}");
            assert_eq!(found, body, "{answer}");
        }
        std::fs::remove_dir_all(&site).expect("the folder");
    }

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
