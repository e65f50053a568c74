//! Tests of the generated code: its snapshots, that real shells and parsers read every value back unchanged, and that running
//! it leads to the same end state as the plan.

#![expect(clippy::expect_used, clippy::panic, reason = "in a test a panic is the failure")]

mod cases;
mod end_state;
mod json;
mod looks;
mod parsers;
mod python;
mod read_again;
mod readings;
mod rest_client;
mod shell;
#[path = "../skip/mod.rs"]
mod skip;
