// What the pages of the counter and of the agenda are made of.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { PLANNED, Refused, SIGNED_IN, type Schemas, api, once, take } from "./api";
import { t } from "./texts";
import { Problem, useFetched } from "./ui";

export type Resident = Schemas["ResidentOut"];
export type Paper = Schemas["DocumentOut"];
export type Visit = Schemas["VisitOut"];
export type Turn = Schemas["TurnOut"];
export type Offer = Schemas["CounterOfferOut"];
export type Service = Schemas["ServiceOut"];
export type Place = Schemas["PlaceOut"];
/** That a visit is to be moved, and to which start; to none where that day has none that is free. */
export type Wish = { to?: Pick<Schemas["StartOut"], "starts_at" | "location_id"> };

/** After these nobody knows whether it was done: what is pressed again is the same deed. */
const NO_ANSWER = ["unreachable", "overloaded", "internal", "request_timeout", "too_many_requests", "signed_out"];
const isAnswered = (e: unknown) => e instanceof Refused && !NO_ANSWER.includes(e.code);

/**
 * A deed that is done once: a second press while it is on its way does nothing, and one more after an answer was lost is sent under the
 * same key, as long as it asks for the same. `run` gives what came of it, or nothing where there is none yet; `refused` is called where
 * the server says no.
 */
export function useDeed<In, Out>(act: (wanted: In, header: ReturnType<typeof once>) => Promise<Out>, refused?: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const going = useRef(false);
  const way = useRef<{ what: string; header: ReturnType<typeof once> }>();
  // Whoever signed in again presses again.
  useEffect(() => {
    const again = () => setProblem((p: unknown) => (isAnswered(p) ? p : undefined));
    addEventListener(SIGNED_IN, again);
    return () => removeEventListener(SIGNED_IN, again);
  }, []);
  const run = async (wanted: In): Promise<{ done: Out } | undefined> => {
    if (going.current) return undefined;
    going.current = true;
    setBusy(true);
    const what = JSON.stringify(wanted);
    if (way.current?.what !== what) way.current = { what, header: once() };
    try {
      const done = await act(wanted, way.current.header);
      way.current = undefined;
      setProblem(undefined);
      return { done };
    } catch (e) {
      setProblem(e);
      if (isAnswered(e)) {
        way.current = undefined;
        refused?.();
      }
      return undefined;
    } finally {
      going.current = false;
      setBusy(false);
    }
  };
  return { run, busy, problem, forget: () => setProblem(undefined) };
}

/** What is fetched, as in `useFetched`; what the end of a session kept back is fetched once somebody is signed in again. */
export function useRead<T>(fetch: () => Promise<T>, on: unknown[]): [T | undefined, unknown, () => void] {
  const read = useFetched(fetch, on);
  const [, problem, again] = read;
  useEffect(() => {
    if (!problem) return;
    addEventListener(SIGNED_IN, again);
    return () => removeEventListener(SIGNED_IN, again);
  }, [problem]);
  return read;
}

const FRESH = 60_000;
let known: { at: number; of: string; offer: Promise<Offer> } | undefined;
addEventListener(PLANNED, () => (known = undefined));

/** What can be booked, and where: the same for all who ask within a minute. */
export function useOffer(town: string): [Offer | undefined, unknown, () => void] {
  return useRead(async () => {
    if (!known || known.of !== town || Date.now() - known.at > FRESH) {
      known = { at: Date.now(), of: town, offer: take(api.GET("/staff/v1/offer")) };
    }
    try {
      return await known.offer;
    } catch (e) {
      known = undefined;
      throw e;
    }
  }, [town]);
}

export const serviceName = (offer: Offer | undefined, id: string) =>
  offer?.services.find((s) => s.id === id)?.name ?? (offer ? t("counterServiceGone") : "…");
export const placeName = (offer: Offer | undefined, id: string) =>
  offer?.locations.find((l) => l.id === id)?.name ?? (offer ? t("counterPlaceGone") : "…");

const PLACE = "thuisloket.counter-place";

/** Where this screen stands, as it was chosen last. */
export function keptPlace(): string | undefined {
  try {
    return localStorage.getItem(PLACE) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepPlace(id: string) {
  try {
    localStorage.setItem(PLACE, id);
  } catch {
    // It is chosen again the next time.
  }
}

type PartProps = { title: string; found: unknown; problem: unknown; again: () => void; children: ComponentChildren };

/** A part of a page that is there, or says why not, whatever becomes of the others. */
export function Part({ title, found, problem, again, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Problem problem={problem} again={again} />
      {found === undefined && !problem && <p>{t("loading")}</p>}
      {found !== undefined && children}
    </section>
  );
}

type LateProps<T> = { title: string; help?: string; read: () => Promise<T>; children: (found: T, again: () => void) => ComponentChildren };

/** A part that is read once somebody opens it: each look is written down. */
export function Late<T>({ title, help, read, children }: LateProps<T>) {
  const [open, setOpen] = useState(false);
  return (
    <details class="late" onToggle={(e) => e.currentTarget.open && setOpen(true)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {help && <p class="help">{help}</p>}
      {open && <Read read={read}>{children}</Read>}
    </details>
  );
}

function Read<T>({ read, children }: Pick<LateProps<T>, "read" | "children">) {
  const [found, problem, again] = useRead(read, []);
  return (
    <>
      <Problem problem={problem} again={again} />
      {found === undefined && !problem && <p role="status">{t("loading")}</p>}
      {found !== undefined && children(found, again)}
    </>
  );
}

type PanelProps = { title: string; close: () => void; children: ComponentChildren };

/** A window over the page; the focus returns to where it came from. */
export function Panel({ title, close, children }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    heading.current?.focus();
    return () => {
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const back = from instanceof HTMLElement && from.isConnected ? from : document.querySelector<HTMLElement>("main h1");
        back?.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="wide"
      aria-labelledby={id}
      onCancel={(e) => {
        // A question over it is closed by itself.
        if (e.target !== e.currentTarget) return;
        e.preventDefault();
        close();
      }}
    >
      <div class="row spread">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="plain" onClick={close}>
          {t("close")}
        </button>
      </div>
      {children}
    </dialog>
  );
}
