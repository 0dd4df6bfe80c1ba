//! What is said about a visit, in the reader's language.

use chrono::{DateTime, Duration, Utc};

use super::{
    blocked,
    catalogue::known::Catalogue,
    model::{AppointmentId, Became, BringFor, DoneIn, Location, LocationKind, Needs, Service, Subject, Texts, Visit},
    ringing::store as ringing_store,
    rules::NOTICE,
};
use crate::{
    inbox::{self, Notice, Outcome, Plan, Unreached, Worth},
    municipalities::Municipality,
    platform::{
        App,
        db::Write,
        ids::ResidentId,
        language::{Language, date, say},
        problem::Failure,
    },
    push::Category,
};

/// For how long at least somebody is told whose visit is off.
const OFF_IS_TOLD: Duration = Duration::days(1);

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitNotice {
    /// It is booked.
    Booked,
    /// It is at another time or place.
    Moved,
    /// It is off.
    Cancelled,
    /// It is tomorrow.
    Eve,
    /// It is in two hours.
    Soon,
    /// It could be theirs: it is held for who waits.
    Offered,
    /// Its location closed; it is at another time.
    Displaced,
    /// Its location closed, and there was no other time.
    Closed,
    /// Its location did not close after all: it is where it was.
    Restored,
    /// Its location has another address.
    Readdressed,
    /// It is for more people, or more documents.
    Joined,
}

impl VisitNotice {
    fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::Eve => "eve",
            Self::Soon => "soon",
            Self::Offered => "offered",
            Self::Displaced => "displaced",
            Self::Closed => "closed",
            Self::Restored => "restored",
            Self::Readdressed => "readdressed",
            Self::Joined => "joined",
        }
    }

    /// What became of it without whose it is; none where they did it, or asked for it, or nothing changed.
    fn became(self) -> Option<Became> {
        match self {
            Self::Displaced => Some(Became::Displaced),
            Self::Closed => Some(Became::Closed),
            Self::Restored => Some(Became::Restored),
            Self::Readdressed => Some(Became::Readdressed),
            _ => None,
        }
    }

    /// How it goes on where it is not read: what the town changed by a closing, what it changed otherwise, and what its citizen did
    /// themselves (`by_citizen`), asked for, or is only reminded of.
    fn plan(self, by_citizen: bool) -> Plan {
        match self {
            Self::Displaced | Self::Closed | Self::Restored => Plan::Closing,
            Self::Readdressed => Plan::VisitChanged,
            Self::Moved | Self::Cancelled if !by_citizen => Plan::VisitChanged,
            Self::Moved | Self::Cancelled | Self::Booked | Self::Eve | Self::Soon | Self::Offered | Self::Joined => {
                Plan::None
            }
        }
    }

    /// The name of its texts. A reminder names the day: kept in the inbox, "tomorrow" would soon be wrong.
    fn text(self) -> &'static str {
        match self {
            Self::Eve | Self::Soon => "reminder",
            other => other.as_str(),
        }
    }
}

/// What is said about a visit.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// What became of it.
    pub word: VisitNotice,
    /// When it was to be before; none where it did not change, or its citizen changed it.
    pub before: Option<DateTime<Utc>>,
    /// What else the text names.
    pub more: &'a [(&'a str, String)],
    /// The session in which a citizen did it; none where staff or the town did.
    pub done_in: Option<DoneIn>,
}

impl From<VisitNotice> for Said<'_> {
    fn from(word: VisitNotice) -> Self {
        Self { word, before: None, more: &[], done_in: None }
    }
}

/// The beginning of the keys of all that is said about a visit.
pub fn about(visit: AppointmentId) -> String {
    format!("visit {visit} ")
}

/// The text in a language, or in the town's first that has one.
pub fn text<'a>(texts: &'a Texts, language: Language, town: &Municipality) -> &'a str {
    let order = std::iter::once(language).chain(town.languages.iter().copied()).chain(Language::ALL);
    order.filter_map(|l| texts.get(&l)).find(|t| !t.trim().is_empty()).map_or("", String::as_str)
}

/// What a kind of document is called.
pub fn document_name(language: Language, kind: &str) -> String {
    say(language, &format!("document-{}", kind.replace('_', "-")), &[])
}

