//! What announcements are made of.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

pub use super::how_far::HowFar;
use super::{
    audience::{self, Audience, PeopleListId},
    rules::State,
};
use crate::{
    codes, id_type,
    municipalities::Municipality,
    platform::{
        ids::{MunicipalityId, ResidentId},
        language::Language,
        problem::{EditedMeanwhile, Unusable},
        small::{FEW, parts, suppress_small},
    },
    push::Category,
    record, refusals, words,
};

id_type! {
    /// An announcement.
    AnnouncementId;
}

/// The town's id and the announcement's.
pub(super) type Key = (MunicipalityId, AnnouncementId);

words! {
    /// How much it matters.
    Importance {
        /// Topics, quiet hours and the weekly cap count.
        Ordinary = "ordinary",
        /// Quiet hours count.
        Important = "important",
        /// Nothing holds it. It needs a second person, whatever the town has else.
        Emergency = "emergency",
    }
}

impl Importance {
    /// Whether those are left out who had as many this week as the cap allows: not where its author says otherwise, nor where it corrects
    /// another, as whoever read what was wrong reads what is right.
    pub(super) fn holds_back(self, over_cap: bool, corrects: bool) -> bool {
        self == Self::Ordinary && !over_cap && !corrects
    }

    /// As what kind of news a phone shows it.
    pub(super) fn category(self) -> Category {
        match self {
            Self::Emergency => Category::Emergency,
            Self::Ordinary | Self::Important => Category::Announcements,
        }
    }
}

/// What it says, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// One line.
    pub title: String,
    /// Text, in the subset of [`markdown`].
    pub text: String,
    /// What the image shows, for who does not see it; empty without one.
    #[serde(default)]
    pub image_text: String,
}

/// By language.
pub type Texts = BTreeMap<Language, Said>;

/// Whom announcements reached, and whom not: together these are all whom they concern, and how many that is the preview tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// People who were told.
    pub notified: i64,
    /// Of these, who has a phone that shows it.
    pub by_phone: i64,
    /// Whom it concerns and who has no app.
    pub without_app: i64,
    /// Who had enough this week.
    pub held_back: i64,
}

/// The same, as far as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// People who were told.
    pub notified: Option<i64>,
    /// Of these, who has a phone that shows it.
    pub by_phone: Option<i64>,
    /// Whom it concerns and who has no app.
    pub without_app: Option<i64>,
    /// Who had enough this week.
    pub held_back: Option<i64>,
}

impl Counted {
    fn cells(&self) -> [i64; 4] {
        [self.by_phone, self.notified - self.by_phone, self.without_app, self.held_back]
    }

    /// How many it concerned.
    fn whole(&self) -> i64 {
        self.cells().iter().sum()
    }

    /// As far as it may be told: of a few, not even which of these numbers is none.
    fn reached(&self) -> Reached {
        if (1..FEW).contains(&self.whole()) {
            return Reached::NOTHING;
        }
        let cells = parts(&self.cells());
        let shown = |n: usize| cells.get(n).copied().flatten();
        let both = match (shown(0), shown(1)) {
            (Some(_), Some(_)) => true,
            // What of them is hidden is hidden by the other of them.
            (None, None) => shown(2).is_some() && shown(3).is_some(),
            _ => false,
        };
        Reached {
            notified: suppress_small(self.notified).filter(|_| both),
            by_phone: shown(0),
            without_app: shown(2),
            held_back: shown(3),
        }
    }

    /// Of several together, as far as it may be told: a sum tells nothing of one whose numbers are not told, nor of a few. What went to a
    /// few does not count: whoever sent it would read of these few by how much the sum grows.
    pub(super) fn reached_by(all: &[Self]) -> Reached {
        let all: Vec<Self> = all.iter().filter(|c| c.whole() >= FEW).copied().collect();
        let is_told = |c: &&Self| parts(&c.cells()).iter().all(Option::is_some);
        let hidden: Vec<&Self> = all.iter().filter(|c| !is_told(c)).collect();
        let small = |n: usize| suppress_small(hidden.iter().map(|c| c.cells()[n]).sum()).is_none();
        if hidden.len() == 1 || (0..4).any(small) {
            return Reached::NOTHING;
        }
        let sum = |of: fn(&Self) -> i64| all.iter().map(of).sum();
        let sum = Self {
            notified: sum(|c| c.notified),
            by_phone: sum(|c| c.by_phone),
            without_app: sum(|c| c.without_app),
            held_back: sum(|c| c.held_back),
        };
        sum.reached()
    }
}

