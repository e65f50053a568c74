//! A connection: one request, its answer, and its end. Each has a thread of its own, since a browser opens some ahead of need
//! and leaves them silent: none may wait for another.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Longest head of a request, in bytes.
const HEAD_MAX: u64 = 64 * 1024;
/// How long a connection may be silent.
const SILENCE_MAX: Duration = Duration::from_mins(2);

/// A request's first line and headers; bodies are of no use here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    headers: Vec<(String, String)>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Answers all who come, from other threads.
pub(super) fn answer_all(listener: TcpListener, answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> thread::JoinHandle<()> {
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // Who asked may be gone already.
            thread::spawn(move || drop(serve(&connection, &*answer)));
        }
    })
}

fn serve(connection: &TcpStream, answer: &dyn Fn(&Request) -> Response) -> io::Result<()> {
    connection.set_nodelay(true)?;
    connection.set_read_timeout(Some(SILENCE_MAX))?;
    let Some(request) = Request::read(connection)? else { return Ok(()) };
    let mut to = connection;
    to.write_all(&answer(&request).bytes(request.method == "HEAD"))
}

impl Request {
    /// The request that comes; `None` where none does.
    fn read(from: impl Read) -> io::Result<Option<Self>> {
        let mut lines = BufReader::new(from.take(HEAD_MAX)).lines();
        let Some(first) = lines.next().transpose()? else { return Ok(None) };
        let mut words = first.split(' ');
        let (Some(method), Some(url), Some(_)) = (words.next(), words.next(), words.next()) else { return Ok(None) };
        let mut headers = Vec::new();
        for line in lines {
            let line = line?;
            match line.split_once(':') {
                Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                None if line.is_empty() => return Ok(Some(Self { method: method.to_owned(), url: url.to_owned(), headers })),
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// A header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Response {
    fn bytes(&self, head_only: bool) -> Vec<u8> {
        let mut head = vec![format!("HTTP/1.1 {} ", self.status), "Connection: close".to_owned()];
        // What has not changed has no length of its own.
        if self.status != 304 {
            head.push(format!("Content-Length: {}", self.body.len()));
        }
        head.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        let head = head.join("\r\n") + "\r\n\r\n";
        let body = if head_only { &[][..] } else { &self.body };
        [head.as_bytes(), body].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_request() {
        let read = |text: &str| Request::read(text.as_bytes()).expect("text");
        let found = read("GET /a?b HTTP/1.1\r\nHost: localhost:8080\r\nIf-None-Match:\"x\"\r\n\r\nrest").expect("a request");
        assert_eq!((found.method.as_str(), found.url.as_str()), ("GET", "/a?b"));
        assert_eq!(
            (found.header("host"), found.header("if-none-match"), found.header("accept")),
            (Some("localhost:8080"), Some("\"x\""), None)
        );
        for none in ["", "\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nno header\r\n\r\n"] {
            assert_eq!(read(none), None, "{none:?}");
        }
        assert_eq!(read(&format!("GET / HTTP/1.1\r\nlong: {}\r\n\r\n", "x".repeat(100_000))), None);
    }

    #[test]
    fn writes_an_answer() {
        let answer = Response { status: 200, headers: vec![("ETag".to_owned(), "\"x\"".to_owned())], body: b"here".to_vec() };
        let head = "HTTP/1.1 200 \r\nConnection: close\r\nContent-Length: 4\r\nETag: \"x\"\r\n\r\n";
        assert_eq!(answer.bytes(true), head.as_bytes());
        assert_eq!(answer.bytes(false), [head.as_bytes(), b"here"].concat());
    }
}
