// A day at a location: a column for each desk with time downwards, or a list by time.
import { useEffect } from "preact/hooks";
import { api, take } from "./api";
import { type Arrivals, type Desk, type Hours, between, columns, hoursSaid, spanOf } from "./agenda-desks";
import { useDrag } from "./agenda-drag";
import { type Offer, type Visit, serviceName, useRead } from "./counter-parts";
import { hourOf, minuteOf, today } from "./counter-time";
import { isKey, number, t, word } from "./texts";
import { clock } from "./time";
import { Problem, useEvery, useWho } from "./ui";

/** It is read anew so often: others book and cancel. */
const FRESH = 60_000;
/** Hours that are shown though nothing is booked in them. */
const FROM = 9 * 60;
const UNTIL = 17 * 60;
/** The least height of a visit, which a finger can press, in rem; and of a minute. */
const LEAST = 1.75;
const MINUTE = 0.11;
const MOST = 0.35;
/** What is lower holds one line. */
const LOW = 2.8;
/** Less is no gap that one would book in. */
const GAP = 10;

type DayProps = {
  place: string;
  day: string;
  desks: Desk[];
  asList: boolean;
  turn: number;
  offer: Offer;
  /** When it is open; not known yet, or at all. */
  hours?: Hours;
  arrivals?: Arrivals;
  /** The visit that one was led to. */
  wanted?: string;
  open: (visit: Visit) => void;
  /** It was dragged so many minutes further. */
  drop: (visit: Visit, minutes: number) => void;
};

/** Whether it is still to come. */
const canMove = (v: Visit) => v.state === "booked" && new Date(v.starts_at) > clock();

/** A minute of a day as a clock shows it. */
const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function Day({ place, day, desks, asList, turn, offer, hours, arrivals, wanted, open, drop }: DayProps) {
  const zone = useWho().town.time_zone;
  const [visits, problem, again] = useRead(
    () => take(api.GET("/staff/v1/agenda", { params: { query: { location_id: place, day } } })),
    [],
  );
  useEvery(FRESH, again);
  useEffect(() => {
    if (turn > 0) again();
  }, [turn]);
  const found = visits !== undefined;
  useEffect(() => {
    const visit = visits?.find((v) => v.id === wanted);
    if (visit) open(visit);
  }, [found]);
  if (!visits) return problem ? <Problem problem={problem} again={again} /> : <p role="status">{t("loading")}</p>;
  const persons = visits.reduce((sum, v) => sum + v.persons, 0);
  const all = columns(desks, visits.map((v) => v.desk_id));
  return (
    <>
      <Problem problem={problem} again={again} />
      <p class="meta">{visits.length === 0 ? t("agendaNone") : t("agendaCount", { visits: number(visits.length), persons: number(persons) })}</p>
      {hours && <p class="meta">{hours.open.length > 0 ? t("agendaOpen", { hours: hoursSaid(zone, hours.open) }) : t("agendaShut")}</p>}
      {asList ? (
        <List visits={visits} desks={all} offer={offer} arrivals={arrivals} open={open} />
      ) : (
        <Grid visits={visits} desks={all} offer={offer} arrivals={arrivals} day={day} hours={hours} open={open} drop={drop} />
      )}
    </>
  );
}

type ShownProps = { visits: Visit[]; desks: Desk[]; offer: Offer; arrivals?: Arrivals; open: (visit: Visit) => void };

/** What is not booked, in words, and how somebody who came is doing; of who is to come there is nothing to say. */
function stateSaid(v: Visit, arrivals?: Arrivals): string {
  if (v.state !== "booked") return isKey(`visitIs_${v.state}`) ? word("visitIs", v.state) : "";
  const came = arrivals?.get(v.id);
  if (came) return isKey(`agendaCame_${came.state}`) ? `${came.number} ${word("agendaCame", came.state)}` : "";
  return new Date(v.ends_at) <= clock() ? t("agendaUnknown") : "";
}

/** The class of what is said of it. */
const stateOf = (v: Visit, arrivals?: Arrivals) => (v.state === "booked" && arrivals?.has(v.id) ? `came ${arrivals.get(v.id)?.state}` : v.state);

function List({ visits, desks, offer, arrivals, open }: ShownProps) {
  const zone = useWho().town.time_zone;
  return (
    <ol class="cards bytime">
      {visits.map((v) => (
        <li key={v.id}>
          <span class="hour">
            {hourOf(zone, v.starts_at)}–{hourOf(zone, v.ends_at)}
          </span>
          <button type="button" class="linklike" onClick={() => open(v)}>
            <bdi>{v.name || t("visitNobody")}</bdi>
          </button>
          <span dir="auto">
            {serviceName(offer, v.service_id)}
            {v.persons > 1 && <span class="badge">{t("bookPersonsN", { n: v.persons })}</span>}
            {stateSaid(v, arrivals) && <span class={`badge ${stateOf(v, arrivals)}`}>{stateSaid(v, arrivals)}</span>}
          </span>
          <span class="meta" dir="auto">
            {desks.find((d) => d.id === v.desk_id)?.name}
          </span>
          <span class="meta reference">{v.reference}</span>
        </li>
      ))}
    </ol>
  );
}

