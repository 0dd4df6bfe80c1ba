//! How many files and connections this process may have open at a time.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are open beside connections: database, logs, keys, providers.
const BESIDE: u64 = 200;

/// Raises what the system gives a process by default (1,024 under most shells and under systemd) to the most that it may have,
/// as a server needs one for each connection. How many it has then.
pub fn raise() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let (now, most) = (limit.current.unwrap_or(u64::MAX), limit.maximum.unwrap_or(u64::MAX));
    if now < most && setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).is_ok() {
        return most;
    }
    now
}

/// How many connections fit beside everything else, of `wanted`.
pub fn connections(wanted: usize, files: u64) -> usize {
    usize::try_from(files.saturating_sub(BESIDE).max(1)).unwrap_or(usize::MAX).min(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_what_else_is_open() {
        assert_eq!(connections(10_000, 1_024), 824);
        assert_eq!(connections(10_000, 524_288), 10_000);
        assert_eq!(connections(10_000, 100), 1);
        assert!(raise() > 0);
    }
}
