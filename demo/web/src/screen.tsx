// A phone: its lock screen, and the app below it.
import { useEffect, useRef } from "preact/hooks";
import { Do, Tick, later } from "./act";
import type { Town } from "./demo";
import { Announced, Letter } from "./letter";
import type { Note, Phone, Seen } from "./phone";
import { Sessions, Settings } from "./settings";
import { day, dayOf, languages, providers, weekday, words as inLanguage } from "./texts";
import { Offers, Ticket, Visit } from "./visits";

function Notification({ phone, town, note }: { phone: Phone; town: Town; note: Note }) {
  const { words } = phone;
  const { category } = note;
  return (
    <li>
      <Do class="note" does="open" run={() => phone.open(note.message)}>
        <b>{town.town}</b>
        {[note.title, note.text].filter((text) => text !== undefined).join(". ")}
      </Do>
      {note.hasActions && category !== undefined && (
        <div class="actions">
          <Do does="note-open" run={() => phone.open(note.message)}>
            {words.push_action_open}
          </Do>
          {category === "documents" && (
            <Do does="note-book" run={() => phone.bookFrom(note.message)}>
              {words.push_action_book}
            </Do>
          )}
          {category !== "emergency" && (
            <Do does="note-mute" run={() => phone.mute(category)}>
              {words.push_action_mute}
            </Do>
          )}
        </div>
      )}
    </li>
  );
}

function Lock({ phone, town }: { phone: Phone; town: Town }) {
  const notes = phone.notes.get();
  return (
    <div class="lock">
      <div class="time">{town.time}</div>
      <div class="day">{weekday(town.today, phone.words.locale)}</div>
      {notes.length === 0 && <div class="quiet">{phone.words.nothingNew}</div>}
      <ul aria-live="polite">
        {[...notes].reverse().map((note) => (
          <Notification key={note.message} phone={phone} town={town} note={note} />
        ))}
      </ul>
    </div>
  );
}

/** The sign-in of the app, and the phone's browser, in which it happens. */
function SignIn({ phone }: { phone: Phone }) {
  const { words, handset, fault } = phone;
  if (phone.browser !== undefined) {
    return (
      <div class="browser">
        <iframe
          src={phone.browser}
          title={words.browser}
          onLoad={({ currentTarget }) => later(() => phone.browsed(currentTarget))}
        />
        <Do
          does="stop"
          run={() => {
            phone.browser = undefined;
          }}
        >
          {words.close}
        </Do>
      </div>
    );
  }
  const given = handset.person.charAt(0).toUpperCase() + handset.person.slice(1);
  return (
    <div class="app sign-in">
      <h3>{words.welcome}</h3>
      {!isSecureContext && <p role="alert">{words.unsafe}</p>}
      {fault !== undefined && <p role="alert">{words.faults[fault] ?? fault}</p>}
      <p>
        <Do class="main" does="sign-in" run={() => phone.signInAsOwner()}>
          {words.signInAs(given, providers[handset.provider] ?? handset.provider)}
        </Do>
      </p>
      {(phone.towns[0]?.providers ?? []).map((provider) => (
        <p key={provider}>
          <Do does={`sign-in-${provider}`} run={() => phone.openBrowser(provider)}>
            {words.signIn(providers[provider] ?? provider)}
          </Do>
        </p>
      ))}
      <p class="soft">{words.signInHint}</p>
    </div>
  );
}

