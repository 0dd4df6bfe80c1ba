// Visits that a change hits: who they are, as far as a planner may know it.
import { useEffect, useState } from "preact/hooks";
import { Refused, type Schemas, api, take } from "./api";
import { moment } from "./planning-words";
import { number, t } from "./texts";
import { clock } from "./time";
import { Ask, useWho } from "./ui";

export type Hit = Schemas["HitOut"];

/** A change that was refused, as booked visits would be left without a place by it; nothing was changed. */
export class WouldStrand extends Refused {
  constructor(
    /** Which, the earliest first; a thousand at most. */
    readonly visits: string[],
    /** What some of them say at the desk, in the same order. */
    readonly references: string[],
    /** How many there are. */
    readonly count: number,
  ) {
    super("would_strand");
  }
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** As `take`, for a change of a plan. */
export async function planned<T>(promise: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await promise;
  } catch {
    throw new Refused("unreachable");
  }
  const problem = (answer.response.ok ? {} : answer.error) as Partial<Schemas["Problem"]> | undefined;
  if (problem?.code === "would_strand") {
    const visits = problem.stranded ?? [];
    // A reference, such as K7M-3QX. The sentence around them is English, and may change.
    const references = problem.detail?.match(/\b[2-9A-Z]{3}-[2-9A-Z]{3}\b/g) ?? [];
    throw new WouldStrand(visits, references, Math.max(visits.length, Number(/^\d+/.exec(problem.detail ?? "")?.[0] ?? 0)));
  }
  return take(Promise.resolve(answer));
}

const DAY = 86_400_000;
/** The longest closing that can be looked at ahead, and how far ahead visits are booked, in days. */
const SPAN = 31;
const AHEAD = 400;

/**
 * When visits are, and for what. There is no operation that tells it of an id: what a closing would hit names each visit of a location,
 * and writes nothing.
 */
async function find(wanted: Set<string>, locations: string[], found: (hits: Hit[]) => void, over: () => boolean) {
  const left = new Set(wanted);
  const now = Math.floor(clock().getTime() / 60_000) * 60_000;
  const at = (days: number) => new Date(now + days * DAY).toISOString();
  for (let from = 0; from < AHEAD && left.size > 0; from += SPAN) {
    for (const location_id of locations) {
      if (over() || left.size === 0) return;
      const body = { location_id, from: at(from), until: at(from + SPAN) };
      const { visits } = await take(api.POST("/staff/v1/closures/preview", { body }));
      const hits = visits.filter((v) => left.delete(v.appointment_id));
      if (hits.length > 0 && !over()) found(hits);
    }
  }
}

/** Visits in a table, of a list that may be longer. */
export function Hits({ hits, service, place, then }: { hits: Partial<Hit>[]; service: (id: string) => string; place?: (id: string) => string; then?: boolean }) {
  const { town } = useWho();
  const time = (at: string) => moment(at, town.time_zone);
  return (
    <div class="scroll hits" tabIndex={0} role="region" aria-label={t("plHits")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("plReference")}</th>
            <th scope="col">{t("plWhen")}</th>
            <th scope="col">{t("plService")}</th>
            {place && <th scope="col">{t("plLocation")}</th>}
            {then && <th scope="col">{t("plInstead")}</th>}
          </tr>
        </thead>
        <tbody>
          {hits.map((h, n) => (
            <tr key={h.appointment_id ?? n}>
              <th scope="row" class="ref">
                {h.reference ?? "…"}
              </th>
              <td>{h.starts_at ? time(h.starts_at) : "…"}</td>
              <td dir="auto">{h.service_id ? service(h.service_id) : "…"}</td>
              {place && <td dir="auto">{h.location_id ? place(h.location_id) : "…"}</td>}
              {then && (
                <td dir="auto">
                  {h.would_start_at
                    ? [time(h.would_start_at), h.would_be_at !== h.location_id && h.would_be_at && place?.(h.would_be_at)]
                        .filter(Boolean)
                        .join(", ")
                    : t("plNoOther")}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many are shown before a question. */
const MOST = 100;

type StrandsProps = {
  strands: WouldStrand;
  /** Where these visits may be. */
  locations: string[];
  service: (id: string) => string;
  place?: (id: string) => string;
  done: (sure: boolean) => void;
};

/** The question before a change that leaves visits without a place: whom it hits, before anything is saved. */
export function Strands({ strands, locations, service, place, done }: StrandsProps) {
  const [known, setKnown] = useState<Map<string, Hit>>(new Map());
  useEffect(() => {
    let over = false;
    const shown = new Set(strands.visits.slice(0, MOST));
    find(shown, locations, (hits) => setKnown((all) => new Map([...all, ...hits.map((h) => [h.appointment_id, h] as const)])), () => over).catch(
      // What they say at the desk is told all the same.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [strands]);
  const hits = strands.visits
    .slice(0, MOST)
    .map((id, n): Partial<Hit> => known.get(id) ?? { appointment_id: id, reference: strands.references[n] });
  const more = strands.count - hits.length;
  return (
    <Ask text={t(strands.count === 1 ? "plStrandsOne" : "plStrands", { n: number(strands.count) })} yes={t("plStrandsYes")} danger done={done}>
      <Hits hits={hits} service={service} place={place} />
      {more > 0 && <p class="meta">{t("plAndMore", { n: number(more) })}</p>}
      <p>{t("plStrandsHelp")}</p>
    </Ask>
  );
}
