//! What staff send and read of announcements: the values of the contract.

use poem_openapi::{ApiResponse, Object, payload::Binary};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    audience::Audience,
    draft::SaidIn,
    markdown,
    model::{Announcement, AnnouncementId, HowFar, Importance, Said, Sending},
    preview::Preview,
    rules::State,
};
use crate::{
    platform::{
        language::Language,
        values::{Instant, Timestamp, WallTime},
    },
    push,
    staff::MemberId,
};

/// Whom something would concern, and how it would go out: that decides whom a phone disturbs.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct PreviewIn {
    /// One to ten groups of one to ten conditions.
    audience: Audience,
    /// How much it matters; `important` where it is not said.
    importance: Option<Importance>,
    /// What it is about; of an ordinary one, who does not follow that is not disturbed.
    #[oai(validator(max_length = 40))]
    topic: Option<String>,
    /// True to send it also to who had as many ordinary ones this week as the cap allows.
    #[oai(default)]
    #[serde(default)]
    over_cap: bool,
    /// When it goes out, on the town's clocks; now, if it is not said or has passed.
    send_at: Option<WallTime>,
    /// Until when it is worth showing: phones that keep still until then do not show it.
    valid_until: Option<Instant>,
    /// How far it goes to who does not read it, or has no app; `paper` for the number of letters.
    #[oai(default)]
    #[serde(default)]
    reach: HowFar,
}

impl PreviewIn {
    /// Whom it would concern, and how it would go out.
    pub(super) fn parts(self) -> (Audience, Sending) {
        let sending = Sending {
            importance: self.importance.unwrap_or(Importance::Important),
            topic: self.topic,
            over_cap: self.over_cap,
            send_at: self.send_at.map(WallTime::get),
            valid_until: self.valid_until.map(Instant::get),
            reach: self.reach,
        };
        (self.audience, sending)
    }
}

/// How many an audience reaches. A number that is too small to tell without telling who (fewer than ten) is absent, and so is
/// another from which it could be calculated.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PreviewOut {
    /// How many people the audience has; absent where that is too small to tell.
    people: Option<i64>,
    /// Who has a phone that will show it.
    by_phone: Option<i64>,
    /// Who cannot be reached by phone.
    not_by_phone: Option<i64>,
    /// Who had as many ordinary announcements this week as the cap allows.
    capped: Option<i64>,
    /// Who has a phone, and chose quiet hours that go on until it is over: it lies in their inbox.
    asleep: Option<i64>,
    /// About how many letters it would be if it goes as far as paper: those who have no app and take letters, without minors who live with
    /// a parent who is told and takes letters. Who has the app and does not read it comes on top. Absent unless `reach` is `paper`.
    letters: Option<i64>,
}

impl From<Preview> for PreviewOut {
    fn from(p: Preview) -> Self {
        Self {
            people: p.people,
            by_phone: p.by_phone,
            not_by_phone: p.not_by_phone,
            capped: p.capped,
            asleep: p.asleep,
            letters: p.letters,
        }
    }
}

/// How it is shown in a language.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ShownOut {
    /// The language in which it is shown.
    language: Language,
    /// The text as HTML, of which nothing need be feared.
    html: String,
    /// The text as the inbox has it.
    plain: String,
    /// What a lock screen says, and what Apple and Google learn: the same of each announcement of its importance.
    lock_screen: String,
    /// What it says before that: the title, where it may be read by anybody (`title_on_lock_screen`); absent elsewhere.
    lock_screen_title: Option<String>,
}

/// A code for the app.
#[derive(Object)]
pub struct TrialCodeOut {
    /// The code to type in the app: eight digits.
    pub(super) code: String,
    /// Until when it can be given.
    pub(super) expires_at: Timestamp,
}

/// An image.
#[derive(ApiResponse)]
pub enum ImageOut {
    /// A JPEG.
    #[oai(status = 200, content_type = "image/jpeg")]
    Ok(Binary<Vec<u8>>),
}

