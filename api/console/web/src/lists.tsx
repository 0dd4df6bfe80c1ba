// What is kept to use again: audiences, districts, and lists of people.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refused, api, once, raw, take } from "./api";
import { type AudiencePage, InWords, readAudiences } from "./audience";
import { listed, language, number, t } from "./texts";
import { when } from "./time";
import { Ask, Field, Notice, Problem, TextField, Title, may, useFetched, useWho } from "./ui";

export function Lists() {
  const who = useWho();
  const [page, problem, again] = useFetched(() => readAudiences(), []);
  const [older, setOlder] = useState<AudiencePage[]>([]);
  const kept = page && [page, ...older].flatMap((p) => p.audiences);
  const next = [page, ...older].at(-1)?.next_cursor;
  const [lists, trouble, anew] = useFetched(() => take(api.GET("/staff/v1/people-lists")), []);
  const [ask, setAsk] = useState<{ name: string; go: () => Promise<unknown> }>();
  const [refused, setRefused] = useState<unknown>();
  const writes = may(who, "announce");
  const more = async () => {
    try {
      const found = await readAudiences(next);
      setOlder([...older, found]);
      setRefused(undefined);
    } catch (e) {
      setRefused(e);
    }
  };
  const remove = async (sure: boolean) => {
    const deed = ask;
    setAsk(undefined);
    if (!sure || !deed) return;
    try {
      await deed.go();
      setRefused(undefined);
    } catch (e) {
      setRefused(e);
    }
    // What was read further on may begin at what is gone.
    setOlder([]);
    again();
    anew();
  };
  // Whoever pressed a button far down the page sees why it was refused.
  useEffect(() => {
    if (refused) document.querySelector("main .notice.error")?.scrollIntoView({ block: "center" });
  }, [refused]);
  return (
    <>
      <Title>{t("audiences")}</Title>
      <Problem problem={refused ?? problem ?? trouble} again={refused ? undefined : () => (again(), anew())} />
      <section aria-labelledby="kept">
        <h2 id="kept">{t("savedAudiences")}</h2>
        {kept?.length === 0 && <p class="help">{t("noAudiences")}</p>}
        <ul class="cards">
          {kept?.map((k) => (
            <Item
              key={k.id}
              name={k.name}
              badge={k.district ? t("district") : undefined}
              meta={`${t("savedBy")} ${k.saved_by}, ${when(language, who.town.time_zone, k.updated_at)}`}
              remove={
                writes &&
                (() =>
                  setAsk({
                    name: k.name,
                    go: () =>
                      take(
                        api.DELETE("/staff/v1/audiences/{audience_id}", {
                          params: { path: { audience_id: k.id }, header: once() },
                        }),
                      ),
                  }))
              }
            >
              <InWords audience={k.audience} />
            </Item>
          ))}
        </ul>
        {next && (
          <button type="button" class="plain" onClick={more}>
            {t("more")}
          </button>
        )}
      </section>
      <section aria-labelledby="lists">
        <h2 id="lists">{t("lists")}</h2>
        {lists?.length === 0 && <p class="help">{t("noListYet")}</p>}
        <ul class="cards">
          {lists?.map((l) => (
            <Item
              key={l.id}
              name={l.name}
              meta={`${listed(l.people)} ${t("people")} · ${l.made_by}, ${when(language, who.town.time_zone, l.created_at)}`}
              remove={
                writes &&
                (() =>
                  setAsk({
                    name: l.name,
                    go: () =>
                      take(
                        api.DELETE("/staff/v1/people-lists/{people_list_id}", {
                          params: { path: { people_list_id: l.id }, header: once() },
                        }),
                      ),
                  }))
              }
            />
          ))}
        </ul>
        {writes && <MakeList made={anew} />}
      </section>
      {ask && <Ask text={t("deleteAsk", { name: ask.name })} yes={t("remove")} danger done={remove} />}
    </>
  );
}

type ItemProps = {
  name: string;
  badge?: string;
  meta: string;
  remove: false | (() => void);
  /** What else can be done with it, before it is removed. */
  deeds?: ComponentChildren;
  children?: ComponentChildren;
};

export function Item({ name, badge, meta, remove, deeds, children }: ItemProps) {
  const removal = remove && (
    <button type="button" class="plain" aria-label={`${t("remove")}: ${name}`} onClick={remove}>
      {t("remove")}
    </button>
  );
  return (
    <li>
      <strong>{name}</strong>
      {badge && <span class="badge">{badge}</span>}
      {children}
      <span class="meta">{meta}</span>
      {deeds ? (
        <div class="row">
          {deeds}
          {removal}
        </div>
      ) : (
        removal
      )}
    </li>
  );
}

function MakeList({ made }: { made: () => void }) {
  const [name, setName] = useState("");
  const [file, setFile] = useState<File>();
  const [told, setTold] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
    if (!file) return;
    setTold(undefined);
    try {
      const params = { path: { people_list_id: crypto.randomUUID() }, query: { name } };
      const answer = await take(api.PUT("/staff/v1/people-lists/{people_list_id}", { params, ...raw(file) }));
      const few = answer.people === undefined;
      const counts = { people: listed(answer.people), unknown: listed(answer.unknown), wrong: number(answer.wrong) };
      const lines = answer.wrong_lines.length > 0 ? ` ${t("listWrong", { lines: answer.wrong_lines.join(", ") })}` : "";
      setTold(t(few ? "listMadeFew" : "listMade", counts) + lines);
      setProblem(undefined);
      setName("");
      made();
    } catch (e) {
      // What is wrong with the file, where the server says it.
      const said = e instanceof Refused && e.field === "file" && `file_${e.reason}`;
      setProblem(said ? new Refused(said) : e);
    }
  };
  return (
    <form onSubmit={send}>
      <p class="help">{t("listsHelp")}</p>
      <TextField label={t("listName")} value={name} max={80} set={setName} />
      <Field label={t("file")}>
        {(ids) => <input {...ids} type="file" accept=".csv,.txt,text/plain,text/csv" onChange={(e) => setFile(e.currentTarget.files?.[0])} />}
      </Field>
      <button type="submit" disabled={!name.trim() || !file}>
        {t("makeList")}
      </button>
      {told && <Notice kind="ok">{told}</Notice>}
      <Problem problem={problem} />
    </form>
  );
}
