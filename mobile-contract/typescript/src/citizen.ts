import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./contract.js";
import { OPEN, OTHERS } from "./facts.js";
import { Problem } from "./problem.js";
import { NAME as PUSHES, Pushes } from "./push.js";
import { challengeOf, type Crypto, newVerifier, uuid } from "./random.js";
import { type Fetch, PATIENCE, type Patience, send } from "./send.js";
import { Session, type Tokens } from "./session.js";
import { cameBack, NAME as SIGN_IN, type SignedIn, type UnderWay } from "./sign_in.js";
import type { Store } from "./store.js";

export type Schemas = components["schemas"];

/** Which starts of a service are looked for; days as `2027-03-01`. */
export type StartsQuery = NonNullable<paths["/v1/services/{service_id}/starts"]["get"]["parameters"]["query"]>;
/** What an app says to sign somebody in; what proves that it is the same app, and which, is added. */
export type SignInWish = Omit<Schemas["SignInStart"], "code_challenge" | "installation_id">;
export type StepUpWish = Omit<Schemas["StepUp"], "code_challenge">;

export interface Options {
  /** Where the server is, such as `https://app.town.example`. */
  readonly server: string;
  readonly store: Store;
  /** Where sign-ins come back, without `/sign-in`, such as `https://app.town.example/town`: links of other hosts are nobody's then. */
  readonly appLink?: string;
  /** `globalThis.fetch`, if it is not said. */
  readonly fetch?: Fetch;
  /** `globalThis.crypto`, if it is not said. React Native has none: see the README. */
  readonly crypto?: Crypto;
  /** Is told once when nobody is signed in on this phone any more, unless it was by `signOut`; not where nobody was. */
  readonly onSignedOut?: (why: Problem) => void;
  /** How often and how long a request is tried. */
  readonly patience?: Partial<Patience>;
}

/** Under which name the store keeps the installation's id. */
const INSTALLATION = "installation";
/** The header by which the server knows a deed again. */
const KEY = "idempotency-key";
/** A pull of free starts ends somewhere, whatever a server says: a year has six pages of two months. */
const MOST_PAGES = 24;

/** What the server says of a code that is not of the sign-in that is under way. */
const NOT_OURS: readonly string[] = ["code_invalid", "verifier_invalid"];
/** The status of an answer without a body: nothing has changed. */
const NOT_MODIFIED = 304;
const HTTP_OK = 200;
/** The types of files that are text. */
const TEXT = /^text\//;

/** What was answered. Whatever was refused has been thrown as a `Problem` before. */
export async function take<T>(answer: Promise<{ data?: T; response?: Response }>): Promise<T> {
  const { data, response } = await answer;
  if (response?.status === NOT_MODIFIED) throw new Problem("not_modified", NOT_MODIFIED);
  return data as T;
}

/**
 * What was answered, with its `ETag`, to an app that sends the one that it keeps as `If-None-Match`. Undefined: what it keeps has not changed.
 */
export async function takeIfNew<T>(
  answer: Promise<{ data?: T; response: Response }>,
): Promise<{ readonly data: T; readonly etag: string | undefined } | undefined> {
  const { data, response } = await answer;
  if (response.status === NOT_MODIFIED) return undefined;
  return { data: data as T, etag: response.headers.get("etag") ?? undefined };
}

/** One operation as `openapi-fetch` has it, whatever its types. */
interface Asked {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
type Ask = (path: string, init?: { readonly parseAs?: string; readonly signal?: AbortSignal | null }) => Promise<Asked>;

/** A citizen's app on one phone. */
export class Citizen {
  /** Every operation of the contract, typed. What the server refuses is thrown as a `Problem`. */
  readonly api: Client<paths>;
  /** Which pushes this phone has had. */
  readonly pushes: Pushes;
  readonly #server: string;
  readonly #appLink: string | undefined;
  readonly #store: Store;
  readonly #fetch: Fetch;
  readonly #crypto: Crypto;
  readonly #patience: Patience;
  readonly #session: Session;

