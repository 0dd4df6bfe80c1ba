//! `/staff/v1/mandates`, and the mandates of a resident.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    counter::{self, Blocking, Giving, OfResident},
    model::{CannotConfirm, CannotHave, MandateSide},
    routes::MandateOut,
    slip,
};
use crate::{
    audit::Reason,
    identity::MandateId,
    mandates::{MandateBasis, MandateMode, MandateProof, ParentUnknown, Scope},
    platform::{
        App,
        access::{MandateKind, MandateVerb},
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        problem::{Code, Failure, Refused},
        slip::answers::{SlipOut, SlipPdfOut},
        values::{Day, Timestamp},
    },
    residents::{BlockReason, BlockedParent},
    staff::access::{As, Counter},
};

/// A mandate that staff write down.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct MandateGiving {
    /// The id of the resident whose things it is about.
    grantor_id: ResidentId,
    /// The id of the resident who acts for them.
    holder_id: ResidentId,
    /// By what. `parent` follows from the register and cannot be given.
    basis: MandateBasis,
    /// How far it goes. With a mandate to assist, what one of the two books or moves waits for the other's yes.
    mode: MandateMode,
    /// What may be done, each of them with each of `kinds`.
    #[oai(validator(min_items = 1, max_items = 4))]
    verbs: Vec<MandateVerb>,
    /// The kinds of things that the holder may do it with.
    #[oai(validator(min_items = 1, max_items = 4))]
    kinds: Vec<MandateKind>,
    /// Its first day; of `counter_once` it is today.
    from_on: Day,
    /// Its last day, at most 24 months after the first; left out only where a court ordered it, and set none.
    until_on: Option<Day>,
    /// Whether both are at the counter, and their identity cards were seen. It must be so, but for a court's order and a care proxy.
    both_present: bool,
    /// The day that stands on the court's order or the care proxy that was seen; left out for all else.
    proof_on: Option<Day>,
    /// Why the data are changed; the citizen can read it.
    reason: Reason,
}

/// A mandate that was written down.
#[derive(Object)]
pub struct MandateGivenOut {
    /// The id of the mandate, a UUID.
    id: MandateId,
}

/// A mandate, as staff see it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ResidentMandateOut {
    /// The mandate, and the other of the two.
    mandate: MandateOut,
    /// What staff saw that proves it; absent where it was given in the app.
    proof: Option<MandateProof>,
    /// The day that stands on that; absent where none does.
    proof_on: Option<NaiveDate>,
    /// The name of the member of staff who wrote it down; absent where it was given in the app.
    made_by: Option<String>,
    /// The name of the colleague who confirmed it; absent where that was not needed, or not done.
    confirmed_by: Option<String>,
}

impl From<super::Shown> for ResidentMandateOut {
    fn from(shown: super::Shown) -> Self {
        let mandate = shown.mandate.clone();
        Self {
            mandate: shown.into(),
            proof: mandate.proof,
            proof_on: mandate.proof_on,
            made_by: mandate.made_by,
            confirmed_by: mandate.confirmed_by,
        }
    }
}

/// A parent who is blocked.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct BlockedParentOut {
    /// The id of the child, a resident.
    child_id: ResidentId,
    /// The id of the parent, a resident.
    parent_id: ResidentId,
    /// Why the parent is not to act.
    why: BlockReason,
    /// The last day of it; absent for no end.
    until_on: Option<NaiveDate>,
    /// When it was written down, an instant in UTC.
    blocked_at: Timestamp,
    /// The name of the member of staff who wrote it down.
    blocked_by: String,
}

impl From<BlockedParent> for BlockedParentOut {
    fn from(b: BlockedParent) -> Self {
        Self {
            child_id: b.child_id,
            parent_id: b.parent_id,
            why: b.reason,
            until_on: b.until_on,
            blocked_at: b.blocked_at.into(),
            blocked_by: b.blocked_by,
        }
    }
}

/// Somebody's mandates.
#[derive(Object)]
pub struct ResidentMandatesOut {
    /// Those by which others act for them, the newest first; those that are over as well.
    given: Vec<ResidentMandateOut>,
    /// Those by which they act for others, the newest first; those that are over as well.
    held: Vec<ResidentMandateOut>,
    /// Parents of theirs who are blocked, and children for whom they are.
    blocked: Vec<BlockedParentOut>,
}

impl From<OfResident> for ResidentMandatesOut {
    fn from(all: OfResident) -> Self {
        Self {
            given: all.given.into_iter().map(ResidentMandateOut::from).collect(),
            held: all.held.into_iter().map(ResidentMandateOut::from).collect(),
            blocked: all.blocked.into_iter().map(BlockedParentOut::from).collect(),
        }
    }
}

/// Why a parent is not to act for a child, and until when.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct ParentBlocking {
    /// Why the parent is not to act.
    why: BlockReason,
    /// The last day of it; left out for no end.
    until_on: Option<Day>,
    /// Why the data are changed; the citizen can read it.
    reason: Reason,
}

