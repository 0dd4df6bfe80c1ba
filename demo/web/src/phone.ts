// One phone with the town's app on it: all that the app knows and does, with the package for apps and nothing else.
import { Citizen, Problem, type Push, type Schemas, readApns, readFcm, take } from "@thuisloket/citizen";
import { type Handset, tell } from "./demo";
import { Kept, storeOf } from "./kept";
import { type Language, type Words, moment, words } from "./texts";

/** The town of the demo. */
const TOWN = "deinze";
/** How the demo's phone says to a provider's page at once who signs in; a person chooses there. */
const AS = "as";
/** Where the phone's browser hands a link of the app to the app. */
const APP_LINK = "/app-link/";
/** Starts to choose from: so many in all, so many of a day, so many days ahead. */
const CHOICE = 12;
const CHOICE_A_DAY = 3;
const CHOICE_DAYS = 21;
/** The night, in minutes after midnight. */
const QUIET = { quiet_from: 21 * 60, quiet_until: 8 * 60 };
const VERSION = "1.0.0";

export interface Note {
  message: string;
  category: Schemas["Category"] | undefined;
  title: string | undefined;
  text: string;
  /** Whether it has buttons of the app: Android shows none on what it shows itself. */
  hasActions: boolean;
}

/** What the app shows of somebody's affairs, as of one moment. */
export interface Seen {
  me: Schemas["ProfileOut"];
  inbox: Schemas["MessageOut"][];
  documents: Schemas["DocumentOut"][];
  audit: Schemas["MyAuditOut"][];
  visits: Schemas["AppointmentOut"][];
  waiting: Schemas["WaitingOut"][];
  tickets: Schemas["TicketOut"][];
  announcements: Schemas["MyAnnouncementOut"][];
  preferences: Schemas["PreferencesBody"];
  topics: Schemas["TopicOut"][];
  sessions: Schemas["SessionOut"][];
}

export interface Letter {
  message: Schemas["MessageOut"];
  why: Schemas["WhyOut"] | undefined;
}

/** Undefined instead of an answer that the server refuses. */
async function perhaps<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && !error.isSignedOut) return undefined;
    throw error;
  }
}

export class Phone {
  readonly number: number;
  readonly handset: Handset;
  readonly citizen: Citizen;
  readonly #changed: () => void;

  /** Undefined while nobody is signed in. */
  seen: Seen | undefined;
  letter: Letter | undefined;
  proposals: Schemas["ProposalOut"][] = [];
  /** The visit that is being moved, and where it could go. */
  moving: { visit: string; starts: Schemas["StartOut"][] } | undefined;
  /** What the phone's browser shows, while somebody signs in there. */
  browser: string | undefined;
  /** Why nobody is signed in, where there is something to say. */
  fault: string | undefined;
  towns: Schemas["MunicipalityOut"][] = [];
  /** The part of the app that a link led to last; the view goes there. */
  goal: string | undefined;

  readonly notes: Kept<Note[]>;
  readonly badge: Kept<number>;
  readonly isFull: Kept<boolean>;
  /** In which language the app speaks while nobody is signed in. */
  readonly #language: Kept<Language>;
  /** Whether whoever held it signed out: it is not for the phone to sign them in again. */
  readonly #left: Kept<boolean>;
  /** The message that is open. */
  readonly #open: Kept<string | undefined>;
  /** In which month it was registered last. */
  readonly #registered: Kept<string>;
  readonly #images = new Map<string, string>();
  #turn = 0;
  #latest = Promise.resolve();
  #hearing: Promise<unknown> = Promise.resolve();

