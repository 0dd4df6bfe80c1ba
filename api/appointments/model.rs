//! The types of this room, which all its files know, and which know none of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::{
    audit::{self, Act, Reason},
    codes, id_type,
    identity::{Citizen, SessionId},
    mandates::{self, Yes},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        ids::{DocumentId, MunicipalityId, ResidentId},
        language::Language,
        problem::{EditedMeanwhile, Failure},
    },
    refusals,
    staff::Staff,
    words,
};

id_type! {
    /// Something that can be booked.
    ServiceId;
    /// Where a visit takes place.
    LocationId;
    /// By whom.
    DeskId;
    /// A visit.
    AppointmentId;
    /// An entry of the waiting list.
    WaitingId;
    /// A location's closing for a sudden reason.
    ClosureId;
}

words! {
    /// How a visit stands.
    VisitState {
        /// A start is kept for a while, until it is confirmed.
        Held = "held",
        /// It takes place.
        Booked = "booked",
        /// It does not.
        Cancelled = "cancelled",
        /// It was held, and nobody confirmed it.
        Lapsed = "lapsed",
    }
}

words! {
    /// What became of a visit without whose it is, so that they must hear of it.
    Became {
        /// It is at another time, or in another place.
        Displaced = "displaced",
        /// It is off.
        Closed = "closed",
        /// It is where it was after all.
        Restored = "restored",
        /// Its location has another address.
        Readdressed = "readdressed",
    }

    /// What came of ringing somebody.
    Rung {
        /// They know.
        Reached = "reached",
        /// Nobody answered.
        NotReached = "not_reached",
        /// Word was left for them.
        LeftWord = "left_word",
    }
}

impl VisitState {
    /// Whether it has time of a desk.
    pub fn claims(self) -> bool {
        matches!(self, Self::Held | Self::Booked)
    }
}

/// A text in each language it has.
pub type Texts = BTreeMap<Language, String>;

words! {
    /// Who must be there, where a document is a child's.
    Needs {
        /// Whoever it is for, in person.
        Citizen = "citizen",
        /// A parent; the child need not come.
        Parent = "parent",
        /// A parent and the child.
        Both = "both",
    }

    /// What kind of place a visit is at.
    LocationKind {
        /// One goes there, and waits until one is called.
        TownHall = "town_hall",
        /// The desk travels to the citizen.
        Home = "home",
        /// The desk rings the citizen.
        Telephone = "telephone",
        /// A call with pictures.
        Video = "video",
    }
}

impl LocationKind {
    /// Whether one must be told where to come to, or whom to ring.
    pub fn wants_contact(self) -> bool {
        matches!(self, Self::Home | Self::Telephone)
    }
}

/// From an instant up to another, without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant that is not of it.
    pub until: DateTime<Utc>,
}

impl Span {
    /// Whether an instant is of it.
    pub fn has(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// Opening hours on a weekday, from a day on and up to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The weekday, Monday 1 to Sunday 7 (ISO 8601).
    pub weekday: i64,
    /// Minutes after midnight of the wall clock.
    pub opens: i64,
    /// Minutes after midnight; not of it.
    pub closes: i64,
    /// The first day on which they count.
    pub valid_from: NaiveDate,
    /// The last; none where they go on.
    pub valid_until: Option<NaiveDate>,
}

/// A day that is unlike its weekday: closed, or open at other hours, though it were a holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The day.
    pub day: NaiveDate,
    /// When it opens and closes that day, in minutes; none: it does not.
    pub hours: Option<(i64, i64)>,
}

/// What a visit asks of a desk.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Minutes that the visit takes, for as many persons as come.
    pub minutes: i64,
    /// Minutes that the desk needs afterwards.
    pub buffer: i64,
    /// Minutes between the starts that are offered.
    pub step: i64,
}

