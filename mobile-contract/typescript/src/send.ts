// One request, tried again where that may help and can do no harm.
import { Problem, problemOf } from "./problem.js";

/** The part of `fetch` that is used: an address, and what every implementation of it knows. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Sent {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface Patience {
  /** Tries of one request, the first among them. */
  readonly tries: number;
  /** The longest wait between two of them, in seconds: where the server asks for more, the app is told. */
  readonly longestWait: number;
  /** Seconds until an answer is taken for lost. The server answers within 30. */
  readonly answerWithin: number;
}

export const PATIENCE: Patience = { tries: 4, longestWait: 20, answerWithin: 40 };

/** The wait before the second try, in seconds, where the server names none; it doubles with each. */
const FIRST_WAIT = 0.5;
/**
 * What another try may mend. All others say that the same request will be refused again, or (500) that nobody knows.
 * `no_answer` has the status 0.
 */
const PASSING: readonly number[] = [0, 408, 429, 503];

/** Nothing has changed since the `ETag` that was sent: an answer without a body, and no problem. */
const NOT_MODIFIED = 304;

/** Waits; less long where the app stops it. */
function sleep(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const awake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", awake);
      done();
    };
    const timer = setTimeout(awake, seconds * 1000);
    signal?.addEventListener("abort", awake);
  });
}

/** What an app is thrown that stopped a request itself: an `AbortError`, as `fetch` throws it. By hand: React Native has no `DOMException`. */
function stopped(cause: unknown): Error {
  if (cause instanceof Error && cause.name === "AbortError") return cause;
  return Object.assign(new Error("the app stopped the request", { cause }), { name: "AbortError" });
}

/** How long to wait before the next try; undefined: there is none. */
function waitAfter(problem: Problem, tried: number, patience: Patience): number | undefined {
  if (tried >= patience.tries || !PASSING.includes(problem.status)) return undefined;
  const asked = problem.retry_after_seconds;
  const least = asked ?? Math.min(FIRST_WAIT * 2 ** (tried - 1), patience.longestWait);
  if (least > patience.longestWait) return undefined;
  // Phones that were refused together do not come back together.
  return least + Math.random() * Math.max(FIRST_WAIT, least / 4);
}

/** One try. The whole body is read here: a connection can break in the middle of an answer. */
async function once(fetch: Fetch, url: string, sent: Sent, patience: Patience): Promise<Response> {
  const stop = new AbortController();
  const stopToo = () => stop.abort();
  if (sent.signal?.aborted) stop.abort();
  sent.signal?.addEventListener("abort", stopToo);
  // `AbortSignal.timeout` and `AbortSignal.any` are missing in React Native.
  const late = setTimeout(stopToo, patience.answerWithin * 1000);
  try {
    const { method, headers, body } = sent;
    const response = await fetch(url, { method, headers, signal: stop.signal, ...(body === undefined ? {} : { body }) });
    if (response.status === NOT_MODIFIED && headers["if-none-match"] !== undefined) {
      return new Response(null, { status: NOT_MODIFIED, headers: response.headers });
    }
    const type = response.headers.get("content-type") ?? "";
    if (response.ok && type !== "" && !/json|text/.test(type)) return response;
    const text = await response.text();
    // The page of a hotel's network says 200 as well; this server sends no pages to an app.
    if (response.ok && type.includes("html")) throw new Problem("answer_unreadable", response.status);
    if (!response.ok) throw problemOf(response, text);
    // React Native makes an answer of a text, and of no buffer.
    return new Response(text === "" ? null : text, { status: response.status, headers: response.headers });
  } finally {
    clearTimeout(late);
    sent.signal?.removeEventListener("abort", stopToo);
  }
}

/**
 * Sends a request until there is an answer, at most `patience.tries` times, each time the same to the letter: the server knows by its
 * `Idempotency-Key`, or by what the operation is, that it is the same.
 */
export async function send(fetch: Fetch, url: string, sent: Sent, patience: Patience): Promise<Response> {
  for (let tried = 1; ; tried += 1) {
    let problem: Problem;
    try {
      return await once(fetch, url, sent, patience);
    } catch (error) {
      // The app itself did not want it any more.
      if (sent.signal?.aborted) throw stopped(error);
      problem = error instanceof Problem ? error : new Problem("no_answer", 0, {}, error);
    }
    const wait = waitAfter(problem, tried, patience);
    if (wait === undefined) throw problem;
    await sleep(wait, sent.signal);
    if (sent.signal?.aborted) throw stopped(problem);
  }
}
