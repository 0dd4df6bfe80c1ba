//! One phone, one row, one town, one address never stops the others; and a database that was ill is used again when it is well.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    appointments::{PLACE, book, citizens, town_hall},
    world::{Engine, World, paper, papers_csv, people_csv, somebody},
};

journeys! {
    a_row_that_cannot_be_written_holds_up_nobody_else,
    what_one_town_broke_stops_no_other_town,
    one_address_does_not_take_every_screen,
}

async fn ready(world: &World) -> (u16, String) {
    let answer = reqwest::get(format!("{}/readyz", world.server)).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Runs SQL of an engine's own on a connection of its own.
pub(crate) async fn run(world: &World, sqlite: &'static str, postgres: &'static str) {
    use sqlx::{Connection as _, Executor as _};
    if world.database.starts_with("sqlite") {
        let mut c = sqlx::SqliteConnection::connect(&world.database).await.unwrap();
        c.execute(sqlite).await.unwrap();
    } else {
        let mut c = sqlx::PgConnection::connect(&world.database).await.unwrap();
        c.execute(sqlx::raw_sql(postgres)).await.unwrap();
    }
}

/// A message of one person that the database refuses: it is set aside, told to the operator, and everybody else is told in time.
async fn a_row_that_cannot_be_written_holds_up_nobody_else(world: World) {
    let people: Vec<_> = (1..=9).map(|n| somebody(&format!("Iemand{n}"), &format!("1980-01-0{n}"))).collect();
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let mut phones = Vec::new();
    for person in &people {
        phones.push(world.phone(person, true).await);
    }
    let papers: Vec<_> = people.iter().map(|p| paper(p, "eid", "2017-03-31", "2027-03-31")).collect();
    world.papers(&papers).await;
    run(
        &world,
        "create trigger poison before insert on message
            when new.resident_id = (select id from resident where given_names = 'Iemand5')
            begin select raise(abort, 'one bad row'); end",
        "create function poison() returns trigger language plpgsql as $$ begin
            if new.resident_id = (select id from resident where given_names = 'Iemand5') then
                raise exception 'one bad row'; end if; return new; end $$;
         create trigger poison before insert on message for each row execute function poison()",
    )
    .await;
    world.drain().await;
    assert_eq!(world.figure("select count(*) from message").await, 8);
    assert_eq!(world.texts("select worker || ': ' || reason from set_aside").await.len(), 1);
    assert!(world.texts("select reason from set_aside").await[0].contains("one bad row"));
    // It is tried again, later and later, and costs nobody anything meanwhile.
    world.clock.advance(chrono::Duration::minutes(2));
    world.drain().await;
    assert_eq!(world.figure("select tries from set_aside").await, 2);
    run(&world, "drop trigger poison", "drop trigger poison on message").await;
    world.clock.advance(chrono::Duration::minutes(5));
    world.drain().await;
    assert_eq!(world.figure("select count(*) from message").await, 9);
    world.clock.advance(chrono::Duration::days(2));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from set_aside").await, 0);
}

/// A value that this version cannot read, in one town's plan and in one town's announcement.
async fn what_one_town_broke_stops_no_other_town(world: World) {
    let (anna, gust) = (somebody("Anna", "1985-05-05"), somebody("Gust", "1985-05-06"));
    world.people(&[&anna]).await;
    world.residents_file("gavere", people_csv(&[&gust]).replace("9800;Deinze", "9890;Gavere"), false).await.unwrap();
    let _phone = world.phone(&anna, true).await;
    for (town, person) in [("deinze", &anna), ("gavere", &gust)] {
        let papers = [paper(person, "eid", "2017-03-31", "2027-03-31")];
        world.documents_file(town, papers_csv(&papers), false).await.unwrap();
    }
    town_hall(&world, 1).await;
    // Gavere's service is written by hand, as a newer version might have.
    run(
        &world,
        "insert into service (id, municipality_id, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes,
            step_minutes, most_persons, least_notice_minutes, horizon_days, most_open, document_kinds, needs, collecting,
            active, version, updated_at)
         select x'01935c3e000070008000000000000aaa', id, '{\"x\": 1}', '{}', '{}', 15, 0, 0, 15, 1, 0, 60, 1, '[]', 'citizen', 0, 1, 1,
            '2027-01-01T00:00:00+00:00' from municipality where key = 'gavere'",
        "insert into service (id, municipality_id, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes,
            step_minutes, most_persons, least_notice_minutes, horizon_days, most_open, document_kinds, needs, collecting,
            active, version, updated_at)
         select '01935c3e-0000-7000-8000-000000000aaa', id, '{\"x\": 1}', '{}', '{}', 15, 0, 0, 15, 1, 0, 60, 1, '[]', 'citizen', false,
            true, 1, '2027-01-01T00:00:00+00:00' from municipality where key = 'gavere'",
    )
    .await;
    // The step of lead times says that Gavere's failed; everything else is done.
    world.instance.drain().await.ok();
    assert_eq!(world.figure("select count(*) from message").await, 1);
    assert_eq!(world.figure("select count(*) from set_aside").await, 1);
    // An announcement of Gavere that cannot be read goes first in line; Deinze's goes out.
    let (writer, approver) =
        (world.staff("Rik", &["Redactie:0207509031"]).await, world.staff("Bea", &["Goedkeuring:0207509031"]).await);
    let draft = json!({
        "version": 0, "importance": "important", "topic": "works", "decision": "gemeenteraad, punt 12",
        "audience": [[{ "kind": "street", "street": "Kouter", "side": "both" }]],
        "texts": [{ "language": "nl", "title": "Water", "text": "Donderdag." }], "valid_until": "2027-03-20T00:00:00Z",
    });
    let path = "/staff/v1/announcements/01935c3e-0000-7000-8000-00000000a001";
    assert_eq!(world.json("PUT", path, Some(&writer), &draft).await.0, 200);
    for (what, token) in [("submit", &writer), ("approve", &approver)] {
        let query = if what == "submit" { "version=1&everyone=true" } else { "version=1" };
        let (status, answer) = world.raw("POST", &format!("{path}/{what}?{query}"), Some(token), None).await;
        assert_eq!(status, 200, "{answer}");
    }
    run(
        &world,
        "create table copied as select * from announcement;
         update copied set id = x'01935c3e00007000800000000000a002', texts = '{\"x\": 1}', send_at = '2027-01-01T00:00:00+00:00',
            municipality_id = (select id from municipality where key = 'gavere');
         insert into announcement select * from copied; drop table copied",
        "create table copied as select * from announcement;
         update copied set id = '01935c3e-0000-7000-8000-00000000a002', texts = '{\"x\": 1}', send_at = '2027-01-01T00:00:00+00:00',
            municipality_id = (select id from municipality where key = 'gavere');
         insert into announcement select * from copied; drop table copied",
    )
    .await;
    world.instance.drain().await.ok();
    assert_eq!(world.texts("select state from announcement where told > 0").await, ["sent"]);
    assert_eq!(world.figure("select count(*) from set_aside where worker = 'announcements'").await, 1);
}

