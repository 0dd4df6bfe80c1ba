//! `/v1/municipalities`: which towns an app may offer.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};

use super::{Municipalities, Municipality};
use crate::platform::{language::Language, problem::Failure};

/// A municipality that the app may offer.
#[derive(Object)]
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

impl From<&Municipality> for MunicipalityOut {
    fn from(town: &Municipality) -> Self {
        Self {
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
    async fn list(&self, towns: Data<&Municipalities>) -> Result<Json<Vec<MunicipalityOut>>, Failure> {
        Ok(Json(towns.all().map(|t| MunicipalityOut::from(t.as_ref())).collect()))
    }
}
