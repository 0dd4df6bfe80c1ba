//! Those who wait, as one look goes through them: what they were offered before, how they hear of it, and what is free for each.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::store;
use crate::{
    appointments::{
        blocked,
        booking::{
            store as visit_store,
            subjects::{self, Owner, Party, Told},
        },
        catalogue::{known::Catalogue, rules::midnight},
        model::{AppointmentId, Entry, Location, LocationId, Service, Span, Visit, VisitState, WaitingId},
        placing, rules,
        search::Free,
    },
    inbox::{self, Reader},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        problem::{Code, Failure},
    },
    residents::{self, State},
};

/// Entries of people without the app that one look goes through.
const MOST_LOOKED_AT: usize = 200;

/// Offers that one may let go within a day before others come first.
const MOST_DECLINED: usize = 3;

/// What is free for somebody who waits and has no app: nothing is held until a member of staff asks for it.
pub struct ToRing {
    /// What they wait for.
    pub entry: Entry,
    /// The earliest start that is free and fits.
    pub at: DateTime<Utc>,
    /// Where that is.
    pub location: LocationId,
}

/// Those of a line who have no app, and for whom something is free at the moment; the first first, so many of them.
pub async fn to_ring(
    r: &mut Read,
    app: &App,
    catalogue: &Catalogue,
    line: Vec<Entry>,
    (only_at, most): (Option<LocationId>, usize),
) -> Result<Vec<ToRing>, Failure> {
    let mut all = Vec::new();
    let Some((line, mut looked)) = Line::of(r, app, catalogue, line, (only_at, None)).await? else { return Ok(all) };
    let without_app: Vec<_> = line
        .iter()
        .filter(|e| !looked.busy.contains(&e.id))
        .filter(|e| looked.readers.get(&e.resident).is_some_and(|reader| !reader.has_app()))
        .collect();
    for entry in without_app.into_iter().take(MOST_LOOKED_AT) {
        let Ok(service) = catalogue.service(entry.wanted.service) else { continue };
        if let Some(Found { at, location, .. }) = looked.first_free(r, entry, service).await? {
            all.push(ToRing { entry: entry.clone(), at, location: location.id });
        }
        if all.len() >= most {
            break;
        }
    }
    Ok(all)
}

/// What one look at those who wait found out of them.
pub(super) struct Line<'a> {
    app: &'a App,
    catalogue: &'a Catalogue,
    only_at: Option<LocationId>,
    /// The visits that they have held or booked.
    theirs: HashMap<ResidentId, Vec<(AppointmentId, Span)>>,
    /// Who is to be offered nothing at the moment.
    pub(super) busy: HashSet<WaitingId>,
    /// What each was offered before, and is not again.
    before: HashSet<(WaitingId, LocationId, DateTime<Utc>)>,
    pub(super) unanswered: HashMap<WaitingId, usize>,
    /// How each hears of it; none for who has died or moved away.
    pub(super) readers: HashMap<ResidentId, Reader>,
    pub(super) free: Free<'a>,
}

/// A start that is free and fits.
pub(super) struct Found<'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) location: &'a Location,
    /// The visit that it would take the place of.
    pub(super) own: Option<Visit>,
    pub(super) persons: i64,
    pub(super) contact: String,
    pub(super) party: Party,
}

/// Whom a visit would be for; none where what they wait for is not theirs any more.
async fn party_of(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    (entry, service): (&Entry, &Service),
    own: Option<&Visit>,
) -> Result<Option<Party>, Failure> {
    if let Some(own) = own {
        return Ok(Some(Party { subjects: own.subjects.0.clone(), companions: own.companions.0.clone() }));
    }
    let (companions, documents) = (entry.wanted.companions.as_slice(), entry.wanted.documents.as_slice());
    let told = Told { persons: entry.wanted.persons, companions, documents, unnamed: true };
    match subjects::party(r, app, town, Owner::Resident(entry.resident), (service, told)).await {
        Ok(party) => Ok(Some(party)),
        Err(failure) if failure.is(Code::NotFound) || failure.is(Code::BodyInvalid) => Ok(None),
        Err(failure) => Err(failure),
    }
}

