// What is wrong with a plan, in the words of whoever plans, and at which field: found here before it is sent, and read off what the server
// refused.
import { type Language, Refused } from "./api";
import type { Fault } from "./faults";
import {
  type LocationForm,
  type Said,
  type ServiceForm,
  type Span,
  exceptionsOf,
  hoursOf,
  minutesOf,
  spotOf,
} from "./planning-plans";
import { day as dayInWords, weekday } from "./planning-words";
import { type Key, t } from "./texts";
import { instant, isLikely, wall } from "./time";
import { HALF, isNumber } from "./ui";

/** What the server takes. */
export const TEXT = 2000;
export const ADDRESS = 300;
export const DESK = 100;
export const DESKS = 200;
const ROWS = 1000;
/** The numbers of a service: from, up to, and whether they come in steps of five minutes. */
export const BOUNDS = {
  minutes: [5, 480, true],
  minutes_a_person_more: [0, 120, true],
  buffer_minutes: [0, 120, true],
  step_minutes: [5, 480, true],
  most_persons: [1, 20, false],
  horizon_days: [1, 400, false],
  most_open: [1, 20, false],
} as const;
export const TRAVEL = 120;
const NOTICE = 60 * 24 * 60;

type Part = "names" | "explanations" | "bring" | "accessibility";
export const fieldOf = (part: Part, language: Language) => `f-${part}-${language}`;
const length = (text: string) => [...text].length;
const five = (n: number) => n % 5 === 0;

type Found = { all: Fault[]; add: (field: string, key: Key, values?: Record<string, string | number>, more?: Partial<Fault>) => void };

function gather(): Found {
  const all: Fault[] = [];
  return { all, add: (field, key, values = {}, more = {}) => void all.push({ field, text: t(key, values), ...more }) };
}

function ofTexts({ add }: Found, parts: [Part, Said][]) {
  for (const [part, said] of parts) {
    for (const [language, text] of Object.entries(said) as [Language, string][]) {
      if (length(text) > TEXT) add(fieldOf(part, language), "wrong_long", { max: TEXT }, { tab: language, stops: true });
    }
  }
}

/** All that is wrong with a service, in the order of the page. */
export function serviceFaults(f: ServiceForm, first: Language): Fault[] {
  const found = gather();
  const { add } = found;
  if (!Object.values(f.names).some((text) => text.trim())) add(fieldOf("names", first), "plWrongName", {}, { tab: first });
  ofTexts(found, [
    ["names", f.names],
    ["explanations", f.explanations],
    ["bring", f.bring],
  ]);
  for (const name of Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]) {
    const [min, max, steps] = BOUNDS[name];
    const n = f[name];
    if (!isNumber(n) || n < min || n > max) add(`f-${name}`, "wrong_number", { min, max }, { stops: true });
    else if (steps && !five(n)) add(`f-${name}`, "plWrongFive", {}, { stops: true });
  }
  const notice = f.notice * f.unit;
  if (!isNumber(f.notice) || notice < 0 || notice > NOTICE) {
    add("f-notice", "wrong_number", { min: 0, max: Math.floor(NOTICE / f.unit) }, { stops: true });
  } else if (isNumber(f.horizon_days) && notice >= f.horizon_days * 1440) add("f-notice", "plWrongNotice", {}, { stops: true });
  return found.all;
}

/** Faults of one span of hours; those of what is not filled in yet do not stop anybody who types. */
function ofSpan({ add }: Found, s: Span) {
  const [opens, closes] = [minutesOf(s.opens), minutesOf(s.closes)];
  for (const [side, text, at] of [
    ["opens", s.opens, opens],
    ["closes", s.closes, closes],
  ] as const) {
    const field = `f-${s.key}-${side}`;
    if (!text.trim()) add(field, "plWrongNoTime");
    else if (at === undefined) add(field, "plWrongTime", {}, { stops: true });
    else if (!five(at)) add(field, "plWrongFive", {}, { stops: true });
  }
  if (opens !== undefined && closes !== undefined && opens >= closes) add(`f-${s.key}-closes`, "plWrongOrder", {}, { stops: true });
}

