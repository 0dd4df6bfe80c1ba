//! `/staff/v1/announcements`: those who write, and those who approve.

use chrono::DateTime;
use poem::{Body as Bytes, web::Data};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Announcement, AnnouncementId, Draft, Importance, Preview, Said, Texts,
    audience::{Audience, Condition, Everyone},
    image::MAX_BYTES,
    markdown,
    rules::{Move, State},
    told, trial,
};
use crate::{
    platform::{
        App,
        http::{Body, whole},
        language::{Language, say},
        once::{Once, Repeat},
        openapi::Problems,
        problem::{Code, Failure},
        values::{Instant, Timestamp, WallTime},
    },
    staff::access::{Announce, Approve, As, Either},
};

/// The problems these operations can give beside the usual.
pub const PROBLEMS: Problems = &[
    ("put_announcement", &[Code::EditedMeanwhile, Code::AnnouncementState]),
    ("put_announcement_image", &[Code::ImageInvalid, Code::EditedMeanwhile, Code::AnnouncementState]),
    ("delete_announcement_image", &[Code::EditedMeanwhile, Code::AnnouncementState]),
    ("try_announcement", &[Code::BodyInvalid, Code::NoTrialPhone]),
    (
        "submit_announcement",
        &[
            Code::BodyInvalid,
            Code::EditedMeanwhile,
            Code::AnnouncementState,
            Code::ConcernsNobody,
            Code::ConcernsEveryone,
        ],
    ),
    ("approve_announcement", &[Code::BodyInvalid, Code::EditedMeanwhile, Code::AnnouncementState, Code::OwnWork]),
    ("cancel_announcement", &[Code::EditedMeanwhile, Code::AnnouncementState]),
    ("withdraw_announcement", &[Code::EditedMeanwhile, Code::AnnouncementState]),
];

/// Whom something concerns: any of these groups, each of those to whom all of its conditions apply.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct AudienceBody {
    /// One to ten groups of one to ten conditions.
    audience: Audience,
}

impl poem_openapi::types::Example for AudienceBody {
    fn example() -> Self {
        Self { audience: vec![vec![Condition::Everyone(Everyone { not: false })]] }
    }
}

/// How many an audience reaches. A number that is too small to tell without telling who (fewer than ten) is absent, and so is the
/// other of two from which it could be reckoned.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PreviewOut {
    /// People.
    people: Option<i64>,
    /// Who has a phone that will show it.
    by_phone: Option<i64>,
    /// Who cannot be reached by phone.
    not_by_phone: Option<i64>,
    /// Who had as many ordinary announcements this week as the cap allows.
    capped: Option<i64>,
}

impl From<Preview> for PreviewOut {
    fn from(p: Preview) -> Self {
        Self { people: p.people, by_phone: p.by_phone, not_by_phone: p.not_by_phone, capped: p.capped }
    }
}

/// What it says in a language.
#[derive(Clone, Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct SaidIn {
    /// The language.
    language: Language,
    /// One line.
    #[oai(validator(max_length = 120))]
    title: String,
    /// Text, in a part of CommonMark: paragraphs, emphasis, lists, and links to `https:`, `mailto:` and `tel:`.
    #[oai(validator(max_length = 5000))]
    text: String,
    /// What the image shows, for who does not see it; needed where there is one.
    #[oai(validator(max_length = 300))]
    image_text: Option<String>,
}

/// How it is shown in a language.
#[derive(Object)]
pub struct ShownOut {
    /// The language.
    language: Language,
    /// The text as HTML, of which nothing need be feared.
    html: String,
    /// The text as the inbox has it.
    plain: String,
    /// All that a lock screen says, and that Apple and Google learn: the same of each announcement.
    lock_screen: String,
}

