//! Whom an announcement concerns: any of some groups, each of those to whom all of its conditions apply.

use poem_openapi::{Object, Union};
use serde::{Deserialize, Serialize};

use super::rules::{self, TOPICS};
use crate::{
    documents::rules::KINDS,
    id_type,
    platform::{language::Language, problem::Failure, values::Day},
    residents::rules::{in_belgium, street_key},
};

/// Groups of an audience, and conditions of a group, at the most.
pub const MOST: usize = 10;
/// House numbers that one condition names.
const MOST_NUMBERS: i64 = 2_000;
/// The widest circle, in metres: across Flanders.
const WIDEST: f64 = 200_000.0;

/// Which side of a street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Side {
    /// Both.
    Both,
    /// Odd numbers.
    Odd,
    /// Even numbers.
    Even,
}

/// A place on the map (WGS84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Object)]
pub struct Spot {
    /// The latitude of the place, in degrees (WGS84).
    #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
    pub latitude: f64,
    /// The longitude of the place, in degrees (WGS84).
    #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
    pub longitude: f64,
}

macro_rules! conditions {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Object)]
            #[oai(skip_serializing_if_is_none)]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $ty,)*
                /// True for all to whom it does not apply.
                #[oai(default)]
                #[serde(default)]
                pub not: bool,
            }
        )*

        /// One condition.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Union)]
        #[oai(discriminator_name = "kind", one_of)]
        #[serde(tag = "kind")]
        pub enum Condition {
            $($(#[$doc])* #[oai(mapping = $kind)] #[serde(rename = $kind)] $name($name),)*
        }

        impl Condition {
            pub(super) fn is_not(&self) -> bool {
                match self { $(Self::$name(c) => c.not,)* }
            }

            /// The same of all to whom it applies, where it was of those to whom it does not; and the other way round.
            fn turned(&self) -> Self {
                let mut other = self.clone();
                match &mut other { $(Self::$name(c) => c.not = !c.not,)* }
                other
            }
        }
    };
}

conditions! {
    /// Everyone who lives here.
    Everyone = "everyone" {}
    /// Who lives in a street, at some of its numbers.
    Street = "street" {
        /// The street, as the register writes it.
        #[oai(validator(min_length = 1, max_length = 200))]
        street: String,
        /// The first number; absent for the whole street.
        #[oai(validator(minimum(value = "1"), maximum(value = "99999")))]
        from: Option<i64>,
        /// The last number that counts; absent for `from` alone, or for the whole street.
        #[oai(validator(minimum(value = "1"), maximum(value = "99999")))]
        until: Option<i64>,
        /// The side of the street: all numbers, the odd or the even.
        side: Side,
    }
    /// Who lives in one of these postcodes.
    Postcode = "postcode" {
        /// The postcodes, as the register writes them; one of them is enough.
        #[oai(validator(min_items = 1, max_items = 50, max_length = 10))]
        postcodes: Vec<String>,
    }
    /// Who lives within so many metres of a place.
    Circle = "circle" {
        /// The place in the middle of the circle.
        centre: Spot,
        /// The radius of the circle, in metres.
        #[oai(validator(minimum(value = "1"), maximum(value = "200000")))]
        meters: f64,
    }
    /// Who lives within an area that was drawn.
    Polygon = "polygon" {
        /// Its corners, in order; the last is joined to the first.
        #[oai(validator(min_items = 3, max_items = 200))]
        corners: Vec<Spot>,
        /// What the town calls it, where it is a district; the corners count.
        #[oai(validator(max_length = 80))]
        name: Option<String>,
    }
    /// Who has an age, in years.
    Age = "age" {
        /// The lowest age that counts, in whole years.
        #[oai(validator(minimum(value = "0"), maximum(value = "150")))]
        from: u32,
        /// The highest age that counts, in whole years.
        #[oai(validator(minimum(value = "0"), maximum(value = "150")))]
        until: u32,
    }
    /// Who is spoken to in one of these languages.
    Speaks = "language" {
        /// The languages; one of them is enough.
        #[oai(validator(min_items = 1, max_items = 4))]
        languages: Vec<Language>,
    }
    /// Whose household has a child of an age, in years.
    Children = "children" {
        /// The lowest age of such a child, in whole years.
        #[oai(validator(minimum(value = "0"), maximum(value = "17")))]
        from: u32,
        /// The highest age of such a child, in whole years.
        #[oai(validator(minimum(value = "0"), maximum(value = "17")))]
        until: u32,
    }
    /// Who has the app and follows a topic.
    Topic = "topic" {
        /// The key of the topic that they follow, such as `works`.
        #[oai(validator(min_length = 1, max_length = 40))]
        topic: String,
    }
    /// Who has a document of a kind that ends in a period.
    Document = "document" {
        /// The kinds of document, such as `eid` or `kids_id`; one of them is enough.
        #[oai(validator(min_items = 1, max_items = 30, max_length = 40))]
        kinds: Vec<String>,
        /// From which day on.
        from: Day,
        /// Up to and with which.
        until: Day,
    }
    /// Who was in a file that was sent in.
    PeopleList = "list" {
        /// The id of the list of people, from `GET /staff/v1/people-lists`.
        list_id: PeopleListId,
    }
}

