// Opening hours from a file: read in the browser, looked at, and then taken into the form like anything else that is typed.
import { useRef, useState } from "preact/hooks";
import { COLUMNS, type Line, fileOf, linesOf, textOf, weeksIn } from "./planning-csv";
import { type Week, shown, today } from "./planning-plans";
import { day, weekday } from "./planning-words";
import { number, t } from "./texts";
import { Field, Notice, Select, useWho } from "./ui";

const BYTES = 1024 * 1024;

export function Import({ weeks, take }: { weeks: Week[]; take: (weeks: Week[]) => void }) {
  const { town } = useWho();
  const [lines, setLines] = useState<Line[]>();
  const [name, setName] = useState("");
  const [fault, setFault] = useState<string>();
  const [how, setHow] = useState("replace");
  const [told, setTold] = useState<string>();
  const result = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDetailsElement>(null);
  const read = async (file: File) => {
    setTold(undefined);
    setLines(undefined);
    setFault(undefined);
    const text = file.size > BYTES ? undefined : await textOf(file).catch(() => undefined);
    if (text === undefined) {
      setFault(t("plCsvNoText"));
      return;
    }
    const found = linesOf(text, today(town.time_zone));
    if (found.length === 0) {
      setFault(t("plCsvEmpty"));
      return;
    }
    setName(file.name);
    setLines(found);
    setTimeout(() => result.current?.focus());
  };
  const good = lines?.filter((l) => l.faults.length === 0) ?? [];
  const bad = (lines?.length ?? 0) - good.length;
  const put = () => {
    take(weeksIn(good, how === "replace" ? [] : weeks));
    setLines(undefined);
    setTold(t("plCsvTaken", { n: number(good.length) }));
    // The button is gone.
    setTimeout(() => box.current?.querySelector("summary")?.focus());
  };
  const leave = () => {
    setLines(undefined);
    setTimeout(() => box.current?.querySelector("summary")?.focus());
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", fileOf(weeks)], { type: "text/csv" }));
    link.download = "openingsuren.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <details ref={box} class="import">
      <summary>{t("plImport")}</summary>
      <p class="help">{t("plImportHelp")}</p>
      <pre class="sample" tabIndex={0} role="region" aria-label={t("plSample")}>
        {`${COLUMNS.join(";")}\n1;09:00;12:00;2027-01-01;\n${weekday(2)};13:30;16:30;01/01/2027;31/03/2027`}
      </pre>
      <Field label={t("file")} wrong={fault}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={(e) => {
              const file = e.currentTarget.files?.[0];
              if (file) void read(file);
              // The same file can be chosen again, once it is mended.
              e.currentTarget.value = "";
            }}
          />
        )}
      </Field>
      {lines && (
        <div ref={result} tabIndex={-1} role="group" aria-label={name}>
          <p>
            <strong dir="auto">{name}</strong>: {t(bad > 0 ? "plCsvSome" : "plCsvAll", { n: number(good.length), bad: number(bad) })}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("plCsvPreview")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("line")}</th>
                  <th scope="col">{t("plDay")}</th>
                  <th scope="col">{t("plHours")}</th>
                  <th scope="col">{t("plCounts")}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((l) => (
                  <tr key={l.n} class={l.faults.length > 0 ? "bad" : undefined}>
                    <th scope="row">{l.n}</th>
                    {l.faults.length > 0 ? (
                      <td colSpan={3}>
                        <span class="said" dir="auto">
                          {l.cells.join("; ")}
                        </span>
                        {l.faults.map((f) => (
                          <span key={f} class="fault sentence">
                            {f}
                          </span>
                        ))}
                      </td>
                    ) : (
                      <>
                        <td>{weekday(l.weekday)}</td>
                        <td>
                          {shown(l.opens)}–{shown(l.closes)}
                        </td>
                        <td>
                          {day(l.from)} – {l.until ? day(l.until) : "…"}
                        </td>
                      </>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {good.length > 0 && (
            <Select
              label={t("plCsvHow")}
              value={how}
              set={setHow}
              of={[
                { value: "replace", label: t("plCsvReplace") },
                { value: "add", label: t("plCsvAdd") },
              ]}
            />
          )}
          <div class="row">
            {good.length > 0 && (
              <button type="button" onClick={put}>
                {t(bad > 0 ? "plCsvTakeGood" : "plCsvTake", { n: number(good.length) })}
              </button>
            )}
            <button type="button" class="plain" onClick={leave}>
              {t("cancel")}
            </button>
          </div>
        </div>
      )}
      {told && <Notice kind="ok">{told}</Notice>}
      <button type="button" class="plain" onClick={save}>
        {t("plExportHours")}
      </button>
    </details>
  );
}
