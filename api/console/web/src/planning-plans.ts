// A plan as a form has it, and as the server has it: what stands between the two. A form holds what is typed, also while that is half done.
import type { Language, Schemas } from "./api";
import { clock, instant, wall } from "./time";
import { HALF, NOT_YET, isNumber } from "./ui";

export type ServicePlan = Schemas["ServicePlan"];
export type LocationPlan = Schemas["LocationPlan"];
/** A plan that the server has, with its id. */
export type Planned<P> = { id: string; plan: P };
export type Said = Partial<Record<Language, string>>;

/** What a name stands for in a list that is drawn: it says nothing to the server. */
export const key = () => crypto.randomUUID().slice(0, 13);

export type ServiceForm = {
  names: Said;
  explanations: Said;
  bring: Said;
  minutes: number;
  minutes_a_person_more: number;
  buffer_minutes: number;
  step_minutes: number;
  most_persons: number;
  /** How long before a visit it can still be booked, in units of so many minutes. */
  notice: number;
  unit: number;
  horizon_days: number;
  most_open: number;
  document_kinds: string[];
  needs: Schemas["Needs"];
  collecting: boolean;
  active: boolean;
};

/** Hours of a day, as they are typed. */
export type Span = { key: string; opens: string; closes: string };
/** An ordinary week, from a day on and up to another; its days begin with Monday. */
export type Week = { key: string; from: string; until: string; days: Span[][] };
/** A day that is unlike its weekday: closed where it has no hours. */
export type Unlike = { key: string; day: string; spans: Span[] };
/** When nobody is at a desk, on the town's clocks. */
export type Absence = { key: string; from: string; until: string };
export type DeskForm = { id: string; name: string; services: string[]; absences: Absence[]; active: boolean };

export type LocationForm = {
  kind: string;
  names: Said;
  address: string;
  accessibility: Said;
  /** Latitude and longitude, as one types or pastes them. */
  spot: string;
  travel_minutes: number;
  weeks: Week[];
  unlike: Unlike[];
  desks: DeskForm[];
  active: boolean;
};

export const KINDS = ["town_hall", "home", "telephone", "video"];
export const UNITS = [1, 60, 1440];
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** The day that the town's calendar shows now. */
export const today = (zone: string) => wall(zone, clock().toISOString()).slice(0, 10);

