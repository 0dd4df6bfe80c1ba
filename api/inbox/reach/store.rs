//! SQL of how messages go on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Outcome, Reach, Reason, Source, Step, StepState, Taken};
use crate::{
    changing,
    inbox::model::{Follow, MessageId, Plan},
    listed, locked,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
        language::Language,
    },
    select_in, statements, with_conn,
};

/// What the worker is called, where it sets something aside.
pub const WORKER: &str = "reach";

/// Reads reaches, whole.
macro_rules! reaches {
    ($rest:literal) => {
        concat!(
            "select municipality_id, id, resident_id, source, source_id, plan, about, language, worth_until, created_at, broadcast_id
             from reach ",
            $rest
        )
    };
}

listed! {
    STEPS = "select reach_id, step, state, reason, at from reach_step where municipality_id = ? and reach_id in (?*)";
    ABOUT_OF = "
        select id, resident_id, about, created_at from reach
        where municipality_id = ? and resident_id in (?*) and about <> ''";
    TOLD_ABOUT = "
        select resident_id, about, created_at from reach
        where municipality_id = ? and resident_id in (?*) and about <> ''
            and (outcome is null or outcome in ('read', 'mailed', 'posted', 'called', 'handed_over') or exists
                (select 1 from reach_step s
                 where s.municipality_id = reach.municipality_id and s.reach_id = reach.id and s.state = 'reached'))";
    MESSAGES = "
        select id, dedupe_key, title, body, read_at, archived_at, withdrawn_at, of_child from message where municipality_id = ? and id in (?*)";
    KEPT = "
        select id, kind, category, dedupe_key, title, body, deep_link, withdrawn_at, of_child from unreached
        where municipality_id = ? and id in (?*)";
    END_MANY = "
        update reach set state = 'done', outcome = ?, outcome_at = ?, next_at = null, waits_for = null, waits_since = null
        where state = 'open' and municipality_id = ? and source_id in (?*) returning id";
    BEGIN_MANY = "
        with told (resident_id, id, source, source_id, language, no_push, outcome, at) as
            (values (?uuid, ?uuid, ?text, ?uuid, ?text, ?text, ?text, ?timestamptz)*)
        insert into reach (municipality_id, id, resident_id, source, source_id, plan, about, language, postcode, no_push, worth_until,
            state, outcome, outcome_at, next_at, created_at, broadcast_id)
        select ?, t.id, t.resident_id, t.source, t.source_id, ?, '', t.language, case when r.country = '' then r.postcode else '' end,
            t.no_push, ?,
            case when t.outcome is null then 'open' else 'done' end, t.outcome,
            case when t.outcome is null then null else t.at end, case when t.outcome is null then t.at end, ?, ?
        from told t left join resident r on r.municipality_id = ? and r.id = t.resident_id where true
        on conflict (municipality_id, source_id) do nothing";
    OF_BROADCAST = "
        update reach set broadcast_id = broadcast_id where municipality_id = ? and broadcast_id = ? and resident_id in (?*)
        returning source, source_id";
    TOLD_WITH_MANY = "
        select r.resident_id, r.source, r.outcome,
            (select s.state from reach_step s
             where s.municipality_id = r.municipality_id and s.reach_id = r.id and s.step = 'letter') as letter_state
        from reach r where r.municipality_id = ? and r.broadcast_id = ? and r.resident_id in (?*)";
    FURTHER = "select source_id, id, outcome, outcome_at from reach where municipality_id = ? and source_id in (?*)";
    WAITING_FOR = "select id, waits_since from reach where municipality_id = ? and id in (?*)";
    THESE = reaches!("where municipality_id = ? and id in (?*)");
    /// Also those that reached nobody yet: a letter still would.
    STILL_OPEN = reaches!("where municipality_id = ? and id in (?*) and (state = 'open' or outcome = 'not_reached')");
}
statements! {
    BEGIN = "
        insert into reach (municipality_id, id, resident_id, source, source_id, plan, about, language, postcode, no_push,
            worth_until, state, outcome, outcome_at, next_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8,
            coalesce((select postcode from resident where municipality_id = $1 and id = $3 and country = ''), ''),
            $9, $10, $11, $12, $13, $14, $15)";
    ANYTHING_DUE = "
        select count(*) from (select 1 as due from reach where next_at <= $1 order by next_at limit 1) first_due";
    WAITING = "
        select count(*), min(at) from
            (select next_at as at from reach where next_at <= $1 order by next_at limit 10000) due";
    READ = "
        update reach set state = 'done', outcome = 'read', outcome_at = $3, next_at = null, waits_for = null, waits_since = null
        where municipality_id = $1 and source_id = $2
            and (state = 'open' or outcome in ('mailed', 'posted', 'refused', 'not_reached', 'with_parent'))
        returning id";
    END_GONE = "
        update reach set state = 'done', outcome = $3, outcome_at = $4, next_at = null, waits_for = null, waits_since = null
        where municipality_id = $1 and resident_id = $2 and state = 'open' and source = 'unreached' and not exists
            (select 1 from unreached u
             where u.municipality_id = $1 and u.id = reach.source_id and u.withdrawn_at is null)
        returning id";
    END = "
        update reach set state = 'done', outcome = $3, outcome_at = $4, next_at = null, waits_for = null, waits_since = null
        where municipality_id = $1 and id = $2 and state = 'open'";
    LATER = "update reach set next_at = $3 where municipality_id = $1 and id = $2 and state = 'open'";
    WAIT_FOR_NOBODY = "
        update reach set next_at = $3, waits_for = null, waits_since = null
        where municipality_id = $1 and id = $2 and state = 'open'";
    STEPPED = "
        update reach set step = $3, next_at = $4, waits_for = $5, waits_since = $6
        where municipality_id = $1 and id = $2 and state = 'open'";
    TAKE = "
        insert into reach_step (municipality_id, reach_id, step, state, reason, at) values ($1, $2, $3, $4, $5, $6)
        on conflict (municipality_id, reach_id, step) do nothing";
    STATE = "
        update reach_step set state = $5, reason = $6, at = $7
        where municipality_id = $1 and reach_id = $2 and step = $3 and state = $4";
    NOT_YET = "delete from reach_step where municipality_id = $1 and reach_id = $2 and state = 'due'";
    GET = reaches!("where municipality_id = $1 and id = $2");
    /// Also where it went out so late that it was said to have reached nobody.
    AFTER_POSTING = "
        update reach set state = 'open', outcome = null, outcome_at = null, next_at = $3
        where municipality_id = $1 and id = $2 and (state = 'open' or (outcome = 'not_reached' and (worth_until is null or worth_until > $3)))";
    OPEN_AGAIN = "
        update reach set state = 'open', outcome = null, outcome_at = null, next_at = $3
        where municipality_id = $1 and id = $2 and (state = 'open' or outcome in ('mailed', 'posted'))";
    TO_INBOX = "
        update reach set source = 'message', source_id = $3, no_push = null where municipality_id = $1 and id = $2";
    WITHDRAW_KEPT = "
        update unreached set withdrawn_at = $3 where municipality_id = $1 and id = $2 and withdrawn_at is null";
    CALLS = "
        select municipality_id, id, resident_id, source, source_id, plan, about, language, worth_until, created_at, broadcast_id
        from reach
        where municipality_id = $1 and waits_for = 'call' and (waits_since, id) > ($2, $3)
        order by waits_since, id limit $4";
    OF_RESIDENT = "select id from reach where municipality_id = $1 and resident_id = $2";
    ERASE = "delete from reach where municipality_id = $1 and resident_id = $2";
    OLD = "
        select id from reach where municipality_id = $1 and created_at < $2 order by created_at, id limit $3";
    FORGET = "delete from reach where municipality_id = $1 and id = $2";
    /// Without what is told beside somebody: that a message is there for another is no message of the town's to them.
    BY_PLAN = "
        select plan, outcome, count(*) from reach
        where municipality_id = $1 and created_at >= $2 and created_at < $3 and broadcast_id is null and plan <> 'for_other'
        group by plan, outcome order by plan, outcome";
    BY_POSTCODE = "
        select postcode, outcome, count(*) from reach
        where municipality_id = $1 and created_at >= $2 and created_at < $3 and broadcast_id is null and plan <> 'for_other'
        group by postcode, outcome order by postcode, outcome";
}