/// What can be booked.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Which.
    pub id: ServiceId,
    /// Its name.
    pub names: Texts,
    /// What it is for, in plain words.
    pub explanations: Texts,
    /// What to bring.
    pub bring: Texts,
    /// Minutes of a visit of one person.
    pub minutes: i64,
    /// Minutes for each person more.
    pub minutes_a_person_more: i64,
    /// Minutes the desk needs afterwards.
    pub buffer_minutes: i64,
    /// Minutes between the starts that are offered.
    pub step_minutes: i64,
    /// The most persons at a visit.
    pub most_persons: i64,
    /// How long before, at the least.
    pub least_notice_minutes: i64,
    /// How many days ahead, at the most.
    pub horizon_days: i64,
    /// The most open appointments that a citizen may have for it.
    pub most_open: i64,
    /// The kinds of document it serves.
    pub document_kinds: Vec<String>,
    /// Who must be there.
    pub needs: Needs,
    /// Whether collecting what was asked for takes a visit of its own; else one comes by.
    pub collecting: bool,
    /// Whether it can be booked.
    pub active: bool,
    /// Counted up at each change, so that two planners do not overwrite each other.
    pub version: i64,
}

/// A desk of a location.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// Which.
    pub id: DeskId,
    /// What it is called, as over the desk.
    pub name: String,
    /// What it can serve.
    pub services: BTreeSet<ServiceId>,
    /// When nobody is there.
    pub absences: Vec<Span>,
    /// Whether it takes visits.
    pub active: bool,
}

/// Where visits take place.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Which.
    pub id: LocationId,
    /// What kind of place it is.
    pub kind: LocationKind,
    /// Its name.
    pub names: Texts,
    /// Its address; of one for video visits, a link with `{visit}` where what makes it one visit's own comes.
    pub address: String,
    /// How it can be entered.
    pub accessibility: Texts,
    /// WGS84.
    pub latitude: Option<f64>,
    /// WGS84.
    pub longitude: Option<f64>,
    /// Minutes on the road after each visit, of a desk that travels.
    pub travel_minutes: i64,
    /// Opening hours.
    pub hours: Vec<Hours>,
    /// Days that are unlike their weekday.
    pub exceptions: Vec<Exception>,
    /// When it is closed for a sudden reason.
    pub closures: Vec<Span>,
    /// Its desks.
    pub desks: Vec<Desk>,
    /// Whether it takes visits.
    pub active: bool,
    /// Counted up at each change.
    pub version: i64,
}

/// When a location is open on a day, and when each of its desks is there.
#[derive(Default)]
pub struct DayHours {
    /// When it is open.
    pub open: Vec<Span>,
    /// When each desk is there, by name.
    pub desks: Vec<(DeskId, Vec<Span>)>,
}

/// A document in force: which, whose, of what kind, and good until when.
pub type DocumentInForce = (DocumentId, ResidentId, String, Option<NaiveDate>);

/// The documents that are being looked for.
pub type FindingDocuments<'a> = BoxFuture<'a, sqlx::Result<Vec<DocumentInForce>>>;

/// How the documents in force of some people are found. The room that has them comes after this one and says how.
#[derive(Clone, Copy)]
pub struct DocumentsInForce(pub for<'a> fn(&'a mut Read, MunicipalityId, &'a [ResidentId]) -> FindingDocuments<'a>);

/// What to bring for a document of a kind, as one or more sentences in a language. The room that has the documents says it.
#[derive(Clone, Copy)]
pub struct BringFor(pub fn(Language, &str) -> String);

/// Whom a visit is for, and which document of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Somebody of the register: whose visit it is, or the holder of the document; none where only a name is known.
    pub resident: Option<ResidentId>,
    /// What they are called: the first name, or as whoever booked wrote it.
    pub name: String,
    /// Their document, where the visit is for one.
    pub document: Option<DocumentId>,
    /// Its kind.
    pub kind: Option<String>,
}

impl Subject {
    /// Whether it is somebody of the register beside whose visit it is.
    pub fn is_beside(&self, owner: Option<ResidentId>) -> bool {
        self.resident.is_some() && self.resident != owner
    }
}

