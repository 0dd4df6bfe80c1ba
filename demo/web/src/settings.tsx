// What a citizen chooses, and where they are signed in.
import type { Schemas } from "@thuisloket/citizen";
import { Do, Tick, act, now } from "./act";
import type { Phone, Seen } from "./phone";
import { type Language, languages } from "./texts";

/** What may be muted: an emergency may not. */
const KINDS: Exclude<Schemas["Category"], "emergency">[] = ["documents", "account", "appointments", "queue", "announcements"];

export function Settings({ phone, seen }: { phone: Phone; seen: Seen }) {
  const { words } = phone;
  const { preferences, topics } = seen;
  const isQuiet = preferences.quiet_from !== preferences.quiet_until;
  return (
    <details class="settings">
      <summary>{words.settings}</summary>
      <select
        aria-label={words.language}
        aria-disabled={now.isBusy || undefined}
        value={preferences.language}
        onChange={({ currentTarget }) => {
          const language = currentTarget.value as Language;
          if (now.isBusy) currentTarget.value = preferences.language;
          else void act(() => phone.speak(language));
        }}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
      <fieldset>
        <legend>{words.quiet}</legend>
        <Tick does="quiet" is={isQuiet} set={(is) => phone.keepQuiet(is)}>
          {words.quietHours}
        </Tick>
      </fieldset>
      <fieldset>
        <legend>{words.mute}</legend>
        {KINDS.map((kind) => (
          <Tick key={kind} does={`mute-${kind}`} is={preferences.muted.includes(kind)} set={(is) => phone.turn(kind, is)}>
            {words[`push_category_${kind}`]}
          </Tick>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.follow}</legend>
        {topics.map(({ topic, follows }) => (
          <Tick key={topic} does={`topic-${topic}`} is={follows} set={(is) => phone.followTopic(topic, is)}>
            {words.topics[topic] ?? topic}
          </Tick>
        ))}
      </fieldset>
    </details>
  );
}

export function Sessions({ phone, seen }: { phone: Phone; seen: Seen }) {
  const { words } = phone;
  return (
    <details class="sessions" id={`${phone.number}-sessions`} tabIndex={-1}>
      <summary>{words.sessions}</summary>
      <ul>
        {seen.sessions.map((session) => (
          <li key={session.id} class="row">
            <span>{session.device_name + (session.current ? ` ${words.thisOne}` : "")}</span>
            {!session.current && (
              <Do does="end-session" run={() => phone.endSession(session.id)}>
                {words.endSession}
              </Do>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