/// What is due, the longest due first. Another worker takes others.
const DUE: Locked = locked!(
    "select municipality_id, id, resident_id, source, source_id, plan, about, language, worth_until, created_at, broadcast_id
     from reach where next_at <= $1
         and not exists (select 1 from set_aside s where s.worker = 'reach' and s.item = reach.id and s.again_at > $1)
     order by next_at, id limit $2",
    ""
);
/// Letters of a town that wait to be printed, those that wait longest first.
const LETTERS: Locked = locked!(
    "select municipality_id, id, resident_id, source, source_id, plan, about, language, worth_until, created_at, broadcast_id
     from reach where municipality_id = $1 and waits_for = 'letter'
     order by waits_since, id limit $2",
    ""
);

const LOCK: Locked = changing!("select 1 from reach where municipality_id = $1 and id = $2");

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("DUE", &DUE), ("LETTERS", &LETTERS), ("LOCK", &LOCK)];

/// What begins with a message.
pub struct New<'a> {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub resident: ResidentId,
    /// Where it stands.
    pub source: (Source, Uuid),
    /// Which plan it follows.
    pub plan: Plan,
    /// The documents that it asks something about.
    pub about: &'a str,
    /// In which language it was written.
    pub language: Language,
    /// Why phones were not told.
    pub no_push: Option<&'static str>,
    /// Until when it is worth something.
    pub worth_until: Option<DateTime<Utc>>,
    /// What became of it at once.
    pub outcome: Option<Outcome>,
    /// When it is looked at first; none where it is over.
    pub next_at: Option<DateTime<Utc>>,
}

