//! What whoever runs the server is told, and what is kept for them: keys that do not fit, a port that is taken, backups, a
//! newer database, files that others could read.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use crate::{
    appointments::{book, citizens, town_hall},
    world::{Engine, World, configuration_text, fresh_postgres, many, people_csv},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_thuisloket");

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn run(config: &Path, args: &[&str]) -> Output {
    Command::new(PROGRAM).arg("--config").arg(config).args(args).output().unwrap()
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A configuration whose keys are files in the data folder, as a town has them by default.
fn config(world: &World, name: &str, database: &str, data: &str) -> (PathBuf, u16) {
    let port = free_port();
    let server = format!("http://127.0.0.1:{port}");
    let folder = world.folder.path();
    let text =
        configuration_text(database, Path::new(data), &server, &world.stubs, folder, "server.max_connections = 500");
    let text = text.lines().filter(|l| !l.starts_with("number_keys")).collect::<Vec<_>>().join("\n");
    let text = text
        .replace("[server]\n", &format!("[server]\nlisten = \"127.0.0.1:{port}\"\nmonitor_listen = \"127.0.0.1:0\"\n"));
    (world.file(name, text), port)
}

async fn served<T>(config: &Path, port: u16, meanwhile: impl AsyncFnOnce() -> T) -> T {
    let mut child =
        Command::new(PROGRAM).arg("--config").arg(config).arg("serve").stderr(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while reqwest::get(format!("http://127.0.0.1:{port}/readyz")).await.map(|a| a.status().as_u16()).unwrap_or(0) != 200
    {
        assert!(Instant::now() < until && child.try_wait().unwrap().is_none(), "the server did not become ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let done = meanwhile().await;
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    child.wait().unwrap();
    done
}

/// Keys that are lost, or another host's: nobody is found in the register any more, so nothing begins.
#[tokio::test(flavor = "multi_thread")]
async fn keys_that_do_not_fit_the_database_are_noticed_before_the_town_is_doubled() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let folder = world.folder.path().to_owned();
    let mut databases = vec![format!("sqlite:{}", folder.join("run.db").display())];
    databases.extend(fresh_postgres().await);
    for (n, database) in databases.iter().enumerate() {
        let data = folder.join(format!("first{n}"));
        let (first, port) = config(&world, "first.toml", database, data.to_str().unwrap());
        let people = many(5);
        let file = world.file("people.csv", people_csv(&people.iter().collect::<Vec<_>>()));
        let import = |config: &Path| run(config, &["import", "residents", file.to_str().unwrap(), "-m", "deinze"]);
        // Before anything was served there is nothing to import into.
        if database.starts_with("sqlite") {
            let early = import(&first);
            assert!(!early.status.success() && said(&early).contains("there is no database at"), "{}", said(&early));
        }
        served(&first, port, async || ()).await;
        assert!(said(&import(&first)).contains("5 new"));
        let checked = said(&run(&first, &["serve", "--check"]));
        assert!(
            checked.contains("right  signing keys") && checked.contains("right  number key of deinze"),
            "{checked}"
        );
        // A second host, or a restore, without the folder `keys`.
        let other = folder.join(format!("second{n}"));
        let (second, _) = config(&world, "second.toml", database, other.to_str().unwrap());
        for args in [&["serve"][..], &["import", "residents", file.to_str().unwrap(), "-m", "deinze"]] {
            let done = run(&second, args);
            assert!(!done.status.success() && said(&done).contains("keys"), "{args:?}: {}", said(&done));
        }
        let checked = run(&second, &["serve", "--check"]);
        let text = said(&checked);
        assert!(text.contains("WRONG  signing keys") && text.contains("WRONG  number key of deinze"), "{text}");
        assert!(!other.exists(), "a check makes nothing, and what does not fit makes no keys");
        // Another key under the same name.
        std::fs::create_dir_all(other.join("keys")).unwrap();
        let copied = Command::new("cp")
            .arg("-r")
            .arg(data.join("keys/signing"))
            .arg(other.join("keys/signing"))
            .status()
            .unwrap();
        assert!(copied.success());
        std::fs::write(other.join("keys/deinze.national-number.key"), "0".repeat(64)).unwrap();
        let done = import(&second);
        assert!(
            !done.status.success() && said(&done).contains("is not the one that this database was filled with"),
            "{}",
            said(&done)
        );
        // Lost signing keys can be replaced, if one says so; the town's numbers can not.
        std::fs::remove_dir_all(data.join("keys/signing")).unwrap();
        assert!(said(&run(&first, &["serve"])).contains("keys rotate --lost"));
        assert!(said(&run(&first, &["keys", "rotate", "--lost"])).contains("made a key in place of those"));
        served(&first, port, async || ()).await;
    }
}

/// Two hosts that begin at the same moment on one new database, each with a folder of its own: one goes on, the other is told,
/// and is told again when it is started again.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_hosts_that_begin_at_once_with_keys_of_their_own_one_goes_on() {
    use thuisloket::{app::Server, config::Config, platform::ids::Ids};
    let world = World::start(Engine::Sqlite).await.unwrap();
    let folder = world.folder.path();
    let mut databases = vec![format!("sqlite:{}", folder.join("begin.db").display())];
    databases.extend(fresh_postgres().await);
    for (n, database) in databases.iter().enumerate() {
        let (first, _) = config(&world, "first.toml", database, folder.join(format!("one{n}")).to_str().unwrap());
        let (second, _) = config(&world, "second.toml", database, folder.join(format!("two{n}")).to_str().unwrap());
        assert!(run(&first, &["migrate"]).status.success());
        let begin = |file: &Path, seed| {
            let config = Config::read(Some(file)).unwrap();
            Server::open(config, world.clock.clone(), Ids::seeded(seed))
        };
        let (a, b) = tokio::join!(tokio::spawn(begin(&first, 11)), tokio::spawn(begin(&second, 12)));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{database}");
        let loser = if a.is_ok() { &second } else { &first };
        assert!(begin(loser, 13).await.is_err(), "{database}: it is let in at the second start");
    }
}

/// A new key for national numbers: the register is hashed anew as it is imported, and one sees when the old key may go.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_key_is_rotated_and_one_sees_when_the_old_one_may_go() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let mut databases = vec![format!("sqlite:{}", world.folder.path().join("run.db").display())];
    databases.extend(fresh_postgres().await);
    for (n, database) in databases.iter().enumerate() {
        let data = world.folder.path().join(format!("d{n}"));
        let people = many(5);
        let all = world.file("all.csv", people_csv(&people.iter().collect::<Vec<_>>()));
        let some = world.file("some.csv", people_csv(&people[..3].iter().collect::<Vec<_>>()));
        let with = |name: &str, keys: &str| {
            let (path, _) = config(&world, name, database, data.to_str().unwrap());
            let text = std::fs::read_to_string(&path).unwrap();
            let town = "[municipalities.deinze]\n";
            assert!(text.contains(town));
            std::fs::write(&path, text.replace(town, &format!("{town}number_keys = [{keys}]\n"))).unwrap();
            path
        };
        let (one, two) = (
            format!("{{ version = 1, key = \"{}\" }}", "1".repeat(40)),
            format!("{{ version = 2, key = \"{}\" }}", "2".repeat(40)),
        );
        let (old, both, new) =
            (with("old.toml", &one), with("both.toml", &format!("{one}, {two}")), with("new.toml", &two));
        let import = |config: &Path, file: &Path| {
            said(&run(config, &["import", "residents", file.to_str().unwrap(), "-m", "deinze"]))
        };
        assert!(run(&old, &["migrate"]).status.success());
        assert!(
            run(&old, &["keys", "list"]).status.success() || run(&old, &["keys", "rotate", "--lost"]).status.success()
        );
        assert!(import(&old, &all).contains("5 new"));
        let listed = said(&run(&old, &["keys", "list"]));
        assert!(listed.contains("deinze: number key 1 hashes 5 residents, 5 of them active"), "{listed}");
        assert!(import(&both, &some).contains("3 as known"));
        let listed = said(&run(&both, &["keys", "list"]));
        assert!(
            listed.contains("number key 1 hashes 2 residents") && listed.contains("number key 2 hashes 3 residents"),
            "{listed}"
        );
        // A night too early: nobody would be found again, and everybody would be in the town twice.
        for command in [
            ["serve"].as_slice(),
            &["serve", "--check"],
            &["import", "residents", some.to_str().unwrap(), "-m", "deinze"],
        ] {
            let refused = run(&new, command);
            assert!(!refused.status.success(), "{}", said(&refused));
            assert!(said(&refused).contains("version 1 is not in number_keys"), "{}", said(&refused));
        }
        assert!(import(&both, &all).contains("5 as known"));
        let listed = said(&run(&both, &["keys", "list"]));
        assert!(!listed.contains("number key 1 ") && listed.contains("number key 2 hashes 5 residents"), "{listed}");
        assert!(import(&new, &all).contains("5 as known"));
        assert!(import(&old, &all).contains("version 2 is not in number_keys"));
        assert!(import(&new, &all).contains("5 as known"));
    }
}

/// The nightly import runs from a timer, in another folder than the server.
#[tokio::test(flavor = "multi_thread")]
async fn the_data_folder_is_the_configurations_and_not_where_one_stands() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let (config, port) = config(&world, "town.toml", "", "town-data");
    served(&config, port, async || ()).await;
    let file = world.file("people.csv", people_csv(&many(3).iter().collect::<Vec<_>>()));
    let elsewhere = tempfile::tempdir().unwrap();
    for expected in ["3 new", "3 as known"] {
        let done = Command::new(PROGRAM)
            .current_dir(elsewhere.path())
            .arg("--config")
            .arg(&config)
            .args(["import", "residents", file.to_str().unwrap(), "-m", "deinze"])
            .output()
            .unwrap();
        assert!(said(&done).contains(expected), "{}", said(&done));
        assert!(said(&done).contains(&world.folder.path().join("town-data/thuisloket.db").display().to_string()));
    }
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    // Names and birth dates are for the server only.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let data = world.folder.path().join("town-data");
        assert_eq!((mode(&data), mode(&data.join("keys"))), (0o700, 0o700));
        assert_eq!(mode(&data.join("thuisloket.db")), 0o600);
        std::fs::set_permissions(data.join("thuisloket.db"), std::fs::Permissions::from_mode(0o644)).unwrap();
        let checked = said(&run(&config, &["serve", "--check"]));
        assert!(checked.contains("WRONG  files") && checked.contains("chmod go-rwx"), "{checked}");
    }
}

