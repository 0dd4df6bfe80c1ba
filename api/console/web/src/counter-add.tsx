// Another document on a visit: "and my other child?"
import { useState } from "preact/hooks";
import { api, take } from "./api";
import { paperName } from "./booking";
import { type Offer, type Visit, useDeed, useRead } from "./counter-parts";
import type { Reason } from "./counter-why";
import { t } from "./texts";
import { Problem } from "./ui";

type Props = { visit: Visit; offer?: Offer; reason: Reason; added: (now: Visit) => void; close: () => void };

export function AddPapers({ visit, offer, reason, added, close }: Props) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const [papers, problem, again] = useRead(
    () =>
      take(
        api.GET("/staff/v1/residents/{resident_id}/documents", {
          params: { path: { resident_id: visit.resident_id ?? "" }, query: { reason } },
        }),
      ),
    [],
  );
  const add = useDeed((w: { document_ids: string[]; reason: Reason }, header) =>
    take(
      api.POST("/staff/v1/appointments/{appointment_id}/documents", {
        params: { path: { appointment_id: visit.id }, header },
        body: w,
      }),
    ),
  );
  const kinds = offer?.services.find((s) => s.id === visit.service_id)?.document_kinds ?? [];
  const there = visit.subjects.map((s) => s.document_id);
  const others = papers?.filter((p) => kinds.includes(p.kind) && !there.includes(p.id));
  const save = async () => {
    setTried(true);
    if (chosen.length === 0) return;
    const answer = await add.run({ document_ids: chosen, reason });
    if (answer) added(answer.done);
  };
  const wrong = tried && chosen.length === 0;
  return (
    <section class="group" aria-label={t("visitAdd")}>
      <Problem problem={problem} again={again} />
      {!papers && !problem && <p role="status">{t("loading")}</p>}
      {others?.length === 0 && <p>{t("visitAddNone")}</p>}
      {others && others.length > 0 && (
        <fieldset class={wrong ? "wrong" : ""} aria-describedby={wrong ? "add-fault add-help" : "add-help"}>
          <legend>{t("visitAdd")}</legend>
          {others.map((p) => (
            <label key={p.id} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(p.id)}
                onChange={(e) => setChosen(e.currentTarget.checked ? [...chosen, p.id] : chosen.filter((id) => id !== p.id))}
              />
              <bdi>{paperName(p)}</bdi>
            </label>
          ))}
          {wrong && (
            <p id="add-fault" class="fault">
              {t("visitAddWanted")}
            </p>
          )}
          <p id="add-help" class="help">
            {t("visitAddHelp")}
          </p>
        </fieldset>
      )}
      <Problem problem={add.problem} />
      <div class="row">
        {others && others.length > 0 && (
          <button type="button" aria-disabled={add.busy} onClick={() => void save()}>
            {t("visitAddYes")}
          </button>
        )}
        <button type="button" class="plain" onClick={close}>
          {t("cancel")}
        </button>
      </div>
    </section>
  );
}
