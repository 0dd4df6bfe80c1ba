//! Whose title may be on a lock screen, and so pass Apple and Google.

use super::{
    audience,
    model::{Announcement, Importance},
    store,
};
use crate::{municipalities::Municipality, platform::db::Read};

/// Whether the title of an announcement may be on a lock screen, and so pass Apple and Google: anybody may read it, and whom it
/// is for says of nobody more than where they live. A correction goes to those who got the first.
pub(super) async fn may_show_title(r: &mut Read, town: &Municipality, a: &Announcement) -> sqlx::Result<bool> {
    let first = match a.corrects_id {
        Some(first) => store::get(r, town.id, first).await?,
        None => None,
    };
    Ok(a.is_public && audience::is_open(first.as_ref().map_or(&a.audience, |first| &first.audience)))
}

/// Whether its title is on lock screens: where its author wants that, and of what warns of danger where they do not say.
pub(super) async fn shows_title(r: &mut Read, town: &Municipality, a: &Announcement) -> sqlx::Result<bool> {
    let wanted = a.title_on_lock_screen.unwrap_or(a.importance == Importance::Emergency);
    Ok(wanted && may_show_title(r, town, a).await?)
}
