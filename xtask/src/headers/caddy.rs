//! Caddy: directives for a site block of the Caddyfile. Caddy applies headers with a matcher before those without, so
//! file-specific headers are deferred.

use super::{A_HASHED_FILE, EMBED_SCRIPT, Place, Policy, SIGN_IN_PAGE, cache_control};

pub(super) fn text(policy: &Policy, place: &Place<'_>) -> String {
    let Place { root, path } = place;
    let lines =
        |headers: &[(&str, String)]| headers.iter().fold(String::new(), |all, (name, value)| all + &format!("\t\t{name} \"{value}\"\n"));
    let page = policy.all("index.html");
    let differing = |file: &str| policy.all(file).into_iter().filter(|header| !page.contains(header)).collect::<Vec<_>>();
    let missing = |file: &str| {
        let own = policy.all(file);
        let gone = page.iter().filter(|(name, _)| !own.iter().any(|(known, _)| known == name));
        gone.fold(String::new(), |all, (name, _)| all + &format!("\t\t-{name}\n"))
    };
    // Redirect the path without its trailing slash, which would otherwise be not found.
    let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty());
    let redirect = bare.map(|bare| format!("redir {bare} {path}\n")).unwrap_or_default();
    format!(
        "# Identity Portal at {path}, inside a site of the Caddyfile. Written by `cargo xtask headers --for caddy`.\n\
         {redirect}handle_path {path}* {{\n\
         \troot * {root}\n\n\
         \theader {{\n{page}\t}}\n\n\
         \t# Files with a hash in their name: cached for ever.\n\
         \t@hashed path_regexp -[0-9a-f]{{{digits}}}\\.[a-z]+$\n\
         \theader @hashed {{\n\t\tdefer\n\t\tCache-Control \"{kept}\"\n\t}}\n\n\
         \t# The redirect page of the sign-in, which may be a pop-up.\n\
         \t@signin path /{SIGN_IN_PAGE}\n\
         \theader @signin {{\n\t\tdefer\n{sign_in}{not_sign_in}\t}}\n\n\
         \t# Loaded by the pages that embed this one.\n\
         \t@embed path_regexp ^/embed(-[0-9a-f]{{{digits}}})?\\.js$\n\
         \theader @embed {{\n\t\tdefer\n{embed}\t}}\n\n\
         \t@manifest path *.webmanifest\n\
         \theader @manifest Content-Type application/manifest+json\n\n\
         \tfile_server {{\n\t\tprecompressed br gzip\n\t}}\n\
         }}\n",
        page = lines(&page),
        digits = crate::site::HASH_DIGITS,
        kept = cache_control(A_HASHED_FILE),
        sign_in = lines(&differing(SIGN_IN_PAGE)),
        not_sign_in = missing(SIGN_IN_PAGE),
        embed = lines(&differing(EMBED_SCRIPT)),
    )
}

#[cfg(test)]
mod tests {
    use super::{Place, Policy, text};

    #[test]
    fn exceptions_say_what_differs() {
        let text = text(&Policy::preview(), &Place { root: "/srv/site", path: "/some/path/" });
        for expected in [
            "redir /some/path /some/path/\nhandle_path /some/path/* {\n\troot * /srv/site\n",
            "\t@hashed path_regexp -[0-9a-f]{16}\\.[a-z]+$\n\theader @hashed {\n\t\tdefer\n\t\tCache-Control \"public, max-age=31536000, immutable\"\n",
            "\t\t-Cross-Origin-Opener-Policy\n",
            "\theader @embed {\n\t\tdefer\n\t\tAccess-Control-Allow-Origin \"*\"\n\t}\n",
            "precompressed br gzip",
            "\t@embed path_regexp ^/embed(-[0-9a-f]{16})?\\.js$\n",
            "\t\tStrict-Transport-Security \"max-age=31536000\"\n",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        let at_root = super::text(&Policy::preview(), &Place { root: "/srv/site", path: "/" });
        assert!(at_root.contains("handle_path /* {") && !at_root.contains("redir "));
    }
}
