//! `split-wasm PROGRAM FOLDER NAME` splits a linked program into its parts.

use std::{env::args, fs, path::Path};

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<()> {
    let words: Vec<String> = args().skip(1).collect();
    let [program, folder, name] = &words[..] else { bail!("split-wasm PROGRAM FOLDER NAME") };
    let bytes = fs::read(program).with_context(|| format!("reading {program}"))?;
    let folder = Path::new(folder);
    let (main, script) = (folder.join(format!("{name}.wasm")), format!("./{name}.js"));
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &script;
    transform(options).map(drop).map_err(|error| anyhow!("{error:?}"))
}
