//! How a mandate comes about and ends: asked for and answered in the app, given at the counter, written down from an order of a court by
//! one member of staff and confirmed by another, ended by either side, by staff, or by itself. The room `mandates` keeps them and says
//! what they give; here people are told.

pub mod counter;
pub mod model;
pub mod routes;
mod slip;
pub mod staff_routes;
mod telling;
pub mod value;
pub mod work;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rand::Rng as _;
use uuid::Uuid;

use crate::{
    audit::{self, Act, Actor, Entry},
    identity::{Citizen, CodeInvalid, MandateId},
    inbox::Plan,
    mandates::{
        self, MOST_GIVEN, MOST_HELD, Mandate, MandateBasis, MandateByCourt, MandateEnd, MandateExists, MandateInCircle,
        MandateLimit, MandateMode, MandateOfChild, MandateOver, MandateState, MandateToOneself, New, Pair, Scope,
        rules, store,
    },
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::{ResidentId, hashed},
        page::NameCursor,
        problem::{Code, CursorInvalid, Failure, Refusal as _, Refused},
        text::folded,
        time::local_day,
    },
    residents::{self, State},
};

use model::{CannotAccept, CannotAsk, CannotEnd, CannotHave, MandateSide};
use telling::News;

/// How long a code can be given.
const CODE: Duration = Duration::minutes(10);
/// Codes that are tried until one is nobody else's: one in a hundred million is.
const TRIES: usize = 3;
/// The name of the list, in its cursors.
const LIST: &str = "mandates";

fn hash(town: &str, code: &str) -> String {
    hashed(&format!("mandate {town} {code}"))
}

/// A mandate, and what the other of the two is called.
pub struct Shown {
    /// As it is stored.
    pub mandate: Mandate,
    /// Who the other is.
    pub other: ResidentId,
    /// What they are called.
    pub name: String,
}

/// What of somebody's mandates is wanted.
pub struct Wanted<'a> {
    /// Which.
    pub side: MandateSide,
    /// Whether those that are over are wanted, and no others.
    pub over: bool,
    /// A part of the other's name; none for all.
    pub search: Option<&'a str>,
    /// Behind which.
    pub cursor: Option<&'a str>,
    /// So many.
    pub limit: u32,
}

/// A child for whom a parent acts by what the register says.
pub struct Child {
    /// Who.
    pub id: ResidentId,
    /// What it is called.
    pub name: String,
    /// The day on which it comes of age.
    pub of_age_on: Option<NaiveDate>,
}

/// The citizen's mandates, by the name of the other, and the cursor of the next page.
///
/// # Errors
/// `cursor_invalid`.
pub async fn list(
    app: &App,
    who: &Citizen,
    wanted: &Wanted<'_>,
) -> Result<(Vec<Shown>, Option<String>), Refused<CursorInvalid>> {
    let after = wanted.cursor.map_or(Ok(NameCursor::BEGINNING), |cursor| NameCursor::read(LIST, cursor))?;
    let mut r = app.db.read().await?;
    let owner = (who.town.id, who.actor.0);
    let mut all = Vec::new();
    // What is over and not written down as that yet stands among those that are not.
    for over in [false, true].into_iter().filter(|over| !over || wanted.over) {
        all.append(&mut match wanted.side {
            MandateSide::Given => store::of_grantor(&mut r, owner, over, MOST_HELD).await?,
            MandateSide::Held => store::of_holder(&mut r, owner, over, MOST_HELD).await?,
        });
    }
    let mut all = mandates::as_they_stand(&mut r, &who.town, each_once(all), app.clock.now()).await?;
    all.retain(|mandate| mandate.is_over() == wanted.over);
    let mut shown = named(&mut r, &who.town, all, wanted.side).await?;
    let search = folded(wanted.search.unwrap_or_default().trim());
    let place = |one: &Shown| (folded(&one.name), one.mandate.id.0);
    shown.retain(|one| folded(&one.name).contains(&search) && place(one) > (after.name.clone(), after.id));
    shown.sort_by_cached_key(place);
    let more = shown.len() > wanted.limit as usize;
    shown.truncate(wanted.limit as usize);
    let next = shown.last().filter(|_| more).map(|one| {
        let (name, id) = place(one);
        NameCursor { name, id }.write(LIST)
    });
    Ok((shown, next))
}

