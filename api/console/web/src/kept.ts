// What was typed and is not on the server yet: kept in the browser, a copy for each announcement and member of staff, so that neither a
// broken network nor the end of a session, the back button or a closed window loses it.
import type { Announcement } from "./api";

/** A copy, with the version of the announcement that it was typed over; 0 for a new one. */
export type Copy<T> = {
  written: T;
  version: number;
  at: string;
  title: string;
  /** The announcement that it was typed over, where that went out before it was saved. */
  over?: string;
};

const PREFIX = "thuisloket.typed.";
/** Older copies are nobody's any more. */
const LASTS = 14 * 86_400_000;

/** Where the browser keeps nothing: as long as the window is open. */
const here = new Map<string, string>();

const key = (member: string, id: string) => `${PREFIX}${member}.${id}`;

/** Keeps a copy; false where the browser does not let it. */
export function keep<T>(member: string, id: string, copy: Copy<T>): boolean {
  try {
    localStorage.setItem(key(member, id), JSON.stringify(copy));
    here.delete(key(member, id));
    return true;
  } catch {
    here.set(key(member, id), JSON.stringify(copy));
    return false;
  }
}

export function kept<T>(member: string, id: string): Copy<T> | undefined {
  try {
    const text = here.get(key(member, id)) ?? localStorage.getItem(key(member, id));
    return text ? (JSON.parse(text) as Copy<T>) : undefined;
  } catch {
    return undefined;
  }
}

/** Tells a list of copies that one is gone: it was saved. */
export const SAVED = "typed-saved";

export function forget(member: string, id: string) {
  if (!here.delete(key(member, id)) && localStorage.getItem(key(member, id)) === null) return;
  localStorage.removeItem(key(member, id));
  // Not while a page is being drawn.
  setTimeout(() => dispatchEvent(new Event(SAVED)));
}

/** The copies of a member of staff, the newest first. Those that are too old are dropped on the way. */
export function all(member: string): { id: string; copy: Copy<unknown> }[] {
  const known = new Set([...Object.keys(localStorage), ...here.keys()]);
  const mine = [...known].filter((k) => k.startsWith(`${PREFIX}${member}.`));
  const found = mine.map((k) => {
    const id = k.slice(PREFIX.length + member.length + 1);
    return { id, copy: kept<unknown>(member, id) };
  });
  const fresh: { id: string; copy: Copy<unknown> }[] = [];
  for (const { id, copy } of found) {
    if (copy && Date.now() - new Date(copy.at).getTime() < LASTS) fresh.push({ id, copy });
    else forget(member, id);
  }
  return fresh.sort((a, b) => b.copy.at.localeCompare(a.copy.at));
}

/** Forgets them all: whoever signs out leaves nothing for who sits here next. */
export function forgetAll(member: string) {
  for (const { id } of all(member)) forget(member, id);
}

export const titleOf = (a: Pick<Announcement, "texts">) => a.texts.find((x) => x.title.trim())?.title.trim() ?? "";
