//! `/staff/v1/residents/{resident_id}/contact-settings/email`: confirming an address at the counter; and `/staff/v1/mail/bounces`: what came back.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    bounces, codes,
    model::{CannotConfirm, CannotStart},
    routes::{EmailCode, EmailStart, EmailStarted},
    rules,
};
use crate::{
    administration::access::Postmaster,
    audit::Reason,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        problem::{Code, Failure, Refused},
    },
    staff::access::{As, Counter},
};

/// An e-mail that came back: the report as it came, or what it says.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct MailBounce {
    /// The whole report, as it came: a delivery status (RFC 3464) or a complaint (RFC 5965).
    #[oai(validator(min_length = 1, max_length = 65536))]
    text: Option<String>,
    /// The address to which it came back: `bounce+ID@domain`. It goes with `status`, where there is no `text`.
    #[oai(validator(min_length = 3, max_length = 300))]
    recipient: Option<String>,
    /// The status that it gives (RFC 3463), such as `5.1.1`.
    #[oai(validator(min_length = 5, max_length = 20))]
    status: Option<String>,
}

/// What was made of it.
#[derive(Object)]
pub struct MailBounceOut {
    /// Whether it is about an e-mail of this town that had been sent, and of which nothing was known yet. False as well for a delay.
    noted: bool,
}

/// Operations on e-mail of the counter, and of whoever reads what came back.
#[derive(Default)]
pub struct MailStaffApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl MailStaffApi {
    /// Begin to confirm somebody's e-mail address
    ///
    /// A code of six digits is sent there, which they read out. The citizen can read that it was done, and why.
    #[oai(path = "/residents/:resident_id/contact-settings/email", method = "post", operation_id = "start_email_of")]
    async fn start(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why it is done; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<EmailStart>,
    ) -> Result<Json<EmailStarted>, Refused<CannotStart>> {
        let (of, idempotency) = ((resident_id.0, reason.0), key.by(who.0.session));
        Ok(Json(codes::start_of(&app, &who.0, of, &body.0.email, &idempotency).await?.into()))
    }

    /// Confirm somebody's e-mail address
    ///
    /// By the code that they read out. The citizen can read that it was done, and why.
    #[oai(
        path = "/residents/:resident_id/contact-settings/email/confirm",
        method = "post",
        operation_id = "confirm_email_of"
    )]
    async fn confirm(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why it is done; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<EmailCode>,
    ) -> Result<(), Refused<CannotConfirm>> {
        let (of, idempotency) = ((resident_id.0, reason.0), key.by(who.0.session));
        codes::confirm_of(&app, &who.0, of, &body.0.code, &idempotency).await
    }

    /// Note that an e-mail came back
    ///
    /// What the mailbox of `mail.bounces` received, for each report. An address that does not exist is dropped, and its owner sees that; a
    /// delay changes nothing.
    #[oai(path = "/mail/bounces", method = "post", operation_id = "note_mail_bounce")]
    async fn bounce(
        &self,
        app: Data<&App>,
        who: Postmaster,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<MailBounce>,
    ) -> Result<Json<MailBounceOut>, Failure> {
        let wrong = |field: &str, why: &str| Failure::field(Code::BodyInvalid, field, why);
        let what = match body.0 {
            MailBounce { text: Some(text), recipient: None, status: None } => rules::report(&text)
                .ok_or_else(|| wrong("text", "names no e-mail of ours, or does not say what became of it"))?,
            MailBounce { text: None, recipient: Some(recipient), status: Some(status) } => (
                rules::named_in(&recipient).ok_or_else(|| wrong("recipient", "names no e-mail of ours"))?,
                rules::fate(&status).ok_or_else(|| wrong("status", "is no status"))?,
            ),
            _ => return Err(wrong("text", "either text, or recipient and status")),
        };
        let idempotency = key.by(who.0.id());
        Ok(Json(MailBounceOut { noted: bounces::note(&app, &who.0, what, &idempotency).await? }))
    }
}