/// An appointment, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Visit {
    /// Its id.
    pub id: AppointmentId,
    /// What a person says aloud.
    pub reference: String,
    /// For what.
    pub service_id: ServiceId,
    /// Where.
    pub location_id: LocationId,
    /// At which desk.
    pub desk_id: DeskId,
    /// Whose it is; none for a visitor who is not in the register.
    pub resident_id: Option<ResidentId>,
    /// What the desk calls, where it is nobody of the register.
    pub visitor: String,
    /// How many come.
    pub persons: i64,
    /// How it stands.
    pub state: VisitState,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Until when its desk serves nobody else: what is tidied up after it, and the way back.
    pub claimed_until: DateTime<Utc>,
    /// Until when it is held.
    pub held_until: Option<DateTime<Utc>>,
    /// Whether the hold was extended.
    pub extended: bool,
    /// How often it changed.
    pub sequence: i64,
    /// `citizen`, or the name of a member of staff.
    pub made_by: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Who comes along, by name.
    pub companions: Json<Vec<String>>,
    /// Whom and what it is for; empty where a server before this one made it.
    pub subjects: Json<Vec<Subject>>,
    /// Where to go, or whom to ring, where it is not at a town hall; of a video visit, what makes its link its own.
    pub contact: String,
    /// The entry of the waiting list that this hold is offered to.
    pub waiting_id: Option<WaitingId>,
    /// When a desk called who came for it.
    pub begun_at: Option<DateTime<Utc>>,
    /// Whether the house ended the number of whoever waited for it: they were not helped, and it needs another time.
    pub turned_away: bool,
    /// When that was; none where it is not so, or a server before this one noted it.
    pub turned_away_at: Option<DateTime<Utc>>,
}

impl Visit {
    /// The documents that it is for.
    pub fn documents(&self) -> BTreeSet<DocumentId> {
        self.subjects.iter().filter_map(|s| s.document).collect()
    }

    /// Whose data it shows: theirs whose visit it is, and theirs whom it is for.
    pub fn residents(&self) -> BTreeSet<ResidentId> {
        self.resident_id.into_iter().chain(self.subjects.iter().filter_map(|s| s.resident)).collect()
    }

    /// What it asks of its desk by its row, where its service asks for so much now.
    pub fn need(&self, now: Need) -> Need {
        Need {
            minutes: (self.ends_at - self.starts_at).num_minutes(),
            buffer: (self.claimed_until - self.ends_at).num_minutes(),
            ..now
        }
    }
}

/// A visitor who is not in the register, as they said at the counter.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Visitor {
    /// What the desk calls.
    pub name: String,
    /// Their telephone number in its form of E.164; empty where it is not known.
    pub phone: String,
    /// Their e-mail address; empty where it is not known.
    pub email: String,
    /// Their birth date.
    pub birth_date: Option<NaiveDate>,
}

/// What somebody says they know of a visit that was booked for them.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its reference, as it was typed or scanned.
    pub reference: String,
    /// The birth date that was given at the counter.
    pub birth_date: Option<NaiveDate>,
    /// The telephone number that was given there, in its form of E.164.
    pub phone: Option<String>,
}

/// In which session of a citizen something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoneIn {
    /// Whose phone has just shown it.
    pub session: SessionId,
    /// Whether it is that of the holder of a mandate: then whose visit it is has still to hear of it.
    pub by_mandate: bool,
}

/// Who books: a citizen for themselves, or staff for somebody.
#[derive(Clone)]
pub enum Booker {
    /// In the app.
    Citizen(Citizen),
    /// At the counter or on the telephone; for somebody of the register, or a visitor who is not.
    Staff {
        /// The member.
        staff: Staff,
        /// For whom.
        resident: Option<ResidentId>,
        /// Who comes, where that is nobody of it.
        visitor: Visitor,
        /// Why they look.
        reason: Reason,
    },
}

impl Booker {
    pub(super) fn town(&self) -> &Arc<Municipality> {
        match self {
            Self::Citizen(who) => &who.town,
            Self::Staff { staff, .. } => &staff.town,
        }
    }

    pub(super) fn resident(&self) -> Option<ResidentId> {
        match self {
            Self::Citizen(who) => Some(who.subject.0),
            Self::Staff { resident, .. } => *resident,
        }
    }

    /// The session of a citizen: its phone is not told what it has just done.
    pub(super) fn session(&self) -> Option<DoneIn> {
        match self {
            Self::Citizen(who) => Some(DoneIn { session: who.session, by_mandate: self.is_other() }),
            Self::Staff { .. } => None,
        }
    }

    /// Whether whose visit it is has still to hear what is done: staff do it, or the holder of a mandate. A parent is who would hear of a
    /// child's.
    pub(super) fn is_other(&self) -> bool {
        match self {
            Self::Citizen(who) => who.acting.is_some_and(|acting| acting.mandate.is_some()),
            Self::Staff { .. } => true,
        }
    }

