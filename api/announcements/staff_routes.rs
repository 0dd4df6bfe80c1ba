//! `/staff/v1/announcements`: those who write, and those who approve.

use poem::{Body as Bytes, web::Data};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::{Binary, Json},
};

use super::{
    audience::Spot,
    draft::Draft,
    image::MAX_BYTES,
    lock_screen,
    model::{Announcement, AnnouncementId, CannotApprove, CannotEdit, CannotSetImage, CannotSubmit, CannotTry, Wanted},
    preview,
    rules::State,
    staff_values::{AnnouncementOut, ImageOut, PreviewIn, PreviewOut, TrialCodeOut},
    trial,
};
use crate::{
    platform::{
        App,
        http::{Body, read_whole},
        idempotency::{Idempotency, IdempotencyKey},
        problem::{Failure, Refused},
    },
    staff::{
        Staff,
        access::{Announce, Approve, As, Either},
    },
};

/// An announcement with how it is shown.
async fn shown(app: &App, who: &Staff, a: Announcement) -> Result<Json<AnnouncementOut>, Failure> {
    let shows_title = lock_screen::shows_title(&mut app.db.read().await?, &who.town, &a).await?;
    Ok(Json((a, shows_title).into()))
}

/// Operations on announcements.
#[derive(Default)]
pub struct AnnouncementsApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl AnnouncementsApi {
    /// Ask how many an audience reaches
    ///
    /// When it goes out, by what is known now, and never who: who is by phone is who will be disturbed.
    #[oai(path = "/audiences/preview", method = "post", operation_id = "preview_audience")]
    async fn preview(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        body: Body<PreviewIn>,
    ) -> Result<Json<PreviewOut>, Failure> {
        let (audience, sending) = body.0.parts();
        Ok(Json(preview::preview(&app, &who.0, &audience, &sending).await?.into()))
    }

    /// List announcements
    ///
    /// The newest first, two hundred at most; where there are two hundred, ask on with the last one's id as `before`.
    #[oai(path = "/announcements", method = "get", operation_id = "list_announcements")]
    async fn list(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// Where they stand; absent for anywhere.
        state: Query<Option<State>>,
        /// What their titles, their place or their author have in them, in capitals or not; absent for anything.
        #[oai(validator(max_length = 100))]
        search: Query<Option<String>>,
        /// The last one of the page before.
        before: Query<Option<AnnouncementId>>,
    ) -> Result<Json<Vec<AnnouncementOut>>, Failure> {
        let wanted = Wanted { state: state.0, words: search.0.unwrap_or_default(), before: before.0 };
        Ok(Json(super::list(&app, &who.0, &wanted).await?.into_iter().map(AnnouncementOut::brief).collect()))
    }

