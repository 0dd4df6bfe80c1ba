import type { components } from "./contract.js";
import type { KnownCode } from "./facts.js";

type Body = components["schemas"]["Problem"];

/** What this package says itself, where no server did. */
export type OwnCode =
  /** No answer came: no network, a connection that broke, or a server that took too long. `status` is 0. */
  | "no_answer"
  /** Something answered that is not this server, such as a proxy or the page of a hotel's network, or an answer broke off. */
  | "answer_unreadable"
  /** `take` was given an answer without a body, as nothing has changed since the `ETag` that was sent: use `takeIfNew`. */
  | "not_modified"
  /** Nobody is signed in on this phone. `status` is 0: the server was not asked. */
  | "signed_out";

/** A server that is newer than the app may give codes that the app does not know: these pass through as they are. */
export type ProblemCode = KnownCode | OwnCode | (string & {});

/** Codes after which nobody is signed in any more, whatever is tried. */
const ENDED: readonly ProblemCode[] = ["session_ended", "refresh_invalid", "refresh_reused", "signed_out", "token_missing"];

/** What this package says of its own codes. */
const SENTENCES: Record<OwnCode, string> = {
  no_answer: "No answer came: there is no network, or the server took too long.",
  answer_unreadable: "What answered is not the server, or its answer broke off.",
  not_modified: "Nothing has changed since the ETag that was sent: use takeIfNew.",
  signed_out: "Nobody is signed in on this phone.",
};

/** One sentence, whatever is known. */
function sentence(code: ProblemCode, body: Partial<Body>): string {
  if (body.detail || body.title) return body.detail || body.title || "";
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code as OwnCode] : "The server gave this code, and no sentence.";
}

/** Whatever went wrong, with its stable code. The fields have the names of the contract. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The field or parameter at fault. */
  readonly field: string | undefined;
  /** Which of the faults that the field can have. */
  readonly reason: string | undefined;
  /** How long to wait, where the server says so. */
  readonly retry_after_seconds: number | undefined;
  /** All that the server said: `free_near`, `required_level`, `request_id` and more. */
  readonly body: Partial<Body>;

  constructor(code: ProblemCode, status: number, body: Partial<Body> = {}, cause?: unknown) {
    super(`${status} ${code}: ${sentence(code, body)}`, { cause });
    this.code = code;
    this.status = status;
    this.field = body.field;
    this.reason = body.reason;
    this.retry_after_seconds = body.retry_after_seconds;
    this.body = body;
  }

  /** Whether the citizen has to sign in again. */
  get isSignedOut(): boolean {
    return ENDED.includes(this.code);
  }

  /** Whether to sign in at a higher level helps: `citizen.startStepUp` with `body.required_level`. */
  get isLevelTooLow(): boolean {
    return this.code === "level_too_low";
  }

  /**
   * Whether the same request may go well later, by the status, so also where a proxy answered or the code is new: nobody answered, too many
   * ask, or the server is ill. Send it with the same `Idempotency-Key` then, after `retry_after_seconds` where that is said.
   */
  get isLater(): boolean {
    return this.code === "no_answer" || LATER.includes(this.status) || this.status >= 500;
  }
}

/** Statuses below 500 after which the same request may go well later. */
const LATER: readonly number[] = [408, 429];

/** The whole seconds of `Retry-After`. Its other form, a date, would need a clock that is right, and a phone's may not be. */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get("retry-after")?.trim() ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** What an answer that is no success says. */
export function problemOf(response: Response, text: string): Problem {
  const wait = retryAfter(response);
  const waits = wait === undefined ? {} : { retry_after_seconds: wait };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (typeof body !== "object" || body === null || !("code" in body) || typeof body.code !== "string") {
    return new Problem("answer_unreadable", response.status, waits);
  }
  const said = body as Partial<Body>;
  return new Problem(body.code, response.status, { ...waits, ...said });
}