/// An announcement.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AnnouncementOut {
    /// The id of the announcement, which its writer chose.
    id: AnnouncementId,
    /// Counted up at each edit.
    version: i64,
    /// How far the announcement is, from draft to sent or withdrawn.
    state: State,
    /// How much it matters.
    importance: Importance,
    /// What it is about.
    topic: String,
    /// What the announcement says, once in each language.
    texts: Vec<SaidIn>,
    /// Where to read more.
    link: Option<String>,
    /// The audience: whom the announcement concerns.
    audience: Audience,
    /// What the use of the register rests on.
    decision: Option<String>,
    /// Whether the weekly cap does not count.
    over_cap: bool,
    /// When it goes out.
    send_at: Option<Timestamp>,
    /// Until when it is worth showing.
    valid_until: Timestamp,
    /// The id of the announcement that this one corrects; absent where it corrects none.
    corrects_id: Option<AnnouncementId>,
    /// Who wrote it, or wrote it anew.
    author: String,
    /// Which member of staff that is.
    author_id: MemberId,
    /// The name of the member of staff who approved it; absent until then.
    approver: Option<String>,
    /// How many were told so far. This and the next three are absent where they would tell who: from one to nine, or where that could be
    /// calculated from them.
    notified: Option<i64>,
    /// Of these, who has a phone that shows it.
    by_phone: Option<i64>,
    /// Whom it concerns and who has no app: for the counter and the post.
    without_app: Option<i64>,
    /// Who had enough this week.
    held_back: Option<i64>,
    /// When it was first written.
    created_at: Timestamp,
    /// When it last changed.
    updated_at: Timestamp,
    /// When its words last changed; what happened to it later leaves this as it is.
    written_at: Timestamp,
    /// The name of the member of staff who called it off or took it back; absent where nobody did.
    stopped_by: Option<String>,
    /// When it began to go out.
    started_at: Option<Timestamp>,
    /// When it was out, called off or taken back.
    ended_at: Option<Timestamp>,
    /// Whether anybody may read it.
    is_public: bool,
    /// Whether it goes to who moves into the audience.
    newcomers: bool,
    /// When what it announces begins.
    begins_at: Option<Timestamp>,
    /// When what it announces ends, an instant in UTC; absent where that was not said.
    ends_at: Option<Timestamp>,
    /// Where it happens, as plain text; absent where that was not said.
    place: Option<String>,
    /// Whether its title is on lock screens, as its author says; absent where they do not. `shown` says what comes of it.
    title_on_lock_screen: Option<bool>,
    /// How far it goes to who does not read it, or has no app.
    reach: HowFar,
    /// Which image it has: another with each.
    image_id: Option<Uuid>,
    /// How it is shown, in each language; absent in lists.
    shown: Option<Vec<ShownOut>>,
}

impl From<(Announcement, bool)> for AnnouncementOut {
    /// An announcement, and whether its title is on lock screens.
    fn from((a, shows_title): (Announcement, bool)) -> Self {
        let shown = |(language, s): (&Language, &Said)| {
            let title = Some(s.title.as_str()).filter(|_| shows_title);
            let lock = push::lock_screen(*language, a.importance.category(), title);
            ShownOut {
                language: *language,
                html: markdown::to_html(&s.text),
                plain: markdown::to_plain(&s.text),
                lock_screen: lock.text.to_owned(),
                lock_screen_title: lock.title.map(str::to_owned),
            }
        };
        let shown = Some(a.texts.iter().map(shown).collect());
        Self { shown, ..Self::brief(a) }
    }
}

impl AnnouncementOut {
    /// Without how it is shown.
    pub(super) fn brief(a: Announcement) -> Self {
        let became = a.reached();
        Self {
            id: a.id,
            version: a.version,
            state: a.state,
            importance: a.importance,
            topic: a.topic,
            texts: a.texts.into_iter().map(SaidIn::from).collect(),
            link: Some(a.link).filter(|l| !l.is_empty()),
            audience: a.audience,
            decision: Some(a.decision).filter(|d| !d.is_empty()),
            over_cap: a.over_cap,
            send_at: a.send_at.map(Timestamp::from),
            valid_until: a.valid_until.into(),
            corrects_id: a.corrects_id,
            author: a.author,
            author_id: MemberId(a.author_id),
            approver: a.approver,
            notified: became.notified,
            by_phone: became.by_phone,
            without_app: became.without_app,
            held_back: became.held_back,
            created_at: a.created_at.into(),
            updated_at: a.updated_at.into(),
            written_at: a.written_at.unwrap_or(a.updated_at).into(),
            stopped_by: a.stopped_by,
            started_at: a.started_at.map(Timestamp::from),
            ended_at: a.ended_at.map(Timestamp::from),
            is_public: a.is_public,
            newcomers: a.newcomers,
            begins_at: a.begins_at.map(Timestamp::from),
            ends_at: a.ends_at.map(Timestamp::from),
            place: Some(a.place).filter(|p| !p.is_empty()),
            title_on_lock_screen: a.title_on_lock_screen,
            reach: a.reach,
            image_id: a.image_id,
            shown: None,
        }
    }
}
