//! SQL of whom announcements concern.

use std::collections::HashMap;

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::{
    announcements::{
        audience::Audience,
        model::{AnnouncementId, Importance, Sending, To, WEEKLY_CAP},
        rules::State,
        store::audience::compile,
    },
    bind_all,
    inbox::MessageId,
    listed,
    municipalities::Municipality,
    platform::{
        db::{Built, Read, Write},
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
    push,
    residents::store::PARENT_AT_HOME,
    select_in, with_conn,
};

/// Who was told ordinary announcements lately, and how many, without what was withdrawn and what only corrects another; goes on with the
/// town. For all who are asked about at once: asked for each person, PostgreSQL reads the whole table each time while it believes that it is small. SQLite takes a
/// cross join in the order in which it is written: the people first, not each announcement that ever was. Joined to those whom
/// it concerns, and not asked for within them: of a list PostgreSQL believes that it has two hundred.
macro_rules! lately {
    () => {
        "announcement_recipient x cross join announcement n
        where n.municipality_id = x.municipality_id and n.id = x.announcement_id and n.importance = 'ordinary'
            and n.corrects_id is null and n.state not in ('withdrawing', 'withdrawn') and x.how in ('phone', 'inbox')
            and x.municipality_id = "
    };
}

listed! {
    TOLD_LATELY = concat!(
        "select x.resident_id, count(*) as told from ",
        lately!(),
        "? and x.at > ? and x.announcement_id <> ? and x.resident_id in (?*) group by x.resident_id"
    );
    OVER = "
        select a.id, a.state, exists
            (select 1 from announcement c
             where c.municipality_id = a.municipality_id and c.corrects_id = a.id and c.started_at is not null
                and c.state not in ('withdrawing', 'withdrawn')) as is_corrected
        from announcement a where a.municipality_id = ? and a.id in (?*)";
    RECORD = "
        with told (resident_id, message_id, how, street_key, house_first, house_number, box) as
            (values (?uuid, ?uuid, ?text, ?text, ?bigint, ?text, ?text)*)
        insert into announcement_recipient (municipality_id, announcement_id, resident_id, message_id, how, at, street_key,
            house_first, house_number, box)
        select ?, ?, t.resident_id, t.message_id, t.how, ?, t.street_key, t.house_first, t.house_number, t.box
        from told t where true
        on conflict (municipality_id, announcement_id, resident_id) do nothing";
}

/// How many an audience reaches, of those whose phones keep still at the same hours.
#[derive(sqlx::FromRow)]
pub struct Counts {
    /// Minutes after midnight, as they chose; none for the usual ones.
    pub quiet_from: Option<i64>,
    pub quiet_until: Option<i64>,
    pub people: i64,
    /// Who has a phone that will show it, once it is not still.
    pub by_phone: i64,
    pub capped: i64,
}

/// How many an audience is.
pub async fn count(r: &mut Read, town: &Municipality, audience: &Audience, today: NaiveDate) -> sqlx::Result<i64> {
    let built = counting(town.id, &compile(audience, today, first_language(town)));
    let sql = built.on(r);
    with_conn!(r, c => bind_all!(sqlx::query_scalar(sql), built).persistent(false).fetch_one(c).await)
}

/// How many of an audience a letter would go to: those who have no app, live at an address that is known and not hidden, and did not say no
/// to letters; but for minors who live with a parent who is told the same and takes letters, as `inbox::reach` has it when it goes out.
pub async fn letters(
    r: &mut Read,
    town: &Municipality,
    audience: &Audience,
    sending: &Sending,
    (today, since): (NaiveDate, DateTime<Utc>),
) -> sqlx::Result<i64> {
    let built = written_to(town.id, &compile(audience, today, first_language(town)), sending, (today, since));
    let sql = built.on(r);
    with_conn!(r, c => bind_all!(sqlx::query_scalar(sql), built).persistent(false).fetch_one(c).await)
}

/// Counts those of an audience to whom a letter would go.
pub fn written_to(
    town: MunicipalityId,
    audience: &Built,
    sending: &Sending,
    (today, since): (NaiveDate, DateTime<Utc>),
) -> Built {
    // Born on that day or before, somebody is of age.
    let of_age = today.checked_sub_months(Months::new(18 * 12)).unwrap_or(NaiveDate::MIN);
    let topic = sending.topic.as_deref().filter(|_| sending.importance == Importance::Ordinary);
    let mut q = Built::default();
    q.sql(
        "with concerned as materialized (select r.municipality_id, r.id, r.number_hash, r.household, r.birth_date, r.street, r.hidden
            from resident r where r.municipality_id = ",
    );
    q.bind(town.0).sql(" and r.state = 'active' and ").add(audience);
    if sending.holds_back() {
        q.sql("), lately as (select x.resident_id, count(*) as told from concerned c cross join ").sql(lately!());
        q.bind(town.0).sql(" and x.at > ").bind(since);
        q.sql(" and x.resident_id = c.id group by x.resident_id having count(*) >= ").bind(WEEKLY_CAP);
    }
    // Who had enough this week, or does not follow its topic, is not told, and no child is told by them.
    q.sql("), with_parent as materialized (select distinct r.id from concerned r cross join ").sql(PARENT_AT_HOME);
    q.sql(" and r.birth_date > ").bind(of_age).sql(" and (p.birth_date is null or p.birth_date <= ").bind(of_age);
    q.sql(
        ") and p.id in (select c.id from concerned c)
            and not exists (select 1 from contact_settings s where s.municipality_id = p.municipality_id
                and s.resident_id = p.id and s.steps not like '%letter%')",
    );
    if sending.holds_back() {
        q.sql(" and p.id not in (select k.resident_id from lately k)");
    }
    if let Some(topic) = topic {
        q.sql(
            " and not exists (select 1 from topic_unfollowed u where u.municipality_id = p.municipality_id
                and u.resident_id = p.id and u.topic = ",
        );
        q.bind(topic).sql(")");
    }
    q.sql(
        ") select count(*) from concerned r left join with_parent w on w.id = r.id
            where w.id is null and r.street > '' and not r.hidden
            and not exists (select 1 from account a where a.municipality_id = r.municipality_id and a.resident_id = r.id)
            and not exists (select 1 from contact_settings s where s.municipality_id = r.municipality_id
                and s.resident_id = r.id and s.steps not like '%letter%')",
    );
    q
}

/// Of these announcements: where each stands, and whether another went out that puts it right.
pub async fn over(
    r: &mut Read,
    town: MunicipalityId,
    told: &[uuid::Uuid],
) -> sqlx::Result<Vec<(uuid::Uuid, State, bool)>> {
    Ok(select_in!(r, OVER, town, told))
}

/// Counts an audience.
pub fn counting(town: MunicipalityId, audience: &Built) -> Built {
    let mut q = Built::default();
    q.sql("select count(*) from resident r where r.municipality_id = ").bind(town.0);
    q.sql(" and r.state = 'active' and ").add(audience);
    q
}

pub async fn preview(
    r: &mut Read,
    town: &Municipality,
    audience: &Audience,
    sending: &Sending,
    (today, since): (NaiveDate, DateTime<Utc>),
) -> sqlx::Result<Vec<Counts>> {
    let built = previewing(town.id, &compile(audience, today, first_language(town)), sending, since);
    let sql = built.on(r);
    // Each audience is another statement, and planned with its own values: for any box at all PostgreSQL would guess.
    with_conn!(r, c => bind_all!(sqlx::query_as(sql), built).persistent(false).fetch_all(c).await)
}

/// Counts an audience by who will hear of it on a phone, and when.
pub fn previewing(town: MunicipalityId, audience: &Built, sending: &Sending, since: DateTime<Utc>) -> Built {
    // Who does not follow its topic finds it in the inbox, and who had enough this week does not get it.
    let topic = sending.topic.as_deref().filter(|_| sending.importance == Importance::Ordinary);
    let shown = if sending.holds_back() { "l.resident_id is null" } else { "true" };
    let mut q = Built::default();
    q.sql("with concerned as materialized (select r.id, case when ").add(&push::reachable(sending.category()));
    if let Some(topic) = topic {
        q.sql(
            " and not exists (select 1 from topic_unfollowed u where u.municipality_id = r.municipality_id
                and u.resident_id = r.id and u.topic = ",
        );
        q.bind(topic).sql(")");
    }
    q.sql(" then 1 else 0 end as by_phone from resident r");
    q.sql(" where r.municipality_id = ").bind(town.0).sql(" and r.state = 'active' and ").add(audience);
    // Of those whom it concerns only: the whole town was told much more this week than a street was.
    q.sql("), lately as (select x.resident_id, count(*) as told from concerned c cross join ").sql(lately!());
    q.bind(town.0).sql(" and x.at > ").bind(since);
    q.sql(" and x.resident_id = c.id group by x.resident_id having count(*) >= ").bind(WEEKLY_CAP);
    q.sql(
        ") select count(*) as people, count(l.resident_id) as capped,
            cast(coalesce(sum(case when c.by_phone = 1 and ",
    );
    q.sql(shown).sql(
        " then 1 else 0 end), 0) as bigint) as by_phone, p.quiet_from, p.quiet_until
            from concerned c left join lately l on l.resident_id = c.id
            left join ",
    );
    q.sql(push::PREFERENCES).bind(town.0);
    q.sql(" and p.resident_id = c.id and c.by_phone = 1 group by p.quiet_from, p.quiet_until");
    q
}

/// How many ordinary announcements each of these was told since an instant, without one of them.
pub async fn lately(
    r: &mut Read,
    town: MunicipalityId,
    people: &[ResidentId],
    but: AnnouncementId,
    since: DateTime<Utc>,
) -> sqlx::Result<HashMap<ResidentId, i64>> {
    let all: Vec<(ResidentId, i64)> = select_in!(r, TOLD_LATELY, [town, since, but], people);
    Ok(all.into_iter().collect())
}

fn first_language(town: &Municipality) -> Language {
    town.languages.first().copied().unwrap_or(Language::Nl)
}

/// Somebody whom an announcement concerns.
#[derive(sqlx::FromRow)]
pub struct Person {
    pub id: ResidentId,
    /// They do not follow its topic.
    pub unfollowed: bool,
    /// Where they live, as the post goes round.
    #[sqlx(flatten)]
    pub door: Door,
}

/// A place in the post's round: who was not reached is listed in that order. It is kept beside who was not reached, so that a page of the
/// list reads no more than a page.
#[derive(Clone, Default, sqlx::FromRow)]
pub struct Door {
    /// The street as it is compared; empty where the register has none.
    pub street_key: String,
    /// The first number of the house, which has six digits at most; a million where there is none.
    pub house_first: i64,
    pub door_number: String,
    pub door_box: String,
}

/// What became of an announcement for somebody.
pub struct Told {
    pub resident: ResidentId,
    pub message: Option<MessageId>,
    pub how: &'static str,
    /// Of who has no app.
    pub door: Option<Door>,
}

/// Which part of an audience.
pub struct Chunk {
    /// Behind whom.
    pub after: Option<ResidentId>,
    /// Without whom this one reached before.
    pub again: Option<AnnouncementId>,
    /// How many at the most.
    pub limit: i64,
}

/// The next whom an announcement concerns, in the order of their ids; without those it reached before, where it goes out again.
pub async fn chunk(
    r: &mut Read,
    (town, to): (&Municipality, &To<'_>),
    topic: &str,
    today: NaiveDate,
    part: Chunk,
) -> sqlx::Result<Vec<Person>> {
    let whom = match to {
        To::Audience(audience) => compile(audience, today, first_language(town)),
        To::Recipients(first) => recipients(*first),
    };
    let built = next(town.id, &whom, topic, part);
    let sql = built.on(r);
    with_conn!(r, c => bind_all!(sqlx::query_as(sql), built).fetch_all(c).await)
}

/// Whom another announcement concerned, for what corrects it.
pub fn recipients(first: AnnouncementId) -> Built {
    let mut q = Built::default();
    q.sql(
        "exists (select 1 from announcement_recipient x where x.municipality_id = r.municipality_id
            and x.resident_id = r.id and x.how in ('phone', 'inbox', 'without_app') and x.announcement_id = ",
    );
    q.bind(first.0).sql(")");
    q
}

/// Reads the next of those whom an announcement concerns.
pub fn next(town: MunicipalityId, whom: &Built, topic: &str, Chunk { after, again, limit }: Chunk) -> Built {
    let mut q = Built::default();
    q.sql(
        "select r.id, coalesce(r.street_key, '') as street_key, coalesce(r.house_first, 1000000) as house_first, r.house_number as door_number,
            r.box as door_box, (select 1 from topic_unfollowed u
                where u.municipality_id = r.municipality_id and u.resident_id = r.id and u.topic = ",
    );
    q.bind(topic).sql(" limit 1) is not null as unfollowed from resident r where r.municipality_id = ");
    q.bind(town.0).sql(" and r.state = 'active' and ");
    if let Some(again) = again {
        q.sql(
            "not exists (select 1 from announcement_recipient x where x.municipality_id = r.municipality_id
                    and x.resident_id = r.id and x.announcement_id = ",
        );
        q.bind(again.0).sql(") and ");
    }
    q.add(whom);
    if let Some(after) = after {
        q.sql(" and r.id > ").bind(after.0);
    }
    q.sql(" order by r.id limit ").bind(limit);
    q
}

/// Notes whom it concerned, and how they were told.
pub async fn record(
    w: &mut Write,
    town: MunicipalityId,
    id: AnnouncementId,
    rows: &[Told],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in rows.chunks(RECORD.at_most()) {
        let sql = RECORD.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for one in part {
                let door = one.door.as_ref();
                q = q.bind(one.resident).bind(one.message).bind(one.how).bind(door.map(|d| &d.street_key))
                    .bind(door.map(|d| d.house_first)).bind(door.map(|d| &d.door_number)).bind(door.map(|d| &d.door_box));
            }
            q.bind(town).bind(id).bind(now).execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Which of these audiences somebody is in, now.
pub async fn concerned(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    audiences: &[(AnnouncementId, Built)],
) -> sqlx::Result<Vec<AnnouncementId>> {
    if audiences.is_empty() {
        return Ok(Vec::new());
    }
    let built = concerning(town, resident, audiences.iter().map(|(_, audience)| audience));
    let sql = built.on(r);
    let places: Vec<(i64,)> =
        with_conn!(r, c => bind_all!(sqlx::query_as(sql), built).persistent(false).fetch_all(c).await)?;
    Ok(places.into_iter().filter_map(|(n,)| Some(audiences.get(usize::try_from(n).ok()?)?.0)).collect())
}

/// Asks of several audiences whether somebody is in them.
pub fn concerning<'a>(town: MunicipalityId, resident: ResidentId, audiences: impl Iterator<Item = &'a Built>) -> Built {
    let mut q = Built::default();
    for (n, audience) in (0i64..).zip(audiences) {
        q.sql(if n == 0 { "select cast(" } else { " union all select cast(" }).bind(n);
        q.sql(" as bigint) as place from resident r where r.municipality_id = ").bind(town.0);
        q.sql(" and r.id = ").bind(resident.0).sql(" and r.state = 'active' and ").add(audience);
    }
    q
}
