//! Who died, left or was retired from the register is erased, after a time that is configured (GDPR, article 5(1)(e)): first what they
//! had in the app, then, when none of their visits is kept any more, they themselves. SECURITY.md tells what is kept of whom for
//! how long; a guard in the tests knows each column that names or points at somebody, and what erases it.
//!
//! Words: to *empty* somebody is to erase what they had; to *erase* somebody is to erase who they were.

pub mod value;
pub mod work;

use crate::{
    announcements, appointments, calls, contacts, documents, identity, inbox, letters, mail, mandates, passkeys,
    platform::{
        db::{Read, Write},
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
    },
    queue, residents,
};

/// Erases what somebody had, in the caller's transaction. `hash` is that of their national number.
async fn empty(
    w: &mut Write,
    town: MunicipalityId,
    id: ResidentId,
    hash: &str,
    erased: &mut Erased,
) -> sqlx::Result<()> {
    documents::erase(w, town, id, erased).await?;
    announcements::empty(w, town, id, erased).await?;
    erased.add("calls", calls::erase(w, town, id).await?);
    inbox::empty(w, town, id, erased).await?;
    letters::erase(w, town, id, erased).await?;
    erased.add("entries of the waiting list", appointments::erase_waiting(w, town, id).await?);
    erased.add("deeds", appointments::erase_deeds(w, town, id).await?);
    erased.add("passkeys", passkeys::erase(w, town, id).await?);
    erased.add("contact settings", contacts::erase(w, town, id).await?);
    erased.add("e-mails", mail::erase(w, town, id).await?);
    erased.add("mandates", mandates::erase(w, town, id).await?);
    erased.add("sessions", identity::erase_sessions(w, town, id).await?);
    erased.add("proofs", identity::erase_proofs(w, town, id).await?);
    erased.add("links", residents::store::erase_links(w, town, hash).await?);
    Ok(())
}

/// Erases what is left of somebody whose row in the register is gone, in the same transaction.
async fn erase(
    w: &mut Write,
    town: MunicipalityId,
    id: ResidentId,
    hash: &str,
    erased: &mut Erased,
) -> sqlx::Result<()> {
    empty(w, town, id, hash, erased).await?;
    erased.add("announcements told", announcements::erase_recipient(w, town, id).await?);
    erased.add("logins", identity::erase_logins(w, town, id).await?);
    // Not before: who is back in time is blocked as before.
    erased.add("blocks", residents::store::erase_blocks(w, town, id).await?);
    erased.add("accounts", identity::erase_account(w, town, id).await?);
    erased.add("people", 1);
    Ok(())
}

/// Whether a visit of somebody, or a turn in the queue, is still kept: then they are kept with it.
async fn is_held(r: &mut Read, town: MunicipalityId, id: ResidentId) -> sqlx::Result<bool> {
    Ok(appointments::has_visits(r, town, id).await? || queue::has_turns(r, town, id).await?)
}
