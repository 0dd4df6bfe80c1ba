// When somebody can come: what is free first at each location, and the free starts of the days that follow.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Refused, type Schemas, api, take } from "./api";
import { keptPlace, placeName, useOffer, useRead } from "./counter-parts";
import { dayOf, hourOf, longDay, nearDay, shortDay, today } from "./counter-time";
import type { Reason } from "./counter-why";
import { t } from "./texts";
import { HALF, Problem, Select, WhenField, useEvery, useWho } from "./ui";

export type Start = Pick<Schemas["StartOut"], "starts_at" | "location_id">;

/** What is free changes while one speaks. */
const FRESH = 60_000;
/** Days that are offered at a time. */
const SHOWN = 8;

type Props = {
  service: string;
  persons: number;
  value?: Start;
  set: (start?: Start) => void;
  /** Counted up to read it anew: what was chosen is taken. */
  turn: number;
  /** Who is to come, or which visit is moved, and why it is asked: nothing is shown at which they are at another visit. */
  whom?: { resident_id?: string; appointment_id?: string; reason: Reason };
  id?: string;
  wrong?: string;
};

/** The choice of a start. It is of one service and number of people: for others there is another. */
export function Starts({ service, persons, value, set, turn, whom, id, wrong }: Props) {
  const { me, town } = useWho();
  const [offer] = useOffer(me.municipality ?? "");
  const [next, problem, again] = useRead(
    () =>
      take(
        api.GET("/staff/v1/services/{service_id}/next", {
          params: { path: { service_id: service }, query: { persons, ...whom } },
        }),
      ),
    [turn, whom?.resident_id, whom?.appointment_id, whom?.reason],
  );
  const [chosen, choose] = useState<string>();
  const [from, setFrom] = useState("");
  useEvery(FRESH, again);
  const zone = town.time_zone;
  const free = (place: string) => next?.some((s) => s.location_id === place);
  const done = offer?.served.find((s) => s.service_id === service)?.location_ids;
  const isDone = (place: string) => !done || done.includes(place);
  const usual = keptPlace();
  const place = chosen ?? value?.location_id ?? (usual && free(usual) ? usual : next?.[0]?.location_id);
  const is = (s: Start) => value?.starts_at === s.starts_at && value.location_id === s.location_id;
  const pick = (s: Start) => {
    choose(s.location_id);
    setFrom("");
    set({ starts_at: s.starts_at, location_id: s.location_id });
  };
  const odd = from === HALF ? t("wrong_halfDay") : from && from < today(zone) ? t("startsPassed") : undefined;
  return (
    <fieldset class={wrong ? "starts wrong" : "starts"} aria-describedby={wrong && id ? `${id}-fault` : undefined}>
      <legend>{t("startsWhen")}</legend>
      {wrong && (
        <p class="fault" id={id && `${id}-fault`}>
          {wrong}
        </p>
      )}
      <Problem problem={problem} again={again} />
      {!next && !problem && <p>{t("loading")}</p>}
      {next?.length === 0 && <p>{t("startsNone")}</p>}
      {next && next.length > 0 && (
        <>
          <p class="help">{t("startsFirst")}</p>
          <div class="row">
            {next.map((s, n) => (
              <button
                key={`${s.location_id} ${s.starts_at}`}
                id={n === 0 ? id : undefined}
                type="button"
                class="tab"
                aria-pressed={is(s)}
                onClick={() => pick(s)}
              >
                {nearDay(zone, s.day)} {hourOf(zone, s.starts_at)}
                {(offer?.locations.length ?? 0) > 1 && `, ${placeName(offer, s.location_id)}`}
              </button>
            ))}
          </div>
        </>
      )}
      {next && place && (
        <>
          <div class="row places">
            {(offer?.locations.length ?? 0) > 1 && (
              <Select
                label={t("startsPlace")}
                value={place}
                set={choose}
                of={(offer?.locations ?? []).filter((l) => isDone(l.id) || l.id === place).map((l) => ({
                  value: l.id,
                  label: free(l.id) ? l.name : t("startsPlaceFull", { place: l.name }),
                }))}
              />
            )}
            <WhenField kind="date" label={t("startsFrom")} value={from} wrong={odd} set={setFrom} />
          </div>
          <Days
            key={`${place} ${odd ? "" : from} ${whom?.reason ?? ""}`}
            service={service}
            persons={persons}
            place={place}
            from={odd || !from ? undefined : from}
            value={value}
            set={set}
            turn={turn}
            whom={whom}
          />
        </>
      )}
    </fieldset>
  );
}

