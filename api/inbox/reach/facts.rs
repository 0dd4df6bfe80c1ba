//! What is known around some messages of a town, read in the transaction that takes their next step.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Outcome, OverBroadcasts, Reach, SettledDocuments, Source, Step, StepState, Taken, ToldOf, documents_in},
    rules::{self, ByParent, ChildsLetter, Days, Facts, Next},
    store::{self, KeptRow, MessageRow},
};
use crate::{
    config::ReachPlan,
    contacts::{self, Settings},
    identity,
    inbox::{beside, model::Plan},
    mail,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::{DocumentId, ResidentId},
        time::local_day,
    },
    residents::{self, State, rules::is_minor},
};

/// After how many days each step of a plan is taken in a town.
pub fn days(town: &Municipality, plan: Plan) -> Days {
    let never = ReachPlan::default();
    let kept = town.reach.get(plan.as_str()).unwrap_or(&never);
    let day = |day: Option<i64>| day.filter(|n| *n >= 0);
    let days = Days { mail: day(kept.mail), letter: day(kept.letter), call: day(kept.call) };
    match plan {
        // Nobody is called for what goes to many, and paper is what its author asks for.
        Plan::AnnouncementMail => Days { letter: None, call: None, ..days },
        Plan::AnnouncementPaper => Days { call: None, ..days },
        _ => days,
    }
}

/// What is known around some messages.
pub struct Around {
    here: HashSet<ResidentId>,
    with_app: HashMap<ResidentId, DateTime<Utc>>,
    settings: HashMap<ResidentId, Settings>,
    messages: HashMap<Uuid, MessageRow>,
    kept: HashMap<Uuid, KeptRow>,
    steps: HashMap<Uuid, Vec<Taken>>,
    no_more: HashMap<Uuid, Outcome>,
    /// What speaks of somebody of whom they are not to be told any more, with the documents of which they still are.
    not_theirs: HashMap<Uuid, Vec<DocumentId>>,
    /// What was said beside somebody, and holds no more.
    beside_no_more: HashSet<Uuid>,
    over: HashMap<Uuid, Outcome>,
    by_parent: HashMap<Uuid, ByParent>,
    mail_on: bool,
    letters_on: bool,
}

impl Around {
    /// Reads it.
    ///
    /// # Errors
    /// The database.
    pub async fn of(
        r: &mut Read,
        app: &App,
        town: &Municipality,
        reaches: &[Reach],
        now: DateTime<Utc>,
    ) -> sqlx::Result<Self> {
        let residents: Vec<ResidentId> =
            reaches.iter().map(|reach| reach.resident_id).collect::<BTreeSet<_>>().into_iter().collect();
        let ids: Vec<Uuid> = reaches.iter().map(|reach| reach.id).collect();
        let of = |source: Source| {
            reaches.iter().filter(move |r| r.source == source).map(|r| r.source_id).collect::<Vec<Uuid>>()
        };
        let (in_inbox, kept) = (of(Source::Message), of(Source::Unreached));
        let people = residents::spoken_to(r, town, &residents).await?;
        let (no_more, not_theirs) = asked_no_more(r, app, town, (reaches, &residents), now).await?;
        let mut around = Self {
            here: people.into_iter().filter(|(.., state)| *state == State::Active).map(|(id, ..)| id).collect(),
            with_app: identity::first_sign_ins(r, town.id, &residents).await?.into_iter().collect(),
            settings: contacts::settings(r, town.id, &residents).await?,
            messages: store::messages(r, town.id, &in_inbox).await?.into_iter().map(|m| (m.id, m)).collect(),
            kept: store::kept(r, town.id, &kept).await?.into_iter().map(|k| (k.id, k)).collect(),
            steps: store::steps(r, town.id, &ids).await?,
            no_more,
            not_theirs,
            beside_no_more: HashSet::new(),
            over: over(r, app, town, reaches).await?,
            by_parent: by_parent(r, town, reaches, now).await?,
            mail_on: mail::is_on(app),
            letters_on: town.letters_on(),
        };
        let of_others = reaches.iter().filter(|reach| reach.plan == Plan::ForOther);
        let of_others: Vec<(Uuid, ResidentId, &str)> =
            of_others.filter_map(|reach| Some((reach.id, reach.resident_id, around.kept_as(reach)?.0))).collect();
        let holds_no_more = beside::over(r, town, &of_others, now).await?;
        around.no_more.extend(holds_no_more.iter().map(|id| (*id, Outcome::Settled)));
        around.beside_no_more = holds_no_more.into_iter().collect();
        Ok(around)
    }

