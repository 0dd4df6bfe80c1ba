//! Errors as problem+json (RFC 9457), each with a code that stays the same for as long as phones live.

use poem::{IntoResponse, Response, http::StatusCode};
use poem_openapi::{ApiResponse, Object, payload::Json};

use super::{access::Level, transactions, values::Timestamp};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal $title:literal;)*) => {
        /// The stable name of what went wrong. The list is part of the mobile contract; wording for people is the
        /// app's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All of them, as the contract lists them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as the phone reads it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status it comes with.
            pub fn status(self) -> StatusCode {
                let status: u16 = match self { $(Self::$name => $status,)* };
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }

            /// What it means, in one English line for developers.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
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
    /// A cursor of another list, or none at all.
    CursorInvalid = "cursor_invalid" 400 "The cursor is not one that this list gave.";
    /// The image is none that can be shown.
    ImageInvalid = "image_invalid" 400 "The image must be a PNG, JPEG or WebP of at most 4 MiB, 10,000 pixels a side and 40 million in all.";
    /// The member of staff has no phone to try announcements on.
    NoTrialPhone = "no_trial_phone" 409 "Link the app on your phone first: ask for a code and give it there.";
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
    /// The municipality is not served here.
    MunicipalityUnknown = "municipality_unknown" 404 "This installation does not serve that municipality.";
    /// The one-time code is wrong, used, or too old.
    CodeInvalid = "code_invalid" 400 "The one-time code is unknown, used or too old; start the sign-in again.";
    /// The verifier does not belong to the challenge the sign-in began with.
    VerifierInvalid = "verifier_invalid" 400 "The code verifier does not match the sign-in's challenge.";
    /// The refresh token is unknown or too old.
    RefreshInvalid = "refresh_invalid" 401 "The refresh token is unknown or too old; sign in again.";
    /// The refresh token was used before: the whole session ends.
    RefreshReused = "refresh_reused" 401 "The refresh token was used before; the session has been ended.";
    /// The session was begun less surely than this operation asks: step up.
    LevelTooLow = "level_too_low" 403 "Sign in more surely for this, at `required_level`: step up, then try again.";
    /// None of the town's providers is as sure as that.
    LevelOutOfReach = "level_out_of_reach" 409 "None of the municipality's identity providers reaches that level.";
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
    /// The town has as many keys as are allowed.
    KeyLimit = "key_limit" 409 "The municipality has as many keys as are allowed.";
    /// Nobody takes a role from themselves.
    OwnRole = "own_role" 409 "You cannot take a role from yourself; ask another administrator.";
    /// The town has as many uploads open as are allowed.
    UploadLimit = "upload_limit" 409 "As many uploads are open as are allowed; complete or cancel one first.";
    /// The upload is further, or less far, than the caller thinks.
    UploadOffset = "upload_offset" 409 "The upload is not at that offset; go on at `offset`.";
    /// The upload takes no more bytes.
    UploadClosed = "upload_closed" 409 "The upload is complete, cancelled or over its bound, and takes no more.";
    /// The upload is not ready for that.
    UploadNotFinished = "upload_not_finished" 409 "The import of this upload is not finished yet.";
    /// The same key with another request.
    IdempotencyKeyReused = "idempotency_key_reused" 422 "This Idempotency-Key was used for another request.";
    /// Somebody else has that slot.
    SlotTaken = "slot_taken" 409 "That start is taken; `free_near` has others.";
    /// Nothing begins then: closed, too soon, too far ahead, or not on the grid.
    SlotNotOffered = "slot_not_offered" 409 "No visit for that service begins there and then; `free_near` has others.";
    /// The citizen has as many appointments for it as are allowed.
    AppointmentLimit = "appointment_limit" 409 "You have as many open appointments for that service as are allowed.";
    /// The hold lapsed, and somebody else has the slot.
    HoldLapsed = "hold_lapsed" 409 "The hold lapsed and the slot is taken; `free_near` has others.";
    /// The hold was extended before, or is no hold.
    NotExtendable = "not_extendable" 409 "A hold is extended once, while it lasts.";
    /// The visit has begun, or is over.
    VisitBegun = "visit_begun" 409 "The visit has begun or is over.";
    /// The visit is held, cancelled or lapsed.
    NotBooked = "not_booked" 409 "The visit is not booked: it is held, cancelled or lapsed.";
    /// The same person has another visit then.
    VisitOverlaps = "visit_overlaps" 409 "The same person has another visit at that time; `detail` names it.";
    /// Somebody else changed it since it was read.
    EditedMeanwhile = "edited_meanwhile" 409 "Somebody changed this since you read it; read it again.";
    /// The change would leave booked appointments without a place.
    WouldStrand = "would_strand" 409 "Booked appointments could not take place; `detail` and `stranded` name them. Say `strand=true` to go on.";
    /// Checking in is possible from a while before the visit, on its day.
    CheckInClosed = "check_in_closed" 409 "One checks in on the day of the visit, from a while before it.";
    /// The phone is not near the location.
    NotThere = "not_there" 409 "The phone is not near that location.";
    /// It is not open, or does not serve that.
    LocationClosed = "location_closed" 409 "That location is closed now, or does not serve that.";
    /// As many wait as are allowed.
    QueueFull = "queue_full" 409 "As many wait there as are allowed.";
    /// Somebody was called to the desk and has not come.
    DeskBusy = "desk_busy" 409 "Somebody was called to this desk: start, or note that they were missed.";
    /// The ticket is further, or was called elsewhere.
    TicketElsewhere = "ticket_elsewhere" 409 "The ticket is not in a state for that.";
    /// The announcement is further, or over.
    AnnouncementState = "announcement_state" 409 "The announcement is not in a state for that.";
    /// Who wrote it does not approve it.
    OwnWork = "own_work" 409 "A colleague approves what you wrote.";
    /// The audience has nobody.
    ConcernsNobody = "concerns_nobody" 409 "The audience has nobody.";
    /// The audience is the whole town.
    ConcernsEveryone = "concerns_everyone" 409 "The audience is everybody who lives here. Say `everyone=true` if that is meant.";
    /// An announcement is about to go to that list.
    ListInUse = "list_in_use" 409 "An announcement that was submitted or approved goes to this list. Withdraw or cancel the announcement first, or make another list.";
    /// The citizen waits for as much as is allowed.
    WaitingLimit = "waiting_limit" 409 "You wait for as many visits as are allowed; leave one of them first.";
    /// The catalogue has as many entries as are allowed.
    CatalogueFull = "catalogue_full" 409 "The catalogue has as many entries as are allowed.";
    /// The citizen has as many devices as the town allows.
    DeviceLimit = "device_limit" 409 "This citizen has as many devices as are allowed; remove one first.";
    /// The town has no push credentials for this platform.
    PushUnavailable = "push_unavailable" 409 "The municipality's app has no push credentials for this platform.";
    /// One caller asks too much; wait as long as `Retry-After` says.
    TooManyRequests = "too_many_requests" 429 "Too many requests from this address or session; wait as long as Retry-After says.";
    /// The identity provider does not answer.
    ProviderUnavailable = "provider_unavailable" 503 "The identity provider does not answer; try again later.";
    /// The server cannot take more just now.
    Overloaded = "overloaded" 503 "The server is busy or stopping; try again shortly.";
    /// Our fault. The request id leads to the log.
    Internal = "internal" 500 "Something failed on our side; quote `request_id` to the municipality.";
}

