// The desks of a location, as the agenda shows them: when they are there, and how today's visits go on.
import type { Schemas } from "./api";
import { hourOf, minuteOf } from "./counter-time";
import { t } from "./texts";

export type Desk = { id: string; name: string };

/** A column for each desk that is there, and one for each other at which a visit is planned: it was closed since. */
export function columns(desks: Desk[], used: string[]): Desk[] {
  const others = [...new Set(used)].filter((id) => !desks.some((d) => d.id === id));
  return [...desks.map(({ id, name }) => ({ id, name })), ...others.map((id, n) => ({ id, name: t("agendaOtherDesk", { n: n + 1 }) }))];
}

/** When a location is open on a day, and when its desks are there. */
export type Hours = Schemas["AgendaHoursOut"];
/** Today's numbers, by visit. */
export type Arrivals = Map<string, Schemas["ArrivalOut"]>;
type Span = Schemas["OpenOut"];

/** Minutes of a town's day; the midnight that ends it is its last. */
export const spanOf = (zone: string, s: Span): [number, number] => [minuteOf(zone, s.from), minuteOf(zone, s.until) || 24 * 60];

/** Times of opening, as people say them. */
export const hoursSaid = (zone: string, spans: Span[]) => spans.map((s) => `${hourOf(zone, s.from)}–${hourOf(zone, s.until)}`).join(", ");

/** What lies between these times, from one minute to another. */
export function between(zone: string, spans: Span[], first: number, end: number): [number, number][] {
  const gaps: [number, number][] = [];
  let at = first;
  for (const [from, until] of spans.map((s) => spanOf(zone, s))) {
    if (from > at) gaps.push([at, from]);
    at = Math.max(at, until);
  }
  if (at < end) gaps.push([at, end]);
  return gaps;
}
