// An announcement as a phone shows it, on both platforms: the lock screen, and the app. While it is written, as it stands on the screen.
import type { Announcement, Language } from "./api";
import type { Said } from "./faults";
import { language as ui, t } from "./texts";
import { when } from "./time";
import { useWho } from "./ui";

/** What is being written, and may not be saved yet. */
export type Writing = {
  texts: Said;
  importance: Announcement["importance"];
  link: string;
  place: string;
  begins_at?: string;
  ends_at?: string;
  /** Whether the title stands on a lock screen. */
  passes: boolean;
  /** Whether the server has all of it. */
  saved: boolean;
};

type PhonesProps = { announcement?: Announcement; language: Language; writing?: Writing };

/** What a phone shows, of what is written or of what the server has. */
function look(a: Announcement | undefined, language: Language, writing?: Writing) {
  const has = (l: Language) => (writing ? !!(writing.texts[l]?.title.trim() || writing.texts[l]?.text.trim()) : !!a?.texts.some((x) => x.language === l));
  const all = writing ? (Object.keys(writing.texts) as Language[]) : (a?.texts ?? []).map((x) => x.language);
  const read = has(language) ? language : (all.find(has) ?? language);
  const known = a?.texts.find((x) => x.language === read);
  const shown = a?.shown?.find((s) => s.language === read);
  if (!writing) {
    return { read, title: known?.title, sentence: shown?.lock_screen, lockTitle: shown?.lock_screen_title, html: shown?.html, text: "", said: known };
  }
  const said = writing.texts[read];
  // Which of the two sentences it is depends on nothing else.
  const sentence = (a?.importance === "emergency") === (writing.importance === "emergency") ? shown?.lock_screen : undefined;
  return {
    read,
    title: said?.title.trim(),
    sentence,
    lockTitle: writing.passes ? said?.title.trim() : undefined,
    // The server makes it of the text, so it is only that of a text that it has.
    html: known?.text.trim() === said?.text.trim() ? shown?.html : undefined,
    text: said?.text ?? "",
    said,
  };
}

export function Phones({ announcement, language, writing }: PhonesProps) {
  const { me, town } = useWho();
  const { read, title, sentence, lockTitle, html, text, said } = look(announcement, language, writing);
  const { begins_at, ends_at, place, link } = writing ?? announcement ?? {};
  const happens = [begins_at, ends_at].filter((at) => at !== undefined).map((at) => when(ui, town.time_zone, at));
  const name = me.workplaces.find((w) => w.municipality === me.municipality)?.name ?? "";
  return (
    <aside class="phones" aria-labelledby="phones">
      <h2 id="phones">{t("phones")}</h2>
      <p class="help">{lockTitle ? t("lockOpenHelp") : t("lockHelp")}</p>
      {writing && !writing.saved && <p class="help">{t("phonesUnsaved")}</p>}
      {(["iPhone", "Android"] as const).map((platform) => (
        <figure key={platform} class={`phone ${platform.toLowerCase()}`}>
          <figcaption>
            {platform} · {t("lockScreen")}
          </figcaption>
          <div class="glass locked">
            <p class="clock" aria-hidden="true">
              9:41
            </p>
            <div class="push" lang={read}>
              <span class="appname">{name}</span>
              {lockTitle && (
                <strong class="appname" dir="auto">
                  {lockTitle}
                </strong>
              )}
              <span class="sentence">{sentence ?? "…"}</span>
            </div>
            <p class="choice">{t("withPreviews")}</p>
            <div class="push full" lang={read}>
              <span class="appname" dir="auto">
                {title || t("untitled")}
              </span>
            </div>
          </div>
        </figure>
      ))}
      <figure class="phone">
        <figcaption>{t("inApp")}</figcaption>
        <div class="glass app">
          <article lang={read}>
            <h3 dir="auto">{title || t("untitled")}</h3>
            {(place || happens.length > 0) && <p class="help">{[happens.join(" – "), place].filter(Boolean).join(" · ")}</p>}
            {announcement?.image_id && (
              <img
                src={`/staff/v1/announcements/${announcement.id}/image?${announcement.image_id}`}
                alt={said?.image_text ?? ""}
              />
            )}
            {/* Made by the server of the subset that it takes: paragraphs, emphasis, lists and links. */}
            {html === undefined ? (
              <p dir="auto" class="typed">
                {text}
              </p>
            ) : (
              <div dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
            )}
            {link && <span class="pill">{link}</span>}
          </article>
        </div>
      </figure>
    </aside>
  );
}
