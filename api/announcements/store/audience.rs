//! An audience as a condition of a statement that both engines take, with a parameter for each value.

use chrono::{Months, NaiveDate};

use crate::announcements::audience::{Audience, Condition, Side, ring};
use crate::{
    platform::{db::Built, language::Language},
    queue::rules::METERS_A_DEGREE,
    residents::rules::street_key,
};

/// The condition on `resident r` that an audience is, as of a day. `language` is the town's first.
pub fn compile(audience: &Audience, today: NaiveDate, language: Language) -> Built {
    let mut sql = Sql(Built::default());
    sql.say("(");
    for (g, group) in audience.iter().enumerate() {
        sql.say(if g == 0 { "(" } else { " or (" });
        for (c, condition) in group.iter().enumerate() {
            if c > 0 {
                sql.say(" and ");
            }
            sql.say("(");
            sql.condition(condition, today, language);
            // Of whom the register does not know it, it does not apply.
            sql.say(if condition.is_not() { ") is not true" } else { ")" });
            if let Condition::PeopleList(l) = condition
                && l.not
            {
                // Of a list that is not there, nobody is known not to be on it.
                sql.say(
                    " and exists (select 1 from people_list l where l.municipality_id = r.municipality_id and l.id = ",
                );
                sql.0.bind(l.list_id.0);
                sql.say(")");
            }
        }
        sql.say(")");
    }
    sql.say(")");
    sql.0
}

struct Sql(Built);

impl Sql {
    fn say(&mut self, sql: &'static str) {
        self.0.sql(sql);
    }

    fn list(&mut self, all: impl IntoIterator<Item = String>) {
        self.say("(");
        for (n, text) in all.into_iter().enumerate() {
            if n > 0 {
                self.say(", ");
            }
            self.0.bind(text);
        }
        self.say(")");
    }

    fn float(&mut self, before: &'static str, value: f64) {
        self.say(before);
        self.0.bind(value);
    }

    /// Born so that they are of an age today, both years included.
    fn born(&mut self, column: &'static str, (from, until): (u32, u32), today: NaiveDate) {
        let years = |n: u32| today.checked_sub_months(Months::new(n * 12)).unwrap_or(NaiveDate::MIN);
        self.say(column);
        self.say(" <= ");
        self.0.bind(years(from));
        self.say(" and ");
        self.say(column);
        self.say(" > ");
        self.0.bind(years(until + 1));
    }

    /// Houses of which a number is in a range, on a side. A building "12-14" is on the even side and has no number 13; where its
    /// first and last are on two sides, it has all between them.
    fn houses(&mut self, from: i64, until: i64, side: Side) {
        let odd = match side {
            Side::Both if from == until => Some(from % 2),
            Side::Both => None,
            Side::Odd => Some(1),
            Side::Even => Some(0),
        };
        let (from, until) = match odd {
            Some(odd) => (from + i64::from(from % 2 != odd), until - i64::from(until % 2 != odd)),
            None => (from, until),
        };
        if from > until {
            // Only even numbers of an odd one: nobody lives there.
            return self.say(" and 1 = 0");
        }
        self.say(" and r.house_first is not null and r.house_first <= ");
        self.0.bind(until);
        self.say(" and r.house_last >= ");
        self.0.bind(from);
        if let Some(odd) = odd {
            self.say(" and (r.house_first % 2 = ");
            self.0.bind(odd);
            self.say(" or r.house_last % 2 = ");
            self.0.bind(odd);
            self.say(")");
        }
    }

    /// Within a box: what the index is read for.
    fn within(&mut self, (south, west): (f64, f64), (north, east): (f64, f64)) {
        self.float("r.latitude >= ", south);
        self.float(" and r.latitude <= ", north);
        self.float(" and r.longitude >= ", west);
        self.float(" and r.longitude <= ", east);
    }