/// Mandates of two statements, those that are open and then those that are over, each once: one that was written down as over between the two stands
/// in both, and is over.
fn each_once(mut all: Vec<Mandate>) -> Vec<Mandate> {
    let over: BTreeSet<Uuid> = all.iter().filter(|mandate| mandate.is_over()).map(|mandate| mandate.id.0).collect();
    all.retain(|mandate| mandate.is_over() || !over.contains(&mandate.id.0));
    all
}

/// What the other of each is called; who is not here any more has no name.
async fn named(r: &mut Read, town: &Municipality, all: Vec<Mandate>, side: MandateSide) -> sqlx::Result<Vec<Shown>> {
    let other = |mandate: &Mandate| match side {
        MandateSide::Given => mandate.holder_id,
        MandateSide::Held => mandate.grantor_id,
    };
    let ids: Vec<_> = all.iter().map(other).collect();
    let names: BTreeMap<_, _> = residents::names(r, town, &ids).await?;
    let one = |mandate: Mandate| {
        let other = other(&mandate);
        Shown { name: names.get(&other).cloned().unwrap_or_default(), mandate, other }
    };
    Ok(all.into_iter().map(one).collect())
}

/// The minor children for whom the citizen acts as a parent, by what the register says.
///
/// # Errors
/// The database.
pub async fn children(app: &App, who: &Citizen) -> Result<Vec<Child>, Failure> {
    let mut r = app.db.read().await?;
    let today = local_day(who.town.zone, app.clock.now());
    let family = residents::family(&mut r, &who.town, who.actor.0, today).await?;
    let child = |person: residents::Person| Child {
        id: person.id,
        name: person.call_name().to_owned(),
        of_age_on: person.birth_date.map(|born| residents::rules::birthday(born, 18)),
    };
    Ok(family.into_iter().filter(|person| person.id != who.actor.0).map(child).collect())
}

/// A code with which somebody else may ask the citizen for a mandate, and until when; the one before is good no more.
///
/// # Errors
/// The database.
pub async fn code(app: &App, who: &Citizen, idempotency: &Idempotency) -> Result<(String, DateTime<Utc>), Failure> {
    idempotency
        .act(app, async |w, now| {
            for _ in 0..TRIES {
                let code = format!("{:08}", app.ids.with(|rng| rng.random_range(0..100_000_000)));
                let kept = hash(&who.town.key, &code);
                if store::give_code(w, (who.town.id, who.actor.0), &kept, now + CODE).await? {
                    return Ok((code, now + CODE));
                }
            }
            Err(Failure::contended())
        })
        .await
}

/// What somebody asks for.
pub struct Asked {
    /// The code on the phone of who is to give it.
    pub code: String,
    /// What it is to be about.
    pub scope: Scope,
    /// How far it is to go.
    pub mode: MandateMode,
    /// Its last day.
    pub until_on: NaiveDate,
}

/// Asks for a mandate, with the code on the phone of who is to give it. They are told, and answer.
///
/// # Errors
/// `too_many_requests`, `code_invalid`, `mandate_to_oneself`, `mandate_of_child`, `mandate_in_circle`, `mandate_limit`,
/// `mandate_exists`; `body_invalid` for days that it cannot have.
pub async fn ask(
    app: &App,
    who: &Citizen,
    asked: &Asked,
    idempotency: &Idempotency,
) -> Result<MandateId, Refused<CannotAsk>> {
    let (town, holder) = (&who.town, who.actor.0);
    app.limits.count_claim(holder.0)?;
    idempotency
        .act(app, async |w, now| {
            let today = local_day(town.zone, now);
            fits(MandateBasis::Given, &asked.scope, (today, Some(asked.until_on)), today)?;
            let kept = hash(&town.key, &asked.code);
            let grantor = store::take_code(w, town.id, &kept, now).await?.ok_or_else(CodeInvalid::refused)?;
            may_have(w, town, MandateBasis::Given, (holder, grantor), today).await?;
            let id = MandateId(app.ids.uuid(now));
            let new = New {
                id,
                grantor,
                holder,
                basis: MandateBasis::Given,
                mode: asked.mode,
                scope: &asked.scope,
                term: (today, Some(asked.until_on)),
                state: MandateState::Asked,
                proof: None,
                made_by: None,
            };
            add(w, town, &new, now).await?;
            let key = format!("mandate {id} asked");
            // Whose code it is has the app in their hand.
            let news = News { texts: "mandate-asked", why: None, key: &key, plan: Plan::None };
            telling::tell(w, app, town, (grantor, holder), &news).await?;
            let entry = about(Act::MandateAsked, grantor);
            audit::record_of_holder(w, app, town, holder, &[entry]).await?;
            Ok(id)
        })
        .await
}