/// Whom a visit is for and for which document each, where it is for others than whose it is; else who comes along.
pub fn party(language: Language, visit: &Visit) -> Option<String> {
    let is_known = visit.subjects.iter().any(|s| s.document.is_some());
    let is_only_theirs = visit.subjects.iter().all(|s| s.resident.is_some() && s.resident == visit.resident_id);
    if is_known && !is_only_theirs {
        let one = |s: &Subject| match &s.kind {
            Some(kind) => {
                say(language, "visit-subject", &[("name", &s.name), ("document", &document_name(language, kind))])
            }
            None => s.name.clone(),
        };
        let all: Vec<String> = visit.subjects.iter().map(one).collect();
        return Some(say(language, "visit-subjects", &[("text", &all.join(", "))]));
    }
    (!visit.companions.is_empty()).then(|| say(language, "visit-companions", &[("text", &visit.companions.join(", "))]))
}

/// What to bring to a visit: what the town says of the service; and for each document, where it says nothing, or the visit is for several
/// documents or somebody else's; nothing twice. Each with the name of whose it is, where that is said (`named`).
pub fn bring(
    app: &App,
    language: Language,
    town: &Municipality,
    service: &Service,
    (visit, named): (&Visit, bool),
) -> Vec<String> {
    let of_service = text(&service.bring, language, town).trim();
    let papers: Vec<_> = visit.subjects.iter().filter_map(|s| Some((s, s.kind.as_deref()?))).collect();
    let is_only_theirs = matches!(papers.as_slice(), [(s, _)] if s.resident == visit.resident_id);
    let mut all: Vec<_> = Some(of_service).filter(|of| !of.is_empty()).map(str::to_owned).into_iter().collect();
    if is_only_theirs && !all.is_empty() {
        return all;
    }
    let of_kind: &BringFor = app.part();
    for (subject, kind) in papers {
        let (document, text) = (document_name(language, kind), (of_kind.0)(language, kind));
        // What the service says already is not said again of a document.
        if !of_service.is_empty() && of_service.contains(text.trim()) {
            continue;
        }
        let args = [("name", subject.name.as_str()), ("document", &document), ("text", &text)];
        let line = match (is_only_theirs, named) {
            (true, _) => text,
            (_, true) => say(language, "visit-bring-for", &args),
            (_, false) => say(language, "slip-bring-for", &args),
        };
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all
}

/// The hour that the town's clocks show, as the language writes it.
pub fn hour(language: Language, town: &Municipality, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&town.zone);
    say(language, "hour", &[("h", &local.format("%-H").to_string()), ("m", &local.format("%M").to_string())])
}

/// A day and an hour, as the town's clocks show them.
pub fn moment(language: Language, town: &Municipality, at: DateTime<Utc>) -> String {
    let day = date(language, at.with_timezone(&town.zone).date_naive());
    say(language, "moment", &[("date", &day), ("hour", &hour(language, town, at))])
}

/// How a wait ended without a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Nothing came free.
    InVain,
    /// Nothing that was offered was answered.
    Unanswered,
    /// They waited for somebody for whom they act no more.
    NotTheirs,
}

/// The message to who waited in vain, let pass what was offered, or waited for somebody for whom they act no more.
pub fn wait_over(language: Language, town: &Municipality, service: &Service, entry: uuid::Uuid, how: Wait) -> Notice {
    let key = match how {
        Wait::InVain => "waiting-over",
        Wait::Unanswered => "waiting-unanswered",
        Wait::NotTheirs => "waiting-not-theirs",
    };
    let args = [("service", text(&service.names, language, town))];
    Notice {
        kind: "appointment",
        category: Category::Appointments,
        dedupe_key: format!("waiting {entry} over"),
        title: say(language, &format!("{key}-title"), &args),
        body: say(language, &format!("{key}-body"), &args),
        deep_link: "/appointments".to_owned(),
        action: None,
        worth: Worth::default(),
        open_in: None,
        // They could not know it: it goes on where they have no app.
        plan: if how == Wait::NotTheirs { Plan::VisitChanged } else { Plan::None },
        about: Vec::new(),
    }
}