  constructor(number: number, handset: Handset, place: string, changed: () => void) {
    const prefix = `${place}${number}/`;
    this.number = number;
    this.handset = handset;
    this.#changed = changed;
    this.notes = new Kept<Note[]>(`${prefix}notes`, []);
    this.badge = new Kept(`${prefix}badge`, 0);
    this.isFull = new Kept(`${prefix}full`, false);
    this.#language = new Kept<Language>(`${prefix}language`, "nl");
    this.#left = new Kept(`${prefix}left`, false);
    this.#open = new Kept<string | undefined>(`${prefix}open`, undefined);
    this.#registered = new Kept(`${prefix}registered`, "");
    const store = storeOf(prefix);
    // The app was on this phone before the page was opened: it is the same installation.
    if (localStorage.getItem(`${prefix}installation`) === null) localStorage.setItem(`${prefix}installation`, handset.installation);
    this.citizen = new Citizen({ server: location.origin, store, onSignedOut: (why) => this.#over(why.code) });
  }

  get language(): Language {
    return this.seen?.preferences.language ?? this.#language.get();
  }

  get words(): Words {
    return words[this.language];
  }

  get given(): string {
    return this.seen?.me.call_name ?? this.seen?.me.given_names ?? "";
  }

  get owner(): string {
    return `${this.given} ${this.seen?.me.family_name ?? ""}`.trim();
  }

  /** Goes on where the phone was; at its first start its owner signs in. */
  async start(): Promise<void> {
    try {
      this.towns = await take(this.citizen.api.GET("/v1/municipalities"));
      if ((await this.citizen.session()) !== undefined) await this.load();
      if (this.seen === undefined && !this.#left.get()) {
        await this.signInAsOwner();
        // What came before the phone was here is on its lock screen still.
        const before = this.handset.lock.map((note) => ({ ...note, category: undefined, title: undefined, hasActions: false }));
        if (this.seen !== undefined) this.notes.set(before.filter((note) => !this.#isRead(note.message)));
      } else if (this.seen !== undefined) await this.register();
      const open = this.#open.get();
      if (this.seen !== undefined && open !== undefined) await perhaps(this.#read(open));
    } catch (error) {
      // The rest of the page is as good as it was.
      this.fault = error instanceof Problem ? error.code : "provider_unavailable";
    }
    // Where a reload comes back, nobody followed a link.
    this.goal = undefined;
    this.#changed();
  }

  /** Reads all that the app shows; done when what was asked for last is there. */
  async load(): Promise<void> {
    let asked = this.#load();
    this.#latest = asked;
    await asked;
    while (asked !== this.#latest) {
      asked = this.#latest;
      await asked;
    }
  }

  async #load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const { api } = this.citizen;
    try {
      // Alone: where the clock went on, one request finds out that the token has expired, and not all of them.
      const me = await take(api.GET("/v1/me"));
      const [inbox, documents, audit, visits, waiting, tickets, announcements, preferences, topics, sessions, count] = await Promise.all([
        take(api.GET("/v1/inbox")),
        take(api.GET("/v1/documents")),
        take(api.GET("/v1/audit")),
        take(api.GET("/v1/appointments")),
        take(api.GET("/v1/waiting")),
        take(api.GET("/v1/tickets")),
        take(api.GET("/v1/announcements")),
        take(api.GET("/v1/preferences")),
        take(api.GET("/v1/topics")),
        take(api.GET("/v1/sessions")),
        take(api.GET("/v1/inbox/unread-count")),
      ]);
      // Somebody began to read later, or signed out meanwhile: what they find holds.
      if (turn !== this.#turn) return;
      this.seen = { me, inbox: inbox.messages, documents, audit: audit.entries, visits, waiting, tickets, announcements, preferences, topics, sessions };
      this.badge.set(count.unread);
      if (this.#language.get() !== preferences.language) this.#language.set(preferences.language);
      // iOS gives an app few background pushes: when it opens, it takes off what was read.
      const left = this.notes.get().filter((note) => !this.#isRead(note.message));
      if (left.length < this.notes.get().length) this.notes.set(left);
    } catch (error) {
      if (!(error instanceof Problem && error.isSignedOut)) throw error;
      // The package tells it once; another tab may have been told, or have signed out.
      if (this.seen !== undefined) this.#over(error.code);
    }
  }

  #isRead(id: string): boolean {
    return this.seen?.inbox.some((message) => message.id === id && message.read_at !== undefined) ?? false;
  }

  /** A month later the phone says again that it is there. */
  async wake(today: string): Promise<void> {
    if (this.seen !== undefined && this.#registered.get() !== today.slice(0, 7)) {
      await this.register();
      this.#registered.set(today.slice(0, 7));
    }
  }

  async register(): Promise<void> {
    await this.citizen.registerDevice({
      platform: this.handset.ios ? "ios" : "android",
      target_kind: this.handset.ios ? "apns_token" : "fcm_fid",
      target: this.handset.target,
      locale: this.language,
      app_version: VERSION,
      preview: this.isFull.get() ? "full" : "neutral",
    });
  }

  /** The address of the provider's page, as the phone's browser reaches it: through the demo, which plays the phone around the app. */
  async #begin(provider: string): Promise<URL> {
    const wish = { municipality: TOWN, provider, device_name: this.handset.name, language: this.language, go_on: "/inbox" };
    const begun = await this.citizen.startSignIn(wish);
    const { pathname, search } = new URL(begun.authorization_url);
    return new URL(pathname + search, location.origin);
  }

  /** The owner of the phone signs in, as if they had chosen themselves on the provider's page. */
  async signInAsOwner(): Promise<void> {
    const page = await this.#begin(this.handset.provider);
    page.searchParams.append(AS, this.handset.person);
    const answer = await fetch(page);
    await this.finish(answer.url);
  }

  /** Opens the provider's page in the phone's browser. */
  async openBrowser(provider: string): Promise<void> {
    this.browser = (await this.#begin(provider)).href;
  }

  /** The browser shows another page: hands it to the app where it is a link of the app. */
  async browsed(frame: HTMLIFrameElement): Promise<void> {
    let at: string;
    try {
      at = frame.contentWindow?.location.href ?? "";
    } catch {
      // Somebody else's page, which is none of ours to read.
      return;
    }
    if (at.startsWith(location.origin + APP_LINK)) await this.finish(at);
  }

  /** The browser hands over a link of the app: the sign-in comes back on one. */
  async finish(link: string): Promise<void> {
    this.browser = undefined;
    const result = await this.citizen.finishSignIn(link);
    if (!result.signedIn) {
      this.fault = result.why;
      return;
    }
    // Whatever the phone showed was somebody else's, perhaps.
    this.#forget();
    this.#left.set(false);
    await this.load();
    await this.register();
    await this.follow(result.goOn ?? "/");
    await tell(`${this.owner} signs in on ${this.handset.name}.`);
  }

  async signOut(): Promise<void> {
    const { owner } = this;
    await this.citizen.signOut();
    this.#left.set(true);
    this.#over(undefined);
    await tell(`${owner} signs out on ${this.handset.name}.`);
  }

  #over(why: string | undefined): void {
    this.#forget();
    this.fault = why === undefined ? undefined : "session_ended";
    this.#changed();
  }

  #forget(): void {
    this.#turn += 1;
    this.seen = undefined;
    this.letter = undefined;
    this.proposals = [];
    this.moving = undefined;
    this.notes.set([]);
    this.badge.set(0);
    this.#open.set(undefined);
    for (const address of this.#images.values()) URL.revokeObjectURL(address);
    this.#images.clear();
  }

  /** A push came in, as Apple’s or Google's library hands it to an app. One after the other: a clear may follow at once. */
  async hear(payload: unknown): Promise<void> {
    const mine = this.#hearing.then(() => this.#hear(payload)).catch(() => undefined);
    this.#hearing = mine;
    await mine;
    // What it tells of is read once, after the last of those that came together.
    if (mine !== this.#hearing || this.seen === undefined) return;
    await this.load();
    this.#changed();
  }

  async #hear(payload: unknown): Promise<void> {
    if ((await this.citizen.session()) === undefined) return;
    const push = this.handset.ios ? readApns(payload) : readFcm((payload as { android?: unknown } | null)?.android);
    if (push === undefined) return;
    const act = await this.citizen.pushes.handle(push);
    if (act === "drop") return;
    const note = push.type === "clear" ? undefined : await this.#note(push);
    const others = this.notes.get().filter((one) => one.message !== push.messageId);
    this.notes.set(note === undefined ? others : [...others, note]);
    if (push.unread !== undefined) this.badge.set(push.unread);
    this.#changed();
  }

  async #note(push: Exclude<Push, { type: "clear" }>): Promise<Note> {
    const isUrgent = push.type === "show" && push.isUrgent;
    const isOurs = push.type === "show" && push.isToFetch;
    let { title } = push;
    let text = push.text ?? (isUrgent ? this.words.push_called : this.words.push_neutral);
    if (isOurs) {
      // What a notification extension does: it fetches with the app's own session.
      const params = { path: { message_id: push.messageId } };
      const message = await perhaps(take(this.citizen.api.GET("/v1/inbox/{message_id}", { params })));
      if (message !== undefined) [title, text] = [undefined, message.title];
    }
    const category = push.type === "show" ? push.category : undefined;
    return { message: push.messageId, category, title, text, hasActions: this.handset.ios || isOurs };
  }

  async #read(id: string): Promise<void> {
    const params = { path: { message_id: id } };
    const { api } = this.citizen;
    const message = await take(api.GET("/v1/inbox/{message_id}", { params }));
    await api.PUT("/v1/inbox/{message_id}/read", { params });
    const [why, proposals, count] = await Promise.all([
      perhaps(take(api.GET("/v1/inbox/{message_id}/why", { params }))),
      perhaps(take(api.GET("/v1/inbox/{message_id}/visits", { params }))),
      take(api.GET("/v1/inbox/unread-count")),
    ]);
    this.notes.set(this.notes.get().filter((note) => note.message !== id));
    this.badge.set(count.unread);
    this.#open.set(id);
    this.letter = { message, why };
    this.proposals = proposals ?? [];
  }

  async open(id: string): Promise<void> {
    await this.#read(id);
    this.goal = "letter";
    await tell(`${this.owner} opens “${this.letter?.message.title}”.`);
  }

  /** Something else is done now: what was said of the last is over. */
  begin(): void {
    if (this.seen !== undefined) this.fault = undefined;
  }

  close(): void {
    this.letter = undefined;
    this.proposals = [];
    this.#open.set(undefined);
  }

  /** The action "book" of a notification: the app goes where the message's action leads. */
  async bookFrom(id: string): Promise<void> {
    await this.open(id);
    const link = this.letter?.message.action?.link;
    if (link?.startsWith("/")) await this.follow(link);
  }

  /** The action "mute" of a notification. */
  async mute(category: Schemas["Category"]): Promise<void> {
    await this.choose((now) => ({ ...now, muted: [...now.muted.filter((kind) => kind !== category), category] }));
    await tell(`${this.owner} turns the notifications about ${words.en[`push_category_${category}`].toLowerCase()} off.`);
  }

  /** Goes to a path of the app, as the contract lists them. What is gone is said, and a path of a newer server leads to the first page. */
  async follow(path: string): Promise<void> {
    const [, part = "", id = "", rest = ""] = path.split("/");
    this.fault = undefined;
    const isIn = (list: { id: string }[] | undefined) => id === "" || (list ?? []).some((one) => one.id === id);
    const { seen } = this;
    if (part === "documents" && rest === "visits") {
      await this.propose(id);
      return;
    }
    if (part === "appointments") this.goal = isIn(seen?.visits) && id !== "" ? `visit-${id}` : "visits";
    else if (part === "tickets") this.goal = isIn(seen?.tickets) ? `ticket-${id}` : "visits";
    else if (part === "announcements") this.goal = isIn(seen?.announcements) ? `news-${id}` : "inbox";
    else if (part === "documents" || part === "sessions") this.goal = part;
    else this.goal = "inbox";
    const isGone =
      (part === "appointments" && !isIn(seen?.visits)) ||
      (part === "tickets" && !isIn(seen?.tickets)) ||
      (part === "announcements" && !isIn(seen?.announcements));
    if (isGone) this.fault = "gone";
  }

  /** Asks when somebody could come for a document. */
  async propose(document: string): Promise<void> {
    const params = { path: { document_id: document } };
    const proposals = await perhaps(take(this.citizen.api.GET("/v1/documents/{document_id}/visits", { params })));
    this.proposals = proposals ?? [];
    this.goal = this.proposals.length > 0 ? "offers" : "documents";
    if (proposals === undefined) this.fault = "gone";
    else if (!proposals.some((proposal) => proposal.starts.length > 0)) this.fault = "nothingFree";
  }

  /** One tap: books one of the starts that are proposed. */
  async book(proposal: Schemas["ProposalOut"], start: Schemas["StartOut"]): Promise<void> {
    const visit = await take(
      this.citizen.api.POST("/v1/appointments", {
        body: {
          service_id: proposal.service.id,
          location_id: start.location_id,
          starts_at: start.starts_at,
          persons: proposal.persons,
          companions: proposal.companions,
          document_ids: proposal.document_ids,
          hold: false,
        },
      }),
    );
    this.proposals = [];
    const english = (at: string) => moment(at, words.en.locale);
    const times = visit.reminders.map((reminder) => english(reminder.at)).join(" and ");
    const reminders = times === "" ? "No reminder: it is soon" : `Reminders: ${times}`;
    await tell(`${this.owner} books with one tap: ${visit.service.name}, ${english(visit.starts_at)}, reference ${visit.reference}. ${reminders}.`);
  }

  /** Starts to choose from: three a day, of the first days that have any; for a visit that is moved, where one is named. */
  async #choice(
    service: string,
    location_id: string,
    persons: number,
    today: string,
    appointment_id?: string,
  ): Promise<Schemas["StartOut"][]> {
    const until = new Date(Date.parse(`${today}T12:00Z`) + CHOICE_DAYS * 86_400_000).toISOString().slice(0, 10);
    const ofDay = new Map<string, Schemas["StartOut"][]>();
    const query = { location_id, persons, from: today, until, ...(appointment_id && { appointment_id }) };
    for await (const start of this.citizen.freeStarts(service, query)) {
      ofDay.set(start.day, [...(ofDay.get(start.day) ?? []), start]);
    }
    const spread = (starts: Schemas["StartOut"][]) => {
      const step = Math.max(1, Math.ceil(starts.length / CHOICE_A_DAY));
      return starts.filter((_, nth) => nth % step === 0);
    };
    return [...ofDay.values()].flatMap(spread).slice(0, CHOICE);
  }

  async otherTimes(proposal: Schemas["ProposalOut"], today: string): Promise<void> {
    const at = proposal.starts[0]?.location_id ?? proposal.location?.id;
    if (at === undefined) return;
    const starts = await this.#choice(proposal.service.id, at, proposal.persons, today);
    if (starts.length === 0) this.fault = "nothingFree";
    else this.proposals = this.proposals.map((one) => (one === proposal ? { ...one, starts } : one));
  }

  async whereTo(visit: Schemas["AppointmentOut"], today: string): Promise<void> {
    const starts = await this.#choice(visit.service.id, visit.location.id, visit.persons, today, visit.id);
    this.moving = { visit: visit.id, starts };
  }

  async move(visit: string, start: Schemas["StartOut"]): Promise<void> {
    const params = { path: { appointment_id: visit } };
    const body = { location_id: start.location_id, starts_at: start.starts_at };
    const moved = await take(this.citizen.api.POST("/v1/appointments/{appointment_id}/move", { params, body }));
    this.moving = undefined;
    await tell(`${this.owner} moves the visit: ${moment(moved.starts_at, words.en.locale)}, the same reference.`);
  }

  async cancel(visit: string): Promise<void> {
    await this.citizen.api.DELETE("/v1/appointments/{appointment_id}", { params: { path: { appointment_id: visit } } });
    this.moving = undefined;
    await tell(`${this.owner} cancels the visit; the desk is free again.`);
  }

  async confirm(visit: string): Promise<void> {
    const params = { path: { appointment_id: visit } };
    const taken = await take(this.citizen.api.POST("/v1/appointments/{appointment_id}/confirm", { params }));
    await tell(`${this.owner} takes the place that came free, ${moment(taken.starts_at, words.en.locale)}.`);
  }

  async waitForEarlier(visit: string): Promise<void> {
    await this.citizen.api.POST("/v1/waiting", { body: { appointment_id: visit, companions: [], document_ids: [], location_ids: [], weekdays: [] } });
    await tell(`${this.owner} waits for an earlier place; what is freed is held for who waits longest.`);
  }

  async stopWaiting(entry: string): Promise<void> {
    await this.citizen.api.DELETE("/v1/waiting/{waiting_id}", { params: { path: { waiting_id: entry } } });
    await tell(`${this.owner} waits no longer.`);
  }

  async checkIn(visit: Schemas["AppointmentOut"]): Promise<void> {
    const params = { path: { appointment_id: visit.id } };
    const { latitude, longitude } = visit.location;
    const body = latitude === undefined || longitude === undefined ? {} : { latitude, longitude };
    const ticket = await take(this.citizen.api.POST("/v1/appointments/{appointment_id}/check-in", { params, body }));
    // Nobody knows how long one waits before anybody is at a desk.
    const minutes = ticket.wait_minutes === undefined ? "" : `, ${ticket.wait_minutes} minutes to wait`;
    const wait = `${ticket.ahead} before ${this.given}${minutes}`;
    await tell(`${this.owner} checks in at the door: number ${ticket.number}; ${wait}.`);
  }

  async leaveQueue(ticket: string): Promise<void> {
    await this.citizen.api.DELETE("/v1/tickets/{ticket_id}", { params: { path: { ticket_id: ticket } } });
    await tell(`${this.owner} leaves the queue.`);
  }

  async answer(ticket: string, score: number): Promise<void> {
    await this.citizen.api.POST("/v1/tickets/{ticket_id}/answer", { params: { path: { ticket_id: ticket } }, body: { score } });
    await tell(`${this.owner} gives it ${score} out of 5; the answer is kept without their name.`);
  }

  async endSession(session: string): Promise<void> {
    await this.citizen.api.DELETE("/v1/sessions/{session_id}", { params: { path: { session_id: session } } });
    await tell(`${this.owner} signs another device out.`);
  }

  /** Writes the preferences back as they are now, but for what is changed. */
  async choose(change: (now: Schemas["PreferencesBody"]) => Schemas["PreferencesBody"]): Promise<void> {
    const now = await take(this.citizen.api.GET("/v1/preferences"));
    await this.citizen.api.PUT("/v1/preferences", { body: change(now) });
  }

  async speak(language: Language): Promise<void> {
    await this.choose((now) => ({ ...now, language }));
    await this.load();
    await this.register();
    await tell(`${this.owner} reads ${language} from now on.`);
  }

  async keepQuiet(isQuiet: boolean): Promise<void> {
    await this.choose((now) => ({ ...now, ...(isQuiet ? QUIET : { quiet_from: 0, quiet_until: 0 }) }));
  }

  async turn(category: Schemas["Category"], isMuted: boolean): Promise<void> {
    const others = (now: Schemas["PreferencesBody"]) => now.muted.filter((kind) => kind !== category);
    await this.choose((now) => ({ ...now, muted: isMuted ? [...others(now), category] : others(now) }));
  }

  async followTopic(topic: string, follows: boolean): Promise<void> {
    const now = await take(this.citizen.api.GET("/v1/topics"));
    const topics = now.filter((one) => (one.topic === topic ? follows : one.follows)).map((one) => one.topic);
    await this.citizen.api.PUT("/v1/topics", { body: { topics } });
  }

  async preview(isFull: boolean): Promise<void> {
    this.isFull.set(isFull);
    await this.register();
  }

  /** The image of an announcement, which is fetched once; undefined until it is there. */
  image(announcement: string): string | undefined {
    const known = this.#images.get(announcement);
    if (known !== undefined) return known === "" ? undefined : known;
    this.#images.set(announcement, "");
    const params = { path: { announcement_id: announcement } };
    const fetched = take(this.citizen.api.GET("/v1/announcements/{announcement_id}/image", { params, parseAs: "blob" }));
    fetched.then(
      (blob) => {
        this.#images.set(announcement, URL.createObjectURL(blob as unknown as Blob));
        this.#changed();
      },
      // Another time: the text says what it shows.
      () => this.#images.delete(announcement),
    );
    return undefined;
  }
}
