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
    /// What an app does about it.
    pub advice: Advice,
    /// What it means, in one English line for developers.
    pub title: &'static str,
    /// When it comes, in English, for developers.
    pub when: &'static str,
}

/// What an app does about a problem whose code it need not know: each code has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Advice {
    /// The request is wrong, and is refused again as it is.
    Fix,
    /// The same may pass later.
    Repeat,
    /// The access token is too old.
    Refresh,
    /// There is no session any more.
    SignIn,
    /// The session is at too low a level.
    StepUp,
    /// What the app shows is old.
    Reload,
    /// Only who uses the app can decide what is next.
    Tell,
    /// The app works without it.
    Ignore,
}

impl Advice {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Fix, Self::Repeat, Self::Refresh, Self::SignIn, Self::StepUp, Self::Reload, Self::Tell, Self::Ignore];

    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Repeat => "repeat",
            Self::Refresh => "refresh",
            Self::SignIn => "sign_in",
            Self::StepUp => "step_up",
            Self::Reload => "reload",
            Self::Tell => "tell",
            Self::Ignore => "ignore",
        }
    }

    /// What to do, in one sentence for developers.
    pub fn means(self) -> &'static str {
        match self {
            Self::Fix => {
                "Where `field` is what somebody typed, show it there; else mend the app. The same request is refused again."
            }
            Self::Repeat => {
                "Send the same request again, with the same `Idempotency-Key`: after `Retry-After` where there is one, else after a pause \
                 that grows, and not for ever."
            }
            Self::Refresh => "Refresh the session once, then send the same request again.",
            Self::SignIn => {
                "Forget the tokens and let the citizen sign in again; keep what they typed, and only where it is the same citizen who signs in."
            }
            Self::StepUp => "Let the citizen sign in at the level `required_level`, then send the same request again.",
            Self::Reload => "Read again what the request was about, and show how it is now.",
            Self::Tell => "Say it in the citizen's language and let them decide; do not repeat it by yourself.",
            Self::Ignore => "Go on without it.",
        }
    }

    /// Whether the same request, unchanged, may pass later: by itself, or once there is a session that is good enough.
    pub fn may_repeat(self) -> bool {
        matches!(self, Self::Repeat | Self::Refresh | Self::StepUp)
    }
}

impl Named {
    /// The HTTP status that it comes with.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

macro_rules! usual {
    ($($(#[doc = $when:literal])* $name:ident = $code:literal $status:literal $advice:ident $title:literal;)*) => {
        /// What can go wrong with any operation. What only some refuse, their room declares with [`codes!`](crate::codes).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $when])* $name,)* }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code, its status and its title.
            pub fn named(self) -> &'static Named {
                match self {
                    $(Self::$name => const {
                        &Named {
                            code: $code,
                            status: $status,
                            advice: Advice::$advice,
                            title: $title,
                            when: concat!($($when),*).trim_ascii(),
                        }
                    },)*
                }
            }
        }
    };
}

usual! {
    /// The body is not JSON, or not of the operation's schema.
    BodyInvalid = "body_invalid" 400 Fix "The body does not fit the operation's schema; `field` names the first fault.";
    /// The body is larger than the operation takes.
    BodyTooLarge = "body_too_large" 413 Fix "The body is larger than this operation takes.";
    /// The body is not application/json.
    MediaTypeUnsupported = "media_type_unsupported" 415 Fix "The body must be application/json.";
    /// The request is not one that HTTP allows.
    RequestInvalid = "request_invalid" 400 Fix "The request is not one that HTTP allows; `detail` says why.";
    /// The head of the request is too large.
    HeadTooLarge = "head_too_large" 431 Fix "The address or the headers of the request are larger than this server takes.";
    /// The body did not come in time.
    RequestTimeout = "request_timeout" 408 Repeat "The body did not come in time; send it again.";
    /// A path or query parameter is missing or of the wrong form.
    ParameterInvalid = "parameter_invalid" 400 Fix "A parameter is missing or of the wrong form; `field` names it.";
    /// No such thing, or not yours to see: the answer does not tell which.
    NotFound = "not_found" 404 Reload "There is nothing here that you may see.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed" 405 Fix "This path does not take that method.";
    /// No access token was sent.
    TokenMissing = "token_missing" 401 SignIn "Send the access token as `Authorization: Bearer …`.";
    /// The access token is not one of ours, or is so old that the key that signed it is gone.
    TokenInvalid = "token_invalid" 401 Refresh "The access token is not valid here; refresh the session.";
    /// The access token has expired: refresh it.
    TokenExpired = "token_expired" 401 Refresh "The access token has expired; refresh the session.";
    /// The session was ended, here or on another device: sign in again.
    SessionEnded = "session_ended" 401 SignIn "The session has ended; sign in again.";
    /// The session is at a lower level than this operation asks: step up.
    LevelTooLow = "level_too_low" 403 StepUp "This needs a sign-in at the level `required_level`: step up, then try again.";
    /// The operation is about the citizen who signed in, and for nobody else: it takes no `Acting-For`.
    ActingForRefused = "acting_for_refused" 400 Fix "This is done for oneself only: send it without `Acting-For`.";
    /// No mandate of the citizen gives this for the person whom `Acting-For` names: there is none, it is not for this, it has not begun, or
    /// it has ended. The answer does not tell which, nor whether there is such a person. With a `detail`, the mandate is one to assist, and
    /// this cannot wait for the other's yes: then they do it themselves.
    MandateMissing = "mandate_missing" 403 Reload "No mandate gives this for that person now; read `list_mandates` again.";
    /// A page of another site asked, with the cookie of this one.
    CrossSite = "cross_site" 403 Fix "A request with a cookie must come from a page of this server.";
    /// The member of staff may do other things, not this.
    RoleMissing = "role_missing" 403 Tell "Your roles in this municipality do not include this.";
    /// The member of staff works for several towns and has not said for which.
    MunicipalityNotChosen = "municipality_not_chosen" 409 Tell "Choose the municipality you act for first.";
    /// The key is unknown, revoked or past its end.
    KeyInvalid = "key_invalid" 401 Tell "The key is unknown, revoked or past its end date.";
    /// The key is good for other things, not this.
    ScopeMissing = "scope_missing" 403 Tell "This key is not good for that.";
    /// The same key with another request.
    IdempotencyKeyReused = "idempotency_key_reused" 422 Fix "This Idempotency-Key was used for another request.";
    /// One caller asks too much; wait as long as `Retry-After` says.
    TooManyRequests = "too_many_requests" 429 Repeat "Too many requests from this address or session; wait as long as Retry-After says.";
    /// The server cannot take more just now.
    Overloaded = "overloaded" 503 Repeat "The server is busy or stopping; try again shortly.";
    /// Work on the server that was planned: `list_municipalities` says until when, and before it begins.
    Maintenance = "maintenance" 503 Repeat "The server is closed for planned work; come back when Retry-After says.";
    /// Our fault. The request id leads to the log.
    Internal = "internal" 500 Repeat "Something failed on our side; quote `request_id` to the municipality.";
}
