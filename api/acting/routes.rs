//! `/v1/mandates`: a citizen lets somebody act for them, and acts for somebody.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    Asked, Child, Shown, Wanted,
    model::{CannotAccept, CannotAsk, CannotEnd, MandateSide},
};
use crate::{
    identity::{MandateId, access::Private},
    mandates::{MandateBasis, MandateEnd, MandateMode, MandateOver, MandateState, Scope},
    platform::{
        App,
        access::{MandateKind, MandateVerb},
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        page,
        problem::{CursorInvalid, Failure, Refused},
        values::{Day, Timestamp},
    },
};

/// A mandate.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MandateOut {
    /// The id of the mandate, a UUID.
    id: MandateId,
    /// The id of the other of the two. Where the citizen acts for them, `Acting-For` takes it.
    resident_id: ResidentId,
    /// What the other is called: the first given name and the family name; empty for who is in the register no more.
    name: String,
    /// By what one acts for the other.
    basis: MandateBasis,
    /// How far it goes.
    mode: MandateMode,
    /// What may be done, each of them with each of `kinds`.
    verbs: Vec<MandateVerb>,
    /// The kinds of things that the holder may do it with.
    kinds: Vec<MandateKind>,
    /// The first day on which it holds.
    from_on: NaiveDate,
    /// Its last day; absent for no end.
    until_on: Option<NaiveDate>,
    /// How it stands. It gives something while it is `active`, from its first day to its last.
    state: MandateState,
    /// When it was asked for or written down, an instant in UTC.
    asked_at: Timestamp,
    /// When it was accepted, given or confirmed, an instant in UTC; absent where it was not.
    accepted_at: Option<Timestamp>,
    /// When it was over, an instant in UTC; absent where it is not.
    ended_at: Option<Timestamp>,
    /// Why it is over; absent where it is not.
    ended_why: Option<MandateEnd>,
}

impl From<Shown> for MandateOut {
    fn from(Shown { mandate, other, name }: Shown) -> Self {
        let Scope { verbs, kinds } = mandate.scope();
        Self {
            id: mandate.id,
            resident_id: other,
            name,
            basis: mandate.basis,
            mode: mandate.mode,
            verbs: verbs.into_iter().collect(),
            kinds: kinds.into_iter().collect(),
            from_on: mandate.from_on,
            until_on: mandate.until_on,
            state: mandate.state,
            asked_at: mandate.asked_at.into(),
            accepted_at: mandate.accepted_at.map(Timestamp::from),
            ended_at: mandate.ended_at.map(Timestamp::from),
            ended_why: mandate.ended_why,
        }
    }
}

/// A minor child for whom the citizen acts as a parent, by what the register says.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MandateChildOut {
    /// The id of the child, which `Acting-For` takes.
    resident_id: ResidentId,
    /// The first name of the child.
    name: String,
    /// What the citizen may do, each of them with each of `kinds`.
    verbs: Vec<MandateVerb>,
    /// The kinds of things that the holder may do it with.
    kinds: Vec<MandateKind>,
    /// The day on which the child comes of age, and this ends; absent where the register knows no birth date.
    of_age_on: Option<NaiveDate>,
}

impl From<Child> for MandateChildOut {
    fn from(child: Child) -> Self {
        let Scope { verbs, kinds } = crate::mandates::rules::of_parent();
        Self {
            resident_id: child.id,
            name: child.name,
            verbs: verbs.into_iter().collect(),
            kinds: kinds.into_iter().collect(),
            of_age_on: child.of_age_on,
        }
    }
}

/// A page of the citizen's mandates.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MandatePage {
    /// The mandates of this page, by the name of the other.
    mandates: Vec<MandateOut>,
    /// The citizen's minor children, on the first page of those that they hold; empty on all others.
    children: Vec<MandateChildOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// A code with which somebody asks the citizen for a mandate.
#[derive(Object)]
pub struct MandateCodeOut {
    /// Eight digits, to be told to who is to act for the citizen. It is good once.
    code: String,
    /// Until when it is good, an instant in UTC.
    expires_at: Timestamp,
}

/// What somebody would do for the citizen who told them a code.
#[derive(Object, Deserialize)]
pub struct MandateAsk {
    /// The code, eight digits.
    #[oai(validator(min_length = 8, max_length = 8, pattern = "^[0-9]+$"))]
    code: String,
    /// What they would do, each of them with each of `kinds`.
    #[oai(validator(min_items = 1, max_items = 4))]
    verbs: Vec<MandateVerb>,
    /// The kinds of things that the holder may do it with.
    #[oai(validator(min_items = 1, max_items = 4))]
    kinds: Vec<MandateKind>,
    /// How far it is to go. With a mandate to assist, what the helper books or moves waits for the citizen's yes (`list_deeds`).
    mode: MandateMode,
    /// Its last day, at most 24 months from today. It begins when it is accepted.
    until_on: Day,
}

