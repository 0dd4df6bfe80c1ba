//! The letterhead of each town: read once, when the server starts, so that a logo that is none is known then.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use anyhow::Context as _;

use super::{
    page::{self, Letter, Logo, Look, zones::Side},
    rules,
};
use crate::{
    config::{self, Window},
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        ids::MunicipalityId,
        language::{Language, date, say},
    },
};

/// How a town's letters look.
pub struct Letterhead {
    /// What stands above them, and where.
    pub look: Look,
    /// Who signs them, in lines.
    pub signature: Vec<String>,
    /// The hour at which the batch of the day is made; none where staff make each.
    pub batch_hour: Option<u32>,
}

/// The letterheads of the towns that send letters.
#[derive(Clone, Default)]
pub struct Letterheads(Arc<HashMap<MunicipalityId, Letterhead>>);

impl Letterheads {
    /// Reads them from the configuration.
    ///
    /// # Errors
    /// A logo that cannot be read, or is no picture.
    pub fn open(app: &App) -> anyhow::Result<Self> {
        let towns: &Municipalities = app.part();
        let mut all = HashMap::new();
        for town in towns.all() {
            let Some(wanted) = app.config.municipalities.get(&town.key).map(|t| &t.letters) else { continue };
            if wanted.enabled {
                let name = town.name(town.language_for(None));
                let head = letterhead(wanted, name).with_context(|| format!("municipalities.{}.letters", town.key))?;
                all.insert(town.id, head);
            }
        }
        Ok(Self(Arc::new(all)))
    }

    /// That of a town; none where it sends no letters.
    pub fn of(&self, town: MunicipalityId) -> Option<&Letterhead> {
        self.0.get(&town)
    }
}

/// The letterhead that a configuration describes, of a town of that name.
///
/// # Errors
/// A logo that cannot be read, or is no picture.
pub fn letterhead(wanted: &config::Letters, name: &str) -> anyhow::Result<Letterhead> {
    let read = |file: &PathBuf| -> anyhow::Result<Logo> {
        let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let is_png = bytes.starts_with(b"\x89PNG");
        anyhow::ensure!(is_png || bytes.starts_with(b"\xff\xd8"), "{} is neither PNG nor JPEG", file.display());
        Ok(Logo { bytes, is_png })
    };
    let sender = if wanted.sender.is_empty() { vec![name.to_owned()] } else { wanted.sender.clone() };
    let look = Look {
        side: match wanted.window {
            Window::Left => Side::Left,
            Window::Right => Side::Right,
        },
        sender,
        logo: wanted.logo.as_ref().map(read).transpose()?,
        colour: rules::colour(&wanted.colour).context("colour is not as #005a9c")?,
    };
    Ok(Letterhead { look, signature: wanted.signature.clone(), batch_hour: wanted.batch_hour })
}

/// What stands below a letter of a town: who signs it, and how the town is reached, unless the letter has said that.
pub fn closing(head: &Letterhead, town: &Municipality, language: Language, body: &str) -> Vec<String> {
    signed(&head.signature, language, body, (&town.contact.phone, &town.contact.email))
}

fn signed(signature: &[String], language: Language, body: &str, (phone, email): (&str, &str)) -> Vec<String> {
    let mut lines = signature.to_vec();
    if !(body.contains(phone) && body.contains(email)) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(say(language, "letter-contact", &[("phone", phone), ("email", email)]));
    }
    lines
}

/// One sheet that shows where everything stands, with an address of the longest lines: for who tries the town's envelopes.
///
/// # Errors
/// A town that is not there; a logo that cannot be read.
pub fn proof(config: &config::Config, key: &str, day: chrono::NaiveDate) -> anyhow::Result<Vec<u8>> {
    let town = config.municipalities.get(key).with_context(|| format!("there is no municipality {key:?}"))?;
    let language = town.languages.first().copied().unwrap_or(Language::Nl);
    let head = letterhead(&town.letters, town.names.get(&language).map_or(key, String::as_str))?;
    let address = rules::Address {
        name: "Wilhelmina-Alexandra van den Oudenbosch-Van Nieuwenhuyze",
        street: "Burgemeester Karel Lodewijk Dierickxstraat",
        house_number: "123",
        box_number: "0401",
        postcode: "9800",
        town: "Deinze",
        country: "",
    };
    let (subject, body) = (say(language, "letter-proof", &[]), say(language, "letter-proof-text", &[]));
    let letter = Letter {
        language: language.code(),
        large: false,
        reference: "BCDFGHJK",
        address: &address.lines(language),
        date: &date(language, day),
        subject: &subject,
        body: &body,
        closing: &signed(&head.signature, language, &body, (&town.contact.phone, &town.contact.email)),
    };
    Ok(page::proof(&head.look, &subject, &letter)?.pdf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_the_town_is_reached_stands_once_on_a_letter() {
        let town = ("09 381 95 10", "burgerzaken@deinze.example");
        let of = |signature: &[String], body| signed(signature, Language::Nl, body, town);
        let els = ["Els Claes".to_owned()];
        assert_eq!(of(&els, "Vragen? Deinze, 09 381 95 10, burgerzaken@deinze.example"), els);
        assert_eq!(of(&els, "Bel 09 381 95 10.").len(), 3, "the address is not said yet");
        assert_eq!(of(&[], "Dag.").len(), 1);
    }
}