impl<'a> Line<'a> {
    /// Reads what there is to know of these; none where there is nobody whom it could concern.
    pub(super) async fn of(
        r: &mut Read,
        app: &'a App,
        catalogue: &'a Catalogue,
        line: Vec<Entry>,
        (only_at, only_on): (Option<LocationId>, Option<NaiveDate>),
    ) -> Result<Option<(Vec<Entry>, Self)>, Failure> {
        let town = &*catalogue.town;
        let now = app.clock.now();
        let today = now.with_timezone(&town.zone).date_naive();
        let line: Vec<Entry> = line
            .into_iter()
            .filter(|e| only_at.is_none_or(|place| e.wanted.at(place)))
            .filter(|e| only_on.is_none_or(|day| (e.wanted.from_on..=e.wanted.until_on).contains(&day)))
            .collect();
        let days = line.iter().map(|e| (e.wanted.from_on, e.wanted.until_on));
        let Some(days) = days.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))) else { return Ok(None) };
        let days = only_on.map_or((days.0.max(today), days.1), |day| (day, day));
        let mut theirs: HashMap<ResidentId, Vec<(AppointmentId, Span)>> = HashMap::new();
        let mut residents: Vec<_> = line.iter().map(|e| e.resident).collect();
        residents.sort_unstable();
        residents.dedup();
        for (resident, id, from, until) in store::visits_of(r, town.id, &residents).await? {
            theirs.entry(resident).or_default().push((id, Span { from, until }));
        }
        // Who has died or moved away is offered nothing.
        let here: HashSet<_> = residents::people(r, town, &residents)
            .await?
            .into_iter()
            .filter(|p| p.state == State::Active)
            .map(|p| p.id)
            .collect();
        let mut readers = inbox::readers(r, town, &residents).await?;
        readers.retain(|id, _| here.contains(id));
        let has_app = |id: ResidentId| readers.get(&id).is_none_or(Reader::has_app);
        let (mut busy, mut before) = (HashSet::new(), HashSet::new());
        let mut unanswered: HashMap<WaitingId, usize> = HashMap::new();
        let whose: HashMap<_, _> = line.iter().map(|e| (e.id, e.resident)).collect();
        let ids: Vec<_> = line.iter().map(|e| e.id).collect();
        let mut let_go: HashMap<WaitingId, usize> = HashMap::new();
        for (entry, _, place, at, state, made) in store::offered(r, town.id, &ids).await? {
            if made > now - Duration::hours(24) && state == VisitState::Cancelled {
                *let_go.entry(entry).or_default() += 1;
            }
            if state == VisitState::Held {
                busy.insert(entry);
            }
            if state == VisitState::Lapsed {
                *unanswered.entry(entry).or_default() += 1;
            }
            // Who was rung and not reached can be rung again for the same.
            if state != VisitState::Lapsed || whose.get(&entry).is_some_and(|id| has_app(*id)) {
                before.insert((entry, place, at));
            }
        }
        // Who lets go what is offered is offered something else, and not without end.
        busy.extend(let_go.into_iter().filter(|(_, n)| *n >= MOST_DECLINED).map(|(entry, _)| entry));
        let free = Free::new(town, days, now);
        Ok(Some((line, Self { app, catalogue, only_at, theirs, busy, before, unanswered, readers, free })))
    }

    /// The earliest start that is free and could be theirs.
    pub(super) async fn first_free(
        &mut self,
        r: &mut Read,
        entry: &Entry,
        service: &Service,
    ) -> Result<Option<Found<'a>>, Failure> {
        let (town, now) = (&*self.catalogue.town, self.app.clock.now());
        let visits = self.theirs.get(&entry.resident).map(Vec::as_slice).unwrap_or_default();
        if entry.wanted.replaces.is_some_and(|id| visits.iter().all(|(theirs, _)| *theirs != id)) {
            return Ok(None);
        }
        let own_visit = match entry.wanted.replaces {
            Some(id) => visit_store::get(r, town.id, id).await?,
            None => None,
        };
        // It has begun: nothing takes its place any more.
        if own_visit.as_ref().is_some_and(|visit| placing::movable(visit, now).is_err()) {
            return Ok(None);
        }
        // Staff have blocked them as a parent of who comes: they would hear of no offer, nor do they take one.
        if let Some(visit) = &own_visit
            && blocked::is_from_owner(r, town, visit).await?
        {
            return Ok(None);
        }
        // As many as come to the visit by now, whoever was added since they began to wait.
        let persons = own_visit.as_ref().map_or(entry.wanted.persons, |v| v.persons);
        let others = visits.iter().filter(|(id, _)| Some(*id) != entry.wanted.replaces);
        let mut elsewhere: Vec<_> = others.map(|(_, span)| *span).collect();
        let (of, who) = ((entry, service), (own_visit.as_ref(), persons));
        let Some(first) = self.best(r, of, who, &elsewhere).await? else { return Ok(None) };
        let Some(party) = party_of(r, self.app, town, of, own_visit.as_ref()).await? else { return Ok(None) };
        // Asked of those alone for whom something is free: where a child is with the other parent, or who waits with another.
        let people: BTreeSet<_> = party.subjects.iter().filter_map(|s| s.resident).chain([entry.resident]).collect();
        let (from, until) = (entry.wanted.from_on, entry.wanted.until_on);
        let between = Span { from: midnight(town, from), until: midnight(town, until.succ_opt().unwrap_or(until)) };
        let theirs = placing::elsewhere(r, town, (&people, entry.wanted.replaces), between, now).await?;
        let visit = Span { from: first.0, until: first.0 + Duration::minutes(service.need(persons, first.1).minutes) };
        let best = if rules::can_come(&theirs, &visit) {
            Some(first)
        } else {
            elsewhere.extend(theirs);
            self.best(r, of, who, &elsewhere).await?
        };
        Ok(best.map(|(at, location, contact)| Found { at, location, own: own_visit, persons, contact, party }))
    }

    /// The earliest start that is free and fits, for so many, in place of a visit of theirs; not while they are elsewhere.
    async fn best(
        &mut self,
        r: &mut Read,
        (entry, service): (&Entry, &Service),
        (own, persons): (Option<&Visit>, i64),
        elsewhere: &[Span],
    ) -> Result<Option<(DateTime<Utc>, &'a Location, String)>, Failure> {
        let (town, now) = (&*self.catalogue.town, self.app.clock.now());
        let mut best: Option<(DateTime<Utc>, &'a Location, String)> = None;
        let places = self.catalogue.locations.values().filter(|l| l.active && self.only_at.is_none_or(|id| id == l.id));
        for location in places.filter(|l| entry.wanted.at(l.id)) {
            let long = Duration::minutes(service.need(persons, location).minutes);
            // Nobody is offered what cannot be theirs.
            // What is needed there is known, as for any visit; or it is nothing for them.
            let kind = own.and_then(|v| self.catalogue.locations.get(&v.location_id)).map(|l| l.kind);
            let known = kind.zip(own.map(|v| v.contact.as_str()));
            let said = entry.wanted.contact.as_str();
            let contact = match placing::contact(r, self.app, town, Some(entry.resident), location, (said, known)).await
            {
                Ok(contact) => contact,
                Err(failure) if failure.is(Code::BodyInvalid) => continue,
                Err(failure) => return Err(failure),
            };
            let could_be_theirs = |at: &DateTime<Utc>| {
                let day = at.with_timezone(&town.zone).date_naive();
                entry.wanted.fits(location.id, day)
                    && own.is_none_or(|own| *at < own.starts_at)
                    && !self.before.contains(&(entry.id, location.id, *at))
                    && rules::offer_until(town.zone, now, self.app.config.appointments.offer_minutes, *at).is_some()
                    && rules::can_come(elsewhere, &Span { from: *at, until: *at + long })
            };
            let starts = self.free.starts(r, location, service, persons).await?;
            if let Some(at) = starts.iter().find(|at| could_be_theirs(at))
                && best.as_ref().is_none_or(|(known, ..)| at < known)
            {
                best = Some((*at, location, contact));
            }
        }
        Ok(best)
    }
}