/** What is wrong with a day that must be there: half of one, none, or a year that a slip of the finger made. */
function ofDay({ add }: Found, field: string, day: string, required: boolean) {
  if (day === HALF) add(field, "wrong_halfDay");
  else if (!day) required && add(field, "plWrongNoDay");
  else if (!isLikely(day)) add(field, "wrong_year", {}, { stops: true });
}

function ofHours(found: Found, f: LocationForm) {
  const { add } = found;
  for (const week of f.weeks) {
    ofDay(found, `f-${week.key}-from`, week.from, week.days.some((d) => d.length > 0));
    ofDay(found, `f-${week.key}-until`, week.until, false);
    if (week.until && week.until !== HALF && week.from && week.until < week.from) add(`f-${week.key}-until`, "wrong_order", {}, { stops: true });
    for (const s of week.days.flat()) ofSpan(found, s);
  }
  const rows = f.weeks.reduce((n, w) => n + w.days.flat().length, 0);
  if (rows > ROWS) add("f-hours", "plWrongMany", { max: ROWS }, { stops: true });
  for (const u of f.unlike) {
    ofDay(found, `f-${u.key}`, u.day, true);
    if (u.day && f.unlike.some((o) => o !== u && o.day === u.day)) add(`f-${u.key}`, "plWrongTwice", {}, { stops: true });
    for (const s of u.spans) ofSpan(found, s);
  }
  if (f.unlike.reduce((n, u) => n + Math.max(1, u.spans.length), 0) > ROWS) add("f-unlike", "plWrongMany", { max: ROWS }, { stops: true });
}

/** What is wrong with an instant on the town's clocks. */
export function ofInstant({ add }: Pick<Found, "add">, field: string, local: string, zone: string): boolean {
  if (local === HALF) add(field, "wrong_half");
  else if (!local) add(field, "plWrongNoTime");
  else if (!isLikely(local)) add(field, "wrong_year", {}, { stops: true });
  else if (wall(zone, instant(zone, local)) !== local) add(field, "wrong_noSuchHour", {}, { stops: true });
  else return true;
  return false;
}

/** All that is wrong with a location, in the order of the page. */
export function locationFaults(f: LocationForm, zone: string, first: Language): Fault[] {
  const found = gather();
  const { add } = found;
  if (!Object.values(f.names).some((text) => text.trim())) add(fieldOf("names", first), "plWrongName", {}, { tab: first });
  ofTexts(found, [
    ["names", f.names],
    ["accessibility", f.accessibility],
  ]);
  if (f.kind === "town_hall" && !f.address.trim()) add("f-address", "plWrongAddress");
  if (length(f.address) > ADDRESS) add("f-address", "wrong_long", { max: ADDRESS }, { stops: true });
  const spot = spotOf(f.spot);
  if (spot === null) add("f-spot", "plWrongSpot", {}, { stops: true });
  else if (spot && (spot.latitude < 49 || spot.latitude > 52 || spot.longitude < 2 || spot.longitude > 7)) {
    add("f-spot", spot.latitude < 7 && spot.longitude > 49 ? "plWrongSwapped" : "wrong_audience_outside", {}, { stops: true });
  }
  if (!isNumber(f.travel_minutes) || f.travel_minutes < 0 || f.travel_minutes > TRAVEL) {
    add("f-travel_minutes", "wrong_number", { min: 0, max: TRAVEL }, { stops: true });
  } else if (!five(f.travel_minutes)) add("f-travel_minutes", "plWrongFive", {}, { stops: true });
  ofHours(found, f);
  for (const desk of f.desks) {
    if (!desk.name.trim()) add(`f-${desk.id}`, "plWrongDesk");
    else if (length(desk.name.trim()) > DESK) add(`f-${desk.id}`, "wrong_long", { max: DESK }, { stops: true });
    for (const a of desk.absences) {
      const from = ofInstant(found, `f-${a.key}-from`, a.from, zone);
      const until = ofInstant(found, `f-${a.key}-until`, a.until, zone);
      if (from && until && a.until <= a.from) add(`f-${a.key}-until`, "wrong_endsFirst", {}, { stops: true });
    }
  }
  if (f.desks.length > DESKS) add("f-desks", "plWrongMany", { max: DESKS }, { stops: true });
  if (f.desks.reduce((n, d) => n + d.absences.length, 0) > ROWS) add("f-desks", "plWrongMany", { max: ROWS }, { stops: true });
  return found.all;
}