/// Which problem codes each operation can give, beyond those that any can: by `operationId`.
pub type Problems = &'static [(&'static str, &'static [Code])];

/// The page of this server that lists the codes.
pub const PAGE: &str = "/problems";

/// What went wrong, for the app and its developers.
#[derive(Clone, Debug, Object, serde::Serialize, serde::Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct Problem {
    /// The code's own: `/problems#` and the code, where the server says what it means. An app looks at `code`.
    #[oai(rename = "type")]
    #[serde(rename = "type")]
    pub kind: String,
    /// One English line for developers.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// The stable code; see the list in the mobile contract.
    pub code: String,
    /// What exactly, where it helps. Never personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The field or parameter at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Which of the faults that a field can have, as a stable word (`missing`, `passed`, `crosses`), where an app says it in words of
    /// its own; absent where there is but one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// With `level_too_low`: how sure the provider must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_level: Option<Level>,
    /// With `upload_offset`: where the upload is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
    /// With `slot_taken`, `slot_not_offered` and `hold_lapsed`: starts that are free near it, the nearest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_near: Option<Vec<Timestamp>>,
    /// With `would_strand`: the appointments that could not take place, the earliest first; a thousand at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stranded: Option<Vec<uuid::Uuid>>,
    /// With `too_many_requests`: how many seconds to wait; `Retry-After` says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
    /// Leads to the log of this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// The one error of every operation.
