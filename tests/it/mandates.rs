//! Mandates: somebody acts for somebody else, as far as it was given, for as long as it holds, and in the sight of whose things these are.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Phone;
use uuid::Uuid;

use crate::{
    appointments::{PLACE, SERVICE, desk, nobody_has_anothers_slot, place, put, service, town_hall},
    tenant_isolation::{contracts, operations, resident_of},
    world::{Somebody, World, day, many, paper, somebody},
};

journeys! {
    asked_with_a_code_and_accepted_it_holds_at_once_and_ends_at_once,
    no_operation_is_done_by_a_mandate_of_another_scope_or_time,
    each_operation_takes_its_own_verb_and_kind,
    a_start_is_sought_for_whom_one_acts_for,
    who_reads_documents_is_not_told_when_the_other_is_elsewhere,
    when_a_child_is_elsewhere_is_told_to_its_parents_alone,
    given_twice_to_oneself_or_by_a_child_it_is_refused,
    two_may_help_each_other_and_nothing_is_passed_on,
    accepted_after_it_was_withdrawn_it_does_not_hold,
    what_was_asked_two_weeks_ago_is_accepted_no_more,
    a_code_is_good_once_and_for_minutes,
    ended_in_one_process_no_other_shows_anything_by_it,
    revoked_between_hold_and_confirm_nothing_is_booked,
    of_a_deed_and_the_end_at_once_one_is_first,
    what_a_holder_changes_whose_it_is_still_hears_of,
    two_holders_cancel_and_book_anew,
    who_assists_changes_nothing_of_what_stands,
    where_somebody_lives_is_shown_to_no_holder,
    parents_act_for_a_child_and_each_sees_what_is_theirs,
    a_holder_books_nothing_for_the_children_of_who_gave_it,
    a_parent_who_is_blocked_sees_nothing_whatever_the_register_says,
    a_parent_who_is_blocked_has_no_visit_of_the_child_in_their_own_name,
    a_visit_of_a_blocked_parent_is_the_childs_at_each_door,
    a_blocked_parent_does_not_learn_it_by_another_child,
    what_was_blocked_before_is_the_childs_as_well,
    whom_the_register_names_no_more_has_no_visit_of_the_child,
    who_only_came_of_age_has_no_visit_taken_from_a_parent,
    a_visit_of_a_parent_who_died_is_the_childs,
    nobody_has_a_visit_for_a_child_who_died,
    who_waits_with_a_child_for_whom_they_are_blocked_is_told,
    who_is_blocked_in_the_hall_is_called_no_more,
    whom_the_register_drops_in_the_hall_has_no_number_any_more,
    a_parent_who_is_blocked_moves_no_visit_of_the_child_by_a_yes,
    a_parent_who_is_blocked_is_offered_no_other_time_of_the_child,
    a_parent_who_is_blocked_does_not_learn_when_the_child_comes,
    who_helps_a_blocked_parent_does_not_learn_it_by_a_move_either,
    who_comes_of_age_acts_alone_and_all_are_told,
    who_moves_away_has_no_mandate_any_more,
    a_new_national_number_keeps_its_mandates,
    it_ends_with_its_last_day_and_both_are_told,
    what_a_town_has_that_is_served_no_more_keeps_nobody_waiting,
    whose_block_ends_once_the_child_is_of_age_is_told_nothing,
    an_order_of_a_court_takes_two_members_of_staff,
    an_order_that_nobody_confirmed_in_two_weeks_is_over,
    a_guardian_has_pages_and_a_search,
    who_is_told_beside_somebody_hears_the_name_and_nothing_else,
    the_news_of_an_account_is_read_by_nobody_else,
    the_same_request_for_somebody_else_is_another_request,
}

mod private {
    use super::*;

    journeys! { with "deinze.private_level = \"high\"";
        who_signed_in_at_a_low_level_acts_for_nobody,
    }

    async fn who_signed_in_at_a_low_level_acts_for_nobody(world: World) {
        let rosa = somebody("Rosa", "1944-02-02");
        let daughter = somebody("Ines", "1970-03-03");
        world.people(&[&rosa, &daughter]).await;
        let rosa = world.phone(&rosa, true).await;
        // Sure enough to be let in, and no more.
        let sms = "urn:be:vlaanderen:authmech:csamsms";
        world.stubs.oidc.person(&daughter.number, json!({ "rrn": daughter.number, "locale": "nl", "can": [sms] }));
        let mut ines = world.new_phone(false, "telefoon van Ines");
        ines.sign_in("deinze", &daughter.number).await.unwrap();
        let mother = resident_of(&world, &rosa).await;
        mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
        let (status, problem) = acting(&world, ("GET", "/v1/inbox"), &token(&ines), mother, None).await;
        assert_eq!((status, &problem["code"]), (403, &json!("level_too_low")), "{problem}");
        // Of her own she reads it.
        assert_eq!(world.get("/v1/inbox", &token(&ines)).await.0, 200);
    }
}

pub const FIRST: &str = "2027-03-08T08:00:00Z";
pub const SECOND: &str = "2027-03-08T08:20:00Z";

pub fn token(phone: &Phone) -> String {
    phone.tokens.clone().unwrap().access
}

/// A request for somebody else.
pub async fn acting(
    world: &World,
    (method, path): (&str, &str),
    token: &str,
    whom: Uuid,
    body: Option<&Value>,
) -> (u16, Value) {
    send(world, (method, path), token, &[("acting-for", whom.to_string())], body).await
}

async fn send(
    world: &World,
    (method, path): (&str, &str),
    token: &str,
    headers: &[(&str, String)],
    body: Option<&Value>,
) -> (u16, Value) {
    let mut request = world.http.request(method.parse().unwrap(), format!("{}{path}", world.server)).bearer_auth(token);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default())
}

/// A mandate as it stands in the table: for journeys that are about what it gives, and not how it came about.
struct Planted {
    grantor: Uuid,
    holder: Uuid,
    basis: &'static str,
    mode: &'static str,
    verbs: &'static str,
    kinds: &'static str,
    from: &'static str,
    until: &'static str,
    state: &'static str,
}

impl Planted {
    fn of(grantor: Uuid, holder: Uuid) -> Self {
        Self {
            grantor,
            holder,
            basis: "given",
            mode: "represent",
            verbs: "see,be_told,book,ask",
            kinds: "documents,visits,messages,cases",
            from: "2027-01-01",
            until: "2028-12-31",
            state: "active",
        }
    }
}

async fn mandate(world: &World, planted: Planted) -> String {
    let (id, now) = (Uuid::from_u128(rand::random()), world.now());
    let ended = ["ended", "refused"].contains(&planted.state).then_some(now);
    let sql = "insert into mandate (municipality_id, id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state,
                   asked_at, ended_at)
               select municipality_id, $1, id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 from resident where id = $2";
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(sql)
        .bind(id).bind(planted.grantor).bind(planted.holder).bind(planted.basis).bind(planted.mode).bind(planted.verbs)
        .bind(planted.kinds).bind(day(planted.from)).bind(day(planted.until)).bind(planted.state).bind(now).bind(ended)
        .execute(c).await.map(|_| ()))
    .unwrap();
    w.commit().await.unwrap();
    id.to_string()
}

/// What a court decided between two; its id.
pub async fn by_court(world: &World, (grantor, holder): (Uuid, Uuid), mode: &'static str) -> String {
    mandate(world, Planted { basis: "court_person", mode, ..Planted::of(grantor, holder) }).await
}

/// A mandate between two for some verbs and kinds; its id.
pub async fn mandate_of(
    world: &World,
    (grantor, holder): (Uuid, Uuid),
    verbs: &'static str,
    kinds: &'static str,
) -> String {
    mandate_by(world, (grantor, holder), ("given", verbs, kinds)).await
}

/// The same, by a basis: between two there is one of each.
pub async fn mandate_by(
    world: &World,
    (grantor, holder): (Uuid, Uuid),
    (basis, verbs, kinds): (&'static str, &'static str, &'static str),
) -> String {
    mandate(world, Planted { basis, verbs, kinds, ..Planted::of(grantor, holder) }).await
}

/// A mandate of somebody's things, whose holder is nobody here; its id.
pub async fn planted(world: &World, grantor: Uuid) -> String {
    let holder = Uuid::from_u128(rand::random());
    mandate(world, Planted { verbs: "see", kinds: "visits", ..Planted::of(grantor, holder) }).await
}

/// A mother and a daughter, each with a phone.
pub async fn two(world: &World) -> (Phone, Phone) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    (world.phone(&rosa, true).await, world.phone(&ines, false).await)
}

/// The id of the one whose given name that is.
pub async fn id_of(world: &World, given: &str) -> Uuid {
    let mut r = world.instance.app.db.read().await.unwrap();
    thuisloket::with_conn!(r, c => sqlx::query_scalar("select id from resident where given_names = $1").bind(given)
        .fetch_one(c).await)
    .unwrap()
}

async fn code(world: &World, giver: &str) -> Value {
    let (status, answer) = world.raw("POST", "/v1/mandates/code", Some(giver), None).await;
    assert_eq!(status, 200, "{answer}");
    answer["code"].clone()
}

fn wanted(code: &Value) -> Value {
    json!({
        "code": code, "verbs": ["see", "be_told", "book"], "kinds": ["documents", "visits", "messages"],
        "mode": "represent", "until_on": "2028-03-01",
    })
}

/// Asks with a code on the giver's phone: the id of what was asked.
async fn asked(world: &World, giver: &str, holder: &str) -> String {
    let ask = wanted(&code(world, giver).await);
    let (status, asked) = world.json("POST", "/v1/mandates", Some(holder), &ask).await;
    assert_eq!(status, 200, "{asked}");
    asked["id"].as_str().unwrap().to_owned()
}

async fn accepted(world: &World, giver: &str, id: &str) -> (u16, Value) {
    world.raw("POST", &format!("/v1/mandates/{id}/accept"), Some(giver), None).await
}

pub fn wish(starts_at: &str, hold: bool) -> Value {
    json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": starts_at, "persons": 1, "hold": hold })
}

pub async fn whats(world: &World, phone: &Phone) -> Vec<String> {
    let (status, trail) = world.get("/v1/audit", &token(phone)).await;
    assert_eq!(status, 200, "{trail}");
    trail["entries"].as_array().unwrap().iter().map(|e| e["what"].as_str().unwrap().to_owned()).collect()
}

async fn asked_with_a_code_and_accepted_it_holds_at_once_and_ends_at_once(world: World) {
    let (mut rosa, mut ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    let (giver, holder) = (token(&rosa), token(&ines));
    let id = asked(&world, &giver, &holder).await;
    // Asked for is not given.
    let (status, problem) = acting(&world, ("GET", "/v1/inbox"), &holder, mother, None).await;
    assert_eq!((status, &problem["code"]), (403, &json!("mandate_missing")), "{problem}");
    assert_eq!(world.titles(&mut rosa).await, ["Ines Zonnebloem wil voor je handelen"]);
    let giver = token(&rosa);
    let (_, mine) = world.get("/v1/mandates?side=given", &giver).await;
    assert_eq!(
        (&mine["mandates"][0]["state"], &mine["mandates"][0]["name"]),
        (&json!("asked"), &json!("Ines Zonnebloem"))
    );
    // Who asks does not accept in her place.
    assert_eq!(accepted(&world, &holder, &id).await.0, 404);
    let (status, answer) = accepted(&world, &giver, &id).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(accepted(&world, &giver, &id).await.0, 200, "a double tap");
    // The news of her account is hers alone; the inbox is read.
    let (status, inbox) = acting(&world, ("GET", "/v1/inbox"), &holder, mother, None).await;
    assert_eq!((status, &inbox["messages"]), (200, &json!([])), "{inbox}");
    let message = rosa.inbox().await.unwrap()[0].id;
    let path = format!("/v1/inbox/{message}/read");
    let (status, problem) = acting(&world, ("PUT", &path), &holder, mother, None).await;
    assert_eq!((status, &problem["code"]), (400, &json!("acting_for_refused")), "{problem}");
    assert!(rosa.inbox().await.unwrap()[0].read_at.is_none());
    // It stands in the mother's trail, once a day and under the name.
    let seen = whats(&world, &rosa).await;
    let looks = seen.iter().filter(|what| *what == "Ines Zonnebloem bekeek in jouw naam je berichten.").count();
    assert_eq!(looks, 1, "{seen:?}");
    let (status, answer) = world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&giver), None).await;
    assert_eq!(status, 200, "{answer}");
    for path in ["/v1/inbox", "/v1/documents", "/v1/appointments"] {
        let (status, problem) = acting(&world, ("GET", path), &holder, mother, None).await;
        assert_eq!((status, &problem["code"]), (403, &json!("mandate_missing")), "{path}: {problem}");
    }
    // In no order: all of it was in one moment.
    let mut told = world.titles(&mut rosa).await;
    told.sort();
    assert_eq!(told, ["Een volmacht is beëindigd", "Ines Zonnebloem wil voor je handelen"]);
    let mut told = world.titles(&mut ines).await;
    told.sort();
    assert_eq!(told, ["Een volmacht is beëindigd", "Je volmacht is aanvaard"]);
    // Ended twice, it is ended.
    assert_eq!(world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&token(&ines)), None).await.0, 200);
}

