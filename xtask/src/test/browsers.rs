//! Runs the main journeys (`tests/browsers`) in the promised browsers other than Chromium.

use std::{path::Path, process::Command};

use anyhow::Result;

use super::{Done, skip, step};
use crate::{
    build::{self, Profile},
    cloud::Cloud,
    folders, hosts,
    progress::Step,
    serve, setup,
};

const FIREFOX: Step = Step { name: "journeys in Firefox", usual: 30 };
const WEBKIT: Step = Step { name: "journeys in WebKit", usual: 35 };
pub(super) const STEPS: [Step; 2] = [FIREFOX, WEBKIT];

pub(super) fn browsers(done: &mut Vec<Done>, profile: Profile) -> Result<()> {
    setup::for_browsers()?;
    let (firefox, webkit) = (setup::firefox()?, setup::webkit()?);
    let served = Served::start(&build::build(profile)?)?;
    match firefox {
        Ok(program) => step(done, FIREFOX, served.journeys("firefox")?.env("FIREFOX", program))?,
        Err(reason) => skip(done, FIREFOX, reason),
    }
    match webkit {
        Ok(webkit) => {
            let mut journeys = served.journeys("webkit")?;
            step(done, WEBKIT, journeys.env("WEBKIT_DRIVER", webkit.driver).env("XVFB", webkit.screen))?;
        }
        Err(reason) => skip(done, WEBKIT, reason),
    }
    Ok(())
}

/// Three deployments of the site: in Preview, embeddable, and against a local cloud. The threads serve until this
/// process ends.
struct Served {
    preview: String,
    embed: String,
    /// The origin where the tests serve their host page.
    host: String,
    live: String,
    _cloud: Cloud,
}

impl Served {
    fn start(site: &Path) -> Result<Self> {
        // For a browser, another site than the app's.
        let host = format!("http://127.0.0.1:{}", hosts::free_port()?);
        let (preview, _) = serve::start(site, 0)?;
        let (embed, _) = serve::start_embeddable(site, &host)?;
        let (live, cloud, _) = serve::start_with_cloud(site, 0, &["--port-base".to_owned(), "0".to_owned()])?;
        let at = |port| format!("http://localhost:{port}/");
        Ok(Self { preview: at(preview), embed: at(embed), host, live: cloud.beside(&at(live)).to_string(), _cloud: cloud })
    }

    fn journeys(&self, browser: &str) -> Result<Command> {
        let mut node = setup::node()?;
        node.current_dir(folders::checkout().join("tests/browsers"))
            .args(["--test", "--test-reporter=spec"])
            .env("BROWSER", browser)
            .env("IDENTITY_PORTAL_URL", &self.preview)
            .env("IDENTITY_PORTAL_EMBED", &self.embed)
            .env("IDENTITY_PORTAL_HOST", &self.host)
            .env("IDENTITY_PORTAL_LIVE", &self.live);
        Ok(node)
    }
}
