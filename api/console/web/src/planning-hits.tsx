// Visits that a change hits: who they are, as far as a planner may know it.
import { Link } from "wouter-preact";
import { leadTo } from "./agenda-last";
import type { Schemas, Told } from "./api";
import { moment } from "./planning-words";
import { number, t } from "./texts";
import { wall } from "./time";
import { Ask, may, useWho } from "./ui";

export type Hit = Schemas["HitOut"];

/** Visits in a table, of a list that may be longer. */
export function Hits({ hits, service, place, then }: { hits: Partial<Hit>[]; service: (id: string) => string; place?: (id: string) => string; then?: boolean }) {
  const who = useWho();
  const { town } = who;
  const time = (at: string) => moment(at, town.time_zone);
  // The agenda shows whose they are, to whoever may know it.
  const leads = may(who, "counter");
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
                {leads && h.appointment_id && h.location_id && h.starts_at ? (
                  <Link href="/agenda" onClick={leadTo(h.location_id, wall(town.time_zone, h.starts_at).slice(0, 10), h.appointment_id)}>
                    {h.reference}
                  </Link>
                ) : (
                  (h.reference ?? "…")
                )}
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
  /** What the server refused for it. */
  strands: Told;
  service: (id: string) => string;
  place?: (id: string) => string;
  done: (sure: boolean) => void;
};

/** The question before a change that leaves visits without a place: whom it hits, before anything is saved. */
export function Strands({ strands, service, place, done }: StrandsProps) {
  const hits = strands.stranded ?? [];
  const count = strands.stranded_count ?? hits.length;
  return (
    <Ask text={t(count === 1 ? "plStrandsOne" : "plStrands", { n: number(count) })} yes={t("plStrandsYes")} danger done={done}>
      <Some hits={hits} count={count} service={service} place={place} />
      <p>{t("plStrandsHelp")}</p>
    </Ask>
  );
}

type SomeProps = { hits: Partial<Hit>[]; count: number; service: (id: string) => string; place?: (id: string) => string };

/** The first of many visits, and how many there are more. */
export function Some({ hits, count, service, place }: SomeProps) {
  const shown = hits.slice(0, MOST);
  return (
    <>
      <Hits hits={shown} service={service} place={place} />
      {count > shown.length && <p class="meta">{t("plAndMore", { n: number(count - shown.length) })}</p>}
    </>
  );
}
