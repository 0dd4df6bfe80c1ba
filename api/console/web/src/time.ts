// The town's clocks, wherever the browser is, and whatever its own clock says.

const HOUR = 3_600_000;
let ahead = 0;

/** Sets the clock by the server's. */
export function setClock(now: string) {
  ahead = new Date(now).getTime() - Date.now();
}

export const clock = () => new Date(Date.now() + ahead);

const parts = (zone: string, at: Date) => {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const all = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
  // A year that is being typed is 2, then 20: without its noughts no browser would read it again.
  all.year = all.year.padStart(4, "0");
  return all;
};

/** An instant as `<input type="datetime-local">` has it, on the town's clocks. */
export function wall(zone: string, instant?: string): string {
  if (!instant) return "";
  const p = parts(zone, new Date(instant));
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** The instant that the town's clocks show so; the first, where they show it twice. Whatever a field can hold has one: at the ends of time, where there is no year beyond, as in UTC. */
export function instant(zone: string, local: string): string {
  const guess = new Date(`${local}:00Z`).getTime();
  const ahead = (at: number) => new Date(`${wall(zone, new Date(at).toISOString())}:00Z`).getTime() - at || 0;
  // Across a change of the clocks the offset is another.
  const found = guess - ahead(guess - ahead(guess));
  const before = new Date(found - HOUR).toISOString();
  return wall(zone, before) === local ? before : new Date(found).toISOString();
}

/** Whether the town's clocks show this twice, as in the hour in which they are put back. */
export const isTwice = (zone: string, local: string) =>
  wall(zone, new Date(new Date(instant(zone, local)).getTime() + HOUR).toISOString()) === local;

/** Whether a day or an instant lies in a year that somebody means, and not in one that a slip of the finger made. */
export const isLikely = (local: string) => local >= "2000" && local < "2100";

export function when(language: string, zone: string, at?: string): string {
  if (!at) return "–";
  const format = { timeZone: zone, dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(language === "nl" ? "nl-BE" : "en-GB", format).format(new Date(at));
}

const DAY = 86_400_000;

/** An instant in milliseconds. */
export const millis = (at?: string) => (at ? new Date(at).getTime() : undefined);

/** When nobody can come to an event any more, in milliseconds; without an end it may go on for a day. */
export const endOf = (begins?: number, ends?: number) => ends ?? (begins === undefined ? undefined : begins + DAY);
