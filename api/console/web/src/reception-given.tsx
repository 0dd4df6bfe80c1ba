// What was given at the reception: each number stays on the screen, whatever the printer does; and what has no answer yet is tried again.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Schemas, Refused, api, once, take } from "./api";
import { type Key, type Sent, type Waker, insist } from "./desk-deeds";
import { type Turn, hadSince, hour } from "./desk-hall";
import type { Visit } from "./counter-parts";
import { refusedVisit, whyNotIn } from "./reception-why";
import { t } from "./texts";
import { clock } from "./time";
import { Notice, explain, useWho } from "./ui";

/** How many stay on the screen. */
const SHOWN = 6;

/** What somebody came with: a code, or what they come for. */
export type Wish = { code: string } | { service: string; persons: number; name: string };

export type Given = {
  id: string;
  location: string;
  wish: Wish;
  /** One deed, however often it is sent. */
  header: Key;
  at: string;
  turn?: Turn;
  problem?: unknown;
  /** The appointment that a code is of, where it was refused. */
  visit?: Visit;
  state: "sent" | "trying" | "unsure" | "given" | "refused" | "gone";
};

const isCode = (wish: Wish): wish is { code: string } => "code" in wish;

function send({ wish, location, header }: Given, { signal }: Sent): Promise<Turn> {
  if (isCode(wish)) return take(api.POST("/staff/v1/check-ins", { body: { location_id: location, code: wish.code }, signal }));
  const body: Schemas["GiveNumber"] = { location_id: location, service_id: wish.service, persons: wish.persons };
  if (wish.name) body.name = wish.name;
  return take(api.POST("/staff/v1/tickets", { params: { header }, body, signal }));
}

/** The last ones, the newest first. `after` each that was answered. */
export function useGiven(town: string | undefined, after: (given: Given) => void): [Given[], (location: string, wish: Wish) => void, (given: Given) => void, (id: string, some: Partial<Given>) => void] {
  const [all, setAll] = useState<Given[]>([]);
  const gone = useRef(false);
  const told = useRef(after);
  told.current = after;
  useEffect(() => () => void (gone.current = true), []);
  const change = (id: string, some: Partial<Given>) => setAll((all) => all.map((g) => (g.id === id ? { ...g, ...some } : g)));
  const run = async (given: Given) => {
    const wake: Waker = {};
    const set = (some: Partial<Given>) => change(given.id, some);
    const go = (sent: Sent) => {
      if (gone.current) throw new Refused("left");
      return send(given, sent);
    };
    set({ state: "sent", problem: undefined, visit: undefined });
    try {
      const found = await insist(go, given.header, wake, () => set({ state: "trying" }));
      set(found ? { state: "given", turn: found.answer } : { state: "unsure" });
      if (found) told.current({ ...given, state: "given", turn: found.answer });
    } catch (e) {
      const out = e instanceof Refused && e.code === "signed_out";
      // Whoever signed in again sends the same once more.
      if (out) set({ state: "unsure", problem: e });
      else set({ state: "refused", problem: e, visit: isCode(given.wish) ? await refusedVisit(e, given.wish.code, town) : undefined });
    }
  };
  const give = (location: string, wish: Wish) => {
    const given: Given = { id: crypto.randomUUID(), location, wish, header: once(), at: clock().toISOString(), state: "sent" };
    const open = (g: Given) => g.state === "trying" || g.state === "unsure";
    setAll((all) => [given, ...all].filter((g, n) => n < SHOWN || open(g)));
    void run(given);
  };
  return [all, give, (given) => void run(given), change];
}

/** The town of a code, where it is another's. */
function otherTown(code: string, mine?: string): string | undefined {
  const town = /^thuisloket:([^:]*):/.exec(code.trim())?.[1];
  return town !== undefined && town !== mine ? town : undefined;
}

type Props = {
  given: Given;
  /** The newest is shown large. */
  first: boolean;
  service: (id: string) => string;
  place: (id: string) => string;
  print: (given: Given) => void;
  again: (given: Given) => void;
  /** What was scanned or typed goes back into its field. */
  edit: (code: string) => void;
  remove: (turn: Turn) => void;
};

export function Entry({ given, first, service, place, print, again, edit, remove }: Props) {
  const { me, town: own } = useWho();
  const { wish, turn, state, visit } = given;
  const asked = isCode(wish) ? wish.code : [service(wish.service), wish.name].filter(Boolean).join(" · ");
  const had = turn && hadSince(turn, given.at);
  if (turn) {
    return (
      <div class={first ? "given first" : "given"}>
        <p class="turn">
          <strong class={first ? "ticketnumber" : undefined}>{turn.number}</strong> <span>{service(turn.service_id)}</span>
        </p>
        <p class="meta" dir="auto">
          {state === "gone" ? t("deskDone_remove", { number: turn.number }) : standing(turn)}
          {!isCode(wish) && wish.name && ` · ${wish.name}`}
          {had && ` · ${t("receptionHad", { time: hour(own.time_zone, had) })}`}
        </p>
        {state === "given" && (
          <div class="row">
            <button type="button" class="plain" aria-label={t("receptionPrintOf", { number: turn.number })} onClick={() => print(given)}>
              {t("print")}
            </button>
            <button type="button" class="plain" aria-label={`${t("deskRemove")}: ${turn.number}`} onClick={() => remove(turn)}>
              {t("deskRemove")}
            </button>
          </div>
        )}
      </div>
    );
  }
  const town = isCode(wish) ? otherTown(wish.code, me.municipality) : undefined;
  const missing = given.problem instanceof Refused && given.problem.code === "not_found" && isCode(wish);
  const told = visit && whyNotIn(visit, given.location, own.time_zone, { service, place });
  const why = town ? t("receptionOtherTown", { town }) : told ? told : missing ? t("receptionNotFound") : explain(given.problem);
  return (
    <Notice kind={state === "sent" ? "info" : "error"}>
      <strong class="said" dir="auto">
        {asked}
      </strong>{" "}
      {state === "sent" && t("loading")}
      {state === "trying" && t("receptionTrying")}
      {state === "unsure" && (given.problem ? explain(given.problem) : t("receptionUnsure"))}{" "}
      {state === "refused" && `${why} `}
      {state === "refused" && isCode(wish) && (
        <button type="button" class="plain" onClick={() => edit(wish.code)}>
          {t("receptionEdit")}
        </button>
      )}
      {state === "unsure" && (
        <button type="button" class="plain" onClick={() => again(given)}>
          {t("retry")}
        </button>
      )}
    </Notice>
  );
}

/** How many are before, and how long it will be, as it was when the number was given. */
export function standing(turn: Turn): string {
  if (turn.state !== "waiting") return t("receptionCalled");
  const before = turn.ahead === 0 ? t("receptionNext") : turn.ahead === 1 ? t("receptionOneBefore") : t("receptionBefore", { n: turn.ahead });
  return turn.wait_minutes ? `${before} · ${inWords(turn.wait_minutes)}` : before;
}

/** How long one waits who comes now. */
export function inWords(minutes?: number): string {
  if (minutes === undefined) return t("receptionNobodyServes");
  return minutes === 0 ? t("receptionAtOnce") : t("receptionMinutes", { n: minutes });
}
