//! The command line of the demo's program.

use clap::{Parser, Subcommand};
use thuisloket::command;

use crate::Options;

/// The counter at home: the backend of a municipality's app, with a demo.
#[derive(Parser)]
#[command(name = "thuisloket", version, about, after_help = "Every setting is documented in api/config.default.toml.")]
pub struct Program {
    #[command(flatten)]
    settings: command::Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the main job with an invented town: nothing to configure, nothing leaves this machine.
    ///
    /// Serves a page with two simulated phones and a clock that can be moved. Stops on Ctrl-C.
    Demo(Options),
    #[command(flatten)]
    Product(command::Command),
}

/// Reads the command line of the process and does what it says.
///
/// # Errors
/// Whatever the command could not do.
pub fn main() -> anyhow::Result<()> {
    let Program { settings, command } = Program::parse();
    command::block_on(async {
        match command {
            Command::Demo(options) => crate::run(&options).await,
            Command::Product(command) => command::run(settings, command).await,
        }
    })
}