/// A port that is taken ends the program at once, with a word; it does not go on deaf.
#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_ends_the_program_at_once() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let database = format!("sqlite:{}", world.folder.path().join("run.db").display());
    let (config, port) = config(&world, "town.toml", &database, "d");
    let _taken = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    let began = Instant::now();
    let done = run(&config, &["serve"]);
    assert!(!done.status.success() && said(&done).contains("cannot listen on"), "{}", said(&done));
    assert!(began.elapsed() < Duration::from_secs(10));
    let text = std::fs::read_to_string(&config).unwrap();
    let busy = world.file(
        "busy.toml",
        text.replace("monitor_listen = \"127.0.0.1:0\"", &format!("monitor_listen = \"127.0.0.1:{port}\"")),
    );
    let done = run(&busy, &["serve", "--only", "workers"]);
    assert!(!done.status.success() && said(&done).contains("cannot listen on"), "{}", said(&done));
}

/// Workers that run by themselves can be seen: whether they are well, what waits, what fails.
#[tokio::test(flavor = "multi_thread")]
async fn workers_by_themselves_tell_how_they_are() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let monitor = format!("http://{}", listener.local_addr().unwrap());
    let stop = tokio_util::sync::CancellationToken::new();
    let (instance, stopped) = (world.instance.clone(), stop.clone());
    let serving = tokio::spawn(async move { instance.serve_monitor(listener, stopped).await });
    for (path, word) in [("healthz", "ok"), ("readyz", "ready")] {
        assert_eq!(reqwest::get(format!("{monitor}/{path}")).await.unwrap().text().await.unwrap(), word);
    }
    let text = reqwest::get(format!("{monitor}/metrics")).await.unwrap().text().await.unwrap();
    for line in [
        "thuisloket_queue_depth{queue=\"reminders\"} 0",
        "thuisloket_queue_depth{queue=\"urgent pushes\"} 0",
        "thuisloket_queue_oldest_seconds{queue=\"uploads\"} 0",
        "thuisloket_database_writable 1",
        "thuisloket_build_info{version=",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(reqwest::get(format!("{monitor}/v1/municipalities")).await.unwrap().status().as_u16(), 404);
    // Of processes that are gone nothing is kept for long.
    assert_eq!(world.figure("select count(*) from process").await, 1);
    world.clock.advance(chrono::Duration::days(8));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from process").await, 0);
    // Told to stop, it says so before it takes no more connections.
    world.instance.app.health.stop();
    let answer = reqwest::get(format!("{monitor}/readyz")).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().as_str()), (503, "stopping"));
    stop.cancel();
    serving.await.unwrap();
}

