//! SQL of figures.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    announcements::{
        model::{AnnouncementId, Counted, Outcome, Texts, Unreached},
        store::people::Door,
    },
    bind_all,
    platform::{
        db::{Built, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId, first_uuid_at},
    },
    statements, with_conn,
};

statements! {
    OUTCOMES = "
        select coalesce(p.outcome, 'under_way') as outcome, coalesce(nullif(p.code, ''), '-') as code, count(*) as phones
        from announcement_recipient x
        join push_delivery p on p.municipality_id = x.municipality_id and p.message_id = x.message_id and p.purpose = 'show'
        where x.municipality_id = $1 and x.announcement_id = $2
        group by coalesce(p.outcome, 'under_way'), coalesce(nullif(p.code, ''), '-')
        order by count(*) desc, 1, 2";
    UNREACHED = "
        select r.id, r.given_names, r.family_name, r.street, r.house_number, r.box as box_number, r.postcode, r.town, r.country,
            x.street_key, x.house_first, x.house_number as door_number, x.box as door_box
        from announcement_recipient x
        join resident r on r.municipality_id = x.municipality_id and r.id = x.resident_id
        where x.municipality_id = $1 and x.announcement_id = $2 and x.how = 'without_app' and r.state = 'active'
            and r.hidden = false
            and (x.street_key, x.house_first, x.house_number, x.box, x.resident_id) > ($3, $4, $5, $6, $7)
        order by x.street_key, x.house_first, x.house_number, x.box, x.resident_id limit $8";
    /// Where somebody stands on the list, also who left the town since.
    DOOR = "
        select street_key, house_first, house_number as door_number, box as door_box from announcement_recipient
        where municipality_id = $1 and announcement_id = $2 and resident_id = $3 and how = 'without_app'";
    /// Only of who has no app is it kept.
    DOORS_OF = "
        select announcement_id from announcement_recipient
        where municipality_id = $1 and resident_id = $2 and street_key <> ''";
    /// As it is kept of who has no address.
    HIDE_DOOR = "
        update announcement_recipient set street_key = '', house_first = 1000000, house_number = '', box = ''
        where municipality_id = $1 and announcement_id = $2 and resident_id = $3";
    SENT = "
        with recursive latest as
            (select id, texts, started_at, state from announcement
             where municipality_id = $1 and started_at is not null order by started_at desc, id desc limit $2),
        corrected (first_id, id, state) as
            (select l.id, c.id, c.state from latest l
             join announcement c on c.municipality_id = $1 and c.corrects_id = l.id and c.started_at is not null
             union
             select b.first_id, c.id, c.state from corrected b
             join announcement c on c.municipality_id = $1 and c.corrects_id = b.id and c.started_at is not null)
        select l.id, l.texts, l.started_at, l.state, exists
            (select 1 from corrected c
             where c.first_id = l.id and c.state not in ('withdrawing', 'withdrawn')) as is_corrected
        from latest l order by l.started_at desc, l.id desc";
    MONTH = "
        select told as notified, by_phone, without_app, held_back
        from announcement where municipality_id = $1 and started_at >= $2 and started_at < $3";
    MONTH_MESSAGES = "
        select kind, count(*) as sent, count(read_at) as opened from message
        where municipality_id = $1 and id >= $4 and id < $5 and created_at >= $2 and created_at < $3
        group by kind order by kind";
    COVERED = "
        select x.how,
            case when h.id is not null then coalesce(h.outcome, 'under_way')
                when m.read_at is not null then 'read'
                when m.withdrawn_at is not null then 'settled'
                else x.how end as ended,
            count(*) as people
        from announcement_recipient x
        left join message m on m.municipality_id = x.municipality_id and m.id = x.message_id
        left join reach h on h.municipality_id = x.municipality_id and h.broadcast_id = x.announcement_id
            and h.resident_id = x.resident_id
        where x.municipality_id = $1 and x.announcement_id = $2
        group by 1, 2 order by 1, 2";
    PEOPLE = "select count(*) from resident where municipality_id = $1 and state = 'active'";
    ACCOUNTS = "
        select count(*) from account a
        where a.municipality_id = $1 and exists
            (select 1 from resident r
             where r.municipality_id = $1 and r.id = a.resident_id and r.state = 'active')";
}

/// What was sent of one kind.
#[derive(sqlx::FromRow)]
pub struct Kind {
    /// The kind of message.
    pub kind: String,
    /// How many.
    pub sent: i64,
    /// How many were opened.
    pub opened: i64,
}

/// How one announcement went, and what became of it in the end, of so many people.
#[derive(Clone, sqlx::FromRow)]
pub struct Ended {
    /// How it was told: `phone`, `inbox`, `without_app` or `held_back`.
    pub how: String,
    /// An outcome of what is followed, `under_way`; or `how` again, where nothing more was done and it was not read.
    pub ended: String,
    /// How many.
    pub people: i64,
}

/// What became of one announcement, of all whom it concerned.
pub async fn covered(r: &mut Read, town: MunicipalityId, id: AnnouncementId) -> sqlx::Result<Vec<Ended>> {
    with_conn!(r, c => sqlx::query_as(COVERED).bind(town).bind(id).fetch_all(c).await)
}

/// What became of the pushes.
pub async fn outcomes(r: &mut Read, town: MunicipalityId, id: AnnouncementId) -> sqlx::Result<Vec<Outcome>> {
    with_conn!(r, c => sqlx::query_as(OUTCOMES).bind(town).bind(id).fetch_all(c).await)
}

