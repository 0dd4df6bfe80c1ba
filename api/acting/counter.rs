//! What staff do with mandates: give one at the counter with both present, write an order of a court down, confirm what a colleague wrote
//! down, end one, and block a parent whom the register names. Each is written down with its reason, in the trails of both.

use chrono::NaiveDate;

use super::{
    Shown, add, each_once, fits, held, may_be, may_have,
    model::{CannotConfirm, CannotHave, MandateSide, ParentsVisits},
    named,
    telling::{self, News},
};
use crate::{
    audit::{self, Act, Entry, Reason},
    identity::MandateId,
    inbox::{self, Plan},
    mandates::{
        self, MOST_HELD, Mandate, MandateBasis, MandateEnd, MandateMode, MandateNeedsColleague, MandateOver,
        MandateProof, MandateState, New, Pair, ParentUnknown, Scope, rules, store,
    },
    platform::{
        App,
        db::Write,
        idempotency::Idempotency,
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
        time::local_day,
    },
    residents::{self, BlockReason, BlockedParent},
    staff::Staff,
};

/// A mandate that staff write down.
pub struct Giving {
    /// Whose things it is about.
    pub grantor: ResidentId,
    /// Who does something with them.
    pub holder: ResidentId,
    /// By what; never as a parent.
    pub basis: MandateBasis,
    /// How far it goes.
    pub mode: MandateMode,
    /// What it is about.
    pub scope: Scope,
    /// Its first day, and its last.
    pub term: (NaiveDate, Option<NaiveDate>),
    /// The day that stands on what they saw.
    pub proof_on: Option<NaiveDate>,
    /// Why they act.
    pub reason: Reason,
}

/// Somebody's mandates, as staff see them.
pub struct OfResident {
    /// Those by which others act for them.
    pub given: Vec<Shown>,
    /// Those by which they act for others.
    pub held: Vec<Shown>,
    /// Parents who are blocked: theirs, or they themselves.
    pub blocked: Vec<BlockedParent>,
}

/// What staff saw, by the basis.
fn proof(basis: MandateBasis) -> MandateProof {
    match basis {
        MandateBasis::CourtPerson | MandateBasis::CourtGoods => MandateProof::Order,
        MandateBasis::CareProxy => MandateProof::CareProxy,
        MandateBasis::Given | MandateBasis::CounterOnce | MandateBasis::Parent => MandateProof::BothPresent,
    }
}

/// Gives a mandate at the counter; it holds at once, and both are told. One by an order of a court waits for a colleague.
///
/// # Errors
/// `not_found`, and what stands in the way of a mandate between the two; `body_invalid` for days that it cannot have.
pub async fn give(
    app: &App,
    who: &Staff,
    giving: &Giving,
    idempotency: &Idempotency,
) -> Result<MandateId, Refused<CannotHave>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let today = local_day(town.zone, now);
            let pair = (giving.holder, giving.grantor);
            fits(giving.basis, &giving.scope, giving.term, today)?;
            if giving.proof_on.is_some_and(|on| on > today) {
                return Err(Failure::field(Code::BodyInvalid, "proof_on", "is a day to come").into());
            }
            may_have(w, town, giving.basis, pair, today).await?;
            let id = MandateId(app.ids.uuid(now));
            let by_court = giving.basis.is_by_court();
            let new = New {
                id,
                grantor: giving.grantor,
                holder: giving.holder,
                basis: giving.basis,
                mode: giving.mode,
                scope: &giving.scope,
                term: giving.term,
                state: if by_court { MandateState::Proposed } else { MandateState::Active },
                proof: Some((proof(giving.basis), giving.proof_on)),
                made_by: Some((&who.name, who.id.0)),
            };
            add(w, town, &new, now).await?;
            if !by_court {
                let known = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
                telling::given(w, app, town, &known).await?;
            }
            let act = if by_court { Act::MandateProposed } else { Act::MandateGiven };
            note(w, app, who, (act, giving.reason), pair).await?;
            Ok(id)
        })
        .await
}

/// Confirms an order of a court that a colleague wrote down: from then on it holds, and both are told.
///
/// # Errors
/// `not_found`, `mandate_over`, `mandate_needs_colleague`, and what stands in the way of a mandate between the two by now.
pub async fn confirm(
    app: &App,
    who: &Staff,
    (id, reason): (MandateId, Reason),
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotConfirm>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let known = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let mandate = held(w, town, &known).await?;
            if mandate.state != MandateState::Proposed {
                return Err(MandateOver::refused().into());
            }
            if mandate.made_by_id == Some(who.id.0) {
                return Err(MandateNeedsColleague::refused().into());
            }
            let pair = (mandate.holder_id, mandate.grantor_id);
            // Who died or left since is found here: nothing is told to them, and it never holds.
            let today = local_day(town.zone, now);
            if rules::is_too_late(&mandate, town.zone, now) {
                return Err(MandateOver::refused().into());
            }
            may_be(w, town, mandate.basis, pair, today).await?;
            if !store::confirm(w, town.id, id, (&who.name, who.id.0), now).await? {
                return Err(MandateOver::refused().into());
            }
            telling::given(w, app, town, &mandate).await?;
            note(w, app, who, (Act::MandateConfirmed, reason), pair).await?;
            Ok(())
        })
        .await
}

