//! What the two hear of a deed, and what the trail says of it.

use super::model::{Deed, DeedEnd, DeedKind};
use crate::{
    appointments::{
        catalogue::known::Catalogue,
        model::Visit,
        notices::{moment, text},
    },
    audit::{self, Act, Actor, Entry},
    identity::SessionId,
    inbox::{self, Notice, Outcome, Plan, Unreached, Worth},
    platform::{
        App,
        db::Write,
        ids::ResidentId,
        language::{Language, say},
    },
    push::Category,
    residents::{self, State},
};

/// Tells one of the two, who lives here; what is said begins with `texts`. Whether there is a way to them in the app. Who helps may have a holder
/// of their own, who reads their messages: so what they are told says neither for what the visit is nor when, and that holder is not told of it.
async fn tell(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    (deed, start): (&Deed, &Visit),
    (to, texts, done_in): (ResidentId, &str, Option<SessionId>),
) -> sqlx::Result<bool> {
    let town = &*catalogue.town;
    let other = if to == deed.proposer_id { deed.answerer_id } else { deed.proposer_id };
    let names = residents::names(w, town, &[other]).await?;
    let name = names.get(&other).cloned().unwrap_or_default();
    let waits = deed.ended_at.is_none() && texts.starts_with("deed-asked");
    let helps = to == deed.holder();
    let body = match (helps, waits) {
        (true, true) => "deed-helper-asked-body".to_owned(),
        (true, false) => "deed-helper-over-body".to_owned(),
        (false, _) => format!("{texts}-body"),
    };
    let notice = |language: Language| {
        let service = catalogue.services.get(&start.service_id).map_or("", |s| text(&s.names, language, town));
        let (when, until) = (moment(language, town, start.starts_at), moment(language, town, deed.expires_at));
        let said = [
            ("name", name.as_str()),
            ("municipality", town.name(language)),
            ("service", service),
            ("when", when.as_str()),
            ("until", until.as_str()),
        ];
        Some(Notice {
            kind: "appointment",
            category: Category::Appointments,
            dedupe_key: format!("deed {} {texts}", deed.id),
            title: say(language, &format!("{texts}-title"), &said),
            body: say(language, &body, &said),
            deep_link: "/mandates".to_owned(),
            action: None,
            plan: Plan::None,
            about: Vec::new(),
            worth: Worth {
                until: waits.then_some(deed.expires_at),
                done_in,
                for_them_alone: helps,
                ..Worth::default()
            },
            open_in: None,
        })
    };
    let told = inbox::notify(w, app, town, to, notice).await?;
    Ok(!matches!(told, Outcome::Unreached(Unreached::NoApp)))
}

/// Asks the other; false where they have no app in which to answer.
pub async fn asked(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    (deed, start): (&Deed, &Visit),
    done_in: SessionId,
) -> sqlx::Result<bool> {
    let texts = match deed.kind {
        DeedKind::Book => "deed-asked-book",
        DeedKind::Move => "deed-asked-move",
    };
    let heard = tell(w, app, catalogue, (deed, start), (deed.answerer_id, texts, Some(done_in))).await?;
    note(w, app, catalogue, deed, (Act::DeedProposed, Some(deed.proposer_id))).await?;
    Ok(heard)
}

/// Tells of the end of a deed: who asked of a yes or a no, the other of what was taken back, and both of what came to nothing by itself.
pub async fn ended(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    (deed, start): (&Deed, &Visit),
    (why, done_in): (DeedEnd, Option<SessionId>),
) -> sqlx::Result<()> {
    let (proposer, answerer) = (deed.proposer_id, deed.answerer_id);
    // Nobody need answer what is over.
    let question = format!("deed {} deed-asked", deed.id);
    inbox::take_back_under(w, app, &catalogue.town, answerer, &question).await?;
    let (to, texts) = match why {
        // Whose visit it is hears that it is booked, or moved.
        DeedEnd::Accepted if proposer == deed.grantor_id => (Vec::new(), "deed-accepted"),
        DeedEnd::Accepted => (vec![proposer], "deed-accepted"),
        DeedEnd::Refused => (vec![proposer], "deed-refused"),
        DeedEnd::Withdrawn => (vec![answerer], "deed-withdrawn"),
        DeedEnd::Late => (vec![proposer, answerer], "deed-late"),
        DeedEnd::Mandate => (vec![proposer, answerer], "deed-mandate"),
        DeedEnd::Taken => (vec![proposer, answerer], "deed-taken"),
    };
    let here = residents::people(w, &catalogue.town, &to).await?;
    for person in here.iter().filter(|person| person.state == State::Active) {
        tell(w, app, catalogue, (deed, start), (person.id, texts, done_in)).await?;
    }
    let (act, by) = match why {
        DeedEnd::Accepted => (Act::DeedAccepted, Some(deed.answerer_id)),
        DeedEnd::Refused => (Act::DeedRefused, Some(deed.answerer_id)),
        DeedEnd::Withdrawn => (Act::DeedOver, Some(deed.proposer_id)),
        DeedEnd::Late | DeedEnd::Mandate | DeedEnd::Taken => (Act::DeedOver, None),
    };
    note(w, app, catalogue, deed, (act, by)).await
}

/// Writes down, in the trail of whose visit it is, what one of the two did, or the server by itself.
async fn note(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    deed: &Deed,
    (act, by): (Act, Option<ResidentId>),
) -> sqlx::Result<()> {
    let (town, grantor) = (&*catalogue.town, deed.grantor_id);
    let entry = Entry { act, subject: Some(deed.visit().0), resident: Some(grantor), reason: None, desk: None };
    match by.filter(|by| *by != grantor) {
        Some(holder) => audit::record_of_holder(w, app, town, holder, &[entry]).await,
        None => audit::record(w, app, Actor::app(app, town), &[entry]).await,
    }
}
