//! How many connections a provider is asked for: never so many that it takes them for an attack.

use tokio::time::Instant;

/// Connections that may be made at once. Apple takes many in a short time for an attack ("Sending notification requests
/// to APNs": keep connections open for hours).
pub const BURST: u32 = 20;
/// Connections a minute after these.
pub const A_MINUTE: u32 = 20;

/// How many connections may still be made.
pub struct Budget {
    left: f64,
    at: Instant,
}

impl Budget {
    pub fn new() -> Self {
        Self { left: f64::from(BURST), at: Instant::now() }
    }

    /// Takes one, if there is one left.
    pub fn take(&mut self, now: Instant) -> bool {
        let grown = (now - self.at).as_secs_f64() * f64::from(A_MINUTE) / 60.0;
        (self.left, self.at) = ((self.left + grown).min(f64::from(BURST)), now);
        let may = self.left >= 1.0;
        if may {
            self.left -= 1.0;
        }
        may
    }

    pub fn give_back(&mut self) {
        self.left = (self.left + 1.0).min(f64::from(BURST));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn connections_are_rationed() {
        let mut budget = Budget::new();
        let start = budget.at;
        let taken =
            |budget: &mut Budget, at: u64| (0..100).filter(|_| budget.take(start + Duration::from_secs(at))).count();
        assert_eq!(taken(&mut budget, 0), 20);
        assert_eq!(taken(&mut budget, 1), 0);
        assert_eq!(taken(&mut budget, 31), 10);
        assert_eq!(taken(&mut budget, 3_600), 20);
    }
}
