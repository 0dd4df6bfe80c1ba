//! SQL of whom staff ring.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    appointments::model::{AppointmentId, Became, Rung},
    platform::{
        db::{Read, Write},
        ids::MunicipalityId,
    },
    staff::Staff,
    statements, with_conn,
};

/// Reads whom to ring.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "select appointment_id, sequence, became, known_at, noted_at, version, rung, rung_by, rung_by_id, rung_at, told,
                coalesce((select visitor_phone from appointment a
                    where a.municipality_id = to_ring.municipality_id and a.id = to_ring.appointment_id), '') as visitor_phone
             from to_ring ",
            $rest
        )
    };
}

statements! {
    /// Who does not know yet of what was before knows what was before that.
    NOTE = "
        insert into to_ring (municipality_id, appointment_id, sequence, became, known_at, worth_until, noted_at, version, done)
        select a.municipality_id, a.id, a.sequence, $3, $4, $5, $6, 1, false
        from appointment a where a.municipality_id = $1 and a.id = $2
        on conflict (municipality_id, appointment_id) do update
        set sequence = excluded.sequence, became = excluded.became, worth_until = excluded.worth_until,
            known_at = case when to_ring.done or to_ring.rung = 'left_word' then excluded.known_at
                else coalesce(to_ring.known_at, excluded.known_at) end,
            noted_at = excluded.noted_at, version = to_ring.version + 1, rung = null, rung_by = null, rung_by_id = null,
            rung_at = null,
            told = case when to_ring.done and to_ring.became = 'restored' then 0 else to_ring.told end, done = false";
    NEVER_HEARD = "
        delete from to_ring
        where municipality_id = $1 and appointment_id = $2 and done = false and told = 0";
    LEFT = rows!("where municipality_id = $1 and done = false and worth_until > $2 order by worth_until, appointment_id limit $3");
    GET = rows!("where municipality_id = $1 and appointment_id = $2");
    MARK = "
        update to_ring set rung = $4, rung_by = $5, rung_at = $6, done = $7, rung_by_id = $9,
            told = case when told + $8 < 0 then 0 else told + $8 end, version = version + 1
        where municipality_id = $1 and appointment_id = $2 and version = $3";
}

/// Whom to ring of a visit, and what was tried.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Ringing {
    /// The visit.
    pub appointment_id: AppointmentId,
    /// How often it had changed when this was noted.
    pub sequence: i64,
    /// What became of it.
    pub became: Became,
    /// When it was to be, as far as they know.
    pub known_at: Option<DateTime<Utc>>,
    /// When it was noted.
    pub noted_at: DateTime<Utc>,
    /// Counted up at each mark.
    pub version: i64,
    /// What came of ringing them; none where nobody did.
    pub rung: Option<Rung>,
    /// The name of the member of staff who did.
    pub rung_by: Option<String>,
    /// Who marked it last, also where they took a mark back; none where nobody did.
    pub rung_by_id: Option<Uuid>,
    /// When.
    pub rung_at: Option<DateTime<Utc>>,
    /// How often they were told of a change, and nobody took back that they were.
    pub told: i64,
    /// The number that a visitor left; empty where they left none, or whose it is is in the register.
    pub visitor_phone: String,
}

/// Notes that whose a visit is must be rung.
pub async fn note(
    w: &mut Write,
    town: MunicipalityId,
    visit: AppointmentId,
    (became, known_at): (Became, Option<DateTime<Utc>>),
    (worth_until, now): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(NOTE).bind(town).bind(visit).bind(became).bind(known_at)
        .bind(worth_until).bind(now).execute(c).await.map(|_| ()))
}

/// Forgets whom to ring of a visit, where they never heard that it was not as they know it; whether that is so.
pub async fn never_heard(w: &mut Write, town: MunicipalityId, visit: AppointmentId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(NEVER_HEARD).bind(town).bind(visit).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Whom is still to be rung, those first whose time is soonest over.
pub async fn left(r: &mut Read, town: MunicipalityId, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Ringing>> {
    with_conn!(r, c => sqlx::query_as(LEFT).bind(town).bind(now).bind(limit).fetch_all(c).await)
}

pub async fn get(r: &mut Read, town: MunicipalityId, visit: AppointmentId) -> sqlx::Result<Option<Ringing>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(visit).fetch_optional(c).await)
}

/// Marks what came of ringing, or takes a mark back; false where somebody else marked it since.
pub async fn mark(
    w: &mut Write,
    (town, before): (MunicipalityId, &Ringing),
    version: i64,
    rung: Option<Rung>,
    (who, now): (&Staff, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let heard = |rung| matches!(rung, Some(Rung::Reached | Rung::LeftWord));
    let told = if rung.is_some() { i64::from(heard(rung)) } else { -i64::from(heard(before.rung)) };
    let (by, at) = rung.map(|_| (who.name.as_str(), now)).unzip();
    with_conn!(w, c => sqlx::query(MARK).bind(town).bind(before.appointment_id).bind(version).bind(rung).bind(by).bind(at)
        .bind(rung == Some(Rung::Reached)).bind(told).bind(who.id.0).execute(c).await.map(|d| d.rows_affected() == 1))
}
