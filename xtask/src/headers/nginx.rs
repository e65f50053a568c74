//! nginx: `location` blocks for a `server`. A block with its own headers inherits none, so each block lists all of them.

use super::{Place, Policy};

pub(super) fn text(policy: &Policy, place: &Place<'_>) -> String {
    let Place { root, path } = place;
    let headers = |file: &str, indent: &str| {
        policy.all(file).iter().fold(String::new(), |all, (name, value)| {
            // Don't cache a 404: the file may exist after the next deployment.
            let always = if *name == "Cache-Control" { "" } else { " always" };
            all + &format!("{indent}add_header {name} \"{value}\"{always};\n")
        })
    };
    // Redirect the path without its trailing slash, which would otherwise be not found.
    let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty());
    let redirect =
        bare.map(|bare| format!("location = {bare} {{\n    absolute_redirect off;\n    return 301 {path};\n}}\n")).unwrap_or_default();
    let one = |file: &str| format!("    location = {path}{file} {{\n{}    }}\n", headers(file, "        "));
    format!(
        "# Identity Portal at {path}, inside a `server`. Written by `cargo xtask headers --for nginx`.\n\
         {redirect}location ^~ {path} {{\n    \
             alias {root}/;\n    \
             index index.html;\n    \
             # Serves the precompressed files. brotli_static is Debian's libnginx-mod-http-brotli-static;\n    \
             # without that module, remove its line.\n    \
             gzip_static on;\n    \
             brotli_static on;\n    \
             gzip_vary on;\n    \
             charset utf-8;\n    \
             charset_types text/css text/javascript;\n    \
             types {{\n        \
                 text/html html;\n        \
                 text/css css;\n        \
                 text/javascript js;\n        \
                 application/json json;\n        \
                 application/wasm wasm;\n        \
                 application/manifest+json webmanifest;\n        \
                 image/svg+xml svg;\n        \
                 image/png png;\n    \
             }}\n\
         {page}\n    \
             # Loaded by the pages that embed this one, which may pin it.\n    \
             location ~ \"/embed-[0-9a-f]{{{digits}}}\\.js$\" {{\n{pinned}    }}\n\n    \
             # Files with a hash in their name: cached for ever.\n    \
             location ~ \"-[0-9a-f]{{{digits}}}\\.[a-z]+$\" {{\n{hashed}    }}\n\n    \
             # The redirect page of the sign-in, which may be a pop-up.\n\
         {sign_in}\n    \
             # Loaded by the pages that embed this one.\n\
         {embed}}}\n",
        digits = crate::site::HASH_DIGITS,
        page = headers("index.html", "    "),
        pinned = headers(super::A_PINNED_EMBED_SCRIPT, "        "),
        hashed = headers(super::A_HASHED_FILE, "        "),
        sign_in = one(super::SIGN_IN_PAGE),
        embed = one(super::EMBED_SCRIPT),
    )
}

#[cfg(test)]
mod tests {
    use super::{Place, Policy, text};

    #[test]
    fn every_block_names_every_header() {
        let text = text(&Policy::preview(), &Place { root: "/srv/site", path: "/some/path/" });
        for expected in [
            "location = /some/path {\n    absolute_redirect off;\n    return 301 /some/path/;\n}\nlocation ^~ /some/path/ {\n    alias /srv/site/;\n",
            "    location = /some/path/auth.html {\n        add_header Content-Security-Policy \"default-src 'none'; script-src 'self'; ",
            "        add_header Access-Control-Allow-Origin \"*\" always;\n",
            "    location ~ \"-[0-9a-f]{16}\\.[a-z]+$\" {\n",
            "        add_header Cache-Control \"public, max-age=31536000, immutable\";\n",
            "    add_header Cache-Control \"no-cache\";\n",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        assert_eq!(text.matches("Content-Security-Policy").count(), 5);
        assert_eq!(text.matches("add_header Strict-Transport-Security \"max-age=31536000\" always;").count(), 5);
        // nginx uses the first matching pattern.
        assert!(text.find("/embed-[0-9a-f]{16}").unwrap() < text.find("\"-[0-9a-f]{16}").unwrap());
        assert_eq!(text.matches("frame-ancestors 'self'").count(), 1);
    }
}
