//! Who may do what for whom.
//!
//! A *mandate* lets its *holder* do something for its *grantor*: verbs (see, be told, book, ask) with kinds of things (documents, visits,
//! messages, cases). What a parent may do for a minor child follows from the register. A mandate is never passed on: whoever acts for
//! somebody does so by one that stands between the two, and has nothing of what that person may do for others.
//!
//! The promise: nobody does anything for somebody else but by what holds at that moment, nor sees anything but by what held a second before. The
//! access check ([`access`]) asks when a request comes, unless it found a moment ago what lets them look ([`KnownMandates`]), and whoever writes
//! asks [`again`] in the transaction that does it; ending a mandate waits for that transaction, or goes before it. What a holder sees and does
//! stands in the grantor's trail.

pub mod access;
mod known;
mod model;
pub mod rules;
pub(crate) mod store;
pub mod value;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    audit::{self, Act, Entry},
    identity::{Acting, Citizen, MandateId},
    municipalities::Municipality,
    platform::{
        App,
        access::{ACTING_FOR, MandateKind, MandateVerb},
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
        problem::{Code, Failure},
        time::local_day,
    },
    residents::{self, State, rules::is_minor},
};

pub use known::KnownMandates;
pub use model::{
    Mandate, MandateBasis, MandateByCourt, MandateEnd, MandateExists, MandateInCircle, MandateLimit, MandateMode,
    MandateNeedsColleague, MandateOfChild, MandateOver, MandateProof, MandateState, MandateToOneself, New,
    ParentUnknown, Scope,
};
pub use store::Pair;

/// Holders who are told what somebody is told; no more than may be open of one grantor.
pub const MOST_GIVEN: i64 = 20;
/// Mandates that one holder has: a professional administrator has some hundreds.
pub const MOST_HELD: i64 = 2_000;

/// By what a holder may do this for a grantor at this moment. The town, the two, and the instant say of whom and when. Where it
/// [assists](Acting::assists), what is done waits for the grantor's yes, and whoever cannot wait refuses it ([`only_assists`]).
///
/// # Errors
/// `mandate_missing`, the same whatever is missing.
pub async fn right(
    r: &mut Read,
    town: &Municipality,
    (holder, grantor): Pair,
    (verb, kind): (MandateVerb, MandateKind),
    now: DateTime<Utc>,
) -> Result<Acting, Failure> {
    Ok(right_and_look(r, town, (holder, grantor), (verb, kind), now).await?.0)
}

/// The same, and whether it is written down that they look at this kind of things today: most looks find that it is. A mandate says it as it is
/// read; for a parent, who has none, it is absent.
async fn right_and_look(
    r: &mut Read,
    town: &Municipality,
    (holder, grantor): Pair,
    (verb, kind): (MandateVerb, MandateKind),
    now: DateTime<Utc>,
) -> Result<(Acting, Option<bool>), Failure> {
    let today = local_day(town.zone, now);
    let rights = store::rights(r, town.id, (holder, grantor), kind, today).await?;
    let is_noted = rights.first().map(|right| right.looked_on.is_some_and(|on| on >= today));
    let mut assists = None;
    for mandate in rights {
        match rules::says(&mandate.scope(), mandate.mode, verb, kind) {
            rules::Says::Yes => {
                return Ok((Acting { mandate: Some(mandate.id), verb, kind, assists: false }, is_noted));
            }
            rules::Says::Assists => assists = assists.or(Some(mandate.id)),
            rules::Says::Nothing => {}
        }
    }
    if rules::of_parent().has(verb, kind) && is_parent(r, town, (holder, grantor), now).await? {
        return Ok((Acting { mandate: None, verb, kind, assists: false }, is_noted));
    }
    match assists {
        Some(mandate) => Ok((Acting { mandate: Some(mandate), verb, kind, assists: true }, is_noted)),
        None => Err(Failure::field(Code::MandateMissing, ACTING_FOR, "names nobody for whom this may be done")),
    }
}

/// The refusal of what who assists does not do, and nobody says yes to.
pub fn only_assists() -> Failure {
    Failure::detail(Code::MandateMissing, "the mandate is one to assist: the citizen does this themselves")
}

