//! What a configuration must keep to beyond its types: bounds, and names that lead somewhere.

use super::{
    apps::{Android, LeastVersion},
    mail::Mail,
    providers::ClientAuth,
    root::Config,
    secret::Secret,
    sections::{Appointments, Maintenance, Passkeys, Retention, Workers},
    towns::{Letters, ReachPlan},
};
use crate::platform::access::Level;

/// The largest `push.batch`: a batch is settled in one transaction.
pub const MAX_PUSH_BATCH: u32 = 5_000;

/// The least `retention.left_days`: a register that comes once a month puts a slip right before anything is erased for it.
pub const LEAST_LEFT_DAYS: i64 = 30;
/// The most days that anything is kept: ten years, so that a figure with a nought too many is noticed.
pub const MOST_DAYS: i64 = 3_650;

/// The most days after which a plan takes a step: what was said a year ago is said anew.
pub const MOST_PLAN_DAYS: i64 = 365;

/// The most passkeys of a citizen: all of them are listed and named to the phone at once.
pub const MOST_PASSKEYS: i64 = 20;

/// The least time in which somebody can read what is offered, and answer.
pub const LEAST_OFFER_MINUTES: i64 = 10;

/// The configuration, if it is one to work with.
///
/// # Errors
/// A setting that is out of bounds, or names what there is not; the message names it.
pub fn checked(config: Config) -> anyhow::Result<Config> {
    in_range("", &serde_json::to_value(&config)?)?;
    numbers(&config)?;
    appointments(&config.appointments)?;
    retention(&config.retention)?;
    workers(&config.workers)?;
    mail(&config.mail)?;
    reach(&config)?;
    passkeys(&config.passkeys, &config.sessions.app_link)?;
    texts(&config)?;
    providers(&config)?;
    for (name, app) in &config.apps {
        anyhow::ensure!(
            app.android.as_ref().is_none_or(Android::is_known),
            "apps.{name}.android must have the package's name, and fingerprints of 32 pairs of hexadecimal digits with colons between"
        );
        for (platform, least) in [("ios", &app.least_ios), ("android", &app.least_android)] {
            anyhow::ensure!(
                least.as_ref().is_none_or(LeastVersion::is_known),
                "apps.{name}.least_{platform} must have a version such as \"2.1.0\", and a store that begins with https://"
            );
        }
    }
    municipalities(&config)?;
    Ok(config)
}

fn numbers(config: &Config) -> anyhow::Result<()> {
    for (name, share) in [
        ("snapshot_retires_at_most", config.import.snapshot_retires_at_most),
        ("strangers_at_most", config.import.strangers_at_most),
        ("wrong_rows_at_most", config.import.wrong_rows_at_most),
    ] {
        anyhow::ensure!((0.0..=1.0).contains(&share), "import.{name} must lie between 0 and 1");
    }
    anyhow::ensure!((1..=5_000).contains(&config.import.batch), "import.batch must lie between 1 and 5000");
    anyhow::ensure!(
        (1..=MAX_PUSH_BATCH).contains(&config.push.batch),
        "push.batch must lie between 1 and {MAX_PUSH_BATCH}"
    );
    anyhow::ensure!((1..=5_000).contains(&config.push.in_flight), "push.in_flight must lie between 1 and 5000");
    Ok(())
}

fn appointments(a: &Appointments) -> anyhow::Result<()> {
    for (name, value, least, most) in [
        // As long as somebody decides, or fetches a card: a start that is held is nobody else's.
        ("hold_minutes", a.hold_minutes, 1, 24 * 60),
        // Less is too short to be read and answered: nothing would ever be offered.
        ("offer_minutes", a.offer_minutes, LEAST_OFFER_MINUTES, 7 * 24 * 60),
        ("check_in_minutes", a.check_in_minutes, 1, 24 * 60),
        ("walk_in_minutes", a.walk_in_minutes, 0, 24 * 60),
        ("late_minutes", a.late_minutes, 0, 24 * 60),
    ] {
        let range = least..=most;
        anyhow::ensure!(
            range.contains(&value),
            "appointments.{name} must lie between {least} and {most}, and is {value}"
        );
    }
    anyhow::ensure!(
        (0.0..=100_000.0).contains(&a.check_in_meters),
        "appointments.check_in_meters must lie between 0 and 100000, and is {}",
        a.check_in_meters
    );
    Ok(())
}