/// Of what a line over time tells.
#[derive(Clone, Copy)]
pub enum Line {
    /// To whom a provider took it.
    Delivered,
    /// Who opened it.
    Opened,
}

/// How many had it by each of these instants.
pub async fn steps(
    r: &mut Read,
    town: MunicipalityId,
    id: AnnouncementId,
    instants: &[DateTime<Utc>],
    line: Line,
) -> sqlx::Result<Vec<i64>> {
    let built = by_instants(town, id, instants, line);
    let sql = built.on(r);
    let rows: Vec<(i64, i64)> = with_conn!(r, c => bind_all!(sqlx::query_as(sql), built).fetch_all(c).await)?;
    let mut all = vec![0; instants.len()];
    for (place, n) in rows {
        for later in usize::try_from(place).into_iter().flat_map(|p| p..instants.len()) {
            all[later] += n;
        }
    }
    Ok(all)
}

/// Where each falls among the instants, so that a row for each of them comes back and no row for each person.
pub fn by_instants(town: MunicipalityId, id: AnnouncementId, instants: &[DateTime<Utc>], line: Line) -> Built {
    let firsts = match line {
        Line::Delivered => {
            "select min(p.settled_at) as at from announcement_recipient x
             join push_delivery p on p.municipality_id = x.municipality_id and p.message_id = x.message_id
                and p.purpose = 'show' and p.outcome in ('delivered', 'read_elsewhere')"
        }
        Line::Opened => {
            "select m.read_at as at from announcement_recipient x
             join message m on m.municipality_id = x.municipality_id and m.id = x.message_id and m.read_at is not null"
        }
    };
    let mut q = Built::default();
    q.sql("select cast(f.place as bigint) as place, count(*) as n from (select case");
    for (n, at) in (0i64..).zip(instants) {
        q.sql(" when d.at <= ").bind(*at).sql(" then ").bind(n);
    }
    q.sql(" else -1 end as place from (").sql(firsts);
    q.sql(" where x.municipality_id = ").bind(town.0).sql(" and x.announcement_id = ").bind(id.0);
    if matches!(line, Line::Delivered) {
        q.sql(" group by x.resident_id");
    }
    q.sql(") d) f group by f.place");
    q
}

/// Somebody of the list, and where they stand on it.
#[derive(sqlx::FromRow)]
pub struct UnreachedRow {
    #[sqlx(flatten)]
    pub person: Unreached,
    #[sqlx(flatten)]
    pub door: Door,
}

/// Where somebody stands on the list of whom an announcement did not reach. None where they are not on it.
pub async fn door(
    r: &mut Read,
    town: MunicipalityId,
    id: AnnouncementId,
    resident: ResidentId,
) -> sqlx::Result<Option<Door>> {
    with_conn!(r, c => sqlx::query_as(DOOR).bind(town).bind(id).bind(resident).fetch_optional(c).await)
}

/// Of which announcements somebody's place in the round is kept.
pub async fn doors_of(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Vec<AnnouncementId>> {
    with_conn!(r, c => sqlx::query_scalar(DOORS_OF).bind(town).bind(resident).fetch_all(c).await)
}

/// Forgets one of them.
pub async fn hide_door(w: &mut Write, (town, id): InTown<AnnouncementId>, resident: ResidentId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(HIDE_DOOR).bind(town).bind(id).bind(resident).execute(c).await.map(|_| ()))
}

/// Whom it concerned and who has no app, as the post goes round, behind a door and a person. Nobody is before no door and no id.
pub async fn unreached(
    r: &mut Read,
    town: MunicipalityId,
    id: AnnouncementId,
    (door, after): (Door, ResidentId),
    limit: i64,
) -> sqlx::Result<Vec<UnreachedRow>> {
    with_conn!(r, c => sqlx::query_as(UNREACHED).bind(town).bind(id).bind(door.street_key).bind(door.house_first)
        .bind(door.door_number).bind(door.door_box).bind(after).bind(limit).fetch_all(c).await)
}

/// An announcement that went out.
#[derive(sqlx::FromRow)]
pub struct SentRow {
    pub id: AnnouncementId,
    pub texts: Json<Texts>,
    pub started_at: DateTime<Utc>,
    pub state: String,
    pub is_corrected: bool,
}

/// The announcements that went out, newest first.
pub async fn sent(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<SentRow>> {
    with_conn!(r, c => sqlx::query_as(SENT).bind(town).bind(limit).fetch_all(c).await)
}

/// The announcements that began to go out between two instants.
pub async fn month(
    r: &mut Read,
    town: MunicipalityId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<Counted>> {
    with_conn!(r, c => sqlx::query_as(MONTH).bind(town).bind(from).bind(until).fetch_all(c).await)
}

/// The messages between two instants, by kind: ids sort by time, so nothing else is read.
pub async fn month_messages(
    r: &mut Read,
    town: MunicipalityId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<Kind>> {
    with_conn!(r, c => sqlx::query_as(MONTH_MESSAGES).bind(town).bind(from).bind(until)
        .bind(first_uuid_at(from)).bind(first_uuid_at(until)).fetch_all(c).await)
}

/// How many live there, and how many of them have the app.
pub async fn people(r: &mut Read, town: MunicipalityId) -> sqlx::Result<(i64, i64)> {
    let people = with_conn!(r, c => sqlx::query_scalar(PEOPLE).bind(town).fetch_one(c).await)?;
    let with_app = with_conn!(r, c => sqlx::query_scalar(ACCOUNTS).bind(town).fetch_one(c).await)?;
    Ok((people, with_app))
}
