// What became of the counter in some days: planned against booked against come, the waits, and what visitors thought. Numbers, and none
// that is so small that it would tell who.
import { useState } from "preact/hooks";
import { type Schemas, api, take } from "./api";
import { addDays, date, longDay, mondayOf, shortDay, today, weekdayName } from "./counter-time";
import { FiguresOut, FiguresTable } from "./figures-table";
import { type LocationPlan, type Planned, type ServicePlan, nameOf } from "./planning-plans";
import { few, language, number, t, word } from "./texts";
import { isLikely } from "./time";
import { HALF, Notice, Problem, Select, Title, WhenField, useFetched, useWho } from "./ui";

type By = Schemas["By"];
type Row = Schemas["CounterRowOut"];
type Minutes = Schemas["MinutesOut"];

const BY: By[] = ["service", "desk", "hour", "weekday", "day"];
const PERIODS = ["week", "month", "quarter", "ahead", "own"] as const;
type Period = (typeof PERIODS)[number];
/** Days that the server tells of at once. */
const MOST = 92;

/** The days of a period: whole weeks, so that no weekday counts more than another. */
function daysOf(period: Period, now: string): { from: string; until: string } {
  const monday = mondayOf(now);
  if (period === "ahead") return { from: now, until: addDays(now, 27) };
  const weeks = { week: 1, month: 4, quarter: 13, own: 1 }[period];
  return { from: addDays(monday, -7 * weeks), until: addDays(monday, -1) };
}

/** What is wrong with the days that were typed, at the first of them and at the last. */
function faults({ from, until }: { from: string; until: string }): { from?: string; until?: string } {
  const odd = (day: string) => (day === "" || day === HALF || !isLikely(day) ? t("cfDay") : undefined);
  if (odd(from) || odd(until)) return { from: odd(from), until: odd(until) };
  if (until < from) return { until: t("cfOrder") };
  return addDays(from, MOST - 1) < until ? { until: t("cfTooLong") } : {};
}

const hours = (minutes: number) => t("cfHours", { n: number(Math.round(minutes / 6) / 10) });

export function CounterFigures() {
  const { town } = useWho();
  const [locations, problem, again] = useFetched(() => take(api.GET("/staff/v1/locations")), []);
  const [services, trouble, anew] = useFetched(() => take(api.GET("/staff/v1/services")), []);
  const [wanted, setWanted] = useState<string>();
  const [period, setPeriod] = useState<Period>("week");
  const [own, setOwn] = useState(() => daysOf("week", today(town.time_zone)));
  const [by, setBy] = useState<By>("service");
  const all = (locations ?? [])
    .map((l) => ({ ...l, name: nameOf(l.plan, town.languages) }))
    .sort((a, b) => Number(b.plan.active) - Number(a.plan.active) || a.name.localeCompare(b.name));
  const location = all.find((l) => l.id === wanted) ?? all[0];
  const days = period === "own" ? own : daysOf(period, today(town.time_zone));
  const wrong = period === "own" ? faults(own) : {};
  const choose = (chosen: Period) => {
    // One's own days begin with those that stood there.
    if (chosen === "own") setOwn(days);
    setPeriod(chosen);
  };
  return (
    <>
      <Title>{t("pageCounterFigures")}</Title>
      <p class="help">{t("cfHelp")}</p>
      <Problem problem={problem ?? trouble} again={() => (again(), anew())} />
      {!locations && !problem && <p>{t("loading")}</p>}
      {locations?.length === 0 && <p class="help">{t("cfNoLocation")}</p>}
      {location && (
        <>
          <div class="row fields counter-figures-wish unprinted">
            {all.length > 1 && (
              <Select label={t("cfWhere")} value={location.id} set={setWanted} of={all.map((l) => ({ value: l.id, label: l.name }))} />
            )}
            <Select
              label={t("cfPeriod")}
              value={period}
              set={(p) => choose(p as Period)}
              of={PERIODS.map((p) => ({ value: p, label: word("cfPeriod", p) }))}
            />
            {period === "own" && (
              <>
                <WhenField kind="date" label={t("from")} value={own.from} wrong={wrong.from} set={(from) => setOwn({ ...own, from })} />
                <WhenField kind="date" label={t("until")} value={own.until} wrong={wrong.until} set={(until) => setOwn({ ...own, until })} />
              </>
            )}
            <Select label={t("cfBy")} value={by} set={(b) => setBy(b as By)} of={BY.map((b) => ({ value: b, label: word("cfBy", b) }))} />
          </div>
          {!wrong.from && !wrong.until && services && (
            <>
              <Told key={`${location.id} ${days.from} ${days.until} ${by}`} location={location} services={services} days={days} by={by} />
              <Opinions location={location.id} services={services} days={days} />
            </>
          )}
        </>
      )}
    </>
  );
}

