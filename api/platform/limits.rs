//! How much one caller may ask: by address, by session or key, and by town. Above it is 429 with `Retry-After` (RFC 6585, 4).
//!
//! Counted in each process for itself. A whole town may sit behind one address (a school, a mobile network), so the
//! bound of an address is wide, and narrower for the few operations that anyone may call and that cost most.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use ipnet::IpNet;
use poem::{Request, http::HeaderMap};
use uuid::Uuid;

use super::{
    ids::MunicipalityId,
    problem::{Code, Failure},
    transactions,
};
use crate::config;

/// Whoever has an IPv6 address has at least this many bits of a network to themselves (RFC 6177).
const IPV6_NETWORK: u8 = 64;
/// Requests between looks at how many are remembered.
const FORGET_EVERY: u32 = 4_096;
/// Callers remembered before those that are quiet again are forgotten.
const REMEMBERED: usize = 100_000;

/// Tries of one citizen in an hour to make a visit theirs.
const CLAIMS_AN_HOUR: u32 = 10;

/// The header in which proxies say for whom they speak.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// Of what all callers have together, the part that one address may hold at a time by sending slowly: one in eight. Many
/// phones share an address (a school, a mobile network), and their bodies are there at once.
const SHARE: usize = 8;
/// And by what it asked: one half. An answer takes milliseconds whoever asks, as its body is read before.
const SHARE_OF_ANSWERS: usize = 2;
/// Files that are sent in at a time; each holds a part in memory.
const FILES: usize = 128;
/// Bodies that are read at a time. Each may be `server.max_body_bytes`.
const READING: usize = 4_096;
/// Bodies that are longer than that, from the first byte too many until their request is answered. Each may be
/// `server.max_long_body_bytes`.
const READING_LONG: usize = 64;

/// Places of which there are only so many at a time, and of which one address holds no more than its share.
#[derive(Clone)]
pub struct Places(Arc<Held>);

struct Held {
    most: usize,
    each: usize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
    taken: AtomicU32,
}

/// A place that is held until this is dropped.
pub struct Place {
    of: Arc<Held>,
    address: Option<IpAddr>,
}

impl Places {
    /// So many places, and so many of them for one address.
    pub fn new(most: usize, each: usize) -> Self {
        Self(Arc::new(Held { most, each: each.max(1), by_address: Mutex::default(), taken: AtomicU32::new(0) }))
    }

    /// A place, if one is free and the address has not its share. Whose address is not known (a proxy of ours that speaks
    /// for itself) has no share.
    pub fn take(&self, address: Option<IpAddr>) -> Option<Place> {
        let mut held = self.0.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = self.0.taken.load(Ordering::Relaxed);
        if usize::try_from(taken).unwrap_or(usize::MAX) >= self.0.most {
            return None;
        }
        if let Some(address) = address {
            let theirs = held.entry(address).or_default();
            if *theirs >= self.0.each {
                return None;
            }
            *theirs += 1;
        }
        self.0.taken.store(taken + 1, Ordering::Relaxed);
        Some(Place { of: self.0.clone(), address })
    }

