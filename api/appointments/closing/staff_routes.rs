//! `/staff/v1/closures` and `/staff/v1/stranded`.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{Hit, Rescued};
use crate::{
    appointments::{
        catalogue::{
            known::Catalogue,
            texts::{TextIn, texts_in, texts_out},
        },
        closing,
        model::{AppointmentId, CannotClose, Closure, ClosureId, LocationId, ServiceId, Span},
    },
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        problem::{Failure, Refused},
        values::{Instant, Timestamp},
    },
    staff::access::{As, Plan},
};

/// Visits that a preview, or a list of stranded ones, names.
const MAX_PREVIEWED: usize = 1_000;

/// A sudden closing of a location.
#[derive(Object, Deserialize)]
pub struct ClosureWish {
    /// The id of the location to close.
    location_id: LocationId,
    /// The instant from which the location is closed.
    from: Instant,
    /// Up to this one; 31 days later at most.
    until: Instant,
    /// Why, as everyone who is booked is told.
    #[oai(validator(min_items = 1, max_items = 4))]
    reasons: Vec<TextIn>,
}

/// A closing of a location, and what became of the visits.
#[derive(Object)]
pub struct ClosureOut {
    /// The id of the closing, a UUID.
    id: ClosureId,
    /// The id of the location that is closed.
    location_id: LocationId,
    /// The instant from which the location is closed, in UTC.
    from: Timestamp,
    /// Up to this one.
    until: Timestamp,
    /// Why it is closed, once in each language; citizens read it.
    reasons: Vec<TextIn>,
    /// Visits that got another time so far.
    moved: i64,
    /// Visits for which there was none.
    cancelled: i64,
    /// Until then it can be undone and nobody hears of it; then visits are moved.
    acts_at: Timestamp,
    /// The name of the member of staff who closed it.
    made_by: String,
}

/// A closing that is thought of.
#[derive(Object, Deserialize)]
pub struct ClosurePreview {
    /// The id of the location that would be closed.
    location_id: LocationId,
    /// The instant from which the location would be closed.
    from: Instant,
    /// Up to this one; 31 days later at most.
    until: Instant,
}

/// A visit that a closing would hit, or that cannot take place.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct HitOut {
    /// The id of the visit, a UUID.
    appointment_id: AppointmentId,
    /// What the citizen says at the desk.
    reference: String,
    /// The id of the booked service.
    service_id: ServiceId,
    /// The id of the location where the visit is booked now.
    location_id: LocationId,
    /// When the visit is booked now, an instant in UTC.
    starts_at: Timestamp,
    /// When it would be; absent where no other time is known.
    would_start_at: Option<Timestamp>,
    /// Where it would be then.
    would_be_at: Option<LocationId>,
}

impl From<Hit> for HitOut {
    fn from(h: Hit) -> Self {
        Self {
            appointment_id: h.visit.id,
            reference: h.visit.reference,
            service_id: h.visit.service_id,
            location_id: h.visit.location_id,
            starts_at: h.visit.starts_at.into(),
            would_start_at: h.would_be.map(|s| s.starts_at.into()),
            would_be_at: h.would_be.map(|s| s.location),
        }
    }
}

/// What a closing would do.
#[derive(Object)]
pub struct ClosurePreviewOut {
    /// Visits that would get another time.
    moved: i64,
    /// Visits for which there is none.
    cancelled: i64,
    /// Of all these, how many are of somebody whom the app does not tell: who has it not, and visitors who are not in the register. Staff
    /// tell them.
    without_app: i64,
    /// Which, the earliest first; a thousand at most.
    visits: Vec<HitOut>,
}

/// Why visits that cannot take place are moved.
#[derive(Object, Deserialize)]
pub struct StrandedWish {
    /// Why, as everyone is told.
    #[oai(validator(min_items = 1, max_items = 4))]
    reasons: Vec<TextIn>,
}

/// What became of visits that could not take place.
#[derive(Object)]
pub struct MovedOut {
    /// Visits that got another time.
    moved: i64,
    /// Visits for which there was none.
    cancelled: i64,
    /// Visits that are still to be done: ask again.
    left: i64,
}

impl From<Closure> for ClosureOut {
    fn from(c: Closure) -> Self {
        Self {
            id: c.id,
            location_id: c.location,
            from: c.from.into(),
            until: c.until.into(),
            reasons: texts_out(&c.reasons),
            moved: c.moved,
            cancelled: c.cancelled,
            acts_at: c.acts_at.into(),
            made_by: c.made_by,
        }
    }
}

