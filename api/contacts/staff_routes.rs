//! `/staff/v1/residents/{resident_id}/contact-settings`: how somebody wants to be told who is at the counter, or on the telephone.

use poem::web::Data;
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::routes::{ContactSettingsIn, ContactSettingsOut};
use crate::{
    audit::Reason,
    platform::{App, http::Body, ids::ResidentId, problem::Failure},
    staff::access::{As, Counter},
};

/// Operations of the counter on how somebody is told.
#[derive(Default)]
pub struct ContactsStaffApi;

#[OpenApi(prefix_path = "/staff/v1/residents")]
impl ContactsStaffApi {
    /// Read how somebody is told
    ///
    /// Whether they have the app or not. The citizen can read that it was done, and why.
    #[oai(path = "/:resident_id/contact-settings", method = "get", operation_id = "get_contact_settings_of")]
    async fn get(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<ContactSettingsOut>, Failure> {
        Ok(Json(super::get_of(&app, &who.0, resident_id.0, reason.0).await?.into()))
    }

    /// Choose how somebody is told
    ///
    /// As they say at the counter or on the telephone, also where they have no app. The citizen can read that it was done, and why. An
    /// e-mail address is confirmed by a code, see `start_email_of`.
    #[oai(path = "/:resident_id/contact-settings", method = "put", operation_id = "set_contact_settings_of")]
    async fn choose(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are changed; the citizen can read it.
        reason: Query<Reason>,
        body: Body<ContactSettingsIn>,
    ) -> Result<(), Failure> {
        super::choose_for(&app, &who.0, (resident_id.0, reason.0), &body.0.into()).await
    }
}