/// Accepts what was asked of the citizen: it holds from today on.
///
/// # Errors
/// `not_found`, `mandate_over`, and what stands in the way of a mandate between the two by now.
pub async fn accept(
    app: &App,
    who: &Citizen,
    id: MandateId,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotAccept>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let today = local_day(town.zone, now);
            let mandate = seized(w, who, id).await?;
            if mandate.grantor_id != who.actor.0 {
                return Err(Failure::new(Code::NotFound).into());
            }
            if mandate.state == MandateState::Active {
                // A double tap: it holds.
                return Ok(());
            }
            if mandate.state != MandateState::Asked || rules::is_too_late(&mandate, town.zone, now) {
                return Err(MandateOver::refused().into());
            }
            // It was open all the while, and so is counted already.
            may_be(w, town, mandate.basis, (mandate.holder_id, mandate.grantor_id), today).await?;
            if !store::accept(w, town.id, id, today, now).await? {
                return Err(MandateOver::refused().into());
            }
            let key = format!("mandate {id} accepted");
            let news = News { texts: "mandate-accepted", why: None, key: &key, plan: Plan::Mandate };
            telling::tell(w, app, town, (mandate.holder_id, mandate.grantor_id), &news).await?;
            let entry = about(Act::MandateAccepted, mandate.grantor_id);
            audit::record(w, app, Actor::app(app, town), &[entry]).await?;
            Ok(())
        })
        .await
}

/// Refuses what was asked of the citizen.
///
/// # Errors
/// `not_found`, `mandate_over`.
pub async fn refuse(
    app: &App,
    who: &Citizen,
    id: MandateId,
    idempotency: &Idempotency,
) -> Result<(), Refused<MandateOver>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let mandate = seized(w, who, id).await?;
            if mandate.grantor_id != who.actor.0 {
                return Err(Failure::new(Code::NotFound).into());
            }
            if mandate.state == MandateState::Refused {
                // A double tap.
                return Ok(());
            }
            if mandate.state != MandateState::Asked
                || rules::is_too_late(&mandate, town.zone, now)
                || !mandates::end(w, app, town, (id, MandateEnd::Refused), now).await?
            {
                return Err(MandateOver::refused());
            }
            let key = format!("mandate {id} refused");
            let news = News { texts: "mandate-refused", why: None, key: &key, plan: Plan::Mandate };
            telling::tell(w, app, town, (mandate.holder_id, mandate.grantor_id), &news).await?;
            let entry = about(Act::MandateRefused, mandate.grantor_id);
            audit::record(w, app, Actor::app(app, town), &[entry]).await?;
            Ok(())
        })
        .await
}

/// Ends a mandate of the citizen's, on either side, or takes back what they asked for. From then on nobody acts by it.
///
/// # Errors
/// `not_found`, `mandate_by_court`.
pub async fn end(app: &App, who: &Citizen, id: MandateId, idempotency: &Idempotency) -> Result<(), Refused<CannotEnd>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let mandate = seized(w, who, id).await?;
            if mandate.is_over() {
                // A second tap, or the other was faster: it is over, as they wanted.
                return Ok(());
            }
            if mandate.basis.is_by_court() {
                return Err(MandateByCourt::refused().into());
            }
            let by_holder = mandate.holder_id == who.actor.0;
            let why = if by_holder { MandateEnd::Withdrawn } else { MandateEnd::Revoked };
            if !mandates::end(w, app, town, (id, why), now).await? {
                return Err(MandateOver::refused().into());
            }
            telling::ended(w, app, town, &mandate, why).await?;
            let entry = about(Act::MandateEnded, mandate.grantor_id);
            if by_holder {
                audit::record_of_holder(w, app, town, mandate.holder_id, &[entry]).await?;
            } else {
                audit::record(w, app, Actor::app(app, town), &[entry]).await?;
            }
            Ok(())
        })
        .await
}