/// Who opens the screen's stream again and again from one address leaves room for every hall's.
async fn one_address_does_not_take_every_screen(world: World) {
    town_hall(&world, 1).await;
    let path = format!("{}/screen/deinze/{PLACE}/events", world.server);
    let mut open = Vec::new();
    let mut refused = 0;
    for _ in 0..40 {
        let answer = world.http.get(&path).send().await.unwrap();
        if answer.status().as_u16() == 200 { open.push(answer) } else { refused += 1 }
    }
    assert!(open.len() >= 10 && refused > 0, "{} open, {refused} refused", open.len());
    // From another address (a hall's own) there is room.
    let more = "[limits]\ntrusted_proxies = [\"127.0.0.0/8\"]\nrequests_a_minute_by_address = 1000000";
    let behind = World::start_with(Engine::Sqlite, more).await.unwrap();
    town_hall(&behind, 1).await;
    let mut open = Vec::new();
    for n in 0..60 {
        let address = if n < 40 { "203.0.113.9" } else { "198.51.100.7" };
        let request = behind.http.get(format!("{}/screen/deinze/{PLACE}/events", behind.server));
        let answer =
            request.header("x-forwarded-for", "192.0.2.1").header("x-forwarded-for", address).send().await.unwrap();
        open.push((address, answer));
    }
    let served = |address: &str| open.iter().filter(|(a, o)| *a == address && o.status().as_u16() == 200).count();
    assert_eq!((served("203.0.113.9"), served("198.51.100.7")), (20, 20));
    // Each that is served hears what happens.
    let (_, mut last) = open.pop().unwrap();
    let first = tokio::time::timeout(Duration::from_secs(5), last.chunk()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("\"waiting\":0"));
}

