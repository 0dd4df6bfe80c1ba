//! `/v1/me`.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};

use super::Profile;
use crate::{
    contacts::routes::ContactSettingsOut,
    identity::access::Session,
    municipalities::routes::MunicipalityOut,
    platform::{App, access::Level, problem::Failure},
    push::routes::PreferencesBody,
    residents::{Detail, Person},
};

/// An address, as the register has it.
#[derive(Object)]
pub struct AddressOut {
    /// The name of the street, as the register writes it.
    street: String,
    /// The house number, which may have letters: `12`, `12A`.
    house_number: String,
    /// The box number; empty where there is none.
    box_number: String,
    /// The postcode, such as `9800`.
    postcode: String,
    /// The town or village, as the register writes it.
    town: String,
}

impl From<&Detail> for AddressOut {
    fn from(d: &Detail) -> Self {
        Self {
            street: d.street.clone(),
            house_number: d.house_number.clone(),
            box_number: d.box_number.clone(),
            postcode: d.postcode.clone(),
            town: d.town.clone(),
        }
    }
}

/// A child of the citizen who is not of age, and whose documents the citizen sees.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ChildOut {
    /// All given names; empty where there are none.
    given_names: String,
    /// The family name, as the register writes it.
    family_name: String,
    /// The birth date, such as `2019-04-04`.
    birth_date: Option<NaiveDate>,
}

impl From<Person> for ChildOut {
    fn from(person: Person) -> Self {
        Self { given_names: person.given_names, family_name: person.family_name, birth_date: person.birth_date }
    }
}

/// Whoever is signed in, as the town knows them. Birth date, address, children and contact settings are absent where `level` is lower than
/// `private_level`; a step up (`POST /v1/sessions/current/step-up`) shows them.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ProfileOut {
    /// All given names; empty where there are none.
    given_names: String,
    /// The first given name, to greet them with; the family name where there is none.
    call_name: String,
    /// The family name, as the register writes it.
    family_name: String,
    /// The birth date, such as `1985-05-05`; also absent where the register does not know it.
    birth_date: Option<NaiveDate>,
    /// The address, as the register has it.
    address: Option<AddressOut>,
    /// The minor children whose parent they are by the register, the eldest first; an empty list where there are none.
    children: Option<Vec<ChildOut>>,
    /// How they want to be told, as `/v1/contact-settings` has it. Where `dropped_email` is there, say so: nothing reaches them by e-mail.
    contact: Option<ContactSettingsOut>,
    /// The level of assurance of this sign-in.
    level: Level,
    /// The level that the municipality asks for what is private.
    private_level: Level,
    /// The municipality of which they are a resident.
    municipality: MunicipalityOut,
    /// The language in which they are spoken to, and when and with what they are disturbed, as `/v1/preferences` has it.
    preferences: PreferencesBody,
    /// Whether a phone of theirs would show a message now; false where notifications are off or no device is registered.
    has_phone: bool,
}

/// The operation on the profile.
#[derive(Default)]
pub struct ProfileApi;

#[OpenApi(prefix_path = "/v1")]
impl ProfileApi {
    /// Read who I am
    ///
    /// As the town knows me: by name, and for who signed in at the level that the town asks for it, with birth date, address and
    /// children.
    #[oai(path = "/me", method = "get", operation_id = "get_profile")]
    async fn me(&self, app: Data<&App>, who: Session) -> Result<Json<ProfileOut>, Failure> {
        let Profile { person, private, language, level, choice, has_phone } = super::get(&app, &who.0).await?;
        let call_name = person.call_name().to_owned();
        let (birth_date, address, children, contact) = match private {
            Some(private) => {
                let children = private.children.into_iter().map(ChildOut::from).collect();
                let address = Some(AddressOut::from(&private.detail));
                (private.detail.person.birth_date, address, Some(children), Some(private.contact.into()))
            }
            None => (None, None, None, None),
        };
        Ok(Json(ProfileOut {
            given_names: person.given_names,
            call_name,
            family_name: person.family_name,
            birth_date,
            address,
            children,
            contact,
            level,
            private_level: who.0.town.private_level,
            municipality: MunicipalityOut::of(&who.0.town, &app),
            preferences: PreferencesBody::of(language, choice),
            has_phone,
        }))
    }
}
