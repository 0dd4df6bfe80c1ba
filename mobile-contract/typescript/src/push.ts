// What arrives by push, and what the app does with it.
import type { components } from "./contract.js";
import type { Store } from "./store.js";
import { STRINGS, type TextKey } from "./strings.js";

export type Category = components["schemas"]["Category"];
export type Language = components["schemas"]["Language"];

/** What a push says, whichever way it came. */
export type Push =
  /** A message is there. */
  | {
      readonly type: "show";
      readonly messageId: string;
      /** Undefined: one that this version of the app does not know. */
      readonly category: Category | undefined;
      /** An emergency, or the citizen is called at the town hall: show it at once, whatever is muted. */
      readonly isUrgent: boolean;
      /** The number on the icon. */
      readonly unread: number | undefined;
      /** Only of what anybody may read. */
      readonly title: string | undefined;
      /** The neutral sentence. */
      readonly text: string | undefined;
      /** Which sentence that is, also where it is not there. Undefined: one that this version of the app does not know. */
      readonly textKey: TextKey | undefined;
      /** Full previews: fetch the message with the app's own session, and show its title. */
      readonly isToFetch: boolean;
    }
  /** It was read elsewhere: take its notification off, and set the number on the icon. */
  | { readonly type: "clear"; readonly messageId: string; readonly unread: number | undefined }
  /** A kind that this version of the app does not know: show its text, if it has one, and open the inbox. */
  | {
      readonly type: "plain";
      readonly kind: string;
      readonly messageId: string;
      readonly unread: number | undefined;
      readonly title: string | undefined;
      readonly text: string | undefined;
      readonly textKey: TextKey | undefined;
    };

const CATEGORIES: Record<Category, true> = {
  documents: true,
  account: true,
  appointments: true,
  queue: true,
  announcements: true,
  emergency: true,
};
const SENTENCES: Record<TextKey, true> = { push_neutral: true, push_called: true };
const URGENT: readonly (Category | undefined)[] = ["queue", "emergency"];

type Fields = Record<string, unknown>;

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
/** Numbers of FCM are texts: digits, and nothing else that JavaScript takes for a number. */
const count = (value: unknown) => {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : undefined;
};
const known = (value: unknown): Category | undefined =>
  typeof value === "string" && Object.hasOwn(CATEGORIES, value) ? (value as Category) : undefined;

const sentence = (value: unknown): TextKey | undefined =>
  typeof value === "string" && Object.hasOwn(SENTENCES, value) ? (value as TextKey) : undefined;

interface Raw {
  readonly data: Fields;
  readonly category: unknown;
  readonly unread: unknown;
  readonly title: unknown;
  readonly text: unknown;
  readonly isToFetch: boolean;
}

function push(raw: Raw): Push | undefined {
  const [messageId, kind, unread] = [text(raw.data["message_id"]), text(raw.data["type"]), count(raw.unread)];
  // Of another sender, such as a library of the app's own.
  if (messageId === undefined || kind === undefined) return undefined;
  if (kind === "clear") return { type: "clear", messageId, unread };
  const said = { messageId, unread, title: text(raw.title), text: text(raw.text), textKey: sentence(raw.data["text_key"]) };
  if (kind !== "show") return { type: "plain", kind, ...said };
  const category = known(raw.category);
  return { type: "show", ...said, category, isUrgent: URGENT.includes(category), isToFetch: raw.isToFetch };
}

/** Reads the `userInfo` of iOS. Undefined: it is not from this server. */
export function readApns(userInfo: unknown): Push | undefined {
  const data = fields(userInfo);
  const aps = fields(data["aps"]);
  const alert = fields(aps["alert"]);
  return push({
    data,
    category: aps["category"],
    unread: aps["badge"],
    title: alert["title"],
    text: alert["body"] ?? aps["alert"],
    isToFetch: aps["mutable-content"] === 1 && alert["title"] === undefined,
  });
}

/** A message of Firebase as its libraries give it, also where it is given as the server sent it: under `android`, as the sandbox shows it. */
function received(message: unknown): Fields {
  const whole = fields(message);
  return !("data" in whole) && typeof whole["android"] === "object" ? fields(whole["android"]) : whole;
}

/**
 * Reads a message of Firebase on Android, as its libraries give it: `{ data, notification }`, or `data` alone, as it stands in the extras
 * of the intent that opened the app; or the `message` of FCM HTTP v1 that the server sent. Undefined: it is not from this server.
 */