/** A day so many days later. */
export function later(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Monday 1 to Sunday 7. */
export const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Minutes after midnight, of a time as people type it: 9:00, 9.00, 9u, 900. None where it is no time. */
export function minutesOf(text: string): number | undefined {
  const found = /^\s*(\d{1,2})\s*(?:[:.uh]\s*(\d{2})?)?\s*$/i.exec(text) ?? /^\s*(\d{1,2})(\d{2})\s*$/.exec(text);
  if (!found) return undefined;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return Number(found[2] ?? 0) < 60 && minutes <= 1440 ? minutes : undefined;
}

/** A time as it is shown. */
export const shown = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

type Spot = { latitude: number; longitude: number };

/** A place on the map as a map gives it to copy; none where nothing is said, and `null` where it cannot be read. */
export function spotOf(text: string): Spot | null | undefined {
  if (!text.trim()) return undefined;
  const found = /^\s*\(?\s*(-?\d+(?:[.,]\d+)?)°?\s*[,;\s]\s*(-?\d+(?:[.,]\d+)?)°?\s*\)?\s*$/.exec(text);
  if (!found) return null;
  const [latitude, longitude] = [found[1], found[2]].map((n) => Number(n.replace(",", ".")));
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

const said = (texts: Schemas["TextIn"][]): Said => Object.fromEntries(texts.map((x) => [x.language, x.text]));
const saying = (all: Said): Schemas["TextIn"][] =>
  (Object.entries(all) as [Language, string][])
    .filter(([, text]) => text.trim())
    .map(([language, text]) => ({ language, text: text.trim() }))
    .sort((a, b) => a.language.localeCompare(b.language));

/** A text in a language, or in the first of the town's in which there is one. */
export function inOne(all: Said, first: Language[]): string {
  const order = [...first, ...(["nl", "fr", "de", "en"] as const)];
  return order.map((l) => all[l]?.trim()).find(Boolean) ?? "";
}

export const nameOf = (plan: { names: Schemas["TextIn"][] }, first: Language[]) => inOne(said(plan.names), first);

/** A service as most are. */
export const newService = (): ServiceForm => ({
  names: {},
  explanations: {},
  bring: {},
  minutes: 15,
  minutes_a_person_more: 10,
  buffer_minutes: 5,
  step_minutes: 20,
  most_persons: 4,
  notice: 1,
  unit: 60,
  horizon_days: 60,
  most_open: 2,
  document_kinds: [],
  needs: "citizen",
  collecting: false,
  active: true,
});

export function readService(p: ServicePlan): ServiceForm {
  const { version: _, names, explanations, bring, least_notice_minutes: notice, document_kinds, ...same } = p;
  const unit = UNITS.filter((u) => notice > 0 && notice % u === 0).pop() ?? 60;
  return {
    ...same,
    names: said(names),
    explanations: said(explanations),
    bring: said(bring),
    document_kinds: [...document_kinds].sort(),
    notice: notice / unit,
    unit,
  };
}

export function writeService(f: ServiceForm, version: number): ServicePlan {
  const { notice, unit, names, explanations, bring, document_kinds, ...same } = f;
  return {
    ...same,
    version,
    names: saying(names),
    explanations: saying(explanations),
    bring: saying(bring),
    document_kinds: [...document_kinds].sort(),
    least_notice_minutes: isNumber(notice) ? notice * unit : NOT_YET,
  };
}

export const newSpan = (opens = "", closes = ""): Span => ({ key: key(), opens, closes });

/** An empty week that counts from a day on. */
export const newWeek = (from: string): Week => ({ key: key(), from, until: "", days: WEEK.map(() => []) });

/** A desk that does all that the town offers. */
export const newDesk = (name: string, services: string[]): DeskForm => ({
  id: crypto.randomUUID(),
  name,
  services,
  absences: [],
  active: true,
});

/** A town hall that is open as most are, with one desk. */
export function newLocation(zone: string, desk: string, services: string[]): LocationForm {
  const week = newWeek(today(zone));
  week.days = WEEK.map((day) => (day <= 5 ? [newSpan("09:00", "12:00"), newSpan("13:30", "16:30")] : []));
  return {
    kind: "town_hall",
    names: {},
    address: "",
    accessibility: {},
    spot: "",
    travel_minutes: 0,
    weeks: [week],
    unlike: [],
    desks: [newDesk(desk, services)],
    active: true,
  };
}

/** Rows of hours as weeks: those that count in the same days are one. */
export function weeksOf(rows: Schemas["HoursPlan"][]): Week[] {
  const all = new Map<string, Week>();
  const ordered = [...rows].sort((a, b) => a.opens - b.opens || a.closes - b.closes);
  for (const row of ordered) {
    const until = row.valid_until ?? "";
    const name = `${row.valid_from} ${until}`;
    const week = all.get(name) ?? { ...newWeek(row.valid_from), until };
    all.set(name, week);
    week.days[row.weekday - 1]?.push(newSpan(shown(row.opens), shown(row.closes)));
  }
  return [...all.values()].sort((a, b) => a.from.localeCompare(b.from) || a.until.localeCompare(b.until));
}

function unlikeOf(rows: Schemas["ExceptionPlan"][]): Unlike[] {
  const all = new Map<string, Unlike>();
  for (const row of [...rows].sort((a, b) => (a.opens ?? 0) - (b.opens ?? 0))) {
    const one = all.get(row.day) ?? { key: key(), day: row.day, spans: [] };
    all.set(row.day, one);
    if (row.opens !== undefined && row.closes !== undefined) one.spans.push(newSpan(shown(row.opens), shown(row.closes)));
  }
  return [...all.values()].sort((a, b) => a.day.localeCompare(b.day));
}

export function readLocation(p: LocationPlan, zone: string): LocationForm {
  return {
    kind: p.kind,
    names: said(p.names),
    address: p.address,
    accessibility: said(p.accessibility),
    spot: p.latitude === undefined || p.longitude === undefined ? "" : `${p.latitude}, ${p.longitude}`,
    travel_minutes: p.travel_minutes ?? 0,
    weeks: p.hours.length > 0 ? weeksOf(p.hours) : [newWeek(today(zone))],
    unlike: unlikeOf(p.exceptions),
    desks: p.desks.map((d) => ({
      ...d,
      services: [...d.services].sort(),
      absences: [...d.absences]
        .sort((a, b) => a.from.localeCompare(b.from))
        .map((a) => ({ key: key(), from: wall(zone, a.from), until: wall(zone, a.until) })),
    })),
    active: p.active,
  };
}

/** Rows as the server has them, each with the field in which it stands. */
export function hoursOf(f: Pick<LocationForm, "weeks">): { row: Schemas["HoursPlan"]; span: string; week: string }[] {
  return f.weeks.flatMap((week) =>
    week.days.flatMap((spans, n) =>
      spans.map((s) => ({
        span: s.key,
        week: week.key,
        row: {
          weekday: n + 1,
          opens: minutesOf(s.opens) ?? NOT_YET,
          closes: minutesOf(s.closes) ?? NOT_YET,
          valid_from: week.from,
          valid_until: week.until || undefined,
        },
      })),
    ),
  );
}

/** The same of the days that are unlike their weekday. */
export function exceptionsOf(f: LocationForm): { row: Schemas["ExceptionPlan"]; field: string }[] {
  return f.unlike.flatMap((u) =>
    u.spans.length === 0
      ? [{ row: { day: u.day }, field: `f-${u.key}` }]
      : u.spans.map((s) => ({
          row: { day: u.day, opens: minutesOf(s.opens) ?? NOT_YET, closes: minutesOf(s.closes) ?? NOT_YET },
          field: `f-${s.key}-opens`,
        })),
  );
}

export function writeLocation(f: LocationForm, version: number, zone: string): LocationPlan {
  const spot = spotOf(f.spot);
  const at = (local: string) => (local && local !== HALF ? instant(zone, local) : local);
  return {
    version,
    kind: f.kind,
    names: saying(f.names),
    address: f.address.trim(),
    accessibility: saying(f.accessibility),
    latitude: spot?.latitude,
    longitude: spot?.longitude,
    travel_minutes: f.travel_minutes,
    hours: hoursOf(f).map((h) => h.row),
    exceptions: exceptionsOf(f).map((e) => e.row),
    desks: f.desks.map((d) => ({
      id: d.id,
      name: d.name.trim(),
      services: [...d.services].sort(),
      absences: d.absences.map((a) => ({ from: at(a.from), until: at(a.until) })),
      active: d.active,
    })),
    active: f.active,
  };
}

/** The same under another name. */
export const renamed = <F extends { names: Said }>(f: F, name: (of: string) => string): F => ({
  ...f,
  names: Object.fromEntries(Object.entries(f.names).map(([l, text]) => [l, name(text)])),
});

/** The desks of a copy are others: who is not at the first ones is told of those alone. */
export const withOtherDesks = (f: LocationForm): LocationForm => ({
  ...f,
  desks: f.desks.map((d) => ({ ...d, id: crypto.randomUUID(), absences: [] })),
});

/** Whether two forms say the same: what a row is called in the list that is drawn is nothing that anybody wrote. */
export const same = (a: unknown, b: unknown) => plain(a) === plain(b);
const plain = (form: unknown) =>
  JSON.stringify(form, (name, value: unknown) => {
    if (name === "key") return undefined;
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    const parts = Object.entries(value).filter(([, x]) => x !== undefined && x !== "");
    return Object.fromEntries(parts.sort(([x], [y]) => x.localeCompare(y)));
  });
