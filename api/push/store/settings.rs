//! SQL of what somebody chose: the hours at which their phones keep still, and what they do not want to hear of.

use crate::push::model::Category;
use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    select_in, statements, with_conn,
};

listed! {
    QUIET_OF = "
        select resident_id, quiet_from, quiet_until from push_preference where municipality_id = ? and resident_id in (?*)";
    MUTED_BY = "select resident_id, category from push_mute where municipality_id = ? and resident_id in (?*)";
}
statements! {
    QUIET = "select quiet_from, quiet_until from push_preference where municipality_id = $1 and resident_id = $2";
    MUTED = "select category from push_mute where municipality_id = $1 and resident_id = $2 order by category";
    SET_QUIET = "
        insert into push_preference (municipality_id, resident_id, quiet_from, quiet_until) values ($1, $2, $3, $4)
        on conflict (municipality_id, resident_id) do update
        set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until";
    UNMUTE = "delete from push_mute where municipality_id = $1 and resident_id = $2";
    MUTE = "
        insert into push_mute (municipality_id, resident_id, category) values ($1, $2, $3)
        on conflict (municipality_id, resident_id, category) do nothing";
    ERASE_QUIET = "delete from push_preference where municipality_id = $1 and resident_id = $2";
    ERASE_BADGE = "delete from badge where municipality_id = $1 and resident_id = $2";
}

pub async fn quiet(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Option<(i64, i64)>> {
    with_conn!(r, c => sqlx::query_as(QUIET).bind(town).bind(resident).fetch_optional(c).await)
}

pub async fn muted(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Vec<String>> {
    with_conn!(r, c => sqlx::query_scalar(MUTED).bind(town).bind(resident).fetch_all(c).await)
}

pub async fn set_quiet(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    from: i64,
    until: i64,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SET_QUIET).bind(town).bind(resident).bind(from).bind(until).execute(c).await.map(|_| ()))
}

pub async fn set_muted(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    categories: &[Category],
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(UNMUTE).bind(town).bind(resident).execute(c).await.map(|_| ()))?;
    for category in categories {
        with_conn!(w, c => sqlx::query(MUTE).bind(town).bind(resident).bind(category.as_str()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// The quiet hours of those of these who chose some.
pub async fn quiet_of(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, i64, i64)>> {
    Ok(select_in!(r, QUIET_OF, town, residents))
}

/// The kinds by which these want no disturbance, each with who.
pub async fn muted_by(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, String)>> {
    Ok(select_in!(r, MUTED_BY, town, residents))
}

/// Erases what they chose, and the number on their app's icon.
pub async fn erase_settings(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [ERASE_QUIET, UNMUTE, ERASE_BADGE] {
        gone +=
            with_conn!(w, c => sqlx::query(sql).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}
