// An announcement as a phone shows it, on both platforms: the lock screen, and the app.
import type { Announcement, Language } from "./api";
import { language as ui, t } from "./texts";
import { when } from "./time";
import { useWho } from "./ui";

export function Phones({ announcement, language }: { announcement?: Announcement; language: Language }) {
  const { me, town } = useWho();
  const shown = announcement?.shown?.find((s) => s.language === language) ?? announcement?.shown?.[0];
  const said = announcement?.texts.find((x) => x.language === shown?.language);
  const name = me.workplaces.find((w) => w.municipality === me.municipality)?.name ?? "";
  return (
    <aside class="phones" aria-labelledby="phones">
      <h2 id="phones">{t("phones")}</h2>
      <p class="help">{shown?.lock_screen_title ? t("lockOpenHelp") : t("lockHelp")}</p>
      {(["iPhone", "Android"] as const).map((platform) => (
        <figure key={platform} class={`phone ${platform.toLowerCase()}`}>
          <figcaption>
            {platform} · {t("lockScreen")}
          </figcaption>
          <div class="glass locked">
            <p class="clock" aria-hidden="true">
              9:41
            </p>
            <div class="push" lang={shown?.language}>
              <span class="appname">{name}</span>
              {shown?.lock_screen_title && (
                <strong class="appname" dir="auto">
                  {shown.lock_screen_title}
                </strong>
              )}
              <span class="sentence">{shown?.lock_screen ?? "…"}</span>
            </div>
            <p class="choice">{t("withPreviews")}</p>
            <div class="push full" lang={shown?.language}>
              <span class="appname" dir="auto">
                {said?.title || t("untitled")}
              </span>
            </div>
          </div>
        </figure>
      ))}
      <figure class="phone">
        <figcaption>{t("inApp")}</figcaption>
        <div class="glass app">
          <article lang={shown?.language}>
            <h3 dir="auto">{said?.title || t("untitled")}</h3>
            {announcement?.begins_at && (
              <p class="help">
                {when(ui, town.time_zone, announcement.begins_at)}
                {announcement.place ? ` · ${announcement.place}` : ""}
              </p>
            )}
            {announcement?.image_id && (
              <img
                src={`/staff/v1/announcements/${announcement.id}/image?${announcement.image_id}`}
                alt={said?.image_text ?? ""}
              />
            )}
            {/* Made by the server of the subset that it takes: paragraphs, emphasis, lists and links. */}
            <div dir="auto" dangerouslySetInnerHTML={{ __html: shown?.html ?? "" }} />
            {announcement?.link && <span class="pill">{announcement.link}</span>}
          </article>
        </div>
      </figure>
    </aside>
  );
}
