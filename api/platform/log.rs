//! The log: one line an event, readable in a terminal, JSON for a collector. It names ids, never people: no national
//! number, name, address, token or text of a message is given to it, and a test searches it for them.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::config::LogFormat;

/// Starts the log of this process. `filter` is `tracing`'s, such as `info` or `thuisloket=debug`.
pub fn start(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let colours = std::io::stderr().is_terminal();
    // A second start in the same process (tests) keeps the first.
    let started = match format {
        LogFormat::Text => {
            registry.with(fmt::layer().with_writer(std::io::stderr).with_ansi(colours).with_target(false)).try_init()
        }
        LogFormat::Json => registry.with(fmt::layer().json().with_writer(std::io::stderr)).try_init(),
    };
    if started.is_ok() {
        // Where, and not what: what a panic says may hold what somebody sent.
        std::panic::set_hook(Box::new(|panic| {
            let at = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(at, request = super::http::request_id(), "panicked");
        }));
    }
}
