//! Whether the machine's clock is believed. One that is a year ahead for a minute (a machine restored with a wrong clock, a
//! time server that lies) would have everything told, called off and forgotten that has a year to go, for ever.
//!
//! The database keeps when it was last worked on. Where the clock is far from that, nothing is told or forgotten until it has
//! stood so for a while, and no other process has said otherwise meanwhile: a server that was off for a fortnight goes on
//! later by that while, and needs nobody for it.

use chrono::{DateTime, Duration, Utc};
use tokio::sync::Mutex;

use super::{db::Db, metrics::Metrics, time::Clock};
use crate::config::Workers;

/// How often the database is asked and told.
const LOOK: Duration = Duration::seconds(60);

/// What was last found.
#[derive(Default)]
pub struct Watch(Mutex<Found>);

impl Watch {
    /// Whether work may go by the clock: what tells, calls off or forgets something asks here first.
    ///
    /// # Errors
    /// The database.
    pub async fn believes(
        &self,
        clock: &Clock,
        db: &Db,
        settings: &Workers,
        metrics: &Metrics,
    ) -> anyhow::Result<bool> {
        if settings.clock_jump_days == 0 {
            return Ok(true);
        }
        let (jump, wait) = (Duration::days(settings.clock_jump_days), Duration::minutes(settings.clock_wait_minutes));
        let mut found = self.0.lock().await;
        // Read once it is this one's turn: the others' looks take time.
        let now = clock.now();
        if let Some((at, answer)) = found.looked
            && (Duration::zero()..LOOK).contains(&(now - at))
        {
            return Ok(answer);
        }
        let seen = db.worked_on().await?;
        let verdict = verdict(now, seen, found.doubt, jump, wait);
        match verdict {
            Verdict::Believed | Verdict::Settled => {
                if found.doubt.take().is_some() {
                    tracing::info!(%now, "the clock is believed again");
                }
                db.note_work(now).await?;
            }
            Verdict::Ahead | Verdict::Behind => {
                let goes_on =
                    found.doubt.is_some_and(|d| Some(d.seen) == seen && (d.since..=d.since + wait).contains(&now));
                if let (false, Some(seen)) = (goes_on, seen) {
                    tracing::error!(
                        %now, last_worked = %seen, minutes = settings.clock_wait_minutes,
                        "the clock is far from when this database was last worked on: is it right? If it is ahead, nothing is told \
                         or forgotten until it has stood so for some minutes (workers.clock_wait_minutes)"
                    );
                    found.doubt = Some(Doubt { since: now, seen });
                }
            }
        }
        let answer = verdict != Verdict::Ahead;
        metrics.clock_in_doubt.set(i64::from(found.doubt.is_some()));
        found.looked = Some((now, answer));
        Ok(answer)
    }
}

#[derive(Default)]
struct Found {
    /// When was last looked, by this clock, and what came of it.
    looked: Option<(DateTime<Utc>, bool)>,
    doubt: Option<Doubt>,
}

/// The clock is far from when the database was last worked on.
#[derive(Clone, Copy)]
struct Doubt {
    /// Since when, by the clock that is in doubt.
    since: DateTime<Utc>,
    /// When the database was last worked on. Another process that goes on changes it.
    seen: DateTime<Utc>,
}

/// What is made of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It goes on from where it was.
    Believed,
    /// It is far ahead: nothing is told or forgotten.
    Ahead,
    /// It is far behind: nothing is lost by working, as little is due.
    Behind,
    /// It was far from where it was, and has stood so long enough.
    Settled,
}

fn verdict(
    now: DateTime<Utc>,
    seen: Option<DateTime<Utc>>,
    doubt: Option<Doubt>,
    jump: Duration,
    wait: Duration,
) -> Verdict {
    let Some(seen) = seen.filter(|seen| (now - *seen).abs() > jump) else { return Verdict::Believed };
    // A clock that jumps while it is in doubt begins its wait anew, and so does one that another process gainsays.
    let stood = doubt.filter(|d| d.seen == seen && now - d.since <= jump).map_or(Duration::zero(), |d| now - d.since);
    if doubt.is_some() && stood >= wait {
        Verdict::Settled
    } else if now > seen {
        Verdict::Ahead
    } else {
        Verdict::Behind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumped_is_believed_when_it_has_stood_and_nobody_says_otherwise() {
        let (jump, wait) = (Duration::days(3), Duration::hours(1));
        let at = |minutes| DateTime::UNIX_EPOCH + Duration::minutes(minutes);
        let judge = |now, seen: Option<i64>, doubt| verdict(at(now), seen.map(at), doubt, jump, wait);
        let day = 24 * 60;
        // A new database; one that goes on; a weekend without power.
        assert_eq!(judge(0, None, None), Verdict::Believed);
        assert_eq!(judge(1, Some(0), None), Verdict::Believed);
        assert_eq!(judge(3 * day, Some(0), None), Verdict::Believed);
        // Far ahead, until it has stood for an hour.
        assert_eq!(judge(3 * day + 1, Some(0), None), Verdict::Ahead);
        let doubt = Some(Doubt { since: at(365 * day), seen: at(0) });
        assert_eq!(judge(365 * day + 59, Some(0), doubt), Verdict::Ahead);
        assert_eq!(judge(365 * day + 60, Some(0), doubt), Verdict::Settled);
        // Another process worked on meanwhile, by another clock.
        assert_eq!(judge(365 * day + 60, Some(30), doubt), Verdict::Ahead);
        // It jumped again.
        assert_eq!(judge(700 * day, Some(0), doubt), Verdict::Ahead);
        // It is right again.
        assert_eq!(judge(2, Some(0), doubt), Verdict::Believed);
        // Far behind: it works, and counts when it has stood.
        assert_eq!(judge(0, Some(365 * day), None), Verdict::Behind);
        let doubt = Some(Doubt { since: at(0), seen: at(365 * day) });
        assert_eq!(judge(60, Some(365 * day), doubt), Verdict::Settled);
    }
}
