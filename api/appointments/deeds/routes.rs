//! `/v1/deeds`: what one of two books or moves, and what waits for the other's yes.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{
    answering::{self, Shown},
    model::{DeedId, DeedKind},
};
use crate::{
    appointments::{
        catalogue::{known::Catalogue, routes::around},
        model::{AppointmentId, CannotAcceptDeed, DeedOver, LocationId, ServiceId},
        notices::text,
    },
    identity::{Citizen, access::Private},
    municipalities::Municipality,
    platform::{
        App,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        language::Language,
        problem::{Failure, Refused},
        values::Timestamp,
    },
};

/// Something that waits for a yes.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct DeedOut {
    /// The id of the deed, a UUID.
    id: DeedId,
    /// What was asked: to book a visit, or to move one.
    kind: DeedKind,
    /// Whether the citizen asked it: then the other answers, and the citizen can take it back.
    asked_by_me: bool,
    /// The id of the resident whose visit it is.
    resident_id: ResidentId,
    /// What the other of the two is called: the first given name and the family name; empty for who is in the register no more.
    name: String,
    /// The id of the visit: the one that is held, or the one that would move.
    appointment_id: AppointmentId,
    /// The id of the service.
    service_id: ServiceId,
    /// The name of the service, in the citizen's language.
    service: String,
    /// The id of the location.
    location_id: LocationId,
    /// The name of the location, in the citizen's language.
    location: String,
    /// When the visit would begin, an instant in UTC. It is held until `waits_until`.
    starts_at: Timestamp,
    /// When the visit that would move begins now, an instant in UTC; absent where one is to be booked.
    moves_from: Option<Timestamp>,
    /// When it was asked, an instant in UTC.
    asked_at: Timestamp,
    /// Until when it waits, an instant in UTC. Then its start is free again.
    waits_until: Timestamp,
}

fn out(who: &Citizen, catalogue: &Catalogue, language: Language, shown: Shown) -> DeedOut {
    let town: &Municipality = &who.town;
    let Shown { deed, start, moves, name } = shown;
    let service = catalogue.services.get(&start.service_id).map_or("", |s| text(&s.names, language, town));
    let location = catalogue.locations.get(&start.location_id).map_or("", |l| text(&l.names, language, town));
    DeedOut {
        id: deed.id,
        kind: deed.kind,
        asked_by_me: deed.proposer_id == who.actor.0,
        resident_id: deed.grantor_id,
        name,
        appointment_id: deed.visit(),
        service_id: start.service_id,
        service: service.to_owned(),
        location_id: start.location_id,
        location: location.to_owned(),
        starts_at: start.starts_at.into(),
        moves_from: moves.map(|visit| visit.starts_at.into()),
        asked_at: deed.asked_at.into(),
        waits_until: deed.expires_at.into(),
    }
}

/// Operations on what waits for a yes.
#[derive(Default)]
pub struct DeedsApi;

#[OpenApi(prefix_path = "/v1/deeds")]
impl DeedsApi {
    /// List what waits for a yes
    ///
    /// With a mandate to assist, two decide: what one of them books or moves waits for the other. Listed are those that wait for the citizen,
    /// and those that the citizen asked; those that end first come first on each side.
    #[oai(path = "/", method = "get", operation_id = "list_deeds")]
    async fn list(&self, app: Data<&App>, who: Private) -> Result<Json<Vec<DeedOut>>, Failure> {
        let all = answering::list(&app, &who.0).await?;
        let (catalogue, language) = around(&app, &who.0).await?;
        Ok(Json(all.into_iter().map(|shown| out(&who.0, &catalogue, language, shown)).collect()))
    }

    /// Say yes to what waits
    ///
    /// It is booked or moved at once, by the rules of this moment, and who asked is told. Where it cannot be any more, it is over
    /// (`hold_lapsed`), and both are told.
    #[oai(path = "/:deed_id/accept", method = "post", operation_id = "accept_deed")]
    async fn accept(
        &self,
        app: Data<&App>,
        who: Private,
        deed_id: Path<DeedId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotAcceptDeed>> {
        answering::accept(&app, &who.0, deed_id.0, &key.by(who.0.session)).await
    }

    /// Say no to what waits
    ///
    /// Or take back what the citizen asked. The start is free at once, and the other is told.
    #[oai(path = "/:deed_id/refuse", method = "post", operation_id = "refuse_deed")]
    async fn refuse(
        &self,
        app: Data<&App>,
        who: Private,
        deed_id: Path<DeedId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<DeedOver>> {
        answering::refuse(&app, &who.0, deed_id.0, &key.by(who.0.session)).await
    }
}
