// The register that is sent in: parts with progress, the import, and the report of wrong rows.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Schemas, api, once, raw, take } from "./api";
import { isKey, language, number, t, word } from "./texts";
import { when } from "./time";
import { Ask, Check, Field, Problem, Select, Title, useEvery, useFetched, useWho } from "./ui";

const PART = 4 << 20;
/** Wrong rows that the page shows; the file has all. */
const SHOWN = 200;

export function Register() {
  const who = useWho();
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/uploads")), []);
  const busy = all?.some((u) => ["waiting", "importing", "receiving"].includes(u.state));
  useEvery(busy ? 800 : undefined, again);
  const [subject, setSubject] = useState<Schemas["Subject"]>("residents");
  const [snapshot, setSnapshot] = useState(false);
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  const [refused, setRefused] = useState<unknown>();
  const [sure, setSure] = useState(false);
  const submit = (e: SubmitEvent) => {
    e.preventDefault();
    // Whoever is not in it is taken for gone, so it is asked first.
    if (snapshot) setSure(true);
    else send();
  };
  const send = async () => {
    if (!file) return;
    setRefused(undefined);
    setSent(0);
    try {
      const started = await take(api.POST("/staff/v1/uploads", { params: { header: once() }, body: { subject, snapshot } }));
      const path = { upload_id: started.id };
      for (let offset = 0; offset < file.size; ) {
        const { body, bodySerializer, headers } = raw(file.slice(offset, offset + PART));
        const answer = await take(
          api.PATCH("/staff/v1/uploads/{upload_id}", {
            params: { path, header: { "Upload-Offset": offset } },
            body,
            bodySerializer,
            headers,
          }),
        );
        offset = answer.offset;
        setSent(offset);
      }
      await take(
        api.POST("/staff/v1/uploads/{upload_id}/complete", {
          params: { path, header: once() },
          body: { size: file.size },
        }),
      );
    } catch (e) {
      setRefused(e);
    }
    setSent(undefined);
    again();
  };
  return (
    <>
      <Title>{t("register")}</Title>
      <form onSubmit={submit}>
        <p class="help">{t("importHelp")}</p>
        <Select
          label={t("subject")}
          value={subject}
          set={(v) => setSubject(v as Schemas["Subject"])}
          of={(["residents", "documents"] as const).map((s) => ({ value: s, label: word("subject", s) }))}
        />
        <Field label={t("file")}>
          {(ids) => <input {...ids} type="file" accept=".csv,text/csv" onChange={(e) => setFile(e.currentTarget.files?.[0])} />}
        </Field>
        <Check label={t("snapshot")} value={snapshot} set={setSnapshot} />
        <button type="submit" disabled={!file || sent !== undefined}>
          {t("send")}
        </button>
        {sent !== undefined && file && (
          <p aria-live="polite">
            <progress value={sent} max={file.size} aria-label={t("send")} />{" "}
            {t("sendingFile", { sent: number(sent), size: number(file.size) })}
          </p>
        )}
        <Problem problem={refused} />
      </form>
      {sure && (
        <Ask
          text={t(subject === "residents" ? "snapshotAskResidents" : "snapshotAskDocuments", { file: file?.name ?? "" })}
          yes={t("snapshotYes")}
          danger
          done={(yes) => {
            setSure(false);
            if (yes) send();
          }}
        />
      )}
      <section aria-labelledby="imports">
        <h2 id="imports">{t("imports")}</h2>
        <Problem problem={problem} again={again} />
        <ul class="cards" aria-live="polite">
          {all?.map((u) => (
            <li key={u.id}>
              <strong>{word("subject", u.subject)}</strong>
              <span class={`badge ${u.state}`}>{word("import", u.state)}</span>
              <span class="meta">
                {u.sent_by} · {when(language, who.town.time_zone, u.created_at)}
              </span>
              {u.state === "importing" && (
                <p>
                  <progress value={u.bytes_read} max={u.size ?? 1} aria-label={t("importing", { rows: u.rows })} />{" "}
                  {t("importing", { rows: number(u.rows) })}
                </p>
              )}
              {u.state === "failed" && <Failure of={u} />}
              {u.state === "imported" && (
                <dl class="numbers">
                  {(
                    [
                      ["rows", u.rows],
                      ["rowsAdded", u.added],
                      ["rowsChanged", u.changed],
                      ["rowsRetired", u.retired],
                      ["rowsWrong", u.wrong],
                    ] as const
                  ).map(([label, n]) => (
                    <div key={label}>
                      <dt>{t(label)}</dt>
                      <dd>{number(n)}</dd>
                    </div>
                  ))}
                </dl>
              )}
              {((u.state === "imported" && u.wrong > 0) || u.state === "failed") && <Report id={u.id} failed={u.state === "failed"} />}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** Why a file was not imported, in the reader's language; below it what the server said. No numbers: none of it was taken. */
function Failure({ of }: { of: Schemas["UploadOut"] }) {
  const numbers = of.failure_numbers ?? [];
  const what = word("subject", of.subject).toLowerCase();
  const key = `failure_${of.failure_code}`;
  const values = { a: number(numbers[0] ?? 0), b: number(numbers[1] ?? 0), what };
  return (
    <>
      <p class="fault">{isKey(key) ? t(key, values) : t("failure_other")}</p>
      {of.failure_code !== "replaced" && <p>{t("nothingTaken")}</p>}
      {of.failure && (
        <details>
          <summary>{t("inEnglish")}</summary>
          <p lang="en">{of.failure}</p>
        </details>
      )}
    </>
  );
}

/** Fields that are parted by semicolons, and stand in quotes where they hold one (RFC 4180). */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      field += '"';
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === ";" || c === "\n")) {
      rows[rows.length - 1]?.push(field);
      field = "";
      if (c === "\n") rows.push([]);
    } else field += c;
  }
  return rows.filter((r) => r.length > 0);
}

/** What the server adds where only a field was left out. */
const BUT_TAKEN = ", the rest of the row was taken";

function Why({ reason, code }: { reason: string; code: string }) {
  const key = `wrong_${code}`;
  // One that this page does not know yet.
  if (!isKey(key)) return <span lang="en">{reason}</span>;
  return (
    <>
      {t(key)}
      {reason.endsWith(BUT_TAKEN) && ` ${t("restTaken")}`}
    </>
  );
}

function Report({ id, failed }: { id: string; failed: boolean }) {
  const [rows, setRows] = useState<string[][]>();
  const [problem, setProblem] = useState<unknown>();
  const table = useRef<HTMLDivElement>(null);
  // The button that opened it is gone, and with it the place in the page of whoever uses the keyboard.
  useEffect(() => {
    if (rows) table.current?.focus();
  }, [rows]);
  const open = async () => {
    try {
      const params = { path: { upload_id: id } };
      const text = await take(api.GET("/staff/v1/uploads/{upload_id}/report", { params, parseAs: "text" }));
      setRows(rowsOf(text as string).slice(1));
    } catch (e) {
      setProblem(e);
    }
  };
  const wrong = rows?.filter((r) => r[0]);
  const notes = rows?.filter((r) => !r[0]);
  return (
    <div>
      <Problem problem={problem} />
      {!rows && (
        <button type="button" class="plain" onClick={open}>
          {t("report")}
        </button>
      )}
      {wrong && (
        <>
          <div ref={table} class="scroll" tabIndex={0} role="region" aria-label={t("report")}>
            {wrong.length === 0 && <p>{t("reportNone")}</p>}
            {wrong.length > 0 && (
              <table>
                <caption>{t("report")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("line")}</th>
                    <th scope="col">{t("column")}</th>
                    <th scope="col">{t("reason")}</th>
                  </tr>
                </thead>
                <tbody>
                  {wrong.slice(0, SHOWN).map(([line, column, reason = "", code = ""], n) => (
                    <tr key={n}>
                      <td>{line}</td>
                      <td>{column}</td>
                      <td>
                        <Why reason={reason} code={code} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
          {wrong.length > SHOWN && <p>{t("reportMore", { shown: number(SHOWN), all: number(wrong.length) })}</p>}
          {!failed && notes && notes.length > 0 && (
            <details>
              <summary>{t("notesOfFile")}</summary>
              <ul lang="en">
                {notes.map((r, n) => (
                  <li key={n}>{r[2]}</li>
                ))}
              </ul>
            </details>
          )}
          <a class="alone" href={`/staff/v1/uploads/${id}/report`} download={`${id}.csv`}>
            {t("export")}
          </a>
        </>
      )}
    </div>
  );
}
