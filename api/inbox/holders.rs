//! Who is told beside somebody, by a mandate or as a parent.

use super::{
    model::{Notice, Plan, Worth},
    readers::readers,
    writing,
};
use crate::{
    mandates,
    municipalities::Municipality,
    platform::{App, db::Write, ids::ResidentId, language::say},
    push::Category,
    residents::{self, State},
};

/// Tells those who are told beside somebody, by a mandate, that there is a message for them: by their first name, and never what it says.
/// They read it as the person for whom they act. Of a minor child's visits the parents are told as well, who see the visit, and not what is
/// written to the child. Of somebody's account nobody else is told, nor of what is said to them alone, as it is about a person for whom they act.
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
    let mut holders = mandates::told_beside(w, town, resident, now).await?;
    let parents = match notice.category {
        Category::Appointments => mandates::parents_told(w, town, resident, now).await?,
        _ => Vec::new(),
    };
    holders.extend(&parents);
    if holders.is_empty() {
        return Ok(());
    }
    let people = residents::people(w, town, &[resident]).await?;
    // For who has died or left nobody acts, and so nobody could read it.
    let Some(person) = people.first().filter(|person| person.state == State::Active) else { return Ok(()) };
    let name = person.call_name().to_owned();
    let found = readers(w, town, &holders).await?;
    for holder in holders {
        let Some(reader) = found.get(&holder).filter(|reader| reader.has_app()) else { continue };
        let said = [("name", name.as_str()), ("municipality", town.name(reader.language))];
        let texts = if parents.contains(&holder) { "for-child" } else { "for-other" };
        let beside = Notice {
            kind: "for_other",
            category: notice.category,
            dedupe_key: format!("for {resident} {}", notice.dedupe_key),
            title: say(reader.language, &format!("{texts}-title"), &said),
            body: say(reader.language, &format!("{texts}-body"), &said),
            deep_link: "/mandates".to_owned(),
            action: None,
            plan: Plan::None,
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
        writing::deliver(w, app, town, (holder, reader.takes_push(notice.category)), &beside).await?;
    }
    Ok(())
}
