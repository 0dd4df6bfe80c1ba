// What was planned before: who saved it and when, and the way back to it.
import { useEffect, useState } from "preact/hooks";
import { type Schemas } from "./api";
import { language, t } from "./texts";
import { when } from "./time";
import { Notice, Problem, useFetched, useWho } from "./ui";

/** Versions that are shown before somebody asks for all. */
const SHOWN = 5;

type HistoryProps<P> = {
  /** The version that stands. */
  version: number;
  versions: () => Promise<Schemas["PlanVersionOut"][]>;
  read: (version: number) => Promise<P>;
  /** Puts an older plan into the form: it is saved like any other change, and strands nobody unasked. */
  back: (plan: P) => void;
};

export function History<P>({ version, versions, read, back }: HistoryProps<P>) {
  const { town } = useWho();
  const [found, problem, again] = useFetched(versions, [version]);
  const [all, setAll] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const [taken, setTaken] = useState<string>();
  // Once it is saved, another stands in the form.
  useEffect(() => setTaken(undefined), [version]);
  const go = async (v: Schemas["PlanVersionOut"]) => {
    try {
      back(await read(v.version));
      setRefused(undefined);
      setTaken(when(language, town.time_zone, v.saved_at));
    } catch (e) {
      setRefused(e);
    }
  };
  const shown = all ? found : found?.slice(0, SHOWN);
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("plHistory")}</h2>
      <p class="help">{t("plHistoryHelp")}</p>
      <Problem problem={problem ?? refused} again={problem ? again : undefined} />
      {taken && (
        <Notice kind="ok" focus>
          {t("plHistoryTaken", { at: taken })}
        </Notice>
      )}
      <ul class="cards">
        {shown?.map((v) => {
          const at = when(language, town.time_zone, v.saved_at);
          return (
            <li key={v.version}>
              <strong>{at}</strong>
              {v.version === version && <span class="badge">{t("plHistoryNow")}</span>}
              <span class="meta" dir="auto">
                {v.saved_by ?? t("plHistoryUnknown")}
              </span>
              {v.version !== version && (
                <button type="button" class="plain" aria-label={`${t("plHistoryBack")}: ${at}`} onClick={() => void go(v)}>
                  {t("plHistoryBack")}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {!all && found && found.length > SHOWN && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          {t("more")}
        </button>
      )}
    </section>
  );
}