fn retention(keep: &Retention) -> anyhow::Result<()> {
    for (name, days, least) in [
        ("deliveries_days", keep.deliveries_days, 1),
        ("sessions_days", keep.sessions_days, 1),
        ("messages_days", keep.messages_days, 1),
        ("audit_days", keep.audit_days, 1),
        ("uploads_days", keep.uploads_days, 1),
        ("visits_days", keep.visits_days, 1),
        ("left_days", keep.left_days, LEAST_LEFT_DAYS),
    ] {
        anyhow::ensure!(
            (least..=MOST_DAYS).contains(&days),
            "retention.{name} must lie between {least} and {MOST_DAYS} days"
        );
    }
    Ok(())
}

fn passkeys(passkeys: &Passkeys, app_link: &url::Url) -> anyhow::Result<()> {
    for (name, value, most) in [
        // The most that a session that nobody uses may live.
        ("provider_days", passkeys.provider_days, MOST_DAYS),
        // Less than a day: what was proved yesterday is not fresh.
        ("fresh_minutes", passkeys.fresh_minutes, 24 * 60 - 1),
        // The longest that WebAuthn Level 2 recommends (15.1).
        ("challenge_seconds", passkeys.challenge_seconds, 600),
        ("passkeys_per_citizen", passkeys.passkeys_per_citizen, MOST_PASSKEYS),
    ] {
        anyhow::ensure!((1..=most).contains(&value), "passkeys.{name} must lie between 1 and {most}, and is {value}");
    }
    anyhow::ensure!(
        !passkeys.enabled || (app_link.scheme() == "https" && app_link.domain().is_some()),
        "passkeys.enabled asks for a sessions.app_link that begins with https:// and a domain: phones keep passkeys for that"
    );
    Ok(())
}

fn mail(mail: &Mail) -> anyhow::Result<()> {
    let relay = mail.relay()?;
    anyhow::ensure!((1..=1_000).contains(&mail.batch), "mail.batch must lie between 1 and 1000");
    anyhow::ensure!((1..=300).contains(&mail.timeout_seconds), "mail.timeout_seconds must lie between 1 and 300");
    // An e-mail that did not come back counts as delivered after three days: by then it must be known whether it left.
    anyhow::ensure!((1..=71).contains(&mail.tries_hours), "mail.tries_hours must lie between 1 and 71");
    if relay.is_none() {
        return Ok(());
    }
    anyhow::ensure!(Mail::parts(&mail.from).is_some(), "mail.from must be an e-mail address");
    anyhow::ensure!(
        mail.bounces.is_empty() || Mail::parts(&mail.bounces).is_some_and(|(name, _)| !name.contains('+')),
        "mail.bounces must be an e-mail address without a +, which the server adds itself"
    );
    anyhow::ensure!(
        mail.user.is_empty() || !matches!(mail.password, Secret::Absent),
        "mail.password is missing, for mail.user"
    );
    Ok(())
}

/// The plans by which a message goes on, by their names in the configuration.
pub const PLANS: [&str; 9] = [
    "reminder",
    "reminder_late",
    "reminder_expired",
    "visit_changed",
    "closing",
    "mandate",
    "for_other",
    "announcement_mail",
    "announcement_paper",
];

fn reach(config: &Config) -> anyhow::Result<()> {
    let asks = |day: Option<i64>| day.is_some_and(|n| n >= 0);
    let known = |at: &str, (name, plan): (&String, &ReachPlan)| {
        anyhow::ensure!(PLANS.contains(&name.as_str()), "{at}.{name} is no plan; there are {}", PLANS.join(", "));
        // What goes to many is read out to nobody, and paper is what its author asks for: a setting that does nothing is a mistake.
        let is_announced = name.starts_with("announcement_");
        anyhow::ensure!(
            !is_announced || !asks(plan.call),
            "{at}.{name}.call cannot be: nobody is called for an announcement"
        );
        let no_letter = name != "announcement_mail" || !asks(plan.letter);
        anyhow::ensure!(
            no_letter,
            "{at}.{name}.letter cannot be: its author asked for no paper; see announcement_paper"
        );
        Ok(())
    };
    config.reach.iter().try_for_each(|plan| known("reach", plan))?;
    for (key, town) in &config.municipalities {
        town.reach.iter().try_for_each(|plan| known(&format!("municipalities.{key}.reach"), plan))?;
    }
    Ok(())
}

