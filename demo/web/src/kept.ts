// What a phone keeps while it is off: in the browser, until the demo starts anew.
import type { Store } from "@thuisloket/citizen";

const ALL = "thuisloket-demo/";

/** Forgets what was kept of other towns, and gives the place for this one. */
export function place(run: string): string {
  const here = `${ALL}${run}/`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(ALL) && !key.startsWith(here)) localStorage.removeItem(key);
  return here;
}

/** The store that the package asks for, as its README has it for the web: one for all tabs, which wait for each other. */
export const storeOf = (prefix: string): Store => ({
  read: async (name) => localStorage.getItem(prefix + name) ?? undefined,
  write: async (name, value) => (value === undefined ? localStorage.removeItem(prefix + name) : localStorage.setItem(prefix + name, value)),
  withLock: async (name, work) => await navigator.locks.request(prefix + name, work),
});

/** A value that another tab may have changed meanwhile. */
export class Kept<T> {
  readonly #key: string;
  readonly #first: T;

  constructor(key: string, first: T) {
    this.#key = key;
    this.#first = first;
  }

  get(): T {
    const text = localStorage.getItem(this.#key);
    return text === null ? this.#first : (JSON.parse(text) as T);
  }

  set(value: T): void {
    if (value === undefined) localStorage.removeItem(this.#key);
    else localStorage.setItem(this.#key, JSON.stringify(value));
  }
}