    /// The key under which it was said, and whether it is about a child of whom it is to.
    fn kept_as(&self, reach: &Reach) -> Option<(&str, bool)> {
        match reach.source {
            Source::Message => self.messages.get(&reach.source_id).map(|m| (m.dedupe_key.as_str(), m.of_child)),
            Source::Unreached => self.kept.get(&reach.source_id).map(|k| (k.dedupe_key.as_str(), k.of_child)),
        }
    }

    /// What ended it by itself.
    fn ended(&self, reach: &Reach) -> Option<Outcome> {
        if !self.here.contains(&reach.resident_id) {
            return Some(Outcome::NotHere);
        }
        match reach.source {
            Source::Message => match self.messages.get(&reach.source_id) {
                Some(m) if m.read_at.is_some() || m.archived_at.is_some() => return Some(Outcome::Read),
                Some(m) if m.withdrawn_at.is_none() => {}
                _ => return Some(Outcome::Settled),
            },
            Source::Unreached => match self.kept.get(&reach.source_id) {
                Some(k) if k.withdrawn_at.is_none() => {}
                Some(_) => return Some(Outcome::Settled),
                None => return Some(Outcome::Replaced),
            },
        }
        if let Some(outcome) = reach.broadcast_id.and_then(|id| self.over.get(&id)) {
            return Some(*outcome);
        }
        self.no_more.get(&reach.id).copied()
    }

    /// Whether whom it is to may not be told it any more, not on paper that lies ready either: they died or left, it speaks of somebody of whom they are
    /// told no more, or it was taken back.
    pub fn must_not_tell(&self, reach: &Reach) -> bool {
        !self.here.contains(&reach.resident_id)
            || self.not_theirs.contains_key(&reach.id)
            || self.beside_no_more.contains(&reach.id)
            || self.is_taken_back(reach)
    }

    /// Whether it was taken back, as it is not so any more, or is not theirs to know: a visit, a mandate, an announcement. What asks for documents and was
    /// settled is only of no use, and does no harm on paper.
    fn is_taken_back(&self, reach: &Reach) -> bool {
        reach.about.is_empty()
            && match reach.source {
                Source::Message => self.messages.get(&reach.source_id).is_some_and(|m| m.withdrawn_at.is_some()),
                // What takes the place of what was kept deletes it.
                Source::Unreached => self.kept.get(&reach.source_id).is_none_or(|k| k.withdrawn_at.is_some()),
            }
    }

