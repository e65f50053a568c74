//! The project's own commands; `cargo xtask` lists them. Each installs what it needs, reports what it
//! does, and adds no delay if everything is installed already.

mod arguments;
mod bench;
mod browsers;
mod build;
mod cloud;
mod folders;
mod headers;
mod hosts;
mod pins;
mod progress;
mod run;
mod serve;
mod setup;
mod site;
mod test;

use std::process::ExitCode;

use anyhow::Result;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [--release] [--port N]    build the app and serve it at http://localhost:8080
        [--cloud [OPTIONS]]       the same in Live mode, against a local cloud (docs/local-cloud.md has its options)
  cloud [OPTIONS]                 only the local cloud: a sign-in with test users, and the simulated ARM over HTTP
  build                           dist/: the optimised static site, ready for any static host
        [--single-file            the same as one .html that works from a double click, in Preview;
         [--config FILE]]         with an organisation's rules in it
  test [unit|cloud|wasm|trunk|e2e|browsers]
                                  every test, or one kind: on the host, of the local cloud and Microsoft's SDKs,
                                  wasm in a browser, end to end, and the main journeys in Firefox and WebKit; words
                                  after e2e are Playwright's (a file, --grep ...), --development (e2e, browsers) tests
                                  the development build, which is quicker to make
  headers --config FILE --for HOST
                                  a host's headers for a deployment (docs/hosting.md): nginx, caddy, swa, netlify, frontdoor,
                                  or meta for a copy of index.html that needs none; [--path /some/path/] [--root FOLDER]
                                  [--site FOLDER] [--out FILE]
  bench [--sign-in]               sizes, start-up and interaction times of the release build; with --sign-in what
                                  signing in adds to the wasm instead, by building the site without it as well
  setup                           only install what the other commands need

What is missing is installed first: small tools into a cache folder of yours (IDENTITY_PORTAL_CACHE
names another), a browser and Node from the system's packages where that is possible.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = words.split_first() else {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    if let Some(help) = help_of(command).filter(|_| rest.iter().any(|word| word == "--help" || word == "-h")) {
        println!("{help}");
        return Ok(ExitCode::SUCCESS);
    }
    let mut rest = arguments::Arguments::new(rest);
    match command.as_str() {
        "serve" => {
            let release = rest.flag("--release");
            let port = rest.number("--port")?.unwrap_or(serve::DEFAULT_PORT);
            let cloud = if rest.flag("--cloud") {
                Some(rest.everything())
            } else {
                rest.finish()?;
                None
            };
            let profile = if release { build::Profile::Release } else { build::Profile::Development };
            serve::serve(&build::build(profile)?, port, cloud.as_deref())?;
        }
        "cloud" => {
            let cloud = cloud::start(&[], &rest.everything())?;
            cloud.announce();
            cloud.wait()?;
        }
        "build" => {
            let single_file = rest.flag("--single-file");
            let config = if single_file { rest.value("--config")? } else { None };
            rest.finish()?;
            let site = build::build(build::Profile::Release)?;
            if single_file {
                build::single_file(&site, config.as_deref())?;
            }
        }
        "headers" => headers::run(rest)?,
        "bench" => {
            let sign_in = rest.flag("--sign-in");
            rest.finish()?;
            return if sign_in { bench::sign_in() } else { bench::bench() };
        }
        "test" => {
            let part = rest.word();
            let development = matches!(part.as_deref(), Some("e2e" | "browsers")) && rest.flag("--development");
            let profile = if development { build::Profile::Development } else { build::Profile::Release };
            let words = if part.as_deref() == Some("e2e") {
                rest.everything()
            } else {
                rest.finish()?;
                Vec::new()
            };
            return test::test(part.as_deref(), profile, &words);
        }
        "setup" => {
            rest.finish()?;
            setup::everything()?;
        }
        // Called by Trunk after its build (`Trunk.toml`), where people run that.
        "finish" => site::finish_for_trunk()?,
        "help" | "--help" | "-h" => println!("{HELP}"),
        other => anyhow::bail!("there is no command `{other}`\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// What [`HELP`] says about a command; `None` if there is no such command.
fn help_of(command: &str) -> Option<String> {
    let is_entry = |line: &str| line.starts_with("  ") && !line.starts_with("   ");
    let is_about = |line: &str| is_entry(line) && line.split_whitespace().next() == Some(command);
    let lines: Vec<_> = HELP.lines().skip_while(|line| !is_about(line)).collect();
    let (first, more) = lines.split_first()?;
    let more = more.iter().take_while(|line| !is_entry(line) && !line.is_empty());
    let entry: Vec<_> = std::iter::once(first).chain(more).copied().collect();
    Some(format!("Usage: cargo xtask COMMAND\n\n{}\n\n`cargo xtask help` lists every command.", entry.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::{ExitCode, HELP, dispatch, help_of};

    #[test]
    fn every_command_has_its_help_and_asking_for_it_is_no_error() {
        for command in ["serve", "cloud", "build", "test", "headers", "bench", "setup"] {
            let help = help_of(command).unwrap();
            assert!(help.lines().nth(2).unwrap().trim().starts_with(command), "{help}");
            let options = help.lines().skip(2).take_while(|line| !line.is_empty());
            assert!(options.clone().count() > 0 && options.clone().all(|line| HELP.contains(line)), "{help}");
            for word in ["--help", "-h"] {
                let words = [command, "--port", "1", word].map(str::to_owned);
                assert_eq!(format!("{:?}", dispatch(&words).unwrap()), format!("{:?}", ExitCode::SUCCESS));
            }
        }
        assert!(help_of("headers").unwrap().contains("--for HOST") && !help_of("headers").unwrap().contains("bench"));
        assert!(dispatch(&["heders", "--help"].map(str::to_owned)).is_err());
    }
}
