// A week at a location: how full each desk is on each day, and nobody's name.
import { useEffect } from "preact/hooks";
import { type Schemas, api, take } from "./api";
import { type Desk, type Hours, columns, hoursSaid, spanOf } from "./agenda-desks";
import { useRead } from "./counter-parts";
import { addDays, hourOf, longDay, minuteOf, shortDay, today } from "./counter-time";
import { number, t } from "./texts";
import { Problem, useEvery, useWho } from "./ui";

const FRESH = 60_000;
/** The hours that a line shows though nothing is booked in them. */
const FROM = 9 * 60;
const UNTIL = 17 * 60;

type Taken = Schemas["TakenOut"];
type WeekProps = { place: string; monday: string; desks: Desk[]; turn: number; hours?: Hours[]; open: (day: string) => void };

export function Week({ place, monday, desks, turn, hours, open }: WeekProps) {
  const zone = useWho().town.time_zone;
  const [taken, problem, again] = useRead(
    () => take(api.GET("/staff/v1/agenda/week", { params: { query: { location_id: place, from: monday } } })),
    [],
  );
  useEvery(FRESH, again);
  useEffect(() => {
    if (turn > 0) again();
  }, [turn]);
  if (!taken) return problem ? <Problem problem={problem} again={again} /> : <p role="status">{t("loading")}</p>;
  const all = columns(desks, taken.map((v) => v.desk_id));
  const from = (v: Taken) => minuteOf(zone, v.starts_at);
  const until = (v: Taken) => Math.max(minuteOf(zone, v.ends_at), from(v) + 5);
  // The same hours on each line, so that lines can be compared.
  const opening = (hours ?? []).flatMap((h) => h.open.map((s) => spanOf(zone, s)));
  const first = Math.floor(Math.min(FROM, ...opening.map(([from]) => from), ...taken.map(from)) / 60) * 60;
  const end = Math.ceil(Math.max(UNTIL, ...opening.map(([, until]) => until), ...taken.map(until)) / 60) * 60;
  const share = (minutes: number) => `${((100 * minutes) / (end - first)).toFixed(2)}%`;
  const days = Array.from({ length: 7 }, (_, n) => addDays(monday, n));
  return (
    <>
      <Problem problem={problem} again={again} />
      <p class="help">{t("agendaWeekHelp", { from: clockOf(first), until: clockOf(end) })}</p>
      <ol class="seven">
        {days.map((day) => {
          const of = taken.filter((v) => v.day === day);
          const there = hours?.find((h) => h.day === day);
          return (
            <li key={day} class={day === today(zone) ? "today" : undefined}>
              <h3>
                <button type="button" class="linklike" aria-label={`${shortDay(day)}, ${longDay(day)}: ${t("agendaVisits", { n: number(of.length) })}`} onClick={() => open(day)}>
                  {shortDay(day)}
                </button>
              </h3>
              {there && <p class="meta hours">{there.open.length > 0 ? hoursSaid(zone, there.open) : t("agendaShut")}</p>}
              {of.length === 0 ? (
                <p class="meta">{t("agendaNone")}</p>
              ) : (
                <dl>
                  {all.map((d) => {
                    const mine = of.filter((v) => v.desk_id === d.id);
                    const minutes = mine.reduce((sum, v) => sum + until(v) - from(v), 0);
                    return (
                      <div key={d.id}>
                        <dt dir="auto">{d.name}</dt>
                        <dd>
                          <span class="bar" aria-hidden="true">
                            {mine.map((v) => (
                              <span key={v.id} title={`${hourOf(zone, v.starts_at)}–${hourOf(zone, v.ends_at)}`} style={{ left: share(from(v) - first), width: share(until(v) - from(v)) }} />
                            ))}
                          </span>
                          <span class="meta">{mine.length === 0 ? "–" : (
                            <>
                              {number(mine.length)} <span class="unseen">{t("agendaVisitsWord")}</span> · {long(minutes)}
                            </>
                          )}</span>
                        </dd>
                      </div>
                    );
                  })}
                </dl>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

const clockOf = (minutes: number) => `${String(minutes / 60).padStart(2, "0")}:00`;

/** So many minutes, as people say it. */
function long(minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return t("agendaMinutes", { m });
  return m === 0 ? t("agendaHours", { h }) : t("agendaHoursMinutes", { h, m });
}