/// Ends a mandate, of whatever basis. From then on nobody acts by it.
///
/// # Errors
/// `not_found`.
pub async fn end(
    app: &App,
    who: &Staff,
    (id, reason): (MandateId, Reason),
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let known = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let mandate = held(w, town, &known).await?;
            if !mandates::end(w, app, town, (id, MandateEnd::Staff), now).await? {
                // A second tap: it is over.
                return Ok(());
            }
            // Of what a colleague wrote down and nobody confirmed, the two know nothing.
            if mandate.state != MandateState::Proposed {
                telling::ended(w, app, town, &mandate, MandateEnd::Staff).await?;
            }
            let pair = (mandate.holder_id, mandate.grantor_id);
            note(w, app, who, (Act::MandateEnded, reason), pair).await?;
            Ok(())
        })
        .await
}

/// Somebody's mandates on both sides, the newest first, those that are over as well, and parents who are blocked.
///
/// # Errors
/// `not_found`.
pub async fn of_resident(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<OfResident, Failure> {
    let town = &who.town;
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let (mut given, mut held): (Vec<Mandate>, Vec<Mandate>) = (Vec::new(), Vec::new());
    // Each by itself, so that none that holds is missing for those that are over.
    for over in [false, true] {
        given.append(&mut store::of_grantor(&mut w, (town.id, id), over, MOST_HELD).await?);
        held.append(&mut store::of_holder(&mut w, (town.id, id), over, MOST_HELD).await?);
    }
    let (mut given, mut held) = (each_once(given), each_once(held));
    for all in [&mut given, &mut held] {
        all.sort_by_key(|mandate| std::cmp::Reverse((mandate.asked_at, mandate.id.0)));
    }
    let now = app.clock.now();
    let given = mandates::as_they_stand(&mut w, town, given, now).await?;
    let held = mandates::as_they_stand(&mut w, town, held, now).await?;
    let all = OfResident {
        given: named(&mut w, town, given, MandateSide::Given).await?,
        held: named(&mut w, town, held, MandateSide::Held).await?,
        blocked: residents::store::blocks(&mut w, town.id, id).await?,
    };
    audit::look(&mut w, app, who, Act::MandatesRead, (id, reason)).await?;
    w.commit().await?;
    Ok(all)
}

/// A parent of a child, whom staff block.
pub struct Blocking {
    /// The child.
    pub child: ResidentId,
    /// The parent.
    pub parent: ResidentId,
    /// Why they are not to act.
    pub why: BlockReason,
    /// The last day of it; none for no end.
    pub until_on: Option<NaiveDate>,
    /// Why staff act.
    pub reason: Reason,
}

/// Blocks a parent whom the register names: they see and do nothing for the child any more, and are told nothing of it. It holds until its
/// last day, whatever the register says, or until staff end it.
///
/// # Errors
/// `not_found`, `parent_unknown`; `body_invalid` for a day that is past.
pub async fn block(app: &App, who: &Staff, blocking: &Blocking) -> Result<(), Refused<ParentUnknown>> {
    let (town, now) = (&who.town, app.clock.now());
    let (child, parent) = (blocking.child, blocking.parent);
    if blocking.until_on.is_some_and(|until| until < local_day(town.zone, now)) {
        return Err(Failure::field(Code::BodyInvalid, "until_on", "is before today").into());
    }
    let mut w = app.db.write().await?;
    is_there(&mut w, who, child).await?;
    is_there(&mut w, who, parent).await?;
    // Whoever books for the child, or acts for it, comes before this or after it.
    let visits: &ParentsVisits = app.part();
    (visits.hold)(&mut w, town, parent).await?;
    residents::lock(&mut w, town, child).await?;
    let links = residents::parents_of(&mut w, town, &[child]).await?;
    if !links.iter().any(|link| link.parent == parent) {
        return Err(ParentUnknown::refused());
    }
    // One that is blocked already is blocked anew, and told nothing more.
    let told = mandates::is_parent(&mut w, town, (parent, child), now).await?;
    let by = (who.name.as_str(), who.id.0);
    residents::store::block(&mut w, town.id, (child, parent), (blocking.why, blocking.until_on, by), now).await?;
    (visits.give)(&mut w, app, town, (parent, child)).await?;
    if told {
        // A key of its own: it may be ended and begin again.
        // That they act for the child again is old news.
        inbox::take_back_under(&mut w, app, town, parent, &format!("parent unblocked {child} ")).await?;
        let key = format!("parent blocked {child} {}", now.timestamp_micros());
        let news = News { texts: "parent-blocked", why: None, key: &key, plan: Plan::Mandate };
        telling::tell(&mut w, app, town, (parent, child), &news).await?;
    }
    note(&mut w, app, who, (Act::ParentBlocked, blocking.reason), (parent, child)).await?;
    w.commit().await?;
    Ok(())
}

/// Ends that: the parent acts again by what the register says.
///
/// # Errors
/// `not_found`.
pub async fn unblock(
    app: &App,
    who: &Staff,
    (parent, child): Pair,
    reason: Reason,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let town = &who.town;
    idempotency
        .act(app, async |w, _| {
            is_there(w, who, child).await?;
            residents::lock(w, town, child).await?;
            if !residents::store::unblock(w, town.id, (child, parent)).await? {
                return Err(Failure::new(Code::NotFound));
            }
            telling::unblocked(w, app, town, (parent, child)).await?;
            note(w, app, who, (Act::ParentUnblocked, reason), (parent, child)).await?;
            Ok(())
        })
        .await
}

async fn is_there(w: &mut Write, who: &Staff, id: ResidentId) -> Result<(), Failure> {
    if residents::people(w, &who.town, &[id]).await?.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    Ok(())
}

/// Writes down what was done, in the trails of both.
async fn note(
    w: &mut Write,
    app: &App,
    who: &Staff,
    (act, reason): (Act, Reason),
    (holder, grantor): Pair,
) -> sqlx::Result<()> {
    let entries = [grantor, holder].map(|resident| Entry::about(act, resident, reason));
    audit::record(w, app, who, &entries).await
}
