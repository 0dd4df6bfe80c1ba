// What is wrong with what was written, in the words of whoever writes, and at which field: found here before it is sent, and read off
// what the server refused.
import { type Language, Refused, type Schemas } from "./api";
import { type Audience, WHOM, isWhole, refusedAudience, unfinishedAt, usesRegister } from "./audience";
import { type Key, isKey, t, word } from "./texts";
import { clock, endOf, instant, isLikely, wall } from "./time";
import { HALF } from "./ui";

const DAY = 86_400_000;
const LONGEST = 400 * DAY;
export const TITLE = 120;
export const TEXT = 5000;
export const IMAGE_TEXT = 300;

/** What is at fault: the field that leads to it, the tab it is on, and what to do. */
export type Fault = {
  field: string;
  tab?: Language;
  text: string;
  /** Without it the server takes nothing of the draft. */
  stops?: boolean;
};

export type Said = Partial<Record<Language, Schemas["SaidIn"]>>;

/** What the faults are looked for in. */
export type Looked = {
  texts: Said;
  link: string;
  audience: Audience;
  decision: string;
  send_at: string;
  valid_until: string;
  begins_at: string;
  ends_at: string;
  place: string;
  is_public: boolean;
  corrects_id?: string;
  image: boolean;
};

export const fieldOf = (part: "title" | "text" | "image_text", language: Language) => `f-${part}-${language}`;
const length = (text: string) => [...text].length;
// Spaces of any width show nothing, nor do joiners and soft hyphens by themselves.
const blank = (text?: string) => !text || !/[^\s\u00ad\u200b-\u200f\u2060\ufeff]/.test(text);

/** All that is wrong, in the order of the page. Only what `stops` matters before it is submitted. */
export function faults(w: Looked, zone: string, notices: Language[], first: Language): Fault[] {
  const found: Fault[] = [];
  const add = (field: string, key: Key, values: Record<string, string | number> = {}, more: Partial<Fault> = {}) =>
    found.push({ field, text: t(key, values), ...more });
  const said = (Object.entries(w.texts) as [Language, Schemas["SaidIn"]][]).filter(
    ([, s]) => !blank(s.title) || !blank(s.text),
  );
  const whole = said.filter(([, s]) => !blank(s.title) && !blank(s.text));
  if (said.length === 0) {
    add(fieldOf("title", first), "wrong_noText", {}, { tab: first });
  }
  for (const tab of notices.filter((l) => said.length > 0 && !said.some(([x]) => x === l))) {
    add(fieldOf("title", tab), "wrong_noticeLanguage", { language: word("lang", tab) }, { tab });
  }
  for (const [tab, s] of said) {
    const language = word("lang", tab);
    if (blank(s.title)) add(fieldOf("title", tab), "wrong_noTitle", { language }, { tab });
    if (length(s.title) > TITLE) add(fieldOf("title", tab), "wrong_long", { max: TITLE }, { tab, stops: true });
    if (blank(s.text)) add(fieldOf("text", tab), "wrong_noBody", { language }, { tab });
    if (length(s.text) > TEXT) add(fieldOf("text", tab), "wrong_long", { max: TEXT }, { tab, stops: true });
    if (length(s.image_text ?? "") > IMAGE_TEXT)
      add(fieldOf("image_text", tab), "wrong_long", { max: IMAGE_TEXT }, { tab, stops: true });
  }
  if (w.image) {
    for (const [tab] of whole.filter(([, s]) => blank(s.image_text))) {
      add(fieldOf("image_text", tab), "wrong_noImageText", { language: word("lang", tab) }, { tab });
    }
  }
  if (w.link && !/^https:\/\/[^\s/]+/.test(w.link)) add("f-link", "wrong_link", {}, { stops: true });
  if (length(w.link) > 500) add("f-link", "wrong_long", { max: 500 }, { stops: true });
  if (length(w.place) > 200) add("f-place", "wrong_long", { max: 200 }, { stops: true });
  const now = clock().getTime();
  const instants = (["begins_at", "ends_at", "send_at", "valid_until"] as const).map((name) => {
    const local = w[name];
    if (local === HALF) add(`f-${name}`, "wrong_half");
    if (local !== "" && local !== HALF && !isLikely(local)) {
      add(`f-${name}`, "wrong_year", {}, { stops: true });
      return undefined;
    }
    const at = local === "" || local === HALF ? undefined : new Date(instant(zone, local)).getTime();
    // The hour that the clocks leave out in spring.
    if (at !== undefined && wall(zone, new Date(at).toISOString()) !== local) {
      add(`f-${name}`, "wrong_noSuchHour", {}, { stops: true });
      return undefined;
    }
    return at;
  });
  const [begins, ends, send, valid] = instants;
  // Where the beginning is at fault itself, that is said there.
  if (ends !== undefined && (begins === undefined ? w.begins_at === "" : ends <= begins))
    add("f-ends_at", begins === undefined ? "wrong_noBegin" : "wrong_endsFirst", {}, { stops: true });
  // An end that is at fault itself is none that is not said.
  const end = ends === undefined && w.ends_at !== "" ? undefined : endOf(begins, ends);
  if (end !== undefined && end <= (send ?? now)) add(ends === undefined ? "f-begins_at" : "f-ends_at", "wrong_over", {}, { stops: true });
  if (!w.corrects_id) {
    if (w.audience.length === 0) add(WHOM, "wrong_noAudience");
    else if (!isWhole(w.audience)) add(unfinishedAt(w.audience), "unfinished");
    else if (usesRegister(w.audience) && blank(w.decision)) add("f-decision", "wrong_noDecision");
    if (length(w.decision) > 300) add("f-decision", "wrong_long", { max: 300 }, { stops: true });
    const tells = w.audience.flat().some((c) => c.kind === "document" || c.kind === "list");
    if (w.is_public && tells) add("f-is_public", "wrong_notPublic");
  }
  if (send !== undefined && send <= now) add("f-send_at", "wrong_passed", {}, { stops: true });
  if (w.valid_until === "") add("f-valid_until", "wrong_noValid");
  else if (valid !== undefined) {
    if (valid <= Math.max(send ?? now, now)) add("f-valid_until", "wrong_validFirst", {}, { stops: true });
    else if (valid > now + LONGEST) add("f-valid_until", "wrong_validLong", {}, { stops: true });
  }
  return found;
}

