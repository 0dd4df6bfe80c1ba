// The town's clocks, wherever the browser is, and whatever its own clock says.

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
  return Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
};

/** An instant as `<input type="datetime-local">` has it, on the town's clocks. */
export function wall(zone: string, instant?: string): string {
  if (!instant) return "";
  const p = parts(zone, new Date(instant));
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** The instant that the town's clocks show so. */
export function instant(zone: string, local: string): string {
  const guess = new Date(`${local}:00Z`).getTime();
  const off = new Date(`${wall(zone, new Date(guess).toISOString())}:00Z`).getTime() - guess;
  const second = guess - off;
  // Across a change of the clocks the offset is another.
  const off2 = new Date(`${wall(zone, new Date(second).toISOString())}:00Z`).getTime() - second;
  return new Date(guess - off2).toISOString();
}

export function when(language: string, zone: string, at?: string): string {
  if (!at) return "–";
  const format = { timeZone: zone, dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(language === "nl" ? "nl-BE" : "en-GB", format).format(new Date(at));
}
