//! What became of a counter in some days: counted right from visits and numbers, and nothing told of a few.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, book, citizens, desk, place, put},
    console::Seat,
    queue::{OTHER, check_in, hall, here, number, serve},
    world::World,
};

journeys! {
    visits_and_numbers_are_counted_as_they_happened,
    of_a_few_nothing_is_told,
    what_is_planned_is_real_time_on_days_on_which_the_clocks_change,
    what_is_asked_too_much_or_by_somebody_else_is_refused,
    a_planner_sees_the_figures_and_takes_them_along,
}

const TUESDAY: &str = "2027-03-02";
/// What figures a row has.
const COUNTS: [&str; 10] =
    ["booked", "shown_up", "missed", "unknown", "cancelled", "numbers", "served", "not_there", "left", "still_there"];

fn path(more: &str, from: &str, until: &str, by: &str) -> String {
    format!("/staff/v1/locations/{PLACE}/figures{more}?from={from}&until={until}&by={by}")
}

async fn figures(world: &World, planner: &str, (from, until): (&str, &str), by: &str) -> Value {
    let (status, told) = world.get(&path("", from, until, by), planner).await;
    assert_eq!(status, 200, "{told}");
    told
}

fn counts(row: &Value) -> [Option<i64>; 10] {
    COUNTS.map(|name| row[name].as_i64())
}

/// A Tuesday at four desks: twelve come for their visit, twelve do not, ten cancelled theirs, and fourteen take a number. Gives how many
/// minutes each of these waited.
async fn a_tuesday(world: &World) -> Vec<i64> {
    let (_, clerk) = hall(world, 4).await;
    let tokens = citizens(world, 34).await;
    let mut visits = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        // From nine on the town's clocks, four each twenty minutes.
        let minutes = 8 * 60 + n / 4 * 20;
        let (status, visit) =
            book(world, token, &format!("{TUESDAY}T{:02}:{:02}:00Z", minutes / 60, minutes % 60), false).await;
        assert_eq!(status, 200, "{visit}");
        if n >= 24 {
            let cancel = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
            let (status, answer) = world.raw("DELETE", &cancel, Some(token), None).await;
            assert_eq!(status, 200, "{answer}");
        }
        visits.push(visit);
    }
    world.at("2027-03-02 09:05");
    for (token, visit) in tokens.iter().zip(&visits).take(12) {
        assert_eq!(check_in(world, token, visit, here()).await.0, 200);
    }
    let clerk_today = world.staff("Rik", &["Loket:0207509031"]).await;
    assert_ne!(clerk, clerk_today);
    for _ in 0..14 {
        number(world, &clerk_today, SERVICE).await;
    }
    let mut waits = Vec::new();
    for n in 0..26 {
        let called = serve(world, &clerk_today, 1 + n % 4, 3).await;
        if called.starts_with('B') {
            waits.push(3 * i64::try_from(n).unwrap());
        }
    }
    world.at("2027-03-02 18:00");
    waits
}

