// Why somebody is looked at: chosen once for each person, sent with each look, and theirs to read.
import { useId } from "preact/hooks";
import type { Schemas } from "./api";
import { type Key, t, word } from "./texts";

export type Reason = Schemas["Reason"];

const REASONS: Record<Reason, Key> = {
  visit: "why_visit",
  telephone: "why_telephone",
  letter: "why_letter",
  request: "why_request",
  correction: "why_correction",
};

/** Whom it was chosen for last, and by whom: for one person only, so that it is true of the next one as well. */
type Kept = { member: string; whose: string; reason: Reason };
const KEPT = "thuisloket.why";
/** Where the browser keeps nothing. */
let here: Kept | undefined;

export function whyKept(member: string, whose: string): Reason | undefined {
  let kept = here;
  try {
    kept ??= JSON.parse(sessionStorage.getItem(KEPT) ?? "null") ?? undefined;
  } catch {
    // What another program wrote there is nobody's reason.
  }
  return kept?.member === member && kept.whose === whose && kept.reason in REASONS ? kept.reason : undefined;
}

export function keepWhy(member: string, whose: string, reason?: Reason) {
  here = reason && { member, whose, reason };
  try {
    if (here) sessionStorage.setItem(KEPT, JSON.stringify(here));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // It is known as long as the window is open.
  }
}

type WhyProps = { value?: Reason; set: (reason: Reason) => void; wrong?: boolean; id?: string };

export function Why({ value, set, wrong, id: given }: WhyProps) {
  const made = useId();
  const id = given ?? made;
  return (
    <fieldset
      class={wrong ? "inline why wrong" : "inline why"}
      aria-describedby={wrong ? `${id}-fault ${id}-help` : `${id}-help`}
    >
      <legend>{t("counterWhy")}</legend>
      {(Object.keys(REASONS) as Reason[]).map((reason, n) => (
        <label key={reason} class="check" for={n === 0 ? id : `${id}-${reason}`}>
          <input
            id={n === 0 ? id : `${id}-${reason}`}
            type="radio"
            name={`${id}-why`}
            checked={value === reason}
            onChange={() => set(reason)}
          />
          {t(REASONS[reason])}
        </label>
      ))}
      {wrong && (
        <p id={`${id}-fault`} class="fault">
          {t("counterWhyWanted")}
        </p>
      )}
      <p id={`${id}-help`} class="help">
        {t("counterWhyHelp")}
      </p>
    </fieldset>
  );
}

/** The reason in the words of whoever chose it. */
export const whySaid = (reason: Reason) => word("why", reason);