fn workers(workers: &Workers) -> anyhow::Result<()> {
    anyhow::ensure!(
        workers.clock_jump_days == 0 || workers.clock_wait_minutes < workers.clock_jump_days * 24 * 60,
        "workers.clock_wait_minutes must be shorter than workers.clock_jump_days: such a clock would never be believed again"
    );
    anyhow::ensure!(
        workers.clock_wait_minutes == 0 || workers.clock_wait_minutes >= LEAST_CLOCK_WAIT,
        "workers.clock_wait_minutes must be {LEAST_CLOCK_WAIT} or more, or 0: another process that says otherwise looks once a \
         minute, and may be restarting"
    );
    Ok(())
}

fn texts(config: &Config) -> anyhow::Result<()> {
    anyhow::ensure!(
        tracing_subscriber::EnvFilter::try_new(&config.log.filter).is_ok(),
        "log.filter {:?} cannot be read: it is as \"info\", or \"info,sqlx=warn\"",
        config.log.filter
    );
    for (name, listen) in [("listen", &config.server.listen), ("monitor_listen", &config.server.monitor_listen)] {
        let is_address =
            listen.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
        anyhow::ensure!(
            is_address || (listen.is_empty() && name == "monitor_listen"),
            "server.{name} must be an address with a port, such as \"127.0.0.1:8080\", and is {listen:?}"
        );
    }
    let tiles = &config.map.tiles_url;
    anyhow::ensure!(
        tiles.is_empty() || tiles.starts_with("https://") || tiles.starts_with("http://"),
        "map.tiles_url must begin with https:// or http://, and is {tiles:?}"
    );
    for Maintenance { from, until } in &config.server.maintenance {
        anyhow::ensure!(from < until, "server.maintenance must end after it begins, and is from {from} until {until}");
    }
    let address = &config.server.public_url;
    anyhow::ensure!(
        address.path() == "/" && address.query().is_none() && address.fragment().is_none(),
        "server.public_url must be without a path: {address}"
    );
    Ok(())
}

fn providers(config: &Config) -> anyhow::Result<()> {
    for (name, provider) in &config.identity_providers {
        let at = format!("identity_providers.{name}");
        match provider.client_auth {
            ClientAuth::PrivateKeyJwt => anyhow::ensure!(
                !matches!(provider.client_key, Secret::Absent),
                "{at}.client_key is missing, which private_key_jwt signs with"
            ),
            ClientAuth::SecretBasic | ClientAuth::SecretPost => {
                anyhow::ensure!(!matches!(provider.client_secret, Secret::Absent), "{at}.client_secret is missing")
            }
        }
        anyhow::ensure!(
            provider.roles.is_empty() || !provider.claims.roles.is_empty(),
            "{at}.claims.roles must name the claim that {at}.roles maps"
        );
    }
    Ok(())
}

fn municipalities(config: &Config) -> anyhow::Result<()> {
    for (key, town) in &config.municipalities {
        let at = format!("municipalities.{key}");
        anyhow::ensure!(!town.identity_providers.is_empty(), "{at}.identity_providers must name one at least");
        for name in town.identity_providers.iter().chain(&town.staff_identity_provider) {
            anyhow::ensure!(
                config.identity_providers.contains_key(name),
                "{at} names the identity provider {name:?}, which is not under identity_providers"
            );
        }
        for (setting, level) in [("least_level", town.least_level), ("private_level", town.private_level)] {
            let reached = |name: &String| {
                level == Level::Low || config.identity_providers[name].levels.values().any(|l| *l >= level)
            };
            anyhow::ensure!(
                town.identity_providers.iter().any(reached),
                "{at}.{setting} is {}, which none of its identity providers reaches: see their levels",
                level.as_str()
            );
        }
        anyhow::ensure!(
            town.staff_identity_provider.is_none() || !town.organisations.is_empty(),
            "{at}.organisations must say what the staff's provider calls the town"
        );
        anyhow::ensure!(
            config.apps.contains_key(&town.app),
            "municipalities.{key}.app names {:?}, which is not under apps",
            town.app
        );
        anyhow::ensure!(!town.languages.is_empty(), "municipalities.{key}.languages must name one at least");
        anyhow::ensure!(
            town.centre.is_none_or(|(latitude, longitude)| latitude.abs() <= 90.0 && longitude.abs() <= 180.0),
            "{at}.centre must be a latitude and a longitude in degrees"
        );
        anyhow::ensure!(town.contact.email.contains('@'), "{at}.contact.email must be an e-mail address");
        letters(&format!("{at}.letters"), &town.letters)?;
    }
    Ok(())
}

/// The most lines of a sender and of a signature, and the most characters of each: what stands beside an address.
const MOST_LINES: usize = 6;
const MOST_LINE: usize = 60;