    /// Reads again, in the transaction that does something, by what a citizen acts for somebody else. It comes before anything of theirs
    /// is locked.
    pub(super) async fn again(&self, w: &mut Write, app: &App) -> Result<(), Failure> {
        match self {
            Self::Citizen(who) => mandates::again(w, app, who).await,
            Self::Staff { .. } => Ok(()),
        }
    }

    /// Whose yes it waits for what they book or move, read in the transaction that does it; none where it needs none. Staff have both
    /// before them, or answer for it.
    pub(super) async fn yes_needed(&self, w: &mut Write, app: &App) -> Result<Option<Yes>, Failure> {
        match self {
            Self::Citizen(who) => mandates::yes_needed(w, app, who).await,
            Self::Staff { .. } => Ok(None),
        }
    }

    /// Notes that staff were shown a visit that they did not change: it was so already.
    pub(super) async fn note_look(&self, w: &mut Write, app: &App, visit: &Visit) -> sqlx::Result<()> {
        let Self::Staff { staff, reason, .. } = self else { return Ok(()) };
        for resident in visit.residents() {
            audit::look(w, app, staff, Act::VisitRead, (resident, *reason)).await?;
        }
        Ok(())
    }

    /// Notes what staff did with what somebody waits for.
    pub(super) async fn note_of(&self, w: &mut Write, app: &App, act: Act, resident: ResidentId) -> sqlx::Result<()> {
        let Self::Staff { staff, reason, .. } = self else { return Ok(()) };
        audit::record(w, app, staff, &[audit::Entry::about(act, resident, *reason)]).await
    }

    /// Notes what staff, or a citizen who acts for somebody else, did with somebody's visit.
    pub(super) async fn note(&self, w: &mut Write, app: &App, act: Act, visit: &Visit) -> sqlx::Result<()> {
        let (staff, reason) = match self {
            Self::Citizen(who) => return mandates::note(w, app, who, act, Some(visit.id.0)).await,
            Self::Staff { staff, reason, .. } => (staff, reason),
        };
        let entry = audit::Entry {
            act,
            subject: Some(visit.id.0),
            resident: visit.resident_id,
            reason: Some((*reason).into()),
            desk: None,
        };
        audit::record(w, app, staff, &[entry]).await
    }
}

/// What somebody waits for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// For what.
    pub service: ServiceId,
    /// How many come.
    pub persons: i64,
    /// The visit that an earlier one would take the place of; none where they have none.
    pub replaces: Option<AppointmentId>,
    /// Where; everywhere if it is empty.
    pub locations: Vec<LocationId>,
    /// On which weekdays, Monday 1 to Sunday 7; on all if it is empty.
    pub weekdays: Vec<u32>,
    /// From which day on.
    pub from_on: NaiveDate,
    /// Up to which.
    pub until_on: NaiveDate,
    /// Who comes along, by name, where there is no visit.
    pub companions: Vec<String>,
    /// For which documents, where there is no visit.
    pub documents: Vec<DocumentId>,
    /// Where to come to or whom to ring, where that is needed.
    pub contact: String,
}

/// An entry of the waiting list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: WaitingId,
    /// Whose it is.
    pub resident: ResidentId,
    /// What they wait for.
    pub wanted: Wanted,
    /// How it ended, if it did.
    pub ended: Option<String>,
}

/// A closing of a location, and what became of the visits it hit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Closure {
    /// Its id.
    pub id: ClosureId,
    /// Which location.
    pub location: LocationId,
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Up to this one.
    pub until: DateTime<Utc>,
    /// Why, as everyone is told.
    pub reasons: Texts,
    /// Visits that got another time.
    pub moved: i64,
    /// Visits for which there was none.
    pub cancelled: i64,
    /// Whether it is over.
    pub settled: bool,
    /// From when on visits are moved; undone before, nobody hears of it.
    pub acts_at: DateTime<Utc>,
    /// Who closed.
    pub made_by: String,
}