async fn no_operation_is_done_by_a_mandate_of_another_scope_or_time(world: World) {
    let (rosa, ines) = two(&world).await;
    let (mother, daughter) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    let holder = token(&ines);
    let of = || Planted::of(mother, daughter);
    // One for something else, one that is over, was refused, has not begun, is past its day, or was not answered; and one the other way.
    mandate(&world, Planted { verbs: "ask", kinds: "cases", basis: "care_proxy", ..of() }).await;
    mandate(&world, Planted { verbs: "be_told", basis: "counter_once", ..of() }).await;
    mandate(&world, Planted { state: "ended", ..of() }).await;
    mandate(&world, Planted { state: "refused", ..of() }).await;
    mandate(&world, Planted { from: "2028-01-01", basis: "court_person", ..of() }).await;
    mandate(&world, Planted { until: "2027-01-31", basis: "court_goods", ..of() }).await;
    mandate(&world, Planted { state: "asked", ..of() }).await;
    mandate(&world, Planted::of(daughter, mother)).await;
    let [contract, _] = contracts();
    let (mut refused, mut missing) = (0, 0);
    for call in operations(&contract) {
        let of = &contract["paths"][call.path][call.method.to_lowercase()];
        let by_session = of["security"].as_array().unwrap().iter().any(|s| s.get("session").is_some());
        if !by_session {
            continue;
        }
        let parameters = of["parameters"].as_array();
        let takes = parameters.is_some_and(|all| all.iter().any(|p| p["name"] == "Acting-For"));
        let nobody = "00000000-0000-7000-8000-000000000001";
        let parts = call.path.split('/').map(|part| if part.starts_with('{') { nobody } else { part });
        let path = parts.collect::<Vec<_>>().join("/") + call.query;
        let asked = (call.method.as_str(), path.as_str());
        let (status, problem) = acting(&world, asked, &holder, mother, call.body.as_ref()).await;
        let expected = if takes { (403, "mandate_missing") } else { (400, "acting_for_refused") };
        assert_eq!((status, problem["code"].as_str()), (expected.0, Some(expected.1)), "{}: {problem}", call.name);
        if takes {
            missing += 1;
            // Whom there is not is as whom one may not act for.
            let (_, nobodys) = acting(&world, asked, &holder, Uuid::from_u128(1), call.body.as_ref()).await;
            assert_eq!(nobodys["detail"], problem["detail"], "{}", call.name);
            let named = [("acting-for", "mevrouw".to_owned())];
            let (status, problem) = send(&world, asked, &holder, &named, call.body.as_ref()).await;
            assert_eq!((status, &problem["code"]), (400, &json!("parameter_invalid")), "{}", call.name);
        } else {
            refused += 1;
        }
    }
    assert_eq!(missing, 21, "each operation that may be done for somebody else");
    assert!(refused > 40, "{refused}");
    // Nothing of it is in the trail: nobody saw anything.
    assert_eq!(whats(&world, &rosa).await, Vec::<String>::new());
    // Who names herself acts for herself.
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &holder, daughter, None).await.0, 200);
}

/// What each operation that may be done for somebody else takes: a mandate for one thing opens no other. It stands here by hand, as what the code says
/// is what is tried.
const TAKES: &[(&str, &str, &[&str])] = &[
    ("see", "messages", &["list_messages", "list_message_changes", "count_unread", "get_message", "explain_message"]),
    ("see", "documents", &["list_documents", "get_document", "propose_document_visit", "propose_message_visits"]),
    ("see", "visits", &["list_appointments", "list_past_appointments", "get_appointment", "get_appointment_calendar"]),
    (
        "book",
        "visits",
        &[
            "book_appointment",
            "confirm_appointment",
            "extend_hold",
            "move_appointment",
            "add_to_appointment",
            "cancel_appointment",
            "list_free_starts",
            "list_next_free",
        ],
    ),
];

async fn each_operation_takes_its_own_verb_and_kind(world: World) {
    let (rosa, ines) = two(&world).await;
    let (mother, daughter) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    let holder = token(&ines);
    let [contract, _] = contracts();
    let mut seen = BTreeSet::new();
    for verb in ["see", "be_told", "book", "ask"] {
        for kind in ["documents", "visits", "messages", "cases"] {
            let id = mandate(&world, Planted { verbs: verb, kinds: kind, ..Planted::of(mother, daughter) }).await;
            for call in operations(&contract) {
                let of = &contract["paths"][call.path][call.method.to_lowercase()];
                let parameters = of["parameters"].as_array();
                if !parameters.is_some_and(|all| all.iter().any(|p| p["name"] == "Acting-For")) {
                    continue;
                }
                let nobody = "00000000-0000-7000-8000-000000000001";
                let parts = call.path.split('/').map(|part| if part.starts_with('{') { nobody } else { part });
                let path = parts.collect::<Vec<_>>().join("/") + call.query;
                let asked = (call.method.as_str(), path.as_str());
                let (_, problem) = acting(&world, asked, &holder, mother, call.body.as_ref()).await;
                if problem["code"] != "mandate_missing" {
                    seen.insert((call.name.to_owned(), verb, kind));
                }
            }
            let end = format!("/v1/mandates/{id}");
            assert_eq!(world.raw("DELETE", &end, Some(&token(&rosa)), None).await.0, 200);
        }
    }
    let of = |(verb, kind, names): &(&'static str, &'static str, &[&str])| -> Vec<_> {
        names.iter().map(|name| ((*name).to_owned(), *verb, *kind)).collect()
    };
    let expected: BTreeSet<_> = TAKES.iter().flat_map(of).collect();
    assert_eq!(seen, expected);
}

async fn a_start_is_sought_for_whom_one_acts_for(world: World) {
    town_hall(&world, 3).await;
    let (rosa, ines) = two(&world).await;
    let (mother, daughter) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    mandate(&world, Planted::of(mother, daughter)).await;
    let [eight, twenty] = ["2027-03-03T08:00:00Z", "2027-03-03T08:20:00Z"];
    for (who, at) in [(&rosa, eight), (&ines, twenty)] {
        assert_eq!(crate::appointments::book(&world, &token(who), at, false).await.0, 200);
    }
    let path = format!("/v1/services/{SERVICE}/starts?from=2027-03-03&until=2027-03-03");
    let holder = token(&ines);
    let first = |(status, found): (u16, Value)| {
        assert_eq!(status, 200, "{found}");
        found[0]["starts_at"].clone()
    };
    // Each cannot come when she is at a visit of hers; that the daughter has one does not keep the mother.
    assert_eq!(first(world.get(&path, &holder).await), eight);
    let looks = "select count(*) from audit_entry where act = 'visits_read'";
    assert_eq!(world.figure(looks).await, 0);
    for _ in 0..2 {
        assert_eq!(first(acting(&world, ("GET", path.as_str()), &holder, mother, None).await), twenty);
    }
    // It told the daughter when her mother is elsewhere: the mother reads that she looked, once a day.
    assert_eq!(world.figure(looks).await, 1);
}

async fn who_reads_documents_is_not_told_when_the_other_is_elsewhere(world: World) {
    town_hall(&world, 2).await;
    let (rosa, ines) = two(&world).await;
    let (mother, daughter) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    mandate(&world, Planted { verbs: "see", kinds: "documents", ..Planted::of(mother, daughter) }).await;
    let next = async |phone: &Phone| {
        let (status, found) = world.get(&format!("/v1/services/{SERVICE}/next"), &token(phone)).await;
        assert_eq!(status, 200, "{found}");
        found[0]["starts_at"].as_str().unwrap().to_owned()
    };
    let first = next(&rosa).await;
    assert_eq!(crate::appointments::book(&world, &token(&rosa), &first, false).await.0, 200);
    assert_ne!(next(&rosa).await, first);
    world.papers(&[paper(&somebody("Rosa", "1944-02-02"), "eid", "2017-03-20", "2027-03-20")]).await;
    let (_, papers) = world.get("/v1/documents", &token(&rosa)).await;
    let path = format!("/v1/documents/{}/visits", papers[0]["id"].as_str().unwrap());
    let proposed = |(status, all): (u16, Value)| {
        assert_eq!(status, 200, "{all}");
        all[0]["starts"][0]["starts_at"].clone()
    };
    let hers = proposed(world.get(&path, &token(&rosa)).await);
    assert!(hers.is_string() && hers != json!(first), "{hers}");
    assert_eq!(proposed(acting(&world, ("GET", path.as_str()), &token(&ines), mother, None).await), json!(first));
}

async fn when_a_child_is_elsewhere_is_told_to_its_parents_alone(world: World) {
    for_childrens_cards(&world, 2).await;
    let (anna, tom, emma, people) = family(&world).await;
    let ines = somebody("Ines", "1970-03-03");
    world.people(&[&ines]).await;
    let ines = world.phone(&ines, false).await;
    let his = resident_of(&world, &tom).await;
    mandate(&world, Planted::of(his, resident_of(&world, &ines).await)).await;
    let (mother, father, holder) = (token(&anna), token(&tom), token(&ines));
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&father), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1, "for the child's card");
    // With her mother the child is at another one.
    let (status, other) = acting(&world, ("POST", "/v1/appointments"), &mother, emma, Some(&wish(SECOND, false))).await;
    assert_eq!(status, 200, "{other}");
    let id = visit["id"].as_str().unwrap();
    let path = format!("/v1/services/{SERVICE}/starts?from=2027-03-08&until=2027-03-08&appointment_id={id}");
    let has = |(status, found): (u16, Value)| {
        assert_eq!(status, 200, "{found}");
        found.as_array().unwrap().iter().any(|start| start["starts_at"] == SECOND)
    };
    assert!(!has(world.get(&path, &father).await), "he would move the child's visit there, which is refused");
    assert!(
        has(acting(&world, ("GET", path.as_str()), &holder, his, None).await),
        "a mandate is for him, and for no child"
    );
    let mut hers = people[2].clone();
    hers.parents.retain(|parent| *parent != people[1].number);
    world.people(&[&hers]).await;
    assert_eq!(world.get(&path, &father).await.0, 404, "he has no authority over her any more, nor a visit for her");
}