#[derive(ApiResponse, Clone, Debug)]
pub enum Failure {
    /// Something the caller can change.
    #[oai(status_range = "4XX", content_type = "application/problem+json")]
    Client(StatusCode, Json<Problem>),
    /// Something on our side; the request may be repeated later.
    #[oai(status_range = "5XX", content_type = "application/problem+json")]
    Server(StatusCode, Json<Problem>),
}

impl Problem {
    fn new(code: Code, detail: Option<String>, field: Option<&str>) -> Self {
        Self {
            // With `about:blank` the title would have to be the status' phrase (RFC 9457, 4.2.1).
            kind: format!("{PAGE}#{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status().as_u16(),
            code: code.as_str().to_owned(),
            detail,
            field: field.map(str::to_owned),
            reason: None,
            required_level: None,
            offset: None,
            free_near: None,
            stranded: None,
            retry_after_seconds: None,
            request_id: None,
        }
    }
}

impl Failure {
    /// The failure that `code` names.
    pub fn new(code: Code) -> Self {
        Self::from_problem(code, Problem::new(code, None, None))
    }

    /// The same with a word on what exactly.
    pub fn detail(code: Code, detail: impl Into<String>) -> Self {
        Self::from_problem(code, Problem::new(code, Some(detail.into()), None))
    }

    /// The same naming the field at fault.
    pub fn field(code: Code, field: &str, detail: impl Into<String>) -> Self {
        Self::from_problem(code, Problem::new(code, Some(detail.into()), Some(field)))
    }

    /// The same, saying which of the faults that the field can have, in a stable word.
    pub fn fault(field: &str, reason: &'static str, detail: impl Into<String>) -> Self {
        let mut failure = Self::field(Code::BodyInvalid, field, detail);
        failure.problem_mut().reason = Some(reason.to_owned());
        failure
    }

    /// One request too many: come back after `wait`, in whole seconds and never none, as a phone that comes back at once
    /// would only be told again.
    pub fn wait(code: Code, wait: std::time::Duration) -> Self {
        let mut failure = Self::new(code);
        failure.problem_mut().retry_after_seconds = u32::try_from(wait.as_secs()).ok().map(|s| s.saturating_add(1));
        failure
    }

    /// A transaction met another's and nothing was written: the request is done again, and refused only where that does not help.
    pub fn contended() -> Self {
        transactions::met_another();
        Self::new(Code::Overloaded)
    }

    /// A 500 that keeps its cause for the log and tells the caller nothing.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(Code::Internal)
    }

    fn from_problem(code: Code, problem: Problem) -> Self {
        let status = code.status();
        if status.is_client_error() { Self::Client(status, Json(problem)) } else { Self::Server(status, Json(problem)) }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Client(status, _) | Self::Server(status, _) => *status,
        }
    }

    /// Whether it is the failure that `code` names.
    pub fn is(&self, code: Code) -> bool {
        self.problem().code == code.as_str()
    }

    /// The problem inside.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::Client(_, Json(p)) | Self::Server(_, Json(p)) => p,
        }
    }

    /// The problem inside, to be completed.
    pub fn problem_mut(&mut self) -> &mut Problem {
        match self {
            Self::Client(_, Json(p)) | Self::Server(_, Json(p)) => p,
        }
    }

    /// The answer, stamped with the request's id.
    pub fn into_response_for(mut self, request_id: &str) -> Response {
        self.problem_mut().request_id = Some(request_id.to_owned());
        match self {
            Self::Client(status, Json(p)) | Self::Server(status, Json(p)) => {
                poem::web::Json(p).with_content_type("application/problem+json").with_status(status).into_response()
            }
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let problem = self.problem();
        f.write_str(&problem.code)?;
        problem.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl std::error::Error for Failure {}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        if transactions::is_transient(&error) {
            tracing::warn!(%error, "the database could not take this request");
            // Where no connection was free, another try would only ask for one more.
            return if matches!(error, sqlx::Error::PoolTimedOut) {
                Self::new(Code::Overloaded)
            } else {
                Self::contended()
            };
        }
        Self::internal(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::internal(format!("{error:#}"))
    }
}