impl Reached {
    /// Nothing of it may be told.
    pub(super) const NOTHING: Self = Self { notified: None, by_phone: None, without_app: None, held_back: None };
}

impl Announcement {
    /// Whom it reached so far, and whom not, as far as it may be told. Where its audience says more of people than where they live, that
    /// nobody is in it tells of somebody as well.
    pub fn reached(&self) -> Reached {
        let Self { told: notified, by_phone, without_app, held_back, .. } = *self;
        let counted = Counted { notified, by_phone, without_app, held_back };
        let went_out = self.started_at.is_some();
        if went_out && counted.whole() == 0 && !audience::is_open(&self.audience) {
            return Reached::NOTHING;
        }
        counted.reached()
    }
}

record! {
    /// An announcement, as it is stored.
    #[derive(Clone, Debug, sqlx::FromRow)]
    pub struct Announcement, columns announcement_columns {
        /// Its id.
        pub id: AnnouncementId,
        /// Counted up at each edit.
        pub version: i64,
        /// Where it stands.
        pub state: State,
        /// How much it matters.
        pub importance: Importance,
        /// What it is about.
        pub topic: String,
        /// What it says.
        #[sqlx(json)]
        pub texts: Texts,
        /// Where to read more; empty for nowhere.
        pub link: String,
        /// Whom it concerns.
        #[sqlx(json)]
        pub audience: Audience,
        /// What the use of the register rests on.
        pub decision: String,
        /// Whether the weekly cap does not count.
        pub over_cap: bool,
        /// When it goes out.
        pub send_at: Option<DateTime<Utc>>,
        /// Until when it is worth showing.
        pub valid_until: DateTime<Utc>,
        /// What it corrects.
        pub corrects_id: Option<AnnouncementId>,
        /// Who wrote it.
        pub author_id: uuid::Uuid,
        /// Their name.
        pub author: String,
        /// Who approved it.
        pub approver: Option<String>,
        /// Up to whom it went.
        pub cursor_id: Option<ResidentId>,
        /// How many were told.
        pub told: i64,
        /// Of these, who has a phone that shows it.
        pub by_phone: i64,
        /// Who has no app.
        pub without_app: i64,
        /// Who had enough this week.
        pub held_back: i64,
        /// When it was first written.
        pub created_at: DateTime<Utc>,
        /// When it last changed.
        pub updated_at: DateTime<Utc>,
        /// When its words last changed.
        pub written_at: Option<DateTime<Utc>>,
        /// Who called it off or took it back.
        pub stopped_by: Option<String>,
        /// When it began to go out.
        pub started_at: Option<DateTime<Utc>>,
        /// When it was out, called off or taken back.
        pub ended_at: Option<DateTime<Utc>>,
        /// Whether it is for anybody to read.
        pub is_public: bool,
        /// Whether it goes to who moves into the audience.
        pub newcomers: bool,
        /// When what it announces begins.
        pub begins_at: Option<DateTime<Utc>>,
        /// When that ends.
        pub ends_at: Option<DateTime<Utc>>,
        /// Where it happens.
        pub place: String,
        /// Which image it has; another with each.
        pub image_id: Option<uuid::Uuid>,
        /// When it was last asked who moved in.
        pub looked_at: Option<DateTime<Utc>>,
        /// Whether its title is on lock screens, as its author says.
        pub title_on_lock_screen: Option<bool>,
        /// How far it goes to who does not read it, or has no app.
        pub reach: HowFar,
    }
}
pub(super) use announcement_columns;

