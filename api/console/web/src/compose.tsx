// Writing an announcement: it saves itself, keeps a copy of what is not saved yet, says what is missing, and shows what readers will
// see. What stands on the screen is what is sent: whoever submits it waits until the server has just that.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { type Announcement, type Draft, type Language, Refused, SIGNED_IN, type Schemas, type Template, api, leaving, once, raw, take } from "./api";
import { type Audience, Builder, InWords, Reach, TOPICS, isCapped, isWhole, useReach, usesRegister } from "./audience";
import { Differences, told as linesOf } from "./changes";
import { type Fault, IMAGE_TEXT, type Said, TEXT, TITLE, faults, fieldOf, refused } from "./faults";
import * as kept from "./kept";
import { pasted } from "./paste";
import { Phones } from "./phones";
import { type Lasting, SaveAsTemplate, templateOf } from "./templates";
import { language, listed, t, word } from "./texts";
import { clock, endOf, instant, isTwice, millis, wall, when } from "./time";
import { Ask, Check, Field, HALF, Notice, Problem, Select, TextField, Title, Unwritten, WhenField, explain, may, useFetched, useWho } from "./ui";

const DAY = 86_400_000;
/** What the server takes of an image. */
const IMAGE_BYTES = 4 * 1024 * 1024;
/** After the last change, and after a fault that may pass, in milliseconds. */
const PAUSE = 900;
const LATER = 5000;
const PASSING = ["unreachable", "overloaded", "internal", "too_many_requests"];
/** What may still be written anew. */
const OPEN = ["draft", "submitted", "approved"];

/** Images that wait for the rest of their announcement, wherever in the console one goes meanwhile. */
const held = new Map<string, File>();

/** What is written, as the fields have it. */
type Written = {
  importance: Schemas["Importance"];
  topic: string;
  texts: Said;
  link: string;
  audience: Audience;
  decision: string;
  over_cap: boolean;
  send_at: string;
  valid_until: string;
  is_public: boolean;
  newcomers: boolean;
  begins_at: string;
  ends_at: string;
  place: string;
  title_on_lock_screen?: boolean;
  reach: Schemas["HowFar"];
  corrects_id?: string;
};

/** What an announcement can begin as: another one, or a template, which rests on no decision. */
type Beginning = Lasting & Partial<Pick<Announcement, "decision" | "over_cap">>;

/** Where an announcement begins: as it is known, as the one that it corrects, as what it is a copy of, or empty. */
function written(zone: string, known?: Announcement, corrects?: Announcement, copies?: Beginning): Written {
  const from: Beginning | undefined = known ?? corrects ?? copies;
  // What took place last year takes place on another day, and so does what is corrected once it is over.
  const end = endOf(millis(corrects?.begins_at), millis(corrects?.ends_at));
  const event = known ?? (end === undefined || end > clock().getTime() ? corrects : undefined);
  return {
    importance: from?.importance ?? "ordinary",
    topic: from?.topic ?? "works",
    texts: Object.fromEntries((from?.texts ?? []).map((x) => [x.language, x])),
    link: from?.link ?? "",
    audience: from?.audience ?? [],
    decision: from?.decision ?? "",
    over_cap: from?.over_cap ?? false,
    send_at: wall(zone, known?.send_at),
    valid_until: wall(zone, known?.valid_until ?? week()),
    is_public: from?.is_public ?? false,
    newcomers: from?.newcomers ?? false,
    begins_at: wall(zone, event?.begins_at),
    ends_at: wall(zone, event?.ends_at),
    place: from?.place ?? "",
    title_on_lock_screen: from?.title_on_lock_screen,
    reach: from?.reach ?? "app",
    corrects_id: known?.corrects_id ?? corrects?.id,
  };
}

const week = () => new Date(clock().getTime() + 7 * DAY).toISOString();
const is = (at: string) => at !== "" && at !== HALF;

/** What of it is not filled in yet, and so is not sent: never what stood there before. */
function unfinished(w: Written): boolean {
  return (
    (!w.corrects_id && w.audience.length > 0 && !isWhole(w.audience)) ||
    [w.send_at, w.begins_at, w.ends_at].includes(HALF) ||
    !is(w.valid_until)
  );
}

function draft(w: Written, version: number, zone: string): Draft {
  const local = (at: string) => (is(at) ? `${at}:00` : undefined);
  return {
    version,
    importance: w.importance,
    topic: w.topic,
    texts: Object.values(w.texts).filter((s) => s.title.trim() || s.text.trim() || s.image_text?.trim()),
    link: w.link || undefined,
    // Nobody, while a condition is being filled in: not those whom nobody sees on the screen any more.
    audience: isWhole(w.audience) ? w.audience : [],
    decision: w.decision || undefined,
    over_cap: w.over_cap,
    send_at: local(w.send_at),
    valid_until: is(w.valid_until) ? instant(zone, w.valid_until) : week(),
    is_public: w.is_public,
    newcomers: w.newcomers,
    begins_at: local(w.begins_at),
    ends_at: local(w.ends_at),
    place: w.place || undefined,
    title_on_lock_screen: w.title_on_lock_screen,
    reach: w.reach,
    corrects_id: w.corrects_id,
  };
}