fn letters(at: &str, letters: &Letters) -> anyhow::Result<()> {
    for (name, lines) in [("sender", &letters.sender), ("signature", &letters.signature)] {
        anyhow::ensure!(
            lines.len() <= MOST_LINES && lines.iter().all(|line| line.chars().count() <= MOST_LINE),
            "{at}.{name} must have {MOST_LINES} lines of {MOST_LINE} characters at most"
        );
    }
    let digits = letters.colour.strip_prefix('#').unwrap_or_default();
    anyhow::ensure!(
        digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()),
        "{at}.colour must be as #005a9c, and is {:?}",
        letters.colour
    );
    anyhow::ensure!(
        letters.batch_hour.is_none_or(|hour| (1..=23).contains(&hour)),
        "{at}.batch_hour must lie between 1 and 23"
    );
    // What no list needs is not kept.
    anyhow::ensure!(
        letters.enabled || !letters.register_key,
        "{at}.register_key is of use only where {at}.enabled is true"
    );
    Ok(())
}

/// Minutes for which a clock in doubt must stand at the least.
const LEAST_CLOCK_WAIT: i64 = 10;

/// What may be nothing: it then does not wait, or does not ask. And the version of a key may be the first.
const MAY_BE_NOTHING: &[&str] = &[
    "version",
    "stop_delay_seconds",
    "closing_undo_seconds",
    "clock_jump_days",
    "clock_wait_minutes",
    "key_overlap_minutes",
    "walk_in_minutes",
    "late_minutes",
];

