//! Prints the sizes of a finished site, raw and compressed.

use std::{fs, path::Path};

use anyhow::Result;

pub(super) fn print(site: &Path) -> Result<()> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(site)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(wire) = fs::metadata(site.join(format!("{name}.br"))) else { continue };
        rows.push((name, fs::metadata(&path)?.len(), wire.len()));
    }
    rows.sort_by_key(|(_, _, wire)| std::cmp::Reverse(*wire));
    let start = starts_with(site)?;
    println!("\n{:<44} {:>12} {:>12}", "file", "bytes", "brotli");
    for (name, raw, wire) in &rows {
        let mark = if start.contains(name) { "at start" } else { "" };
        println!("{name:<44} {raw:>12} {wire:>12}  {mark}");
    }
    let first: u64 = rows.iter().filter(|(name, ..)| start.contains(name)).map(|(_, _, wire)| wire).sum();
    println!("{:<44} {:>12} {first:>12}\n", "first load", "");
    Ok(())
}

/// The files loaded at the start: `index.html` and the files that it refers to.
fn starts_with(site: &Path) -> Result<Vec<String>> {
    let html = fs::read_to_string(site.join("index.html"))?;
    // The browser or the page loads these later.
    let early: String =
        html.lines().filter(|line| !["rel=\"offline\"", "rel=\"manifest\""].iter().any(|later| line.contains(later))).collect();
    let named = early.split(['"', '\'']).filter(|text| site.join(text).is_file()).map(str::to_owned);
    Ok(named.chain(["index.html".to_owned()]).collect())
}