  constructor(options: Options) {
    const crypto: Crypto | undefined = options.crypto ?? globalThis.crypto;
    if (crypto?.subtle === undefined) throw new Error("There is no WebCrypto here: give one as `crypto`.");
    this.#server = options.server.replace(/\/+$/, "");
    this.#appLink = options.appLink;
    this.#store = options.store;
    // A `fetch` that is called as a method of something else is refused by browsers.
    this.#fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#crypto = crypto;
    this.#patience = { ...PATIENCE, ...options.patience };
    this.#session = new Session(
      options.store,
      (refresh_token) => this.#tokens("/v1/sessions/refresh", { refresh_token }, this.deed()),
      options.onSignedOut ?? (() => undefined),
    );
    this.pushes = new Pushes(options.store);
    this.api = this.#guarded(createClient<paths>({ baseUrl: this.#server, fetch: (request) => this.#answer(request) }));
  }

  /**
   * A key for one deed, such as one press of "book". Give it as `Idempotency-Key` with each press until one is answered: it is done once.
   * Where none is given, a deed is each call, whose own tries have one key.
   */
  deed(): string {
    return uuid(this.#crypto);
  }

  /** Who this app is to the server: a UUID that is made once and kept. */
  installation(): Promise<string> {
    return this.#store.withLock(INSTALLATION, async () => {
      const kept = await this.#store.read(INSTALLATION);
      if (kept !== undefined) return kept;
      const made = uuid(this.#crypto);
      await this.#store.write(INSTALLATION, made);
      return made;
    });
  }

