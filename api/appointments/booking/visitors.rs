//! Visitors who are not in the register: who they are, as the counter keeps it, and the visit that one of them makes their own in the app
//! later, by two facts that they know.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use futures_util::future::BoxFuture;

use super::{
    agenda::{by_reference, read_code},
    rules::{knows, renamed},
    store::{self, visitors::Kept},
    subjects::{self, Owner, Told},
};
use crate::{
    appointments::{
        blocked,
        catalogue::known::Catalogue,
        model::{AppointmentId, Booker, Claim, DoneIn, NothingToClaim, Subject, Visit, VisitState, Visitor},
        notices::{Said, VisitNotice, tell},
        placing,
    },
    audit::{self, Act, Actor, Entry, Reason},
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::ResidentId,
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
        reach,
        time::{instant, local_day},
    },
    residents,
    staff::{self, Staff},
};

/// From whom, if it was somebody's, and to whom.
pub type FromTo = (Option<ResidentId>, ResidentId);

/// Gives the turns of a visit, for which somebody may wait already, to whose visit it is now. The room that has the queue comes after this
/// one and says how.
#[derive(Clone, Copy)]
pub struct GiveTurns(
    pub for<'a> fn(&'a mut Write, &'a App, &'a Municipality, AppointmentId, FromTo) -> BoxFuture<'a, sqlx::Result<()>>,
);

/// How a visitor is reached, as it was said.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Their telephone number; empty where it is not said.
    pub phone: String,
    /// Their e-mail address; empty where it is not said.
    pub email: String,
    /// Their birth date.
    pub birth_date: Option<NaiveDate>,
}

/// A visitor in the form in which they are kept. `prefix` is what the names of the fields begin with.
///
/// # Errors
/// `body_invalid` for what is no number, no address, or a birth date to come.
pub fn read(
    town: &Municipality,
    name: &str,
    facts: &Facts,
    prefix: &str,
    now: DateTime<Utc>,
) -> Result<Visitor, Failure> {
    let field = |name: &str, why: &str| Failure::field(Code::BodyInvalid, &format!("{prefix}{name}"), why);
    let said = |text: &str, read: fn(&str) -> Option<String>| match text.trim() {
        "" => Some(String::new()),
        text => read(text),
    };
    if facts.birth_date.is_some_and(|day| day > local_day(town.zone, now)) {
        return Err(field("birth_date", "must not lie ahead"));
    }
    Ok(Visitor {
        name: name.trim().to_owned(),
        phone: said(&facts.phone, reach::telephone).ok_or_else(|| field("phone", "must be a telephone number"))?,
        email: said(&facts.email, reach::email).ok_or_else(|| field("email", "must be an e-mail address"))?,
        birth_date: facts.birth_date,
    })
}

