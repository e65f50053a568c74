//! `staticwebapp.config.json` of Azure Static Web Apps: global headers, and the differences by file. An empty value removes a
//! global header.

use serde_json::{Map, Value, json};

use super::{Policy, content_type};

pub(super) fn text(policy: &Policy, files: &[String]) -> String {
    let page = policy.all("index.html");
    let routes: Vec<Value> = files.iter().filter_map(|file| route(policy, &page, file)).collect();
    let mime: Map<String, Value> =
        [".wasm", ".webmanifest", ".json", ".js"].into_iter().map(|end| (end.to_owned(), content_type(end).into())).collect();
    let config = json!({ "globalHeaders": object(&page), "routes": routes, "mimeTypes": mime });
    let mut text = serde_json::to_string_pretty(&config).unwrap_or_default();
    text.push('\n');
    text
}

fn route(policy: &Policy, page: &[(&'static str, String)], file: &str) -> Option<Value> {
    let own = policy.all(file);
    let mut headers: Vec<_> = own.iter().filter(|header| !page.contains(header)).cloned().collect();
    let gone = page.iter().filter(|(name, _)| !own.iter().any(|(known, _)| known == name));
    headers.extend(gone.map(|(name, _)| (*name, String::new())));
    (!headers.is_empty()).then(|| json!({ "route": format!("/{file}"), "headers": object(&headers) }))
}

fn object(headers: &[(&'static str, String)]) -> Map<String, Value> {
    headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Policy, text};

    #[test]
    fn files_name_what_differs() {
        let files = ["app-0123456789abcdef.wasm", "auth.html", "config.json", "embed-0123456789abcdef.js", "embed.js"].map(str::to_owned);
        let config: Value = serde_json::from_str(&text(&Policy::preview(), &files)).unwrap();
        assert_eq!(config["globalHeaders"]["Cache-Control"], "no-cache");
        assert_eq!(config["mimeTypes"][".wasm"], "application/wasm");
        let route =
            |file: &str| config["routes"].as_array().unwrap().iter().find(|route| route["route"] == file).map(|route| &route["headers"]);
        assert_eq!(route("/app-0123456789abcdef.wasm").unwrap()["Cache-Control"], "public, max-age=31536000, immutable");
        assert_eq!(route("/auth.html").unwrap()["Cross-Origin-Opener-Policy"], "");
        assert_eq!(route("/embed.js").unwrap()["Access-Control-Allow-Origin"], "*");
        assert_eq!(route("/embed-0123456789abcdef.js").unwrap()["Access-Control-Allow-Origin"], "*");
        assert_eq!(config["globalHeaders"]["Strict-Transport-Security"], "max-age=31536000");
        assert_eq!(route("/config.json"), None);
    }
}