const isBody = (problem: unknown): problem is Refused & { field: string } =>
  problem instanceof Refused && problem.code === "body_invalid" && !!problem.field;

/** The languages of a text, in the order in which they are sent. */
const spoken = (said: Said) => (Object.keys(said) as Language[]).filter((l) => said[l]?.trim()).sort();

/** What the server refused of a service, at the field where it stands on the page. */
export function refusedService(problem: unknown, f: ServiceForm, first: Language): Fault | undefined {
  if (!isBody(problem)) return undefined;
  const [name, n] = parts(problem.field);
  if (name === "names" || name === "explanations" || name === "bring") {
    const tab = spoken(f[name])[n ?? 0] ?? first;
    return { field: fieldOf(name, tab), tab, text: t(name === "names" ? "plWrongName" : "wrong_here") };
  }
  if (name === "least_notice_minutes") return { field: "f-notice", text: t("plWrongNotice") };
  if (name === "document_kinds") return { field: "f-document_kinds", text: t("wrong_here") };
  if (name in BOUNDS) {
    const [min, max, steps] = BOUNDS[name as keyof typeof BOUNDS];
    return { field: `f-${name}`, text: t(steps ? "plWrongSteps" : "wrong_number", { min, max }) };
  }
  return undefined;
}

/** What the server refused of a location, at the field where it stands on the page. */
export function refusedLocation(problem: unknown, f: LocationForm, first: Language): Fault | undefined {
  if (!isBody(problem)) return undefined;
  const [name, n, part] = parts(problem.field);
  const at = n ?? 0;
  if (name === "names" || name === "accessibility") {
    const tab = spoken(f[name])[at] ?? first;
    return { field: fieldOf(name, tab), tab, text: t(name === "names" ? "plWrongName" : "wrong_here") };
  }
  if (name === "hours") {
    const row = hoursOf(f)[at];
    if (!row) return { field: "f-hours", text: t("wrong_here") };
    if (part.startsWith("valid")) return { field: `f-${row.week}-${part === "valid_until" ? "until" : "from"}`, text: t("wrong_order") };
    return { field: `f-${row.span}-opens`, text: `${weekday(row.row.weekday)}: ${t("plWrongHours")}` };
  }
  if (name === "exceptions") {
    const row = exceptionsOf(f)[at];
    return row ? { field: row.field, text: `${dayInWords(row.row.day)}: ${t("plWrongHours")}` } : { field: "f-unlike", text: t("wrong_here") };
  }
  if (name === "desks") {
    const desk = f.desks[at];
    if (!desk || n === undefined) return { field: "f-desks", text: t("plWrongMany", { max: ROWS }) };
    const key = part === "services" ? "plWrongServiceGone" : part === "id" ? "plWrongDeskElsewhere" : "wrong_here";
    return { field: `f-${desk.id}`, text: `${desk.name}: ${t(key)}` };
  }
  const field = { latitude: "f-spot", longitude: "f-spot", address: "f-address", travel_minutes: "f-travel_minutes", kind: "f-kind" }[name];
  return field ? { field, text: t("wrong_here") } : undefined;
}

/** `hours[3].valid_until` as its name, its number, and what of it. */
function parts(field: string): [string, number | undefined, string] {
  const found = /^(\w+)(?:[.[](\d+)\]?)?(?:\.(.*))?$/.exec(field);
  return [found?.[1] ?? "", found?.[2] === undefined ? undefined : Number(found[2]), found?.[3] ?? ""];
}
