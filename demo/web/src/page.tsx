// The page around the phones: the clock, the counter, and what happened.
import { Do, act, now } from "./act";
import { type Town, press } from "./demo";
import type { Phone } from "./phone";
import { Screen, Unsafe } from "./screen";

const Days = ({ days, main, children }: { days: number; main?: boolean; children: string }) => (
  <button
    type="button"
    class={main ? "main" : undefined}
    data-days={days}
    aria-disabled={now.isBusy || undefined}
    onClick={() => act(...Array.from({ length: days }, () => () => press("/days/1")))}
  >
    {children}
  </button>
);

const Minutes = ({ minutes, children }: { minutes: number; children: string }) => (
  <button
    type="button"
    data-minutes={minutes}
    aria-disabled={now.isBusy || undefined}
    onClick={() => act(() => press(`/clock?minutes=${minutes}`))}
  >
    {children}
  </button>
);

/** The counter: Els, and the screen that hangs there. */
function Hall({ town }: { town: Town }) {
  const { called } = town;
  const step = (what: string, label: string) => (
    <Do does={`/step/${what}`} run={() => press(`/step/${what}`)}>
      {label}
    </Do>
  );
  const isCalled = called?.state === "called";
  return (
    <section class="hall" lang="nl" data-home="hall" aria-label="Els Claes, aan het loket">
      <h2 tabIndex={-1}>Els Claes, aan het loket</h2>
      <p>{called ? `${called.number} · ${called.name}` : "vrij"}</p>
      {called === null && (
        <Do does="/call" run={() => press("/call")}>
          Roep de volgende
        </Do>
      )}
      {isCalled && step("start", "Begin")}
      {called && step("finish", "Klaar")}
      {isCalled && step("recall", "Nog eens roepen")}
      {isCalled && step("miss", "Niet gezien")}
      <a id="screen" href={town.screen} target="_blank" rel="noreferrer">
        Het scherm in de wachtzaal
      </a>
    </section>
  );
}

const weekdayAndDay = (town: Town) => `${town.day}, ${town.time}`;

export function Page({ town, phones }: { town: Town; phones: Phone[] }) {
  return (
    <>
      <header data-home="header">
        <h1>
          Thuisloket <small>the counter at home, with an invented town</small>
        </h1>
        <div role="group" aria-label="Let days pass">
          <Days days={1} main>
            Next day
          </Days>
          <Days days={7}>A week</Days>
          <Days days={30}>A month</Days>
        </div>
        <div role="group" aria-label="Let time pass">
          <Minutes minutes={10}>10 minutes</Minutes>
          <Minutes minutes={60}>An hour</Minutes>
        </div>
        <p id="progress" role="status">
          {now.progress}
        </p>
        <div class="clock" lang="nl">
          <b id="day">{weekdayAndDay(town)}</b>
          <br />
          <span id="town">Stad {town.town}</span>
        </div>
      </header>
      <main>
        <div id="fault" role="alert">
          {now.fault}
        </div>
        <div id="hall">
          <Hall town={town} />
        </div>
        <div id="phones">
          {phones.map((phone) => (
            <Screen key={phone.number} phone={phone} town={town} />
          ))}
          {!isSecureContext && town.phones.map((phone) => <Unsafe key={phone.name} name={phone.name} ios={phone.ios} />)}
        </div>
      </main>
      <aside aria-label="The story, and where else to look">
        <h2>What happened</h2>
        <div id="story">
          <ol>
            {town.story.map((line) => (
              <li>{line}</li>
            ))}
          </ol>
        </div>
        <p>
          <a id="console" href={`${town.server}/staff`} target="_blank" rel="noreferrer">
            The console of staff
          </a>{" "}
          (<span id="who">{town.staff}</span>), and{" "}
          <a id="news" href={`${town.server}/news/deinze`} target="_blank" rel="noreferrer">
            what is public
          </a>
          .
        </p>
        <p>
          Who has no phone: <a id="paper" href="/paper">letters as PDF, the e-mails that arrived, who acts for whom, and what became of the month’s messages</a>.
        </p>
        <p>
          The phones are apps in TypeScript, on the package for apps. The API they speak to:{" "}
          <a id="citizen" href={`${town.server}/docs/citizen`}>
            for citizens
          </a>
          ,{" "}
          <a id="staff" href={`${town.server}/docs/staff`}>
            for staff
          </a>
          , to read and to try. <a href="/sandbox">The sandbox for whoever builds an app</a>: known citizens, pushes, a network that breaks.
        </p>
      </aside>
    </>
  );
}