/// Whose yes it is that something waits for, and by which mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yes {
    /// The mandate to assist.
    pub mandate: MandateId,
    /// Who says yes or no.
    pub answerer: ResidentId,
    /// When that mandate ends by its last day; none for no end.
    pub mandate_ends: Option<DateTime<Utc>>,
}

/// Whose yes it waits for what a citizen books or moves at this moment; none where it needs none. Who assists waits for whose things these are;
/// who has an administrator of a court who assists, and does it themselves, waits for that administrator.
///
/// # Errors
/// `mandate_missing`; the database.
pub async fn yes_needed(r: &mut Read, app: &App, who: &Citizen) -> Result<Option<Yes>, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let subject = who.subject.0;
    if let Some(acting) = who.acting {
        if !acting.assists {
            return Ok(None);
        }
        // Another may have been given meanwhile.
        let right = right(r, town, (who.actor.0, subject), (acting.verb, acting.kind), now).await?;
        let Some(mandate) = right.mandate.filter(|_| right.assists) else { return Ok(None) };
        if !settles(r, town, (who.actor.0, subject), now).await? {
            // The yes of whose things these are would not do. Where they book themselves, their administrator is asked.
            return Err(only_assists());
        }
        let until_on = store::get(r, town.id, mandate).await?.and_then(|mandate| mandate.until_on);
        return Ok(Some(Yes { mandate, answerer: subject, mandate_ends: rules::ends_at(town.zone, until_on) }));
    }
    Ok(co_signers(r, town, subject, now).await?.first().copied())
}

