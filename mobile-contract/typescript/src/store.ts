/**
 * Where the app keeps what must outlive it: the tokens, a sign-in that is under way, the installation's id, the pushes it has seen.
 *
 * An app and its extensions (a notification extension, a widget, a background task) share one store and one lock: the keychain group
 * of iOS, the encrypted preferences of Android. Two stores side by side hold two refresh tokens, and that ends the session.
 */
export interface Store {
  read(name: string): Promise<string | undefined>;
  /** Is done only when the value is kept for good. `undefined` takes it away. */
  write(name: string, value: string | undefined): Promise<void>;
  /** Does `work` while nobody else on this phone does any under the same name, in this process or in another. */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** One after another within this process, by name. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    // A failure is told to who waits for this turn, and stops none of the next.
    const over = mine.catch(() => undefined);
    this.#last.set(name, over);
    void over.then(() => {
      if (this.#last.get(name) === over) this.#last.delete(name);
    });
    return mine;
  }
}

/** Keeps everything in memory: for a first try, and for tests. The citizen signs in again at each start. */
export class MemoryStore implements Store {
  readonly #values = new Map<string, string>();
  readonly #turns = new Turns();

  async read(name: string): Promise<string | undefined> {
    return this.#values.get(name);
  }

  async write(name: string, value: string | undefined): Promise<void> {
    if (value === undefined) this.#values.delete(name);
    else this.#values.set(name, value);
  }

  withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(name, work);
  }
}
