// The one way to the server: a client typed by the contract (openapi/staff.json), and problems as what went wrong.
import createClient from "openapi-fetch";
import type { components, paths } from "./contract";

export type Schemas = components["schemas"];
export type Announcement = Schemas["AnnouncementOut"];
export type Draft = Schemas["AnnouncementDraft"];
export type Template = Schemas["AnnouncementTemplateOut"];
export type Condition = Schemas["Condition"];
export type Me = Schemas["MeOut"];
export type Town = Schemas["TownOut"];
export type Language = Schemas["Language"];

let alone = false;

/** Whether what is done now was begun by the page and by nobody who sits there. */
export const isByItself = () => alone;

/** Does something that the page begins by itself: what it asks the server meanwhile keeps no session alive. */
export function byItself<T>(act: () => T): T {
  const before = alone;
  alone = true;
  try {
    return act();
  } finally {
    alone = before;
  }
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => {
    if (alone) request.headers.set("X-Unattended", "1");
    return fetch(request);
  },
});

/** What a problem tells beside its code: what is free near a start that is gone, whom a change strands, who saved meanwhile. */
export type Told = Pick<Schemas["Problem"], "free_near" | "stranded" | "stranded_count" | "edited_by" | "edited_at">;

/** What the server refused, with its stable code, the field at fault, and which of the faults it has. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly field?: string,
    readonly reason?: string,
    readonly requestId?: string,
    readonly told: Told = {},
  ) {
    super(code);
  }
}

/** Whether the page is left on purpose, with what was typed kept: nobody is asked. */
export const leaving = { now: false };

/** Tells the page that the session is over: it asks to sign in again, and nothing that was typed is lost. */
export const SIGNED_OUT = "signed-out";
/** Tells who waits that somebody is signed in again. */
export const SIGNED_IN = "signed-in";
/** Told to the window when a plan was saved: what can be booked is not what it was. */
export const PLANNED = "planned";

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer, or a [`Refused`]. Whose session ended is asked to sign in again. */
export async function take<T>(promise: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await promise;
  } catch {
    throw new Refused("unreachable");
  }
  if (answer.response.ok) return answer.data as T;
  const problem = (typeof answer.error === "object" ? answer.error : {}) as Partial<Schemas["Problem"]>;
  if (answer.response.status === 401) {
    dispatchEvent(new Event(SIGNED_OUT));
    throw new Refused("signed_out");
  }
  throw new Refused(
    problem.code ?? (answer.response.status === 503 ? "overloaded" : "internal"),
    problem.field,
    problem.reason,
    problem.request_id ?? answer.response.headers.get("x-request-id") ?? undefined,
    problem,
  );
}

/** A key for one deed of a person, so that it is done once however often it is sent. */
export const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** Sends bytes as they are. */
export const raw = (body: Blob) => ({
  body: body as unknown as string,
  bodySerializer: (b: unknown) => b as Blob,
  headers: { "Content-Type": "application/octet-stream" },
});
