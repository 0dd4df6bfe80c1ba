// Why somebody cannot check in, as whoever stands at the reception can tell them: what their appointment is.
import { Refused, api, take } from "./api";
import { readCode } from "./counter-code";
import type { Visit } from "./counter-parts";
import { dayOf, hourOf, moment, today } from "./counter-time";
import { t } from "./texts";
import { clock } from "./time";

/** What the server says no with where the appointment itself tells why. */
const ABOUT_IT = ["check_in_closed", "visit_begun", "location_closed", "not_found"];

/** The appointment of a code that was refused; nothing where it cannot be read. Who is here can read later that it was looked at. */
export async function refusedVisit(problem: unknown, code: string, town?: string): Promise<Visit | undefined> {
  if (!(problem instanceof Refused) || !ABOUT_IT.includes(problem.code)) return undefined;
  const read = readCode(code, town);
  if (read.kind !== "reference") return undefined;
  const params = { path: { appointment: read.reference }, query: { reason: "visit" as const } };
  return take(api.GET("/staff/v1/appointments/{appointment}", { params })).catch(() => undefined);
}

type Names = { service: (id: string) => string; place: (id: string) => string };

/** Why it cannot be checked in to at a location now; nothing where it does not tell. */
export function whyNotIn(visit: Visit, here: string, zone: string, names: Names): string | undefined {
  const said = {
    service: names.service(visit.service_id),
    place: names.place(visit.location_id),
    when: moment(zone, visit.starts_at),
    time: hourOf(zone, visit.starts_at),
  };
  if (visit.state === "cancelled") return t("receptionIsOff", said);
  if (visit.state !== "booked") return t("receptionIsUnconfirmed", said);
  if (visit.location_id !== here) return t("receptionIsElsewhere", said);
  const [day, now] = [dayOf(zone, visit.starts_at), today(zone)];
  if (day > now) return t("receptionIsLater", said);
  if (day < now) return t("receptionIsPast", said);
  return new Date(visit.starts_at) > clock() ? t("receptionIsSoon", said) : undefined;
}
