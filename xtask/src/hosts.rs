//! The hosts that the site is tested on: nginx and Caddy serve it under a path, with the output of `cargo xtask headers`.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use crate::{
    headers::{self, Host, Place, Policy},
    run::{command, say},
    setup::{self, Program},
};

/// The site's path on both.
const PATH: &str = "/some/path/";

/// The deployment's `config.json`, for checking that the page reads it and the headers reflect it.
const CONFIG: &str = r#"{ "brand": { "name": "Contoso Cloud Desk" }, "embed": { "allowedOrigins": ["https://portal.example"] } }"#;

/// The running servers, which stop when this is dropped.
pub(crate) struct Hosts {
    running: Vec<Running>,
    /// By name: a server's address, or why there is none; and the path of the page with its policy in a `<meta>` element.
    addresses: Map<String, Value>,
}

struct Running {
    child: Child,
    input: Option<ChildStdin>,
}

impl Hosts {
    /// The addresses for the tests, as JSON.
    pub(crate) fn addresses(&self) -> String {
        Value::from(self.addresses.clone()).to_string()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The shell around the server stops it when its input closes.
        drop(self.input.take());
        drop(self.child.wait());
    }
}

/// Starts the available servers on a copy of the site below `work`.
pub(crate) fn start(site: &Path, work: &Path) -> Result<Hosts> {
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    let root = work.join("site");
    fs::create_dir_all(&root)?;
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), root.join(entry.file_name()))?;
        }
    }
    fs::write(root.join("config.json"), CONFIG)?;
    let policy = Policy::of(CONFIG)?.for_site(site);
    let place = root.to_str().context("the folder's name is not text")?;
    let text = |host| headers::text(host, &policy, &Place { root: place, path: PATH }, site);
    let mut hosts = Hosts { running: Vec::new(), addresses: Map::new() };
    // For a host without headers: the page with its policy in a `<meta>` element.
    let stamped = work.join("stamped.html");
    fs::write(&stamped, text(Host::Meta)?)?;
    hosts.addresses.insert("stamped".to_owned(), json!(stamped));
    hosts.add("nginx", setup::nginx()?, |program, port| nginx(program, port, &text(Host::Nginx)?, work))?;
    hosts.add("caddy", setup::caddy()?, |program, port| caddy(program, port, &text(Host::Caddy)?, work))?;
    Ok(hosts)
}

impl Hosts {
    fn add(&mut self, name: &str, found: Result<Program, String>, start: impl Fn(&Program, u16) -> Result<Running>) -> Result<()> {
        let entry = match found {
            Ok(program) => {
                let port = free_port()?;
                self.running.push(start(&program, port)?);
                await_port(name, port)?;
                json!(format!("http://localhost:{port}{PATH}"))
            }
            Err(reason) => {
                say(&format!("the tests on {name} are skipped: {reason}"));
                json!({ "leftOut": reason })
            }
        };
        self.addresses.insert(name.to_owned(), entry);
        Ok(())
    }
}

fn nginx(program: &Program, port: u16, locations: &str, work: &Path) -> Result<Running> {
    let folder = folder(work, "nginx")?;
    let module = program.brotli.as_ref().map(|module| format!("load_module {};\n", module.display())).unwrap_or_default();
    let temporary =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|what| format!("  {what}_temp_path {}/{what};\n", folder.display()));
    let config = format!(
        "{module}daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr warn;\nevents {{}}\nhttp {{\n  access_log off;\n{temporary}  \
         server {{\n    listen 127.0.0.1:{port};\n    include {folder}/identity-portal.conf;\n  }}\n}}\n",
        folder = folder.display(),
        temporary = temporary.concat(),
    );
    fs::write(folder.join("identity-portal.conf"), locations)?;
    fs::write(folder.join("nginx.conf"), config)?;
    let conf = folder.join("nginx.conf");
    until_input_ends(&program.program, &["-e", "stderr", "-p", &folder.to_string_lossy(), "-c", &conf.to_string_lossy()], &folder)
}

fn caddy(program: &Program, port: u16, block: &str, work: &Path) -> Result<Running> {
    let folder = folder(work, "caddy")?;
    let indented = block.lines().fold(String::new(), |all, line| all + &format!("\t{line}\n"));
    let config = format!("{{\n\tadmin off\n}}\n\nhttp://localhost:{port} {{\n\tbind 127.0.0.1\n{indented}}}\n");
    fs::write(folder.join("Caddyfile"), config)?;
    let file = folder.join("Caddyfile");
    until_input_ends(&program.program, &["run", "--adapter", "caddyfile", "--config", &file.to_string_lossy()], &folder)
}

fn folder(work: &Path, name: &str) -> Result<PathBuf> {
    let folder = work.join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Starts a program inside a shell that stops it when this process ends, even if it is killed. Its output goes to a file.
fn until_input_ends(program: &Path, arguments: &[&str], folder: &Path) -> Result<Running> {
    let log = fs::File::create(folder.join("log"))?;
    let mut shell = command("sh")?;
    shell.args(["-c", "\"$@\" & server=$!; read -r nothing; kill $server; wait $server", "sh"]).arg(program).args(arguments);
    let mut child = shell
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .stdin(Stdio::piped())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    Ok(Running { input: child.stdin.take(), child })
}

/// A port that is free at the moment.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn await_port(name: &str, port: u16) -> Result<()> {
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    bail!("{name} does not answer; its log is in the target folder, below `hosting`")
}