/// A message about a visit. Its key lets each change be said once.
pub fn notice(
    language: Language,
    town: &Municipality,
    (service, location): (&Service, &Location),
    visit: &Visit,
    bring: &[String],
    (Said { word, before, more, done_in }, now): (Said<'_>, DateTime<Utc>),
) -> Notice {
    let day = date(language, visit.starts_at.with_timezone(&town.zone).date_naive());
    let hour = hour(language, town, visit.starts_at);
    let place = text(&location.names, language, town);
    let address = location.address_of(&visit.contact);
    let known = [place, address.as_str()].into_iter().filter(|part| !part.is_empty());
    let whereabouts = known.collect::<Vec<_>>().join(", ");
    let mut args = vec![
        ("service", text(&service.names, language, town)),
        ("where", whereabouts.as_str()),
        ("date", day.as_str()),
        ("hour", hour.as_str()),
        ("place", place),
        ("address", address.as_str()),
        ("reference", visit.reference.as_str()),
        // Who reads it on paper has no app.
        ("phone", town.contact.phone.as_str()),
    ];
    args.extend(more.iter().map(|(name, value)| (*name, value.as_str())));
    let mut paragraphs = vec![say(language, &format!("visit-{}-body", word.text()), &args)];
    if !matches!(word, VisitNotice::Cancelled | VisitNotice::Closed) {
        let others = more.iter().find(|(name, value)| *name == "others" && !value.is_empty());
        paragraphs.extend(others.map(|_| say(language, "visit-others", &args)));
        paragraphs.extend(party(language, visit));
        if !visit.contact.is_empty() && location.kind.wants_contact() {
            paragraphs.push(match location.kind {
                // Who reads messages for somebody else is not told where that person lives: the visit itself says it to whose it is.
                LocationKind::Home => say(language, "visit-at-home", &[]),
                _ => say(language, "visit-by-telephone", &[("text", &visit.contact)]),
            });
        }
        match service.needs {
            Needs::Citizen => {}
            Needs::Parent => paragraphs.push(say(language, "visit-needs-parent", &[])),
            Needs::Both => paragraphs.push(say(language, "visit-needs-both", &[])),
        }
        let access = text(&location.accessibility, language, town);
        for (key, known) in [("visit-bring", bring.join("\n").as_str()), ("visit-access", access)] {
            if !known.is_empty() {
                paragraphs.push(say(language, key, &[("text", known)]));
            }
        }
    }
    Notice {
        kind: "appointment",
        category: Category::Appointments,
        dedupe_key: match word {
            // A visit of today keeps its place in the order of changes, and its address may change twice.
            VisitNotice::Readdressed => {
                format!("{}{} {} {}", about(visit.id), visit.sequence, word.as_str(), location.version)
            }
            _ => format!("{}{} {}", about(visit.id), visit.sequence, word.as_str()),
        },
        title: say(language, &format!("visit-{}-title", word.text()), &args),
        body: paragraphs.join("\n\n"),
        deep_link: format!("/appointments/{}", visit.id),
        action: None,
        open_in: None,
        plan: word.plan(done_in.is_some_and(|done| !done.by_mandate)),
        about: Vec::new(),
        worth: Worth {
            until: Some(match word {
                VisitNotice::Offered => visit.held_until.unwrap_or(visit.starts_at),
                VisitNotice::Cancelled | VisitNotice::Closed => worth_until(visit, before, true, now),
                _ => worth_until(visit, before, false, now),
            }),
            // Who sleeps on stands before a closed door.
            by: before.map(|before| before.min(visit.starts_at) - NOTICE),
            // A reminder leaves what it reminds of as it is; whatever changed makes all before it old.
            // Of what was just booked nothing was said yet; an offer that was taken is taken back by who takes it.
            replaces: (!matches!(
                word,
                VisitNotice::Eve | VisitNotice::Soon | VisitNotice::Booked | VisitNotice::Offered
            ))
            .then(|| about(visit.id)),
            makes_up_for: None,
            done_in: done_in.map(|done| done.session),
            for_them_alone: false,
            // It may say what the child is to bring.
            of_child: blocked::is_for_others(visit),
        },
    }
}

/// Tells the resident of a visit what became of it. Who has no app, and a visitor who is not in the register, is told at the counter; of
/// what became of it without them, staff ring them.
pub(super) async fn tell(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    visit: &Visit,
    said: Said<'_>,
) -> Result<(), Failure> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    // Who is blocked as a parent hears that they need not come, and nothing else: neither when nor where the child is.
    let is_off = matches!(said.word, VisitNotice::Cancelled | VisitNotice::Closed);
    if !is_off && blocked::is_from_owner(w, town, visit).await? {
        return Ok(());
    }
    let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
    let notice = |language| {
        let (service, location) = known?;
        let bring = bring(app, language, town, service, (visit, true));
        Some(notice(language, town, (service, location), visit, &bring, (said, now)))
    };
    let hears = match visit.resident_id {
        Some(resident) => {
            !matches!(inbox::notify(w, app, town, resident, notice).await?, Outcome::Unreached(Unreached::NoApp))
        }
        None => false,
    };
    match said.word.became().filter(|_| !hears) {
        Some(became) => to_ring(w, app, town, visit, (became, said.before)).await.map_err(Failure::from),
        None => Ok(()),
    }
}

