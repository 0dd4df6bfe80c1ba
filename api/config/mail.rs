//! E-mail: the relay that takes what the towns send, and from whom it comes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::secret::Secret;

/// The relay that takes e-mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://host:465` or `smtp+starttls://host:587`; `smtp://` on this machine only. Empty for no e-mail.
    pub relay: String,
    /// As whom we sign in there; empty where it asks for nothing.
    pub user: String,
    /// The password.
    pub password: Secret,
    /// A PEM file of the authority that signed the relay's certificate, if it is not a public one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// The address that all e-mail comes from.
    pub from: String,
    /// The address to which what cannot be delivered comes back, as `bounce@town.example`; empty for none.
    pub bounces: String,
    /// Seconds that the relay has to answer one command.
    pub timeout_seconds: u64,
    /// Hours for which an e-mail is tried.
    pub tries_hours: i64,
    /// E-mails that one turn sends at the most.
    pub batch: u32,
}

/// How the way to the relay is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// TLS from the beginning.
    Tls,
    /// TLS after `STARTTLS`, or nothing is sent.
    StartTls,
    /// None: the relay is on this machine.
    Loopback,
}

/// Where the relay is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept private.
    pub privacy: Privacy,
}

impl Mail {
    /// The relay; none where no e-mail is sent.
    ///
    /// # Errors
    /// An address that is none, or plain text to another machine.
    pub fn relay(&self) -> anyhow::Result<Option<Relay>> {
        if self.relay.is_empty() {
            return Ok(None);
        }
        let wrong = "mail.relay must be as \"smtps://relay.example:465\" or \"smtp+starttls://relay.example:587\"";
        let url = Url::parse(&self.relay).map_err(|_| anyhow::Error::msg(wrong))?;
        let (privacy, port) = match url.scheme() {
            "smtps" => (Privacy::Tls, 465),
            "smtp+starttls" => (Privacy::StartTls, 587),
            "smtp" => (Privacy::Loopback, 25),
            _ => anyhow::bail!(wrong),
        };
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        anyhow::ensure!(
            bare && matches!(url.path(), "" | "/"),
            "{wrong}; user and password have settings of their own"
        );
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| anyhow::Error::msg(wrong))?.to_owned();
        let loopback = match Host::parse(&host) {
            Ok(Host::Domain(name)) => name == "localhost",
            Ok(Host::Ipv4(ip)) => ip.is_loopback(),
            Ok(Host::Ipv6(ip)) => ip.is_loopback(),
            Err(_) => false,
        };
        anyhow::ensure!(
            privacy != Privacy::Loopback || loopback,
            "mail.relay must be smtps:// or smtp+starttls://: nothing is sent in the clear to another machine"
        );
        Ok(Some(Relay { host, port: url.port().unwrap_or(port), privacy }))
    }

    /// The domain of an address, and what stands before it.
    pub fn parts(address: &str) -> Option<(&str, &str)> {
        address.rsplit_once('@').filter(|(name, domain)| !name.is_empty() && !domain.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn relay(text: &str) -> anyhow::Result<Option<Relay>> {
        Mail { relay: text.to_owned(), ..Config::default().mail }.relay()
    }

    #[test]
    fn a_relay_is_reached_privately_or_is_this_machine() {
        let of = |host: &str, port, privacy| Some(Relay { host: host.to_owned(), port, privacy });
        for (text, expected) in [
            ("", None),
            ("smtps://relay.example", of("relay.example", 465, Privacy::Tls)),
            ("smtps://relay.example:4650", of("relay.example", 4650, Privacy::Tls)),
            ("smtp+starttls://relay.example", of("relay.example", 587, Privacy::StartTls)),
            ("smtp+starttls://127.0.0.1:2525", of("127.0.0.1", 2525, Privacy::StartTls)),
            ("smtp://localhost:25", of("localhost", 25, Privacy::Loopback)),
        ] {
            assert_eq!(relay(text).unwrap(), expected, "{text}");
        }
        for wrong in [
            "smtp://relay.example",
            "smtp://10.0.0.1",
            "relay.example",
            "https://x",
            "smtps://u:p@x.example",
            "smtps://",
        ] {
            assert!(relay(wrong).is_err(), "{wrong}");
        }
    }
}
