//! Letters a second to PDF, against the bare PDF crate with the same lines and fonts and nothing else; then a batch of twenty thousand from the
//! tables to PDFs in the tables, with the memory that takes.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::Instant;

use krilla::{
    Document,
    geom::Point,
    page::PageSettings,
    text::{Font, GlyphId, KrillaGlyph},
};
use rustybuzz::{Face, UnicodeBuffer};
use serde_json::json;
use thuisloket::{
    letters::page::{Letter, Look, draw, zones::Side},
    platform::time::Clock,
    with_conn,
};
use uuid::Uuid;

const LETTERS: usize = 20_000;
/// As many as one PDF holds.
const PART: usize = 500;
const ROUNDS: usize = 3;

const BODY: &str = "Uw identiteitskaart vervalt op {day} juni 2027. Vraag op tijd een nieuwe aan, want zonder geldige kaart kunt u zich niet \
    legitimeren en raakt u niet in uw digitale dossiers.\n\nMaak een afspraak aan het loket Burgerzaken. U komt twee keer: om de kaart aan te \
    vragen en om ze op te halen. Het duurt ongeveer drie weken.\n\nBreng mee: uw huidige identiteitskaart en een recente pasfoto.\n\nHebt u al een \
    afspraak? Dan hoeft u niets te doen.";

/// The bare crate: each line shaped and set, a sheet a letter; no tags, no zones, no code.
fn bare(letters: &[Vec<String>]) -> usize {
    let bytes: &'static [u8] = include_bytes!("../../api/letters/fonts/DejaVuSans.ttf");
    let font = Font::new(bytes.into(), 0).unwrap();
    let face = Face::from_slice(bytes, 0).unwrap();
    let units = face.units_per_em() as f32;
    let mut document = Document::new();
    for lines in letters {
        let mut page = document.start_page_with(PageSettings::from_wh(595.0, 842.0).unwrap());
        let mut surface = page.surface();
        for (n, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(line);
            let shaped = rustybuzz::shape(&face, &[], buffer);
            let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
            let glyphs: Vec<KrillaGlyph> = shaped
                .glyph_infos()
                .iter()
                .zip(shaped.glyph_positions())
                .enumerate()
                .map(|(at, (info, to))| {
                    let end = starts[at..].iter().find(|next| **next > starts[at]).copied().unwrap_or(line.len());
                    let advance = to.x_advance as f32 / units;
                    KrillaGlyph::new(GlyphId::new(info.glyph_id), advance, 0.0, 0.0, 0.0, starts[at]..end, None)
                })
                .collect();
            surface.draw_glyphs(Point::from_xy(57.0, 60.0 + 15.0 * n as f32), &glyphs, font.clone(), line, 10.5, false);
        }
        surface.finish();
        page.finish();
    }
    document.finish().unwrap().len()
}

/// What the letter of somebody says: of a batch, many say the same but for a day.
fn body(n: usize) -> String {
    BODY.replace("{day}", &(n % 30 + 1).to_string())
}

fn ours(look: &Look, addresses: &[Vec<String>], closing: &[String]) -> usize {
    let bodies: Vec<String> = (0..addresses.len()).map(body).collect();
    let letters: Vec<Letter<'_>> = addresses
        .iter()
        .zip(&bodies)
        .map(|(address, body)| Letter {
            language: "nl",
            large: false,
            reference: "BCDFGHJK",
            address,
            date: "3 maart 2027",
            subject: "Je identiteitskaart vervalt",
            body,
            closing,
        })
        .collect();
    draw(look, "Brieven 1, deel 1", &letters).unwrap().pdf.len()
}

/// What stands on a letter, in the lines in which it is set.
fn lines(address: &[String], body: &str, closing: &[String]) -> Vec<String> {
    let broken = body.split('\n').flat_map(|paragraph| {
        let words: Vec<&str> = paragraph.split(' ').collect();
        words.chunks(13).map(|some| some.join(" ")).collect::<Vec<_>>()
    });
    let head =
        ["Stad Deinze", "Brielstraat 2", "9800 Deinze", "BCDFGHJK", "3 maart 2027", "Je identiteitskaart vervalt"];
    head.map(str::to_owned)
        .into_iter()
        .chain(address.iter().cloned())
        .chain(broken)
        .chain(closing.iter().cloned())
        .collect()
}