/// The administrators of a court who assist somebody, and co-sign what they do themselves.
async fn co_signers(
    r: &mut Read,
    town: &Municipality,
    subject: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Yes>> {
    let all = store::active_of(r, (town.id, subject), local_day(town.zone, now), MOST_GIVEN).await?;
    let mut signers = Vec::new();
    for mandate in all.iter().filter(|mandate| rules::co_signs(mandate.basis, mandate.mode, &mandate.scope())) {
        // Who has died or moved away co-signs nothing.
        let pair = (mandate.holder_id, subject);
        if runs(r, town, (mandate.id, pair), now).await? {
            let mandate_ends = rules::ends_at(town.zone, mandate.until_on);
            signers.push(Yes { mandate: mandate.id, answerer: mandate.holder_id, mandate_ends });
        }
    }
    Ok(signers)
}

/// Whether what one who assists asks for is settled by the yes of whose things these are: nobody else has to co-sign it.
///
/// # Errors
/// The database.
pub async fn settles(
    r: &mut Read,
    town: &Municipality,
    (helper, grantor): Pair,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let signers = co_signers(r, town, grantor, now).await?;
    Ok(signers.is_empty() || signers.iter().any(|yes| yes.answerer == helper))
}

/// Whether a mandate to assist with booking holds at this moment between two who are both here.
///
/// # Errors
/// The database.
pub async fn runs(
    r: &mut Read,
    town: &Municipality,
    (id, pair): (MandateId, Pair),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let all = store::between(r, town.id, pair, local_day(town.zone, now)).await?;
    Ok(all.iter().any(|mandate| mandate.id == id && mandate.scope().has(MandateVerb::Book, MandateKind::Visits)))
}

/// These mandates as they stand at this moment: what is over is so, whether or not that is written down yet (see [`rules::as_it_stands`]).
///
/// # Errors
/// The database.
pub async fn as_they_stand(
    r: &mut Read,
    town: &Municipality,
    all: Vec<Mandate>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Mandate>> {
    let open = all.iter().filter(|mandate| !mandate.is_over());
    let ids: BTreeSet<ResidentId> = open.flat_map(|mandate| [mandate.grantor_id, mandate.holder_id]).collect();
    let people = residents::people(r, town, &ids.into_iter().collect::<Vec<_>>()).await?;
    let here: BTreeSet<ResidentId> = people.iter().filter(|p| p.state == State::Active).map(|p| p.id).collect();
    let one = |mandate: Mandate| {
        let both = here.contains(&mandate.grantor_id) && here.contains(&mandate.holder_id);
        rules::as_it_stands(mandate, both, town.zone, now)
    };
    Ok(all.into_iter().map(one).collect())
}

/// Whether the register names the one as a parent of the other, a minor child, at this moment; both live here, and staff have not blocked
/// it.
///
/// # Errors
/// The database.
pub async fn is_parent(
    r: &mut Read,
    town: &Municipality,
    (parent, child): Pair,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let today = local_day(town.zone, now);
    let links = residents::parents_of(r, town, &[child]).await?;
    if !links.iter().any(|link| link.parent == parent && link.current) {
        return Ok(false);
    }
    let people = residents::people(r, town, &[parent, child]).await?;
    let here = |id| people.iter().find(|p| p.id == id && p.state == State::Active);
    Ok(here(parent).is_some() && here(child).is_some_and(|child| is_minor(child.birth_date, today)))
}

/// Reads again, in the caller's transaction, by what a citizen acts for somebody else; nothing to read where they act for themselves. Until
/// that transaction ends nobody ends the mandate, as who does locks the same person. Call it before anything of theirs is locked.
///
/// # Errors
/// `mandate_missing`.
pub async fn again(w: &mut Write, app: &App, who: &Citizen) -> Result<(), Failure> {
    let Some(acting) = who.acting else { return Ok(()) };
    residents::lock(w, &who.town, who.subject.0).await?;
    let pair = (who.actor.0, who.subject.0);
    let right = right(w, &who.town, pair, (acting.verb, acting.kind), app.clock.now()).await?;
    // Who acted in their place a moment ago, and assists now, did not ask.
    if right.assists && !acting.assists { Err(only_assists()) } else { Ok(()) }
}

/// Ends a mandate, in the caller's transaction; false where it is over already. Once that is committed, nobody looks at anything by it.
///
/// # Errors
/// The database.
pub async fn end(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (id, why): (MandateId, MandateEnd),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let known = app.part::<KnownMandates>().clone();
    w.afterwards(move || known.ended());
    store::end(w, town.id, id, why, now).await
}

/// Writes down, in the caller's transaction, what somebody did for somebody else; nothing where they did it for themselves.
///
/// # Errors
/// The database.
pub async fn note(w: &mut Write, app: &App, who: &Citizen, act: Act, subject: Option<Uuid>) -> sqlx::Result<()> {
    if who.acting.is_none() {
        return Ok(());
    }
    let entry = Entry { act, subject, resident: Some(who.subject.0), reason: None, desk: None };
    audit::record_of_holder(w, app, &who.town, who.actor.0, &[entry]).await
}

/// Whether it is written down that a parent looks at a kind of a child's things today.
async fn is_noted(
    r: &mut Read,
    town: &Municipality,
    pair: Pair,
    kind: MandateKind,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let today = local_day(town.zone, now);
    Ok(store::looked_on(r, town.id, pair, kind).await?.is_some_and(|on| on >= today))
}

/// Writes down that somebody looks at a kind of things of somebody else: once a day of the town's calendar, in a transaction of its own,
/// before they are shown.
async fn note_look(app: &App, who: &Citizen, acting: Acting) -> Result<(), Failure> {
    let (town, pair) = (&who.town, (who.actor.0, who.subject.0));
    let today = local_day(town.zone, app.clock.now());
    let act = match acting.kind {
        MandateKind::Documents => Act::DocumentsRead,
        MandateKind::Visits => Act::VisitsRead,
        MandateKind::Messages => Act::MessagesRead,
        // Nothing shows any yet.
        MandateKind::Cases => return Ok(()),
    };
    let mut w = app.db.write().await?;
    again(&mut w, app, who).await?;
    if store::look(&mut w, town.id, pair, acting.kind, today).await? {
        note(&mut w, app, who, act, None).await?;
    }
    w.commit_preparation().await?;
    Ok(())
}

/// Who is told beside somebody, by a mandate that holds today: whoever is told of their messages, and of news of a kind whoever is told of that
/// kind. Beside each stands by which, and whether they see what it is about; who has both reads the message.
///
/// # Errors
/// The database.
pub async fn told_beside(
    r: &mut Read,
    town: &Municipality,
    grantor: ResidentId,
    news_of: Option<MandateKind>,
    now: DateTime<Utc>,
) -> sqlx::Result<BTreeMap<ResidentId, (MandateKind, bool)>> {
    let all = store::active_of(r, (town.id, grantor), local_day(town.zone, now), MOST_GIVEN).await?;
    let mut holders = BTreeMap::new();
    for kind in news_of.into_iter().chain([MandateKind::Messages]) {
        let who = |verb| all.iter().filter(move |m| m.scope().has(verb, kind)).map(|m| m.holder_id);
        let see: BTreeSet<ResidentId> = who(MandateVerb::See).collect();
        for holder in who(MandateVerb::BeTold) {
            let sees = see.contains(&holder);
            // What they see is told rather than that they may not see it.
            if sees || !holders.get(&holder).is_some_and(|(_, sees)| *sees) {
                holders.insert(holder, (kind, sees));
            }
        }
    }
    Ok(holders)
}

/// Of some pairs of a holder and a grantor, each with a kind of things, or any: those of whom the first is told of that beside the second today, by a
/// mandate or as a parent of a minor child. Who is told of messages is told of each.
///
/// # Errors
/// The database.
pub async fn are_told_beside(
    r: &mut Read,
    town: &Municipality,
    asked: &BTreeSet<(Pair, Option<MandateKind>)>,
    now: DateTime<Utc>,
) -> sqlx::Result<BTreeSet<(Pair, Option<MandateKind>)>> {
    let today = local_day(town.zone, now);
    let grantors: Vec<ResidentId> =
        asked.iter().map(|((_, grantor), _)| *grantor).collect::<BTreeSet<_>>().into_iter().collect();
    let people = residents::people(r, town, &grantors).await?;
    let here: Vec<_> = people.into_iter().filter(|person| person.state == State::Active).collect();
    let ids: Vec<ResidentId> = here.iter().map(|person| person.id).collect();
    let mut scopes: BTreeMap<Pair, Vec<Scope>> = BTreeMap::new();
    for (holder, grantor, verbs, kinds) in store::scopes_of(r, town.id, today, &ids).await? {
        scopes.entry((holder, grantor)).or_default().push(Scope::read(&verbs, &kinds));
    }
    let minors: Vec<ResidentId> =
        here.iter().filter(|person| is_minor(person.birth_date, today)).map(|person| person.id).collect();
    for link in residents::parents_of(r, town, &minors).await?.iter().filter(|link| link.current) {
        scopes.entry((link.parent, link.child)).or_default().push(rules::of_parent());
    }
    let is_told = |(pair, kind): &&(Pair, Option<MandateKind>)| {
        let tells = |scope: &Scope| match kind {
            None => scope.verbs.contains(&MandateVerb::BeTold),
            Some(kind) => [*kind, MandateKind::Messages].iter().any(|kind| scope.has(MandateVerb::BeTold, *kind)),
        };
        scopes.get(pair).is_some_and(|scopes| scopes.iter().any(tells))
    };
    Ok(asked.iter().filter(is_told).copied().collect())
}

/// The parents who are told of a minor child's visits, by what the register says at this moment.
///
/// # Errors
/// The database.
pub async fn parents_told(
    r: &mut Read,
    town: &Municipality,
    child: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<ResidentId>> {
    let mut parents = Vec::new();
    if rules::of_parent().has(MandateVerb::BeTold, MandateKind::Visits) {
        for link in residents::parents_of(r, town, &[child]).await?.iter().filter(|link| link.current) {
            if is_parent(r, town, (link.parent, child), now).await? {
                parents.push(link.parent);
            }
        }
    }
    Ok(parents)
}

/// Erases all of somebody's, on either side.
///
/// # Errors
/// The database.
pub async fn erase(w: &mut Write, town: MunicipalityId, id: ResidentId) -> sqlx::Result<u64> {
    store::erase(w, town, id).await
}
