// What is pressed on the page: one thing at a time, and the page says what does not work.
import { Problem } from "@thuisloket/citizen";
import type { ComponentChildren } from "preact";
import { Stopped } from "./demo";

export const now = { isBusy: true, fault: "", progress: "", draw: () => {}, begin: () => {}, look: async () => {} };

function said(error: unknown): string {
  if (error instanceof Stopped) return error.message;
  if (error instanceof Problem) return `That did not work: ${error.body.detail ?? error.body.title ?? error.code} (${error.code})`;
  return `That did not work: ${error instanceof Error ? error.message : error}`;
}

/** Does one thing after the other, and shows what came of it. */
export async function act(...deeds: (() => unknown)[]): Promise<void> {
  if (now.isBusy) return;
  const home = document.activeElement?.closest<HTMLElement>("[data-home]")?.dataset.home;
  now.isBusy = true;
  now.fault = "";
  now.begin();
  now.draw();
  let done = 0;
  try {
    for (const deed of deeds) {
      if (deeds.length > 1) now.progress = `Day ${done + 1} of ${deeds.length} …`;
      await deed();
      done += 1;
      await now.look();
    }
  } catch (error) {
    now.fault = said(error);
  }
  now.progress = deeds.length > 1 && done === deeds.length ? `${done} days passed.` : "";
  now.isBusy = false;
  now.draw();
  // What was pressed is gone: go on from the head of the same part.
  if (home !== undefined && document.activeElement === document.body) {
    document.querySelector<HTMLElement>(`[data-home="${home}"] h2`)?.focus({ preventScroll: true });
  }
}

/** Does what nobody pressed, as soon as nothing is under way. */
export async function later(deed: () => unknown): Promise<void> {
  while (now.isBusy) await new Promise((done) => setTimeout(done, 50));
  await act(deed);
}

interface Props {
  /** What it does, in a word: the same in each language. */
  does: string;
  run: () => unknown;
  class?: string;
  label?: string;
  children: ComponentChildren;
}

/** A button. While something is under way it stays where it is, so that whoever is on it stays there. */
export const Do = ({ does, run, label, children, ...rest }: Props) => (
  <button type="button" data-do={does} aria-disabled={now.isBusy || undefined} aria-label={label} onClick={() => act(run)} {...rest}>
    {children}
  </button>
);

interface TickProps {
  does: string;
  is: boolean;
  set: (is: boolean) => unknown;
  children: string;
}

export const Tick = ({ does, is, set, children }: TickProps) => (
  <label>
    <input
      type="checkbox"
      data-do={does}
      checked={is}
      aria-disabled={now.isBusy || undefined}
      onClick={(event) => {
        // What it shows is what is so, once it is so.
        event.preventDefault();
        void act(() => set(!is));
      }}
    />
    {children}
  </label>
);
