// What a planner or an administrator does, once: however often it is sent, and whatever is pressed meanwhile.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, SIGNED_IN, once } from "./api";
import * as kept from "./kept";
import { PASSING, planner } from "./planning-form";
import { same } from "./planning-plans";
import { clock } from "./time";
import { useWho } from "./ui";

/** One key for a deed: the same for as long as nobody knows what became of it, and another for the next. */
export function useOnce() {
  const last = useRef<{ what: string; header: ReturnType<typeof once> }>();
  return async <T>(what: string, send: (header: ReturnType<typeof once>) => Promise<T>): Promise<T> => {
    if (last.current?.what !== what) last.current = { what, header: once() };
    try {
      const answer = await send(last.current.header);
      last.current = undefined;
      return answer;
    } catch (e) {
      if (!(e instanceof Refused && PASSING.includes(e.code))) last.current = undefined;
      throw e;
    }
  };
}

/** Does one thing at a time; what is pressed meanwhile does nothing. */
export function useBusy(): [boolean, (work: () => Promise<void>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  const now = useRef(false);
  const run = async (work: () => Promise<void>) => {
    if (now.current) return;
    now.current = true;
    setBusy(true);
    try {
      await work();
    } finally {
      now.current = false;
      setBusy(false);
    }
  };
  return [busy, run];
}

/** What went wrong with a deed; over once somebody is signed in again, or there is a network. */
export function useProblem(): [unknown, (problem: unknown) => void] {
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    const again = () => setProblem((p: unknown) => (p instanceof Refused && PASSING.includes(p.code) ? undefined : p));
    addEventListener(SIGNED_IN, again);
    addEventListener("online", again);
    return () => {
      removeEventListener(SIGNED_IN, again);
      removeEventListener("online", again);
    };
  }, []);
  return [problem, setProblem];
}

/** What is typed, kept in the browser until it is sent. */
export function useTyped<F>(place: string, fresh: () => F): [F, (part: Partial<F>) => void, () => void] {
  const member = planner(useWho().me.id);
  const [form, setForm] = useState<F>(() => kept.kept<F>(member, place)?.written ?? fresh());
  const latest = useRef(form);
  const change = (part: Partial<F>) => {
    latest.current = { ...latest.current, ...part };
    if (same(latest.current, fresh())) kept.forget(member, place);
    else kept.keep(member, place, { written: latest.current, version: 0, at: clock().toISOString(), title: "" });
    setForm(latest.current);
  };
  const done = () => {
    latest.current = fresh();
    kept.forget(member, place);
    setForm(latest.current);
  };
  return [form, change, done];
}