/// Who takes a step with an announcement that bears a name.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// It goes on by itself.
    Itself,
    /// A member of staff approves it.
    Approver(&'a str),
    /// A member of staff calls it off or takes it back.
    Stopper(&'a str),
}

impl Said {
    pub(super) fn is_whole(&self) -> bool {
        !self.title.trim().is_empty() && !self.text.trim().is_empty()
    }

    pub(super) fn is_half(&self) -> bool {
        self.title.trim().is_empty() != self.text.trim().is_empty()
    }
}

/// Whom a chunk goes to: the audience, or who got the first where it corrects one.
pub(super) enum To<'a> {
    Audience(&'a Audience),
    Recipients(AnnouncementId),
}

/// Which of the town's announcements.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Where they stand; none for anywhere.
    pub state: Option<State>,
    /// What their titles, their place or their author have in them; empty for anything.
    pub words: String,
    /// Those that were written before this one; none for the newest.
    pub before: Option<AnnouncementId>,
}

/// Ordinary announcements that one citizen gets in a week, over all who write, unless the author says otherwise.
pub const WEEKLY_CAP: i64 = 3;

/// The week.
pub(super) const WEEK: Duration = Duration::days(7);

/// The kind of message that an announcement is in an inbox.
pub(super) const ANNOUNCEMENT: &str = "announcement";

pub(super) fn recipients(announcement: &Announcement) -> To<'_> {
    announcement.corrects_id.map_or(To::Audience(&announcement.audience), To::Recipients)
}

/// Phones to which a push came to an end.
#[derive(sqlx::FromRow)]
pub struct Outcome {
    /// `delivered`, `read_elsewhere`, `token_dead`, `token_suspect`, `failed`, `expired`, `not_wanted`, `unbound`, `withdrawn`, or `under_way`.
    pub outcome: String,
    /// What the provider said; `-` for nothing.
    pub code: String,
    /// How many phones.
    pub phones: i64,
}

/// Somebody whom an announcement concerned and who has no app.
#[derive(sqlx::FromRow)]
pub struct Unreached {
    /// Who.
    pub id: ResidentId,
    /// Given names.
    pub given_names: String,
    /// Family name.
    pub family_name: String,
    /// Street.
    pub street: String,
    /// House number.
    pub house_number: String,
    /// Box.
    pub box_number: String,
    /// Postcode.
    pub postcode: String,
    /// Town, as the register writes it.
    pub town: String,
    /// The country of an address abroad; empty for Belgium.
    pub country: String,
}

id_type! {
    /// An audience under a name.
    AudienceId;
}

/// An audience under a name.
#[derive(Clone, PartialEq, sqlx::FromRow)]
pub struct Saved {
    /// Its id.
    pub id: AudienceId,
    /// Counted up at each edit.
    pub version: i64,
    /// What the town calls it.
    pub name: String,
    /// Whether it says only where people live.
    pub district: bool,
    /// Whom it is.
    pub audience: Json<Audience>,
    /// The name of who kept it.
    pub saved_by: String,
    /// Who kept it; none where that was before this was noted.
    pub saved_by_id: Option<uuid::Uuid>,
    /// When.
    pub updated_at: DateTime<Utc>,
}

id_type! {
    /// A template of announcements.
    TemplateId;
}

record! {
    /// What announcements of a kind that comes back begin as, under a name.
    #[derive(Clone, PartialEq, sqlx::FromRow)]
    pub struct Template, columns template_columns {
        /// Its id.
        pub id: TemplateId,
        /// Counted up at each edit.
        pub version: i64,
        /// What the town calls it.
        pub name: String,
        /// How much it matters.
        pub importance: Importance,
        /// What it is about.
        pub topic: String,
        /// What it says, as far as that is always the same.
        #[sqlx(json)]
        pub texts: Texts,
        /// Where to read more; empty for nowhere.
        pub link: String,
        /// Where it happens; empty where that is not said.
        pub place: String,
        /// Whether it is for anybody to read.
        pub is_public: bool,
        /// Whether it goes to who moves into the audience.
        pub newcomers: bool,
        /// Whether its title is on lock screens, where that is said.
        pub title_on_lock_screen: Option<bool>,
        /// How far it goes to who does not read it, or has no app.
        pub reach: HowFar,
        /// Whom it concerns; no group where that is not said.
        #[sqlx(json)]
        pub audience: Audience,
        /// The name of who kept it.
        pub saved_by: String,
        /// Who kept it; none where that was before this was noted.
        pub saved_by_id: Option<uuid::Uuid>,
        /// When.
        pub updated_at: DateTime<Utc>,
    }
}
pub(super) use template_columns;