/// A backup that is taken while forty citizens book is whole: what was told as booked before it began is in it, with the keys.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_whole_and_can_be_put_back() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    town_hall(&world, 4).await;
    let tokens = citizens(&world, 30).await;
    let day = |n: usize| format!("2027-03-{:02}T08:{}0:00Z", 3 + n / 12, ["0", "2", "4"][n % 3]);
    for (n, token) in tokens.iter().take(10).enumerate() {
        book(&world, token, &day(n), false).await;
    }
    let before = world.figure("select count(*) from appointment where state = 'booked'").await;
    assert!(before > 3, "{before}");
    let file = world.folder.path().join("town.backup");
    let load = async {
        for (n, token) in tokens.iter().skip(10).enumerate() {
            book(&world, token, &day(n + 10), false).await;
        }
    };
    let backing = thuisloket::backup::make(&world.instance.app, &file);
    let ((), bytes) = tokio::join!(load, backing);
    assert!(bytes.unwrap() > 10_000);
    assert!(thuisloket::backup::make(&world.instance.app, &file).await.is_err(), "an older backup is not overwritten");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // Not where something is.
    let config = (*world.instance.app.config).clone();
    assert!(thuisloket::backup::restore(&config, &file).await.is_err());
    let elsewhere = tempfile::tempdir().unwrap();
    let mut new = config.clone();
    new.data_folder = elsewhere.path().join("data");
    new.database.url = String::new().into();
    let told = thuisloket::backup::restore(&new, &file).await.unwrap();
    assert!(told.iter().any(|l| l.contains("thuisloket.db")) && told.iter().any(|l| l.contains("keys")), "{told:?}");
    let instance =
        thuisloket::app::Server::open(new.clone(), world.clock.clone(), thuisloket::platform::ids::Ids::seeded(9))
            .await
            .unwrap();
    let mut r = instance.app.db.read().await.unwrap();
    let kept: i64 = thuisloket::with_conn!(r, c => sqlx::query_scalar("select count(*) from appointment where state = 'booked'").fetch_one(c).await).unwrap();
    assert!(kept >= before, "{kept} of {before}");
    let sound: String =
        thuisloket::with_conn!(r, c => sqlx::query_scalar("pragma integrity_check").fetch_one(c).await).unwrap();
    assert_eq!(sound, "ok");
    // Its keys are those of before: tokens that are out are good there.
    assert!(instance.part::<thuisloket::identity::Identity>().keys.verify(&tokens[0], world.now()).is_ok());
    // Half a file, and one that is none, are said to be so; nothing is left behind.
    let bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(16).position(|w| w == b"SQLite format 3\0").unwrap();
    let mut rotten = bytes.clone();
    rotten[at + 20_000] ^= 1;
    for (name, content) in
        [("half", &bytes[..bytes.len() / 2]), ("none", b"hello".as_slice()), ("rotten", rotten.as_slice())]
    {
        let broken = world.file(name, content);
        let empty = tempfile::tempdir().unwrap();
        let mut target = config.clone();
        target.data_folder = empty.path().join("data");
        target.database.url = String::new().into();
        assert!(thuisloket::backup::restore(&target, &broken).await.is_err(), "{name}");
        assert_eq!(std::fs::read_dir(empty.path().join("data")).unwrap().count(), 0);
    }
}