/// Operations on sudden closings, and on visits that cannot take place.
#[derive(Default)]
pub struct ClosuresApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl ClosuresApi {
    /// Close a location for a sudden reason
    ///
    /// Each visit then gets the first time that is free and not earlier than its own, of which its citizen is told,
    /// with others to choose from; where there is none, that it is off. The list of closures shows how far that is. The
    /// same closing again is the same one.
    #[oai(path = "/closures", method = "post", operation_id = "close_location")]
    async fn close(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        #[oai(name = "Idempotency-Key")] repeat: IdempotencyKey,
        body: Body<ClosureWish>,
    ) -> Result<Json<ClosureOut>, Refused<CannotClose>> {
        let idempotency = repeat.by(who.0.session);
        let ClosureWish { location_id, from, until, reasons } = body.0;
        let between = Span { from: from.get(), until: until.get() };
        let reasons = texts_in("reasons", reasons)?;
        let closed = closing::close(&app, &who.0, (location_id, between), reasons, &idempotency).await?;
        Ok(Json(closed.into()))
    }

    /// See what a closing would do
    ///
    /// Each visit that it would hit, and where it would be then; nothing is written. Where it would close within half
    /// an hour, also those for which somebody waits in the hall and whose time is past.
    #[oai(path = "/closures/preview", method = "post", operation_id = "preview_closure")]
    async fn preview(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        body: Body<ClosurePreview>,
    ) -> Result<Json<ClosurePreviewOut>, Failure> {
        let ClosurePreview { location_id, from, until } = body.0;
        let between = Span { from: from.get(), until: until.get() };
        let hits = closing::preview(&app, &who.0, location_id, between).await?;
        let without_app = closing::without_app(&app, &who.0, &hits).await?;
        Ok(Json(ClosurePreviewOut {
            without_app,
            moved: hits.iter().filter(|h| h.would_be.is_some()).count() as i64,
            cancelled: hits.iter().filter(|h| h.would_be.is_none()).count() as i64,
            visits: hits.into_iter().take(MAX_PREVIEWED).map(HitOut::from).collect(),
        }))
    }

    /// List visits that cannot take place
    ///
    /// Booked visits at a time or place at which nobody could receive them any more, whatever changed: hours, a closing
    /// day, a desk, a service. Their citizens are not reminded of them. And those, of a time that is past, for which somebody waited whose
    /// number was ended as it closed: until they get another time, are called off, or whoever it was for is given in again. The earliest first.
    #[oai(path = "/stranded", method = "get", operation_id = "list_stranded")]
    async fn stranded(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<HitOut>>, Failure> {
        let mut r = app.db.read().await?;
        let catalogue = Catalogue::of(&app, &mut r, &who.0.town).await?;
        let found = closing::stranded(&mut r, &catalogue, &who.0.town, app.clock.now()).await?;
        Ok(Json(
            found.into_iter().take(MAX_PREVIEWED).map(|visit| HitOut::from(Hit { visit, would_be: None })).collect(),
        ))
    }

    /// Move visits that cannot take place
    ///
    /// Each gets the first time that is free and not earlier than its own; where there is none it is off. Whose it is
    /// is told, with the reason. Two hundred at a time.
    #[oai(path = "/stranded", method = "post", operation_id = "move_stranded")]
    async fn move_stranded(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        body: Body<StrandedWish>,
    ) -> Result<Json<MovedOut>, Failure> {
        let reasons = texts_in("reasons", body.0.reasons)?;
        let Rescued { moved, cancelled, left } = closing::rescue(&app, &who.0, reasons).await?;
        Ok(Json(MovedOut { moved, cancelled, left }))
    }

    /// List closures
    ///
    /// Those that are not over, the next first.
    #[oai(path = "/closures", method = "get", operation_id = "list_closures")]
    async fn closures(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<ClosureOut>>, Failure> {
        Ok(Json(closing::list(&app, &who.0).await?.into_iter().map(ClosureOut::from).collect()))
    }

    /// Open a location again
    ///
    /// Before the closure is over. Visits that it moved or cancelled are where they were, and their citizens are told,
    /// unless these changed them meanwhile.
    #[oai(path = "/closures/:closure_id", method = "delete", operation_id = "reopen_location")]
    async fn reopen(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        closure_id: Path<ClosureId>,
        #[oai(name = "Idempotency-Key")] repeat: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = repeat.by(who.0.session);
        closing::reopen(&app, &who.0, closure_id.0, &idempotency).await
    }
}