/// A list of people.
#[derive(sqlx::FromRow)]
pub struct PeopleList {
    /// Its id.
    pub id: PeopleListId,
    /// What it is called.
    pub name: String,
    /// How many are in it.
    pub people: i64,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// How it would go out to an audience: what decides whom a phone disturbs.
#[derive(Clone, Debug)]
pub struct Sending {
    /// How much it matters.
    pub importance: Importance,
    /// What it is about; none where that is not known.
    pub topic: Option<String>,
    /// Whether it goes to those as well who had as many this week as the cap allows.
    pub over_cap: bool,
    /// When it goes out; none for now.
    pub send_at: Option<NaiveDateTime>,
    /// Until when it is worth showing; none for as long as any.
    pub valid_until: Option<DateTime<Utc>>,
    /// How far it goes to who does not read it, or has no app.
    pub reach: HowFar,
}

impl Sending {
    /// Whether those are left out who had as many this week as the cap allows.
    pub fn holds_back(&self) -> bool {
        // Who gets a correction is no audience, and is not counted before.
        self.importance.holds_back(self.over_cap, false)
    }

    /// As what kind of news a phone shows it.
    pub fn category(&self) -> Category {
        self.importance.category()
    }
}

/// In which language somebody reads it: their own, or the town's first that it has.
pub(super) fn text_for(town: &Municipality, texts: &Texts, language: Language) -> Option<Language> {
    let order = std::iter::once(language).chain(town.languages.iter().copied()).chain(Language::ALL);
    order.into_iter().find(|l| texts.get(l).is_some_and(Said::is_whole))
}

codes! {
    /// The image is none that can be shown.
    ImageInvalid = "image_invalid" 400 Tell "The image must be a PNG, JPEG or WebP of at most 4 MiB, 10,000 pixels a side and 40 million in all.";
    /// The member of staff has no phone to try announcements on.
    NoTrialPhone = "no_trial_phone" 409 Tell "Link the app on your phone first: ask for a code and give it there.";
    /// The announcement is further, or over.
    AnnouncementState = "announcement_state" 409 Reload "The announcement is not in a state for that.";
    /// Who wrote it does not approve it.
    OwnWork = "own_work" 409 Tell "A colleague approves what you wrote.";
    /// The audience has nobody.
    ConcernsNobody = "concerns_nobody" 409 Tell "The audience has nobody.";
    /// The audience is the whole town.
    ConcernsEveryone = "concerns_everyone" 409 Tell "The audience is everybody who lives here. Say `everyone=true` if that is meant.";
    /// An announcement is about to go to that list.
    ListInUse = "list_in_use" 409 Tell "An announcement that was submitted or approved goes to this list. Withdraw or cancel the announcement first, or make another list.";
}

refusals! {
    /// An announcement that is not changed: it is another version, or is changed no more.
    pub CannotEdit = EditedMeanwhile, AnnouncementState;
    /// An image that is not taken.
    pub CannotSetImage = CannotEdit, ImageInvalid;
    /// An announcement that is not submitted.
    pub CannotSubmit = EditedMeanwhile, AnnouncementState, Unusable, ConcernsNobody, ConcernsEveryone;
    /// An announcement that is not approved.
    pub CannotApprove = EditedMeanwhile, AnnouncementState, Unusable, OwnWork;
    /// An announcement that is not tried on one's own phone.
    pub CannotTry = Unusable, NoTrialPhone;
}
