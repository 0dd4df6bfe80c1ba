// The desks of a location, as the agenda shows them.
import { t } from "./texts";

export type Desk = { id: string; name: string };

/** A column for each desk that is there, and one for each other at which a visit is planned: it was closed since. */
export function columns(desks: Desk[], used: string[]): Desk[] {
  const others = [...new Set(used)].filter((id) => !desks.some((d) => d.id === id));
  return [...desks.map(({ id, name }) => ({ id, name })), ...others.map((id, n) => ({ id, name: t("agendaOtherDesk", { n: n + 1 }) }))];
}