async fn given_twice_to_oneself_or_by_a_child_it_is_refused(world: World) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    let kobe = somebody("Kobe", "2010-04-04");
    world.people(&[&rosa, &ines, &kobe]).await;
    let mut phones = Vec::new();
    for who in [&rosa, &ines, &kobe] {
        phones.push(token(&world.phone(who, true).await));
    }
    let [mother, daughter, child] = [&phones[0], &phones[1], &phones[2]];
    let refused = |holder: String, code: Value| {
        let world = &world;
        async move {
            let (status, problem) = world.json("POST", "/v1/mandates", Some(&holder), &wanted(&code)).await;
            assert_eq!(status, 409, "{problem}");
            problem["code"].as_str().unwrap().to_owned()
        }
    };
    assert_eq!(refused(mother.clone(), code(&world, mother).await).await, "mandate_to_oneself");
    assert_eq!(refused(child.clone(), code(&world, mother).await).await, "mandate_of_child");
    assert_eq!(refused(mother.clone(), code(&world, child).await).await, "mandate_of_child");
    let id = asked(&world, mother, daughter).await;
    assert_eq!(refused(daughter.clone(), code(&world, mother).await).await, "mandate_exists", "asked for already");
    assert_eq!(accepted(&world, mother, &id).await.0, 200);
    assert_eq!(refused(daughter.clone(), code(&world, mother).await).await, "mandate_exists", "given already");
    // At the counter no other.
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let give = json!({
        "grantor_id": id_of(&world, "Rosa").await, "holder_id": id_of(&world, "Ines").await, "basis": "given",
        "mode": "represent", "verbs": ["see"], "kinds": ["visits"], "from_on": "2027-03-02", "until_on": "2028-03-01",
        "both_present": true, "reason": "visit",
    });
    let (status, problem) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &give).await;
    assert_eq!((status, &problem["code"]), (409, &json!("mandate_exists")), "{problem}");
    for (field, wrong) in
        [("until_on", json!("2030-03-01")), ("both_present", json!(false)), ("basis", json!("parent"))]
    {
        let mut give = give.clone();
        give[field] = wrong;
        let (status, problem) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &give).await;
        assert_eq!(
            (status, &problem["code"], &problem["field"]),
            (400, &json!("body_invalid"), &json!(field)),
            "{problem}"
        );
    }
    // Whoever books sees what they book.
    let mut blind = give.clone();
    blind["verbs"] = json!(["book"]);
    let (status, problem) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &blind).await;
    assert_eq!(
        (status, &problem["code"], &problem["field"]),
        (400, &json!("body_invalid"), &json!("verbs")),
        "{problem}"
    );
    assert_eq!(world.figure("select count(*) from mandate").await, 1);
}

async fn two_may_help_each_other_and_nothing_is_passed_on(world: World) {
    let (rosa, ines) = two(&world).await;
    let tom = somebody("Tom", "1968-01-01");
    world.people(&[&tom]).await;
    let tom = world.phone(&tom, false).await;
    let (first, second, third) =
        (resident_of(&world, &rosa).await, resident_of(&world, &ines).await, resident_of(&world, &tom).await);
    // Rosa to Ines, Ines to Tom, Tom to Rosa; and Ines to Rosa.
    for (giver, holder) in [(&rosa, &ines), (&ines, &tom), (&tom, &rosa), (&ines, &rosa)] {
        let id = asked(&world, &token(giver), &token(holder)).await;
        assert_eq!(accepted(&world, &token(giver), &id).await.0, 200);
    }
    let seen = |phone: &Phone, whom| {
        let (world, token) = (&world, token(phone));
        async move { acting(world, ("GET", "/v1/appointments"), &token, whom, None).await.0 }
    };
    assert_eq!((seen(&ines, first).await, seen(&rosa, second).await), (200, 200));
    assert_eq!((seen(&tom, second).await, seen(&tom, first).await), (200, 403), "a mandate is not given on");
    assert_eq!((seen(&rosa, third).await, seen(&ines, third).await), (200, 403));
    // Under a court's administrator nobody acts for that administrator.
    let (els, karel) = (somebody("Els", "1960-06-06"), somebody("Karel", "1961-07-07"));
    world.people(&[&els, &karel]).await;
    let (els, karel) = (world.phone(&els, true).await, world.phone(&karel, true).await);
    let (under, guardian) = (resident_of(&world, &els).await, resident_of(&world, &karel).await);
    mandate(&world, Planted { basis: "court_goods", ..Planted::of(under, guardian) }).await;
    // Nor where one begins another day, or waits for a colleague.
    let later = Planted { basis: "court_goods", from: "2028-01-01", ..Planted::of(first, third) };
    mandate(&world, later).await;
    let waits = Planted { basis: "court_person", state: "proposed", ..Planted::of(third, second) };
    mandate(&world, waits).await;
    for (giver, holder) in [(&karel, &els), (&tom, &rosa), (&ines, &tom)] {
        let ask = wanted(&code(&world, &token(giver)).await);
        let (status, problem) = world.json("POST", "/v1/mandates", Some(&token(holder)), &ask).await;
        assert_eq!((status, &problem["code"]), (409, &json!("mandate_in_circle")), "{problem}");
    }
}

async fn what_was_asked_two_weeks_ago_is_accepted_no_more(world: World) {
    let (mut rosa, ines) = two(&world).await;
    let id = asked(&world, &token(&rosa), &token(&ines)).await;
    world.clock.advance(chrono::Duration::days(14) + chrono::Duration::minutes(1));
    rosa.refresh().await.unwrap();
    // Before any worker ended it.
    let (status, problem) = accepted(&world, &token(&rosa), &id).await;
    assert_eq!((status, &problem["code"]), (409, &json!("mandate_over")), "{problem}");
    // Nor is a no told to who asked, who heard long ago that it is over.
    let refuse = format!("/v1/mandates/{id}/refuse");
    let (status, problem) = world.raw("POST", &refuse, Some(&token(&rosa)), None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("mandate_over")), "{problem}");
}

async fn accepted_after_it_was_withdrawn_it_does_not_hold(world: World) {
    let (rosa, ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    let id = asked(&world, &token(&rosa), &token(&ines)).await;
    assert_eq!(world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&token(&ines)), None).await.0, 200);
    let (status, problem) = accepted(&world, &token(&rosa), &id).await;
    assert_eq!((status, &problem["code"]), (409, &json!("mandate_over")), "{problem}");
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &token(&ines), mother, None).await.0, 403);
    // Refused, it may be asked for again.
    let id = asked(&world, &token(&rosa), &token(&ines)).await;
    let refuse = format!("/v1/mandates/{id}/refuse");
    assert_eq!(world.raw("POST", &refuse, Some(&token(&rosa)), None).await.0, 200);
    assert_eq!(world.raw("POST", &refuse, Some(&token(&rosa)), None).await.0, 200, "a double tap");
    assert_eq!(accepted(&world, &token(&rosa), &id).await.1["code"], "mandate_over");
    asked(&world, &token(&rosa), &token(&ines)).await;
    // Nobody answers for two weeks.
    world.days(15).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select ended_why from mandate order by 1").await, ["date", "refused", "withdrawn"]);
}

async fn a_code_is_good_once_and_for_minutes(world: World) {
    let (rosa, ines) = two(&world).await;
    let (giver, holder) = (token(&rosa), token(&ines));
    let used = code(&world, &giver).await;
    let replaced = code(&world, &giver).await;
    let tried = |code: Value| {
        let (world, holder) = (&world, &holder);
        async move { world.json("POST", "/v1/mandates", Some(holder), &wanted(&code)).await }
    };
    let (status, problem) = tried(used).await;
    assert_eq!((status, &problem["code"]), (400, &json!("code_invalid")), "another took its place: {problem}");
    let (status, asked) = tried(replaced.clone()).await;
    assert_eq!(status, 200, "{asked}");
    assert_eq!(tried(replaced).await.1["code"], "code_invalid");
    let late = code(&world, &giver).await;
    world.clock.advance(chrono::Duration::minutes(11));
    let mut ines = ines;
    ines.refresh().await.unwrap();
    let (_, problem) = world.json("POST", "/v1/mandates", Some(&token(&ines)), &wanted(&late)).await;
    assert_eq!(problem["code"], "code_invalid");
    // Ten tries an hour.
    let mut last = Value::Null;
    for _ in 0..10 {
        last = world.json("POST", "/v1/mandates", Some(&token(&ines)), &wanted(&json!("00000000"))).await.1;
    }
    assert_eq!(last["code"], "too_many_requests", "{last}");
}

async fn ended_in_one_process_no_other_shows_anything_by_it(world: World) {
    let (rosa, ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    let id = mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
    let second = world.another_process().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let stop = tokio_util::sync::CancellationToken::new();
    let stopped = stop.clone();
    let served = tokio::spawn(async move { second.serve(listener, stopped).await.unwrap() });
    let look = async |server: &str| {
        let request = world.http.get(format!("{server}/v1/inbox")).bearer_auth(token(&ines));
        request.header("acting-for", mother.to_string()).send().await.unwrap().status().as_u16()
    };
    // Each looks twice, so that each knows it.
    for _ in 0..2 {
        assert_eq!((look(&world.server).await, look(&address).await), (200, 200));
    }
    assert_eq!(world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&token(&rosa)), None).await.0, 200);
    assert_eq!(look(&world.server).await, 403, "at once where it was ended");
    let began = std::time::Instant::now();
    while look(&address).await != 403 {
        assert!(began.elapsed().as_secs() < 5, "and soon in every other");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    stop.cancel();
    served.await.unwrap();
}

async fn revoked_between_hold_and_confirm_nothing_is_booked(world: World) {
    town_hall(&world, 1).await;
    let (rosa, ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    let holder = token(&ines);
    let id = mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
    let (status, held) = acting(&world, ("POST", "/v1/appointments"), &holder, mother, Some(&wish(FIRST, true))).await;
    assert_eq!((status, &held["state"]), (200, &json!("held")), "{held}");
    // It is the mother's, and the daughter has it only as her.
    let path = format!("/v1/appointments/{}", held["id"].as_str().unwrap());
    assert_eq!(world.get(&path, &holder).await.0, 404);
    // Held for longer, that stands in the trail as well.
    let (status, longer) = acting(&world, ("POST", &format!("{path}/extend")), &holder, mother, None).await;
    assert_eq!(status, 200, "{longer}");
    let told = "Ines Zonnebloem boekte een afspraak voor je, of hield een moment vrij.";
    assert_eq!(whats(&world, &rosa).await.iter().filter(|what| *what == told).count(), 2);
    assert_eq!(world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&token(&rosa)), None).await.0, 200);
    let confirm = format!("{path}/confirm");
    let (status, problem) = acting(&world, ("POST", &confirm), &holder, mother, None).await;
    assert_eq!((status, &problem["code"]), (403, &json!("mandate_missing")), "{problem}");
    assert_eq!(world.texts("select state from appointment").await, ["held"]);
    // Whose it is decides.
    let (status, booked) = world.raw("POST", &confirm, Some(&token(&rosa)), None).await;
    assert_eq!((status, &booked["state"]), (200, &json!("booked")), "{booked}");
}

async fn of_a_deed_and_the_end_at_once_one_is_first(world: World) {
    town_hall(&world, 2).await;
    let (rosa, ines) = two(&world).await;
    let (mother, daughter) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    let (giver, holder) = (token(&rosa), token(&ines));
    for n in 0..8 {
        let id = mandate(&world, Planted::of(mother, daughter)).await;
        let (end, wish) = (format!("/v1/mandates/{id}"), wish(FIRST, true));
        let ((status, visit), (ended, answer)) = tokio::join!(
            acting(&world, ("POST", "/v1/appointments"), &holder, mother, Some(&wish)),
            world.raw("DELETE", &end, Some(&giver), None),
        );
        assert_eq!(ended, 200, "{n}: {answer}");
        let held = world.figure("select count(*) from appointment where state = 'held'").await;
        match status {
            200 => {
                assert_eq!(held, 1, "{n}");
                // The next time again there is nothing.
                let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
                assert_eq!(world.raw("DELETE", &path, Some(&giver), None).await.0, 200);
            }
            403 => assert_eq!((&visit["code"], held), (&json!("mandate_missing"), 0), "{n}"),
            other => panic!("{n}: {other} {visit}"),
        }
        // Over it is, whichever was first.
        assert_eq!(acting(&world, ("POST", "/v1/appointments"), &holder, mother, Some(&wish)).await.0, 403);
    }
}