#[tokio::main]
async fn main() {
    let look = Look {
        side: Side::Right,
        sender: ["Stad Deinze", "Brielstraat 2", "9800 Deinze"].map(str::to_owned).to_vec(),
        logo: None,
        colour: (0, 90, 156),
    };
    let closing =
        ["Dienst Burgerzaken", "", "Vragen? Bel 09 000 00 00 of mail naar x@y.be."].map(str::to_owned).to_vec();
    let addresses: Vec<Vec<String>> = (0..PART)
        .map(|n| vec![format!("Anna Zonnebloem {n}"), format!("Tolpoortstraat {n}"), "9800 Deinze".to_owned()])
        .collect();
    let set: Vec<Vec<String>> =
        addresses.iter().enumerate().map(|(n, address)| lines(address, &body(n), &closing)).collect();
    let (mut drawn, mut plain) = (Vec::new(), Vec::new());
    let mut sizes = (0, 0);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        sizes.0 = ours(&look, &addresses, &closing);
        drawn.push(PART as f64 / began.elapsed().as_secs_f64());
        let began = Instant::now();
        sizes.1 = bare(&set);
        plain.push(PART as f64 / began.elapsed().as_secs_f64());
    }
    let best = |all: Vec<f64>| all.into_iter().fold(0.0, f64::max);
    let (drawn, plain) = (best(drawn), best(plain));
    let round = |x: f64| (x * 100.0).round() / 100.0;
    println!(
        "{}",
        json!({
            "bench": "letters", "ratio": round(drawn / plain), "letters_a_second": round(drawn), "bare_letters_a_second": round(plain),
            "bytes_a_letter": sizes.0 / PART, "bare_bytes_a_letter": sizes.1 / PART,
        })
    );

    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let more = "[municipalities.deinze.letters]\nenabled = true\nsender = [\"Stad Deinze\"]\n";
        let clock = Clock::running_from("2027-03-03T09:00:00Z".parse().unwrap());
        let place = common::place_with(url.as_deref(), clock, more).await;
        let app = &place.instance.app;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone();
        let (now, batch) = (app.clock.now(), Uuid::from_u128(0xba));
        let mut w = app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query("insert into letter_batch (municipality_id, id, number, made_at, state, gathered, numbered, letters, parts, printed_times, settled) values ($1, $2, 1, $3, 'making', true, false, 0, 0, 0, false)")
            .bind(town.id).bind(batch).bind(now).execute(c).await.map(|_| ())).unwrap();
        let numbers: Vec<usize> = (0..LETTERS).collect();
        for part in numbers.chunks(1_000) {
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into letter (municipality_id, id, batch_id, reach_id, resident_id, reference, sort_key, state, language, large_print, name, street, house_number, box, postcode, town, address_hash, subject, body, created_at, settled) ");
                q.push_values(part, |mut b, n| {
                    let id = Uuid::from_u128(0x1000 + *n as u128);
                    b.push_bind(town.id).push_bind(id).push_bind(batch).push_bind(id).push_bind(id).push_bind(format!("R{n}")).push_bind(format!("{n:08}"))
                        .push_bind("batched").push_bind("nl").push_bind(false).push_bind("Anna Zonnebloem").push_bind("Tolpoortstraat").push_bind(n.to_string())
                        .push_bind("").push_bind("9800").push_bind("Deinze").push_bind("x").push_bind("Je identiteitskaart vervalt").push_bind(body(*n)).push_bind(now)
                        .push_bind(false);
                });
                q.build().execute(c).await.map(|_| ())
            })
            .unwrap();
        }
        w.commit().await.unwrap();
        app.db.filled(&["letter"]).await;
        common::forget_peak();
        let began = Instant::now();
        place.instance.drain().await.unwrap();
        let took = began.elapsed().as_secs_f64();
        let mut r = app.db.read().await.unwrap();
        let (state, letters, bytes): (String, i64, i64) = with_conn!(r, c => sqlx::query_as(
            "select b.state, b.letters, (select cast(sum(p.size) as bigint) from letter_part p where p.municipality_id = b.municipality_id and p.batch_id = b.id)
             from letter_batch b where b.municipality_id = $1 and b.id = $2")
            .bind(town.id).bind(batch).fetch_one(c).await)
        .unwrap();
        assert_eq!((state.as_str(), letters), ("ready", LETTERS as i64));
        println!(
            "{}",
            json!({
                "bench": "letters", "database": name, "letters": letters, "seconds": round(took),
                "letters_a_second": round(LETTERS as f64 / took), "mib": round(bytes as f64 / 1_048_576.0), "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
