//! Errors as problem+json (RFC 9457), each with a code that stays the same for as long as phones live, and what an operation refuses as a
//! type.

use std::marker::PhantomData;

use poem::{IntoResponse, Response, http::StatusCode};
use poem_openapi::{
    ApiResponse, Object,
    payload::Json,
    registry::{MetaResponses, Registry},
};

pub use super::named::{Advice, Code, Named};
use super::{access::Level, interned::interned, transactions, values::Timestamp};

/// Declares the codes that operations of a room refuse with, each a type, with its status, what an app does about it, and what it means: what may come of a use case stands in its signature. `CODES`
/// lists them for [`Room::codes`](crate::platform::room::Room::codes).
#[macro_export]
macro_rules! codes {
    ($($(#[doc = $when:literal])* $name:ident = $code:literal $status:literal $advice:ident $title:literal;)*) => {
        $(
            $(#[doc = $when])*
            #[derive(Debug)]
            pub enum $name {}

            impl $crate::platform::problem::Refusal for $name {
                const NAMED: &'static $crate::platform::problem::Named =
                    &$crate::platform::problem::Named {
                        code: $code,
                        status: $status,
                        advice: $crate::platform::problem::Advice::$advice,
                        title: $title,
                        when: concat!($($when),*).trim_ascii(),
                    };
            }

            impl $crate::platform::problem::Refusals for $name {
                fn all() -> Vec<&'static $crate::platform::problem::Named> {
                    vec![<Self as $crate::platform::problem::Refusal>::NAMED]
                }
            }
        )*

        /// The codes of this room.
        pub const CODES: &[&$crate::platform::problem::Named] =
            &[$(<$name as $crate::platform::problem::Refusal>::NAMED),*];
    };
}

/// Declares what an operation may refuse, as a type: codes, or types of the same kind. From it come the codes that the contract
/// publishes, and the compiler holds the use case to it.
#[macro_export]
macro_rules! refusals {
    ($($(#[$doc:meta])* $vis:vis $name:ident = $($member:ty),+;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        $vis enum $name {}

        impl $crate::platform::problem::Refusals for $name {
            fn all() -> Vec<&'static $crate::platform::problem::Named> {
                [$(<$member as $crate::platform::problem::Refusals>::all()),+].concat()
            }
        }

        $(
            impl $crate::platform::problem::Among<$name> for $member {}

            impl From<$crate::platform::problem::Refused<$member>> for $crate::platform::problem::Refused<$name> {
                fn from(refused: $crate::platform::problem::Refused<$member>) -> Self {
                    refused.among()
                }
            }
        )+
    )*};
}

codes! {
    /// A cursor of another list, or none at all.
    CursorInvalid = "cursor_invalid" 400 Reload "The cursor is not one that this list gave.";
    /// Somebody else changed it since it was read.
    EditedMeanwhile = "edited_meanwhile" 409 Reload "Somebody changed this since you read it; read it again.";
}

/// The page of this server that lists the codes.
pub const PAGE: &str = "/problems";

/// A booked visit that could not take place after a change: which, and never whose.
#[derive(Clone, Debug, Object, serde::Serialize, serde::Deserialize)]
pub struct StrandedVisit {
    /// The id of the visit, a UUID.
    pub appointment_id: uuid::Uuid,
    /// What the citizen says at the desk.
    pub reference: String,
    /// When the visit is booked, an instant in UTC.
    pub starts_at: Timestamp,
    /// The id of the booked service.
    pub service_id: uuid::Uuid,
    /// The id of the location where the visit is booked.
    pub location_id: uuid::Uuid,
    /// The id of the desk that would receive it.
    pub desk_id: uuid::Uuid,
}

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
    /// With `level_too_low` and `sign_in_too_old`: how sure the provider must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_level: Option<Level>,
    /// With `upload_offset`: where the upload is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
    /// With `slot_taken`, `slot_not_offered` and `hold_lapsed`: starts that are free near it, the nearest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_near: Option<Vec<Timestamp>>,
    /// With `would_strand`: the visits that could not take place, the earliest first; a thousand at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stranded: Option<Vec<StrandedVisit>>,
    /// With `would_strand`: how many there are, also those that `stranded` does not name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stranded_count: Option<i64>,
    /// With `edited_meanwhile` of a plan, `batch_printed`, `closed_differently` and a call that a colleague has: the name of that member of staff; absent
    /// where it is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_by: Option<String>,
    /// With `edited_meanwhile` of a plan and `batch_printed`: when they did it, an instant in UTC; absent where that is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// With `too_many_requests`: how many seconds to wait; `Retry-After` says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
    /// Leads to the log of this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// What can go wrong with any operation: it has none of the codes that a room declares. Which of its codes an operation can have follows
/// from its body and its caller; that is not a type, and the journeys hold each answer against the contract.
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
    fn new(named: &Named, detail: Option<String>, field: Option<&str>) -> Self {
        Self {
            // With `about:blank` the title would have to be the status' phrase (RFC 9457, 4.2.1).
            kind: format!("{PAGE}#{}", named.code),
            title: named.title.to_owned(),
            status: named.status,
            code: named.code.to_owned(),
            detail,
            field: field.map(str::to_owned),
            reason: None,
            required_level: None,
            offset: None,
            free_near: None,
            stranded: None,
            stranded_count: None,
            edited_by: None,
            edited_at: None,
            retry_after_seconds: None,
            request_id: None,
        }
    }
}

impl Failure {
    /// The failure that `code` names.
    pub fn new(code: Code) -> Self {
        Self::of(code.named(), None, None)
    }

    /// The same with a word on what exactly.
    pub fn detail(code: Code, detail: impl Into<String>) -> Self {
        Self::of(code.named(), Some(detail.into()), None)
    }

    /// The same naming the field at fault.
    pub fn field(code: Code, field: &str, detail: impl Into<String>) -> Self {
        Self::of(code.named(), Some(detail.into()), Some(field))
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

    fn of(named: &Named, detail: Option<String>, field: Option<&str>) -> Self {
        let (status, problem) = (named.status(), Problem::new(named, detail, field));
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
        self.problem().code == code.named().code
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

/// A code that some operations refuse with.
pub trait Refusal: Refusals {
    /// Its name, status and title.
    const NAMED: &'static Named;

    /// An operation refuses with this code.
    fn refused() -> Refused<Self> {
        Refused::new(Failure::of(Self::NAMED, None, None))
    }

    /// The same with a word on what exactly.
    fn detail(detail: impl Into<String>) -> Refused<Self> {
        Refused::new(Failure::of(Self::NAMED, Some(detail.into()), None))
    }

    /// The same naming the field at fault.
    fn field(field: &str, detail: impl Into<String>) -> Refused<Self> {
        Refused::new(Failure::of(Self::NAMED, Some(detail.into()), Some(field)))
    }
}

/// What an operation may refuse.
pub trait Refusals: Sized + Send + Sync + 'static {
    /// Its codes.
    fn all() -> Vec<&'static Named>;
}

/// A refusal that is one of those that `S` says. [`refusals!`](crate::refusals) implements it, and nobody else does.
pub trait Among<S> {}

/// `body_invalid` of an operation that has no body: what it asks for, or what was written before, cannot be used as it is.
#[derive(Debug)]
pub enum Unusable {}

impl Refusals for Unusable {
    fn all() -> Vec<&'static Named> {
        vec![Code::BodyInvalid.named()]
    }
}

/// The error of an operation that may refuse what `R` says, or fail as any can. What `R` does not say, it cannot be:
///
/// ```compile_fail,E0277
/// use thuisloket::platform::problem::{CursorInvalid, EditedMeanwhile, Refusal as _, Refused};
///
/// fn read() -> Result<(), Refused<CursorInvalid>> {
///     Err(EditedMeanwhile::refused())?
/// }
/// ```
pub struct Refused<R>(Box<Failure>, PhantomData<fn() -> R>);

impl<R> Refused<R> {
    fn new(failure: Failure) -> Self {
        Self(Box::new(failure), PhantomData)
    }

    /// The same as one of those that `S` has as a member, which [`refusals!`](crate::refusals) says.
    pub fn among<S>(self) -> Refused<S>
    where
        R: Among<S>,
    {
        Refused(self.0, PhantomData)
    }

    /// The failure, of which is no longer known what it can be: for pages, which no contract describes, and for who works by themselves.
    pub fn into_failure(self) -> Failure {
        *self.0
    }

    /// The problem inside, to be completed.
    pub fn problem_mut(&mut self) -> &mut Problem {
        self.0.problem_mut()
    }

    /// Whether it is the refusal `C`.
    pub fn is<C: Refusal>(&self) -> bool {
        self.0.problem().code == C::NAMED.code
    }
}

impl<R: Refusal> Refused<R> {
    /// What was done; none where it was refused, which is an answer then and no error.
    ///
    /// # Errors
    /// What can go wrong with any operation.
    pub fn as_none<T>(done: Result<T, Self>) -> Result<Option<T>, Failure> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(refused) if refused.is::<R>() => Ok(None),
            Err(refused) => Err(*refused.0),
        }
    }
}

