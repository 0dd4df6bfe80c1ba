//! The codes of problems by name, and those that any operation can have.

use poem::http::StatusCode;

/// The stable name of what went wrong, as a phone reads it. The list of all is part of the mobile contract; wording for people is the
/// app's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Named {
    /// The code.
    pub code: &'static str,
    /// The HTTP status that it comes with.
    pub status: u16,
    /// What it means, in one English line for developers.
    pub title: &'static str,
}

impl Named {
    /// The HTTP status that it comes with.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

macro_rules! usual {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal $title:literal;)*) => {
        /// What can go wrong with any operation. What only some refuse, their room declares with [`codes!`](crate::codes).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code, its status and its title.
            pub fn named(self) -> &'static Named {
                match self { $(Self::$name => &Named { code: $code, status: $status, title: $title },)* }
            }
        }
    };
}

usual! {
    /// The body is not JSON, or not of the operation's schema.
    BodyInvalid = "body_invalid" 400 "The body does not fit the operation's schema; `field` names the first fault.";
    /// The body is larger than the operation takes.
    BodyTooLarge = "body_too_large" 413 "The body is larger than this operation takes.";
    /// The body is not application/json.
    MediaTypeUnsupported = "media_type_unsupported" 415 "The body must be application/json.";
    /// The request is not one that HTTP allows.
    RequestInvalid = "request_invalid" 400 "The request is not one that HTTP allows; `detail` says why.";
    /// The head of the request is too large.
    HeadTooLarge = "head_too_large" 431 "The address or the headers of the request are larger than this server takes.";
    /// The body did not come in time.
    RequestTimeout = "request_timeout" 408 "The body did not come in time; send it again.";
    /// A path or query parameter is missing or of the wrong form.
    ParameterInvalid = "parameter_invalid" 400 "A parameter is missing or of the wrong form; `field` names it.";
    /// No such thing, or not yours to see: the answer does not tell which.
    NotFound = "not_found" 404 "There is nothing here that you may see.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed" 405 "This path does not take that method.";
    /// No access token was sent.
    TokenMissing = "token_missing" 401 "Send the access token as `Authorization: Bearer …`.";
    /// The access token is not one of ours.
    TokenInvalid = "token_invalid" 401 "The access token is not valid here.";
    /// The access token has expired: refresh it.
    TokenExpired = "token_expired" 401 "The access token has expired; refresh the session.";
    /// The session was ended, here or on another device: sign in again.
    SessionEnded = "session_ended" 401 "The session has ended; sign in again.";
    /// The session is at a lower level than this operation asks: step up.
    LevelTooLow = "level_too_low" 403 "This needs a sign-in at the level `required_level`: step up, then try again.";
    /// A page of another site asked, with the cookie of this one.
    CrossSite = "cross_site" 403 "A request with a cookie must come from a page of this server.";
    /// The member of staff may do other things, not this.
    RoleMissing = "role_missing" 403 "Your roles in this municipality do not include this.";
    /// The member of staff works for several towns and has not said for which.
    MunicipalityNotChosen = "municipality_not_chosen" 409 "Choose the municipality you act for first.";
    /// The key is unknown, revoked or past its end.
    KeyInvalid = "key_invalid" 401 "The key is unknown, revoked or past its end date.";
    /// The key is good for other things, not this.
    ScopeMissing = "scope_missing" 403 "This key is not good for that.";
    /// The same key with another request.
    IdempotencyKeyReused = "idempotency_key_reused" 422 "This Idempotency-Key was used for another request.";
    /// One caller asks too much; wait as long as `Retry-After` says.
    TooManyRequests = "too_many_requests" 429 "Too many requests from this address or session; wait as long as Retry-After says.";
    /// The server cannot take more just now.
    Overloaded = "overloaded" 503 "The server is busy or stopping; try again shortly.";
    /// Our fault. The request id leads to the log.
    Internal = "internal" 500 "Something failed on our side; quote `request_id` to the municipality.";
}
