// The register that is sent in: parts with progress, the import, and the report of wrong rows.
import { useState } from "preact/hooks";
import { type Schemas, api, once, raw, take } from "./api";
import { language, number, t, word } from "./texts";
import { when } from "./time";
import { Check, Field, Problem, Select, Title, useEvery, useFetched, useWho } from "./ui";

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
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
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
      <form onSubmit={send}>
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
              {u.failure && <p class="fault">{u.failure}</p>}
              {["imported", "failed"].includes(u.state) && (
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
              {u.state === "imported" && u.wrong > 0 && <Report id={u.id} />}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Report({ id }: { id: string }) {
  const [rows, setRows] = useState<string[][]>();
  const [problem, setProblem] = useState<unknown>();
  const open = async () => {
    try {
      const params = { path: { upload_id: id } };
      const text = await take(api.GET("/staff/v1/uploads/{upload_id}/report", { params, parseAs: "text" }));
      const lines = (text as string).trim().split(/\r?\n/).slice(1, SHOWN + 1);
      setRows(lines.map((l) => l.split(";")));
    } catch (e) {
      setProblem(e);
    }
  };
  return (
    <div>
      <Problem problem={problem} />
      {!rows && (
        <button type="button" class="plain" onClick={open}>
          {t("report")}
        </button>
      )}
      {rows && (
        <>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("report")}>
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
                {rows.map((r, n) => (
                  <tr key={n}>
                    {r.map((cell, i) => (
                      <td key={i}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <a href={`/staff/v1/uploads/${id}/report`} download={`${id}.csv`}>
            {t("export")}
          </a>
        </>
      )}
    </div>
  );
}