/// An entry about a mandate: whose things it is about. Which one it is the trail does not say, as it says nothing of passkeys.
fn about(act: Act, grantor: ResidentId) -> Entry {
    Entry { act, subject: None, resident: Some(grantor), reason: None, desk: None }
}

/// A mandate of the citizen's, on either side, as nobody else answers it, ends it or acts by it until this transaction ends.
///
/// # Errors
/// `not_found`.
async fn seized(w: &mut Write, who: &Citizen, id: MandateId) -> Result<Mandate, Failure> {
    let known = store::get_of(w, (who.town.id, id), who.actor.0).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    held(w, &who.town, &known).await
}

/// The same of one that is known: who acts by it holds the grantor, see [`again`](crate::mandates::again), and that comes first. Of the two both
/// are locked, in one order, see [`may_be`].
async fn held(w: &mut Write, town: &Municipality, known: &Mandate) -> Result<Mandate, Failure> {
    both(w, town, (known.holder_id, known.grantor_id)).await?;
    store::locked(w, town.id, known.id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Whether a mandate may have this scope and these days.
fn fits(
    basis: MandateBasis,
    scope: &Scope,
    (from, until): (NaiveDate, Option<NaiveDate>),
    today: NaiveDate,
) -> Result<(), Failure> {
    if !rules::is_seen(scope) {
        return Err(Failure::field(Code::BodyInvalid, "verbs", "must have `see` where it has `book`"));
    }
    rules::term(basis, from, until, today).map_err(|fault| {
        let (field, why) = fault.told();
        Failure::field(Code::BodyInvalid, field, why)
    })
}

/// Whether there may be a mandate between two, and they have room for one more.
async fn may_have(
    w: &mut Write,
    town: &Municipality,
    basis: MandateBasis,
    (holder, grantor): Pair,
    today: NaiveDate,
) -> Result<(), Refused<CannotHave>> {
    may_be(w, town, basis, (holder, grantor), today).await?;
    let (given, has) = store::open(w, town.id, (holder, grantor)).await?;
    if given >= MOST_GIVEN || has >= MOST_HELD {
        return Err(MandateLimit::refused().into());
    }
    Ok(())
}

/// Locks two in one order, so that nobody waits for one another in a ring: two who ask each other, or who answer what each asked.
async fn both(w: &mut Write, town: &Municipality, (holder, grantor): Pair) -> sqlx::Result<()> {
    for id in [holder.min(grantor), holder.max(grantor)] {
        residents::lock(w, town, id).await?;
    }
    Ok(())
}

/// Whether there may be a mandate between two. Both are locked until this transaction ends, so that what is counted of them stays so.
async fn may_be(
    w: &mut Write,
    town: &Municipality,
    basis: MandateBasis,
    (holder, grantor): Pair,
    today: NaiveDate,
) -> Result<(), Refused<CannotHave>> {
    if holder == grantor {
        return Err(MandateToOneself::refused().into());
    }
    both(w, town, (holder, grantor)).await?;
    let people = residents::people(w, town, &[holder, grantor]).await?;
    if people.iter().filter(|person| person.state == State::Active).count() < 2 {
        return Err(Failure::new(Code::NotFound).into());
    }
    if people.iter().any(|person| !rules::is_adult(person.birth_date, today)) {
        return Err(MandateOfChild::refused().into());
    }
    let back = store::coming(w, town.id, (grantor, holder), today).await?;
    if rules::is_circle(basis, back.iter().map(|mandate| mandate.basis)) {
        return Err(MandateInCircle::refused().into());
    }
    Ok(())
}

/// Writes a mandate down.
async fn add(w: &mut Write, town: &Municipality, new: &New<'_>, now: DateTime<Utc>) -> Result<(), Refused<CannotHave>> {
    if store::add(w, town.id, new, now).await? { Ok(()) } else { Err(MandateExists::refused().into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_between_two_statements_is_in_the_list_once_and_over() {
        let mandate = |id: u128, ended_at: Option<DateTime<Utc>>| Mandate { ended_at, ..Mandate::given(id) };
        let ended = Some(DateTime::UNIX_EPOCH);
        let read = vec![mandate(3, None), mandate(4, None), mandate(3, ended), mandate(5, ended)];
        let said: Vec<_> = each_once(read).iter().map(|one| (one.id.0.as_u128(), one.is_over())).collect();
        assert_eq!(said, [(4, false), (3, true), (5, true)]);
    }
}
