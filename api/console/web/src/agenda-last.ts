// Where one is in the agenda: kept as long as the window is open, and set by who leads to a visit.
import { keepPlace } from "./counter-parts";

/** Without a day it is today, also after midnight. `visit` is opened once it is found there. */
export const last: { day?: string; visit?: string } = {};

/** Leads to a visit in the agenda, at its place and on its day. */
export const leadTo = (place: string, day: string, visit: string) => () => {
  keepPlace(place);
  last.day = day;
  last.visit = visit;
};
