// A plain ticket on paper, in the languages of the town: it is the visitor who reads it.
import { useEffect } from "preact/hooks";
import type { Language } from "./api";
import type { Turn } from "./desk-hall";
import { useWho } from "./ui";

type Words = { before: (n: number) => string; wait: (n: number) => string; look: string };

const WORDS: Record<Language, Words> = {
  nl: {
    before: (n) => (n === 0 ? "Vóór jou wacht niemand." : `Vóór jou ${n === 1 ? "wacht nog 1 persoon" : `wachten nog ${n} mensen`}.`),
    wait: (n) => `Verwachte wachttijd: ${n} ${n === 1 ? "minuut" : "minuten"}.`,
    look: "Kijk op het scherm: daar verschijnt je nummer, met het loket.",
  },
  fr: {
    before: (n) => (n === 0 ? "Personne n’attend avant vous." : n === 1 ? "1 personne attend avant vous." : `${n} personnes attendent avant vous.`),
    wait: (n) => `Attente prévue : ${n} ${n === 1 ? "minute" : "minutes"}.`,
    look: "Regardez l’écran : votre numéro y apparaît, avec le guichet.",
  },
  de: {
    before: (n) => (n === 0 ? "Vor Ihnen wartet niemand." : n === 1 ? "Vor Ihnen wartet noch 1 Person." : `Vor Ihnen warten noch ${n} Personen.`),
    wait: (n) => `Erwartete Wartezeit: ${n} ${n === 1 ? "Minute" : "Minuten"}.`,
    look: "Schauen Sie auf den Bildschirm: Dort erscheint Ihre Nummer mit dem Schalter.",
  },
  en: {
    before: (n) => (n === 0 ? "Nobody is waiting ahead of you." : n === 1 ? "1 person is waiting ahead of you." : `${n} people are waiting ahead of you.`),
    wait: (n) => `Expected wait: ${n} ${n === 1 ? "minute" : "minutes"}.`,
    look: "Watch the screen: your number appears there, with the desk.",
  },
};

type Props = {
  turn: Turn;
  where: string;
  /** What the service is called, in each language that it has. */
  names: Partial<Record<Language, string>>;
  service: string;
  at: string;
  /** It was printed, or was not. */
  done: () => void;
};

export function Slip({ turn, where, names, service, at, done }: Props) {
  const { me, town } = useWho();
  const home = me.workplaces.find((w) => w.municipality === me.municipality)?.name;
  useEffect(() => {
    addEventListener("afterprint", done, { once: true });
    // Once it is drawn.
    const timer = setTimeout(() => print());
    return () => {
      clearTimeout(timer);
      removeEventListener("afterprint", done);
    };
  }, []);
  const first = town.languages[0] ?? "nl";
  const format = { timeZone: town.time_zone, dateStyle: "medium", timeStyle: "short" } as const;
  const called = [...new Set(town.languages.map((l) => names[l]).filter(Boolean))];
  return (
    <div class="slip" lang={first} aria-hidden="true">
      <p>
        {home} · {where}
      </p>
      <p class="slipnumber">{turn.number}</p>
      <p class="slipservice">{called.join(" / ") || service}</p>
      <p>{new Intl.DateTimeFormat(first === "en" ? "en-GB" : `${first}-BE`, format).format(new Date(at))}</p>
      {town.languages.map((l) => (
        <p key={l} lang={l}>
          {WORDS[l].before(turn.ahead)} {!!turn.wait_minutes && WORDS[l].wait(turn.wait_minutes)}
          <br />
          {WORDS[l].look}
        </p>
      ))}
    </div>
  );
}