async fn what_a_holder_changes_whose_it_is_still_hears_of(world: World) {
    town_hall(&world, 1).await;
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    let tom = somebody("Tom", "1968-01-01");
    world.people(&[&rosa, &ines, &tom]).await;
    // The mother has no phone.
    let (ines, tom) = (world.phone(&ines, false).await, world.phone(&tom, false).await);
    let mother = id_of(&world, "Rosa").await;
    for holder in [&ines, &tom] {
        mandate(&world, Planted::of(mother, resident_of(&world, holder).await)).await;
    }
    world.drain().await;
    let (holder, before) = (token(&ines), world.stubs.fcm.count());
    let (status, visit) =
        acting(&world, ("POST", "/v1/appointments"), &holder, mother, Some(&wish(FIRST, false))).await;
    assert_eq!(status, 200, "{visit}");
    // What is booked is told, and goes no further.
    assert_eq!(world.figure("select count(*) from reach where plan <> 'for_other'").await, 0);
    world.drain().await;
    // The phone on which it was done is not told of it; the other holder's is.
    assert_eq!(world.stubs.fcm.count(), before + 1);
    let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    let (status, moved) = acting(&world, ("POST", &format!("{path}/move")), &holder, mother, Some(&to)).await;
    assert_eq!(status, 200, "{moved}");
    assert_eq!(world.texts("select plan from reach where plan <> 'for_other'").await, ["visit_changed"]);
    assert_eq!(acting(&world, ("DELETE", &path), &holder, mother, None).await.0, 200);
    assert_eq!(
        world.texts("select plan from reach where plan <> 'for_other' and state = 'open'").await,
        ["visit_changed"]
    );
}

async fn two_holders_cancel_and_book_anew(world: World) {
    town_hall(&world, 1).await;
    let (rosa, ines) = two(&world).await;
    let tom = somebody("Tom", "1968-01-01");
    world.people(&[&tom]).await;
    let tom = world.phone(&tom, false).await;
    let mother = resident_of(&world, &rosa).await;
    for holder in [&ines, &tom] {
        mandate(&world, Planted::of(mother, resident_of(&world, holder).await)).await;
    }
    let (daughter, son) = (token(&ines), token(&tom));
    let (status, first) =
        acting(&world, ("POST", "/v1/appointments"), &daughter, mother, Some(&wish(FIRST, false))).await;
    assert_eq!(status, 200, "{first}");
    let path = format!("/v1/appointments/{}", first["id"].as_str().unwrap());
    assert_eq!(acting(&world, ("DELETE", &path), &son, mother, None).await.0, 200);
    assert_eq!(acting(&world, ("DELETE", &path), &daughter, mother, None).await.0, 200, "it is off, as she wants");
    let (status, second) = acting(&world, ("POST", "/v1/appointments"), &son, mother, Some(&wish(FIRST, false))).await;
    assert_eq!(status, 200, "{second}");
    // At the same start for the same: it is theirs already, and no second one.
    let (status, same) =
        acting(&world, ("POST", "/v1/appointments"), &daughter, mother, Some(&wish(FIRST, false))).await;
    assert_eq!((status, &same["id"]), (200, &second["id"]), "{same}");
    let path = format!("/v1/appointments/{}/move", second["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    let (status, moved) = acting(&world, ("POST", &path), &daughter, mother, Some(&to)).await;
    assert_eq!((status, &moved["starts_at"]), (200, &json!(SECOND)), "{moved}");
    let visits = rosa.visits().await.unwrap();
    assert_eq!(visits.len(), 1);
    let seen = whats(&world, &rosa).await;
    for told in [
        "Ines Zonnebloem boekte een afspraak voor je, of hield een moment vrij.",
        "Tom Zonnebloem annuleerde je afspraak.",
        "Ines Zonnebloem verplaatste of veranderde je afspraak.",
    ] {
        assert!(seen.iter().any(|what| what == told), "{told}: {seen:?}");
    }
    // Neither of them has anything of it as their own.
    for holder in [&daughter, &son] {
        assert_eq!(world.get("/v1/appointments", holder).await.1, json!([]));
    }
    // The staff who watch see who it was by an id, and no name.
    let auditor = world.staff("Ria", &["Toezicht:0207509031"]).await;
    let (_, trail) = world.get("/staff/v1/audit?act=visit_cancelled", &auditor).await;
    assert_eq!(trail["entries"][0]["holder_id"], json!(resident_of(&world, &tom).await), "{trail}");
    assert!(!trail.to_string().contains("Zonnebloem"), "{trail}");
}

async fn who_assists_changes_nothing_of_what_stands(world: World) {
    town_hall(&world, 1).await;
    let (rosa, ines) = two(&world).await;
    let (mother, daughter) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    assisting(&world, (mother, daughter), "given").await;
    assert_eq!(acting(&world, ("GET", "/v1/appointments"), &token(&ines), mother, None).await.0, 200);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &wish(FIRST, false)).await;
    assert_eq!((status, &visit["state"]), (200, &json!("booked")), "{visit}");
    // What is cancelled is lost, and nobody could say yes in time to have it back.
    let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
    let (status, problem) = acting(&world, ("DELETE", &path), &token(&ines), mother, None).await;
    assert_eq!((status, &problem["code"]), (403, &json!("mandate_missing")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("assist"), "{problem}");
    assert_eq!(world.texts("select state from appointment").await, ["booked"]);
}

/// A mandate to assist, of a grantor and a holder, on a basis; its id.
pub async fn assisting(world: &World, (grantor, holder): (Uuid, Uuid), basis: &'static str) -> String {
    mandate(world, Planted { mode: "assist", basis, ..Planted::of(grantor, holder) }).await
}

async fn where_somebody_lives_is_shown_to_no_holder(world: World) {
    let planner = town_hall(&world, 1).await;
    let at_home = PLACE.replace("bbbb", "bbbd");
    let mut plan: Value = place(1).to_string().replace(&desk(1), &desk(8)).parse().unwrap();
    (plan["kind"], plan["travel_minutes"]) = (json!("home"), json!(25));
    put(&world, &planner, &format!("/staff/v1/locations/{at_home}"), &plan).await;
    let (rosa, ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
    let mut there = wish(FIRST, false);
    there["location_id"] = json!(at_home);
    let (status, visit) = acting(&world, ("POST", "/v1/appointments"), &token(&ines), mother, Some(&there)).await;
    assert!(status == 200 && !visit.to_string().contains("Kouter"), "{visit}");
    let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
    for path in ["/v1/appointments", &path] {
        let (status, seen) = acting(&world, ("GET", path), &token(&ines), mother, None).await;
        assert!(status == 200 && !seen.to_string().contains("Kouter"), "{seen}");
    }
    let calendar = world.http.get(format!("{}{path}/calendar", world.server)).bearer_auth(token(&ines));
    let calendar = calendar.header("acting-for", mother.to_string()).send().await.unwrap();
    assert_eq!(calendar.status(), 200);
    assert!(!calendar.text().await.unwrap().contains("Kouter"));
    // Whose home it is sees it, and so do those who travel there.
    let (_, own) = world.get(&path, &token(&rosa)).await;
    assert!(own["contact"].as_str().unwrap().contains("Kouter"), "{own}");
    // Nor do messages say it, whoever typed it, as a holder reads those.
    let mut hers = wish("2027-03-09T08:00:00Z", false);
    (hers["location_id"], hers["contact"]) = (json!(at_home), json!("Schuilstraat 7, 9800 Deinze"));
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &hers).await;
    assert!(status == 200 && visit.to_string().contains("Schuilstraat"), "{visit}");
    for path in ["/v1/inbox", "/v1/inbox/changes"] {
        let (status, seen) = acting(&world, ("GET", path), &token(&ines), mother, None).await;
        let all = seen["messages"].as_array().unwrap();
        assert!(status == 200 && all.len() == 2, "{seen}");
        let text = seen.to_string();
        assert!(text.contains("adres dat bij je afspraak staat"), "{seen}");
        assert!(!text.contains("Kouter") && !text.contains("Schuilstraat"), "{seen}");
    }
}

/// A mother, a father, and a child with a card.
async fn family(world: &World) -> (Phone, Phone, Uuid, [Somebody; 3]) {
    let (anna, tom) = (somebody("Anna", "1985-05-05"), somebody("Tom", "1984-04-04"));
    let emma = somebody("Emma", "2019-05-05").child_of(&[&anna, &tom]);
    world.people(&[&anna, &tom, &emma]).await;
    world.papers(&[paper(&emma, "kids_id", "2024-05-20", "2027-05-20")]).await;
    let phones = (world.phone(&anna, true).await, world.phone(&tom, false).await);
    (phones.0, phones.1, id_of(world, "Emma").await, [anna, tom, emma])
}

async fn parents_act_for_a_child_and_each_sees_what_is_theirs(world: World) {
    town_hall(&world, 2).await;
    let (anna, tom, emma, _) = family(&world).await;
    let (mother, father) = (token(&anna), token(&tom));
    let (_, held) = world.get("/v1/mandates?side=held", &mother).await;
    assert_eq!((&held["children"][0]["resident_id"], &held["children"][0]["name"]), (&json!(emma), &json!("Emma")));
    assert_eq!(held["children"][0]["of_age_on"], "2037-05-05");
    // Of the child both see what is the child's.
    let (status, visit) = acting(&world, ("POST", "/v1/appointments"), &mother, emma, Some(&wish(FIRST, false))).await;
    assert_eq!(status, 200, "{visit}");
    // And both are told of it: the child has no app.
    assert_eq!(world.texts("select title from unreached").await.len(), 1);
    let told = "select count(*) from message where title = 'Er is nieuws over een afspraak van Emma'";
    assert_eq!(world.figure(told).await, 2);
    for parent in [&mother, &father] {
        let (status, visits) = acting(&world, ("GET", "/v1/appointments"), parent, emma, None).await;
        assert_eq!((status, &visits[0]["id"]), (200, &visit["id"]), "{visits}");
        let (status, papers) = acting(&world, ("GET", "/v1/documents"), parent, emma, None).await;
        assert_eq!((status, papers.as_array().map(Vec::len)), (200, Some(1)), "{papers}");
        // What the town writes to the child is the child's.
        assert_eq!(acting(&world, ("GET", "/v1/inbox"), parent, emma, None).await.0, 403);
    }
    // Of each other they see nothing.
    let (status, own) = world.json("POST", "/v1/appointments", Some(&mother), &wish(SECOND, false)).await;
    assert_eq!(status, 200, "{own}");
    let as_child = acting(&world, ("GET", "/v1/appointments"), &father, emma, None).await.1;
    assert!(!as_child.to_string().contains(own["id"].as_str().unwrap()), "{as_child}");
    let other = resident_of(&world, &anna).await;
    assert_eq!(acting(&world, ("GET", "/v1/appointments"), &father, other, None).await.0, 403);
    // Nor does a mandate for the mother reach her child.
    mandate(&world, Planted::of(other, resident_of(&world, &tom).await)).await;
    let (status, papers) = acting(&world, ("GET", "/v1/documents"), &father, other, None).await;
    assert_eq!((status, &papers), (200, &json!([])), "the mother has none of her own");
}

async fn a_holder_books_nothing_for_the_children_of_who_gave_it(world: World) {
    for_childrens_cards(&world, 2).await;
    let (anna, _, _, _) = family(&world).await;
    let ines = somebody("Ines", "1970-03-03");
    world.people(&[&ines]).await;
    let ines = world.phone(&ines, false).await;
    let mother = resident_of(&world, &anna).await;
    mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
    let (_, papers) = world.get("/v1/documents", &token(&anna)).await;
    let card = papers[0]["id"].clone();
    // Who has no such card of her own, and a child that has one, would come for it; who acts for her does not.
    let holder = token(&ines);
    let (status, visit) =
        acting(&world, ("POST", "/v1/appointments"), &holder, mother, Some(&wish(FIRST, false))).await;
    assert_eq!(status, 200, "{visit}");
    assert!(!visit.to_string().contains("Emma"), "{visit}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 0);
    let mut named = wish(SECOND, false);
    named["document_ids"] = json!([card]);
    let (status, problem) = acting(&world, ("POST", "/v1/appointments"), &holder, mother, Some(&named)).await;
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")), "{problem}");
    let path = format!("/v1/appointments/{}/documents", visit["id"].as_str().unwrap());
    let more = json!({ "document_ids": [card] });
    let (status, problem) = acting(&world, ("POST", &path), &holder, mother, Some(&more)).await;
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")), "{problem}");
    // She herself adds it.
    let (status, grown) = world.json("POST", &path, Some(&token(&anna)), &more).await;
    assert_eq!(status, 200, "{grown}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1);
    // The visit is hers, and who acts for her is not told for whom it is beside her.
    let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
    let (_, shown) = world.get(&path, &token(&anna)).await;
    assert!(shown["subjects"].to_string().contains("Emma"), "{shown}");
    for path in [path.as_str(), "/v1/appointments"] {
        let (status, shown) = acting(&world, ("GET", path), &holder, mother, None).await;
        assert_eq!(status, 200, "{shown}");
        assert!(!shown.to_string().contains("Emma") && !shown.to_string().contains(card.as_str().unwrap()), "{shown}");
    }
    // Nor is what she is told of the child's card.
    world.days(3).await;
    let mut anna = anna;
    let hers = world.titles(&mut anna).await;
    assert!(hers.iter().any(|title| title.contains("Emma")), "{hers:?}");
    let mut ines = ines;
    ines.refresh().await.unwrap();
    let (status, inbox) = acting(&world, ("GET", "/v1/inbox"), &token(&ines), mother, None).await;
    assert_eq!(status, 200, "{inbox}");
    assert!(!inbox.to_string().contains("Emma"), "{inbox}");
    let (_, changes) = acting(&world, ("GET", "/v1/inbox/changes"), &token(&ines), mother, None).await;
    assert!(!changes.to_string().contains("Emma"), "{changes}");
    let mut r = world.instance.app.db.read().await.unwrap();
    let of_emma: Uuid =
        thuisloket::with_conn!(r, c => sqlx::query_scalar("select id from message where of_child order by id limit 1").fetch_one(c).await)
            .unwrap();
    drop(r);
    for rest in ["", "/why", "/visits"] {
        let path = format!("/v1/inbox/{of_emma}{rest}");
        let (status, problem) = acting(&world, ("GET", &path), &token(&ines), mother, None).await;
        assert_eq!(status, 404, "{path}: {problem}");
    }
}

async fn a_parent_who_is_blocked_sees_nothing_whatever_the_register_says(world: World) {
    let (anna, tom, emma, people) = family(&world).await;
    let (mother, father) = (token(&anna), token(&tom));
    let blocked = resident_of(&world, &tom).await;
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let path = format!("/staff/v1/residents/{emma}/parents/{blocked}/block");
    let why = json!({ "why": "court", "until_on": "2027-04-01", "reason": "request" });
    let (status, answer) = world.json("PUT", &path, Some(&clerk), &why).await;
    assert_eq!(status, 200, "{answer}");
    // The next file says again that he is her father.
    world.people(&[&people[0], &people[1], &people[2]]).await;
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &father, emma, None).await.0, 403);
    assert_eq!(world.get("/v1/documents", &father).await.1, json!([]));
    assert_eq!(world.get("/v1/documents", &mother).await.1.as_array().map(Vec::len), Some(1));
    let (_, seen) = world.get(&format!("/staff/v1/residents/{emma}/mandates?reason=visit"), &clerk).await;
    assert_eq!((&seen["blocked"][0]["parent_id"], &seen["blocked"][0]["why"]), (&json!(blocked), &json!("court")));
    // Who is no parent is not blocked.
    let nobodys = format!("/staff/v1/residents/{blocked}/parents/{emma}/block");
    assert_eq!(world.json("PUT", &nobodys, Some(&clerk), &why).await.1["code"], "parent_unknown");
    // Until its last day, and no day longer.
    let mut tom = tom;
    world.at("2027-04-01 10:00");
    world.instance.housekeeping().await.unwrap();
    tom.refresh().await.unwrap();
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&tom), emma, None).await.0, 403);
    world.at("2027-04-02 10:00");
    world.instance.housekeeping().await.unwrap();
    tom.refresh().await.unwrap();
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&tom), emma, None).await.0, 200);
    let titles = world.titles(&mut tom).await;
    for title in ["Je handelt niet meer voor Emma Zonnebloem", "Je handelt weer voor Emma Zonnebloem"] {
        assert!(titles.iter().any(|told| told == title), "{title}: {titles:?}");
    }
    // Staff end one, and ended twice there is none.
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    assert_eq!(world.json("PUT", &path, Some(&clerk), &json!({ "why": "safety", "reason": "request" })).await.0, 200);
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&tom), emma, None).await.0, 403);
    let end = format!("{path}?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 404);
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&tom), emma, None).await.0, 200);
}

