//! Prints the sizes of a finished site, raw and compressed, and holds them to their budgets.

use std::{fs, path::Path};

use anyhow::{Result, bail};

/// The most that is loaded at the start, and the most that a part may have, in bytes of brotli: some hundredths above what they have.
const FIRST_LOAD_MAX: u64 = 189_500;
const WITH_DATA_MAX: u64 = 289_000;
/// The parts that the form loads in Preview before its lists are there.
const WITH_DATA: [&str; 3] = ["shared-", "azure-", "sandbox-"];
const PARTS_MAX: [(&str, u64); 22] = [
    ("azure-", 39_000),
    ("shared-", 34_000),
    ("sandbox-", 29_000),
    ("config-", 5_000),
    ("handlers-", 54_000),
    ("review-", 64_000),
    ("shared_live-", 37_000),
    ("later-", 57_500),
    ("resource-", 53_000),
    ("rest-", 53_000),
    ("pages-", 31_000),
    ("panels-", 21_000),
    ("signin-", 78_000),
    ("deploy-", 37_000),
    ("parsing-", 75_000),
    ("shells-", 60_000),
    ("terraform-", 30_000),
    ("hosts-", 30_000),
    ("templates-", 20_000),
    ("guide-", 20_500),
    ("manage-", 68_000),
    ("access-", 30_000),
];

/// `with_budgets` is for a program of the usual size.
pub(super) fn print(site: &Path, with_budgets: bool) -> Result<()> {
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
    let with_data = |name: &str| start.iter().any(|file| file == name) || WITH_DATA.iter().any(|part| name.starts_with(part));
    let form: u64 = rows.iter().filter(|(name, ..)| with_data(name)).map(|(_, _, wire)| wire).sum();
    println!("{:<44} {:>12} {first:>12}", "first load", "");
    println!("{:<44} {:>12} {form:>12}\n", "the form with its data in Preview", "");
    // Without the sources of the standard library, the program is an eighth larger.
    if with_budgets {
        let parts = rows.iter().map(|(name, _, wire)| (name.as_str(), *wire));
        hold(first, form, parts)?;
    }
    Ok(())
}

/// Fails if the first load, the form with its data, or a part is larger than its budget.
fn hold<'a>(first: u64, form: u64, parts: impl Iterator<Item = (&'a str, u64)>) -> Result<()> {
    let budget = |name: &str| PARTS_MAX.iter().find(|(start, _)| name.starts_with(start)).map(|(_, most)| *most);
    let over = parts.filter_map(|(name, wire)| budget(name).filter(|most| wire > *most).map(|most| (name.to_owned(), wire, most)));
    let sums = [("the first load", first, FIRST_LOAD_MAX), ("the form with its data", form, WITH_DATA_MAX)];
    let sums = sums.into_iter().filter(|(_, wire, most)| wire > most).map(|(name, wire, most)| (name.to_owned(), wire, most));
    let over: Vec<String> =
        over.chain(sums).map(|(name, wire, most)| format!("{name} has {wire} bytes of brotli, {most} at most")).collect();
    if !over.is_empty() {
        bail!("over the budget of xtask/src/site/table.rs: {}. Make it smaller; a larger budget needs a reason", over.join("; "));
    }
    Ok(())
}

/// The files loaded at the start: `index.html` and the files that it refers to.
fn starts_with(site: &Path) -> Result<Vec<String>> {
    let html = fs::read_to_string(site.join("index.html"))?;
    // The browser or the page loads these later, or not at all.
    let later = ["rel=\"offline\"", "rel=\"manifest\"", "rel=\"part\"", "rel=\"early\"", "<style"];
    let early: String = html.lines().filter(|line| !later.iter().any(|later| line.contains(later))).collect();
    let named = early.split(['"', '\'']).filter(|text| site.join(text).is_file()).map(str::to_owned);
    Ok(named.chain(["index.html".to_owned()]).collect())
}

#[cfg(test)]
mod tests {
    use super::{FIRST_LOAD_MAX, WITH_DATA_MAX, hold};

    #[test]
    fn what_is_over_its_budget_is_named() {
        assert!(
            hold(FIRST_LOAD_MAX, WITH_DATA_MAX, [("azure-0123456789abcdef.wasm", 1), ("patterns-0.wasm", 1_000_000)].into_iter()).is_ok()
        );
        let over = hold(FIRST_LOAD_MAX + 1, WITH_DATA_MAX + 1, [("azure-0123456789abcdef.wasm", 1_000_000)].into_iter());
        let said = over.map_err(|error| error.to_string()).err().unwrap_or_default();
        let first = format!("the first load has {}", FIRST_LOAD_MAX + 1);
        let form = format!("the form with its data has {}", WITH_DATA_MAX + 1);
        for part in ["azure-0123456789abcdef.wasm has 1000000 bytes", &first, &form] {
            assert!(said.contains(part), "{said}");
        }
    }
}
