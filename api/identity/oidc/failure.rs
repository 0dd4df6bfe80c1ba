//! Why nobody came back from a provider.

use super::super::{claims::Odd, jws::Unsigned, line::Busy};
use crate::platform::access::Level;

/// The error codes that are registered (RFC 6749, 4.1.2.1 and 5.2; RFC 6750, 3.1; RFC 8707, 2; OpenID Connect Core, 3.1.2.6; OpenID
/// Connect Core Error Code unmet_authentication_requirements). Whatever else stands where one should may be anybody's words.
pub(super) const ERRORS: &[&str] = &[
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "invalid_client",
    "invalid_grant",
    "unsupported_grant_type",
    "invalid_token",
    "insufficient_scope",
    "invalid_target",
    "interaction_required",
    "login_required",
    "account_selection_required",
    "consent_required",
    "invalid_request_uri",
    "invalid_request_object",
    "request_not_supported",
    "request_uri_not_supported",
    "registration_not_supported",
    "unmet_authentication_requirements",
];

/// An error code as the log may hold it.
pub(super) fn registered(code: &str) -> &'static str {
    ERRORS.iter().find(|known| **known == code).copied().unwrap_or("an error that is not registered")
}

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Citizens, for an app.
    Citizens,
    /// Staff, for a browser or a tool.
    Staff,
}

impl Whom {
    /// As `/metrics` and the log call them.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Citizens => "citizens",
            Self::Staff => "staff",
        }
    }
}

/// Why nobody came back.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Whoever signs in stopped.
    #[error("it was stopped at the identity provider")]
    Stopped,
    /// The provider cannot be reached, has trouble of its own, or answers nonsense.
    #[error("the identity provider is unavailable: {0:#}")]
    Unavailable(anyhow::Error),
    /// The provider was not asked.
    #[error("the identity provider was not asked: {0}")]
    Busy(#[from] Busy),
    /// The provider's answer cannot be believed.
    #[error("the identity provider's answer was refused: {0:#}")]
    Refused(anyhow::Error),
    /// Provider and configuration do not fit: trying again does not help.
    #[error("the identity provider and its configuration do not fit: {0:#}")]
    SetUp(anyhow::Error),
    /// The provider is believed, and does not claim what is required.
    #[error("the claim {0:?} is not what is required")]
    Unentitled(String),
    /// The provider never reaches this level.
    #[error("the identity provider reaches no level {}", .0.as_str())]
    TooWeak(Level),
}

impl SignInError {
    /// What a provider says went wrong (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6).
    pub(super) fn said(code: &str) -> Self {
        let said = || anyhow::anyhow!("it says {}", registered(code));
        match code {
            "access_denied" => Self::Stopped,
            "temporarily_unavailable" | "server_error" => Self::Unavailable(said()),
            // The code is none, or somebody else's, or too old.
            "invalid_grant" => Self::Refused(said()),
            _ => Self::SetUp(said()),
        }
    }

    /// The same, of what a browser brought: anybody can send one, so that what no provider says is no fault of the settings.
    pub(super) fn brought(code: &str) -> Self {
        if ERRORS.contains(&code) {
            Self::said(code)
        } else {
            Self::Refused(anyhow::anyhow!("the browser came back with {}", registered(code)))
        }
    }

    /// What became of the sign-in, as `/metrics` calls it.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Unavailable(_) | Self::Busy(_) => "provider_unavailable",
            Self::Refused(_) => "refused",
            Self::SetUp(_) => "provider_misconfigured",
            Self::Unentitled(_) => "unentitled",
            Self::TooWeak(_) => "level_too_low",
        }
    }

    /// Writes in the log that a sign-in could not start. Of a provider that is silent the log has a line when it begins.
    pub fn log_start(&self, provider: &str, whom: Whom) {
        let of = whom.as_str();
        match self {
            Self::Busy(_) => tracing::debug!(error = %self, provider, of, "a sign-in could not start"),
            _ => tracing::warn!(error = %self, provider, of, "a sign-in could not start"),
        }
    }

    /// Writes it in the log, once for a sign-in.
    pub fn log(&self, provider: &str, whom: Whom) {
        let of = whom.as_str();
        match self {
            Self::Stopped => tracing::info!(provider, of, "a sign-in was stopped"),
            Self::Busy(_) => tracing::debug!(error = %self, provider, of, "a sign-in failed at the provider"),
            Self::SetUp(_) => {
                tracing::error!(error = %self, provider, of, "a sign-in failed: see the provider's settings")
            }
            _ => tracing::warn!(error = %self, provider, of, "a sign-in failed at the provider"),
        }
    }
}

/// A claim that shows that the configuration names the wrong one, or that the provider was not asked for it.
pub(super) fn misfit(setting: &str, odd: Odd) -> SignInError {
    SignInError::SetUp(anyhow::Error::new(odd).context(format!("claims.{setting}")))
}

pub(super) fn refused(why: impl Into<Why>) -> SignInError {
    SignInError::Refused(why.into().0)
}

/// Why an answer is refused.
pub(super) struct Why(anyhow::Error);

impl From<&'static str> for Why {
    fn from(text: &'static str) -> Self {
        Self(anyhow::anyhow!(text))
    }
}

impl From<Odd> for Why {
    fn from(odd: Odd) -> Self {
        Self(odd.into())
    }
}

impl From<Unsigned> for Why {
    fn from(unsigned: Unsigned) -> Self {
        Self(unsigned.into())
    }
}

impl From<anyhow::Error> for Why {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}