    /// List the corrections of an announcement
    ///
    /// Those that went out first, then those that did not, drafts as well; the newest first of each, two hundred at most.
    #[oai(path = "/announcements/:announcement_id/corrections", method = "get", operation_id = "list_corrections")]
    async fn corrections(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<Json<Vec<AnnouncementOut>>, Failure> {
        let all = super::corrections(&app, &who.0, announcement_id.0).await?;
        Ok(Json(all.into_iter().map(AnnouncementOut::brief).collect()))
    }

    /// Throw a draft away
    ///
    /// That was never sent, of the version that was read. It is gone, with its image.
    #[oai(path = "/announcements/:announcement_id", method = "delete", operation_id = "discard_announcement")]
    async fn discard(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotEdit>> {
        super::discard(&app, &who.0, announcement_id.0, version.0, &key.by(who.0.session)).await
    }

    /// List the town's streets
    ///
    /// As its register writes them, in the order of the alphabet: to choose an audience by.
    #[oai(path = "/streets", method = "get", operation_id = "list_streets")]
    async fn streets(&self, app: Data<&App>, who: Either<Announce, Approve>) -> Result<Json<Vec<String>>, Failure> {
        Ok(Json(super::streets(&app, &who.0).await?))
    }

    /// List where people live
    ///
    /// The places of addresses within a box, to be drawn on a map; never who lives there, nor how many. Four thousand at most.
    #[oai(path = "/addresses", method = "get", operation_id = "list_addresses")]
    async fn addresses(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// The southern side, in degrees.
        #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
        south: Query<f64>,
        /// The western side, in degrees.
        #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
        west: Query<f64>,
        /// The northern side, in degrees.
        #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
        north: Query<f64>,
        /// The eastern side, in degrees.
        #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
        east: Query<f64>,
    ) -> Result<Json<Vec<Spot>>, Failure> {
        let places = super::places(&app, &who.0, (south.0, west.0), (north.0, east.0)).await?;
        Ok(Json(places.into_iter().map(|(latitude, longitude)| Spot { latitude, longitude }).collect()))
    }

    /// Read an announcement
    ///
    /// With how far it is: whom it reached, and whom not.
    #[oai(path = "/announcements/:announcement_id", method = "get", operation_id = "get_announcement")]
    async fn get(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let a = super::get(&app, &who.0, announcement_id.0).await?;
        shown(&app, &who.0, a).await
    }

    /// Write an announcement
    ///
    /// Makes a draft, with an id of the writer's (a UUID), or changes the version that was read. It may be half
    /// written. What was submitted or approved is a draft again. An emergency needs the role `alert` as well.
    #[oai(path = "/announcements/:announcement_id", method = "put", operation_id = "put_announcement")]
    async fn put(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        body: Body<Draft>,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotEdit>> {
        let a = super::save(&app, &who.0, announcement_id.0, body.0).await?;
        Ok(shown(&app, &who.0, a).await?)
    }

    /// Give an announcement an image
    ///
    /// A PNG, JPEG or WebP of 4 MiB at most, in place of the one that it has, of the version that was read: an edit
    /// like any other. It is kept as a JPEG of 1,600 pixels, without what the file says beside it.
    #[oai(path = "/announcements/:announcement_id/image", method = "put", operation_id = "put_announcement_image")]
    async fn put_image(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        body: Binary<Bytes>,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotSetImage>> {
        let file = read_whole(body.0, MAX_BYTES).await?.to_vec();
        let (id, idempotency) = (announcement_id.0, Idempotency::NONE);
        let a = super::set_image(&app, &who.0, (id, version.0), file, &idempotency).await?;
        Ok(shown(&app, &who.0, a).await?)
    }

    /// Take an announcement's image away
    ///
    /// Of the version that was read: an edit like any other.
    #[oai(
        path = "/announcements/:announcement_id/image",
        method = "delete",
        operation_id = "delete_announcement_image"
    )]
    async fn delete_image(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotEdit>> {
        let idempotency = key.by(who.0.session);
        let a = super::delete_image(&app, &who.0, (announcement_id.0, version.0), &idempotency).await?;
        Ok(shown(&app, &who.0, a).await?)
    }

    /// Fetch an announcement's image
    ///
    /// As readers will see it.
    #[oai(path = "/announcements/:announcement_id/image", method = "get", operation_id = "get_announcement_image")]
    async fn get_image(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<ImageOut, Failure> {
        Ok(ImageOut::Ok(Binary(super::image(&app, &who.0, announcement_id.0).await?)))
    }

    /// Try an announcement on one's own phone
    ///
    /// As it was last saved, in the inbox and on the lock screen of who linked the app on their phone by a code.
    #[oai(path = "/announcements/:announcement_id/try", method = "post", operation_id = "try_announcement")]
    async fn try_out(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotTry>> {
        let idempotency = key.by(who.0.session);
        trial::send(&app, &who.0, announcement_id.0, &idempotency).await
    }

    /// Ask for a code to link one's own phone
    ///
    /// Given in the app within ten minutes, announcements can be tried on the phone. Another code ends what was linked
    /// before.
    #[oai(path = "/me/trial-phone", method = "post", operation_id = "link_trial_phone")]
    async fn link(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<TrialCodeOut>, Failure> {
        let idempotency = key.by(who.0.session);
        let (code, expires_at) = trial::code(&app, &who.0, &idempotency).await?;
        Ok(Json(TrialCodeOut { code, expires_at: expires_at.into() }))
    }

    /// Ask for approval
    ///
    /// Of the version that was read. An audience of nobody is refused, where it says only where people live: of any other that would tell
    /// of somebody. One of everybody is asked about.
    #[oai(path = "/announcements/:announcement_id/submit", method = "post", operation_id = "submit_announcement")]
    async fn submit(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        /// True where everybody who lives here is meant.
        everyone: Query<Option<bool>>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotSubmit>> {
        let (idempotency, everyone) = (key.by(who.0.session), everyone.0.unwrap_or(false));
        let id = announcement_id.0;
        let a = super::submit(&app, &who.0, (id, version.0), everyone, &idempotency).await?;
        Ok(shown(&app, &who.0, a).await?)
    }

    /// Approve an announcement
    ///
    /// What a colleague wrote, in the version that was read: it goes out at its time, or at once.
    #[oai(path = "/announcements/:announcement_id/approve", method = "post", operation_id = "approve_announcement")]
    async fn approve(
        &self,
        app: Data<&App>,
        who: As<Approve>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotApprove>> {
        let idempotency = key.by(who.0.session);
        let a = super::approve(&app, &who.0, (announcement_id.0, version.0), &idempotency).await?;
        Ok(shown(&app, &who.0, a).await?)
    }

    /// Call an announcement off
    ///
    /// Before it goes out.
    #[oai(path = "/announcements/:announcement_id/cancel", method = "post", operation_id = "cancel_announcement")]
    async fn cancel(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotEdit>> {
        let idempotency = key.by(who.0.session);
        let a = super::cancel(&app, &who.0, (announcement_id.0, version.0), &idempotency).await?;
        Ok(shown(&app, &who.0, a).await?)
    }

    /// Withdraw an announcement
    ///
    /// While it goes out or after: what has not left stays, what has arrived leaves the lock screens and is marked in
    /// the inbox.
    #[oai(path = "/announcements/:announcement_id/withdraw", method = "post", operation_id = "withdraw_announcement")]
    async fn withdraw(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AnnouncementOut>, Refused<CannotEdit>> {
        let idempotency = key.by(who.0.session);
        let a = super::withdraw(&app, &who.0, (announcement_id.0, version.0), &idempotency).await?;
        Ok(shown(&app, &who.0, a).await?)
    }
}
