//! The sandbox of whoever builds an app: citizens in known situations, every phone that is registered, each push of the contract sent to
//! one of them, and networks that break.
//!
//! Nothing here speaks to a stand-in in the server's place: a push is a message that the server writes, queues and delivers.

use std::sync::atomic::Ordering;

use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use poem::{
    IntoResponse as _, Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Html, Json, Path, Query},
};
use serde_json::{Value, json};
use thuisloket::{
    documents,
    inbox::{self, MessageId, Notice, Outcome, Plan, Worth},
    platform::{ids::ResidentId, language::Language},
    push::{Category, DeviceId},
    queue, residents,
};
use thuisloket_mobile_contract::{
    apns,
    client::types,
    fcm,
    phone::{Kind, Phone},
    staff_client::StaffClient,
};
use uuid::Uuid;

use super::{
    CLERK, Demo, at_the_counter, done, installation,
    network::Fault,
    pushes::{self, Registered},
    town,
};

/// Phones that the page shows, the last that came first.
const PHONES: i64 = 60;
/// Rows of the outbox that it shows, the newest message first, and how far back.
const ROWS: i64 = 40;
const ROWS_SINCE: Duration = Duration::days(3);
/// What each stand-in took last: so many.
const TAKEN: usize = 20;
/// Characters of a token that are shown at each end.
const TOKEN_ENDS: usize = 6;
/// The most requests that a network is broken for.
const MOST_REQUESTS: u32 = 1_000;

/// The pushes that can be sent, by name: what they are called, which kind of news, and whether their title is on the lock screen.
const PUSHES: [(&str, &str, Category, bool); 8] = [
    ("documents", "A document", Category::Documents, false),
    ("appointments", "A visit", Category::Appointments, false),
    ("queue", "You are called", Category::Queue, false),
    ("account", "Your account", Category::Account, false),
    ("announcements", "An announcement", Category::Announcements, false),
    ("announcements-open", "An announcement with its title", Category::Announcements, true),
    ("emergency", "An emergency", Category::Emergency, false),
    ("emergency-open", "An emergency with its title", Category::Emergency, true),
];
/// The push that takes another off the lock screen.
const CLEAR: &str = "clear";

/// The names of all of them.
fn all_pushes() -> Vec<&'static str> {
    PUSHES.iter().map(|(key, ..)| *key).chain([CLEAR]).collect()
}

/// What was asked of the sandbox and cannot be: told to whoever asked, and no fault of the demo.
#[derive(Debug)]
pub(super) struct Wrong(pub StatusCode, pub String);

impl Wrong {
    /// There is nothing of that name.
    fn none(there: &[&str]) -> Self {
        Self(StatusCode::NOT_FOUND, format!("there is none of that name; there are {}", there.join(", ")))
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.1)
    }
}

impl std::error::Error for Wrong {}

/// The pages and doors of the sandbox.
pub fn routes(route: Route) -> Route {
    route
        .at("/sandbox", get(page))
        .at("/sandbox/state", get(state))
        .at("/sandbox/push/:device/:what", post(send))
        .at("/sandbox/token/:device", post(refuse_token))
        .at("/sandbox/provider/:provider/:how", post(break_provider))
        .at("/sandbox/api/:how", post(break_api))
        .at("/sandbox/sign-out/:resident", post(sign_out))
        .at("/sandbox/number/:resident", post(give_number))
}

/// The ends of a token: enough to know it again.
fn shortened(token: &str) -> String {
    let all: Vec<char> = token.chars().collect();
    if all.len() <= 2 * TOKEN_ENDS {
        return token.to_owned();
    }
    let ends = (all.iter().take(TOKEN_ENDS), all.iter().skip(all.len() - TOKEN_ENDS));
    format!("{}…{}", ends.0.collect::<String>(), ends.1.collect::<String>())
}

