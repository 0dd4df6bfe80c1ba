//! What visits do unasked: they remind, and tell of another address.

use super::{reading, store};
use crate::{
    appointments::{
        catalogue::{known::Catalogue, rules::stands},
        closing::store as closing_store,
        model::{AppointmentId, LocationId, LocationKind, Visit, VisitState},
        notices::{Said, VisitNotice, tell},
        placing, rules,
    },
    municipalities::{Municipalities, Municipality},
    platform::{App, Progress, aside::Seen, page::Cursor, problem::Failure, retry::again, time::local_day},
    residents::{self, State},
};

/// Locations with another address that one look goes through.
const LOCATIONS: i64 = 10;

/// Tells those who are booked at a location that it has another address.
pub async fn tell_addresses(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let mut done = 0;
    for (id, location, version) in store::readdressed(&mut app.db.read().await?, LOCATIONS).await? {
        let left = limit - i64::try_from(done).unwrap_or(limit);
        let visits = match towns.get(id) {
            Ok(_) => store::not_told(&mut app.db.read().await?, id, (location, version), (now, now), left).await?,
            Err(_) => Vec::new(),
        };
        // Who is set aside is told later.
        let ever = Cursor::BEGINNING.at;
        if visits.is_empty()
            && left > 0
            && store::not_told(&mut app.db.read().await?, id, (location, version), (now, ever), 1).await?.is_empty()
        {
            let mut w = app.db.write().await?;
            store::all_told(&mut w, id, location, version).await?;
            w.commit().await?;
        }
        let Ok(town) = towns.get(id) else { continue };
        for visit in visits {
            done += 1;
            seen.note(id, visit.0);
            again(|| tell_address(app, town, visit, (location, version))).await?;
        }
    }
    Ok(Progress::from(done))
}

/// Tells one of them, in a transaction of its own: the visit is as it is then.
async fn tell_address(
    app: &App,
    town: &Municipality,
    visit: AppointmentId,
    (location, version): (LocationId, i64),
) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let Some(visit) = placing::seized(&mut w, town, visit).await? else { return Ok(()) };
    if placing::movable(&visit, now).is_err() || visit.location_id != location {
        return Ok(());
    }
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    // A ticket is of a visit as it was when they checked in: they are there, and stay in the queue.
    let today = local_day(town.zone, visit.starts_at) == local_day(town.zone, now);
    let sequence = visit.sequence + i64::from(!today);
    let Some(place) = catalogue.locations.get(&location) else { return Ok(()) };
    let known = Some((place.kind, visit.contact.as_str()));
    let contact = if place.kind == LocationKind::Video {
        placing::contact(&mut w, app, town, visit.resident_id, place, ("", known)).await?
    } else {
        visit.contact.clone()
    };
    if !store::tell_address(&mut w, (town.id, visit.id), (i64::from(!today), version), &contact, now).await? {
        return Ok(());
    }
    closing_store::still_displaced(&mut w, (town.id, visit.id), (visit.sequence, sequence), false).await?;
    // Who is visited or rung goes nowhere.
    if !place.kind.wants_contact() {
        let visit = Visit { sequence, contact, ..visit };
        let said = Said { word: VisitNotice::Readdressed, before: Some(visit.starts_at), more: &[], done_in: None };
        tell(&mut w, app, &catalogue, &visit, said).await?;
    }
    w.commit().await?;
    Ok(())
}

pub async fn remind(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let due = store::due(&mut w, now, limit).await?;
    due.iter().for_each(|(town, id, _)| seen.note(*town, id.0));
    for (town, id, which) in &due {
        let Some((town, visit)) = towns.get(*town).ok().zip(store::get(&mut w, *town, *id).await?) else {
            store::set_reminder(&mut w, *town, *id, None).await?;
            continue;
        };
        let catalogue = Catalogue::of(app, &mut w, town).await?;
        // One that a server was down for is not made up for once its time is over.
        // Nor is somebody who has died; what heirs booked for themselves is theirs.
        let lives = match visit.resident_id {
            Some(id) => residents::people(&mut w, town, &[id]).await?.iter().all(|p| p.state != State::Deceased),
            None => true,
        };
        let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
        // Nobody is reminded to come to a closed door: staff have it on their list.
        let stands = known.is_some_and(|(service, location)| stands(town, service, location, &visit));
        if visit.state == VisitState::Booked && !placing::begun(&visit, now) && lives && stands {
            // So late that the other is not ahead any more, the eve's takes its place.
            let eve = which == "day_before" && now < visit.starts_at - rules::NOTICE;
            let word = if eve { VisitNotice::Eve } else { VisitNotice::Soon };
            if reading::reminded(&mut w, town, &visit, word, now).await? {
                tell(&mut w, app, &catalogue, &visit, word.into()).await?;
            }
        }
        store::set_reminder(&mut w, town.id, *id, rules::reminders(town.zone, visit.starts_at, now).into_iter().next())
            .await?;
    }
    w.commit().await?;
    Ok(Progress::from(due.len()))
}
