//! Which of a provider's addresses takes a connection.

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::{net::TcpStream, time::sleep};

/// After so long without an answer of one address the next is tried beside it (RFC 8305, section 5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// Addresses as the resolver orders them, the two families in turns (RFC 8305, section 4).
pub fn in_turns(found: impl Iterator<Item = SocketAddr>) -> VecDeque<SocketAddr> {
    let (mut first, mut other) = (VecDeque::new(), VecDeque::new());
    for address in found {
        let of_first = first.front().is_none_or(|a: &SocketAddr| a.is_ipv6() == address.is_ipv6());
        if of_first { first.push_back(address) } else { other.push_back(address) }
    }
    let mut all = VecDeque::new();
    while let Some(address) = first.pop_front().or_else(|| other.pop_front()) {
        all.push_back(address);
        all.extend(other.pop_front());
    }
    all
}

/// The first of these addresses to take a connection, each tried beside those before it when they are slow; what was not
/// found wanting is left in the list.
pub async fn reach(left: &mut VecDeque<SocketAddr>) -> anyhow::Result<TcpStream> {
    let mut tries = FuturesUnordered::new();
    let mut waiting = Vec::new();
    let mut last = anyhow::anyhow!("its name has no address");
    loop {
        if let Some(address) = left.pop_front() {
            waiting.push(address);
            tries.push(async move { (address, TcpStream::connect(address).await) });
        }
        tokio::select! {
            done = tries.next() => match done {
                Some((address, Ok(stream))) => {
                    for slow in waiting.into_iter().filter(|a| *a != address) {
                        left.push_back(slow);
                    }
                    return Ok(stream);
                }
                Some((address, Err(error))) => {
                    waiting.retain(|a| *a != address);
                    last = anyhow::Error::from(error);
                }
                None => return Err(last),
            },
            () = sleep(NEXT_ADDRESS), if !left.is_empty() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::{super::transport::CONNECT_TIMEOUT, *};

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn addresses_of_both_kinds_take_turns() {
        let found = ["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1", "2.2.2.2:1"].map(address);
        let turns: Vec<_> = in_turns(found.into_iter()).into();
        assert_eq!(turns, ["[::1]:1", "1.1.1.1:1", "[::2]:1", "2.2.2.2:1", "[::3]:1"].map(address));
        let found = ["1.1.1.1:1", "[::1]:1", "[::2]:1", "[::3]:1"].map(address);
        let turns: Vec<_> = in_turns(found.into_iter()).into();
        assert_eq!(turns, found);
        assert!(in_turns([].into_iter()).is_empty());
    }

    /// A network that swallows what is sent to an address (broken IPv6, mostly) costs a moment, not the push.
    #[tokio::test]
    async fn an_address_that_swallows_is_passed_over() {
        // A listener whose queue is full: what comes next is dropped without a word.
        let full = tokio::net::TcpSocket::new_v4().unwrap();
        full.bind(address("127.0.0.1:0")).unwrap();
        let full = full.listen(1).unwrap();
        let swallows = full.local_addr().unwrap();
        let mut queue = Vec::new();
        while let Ok(Ok(stream)) = timeout(Duration::from_millis(300), TcpStream::connect(swallows)).await {
            queue.push(stream);
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let answers = listener.local_addr().unwrap();
        let mut left = VecDeque::from([swallows, answers]);
        let stream = timeout(CONNECT_TIMEOUT, reach(&mut left)).await.unwrap().unwrap();
        assert_eq!((stream.peer_addr().unwrap(), left), (answers, VecDeque::from([swallows])));
        // Where nobody listens the next is tried at once.
        drop(listener);
        assert!(reach(&mut VecDeque::from([answers])).await.is_err());
        assert!(reach(&mut VecDeque::new()).await.is_err());
    }
}