/// What a message of a kind says, in one line.
fn title(category: Category, language: Language) -> &'static str {
    use Language::{De, En, Fr, Nl};
    match (category, language) {
        (Category::Documents, Nl) => "Je identiteitskaart vervalt binnenkort",
        (Category::Documents, Fr) => "Votre carte d’identité expire bientôt",
        (Category::Documents, De) => "Ihr Personalausweis läuft bald ab",
        (Category::Documents, En) => "Your identity card expires soon",
        (Category::Appointments, Nl) => "Morgen heb je een afspraak",
        (Category::Appointments, Fr) => "Vous avez un rendez-vous demain",
        (Category::Appointments, De) => "Morgen haben Sie einen Termin",
        (Category::Appointments, En) => "You have an appointment tomorrow",
        (Category::Queue, Nl) => "Je bent aan de beurt aan Loket 1",
        (Category::Queue, Fr) => "C’est votre tour au guichet 1",
        (Category::Queue, De) => "Sie sind an Schalter 1 an der Reihe",
        (Category::Queue, En) => "It is your turn at desk 1",
        (Category::Account, Nl) => "Een sessie van je werd beëindigd",
        (Category::Account, Fr) => "Une de vos sessions a été fermée",
        (Category::Account, De) => "Eine Ihrer Sitzungen wurde beendet",
        (Category::Account, En) => "A session of yours was ended",
        (Category::Announcements, Nl) => "Zaterdag is het feest op de Markt",
        (Category::Announcements, Fr) => "Samedi, c’est la fête sur le Markt",
        (Category::Announcements, De) => "Am Samstag ist Fest auf dem Markt",
        (Category::Announcements, En) => "There is a party on the Markt on Saturday",
        (Category::Emergency, Nl) => "Brand op de Kouter: sluit ramen en deuren",
        (Category::Emergency, Fr) => "Incendie au Kouter : fermez portes et fenêtres",
        (Category::Emergency, De) => "Brand am Kouter: Schließen Sie Fenster und Türen",
        (Category::Emergency, En) => "Fire on the Kouter: close windows and doors",
    }
}

/// What each of them says further.
fn body(language: Language) -> &'static str {
    match language {
        Language::Nl => "Dit bericht komt uit de zandbak van de demo.",
        Language::Fr => "Ce message vient du bac à sable de la démo.",
        Language::De => "Diese Nachricht kommt aus der Sandbox der Demo.",
        Language::En => "This message comes from the sandbox of the demo.",
    }
}

/// What a button says that leads to the visits that are proposed for a document.
fn to_book(language: Language) -> &'static str {
    match language {
        Language::Nl => "Afspraak maken",
        Language::Fr => "Prendre rendez-vous",
        Language::De => "Termin vereinbaren",
        Language::En => "Make an appointment",
    }
}

/// What kind of message a category stands for, and where the app goes with it. `about` is the id of something of that kind.
fn meaning(category: Category, about: Uuid) -> (&'static str, String) {
    match category {
        Category::Documents => ("document_reminder", format!("/documents/{about}")),
        Category::Account => ("session_ended", "/sessions".to_owned()),
        Category::Appointments => ("appointment", "/appointments".to_owned()),
        Category::Queue => ("ticket", format!("/tickets/{about}")),
        Category::Announcements | Category::Emergency => ("announcement", format!("/announcements/{about}")),
    }
}

impl Demo {
    /// Brings the known citizens into their situations: who can sign in, on which phones, and what became of it.
    pub(super) async fn situations(&self, desk: &StaffClient, cast: &town::Cast) -> anyhow::Result<()> {
        let known = || town::KNOWN.iter().zip(&cast.known);
        for (who, one) in known() {
            let about = format!("{} {}: {}", one.given, one.family, who.situation);
            self.stubs.oidc.person(
                who.key,
                json!({
                    "rrn": one.number, "given_name": one.given, "family_name": one.family, "locale": who.language, "about": about,
                }),
            );
        }
        let (ios, android) =
            (|n: u32| Kind::Ios { token: format!("7a{n:062x}") }, |fid: &str| Kind::Android { fid: fid.to_owned() });
        let (dutch, french) = (types::Language::Nl, types::Language::Fr);
        let phones = [
            (town::TWO_PHONES, ios(1), "iPhone van Tine", dutch),
            (town::TWO_PHONES, android("dTine0Pixel0mJh1yq8aZ2"), "Pixel van Tine", dutch),
            (town::IN_FRENCH, ios(2), "iPhone de Chloé", french),
            (town::SIGNED_OUT, ios(3), "iPhone van Ella", dutch),
            (town::WAITING, android("dWalter0Pixel0mJh1yq8a"), "Pixel van Walter", dutch),
            (town::ACTING, android("dKatrien0Pixel0mJh1yq8"), "Pixel van Katrien", dutch),
        ];
        for (key, kind, name, language) in phones {
            let mut phone = Phone::new(&self.own, kind, name, language);
            phone.provider = Some("town".to_owned());
            phone.installation = installation(name);
            phone.sign_in("deinze", key).await?;
            phone.register().await?;
        }
        for (who, one) in known() {
            let found = async || desk.find(&one.number, "telephone").await.map_err(at_the_counter);
            match who.key {
                town::SIGNED_OUT => desk.sign_out(&found().await?, "telephone").await.map_err(at_the_counter)?,
                town::WAITING => match desk.give_number(town::PLACE, town::SERVICE, &found().await?).await {
                    Ok(number) => self.say(format!("{} takes number {number} at the town hall.", one.given)),
                    Err(error) => {
                        self.say(format!("{} takes no number, as the town hall is closed ({error}).", one.given))
                    }
                },
                _ => {}
            }
        }
        let who: Vec<_> = known().map(|(who, one)| format!("{} ({})", one.given, who.situation)).collect();
        self.say(format!("Citizens in known situations sign in at the provider “town”: {}.", who.join(", ")));
        Ok(())
    }