impl<R> std::fmt::Debug for Refused<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<R> std::fmt::Display for Refused<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

impl<R> From<Failure> for Refused<R> {
    fn from(failure: Failure) -> Self {
        Self::new(failure)
    }
}

impl<R> From<sqlx::Error> for Refused<R> {
    fn from(error: sqlx::Error) -> Self {
        Self::new(error.into())
    }
}

impl<R> From<anyhow::Error> for Refused<R> {
    fn from(error: anyhow::Error) -> Self {
        Self::new(error.into())
    }
}

impl<R> From<Refused<R>> for poem::Error {
    fn from(refused: Refused<R>) -> Self {
        (*refused.0).into()
    }
}

impl<R: Refusals> ApiResponse for Refused<R> {
    fn meta() -> MetaResponses {
        let mut meta = Failure::meta();
        if let Some(first) = meta.responses.first_mut() {
            first.description = refusing(&R::all());
        }
        meta
    }

    fn register(registry: &mut Registry) {
        Failure::register(registry);
    }
}

/// What a failure's answer says of the codes that are refused with, in what poem-openapi writes: [`super::openapi`] makes a list of it.
pub const REFUSES: &str = "refuses: ";

fn refusing(all: &[&Named]) -> &'static str {
    let codes: Vec<_> = all.iter().map(|named| named.code).collect();
    interned(format!("{REFUSES}{}", codes.join(" ")))
}
