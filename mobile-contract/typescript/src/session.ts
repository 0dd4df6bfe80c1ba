// The tokens of one citizen on one phone, and who may renew them when.
import type { components } from "./contract.js";
import { Problem } from "./problem.js";
import { type Store, Turns } from "./store.js";

export type Tokens = components["schemas"]["TokensOut"];

/** Under which name the store keeps them, and under which it is locked. */
const NAME = "session";

export class Session {
  readonly #store: Store;
  readonly #trade: (refreshToken: string) => Promise<Tokens>;
  readonly #ended: (why: Problem) => void;
  readonly #turns = new Turns();

  constructor(store: Store, trade: (refreshToken: string) => Promise<Tokens>, ended: (why: Problem) => void) {
    this.#store = store;
    this.#trade = trade;
    this.#ended = ended;
  }

  /** The tokens as they are now. Read each time: another process of this phone may have renewed them. */
  async tokens(): Promise<Tokens | undefined> {
    const text = await this.#store.read(NAME);
    return text === undefined ? undefined : (JSON.parse(text) as Tokens);
  }

  /** Keeps the tokens of a sign-in. */
  keep(tokens: Tokens): Promise<void> {
    return this.#alone(() => this.#write(tokens));
  }

  /**
   * Other tokens than those with this access token, which the server does not take any more.
   *
   * One renewal at a time, in all processes: a refresh token is good once. The new tokens are kept before anybody uses them: the old refresh
   * token is good again only for a minute, and until one that was given for it has been traded itself. Where no answer comes, the old ones
   * stay, and are sent again the next time.
   */
  renew(stale: string): Promise<Tokens> {
    return this.#alone(async () => {
      const kept = await this.tokens();
      if (kept === undefined) throw new Problem("signed_out", 0);
      // Somebody else was first.
      if (kept.access_token !== stale) return kept;
      let fresh: Tokens;
      try {
        fresh = await this.#trade(kept.refresh_token);
      } catch (error) {
        if (error instanceof Problem && error.isSignedOut) {
          await this.#write(undefined);
          this.#ended(error);
        }
        throw error;
      }
      await this.#write(fresh);
      return fresh;
    });
  }

  /** Forgets a session that the server has ended; not one that began meanwhile. */
  over(session: string, why: Problem): Promise<void> {
    return this.#alone(async () => {
      if ((await this.tokens())?.session_id !== session) return;
      await this.#write(undefined);
      this.#ended(why);
    });
  }

  /** Forgets the session, whatever the server knows of it. */
  forget(): Promise<void> {
    return this.#alone(() => this.#write(undefined));
  }

  #write(tokens: Tokens | undefined): Promise<void> {
    return this.#store.write(NAME, tokens && JSON.stringify(tokens));
  }

  // The turns within this process come first: a lock between processes need not know of two who ask from the same one.
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(NAME, () => this.#store.withLock(NAME, work));
  }
}
