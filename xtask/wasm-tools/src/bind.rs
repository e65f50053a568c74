//! `bind-wasm PROGRAM FOLDER NAME [--split]` binds a program to JavaScript. With `--split` it is the main one of several parts, which
//! need its exports, and keeps the names of its functions as they are.

use std::env::args;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let words: Vec<String> = args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (program, folder, name, split) = match words[..] {
        [program, folder, name] => (program, folder, name, false),
        [program, folder, name, "--split"] => (program, folder, name, true),
        _ => bail!("bind-wasm PROGRAM FOLDER NAME [--split]"),
    };
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.input_path(program).out_name(name).typescript(false).omit_default_module_path(false);
    bindgen.keep_lld_exports(split).demangle(!split);
    bindgen.generate(folder)
}
