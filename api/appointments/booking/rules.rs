//! Whom a visit is for: a pure function over who books, how many come, who is named, and the documents of the family.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    appointments::model::{Claim, Subject, Visitor},
    platform::{
        ids::{DocumentId, ResidentId},
        text::folded,
    },
};

/// A document that a visit could be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub document: DocumentId,
    /// Whose: the resident's own, or a minor child's.
    pub holder: ResidentId,
    /// What the holder is called.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The last day on which it is good; none where it has no end.
    pub expires_on: Option<NaiveDate>,
}

impl Candidate {
    fn subject(&self) -> Subject {
        Subject {
            resident: Some(self.holder),
            name: self.name.clone(),
            document: Some(self.document),
            kind: Some(self.kind.clone()),
        }
    }
}

fn is_called(name: &str, candidate: &Candidate) -> bool {
    folded(name.trim()) == folded(&candidate.name)
}

/// How many people these documents are of.
pub fn holders<'a>(documents: impl Iterator<Item = &'a Candidate>) -> usize {
    documents.map(|d| d.holder).collect::<BTreeSet<_>>().len()
}

/// Of these documents of a family, those that are meant where nobody says for which a visit is: whoever books means their own, and
/// who is named theirs. Where somebody has several it is not known which is meant, and a reminder too many is better than one that
/// does not come.
pub fn meant<'a>(
    family: &[&'a Candidate],
    booker: ResidentId,
    persons: i64,
    companions: &[String],
) -> Vec<&'a Candidate> {
    // Of two of the same kind the later is the one in the older's place.
    let last = |c: &Candidate| (c.expires_on.is_none(), c.expires_on, c.document);
    let counts =
        |c: &&&'a Candidate| !family.iter().any(|o| (o.holder, &o.kind) == (c.holder, &c.kind) && last(o) > last(c));
    let only = |of: &dyn Fn(&Candidate) -> bool| {
        let mut theirs = family.iter().filter(counts).copied().filter(|c| of(c));
        theirs.next().filter(|_| theirs.next().is_none())
    };
    let all_are_named = usize::try_from(persons).is_ok_and(|persons| companions.len() >= persons);
    let mut found: Vec<&Candidate> = Vec::new();
    if !all_are_named {
        found.extend(only(&|c| c.holder == booker));
    }
    found.extend(companions.iter().filter_map(|name| only(&|c| c.holder != booker && is_called(name, c))));
    if found.is_empty() && persons == 1 && companions.is_empty() && !family.iter().any(|c| c.holder == booker) {
        // A parent who has none of their own comes for a child.
        found.extend(only(&|_| true));
    }
    found
}

/// Whom a visit is for: the holders of these documents, who else is named, and whoever it is of (`owner`) where that leaves room for
/// them.
pub fn subjects(owner: &Subject, persons: i64, companions: &[String], documents: &[&Candidate]) -> Vec<Subject> {
    let mut all: Vec<Subject> = documents.iter().map(|d| d.subject()).collect();
    let holders: BTreeSet<_> = documents.iter().map(|d| d.holder).collect();
    let named = companions.iter().map(|n| n.trim()).filter(|n| !n.is_empty());
    let others: Vec<_> = named.filter(|name| !documents.iter().any(|d| is_called(name, d))).collect();
    all.extend(others.iter().map(|name| Subject {
        resident: None,
        name: (*name).to_owned(),
        document: None,
        kind: None,
    }));
    let people = holders.len() + others.len();
    let is_there = owner.resident.is_some_and(|id| holders.contains(&id));
    if !is_there && usize::try_from(persons).is_ok_and(|persons| people < persons) {
        all.insert(0, owner.clone());
    }
    all
}

