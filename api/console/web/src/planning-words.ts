// A plan in words: the hours of a week, how long something takes, and what differs between two versions.
import type { Language } from "./api";
import {
  type LocationForm,
  type LocationPlan,
  type Said,
  type ServiceForm,
  type Span,
  later,
  minutesOf,
  shown,
  today,
  weekdayOf,
} from "./planning-plans";
import { language, number, t, word } from "./texts";
import { wall } from "./time";

const locale = language === "nl" ? "nl-BE" : "en-GB";
// A Monday, and the six days after it.
const MONDAY = "2024-01-01";

/** The name of a weekday, Monday 1 to Sunday 7. */
export const weekday = (n: number, style: "long" | "short" = "long") =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(new Date(`${later(MONDAY, n - 1)}T12:00:00Z`));

/** A day in words. */
export function day(of: string): string {
  const at = new Date(`${of}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return "…";
  return new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(at);
}

/** When a visit is, on the town's clocks; with its year where that is not this one. */
export const moment = (at: string, zone: string) =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: wall(zone, at).slice(0, 4) === today(zone).slice(0, 4) ? undefined : "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));

const joined = (all: string[]) => new Intl.ListFormat(locale, { type: "conjunction" }).format(all);

/** When a location is open on a day by its plan alone, in minutes. */
function openOn(plan: LocationPlan, on: string): [number, number][] {
  const unlike = plan.exceptions.filter((e) => e.day === on);
  const rows =
    unlike.length > 0
      ? unlike.filter((e) => e.opens !== undefined && e.closes !== undefined)
      : plan.hours.filter((h) => h.weekday === weekdayOf(on) && h.valid_from <= on && (!h.valid_until || on <= h.valid_until));
  const spans = rows.map((r): [number, number] => [r.opens ?? 0, r.closes ?? 0]).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const span of spans) {
    const last = merged[merged.length - 1];
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else merged.push([...span]);
  }
  return merged;
}

/** When a location is open in the week of today: the days that are alike together. */
export function weekInWords(plan: LocationPlan, zone: string): string {
  const now = today(zone);
  const monday = later(now, 1 - weekdayOf(now));
  const days = [0, 1, 2, 3, 4, 5, 6].map((n) => {
    const open = openOn(plan, later(monday, n));
    return joined(open.map(([a, b]) => `${shown(a)}–${shown(b)}`));
  });
  const lines: string[] = [];
  for (let n = 0; n < 7; ) {
    let last = n;
    while (last < 6 && days[last + 1] === days[n]) last += 1;
    const name = last > n ? `${weekday(n + 1, "short")}–${weekday(last + 1, "short")}` : weekday(n + 1, "short");
    if (days[n]) lines.push(`${name} ${days[n]}`);
    n = last + 1;
  }
  return lines.length > 0 ? lines.join("; ") : t("plNoHours");
}

/** When a location closes today by its plan, in minutes; none where it is not open any more. */
export function closesToday(plan: LocationPlan, zone: string, after: number): number | undefined {
  return openOn(plan, today(zone)).filter(([, closes]) => closes > after).pop()?.[1];
}

/** Minutes in the unit that fits. */
export function lasting(minutes: number): string {
  if (minutes === 0) return t("plNoTime");
  if (minutes % 1440 === 0) return t(minutes === 1440 ? "plOneDay" : "plDays", { n: number(minutes / 1440) });
  if (minutes % 60 === 0) return t(minutes === 60 ? "plOneHour" : "plHoursLong", { n: number(minutes / 60) });
  return t("plMinutes", { n: number(minutes) });
}

type Lines = Map<string, string>;
const texts = (lines: Lines, label: string, all: Said) => {
  for (const [l, text] of Object.entries(all)) if (text.trim()) lines.set(`${label} (${word("lang", l as Language)})`, text.trim());
};
const yes = (on: boolean) => t(on ? "yesWord" : "noWord");
const figure = (n: number) => (Number.isFinite(n) ? String(n) : "…");

/** What a service says, a line each. */
export function tellService(f: ServiceForm): Lines {
  const lines: Lines = new Map();
  texts(lines, t("plName"), f.names);
  texts(lines, t("plExplanation"), f.explanations);
  texts(lines, t("plBring"), f.bring);
  lines.set(t("plLasts"), figure(f.minutes));
  lines.set(t("plMore"), figure(f.minutes_a_person_more));
  lines.set(t("plBuffer"), figure(f.buffer_minutes));
  lines.set(t("plStep"), figure(f.step_minutes));
  lines.set(t("plMostPersons"), figure(f.most_persons));
  lines.set(t("plDocuments"), f.document_kinds.map((k) => word("doc", k)).join(", ") || "–");
  lines.set(t("plNeeds"), word("plNeeds", f.needs));
  lines.set(t("plCollecting"), yes(f.collecting));
  lines.set(t("plNotice"), Number.isFinite(f.notice) ? lasting(f.notice * f.unit) : "…");
  lines.set(t("plHorizon"), figure(f.horizon_days));
  lines.set(t("plMostOpen"), figure(f.most_open));
  lines.set(t("plBookable"), yes(f.active));
  return lines;
}

const spans = (all: Span[]) =>
  all
    .map((s) => [s.opens, s.closes].map((x) => ((at) => (at === undefined ? x || "…" : shown(at)))(minutesOf(x))).join("–"))
    .sort()
    .join(", ");

/** What a location says, a line each. */
export function tellLocation(f: LocationForm, service: (id: string) => string): Lines {
  const lines: Lines = new Map();
  texts(lines, t("plName"), f.names);
  lines.set(t("plKind"), word("plKind", f.kind));
  lines.set(t("address"), f.address);
  texts(lines, t("plAccess"), f.accessibility);
  lines.set(t("plSpot"), f.spot || "–");
  lines.set(t("plTravel"), figure(f.travel_minutes));
  for (const week of f.weeks) {
    const of = week.days.map((d, n) => (d.length > 0 ? `${weekday(n + 1, "short")} ${spans(d)}` : "")).filter(Boolean);
    const label = t("plHoursFrom", { day: day(week.from) }) + (week.until ? ` ${t("plUntilDay", { until: day(week.until) })}` : "");
    if (of.length > 0) lines.set(label, of.join("\n"));
  }
  for (const u of f.unlike) lines.set(day(u.day), u.spans.length > 0 ? spans(u.spans) : t("plClosed"));
  for (const d of f.desks) {
    const away = d.absences.map((a) => `${t("plAway")}: ${a.from.replace("T", " ")} – ${a.until.replace("T", " ")}`);
    const does = d.services.map(service).sort().join(", ") || t("plNoService");
    // Two desks may have one name.
    const label = lines.has(`${t("plDesk")} ${d.name}`) ? `${t("plDesk")} ${d.name} (${d.id.slice(-4)})` : `${t("plDesk")} ${d.name}`;
    lines.set(label, [d.active ? does : `${does} (${t("plOff")})`, ...away].join("\n"));
  }
  lines.set(t("plTakesVisits"), yes(f.active));
  return lines;
}
