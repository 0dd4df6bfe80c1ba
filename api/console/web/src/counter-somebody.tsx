// Another person beside the one at the counter: looked up by what they show, and chosen.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Refused, api, take } from "./api";
import { readCode } from "./counter-code";
import { type Resident, useDeed } from "./counter-parts";
import { date } from "./counter-time";
import type { Reason } from "./counter-why";
import { type Key, t } from "./texts";
import { HALF, Problem, TextField, WhenField } from "./ui";

export const nameOf = (p: Resident) => [p.given_names, p.family_name].filter(Boolean).join(" ");

type Props = {
  title: string;
  reason: Reason;
  /** By which a list of faults leads to it. */
  id: string;
  chosen?: Resident;
  set: (person?: Resident) => void;
  wrong?: string;
};

/** Looks somebody up, in a form of its own; whoever is the only one is chosen. */
export function Somebody({ title, reason, id, chosen, set, wrong }: Props) {
  const [number, setNumber] = useState("");
  const [name, setName] = useState("");
  const [born, setBorn] = useState("");
  const [fault, setFault] = useState<Key>();
  const [found, setFound] = useState<Resident[]>();
  const result = useRef<HTMLDivElement>(null);
  const heading = useId();
  const look = useDeed((w: { national_number?: string; family_name?: string; birth_date?: string }) =>
    take(api.POST("/staff/v1/residents/search", { body: { ...w, reason } })),
  );
  useEffect(() => {
    if (found || chosen) result.current?.focus();
  }, [found, chosen?.id]);
  const typed = () => {
    setFault(undefined);
    setFound(undefined);
    look.forget();
  };
  const search = async (e: SubmitEvent) => {
    e.preventDefault();
    const read = readCode(number, undefined);
    const byNumber = read.kind === "number" ? read.number : undefined;
    const odd: Key | undefined = byNumber
      ? undefined
      : read.kind === "shortNumber"
        ? "findNumberShort"
        : !name.trim() || !born || born === HALF
          ? "mdSearchWanted"
          : undefined;
    setFault(odd);
    if (odd) {
      document.getElementById(id)?.focus();
      return;
    }
    const answer = await look.run(byNumber ? { national_number: byNumber } : { family_name: name.trim(), birth_date: born });
    if (!answer) return;
    if (answer.done.length === 1) set(answer.done[0]);
    else setFound(answer.done);
  };
  const isNumberWrong = look.problem instanceof Refused && look.problem.code === "body_invalid" && look.problem.field === "national_number";
  const said = fault ? t(fault) : isNumberWrong ? t("findNumberWrong") : wrong;
  if (chosen) {
    return (
      <div ref={result} tabIndex={-1} class="somebody">
        <p>
          {title} <strong dir="auto">{nameOf(chosen)}</strong>
          <span class="meta"> {chosen.birth_date ? date(chosen.birth_date) : t("personBornUnknown")}</span>
        </p>
        <button
          type="button"
          class="plain"
          onClick={() => {
            typed();
            set(undefined);
            setTimeout(() => document.getElementById(id)?.focus());
          }}
        >
          {t("mdAnother")}
        </button>
      </div>
    );
  }
  return (
    <form class="somebody" role="search" aria-labelledby={heading} noValidate onSubmit={(e) => void search(e)}>
      <h4 id={heading}>{title}</h4>
      <p class="help">{t("mdOtherHelp")}</p>
      <div class="finding">
        <TextField id={id} label={t("mdNumber")} value={number} wrong={said} set={(v) => (setNumber(v), typed())} />
        <p class="or">{t("findOr")}</p>
        <TextField label={t("findName")} value={name} set={(v) => (setName(v), typed())} />
        <WhenField kind="date" label={t("personBorn")} value={born} set={(v) => (setBorn(v), typed())} />
      </div>
      {!isNumberWrong && <Problem problem={look.problem} />}
      <button type="submit" class="plain" aria-disabled={look.busy}>
        {t(look.busy ? "findBusy" : "mdSearch")}
      </button>
      {found && (
        <div ref={result} tabIndex={-1}>
          {found.length === 0 && <p>{t("mdFoundNone")}</p>}
          <div class="row stacked">
            {found.map((p) => (
              <button key={p.id} type="button" class="plain" onClick={() => set(p)}>
                <bdi>{nameOf(p)}</bdi> ({p.birth_date ? date(p.birth_date) : t("personBornUnknown")})
              </button>
            ))}
          </div>
        </div>
      )}
    </form>
  );
}