    /// How many are taken.
    pub fn taken(&self) -> u32 {
        self.0.taken.load(Ordering::Relaxed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.of.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        self.of.taken.fetch_sub(1, Ordering::Relaxed);
        if let Some(address) = self.address
            && let std::collections::hash_map::Entry::Occupied(mut theirs) = held.entry(address)
        {
            *theirs.get_mut() -= 1;
            if *theirs.get() == 0 {
                theirs.remove();
            }
        }
    }
}

/// How closely a request is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Not at all: what tells the operator how the server is must answer above all when it is busy.
    Free,
    /// As any.
    Wide,
    /// As any, and its body is a file: read by the handler, once it is known who sends it, for as long as a part of an
    /// upload may take.
    File,
    /// As any, and its body may be long: texts in each language, the corners of many areas, the hours of each desk.
    Long,
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
    sign_ins_by_town: DefaultKeyedRateLimiter<(MunicipalityId, bool)>,
    claims: DefaultKeyedRateLimiter<Uuid>,
    /// Requests that are answered at a time.
    pub answering: Places,
    /// Bodies that are read at a time.
    pub reading: Places,
    /// Bodies that are read or answered at a time and are longer than most may be.
    pub reading_long: Places,
    /// Files that are sent in at a time.
    pub files: Places,
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
            sign_ins_by_town: limiter(config.sign_ins_a_minute_by_town),
            claims: RateLimiter::keyed(Quota::per_hour(NonZeroU32::new(CLAIMS_AN_HOUR).unwrap_or(NonZeroU32::MIN))),
            answering: Places::new(at_once, at_once / SHARE_OF_ANSWERS),
            reading: Places::new(READING, READING / SHARE),
            reading_long: Places::new(READING_LONG, READING_LONG / SHARE),
            files: Places::new(FILES, FILES / SHARE),
        }
    }

    /// Counts a request of a town, once it is known whose it is: one town's storm must not be all towns'.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn count_town(&self, town: MunicipalityId) -> Result<(), Failure> {
        once(&self.by_town, &town).map_err(|wait| Failure::wait(Code::TooManyRequests, wait))
    }

    /// Counts a sign-in that begins, of a town's citizens or of its staff: each is kept until it is over, whoever began it.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn count_sign_in(&self, town: MunicipalityId, staff: bool) -> Result<(), Failure> {
        once(&self.sign_ins_by_town, &(town, staff)).map_err(|wait| Failure::wait(Code::TooManyRequests, wait))
    }

    /// Counts a citizen's try to make somebody's visit theirs by what they know of it: a few an hour are enough for who mistypes.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn count_claim(&self, citizen: Uuid) -> Result<(), Failure> {
        once(&self.claims, &citizen).map_err(|wait| Failure::wait(Code::TooManyRequests, wait))
    }

    /// Counts a request of a machine, wherever it calls from.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn count_key(&self, key: Uuid) -> Result<(), Failure> {
        once(&self.by_key, &key).map_err(|wait| Failure::wait(Code::TooManyRequests, wait))
    }

    /// Forgets who is quiet again, where many are remembered.
    fn forget(&self) {
        for limiter in [&self.by_address, &self.sign_ins] {
            if limiter.len() > REMEMBERED {
                limiter.retain_recent();
            }
        }
        if self.claims.len() > REMEMBERED {
            self.claims.retain_recent();
        }
        if self.by_session.len() > REMEMBERED {
            self.by_session.retain_recent();
        }
    }

    fn address(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.remote_addr().as_socket_addr()?.ip();
        Some(caller(&self.proxies, peer, request.headers()))
    }

    /// Who is calling, as far as they cannot change it at will; nobody, where the caller is a proxy of ours.
    pub fn caller(&self, request: &Request) -> Option<IpAddr> {
        self.address(request).filter(|address| !is_proxy(&self.proxies, *address)).map(network)
    }

    /// Who is at the other end of a connection, as [`Limits::caller`] says it.
    pub fn peer(&self, peer: SocketAddr) -> Option<IpAddr> {
        (!is_proxy(&self.proxies, peer.ip())).then(|| network(peer.ip().to_canonical()))
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, if it is one too many.
    pub fn check(&self, request: &Request, bound: Bound) -> Result<(), Duration> {
        if self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(FORGET_EVERY) {
            self.forget();
        }
        if let Some(address) = self.address(request).map(network) {
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

/// Counts a request once, however often it is tried.
fn once<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Duration> {
    if transactions::is_again() { Ok(()) } else { count(limiter, key) }
}

fn count<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Duration> {
    limiter.check_key(key).map_err(|refused| refused.wait_time_from(limiter.clock().now()))
}

fn is_proxy(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|net| net.contains(&address.to_canonical()))
}

/// Who is calling: the peer, or, where the peer is a proxy of ours, whoever it says it speaks for. Each proxy appends
/// its own peer, to the line that it was given or as a line of its own (RFC 9110, 5.3: both are one list); so the list is
/// read from its end, and what stands before the first stranger is anybody's invention.
fn caller(proxies: &[IpNet], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let mut at = peer;
    let lines = headers.get_all(FORWARDED_FOR).iter().collect::<Vec<_>>();
    let hops = lines.iter().rev().flat_map(|line| line.as_bytes().rsplit(|b| *b == b','));
    for hop in hops {
        if !is_proxy(proxies, at) {
            break;
        }
        let Some(hop) = std::str::from_utf8(hop).ok().and_then(|hop| address(hop.trim())) else { break };
        at = hop;
    }
    at.to_canonical()
}

/// An address as proxies write it: bare, in brackets, with a port.
fn address(hop: &str) -> Option<IpAddr> {
    hop.parse()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|a| a.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
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
            ("192.0.2.1", &[][..], "192.0.2.1"),
            ("192.0.2.1", &["203.0.113.9"], "192.0.2.1"),
            ("10.1.1.1", &[], "10.1.1.1"),
            ("10.1.1.1", &["203.0.113.9"], "203.0.113.9"),
            ("::ffff:10.1.1.1", &["203.0.113.9"], "203.0.113.9"),
            ("10.1.1.1", &["203.0.113.9, 10.2.2.2"], "203.0.113.9"),
            ("10.1.1.1", &["1.1.1.1, 203.0.113.9, 10.2.2.2"], "203.0.113.9"),
            // HAProxy adds a line of its own below the caller's.
            ("10.1.1.1", &["1.1.1.1", "203.0.113.9"], "203.0.113.9"),
            ("10.1.1.1", &["1.1.1.1", "203.0.113.9", "10.2.2.2,10.3.3.3"], "203.0.113.9"),
            ("10.1.1.1", &["nonsense"], "10.1.1.1"),
            ("10.1.1.1", &["203.0.113.9, nonsense"], "10.1.1.1"),
            // Azure's application gateway says the port.
            ("10.1.1.1", &["203.0.113.9:1234"], "203.0.113.9"),
            ("10.1.1.1", &["[2001:db8::1]:443"], "2001:db8::1"),
            ("10.1.1.1", &["[2001:db8::1]"], "2001:db8::1"),
            ("fd00::1", &["2001:db8:1:2:3::4"], "2001:db8:1:2:3::4"),
        ] {
            let mut headers = HeaderMap::new();
            for line in forwarded {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            assert_eq!(caller(&proxies, ip(peer), &headers), ip(expected), "{peer} {forwarded:?}");
        }
        assert_eq!(network(ip("2001:db8:1:2:3::4")), ip("2001:db8:1:2::"));
        assert_eq!(network(ip("203.0.113.9")), ip("203.0.113.9"));
    }

    #[test]
    fn no_address_holds_more_than_its_share_and_what_is_let_go_is_free() {
        let places = Places::new(5, 2);
        let address = |n: u8| Some(IpAddr::from([203, 0, 113, n]));
        let mut held: Vec<_> = (0..3).filter_map(|_| places.take(address(1))).collect();
        assert_eq!(held.len(), 2);
        held.extend((0..3).filter_map(|_| places.take(address(2))));
        held.extend((0..3).filter_map(|_| places.take(None)));
        assert_eq!((held.len(), places.taken()), (5, 5));
        assert!(places.take(address(3)).is_none());
        held.remove(0);
        assert!(places.take(address(2)).is_none() && places.take(address(1)).is_some());
        drop(held);
        assert_eq!(places.taken(), 0);
        assert!(places.0.by_address.lock().unwrap().is_empty());
    }
}
