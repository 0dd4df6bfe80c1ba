//! SQL of announcements.

pub mod audience;
pub mod figures;
pub mod lists;
pub mod people;
pub mod templates;
pub mod trial;

use chrono::{DateTime, Utc};

use super::{
    draft::{Draft, Settled},
    model::{Announcement, AnnouncementId, By, Key, Texts, announcement_columns},
    rules::State,
};
use crate::{
    bind_all,
    inbox::MessageId,
    locked,
    platform::{
        db::{Built, Column, Locked, Part, Read, Write},
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
        page::Cursor,
        text::folded,
    },
    staff::Staff,
    statements, with_conn,
};

pub use people::{Chunk, Counts, chunk, concerned, count, lately, letters, over, preview, record};

/// What an announcement is read with: all of it.
macro_rules! announcements {
    ($which:literal) => {
        concat!("select ", announcement_columns!(), " from announcement ", $which)
    };
}

statements! {
    WAITING = "
        select count(*), min(send_at) from
            (select send_at from announcement
             where state in ('approved', 'sending', 'withdrawing') and send_at <= $1 limit 10000) due";
    GET = announcements!("where municipality_id = $1 and id = $2");
    LIST = announcements!("where municipality_id = $1 and ($2 = '' or state = $2)
            and ($3 = '' or search_key like '%' || $3 || '%' escape '!') and (created_at, id) < ($4, $5)
        order by created_at desc, id desc limit $6");
    CORRECTIONS = announcements!("where municipality_id = $1 and corrects_id = $2
        order by (case when started_at is null then 1 else 0 end), started_at desc, created_at desc, id desc limit $3");
    DISCARD = "delete from announcement where municipality_id = $1 and id = $2 and version = $3 and state = 'draft'";
    PUBLIC = announcements!("where municipality_id = $1 and is_public and started_at >= $2 and started_at <= $3
            and (started_at < $3 or id < $4)
        order by started_at desc, id desc limit $5");
    DATED = announcements!("where municipality_id = $1 and is_public and begins_at is not null and begins_at >= $2
            and started_at <= $3
        order by begins_at, id limit $4");
    OF_MONTH = announcements!("where municipality_id = $1 and started_at >= $2 and started_at < $3
        order by started_at desc, id desc limit $4");
    DATELESS = "
        select id, corrects_id, started_at from announcement
        where municipality_id = $1 and is_public and begins_at is null and corrects_id is not null and started_at <= $2
        order by started_at desc limit $3";
    TOLD_TO = announcements!("where municipality_id = $1 and id in
            (select x.announcement_id from announcement_recipient x
             where x.municipality_id = $1 and x.resident_id = $2 order by x.at desc limit $3)");
    TOLD_ONE = announcements!("where municipality_id = $1 and id = $3 and started_at is not null
            and (is_public or exists (select 1 from announcement_recipient x
                 where x.municipality_id = $1 and x.announcement_id = $3 and x.resident_id = $2))");
    LOCK = "update announcement set version = version where municipality_id = $1 and id = $2";
    SET_STATE = "
        update announcement set state = $3, approver = coalesce($4, approver), updated_at = $5,
            stopped_by = coalesce($6, stopped_by),
            started_at = case when $3 = 'sending' then $5 else started_at end,
            ended_at = case when $3 in ('sent', 'withdrawn', 'cancelled') then $5 else ended_at end,
            cursor_id = case when $3 in ('withdrawing', 'sent', 'withdrawn', 'cancelled') then null else cursor_id end,
            send_at = case when $3 = 'approved' and send_at is null then $5 else send_at end
        where municipality_id = $1 and id = $2";
    SET_IMAGE = "
        update announcement set version = version + 1, state = 'draft', image_id = $4, author_id = $5, author = $6,
            approver = null, updated_at = $7, written_at = $7, search_key = $8
        where municipality_id = $1 and id = $2 and version = $3";
    DROP_IMAGE = "delete from announcement_image where municipality_id = $1 and announcement_id = $2";
    KEEP_IMAGE = "insert into announcement_image (municipality_id, announcement_id, bytes) values ($1, $2, $3)";
    IMAGE = "select bytes from announcement_image where municipality_id = $1 and announcement_id = $2";
    LOOK_AGAIN = "
        update announcement set state = 'sending', cursor_id = null, looked_at = $1
        where (municipality_id, id) in
            (select municipality_id, id from announcement
             where newcomers and state = 'sent' and valid_until > $1 and coalesce(looked_at, ended_at) < $2
             order by municipality_id, id limit 10)
            and newcomers and state = 'sent'";
    ADVANCE = "
        update announcement set cursor_id = $3, told = told + $4, by_phone = by_phone + $5, without_app = without_app + $6,
            held_back = held_back + $7
        where municipality_id = $1 and id = $2";
    ANYTHING_DUE = "
        select count(*) from
            (select 1 as due from announcement
             where state in ('approved', 'sending', 'withdrawing') and send_at <= $1 limit 1) first_due";
    TOLD_AFTER = "
        select resident_id, message_id from announcement_recipient
        where municipality_id = $1 and announcement_id = $2 and resident_id > $3
        order by resident_id limit $4";
    OLD = "
        select municipality_id, id from announcement
        where (ended_at < $1 or (ended_at is null and started_at is null and updated_at < $1)) limit 1";
    FORGET_RECIPIENTS = "
        delete from announcement_recipient where (municipality_id, announcement_id, resident_id) in
            (select municipality_id, announcement_id, resident_id from announcement_recipient
             where municipality_id = $1 and announcement_id = $2 limit $3)";
    FORGET = "delete from announcement where municipality_id = $1 and id = $2";
    COUNT_PEOPLE = "select count(*) from resident where municipality_id = $1 and state = 'active'";
    UNFOLLOWED = "select topic from topic_unfollowed where municipality_id = $1 and resident_id = $2 order by topic";
    /// Of ordinary announcements that still go on, what somebody was told though they do not follow the topic: from what that one was told, in the
    /// order in which SQLite reads a cross join.
    TOLD_UNFOLLOWED = "
        select x.message_id from announcement_recipient x cross join announcement n
        where n.municipality_id = x.municipality_id and n.id = x.announcement_id and n.importance = 'ordinary'
            and n.valid_until > $3 and x.municipality_id = $1 and x.resident_id = $2 and x.message_id is not null
            and exists (select 1 from topic_unfollowed u
                where u.municipality_id = x.municipality_id and u.resident_id = x.resident_id and u.topic = n.topic)
        order by x.message_id";
    FOLLOW_ALL = "delete from topic_unfollowed where municipality_id = $1 and resident_id = $2";
    UNFOLLOW = "
        insert into topic_unfollowed (municipality_id, resident_id, topic) values ($1, $2, $3)
        on conflict (municipality_id, resident_id, topic) do nothing";
    ERASE_MEMBER = "delete from people_list_member where municipality_id = $1 and resident_id = $2";
    ERASE_RECIPIENT = "delete from announcement_recipient where municipality_id = $1 and resident_id = $2";
}

/// What is due, what warns of danger first; another worker takes another.
const DUE: Locked = locked!(
    "select municipality_id, id from announcement
     where state in ('approved', 'sending', 'withdrawing') and send_at <= $1
         and not exists (select 1 from set_aside s where s.worker = 'announcements' and s.item = announcement.id and s.again_at > $1)
     order by case when state = 'withdrawing' then 0 when importance = 'emergency' then 1 else 2 end, send_at, id limit 1",
    ""
);

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("DUE", &DUE)];

pub async fn get(r: &mut Read, town: MunicipalityId, id: AnnouncementId) -> sqlx::Result<Option<Announcement>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// An announcement as nobody else can change it until this transaction ends.
pub async fn locked(w: &mut Write, town: MunicipalityId, id: AnnouncementId) -> sqlx::Result<Option<Announcement>> {
    with_conn!(w, c => sqlx::query(LOCK).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    get(w, town, id).await
}

/// What is public and came out from an instant on and before a place in the list, the newest first.
pub async fn public(
    r: &mut Read,
    town: MunicipalityId,
    from: DateTime<Utc>,
    before: Cursor,
    limit: i64,
) -> sqlx::Result<Vec<Announcement>> {
    with_conn!(r, c => sqlx::query_as(PUBLIC).bind(town).bind(from).bind(before.at).bind(before.id).bind(limit)
        .fetch_all(c).await)
}

/// What is public, came out before an instant, and begins after another; the next first.
pub async fn dated(
    r: &mut Read,
    town: MunicipalityId,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Announcement>> {
    with_conn!(r, c => sqlx::query_as(DATED).bind(town).bind(from).bind(now).bind(limit).fetch_all(c).await)
}

/// What began to go out in a span of time, the newest first.
pub async fn of_month(
    r: &mut Read,
    town: MunicipalityId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> sqlx::Result<Vec<Announcement>> {
    with_conn!(r, c => sqlx::query_as(OF_MONTH).bind(town).bind(from).bind(until).bind(limit).fetch_all(c).await)
}

/// Corrections that say no date: which, of what, and when they came out; the latest.
pub async fn dateless(
    r: &mut Read,
    town: MunicipalityId,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(AnnouncementId, AnnouncementId, DateTime<Utc>)>> {
    with_conn!(r, c => sqlx::query_as(DATELESS).bind(town).bind(now).bind(limit).fetch_all(c).await)
}

/// The latest that somebody was told, or would have been.
pub async fn told_to(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    limit: i64,
) -> sqlx::Result<Vec<Announcement>> {
    with_conn!(r, c => sqlx::query_as(TOLD_TO).bind(town).bind(resident).bind(limit).fetch_all(c).await)
}

/// One that somebody was told, or that is public.
pub async fn told_one(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    id: AnnouncementId,
) -> sqlx::Result<Option<Announcement>> {
    with_conn!(r, c => sqlx::query_as(TOLD_ONE).bind(town).bind(resident).bind(id).fetch_optional(c).await)
}

/// Those that came before one, the newest first, in a state (none for any), by words of what they are found by.
pub async fn list(
    r: &mut Read,
    town: MunicipalityId,
    (state, words): (Option<State>, &str),
    (before, id): (DateTime<Utc>, AnnouncementId),
    limit: i64,
) -> sqlx::Result<Vec<Announcement>> {
    let state = state.map_or("", State::as_str);
    let like: String =
        folded(words).chars().flat_map(|c| ['!'].into_iter().filter(move |_| "!%_".contains(c)).chain([c])).collect();
    with_conn!(r, c => sqlx::query_as(LIST).bind(town).bind(state).bind(like).bind(before).bind(id).bind(limit)
        .fetch_all(c).await)
}

/// What corrects an announcement: what went out, the latest first, and then the rest.
pub async fn corrections(r: &mut Read, (town, first): Key, limit: i64) -> sqlx::Result<Vec<Announcement>> {
    with_conn!(r, c => sqlx::query_as(CORRECTIONS).bind(town).bind(first).bind(limit).fetch_all(c).await)
}

/// Throws a draft away, of the version that it says; false where it is another, or none.
pub async fn discard(w: &mut Write, (town, id): Key, version: i64) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(DROP_IMAGE).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(DISCARD).bind(town).bind(id).bind(version).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// What staff find it by: its titles, its place and who wrote it, folded.
fn search_key(texts: &Texts, place: &str, author: &str) -> String {
    let titles = texts.values().map(|t| t.title.as_str());
    titles.chain([place, author]).map(folded).collect::<Vec<_>>().join("\n")
}

/// Adds a draft of version 0, or changes one of the version that it says; false where somebody was first.
pub async fn save(
    w: &mut Write,
    who: &Staff,
    id: AnnouncementId,
    draft: (&Draft, &Settled),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let built = saving((who.town.id, id), (who.id.0, &who.name), draft, now)?;
    let sql = built.on(w);
    with_conn!(w, c => bind_all!(sqlx::query(sql), built).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Adds a draft, or changes one: what staff write of it is written as a whole.
///
/// # Errors
/// What JSON cannot hold.
pub fn saving(
    (town, id): Key,
    (author_id, author): (uuid::Uuid, &str),
    (d, settled): (&Draft, &Settled),
    now: DateTime<Utc>,
) -> sqlx::Result<Built> {
    let place = d.place.as_deref().unwrap_or_default().trim().to_owned();
    let written: [Column; 22] = [
        ("importance", d.importance.as_str().into()),
        ("topic", d.topic.as_str().into()),
        ("texts", Part::json(&settled.texts)?),
        ("link", d.link.clone().unwrap_or_default().into()),
        ("audience", Part::json(&d.audience)?),
        ("decision", d.decision.clone().unwrap_or_default().into()),
        ("over_cap", d.over_cap.into()),
        ("send_at", settled.send_at.into()),
        ("valid_until", d.valid_until.get().into()),
        ("corrects_id", d.corrects_id.map(|id| id.0).into()),
        ("author_id", author_id.into()),
        ("author", author.into()),
        ("updated_at", now.into()),
        ("written_at", now.into()),
        ("is_public", d.is_public.into()),
        ("newcomers", d.newcomers.into()),
        ("begins_at", settled.begins_at.into()),
        ("ends_at", settled.ends_at.into()),
        ("search_key", search_key(&settled.texts, &place, author).into()),
        ("place", place.into()),
        ("title_on_lock_screen", d.title_on_lock_screen.into()),
        ("reach", d.reach.as_str().into()),
    ];
    let mut q = Built::default();
    if d.version == 0 {
        q.sql(
            "insert into announcement (municipality_id, id, version, state, told, by_phone, without_app, held_back,
                created_at, ",
        );
        q.names(&written).sql(") values (").bind(town.0).sql(", ").bind(id.0).sql(", 1, 'draft', 0, 0, 0, 0, ");
        q.bind(now).sql(", ").values(&written).sql(") on conflict (municipality_id, id) do nothing");
    } else {
        q.sql("update announcement set version = version + 1, state = 'draft', approver = null, ").sets(&written);
        q.sql(" where municipality_id = ").bind(town.0).sql(" and id = ").bind(id.0);
        q.sql(" and version = ").bind(d.version);
    }
    Ok(q)
}

/// Changes the image of the version that it says; false where somebody was first.
pub async fn set_image(
    w: &mut Write,
    (town, id): Key,
    (version, known): (i64, &Announcement),
    (who, now): (&Staff, DateTime<Utc>),
    (image, bytes): (Option<uuid::Uuid>, Option<&[u8]>),
) -> sqlx::Result<bool> {
    let key = search_key(&known.texts, &known.place, &who.name);
    let ours = with_conn!(w, c => sqlx::query(SET_IMAGE).bind(town).bind(id).bind(version).bind(image).bind(who.id.0)
        .bind(&who.name).bind(now).bind(key).execute(c).await.map(|d| d.rows_affected() == 1))?;
    if ours {
        with_conn!(w, c => sqlx::query(DROP_IMAGE).bind(town).bind(id).execute(c).await.map(|_| ()))?;
        if let Some(bytes) = bytes {
            with_conn!(w, c => sqlx::query(KEEP_IMAGE).bind(town).bind(id).bind(bytes).execute(c).await.map(|_| ()))?;
        }
    }
    Ok(ours)
}

pub async fn image(r: &mut Read, town: MunicipalityId, id: AnnouncementId) -> sqlx::Result<Option<Vec<u8>>> {
    with_conn!(r, c => sqlx::query_scalar(IMAGE).bind(town).bind(id).fetch_optional(c).await)
}

/// Lets those that were last looked at before an instant go out again, to who moved in since; whether there were any.
pub async fn look_again(w: &mut Write, now: DateTime<Utc>, before: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(LOOK_AGAIN).bind(now).bind(before).execute(c).await.map(|d| d.rows_affected() > 0))
}

pub async fn set_state(
    w: &mut Write,
    (town, id): Key,
    state: State,
    by: By<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let (approver, stopper) = match by {
        By::Itself => (None, None),
        By::Approver(name) => (Some(name), None),
        By::Stopper(name) => (None, Some(name)),
    };
    with_conn!(w, c => sqlx::query(SET_STATE).bind(town).bind(id).bind(state.as_str()).bind(approver).bind(now).bind(stopper)
        .execute(c).await.map(|_| ()))
}

/// Notes up to whom it came, and adds to what is counted: told, by phone, without app, held back.
pub async fn advance(
    w: &mut Write,
    town: MunicipalityId,
    id: AnnouncementId,
    cursor: Option<ResidentId>,
    [notified, by_phone, without_app, held_back]: [i64; 4],
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ADVANCE).bind(town).bind(id).bind(cursor).bind(notified).bind(by_phone).bind(without_app)
        .bind(held_back).execute(c).await.map(|_| ()))
}

pub async fn anything_due(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_DUE).bind(now).fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn due(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<Option<Key>> {
    let sql = DUE.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(now).fetch_optional(c).await)
}

pub async fn told_after(
    r: &mut Read,
    town: MunicipalityId,
    id: AnnouncementId,
    after: Option<ResidentId>,
    limit: i64,
) -> sqlx::Result<Vec<(ResidentId, Option<MessageId>)>> {
    // No id is smaller.
    let after = after.unwrap_or(ResidentId(uuid::Uuid::nil()));
    with_conn!(r, c => sqlx::query_as(TOLD_AFTER).bind(town).bind(id).bind(after).bind(limit).fetch_all(c).await)
}

/// Forgets some of the recipients of one announcement that was over before an instant, and at last the announcement; false
/// where there is none.
pub async fn forget(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<bool> {
    let old: Option<Key> = with_conn!(w, c => sqlx::query_as(OLD).bind(before).fetch_optional(c).await)?;
    let Some((town, id)) = old else { return Ok(false) };
    let gone = with_conn!(w, c => sqlx::query(FORGET_RECIPIENTS).bind(town).bind(id).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))?;
    if gone == 0 {
        with_conn!(w, c => sqlx::query(DROP_IMAGE).bind(town).bind(id).execute(c).await.map(|_| ()))?;
        with_conn!(w, c => sqlx::query(FORGET).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    }
    Ok(true)
}

pub async fn count_people(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_PEOPLE).bind(town).fetch_one(c).await)
}

pub async fn unfollowed(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Vec<String>> {
    with_conn!(r, c => sqlx::query_scalar(UNFOLLOWED).bind(town).bind(resident).fetch_all(c).await)
}

pub async fn set_unfollowed(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    topics: &[&str],
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FOLLOW_ALL).bind(town).bind(resident).execute(c).await.map(|_| ()))?;
    for topic in topics {
        with_conn!(w, c => sqlx::query(UNFOLLOW).bind(town).bind(resident).bind(*topic).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// The messages of what somebody was told of topics that they do not follow, as far as it still goes on.
pub async fn told_unfollowed(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<MessageId>> {
    with_conn!(r, c => sqlx::query_scalar(TOLD_UNFOLLOWED).bind(town).bind(resident).bind(now).fetch_all(c).await)
}

/// How many wait to be done, up to ten thousand, and since when the first does.
pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING).bind(now).fetch_one(c).await)
}

/// Erases what somebody chose, and that they were on lists and tried announcements.
pub async fn empty(w: &mut Write, town: MunicipalityId, resident: ResidentId, erased: &mut Erased) -> sqlx::Result<()> {
    for (kind, sql) in [("settings", FOLLOW_ALL), ("entries of lists", ERASE_MEMBER)] {
        let gone =
            with_conn!(w, c => sqlx::query(sql).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))?;
        erased.add(kind, gone);
    }
    erased.add("trial phones", trial::unlink(w, town, resident).await?);
    Ok(())
}

/// Erases which announcements concerned somebody.
pub async fn erase_recipient(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_RECIPIENT).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}
