//! `/v1/municipalities`: which towns an app may offer.

use chrono::Duration;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};

use super::{Municipalities, Municipality};
use crate::{
    config::{AppCredentials, LeastVersion},
    platform::{App, language::Language, problem::Failure, values::Timestamp},
};

/// How long before planned work apps are told of it.
const TOLD_BEFORE: Duration = Duration::days(7);

/// A municipality that the app may offer.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MunicipalityOut {
    /// Its key, to be sent when a sign-in starts.
    #[oai(validator(max_length = 100))]
    pub key: String,
    /// Its NIS code (Statbel).
    pub nis_code: String,
    /// Its name in each language it has one.
    pub names: Vec<NameOut>,
    /// The languages of the town, its first first.
    pub languages: Vec<Language>,
    /// Its postcodes; one may belong to several municipalities.
    pub postcodes: Vec<String>,
    /// The ways in which its citizens may sign in, the usual first: names to send as `provider` when a sign-in starts.
    pub providers: Vec<String>,
    /// How citizens reach the town hall.
    pub contact: ContactOut,
    /// Which versions of the app are still to be used.
    pub app: AppOut,
    /// When the server is closed for planned work; absent where none is planned for the next seven days.
    pub maintenance: Option<MaintenanceOut>,
}

/// A time in which everything else is answered 503 (`maintenance`). An app says so before and meanwhile, and shows what it kept.
#[derive(Object)]
pub struct MaintenanceOut {
    /// When it begins, an instant in UTC; it goes on where that is past.
    pub from: Timestamp,
    /// When it ends, an instant in UTC.
    pub until: Timestamp,
}

/// Which versions of a town's app are still to be used. An app looks at each start, and whenever the server refuses what it asks.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AppOut {
    /// For iOS; absent where each version is.
    pub ios: Option<LeastVersionOut>,
    /// For Android; absent where each version is.
    pub android: Option<LeastVersionOut>,
}

/// The oldest version of an app that is still to be used. An older one says so, leads to the store, and shows only what it kept.
#[derive(Object)]
pub struct LeastVersionOut {
    /// Up to four numbers with points between, such as `2.1.0`; they are compared number by number.
    pub version: String,
    /// The app's page in its store, `https`.
    pub store: String,
}

impl From<&LeastVersion> for LeastVersionOut {
    fn from(least: &LeastVersion) -> Self {
        Self { version: least.version.clone(), store: least.store.to_string() }
    }
}

/// A name in a language.
#[derive(Object)]
pub struct NameOut {
    /// The language in which the name is written.
    pub language: Language,
    /// The name of the municipality in that language.
    pub name: String,
}

/// How citizens reach the town hall.
#[derive(Object)]
pub struct ContactOut {
    /// The telephone number of the town hall, to show and to dial.
    pub phone: String,
    /// The e-mail address of the town hall, such as `burgerzaken@deinze.example`.
    pub email: String,
    /// Web page for appointments.
    pub web: String,
}

impl MunicipalityOut {
    /// A municipality as an app is told of it.
    pub(crate) fn of(town: &Municipality, app: &App) -> Self {
        let published = app.config.apps.get(&town.app);
        let least =
            |of: fn(&AppCredentials) -> Option<&LeastVersion>| published.and_then(of).map(LeastVersionOut::from);
        let now = app.clock.now();
        let planned = app.config.server.next_maintenance(now).filter(|work| work.from < now + TOLD_BEFORE);
        Self {
            maintenance: planned.map(|w| MaintenanceOut { from: w.from.into(), until: w.until.into() }),
            app: AppOut { ios: least(|a| a.least_ios.as_ref()), android: least(|a| a.least_android.as_ref()) },
            key: town.key.clone(),
            nis_code: town.nis_code.clone(),
            names: town.names.iter().map(|(l, n)| NameOut { language: *l, name: n.clone() }).collect(),
            languages: town.languages.clone(),
            postcodes: town.postcodes.clone(),
            providers: town.identity_providers.clone(),
            contact: ContactOut {
                phone: town.contact.phone.clone(),
                email: town.contact.email.clone(),
                web: town.contact.web.to_string(),
            },
        }
    }
}

/// Operations on municipalities.
#[derive(Default)]
pub struct MunicipalitiesApi;

#[OpenApi(prefix_path = "/v1/municipalities")]
impl MunicipalitiesApi {
    /// List the municipalities served here
    ///
    /// For the first screen of an app that towns share. Needs no sign-in.
    #[oai(path = "/", method = "get", operation_id = "list_municipalities")]
    async fn list(&self, app: Data<&App>, towns: Data<&Municipalities>) -> Result<Json<Vec<MunicipalityOut>>, Failure> {
        Ok(Json(towns.all().map(|town| MunicipalityOut::of(town, &app)).collect()))
    }
}
