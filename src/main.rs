//! The `mailauth` command.
fn main() {}