  /** Starts a sign-in: open the address in the system browser, and give what comes back to `finishSignIn`. */
  async startSignIn(wish: SignInWish): Promise<Schemas["SignInBegun"]> {
    const installation_id = await this.installation();
    return this.#begin((code_challenge) =>
      take(this.api.POST("/v1/sign-in", { body: { ...wish, installation_id, code_challenge } })),
    );
  }

  /** Starts a sign-in at a higher level, after `level_too_low`; it goes on as a sign-in does. */
  startStepUp(wish: StepUpWish): Promise<Schemas["SignInBegun"]> {
    return this.#begin((code_challenge) =>
      take(this.api.POST("/v1/sessions/current/step-up", { body: { ...wish, code_challenge } })),
    );
  }

  /**
   * Ends a sign-in, with the app link that the browser came back on. It may be called again with the same link after `no_answer`. Of a link
   * that is not of the sign-in that is under way here, it says `nothing_to_finish`, and the sign-in goes on.
   */
  finishSignIn(link: string): Promise<SignedIn> {
    const back = cameBack(link, this.#appLink);
    return this.#store.withLock(SIGN_IN, async () => {
      const text = await this.#store.read(SIGN_IN);
      if (text === undefined) return { signedIn: false, why: "nothing_to_finish" };
      // A link that says no may be anybody's: the sign-in that is under way can still come to an end.
      if ("why" in back) return { signedIn: false, why: back.why };
      const before = JSON.parse(text) as UnderWay;
      const trade = before.trade?.code === back.code ? before.trade : { code: back.code, key: this.deed() };
      const now: UnderWay = { verifier: before.verifier, trade };
      await this.#store.write(SIGN_IN, JSON.stringify(now));
      const proof = { code: back.code, code_verifier: before.verifier };
      let tokens: Tokens;
      try {
        tokens = await this.#tokens("/v1/sessions", proof, trade.key);
      } catch (error) {
        // A code of another sign-in, or one that lapsed.
        if (error instanceof Problem && NOT_OURS.includes(error.code)) return { signedIn: false, why: "nothing_to_finish" };
        throw error;
      }
      await this.#session.keep(tokens);
      await this.#store.write(SIGN_IN, undefined);
      return { signedIn: true, goOn: back.goOn };
    });
  }

  /** The session that is kept on this phone, if there is one; whether the server still knows it is seen at the next request. */
  async session(): Promise<Pick<Tokens, "session_id" | "level"> | undefined> {
    const tokens = await this.#session.tokens();
    return tokens && { session_id: tokens.session_id, level: tokens.level };
  }

  /** Ends the session on the server, so that the phone gets no more pushes, and forgets it. */
  async signOut(): Promise<void> {
    const kept = await this.session();
    if (kept !== undefined) {
      try {
        const path = { session_id: kept.session_id };
        await this.api.DELETE("/v1/sessions/{session_id}", { params: { path } });
      } catch (error) {
        // Over already is over.
        if (!(error instanceof Problem && (error.isSignedOut || error.code === "not_found"))) throw error;
      }
    }
    await this.forget();
  }

  /** Forgets whoever was signed in, without a word to the server: for who is offline and wants to be gone. Pushes may go on. */
  async forget(): Promise<void> {
    await this.#session.forget();
    await this.#store.withLock(PUSHES, () => this.#store.write(PUSHES, undefined));
  }

  /** Registers this installation for pushes: at each start, when the provider's token changes, and once a month. */
  async registerDevice(device: Schemas["DeviceIn"]): Promise<void> {
    const path = { installation_id: await this.installation() };
    await this.api.PUT("/v1/devices/{installation_id}", { params: { path }, body: device });
  }

  /**
   * Says by which token iOS updates the Live Activity of a number on this phone (`pushTokenUpdates`, in hex): each that iOS gives. Refused: the
   * number is over, and so is the activity.
   */
  async showTicketLive(ticketId: string, token: string): Promise<void> {
    const path = { ticket_id: ticketId, installation_id: await this.installation() };
    await this.api.PUT("/v1/tickets/{ticket_id}/live/{installation_id}", { params: { path }, body: { token } });
  }

  /** The inbox, the newest first, page by page as it is read on. */
  async *messages(query: { archived?: boolean; limit?: number } = {}): AsyncGenerator<Schemas["MessageOut"], void> {
    let cursor: string | undefined;
    do {
      const on = cursor === undefined ? query : { ...query, cursor };
      const page: Schemas["MessagePage"] = await take(this.api.GET("/v1/inbox", { params: { query: on } }));
      yield* page.messages;
      cursor = page.next_cursor;
    } while (cursor !== undefined);
  }

  /**
   * What changed among the messages since a cursor, page by page; all that is kept, without one. For an app that keeps them: each message
   * takes the place of the one with its id, what is older than `kept_since` is removed, and the cursor is kept with them.
   */
  async *messageChanges(cursor?: string): AsyncGenerator<Schemas["InboxChanges"], void> {
    let more = true;
    while (more) {
      const query = cursor === undefined ? {} : { cursor };
      const page: Schemas["InboxChanges"] = await take(this.api.GET("/v1/inbox/changes", { params: { query } }));
      yield page;
      ({ cursor, more } = page);
    }
  }

  /** The free starts of a service, the earliest first; it asks on from the day that the server names. */
  async *freeStarts(service_id: string, query: StartsQuery = {}): AsyncGenerator<Schemas["StartOut"], void> {
    let from = query.from;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const on = from === undefined ? query : { ...query, from };
      const answer = await this.api.GET("/v1/services/{service_id}/starts", { params: { path: { service_id }, query: on } });
      yield* answer.data ?? [];
      const next = answer.response.headers.get("x-next-from");
      if (next === null || next === from) return;
      from = next;
    }
  }

  async #begin(start: (challenge: string) => Promise<Schemas["SignInBegun"]>): Promise<Schemas["SignInBegun"]> {
    const verifier = newVerifier(this.#crypto);
    const begun = await start(await challengeOf(this.#crypto, verifier));
    const underWay: UnderWay = { verifier };
    // The system may end the app while the citizen is in the browser.
    await this.#store.withLock(SIGN_IN, () => this.#store.write(SIGN_IN, JSON.stringify(underWay)));
    return begun;
  }

  /** Trades something for tokens: without an access token, and so not through `api`, which would renew it. */
  async #tokens(path: "/v1/sessions" | "/v1/sessions/refresh", body: object, key: string): Promise<Tokens> {
    const headers = { "content-type": "application/json", [KEY]: key };
    const sent = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await send(this.#fetch, `${this.#server}${path}`, sent, this.#patience);
    let tokens: Partial<Tokens> | null;
    try {
      tokens = await answer.json();
    } catch (error) {
      throw new Problem("answer_unreadable", answer.status, {}, error);
    }
    // What is kept here takes the place of a token that is good.
    if (!tokens?.access_token || !tokens.refresh_token) throw new Problem("answer_unreadable", answer.status);
    return tokens as Tokens;
  }

  /** The same operations, which ask nothing that needs a sign-in where nobody is signed in, and read no answer that is not the contract's. */
  #guarded(client: Client<paths>): Client<paths> {
    const guard = (method: string, ask: unknown) => (path: string, init?: Parameters<Ask>[1]) =>
      this.#ask(`${method.toUpperCase()} ${path}`, (init) => (ask as Ask)(path, init), init ?? {});
    const { GET, PUT, POST, DELETE, request } = client;
    const guarded = {
      GET: guard("GET", GET),
      PUT: guard("PUT", PUT),
      POST: guard("POST", POST),
      DELETE: guard("DELETE", DELETE),
      request: (method: string, path: string, init?: Parameters<Ask>[1]) =>
        guard(method, (path: string, init: object) => (request as (...all: unknown[]) => unknown)(method, path, init))(path, init),
    };
    return { ...client, ...(guarded as unknown as Partial<Client<paths>>) };
  }

  async #ask(
    operation: string,
    ask: (init: NonNullable<Parameters<Ask>[1]>) => Promise<Asked>,
    init: NonNullable<Parameters<Ask>[1]>,
  ): Promise<Asked> {
    const file = OTHERS[operation];
    const isFile = file !== undefined && file !== "";
    const parseAs = init.parseAs ?? (isFile && TEXT.test(file) ? "text" : "json");
    if (isFile && parseAs === "json") throw new TypeError(`${operation} answers a file: say as what to read it (parseAs: "blob")`);
    if (!OPEN.includes(operation) && (await this.#session.tokens()) === undefined) throw new Problem("signed_out", 0);
    let answer: Asked;
    try {
      answer = await ask({ ...init, parseAs });
    } catch (error) {
      if (error instanceof Problem || init.signal?.aborted) throw error;
      if (error instanceof SyntaxError) throw new Problem("answer_unreadable", HTTP_OK, {}, error);
      // Bytes are read as they come, and may stop.
      if (isFile) throw new Problem("no_answer", 0, {}, error);
      throw error;
    }
    const { data, response } = answer;
    if (response.status === NOT_MODIFIED) return { data: undefined, response };
    const isOurs = isFile
      ? (response.headers.get("content-type") ?? "").startsWith(file)
      : file === "" || parseAs !== "json" || (typeof data === "object" && data !== null);
    if (!isOurs) throw new Problem("answer_unreadable", response.status);
    return answer;
  }

  /** Answers a request of `api`: with a key, with an access token, and with another one where the server does not take it any more. */
  async #answer(request: Request): Promise<Response> {
    const headers: Record<string, string> = {};
    request.headers.forEach((value, name) => {
      headers[name] = value;
    });
    const { method, url, signal } = request;
    if (method === "POST" || method === "DELETE") headers[KEY] ??= this.deed();
    // Read once, so that each try sends the same.
    const body = method === "GET" ? "" : await request.text();
    let tokens = await this.#session.tokens();
    for (let renewed = false; ; renewed = true) {
      const authorization = tokens && { authorization: `Bearer ${tokens.access_token}` };
      const sent = { method, headers: { ...headers, ...authorization }, signal, ...(body === "" ? {} : { body }) };
      try {
        return await send(this.#fetch, url, sent, this.#patience);
      } catch (error) {
        if (!(error instanceof Problem) || tokens === undefined) throw error;
        // The phone's clock may be wrong: that a token has expired is the server's to say. What slept for long comes with a token whose
        // key the server has forgotten, and is told `token_invalid`.
        if (!renewed && (error.code === "token_expired" || error.code === "token_invalid")) {
          tokens = await this.#session.renew(tokens.access_token);
          continue;
        }
        if (error.code === "session_ended") await this.#session.over(tokens.session_id, error);
        throw error;
      }
    }
  }
}