/// A mandate that was asked for.
#[derive(Object)]
pub struct MandateAskedOut {
    /// The id of the mandate, a UUID.
    id: MandateId,
}

/// Operations on mandates.
#[derive(Default)]
pub struct MandatesApi;

#[OpenApi(prefix_path = "/v1/mandates")]
impl MandatesApi {
    /// List my mandates
    ///
    /// Those by which others act for the citizen, or those by which the citizen acts for others; by the name of the other, twenty a page if
    /// not asked otherwise. Those that were asked for and not answered are among them.
    #[oai(path = "/", method = "get", operation_id = "list_mandates")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the operation")]
    async fn list(
        &self,
        app: Data<&App>,
        who: Private,
        /// Which of them; left out, those by which others act for the citizen.
        side: Query<Option<MandateSide>>,
        /// A part of the other's name.
        #[oai(validator(min_length = 1, max_length = 100))]
        search: Query<Option<String>>,
        /// True for those that are over, and no others.
        over: Query<Option<bool>>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 2000))]
        cursor: Query<Option<String>>,
        /// Mandates on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<MandatePage>, Refused<CursorInvalid>> {
        let wanted = Wanted {
            side: side.0.unwrap_or(MandateSide::Given),
            over: over.0.unwrap_or(false),
            search: search.0.as_deref(),
            cursor: cursor.0.as_deref(),
            limit: limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT),
        };
        let (all, next_cursor) = super::list(&app, &who.0, &wanted).await?;
        let is_first = wanted.cursor.is_none() && wanted.search.is_none() && !wanted.over;
        let children = if wanted.side == MandateSide::Held && is_first {
            super::children(&app, &who.0).await?
        } else {
            Vec::new()
        };
        Ok(Json(MandatePage {
            mandates: all.into_iter().map(MandateOut::from).collect(),
            children: children.into_iter().map(MandateChildOut::from).collect(),
            next_cursor,
        }))
    }

    /// Make a code for who is to act for me
    ///
    /// The other enters it in their app with `ask_mandate`; then the citizen accepts or refuses what they ask for. A new one takes the
    /// place of the one before.
    #[oai(path = "/code", method = "post", operation_id = "create_mandate_code")]
    async fn code(
        &self,
        app: Data<&App>,
        who: Private,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<MandateCodeOut>, Failure> {
        let (code, expires_at) = super::code(&app, &who.0, &key.by(who.0.session)).await?;
        Ok(Json(MandateCodeOut { code, expires_at: expires_at.into() }))
    }

    /// Ask to act for somebody
    ///
    /// With the code on their phone. They are told, and it holds when they accept; for two weeks they may. Ten tries an hour.
    #[oai(path = "/", method = "post", operation_id = "ask_mandate")]
    async fn ask(
        &self,
        app: Data<&App>,
        who: Private,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<MandateAsk>,
    ) -> Result<Json<MandateAskedOut>, Refused<CannotAsk>> {
        let MandateAsk { code, verbs, kinds, mode, until_on } = body.0;
        let asked = Asked { code, scope: Scope::new(verbs, kinds), mode, until_on: until_on.get() };
        let id = super::ask(&app, &who.0, &asked, &key.by(who.0.session)).await?;
        Ok(Json(MandateAskedOut { id }))
    }

    /// Accept that somebody acts for me
    ///
    /// It holds at once, and they are told.
    #[oai(path = "/:mandate_id/accept", method = "post", operation_id = "accept_mandate")]
    async fn accept(
        &self,
        app: Data<&App>,
        who: Private,
        mandate_id: Path<MandateId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotAccept>> {
        super::accept(&app, &who.0, mandate_id.0, &key.by(who.0.session)).await
    }

    /// Refuse that somebody acts for me
    ///
    /// They are told.
    #[oai(path = "/:mandate_id/refuse", method = "post", operation_id = "refuse_mandate")]
    async fn refuse(
        &self,
        app: Data<&App>,
        who: Private,
        mandate_id: Path<MandateId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<MandateOver>> {
        super::refuse(&app, &who.0, mandate_id.0, &key.by(who.0.session)).await
    }

    /// End a mandate
    ///
    /// Either of the two may, and who asked for it takes it back so. From then on nobody acts by it; what was booked stays booked. Both are
    /// told. One by an order of a court is ended by staff.
    #[oai(path = "/:mandate_id", method = "delete", operation_id = "end_mandate")]
    async fn end(
        &self,
        app: Data<&App>,
        who: Private,
        mandate_id: Path<MandateId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotEnd>> {
        super::end(&app, &who.0, mandate_id.0, &key.by(who.0.session)).await
    }
}