/**
 * What the server refused of a draft, at the field where it stands on the page; with the languages in the order in which they were sent,
 * and of how many groups of conditions.
 */
export function refused(problem: unknown, sent: Language[], groups: number): Fault | undefined {
  if (problem instanceof Refused && problem.code === "concerns_nobody") return { field: WHOM, text: t("problem_concerns_nobody") };
  if (!(problem instanceof Refused) || problem.code !== "body_invalid" || !problem.field) return undefined;
  const text = /^texts[.[](nl|fr|de|en|\d)\]?(?:\.(title|text|image_text|language))?$/.exec(problem.field);
  if (text) {
    const tab = sent[Number(text[1])] ?? (text[1] as Language);
    const part = text[2] === "text" || text[2] === "image_text" ? text[2] : "title";
    const key = part === "text" ? `wrong_text_${problem.reason}` : "";
    const language = word("lang", tab);
    return { field: fieldOf(part, tab), tab, text: isKey(key) ? t(key, { language }) : t("wrong_here") };
  }
  const audience = refusedAudience(problem, groups);
  if (audience) return audience;
  const keys: Record<string, Key> = {
    "send_at passed": "wrong_passed",
    "valid_until passed": "wrong_validFirst",
    "valid_until order": "wrong_validFirst",
    "valid_until range": "wrong_validLong",
    "begins_at passed": "wrong_over",
    "ends_at passed": "wrong_over",
    "ends_at order": "wrong_endsFirst",
    "link link": "wrong_link",
    "decision missing": "wrong_noDecision",
    "is_public tells_more": "wrong_notPublic",
    "title_on_lock_screen not_open": "wrong_notOpen",
    "reach letters_off": "wrong_lettersOff",
    "name taken": "templateTaken",
  };
  const named = ["link", "place", "begins_at", "ends_at", "send_at", "valid_until", "decision", "is_public", "title_on_lock_screen", "reach"];
  const field = named.find((n) => problem.field === n);
  const hour = problem.reason === "no_such_hour" ? "wrong_noSuchHour" : undefined;
  const key = keys[`${problem.field} ${problem.reason}`] ?? hour ?? "wrong_here";
  return { field: field ? `f-${field}` : "f-submit", text: t(key) };
}
