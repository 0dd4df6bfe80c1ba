// Signing on: at which location, and at which desk.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, take } from "./api";
import { useDeeds } from "./desk-deeds";
import { type Hall, type HallDesk, type Offer, type Seen, hour, place, remember } from "./desk-hall";
import { Pending } from "./desk-pending";
import { t } from "./texts";
import { Ask, Notice, Problem, Select, useWho } from "./ui";

type Props = { offer: Offer; location: string; choose: (location: string) => void; seen: Seen; known?: string };

/** `known` is the desk at which one worked on this page until a moment ago. */
export function Choose({ offer, location, choose, seen, known }: Props) {
  return (
    <>
      {offer.halls.length > 1 && (
        <Select
          label={t("deskWhere")}
          value={location}
          set={choose}
          of={offer.halls.map((h) => ({ value: h.id, label: h.name }))}
        />
      )}
      <Problem problem={seen.problem} again={() => void seen.read()} />
      {seen.hall ? (
        <SignOn offer={offer} hall={seen.hall} seen={seen} known={known} />
      ) : (
        !seen.problem && <p>{t("loading")}</p>
      )}
    </>
  );
}

function SignOn({ offer, hall, seen, known }: { offer: Offer; hall: Hall; seen: Seen; known?: string }) {
  const { town } = useWho();
  /** The desk that one asked for, where a colleague is signed on. */
  const [taken, setTaken] = useState<string>();
  const deeds = useDeeds(() => void seen.read());
  const signOn = (desk: HallDesk, take_over: boolean) => {
    // A colleague may have come since the page was read: then the server says so.
    setTaken(take_over ? undefined : desk.id);
    if (desk.clerk && !desk.clerk.is_me && !take_over) return;
    deeds.press({
      id: `sign-on ${desk.id} ${take_over}`,
      label: t("deskSignOn", { desk: desk.name }),
      go: (sent) =>
        take(
          api.PUT("/staff/v1/desks/{desk_id}/clerk", {
            params: { path: { desk_id: desk.id } },
            body: { take_over },
            signal: sent.signal,
          }),
        ),
      done: () => {
        setTaken(undefined);
        remember({ location: hall.location_id, desk: desk.id });
        void seen.read();
      },
    });
  };
  const heading = useRef<HTMLHeadingElement>(null);
  // The button with which one signed off is gone.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  const last = place().desk;
  // The one of the last time first: a desk's computer stands where it stood.
  const desks = [...hall.desks].sort((a, b) => Number(b.id === last) - Number(a.id === last));
  const asked = taken && !deeds.now ? hall.desks.find((d) => d.id === taken && d.clerk && !d.clerk.is_me) : undefined;
  const relieved = hall.desks.find((d) => d.id === known)?.clerk;
  return (
    <>
      {known && (
        <Notice>{relieved ? t("deskRelieved", { name: relieved.name, time: hour(town.time_zone, relieved.since) }) : t("deskOff")}</Notice>
      )}
      <Pending deeds={deeds} />
      {!asked && <Problem problem={deeds.problem} />}
      <h2 ref={heading} tabIndex={-1}>
        {t("deskWhich")}
      </h2>
      {hall.desks.length === 0 && <p class="help">{t("deskNoDesks")}</p>}
      <ul class="cards">
        {desks.map((d) => (
          <li key={d.id} class="desk-choice">
            <div>
              <strong>{d.name}</strong>
              {d.id === last && <span class="badge">{t("deskLastTime")}</span>}
              {d.number && <span class={`badge ${d.state}`}>{d.number}</span>}
              <span class="meta">{d.services.map(offer.service).join(", ") || t("deskNoServices")}</span>
              <span class="meta" dir="auto">
                {d.clerk ? t("deskClerk", { name: d.clerk.name, time: hour(town.time_zone, d.clerk.since) }) : t("deskUnmanned")}
              </span>
            </div>
            <button
              type="button"
              class={d.clerk ? "plain" : ""}
              aria-disabled={deeds.now ? true : undefined}
              onClick={() => signOn(d, false)}
            >
              {t("deskSignOn", { desk: d.name })}
            </button>
          </li>
        ))}
      </ul>
      {asked?.clerk && (
        <Ask
          text={t("deskTakeOverAsk", { desk: asked.name, name: asked.clerk.name, time: hour(town.time_zone, asked.clerk.since) })}
          yes={t("deskTakeOver")}
          done={(sure) => {
            setTaken(undefined);
            if (sure) signOn(asked, true);
          }}
        />
      )}
    </>
  );
}