/// Bodies that come slowly, from one address, as many as it likes: everybody else is answered.
#[tokio::test]
async fn slow_bodies_of_one_address_hold_up_nobody() {
    let more = "server.max_concurrent_requests = 32\nserver.request_timeout_seconds = 5";
    let world = World::start_with(Engine::Sqlite, more).await.unwrap();
    let server: std::net::SocketAddr = world.server.strip_prefix("http://").unwrap().parse().unwrap();
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(server).await.unwrap();
        let head = "POST /staff/v1/sign-in HTTP/1.1\r\nhost: x\r\nauthorization: Basic eA==\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    for _ in 0..10 {
        let answer = reqwest::get(format!("{}/v1/municipalities", world.server)).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
    }
    let mut text = String::new();
    tokio::time::timeout(Duration::from_secs(15), slow[0].read_to_string(&mut text)).await.unwrap().unwrap();
    assert!(text.contains(" 408 ") && text.contains("connection: close"), "{text}");
}

/// The narrow bound on what takes a secret from anyone holds whatever else the request carries.
#[tokio::test]
async fn no_header_lifts_the_bound_off_sign_ins() {
    let more = "[limits]\nsign_ins_a_minute_by_address = 10\nrequests_a_minute_by_address = 1000000\nrequests_a_minute_by_session = 1000000";
    let world = World::start_with(Engine::Sqlite, more).await.unwrap();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (method, path) in [
        ("GET", "/staff/sign-in?municipality=deinze"),
        ("POST", "/staff/v1/sign-in"),
        ("POST", "/staff/v1/sessions"),
        ("POST", "/v1/sign-in"),
        ("GET", "/sign-in/callback?state=x&code=y"),
        ("GET", "/staff/sign-in/callback?state=x&code=y"),
    ] {
        let mut told = Vec::new();
        for n in 0..14 {
            let request = http.request(method.parse().unwrap(), format!("{}{path}", world.server));
            let request = request.header("authorization", format!("Basic {n}")).header("cookie", format!("x={n}"));
            told.push(request.send().await.unwrap().status().as_u16());
        }
        assert_eq!(told.last(), Some(&429), "{path}: {told:?}");
    }
}

/// Connections of one address beyond its share are closed; another address is let in.
#[tokio::test]
async fn one_address_does_not_take_every_connection() {
    let more = "server.max_connections_by_address = 10";
    let world = World::start_with(Engine::Sqlite, more).await.unwrap();
    let server: std::net::SocketAddr = world.server.strip_prefix("http://").unwrap().parse().unwrap();
    let mut held = Vec::new();
    for _ in 0..30 {
        held.push(TcpStream::connect(server).await.unwrap());
    }
    let mut open = 0;
    for stream in &mut held {
        let mut byte = [0];
        if tokio::time::timeout(Duration::from_millis(100), stream.read(&mut byte)).await.is_err() {
            open += 1;
        }
    }
    assert_eq!(open, 10);
    drop(held);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(ready(&world).await.0, 200);
    let text = reqwest::get(format!("{}/metrics", world.server)).await.unwrap().text().await.unwrap();
    assert!(text.contains("thuisloket_connections_refused_total 20"), "{text}");
}

