//! SQL of whom announcements concern.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    announcements::{
        audience::Audience,
        model::{AnnouncementId, Importance, Sending, To, WEEKLY_CAP},
        store::audience::{self as audience_sql, Piece},
    },
    inbox::MessageId,
    municipalities::Municipality,
    platform::{
        db::{MAX_BINDS, Read, Write},
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
    push, with_conn,
};

/// Pushes the parts of a condition onto a statement.
macro_rules! push {
    ($q:ident, $pieces:expr) => {
        for piece in $pieces {
            match piece {
                Piece::Sql(sql) => $q.push(*sql),
                Piece::Text(text) => $q.push_bind(text.clone()),
                Piece::Float(value) => $q.push_bind(*value),
                Piece::Whole(value) => $q.push_bind(*value),
                Piece::Day(day) => $q.push_bind(*day),
                Piece::Id(id) => $q.push_bind(*id),
            };
        }
    };
}

/// Who was told ordinary announcements lately, and how many, without what was withdrawn and what only corrects another; goes on with the
/// town. For all who are asked about at once: asked for each person, PostgreSQL reads the whole table each time while it believes that it is small. SQLite takes a
/// cross join in the order in which it is written: the people first, not each announcement that ever was. Joined to those whom
/// it concerns, and not asked for within them: of a list PostgreSQL believes that it has two hundred.
const LATELY: &str = "announcement_recipient x cross join announcement n
    where n.municipality_id = x.municipality_id and n.id = x.announcement_id and n.importance = 'ordinary'
    and n.corrects_id is null and n.state not in ('withdrawing', 'withdrawn') and x.how in ('phone', 'inbox') and x.municipality_id = ";

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
    let pieces = audience_sql::compile(audience, today, first_language(town));
    with_conn!(r, c => {
        let mut q = sqlx::QueryBuilder::new("select count(*) from resident r where r.municipality_id = ");
        q.push_bind(town.id).push(" and r.state = 'active' and ");
        push!(q, &pieces);
        q.build_query_scalar().persistent(false).fetch_one(c).await
    })
}

