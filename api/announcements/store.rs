//! SQL of announcements.

pub mod audience;
pub mod figures;
pub mod lists;
pub mod people;
pub mod trial;

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    audience::Audience,
    model::{Announcement, AnnouncementId, By, Draft, Importance, Instants, Key, Texts},
    rules::State,
};
use crate::{
    inbox::MessageId,
    locked,
    platform::{
        db::{Locked, Read, Write},
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
        page::Cursor,
        text::folded,
    },
    staff::Staff,
    statements, with_conn,
};

pub use people::{Counts, Part, chunk, concerned, count, lately, preview, record};

/// What an announcement is read with: all of it.
macro_rules! announcements {
    ($which:literal) => {
        concat!(
            "
        select id, version, state, importance, topic, texts, link, audience, decision, over_cap, send_at, valid_until,
            corrects_id, author_id, author, approver, cursor_id, told, by_phone, without_app, held_back, created_at, updated_at,
            started_at, ended_at, is_public, newcomers, begins_at, ends_at, place, image_id, looked_at, title_on_lock_screen,
            coalesce(written_at, updated_at) as written_at, stopped_by
        from announcement ",
            $which
        )
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
    ADD = "
        insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision,
            over_cap, send_at, valid_until, corrects_id, author_id, author, told, by_phone, without_app, held_back, created_at,
            updated_at, written_at, is_public, newcomers, begins_at, ends_at, place, search_key, title_on_lock_screen)
        values ($1, $2, $3 + 1, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 0, 0, $16, $16, $16, $17,
            $18, $19, $20, $21, $22, $23)
        on conflict (municipality_id, id) do nothing";
    EDIT = "
        update announcement set version = version + 1, state = 'draft', importance = $4, topic = $5, texts = $6, link = $7,
            audience = $8, decision = $9, over_cap = $10, send_at = $11, valid_until = $12, corrects_id = $13,
            author_id = $14, author = $15, approver = null, updated_at = $16, written_at = $16, is_public = $17, newcomers = $18, begins_at = $19,
            ends_at = $20, place = $21, search_key = $22, title_on_lock_screen = $23
        where municipality_id = $1 and id = $2 and version = $3";
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

#[derive(sqlx::FromRow)]
struct Row {
    id: AnnouncementId,
    version: i64,
    state: State,
    importance: Importance,
    topic: String,
    texts: Json<Texts>,
    link: String,
    audience: Json<Audience>,
    decision: String,
    over_cap: bool,
    send_at: Option<DateTime<Utc>>,
    valid_until: DateTime<Utc>,
    corrects_id: Option<AnnouncementId>,
    author_id: uuid::Uuid,
    author: String,
    approver: Option<String>,
    cursor_id: Option<ResidentId>,
    told: i64,
    by_phone: i64,
    without_app: i64,
    held_back: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    written_at: DateTime<Utc>,
    stopped_by: Option<String>,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    is_public: bool,
    newcomers: bool,
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    place: String,
    image_id: Option<uuid::Uuid>,
    looked_at: Option<DateTime<Utc>>,
    title_on_lock_screen: Option<bool>,
}

impl From<Row> for Announcement {
    fn from(r: Row) -> Self {
        Self {
            id: r.id,
            version: r.version,
            state: r.state,
            importance: r.importance,
            topic: r.topic,
            texts: r.texts.0,
            link: r.link,
            audience: r.audience.0,
            decision: r.decision,
            over_cap: r.over_cap,
            send_at: r.send_at,
            valid_until: r.valid_until,
            corrects: r.corrects_id,
            author_id: r.author_id,
            author: r.author,
            approver: r.approver,
            cursor: r.cursor_id,
            told: r.told,
            by_phone: r.by_phone,
            without_app: r.without_app,
            held_back: r.held_back,
            created_at: r.created_at,
            updated_at: r.updated_at,
            written_at: r.written_at,
            stopped_by: r.stopped_by,
            started_at: r.started_at,
            ended_at: r.ended_at,
            is_public: r.is_public,
            newcomers: r.newcomers,
            begins_at: r.begins_at,
            ends_at: r.ends_at,
            place: r.place,
            image_id: r.image_id,
            looked_at: r.looked_at,
            title_on_lock_screen: r.title_on_lock_screen,
        }
    }
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: AnnouncementId) -> sqlx::Result<Option<Announcement>> {
    let row: Option<Row> = with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Announcement::from))
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
    let rows: Vec<Row> = with_conn!(r, c => sqlx::query_as(PUBLIC).bind(town).bind(from).bind(before.at).bind(before.id).bind(limit)
        .fetch_all(c).await)?;
    Ok(rows.into_iter().map(Announcement::from).collect())
}

/// What is public, came out before an instant, and begins after another; the next first.
pub async fn dated(
    r: &mut Read,
    town: MunicipalityId,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Announcement>> {
    let rows: Vec<Row> =
        with_conn!(r, c => sqlx::query_as(DATED).bind(town).bind(from).bind(now).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Announcement::from).collect())
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
    let rows: Vec<Row> =
        with_conn!(r, c => sqlx::query_as(TOLD_TO).bind(town).bind(resident).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Announcement::from).collect())
}

/// One that somebody was told, or that is public.
pub async fn told_one(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    id: AnnouncementId,
) -> sqlx::Result<Option<Announcement>> {
    let row: Option<Row> =
        with_conn!(r, c => sqlx::query_as(TOLD_ONE).bind(town).bind(resident).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Announcement::from))
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
    let rows: Vec<Row> = with_conn!(r, c => sqlx::query_as(LIST).bind(town).bind(state).bind(like).bind(before).bind(id).bind(limit)
        .fetch_all(c).await)?;
    Ok(rows.into_iter().map(Announcement::from).collect())
}

/// What corrects an announcement: what went out, the latest first, and then the rest.
pub async fn corrections(r: &mut Read, (town, first): Key, limit: i64) -> sqlx::Result<Vec<Announcement>> {
    let rows: Vec<Row> =
        with_conn!(r, c => sqlx::query_as(CORRECTIONS).bind(town).bind(first).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Announcement::from).collect())
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
    town: MunicipalityId,
    who: &Staff,
    d: &Draft,
    (at, now): (&Instants, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let sql = if d.version == 0 { ADD } else { EDIT };
    with_conn!(w, c => sqlx::query(sql)
        .bind(town).bind(d.id).bind(d.version).bind(d.importance.as_str()).bind(&d.topic).bind(Json(&d.texts)).bind(&d.link)
        .bind(Json(&d.audience)).bind(&d.decision).bind(d.over_cap).bind(at.send_at).bind(d.valid_until)
        .bind(d.corrects).bind(who.id.0).bind(&who.name).bind(now).bind(d.is_public).bind(d.newcomers).bind(at.begins_at)
        .bind(at.ends_at).bind(&d.place).bind(search_key(&d.texts, &d.place, &who.name)).bind(d.title_on_lock_screen).execute(c).await.map(|d| d.rows_affected() == 1))
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
    [told, by_phone, without_app, held_back]: [i64; 4],
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ADVANCE).bind(town).bind(id).bind(cursor).bind(told).bind(by_phone).bind(without_app)
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