    /// A phone that is registered.
    async fn registered(&self, id: Uuid) -> anyhow::Result<Registered> {
        let mut r = self.instance.app.db.read().await?;
        let all = pushes::registered(&mut r, &self.town, PHONES).await?;
        let found = all.into_iter().find(|device| device.id == DeviceId(id));
        let gone = || Wrong(StatusCode::NOT_FOUND, "no such phone: it may have been forgotten".to_owned());
        Ok(found.ok_or_else(gone)?)
    }

    /// Sends the owner of a phone a message of a kind, as the server does: to all their phones.
    async fn send(&self, device: Uuid, what: &str) -> anyhow::Result<()> {
        let device = self.registered(device).await?;
        if device.living_sessions == 0 {
            return Err(Wrong(StatusCode::CONFLICT, "it is signed out: nothing is sent to it".to_owned()).into());
        }
        if what == CLEAR {
            return self.clear(&device).await;
        }
        let (_, name, category, open) =
            PUSHES.into_iter().find(|(key, ..)| *key == what).ok_or_else(|| Wrong::none(&all_pushes()))?;
        let app = &self.instance.app;
        let (now, to) = (app.clock.now(), device.resident_id);
        let once = app.ids.uuid(now);
        // Their own document, or their own number of today, where they have one; else something that is gone, as an app meets as well.
        let about = match category {
            Category::Documents => {
                let mut r = app.db.read().await?;
                let theirs = documents::of_resident(&mut r, &self.town, to, Language::En, now).await?;
                theirs.first().map(|shown| shown.document.id.0)
            }
            Category::Queue => {
                let turns = queue::of_today(&mut app.db.read().await?, app, &self.town, to).await?;
                turns.first().map(|turn| turn.ticket.id.0)
            }
            _ => None,
        };
        let (kind, deep_link) = meaning(category, about.unwrap_or(once));
        let leads_on = category == Category::Documents;
        let visits = format!("{deep_link}/visits");
        let notice = |language| Notice {
            kind,
            category,
            dedupe_key: format!("sandbox {once}"),
            title: title(category, language).to_owned(),
            body: body(language).to_owned(),
            deep_link: deep_link.clone(),
            action: leads_on.then(|| (to_book(language).to_owned(), visits.clone())),
            worth: Worth::default(),
            open_in: open.then_some(language),
            plan: Plan::None,
            about: Vec::new(),
        };
        let mut w = app.db.write().await?;
        let outcome =
            inbox::notify(&mut w, app, &self.town, device.resident_id, |language| Some(notice(language))).await?;
        w.commit().await?;
        if !matches!(outcome, Outcome::Written(_)) {
            return Err(Wrong(StatusCode::CONFLICT, format!("there was no way to them: {outcome:?}")).into());
        }
        self.say(format!("The sandbox sends a push: {}.", name.to_lowercase()));
        Ok(())
    }

    /// Takes back what a phone showed last: its notification is cleared.
    async fn clear(&self, device: &Registered) -> anyhow::Result<()> {
        let app = &self.instance.app;
        let since = app.clock.now() - ROWS_SINCE;
        let rows = pushes::outbox(&mut app.db.read().await?, &self.town, since, i64::MAX).await?;
        let is_cleared = |message: Uuid| rows.iter().any(|r| r.message_id == message && r.purpose == CLEAR);
        let shown = rows.iter().find(|row| {
            row.device_id == device.id && row.outcome.as_deref() == Some("delivered") && !is_cleared(row.message_id)
        });
        let nothing = "it shows nothing that could be cleared: send something first, and give it a second";
        let shown = shown.ok_or_else(|| Wrong(StatusCode::CONFLICT, nothing.to_owned()))?;
        let mut w = app.db.write().await?;
        inbox::take_back(&mut w, app, &self.town, &[MessageId(shown.message_id)]).await?;
        w.commit().await?;
        self.say("The sandbox takes a message back: its notification is cleared.".to_owned());
        Ok(())
    }