/// The names of those who come along, where whoever books says for which documents and names nobody: the holders', but their own.
pub fn companions(booker: Option<ResidentId>, persons: i64, documents: &[&Candidate]) -> Vec<String> {
    if persons < 2 {
        // With one child it is clear who comes.
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let others = documents.iter().filter(|d| Some(d.holder) != booker && seen.insert(d.holder));
    others.map(|d| d.name.clone()).collect()
}

/// Whom a visit is for when these documents are added: who was a subject without one has theirs now.
pub fn added(mut subjects: Vec<Subject>, documents: &[&Candidate]) -> Vec<Subject> {
    for document in documents {
        let waits = |s: &&mut Subject| {
            s.document.is_none()
                && (s.resident == Some(document.holder) || s.resident.is_none() && is_called(&s.name, document))
        };
        match subjects.iter_mut().find(waits) {
            Some(there) => *there = document.subject(),
            None => subjects.push(document.subject()),
        }
    }
    subjects
}

/// How many people a visit is for.
pub fn people(subjects: &[Subject]) -> i64 {
    let known: BTreeSet<_> = subjects.iter().filter_map(|s| s.resident).collect();
    let named = subjects.iter().filter(|s| s.resident.is_none()).count();
    i64::try_from(known.len() + named).unwrap_or(i64::MAX)
}

/// The names of whom a visit is for, each person once, but of whose it is.
pub fn names_of_others(subjects: &[Subject], owner: ResidentId) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let others = subjects.iter().filter(|s| s.resident != Some(owner) && s.resident.is_none_or(|id| seen.insert(id)));
    others.map(|s| s.name.clone()).collect()
}

/// Whether who claims a visit knows who it was booked for: the birth date that was given at the counter, or the telephone number where no
/// birth date was. Of who gave neither nobody knows anything.
pub fn knows(visitor: &Visitor, claim: &Claim) -> bool {
    match visitor.birth_date {
        Some(born) => claim.birth_date == Some(born),
        None => !visitor.phone.is_empty() && claim.phone.as_ref() == Some(&visitor.phone),
    }
}