id_type! {
    /// A list of people.
    PeopleListId;
}

/// Any of these groups; of a group, all conditions.
pub type Audience = Vec<Vec<Condition>>;

/// Refuses an audience that makes no sense, and says where.
///
/// # Errors
/// `body_invalid`.
pub fn check(audience: &Audience) -> Result<(), Failure> {
    let wrong = |at: String, reason: &'static str, why: &str| Err(Failure::fault(&at, reason, why));
    if audience.is_empty() || audience.len() > MOST {
        return wrong("audience".to_owned(), "groups", &format!("must have one to {MOST} groups"));
    }
    for (g, group) in audience.iter().enumerate() {
        if group.is_empty() || group.len() > MOST {
            return wrong(format!("audience[{g}]"), "conditions", &format!("must have one to {MOST} conditions"));
        }
        for (c, condition) in group.iter().enumerate() {
            let at = |field: &str| format!("audience[{g}][{c}].{field}");
            match condition {
                Condition::Street(s) => {
                    let (from, until) = (s.from.unwrap_or(1), s.until.unwrap_or_else(|| s.from.unwrap_or(1)));
                    if s.until.is_some() && s.from.is_none() {
                        return wrong(at("from"), "missing", "is needed with until");
                    }
                    if from > until || until - from >= MOST_NUMBERS {
                        return wrong(
                            at("until"),
                            "order",
                            &format!("must lie within {MOST_NUMBERS} numbers after from"),
                        );
                    }
                }
                Condition::Circle(Circle { centre: Spot { latitude, longitude }, .. })
                    if in_belgium(*latitude, *longitude).is_err() =>
                {
                    return wrong(at("centre"), "outside", "lies outside Belgium");
                }
                Condition::Polygon(polygon)
                    if polygon.corners.iter().any(|c| in_belgium(c.latitude, c.longitude).is_err()) =>
                {
                    return wrong(at("corners"), "outside", "lie outside Belgium");
                }
                Condition::Circle(circle) if !(1.0..=WIDEST).contains(&circle.meters) => {
                    return wrong(at("meters"), "range", "is too wide, or nothing");
                }
                Condition::Polygon(polygon) if rules::repeats_a_corner(&ring(&polygon.corners)) => {
                    return wrong(at("corners"), "twice", "name the same place twice, one after the other");
                }
                Condition::Polygon(polygon) if rules::crosses_itself(&ring(&polygon.corners)) => {
                    return wrong(at("corners"), "crosses", "make an area that crosses itself");
                }
                Condition::Polygon(polygon) if rules::is_flat(&ring(&polygon.corners)) => {
                    return wrong(at("corners"), "flat", "lie in one line, which is no area");
                }
                Condition::Age(Age { from, until, .. }) | Condition::Children(Children { from, until, .. })
                    if from > until =>
                {
                    return wrong(at("until"), "order", "lies before from");
                }
                Condition::Topic(t) if !TOPICS.contains(&t.topic.as_str()) => {
                    return wrong(at("topic"), "unknown", &format!("is none of {}", TOPICS.join(", ")));
                }
                Condition::Document(d) if d.kinds.iter().any(|kind| !KINDS.iter().any(|known| known.key == kind)) => {
                    return wrong(at("kinds"), "unknown", "names a kind of document that there is not");
                }
                Condition::Document(d) if d.from > d.until => return wrong(at("until"), "order", "lies before from"),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The corners of an area. GeoJSON says the first again at the end.
pub(super) fn ring(corners: &[Spot]) -> Vec<(f64, f64)> {
    let mut all: Vec<_> = corners.iter().map(|s| (s.latitude, s.longitude)).collect();
    if all.len() > 3 && all.first() == all.last() {
        all.pop();
    }
    all
}

/// Whether it rests on what the register knows of people: then a decision of the town must allow it.
pub fn uses_register(audience: &Audience) -> bool {
    audience.iter().flatten().any(|c| !matches!(c, Condition::Everyone(_) | Condition::Topic(_)))
}

/// Whether it says more of who is in it than where they live, how old they are and what they speak: nobody but staff may see
/// whom such an announcement was for.
pub fn tells_more(audience: &Audience) -> bool {
    audience.iter().flatten().any(|c| matches!(c, Condition::Document(_) | Condition::PeopleList(_)))
}

/// For each condition that must not apply, those of its group to whom it does.
pub fn opposites(audience: &Audience) -> Vec<Audience> {
    let of_group = |group: &Vec<Condition>| {
        let turned =
            |n: usize| group.iter().enumerate().map(|(at, c)| if at == n { c.turned() } else { c.clone() }).collect();
        let not = group.iter().enumerate().filter(|(_, c)| c.is_not()).map(|(n, _)| n);
        not.map(|n| vec![turned(n)]).collect::<Vec<_>>()
    };
    audience.iter().flat_map(of_group).collect()
}

/// Whether it says nothing of those who are in it but that they live here, or where: then what is told to them may be read by
/// whoever sees their phone.
pub fn is_open(audience: &Audience) -> bool {
    audience.iter().flatten().all(|c| matches!(c, Condition::Everyone(_)) || says_where(c))
}

fn says_where(c: &Condition) -> bool {
    use Condition::{Circle, Polygon, Postcode, Street};
    matches!(c, Street(_) | Postcode(_) | Circle(_) | Polygon(_))
}

/// Whether it says only where people live.
pub fn is_place(audience: &Audience) -> bool {
    audience.iter().flatten().all(says_where)
}

/// The lists of people that it names, and the field at which each is named.
pub fn lists(audience: &Audience) -> impl Iterator<Item = (String, PeopleListId)> {
    let of = |g: usize, c: usize, condition: &Condition| match condition {
        Condition::PeopleList(l) => Some((format!("audience[{g}][{c}].list_id"), l.list_id)),
        _ => None,
    };
    let of_group = move |(g, group): (usize, &Vec<Condition>)| {
        group.iter().enumerate().filter_map(|(c, condition)| of(g, c, condition)).collect::<Vec<_>>()
    };
    audience.iter().enumerate().flat_map(of_group)
}

/// Whether it may concern who lives in a postcode, or a street, as far as it says so itself: what it says of areas on the map,
/// of ages and the rest needs the register, and may concern anybody.
pub fn may_concern(audience: &Audience, postcode: Option<&str>, street: Option<&str>) -> bool {
    let may = |c: &Condition| match c {
        Condition::Street(s) if s.not => true,
        Condition::Street(s) => street.is_none_or(|wanted| street_key(&s.street) == street_key(wanted)),
        Condition::Postcode(p) => postcode.is_none_or(|wanted| p.postcodes.iter().any(|x| x == wanted) != p.not),
        _ => true,
    };
    audience.iter().any(|group| group.iter().all(may))
}