async fn a_parent_who_is_blocked_has_no_visit_of_the_child_in_their_own_name(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, tom, emma, _) = family(&world).await;
    let father = token(&tom);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&father), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1, "for the child's card");
    let elsewhere = ["starts", "next"].map(|what| {
        let days = if what == "starts" { "from=2027-03-08&until=2027-03-09&" } else { "" };
        format!("/v1/services/{SERVICE}/{what}?{days}appointment_id={}", visit["id"].as_str().unwrap())
    });
    for path in &elsewhere {
        assert_eq!(world.get(path, &father).await.0, 200, "{path}");
    }
    let blocked = resident_of(&world, &tom).await;
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let block = format!("/staff/v1/residents/{emma}/parents/{blocked}/block");
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
    assert_eq!(world.get("/v1/appointments", &father).await, (200, json!([])));
    assert_eq!(world.get(&path, &father).await.0, 404);
    // Nor at which starts the child is at another visit.
    for path in &elsewhere {
        assert_eq!(world.get(path, &father).await.0, 404, "{path}");
    }
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    assert_eq!(world.json("POST", &format!("{path}/move"), Some(&father), &to).await.0, 404);
    // Staff move it: neither when nor where the child comes is told, nor are they reminded.
    let mut to = to;
    to["reason"] = json!("telephone");
    let (status, moved) = world.json("POST", &format!("/staff{path}/move"), Some(&clerk), &to).await;
    assert_eq!(status, 200, "{moved}");
    world.at("2027-03-07 20:00");
    world.drain().await;
    assert_eq!(
        world.figure("select count(*) from message where kind = 'appointment'").await,
        2,
        "that it was booked, and is not his any more"
    );
    // It stands, for those who work there.
    assert_eq!(world.texts("select state from appointment").await, ["booked"]);
}

/// A booking, or the same once more.
async fn book_by_key(world: &World, token: &str, body: &Value) -> (u16, Value) {
    let request = world.http.post(format!("{}/v1/appointments", world.server)).bearer_auth(token);
    let answer = request.header("idempotency-key", "a-key-of-theirs").json(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn a_visit_of_a_blocked_parent_is_the_childs_at_each_door(world: World) {
    for_childrens_cards(&world, 2).await;
    let (mut anna, mut tom, emma, _) = family(&world).await;
    let (status, visit) = book_by_key(&world, &token(&tom), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    let reference = visit["reference"].as_str().unwrap();
    let father = resident_of(&world, &tom).await;
    block(&world, emma, father).await;
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let to = json!({ "location_id": PLACE, "starts_at": SECOND, "reason": "telephone" });
    let path = format!("/staff/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    assert_eq!(world.json("POST", &path, Some(&clerk), &to).await.0, 200);
    // The mother hears of it, and sees it as the child's.
    assert!(world.titles(&mut anna).await.contains(&"Er is nieuws over een afspraak van Emma".to_owned()));
    let (_, theirs) = acting(&world, ("GET", "/v1/appointments"), &token(&anna), emma, None).await;
    assert_eq!((&theirs[0]["id"], &theirs[0]["starts_at"]), (&visit["id"], &json!(SECOND)), "{theirs}");
    // The father does not: by the request that he sent, nor by its reference, nor by a claim.
    assert_eq!(book_by_key(&world, &token(&tom), &wish(FIRST, false)).await.0, 404);
    let claim = json!({ "reference": reference, "birth_date": "1984-04-04" });
    let (status, problem) = world.json("POST", "/v1/appointments/claim", Some(&token(&tom)), &claim).await;
    assert_eq!((status, &problem["code"]), (404, &json!("nothing_to_claim")), "{problem}");
    // Nor in the queue, where the mother comes with the child.
    world.at("2027-03-08 09:05");
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let code = json!({ "location_id": PLACE, "code": reference });
    let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
    assert_eq!(status, 200, "{ticket}");
    tom.refresh().await.unwrap();
    assert_eq!(world.get("/v1/tickets", &token(&tom)).await.1, json!([]));
    assert_eq!(world.figure("select count(*) from ticket where resident_id is not null").await, 1, "it is the child's");
    // He has room for as many of his own, and his trail says nothing of what became of it.
    assert!(
        !whats(&world, &tom).await.iter().any(|what| what.contains("verplaatst")),
        "{:?}",
        whats(&world, &tom).await
    );
    // Once the block ends he acts for the child again, and so sees it as the mother does.
    let end = format!("/staff/v1/residents/{emma}/parents/{father}/block?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    let (_, again) = acting(&world, ("GET", "/v1/appointments"), &token(&tom), emma, None).await;
    assert_eq!(again[0]["id"], visit["id"], "{again}");
}

async fn a_blocked_parent_does_not_learn_it_by_another_child(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, tom, emma, people) = family(&world).await;
    let kaat = somebody("Kaat", "2018-05-05").child_of(&[&people[0], &people[1]]);
    world.people(&[&kaat]).await;
    world.papers(&[paper(&kaat, "kids_id", "2024-05-20", "2027-05-20")]).await;
    let (_, documents) = world.get("/v1/documents", &token(&tom)).await;
    let ids: Vec<_> = documents.as_array().unwrap().iter().map(|d| d["id"].clone()).collect();
    assert_eq!(ids.len(), 2, "{documents}");
    let mut both = wish(FIRST, false);
    (both["persons"], both["document_ids"], both["companions"]) = (json!(2), json!(ids), json!(["Kaat", "Emma"]));
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &both).await;
    assert_eq!(status, 200, "{visit}");
    let (_, documents) = world.get("/v1/documents", &token(&tom)).await;
    assert_eq!(documents[0]["appointment_on"], json!("2027-03-08"), "{documents}");
    block(&world, emma, resident_of(&world, &tom).await).await;
    // When it was to be he knew; and that he books for the other anew goes on until it reached him.
    let told = "
        select m.body from message m join reach r on r.source_id = m.id
        where m.title = 'Je afspraak van 8 maart 2027 om 9.00 uur staat niet meer op jouw naam'
            and m.withdrawn_at is null and r.outcome is null";
    let told = world.texts(told).await;
    assert!(told.len() == 1 && told[0].contains("of voor iemand anders? Dat deel geldt niet meer"), "{told:?}");
    assert!(!told[0].contains("Emma") && !told[0].contains("Kaat"), "who acts for him reads it: {told:?}");
    // The visit is for the one alone, and nothing of the other's or of his is on it.
    let (_, documents) = world.get("/v1/documents", &token(&tom)).await;
    assert_eq!(documents.as_array().unwrap().len(), 1, "{documents}");
    assert_eq!(documents[0].get("appointment_on"), None, "{documents}");
    let (_, theirs) =
        acting(&world, ("GET", "/v1/appointments"), &token(&tom), id_of(&world, "Kaat").await, None).await;
    assert_eq!(theirs, json!([]));
    let kept = "select cast(persons as text) || contact || cast(companions as text) from appointment";
    assert_eq!(world.texts(kept).await, ["1[]"]);
    // For the other he books as he likes, and no refusal tells when the first comes.
    let mut alone = wish(FIRST, false);
    alone["document_ids"] = json!([documents[0]["id"]]);
    let (status, own) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &alone).await;
    assert_eq!(status, 200, "{own}");
}

/// As a server before this one left it: a process that begins gives the visit to the child.
async fn what_was_blocked_before_is_the_childs_as_well(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, tom, emma, _) = family(&world).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    let (father, now) = (resident_of(&world, &tom).await, world.now());
    let mut w = world.instance.app.db.write().await.unwrap();
    let block =
        "insert into parent_block (municipality_id, child_id, parent_id, reason, blocked_at, blocked_by, blocked_by_id)
        select municipality_id, $1, $2, 'safety', $3, 'Karel', $2 from resident where id = $1";
    thuisloket::with_conn!(w, c => sqlx::query(block).bind(emma).bind(father).bind(now).execute(c).await.map(|_| ()))
        .unwrap();
    w.commit().await.unwrap();
    let of_the_child =
        "select count(*) from appointment a join resident r on r.id = a.resident_id where r.given_names = 'Emma'";
    assert_eq!(world.figure(of_the_child).await, 0);
    world.another_process().await.housekeeping().await.unwrap();
    assert_eq!(world.figure(of_the_child).await, 1);
    assert_eq!(world.get("/v1/appointments", &token(&tom)).await, (200, json!([])));
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1);
}