/// An announcement as it is written.
#[derive(Object, Deserialize)]
#[oai(example, skip_serializing_if_is_none)]
pub struct AnnouncementDraft {
    /// The version that was read; 0 for a new one.
    #[oai(validator(minimum(value = "0")))]
    version: i64,
    /// How much it matters.
    importance: Importance,
    /// What it is about: `works`, `waste`, `traffic`, `culture`, `youth`, `sport` or `other`.
    #[oai(validator(max_length = 40))]
    topic: String,
    /// What it says; who reads a language that is not here gets the town's first that is.
    #[oai(validator(min_items = 1, max_items = 4))]
    texts: Vec<SaidIn>,
    /// Where to read more, beginning with `https://`.
    #[oai(validator(max_length = 500))]
    link: Option<String>,
    /// Whom it concerns.
    audience: Audience,
    /// The decision of the town that allows the use of the register; needed where the audience rests on it.
    #[oai(validator(max_length = 300))]
    decision: Option<String>,
    /// True to send it also to who had as many ordinary ones this week as the cap allows.
    #[oai(default)]
    #[serde(default)]
    over_cap: bool,
    /// When it goes out, on the town's clocks; at once when it is approved, if it is not said.
    send_at: Option<WallTime>,
    /// Until when it is worth showing.
    valid_until: Instant,
    /// The announcement that it corrects: it goes to those who got that one, and the audience does not count.
    corrects_id: Option<AnnouncementId>,
    /// True for anybody to read it, on the town's web page and in its feeds.
    #[oai(default)]
    #[serde(default)]
    is_public: bool,
    /// True for those as well who move into the audience while it is valid; they are looked for once a day.
    #[oai(default)]
    #[serde(default)]
    newcomers: bool,
    /// When what it announces begins, on the town's clocks.
    begins_at: Option<WallTime>,
    /// When that ends.
    ends_at: Option<WallTime>,
    /// Where it happens.
    #[oai(validator(max_length = 200))]
    place: Option<String>,
}

impl poem_openapi::types::Example for AnnouncementDraft {
    fn example() -> Self {
        let said = SaidIn {
            language: Language::Nl,
            title: "Geen water in de Kouter".to_owned(),
            text: "Donderdag van 9 tot 12 uur is er geen water in de Kouter.".to_owned(),
            image_text: None,
        };
        Self {
            version: 0,
            importance: Importance::Ordinary,
            topic: "works".to_owned(),
            texts: vec![said],
            link: None,
            audience: vec![vec![Condition::Everyone(Everyone { not: false })]],
            decision: Some("gemeenteraad 25 januari 2027, punt 12".to_owned()),
            over_cap: false,
            send_at: None,
            valid_until: Instant::kept(DateTime::from_timestamp(1_804_010_400, 0).unwrap_or_default()),
            corrects_id: None,
            is_public: false,
            newcomers: false,
            begins_at: None,
            ends_at: None,
            place: None,
        }
    }
}

/// A code for the app.
#[derive(Object)]
pub struct TrialCodeOut {
    /// Eight digits.
    code: String,
    /// Until when it can be given.
    expires_at: Timestamp,
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
    /// Its id.
    id: AnnouncementId,
    /// Counted up at each edit.
    version: i64,
    /// Where it stands.
    state: State,
    /// How much it matters.
    importance: Importance,
    /// What it is about.
    topic: String,
    /// What it says.
    texts: Vec<SaidIn>,
    /// Where to read more.
    link: Option<String>,
    /// Whom it concerns.
    audience: Audience,
    /// What the use of the register rests on.
    decision: Option<String>,
    /// Whether the weekly cap does not count.
    over_cap: bool,
    /// When it goes out.
    send_at: Option<Timestamp>,
    /// Until when it is worth showing.
    valid_until: Timestamp,
    /// What it corrects.
    corrects_id: Option<AnnouncementId>,
    /// Who wrote it.
    author: String,
    /// Who approved it.
    approver: Option<String>,
    /// How many were told so far. This and the next three are absent where they would tell who: from one to nine.
    told: Option<i64>,
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
    /// When that ends.
    ends_at: Option<Timestamp>,
    /// Where it happens.
    place: Option<String>,
    /// Which image it has: another with each.
    image_id: Option<Uuid>,
    /// How it is shown, in each language; absent in lists.
    shown: Option<Vec<ShownOut>>,
}

impl AnnouncementOut {
    fn brief(a: Announcement) -> Self {
        Self { shown: None, ..a.into() }
    }
}