async fn visits_and_numbers_are_counted_as_they_happened(world: World) {
    let mut waits = a_tuesday(&world).await;
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let told = figures(&world, &planner, (TUESDAY, TUESDAY), "hour").await;
    let total = &told["total"];
    let all = [24, 12, 12, 0, 10, 14, 14, 0, 0, 0];
    assert_eq!(counts(total), all.map(Some), "{told}");
    assert_eq!((&total["planned_minutes"], &total["booked_minutes"]), (&json!(720), &json!(480)), "{told}");
    assert_eq!(total["served_minutes"], json!({ "half": 3, "nine_in_ten": 3 }), "{told}");
    waits.sort_unstable();
    assert_eq!(waits.len(), 14);
    // Half of fourteen is seven; nine in ten of them, thirteen.
    assert_eq!(total["waits"], json!({ "half": waits[6], "nine_in_ten": waits[12] }), "{waits:?} {told}");
    let hours: Vec<_> = told["groups"].as_array().unwrap().iter().map(|g| (g["hour"].as_i64(), counts(g))).collect();
    let of = |hour, all: [i64; 10]| (Some(hour), all.map(Some));
    assert_eq!(
        hours,
        [
            of(9, [12, 12, 0, 0, 0, 14, 14, 0, 0, 0]),
            of(10, [12, 0, 12, 0, 0, 0, 0, 0, 0, 0]),
            of(11, [0, 0, 0, 0, 10, 0, 0, 0, 0, 0]),
        ],
        "{told}"
    );
    // The same by service, where a desk that serves two is planned for both, and over several days.
    let told = figures(&world, &planner, ("2027-03-01", "2027-03-07"), "service").await;
    assert_eq!(counts(&told["total"]), all.map(Some), "{told}");
    assert_eq!(told["total"]["planned_minutes"], 5 * 720);
    let of = |id: &str| told["groups"].as_array().unwrap().iter().find(|g| g["service_id"] == id).unwrap().clone();
    assert_eq!((counts(&of(SERVICE)), &of(SERVICE)["planned_minutes"]), (all.map(Some), &json!(5 * 720)));
    assert_eq!((counts(&of(OTHER)), &of(OTHER)["planned_minutes"]), ([Some(0); 10], &json!(5 * 180)));
    for by in ["weekday", "day"] {
        let told = figures(&world, &planner, (TUESDAY, TUESDAY), by).await;
        assert_eq!(told["groups"].as_array().unwrap().len(), 1, "{told}");
        assert_eq!(counts(&told["groups"][0]), all.map(Some), "{told}");
    }
    // The table says the same.
    let request = world.http.get(format!("{}{}", world.server, path("/export", TUESDAY, TUESDAY, "hour")));
    let answer = request.bearer_auth(&planner).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let text = answer.text().await.unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let rows: Vec<_> = lines.collect();
    let told = figures(&world, &planner, (TUESDAY, TUESDAY), "hour").await;
    let groups = told["groups"].as_array().unwrap();
    assert_eq!(rows.len(), groups.len() + 1, "{text}");
    for (row, group) in rows.iter().zip(groups.iter().chain([&told["total"]])) {
        for name in COUNTS.iter().chain(&["planned_minutes", "booked_minutes"]) {
            let at = header.iter().position(|column| column == name).unwrap();
            assert_eq!(row[at], group[name].to_string(), "{name}: {text}");
        }
    }
    assert_eq!((rows[0][0], rows[0][1], rows[3][0]), ("hour", "09:00", "total"), "{text}");
}

async fn of_a_few_nothing_is_told(world: World) {
    a_tuesday(&world).await;
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    // Each desk had six visits, and few numbers; all together they may be told.
    let told = figures(&world, &planner, (TUESDAY, TUESDAY), "desk").await;
    assert_eq!(told["total"]["booked"], 24);
    let desks = told["groups"].as_array().unwrap();
    assert_eq!(desks.len(), 4, "{told}");
    for row in desks {
        assert_eq!(row["planned_minutes"], 180);
        for name in ["booked", "booked_minutes", "numbers", "served", "waits"] {
            assert_eq!(row.get(name), None, "{name}: {row}");
        }
    }
    // A town's clerk whose name is a formula runs nothing in a spreadsheet.
    let mut plan = place(4);
    plan["version"] = json!(1);
    plan["desks"][0]["name"] = json!("=1+1");
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    let request = world.http.get(format!("{}{}", world.server, path("/export", TUESDAY, TUESDAY, "desk")));
    let text = request.bearer_auth(&planner).send().await.unwrap().text().await.unwrap();
    assert!(text.contains(&format!("desk;'=1+1;{};180;;;", desk(1))), "{text}");
    // On a day on which one came, also the total is not told; of a day on which nobody was there, that nobody was.
    let told = figures(&world, &planner, ("2027-03-03", "2027-03-03"), "hour").await;
    assert_eq!(counts(&told["total"]), [Some(0); 10], "{told}");
    let wish = json!({
        "visitor": "mevrouw Zonnebloem", "service_id": SERVICE, "location_id": PLACE,
        "starts_at": "2027-03-03T08:00:00Z", "persons": 1, "reason": "telephone",
    });
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    assert_eq!(world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await.0, 200);
    let told = figures(&world, &planner, ("2027-03-03", "2027-03-03"), "hour").await;
    for row in [&told["total"], &told["groups"][0]] {
        assert_eq!((row.get("booked"), row.get("unknown"), row["missed"].as_i64()), (None, None, Some(0)), "{told}");
    }
}