type Location = Planned<LocationPlan> & { name: string };
type Services = Planned<ServicePlan>[];
type Days = { from: string; until: string };

function Told({ location, services, days, by }: { location: Location; services: Services; days: Days; by: By }) {
  const { town } = useWho();
  const params = { path: { location_id: location.id }, query: { ...days, by } };
  const [told, problem, again] = useFetched(() => take(api.GET("/staff/v1/locations/{location_id}/figures", { params })), []);
  const nameOfRow = (row: Row): string => {
    if (by === "service") {
      const service = services.find((s) => s.id === row.service_id);
      return service ? nameOf(service.plan, town.languages) : t("cfGoneService");
    }
    if (by === "desk") {
      const desk = location.plan.desks.find((d) => d.id === row.desk_id);
      return desk?.name ?? (row.desk_id ? t("cfGoneDesk") : t("cfNoDesk"));
    }
    if (by === "hour") return `${String(row.hour).padStart(2, "0")}:00`;
    return by === "weekday" ? weekdayName(row.weekday ?? 1) : shortDay(row.day ?? days.from);
  };
  if (problem) return <Problem problem={problem} again={again} />;
  if (!told) return <p>{t("loading")}</p>;
  const rows = told.groups.map((row) => ({ row, name: nameOfRow(row) }));
  // What has no order of its own stands by its name.
  if (by === "service" || by === "desk") rows.sort((a, b) => a.name.localeCompare(b.name, language, { numeric: true }));
  const most = Math.max(1, ...told.groups.map((row) => row.planned_minutes));
  const query = new URLSearchParams({ from: days.from, until: days.until, by });
  const total = told.total;
  return (
    <section aria-labelledby="counter-figures">
      <h2 id="counter-figures">{t("cfOf", { from: longDay(days.from), until: longDay(days.until) })}</h2>
      {days.from < told.kept_from && <Notice>{t("cfKeptPart", { day: date(told.kept_from) })}</Notice>}
      <dl class="numbers">
        {(
          [
            ["cfPlanned", hours(total.planned_minutes)],
            ["cfTaken", taken(total)],
            ["cfBooked", few(total.booked)],
            ["cfShownUp", few(total.shown_up)],
            ["cfMissed", few(total.missed)],
            ["cfUnknown", few(total.unknown)],
            ["cfCancelled", few(total.cancelled)],
            ["cfNumbers", few(total.numbers)],
            ["cfServed", few(total.served)],
            ["cfNotThere", few(total.not_there)],
            ["cfLeft", few(total.left)],
            ["cfStillThere", few(total.still_there)],
            ["cfWait", minutes(total.waits)],
            ["cfVisitWait", minutes(total.visit_waits)],
            ["cfTook", minutes(total.served_minutes)],
          ] as const
        ).map(([label, n]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd class={n === t("few") ? "few" : undefined}>{n}</dd>
          </div>
        ))}
      </dl>
      <p class="help">{t("hidden")}</p>
      <p class="help">{t("cfKept", { day: date(told.kept_from) })}</p>
      {rows.length > 0 && (
        <FiguresTable label={t("cfTable", { by: word("cfBy", by) })} by={word("cfBy", by)} columns={COLUMNS.map(([label]) => t(label))}>
          {rows.map(({ row, name }, n) => (
            <tr key={n} role="row">
              <th role="rowheader" scope="row">
                <span dir="auto">{name}</span>
              </th>
              {COLUMNS.map(([label, of]) => (
                <td key={label} role="cell" data-label={t(label)}>
                  <span>
                    {of(row)}
                    {label === "cfPlanned" && <Bar part={row.planned_minutes} of={most} inside={row.booked_minutes} />}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </FiguresTable>
      )}
      <FiguresOut
        address={`/staff/v1/locations/${location.id}/figures/export?${query}`}
        file={`${days.from}-${days.until}-${by}.csv`}
      />
      <details class="unprinted">
        <summary>{t("cfWords")}</summary>
        <ul>
          {(["cfWordPlanned", "cfWordTaken", "cfWordMissed", "cfWordUnknown", "cfWordNumbers", "cfWordMinutes"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

const minutes = (of?: Minutes) => (of ? t("cfMinutes", { half: number(of.half), most: number(of.nine_in_ten) }) : t("few"));

/** What the table says of each row. */
const COLUMNS = [
  ["cfPlanned", (row: Row) => hours(row.planned_minutes)],
  ["cfTaken", (row: Row) => taken(row)],
  ["cfBooked", (row: Row) => few(row.booked)],
  ["cfShownUp", (row: Row) => few(row.shown_up)],
  ["cfMissed", (row: Row) => few(row.missed)],
  ["cfCancelled", (row: Row) => few(row.cancelled)],
  ["cfNumbers", (row: Row) => few(row.numbers)],
  ["cfLeft", (row: Row) => few(row.left)],
  ["cfWait", (row: Row) => minutes(row.waits)],
  ["cfVisitWait", (row: Row) => minutes(row.visit_waits)],
  ["cfTook", (row: Row) => minutes(row.served_minutes)],
] as const;

/** How much of what is planned is taken. */
function taken(row: Row): string {
  if (row.booked_minutes === undefined || row.booked_minutes === null) return t("few");
  const said = hours(row.booked_minutes);
  if (row.planned_minutes === 0) return said;
  return t("cfTakenOf", { hours: said, percent: number(Math.round((100 * row.booked_minutes) / row.planned_minutes)) });
}

/** A part of the longest, and what is taken of it. What it shows stands beside it in numbers. */
function Bar({ part, of, inside }: { part: number; of: number; inside?: number }) {
  const width = (n: number) => ({ width: `${Math.min(100, (100 * n) / of)}%` });
  return (
    <span class="counter-figures-bar" aria-hidden="true">
      <span class="planned" style={width(part)} />
      {inside !== undefined && inside !== null && <span class="taken" style={width(inside)} />}
    </span>
  );
}

function Opinions({ location, services, days }: { location: string; services: Services; days: Days }) {
  const { town } = useWho();
  const [all, problem, again] = useFetched(
    () => take(api.GET("/staff/v1/opinions", { params: { query: days } })),
    [days.from, days.until],
  );
  const here = all?.filter((o) => o.location_id === location);
  return (
    <section aria-labelledby="counter-opinions">
      <h2 id="counter-opinions">{t("cfOpinions")}</h2>
      <Problem problem={problem} again={again} />
      {!all && !problem && <p>{t("loading")}</p>}
      {here?.length === 0 && <p class="help">{t("cfOpinionsFew")}</p>}
      {here?.map((o) => {
        const service = services.find((s) => s.id === o.service_id);
        const answers = o.scores.reduce((a, b) => a + b, 0);
        const mean = o.scores.reduce((sum, n, score) => sum + n * (score + 1), 0) / answers;
        return (
          <div key={o.service_id} class="counter-opinion">
            <h3 dir="auto">{service ? nameOf(service.plan, town.languages) : t("cfGoneService")}</h3>
            <p>{t("cfOpinionsOf", { n: number(answers), mean: number(Math.round(mean * 10) / 10) })}</p>
            <table>
              <tbody>
                {[5, 4, 3, 2, 1].map((score) => (
                  <tr key={score}>
                    <th scope="row">{t("cfScore", { n: score })}</th>
                    <td>
                      {number(o.scores[score - 1])}
                      <Bar part={o.scores[score - 1]} of={Math.max(1, ...o.scores)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {o.lines.length > 0 && (
              <details>
                <summary>{t("cfLines", { n: number(o.lines.length) })}</summary>
                <ul>
                  {o.lines.map((line, n) => (
                    <li key={n} dir="auto">
                      {line}
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </div>
        );
      })}
    </section>
  );
}
