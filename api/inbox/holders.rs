//! Who is told beside somebody, by a mandate or as a parent.

use std::collections::BTreeMap;

use super::{
    beside,
    model::{Notice, Plan, Reader, Unreached, Worth},
    readers::readers,
    writing,
};
use crate::{
    identity, mandates,
    municipalities::Municipality,
    platform::{App, access::MandateKind, db::Write, ids::ResidentId, language::say},
    push::Category,
    residents::{self, State},
};

/// The text to who is told beside somebody and may not see what it says.
const UNSEEN: &str = "for-unseen";

/// Tells those who are told beside somebody, by a mandate, that there is a message for them: by their first name, and never what it says.
/// They read it as the person for whom they act; whose mandate is for visits or documents alone sees these. Of a minor child's visits the parents
/// are told as well, who see the visit, and not what is written to the child. Of somebody's account nobody else is told, nor of what is said to
/// them alone, as it is about a person for whom they act. Who does not read it there is told by e-mail ([`Plan::ForOther`]).
///
/// # Errors
/// The database.
pub(super) async fn tell_holders(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    notice: &Notice,
) -> sqlx::Result<()> {
    if notice.category == Category::Account || notice.worth.for_them_alone || notice.worth.of_child {
        return Ok(());
    }
    let now = app.clock.now();
    // A turn at the counter and a place on the waiting list are of the same category, and nobody else sees them.
    let leads_to_one = notice.deep_link.strip_prefix("/appointments").is_some_and(|id| !id.is_empty());
    let is_of_visit = notice.category == Category::Appointments && leads_to_one;
    let news_of = match notice.category {
        _ if is_of_visit => Some(MandateKind::Visits),
        Category::Documents => Some(MandateKind::Documents),
        _ => None,
    };
    let told = mandates::told_beside(w, town, resident, news_of, now).await?;
    let texts = |kind: MandateKind| match kind {
        MandateKind::Visits => "for-visit",
        MandateKind::Documents => "for-document",
        MandateKind::Messages | MandateKind::Cases => "for-other",
    };
    // Who is told and may not see it is not sent to look for it.
    let of = |(holder, (kind, sees)): (ResidentId, (MandateKind, bool))| {
        let body = if sees { texts(kind) } else { UNSEEN };
        (holder, (kind, texts(kind), body))
    };
    let mut holders: BTreeMap<ResidentId, (MandateKind, &'static str, &'static str)> =
        told.into_iter().map(of).collect();
    if is_of_visit {
        let parents = mandates::parents_told(w, town, resident, now).await?;
        holders.extend(parents.into_iter().map(|parent| (parent, (MandateKind::Visits, "for-child", "for-child"))));
    }
    if holders.is_empty() {
        return Ok(());
    }
    let people = residents::people(w, town, &[resident]).await?;
    // For who has died or left nobody acts, and so nobody could read it.
    let Some(person) = people.first().filter(|person| person.state == State::Active) else { return Ok(()) };
    let name = person.call_name().to_owned();
    let all: Vec<ResidentId> = holders.keys().copied().collect();
    let found = readers(w, town, &all).await?;
    let did_it = match notice.worth.done_in {
        Some(session) => identity::whose(w, town, session).await?,
        None => None,
    };
    for (holder, (kind, title, body)) in holders {
        let is_here = |reader: &&Reader| reader.unreached != Some(Unreached::NotHere);
        let Some(reader) = found.get(&holder).filter(is_here) else { continue };
        let phone = town.contact.phone.as_str();
        let said = [("name", name.as_str()), ("municipality", town.name(reader.language)), ("phone", phone)];
        // Who has no app finds it nowhere: on paper and on the telephone it says where to ask.
        let body = if body != UNSEEN && reader.unreached == Some(Unreached::NoApp) { "for-call" } else { body };
        let said_beside = Notice {
            kind: "for_other",
            category: notice.category,
            dedupe_key: beside::key(kind, resident, &notice.dedupe_key),
            title: say(reader.language, &format!("{title}-title"), &said),
            body: say(reader.language, &format!("{body}-body"), &said),
            deep_link: "/mandates".to_owned(),
            action: None,
            plan: if did_it == Some(holder) { Plan::None } else { Plan::ForOther },
            about: Vec::new(),
            // Said for as long as it is worth something; what is taken back they find taken back.
            // The holder who did it has just seen it.
            worth: Worth {
                until: notice.worth.until,
                by: notice.worth.by,
                done_in: notice.worth.done_in,
                ..Worth::default()
            },
            open_in: None,
        };
        writing::tell(w, app, town, (holder, reader), &said_beside).await?;
    }
    Ok(())
}
