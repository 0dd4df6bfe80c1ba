// Whoever is in front of the desk: the number that the hall sees, who it is, and what they come for.
import { Link } from "wouter-preact";
import { type HallDesk, type Received, hour, lasted } from "./desk-hall";
import { t, word } from "./texts";
import { clock } from "./time";
import { useWho } from "./ui";

/** How somebody in front stands: who it is, once that is read; the number before. */
export type Front = { number: string; state: string; who?: Received };

export const frontOf = (desk: HallDesk | undefined, who: Received | undefined): Front | undefined => {
  if (!desk?.number || !desk.state) return undefined;
  const same = who?.number === desk.number && who.state === desk.state;
  return { number: desk.number, state: desk.state, who: same ? who : undefined };
};

type Props = { front?: Front; service: (id: string) => string };

export function InFront({ front, service }: Props) {
  const { town } = useWho();
  if (!front) return <p class="nobody">{t("deskNobody")}</p>;
  const who = front.who;
  const at = who && since(who);
  return (
    <div class="infront">
      <p class="turn">
        <strong class="ticketnumber">{front.number}</strong>
        <span class={`badge ${front.state}`}>{word("turn", front.state)}</span>
      </p>
      {/* What is on its way has its place: nothing moves under a hand. */}
      <p class="called" dir="auto">
        {who ? who.name || t("deskNoName") : t("loading")}
      </p>
      {who && (
        <>
          <p>
            {service(who.service_id)}
            {who.persons > 1 && ` · ${t("deskPersons", { n: who.persons })}`}
          </p>
          {who.subjects.length > 0 && (
            <>
              <h3 id="subjects">{t("deskFor")}</h3>
              <ul class="plain" aria-labelledby="subjects">
                {who.subjects.map((s, n) => (
                  <li key={n}>
                    <span dir="auto">
                      {s.resident_id && s.resident_id !== who.resident_id ? (
                        <Link href={`/counter/${s.resident_id}`}>{s.name || t("deskNoName")}</Link>
                      ) : (
                        s.name || t("deskNoName")
                      )}
                    </span>
                    {s.document_kind && `: ${word("doc", s.document_kind)}`}
                  </li>
                ))}
              </ul>
            </>
          )}
          {who.resident_id && (
            <p>
              <Link href={`/counter/${who.resident_id}`}>{t("deskOpenPerson")}</Link>
            </p>
          )}
        </>
      )}
      <p class="meta">
        {at && t(front.state === "serving" ? "deskServingSince" : "deskCalledSince", { time: hour(town.time_zone, at), lasted: lasted(at) })}
        {who && front.state === "called" && who.calls > 1 && ` ${t("deskCalls", { n: who.calls })}`}
      </p>
    </div>
  );
}

/** When somebody was called or began to be served, as this page saw it happen. */
const happened = new Map<string, string>();
const named = (who: Received) => `${who.id} ${who.state}`;

/** Notes that it happened now. */
export const happens = (who: Received) => void happened.set(named(who), clock().toISOString());

/** Since when they are called or served, as the server tells it or it was seen; nothing where nobody here knows. */
function since(who: Received): string | undefined {
  return (who.state === "serving" ? who.started_at : who.called_at) ?? happened.get(named(who));
}