/// A full disk: what cannot be written now is answered as what passes, and when there is room again everything goes on, without
/// a restart. SQLite ends the transaction by itself then, which its driver does not notice.
#[tokio::test]
async fn a_disk_that_was_full_is_written_to_again() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    town_hall(&world, 2).await;
    let tokens = citizens(&world, 3).await;
    assert_eq!(book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await.0, 200);
    // The database may grow no more: SQLite answers as it does on a full disk, until its connection is another one.
    let db = &world.instance.app.db;
    let mut w = db.write().await.unwrap();
    let pages: i64 =
        thuisloket::with_conn!(w, c => sqlx::query_scalar("pragma page_count").fetch_one(c).await).unwrap();
    let limit = format!("pragma max_page_count = {pages}");
    thuisloket::with_conn!(w, c => sqlx::query(sqlx::AssertSqlSafe(limit)).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    let mut full = 0;
    for n in 0..200 {
        let mut w = db.write().await.expect("a transaction begins");
        let text = "x".repeat(4_000);
        let sql = format!(
            "insert into kept_answer (key_hash, request_hash, answer, kept_at) values ('k{n}', '', '{text}', '2027-01-01T00:00:00+00:00')"
        );
        let written =
            thuisloket::with_conn!(w, c => sqlx::query(sqlx::AssertSqlSafe(sql)).execute(c).await.map(|_| ()));
        let written = match written {
            Ok(()) => w.commit().await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            full += 1;
            assert!(thuisloket::platform::transactions::is_transient(&error), "{error}");
            assert!(error.to_string().contains("full"), "{error}");
            break;
        }
    }
    assert_eq!(full, 1, "the disk was never full");
    // The connection that it broke is no longer used.
    let (status, visit) = book(&world, &tokens[1], "2027-03-03T08:00:00Z", false).await;
    assert_eq!(status, 200, "{visit}");
    world.drain().await;
    assert_eq!(ready(&world).await, (200, "ready".to_owned()));
    assert_eq!(world.figure("select count(*) from appointment where state = 'booked'").await, 2);
}

/// A lock that nobody will give back (a host that lost its power in a transaction): whoever needs that row is told so within
/// seconds, and everybody else goes on.
#[tokio::test]
async fn a_lock_that_is_stuck_stops_nobody_else() {
    use sqlx::{Connection as _, Executor as _};
    let Some(world) = World::start(Engine::Postgres).await else { return };
    town_hall(&world, 10).await;
    let tokens = citizens(&world, 12).await;
    let mut visits = Vec::new();
    for token in &tokens[..10] {
        let (status, visit) = book(&world, token, "2027-03-03T08:00:00Z", false).await;
        assert_eq!(status, 200, "{visit}");
        visits.push(visit["id"].as_str().unwrap().to_owned());
    }
    let mut gone = sqlx::PgConnection::connect(&world.database).await.unwrap();
    gone.execute(sqlx::raw_sql("begin; update desk_tick set tick = tick")).await.unwrap();
    let began = Instant::now();
    let cancels = visits.iter().zip(&tokens).map(|(id, token)| {
        let (world, path) = (&world, format!("/v1/appointments/{id}"));
        async move { world.raw("DELETE", &path, Some(token), None).await }
    });
    let others = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let device = json!({ "platform": "ios", "target_kind": "apns_token", "target": "ab12ab12", "locale": "nl", "app_version": "1", "preview": "neutral" });
        let path = "/v1/devices/00000000-0000-7000-8000-0000000000f1";
        world.json("PUT", path, Some(&tokens[11]), &device).await
    };
    let (cancelled, (status, device)) = tokio::join!(futures_util::future::join_all(cancels), others);
    assert_eq!(status, 200, "{device}");
    for (status, problem) in cancelled {
        assert_eq!((status, problem["code"].as_str()), (503, Some("overloaded")), "{problem}");
    }
    // Three seconds a lock, and each of the eight connections is soon another's: far below the 30 of before.
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
    gone.execute("rollback").await.unwrap();
    let (status, answer) =
        world.raw("DELETE", &format!("/v1/appointments/{}", visits[0]), Some(&tokens[0]), None).await;
    assert_eq!(status, 200, "{answer}");
}

