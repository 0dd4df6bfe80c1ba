// A hall as the server tells it: asked every few seconds, for eight hours. When no answer comes, the page knows since when.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, SIGNED_IN, type Schemas, api, byItself, take } from "./api";
import { clock, setClock, wall } from "./time";
import { t } from "./texts";
import { useFetched } from "./ui";

export type Hall = Schemas["HallOut"];
export type HallDesk = Schemas["HallDeskOut"];
export type Turn = Schemas["TurnOut"];
/** Whoever is in front of a desk; since when, where the server tells it. */
export type Received = Schemas["ReceivedOut"] & { called_at?: string; started_at?: string };

/** How often it is asked, and how long an answer is waited for. */
const EVERY = 4_000;
const ANSWER = 10_000;
const GLANCE = 6_000;
/** Without an answer for so long, what is shown is old. */
const SILENT = 15_000;
/** How often the clock is set: a computer that slept shows another time. */
const CLOCK = 5 * 60_000;

/** What may pass by itself: it is tried again. */
const PASSING = ["unreachable", "overloaded", "internal", "too_many_requests"];
export const passes = (e: unknown) => e instanceof Refused && PASSING.includes(e.code);

/** A request that is given up when no answer comes: a network can fall silent without a word. */
export const patient = (milliseconds = ANSWER) => ({ signal: AbortSignal.timeout(milliseconds) });

export type Seen = {
  hall?: Hall;
  /** Why it cannot be read, where that does not pass by itself. */
  problem: unknown;
  /** Since when no answer comes; nothing while they come. On the town's clock. */
  lost?: string;
  /** Reads it again, now. */
  read: () => Promise<void>;
  /** What is being read was asked before something was done: it is not shown any more. */
  outdated: () => void;
};

/** The hall of a location. `hidden`: also while nobody looks at the page. */
export function useHall(location: string | undefined, hidden = false): Seen {
  const [hall, setHall] = useState<Hall>();
  const [problem, setProblem] = useState<unknown>();
  const [lost, setLost] = useState<string>();
  const turn = useRef(0);
  const asking = useRef(false);
  /** When an answer came last; and since when one is waited for, by the browser's clock. */
  const answered = useRef<{ at: string; since: number }>();
  const signedOut = useRef(false);
  const always = useRef(hidden);
  always.current = hidden;
  const outdated = () => {
    turn.current += 1;
    asking.current = false;
  };
  const read = async () => {
    if (!location) return;
    const mine = ++turn.current;
    asking.current = true;
    try {
      const params = { path: { location_id: location } };
      const found = await take(api.GET("/staff/v1/halls/{location_id}", { params, ...patient(GLANCE) }));
      if (mine !== turn.current) return;
      setHall(found);
      setProblem(undefined);
      answered.current = { at: clock().toISOString(), since: Date.now() };
      setLost(undefined);
    } catch (e) {
      if (mine !== turn.current) return;
      signedOut.current = e instanceof Refused && e.code === "signed_out";
      if (!passes(e)) {
        // It answered. The question to sign in again stands in front of the page.
        answered.current = { at: clock().toISOString(), since: Date.now() };
        setLost(undefined);
        if (!signedOut.current) setProblem(e);
      }
    }
    asking.current = false;
  };
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    outdated();
    setHall(undefined);
    setProblem(undefined);
    setLost(undefined);
    if (!location) return;
    answered.current = { at: clock().toISOString(), since: Date.now() };
    const shown = () => always.current || !document.hidden;
    const poll = () => shown() && !asking.current && !signedOut.current && void byItself(() => latest.current());
    // Whoever comes back to the page gave it no time to ask meanwhile.
    const back = () => {
      if (document.hidden || !answered.current) return;
      answered.current.since = Math.max(answered.current.since, Date.now() - EVERY);
      poll();
    };
    const signedIn = () => {
      signedOut.current = false;
      back();
    };
    const tick = () => {
      const silent = shown() && !signedOut.current && answered.current && Date.now() - answered.current.since > SILENT;
      if (silent) setLost(answered.current?.at);
    };
    void byItself(() => latest.current());
    const timers = [setInterval(poll, EVERY), setInterval(tick, 1_000)];
    document.addEventListener("visibilitychange", back);
    addEventListener("online", poll);
    addEventListener(SIGNED_IN, signedIn);
    return () => {
      outdated();
      timers.forEach(clearInterval);
      document.removeEventListener("visibilitychange", back);
      removeEventListener("online", poll);
      removeEventListener(SIGNED_IN, signedIn);
    };
  }, [location]);
  useEffect(() => {
    const ask = async () => {
      const me = await take(api.GET("/staff/v1/me")).catch(() => undefined);
      if (me?.town) setClock(me.town.now);
    };
    void byItself(ask);
    const timer = setInterval(() => document.hidden || byItself(ask), CLOCK);
    return () => clearInterval(timer);
  }, []);
  return { hall, problem, lost, read, outdated };
}