function App({ phone, town, seen }: { phone: Phone; town: Town; seen: Seen }) {
  const { words, number } = phone;
  const badge = phone.badge.get();
  const said = { nothingFree: words.nothingFree, gone: words.gone }[phone.fault ?? ""] ?? phone.fault;
  return (
    <div class="app">
      {phone.fault !== undefined && <p role="alert">{said}</p>}
      {seen.visits.length + seen.tickets.length > 0 && (
        <>
          <h3 id={`${number}-visits`} tabIndex={-1}>
            {words.visits}
          </h3>
          {seen.tickets.map((ticket) => (
            <Ticket key={ticket.id} phone={phone} ticket={ticket} />
          ))}
          {seen.visits.map((visit) => (
            <Visit key={visit.id} phone={phone} town={town} visit={visit} />
          ))}
        </>
      )}
      <h3 id={`${number}-inbox`} tabIndex={-1}>
        {words.messages}
        {badge > 0 && (
          <span class="badge" title={words.unread}>
            {badge}
          </span>
        )}
      </h3>
      <Letter phone={phone} />
      <Offers phone={phone} town={town} />
      <ul>
        {seen.inbox.length === 0 && (
          <li>
            <small>{words.noMessages}</small>
          </li>
        )}
        {seen.inbox.map((message) => (
          <li key={message.id}>
            <Do class={message.read_at ? "line" : "line unread"} does="read" run={() => phone.open(message.id)}>
              {message.title}
              <small>
                {[message.withdrawn_at ? words.withdrawn : "", day(dayOf(message.created_at), words.locale)].filter(Boolean).join(" · ")}
              </small>
            </Do>
          </li>
        ))}
      </ul>
      {seen.announcements.length > 0 && (
        <>
          <h3>{words.news}</h3>
          <ul>
            {seen.announcements.map((told) => (
              <li key={told.id} class="news" lang={told.language} id={`${number}-news-${told.id}`} tabIndex={-1}>
                <strong class={told.withdrawn ? "gone" : ""}>{told.title}</strong>
                <Announced phone={phone} told={told} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 id={`${number}-documents`} tabIndex={-1}>
        {words.documents}
      </h3>
      <ul>
        {seen.documents.map((paper) => (
          <li key={paper.id}>
            <div class="row">
              <span>{paper.child ? words.of(paper.name, paper.child) : paper.name}</span>
              <span class={`state ${paper.state}`}>{words.states[paper.state] ?? paper.state}</span>
            </div>
            <small>{paper.expires_on ? words.until(day(paper.expires_on, words.locale)) : words.noEnd}</small>
            {paper.state !== "valid" && paper.appointment_on === undefined && (
              <Do class="small" does="propose" run={() => phone.propose(paper.id)} label={`${words.book}: ${paper.name}`}>
                {words.book}
              </Do>
            )}
          </li>
        ))}
      </ul>
      <h3>{words.whoLooked}</h3>
      <ul class="audit">
        {seen.audit.length === 0 && (
          <li>
            <small>{words.nobody}</small>
          </li>
        )}
        {seen.audit.map((entry) => (
          <li key={entry.id}>
            {entry.what}
            <small>{[entry.why, day(dayOf(entry.at), words.locale)].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
      <Settings phone={phone} seen={seen} />
      <Sessions phone={phone} seen={seen} />
      <p class="out">
        <Do does="sign-out" run={() => phone.signOut()}>
          {words.signOut}
        </Do>
      </p>
    </div>
  );
}

export function Screen({ phone, town }: { phone: Phone; town: Town }) {
  const { words, seen, handset, number } = phone;
  const here = useRef<HTMLElement>(null);
  useEffect(() => {
    if (phone.goal === undefined || phone.seen === undefined) return;
    const goal = document.getElementById(`${number}-${phone.goal}`);
    const app = here.current?.querySelector<HTMLElement>(".app");
    phone.goal = undefined;
    if (!goal || !app) return;
    if (goal instanceof HTMLDetailsElement) goal.open = true;
    app.scrollTop += goal.getBoundingClientRect().top - app.getBoundingClientRect().top - 8;
    goal.focus({ preventScroll: true });
  });
  const title = seen ? `${phone.owner}, ${handset.ios ? "iPhone" : "Android"}` : handset.name;
  return (
    <section
      ref={here}
      class={`phone ${handset.ios ? "ios" : "android"}`}
      lang={phone.language}
      data-home={`phone ${number}`}
      aria-label={title}
    >
      <div class="who">
        <h2 tabIndex={-1}>{title}</h2>
        {seen && (
          <Tick does="preview" is={phone.isFull.get()} set={(is) => phone.preview(is)}>
            {words.withText}
          </Tick>
        )}
      </div>
      <div class="screen">
        {phone.browser === undefined && <Lock phone={phone} town={town} />}
        {seen ? <App phone={phone} town={town} seen={seen} /> : <SignIn phone={phone} />}
      </div>
    </section>
  );
}

/** Where the browser lets nobody sign in, for want of TLS. */
export function Unsafe({ name, ios }: { name: string; ios: boolean }) {
  const all = Object.keys(languages) as (keyof typeof languages)[];
  return (
    <section class={`phone ${ios ? "ios" : "android"}`} aria-label={name}>
      <div class="who">
        <h2>{name}</h2>
      </div>
      <div class="screen">
        <div class="app">
          {all.map((language) => (
            <p key={language} lang={language}>
              {inLanguage[language].unsafe}
            </p>
          ))}
        </div>
      </div>
    </section>
  );
}