type GridProps = ShownProps & { day: string; hours?: Hours; drop: (visit: Visit, minutes: number) => void };

function Grid({ visits, desks, offer, arrivals, day, hours, open, drop }: GridProps) {
  const zone = useWho().town.time_zone;
  const from = (v: Visit) => minuteOf(zone, v.starts_at);
  // Past midnight it is another day's.
  const until = (v: Visit) => Math.max(minuteOf(zone, v.ends_at), from(v) + 5);
  const opening = (hours?.open ?? []).map((s) => spanOf(zone, s));
  const first = Math.floor(Math.min(FROM, ...opening.map(([from]) => from), ...visits.map(from)) / 60);
  const end = Math.ceil(Math.max(UNTIL, ...opening.map(([, until]) => until), ...visits.map(until)) / 60);
  const shortest = Math.min(60, ...visits.map((v) => until(v) - from(v)));
  const minute = Math.min(Math.max(MINUTE, LEAST / shortest), MOST);
  const rem = (minutes: number) => `${(minutes * minute).toFixed(3)}rem`;
  const top = (at: number) => rem(at - first * 60);
  const now = day === today(zone) ? minuteOf(zone, clock().toISOString()) : undefined;
  const lines = Array.from({ length: end - first }, (_, n) => first + n);
  const { dragged, wasDrag, of } = useDrag(minute, drop);
  /** When a desk is not there; one that is closed since is never there. */
  const away = (id: string) => (hours ? between(zone, hours.desks.find((d) => d.desk_id === id)?.there ?? [], first * 60, end * 60) : []);
  const shown = (minutes: number) => clockOf(Math.min(Math.max(minutes, 0), 24 * 60));
  return (
    <div class="scroll agenda" tabIndex={0} role="region" aria-label={t("agendaByDesk")}>
      <div class="desks" style={{ gridTemplateColumns: `3.5rem repeat(${desks.length}, minmax(9rem, 1fr))` }}>
        <div class="axis" aria-hidden="true">
          <p class="desk"> </p>
          <div class="hours" style={{ height: rem((end - first) * 60) }}>
            {lines.map((h) => (
              <span key={h} style={{ top: top(h * 60) }}>
                {String(h).padStart(2, "0")}:00
              </span>
            ))}
          </div>
        </div>
        {desks.map((d) => {
          const mine = visits.filter((v) => v.desk_id === d.id);
          return (
            <section key={d.id} aria-label={`${d.name}: ${mine.length}`}>
              <h3 class="desk" dir="auto">
                {d.name} <span class="meta">{mine.length}</span>
              </h3>
              <ol class="column" style={{ height: rem((end - first) * 60), backgroundSize: `100% ${rem(60)}` }}>
                {now !== undefined && now >= first * 60 && now <= end * 60 && <li class="now" aria-hidden="true" style={{ top: top(now) }} />}
                {away(d.id).map(([from, until]) => (
                  <li key={`away ${from}`} class="away" style={{ top: top(from), height: rem(until - from) }}>
                    <span class="unseen">{t("agendaAway", { from: shown(from), until: shown(until) })}</span>
                  </li>
                ))}
                {mine.flatMap((v, n) => {
                  const before = n > 0 ? until(mine[n - 1]) : undefined;
                  const gap = before !== undefined && from(v) - before >= GAP;
                  return [
                    gap && (
                      <li key={`${v.id} gap`} class="gap" style={{ top: top(before), height: rem(from(v) - before) }}>
                        <span class="unseen">{t("agendaGap", { minutes: from(v) - before })}</span>
                      </li>
                    ),
                    <li
                      key={v.id}
                      class={dragged?.id === v.id ? "dragged" : undefined}
                      style={{ top: top(from(v) + (dragged?.id === v.id ? dragged.minutes : 0)), height: rem(until(v) - from(v)) }}
                    >
                      <button
                        type="button"
                        class={`visit ${(until(v) - from(v)) * minute < LOW ? "low " : ""}${stateOf(v, arrivals)}`}
                        onClick={() => wasDrag() || open(v)}
                        {...(canMove(v) ? of(v) : undefined)}
                      >
                        <span>
                          <strong>{dragged?.id === v.id ? shown(from(v) + dragged.minutes) : hourOf(zone, v.starts_at)}</strong>{" "}
                          <bdi>{v.name || t("visitNobody")}</bdi>
                          {v.persons > 1 && ` (${t("bookPersonsN", { n: v.persons })})`}
                          {stateSaid(v, arrivals) && ` · ${stateSaid(v, arrivals)}`}
                        </span>{" "}
                        <span class="more">{serviceName(offer, v.service_id)}</span>
                      </button>
                    </li>,
                  ];
                })}
              </ol>
            </section>
          );
        })}
      </div>
    </div>
  );
}
