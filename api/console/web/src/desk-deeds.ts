// What is pressed at a desk or at the reception is done once: however often it is pressed, and however often the network loses it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, once } from "./api";
import { passes, patient } from "./desk-hall";
import { clock } from "./time";

/** How long a deed is tried again by itself. Whoever pressed longer ago has gone, or did something else. */
const TRIES = 60_000;
const PAUSE = 2_000;
/** Two presses within so short a time are one. */
const TWICE = 800;

export type Key = ReturnType<typeof once>;
/** How a request of a deed is sent: with its key, and not for ever. */
export type Sent = { header: Key; signal: AbortSignal };

/** The end of a pause: true to go on, false to try no longer. */
export type Waker = { current?: (go: boolean) => void };

const pause = (wake: Waker) =>
  new Promise<boolean>((on) => {
    const end = (go: boolean) => {
      clearTimeout(timer);
      removeEventListener("online", online);
      wake.current = undefined;
      on(go);
    };
    const online = () => end(true);
    const timer = setTimeout(online, PAUSE);
    addEventListener("online", online);
    wake.current = end;
  });

/** Sends a deed until it is answered. Undefined: nobody knows whether it was done, as no answer came for so long. */
export async function insist<T>(
  go: (sent: Sent) => Promise<T>,
  header: Key,
  wake: Waker,
  trying: () => void,
): Promise<{ answer: T } | undefined> {
  const began = Date.now();
  for (;;) {
    try {
      return { answer: await go({ header, ...patient() }) };
    } catch (e) {
      if (!passes(e)) throw e;
      trying();
      if (Date.now() - began > TRIES || !(await pause(wake))) return undefined;
    }
  }
}

export type Deed<T> = {
  /** Which deed it is: pressed again before an answer came, it is the same one. */
  id: string;
  /** What it is called, to whoever pressed. */
  label: string;
  go: (sent: Sent) => Promise<T>;
  done: (answer: T) => void;
};

/** What is under way: what it is called, and since when it is tried again. */
export type Trying = { label: string; since?: string };

export type Deeds = {
  now?: Trying;
  /** Why the last one was not done. */
  problem: unknown;
  /** The last one of which nobody knows whether it was done. */
  unsure?: string;
  press: <T>(deed: Deed<T>) => void;
  /** Tries no longer. */
  stop: () => void;
};

/** One deed at a time. `refused` is told what the server refused: somebody was first, and what is shown is not so any more. */
export function useDeeds(refused: (e: unknown) => void): Deeds {
  const [now, setNow] = useState<Trying>();
  const [problem, setProblem] = useState<unknown>();
  const [unsure, setUnsure] = useState<string>();
  const busy = useRef(false);
  const last = useRef({ id: "", at: 0 });
  /** Of deeds that no answer came to. */
  const keys = useRef(new Map<string, Key>());
  const wake = useRef<(go: boolean) => void>();
  const gone = useRef(false);
  const told = useRef(refused);
  told.current = refused;
  const stop = () => wake.current?.(false);
  useEffect(
    () => () => {
      gone.current = true;
      stop();
    },
    [],
  );
  const run = async <T,>(deed: Deed<T>) => {
    const since = clock().toISOString();
    const header = keys.current.get(deed.id) ?? once();
    keys.current.set(deed.id, header);
    setNow({ label: deed.label });
    const go = (sent: Sent) => {
      // Who left the page sees on the next what became of it.
      if (gone.current) throw new Refused("left");
      return deed.go(sent);
    };
    try {
      const found = await insist(go, header, wake, () => setNow({ label: deed.label, since }));
      if (found) {
        keys.current.delete(deed.id);
        deed.done(found.answer);
      } else {
        setUnsure(deed.label);
      }
    } catch (e) {
      // Whoever signs in again presses again, and it is the same deed.
      if (!(e instanceof Refused && e.code === "signed_out")) keys.current.delete(deed.id);
      setProblem(e);
      told.current(e);
    }
    last.current = { id: deed.id, at: Date.now() };
    busy.current = false;
    setNow(undefined);
  };
  const press = <T,>(deed: Deed<T>) => {
    const twice = last.current.id === deed.id && Date.now() - last.current.at < TWICE;
    if (busy.current || twice) return;
    busy.current = true;
    setProblem(undefined);
    setUnsure(undefined);
    void run(deed);
  };
  return { now, problem, unsure, press, stop };
}