/// Whether each number of a configuration is one to calculate with: none is negative or nothing, and a time is not longer than a century.
/// (Days before or after an expiry are either.)
fn in_range(at: &str, value: &serde_json::Value) -> anyhow::Result<()> {
    match value {
        serde_json::Value::Object(all) => all.iter().try_for_each(|(name, value)| {
            let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            in_range(&at, value)
        }),
        serde_json::Value::Array(all) => all.iter().try_for_each(|value| in_range(at, value)),
        serde_json::Value::Number(number) if !number.is_f64() => {
            let name = at.rsplit('.').next().unwrap_or(at);
            let century = match name.rsplit('_').next().unwrap_or(name) {
                "days" => 36_500,
                "hours" => 36_500 * 24,
                "minutes" => 36_500 * 24 * 60,
                "seconds" => 36_500 * 24 * 3_600,
                "milliseconds" => 36_500 * 24 * 3_600 * 1_000,
                "stages" => {
                    let days = number.as_i64().unwrap_or(i64::MAX);
                    anyhow::ensure!((-36_500..=36_500).contains(&days), "{at}: {number} days are more than a century");
                    return Ok(());
                }
                // Days of a plan: 0 is at once, and -1 never.
                "mail" | "letter" | "call" => {
                    let days = number.as_i64().unwrap_or(i64::MAX);
                    anyhow::ensure!(
                        (-1..=MOST_PLAN_DAYS).contains(&days),
                        "{at} must lie between -1 and {MOST_PLAN_DAYS} days, and is {number}"
                    );
                    return Ok(());
                }
                _ => i64::MAX,
            };
            let least = i64::from(!MAY_BE_NOTHING.contains(&name));
            let fits = number.as_i64().is_some_and(|n| (least..=century).contains(&n));
            let range = match century {
                i64::MAX => format!("be at least {least}"),
                _ => format!("lie between {least} and {century}"),
            };
            anyhow::ensure!(fits, "{at} must {range}, and is {number}");
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_register_calls_people_is_kept_for_a_list_only() {
        let of = |enabled, register_key| letters("x", &Letters { enabled, register_key, ..Letters::default() });
        assert!(of(true, true).is_ok() && of(true, false).is_ok() && of(false, false).is_ok());
        assert!(of(false, true).is_err());
    }

    #[test]
    fn what_would_stop_all_work_in_silence_is_refused() {
        for (text, name) in [
            ("[workers]\nreminder_batch = 0", "workers.reminder_batch"),
            ("[push]\nfcm_per_minute = 0", "push.fcm_per_minute"),
            ("[push]\ndevices_per_citizen = 0", "push.devices_per_citizen"),
            ("[import]\nupload_bytes = 0", "import.upload_bytes"),
            ("[limits]\nrequests_a_minute_by_town = 0", "limits.requests_a_minute_by_town"),
            ("[server]\nlisten = \"nonsense\"", "server.listen"),
            (
                "[server]\nmaintenance = [{ from = \"2027-03-06T21:00:00Z\", until = \"2027-03-06T21:00:00Z\" }]",
                "server.maintenance",
            ),
            ("[mail]\nbatch = 0", "mail.batch"),
            ("[mail]\ntimeout_seconds = 301", "mail.timeout_seconds"),
            ("[mail]\ntries_hours = 72", "mail.tries_hours"),
            ("[mail]\nrelay = \"smtp://relay.example\"\nfrom = \"x@town.example\"", "mail.relay"),
            ("[mail]\nrelay = \"smtps://relay.example\"", "mail.from"),
            (
                "[mail]\nrelay = \"smtps://relay.example\"\nfrom = \"x@town.example\"\nbounces = \"b+c@town.example\"",
                "mail.bounces",
            ),
            ("[reach.reminder]\nletter = 400", "reach.reminder.letter"),
            ("[reach.reminders]\nletter = 4", "reach.reminders"),
            ("[reach.announcement_mail]\nletter = 4", "reach.announcement_mail.letter"),
            ("[reach.announcement_paper]\ncall = 4", "reach.announcement_paper.call"),
            ("[map]\ntiles_url = \"javascript:alert(1)\"", "map.tiles_url"),
            ("[passkeys]\nenabled = true\n[sessions]\napp_link = \"http://app.example/x\"", "passkeys.enabled"),
            ("[passkeys]\nenabled = true\n[sessions]\napp_link = \"https://10.0.0.1/x\"", "passkeys.enabled"),
            ("[apps.shared.least_ios]\nversion = \"two\"\nstore = \"https://x.example\"", "apps.shared.least_ios"),
            ("[apps.shared.least_ios]\nversion = \"2\"\nstore = \"http://x.example\"", "apps.shared.least_ios"),
            ("[apps.shared.android]\npackage = \"be.example\"\nfingerprints = [\"AB:CD\"]", "apps.shared.android"),
            ("[database]\nurl = { file = \"x\", fille = \"y\" }", "database.url"),
        ] {
            let error = Config::parse(text).expect_err(text).to_string();
            assert!(error.contains(name), "{text}: {error}");
        }
    }

    #[test]
    fn a_time_that_cannot_be_calculated_with_is_refused() {
        for (text, name) in [
            ("[sessions]\nidle_days = 9000000000000", "sessions.idle_days"),
            ("[sessions]\nidle_days = 0", "sessions.idle_days"),
            ("[retention]\nvisits_days = -1", "retention.visits_days"),
            ("[appointments]\nhold_minutes = 100000", "appointments.hold_minutes"),
            ("[appointments]\noffer_minutes = 9", "appointments.offer_minutes"),
            ("[appointments]\ncheck_in_meters = -1.0", "appointments.check_in_meters"),
            ("[appointments]\ncheck_in_meters = nan", "appointments.check_in_meters"),
            ("[appointments]\nlate_minutes = -1", "appointments.late_minutes"),
            ("[push]\nexpires_hours = 99999999999", "push.expires_hours"),
            ("[passkeys]\nprovider_days = 0", "passkeys.provider_days"),
            ("[passkeys]\nfresh_minutes = 1440", "passkeys.fresh_minutes"),
            ("[passkeys]\nchallenge_seconds = 601", "passkeys.challenge_seconds"),
            ("[passkeys]\npasskeys_per_citizen = 21", "passkeys.passkeys_per_citizen"),
            ("[workers]\nclock_wait_minutes = -5", "workers.clock_wait_minutes"),
            ("[workers]\nclock_wait_minutes = 1", "workers.clock_wait_minutes"),
            ("[workers]\nclock_jump_days = 1\nclock_wait_minutes = 1440", "workers.clock_wait_minutes"),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(name), "{text}: {error}");
        }
        assert!(Config::parse("[workers]\nclock_jump_days = 0").is_ok());
        assert!(Config::parse("[appointments]\nlate_minutes = 0\noffer_minutes = 10").is_ok());
    }

    #[test]
    fn what_is_kept_for_no_time_or_for_ever_is_refused() {
        for (setting, days) in [("left_days", 29), ("left_days", -1), ("visits_days", 0), ("audit_days", 3_651)] {
            let error = Config::parse(&format!("[retention]\n{setting} = {days}")).unwrap_err().to_string();
            assert!(error.contains(setting), "{error}");
        }
        assert_eq!(Config::parse("[retention]\nleft_days = 30").unwrap().retention.left_days, 30);
    }
}
