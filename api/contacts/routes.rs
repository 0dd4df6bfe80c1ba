//! `/v1/contact-settings`: how the citizen wants to be told. The address is confirmed in `mail`, which sends the code.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};
use serde::Deserialize;

use super::model::{Choice, Dropped, Gone, Known, Pending, Way};
use crate::{
    identity::access::Private,
    platform::{App, http::Body, language::Language, problem::Failure, values::Timestamp},
};

/// An e-mail address to which nothing is sent any more.
#[derive(Object)]
pub struct DroppedEmailOut {
    /// The address, as it was confirmed.
    email: String,
    /// Since when nothing is sent to it, an instant in UTC.
    at: Timestamp,
    /// Why nothing is sent to it any more.
    why: Dropped,
}

impl From<Gone> for DroppedEmailOut {
    fn from(gone: Gone) -> Self {
        Self { email: gone.email, at: gone.at.into(), why: gone.why }
    }
}

/// An e-mail address to which a code was sent that did not come back yet.
#[derive(Object)]
pub struct PendingEmailOut {
    /// The address that a code was sent to.
    email: String,
    /// Until when the code is good, an instant in UTC.
    until: Timestamp,
    /// Whether the address does not exist: no code arrives there.
    bounced: bool,
}

impl From<Pending> for PendingEmailOut {
    fn from(pending: Pending) -> Self {
        Self { email: pending.email, until: pending.until.into(), bounced: pending.bounced }
    }
}

/// How somebody wants to be told.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ContactSettingsOut {
    /// The ways, in their order; a way that is not named is not wanted. The inbox of the app has everything, whatever stands here.
    steps: Vec<Way>,
    /// Whether they are told nothing by phone and by e-mail: letters, and a call, are all.
    never_digital: bool,
    /// The confirmed e-mail address; absent where there is none, or nothing is sent to it any more.
    email: Option<String>,
    /// When it was confirmed, an instant in UTC; absent where `email` is.
    email_confirmed_at: Option<Timestamp>,
    /// The address to which nothing is sent any more, and why; absent where there is none. Another that is confirmed takes its place.
    dropped_email: Option<DroppedEmailOut>,
    /// An address whose code did not come back yet; absent where none is waited for.
    pending_email: Option<PendingEmailOut>,
    /// Whether an e-mail may say what a message says. Where not, it says that there is a message, and nothing of it.
    open_email: bool,
    /// Whether announcements of the town come by e-mail.
    announcements_by_email: bool,
    /// Whether letters are printed large.
    large_print: bool,
    /// The language in which they are spoken to, as they said it at the counter or here; absent where they did not. Who chose one in the app
    /// (`set_preferences`) is spoken to in that one, and who did neither in the one that the register knows.
    language: Option<Language>,
    /// Whether what would come on paper is read to them on the telephone as well.
    read_aloud: bool,
}

impl From<Known> for ContactSettingsOut {
    fn from(known: Known) -> Self {
        let Known { settings, confirmed_at, gone, pending } = known;
        Self {
            steps: settings.steps,
            never_digital: settings.never_digital,
            email: settings.email,
            email_confirmed_at: confirmed_at.map(Timestamp::from),
            dropped_email: gone.map(DroppedEmailOut::from),
            pending_email: pending.map(PendingEmailOut::from),
            open_email: settings.open_email,
            announcements_by_email: settings.announcements_by_email,
            large_print: settings.large_print,
            language: settings.language,
            read_aloud: settings.read_aloud,
        }
    }
}

/// How somebody wants to be told, as they choose it. The e-mail address is not part of it: it is confirmed by a code.
#[derive(Object, Deserialize)]
pub struct ContactSettingsIn {
    /// The ways, in their order, each once; a way that is not named is not wanted.
    #[oai(validator(max_items = 3))]
    steps: Vec<Way>,
    /// Whether nothing is told by phone and by e-mail.
    never_digital: bool,
    /// Whether an e-mail may say what a message says.
    open_email: bool,
    /// Whether announcements of the town come by e-mail.
    announcements_by_email: bool,
    /// Whether letters are printed large.
    large_print: bool,
    /// The language in which they are spoken to where they chose none in the app; absent leaves it as it is.
    language: Option<Language>,
    /// Whether what would come on paper is read to them on the telephone as well; absent leaves it as it is.
    read_aloud: Option<bool>,
}

impl From<ContactSettingsIn> for Choice {
    fn from(chosen: ContactSettingsIn) -> Self {
        let ContactSettingsIn {
            steps,
            never_digital,
            open_email,
            announcements_by_email,
            large_print,
            language,
            read_aloud,
        } = chosen;
        Self { never_digital, steps, open_email, announcements_by_email, large_print, language, read_aloud }
    }
}

/// Operations on how the citizen is told.
#[derive(Default)]
pub struct ContactsApi;

#[OpenApi(prefix_path = "/v1")]
impl ContactsApi {
    /// Read how I am told
    ///
    /// By which ways, in which order, and at which e-mail address. Says as well where an address was dropped since mail to it came back.
    #[oai(path = "/contact-settings", method = "get", operation_id = "get_contact_settings")]
    async fn get(&self, app: Data<&App>, who: Private) -> Result<Json<ContactSettingsOut>, Failure> {
        Ok(Json(super::get(&app, &who.0).await?.into()))
    }

    /// Choose how I am told
    ///
    /// Counts for what is told from now on. What is in the inbox stays there. The e-mail address is changed by `start_email`.
    #[oai(path = "/contact-settings", method = "put", operation_id = "set_contact_settings")]
    async fn choose(&self, app: Data<&App>, who: Private, body: Body<ContactSettingsIn>) -> Result<(), Failure> {
        super::choose(&app, &who.0, &body.0.into()).await
    }
}