impl From<Announcement> for AnnouncementOut {
    fn from(a: Announcement) -> Self {
        let shown = |(language, s): (&Language, &Said)| ShownOut {
            language: *language,
            html: markdown::to_html(&s.text),
            plain: markdown::to_plain(&s.text),
            lock_screen: say(*language, "push-neutral", &[]),
        };
        let shown = Some(a.texts.iter().map(shown).collect());
        let said = |(language, s): (Language, Said)| SaidIn {
            language,
            title: s.title,
            text: s.text,
            image_text: Some(s.image_text).filter(|t| !t.is_empty()),
        };
        Self {
            id: a.id,
            version: a.version,
            state: a.state,
            importance: a.importance,
            topic: a.topic,
            texts: a.texts.into_iter().map(said).collect(),
            link: Some(a.link).filter(|l| !l.is_empty()),
            audience: a.audience,
            decision: Some(a.decision).filter(|d| !d.is_empty()),
            over_cap: a.over_cap,
            send_at: a.send_at.map(Timestamp::from),
            valid_until: a.valid_until.into(),
            corrects_id: a.corrects,
            author: a.author,
            approver: a.approver,
            told: told(a.told),
            by_phone: told(a.by_phone).filter(|_| told(a.told - a.by_phone).is_some()),
            without_app: told(a.without_app),
            held_back: told(a.held_back),
            created_at: a.created_at.into(),
            updated_at: a.updated_at.into(),
            started_at: a.started_at.map(Timestamp::from),
            ended_at: a.ended_at.map(Timestamp::from),
            is_public: a.is_public,
            newcomers: a.newcomers,
            begins_at: a.begins_at.map(Timestamp::from),
            ends_at: a.ends_at.map(Timestamp::from),
            place: Some(a.place).filter(|p| !p.is_empty()),
            image_id: a.image_id,
            shown,
        }
    }
}

/// Operations on announcements.
pub struct AnnouncementsApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl AnnouncementsApi {
    /// Ask how many an audience reaches
    ///
    /// Now, and never who. Needs the role `announce` or `approve`.
    #[oai(path = "/audiences/preview", method = "post", operation_id = "preview_audience")]
    async fn preview(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        body: Body<AudienceBody>,
    ) -> Result<Json<PreviewOut>, Failure> {
        Ok(Json(super::preview(&app, &who.0, &body.0.audience).await?.into()))
    }

    /// List announcements
    ///
    /// The newest first, two hundred at most. Needs the role `announce` or `approve`.
    #[oai(path = "/announcements", method = "get", operation_id = "list_announcements")]
    async fn list(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
    ) -> Result<Json<Vec<AnnouncementOut>>, Failure> {
        Ok(Json(super::list(&app, &who.0).await?.into_iter().map(AnnouncementOut::brief).collect()))
    }

    /// Read an announcement
    ///
    /// With how far it is: whom it reached, and whom not. Needs the role `announce` or `approve`.
    #[oai(path = "/announcements/:announcement_id", method = "get", operation_id = "get_announcement")]
    async fn get(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        Ok(Json(super::get(&app, &who.0, announcement_id.0).await?.into()))
    }

    /// Write an announcement
    ///
    /// Makes a draft, with an id of the writer's (a UUID), or changes the version that was read. It may be half written. What
    /// was submitted or approved is a draft again. Needs the role `announce`, and for an emergency `alert` as well.
    #[oai(path = "/announcements/:announcement_id", method = "put", operation_id = "put_announcement")]
    async fn put(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        body: Body<AnnouncementDraft>,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let b = body.0;
        let said = |t: SaidIn| {
            let image_text = t.image_text.unwrap_or_default();
            (t.language, Said { title: t.title, text: t.text, image_text })
        };
        let draft = Draft {
            id: announcement_id.0,
            version: b.version,
            importance: b.importance,
            topic: b.topic,
            texts: b.texts.into_iter().map(said).collect::<Texts>(),
            link: b.link.unwrap_or_default(),
            audience: b.audience,
            decision: b.decision.unwrap_or_default(),
            over_cap: b.over_cap,
            send_at: b.send_at.map(WallTime::get),
            valid_until: b.valid_until.get(),
            corrects: b.corrects_id,
            is_public: b.is_public,
            newcomers: b.newcomers,
            happens: (b.begins_at.map(WallTime::get), b.ends_at.map(WallTime::get)),
            place: b.place.unwrap_or_default().trim().to_owned(),
        };
        Ok(Json(super::save(&app, &who.0, draft).await?.into()))
    }

    /// Give an announcement an image
    ///
    /// A PNG, JPEG or WebP of 4 MiB at most, in place of the one that it has, of the version that was read: an edit like any
    /// other. It is kept as a JPEG of 1,600 pixels, without what the file says beside it. Needs the role `announce`.
    #[oai(path = "/announcements/:announcement_id/image", method = "put", operation_id = "put_announcement_image")]
    async fn put_image(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        body: Binary<Bytes>,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let file = whole(body.0, MAX_BYTES).await?.to_vec();
        let (id, once) = (announcement_id.0, Once::UNKEYED);
        Ok(Json(super::set_image(&app, &who.0, id, version.0, Some(file), &once).await?.into()))
    }