/// Notes that whose a visit is must be rung.
async fn to_ring(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    visit: &Visit,
    (became, before): (Became, Option<DateTime<Utc>>),
) -> sqlx::Result<()> {
    // Who never heard that it was elsewhere need not hear that it is where it was.
    if became == Became::Restored && ringing_store::never_heard(w, town.id, visit.id).await? {
        return Ok(());
    }
    let now = app.clock.now();
    let until = worth_until(visit, before, became == Became::Closed, now);
    let known = before.filter(|before| became == Became::Closed || *before != visit.starts_at);
    ringing_store::note(w, town.id, visit.id, (became, known), (until, now)).await
}

/// Until when it is worth something to hear what became of a visit: that one need not come, up to when one would have. Who was turned away at
/// the door needs another time, too, when that is past.
fn worth_until(visit: &Visit, before: Option<DateTime<Utc>>, is_off: bool, now: DateTime<Utc>) -> DateTime<Utc> {
    let until = before.map_or(visit.starts_at, |before| before.max(visit.starts_at));
    if is_off { until.max(now + OFF_IS_TOLD) } else { until }
}

/// Takes back what was said about a visit that is none any more, as far as it was not read.
pub(super) async fn take_back(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: Option<ResidentId>,
    visit: AppointmentId,
) -> sqlx::Result<()> {
    match resident {
        Some(resident) => inbox::take_back_under(w, app, town, resident, &about(visit)).await,
        None => Ok(()),
    }
}

/// Tells a parent that a visit which they booked is not theirs any more; `others`, that it was also for them, or for another child, who are on no visit now.
/// It says when the visit was, as they knew it, and names nobody.
pub(super) async fn tell_of_given(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (parent, visit): (ResidentId, &Visit),
    others: bool,
) -> sqlx::Result<()> {
    let now = app.clock.now();
    let notice = |language| {
        let day = date(language, visit.starts_at.with_timezone(&town.zone).date_naive());
        let hour = hour(language, town, visit.starts_at);
        let args = [("date", day.as_str()), ("hour", hour.as_str()), ("phone", town.contact.phone.as_str())];
        let mut paragraphs = vec![say(language, "visit-given-body", &args)];
        if others {
            paragraphs.push(say(language, "visit-given-others", &args));
        }
        Some(Notice {
            kind: "appointment",
            category: Category::Appointments,
            dedupe_key: format!("given visit {} {parent}", visit.id),
            title: say(language, "visit-given-title", &args),
            body: paragraphs.join("\n\n"),
            deep_link: "/appointments".to_owned(),
            action: None,
            plan: VisitNotice::Cancelled.plan(false),
            about: Vec::new(),
            worth: Worth { until: Some(worth_until(visit, None, true, now)), for_them_alone: true, ..Worth::default() },
            open_in: None,
        })
    };
    inbox::notify(w, app, town, parent, notice).await?;
    Ok(())
}

/// Tells a resident that they wait no more, and why.
pub(super) async fn tell_of_wait(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, entry): (ResidentId, uuid::Uuid),
    (service, how): (&Service, Wait),
) -> Result<(), Failure> {
    let notice = |language| Some(wait_over(language, town, service, entry, how));
    inbox::notify(w, app, town, resident, notice).await?;
    Ok(())
}
