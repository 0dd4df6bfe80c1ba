// Who waits, in the order in which they are called: numbers, and no names.
import { type ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type HallDesk, type Turn, hour, lasted } from "./desk-hall";
import { t, word } from "./texts";
import { useWho } from "./ui";

/** Whoever removes a row by its button goes on from the list, and not from the top of the page. */
export function useHeldFocus<E extends HTMLElement>() {
  const box = useRef<E>(null);
  const inside = useRef(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const comes = () => (inside.current = true);
    const goes = (e: FocusEvent) => {
      const from = e.target as Node;
      // What goes because it was removed has not gone elsewhere.
      setTimeout(() => from.isConnected && !element.contains(document.activeElement) && (inside.current = false));
    };
    element.addEventListener("focusin", comes);
    element.addEventListener("focusout", goes);
    return () => {
      element.removeEventListener("focusin", comes);
      element.removeEventListener("focusout", goes);
    };
  }, []);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  });
  return box;
}

type WaitingProps = {
  label: string;
  turns: Turn[];
  service: (id: string) => string;
  /** What is said when nobody is in it. */
  none: string;
  act?: (turn: Turn) => ComponentChildren;
};

export function Waiting({ label, turns, service, none, act }: WaitingProps) {
  const { town } = useWho();
  const box = useHeldFocus<HTMLDivElement>();
  return (
    <div ref={box} class="scroll" tabIndex={0} role="region" aria-label={label}>
      {turns.length === 0 ? (
        <p class="help">{none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("deskNumber")}</th>
              <th scope="col">{t("deskService")}</th>
              <th scope="col">{t("deskWaits")}</th>
              {act && (
                <th scope="col">
                  <span class="unseen">{t("deskDo")}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {turns.map((turn) => (
              <tr key={turn.id}>
                <th scope="row">
                  <strong>{turn.number}</strong>
                </th>
                <td>
                  {service(turn.service_id)}
                  <About turn={turn} zone={town.time_zone} />
                </td>
                <td>{lasted(turn.arrived_at)}</td>
                {act && <td>{act(turn)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** What else tells why somebody stands where they stand. */
function About({ turn, zone }: { turn: Turn; zone: string }) {
  const parts = [
    turn.due_at && t(turn.appointment ? "deskDue" : "deskDueNow", { time: hour(zone, turn.due_at) }),
    turn.persons > 1 && t("deskPersons", { n: turn.persons }),
  ].filter(Boolean);
  return parts.length > 0 ? <span class="meta">{parts.join(" · ")}</span> : null;
}

/** The desks of a hall: who works there, and whom they called. */
export function Desks({ desks, mine }: { desks: HallDesk[]; mine?: string }) {
  return (
    <ul class="cards">
      {desks.map((d) => (
        <li key={d.id}>
          <strong>{d.name}</strong>
          {d.id === mine && <span class="badge">{t("deskMine")}</span>}
          {d.number && (
            <span class={`badge ${d.state}`}>
              {d.number} · {word("turn", d.state ?? "")}
            </span>
          )}
          <span class="meta" dir="auto">
            {d.clerk ? d.clerk.name : t("deskUnmanned")}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** That no answer comes, since when, and what that means for what is shown. */
export function Lost({ since }: { since?: string }) {
  const { town } = useWho();
  if (!since) return null;
  return (
    <div class="notice error" role="alert">
      <strong>{t("deskLost")}</strong> {t("deskLostHelp", { time: hour(town.time_zone, since) })}
    </div>
  );
}
