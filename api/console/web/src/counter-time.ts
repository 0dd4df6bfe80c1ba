// Days and hours on the town's clocks, as a clerk says them.
import { language, t } from "./texts";
import { clock, wall } from "./time";

const LOCALE = language === "nl" ? "nl-BE" : "en-GB";
const DAY = 86_400_000;

/** The day that the town's calendar shows at an instant. */
export const dayOf = (zone: string, at: string) => wall(zone, at).slice(0, 10);
/** The hour that its clocks show then, such as 09:20. */
export const hourOf = (zone: string, at: string) => wall(zone, at).slice(11);
/** Minutes after midnight on its clocks. */
export const minuteOf = (zone: string, at: string) => {
  const [h, m] = hourOf(zone, at).split(":").map(Number);
  return h * 60 + m;
};
export const today = (zone: string) => dayOf(zone, clock().toISOString());

// A day of a calendar has no zone: noon in UTC is that day.
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** So many days later. */
export const addDays = (day: string, n: number) => new Date(noon(day).getTime() + n * DAY).toISOString().slice(0, 10);

/** The Monday of its week. */
export const mondayOf = (day: string) => addDays(day, -((noon(day).getUTCDay() + 6) % 7));

const said = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options }).format(noon(day));

/** A day as it stands on a button: its weekday, and no year. */
export const shortDay = (day: string) => said(day, { weekday: "short", day: "numeric", month: "short" });

/** A day in full. */
export const longDay = (day: string) => said(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** A date without its weekday, as on a document. */
export const date = (day: string) => said(day, { day: "numeric", month: "long", year: "numeric" });

/** The name of a weekday, Monday 1 to Sunday 7. */
export const weekdayName = (n: number) => said(addDays("2024-01-01", n - 1), { weekday: "long" });

/** A day as somebody at a counter says it. */
export function nearDay(zone: string, day: string): string {
  const now = today(zone);
  if (day === now) return t("counterToday");
  if (day === addDays(now, 1)) return t("counterTomorrow");
  return shortDay(day);
}

/** A day and an hour in full. */
export const moment = (zone: string, at: string) => `${longDay(dayOf(zone, at))}, ${hourOf(zone, at)}`;

/** How old somebody is on a day. */
export function age(born: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}
