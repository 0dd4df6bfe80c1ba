// Templates: what announcements of a kind that comes back begin as. They are begun from, renamed and thrown away on a page of their own,
// and kept where an announcement is written.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { Refused, type Schemas, type Template, api, once, take } from "./api";
import { refused } from "./faults";
import * as kept from "./kept";
import { Item } from "./lists";
import { language, t, word } from "./texts";
import { when } from "./time";
import { Ask, Notice, Problem, TextField, Title, may, useFetched, useWho } from "./ui";

/** What the server takes of a name. */
const NAME = 80;

/** What a template says, whatever it is called. */
export type Lasting = Omit<Schemas["AnnouncementTemplateDraft"], "version" | "name">;

export const allTemplates = () => take(api.GET("/staff/v1/announcement-templates"));

/** A template that an announcement begins as. */
export async function templateOf(id: string): Promise<Template> {
  const found = (await allTemplates()).find((x) => x.id === id);
  if (!found) throw new Refused("not_found");
  return found;
}

const put = (template_id: string, body: Schemas["AnnouncementTemplateDraft"]) =>
  take(api.PUT("/staff/v1/announcement-templates/{template_id}", { params: { path: { template_id } }, body }));

export function Templates() {
  const who = useWho();
  const [, go] = useLocation();
  const [all, problem, again] = useFetched(allTemplates, []);
  const [ask, setAsk] = useState<Template>();
  const [renamed, setRenamed] = useState<{ template: Template; name: string }>();
  const [told, setTold] = useState<string>();
  const [trouble, setTrouble] = useState<unknown>();
  const did = async (deed: () => Promise<unknown>, said?: string) => {
    setTold(undefined);
    try {
      await deed();
      setTrouble(undefined);
      setTold(said);
    } catch (e) {
      setTrouble(e);
    }
    again();
  };
  const remove = (sure: boolean) => {
    const gone = ask;
    setAsk(undefined);
    if (!sure || !gone) return;
    const params = { path: { template_id: gone.id }, header: once() };
    void did(() => take(api.DELETE("/staff/v1/announcement-templates/{template_id}", { params })));
  };
  const rename = (e: SubmitEvent) => {
    e.preventDefault();
    if (!renamed) return;
    const { id, saved_by, updated_at, ...says } = renamed.template;
    setRenamed(undefined);
    void did(() => put(id, { ...says, name: renamed.name }), t("templateRenamed"));
  };
  /** Once it is drawn. */
  const focus = (id: string) => setTimeout(() => document.getElementById(id)?.focus());
  const leave = (template: Template) => {
    setRenamed(undefined);
    focus(`rename-${template.id}`);
  };
  const open = (template: Template) => {
    setTold(undefined);
    setRenamed({ template, name: template.name });
    focus("f-template-name");
  };
  return (
    <>
      <Title>{t("templates")}</Title>
      <p class="help">{t("templatesHelp")}</p>
      {told && (
        <Notice kind="ok" focus>
          {told}
        </Notice>
      )}
      {trouble instanceof Refused && trouble.reason === "taken" ? (
        <Notice kind="error">{t("templateTaken")}</Notice>
      ) : (
        <Problem problem={trouble ?? problem} again={trouble ? undefined : again} />
      )}
      {all?.length === 0 && <p>{t("noTemplates")}</p>}
      <ul class="cards">
        {all?.map((x) => {
          // An emergency is begun, and changed, by who may write one.
          const mine = x.importance !== "emergency" || may(who, "alert");
          const says = kept.titleOf(x);
          return (
            <Item
              key={x.id}
              name={x.name}
              badge={x.importance === "emergency" ? word("importance", x.importance) : undefined}
              meta={`${word("topic", x.topic)} · ${t("savedBy")} ${x.saved_by}, ${when(language, who.town.time_zone, x.updated_at)}`}
              remove={() => setAsk(x)}
              deeds={
                mine && (
                  <>
                    <button
                      type="button"
                      aria-label={`${t("templateBegin")}: ${x.name}`}
                      onClick={() => go(`/compose/${crypto.randomUUID()}/from/${x.id}`)}
                    >
                      {t("templateBegin")}
                    </button>
                    <button
                      type="button"
                      class="plain"
                      id={`rename-${x.id}`}
                      aria-label={`${t("templateRename")}: ${x.name}`}
                      onClick={() => open(x)}
                    >
                      {t("templateRename")}
                    </button>
                  </>
                )
              }
            >
              {says && (
                <span class="meta" dir="auto">
                  {says}
                </span>
              )}
              {renamed?.template.id === x.id && (
                <form onSubmit={rename}>
                  <TextField
                    id="f-template-name"
                    label={t("templateName")}
                    max={NAME}
                    value={renamed.name}
                    set={(name) => setRenamed({ ...renamed, name })}
                  />
                  <div class="row">
                    <button type="submit" disabled={!renamed.name.trim()}>
                      {t("save")}
                    </button>
                    <button type="button" class="plain" onClick={() => leave(x)}>
                      {t("cancel")}
                    </button>
                  </div>
                </form>
              )}
            </Item>
          );
        })}
      </ul>
      {ask && <Ask text={t("deleteAsk", { name: ask.name })} yes={t("remove")} danger done={remove} />}
    </>
  );
}

type SaveProps = {
  /** What is on the screen, as far as a template has it. */
  says: () => Lasting;
  /** The template that it began as. */
  from?: Template;
};

/** Keeps what is on the screen under a name. A name that is taken stands for the template that has it, which becomes this. */
export function SaveAsTemplate({ says, from }: SaveProps) {
  const [open, setOpen] = useState(false);
  const [all, missing, again] = useFetched(async () => (open ? allTemplates() : undefined), [open]);
  const [name, setName] = useState(from?.name ?? "");
  const [told, setTold] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const called = (x: string) => x.trim().toLowerCase();
  const there = all?.find((x) => called(x.name) === called(name));
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setTold(undefined);
    try {
      await put(there?.id ?? crypto.randomUUID(), { ...says(), version: there?.version ?? 0, name });
      setProblem(undefined);
      setTold(t("templateSaved"));
    } catch (e) {
      setProblem(e);
    }
    again();
    setBusy(false);
  };
  const body = says();
  const fault = refused(problem, body.texts.map((x) => x.language), body.audience.length);
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t("saveTemplate")}</summary>
      <p class="help">{t("saveTemplateHelp")}</p>
      <TextField
        label={t("templateName")}
        max={NAME}
        value={name}
        help={there && t("templateReplaces")}
        set={(typed) => {
          setName(typed);
          setTold(undefined);
        }}
      />
      <button type="button" class="plain" disabled={!name.trim() || !all} aria-disabled={busy} onClick={save}>
        {t(there ? "templateReplace" : "templateKeep")}
      </button>
      {told && <Notice kind="ok">{told}</Notice>}
      {fault ? <p class="fault">{fault.text}</p> : <Problem problem={problem ?? missing} again={problem ? undefined : again} />}
    </details>
  );
}
