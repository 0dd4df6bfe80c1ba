// Somebody's visits: to come, and past.
import { useState } from "preact/hooks";
import type { Schemas } from "./api";
import { type Offer, type Paper, Part, type Resident, type Visit, serviceName } from "./counter-parts";
import { hourOf, moment } from "./counter-time";
import { VisitDeeds, VisitFacts } from "./counter-visit";
import type { Reason } from "./counter-why";
import { isKey, t, word } from "./texts";
import { clock } from "./time";
import { useWho } from "./ui";

type VisitsProps = {
  visits?: Schemas["ResidentVisitsOut"];
  problem: unknown;
  again: () => void;
  offer?: Offer;
  person: Resident;
  papers?: Paper[];
  reason: Reason;
  changed: () => void;
};

export function Visits({ visits, problem, again, offer, person, papers, reason, changed }: VisitsProps) {
  /** What was done with here, by the id under which it came: it stays where it stands, with what became of it and the way back. */
  const [touched, setTouched] = useState(new Map<string, Visit>());
  const others = (visits?.coming ?? []).filter((v) => !touched.has(v.id) && ![...touched.values()].some((now) => now.id === v.id));
  const coming = [...others.map((v) => ({ id: v.id, v })), ...[...touched].map(([id, v]) => ({ id, v }))];
  coming.sort((a, b) => a.v.starts_at.localeCompare(b.v.starts_at));
  const past = (visits?.past ?? []).filter((v) => !touched.has(v.id));
  return (
    <Part title={t("visitsComing")} found={visits} problem={problem} again={again}>
      {coming.length === 0 && <p class="help">{t("visitsNone")}</p>}
      <ul class="cards">
        {coming.map(({ id, v }) => (
          <li key={id}>
            <VisitHeading visit={v} offer={offer} />
            <VisitFacts visit={v} offer={offer} headed />
            {/* A visit that another parent booked reaches that one. */}
            <VisitDeeds
              visit={v}
              offer={offer}
              reason={reason}
              hasApp={v.resident_id === person.id ? person.has_app : undefined}
              papers={v.resident_id === person.id ? papers : undefined}
              changed={(now) => {
                setTouched((all) => new Map(all).set(id, now));
                changed();
              }}
            />
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary>{t("visitsPast", { n: past.length })}</summary>
          <ul class="cards">
            {past.map((v) => (
              <li key={v.id}>
                <VisitHeading visit={v} offer={offer} />
                <span class="meta">{v.reference}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Part>
  );
}

/** Whether its time is over, while nothing else is said of it: whether anybody came is not known. */
export const isOver = (visit: Visit) => visit.state === "booked" && new Date(visit.ends_at) <= clock();

/** What it is and when, in a line, and that it is not booked where it is not. */
export function VisitHeading({ visit, offer }: { visit: Visit; offer?: Offer }) {
  const zone = useWho().town.time_zone;
  return (
    <>
      <strong dir="auto">{serviceName(offer, visit.service_id)}</strong>
      {isOver(visit) && <span class="badge">{t("visitIs_unknown")}</span>}
      {visit.state !== "booked" && <span class={`badge ${visit.state}`}>{isKey(`visitIs_${visit.state}`) ? word("visitIs", visit.state) : visit.state}</span>}
      <span class="moment">
        {moment(zone, visit.starts_at)}–{hourOf(zone, visit.ends_at)}
      </span>
    </>
  );
}