/// Staff need not say what the register says: it is so of visits as well, at once for who asks, and written down within a minute.
async fn whom_the_register_names_no_more_has_no_visit_of_the_child(world: World) {
    for_childrens_cards(&world, 2).await;
    let (mut anna, mut tom, emma, people) = family(&world).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    let path = format!("/v1/appointments/{}", visit["id"].as_str().unwrap());
    world.people(&[&people[2].clone().child_of(&[&people[0]])]).await;
    assert_eq!(world.get("/v1/appointments", &token(&tom)).await, (200, json!([])));
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    for (method, path, body) in
        [("GET", path.clone(), None), ("DELETE", path.clone(), None), ("POST", format!("{path}/move"), Some(&to))]
    {
        let body = body.map(|body: &Value| ("application/json", body.to_string().into_bytes()));
        assert_eq!(world.raw(method, &path, Some(&token(&tom)), body).await.0, 404, "{method} {path}");
    }
    world.instance.housekeeping().await.unwrap();
    let (_, theirs) = acting(&world, ("GET", "/v1/appointments"), &token(&anna), emma, None).await;
    assert_eq!(theirs[0]["id"], visit["id"], "{theirs}");
    let title = "Je afspraak van 8 maart 2027 om 9.00 uur staat niet meer op jouw naam".to_owned();
    assert!(world.titles(&mut tom).await.contains(&title), "{:?}", world.titles(&mut tom).await);
    let body = "select count(*) from message where title = 'Je afspraak van 8 maart 2027 om 9.00 uur staat niet meer op jouw naam'
        and body not like '%iemand anders?%'";
    assert_eq!(world.figure(body).await, 1, "it was for nobody else");
    assert!(world.titles(&mut anna).await.contains(&"Er is nieuws over een afspraak van Emma".to_owned()));
    // Named again he acts for the child as she does, and what is the child's stays the child's.
    world.people(&[&people[2]]).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.get("/v1/appointments", &token(&tom)).await, (200, json!([])));
    let (_, theirs) = acting(&world, ("GET", "/v1/appointments"), &token(&tom), emma, None).await;
    assert_eq!(theirs[0]["id"], visit["id"], "{theirs}");
}

/// A register may say anything of the parents of who is of age.
async fn who_only_came_of_age_has_no_visit_taken_from_a_parent(world: World) {
    for_childrens_cards(&world, 2).await;
    let (anna, tom) = (somebody("Anna", "1985-05-05"), somebody("Tom", "1984-04-04"));
    let emma = somebody("Emma", "2009-03-04");
    world.people(&[&anna, &tom, &emma.clone().child_of(&[&anna, &tom])]).await;
    world.papers(&[paper(&emma, "kids_id", "2024-05-20", "2027-05-20")]).await;
    let mut tom = world.phone(&tom, false).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1, "for the child's card");
    world.at("2027-03-05 10:00");
    world.people(&[&emma.child_of(&[&anna])]).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from parent_link where ended_at is not null").await, 1);
    tom.refresh().await.unwrap();
    assert_eq!(world.get("/v1/appointments", &token(&tom)).await.1[0]["id"], visit["id"]);
}

async fn a_visit_of_a_parent_who_died_is_the_childs(world: World) {
    for_childrens_cards(&world, 2).await;
    let (mut anna, tom, emma, people) = family(&world).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    world.people(&[&people[1].clone().state("deceased", "2027-03-01")]).await;
    world.instance.housekeeping().await.unwrap();
    let (_, theirs) = acting(&world, ("GET", "/v1/appointments"), &token(&anna), emma, None).await;
    assert_eq!(theirs[0]["id"], visit["id"], "{theirs}");
    assert!(world.titles(&mut anna).await.contains(&"Er is nieuws over een afspraak van Emma".to_owned()));
    let to_him = "select count(*) from unreached where title like '%jouw naam%'";
    assert_eq!(world.figure(to_him).await, 0, "nobody is told in the name of who died");
    // Nor has she one in her own name once she died as well: somebody else has the time.
    world.people(&[&people[2].clone().state("deceased", "2027-03-01")]).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select state from appointment").await, ["cancelled"]);
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
}

async fn nobody_has_a_visit_for_a_child_who_died(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, tom, _, people) = family(&world).await;
    let kaat = somebody("Kaat", "2018-05-05").child_of(&[&people[0], &people[1]]);
    world.people(&[&kaat]).await;
    world.papers(&[paper(&kaat, "kids_id", "2024-05-20", "2027-05-20")]).await;
    let (_, documents) = world.get("/v1/documents", &token(&tom)).await;
    let of = |child: &str| documents.as_array().unwrap().iter().find(|d| d["child"] == child).unwrap()["id"].clone();
    let (one, other) = (of("Emma"), of("Kaat"));
    let mut both = wish(FIRST, false);
    (both["persons"], both["document_ids"], both["companions"]) =
        (json!(2), json!([one.clone(), other.clone()]), json!(["Kaat", "Emma"]));
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &both).await;
    assert_eq!(status, 200, "{visit}");
    let mut alone = wish("2027-03-09T08:00:00Z", false);
    alone["document_ids"] = json!([one]);
    let (status, hers) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &alone).await;
    assert_eq!(status, 200, "{hers}");
    let messages = world.figure("select count(*) from message where withdrawn_at is null").await;
    world.people(&[&people[2].clone().state("deceased", "2027-03-01")]).await;
    world.instance.housekeeping().await.unwrap();
    // The visit for her alone is off, and he hears nothing of it: neither now nor on its eve. The other is for her sister.
    let states = "select state || ' ' || cast(persons as text) || ' ' || cast(companions as text) from appointment order by starts_at";
    let states = world.texts(states).await;
    assert!(states[0].starts_with("booked 1 ") && !states[0].contains("Emma"), "{states:?}");
    assert!(states[1].starts_with("cancelled "), "{states:?}");
    let left = "select count(*) from appointment_document d join appointment a on a.id = d.appointment_id where a.state = 'booked'";
    assert_eq!(world.figure(left).await, 1);
    assert!(world.figure("select count(*) from message where withdrawn_at is null").await <= messages);
    world.at("2027-03-07 20:00");
    world.drain().await;
    let reminded =
        "select body from message where title like 'Herinnering%' or title like '%8 maart%' order by created_at desc";
    assert!(
        world.texts(reminded).await.iter().filter(|body| body.contains("Voor Emma")).count() <= 1,
        "nothing new of her"
    );
    nobody_has_anothers_slot(&world).await;
}

async fn who_waits_with_a_child_for_whom_they_are_blocked_is_told(world: World) {
    for_childrens_cards(&world, 1).await;
    let (_, mut tom, emma, _) = family(&world).await;
    let (_, documents) = world.get("/v1/documents", &token(&tom)).await;
    let waits = json!({
        "service_id": SERVICE, "persons": 1, "document_ids": [documents[0]["id"]], "companions": ["Emma"],
        "from_on": "2027-03-08", "until_on": "2027-03-09",
    });
    let (status, entry) = world.json("POST", "/v1/waiting", Some(&token(&tom)), &waits).await;
    assert_eq!(status, 200, "{entry}");
    assert!(entry["offered_appointment_id"].is_string(), "{entry}");
    block(&world, emma, resident_of(&world, &tom).await).await;
    assert_eq!(world.get("/v1/waiting", &token(&tom)).await, (200, json!([])));
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
    let titles = world.titles(&mut tom).await;
    assert!(titles.iter().any(|title| title.ends_with("je staat niet meer op de wachtlijst")), "{titles:?}");
    assert!(!titles.iter().any(|title| title.contains("vast")), "what was offered is taken back: {titles:?}");
    let goes_on = "select count(*) from reach r join message m on m.id = r.source_id
        where m.title like '%wachtlijst' and r.plan = 'visit_changed'";
    assert_eq!(world.figure(goes_on).await, 1, "by e-mail and letter, where it is not read");
}

/// The same where the register names him no more while he waits: at once for him, and within a minute the number is the child's.
async fn whom_the_register_drops_in_the_hall_has_no_number_any_more(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, mut tom, _, people) = family(&world).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    in_the_hall(&world, &visit, &mut tom).await;
    let (_, tickets) = world.get("/v1/tickets", &token(&tom)).await;
    let ticket = format!("/v1/tickets/{}", tickets[0]["id"].as_str().unwrap());
    world.people(&[&people[2].clone().child_of(&[&people[0]])]).await;
    assert_eq!(world.get("/v1/tickets", &token(&tom)).await.1, json!([]));
    assert_eq!(world.raw("DELETE", &ticket, Some(&token(&tom)), None).await.0, 404);
    world.instance.housekeeping().await.unwrap();
    let of_the_child = "select count(*) from ticket t join resident r on r.id = t.resident_id
        where r.given_names = 'Emma' and t.state = 'waiting'";
    assert_eq!(world.figure(of_the_child).await, 1);
}

/// He waits in the hall with the child, and is blocked there: his phone says nothing more of it.
async fn who_is_blocked_in_the_hall_is_called_no_more(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, mut tom, emma, _) = family(&world).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    in_the_hall(&world, &visit, &mut tom).await;
    assert_eq!(world.get("/v1/tickets", &token(&tom)).await.1.as_array().map(Vec::len), Some(1));
    block(&world, emma, resident_of(&world, &tom).await).await;
    assert_eq!(world.get("/v1/tickets", &token(&tom)).await.1, json!([]));
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
    let of_the_child =
        "select count(*) from ticket t join resident r on r.id = t.resident_id where r.given_names = 'Emma'";
    assert_eq!(world.figure(of_the_child).await, 1);
}

/// Whose visit it is checks in with the clerk, and looks at their phone.
pub async fn in_the_hall(world: &World, visit: &Value, phone: &mut Phone) {
    world.at("2027-03-08 08:55");
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let code = json!({ "location_id": PLACE, "code": visit["reference"] });
    let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
    assert_eq!(status, 200, "{ticket}");
    phone.refresh().await.unwrap();
}

/// A town hall with so many desks, whose service is for children's cards.
pub async fn for_childrens_cards(world: &World, desks: u128) {
    let planner = town_hall(world, desks).await;
    let mut plan = service();
    (plan["version"], plan["document_kinds"]) = (json!(1), json!(["kids_id"]));
    put(world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
}

/// A service for children's cards, a father who booked for his child in his own name, and a helper; the child, and the visit.
async fn booked_for_a_child(world: &World, at: &str) -> (Phone, Phone, Uuid, Value) {
    for_childrens_cards(world, 1).await;
    let (_, tom, emma, _) = family(world).await;
    let ines = somebody("Ines", "1970-03-03");
    world.people(&[&ines]).await;
    let ines = world.phone(&ines, false).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(at, false)).await;
    assert_eq!(status, 200, "{visit}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1, "for the child's card");
    (tom, ines, emma, visit)
}

pub async fn block(world: &World, child: Uuid, parent: Uuid) {
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let path = format!("/staff/v1/residents/{child}/parents/{parent}/block");
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &path, Some(&clerk), &why).await.0, 200);
}