    /// The provider of a phone refuses its token at the next push, as when the app was removed.
    async fn refuse_token(&self, device: Uuid) -> anyhow::Result<()> {
        let device = self.registered(device).await?;
        if device.platform == "ios" {
            let now = self.instance.app.clock.now().timestamp_millis();
            let refusal = apns::Script::RefuseOnce(410, "Unregistered".to_owned(), Some(now));
            self.stubs.apns.script(&device.target, refusal);
        } else {
            self.stubs.fcm.script(&device.target, fcm::Script::refuse(404, "UNREGISTERED").once());
        }
        Ok(())
    }

    /// Breaks APNs or FCM, or mends it.
    fn break_provider(&self, provider: &str, how: &str) -> anyhow::Result<()> {
        let (how, (busy, reset, silent)) = match how {
            "mended" => ("mended", (false, false, false)),
            "busy" => ("busy", (true, false, false)),
            "reset" => ("reset", (false, true, false)),
            "silent" => ("silent", (false, false, true)),
            _ => return Err(Wrong::none(&["busy", "reset", "silent", "mended"]).into()),
        };
        let (provider, faults) = match provider {
            "apns" => {
                let refusal = apns::Script::Refuse(503, "ServiceUnavailable".to_owned(), None);
                self.stubs.apns.script_all(busy.then_some(refusal));
                ("apns", &self.stubs.apns.weather)
            }
            "fcm" => {
                self.stubs.fcm.script_all(busy.then(|| fcm::Script::refuse(503, "UNAVAILABLE")));
                ("fcm", &self.stubs.fcm.weather)
            }
            _ => return Err(Wrong::none(&["apns", "fcm"]).into()),
        };
        faults.reset_every.store(usize::from(reset), Ordering::SeqCst);
        faults.silent.store(silent, Ordering::SeqCst);
        self.providers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(provider, how);
        Ok(())
    }

    /// Signs somebody out everywhere, as staff do when a phone was lost.
    async fn sign_out(&self, resident: Uuid) -> anyhow::Result<()> {
        let desk = StaffClient::sign_in(&self.own, CLERK).await.map_err(at_the_counter)?;
        desk.sign_out(&resident.to_string(), "telephone").await.map_err(at_the_counter)?;
        self.say(format!("{CLERK} signs a lost phone out: all sessions of its owner are ended."));
        Ok(())
    }

    /// Gives somebody a number at the town hall.
    async fn number(&self, resident: Uuid) -> anyhow::Result<()> {
        let desk = StaffClient::sign_in(&self.own, CLERK).await.map_err(at_the_counter)?;
        let given = desk.give_number(town::PLACE, town::SERVICE, &resident.to_string()).await;
        let number = given
            .map_err(at_the_counter)
            .context("is the town hall open? It is from 9 to 12 and from 13.30 to 16.30")?;
        self.say(format!("{CLERK} gives number {number}."));
        Ok(())
    }

