//! SMTP to the relay, one e-mail after the other on one connection, which tells how far each had come: what is refused of whom it goes to is
//! not what is refused of us. (`lettre`'s own transport tells both as one error.)

use std::{error::Error as _, net::IpAddr, time::Duration};

use anyhow::Context as _;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt, Rset},
        extension::ClientId,
        response::Response,
    },
};
use tokio::time::timeout;
use url::Url;

use super::rules::{Phase, Reply};
use crate::config::{Mail, Privacy, Relay};

/// Commands that a connection takes at the most until it is of use: its greeting, EHLO, STARTTLS, EHLO again, and AUTH.
const TO_CONNECT: u32 = 5;

/// The way to the relay.
pub struct Transport {
    relay: Relay,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    timeout: Duration,
    hello: ClientId,
}

/// A connection to the relay, as long as it is of use.
pub struct Connection {
    inner: AsyncSmtpConnection,
    timeout: Duration,
}

impl Transport {
    /// Prepares the way; none where no e-mail is sent.
    ///
    /// # Errors
    /// A secret or an authority that cannot be read.
    pub fn open(config: &Mail, public_url: &Url) -> anyhow::Result<Option<Self>> {
        let Some(mut relay) = config.relay()? else { return Ok(None) };
        relay.host = relay.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let tls = if relay.privacy == Privacy::Loopback {
            None
        } else {
            let builder = TlsParameters::builder(relay.host.clone());
            let builder = match &config.ca_file {
                Some(file) => {
                    let pem = std::fs::read(file)
                        .with_context(|| format!("mail.ca_file {} cannot be read", file.display()))?;
                    let authority = Certificate::from_pem(&pem).context("mail.ca_file is not PEM")?;
                    builder.certificate_store(CertificateStore::None).add_root_certificate(authority)
                }
                None => builder.certificate_store(CertificateStore::WebpkiRoots),
            };
            Some(builder.build().context("the TLS to the relay cannot be prepared")?)
        };
        let password = config.password.reveal().context("mail.password")?;
        let credentials = (!config.user.is_empty()).then(|| Credentials::new(config.user.clone(), password));
        let host = public_url.host_str().unwrap_or("localhost");
        let hello = match host.trim_start_matches('[').trim_end_matches(']').parse() {
            Ok(IpAddr::V4(ip)) => ClientId::Ipv4(ip),
            Ok(IpAddr::V6(ip)) => ClientId::Ipv6(ip),
            Err(_) => ClientId::Domain(host.to_owned()),
        };
        let timeout = Duration::from_secs(config.timeout_seconds);
        Ok(Some(Self { relay, tls, credentials, timeout, hello }))
    }

    /// Connects, with TLS and our name.
    ///
    /// # Errors
    /// Why that was not possible, in words that hold no secret.
    pub async fn connect(&self) -> Result<Connection, String> {
        match timeout(self.timeout * TO_CONNECT, self.connected()).await {
            Ok(Ok(inner)) => Ok(Connection { inner, timeout: self.timeout }),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the relay does not answer".to_owned()),
        }
    }

    async fn connected(&self) -> Result<AsyncSmtpConnection, Error> {
        let at = (self.relay.host.as_str(), self.relay.port);
        let at_once = self.tls.clone().filter(|_| self.relay.privacy == Privacy::Tls);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(at, Some(self.timeout), &self.hello, at_once, None).await?;
        if self.relay.privacy == Privacy::StartTls
            && let Some(tls) = self.tls.clone()
        {
            // Refused by the relay, it is an error: nothing goes on in the clear.
            connection.starttls(tls, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// What came of a command.
fn reply(answer: &Result<Response, Error>) -> Reply {
    match answer {
        Ok(_) => Reply::Accepted,
        Err(error) => match error.status() {
            Some(code) => {
                Reply::Refused { code: code.into(), text: error.source().map(ToString::to_string).unwrap_or_default() }
            }
            None => Reply::Lost,
        },
    }
}

impl Connection {
    /// Sends one e-mail, and tells how far it came and what was answered there.
    pub async fn send(&mut self, from: Address, to: Address, message: &[u8]) -> (Phase, Reply) {
        let late = self.timeout;
        let told = |answer: Result<Result<Response, Error>, _>| answer.map_or(Reply::Lost, |answer| reply(&answer));
        let sender = timeout(late, self.inner.command(MailFrom::new(Some(from), Vec::new()))).await;
        let answer = told(sender);
        if answer != Reply::Accepted {
            return (Phase::Channel, answer);
        }
        let answer = told(timeout(late, self.inner.command(Rcpt::new(to, Vec::new()))).await);
        if answer != Reply::Accepted {
            return (Phase::Recipient, answer);
        }
        let answer = told(timeout(late, self.inner.command(Data)).await);
        if answer != Reply::Accepted {
            return (Phase::Data, answer);
        }
        (Phase::Content, told(timeout(late, self.inner.message(message)).await))
    }

    /// Begins anew after what was refused; false where the connection is of no use any more.
    pub async fn reset(&mut self) -> bool {
        timeout(self.timeout, self.inner.command(Rset)).await.is_ok_and(|answer| answer.is_ok())
    }

    /// Says goodbye; what the relay says to that is all the same.
    pub async fn close(mut self) {
        drop(timeout(self.timeout, self.inner.quit()).await);
    }
}