async fn a_parent_who_is_blocked_moves_no_visit_of_the_child_by_a_yes(world: World) {
    let (tom, ines, emma, visit) = booked_for_a_child(&world, FIRST).await;
    let father = resident_of(&world, &tom).await;
    assisting(&world, (father, resident_of(&world, &ines).await), "given").await;
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-08T08:40:00Z" });
    let path = format!("/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    let (status, stays) = acting(&world, ("POST", &path), &token(&ines), father, Some(&to)).await;
    assert_eq!(status, 200, "{stays}");
    let (_, deeds) = world.get("/v1/deeds", &token(&tom)).await;
    let deed = deeds[0]["id"].as_str().unwrap().to_owned();
    block(&world, emma, father).await;
    for phone in [&tom, &ines] {
        assert_eq!(world.get("/v1/deeds", &token(phone)).await, (200, json!([])));
    }
    let (status, problem) = world.raw("POST", &format!("/v1/deeds/{deed}/accept"), Some(&token(&tom)), None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{problem}");
    assert_eq!(world.texts("select ended_why from deed").await, ["taken"]);
    // It stands where it was.
    assert_eq!(world.texts("select state from appointment order by starts_at").await, ["booked", "cancelled"]);
}

async fn a_parent_who_is_blocked_is_offered_no_other_time_of_the_child(world: World) {
    let (tom, ines, emma, visit) = booked_for_a_child(&world, SECOND).await;
    let (status, first) = world.json("POST", "/v1/appointments", Some(&token(&ines)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{first}");
    let earlier = json!({ "appointment_id": visit["id"], "from_on": "2027-03-08", "until_on": "2027-03-08" });
    let (status, entry) = world.json("POST", "/v1/waiting", Some(&token(&tom)), &earlier).await;
    assert_eq!((status, entry.get("offered_appointment_id")), (200, None), "{entry}");
    block(&world, emma, resident_of(&world, &tom).await).await;
    // What is freed is held for nobody who would not hear of it.
    let path = format!("/v1/appointments/{}", first["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&token(&ines)), None).await.0, 200);
    world.drain().await;
    assert_eq!(world.figure("select count(*) from appointment where waiting_id is not null").await, 0);
    // Nor do they join any more.
    assert_eq!(world.json("POST", "/v1/waiting", Some(&token(&tom)), &earlier).await.0, 404);
}

async fn a_parent_who_is_blocked_does_not_learn_when_the_child_comes(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, tom, emma, _) = family(&world).await;
    let father = token(&tom);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&father), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    block(&world, emma, resident_of(&world, &tom).await).await;
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let to = json!({ "location_id": PLACE, "starts_at": SECOND, "reason": "request" });
    let path = format!("/staff/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    let (status, moved) = world.json("POST", &path, Some(&clerk), &to).await;
    assert_eq!(status, 200, "{moved}");
    // Neither a start that is missing nor a refusal tells him.
    let day = format!("/v1/services/{SERVICE}/starts?from=2027-03-08&until=2027-03-08");
    let (_, starts) = world.get(&day, &father).await;
    assert!(starts.to_string().contains(SECOND), "{starts}");
    let (status, own) = world.json("POST", "/v1/appointments", Some(&father), &wish(SECOND, false)).await;
    assert_eq!(status, 200, "{own}");
    assert_ne!(own["id"], visit["id"]);
    // The child is in one place all the same.
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1);
}

async fn who_helps_a_blocked_parent_does_not_learn_it_by_a_move_either(world: World) {
    for_childrens_cards(&world, 2).await;
    let (_, tom, emma, _) = family(&world).await;
    let ines = somebody("Ines", "1970-03-03");
    world.people(&[&ines]).await;
    let ines = world.phone(&ines, false).await;
    let father = resident_of(&world, &tom).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    block(&world, emma, father).await;
    let (status, own) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(SECOND, false)).await;
    assert_eq!(status, 200, "{own}");
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1, "the second is for himself");
    assisting(&world, (father, resident_of(&world, &ines).await), "given").await;
    // To the moment at which the child comes: a refusal would tell it.
    let to = json!({ "location_id": PLACE, "starts_at": FIRST });
    let path = format!("/v1/appointments/{}/move", own["id"].as_str().unwrap());
    let (status, stays) = acting(&world, ("POST", &path), &token(&ines), father, Some(&to)).await;
    assert_eq!((status, &stays["starts_at"]), (200, &json!(SECOND)), "{stays}");
    let (_, deeds) = world.get("/v1/deeds", &token(&tom)).await;
    let accept = format!("/v1/deeds/{}/accept", deeds[0]["id"].as_str().unwrap());
    assert_eq!(world.raw("POST", &accept, Some(&token(&tom)), None).await.0, 200);
    let (_, visits) = world.get("/v1/appointments", &token(&tom)).await;
    assert_eq!((visits.as_array().unwrap().len(), &visits[0]["starts_at"]), (1, &json!(FIRST)), "{visits}");
}

async fn who_comes_of_age_acts_alone_and_all_are_told(world: World) {
    let anna = somebody("Anna", "1970-05-05");
    // Her father is dead: nobody is told that he acts for her no more.
    let bert = somebody("Bert", "1969-09-09").state("deceased", "2027-01-10");
    let lotte = somebody("Lotte", "2009-03-04").child_of(&[&anna, &bert]);
    world.people(&[&anna, &bert, &lotte]).await;
    let (mut mother, mut daughter) = (world.phone(&anna, true).await, world.phone(&lotte, true).await);
    let child = resident_of(&world, &daughter).await;
    world.at("2027-03-03 10:00");
    world.instance.housekeeping().await.unwrap();
    mother.refresh().await.unwrap();
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&mother), child, None).await.0, 200);
    world.at("2027-03-04 10:00");
    mother.refresh().await.unwrap();
    // Before any worker had its turn.
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&mother), child, None).await.0, 403);
    world.instance.housekeeping().await.unwrap();
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.titles(&mut mother).await, ["Lotte Zonnebloem is meerderjarig"]);
    assert_eq!(world.titles(&mut daughter).await, ["Je bent meerderjarig"]);
    // From now on she may give one.
    let id = asked(&world, &token(&daughter), &token(&mother)).await;
    assert_eq!(accepted(&world, &token(&daughter), &id).await.0, 200);
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&mother), child, None).await.0, 200);
}

async fn who_moves_away_has_no_mandate_any_more(world: World) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    let mut daughter = world.phone(&ines, false).await;
    let (mother, holder) = (id_of(&world, "Rosa").await, resident_of(&world, &daughter).await);
    mandate(&world, Planted::of(mother, holder)).await;
    mandate(&world, Planted::of(holder, mother)).await;
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &token(&daughter), mother, None).await.0, 200);
    world.people(&[&rosa.clone().state("deceased", "2027-03-01")]).await;
    // Within a second, before any worker had its turn; and nobody reads that one holds. What she had not looked at yet she sees at once no more.
    assert_eq!(acting(&world, ("GET", "/v1/documents"), &token(&daughter), mother, None).await.0, 403);
    let began = std::time::Instant::now();
    while acting(&world, ("GET", "/v1/inbox"), &token(&daughter), mother, None).await.0 != 403 {
        assert!(began.elapsed().as_secs() < 5, "who died is read by nobody");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(world.figure("select count(*) from mandate where state = 'active'").await, 2);
    for side in ["given", "held"] {
        let (_, open) = world.get(&format!("/v1/mandates?side={side}"), &token(&daughter)).await;
        assert_eq!(open["mandates"], json!([]), "{open}");
        let (_, over) = world.get(&format!("/v1/mandates?side={side}&over=true"), &token(&daughter)).await;
        let one = &over["mandates"][0];
        assert_eq!((&one["state"], &one["ended_why"]), (&json!("ended"), &json!("gone")), "{over}");
        assert!(one["ended_at"].is_string(), "{over}");
    }
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    for id in [mother, holder] {
        let (_, seen) = world.get(&format!("/staff/v1/residents/{id}/mandates?reason=visit"), &clerk).await;
        for side in ["given", "held"] {
            let one = &seen[side][0]["mandate"];
            assert_eq!((&one["state"], &one["ended_why"]), (&json!("ended"), &json!("gone")), "{seen}");
        }
    }
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select ended_why from mandate").await, ["gone", "gone"]);
    let titles = world.titles(&mut daughter).await;
    assert_eq!(titles, ["Een volmacht is beëindigd"; 2]);
    // It does not begin again by itself, should the register take it back.
    world.people(&[&rosa]).await;
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &token(&daughter), mother, None).await.0, 403);
}

async fn a_new_national_number_keeps_its_mandates(world: World) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    let daughter = world.phone(&ines, false).await;
    let mother = id_of(&world, "Rosa").await;
    mandate(&world, Planted::of(mother, resident_of(&world, &daughter).await)).await;
    // The same person under another number: she stays who she is here.
    let mut renumbered = somebody("Rosa", "1944-02-02");
    renumbered.former.clone_from(&rosa.number);
    world.people(&[&renumbered]).await;
    assert_eq!(world.figure("select count(*) from resident").await, 2);
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &token(&daughter), mother, None).await.0, 200);
}

async fn it_ends_with_its_last_day_and_both_are_told(world: World) {
    let (mut rosa, mut ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    mandate(&world, Planted { until: "2027-03-05", ..Planted::of(mother, resident_of(&world, &ines).await) }).await;
    world.at("2027-03-05 23:30");
    world.instance.housekeeping().await.unwrap();
    ines.refresh().await.unwrap();
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &token(&ines), mother, None).await.0, 200);
    world.at("2027-03-06 00:10");
    ines.refresh().await.unwrap();
    assert_eq!(acting(&world, ("GET", "/v1/inbox"), &token(&ines), mother, None).await.0, 403);
    let (_, open) = world.get("/v1/mandates?side=held", &token(&ines)).await;
    assert_eq!(open["mandates"], json!([]), "{open}");
    let (_, over) = world.get("/v1/mandates?side=held&over=true", &token(&ines)).await;
    let one = &over["mandates"][0];
    assert_eq!(
        (&one["state"], &one["ended_why"], &one["ended_at"]),
        (&json!("ended"), &json!("date"), &json!("2027-03-05T23:00:00Z")),
        "{over}"
    );
    world.instance.housekeeping().await.unwrap();
    world.instance.housekeeping().await.unwrap();
    for phone in [&mut rosa, &mut ines] {
        assert_eq!(world.titles(phone).await, ["Een volmacht is beëindigd"]);
    }
    assert_eq!(world.texts("select ended_why from mandate").await, ["date"]);
}

async fn what_a_town_has_that_is_served_no_more_keeps_nobody_waiting(world: World) {
    let (rosa, ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    mandate(&world, Planted { until: "2027-03-05", ..Planted::of(mother, resident_of(&world, &ines).await) }).await;
    let (mut w, now, town) =
        (world.instance.app.db.write().await.unwrap(), world.now(), Uuid::from_u128(rand::random()));
    let sql = "insert into municipality (id, key, created_at) values ($1, 'zulte', $2)";
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(town).bind(now).execute(c).await.map(|_| ())).unwrap();
    let sql = "insert into mandate (municipality_id, id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state,
                   asked_at)
               values ($1, $2, $3, $4, 'given', 'represent', 'see', 'visits', $5, $6, 'active', $7)";
    for _ in 0..201 {
        let [id, grantor, holder] = [(); 3].map(|()| Uuid::from_u128(rand::random()));
        thuisloket::with_conn!(w, c => sqlx::query(sql)
            .bind(town).bind(id).bind(grantor).bind(holder).bind(day("2025-01-01")).bind(day("2026-01-01")).bind(now)
            .execute(c).await.map(|_| ()))
        .unwrap();
    }
    w.commit().await.unwrap();
    world.at("2027-03-06 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select ended_why from mandate where ended_at is not null").await, ["date"]);
}

async fn whose_block_ends_once_the_child_is_of_age_is_told_nothing(world: World) {
    let anna = somebody("Anna", "1970-05-05");
    let lotte = somebody("Lotte", "2009-03-04").child_of(&[&anna]);
    world.people(&[&anna, &lotte]).await;
    let mut mother = world.phone(&anna, true).await;
    let (child, parent) = (id_of(&world, "Lotte").await, resident_of(&world, &mother).await);
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let path = format!("/staff/v1/residents/{child}/parents/{parent}/block");
    let why = json!({ "why": "safety", "until_on": "2027-03-10", "reason": "request" });
    assert_eq!(world.json("PUT", &path, Some(&clerk), &why).await.0, 200);
    world.at("2027-03-11 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from parent_block").await, 0);
    let again = "Je handelt weer voor Lotte Zonnebloem".to_owned();
    assert!(!world.titles(&mut mother).await.contains(&again));
    // Nor where staff end it.
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    assert_eq!(world.json("PUT", &path, Some(&clerk), &json!({ "why": "court", "reason": "request" })).await.0, 200);
    assert_eq!(world.raw("DELETE", &format!("{path}?reason=request"), Some(&clerk), None).await.0, 200);
    assert!(!world.titles(&mut mother).await.contains(&again));
}