/// Who comes to a visit of nobody of the register.
///
/// # Errors
/// `not_found`, also for a visit of somebody of the register.
pub async fn get(app: &App, who: &Staff, id: AppointmentId, reason: Reason) -> Result<Kept, Failure> {
    let mut w = app.db.write().await?;
    let kept = store::visitors::visitor(&mut w, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    note_look(&mut w, app, who, (id, reason)).await?;
    w.commit().await?;
    Ok(kept)
}

/// Writes down that a member of staff looked at these visitors: once a visit and a day of the town's calendar. A look first: the same again
/// writes nothing, and waits for nobody.
pub(in crate::appointments) async fn note_looks(
    app: &App,
    who: &Staff,
    visits: &[AppointmentId],
    reason: Reason,
) -> sqlx::Result<()> {
    if unnoted(&mut app.db.read().await?, app, who, visits).await?.is_empty() {
        return Ok(());
    }
    let mut w = app.db.write().await?;
    // Of two loads at once one writes, and the other finds it written.
    staff::lock(&mut w, who.id).await?;
    let new = unnoted(&mut w, app, who, visits).await?;
    let entries: Vec<_> = new.into_iter().map(|visit| entry(Act::VisitRead, visit, reason)).collect();
    audit::record(&mut w, app, who, &entries).await?;
    w.commit().await
}

/// At which of these visits a member of staff did not look today.
async fn unnoted(r: &mut Read, app: &App, who: &Staff, visits: &[AppointmentId]) -> sqlx::Result<Vec<AppointmentId>> {
    let subjects: Vec<_> = visits.iter().map(|visit| visit.0).collect();
    let noted = audit::did_to(r, who, Act::VisitRead, &subjects, today(app, who)).await?;
    Ok(visits.iter().copied().filter(|visit| !noted.contains(&visit.0)).collect())
}

/// Since when a look counts as today's.
fn today(app: &App, who: &Staff) -> DateTime<Utc> {
    instant(who.town.zone, local_day(who.town.zone, app.clock.now()), NaiveTime::MIN)
}

/// Writes down that a member of staff looked at a visitor: once a visit and a day of the town's calendar.
pub(super) async fn note_look(
    w: &mut Write,
    app: &App,
    who: &Staff,
    (visit, reason): (AppointmentId, Reason),
) -> sqlx::Result<()> {
    let since = today(app, who);
    // Of two loads at once one writes, and the other finds it written.
    staff::lock(w, who.id).await?;
    if audit::did(w, who, Act::VisitRead, visit.0, since).await? {
        return Ok(());
    }
    audit::record(w, app, who, &[entry(Act::VisitRead, visit, reason)]).await
}

fn entry(act: Act, visit: AppointmentId, reason: Reason) -> Entry {
    Entry { act, subject: Some(visit.0), resident: None, reason: Some(reason.into()), desk: None }
}

/// Puts right who comes to a visit. What is kept already is kept, whatever version it is said to be.
///
/// # Errors
/// `not_found`, `edited_meanwhile`.
pub async fn edit(
    app: &App,
    who: &Staff,
    id: AppointmentId,
    (visitor, version): (&Visitor, i64),
    reason: Reason,
) -> Result<Kept, Refused<EditedMeanwhile>> {
    let (town, now) = (&who.town, app.clock.now());
    let gone = || Failure::new(Code::NotFound);
    let mut w = app.db.write().await?;
    let visit = placing::seized(&mut w, town, id).await?.ok_or_else(gone)?;
    let known = store::visitors::visitor(&mut w, town.id, id).await?.ok_or_else(gone)?;
    if known.visitor == *visitor {
        // A double press: it is so.
        return Ok(known);
    }
    let subjects = renamed(&visit.subjects, &known.visitor.name, &visitor.name);
    if !store::visitors::set_visitor(&mut w, (town.id, id), (visitor, &subjects), (version, now)).await? {
        return Err(EditedMeanwhile::refused());
    }
    audit::record(&mut w, app, who, &[entry(Act::VisitorEdited, id, reason)]).await?;
    w.commit().await?;
    Ok(Kept { visitor: visitor.clone(), version: version + 1 })
}

/// Makes a visit that was booked for a visitor the citizen's own: who says its reference, and the birth date that was given at the counter
/// (or the telephone number, where no birth date was given), is who comes. What is wrong is not told.
///
/// # Errors
/// `nothing_to_claim`; `too_many_requests` for who tries again and again.
pub async fn claim(
    app: &App,
    who: &Citizen,
    claim: &Claim,
    idempotency: &Idempotency,
) -> Result<Visit, Refused<NothingToClaim>> {
    app.limits.count_claim(who.subject.0.0)?;
    let town = &who.town;
    let id = idempotency.act(app, async |w, now| claim_once(w, app, who, claim, now).await).await?;
    let mut r = app.db.read().await.map_err(Failure::from)?;
    let own = store::get_own(&mut r, town.id, id, who.subject.0).await.map_err(Failure::from)?;
    own.ok_or_else(NothingToClaim::refused)
}

async fn claim_once(
    w: &mut Write,
    app: &App,
    who: &Citizen,
    claim: &Claim,
    now: DateTime<Utc>,
) -> Result<AppointmentId, Refused<NothingToClaim>> {
    let (town, resident) = (&who.town, who.subject.0);
    // As everybody who writes what is theirs: first who they are.
    placing::person(w, town, resident).await?;
    // Of another town's code there is none here.
    let reference = read_code(town, &claim.reference).unwrap_or_default();
    let is_theirs = |v: &Visit| v.resident_id == Some(resident) && v.state == VisitState::Booked;
    if let Some(known) = by_reference(w, town, &reference).await?.filter(is_theirs) {
        if blocked::is_from_owner(w, town, &known).await? {
            return Err(NothingToClaim::refused());
        }
        // A double tap: they see it among theirs.
        return Ok(known.id);
    }
    let found = store::visitors::claimable(w, town.id, &reference, now).await?;
    let Some((id, _)) = found.filter(|(_, visitor)| knows(visitor, claim)) else {
        return Err(NothingToClaim::refused());
    };
    let visit = store::get(w, town.id, id).await?.ok_or_else(NothingToClaim::refused)?;
    let catalogue = Catalogue::of(app, w, town).await?;
    let (companions, subjects) = whom_for(w, app, who, &catalogue, &visit).await?;
    if !store::visitors::claim_visit(w, (town.id, resident), &visit, (&companions, &subjects), now).await? {
        return Err(NothingToClaim::refused());
    }
    let give_turns: &GiveTurns = app.part();
    (give_turns.0)(w, app, town, id, (None, resident)).await?;
    let visit = store::get(w, town.id, id).await?.ok_or_else(NothingToClaim::refused)?;
    let said = Said { done_in: Some(DoneIn { session: who.session, by_mandate: false }), ..VisitNotice::Booked.into() };
    tell(w, app, &catalogue, &visit, said).await?;
    let entry =
        Entry { act: Act::VisitClaimed, subject: Some(id.0), resident: Some(resident), reason: None, desk: None };
    audit::record(w, app, Actor::app(app, town), &[entry]).await?;
    Ok(id)
}

/// Whom the visit is for, now that it is known whose it is: as if they had booked it.
async fn whom_for(
    w: &mut Write,
    app: &App,
    who: &Citizen,
    catalogue: &Catalogue,
    visit: &Visit,
) -> Result<(Vec<String>, Vec<Subject>), Failure> {
    let (town, resident) = (&who.town, who.subject.0);
    let companions = &visit.companions.0;
    if let Some(service) = catalogue.services.get(&visit.service_id) {
        let told = Told { persons: visit.persons, companions, documents: &[], unnamed: true };
        match subjects::party(w, app, town, Owner::Resident(resident), (service, told)).await {
            Ok(party) => return Ok((party.companions, party.subjects)),
            Err(failure) if failure.is(Code::BodyInvalid) => {}
            Err(failure) => return Err(failure),
        }
    }
    let people = residents::people(w, town, &[resident]).await?;
    let name = people.first().map(|p| p.call_name().to_owned()).unwrap_or_default();
    let others = visit.subjects.iter().filter(|s| s.name != visit.visitor).cloned();
    let me = Subject { resident: Some(resident), name, document: None, kind: None };
    Ok((companions.clone(), std::iter::once(me).chain(others).collect()))
}

/// The visitor of whoever books for one, where more than the name is known.
pub(super) fn with_facts(who: &Booker) -> Option<&Visitor> {
    match who {
        Booker::Staff { resident: None, visitor, .. } => {
            let named_only = Visitor { name: visitor.name.clone(), ..Visitor::default() };
            Some(visitor).filter(|visitor| **visitor != named_only)
        }
        _ => None,
    }
}