/// The server behind the database's name was a primary and is none any more: it is told, and left when another is there.
#[tokio::test]
async fn a_database_that_takes_no_writes_is_noticed_and_left() {
    use sqlx::{Connection as _, Executor as _};
    let Some(world) = World::start(Engine::Postgres).await else { return };
    town_hall(&world, 2).await;
    let tokens = citizens(&world, 2).await;
    assert_eq!(ready(&world).await.0, 200);
    let name = world.database.rsplit('/').next().unwrap().to_owned();
    let mut c = sqlx::PgConnection::connect(&world.database).await.unwrap();
    let read_only = format!("alter database {name} set default_transaction_read_only = on");
    c.execute(sqlx::AssertSqlSafe(read_only)).await.unwrap();
    c.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()").await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    // The first may find its connection cut; none is told that it is our fault.
    for _ in 0..3 {
        let (status, problem) = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await;
        assert_eq!((status, problem["code"].as_str()), (503, Some("overloaded")), "{problem}");
    }
    let (status, why) = ready(&world).await;
    assert_eq!(status, 503, "{why}");
    c.execute("set default_transaction_read_only = off").await.unwrap();
    c.execute(sqlx::AssertSqlSafe(format!("alter database {name} reset default_transaction_read_only"))).await.unwrap();
    // The connections still lead to sessions that only read. Once that is known, they are left for new ones.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut last = (0, Value::Null);
    for _ in 0..20 {
        last = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await;
        if last.0 == 200 {
            break;
        }
        ready(&world).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert_eq!(last.0, 200, "{}", last.1);
}

mod doubt {
    use super::*;

    journeys! {
        with "workers.clock_jump_days = 4";
        a_clock_that_is_a_year_ahead_for_a_while_takes_nothing_from_anybody,
    }

    /// A machine that was restored with a wrong clock: nobody is signed out for good, told a year early or forgotten.
    async fn a_clock_that_is_a_year_ahead_for_a_while_takes_nothing_from_anybody(world: World) {
        let anna = somebody("Anna", "1985-05-05");
        world.people(&[&anna]).await;
        let phone = world.phone(&anna, true).await;
        let tokens = phone.tokens.clone().unwrap();
        world.papers(&[paper(&anna, "eid", "2018-01-31", "2028-01-31")]).await;
        let work = async || {
            world.drain().await;
            world.instance.housekeeping().await.unwrap();
        };
        work().await;
        let sessions = "select count(*) from session where ended_at is null";
        assert_eq!(world.figure("select count(*) from message").await, 0);

        let right = world.now();
        let year = chrono::Duration::days(365);
        world.clock.advance(year);
        for _ in 0..50 {
            work().await;
            world.clock.advance(chrono::Duration::seconds(70));
        }
        // The app asks for new tokens, and is told to wait: a refusal would make it forget its session.
        let refresh = json!({ "refresh_token": tokens.refresh });
        let (status, problem) = world.json("POST", "/v1/sessions/refresh", None, &refresh).await;
        assert_eq!((status, problem["code"].as_str()), (503, Some("overloaded")));
        assert!(problem["retry_after_seconds"].as_u64() > Some(0), "{problem}");
        let text = reqwest::get(format!("{}/metrics", world.server)).await.unwrap().text().await.unwrap();
        assert!(text.contains("thuisloket_clock_in_doubt 1"), "{text}");
        assert_eq!(world.figure("select count(*) from message").await, 0);
        assert_eq!(world.figure("select count(*) from device").await, 1);

        world.clock.set(right + chrono::Duration::hours(1));
        work().await;
        assert_eq!(world.figure(sessions).await, 1);
        assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &refresh).await.0, 200);
        let text = reqwest::get(format!("{}/metrics", world.server)).await.unwrap().text().await.unwrap();
        assert!(text.contains("thuisloket_clock_in_doubt 0"), "{text}");

        // Another host's clock is right: what one says that is wrong counts for nothing, however long it stands.
        let other = world.another_process().await;
        for _ in 0..70 {
            world.clock.advance(year);
            work().await;
            world.clock.advance(-year + chrono::Duration::seconds(61));
            other.drain().await.unwrap();
        }
        assert_eq!(world.figure("select count(*) from message").await, 0);
        assert_eq!(world.figure(sessions).await, 1);

        // A server that was off for a month goes on by itself, an hour later.
        world.clock.advance(chrono::Duration::days(330));
        work().await;
        assert_eq!(world.figure("select count(*) from message").await, 0);
        for _ in 0..62 {
            world.clock.advance(chrono::Duration::seconds(61));
            work().await;
        }
        assert_eq!(world.figure("select count(*) from message").await, 1);
    }
}

/// A step that fails is not the end of its worker, nor of another's; and it is counted.
#[tokio::test]
async fn a_worker_that_fails_is_tried_again_and_counted() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    run(&world, "alter table upload rename to hidden", "select 1").await;
    let stop = tokio_util::sync::CancellationToken::new();
    let (instance, stopped) = (world.instance.clone(), stop.clone());
    let working = tokio::spawn(async move { instance.work(stopped).await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let text = reqwest::get(format!("{}/metrics", world.server)).await.unwrap().text().await.unwrap();
    assert!(text.contains("thuisloket_worker_failures_total{worker=\"uploads\"} 1"), "{text}");
    assert!(text.contains("thuisloket_worker_last_success_seconds{worker=\"reminders\"}"), "{text}");
    stop.cancel();
    working.await.unwrap();
}