async fn what_is_planned_is_real_time_on_days_on_which_the_clocks_change(world: World) {
    let (planner, _) = hall(&world, 1).await;
    let mut plan = place(2);
    plan["version"] = json!(1);
    // On two Sundays from one to five at night; on the first, one desk is away from three to four.
    let night = |day: &str| json!({ "day": day, "opens": 60, "closes": 300 });
    plan["exceptions"] = json!([night("2027-03-28"), night("2027-10-31")]);
    plan["desks"][1]["absences"] = json!([{ "from": "2027-03-28T01:00:00Z", "until": "2027-03-28T02:00:00Z" }]);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    let planned = async |day: &str| {
        let told = figures(&world, &planner, (day, day), "hour").await;
        let groups = told["groups"].as_array().unwrap();
        let of = |row: &Value| row["planned_minutes"].as_i64().unwrap();
        let hours: Vec<_> = groups.iter().map(|g| (g["hour"].as_i64().unwrap(), of(g))).collect();
        (of(&told["total"]), hours)
    };
    assert_eq!(planned("2027-03-28").await, (300, vec![(1, 120), (3, 60), (4, 120)]));
    assert_eq!(planned("2027-10-31").await, (600, vec![(1, 120), (2, 240), (3, 120), (4, 120)]));
}

async fn what_is_asked_too_much_or_by_somebody_else_is_refused(world: World) {
    let (planner, clerk) = hall(&world, 1).await;
    for (from, until) in [("2027-03-02", "2027-03-01"), ("2027-01-01", "2027-04-03")] {
        for more in ["", "/export"] {
            let (status, refused) = world.get(&path(more, from, until, "day"), &planner).await;
            assert_eq!((status, &refused["field"]), (400, &json!("until")), "{refused}");
        }
    }
    figures(&world, &planner, ("2027-01-01", "2027-04-02"), "day").await;
    assert_eq!(world.get(&path("", TUESDAY, TUESDAY, "name"), &planner).await.0, 400);
    assert_eq!(world.get(&path("", TUESDAY, TUESDAY, "hour"), &clerk).await.1["code"], "role_missing");
    // What visitors thought is for who plans and for who helps.
    for who in [&planner, &clerk] {
        assert_eq!(world.get("/staff/v1/opinions?from=2027-03-01&until=2027-03-02", who).await.0, 200);
    }
    let told = figures(&world, &planner, (TUESDAY, TUESDAY), "hour").await;
    assert_eq!(told["kept_from"], "2026-01-25", "four hundred days back");
}

async fn a_planner_sees_the_figures_and_takes_them_along(world: World) {
    a_tuesday(&world).await;
    world.at("2027-03-08 10:00");
    world.employ("Els Claes", &["Planner:0207509031"]);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    els.go(&world.server, "/counter-figures").await;
    els.find("//h1[. = 'Cijfers van de balie']").await;
    // Last week, by service, without a choice.
    els.find("//dt[. = 'Geboekte afspraken']/following-sibling::dd[starts-with(., '24')]").await;
    els.find("//dt[. = 'Niet gekomen']/following-sibling::dd[starts-with(., '12')]").await;
    els.find("//table//th[@scope = 'row'][. = 'Identiteitskaart']").await;
    els.look("figures by service").await;
    els.keep("counter-figures.png").await;
    els.choose("Verdeeld per", "desk").await;
    els.find("//table//th[@scope = 'row'][. = 'Loket 1']/following-sibling::td[. = 'niet getoond']").await;
    els.find("//p[contains(., 'kleiner is dan 10')]").await;
    els.look("figures by desk").await;
    let link = els.find("//a[contains(., 'CSV')]").await.attr("href").await.unwrap().unwrap();
    assert!(link.ends_with("/figures/export?from=2027-03-01&until=2027-03-07&by=desk"), "{link}");
    // A range of one's own, of which too much is said where it stands.
    els.choose("Periode", "own").await;
    let write = "const [label, day] = arguments;
        const id = [...document.querySelectorAll('label')].find((l) => l.textContent.startsWith(label)).htmlFor;
        const e = document.getElementById(id);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, day);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    els.client.execute(write, vec![json!("Van"), json!("2026-01-01")]).await.unwrap();
    els.find("//*[contains(@class, 'fault')][contains(., '92 dagen')]").await;
    els.look("too many days").await;
    els.client.execute(write, vec![json!("Van"), json!("2027-03-03")]).await.unwrap();
    els.find("//dt[. = 'Geboekte afspraken']/following-sibling::dd[starts-with(., '0')]").await;
    els.find("//h2[. = 'Wat bezoekers ervan vonden']").await;
    els.find("//p[contains(., 'te weinig antwoorden')]").await;
}
