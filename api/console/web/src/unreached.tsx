// Whom an announcement could not reach in the app: for the counter, who rings or writes to them.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Schemas, api, take } from "./api";
import { language, number, t, word } from "./texts";
import { when } from "./time";
import { Notice, Problem, Title, useFetched, useWho } from "./ui";

/** What went out, for a member of staff who has the counter and no announcements. */
export function SentList() {
  const { town } = useWho();
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/sent-announcements")), []);
  return (
    <>
      <Title>{t("unreached")}</Title>
      <p class="help">{t("sentHelp")}</p>
      <Problem problem={problem} again={again} />
      {!all && !problem && <p>{t("loading")}</p>}
      {all?.length === 0 && <p>{t("sentNone")}</p>}
      <ul class="cards">
        {all?.map((a) => (
          <li key={a.id}>
            <Link href={`/unreached/${a.id}`}>{a.title}</Link>
            {a.is_withdrawn && <span class="badge withdrawn">{word("state", "withdrawn")}</span>}
            {a.is_corrected && <span class="badge">{t("isCorrected")}</span>}
            <span class="meta">{when(language, town.time_zone, a.started_at)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The list of one of them, on a page of its own. */
export function UnreachedPage({ id }: { id: string }) {
  const { town } = useWho();
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/sent-announcements")), []);
  const sent = all?.find((a) => a.id === id);
  if (!all) return problem ? <Problem problem={problem} again={again} /> : <p>{t("loading")}</p>;
  return (
    <>
      <Title>{sent?.title ?? t("unreached")}</Title>
      {sent && <p class="meta">{when(language, town.time_zone, sent.started_at)}</p>}
      {sent && <Stale isWithdrawn={sent.is_withdrawn} isCorrected={sent.is_corrected} />}
      <Unreached id={id} />
      <p class="unprinted">
        <Link href="/unreached">{t("sentAll")}</Link>
      </p>
    </>
  );
}

/** That what is on the list is not to be told any more as it is. */
export function Stale({ isWithdrawn, isCorrected }: { isWithdrawn: boolean; isCorrected: boolean }) {
  if (!isWithdrawn && !isCorrected) return null;
  return <Notice>{t(isWithdrawn ? "tellNoMore" : "tellCorrected")}</Notice>;
}

export function Unreached({ id }: { id: string }) {
  const [people, setPeople] = useState<Schemas["UnreachedOut"][]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const list = useRef<HTMLDivElement>(null);
  const opened = people !== undefined;
  // The button that opened it is gone, and with it the place in the page of whoever uses the keyboard.
  useEffect(() => {
    if (opened && !next) list.current?.focus();
  }, [opened, next]);
  const fetch = async () => {
    try {
      const page = await take(
        api.GET("/staff/v1/announcements/{announcement_id}/unreached", {
          params: { path: { announcement_id: id }, query: { after: next } },
        }),
      );
      setPeople([...(people ?? []), ...page.people]);
      setNext(page.next ?? undefined);
      setProblem(undefined);
    } catch (e) {
      setProblem(e);
    }
  };
  return (
    <section aria-labelledby="unreached">
      <h2 id="unreached">{t("unreached")}</h2>
      <p class="help unprinted">{t("unreachedHelp")}</p>
      <Problem problem={problem} />
      {people && (
        <>
          <p class="unprinted">{t(next ? "unreachedSome" : "unreachedAll", { people: number(people.length) })}</p>
          <div ref={list} class="scroll" tabIndex={0} role="region" aria-label={`${t("unreached")}: ${t("asTable")}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("address")}</th>
                  <th scope="col">{t("name")}</th>
                </tr>
              </thead>
              <tbody>
                {people.map((p) => (
                  <tr key={p.resident_id}>
                    <td>
                      {`${[p.street, p.house_number, p.box_number].filter(Boolean).join(" ")}, ${[p.postcode, p.town].filter(Boolean).join(" ")}${p.country && `, ${p.country}`}`}
                    </td>
                    <td dir="auto">
                      {p.given_names} {p.family_name}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <div class="row unprinted">
        {(!people || next) && (
          <button type="button" class="plain" onClick={fetch}>
            {people ? t("more") : t("unreachedShow")}
          </button>
        )}
        {people && (
          <button type="button" class="plain" onClick={() => print()}>
            {t("print")}
          </button>
        )}
        <a href={`/staff/v1/announcements/${id}/unreached/export`} download={`${id}.csv`}>
          {t("unreachedExport")}
        </a>
      </div>
    </section>
  );
}