    /// Take an announcement's image away
    ///
    /// Of the version that was read: an edit like any other. Needs the role `announce`.
    #[oai(
        path = "/announcements/:announcement_id/image",
        method = "delete",
        operation_id = "delete_announcement_image"
    )]
    async fn delete_image(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let once = repeat.by(who.0.session);
        Ok(Json(super::set_image(&app, &who.0, announcement_id.0, version.0, None, &once).await?.into()))
    }

    /// Fetch an announcement's image
    ///
    /// As readers will see it. Needs the role `announce` or `approve`.
    #[oai(path = "/announcements/:announcement_id/image", method = "get", operation_id = "get_announcement_image")]
    async fn get_image(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<ImageOut, Failure> {
        Ok(ImageOut::Ok(Binary(super::image(&app, &who.0, announcement_id.0).await?)))
    }

    /// Try an announcement on one's own phone
    ///
    /// As it was last saved, in the inbox and on the lock screen of who linked the app on their phone by a code. Needs the
    /// role `announce`.
    #[oai(path = "/announcements/:announcement_id/try", method = "post", operation_id = "try_announcement")]
    async fn try_out(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<(), Failure> {
        let once = repeat.by(who.0.session);
        trial::send(&app, &who.0, announcement_id.0, &once).await
    }

    /// Ask for a code to link one's own phone
    ///
    /// Given in the app within ten minutes, announcements can be tried on the phone. Another code ends what was linked before.
    /// Needs the role `announce`.
    #[oai(path = "/me/trial-phone", method = "post", operation_id = "link_trial_phone")]
    async fn link(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<Json<TrialCodeOut>, Failure> {
        let once = repeat.by(who.0.session);
        let (code, expires_at) = trial::code(&app, &who.0, &once).await?;
        Ok(Json(TrialCodeOut { code, expires_at: expires_at.into() }))
    }

    /// Ask for approval
    ///
    /// Of the version that was read. An audience of nobody is refused; one of everybody is asked about. Needs the role
    /// `announce`.
    #[oai(path = "/announcements/:announcement_id/submit", method = "post", operation_id = "submit_announcement")]
    async fn submit(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        /// True where everybody who lives here is meant.
        everyone: Query<Option<bool>>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let (once, everyone) = (repeat.by(who.0.session), everyone.0.unwrap_or(false));
        let id = announcement_id.0;
        Ok(Json(super::step(&app, &who.0, id, version.0, Move::Submit, everyone, &once).await?.into()))
    }

    /// Approve an announcement
    ///
    /// What a colleague wrote, in the version that was read: it goes out at its time, or at once. Needs the role `approve`.
    #[oai(path = "/announcements/:announcement_id/approve", method = "post", operation_id = "approve_announcement")]
    async fn approve(
        &self,
        app: Data<&App>,
        who: As<Approve>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let once = repeat.by(who.0.session);
        Ok(Json(super::step(&app, &who.0, announcement_id.0, version.0, Move::Approve, false, &once).await?.into()))
    }

    /// Call an announcement off
    ///
    /// Before it goes out. Needs the role `announce` or `approve`.
    #[oai(path = "/announcements/:announcement_id/cancel", method = "post", operation_id = "cancel_announcement")]
    async fn cancel(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let once = repeat.by(who.0.session);
        Ok(Json(super::step(&app, &who.0, announcement_id.0, version.0, Move::Cancel, false, &once).await?.into()))
    }

    /// Withdraw an announcement
    ///
    /// While it goes out or after: what has not left stays, what has arrived leaves the lock screens and is marked in the
    /// inbox. Needs the role `announce` or `approve`.
    #[oai(path = "/announcements/:announcement_id/withdraw", method = "post", operation_id = "withdraw_announcement")]
    async fn withdraw(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
        /// The version that was read.
        version: Query<i64>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<Json<AnnouncementOut>, Failure> {
        let once = repeat.by(who.0.session);
        Ok(Json(super::step(&app, &who.0, announcement_id.0, version.0, Move::Withdraw, false, &once).await?.into()))
    }
}