/** What is free near a start that was taken meanwhile: one press chooses it. */
export function Near({ problem, place, pick }: { problem: unknown; place?: string; pick: (start: Start) => void }) {
  const zone = useWho().town.time_zone;
  const near = problem instanceof Refused ? problem.told.free_near : undefined;
  const label = useId();
  if (!near?.length || !place) return null;
  return (
    <div class="pv-near" role="group" aria-labelledby={label}>
      <p id={label}>{t("pvNear")}</p>
      <div class="row">
        {near.map((at) => (
          <button key={at} type="button" class="tab" onClick={() => pick({ starts_at: at, location_id: place })}>
            {nearDay(zone, dayOf(zone, at))} {hourOf(zone, at)}
          </button>
        ))}
      </div>
    </div>
  );
}

type Found = { starts: Schemas["StartOut"][]; next?: string };
type DaysProps = Omit<Props, "id" | "wrong"> & { place: string; from?: string };

function Days({ service, persons, place, from, value, set, turn, whom }: DaysProps) {
  const zone = useWho().town.time_zone;
  const read = async (from?: string): Promise<Found> => {
    let next: string | undefined;
    const asked = api.GET("/staff/v1/services/{service_id}/starts", {
      params: { path: { service_id: service }, query: { location_id: place, persons, from, ...whom } },
    });
    const starts = await take(
      asked.then((answer) => {
        next = answer.response.headers.get("x-next-from") ?? undefined;
        return answer;
      }),
    );
    return { starts, next };
  };
  const [first, problem, again] = useRead(() => read(from), [turn]);
  const [later, setLater] = useState<Found[]>([]);
  const [trouble, setTrouble] = useState<unknown>();
  const [shown, setShown] = useState(SHOWN);
  const [open, setOpen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const hours = useId();
  const list = useRef<HTMLDivElement>(null);
  useEvery(FRESH, again);
  // Where what was chosen lies on another day than is shown, that one is shown.
  useEffect(() => {
    if (value?.location_id === place) setOpen(dayOf(zone, value.starts_at));
  }, [value?.starts_at]);
  // What was read anew may hold what was read as more.
  const all = [...new Map([first, ...later].flatMap((f) => f?.starts ?? []).map((s) => [s.starts_at, s])).values()];
  const days = [...new Set(all.map((s) => s.day))];
  const end = later.length > 0 ? later[later.length - 1].next : first?.next;
  const day = open && days.includes(open) ? open : days[0];
  // The day that is open stands among those that are shown.
  const most = Math.max(shown, days.indexOf(day) + 1);
  const more = async () => {
    if (most < days.length || !end) {
      setShown(most + SHOWN);
      return;
    }
    if (busy) return;
    setBusy(true);
    try {
      const found = await read(end);
      setLater([...later, found]);
      setShown(most + SHOWN);
      setTrouble(undefined);
      if (!found.next) list.current?.focus();
    } catch (e) {
      setTrouble(e);
    }
    setBusy(false);
  };
  const of = (day: string) => all.filter((s) => s.day === day);
  const gone =
    value?.location_id === place && first && day === dayOf(zone, value.starts_at) && !of(day).some((s) => s.starts_at === value.starts_at);
  if (!first) return problem ? <Problem problem={problem} again={again} /> : <p role="status">{t("loading")}</p>;
  return (
    <>
      <Problem problem={problem ?? trouble} again={problem ? again : undefined} />
      {days.length === 0 && !end && <p role="status">{t("startsNoneHere")}</p>}
      <div ref={list} class="row days" tabIndex={-1} role="group" aria-label={t("startsDays")}>
        {days.slice(0, most).map((d) => (
          <button key={d} type="button" class="tab" aria-pressed={d === day} onClick={() => setOpen(d)}>
            {shortDay(d)} <span class="meta">{t("startsFree", { n: of(d).length })}</span>
          </button>
        ))}
        {(most < days.length || end) && (
          <button type="button" class="plain" onClick={more}>
            {t("startsMore")}
          </button>
        )}
      </div>
      {day && (
        <>
          <h3 id={hours}>{longDay(day)}</h3>
          {gone && (
            <p class="fault" role="alert">
              {t("startsGone")}
            </p>
          )}
          <div class="row times" role="group" aria-labelledby={hours}>
            {of(day).map((s) => {
              const is = value?.location_id === place && value.starts_at === s.starts_at;
              return (
                <button
                  key={s.starts_at}
                  type="button"
                  class="tab"
                  aria-pressed={is}
                  onClick={() => set(is ? undefined : { starts_at: s.starts_at, location_id: s.location_id })}
                >
                  {hourOf(zone, s.starts_at)}
                </button>
              );
            })}
          </div>
        </>
      )}
    </>
  );
}