export type Offer = {
  halls: { id: string; name: string }[];
  service: (id: string) => string;
  place: (id: string) => string;
  /** The most who may come together for a service; nothing where that is not known. */
  most: (id: string) => number | undefined;
};

/** The places where one waits, and what services are called. `known`: read again when one is not among them. */
export function useOffer(met: string[] = []): [Offer | undefined, unknown, () => void] {
  const [offer, problem, again] = useFetched(() => take(api.GET("/staff/v1/offer")), []);
  const strange = offer ? met.filter((id) => !offer.services.some((s) => s.id === id)).sort().join() : "";
  useEffect(() => {
    // A service that is new since this morning; one that is offered no more is asked for once.
    if (strange) byItself(again);
  }, [strange]);
  const made = offer && {
    halls: offer.locations.filter((l) => l.kind === "town_hall").map(({ id, name }) => ({ id, name })),
    service: (id: string) => offer.services.find((s) => s.id === id)?.name ?? t("deskOtherService"),
    place: (id: string) => offer.locations.find((l) => l.id === id)?.name ?? t("counterPlaceGone"),
    most: (id: string) => offer.services.find((s) => s.id === id)?.most_persons,
  };
  return [made, problem, again];
}

/** Where this browser stands: a desk's computer does not walk. */
const PLACE = "thuisloket.place";
export type Place = { location?: string; desk?: string };

export function place(): Place {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Place;
  } catch {
    return {};
  }
}

export function remember(some: Place) {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ ...place(), ...some }));
  } catch {
    // A browser that keeps nothing: it is chosen again the next time.
  }
}

/** A choice of this browser that stays; `before` until one is made. */
export function useKept(name: string, before: boolean): [boolean, (on: boolean) => void] {
  const key = `thuisloket.${name}`;
  const [on, setOn] = useState(() => {
    try {
      return (localStorage.getItem(key) ?? String(before)) === "true";
    } catch {
      return before;
    }
  });
  const set = (to: boolean) => {
    setOn(to);
    try {
      localStorage.setItem(key, String(to));
    } catch {
      // As above.
    }
  };
  return [on, set];
}

/** Clocks differ by so many milliseconds at the most. */
const SKEW = 5_000;
/** Since when somebody had this number already when it was asked for; nothing where it was given then. */
export const hadSince = (turn: Turn, asked: string): string | undefined =>
  new Date(turn.arrived_at).getTime() < new Date(asked).getTime() - SKEW ? turn.arrived_at : undefined;

/** The hour of an instant on the town's clock. */
export const hour = (zone: string, at?: string) => wall(zone, at).slice(11);

/** How long ago an instant is, in words. */
export function lasted(at: string): string {
  const minutes = Math.max(0, Math.floor((clock().getTime() - new Date(at).getTime()) / 60_000));
  if (minutes < 60) return t("deskMinutes", { n: minutes });
  return t("deskHours", { hours: Math.floor(minutes / 60), n: String(minutes % 60).padStart(2, "0") });
}