    /// Of what must not be said any more for the sake of somebody of whom it speaks: the documents of which they are to be told for themselves.
    pub fn to_tell_again(&self, reach: &Reach) -> &[DocumentId] {
        self.not_theirs.get(&reach.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Until when it is waited for who has the app since to be told anew, at the next look at their documents, of what these still ask for.
    /// That message is followed for itself, and replaces this one; where none came, this one is told.
    pub fn told_anew_by(&self, reach: &Reach) -> Option<DateTime<Utc>> {
        let since = self.with_app.get(&reach.resident_id).filter(|_| self.is_told_anew(reach))?;
        Some(*since + rules::TOLD_ANEW)
    }

    /// Whether somebody has the app by now and is told there of what their documents ask for, so that nobody else need tell them.
    pub fn is_told_anew(&self, reach: &Reach) -> bool {
        self.to_deliver(reach).is_some() && !reach.about.is_empty()
    }

    /// What was kept for somebody who has the app by now.
    pub fn to_deliver(&self, reach: &Reach) -> Option<&KeptRow> {
        let kept = self.kept.get(&reach.source_id).filter(|_| reach.source == Source::Unreached);
        kept.filter(|_| self.with_app.contains_key(&reach.resident_id))
    }

    /// What they chose about how they are told.
    pub fn settings(&self, reach: &Reach) -> Option<&Settings> {
        self.settings.get(&reach.resident_id)
    }

    /// What was said: the title, and the text.
    pub fn said(&self, reach: &Reach) -> Option<(&str, &str)> {
        match reach.source {
            Source::Message => self.messages.get(&reach.source_id).map(|m| (m.title.as_str(), m.body.as_str())),
            Source::Unreached => self.kept.get(&reach.source_id).map(|k| (k.title.as_str(), k.body.as_str())),
        }
    }

    /// The steps so far, in the order in which they were.
    pub fn steps(&self, reach: &Reach) -> Vec<Taken> {
        self.steps.get(&reach.id).cloned().unwrap_or_default()
    }

    /// E-mail and letter, as far as they want them, in their order. Announcements come by e-mail to those only who asked for that.
    pub fn wants(&self, reach: &Reach) -> Vec<Step> {
        let Some(settings) = self.settings(reach) else { return Vec::new() };
        let takes_mail = !settings.never_digital && (reach.broadcast_id.is_none() || settings.announcements_by_email);
        let step = |way: &contacts::Way| match way {
            contacts::Way::Push => None,
            contacts::Way::Mail => Some(Step::Mail).filter(|_| takes_mail),
            contacts::Way::Letter => Some(Step::Letter),
        };
        settings.steps.iter().filter_map(step).collect()
    }

    /// How far a minor is told of it by the parents who live with them.
    fn by_parent(&self, reach: &Reach) -> ByParent {
        self.by_parent.get(&reach.id).copied().unwrap_or_default()
    }

    /// Whether a letter is left out for a parent who was told, or waits for one who may be.
    pub fn childs_letter(&self, reach: &Reach, now: DateTime<Utc>) -> ChildsLetter {
        rules::childs_letter(self.by_parent(reach), now, reach.created_at, reach.worth_until)
    }

    /// After how many days each step is taken. To whom what is on paper is read, somebody calls when the letter goes.
    fn days(&self, town: &Municipality, reach: &Reach) -> Days {
        let days = days(town, reach.plan);
        let has_letter = self.letters_on && self.wants(reach).contains(&Step::Letter);
        let letter = days.letter.filter(|_| has_letter && reach.broadcast_id.is_none() && self.is_read_aloud(reach));
        Days { call: letter.map(|at| days.call.map_or(at, |call| call.min(at))).or(days.call), ..days }
    }

    /// Whether what is on paper is read to them.
    pub fn is_read_aloud(&self, reach: &Reach) -> bool {
        self.settings(reach).is_some_and(|s| s.read_aloud)
    }

    /// What comes next, after these steps.
    pub fn next(&self, town: &Municipality, reach: &Reach, taken: &[Taken], now: DateTime<Utc>) -> Next {
        let wants = self.wants(reach);
        rules::next(&Facts {
            now,
            created_at: reach.created_at,
            worth_until: reach.worth_until,
            days: self.days(town, reach),
            wants: &wants,
            taken,
            ended: self.ended(reach),
            in_inbox: reach.source == Source::Message,
            has_mail: self.mail_on && self.settings(reach).is_some_and(|s| s.email.is_some()),
            letters_on: self.letters_on,
            by_parent: self.by_parent(reach),
        })
    }
}

/// Which announcements of these are over, as whoever has them says.
async fn over(r: &mut Read, app: &App, town: &Municipality, reaches: &[Reach]) -> sqlx::Result<HashMap<Uuid, Outcome>> {
    let told: BTreeSet<Uuid> = reaches.iter().filter_map(|reach| reach.broadcast_id).collect();
    if told.is_empty() {
        return Ok(HashMap::new());
    }
    let find: &OverBroadcasts = app.part();
    let told: Vec<Uuid> = told.into_iter().collect();
    (find.0)(r, town, &told).await
}

/// Of announcements on paper that are to minors: how far the parents who live with them are told the same.
async fn by_parent(
    r: &mut Read,
    town: &Municipality,
    reaches: &[Reach],
    now: DateTime<Utc>,
) -> sqlx::Result<HashMap<Uuid, ByParent>> {
    let is_on_paper = |reach: &&Reach| reach.plan == Plan::AnnouncementPaper;
    let on_paper: Vec<(&Reach, Uuid)> =
        reaches.iter().filter(is_on_paper).filter_map(|reach| Some((reach, reach.broadcast_id?))).collect();
    let to: Vec<ResidentId> =
        on_paper.iter().map(|(reach, _)| reach.resident_id).collect::<BTreeSet<_>>().into_iter().collect();
    let today = local_day(town.zone, now);
    let people = residents::people(r, town, &to).await?;
    let minors: Vec<ResidentId> = people.iter().filter(|p| is_minor(p.birth_date, today)).map(|p| p.id).collect();
    let mut parents: HashMap<ResidentId, Vec<ResidentId>> = HashMap::new();
    for (child, parent) in residents::parents_at_home(r, town, &minors, today).await? {
        parents.entry(child).or_default().push(parent);
    }
    let all: Vec<ResidentId> = parents.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let settings = contacts::settings(r, town.id, &all).await?;
    let mut asked: BTreeMap<Uuid, BTreeSet<ResidentId>> = BTreeMap::new();
    for (reach, broadcast) in &on_paper {
        asked.entry(*broadcast).or_default().extend(parents.get(&reach.resident_id).into_iter().flatten());
    }
    let mut told: HashMap<(ResidentId, Uuid), ByParent> = HashMap::new();
    for (broadcast, parents) in asked {
        let parents: Vec<ResidentId> = parents.into_iter().collect();
        for one in store::told(r, town.id, broadcast, &parents).await? {
            let takes_letters =
                settings.get(&one.resident_id).is_some_and(|s| s.steps.contains(&contacts::Way::Letter));
            let may_reach = takes_letters || one.source == Source::Message;
            let by = rules::by_parent(one.outcome, one.letter_state == Some(StepState::Reached), may_reach);
            told.insert((one.resident_id, broadcast), by);
        }
    }
    let furthest = |reach: &Reach, broadcast: Uuid| {
        let parents = parents.get(&reach.resident_id)?;
        parents.iter().filter_map(|parent| told.get(&(*parent, broadcast)).copied()).max()
    };
    let known = |(reach, broadcast): &(&Reach, Uuid)| Some((reach.id, furthest(reach, *broadcast)?));
    Ok(on_paper.iter().filter_map(known).collect())
}

/// What became of those that ask about documents: nothing is asked of any of them any more, the town wrote itself, somebody is not to be told of
/// one of them any more, or a later one asks about all of them as well. And those of which somebody is not to be told, each with the documents of
/// which they still are.
async fn asked_no_more(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    (reaches, residents): (&[Reach], &[ResidentId]),
    now: DateTime<Utc>,
) -> sqlx::Result<(HashMap<Uuid, Outcome>, HashMap<Uuid, Vec<DocumentId>>)> {
    let asking: Vec<&Reach> = reaches.iter().filter(|reach| !reach.about.is_empty()).collect();
    if asking.is_empty() {
        return Ok(Default::default());
    }
    // Where two ask somebody about one document, what happened since the later one counts for both: the earlier is replaced.
    let mut since: HashMap<ToldOf, DateTime<Utc>> = HashMap::new();
    for reach in &asking {
        for document in reach.documents() {
            let at = since.entry((document, reach.resident_id)).or_insert(reach.created_at);
            *at = (*at).max(reach.created_at);
        }
    }
    let told: Vec<_> = since.into_iter().collect();
    let find: &SettledDocuments = app.part();
    let over = (find.0)(r, town, &told, now).await?;
    let all = store::about_of(r, town.id, residents).await?;
    let is_later = |reach: &Reach, (id, resident, about, at): &store::About| {
        let covers = || {
            let theirs: HashSet<DocumentId> = documents_in(about).collect();
            reach.documents().all(|d| theirs.contains(&d))
        };
        *resident == reach.resident_id && (*at, *id) > (reach.created_at, reach.id) && covers()
    };
    let is_not_theirs = |one: &ToldOf| over.not_theirs.contains(one);
    let ended = |reach: &Reach| {
        let told: Vec<ToldOf> = reach.documents().map(|d| (d, reach.resident_id)).collect();
        let is_done = |one: &ToldOf| over.done.contains(one);
        if told.iter().all(|one| is_done(one) || is_not_theirs(one)) {
            return Some(Outcome::Settled);
        }
        // What speaks of somebody whom it must not speak of is not said for the sake of the rest: of that nobody was reached, and the counter has it.
        if told.iter().any(is_not_theirs) {
            return Some(Outcome::NotReached);
        }
        if told.iter().all(|one| is_done(one) || over.written.contains(one)) {
            return Some(Outcome::Posted);
        }
        all.iter().any(|one| is_later(reach, one)).then_some(Outcome::Replaced)
    };
    let still = |reach: &&&Reach| {
        let told: Vec<ToldOf> = reach.documents().map(|d| (d, reach.resident_id)).collect();
        let asked = |one: &&ToldOf| !is_not_theirs(one) && !over.done.contains(one) && !over.written.contains(one);
        let is_of_another = told.iter().any(is_not_theirs);
        is_of_another.then(|| (reach.id, told.iter().filter(asked).map(|(document, _)| *document).collect()))
    };
    let not_theirs = asking.iter().filter_map(|reach| still(&reach)).collect();
    Ok((asking.iter().filter_map(|reach| Some((reach.id, ended(reach)?))).collect(), not_theirs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PLANS;

    #[test]
    fn each_plan_of_the_configuration_is_one_that_a_message_can_follow() {
        let mut known: Vec<&str> = Plan::ALL.iter().filter(|p| **p != Plan::None).map(|p| p.as_str()).collect();
        let mut named = PLANS.to_vec();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(known, named);
    }
}
