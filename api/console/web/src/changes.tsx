// What differs between two versions of an announcement, in words: for who approves what changed meanwhile, and for two who wrote at once.
import type { Announcement, Language } from "./api";
import { inWords } from "./audience";
import { language, t, word } from "./texts";
import { when } from "./time";

/** What a reader of an announcement sees of it, a line each: its label and what it says. */
export function told(a: Announcement, zone: string): Map<string, string> {
  const lines = new Map<string, string>();
  const say = (label: string, text?: string | null) => text && lines.set(label, text);
  const yes = (on: boolean) => (on ? t("yesWord") : undefined);
  for (const s of a.texts) {
    const of = word("lang", s.language as Language);
    say(`${t("heading")} (${of})`, s.title);
    say(`${t("text")} (${of})`, s.text);
    say(`${t("imageText")} (${of})`, s.image_text);
  }
  say(t("toWhom"), a.corrects_id ? t("correcting") : a.audience.map((g) => g.map(inWords).join(" + ")).join("; "));
  say(t("decision"), a.decision);
  say(t("importance"), word("importance", a.importance));
  say(t("topic"), word("topic", a.topic));
  say(t("link"), a.link);
  say(t("image"), a.image_id ? a.image_id.slice(-6) : undefined);
  say(t("place"), a.place);
  say(t("begins"), a.begins_at && when(language, zone, a.begins_at));
  say(t("ends"), a.ends_at && when(language, zone, a.ends_at));
  say(t("goesAt"), a.send_at ? when(language, zone, a.send_at) : t("now"));
  say(t("validUntil"), when(language, zone, a.valid_until));
  say(t("publicToo"), yes(a.is_public));
  say(t("newcomersToo"), yes(a.newcomers));
  say(t("overCapToo"), yes(a.over_cap));
  say(t("howFar"), word("howFar", a.reach));
  say(t("titleLocked"), yes(!!a.shown?.some((s) => s.lock_screen_title)));
  return lines;
}

type Lines = Map<string, string>;

/** The lines that differ, before and after. */
export function Differences({ before, after, labels }: { before: Lines; after: Lines; labels: [string, string] }) {
  const all = [...new Set([...before.keys(), ...after.keys()])].filter((k) => before.get(k) !== after.get(k));
  if (all.length === 0) return <p>{t("nothingDiffers")}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("whatDiffers")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("what")}</th>
            <th scope="col">{labels[0]}</th>
            <th scope="col">{labels[1]}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((k) => (
            <tr key={k}>
              <th scope="row">{k}</th>
              <td class="said" dir="auto">
                {before.get(k) ?? "–"}
              </td>
              <td class="said" dir="auto">
                {after.get(k) ?? "–"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