/// Begins to follow a message.
pub async fn begin(w: &mut Write, town: MunicipalityId, new: &New<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    let state = if new.outcome.is_some() { "done" } else { "open" };
    with_conn!(w, c => sqlx::query(BEGIN)
        .bind(town).bind(new.id).bind(new.resident).bind(new.source.0).bind(new.source.1).bind(new.plan).bind(new.about)
        .bind(new.language.code()).bind(new.no_push).bind(new.worth_until).bind(state).bind(new.outcome)
        .bind(new.outcome.map(|_| now)).bind(new.next_at).bind(now)
        .execute(c).await.map(drop))
}

/// What begins with a message to one of many.
pub struct NewOfMany {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub resident: ResidentId,
    /// Where it stands.
    pub source: (Source, Uuid),
    /// In which language it was written.
    pub language: Language,
    /// Why phones were not told.
    pub no_push: Option<&'static str>,
    /// What became of it at once.
    pub outcome: Option<Outcome>,
    /// When it is looked at first; when it was over, where it is.
    pub at: DateTime<Utc>,
}

/// Begins to follow what many were told.
pub async fn begin_many(
    w: &mut Write,
    town: MunicipalityId,
    follow: &Follow,
    rows: &[NewOfMany],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in rows.chunks(BEGIN_MANY.at_most()) {
        let sql = BEGIN_MANY.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for new in part {
                q = q.bind(new.resident).bind(new.id).bind(new.source.0).bind(new.source.1).bind(new.language.code())
                    .bind(new.no_push).bind(new.outcome).bind(new.at);
            }
            q.bind(town).bind(follow.plan).bind(follow.worth_until).bind(now).bind(follow.id).bind(town)
                .execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Where what some people were told by a broadcast stands, as far as it is followed. It stays there until the transaction ends: an update, which
/// changes nothing, waits for a worker that moves it, and says where it is then.
pub async fn of_broadcast(
    w: &mut Write,
    town: MunicipalityId,
    broadcast: Uuid,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(Source, Uuid)>> {
    Ok(select_in!(w, OF_BROADCAST, [town, broadcast], residents))
}

/// Whether any is due.
pub async fn anything_due(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let due: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_DUE).bind(now).fetch_one(c).await)?;
    Ok(due > 0)
}

/// How many are due, and since when the first of them is.
pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING).bind(now).fetch_one(c).await)
}

/// Takes what is due.
pub async fn due(w: &mut Write, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Reach>> {
    let sql = DUE.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)
}