codes! {
    /// Somebody else has that slot.
    SlotTaken = "slot_taken" 409 Reload "That start is taken; `free_near` has others.";
    /// Nothing begins then: closed, too soon, too far ahead, or not on the grid.
    SlotNotOffered = "slot_not_offered" 409 Reload "No visit for that service begins there and then; `free_near` has others.";
    /// The citizen has as many appointments for it as are allowed.
    AppointmentLimit = "appointment_limit" 409 Tell "You have as many open appointments for that service as are allowed.";
    /// The hold lapsed, and somebody else has the slot.
    HoldLapsed = "hold_lapsed" 409 Reload "The hold lapsed and the slot is taken; `free_near` has others.";
    /// The hold was extended before, or is no hold.
    NotExtendable = "not_extendable" 409 Tell "A hold is extended once, while it lasts.";
    /// The visit has begun, or is over.
    VisitBegun = "visit_begun" 409 Reload "The visit has begun or is over.";
    /// The visit is held, cancelled or lapsed.
    NotBooked = "not_booked" 409 Reload "The visit is not booked: it is held, cancelled or lapsed.";
    /// The same person has another visit then.
    VisitOverlaps = "visit_overlaps" 409 Tell "The same person has another visit at that time; `detail` names it.";
    /// The location is closed for these times already, for other reasons. `edited_by` says who did.
    ClosedDifferently = "closed_differently" 409 Reload "This location is closed for these times already, for other reasons; undo that first.";
    /// The change would leave booked appointments without a place.
    WouldStrand = "would_strand" 409 Tell "Booked appointments could not take place; `stranded` names them. Say `strand=true` to go on.";
    /// Those who come may have checked in.
    TooLateToAdd = "too_late_to_add" 409 Tell "It is too late to add to this visit; say at the desk who comes along.";
    /// The citizen waits for as much as is allowed.
    WaitingLimit = "waiting_limit" 409 Tell "You wait for as many visits as are allowed; leave one of them first.";
    /// The other of the two has still to say yes or no.
    DeedWaits = "deed_waits" 409 Reload "It waits for the other's yes; read what waits.";
    /// Whose yes it would wait for has no app in which to say it.
    NobodyToAnswer = "nobody_to_answer" 409 Tell "The other of the two has no app in which to say yes; book it together, at the counter or by telephone.";
    /// It was answered, taken back or came to nothing: nobody answered in time, the mandate ended, or the visit is another than it was.
    DeedOver = "deed_over" 409 Reload "It does not wait for an answer any more.";
    /// There is no visit that these facts make the citizen's: none with that reference, another birth date or number, or it is somebody's
    /// already, off or over. Which of these it is nobody is told.
    NothingToClaim = "nothing_to_claim" 404 Tell "No visit to come can be added with this reference and this birth date or telephone number.";
    /// The catalogue has as many entries as are allowed.
    CatalogueFull = "catalogue_full" 409 Tell "The catalogue has as many entries as are allowed.";
}

refusals! {
    /// A start that is not to be had.
    pub NotFree = SlotTaken, SlotNotOffered;
    /// Somebody has as many visits as they may, or another at that time.
    pub HasOthers = AppointmentLimit, VisitOverlaps;
    /// A visit that is not booked or held.
    pub CannotBook = NotFree, CannotTake, CannotPropose, HasOthers, SlotTaken, AppointmentLimit, VisitOverlaps;
    /// What is not asked of the other.
    pub CannotPropose = DeedWaits, NobodyToAnswer;
    /// A hold that is not booked in the place of a new visit.
    pub CannotTake = HasOthers, VisitOverlaps, CannotPropose, DeedWaits;
    /// What waited and is not done, although somebody said yes.
    pub CannotAcceptDeed = HasOthers, VisitOverlaps, HoldLapsed, DeedOver;
    /// A hold that is not booked.
    pub CannotConfirm = HasOthers, HoldLapsed, CannotPropose, DeedWaits;
    /// A visit that moves no more.
    pub Immovable = VisitBegun, NotBooked;
    /// A visit that is not moved.
    pub CannotMove = Immovable, NotFree, SlotTaken, VisitOverlaps, EditedMeanwhile, CannotPropose, DeedWaits;
    /// A visit to which nothing is added.
    pub CannotAdd = Immovable, SlotTaken, VisitOverlaps, TooLateToAdd;
    /// A waiting list that is not joined.
    pub CannotWait = Immovable, WaitingLimit;
    /// A location that is not closed.
    pub CannotClose = CatalogueFull, ClosedDifferently;
    /// A service or a location that is not planned as it was said.
    pub CannotPlan = CatalogueFull, EditedMeanwhile, WouldStrand;
}
