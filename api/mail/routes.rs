//! `/v1/contact-settings/email`: confirming an e-mail address, and removing it. (A path of a contract stands in one room.)

use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};
use serde::Deserialize;

use super::{
    codes,
    model::{Begun, CannotConfirm, CannotStart},
};
use crate::{
    contacts,
    identity::access::Private,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        problem::{Failure, Refused},
        values::Timestamp,
    },
};

/// An e-mail address that shall be confirmed.
#[derive(Object, Deserialize)]
pub struct EmailStart {
    /// The e-mail address that is to be theirs.
    #[oai(validator(min_length = 3, max_length = 254))]
    pub(super) email: String,
}

/// The code that was sent to an e-mail address.
#[derive(Object, Deserialize)]
pub struct EmailCode {
    /// The six digits of the e-mail.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    pub(super) code: String,
}

/// A code is on its way.
#[derive(Object)]
pub struct EmailStarted {
    /// The address, in the form in which it is kept.
    email: String,
    /// Until when the code is good, an instant in UTC.
    until: Timestamp,
}

impl From<Begun> for EmailStarted {
    fn from(begun: Begun) -> Self {
        Self { email: begun.email, until: begun.until.into() }
    }
}

/// Operations on the citizen's e-mail address.
#[derive(Default)]
pub struct MailApi;

#[OpenApi(prefix_path = "/v1")]
impl MailApi {
    /// Begin to confirm an e-mail address
    ///
    /// A code of six digits is sent there, which is good for fifteen minutes; three an hour at the most. What is told goes to the address
    /// that was confirmed before, until the code comes back.
    #[oai(path = "/contact-settings/email", method = "post", operation_id = "start_email")]
    async fn start(
        &self,
        app: Data<&App>,
        who: Private,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<EmailStart>,
    ) -> Result<Json<EmailStarted>, Refused<CannotStart>> {
        Ok(Json(codes::start(&app, &who.0, &body.0.email, &key.by(who.0.session)).await?.into()))
    }

    /// Confirm an e-mail address
    ///
    /// By the code that was sent there. After five wrong ones it is good for nothing (`email_code_over`): ask for another.
    #[oai(path = "/contact-settings/email/confirm", method = "post", operation_id = "confirm_email")]
    async fn confirm(
        &self,
        app: Data<&App>,
        who: Private,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<EmailCode>,
    ) -> Result<(), Refused<CannotConfirm>> {
        codes::confirm(&app, &who.0, &body.0.code, &key.by(who.0.session)).await
    }

    /// Remove my e-mail address
    ///
    /// Nothing is sent to it any more, and a code that waits is good for nothing. Where there is no address, that is so already.
    #[oai(path = "/contact-settings/email", method = "delete", operation_id = "remove_email")]
    async fn remove(&self, app: Data<&App>, who: Private) -> Result<(), Failure> {
        contacts::remove_email(&app, &who.0).await
    }
}