/// Lets nobody else go on with one until the transaction ends: whoever changes a step does this first, as the worker does.
pub async fn lock(w: &mut Write, (town, id): InTown<Uuid>) -> sqlx::Result<()> {
    let sql = LOCK.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Takes letters that wait to be printed.
pub async fn letters(w: &mut Write, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<Reach>> {
    let sql = LETTERS.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(town).bind(limit).fetch_all(c).await)
}

/// Whom staff are to call, those that wait longest first.
pub async fn calls(
    r: &mut Read,
    town: MunicipalityId,
    (since, id): (DateTime<Utc>, Uuid),
    limit: i64,
) -> sqlx::Result<Vec<Reach>> {
    with_conn!(r, c => sqlx::query_as(CALLS).bind(town).bind(since).bind(id).bind(limit).fetch_all(c).await)
}

/// One of them.
pub async fn get(r: &mut Read, (town, id): InTown<Uuid>) -> sqlx::Result<Option<Reach>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// Since when each of these waits for people; without those that wait for nobody.
pub async fn waits(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, DateTime<Utc>>> {
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = select_in!(r, WAITING_FOR, town, ids);
    Ok(rows.into_iter().filter_map(|(id, since)| Some((id, since?))).collect())
}

/// Which of these are open.
pub async fn still_open(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<Reach>> {
    Ok(select_in!(r, STILL_OPEN, town, ids))
}

/// These, whatever became of them.
pub async fn these(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<Reach>> {
    Ok(select_in!(r, THESE, town, ids))
}

/// How these messages went on: which each is, where it is followed, and what became of it when.
pub type FurtherRow = (Uuid, Uuid, Option<Outcome>, Option<DateTime<Utc>>);

/// How these went on.
pub async fn further(r: &mut Read, town: MunicipalityId, sources: &[Uuid]) -> sqlx::Result<Vec<FurtherRow>> {
    Ok(select_in!(r, FURTHER, town, sources))
}

/// The steps of each, in the order in which they were.
pub async fn steps(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<Taken>>> {
    /// Of which, and the columns of a step.
    type Row = (Uuid, Step, StepState, Option<Reason>, DateTime<Utc>);
    let rows: Vec<Row> = select_in!(r, STEPS, town, ids);
    let mut all: HashMap<Uuid, Vec<Taken>> = HashMap::new();
    for (id, step, state, reason, at) in rows {
        all.entry(id).or_default().push(Taken { step, state, reason, at });
    }
    for taken in all.values_mut() {
        taken.sort_by_key(|t| (t.at, t.step));
    }
    Ok(all)
}

/// What each reach of somebody asks about, where it asks about documents: which, whose, what and since when.
pub type About = (Uuid, ResidentId, String, DateTime<Utc>);

/// What the reaches of these people ask about.
pub async fn about_of(r: &mut Read, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<Vec<About>> {
    Ok(select_in!(r, ABOUT_OF, town, residents))
}

/// What these people were told of documents, or are being told: to whom, of which, and when it began.
pub async fn told_about(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, String, DateTime<Utc>)>> {
    Ok(select_in!(r, TOLD_ABOUT, town, residents))
}

/// How what somebody was told by a broadcast stands.
#[derive(sqlx::FromRow)]
pub struct ToldRow {
    pub resident_id: ResidentId,
    pub source: Source,
    pub outcome: Option<Outcome>,
    pub letter_state: Option<StepState>,
}

/// How what these people were told by a broadcast stands, as far as it is followed.
pub async fn told(
    r: &mut Read,
    town: MunicipalityId,
    broadcast: Uuid,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<ToldRow>> {
    Ok(select_in!(r, TOLD_WITH_MANY, [town, broadcast], residents))
}

/// A message as it stands.
#[derive(sqlx::FromRow)]
pub struct MessageRow {
    pub id: Uuid,
    pub dedupe_key: String,
    pub title: String,
    pub body: String,
    pub read_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub of_child: bool,
}

/// These messages, as they stand.
pub async fn messages(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<MessageRow>> {
    Ok(select_in!(r, MESSAGES, town, ids))
}

/// What was kept for somebody without the app.
#[derive(sqlx::FromRow)]
pub struct KeptRow {
    pub id: Uuid,
    pub kind: String,
    pub category: String,
    pub dedupe_key: String,
    pub title: String,
    pub body: String,
    pub deep_link: Option<String>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub of_child: bool,
}

/// What was kept, as it stands.
pub async fn kept(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<KeptRow>> {
    Ok(select_in!(r, KEPT, town, ids))
}

/// Ends those of these messages that are open; which they were.
pub async fn end_many(
    w: &mut Write,
    town: MunicipalityId,
    messages: &[MessageId],
    (outcome, now): (Outcome, DateTime<Utc>),
) -> sqlx::Result<Vec<Uuid>> {
    let mut ended = Vec::new();
    for part in messages.chunks(END_MANY.at_most()) {
        let sql = END_MANY.on(w, part.len());
        ended.append(&mut with_conn!(w, c => {
            let mut q = sqlx::query_scalar(sql).bind(outcome).bind(now).bind(town);
            for id in part {
                q = q.bind(id.0);
            }
            q.fetch_all(c).await
        })?);
    }
    Ok(ended)
}

/// Ends that of a message that was read: also one that was believed to be mailed, posted, or to have reached nobody.
pub async fn read(w: &mut Write, (town, message): InTown<MessageId>, now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    with_conn!(w, c => sqlx::query_scalar(READ).bind(town).bind(message).bind(now).fetch_all(c).await)
}

/// Ends those of somebody of which what was kept is gone, or withdrawn; which they were.
pub async fn end_gone(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    (outcome, now): (Outcome, DateTime<Utc>),
) -> sqlx::Result<Vec<Uuid>> {
    with_conn!(w, c => sqlx::query_scalar(END_GONE).bind(town).bind(resident).bind(outcome).bind(now).fetch_all(c).await)
}

/// Ends one; false where it was over.
pub async fn end(w: &mut Write, (town, id): InTown<Uuid>, outcome: Outcome, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END).bind(town).bind(id).bind(outcome).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Looks at one again at an instant; false where it is over.
pub async fn later(w: &mut Write, (town, id): InTown<Uuid>, at: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(LATER).bind(town).bind(id).bind(at).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Looks at one again at an instant, and lets nobody do anything for it meanwhile; false where it is over.
pub async fn wait_for_nobody(w: &mut Write, (town, id): InTown<Uuid>, at: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(WAIT_FOR_NOBODY).bind(town).bind(id).bind(at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes the step that one has reached, when it is looked at again, and since when it waits for people to do the step.
pub async fn stepped(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    step: Step,
    next_at: DateTime<Utc>,
    waits_since: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    let waits_for = waits_since.map(|_| step);
    with_conn!(w, c => sqlx::query(STEPPED).bind(town).bind(id).bind(step).bind(next_at).bind(waits_for).bind(waits_since)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes a step; false where it was noted before.
pub async fn take(w: &mut Write, (town, id): InTown<Uuid>, taken: &Taken) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TAKE).bind(town).bind(id).bind(taken.step).bind(taken.state).bind(taken.reason)
        .bind(taken.at).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes what became of a step that stood so; false where it did not.
pub async fn set_state(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    before: StepState,
    after: &Taken,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(STATE).bind(town).bind(id).bind(after.step).bind(before).bind(after.state)
        .bind(after.reason).bind(after.at).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes back that people were to do a step, which they have not done: it may be its turn again.
pub async fn not_yet(w: &mut Write, (town, id): InTown<Uuid>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(NOT_YET).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected()))
}

/// Waits for what a letter comes to that was posted; where the message ended by another way, or is worth nothing any more, it stays as it is.
pub async fn after_posting(w: &mut Write, (town, id): InTown<Uuid>, at: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(AFTER_POSTING).bind(town).bind(id).bind(at).execute(c).await.map(|_| ()))
}

/// Goes on with one whose e-mail or letter came back: false where it ended otherwise.
pub async fn open_again(w: &mut Write, (town, id): InTown<Uuid>, at: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(OPEN_AGAIN).bind(town).bind(id).bind(at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Follows the message in somebody's inbox that says what was kept for them.
pub async fn to_inbox(w: &mut Write, reach: &Reach, message: MessageId, now: DateTime<Utc>) -> sqlx::Result<()> {
    let town = reach.municipality_id;
    with_conn!(w, c => sqlx::query(WITHDRAW_KEPT).bind(town).bind(reach.source_id).bind(now).execute(c).await.map(drop))?;
    with_conn!(w, c => sqlx::query(TO_INBOX).bind(town).bind(reach.id).bind(message).execute(c).await.map(drop))
}

/// Every one of somebody.
pub async fn of_resident(r: &mut Read, (town, resident): InTown<ResidentId>) -> sqlx::Result<Vec<Uuid>> {
    with_conn!(r, c => sqlx::query_scalar(OF_RESIDENT).bind(town).bind(resident).fetch_all(c).await)
}

/// Erases them, with their steps.
pub async fn erase(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Those that began before an instant, the oldest first.
pub async fn old(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Uuid>> {
    with_conn!(r, c => sqlx::query_scalar(OLD).bind(town).bind(before).bind(limit).fetch_all(c).await)
}

/// Forgets one, with its steps.
pub async fn forget(w: &mut Write, (town, id): InTown<Uuid>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected()))
}

/// A part of a month, how it ended, and how many: none for what is still under way.
pub type Counted = (String, Option<Outcome>, i64);

/// What became of all that began in a span of time and was told to one, by plan or by postcode. What was told to many is counted by whoever
/// told it: a number here beside a number there would tell of a few.
pub async fn counted(
    r: &mut Read,
    town: MunicipalityId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    by_plan: bool,
) -> sqlx::Result<Vec<Counted>> {
    let sql = if by_plan { BY_PLAN } else { BY_POSTCODE };
    with_conn!(r, c => sqlx::query_as(sql).bind(town).bind(from).bind(until).fetch_all(c).await)
}