    /// All that the page shows.
    async fn sandbox(&self) -> anyhow::Result<Value> {
        let app = &self.instance.app;
        let now: DateTime<Utc> = app.clock.now();
        let mut r = app.db.read().await?;
        let devices = pushes::registered(&mut r, &self.town, PHONES).await?;
        let rows = pushes::outbox(&mut r, &self.town, now - ROWS_SINCE, ROWS).await?;
        let mut owners: Vec<ResidentId> = devices.iter().map(|device| device.resident_id).collect();
        owners.sort_unstable();
        owners.dedup();
        let names = residents::names(&mut r, &self.town, &owners).await?;
        drop(r);
        let devices = devices.iter().map(|d| {
            json!({
                "id": d.id, "resident": d.resident_id, "owner": names.get(&d.resident_id), "platform": d.platform,
                "locale": d.locale, "version": d.app_version, "preview": d.preview, "state": d.state,
                "signed_in": d.living_sessions > 0, "token": shortened(&d.target), "registered_at": d.registered_at,
            })
        });
        let outbox = rows.iter().map(|row| {
            json!({
                "message": row.message_id, "device": row.device_id, "purpose": row.purpose, "category": row.category,
                "state": row.state, "outcome": row.outcome, "code": row.code, "attempts": row.attempts,
                "not_before": row.not_before, "created_at": row.created_at, "settled_at": row.settled_at,
            })
        });
        let anna = json!({
            "key": "anna", "name": "Anna Peeters", "situation": "a child's document",
            "expect": "Her daughter Emma's Kids-ID expires in three months: let two days pass, and a reminder arrives that leads to a visit.",
        });
        let known = town::KNOWN.iter().map(|who| {
            let name = format!("{} {}", who.given, who.family);
            json!({ "key": who.key, "name": name, "situation": who.situation, "expect": who.expect })
        });
        let apns = self.stubs.apns.taken().into_iter().rev().take(TAKEN).map(|push| {
            let headers = push.headers.iter().filter(|(name, _)| name.starts_with("apns-"));
            json!({ "token": shortened(&push.token), "headers": headers.collect::<std::collections::BTreeMap<_, _>>(), "payload": push.payload })
        });
        let fcm = self.stubs.fcm.taken().into_iter().rev().take(TAKEN).map(|message| {
            let target = message["fid"].as_str().or(message["token"].as_str()).unwrap_or_default();
            json!({ "token": shortened(target), "payload": message })
        });
        let providers = self.providers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let broken = self.network.broken();
        let local = now.with_timezone(&self.town.zone);
        Ok(json!({
            "server": self.server,
            "app_link": self.app_link,
            "now": local.format("%A %-d %B %Y, %H:%M").to_string(),
            "instant": now,
            "citizens": std::iter::once(anna).chain(known).collect::<Vec<_>>(),
            "devices": devices.collect::<Vec<_>>(),
            "outbox": outbox.collect::<Vec<_>>(),
            "taken": { "apns": apns.collect::<Vec<_>>(), "fcm": fcm.collect::<Vec<_>>() },
            "pushes": PUSHES.iter().map(|(key, name, ..)| json!({ "key": key, "name": name })).collect::<Vec<_>>(),
            "providers": { "apns": providers.get("apns").unwrap_or(&"mended"), "fcm": providers.get("fcm").unwrap_or(&"mended") },
            "api": { "how": broken.map_or("mended", |(fault, _)| fault.name()), "next": broken.and_then(|(_, next)| next) },
        }))
    }
}

#[handler]
fn page() -> Response {
    Html(include_str!("sandbox.html"))
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self'; connect-src 'self'",
        )
        .into_response()
}

#[handler]
async fn state(demo: Data<&Demo>) -> Response {
    match demo.sandbox().await {
        Ok(value) => Json(value).into_response(),
        Err(error) => super::fault(&error),
    }
}

#[handler]
async fn send(demo: Data<&Demo>, Path((device, what)): Path<(Uuid, String)>) -> Response {
    done(demo.send(device, &what).await)
}

#[handler]
async fn refuse_token(demo: Data<&Demo>, Path(device): Path<Uuid>) -> Response {
    done(demo.refuse_token(device).await)
}

#[handler]
fn break_provider(demo: Data<&Demo>, Path((provider, how)): Path<(String, String)>) -> Response {
    done(demo.break_provider(&provider, &how))
}

/// Breaks the network before the citizens' API for the `next` so many requests, or until it is mended.
#[handler]
fn break_api(
    demo: Data<&Demo>,
    Path(how): Path<String>,
    Query(query): Query<std::collections::HashMap<String, String>>,
) -> Response {
    let next = match query.get("next").map(|next| next.parse::<u32>()) {
        None => None,
        Some(Ok(next)) if (1..=MOST_REQUESTS).contains(&next) => Some(next),
        Some(_) => {
            let bound = format!("next is a number from 1 to {MOST_REQUESTS}");
            return bound.with_status(StatusCode::BAD_REQUEST).into_response();
        }
    };
    match Fault::ALL.iter().find(|(name, _)| *name == how) {
        Some((_, fault)) => demo.network.fail(*fault, next),
        None if how == "mended" => demo.network.mend(),
        None => return super::fault(&Wrong::none(&["busy", "slow", "cut", "mended"]).into()),
    }
    StatusCode::NO_CONTENT.into_response()
}

#[handler]
async fn sign_out(demo: Data<&Demo>, Path(resident): Path<Uuid>) -> Response {
    done(demo.sign_out(resident).await)
}

#[handler]
async fn give_number(demo: Data<&Demo>, Path(resident): Path<Uuid>) -> Response {
    done(demo.number(resident).await)
}
