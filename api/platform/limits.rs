//! How much one caller may ask: by address, by session or key, and by town. Above it is 429 with `Retry-After` (RFC 6585, 4).
//!
//! Counted in each process for itself. A whole town may sit behind one address (a school, a mobile network), so the
//! bound of an address is wide, and narrower for the few operations that anyone may call and that cost most.

use std::{
    hash::{BuildHasher as _, RandomState},
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use ipnet::IpNet;
use poem::Request;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use super::{
    ids::MunicipalityId,
    problem::{Code, Failure},
};
use crate::config;

/// Whoever has an IPv6 address has at least this many bits of a network to themselves (RFC 6177).
const IPV6_NETWORK: u8 = 64;
/// Requests between looks at how many are remembered.
const FORGET_EVERY: u32 = 4_096;
/// Callers remembered before those that are quiet again are forgotten.
const REMEMBERED: usize = 100_000;

/// How closely a request is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Not at all: what tells the operator how the server is must answer above all when it is busy.
    Free,
    /// As any.
    Wide,
    /// As any, and it may take as long as a part of an upload.
    Slow,
    /// As one that takes a secret from anyone.
    Narrow,
}

/// The bounds, and who came near them of late.
pub struct Limits {
    proxies: Vec<IpNet>,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_session: DefaultKeyedRateLimiter<u64>,
    tokens: RandomState,
    counted: AtomicU32,
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    by_key: DefaultKeyedRateLimiter<Uuid>,
    by_town: DefaultKeyedRateLimiter<MunicipalityId>,
    places: Semaphore,
}

impl Limits {
    /// Prepares the bounds.
    pub fn new(config: &config::Limits, at_once: usize) -> Self {
        fn limiter<K: std::hash::Hash + Eq + Clone>(per_minute: u32) -> DefaultKeyedRateLimiter<K> {
            RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN)))
        }
        Self {
            proxies: config.trusted_proxies.clone(),
            by_address: limiter(config.requests_a_minute_by_address),
            by_session: limiter(config.requests_a_minute_by_session),
            tokens: RandomState::new(),
            counted: AtomicU32::new(0),
            sign_ins: limiter(config.sign_ins_a_minute_by_address),
            by_key: limiter(config.requests_a_minute_by_key),
            by_town: limiter(config.requests_a_minute_by_town),
            places: Semaphore::new(at_once),
        }
    }

    /// Counts a request of a town, once it is known whose it is: one town's storm must not be all towns'.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn count_town(&self, town: MunicipalityId) -> Result<(), Failure> {
        count(&self.by_town, &town).map_err(|wait| Failure::wait(Code::TooManyRequests, wait))
    }

    /// Counts a request of a machine, wherever it calls from.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn count_key(&self, key: Uuid) -> Result<(), Failure> {
        count(&self.by_key, &key).map_err(|wait| Failure::wait(Code::TooManyRequests, wait))
    }

    /// A place among the requests that are answered at a time, if one is free.
    pub fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// Forgets who is quiet again, where many are remembered.
    fn forget(&self) {
        for limiter in [&self.by_address, &self.sign_ins] {
            if limiter.len() > REMEMBERED {
                limiter.retain_recent();
            }
        }
        if self.by_session.len() > REMEMBERED {
            self.by_session.retain_recent();
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, if it is one too many.
    pub fn check(&self, request: &Request, bound: Bound) -> Result<(), Duration> {
        if self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(FORGET_EVERY) {
            self.forget();
        }
        let peer = request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
        if let Some(peer) = peer {
            let address = network(caller(&self.proxies, peer, request.header("x-forwarded-for")));
            count(&self.by_address, &address)?;
            if bound == Bound::Narrow {
                count(&self.sign_ins, &address)?;
            }
        }
        if let Some(token) = request.header("authorization") {
            count(&self.by_session, &self.tokens.hash_one(token))?;
        }
        Ok(())
    }
}

fn count<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Duration> {
    limiter.check_key(key).map_err(|refused| refused.wait_time_from(limiter.clock().now()))
}

/// Who is calling: the peer, or, where the peer is a proxy of ours, whoever it says it speaks for. Each proxy appends
/// its own peer, so the list is read from the end, and what stands before the first stranger is anybody's invention.
fn caller(proxies: &[IpNet], peer: IpAddr, forwarded: Option<&str>) -> IpAddr {
    let ours = |address: &IpAddr| proxies.iter().any(|net| net.contains(&address.to_canonical()));
    let mut at = peer;
    for hop in forwarded.unwrap_or_default().rsplit(',') {
        if !ours(&at) {
            break;
        }
        let Ok(hop) = hop.trim().parse() else { break };
        at = hop;
    }
    at.to_canonical()
}

/// The part of an address that one caller cannot change at will.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> (128 - IPV6_NETWORK) << (128 - IPV6_NETWORK))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_believed_from_a_trusted_proxy_only() {
        let proxies = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        for (peer, forwarded, expected) in [
            ("192.0.2.1", None, "192.0.2.1"),
            ("192.0.2.1", Some("203.0.113.9"), "192.0.2.1"),
            ("10.1.1.1", None, "10.1.1.1"),
            ("10.1.1.1", Some("203.0.113.9"), "203.0.113.9"),
            ("::ffff:10.1.1.1", Some("203.0.113.9"), "203.0.113.9"),
            ("10.1.1.1", Some("203.0.113.9, 10.2.2.2"), "203.0.113.9"),
            ("10.1.1.1", Some("1.1.1.1, 203.0.113.9, 10.2.2.2"), "203.0.113.9"),
            ("10.1.1.1", Some("nonsense"), "10.1.1.1"),
            ("10.1.1.1", Some("203.0.113.9, nonsense"), "10.1.1.1"),
            ("fd00::1", Some("2001:db8:1:2:3::4"), "2001:db8:1:2:3::4"),
        ] {
            assert_eq!(caller(&proxies, ip(peer), forwarded), ip(expected), "{peer} {forwarded:?}");
        }
        assert_eq!(network(ip("2001:db8:1:2:3::4")), ip("2001:db8:1:2::"));
        assert_eq!(network(ip("203.0.113.9")), ip("203.0.113.9"));
    }
}