    fn condition(&mut self, condition: &Condition, today: NaiveDate, language: Language) {
        match condition {
            Condition::Everyone(_) => self.say("1 = 1"),
            Condition::Street(s) => {
                self.say("r.street_key = ");
                self.0.bind(street_key(&s.street));
                if let Some(from) = s.from {
                    self.houses(from, s.until.unwrap_or(from), s.side);
                }
            }
            Condition::Postcode(p) => {
                // Another country has the same ones. A street abroad has no key.
                self.say("r.country = '' and r.postcode in ");
                self.list(p.postcodes.iter().cloned());
            }
            Condition::Circle(c) => {
                let (lat, lon) = (c.centre.latitude, c.centre.longitude);
                let up = c.meters / METERS_A_DEGREE;
                // Nearer to the poles a degree of longitude is shorter.
                let narrow = lat.to_radians().cos().max(0.01);
                self.within((lat - up, lon - up / narrow), (lat + up, lon + up / narrow));
                self.float(" and (r.latitude - ", lat);
                self.float(") * (r.latitude - ", lat);
                self.float(") + (r.longitude - ", lon);
                self.float(") * (r.longitude - ", lon);
                self.float(") * ", narrow * narrow);
                self.float(" <= ", up * up);
            }
            Condition::Polygon(p) => {
                let corners = ring(&p.corners);
                let lats = corners.iter().map(|s| s.0);
                let lons = corners.iter().map(|s| s.1);
                let least = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::MAX, f64::min);
                let most = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::MIN, f64::max);
                self.within(
                    (least(&mut lats.clone()), least(&mut lons.clone())),
                    (most(&mut lats.clone()), most(&mut lons.clone())),
                );
                // A ray to the east crosses the edge of the area an odd number of times from within.
                self.say(" and (0");
                let next = corners.iter().cycle().skip(1);
                for (a, b) in corners.iter().zip(next).filter(|(a, b)| a.0 != b.0) {
                    self.float(" + case when (r.latitude < ", a.0);
                    self.float(") <> (r.latitude < ", b.0);
                    self.float(") and r.longitude < ", a.1);
                    self.float(" + (r.latitude - ", a.0);
                    self.float(") * ", (b.1 - a.1) / (b.0 - a.0));
                    self.say(" then 1 else 0 end");
                }
                self.say(") % 2 = 1");
            }
            Condition::Age(a) => self.born("r.birth_date", (a.from, a.until), today),
            Condition::Speaks(l) => {
                self.say(
                    "coalesce((select a.language from account a
                        where a.municipality_id = r.municipality_id and a.resident_id = r.id),
                    (select s.language from contact_settings s
                        where s.municipality_id = r.municipality_id and s.resident_id = r.id), nullif(r.language, ''), ",
                );
                self.0.bind(language.code().to_owned());
                self.say(") in ");
                self.list(l.languages.iter().map(|l| l.code().to_owned()));
            }
            Condition::Children(c) => {
                self.say(
                    "r.household <> '' and exists (select 1 from resident c where c.municipality_id = r.municipality_id
                        and c.household = r.household and c.state = 'active' and ",
                );
                self.born("c.birth_date", (c.from, c.until), today);
                self.say(")");
            }
            Condition::Topic(t) => {
                self.say(
                    "exists (select 1 from account a where a.municipality_id = r.municipality_id and a.resident_id = r.id)
                     and not exists (select 1 from topic_unfollowed u
                        where u.municipality_id = r.municipality_id and u.resident_id = r.id and u.topic = ",
                );
                self.0.bind(t.topic.clone());
                self.say(")");
            }
            Condition::Document(d) => {
                self.say(
                    "exists (select 1 from document d where d.municipality_id = r.municipality_id and d.resident_id = r.id
                        and d.retired_at is null and d.stopped_on is null and d.expires_on >= ",
                );
                self.0.bind(d.from.get());
                self.say(" and d.expires_on <= ");
                self.0.bind(d.until.get());
                self.say(" and d.kind in ");
                self.list(d.kinds.iter().cloned());
                self.say(")");
            }
            Condition::PeopleList(l) => {
                self.say(
                    "exists (select 1 from people_list_member m where m.municipality_id = r.municipality_id
                        and m.resident_id = r.id and m.list_id = ",
                );
                self.0.bind(l.list_id.0);
                self.say(")");
            }
        }
    }
}
