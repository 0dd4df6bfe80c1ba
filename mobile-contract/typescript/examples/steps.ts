// What the README shows, as it is compiled: a test holds the README to it.
import { type Citizen, type Push, type Schemas, readApns, sentenceOf, take, takeIfNew } from "../src/index.js";

/** What an app has of its own. */
export interface Screen {
  show(what: unknown): void;
  offer(start: Schemas["StartOut"]): void;
  takeOff(messageId: string): void;
  setBadge(unread: number): void;
}

export async function lists(citizen: Citizen, { show, offer }: Screen): Promise<void> {
  const visits = await take(citizen.api.GET("/v1/appointments"));
  show(visits);
  for await (const message of citizen.messages()) show(message); // stop when the screen is full
  const { services } = await take(citizen.api.GET("/v1/services")); // { locations, services }
  const service = services.find((one) => one.needs === "citizen"); // what the citizen chooses; others are for a child's document
  if (service) for await (const start of citizen.freeStarts(service.id)) offer(start);
}

export function button(citizen: Citizen, wish: Schemas["AppointmentWish"]): () => Promise<Schemas["AppointmentOut"]> {
  const key = citizen.deed();
  const press = () => take(citizen.api.POST("/v1/appointments", { params: { header: { "Idempotency-Key": key } }, body: wish }));
  return press;
}

/** Books what a reminder asks for. Undefined: nothing can be booked by it, so show the message. */
export async function bookFrom(citizen: Citizen, message: Schemas["MessageOut"]): Promise<Schemas["AppointmentOut"] | undefined> {
  const document_id = /^\/documents\/([^/]+)\/visits$/.exec(message.action?.link ?? "")?.[1];
  if (!document_id) return undefined; // `/documents` (of several), an https address, or no action
  const proposals = await take(citizen.api.GET("/v1/documents/{document_id}/visits", { params: { path: { document_id } } }));
  const proposal = proposals.find((one) => one.needed && !one.appointment_on && one.starts.length > 0);
  const start = proposal?.starts[0]; // show them all, and let the citizen choose
  if (!proposal || !start) return undefined;
  const { persons, companions, document_ids } = proposal;
  const body = { service_id: proposal.service.id, location_id: start.location_id, starts_at: start.starts_at, persons, companions, document_ids, hold: false };
  return await take(citizen.api.POST("/v1/appointments", { body }));
}

/** What an app keeps to be shown without a network. */
export interface Kept {
  readonly data: Schemas["DocumentOut"][];
  readonly etag: string | undefined;
  readonly since: Date;
}

export async function documents(citizen: Citizen, kept: Kept | undefined): Promise<Kept | undefined> {
  const headers = { "If-None-Match": kept?.etag }; // undefined is not sent
  const fresh = await takeIfNew(citizen.api.GET("/v1/documents", { headers }));
  if (fresh) kept = { ...fresh, since: new Date() }; // undefined: what is kept is as it was
  return kept;
}

export async function calendar(citizen: Citizen, appointment_id: string): Promise<string> {
  return await take(citizen.api.GET("/v1/appointments/{appointment_id}/calendar", { params: { path: { appointment_id } } }));
}

export async function pushed(citizen: Citizen, userInfo: unknown, language: string, { show, takeOff, setBadge }: Screen): Promise<Push | undefined> {
  const push = readApns(userInfo); // or readFcm(remoteMessage); undefined: of another sender
  if (push) {
    const act = await citizen.pushes.handle(push); // "show", "clear" or "drop"
    if (push.type === "clear") {
      if (act === "clear") takeOff(push.messageId);
    } else if (act === "show") show(push.title ?? sentenceOf(push, language));
    if (act !== "drop" && push.unread !== undefined) setBadge(push.unread);
  }
  return push;
}
