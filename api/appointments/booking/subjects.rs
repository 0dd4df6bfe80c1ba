//! Whom and what a visit is for: found out at each way in, as it is booked, waited for, or added to.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{self, Candidate};
use crate::{
    appointments::{
        catalogue::rules::named,
        model::{DocumentsInForce, Service, Subject},
    },
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::{DocumentId, ResidentId},
        problem::{Code, Failure},
        time::local_day,
    },
    residents,
};

/// Whose visit it is: somebody of the register, or a visitor by name.
#[derive(Clone, Copy)]
pub enum Owner<'a> {
    /// Somebody of the register.
    Resident(ResidentId),
    /// The same, where another acts for them: what they may do for their minor children is not passed on.
    Represented(ResidentId),
    /// A visitor who is not in it.
    Visitor(&'a str),
}

/// What is said about whom a visit is for.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// How many come.
    pub persons: i64,
    /// Who comes along, by name.
    pub companions: &'a [String],
    /// For which documents; empty where it is not said.
    pub documents: &'a [DocumentId],
    /// Whether the others may stay unnamed: staff may not know all the names.
    pub unnamed: bool,
}

/// Whom a visit is for, and the names of who comes along.
#[derive(Clone, Debug)]
pub struct Party {
    /// Whom it is for, and which document of theirs.
    pub subjects: Vec<Subject>,
    /// Who comes along, by name.
    pub companions: Vec<String>,
}

impl Party {
    /// The documents that it is for.
    pub fn documents(&self) -> BTreeSet<DocumentId> {
        self.subjects.iter().filter_map(|s| s.document).collect()
    }
}

/// The documents of somebody and their minor children, those that end first first.
///
/// # Errors
/// The database.
pub async fn of_family(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    owner: ResidentId,
) -> sqlx::Result<(BTreeMap<ResidentId, String>, Vec<Candidate>)> {
    let family = residents::family(r, town, owner, local_day(town.zone, app.clock.now())).await?;
    let names: BTreeMap<_, _> = family.iter().map(|p| (p.id, p.call_name().to_owned())).collect();
    let ids: Vec<_> = names.keys().copied().collect();
    let in_force: &DocumentsInForce = app.part();
    let rows = (in_force.0)(r, town.id, &ids).await?;
    let named = |(document, holder, kind, expires_on)| {
        let name = names.get(&holder).cloned().unwrap_or_default();
        Candidate { document, holder, name, kind, expires_on }
    };
    let mut all: Vec<Candidate> = rows.into_iter().map(named).collect();
    all.sort_by_key(|c| (c.expires_on.is_none(), c.expires_on, c.document));
    Ok((names, all))
}

/// Whom a visit is for, as it is told, or as it is meant where it is not told for which documents.
///
/// # Errors
/// `not_found` for a document that is neither theirs nor a minor child's of theirs; `body_invalid` where the service is not for it,
/// fewer come than the documents are of, or not all who come are named.
pub async fn party(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    owner: Owner<'_>,
    (service, told): (&Service, Told<'_>),
) -> Result<Party, Failure> {
    let (names, mut family) = match owner {
        Owner::Resident(id) | Owner::Represented(id) => of_family(r, app, town, id).await?,
        Owner::Visitor(_) => (BTreeMap::new(), Vec::new()),
    };
    if let Owner::Represented(id) = owner {
        family.retain(|c| c.holder == id);
    }
    let whose = match owner {
        Owner::Resident(id) | Owner::Represented(id) => {
            let name = names.get(&id).cloned().ok_or_else(|| Failure::new(Code::NotFound))?;
            Subject { resident: Some(id), name, document: None, kind: None }
        }
        Owner::Visitor(name) => Subject { resident: None, name: name.to_owned(), document: None, kind: None },
    };
    let documents = if told.documents.is_empty() {
        let of_service: Vec<_> = family.iter().filter(|c| service.document_kinds.contains(&c.kind)).collect();
        whose.resident.map_or_else(Vec::new, |id| rules::meant(&of_service, id, told.persons, told.companions))
    } else {
        named_documents(&family, service, told.documents)?
    };
    let holders = rules::holders(documents.iter().copied());
    if usize::try_from(told.persons).is_ok_and(|persons| holders > persons) {
        let why = format!("must be {holders} at least: the documents are of so many");
        return Err(Failure::field(Code::BodyInvalid, "persons", why));
    }
    let companions = if told.companions.is_empty() && !told.documents.is_empty() {
        rules::companions(whose.resident, told.persons, &documents)
    } else {
        told.companions.to_vec()
    };
    if !(told.unnamed && companions.is_empty()) {
        named(told.persons, &companions)?;
    }
    Ok(Party { subjects: rules::subjects(&whose, told.persons, &companions, &documents), companions })
}

/// The documents that are named, each once.
pub(super) fn named_documents<'a>(
    family: &'a [Candidate],
    service: &Service,
    ids: &[DocumentId],
) -> Result<Vec<&'a Candidate>, Failure> {
    let wanted: BTreeSet<_> = ids.iter().collect();
    let mut found = Vec::new();
    for id in wanted {
        let one = family.iter().find(|c| c.document == *id).ok_or_else(|| Failure::new(Code::NotFound))?;
        if !service.document_kinds.contains(&one.kind) {
            let why = format!("the service is not for {}", one.kind);
            return Err(Failure::field(Code::BodyInvalid, "document_ids", why));
        }
        found.push(one);
    }
    Ok(found)
}