pub async fn preview(
    r: &mut Read,
    town: &Municipality,
    audience: &Audience,
    sending: &Sending,
    (today, since): (NaiveDate, DateTime<Utc>),
) -> sqlx::Result<Vec<Counts>> {
    let pieces = audience_sql::compile(audience, today, first_language(town));
    // Who does not follow its topic finds it in the inbox, and who had enough this week does not get it.
    let topic = sending.topic.as_deref().filter(|_| sending.importance == Importance::Ordinary);
    let shown = if sending.holds_back() { "l.resident_id is null" } else { "true" };
    with_conn!(r, c => {
        let mut q = sqlx::QueryBuilder::new("with concerned as materialized (select r.id, case when ");
        q.push(push::reachable(sending.category()));
        if let Some(topic) = topic {
            q.push(" and not exists (select 1 from topic_unfollowed u where u.municipality_id = r.municipality_id
                and u.resident_id = r.id and u.topic = ");
            q.push_bind(topic.to_owned()).push(")");
        }
        q.push(" then 1 else 0 end as by_phone from resident r");
        q.push(" where r.municipality_id = ").push_bind(town.id).push(" and r.state = 'active' and ");
        push!(q, &pieces);
        // Of those whom it concerns only: the whole town was told much more this week than a street was.
        q.push("), lately as (select x.resident_id, count(*) as told from concerned c cross join ").push(LATELY);
        q.push_bind(town.id).push(" and x.at > ").push_bind(since);
        q.push(" and x.resident_id = c.id group by x.resident_id having count(*) >= ");
        q.push_bind(WEEKLY_CAP).push(") select count(*) as people, count(l.resident_id) as capped,
            cast(coalesce(sum(case when c.by_phone = 1 and ");
        q.push(shown).push(" then 1 else 0 end), 0) as bigint) as by_phone, p.quiet_from, p.quiet_until
            from concerned c left join lately l on l.resident_id = c.id
            left join ");
        q.push(push::PREFERENCES).push_bind(town.id);
        q.push(" and p.resident_id = c.id and c.by_phone = 1 group by p.quiet_from, p.quiet_until");
        // Each audience is another statement, and planned with its own values: for any box at all PostgreSQL would guess.
        q.build_query_as().persistent(false).fetch_all(c).await
    })
}

/// How many ordinary announcements each of these was told since an instant, without one of them.
pub async fn lately(
    r: &mut Read,
    town: MunicipalityId,
    people: &[ResidentId],
    but: AnnouncementId,
    since: DateTime<Utc>,
) -> sqlx::Result<HashMap<ResidentId, i64>> {
    let mut all: Vec<(ResidentId, i64)> = Vec::new();
    for part in people.chunks(MAX_BINDS - 3) {
        all.append(&mut with_conn!(r, c => {
            let mut q = sqlx::QueryBuilder::new("select x.resident_id, count(*) as told from ");
            q.push(LATELY).push_bind(town).push(" and x.at > ").push_bind(since).push(" and x.announcement_id <> ").push_bind(but);
            q.push(" and x.resident_id in (");
            let mut list = q.separated(", ");
            for id in part {
                list.push_bind(*id);
            }
            q.push(") group by x.resident_id");
            q.build_query_as().fetch_all(c).await
        })?);
    }
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
}

/// Which part of an audience.
pub struct Part {
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
    Part { after, again, limit }: Part,
) -> sqlx::Result<Vec<Person>> {
    let pieces = match to {
        To::Audience(audience) => audience_sql::compile(audience, today, first_language(town)),
        To::Recipients(_) => Vec::new(),
    };
    with_conn!(r, c => {
        let mut q = sqlx::QueryBuilder::new(
            "select r.id, (select 1 from topic_unfollowed u
                where u.municipality_id = r.municipality_id and u.resident_id = r.id and u.topic = ",
        );
        q.push_bind(topic).push(" limit 1) is not null as unfollowed from resident r where r.municipality_id = ");
        q.push_bind(town.id).push(" and r.state = 'active' and ");
        if let Some(again) = again {
            q.push(
                "not exists (select 1 from announcement_recipient x where x.municipality_id = r.municipality_id
                    and x.resident_id = r.id and x.announcement_id = ",
            );
            q.push_bind(again).push(") and ");
        }
        if let To::Recipients(first) = to {
            q.push(
                "exists (select 1 from announcement_recipient x where x.municipality_id = r.municipality_id
                    and x.resident_id = r.id and x.how in ('phone', 'inbox', 'without_app') and x.announcement_id = ",
            );
            q.push_bind(*first).push(")");
        }
        push!(q, &pieces);
        if let Some(after) = after {
            q.push(" and r.id > ").push_bind(after);
        }
        q.push(" order by r.id limit ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })
}

/// Notes whom it concerned, and how they were told.
pub async fn record(
    w: &mut Write,
    town: MunicipalityId,
    id: AnnouncementId,
    rows: &[(ResidentId, Option<MessageId>, &str)],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in rows.chunks((MAX_BINDS - 3) / 3) {
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("with told (resident_id, message_id, how) as (");
            q.push_values(part, |mut b, (resident, message, how)| {
                b.push_bind(*resident).push_bind(*message).push_bind(*how);
            });
            q.push(
                ") insert into announcement_recipient (municipality_id, announcement_id, resident_id, message_id, how, at)
                 select ",
            );
            q.push_bind(town).push(", ").push_bind(id).push(", t.resident_id, t.message_id, t.how, ").push_bind(now);
            q.push(
                " from told t where true
                  on conflict (municipality_id, announcement_id, resident_id) do nothing",
            );
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Which of these audiences somebody is in, now.
pub async fn concerned(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    audiences: &[(AnnouncementId, Vec<Piece>)],
) -> sqlx::Result<Vec<AnnouncementId>> {
    if audiences.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<(i64,)> = with_conn!(r, c => {
        let mut q = sqlx::QueryBuilder::new("");
        for (n, (_, pieces)) in audiences.iter().enumerate() {
            q.push(if n == 0 { "select cast(" } else { " union all select cast(" }).push(n.to_string());
            q.push(" as bigint) as place from resident r where r.municipality_id = ").push_bind(town);
            q.push(" and r.id = ").push_bind(resident).push(" and r.state = 'active' and ");
            push!(q, pieces);
        }
        q.build_query_as().persistent(false).fetch_all(c).await
    })?;
    Ok(places.into_iter().filter_map(|(n,)| Some(audiences.get(usize::try_from(n).ok()?)?.0)).collect())
}