/// The same of PostgreSQL, with its own tools; the password goes by no list of processes.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_is_put_back_into_an_empty_database() {
    let Some(world) = World::start(Engine::Postgres).await else { return };
    town_hall(&world, 4).await;
    let tokens = citizens(&world, 5).await;
    for (n, token) in tokens.iter().enumerate() {
        book(&world, token, &format!("2027-03-{:02}T08:00:00Z", 3 + n % 3), false).await;
    }
    let before = world.figure("select count(*) from appointment where state = 'booked'").await;
    let file = world.folder.path().join("town.backup");
    thuisloket::backup::make(&world.instance.app, &file).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut new = (*world.instance.app.config).clone();
    new.data_folder = elsewhere.path().join("data");
    let empty = fresh_postgres().await.unwrap();
    new.database.url = empty.clone().into();
    let told = thuisloket::backup::restore(&new, &file).await.unwrap();
    assert!(told.iter().any(|l| l.contains("pg_restore --no-owner --dbname")), "{told:?}");
    // As it is told.
    let dump = new.data_folder.join("thuisloket.pgdump");
    let restored = Command::new("pg_restore").args(["--no-owner", "--dbname", &empty]).arg(&dump).output().unwrap();
    assert!(restored.status.success(), "{}", said(&restored));
    std::fs::remove_file(&dump).unwrap();
    let instance = thuisloket::app::Server::open(new, world.clock.clone(), thuisloket::platform::ids::Ids::seeded(9))
        .await
        .unwrap();
    let mut r = instance.app.db.read().await.unwrap();
    let kept: i64 = thuisloket::with_conn!(r, c => sqlx::query_scalar("select count(*) from appointment where state = 'booked'").fetch_one(c).await).unwrap();
    assert_eq!(kept, before);
    assert!(instance.part::<thuisloket::identity::Identity>().keys.verify(&tokens[0], world.now()).is_ok());
}

