// Whom to ring: their visit changed without them, and no app tells them. Several clerks work the list off at once.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { leadTo } from "./agenda-last";
import { Refused, type Schemas, api, take } from "./api";
import { placeName, serviceName, useOffer, useRead } from "./counter-parts";
import { useBusy } from "./planning-deeds";
import { moment } from "./planning-words";
import { language, number, t, word } from "./texts";
import { wall, when } from "./time";
import { Notice, Problem, useEvery, useWho } from "./ui";

type Row = Schemas["ToRingOut"];
type Rung = Schemas["Rung"];
const MARKS: Rung[] = ["reached", "left_word", "not_reached"];

/** In milliseconds: others work it off too. */
const OFTEN = 20_000;
/** What the server lists at the most. */
const MOST = 500;

/** What was marked last, to be taken back; or that a colleague was first. */
type Last = { reached: Row } | { first: Refused };

export function ToRing() {
  const { me, town } = useWho();
  const zone = town.time_zone;
  const [offer] = useOffer(me.municipality ?? "");
  const [rows, problem, again] = useRead(() => take(api.GET("/staff/v1/to-ring")), []);
  const [last, setLast] = useState<Last>();
  const [trouble, setTrouble] = useState<unknown>();
  const [busy, alone] = useBusy();
  useEvery(OFTEN, again);
  const name = (r: Row) => r.name || t("trNobody");
  const mark = (row: Row, rung?: Rung) =>
    alone(async () => {
      setTrouble(undefined);
      setLast(undefined);
      try {
        const params = { path: { appointment_id: row.appointment_id } };
        const tried = await take(api.PUT("/staff/v1/to-ring/{appointment_id}", { params, body: { version: row.tried.version, rung } }));
        if (rung === "reached") setLast({ reached: { ...row, tried } });
        // What was pressed may be gone with its row.
        else setTimeout(() => document.getElementById("ring")?.focus());
      } catch (e) {
        if (e instanceof Refused && e.code === "edited_meanwhile") setLast({ first: e });
        else setTrouble(e);
      }
      again();
    });
  const count = rows?.length ?? 0;
  return (
    <section aria-labelledby="ring">
      <h2 id="ring" tabIndex={-1}>
        {t("trTitle")}
      </h2>
      <p class="help unprinted">{t("trHelp")}</p>
      <Problem problem={problem ?? trouble} again={problem ? again : undefined} />
      {last && "reached" in last && (
        <Notice kind="ok" focus>
          <bdi>{t("trReached", { name: name(last.reached) })}</bdi>{" "}
          <button type="button" class="plain" aria-disabled={busy} onClick={() => void mark(last.reached)}>
            {t("trUndo")}
          </button>
        </Notice>
      )}
      {last && "first" in last && (
        <Notice kind="error" focus>
          {last.first.told.edited_by
            ? t("trMeanwhile", { name: last.first.told.edited_by, time: when(language, zone, last.first.told.edited_at) })
            : t("trMeanwhileUndone")}
        </Notice>
      )}
      {!rows && !problem && <p>{t("loading")}</p>}
      {rows && <p>{count === 0 ? t("trNone") : count >= MOST ? t("trFirst", { n: number(MOST) }) : t(count === 1 ? "trOne" : "trMany", { n: number(count) })}</p>}
      <ul class="cards tr-list">
        {rows?.map((r) => (
          <li key={r.appointment_id}>
            <p>
              <strong>
                {r.resident_id ? (
                  <Link href={`/counter/${r.resident_id}`}>
                    <bdi>{name(r)}</bdi>
                  </Link>
                ) : (
                  <bdi>{name(r)}</bdi>
                )}
              </strong>{" "}
              {r.telephone && <a href={`tel:${r.telephone}`}>{r.telephone}</a>}
            </p>
            <p dir="auto">
              {serviceName(offer, r.service_id)}, {placeName(offer, r.location_id)}:{" "}
              {t(`trBecame_${r.became}` as const, { before: moment(r.known_at ?? r.starts_at, zone), now: moment(r.starts_at, zone) })}
            </p>
            <p class="meta">
              {r.state === "booked" ? (
                <Link href="/agenda" onClick={leadTo(r.location_id, wall(zone, r.starts_at).slice(0, 10), r.appointment_id)}>
                  {r.reference}
                </Link>
              ) : (
                r.reference
              )}
              {r.tried.was_told && !r.tried.rung && <> · {t("trWasTold")}</>}
              {r.tried.rung && (
                <>
                  {" · "}
                  <bdi>
                    {t("trTried", { how: word("trRung", r.tried.rung), name: r.tried.rung_by ?? "–", time: when(language, zone, r.tried.rung_at) })}
                  </bdi>
                </>
              )}
            </p>
            <div class="row unprinted" role="group" aria-label={name(r)}>
              {MARKS.map((m) => (
                <button key={m} type="button" class="plain" aria-disabled={busy} aria-pressed={m === r.tried.rung} onClick={() => void mark(r, m === r.tried.rung ? undefined : m)}>
                  {word("trRung", m)}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