/** What of it the next of its kind says as well: nothing of its days, its decision or its image. */
function lasting(w: Written, zone: string): Lasting {
  const { importance, topic, texts, link, audience, is_public, newcomers, place, title_on_lock_screen, reach } = draft(w, 0, zone);
  const said = texts.map(({ language, title, text }) => ({ language, title, text }));
  return { importance, topic, texts: said, link, audience, is_public, newcomers, place, title_on_lock_screen, reach };
}

/** Whether two say the same to the server: in what order and with which spaces at an end is nothing that anybody wrote. */
function same(a: Written, b: Written, zone: string): boolean {
  const plain = (w: Written) => {
    const d = draft(w, 0, zone);
    const texts = [...d.texts].sort((x, y) => x.language.localeCompare(y.language));
    return JSON.stringify({ ...d, texts }, (_, value: unknown) => {
      if (typeof value === "string") return value.trim() || undefined;
      if (value === false || value === null) return undefined;
      if (typeof value !== "object" || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value as object).sort(([x], [y]) => x.localeCompare(y)));
    });
  };
  return plain(a) === plain(b);
}

/** Puts text in a field as if it were typed, so that it can be undone. */
function insert(field: HTMLTextAreaElement, text: string) {
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

type ComposeProps = { id: string; correcting?: string; copying?: string; beginning?: string };

/** `correcting` is what this one corrects, `copying` the one and `beginning` the template that it begins as, of one that is new. */
export function Compose({ id, correcting, copying, beginning }: ComposeProps) {
  const [, go] = useLocation();
  const [found, problem, again] = useFetched(async () => {
    const one = (announcement_id: string) =>
      take(api.GET("/staff/v1/announcements/{announcement_id}", { params: { path: { announcement_id } } }));
    const first = correcting ? await one(correcting) : undefined;
    const copied = copying ? await one(copying) : undefined;
    try {
      return { announcement: await one(id), first, copied };
    } catch (e) {
      if (!(e instanceof Refused) || e.code !== "not_found") throw e;
      // Of one that is there already the template does not count any more, and may be gone.
      const template = beginning ? await templateOf(beginning) : undefined;
      return { announcement: undefined, first, copied, template };
    }
  }, [id, correcting, copying, beginning]);
  const member = useWho().me.id;
  const over = found?.announcement && !OPEN.includes(found.announcement.state);
  useEffect(() => {
    if (!over) return;
    const copy = kept.kept<Written>(member, id);
    if (!copy) {
      go(`/announcements/${id}`, { replace: true });
      return;
    }
    // It went out before what was typed here was saved: that begins another, so that it can be read and used.
    const another = crypto.randomUUID();
    kept.keep(member, another, { ...copy, version: 0, over: id });
    kept.forget(member, id);
    go(`/compose/${another}`, { replace: true });
  }, [over]);
  if (problem && !found) return <Problem problem={problem} again={again} />;
  if (!found || over) return <p>{t("loading")}</p>;
  const { announcement, first, copied, template } = found;
  return <Editor key={id} id={id} loaded={announcement} corrects={first} copies={copied ?? template} template={template} />;
}

type EditorProps = { id: string; loaded?: Announcement; corrects?: Announcement; copies?: Beginning; template?: Template };

function Editor({ id, loaded, corrects, copies, template }: EditorProps) {
  const who = useWho();
  const zone = who.town.time_zone;
  const member = who.me.id;
  const [, go] = useLocation();
  const [begun] = useState(() => {
    const server = written(zone, loaded, corrects, copies);
    const copy = kept.kept<Written>(member, id);
    if (!copy || JSON.stringify(copy.written) === JSON.stringify(server)) return { server, now: server };
    const other = !!loaded && copy.version !== loaded.version;
    if (other && !unfinished(copy.written) && same(copy.written, server, zone)) {
      // It is there. To save it once more would take back what was done with it since.
      kept.forget(member, id);
      return { server, now: server };
    }
    return { server, now: copy.written, copy, meanwhile: other && !same(copy.written, server, zone) };
  });
  const [now, setNow] = useState(begun.now);
  const [saved, setSaved] = useState(loaded);
  const [savedAt, setSavedAt] = useState<Date>();
  const [state, setState] = useState<"same" | "changed" | "saving">(begun.copy && !begun.meanwhile ? "changed" : "same");
  /** Why it is not saved, and why what was pressed was not done. */
  const [problem, setProblem] = useState<unknown>();
  const [deed, setDeed] = useState<unknown>();
  /** Why an image was not taken, and the one that waits until the rest is saved. */
  const [imageFault, setImageFault] = useState<unknown>();
  const [waiting, setWaiting] = useState(held.get(id));
  /** What somebody else, or another window, wrote meanwhile. */
  const [theirs, setTheirs] = useState<Announcement | undefined>(begun.meanwhile ? loaded : undefined);
  const [restored, setRestored] = useState(begun.copy && !begun.meanwhile ? begun.copy.at : undefined);
  const [uncopied, setUncopied] = useState(false);
  const notices = who.town.notice_languages;
  const firstTab: Language = notices[0] ?? who.town.languages[0] ?? "nl";
  const [tab, setTab] = useState<Language>(firstTab);
  const [ask, setAsk] = useState<"emergency" | "everyone" | "discard">();
  const [told, setTold] = useState<string>();
  const [busy, setBusy] = useState(false);
  /** Whether somebody tried to submit it: from then on all that is missing is said. */
  const [tried, setTried] = useState(false);
  /** Whether the page made it public, and nobody else did. */
  const opened = useRef(false);
  const summary = useRef<HTMLDivElement>(null);
  const [toSummary, setToSummary] = useState(0);
  /** What is on the screen, what the server has of it, and what is on its way there. */
  const latest = useRef<{
    now: Written;
    kept?: Written;
    saved?: Announcement;
    way?: Promise<boolean>;
    theirs?: Announcement;
    waiting?: File;
  }>({
    now,
    kept: loaded && !begun.copy ? now : undefined,
    saved: loaded,
    theirs: begun.meanwhile ? loaded : undefined,
    waiting,
  });

  const lookAt = (w: Written) => faults({ ...w, image: !!latest.current.saved?.image_id }, zone, notices, firstTab);
  const all = lookAt(now);
  const stopped = all.some((f) => f.stops);
  const sent = draft(now, 0, zone).texts.map((x) => x.language);
  const unsaved = refused(problem, sent, now.audience.length);
  const ofImage = imageFault ? { field: "f-image", text: explain(imageFault) } : undefined;
  const fromServer = [unsaved, refused(deed, sent, now.audience.length), ofImage].filter((f) => f !== undefined);
  // What the server refused is red as well, in the words that are known here.
  const shown: Fault[] = [
    ...all.filter((f) => tried || f.stops || fromServer.some((said) => said.field === f.field)),
    ...fromServer.filter((f) => !all.some((known) => known.field === f.field)),
  ];

  const copy = () => {
    const l = latest.current;
    const title = Object.values(l.now.texts).find((x) => x.title.trim())?.title ?? "";
    const version = l.theirs ? -1 : (l.saved?.version ?? 0);
    const over = begun.copy?.over;
    setUncopied(!kept.keep(member, id, { written: l.now, version, at: clock().toISOString(), title, over }));
  };

  const change = (part: Partial<Written>) => {
    // At once, and not when it is drawn: an answer may come in between.
    latest.current.now = { ...latest.current.now, ...part };
    copy();
    setNow(latest.current.now);
    setState("changed");
    setTold(undefined);
    setDeed(undefined);
  };

  /** Saves what is on the screen; false where that is refused. Another look decides whether that is still on the screen. */
  const send = async (): Promise<boolean> => {
    const l = latest.current;
    const sent = l.now;
    setState("saving");
    try {
      const body = draft(sent, l.saved?.version ?? 0, zone);
      const answer = await take(
        api.PUT("/staff/v1/announcements/{announcement_id}", { params: { path: { announcement_id: id } }, body }),
      );
      l.saved = answer;
      l.kept = sent;
      setSaved(answer);
      setSavedAt(clock());
      setProblem(undefined);
      setRestored(undefined);
      setState(l.now === sent ? "same" : "changed");
      // What was not filled in is nowhere but here.
      if (l.now === sent && !unfinished(sent)) kept.forget(member, id);
      else copy();
      return true;
    } catch (e) {
      setState("changed");
      if (e instanceof Refused && e.code === "edited_meanwhile") await meet();
      // The text that was refused is not on the screen any more: what is there now has its own turn.
      else if (l.now !== sent && e instanceof Refused && e.code === "body_invalid") return true;
      else setProblem(e);
      return false;
    }
  };

  /** Somebody was first: shows what they wrote beside what is on the screen. */
  const meet = async () => {
    try {
      const answer = await take(
        api.GET("/staff/v1/announcements/{announcement_id}", { params: { path: { announcement_id: id } } }),
      );
      const l = latest.current;
      if (OPEN.includes(answer.state) && same(l.now, written(zone, answer), zone)) {
        // Two windows wrote the same, or an answer was lost on the way: there is nothing to choose, and nothing to save once more, which
        // would take back what was done with it since.
        l.saved = answer;
        l.kept = l.now;
        setSaved(answer);
        setSavedAt(clock());
        setProblem(undefined);
        setState("same");
        if (!unfinished(l.now)) kept.forget(member, id);
        return;
      }
      l.theirs = answer;
      setTheirs(answer);
      copy();
    } catch (e) {
      setProblem(e);
    }
  };

  /** Does one thing at a time with what the server has. */
  const alone = async <T,>(work: () => Promise<T>): Promise<T> => {
    const l = latest.current;
    while (l.way) await l.way;
    const going = work();
    l.way = going.then(
      () => true,
      () => false,
    );
    return going.finally(() => {
      l.way = undefined;
    });
  };

  /** Saves what is on the screen, unless that is there by then. */
  const save = async (): Promise<boolean> => {
    const l = latest.current;
    while (l.way) await l.way;
    return (l.kept === l.now && !!l.saved) || alone(send);
  };

  /** What the server has, when that is what is on the screen, whatever was under way; none where it cannot be saved. */
  const settled = async (): Promise<Announcement | undefined> => {
    const l = latest.current;
    while (l.way || l.kept !== l.now || !l.saved) {
      if (l.theirs || !(await save())) return undefined;
    }
    return l.saved;
  };

  // What is at fault with the network or the server may be over in a moment; what is at fault with the text is not.
  const passing = problem instanceof Refused && PASSING.includes(problem.code);
  // While it is being submitted, nothing else is sent.
  const waits = state === "changed" && !busy && !stopped && !theirs && (!problem || passing);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(save, passing ? LATER : PAUSE);
    return () => clearTimeout(timer);
  }, [now, waits, problem]);
  // After a refusal the next change tries again.
  useEffect(() => setProblem(undefined), [now]);
  useEffect(() => {
    const again = () => setProblem(undefined);
    addEventListener(SIGNED_IN, again);
    addEventListener("online", again);
    return () => {
      removeEventListener(SIGNED_IN, again);
      removeEventListener("online", again);
    };
  }, []);
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => (state !== "same" || waiting) && !leaving.now && e.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state, waiting]);
  // Who goes to another page leaves nothing unsent; where it cannot be sent, the copy waits here.
  useEffect(
    () => () => {
      const l = latest.current;
      if (l.kept !== l.now && l.now !== begun.server && !l.theirs && !lookAt(l.now).some((f) => f.stops)) void save();
    },
    [],
  );
  useEffect(() => {
    if (toSummary > 0) summary.current?.focus();
  }, [toSummary]);

  const wrong = (field: string) => shown.find((f) => f.field === field)?.text;
  const said = now.texts[tab] ?? { language: tab, title: "", text: "" };
  const write = (part: Partial<Schemas["SaidIn"]>) => {
    const before = latest.current.now.texts[tab] ?? { language: tab, title: "", text: "" };
    change({ texts: { ...latest.current.now.texts, [tab]: { ...before, ...part } } });
  };
  const languages: Language[] = [...new Set<Language>([...notices, ...who.town.languages, "nl", "fr", "de", "en"])];
  const sending = {
    importance: now.importance,
    topic: now.topic,
    over_cap: now.over_cap,
    send_at: is(now.send_at) ? `${now.send_at}:00` : undefined,
    valid_until: is(now.valid_until) ? instant(zone, now.valid_until) : undefined,
    reach: now.reach,
  };
  const reach = useReach(now.corrects_id ? [] : now.audience, sending);
  const open = now.is_public && (now.corrects_id ? true : isWhole(now.audience) && now.audience.flat().every((c) => OPENLY.includes(c.kind)));
  const tells = now.audience.flat().some((c) => c.kind === "document" || c.kind === "list");
  const locked = now.title_on_lock_screen ?? now.importance === "emergency";
  // What a correction may show depends on whom the first was for: the server knows, once it has it.
  const passes = saved && state === "same" ? !!saved.shown?.some((s) => s.lock_screen_title) : open && locked;

  /** What to do in danger is said on the lock screen, which needs that anybody may read it; what is none any more is as it was. */
  const importance = (chosen: Written["importance"]) => {
    const opens = chosen === "emergency" && !tells && !now.is_public;
    const closes = chosen !== "emergency" && opened.current;
    opened.current = opens || (opened.current && !closes);
    change({ importance: chosen, ...(opens ? { is_public: true } : closes ? { is_public: false } : {}) });
  };

  const look = (fault: Fault) => {
    if (fault.tab) setTab(fault.tab);
    // Once the tab is drawn.
    setTimeout(() => document.getElementById(fault.field)?.focus());
  };

  const submit = async (sure: { emergency?: boolean; everyone?: boolean }) => {
    setAsk(undefined);
    setTried(true);
    if (busy || latest.current.theirs) return;
    if (lookAt(latest.current.now).length > 0) {
      setToSummary((n) => n + 1);
      return;
    }
    if (!latest.current.now.corrects_id && reach.counted?.people === 0) {
      setDeed(new Refused("concerns_nobody"));
      setToSummary((n) => n + 1);
      return;
    }
    if (latest.current.now.importance === "emergency" && !sure.emergency) {
      setAsk("emergency");
      return;
    }
    setBusy(true);
    try {
      let ready = await settled();
      const file = latest.current.waiting;
      if (ready && file) ready = (await image(file)) ? latest.current.saved : undefined;
      if (!ready) {
        setToSummary((n) => n + 1);
        return;
      }
      await take(
        api.POST("/staff/v1/announcements/{announcement_id}/submit", {
          params: { path: { announcement_id: id }, query: { version: ready.version, everyone: !!sure.everyone }, header: once() },
        }),
      );
      const l = latest.current;
      // What was typed since is no part of it, and must not undo it: it waits here as what was not saved.
      if (l.kept === l.now) kept.forget(member, id);
      l.kept = l.now;
      go(`/announcements/${id}`);
    } catch (e) {
      if (e instanceof Refused && e.code === "concerns_everyone") setAsk("everyone");
      else if (e instanceof Refused && e.code === "edited_meanwhile") await meet();
      else {
        setDeed(e);
        setToSummary((n) => n + 1);
      }
    } finally {
      setBusy(false);
    }
  };
  const wait = (file: File | undefined) => {
    latest.current.waiting = file;
    if (file) held.set(id, file);
    else held.delete(id);
    setWaiting(file);
  };
  /** Gives it an image, or takes it away; false where that was not done. */
  const image = async (file: File | undefined): Promise<boolean> => {
    setImageFault(undefined);
    wait(undefined);
    if (file && file.size > IMAGE_BYTES) {
      setImageFault(new Refused("body_too_large"));
      return false;
    }
    if (latest.current.theirs || !(await settled())) {
      // It has no place yet: as soon as the rest is saved, or one version is chosen, it follows.
      wait(file);
      return false;
    }
    try {
      // What is typed meanwhile waits, and is saved over what comes of this.
      await alone(async () => {
        const l = latest.current;
        const params = { path: { announcement_id: id }, query: { version: l.saved?.version ?? 0 } };
        l.saved = file
          ? await take(api.PUT("/staff/v1/announcements/{announcement_id}/image", { params, ...raw(file) }))
          : await take(
              api.DELETE("/staff/v1/announcements/{announcement_id}/image", { params: { ...params, header: once() } }),
            );
        setSaved(l.saved);
      });
      return true;
    } catch (e) {
      if (e instanceof Refused && [...PASSING, "edited_meanwhile", "signed_out"].includes(e.code)) wait(file);
      if (e instanceof Refused && e.code === "edited_meanwhile") await meet();
      else setImageFault(e);
      return false;
    }
  };
  useEffect(() => {
    if (latest.current.waiting && state === "same" && !theirs && !imageFault && !busy) void image(latest.current.waiting);
  }, [waiting, state, theirs, imageFault, busy]);
  useEffect(() => {
    if (!waiting || !imageFault) return;
    const timer = setTimeout(() => setImageFault(undefined), LATER);
    return () => clearTimeout(timer);
  }, [waiting, imageFault]);
  const tryOut = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const ready = await settled();
      if (!ready) {
        setToSummary((n) => n + 1);
        return;
      }
      await take(
        api.POST("/staff/v1/announcements/{announcement_id}/try", {
          params: { path: { announcement_id: id }, header: once() },
        }),
      );
      setTold(t("tried"));
    } catch (e) {
      if (e instanceof Refused && e.code === "no_trial_phone") {
        try {
          const { code } = await take(api.POST("/staff/v1/me/trial-phone", { params: { header: once() } }));
          setTold(t("trialCode", { code: `${code.slice(0, 4)} ${code.slice(4)}` }));
        } catch (other) {
          setDeed(other);
        }
      } else {
        setTried(true);
        setDeed(e);
      }
    } finally {
      setBusy(false);
    }
  };
  const discard = async (sure: boolean) => {
    setAsk(undefined);
    if (!sure) return;
    const l = latest.current;
    try {
      if (l.way) await l.way;
      if (l.saved) {
        await take(
          api.DELETE("/staff/v1/announcements/{announcement_id}", {
            params: { path: { announcement_id: id }, query: { version: l.saved.version }, header: once() },
          }),
        );
      }
      kept.forget(member, id);
      wait(undefined);
      // Nothing is left to be sent when the page goes.
      l.kept = l.now;
      go("/");
    } catch (e) {
      if (e instanceof Refused && e.code === "edited_meanwhile") await meet();
      else setDeed(e);
    }
  };
  /** What is on the screen is what is meant, whatever they wrote; or what they wrote is. */
  const resolve = (mine: boolean) => {
    const l = latest.current;
    if (!l.theirs) return;
    l.saved = l.theirs;
    l.theirs = undefined;
    setTheirs(undefined);
    setSaved(l.saved);
    setProblem(undefined);
    setDeed(undefined);
    if (mine) {
      // The server has theirs, even where nothing was typed here since it was saved.
      l.kept = undefined;
      copy();
      setState("changed");
      setNow({ ...l.now });
    } else {
      l.now = written(zone, l.saved);
      l.kept = l.now;
      setNow(l.now);
      setState("same");
      kept.forget(member, id);
    }
    setTimeout(() => document.querySelector<HTMLElement>("main h1")?.focus());
  };
  const dropCopy = () => {
    kept.forget(member, id);
    latest.current.now = begun.server;
    latest.current.kept = loaded ? begun.server : undefined;
    setNow(begun.server);
    setRestored(undefined);
    setState("same");
  };

  const at = (local: string) => (is(local) ? instant(zone, local) : undefined);
  const twice = (local: string) => (is(local) && isTwice(zone, local) ? t("hourTwice") : undefined);
  const people = reach.counted ? listed(reach.counted.people) : t("unknownNumber");
  const time = savedAt && wall(zone, savedAt.toISOString()).slice(11);
  const half = unfinished(now);
  const saves =
    state === "saving"
      ? t("saving")
      : theirs
        ? t("notSavedMeanwhile")
        : stopped
          ? t("notSavedFaults")
          : problem && !unsaved
            ? `${t("notSaved")}. ${explain(problem)}`
            : unsaved
              ? t("notSavedFaults")
              : state === "changed"
                ? t("notSaved")
                : time
                  ? t(half ? "savedNotAll" : "saved", { time })
                  : " ";
  const tabWrong = (l: Language) => shown.some((f) => f.tab === l);
  const mine = linesOf({ ...(saved ?? theirs ?? ({} as Announcement)), ...draftAsRead(now, zone), shown: undefined } as Announcement, zone);

  return (
    <>
      <Title>{said.title || t("newAnnouncement")}</Title>
      <p class={problem || theirs || stopped ? "savestate fault" : "savestate"}>{saves}</p>
      {/* What was saved is said once, and what went wrong each time: not every pause in typing. */}
      <p class="unseen" role="status">
        {problem || theirs ? saves : savedAt && state === "same" ? t("savesItself") : ""}
      </p>
      {uncopied && state !== "same" && <Notice kind="error">{t("uncopied")}</Notice>}
      {now.corrects_id && (
        <Notice>
          {t("correcting")}
          {corrects?.image_id && !saved?.image_id && !waiting && ` ${t("correctingImage")}`}
        </Notice>
      )}
      {saved && saved.state !== "draft" && state === "same" && <Notice>{t("editApproved")}</Notice>}
      {restored && (
        <Notice kind="ok">
          {t("restored", { time: when(language, zone, restored) })}{" "}
          {begun.copy?.over && <Over id={begun.copy.over} />}
          <button type="button" class="plain" onClick={dropCopy}>
            {t("dropCopy")}
          </button>
        </Notice>
      )}
      {!restored && begun.copy?.over && (
        <Notice>
          <Over id={begun.copy.over} />
        </Notice>
      )}
      {theirs && (
        <section class="notice error" aria-labelledby="meanwhile">
          <h2 id="meanwhile" tabIndex={-1} ref={(h) => h?.focus()}>
            {t(theirs.author_id === member ? "meanwhileYou" : "meanwhile", {
              name: theirs.author,
              time: when(language, zone, theirs.updated_at),
            })}
          </h2>
          <p>{t("meanwhileHelp")}</p>
          <Differences before={mine} after={linesOf({ ...theirs, shown: undefined }, zone)} labels={[t("yours"), t("theirs")]} />
          <div class="row">
            <button type="button" onClick={() => resolve(true)}>
              {t("keepMine")}
            </button>
            <button type="button" class="plain" onClick={() => resolve(false)}>
              {t("takeTheirs")}
            </button>
          </div>
        </section>
      )}
      {tried && shown.length > 0 && (
        <div class="notice error" ref={summary} tabIndex={-1} role="group" aria-labelledby="faults">
          <h2 id="faults">{t("faults")}</h2>
          <ul class="plain">
            {shown.map((f) => (
              <li key={f.field + f.text}>
                <a
                  href={`#${f.field}`}
                  onClick={(e) => {
                    e.preventDefault();
                    look(f);
                  }}
                >
                  {f.text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="columns">
        <form onSubmit={(e) => e.preventDefault()} noValidate>
          <section aria-labelledby="s1">
            <h2 id="s1">{t("content")}</h2>
            <p class="help">
              {notices.length > 0
                ? t("noticeLanguages", { languages: notices.map((l) => word("lang", l)).join(", ") })
                : t("oneLanguage")}
            </p>
            <div class="tabs" role="group" aria-label={t("language")}>
              {languages.map((l) => (
                <button key={l} type="button" class="tab" aria-pressed={l === tab} onClick={() => setTab(l)}>
                  {word("lang", l)}
                  {tabWrong(l) ? (
                    <>
                      {" "}
                      <span aria-hidden="true">⚠</span>
                      <span class="unseen">{t("hasFaults")}</span>
                    </>
                  ) : now.texts[l]?.title.trim() && now.texts[l]?.text.trim() ? (
                    " ✓"
                  ) : (
                    ""
                  )}
                </button>
              ))}
            </div>
            <TextField
              id={fieldOf("title", tab)}
              label={`${t("heading")} (${word("lang", tab)})`}
              lang={tab}
              value={said.title}
              max={TITLE}
              required={tab === firstTab}
              set={(title) => write({ title })}
              wrong={wrong(fieldOf("title", tab))}
            />
            <TextField
              id={fieldOf("text", tab)}
              label={`${t("text")} (${word("lang", tab)})`}
              lang={tab}
              rows={8}
              value={said.text}
              max={TEXT}
              required={tab === firstTab}
              help={t("textHelp")}
              set={(text) => write({ text })}
              wrong={wrong(fieldOf("text", tab))}
              paste={(e) => {
                const given = e.clipboardData?.getData("text/plain") ?? "";
                const plain = pasted(given, e.clipboardData?.getData("text/html") ?? "");
                if (plain === given) return;
                e.preventDefault();
                insert(e.currentTarget, plain);
              }}
            />
            <Marks field={fieldOf("text", tab)} />
            <TextField
              id="f-link"
              label={t("link")}
              type="url"
              max={500}
              value={now.link}
              set={(link) => change({ link })}
              wrong={wrong("f-link")}
            />
            <Field id="f-image" label={t("image")} help={t("imageHelp")} wrong={wrong("f-image")}>
              {(ids) => (
                <input
                  {...ids}
                  type="file"
                  accept="image/png,image/jpeg,image/webp"
                  onChange={(e) => {
                    const file = e.currentTarget.files?.[0];
                    if (file) void image(file);
                    // What is shown below is what it has; the same file can be chosen again.
                    e.currentTarget.value = "";
                  }}
                />
              )}
            </Field>
            {waiting && <p role="status">{t("imageWaits", { file: waiting.name })}</p>}
            {saved?.image_id && (
              <>
                <img
                  class="picture"
                  src={`/staff/v1/announcements/${id}/image?${saved.image_id}`}
                  alt={said.image_text || t("image")}
                />
                <TextField
                  id={fieldOf("image_text", tab)}
                  label={`${t("imageText")} (${word("lang", tab)})`}
                  lang={tab}
                  max={IMAGE_TEXT}
                  value={said.image_text ?? ""}
                  set={(image_text) => write({ image_text })}
                  wrong={wrong(fieldOf("image_text", tab))}
                />
                <button type="button" class="plain" onClick={() => image(undefined)}>
                  {t("imageRemove")}
                </button>
              </>
            )}
            <fieldset class="inline">
              <legend>{t("event")}</legend>
              <TextField
                id="f-place"
                label={t("place")}
                max={200}
                value={now.place}
                set={(place) => change({ place })}
                wrong={wrong("f-place")}
              />
              <WhenField
                id="f-begins_at"
                kind="datetime-local"
                label={t("begins")}
                help={twice(now.begins_at)}
                value={now.begins_at}
                set={(begins_at) => change({ begins_at })}
                wrong={wrong("f-begins_at")}
              />
              <WhenField
                id="f-ends_at"
                kind="datetime-local"
                label={t("ends")}
                help={twice(now.ends_at)}
                value={now.ends_at}
                set={(ends_at) => change({ ends_at })}
                wrong={wrong("f-ends_at")}
              />
            </fieldset>
          </section>
          <section aria-labelledby="s2">
            <h2 id="s2">{t("whom")}</h2>
            {now.corrects_id ? (
              <p>{t("correcting")}</p>
            ) : (
              <>
                <Builder
                  audience={now.audience}
                  set={(audience) => change({ audience })}
                  reach={reach}
                  wrong={wrong}
                />
                {usesRegister(now.audience) && (
                  <TextField
                    id="f-decision"
                    label={t("decision")}
                    help={t("decisionHelp")}
                    max={300}
                    required
                    value={now.decision}
                    set={(decision) => change({ decision })}
                    wrong={wrong("f-decision")}
                  />
                )}
              </>
            )}
            <Check
              id="f-is_public"
              label={t("isPublic")}
              value={now.is_public}
              set={(is_public) => {
                opened.current = false;
                change({ is_public });
              }}
              wrong={wrong("f-is_public")}
            />
            {(open || now.title_on_lock_screen) && (
              <Check
                id="f-title_on_lock_screen"
                label={t("titleOnLockScreen")}
                help={t("titleOnLockScreenHelp")}
                value={locked}
                set={(title_on_lock_screen) => change({ title_on_lock_screen })}
                wrong={wrong("f-title_on_lock_screen")}
              />
            )}
            <Check label={t("newcomers")} value={now.newcomers} set={(newcomers) => change({ newcomers })} />
            {/* A correction is held back from nobody. */}
            {!now.corrects_id && (
              <Check label={t("overCap")} value={now.over_cap} set={(over_cap) => change({ over_cap })} />
            )}
          </section>
          <section aria-labelledby="s3">
            <h2 id="s3">{t("howAndWhen")}</h2>
            <Select
              label={t("importance")}
              value={now.importance}
              help={word("importanceHelp", now.importance)}
              set={(v) =>
                importance(v as Written["importance"])
              }
              of={(may(who, "alert") ? ["ordinary", "important", "emergency"] : ["ordinary", "important"]).map((i) => ({
                value: i,
                label: word("importance", i),
              }))}
            />
            {now.importance === "emergency" && !passes && <Notice>{t("emergencySilent")}</Notice>}
            <Select
              id="f-reach"
              label={t("howFar")}
              value={now.reach}
              help={word("howFarHelp", now.reach)}
              set={(v) => change({ reach: v as Written["reach"] })}
              wrong={wrong("f-reach")}
              of={(["app", "mail", "paper"] as const).map((v) => ({ value: v, label: word("howFar", v) }))}
            />
            <Select
              label={t("topic")}
              value={now.topic}
              set={(topic) => change({ topic })}
              of={TOPICS.map((x) => ({ value: x, label: word("topic", x) }))}
            />
            <WhenField
              id="f-send_at"
              kind="datetime-local"
              label={t("sendAt")}
              help={[t("clocks", { zone }), twice(now.send_at)].filter(Boolean).join(" ")}
              value={now.send_at}
              set={(send_at) => change({ send_at })}
              wrong={wrong("f-send_at")}
            />
            <WhenField
              id="f-valid_until"
              kind="datetime-local"
              label={t("validUntil")}
              help={[t("validHelp"), twice(now.valid_until)].filter(Boolean).join(" ")}
              required
              value={now.valid_until}
              set={(valid_until) => change({ valid_until })}
              wrong={wrong("f-valid_until")}
            />
          </section>
          <section aria-labelledby="s4">
            <h2 id="s4">{t("check")}</h2>
            {!now.corrects_id && now.audience.length > 0 && (
              <>
                <InWords audience={now.audience} />
                <Reach reach={reach} capped={isCapped(now)} />
              </>
            )}
            <p>
              {is(now.send_at) ? when(language, zone, instant(zone, now.send_at)) : now.send_at === HALF ? "…" : t("now")} –{" "}
              {is(now.valid_until) ? when(language, zone, instant(zone, now.valid_until)) : "…"}
            </p>
            <Unwritten texts={Object.values(now.texts)} />
            <Problem
              problem={(unsaved ? undefined : problem) ?? (refused(deed, sent, now.audience.length) ? undefined : deed)}
              at={`/announcements/${id}`}
            />
            {told && (
              <Notice kind="ok" focus>
                {told}
              </Notice>
            )}
            <div class="row">
              <button type="button" id="f-submit" aria-disabled={busy} onClick={() => submit({})}>
                {busy ? t("busy") : t("submit")}
              </button>
              <button type="button" class="plain" aria-disabled={busy} onClick={tryOut}>
                {t("tryOut")}
              </button>
              {(!saved || saved.state === "draft") && (
                <button type="button" class="plain" onClick={() => setAsk("discard")}>
                  {t("discard")}
                </button>
              )}
            </div>
            {/* Whom a correction is for is not its own. */}
            {!now.corrects_id && <SaveAsTemplate says={() => lasting(latest.current.now, zone)} from={template} />}
          </section>
        </form>
        <Phones
          announcement={saved}
          language={tab}
          writing={{ ...now, begins_at: at(now.begins_at), ends_at: at(now.ends_at), passes, saved: state === "same" }}
        />
      </div>
      {ask === "everyone" && (
        <Ask
          text={t("everyoneAsk", { people })}
          about={said.title}
          yes={t("everyoneYes")}
          done={(sure) => (sure ? submit({ emergency: true, everyone: true }) : setAsk(undefined))}
        >
          <Unwritten texts={Object.values(now.texts)} />
        </Ask>
      )}
      {ask === "emergency" && (
        <Ask
          text={now.corrects_id ? t("emergencyCorrectAsk") : t("emergencyAsk", { people })}
          about={said.title}
          yes={t("submit")}
          danger
          done={(sure) => (sure ? submit({ emergency: true }) : setAsk(undefined))}
        >
          <Unwritten texts={Object.values(now.texts)} />
        </Ask>
      )}
      {ask === "discard" && (
        <Ask text={t("discardAsk")} about={said.title} yes={t("discard")} danger done={discard} />
      )}
    </>
  );
}

/** That what was typed over an announcement is another now, as that went out. */
function Over({ id }: { id: string }) {
  return (
    <span>
      {t("overSent")} <Link href={`/announcements/${id}`}>{t("theFirst")}</Link>{" "}
    </span>
  );
}

/** What says nothing of people but where they live. */
const OPENLY = ["everyone", "street", "postcode", "circle", "polygon"];

/** What is on the screen, as an announcement is read. */
function draftAsRead(w: Written, zone: string): Partial<Announcement> {
  const at = (local: string) => (is(local) ? instant(zone, local) : undefined);
  const d = draft(w, 0, zone);
  return { ...d, send_at: at(w.send_at), begins_at: at(w.begins_at), ends_at: at(w.ends_at), valid_until: d.valid_until };
}

/** Buttons for the marks that a text may have, for who does not know them. */
function Marks({ field }: { field: string }) {
  const mark = (before: string, after = "", each = false) => {
    const area = document.getElementById(field);
    if (!(area instanceof HTMLTextAreaElement)) return;
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    const marked = each
      ? (chosen || t("listItem"))
          .split("\n")
          .map((line) => before + line)
          .join("\n")
      : before + (chosen || t("words")) + after;
    insert(area, marked);
  };
  return (
    <div class="row marks" role="group" aria-label={t("marks")}>
      <button type="button" class="plain" onClick={() => mark("**", "**")}>
        <strong>{t("bold")}</strong>
      </button>
      <button type="button" class="plain" onClick={() => mark("*", "*")}>
        <em>{t("italic")}</em>
      </button>
      <button type="button" class="plain" onClick={() => mark("- ", "", true)}>
        {t("bullets")}
      </button>
      <button type="button" class="plain" onClick={() => mark("[", "](https://)")}>
        {t("linkMark")}
      </button>
    </div>
  );
}