async fn an_order_of_a_court_takes_two_members_of_staff(world: World) {
    let (rosa, ines) = two(&world).await;
    let (under, guardian) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let colleague = world.staff("Lies", &["Loket:0207509031"]).await;
    let mut order = json!({
        "grantor_id": under, "holder_id": guardian, "basis": "court_goods", "mode": "represent",
        "verbs": ["see", "book"], "kinds": ["documents", "visits"], "from_on": "2027-02-01", "both_present": false,
        "reason": "request",
    });
    let (status, problem) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &order).await;
    assert_eq!((status, &problem["field"]), (400, &json!("proof_on")), "{problem}");
    order["proof_on"] = json!("2027-03-02");
    let (status, problem) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &order).await;
    assert_eq!((status, &problem["field"]), (400, &json!("proof_on")), "no order is of tomorrow: {problem}");
    order["proof_on"] = json!("2027-01-20");
    let (status, given) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &order).await;
    assert_eq!(status, 200, "{given}");
    let holder = token(&ines);
    let seen = || acting(&world, ("GET", "/v1/documents"), &holder, under, None);
    assert_eq!(seen().await.0, 403, "one member of staff is not enough");
    let id = given["id"].as_str().unwrap();
    let confirm = format!("/staff/v1/mandates/{id}/confirm?reason=request");
    let (status, problem) = world.raw("POST", &confirm, Some(&clerk), None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("mandate_needs_colleague")), "{problem}");
    assert_eq!(seen().await.0, 403);
    assert_eq!(world.raw("POST", &confirm, Some(&colleague), None).await.0, 200);
    assert_eq!(world.raw("POST", &confirm, Some(&colleague), None).await.1["code"], "mandate_over");
    assert_eq!(seen().await.0, 200);
    let (_, shown) = world.get(&format!("/staff/v1/residents/{under}/mandates?reason=visit"), &colleague).await;
    let one = &shown["given"][0];
    assert_eq!(
        (&one["made_by"], &one["confirmed_by"], &one["proof"]),
        (&json!("Karel"), &json!("Lies"), &json!("order"))
    );
    // Nobody is told that they may end it themselves.
    let mut told = rosa;
    told.refresh().await.unwrap();
    let inbox = told.inbox().await.unwrap();
    assert_eq!(inbox[0].title, "Ines Zonnebloem is je bewindvoerder");
    assert!(!inbox[0].body.contains("Beëindig"), "{}", inbox[0].body);
    let rosa = told;
    // The two do not end it; staff do.
    for phone in [&rosa, &ines] {
        let (status, problem) = world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&token(phone)), None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("mandate_by_court")), "{problem}");
    }
    let end = format!("/staff/v1/mandates/{id}?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    assert_eq!(seen().await.0, 403);
    // One whose last day is past meanwhile holds for nobody.
    order["until_on"] = json!("2027-03-05");
    let (status, given) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &order).await;
    assert_eq!(status, 200, "{given}");
    world.at("2027-03-06 10:00");
    let colleague = world.staff("Lies", &["Loket:0207509031"]).await;
    let confirm = format!("/staff/v1/mandates/{}/confirm?reason=request", given["id"].as_str().unwrap());
    assert_eq!(world.raw("POST", &confirm, Some(&colleague), None).await.1["code"], "mandate_over");
    let (mut rosa, mut ines) = (rosa, ines);
    rosa.refresh().await.unwrap();
    ines.refresh().await.unwrap();
    // Both read in their trail what staff did.
    for phone in [&rosa, &ines] {
        let seen = whats(&world, phone).await;
        let told = "Een medewerker van Deinze bevestigde een beslissing van de rechter over een bewindvoerder.";
        assert!(seen.iter().any(|what| what == told), "{seen:?}");
    }
}

async fn an_order_that_nobody_confirmed_in_two_weeks_is_over(world: World) {
    let (rosa, ines) = two(&world).await;
    let (under, guardian) = (resident_of(&world, &rosa).await, resident_of(&world, &ines).await);
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let order = json!({
        "grantor_id": under, "holder_id": guardian, "basis": "court_goods", "mode": "represent", "verbs": ["see"],
        "kinds": ["documents"], "from_on": "2027-02-01", "both_present": false, "proof_on": "2027-01-20", "reason": "request",
    });
    let (status, given) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &order).await;
    assert_eq!(status, 200, "{given}");
    world.clock.advance(chrono::Duration::days(14) + chrono::Duration::minutes(1));
    // Before any worker ended it.
    let colleague = world.staff("Lies", &["Loket:0207509031"]).await;
    let confirm = format!("/staff/v1/mandates/{}/confirm?reason=request", given["id"].as_str().unwrap());
    let (status, problem) = world.raw("POST", &confirm, Some(&colleague), None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("mandate_over")), "{problem}");
}

async fn a_guardian_has_pages_and_a_search(world: World) {
    let karel = somebody("Karel", "1961-07-07");
    let mut people = many(45);
    for (n, one) in people.iter_mut().enumerate() {
        one.family = format!("Familie {n:02}");
    }
    "Çelik".clone_into(&mut people[7].family);
    world.people(&people.iter().chain([&karel]).collect::<Vec<_>>()).await;
    let guardian = world.phone(&karel, true).await;
    let holder = resident_of(&world, &guardian).await;
    let ids: Vec<Uuid> = {
        let mut r = world.instance.app.db.read().await.unwrap();
        let sql = "select id from resident where given_names = 'Iemand'";
        thuisloket::with_conn!(r, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap()
    };
    for id in ids {
        mandate(&world, Planted { basis: "court_person", ..Planted::of(id, holder) }).await;
    }
    let (mut names, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let more = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let (status, page) = world.get(&format!("/v1/mandates?side=held&limit=20{more}"), &token(&guardian)).await;
        assert_eq!(status, 200, "{page}");
        let all = page["mandates"].as_array().unwrap();
        assert!(all.len() <= 20);
        names.extend(all.iter().map(|m| m["name"].as_str().unwrap().to_owned()));
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(names.len(), 45);
    assert_eq!((names[0].as_str(), names[44].as_str()), ("Iemand Çelik", "Iemand Familie 44"));
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 45, "each once");
    for (search, found) in [("celik", 1), ("familie%200", 9), ("niemand", 0)] {
        let path = format!("/v1/mandates?side=held&search={search}");
        let (_, page) = world.get(&path, &token(&guardian)).await;
        assert_eq!(page["mandates"].as_array().unwrap().len(), found, "{search}: {page}");
    }
    // A cursor of another list is none.
    let (_, inbox) = world.get("/v1/mandates?cursor=x", &token(&guardian)).await;
    assert_eq!(inbox["code"], "cursor_invalid");
}

async fn who_is_told_beside_somebody_hears_the_name_and_nothing_else(world: World) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    // The mother has no phone.
    let mut daughter = world.phone(&ines, false).await;
    let mother = id_of(&world, "Rosa").await;
    mandate(&world, Planted::of(mother, resident_of(&world, &daughter).await)).await;
    world.papers(&[paper(&rosa, "eid", "2017-05-01", "2027-05-01")]).await;
    world.days(1).await;
    daughter.refresh().await.unwrap();
    let inbox = daughter.inbox().await.unwrap();
    assert_eq!(inbox.iter().map(|m| m.title.as_str()).collect::<Vec<_>>(), ["Er is een bericht voor Rosa"]);
    assert!(!inbox[0].body.contains("dentiteitskaart"), "{}", inbox[0].body);
    assert_eq!(world.figure("select count(*) from unreached").await, 1);
    // What it says they read as the mother, who has no inbox of her own.
    let holder = token(&daughter);
    let (status, hers) = acting(&world, ("GET", "/v1/inbox"), &holder, mother, None).await;
    assert_eq!((status, hers["messages"].as_array().map(Vec::len)), (200, Some(1)), "{hers}");
    let message = hers["messages"][0].clone();
    assert!(message.to_string().contains("dentiteitskaart"), "{message}");
    let path = format!("/v1/inbox/{}", message["id"].as_str().unwrap());
    assert_eq!(acting(&world, ("GET", &path), &holder, mother, None).await, (200, message.clone()));
    let (_, unread) = acting(&world, ("GET", "/v1/inbox/unread-count"), &holder, mother, None).await;
    assert_eq!(unread["unread"], 1);
    let (_, changes) = acting(&world, ("GET", "/v1/inbox/changes"), &holder, mother, None).await;
    assert_eq!((&changes["messages"], &changes["more"]), (&json!([message]), &json!(false)), "{changes}");
    // It is nobody's own.
    assert_eq!(world.get(&path, &holder).await.0, 404);
    // Taken back, they find it taken back.
    {
        let (mut w, sql) = (world.instance.app.db.write().await.unwrap(), "update unreached set withdrawn_at = $1");
        let now = world.now();
        thuisloket::with_conn!(w, c => sqlx::query(sql).bind(now).execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
    }
    let after = format!("/v1/inbox/changes?cursor={}", changes["cursor"].as_str().unwrap());
    let (_, changes) = acting(&world, ("GET", &after), &holder, mother, None).await;
    assert!(changes["messages"][0]["withdrawn_at"].is_string(), "{changes}");
}

async fn the_news_of_an_account_is_read_by_nobody_else(world: World) {
    let (mut rosa, ines) = two(&world).await;
    let eve = somebody("Eva", "1980-04-04");
    world.people(&[&eve]).await;
    let (mother, holder) = (resident_of(&world, &rosa).await, token(&ines));
    mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
    // Who helps her beside this one, with or without the app, and what she is told of a session that was ended.
    let other = resident_of(&world, &world.phone(&eve, false).await).await;
    mandate(&world, Planted::of(mother, other)).await;
    let news =
        [("mandate", "news of a mandate"), ("session_ended", "news of a session"), ("for_other", "news of another")];
    for (n, (kind, title)) in news.into_iter().enumerate() {
        let (mut w, id) = (world.instance.app.db.write().await.unwrap(), Uuid::from_u128(rand::random()));
        let sql = "insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at)
            select municipality_id, $1, id, $2, $3, $4, '', '/mandates', $5 from resident where id = $6";
        let (key, now) = (n.to_string(), world.now());
        thuisloket::with_conn!(w, c => sqlx::query(sql).bind(id).bind(kind).bind(&key).bind(title).bind(now).bind(mother)
            .execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let path = format!("/v1/inbox/{id}");
        assert_eq!(acting(&world, ("GET", &path), &holder, mother, None).await.0, 404, "{title}");
    }
    let (status, list) = acting(&world, ("GET", "/v1/inbox"), &holder, mother, None).await;
    assert_eq!((status, &list["messages"]), (200, &json!([])), "{list}");
    let (_, changes) = acting(&world, ("GET", "/v1/inbox/changes"), &holder, mother, None).await;
    assert_eq!(changes["messages"], json!([]), "{changes}");
    let (_, unread) = acting(&world, ("GET", "/v1/inbox/unread-count"), &holder, mother, None).await;
    assert_eq!(unread["unread"], 0);
    // She reads all of it herself.
    rosa.refresh().await.unwrap();
    assert_eq!(rosa.inbox().await.unwrap().len(), 3);
}

async fn the_same_request_for_somebody_else_is_another_request(world: World) {
    town_hall(&world, 1).await;
    let (rosa, ines) = two(&world).await;
    let mother = resident_of(&world, &rosa).await;
    mandate(&world, Planted::of(mother, resident_of(&world, &ines).await)).await;
    let holder = token(&ines);
    let key = ("idempotency-key", "0190a000-mandates".to_owned());
    let both = [key.clone(), ("acting-for", mother.to_string())];
    let body = wish(FIRST, false);
    let (status, first) = send(&world, ("POST", "/v1/appointments"), &holder, &both, Some(&body)).await;
    assert_eq!(status, 200, "{first}");
    let (status, again) = send(&world, ("POST", "/v1/appointments"), &holder, &both, Some(&body)).await;
    assert_eq!((status, &again["id"]), (200, &first["id"]), "{again}");
    // Without the header it would be her own, and is answered with nothing of her mother's.
    let (_, problem) = send(&world, ("POST", "/v1/appointments"), &holder, &[key], Some(&body)).await;
    assert_eq!(problem["code"], "idempotency_key_reused", "{problem}");
    assert_eq!(world.figure("select count(*) from appointment").await, 1);
}