/// Back by one version: a database that a newer server has added to is served by this one.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_server_is_served_and_one_that_was_tampered_with_is_not() {
    use sqlx::{Connection as _, Executor as _};
    let world = World::start(Engine::Sqlite).await.unwrap();
    let mut databases = vec![format!("sqlite:{}", world.folder.path().join("run.db").display())];
    databases.extend(fresh_postgres().await);
    for database in databases {
        let (config, port) = config(&world, "town.toml", &database, "d");
        assert!(run(&config, &["migrate"]).status.success());
        let write = async |sql: &'static str| {
            if database.starts_with("sqlite") {
                sqlx::SqliteConnection::connect(&database).await.unwrap().execute(sql).await.unwrap();
            } else {
                sqlx::PgConnection::connect(&database).await.unwrap().execute(sql).await.unwrap();
            }
        };
        write(
            "insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
               select 9999, 'newer', installed_on, success, checksum, 0 from _sqlx_migrations where version = 1",
        )
        .await;
        assert!(said(&run(&config, &["migrate", "--check"])).contains("1 are of a newer server"));
        served(&config, port, async || ()).await;
        let checked = said(&run(&config, &["serve", "--check"]));
        assert!(checked.contains("right  schema") && checked.contains("newer than this server"), "{checked}");
        write("update _sqlx_migrations set checksum = (select checksum from _sqlx_migrations where version = 2) where version = 1").await;
        let checked = run(&config, &["serve", "--check"]);
        assert!(said(&checked).contains("WRONG  schema") && !checked.status.success(), "{}", said(&checked));
        assert!(!run(&config, &["serve"]).status.success());
        std::fs::remove_dir_all(world.folder.path().join("d")).ok();
    }
}

/// Several servers that start at once on a new database: each comes up, and the schema is made once.
#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_make_one_schema() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let mut databases = vec![format!("sqlite:{}", world.folder.path().join("run.db").display())];
    databases.extend(fresh_postgres().await);
    for database in databases {
        let (config, _) = config(&world, "town.toml", &database, "d");
        let all: Vec<_> = (0..4)
            .map(|_| {
                Command::new(PROGRAM)
                    .arg("--config")
                    .arg(&config)
                    .arg("migrate")
                    .stderr(Stdio::piped())
                    .stdout(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for child in all {
            let done = child.wait_with_output().unwrap();
            assert!(done.status.success(), "{}", said(&done));
        }
    }
}

/// Settings that cannot be meant are refused, with their name.
#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_cannot_be_read_is_not_passed_over() {
    for (setting, value) in
        [("THUISLOKET_LOG__FILTER", "info,=,=debug"), ("THUISLOKET_SERVER__PUBLIC_URL", "https://x.example/app")]
    {
        let done = Command::new(PROGRAM).arg("migrate").env(setting, value).output().unwrap();
        let name = setting.trim_start_matches("THUISLOKET_").replace("__", ".").to_lowercase();
        assert!(!done.status.success() && said(&done).contains(&name), "{}", said(&done));
    }
}