/// Operations of the counter on mandates.
#[derive(Default)]
pub struct MandatesApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl MandatesApi {
    /// Read somebody's mandates
    ///
    /// On both sides, and parents who are blocked. The citizen can read that it was done, and why.
    #[oai(path = "/residents/:resident_id/mandates", method = "get", operation_id = "list_resident_mandates")]
    async fn list(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<ResidentMandatesOut>, Failure> {
        Ok(Json(counter::of_resident(&app, &who.0, resident_id.0, reason.0).await?.into()))
    }

    /// Give a mandate at the counter
    ///
    /// It holds at once, from its first day, and both are told. One by an order of a court holds when a colleague confirmed it
    /// (`confirm_mandate`).
    #[oai(path = "/mandates", method = "post", operation_id = "give_mandate")]
    async fn give(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<MandateGiving>,
    ) -> Result<Json<MandateGivenOut>, Refused<CannotHave>> {
        let body = body.0;
        let on_paper = body.basis.is_by_court() || body.basis == MandateBasis::CareProxy;
        if body.basis == MandateBasis::Parent {
            return Err(Failure::field(Code::BodyInvalid, "basis", "follows from the register").into());
        }
        if !on_paper && !body.both_present {
            return Err(Failure::field(Code::BodyInvalid, "both_present", "must be so").into());
        }
        if on_paper && body.proof_on.is_none() {
            return Err(Failure::field(Code::BodyInvalid, "proof_on", "is needed").into());
        }
        let giving = Giving {
            grantor: body.grantor_id,
            holder: body.holder_id,
            basis: body.basis,
            mode: body.mode,
            scope: Scope::new(body.verbs, body.kinds),
            term: (body.from_on.get(), body.until_on.map(Day::get)),
            proof_on: body.proof_on.map(Day::get).filter(|_| on_paper),
            reason: body.reason,
        };
        let id = counter::give(&app, &who.0, &giving, &key.by(who.0.session)).await?;
        Ok(Json(MandateGivenOut { id }))
    }

    /// Read the slip of a mandate
    ///
    /// A page to print for one of the two at the counter, in their language: who may do what for whom, with what, from when, until when, who
    /// wrote it down, and how it ends. No address stands on it. Of a mandate that holds, or will from its first day. Both can read that it was
    /// looked at.
    #[oai(path = "/mandates/:mandate_id/slip", method = "get", operation_id = "get_mandate_slip")]
    async fn slip(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        mandate_id: Path<MandateId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
        /// For whom it is printed: whose things it is about (`given`), also where it is left out, or who acts (`held`).
        side: Query<Option<MandateSide>>,
    ) -> Result<SlipOut, Failure> {
        let side = side.0.unwrap_or(MandateSide::Given);
        Ok(SlipOut::of(&slip::of(&app, &who.0, mandate_id.0, side, reason.0).await?))
    }

    /// Read the slip of a mandate as a PDF
    ///
    /// The same as `get_mandate_slip`, on sheets of A5. A letter that the fonts of every reader have not stands there without its mark.
    #[oai(path = "/mandates/:mandate_id/slip.pdf", method = "get", operation_id = "get_mandate_slip_pdf")]
    async fn slip_pdf(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        mandate_id: Path<MandateId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
        /// For whom it is printed: whose things it is about (`given`), also where it is left out, or who acts (`held`).
        side: Query<Option<MandateSide>>,
    ) -> Result<SlipPdfOut, Failure> {
        let side = side.0.unwrap_or(MandateSide::Given);
        Ok(SlipPdfOut::of(&slip::of(&app, &who.0, mandate_id.0, side, reason.0).await?))
    }

    /// Confirm an order of a court
    ///
    /// That a colleague wrote down: who confirms it has seen the order as well. From then on it holds, and both are told.
    #[oai(path = "/mandates/:mandate_id/confirm", method = "post", operation_id = "confirm_mandate")]
    async fn confirm(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        mandate_id: Path<MandateId>,
        /// Why the data are changed; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotConfirm>> {
        counter::confirm(&app, &who.0, (mandate_id.0, reason.0), &key.by(who.0.session)).await
    }

    /// End somebody's mandate
    ///
    /// Of whatever basis. From then on nobody acts by it, and both are told.
    #[oai(path = "/mandates/:mandate_id", method = "delete", operation_id = "end_resident_mandate")]
    async fn end(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        mandate_id: Path<MandateId>,
        /// Why the data are changed; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        counter::end(&app, &who.0, (mandate_id.0, reason.0), &key.by(who.0.session)).await
    }

    /// Block a parent
    ///
    /// Whom the register names, and who is not to act for the child: they see and do nothing for it any more, and are told nothing of it.
    /// What the register sends changes nothing of that. The parent is told. A visit to come that they booked for the child in their own name is the child's
    /// from then on, and for it alone: who acts for the child is told of it, and the parent that it is theirs no more. Look at the
    /// child's visits, and cancel those that are not to be.
    #[oai(path = "/residents/:resident_id/parents/:parent_id/block", method = "put", operation_id = "block_parent")]
    async fn block(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        parent_id: Path<ResidentId>,
        body: Body<ParentBlocking>,
    ) -> Result<(), Refused<ParentUnknown>> {
        let ParentBlocking { why, until_on, reason } = body.0;
        let blocking =
            Blocking { child: resident_id.0, parent: parent_id.0, why, until_on: until_on.map(Day::get), reason };
        counter::block(&app, &who.0, &blocking).await
    }

    /// End the block of a parent
    ///
    /// They act again by what the register says, and are told.
    #[oai(
        path = "/residents/:resident_id/parents/:parent_id/block",
        method = "delete",
        operation_id = "unblock_parent"
    )]
    async fn unblock(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        parent_id: Path<ResidentId>,
        /// Why the data are changed; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let pair = (parent_id.0, resident_id.0);
        counter::unblock(&app, &who.0, pair, reason.0, &key.by(who.0.session)).await
    }
}
