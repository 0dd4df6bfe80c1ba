//! The demo's program: `demo`, and every command of the product.
//!
//! `cargo run` starts it, so that one line of the README shows the main job without the product linking a stand-in.

fn main() -> anyhow::Result<()> {
    thuisloket_demo::program::main()
}