export function readFcm(message: unknown): Push | undefined {
  const whole = received(message);
  const data = "data" in whole ? fields(whole["data"]) : whole;
  const notification = fields(whole["notification"]);
  const body = text(notification["body"]);
  return push({
    data,
    category: data["category"],
    unread: data["unread"],
    title: notification["title"],
    text: body,
    // Without a sentence the system has shown nothing, and the app has to.
    isToFetch: "data" in whole && body === undefined,
  });
}

/** The language of a tag, such as `nl-BE` of a phone; Dutch for one that this package has no texts in. */
function languageOf(tag: string): Language {
  const [primary = ""] = tag.toLowerCase().split(/[-_]/, 1);
  return Object.hasOwn(STRINGS, primary) ? (primary as Language) : "nl";
}

/**
 * What a notification says where the app shows it and has no title: the push's own sentence, or the one that the app carries for it, in a
 * language by its tag (`fr`, `nl-BE`). Undefined: a sentence that this version of the app does not know, and that did not come with the push.
 */
export function sentenceOf(push: Exclude<Push, { type: "clear" }>, language: string): string | undefined {
  return push.text ?? (push.textKey === undefined ? undefined : STRINGS[languageOf(language)][push.textKey]);
}

/** How a number of the citizen stands, on Android: what the app's notification for it shows. iOS shows its Live Activity without the app. */
export interface LiveNumber {
  readonly ticketId: string;
  /** Nobody waits with it any more: take its notification off. */
  readonly isOver: boolean;
  /** Since when it stands so, in seconds since 1970. */
  readonly timestamp: number;
  readonly number: string;
  /** How many are called before. Undefined: the citizen is called, or waits aside. */
  readonly ahead: number | undefined;
  /** How long it will be. Undefined: nobody knows. */
  readonly minutes: number | undefined;
  /** To which desk the citizen is called. */
  readonly desk: string | undefined;
}

/** Reads a message of Firebase about a number, as {@link readFcm} is given it. Undefined: it is another. */
export function readLive(message: unknown): LiveNumber | undefined {
  const whole = received(message);
  const data = "data" in whole ? fields(whole["data"]) : whole;
  const [ticketId, number, timestamp] = [text(data["ticket_id"]), text(data["number"]), count(data["timestamp"])];
  if (data["type"] !== "live" || ticketId === undefined || number === undefined || timestamp === undefined) return undefined;
  const [ahead, minutes, desk] = [count(data["ahead"]), count(data["minutes"]), text(data["desk"])];
  return { ticketId, isOver: data["event"] === "end", timestamp, number, ahead, minutes, desk };
}

/** Under which name the store keeps what came. */
export const NAME = "pushes";
/** How many pushes are remembered: a provider keeps none for longer than some days. */
const REMEMBERED = 200;

/** Which pushes this phone has had. They come at least once, in any order, and to more than one process of an app. */
export class Pushes {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Says what to do with a push, and remembers it. A second one of the same message and type is dropped. */
  handle(push: Push): Promise<"show" | "clear" | "drop"> {
    const kind = push.type === "plain" ? push.kind : push.type;
    const line = `${kind} ${push.messageId}`;
    return this.#store.withLock(NAME, async () => {
      const before = JSON.parse((await this.#store.read(NAME)) ?? "[]") as string[];
      if (before.includes(line)) return "drop";
      await this.#store.write(NAME, JSON.stringify([...before, line].slice(-REMEMBERED)));
      // Overtaken on its way: it was read elsewhere already.
      if (push.type === "show" && before.includes(`clear ${push.messageId}`)) return "drop";
      return push.type === "clear" ? "clear" : "show";
    });
  }

  /** The same of how a number stands: what is not newer than what the phone shows is dropped. */
  handleLive(live: LiveNumber): Promise<"show" | "clear" | "drop"> {
    const of = `live ${live.ticketId} `;
    return this.#store.withLock(NAME, async () => {
      const before = JSON.parse((await this.#store.read(NAME)) ?? "[]") as string[];
      const last = before.find((line) => line.startsWith(of));
      if (last !== undefined && Number(last.slice(of.length)) >= live.timestamp) return "drop";
      const others = before.filter((line) => line !== last);
      await this.#store.write(NAME, JSON.stringify([...others, `${of}${live.timestamp}`].slice(-REMEMBERED)));
      return live.isOver ? "clear" : "show";
    });
  }
}
