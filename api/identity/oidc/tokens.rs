//! What a provider's token endpoint answers, as far as it is used.

use std::{fmt, time::Duration};

use oauth2::{AccessToken, ErrorResponse, RefreshToken, Scope, TokenResponse, basic::BasicTokenType};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::claims::kind;
use super::failure::registered;

/// An answer of the token endpoint, as far as it is used.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tokens {
    pub(super) access_token: AccessToken,
    pub(super) id_token: String,
}

impl TokenResponse for Tokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }
    fn token_type(&self) -> &BasicTokenType {
        &BasicTokenType::Bearer
    }
    fn expires_in(&self) -> Option<Duration> {
        None
    }
    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }
    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// A refusal of the token endpoint, as far as it is used: what it says beside the code may name anybody.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TokenError {
    pub(super) error: String,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(registered(&self.error))
    }
}

impl ErrorResponse for TokenError {}

/// What is wrong with an answer of the token endpoint, without a value of it: each may be a token.
pub(super) fn token_fault(status: http::StatusCode, body: &[u8]) -> Option<String> {
    if status.is_redirection() {
        return Some("a token endpoint does not redirect: see `token_endpoint` of its discovery document".to_owned());
    }
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return Some("what it says is no JSON object".to_owned());
    };
    let needed: &[&str] = if status == http::StatusCode::OK { &["access_token", "id_token"] } else { &["error"] };
    needed.iter().find_map(|name| match answer.get(*name) {
        Some(Value::String(_)) => None,
        Some(other) => Some(format!("`{name}` {}", kind(other))),
        None => Some(format!("`{name}` is absent")),
    })
}