/// Whom a visit is for, when its visitor is called otherwise.
pub fn renamed(subjects: &[Subject], from: &str, to: &str) -> Vec<Subject> {
    let mut all = subjects.to_vec();
    if let Some(they) = all.iter_mut().find(|s| s.resident.is_none() && s.name == from) {
        to.clone_into(&mut they.name);
    }
    all
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const MOTHER: ResidentId = ResidentId(Uuid::from_u128(1));
    const EMMA: ResidentId = ResidentId(Uuid::from_u128(2));
    const NOAH: ResidentId = ResidentId(Uuid::from_u128(3));

    fn of(holder: ResidentId, name: &str, document: u128) -> Candidate {
        Candidate {
            document: DocumentId(Uuid::from_u128(document)),
            holder,
            name: name.to_owned(),
            kind: "kids_id".to_owned(),
            expires_on: None,
        }
    }

    fn mother() -> Subject {
        Subject { resident: Some(MOTHER), name: "An".to_owned(), document: None, kind: None }
    }

    fn all(family: &[Candidate]) -> Vec<&Candidate> {
        family.iter().collect()
    }

    fn numbers(found: &[&Candidate]) -> Vec<u128> {
        found.iter().map(|c| c.document.0.as_u128()).collect()
    }

    #[test]
    fn who_claims_a_visit_knows_the_birth_date_or_the_number_where_there_is_none() {
        let born = NaiveDate::from_ymd_opt(1985, 5, 5);
        let number = || Some("+32475123456".to_owned());
        let claim = |birth_date, phone| Claim { reference: String::new(), birth_date, phone };
        let visitor = |birth_date, phone: &str| Visitor { birth_date, phone: phone.to_owned(), ..Visitor::default() };
        let both = visitor(born, "+32475123456");
        assert!(knows(&both, &claim(born, None)));
        assert!(!knows(&both, &claim(None, number())), "the number alone is in many hands");
        assert!(!knows(&both, &claim(born.and_then(|d| d.succ_opt()), number())));
        assert!(knows(&visitor(None, "+32475123456"), &claim(born, number())));
        for phone in [None, Some(String::new())] {
            assert!(!knows(&visitor(None, ""), &claim(None, phone.clone())) && !knows(&both, &claim(None, phone)));
        }
    }

    #[test]
    fn who_names_nobody_means_their_own_document() {
        let family = [of(MOTHER, "An", 10), of(EMMA, "Emma", 20)];
        assert_eq!(numbers(&meant(&all(&family), MOTHER, 1, &[])), [10]);
    }

    #[test]
    fn where_somebody_has_several_nobody_guesses() {
        let family = [of(MOTHER, "An", 10), Candidate { kind: "eid".to_owned(), ..of(MOTHER, "An", 11) }];
        assert!(meant(&all(&family), MOTHER, 1, &[]).is_empty());
        let children = [of(EMMA, "Emma", 20), of(NOAH, "Noah", 30)];
        assert!(meant(&all(&children), MOTHER, 1, &[]).is_empty(), "which of the two, nobody knows");
    }

    #[test]
    fn of_two_of_a_kind_the_later_is_meant() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 1);
        let family = [Candidate { expires_on: day, ..of(MOTHER, "An", 10) }, of(MOTHER, "An", 11)];
        assert_eq!(numbers(&meant(&all(&family), MOTHER, 1, &[])), [11]);
    }

    #[test]
    fn a_parent_with_one_child_means_the_child() {
        assert_eq!(numbers(&meant(&[&of(EMMA, "Emma", 20)], MOTHER, 1, &[])), [20]);
    }

    #[test]
    fn who_is_named_is_meant_whatever_the_case() {
        let family = [of(EMMA, "Emma", 20), of(NOAH, "Noah", 30), of(MOTHER, "An", 10)];
        let names = ["emma".to_owned(), "NOAH".to_owned()];
        assert_eq!(numbers(&meant(&all(&family), MOTHER, 2, &names)), [20, 30]);
        assert_eq!(numbers(&meant(&all(&family), MOTHER, 3, &names)), [10, 20, 30]);
    }

    #[test]
    fn each_who_comes_is_a_subject_once() {
        let (emma, noah) = (of(EMMA, "Emma", 20), of(NOAH, "Noah", 30));
        let names = ["Emma".to_owned(), "Lies".to_owned()];
        let both = subjects(&mother(), 2, &names, &[&emma]);
        assert_eq!(both.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Emma", "Lies"]);
        let all = subjects(&mother(), 3, &[], &[&emma, &noah]);
        assert_eq!(all.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["An", "Emma", "Noah"]);
        let alone = subjects(&mother(), 1, &[], &[]);
        assert_eq!(alone, [mother()]);
    }

    #[test]
    fn who_is_added_is_a_subject_once() {
        let (emma, noah) = (of(EMMA, "Emma", 20), of(NOAH, "Noah", 30));
        let one = subjects(&mother(), 1, &[], &[&emma]);
        let two = added(one, &[&noah]);
        assert_eq!(names_of_others(&two, MOTHER), ["Emma", "Noah"]);
        // Who came along by name, and is known now.
        let named = subjects(&mother(), 2, &["Noah".to_owned()], &[]);
        assert_eq!(added(named, &[&noah]), [mother(), noah.subject()]);
    }

    #[test]
    fn who_comes_along_is_named_by_the_documents() {
        let (emma, noah, own) = (of(EMMA, "Emma", 20), of(NOAH, "Noah", 30), of(MOTHER, "An", 10));
        assert_eq!(companions(Some(MOTHER), 2, &[&emma, &noah]), ["Emma", "Noah"]);
        assert_eq!(companions(Some(MOTHER), 2, &[&own, &emma]), ["Emma"]);
        assert!(companions(Some(MOTHER), 1, &[&emma]).is_empty());
    }
}
