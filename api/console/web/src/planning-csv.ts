// Opening hours in a file: what its lines say, and what is wrong with them. Nothing of it leaves the browser.
import { type Week, hoursOf, minutesOf, newSpan, newWeek, shown } from "./planning-plans";
import { type Key, t } from "./texts";
import { isLikely } from "./time";

export const COLUMNS = ["weekday", "opens", "closes", "valid_from", "valid_until"];

const NAMES = [
  ["1", "ma", "maandag", "mon", "monday"],
  ["2", "di", "dinsdag", "tue", "tuesday"],
  ["3", "wo", "woensdag", "wed", "wednesday"],
  ["4", "do", "donderdag", "thu", "thursday"],
  ["5", "vr", "vrijdag", "fri", "friday"],
  ["6", "za", "zaterdag", "sat", "saturday"],
  ["7", "zo", "zondag", "sun", "sunday"],
];

/** A line of the file, as it was read. */
export type Line = { n: number; cells: string[]; faults: string[]; weekday: number; opens: number; closes: number; from: string; until: string };

/** The text of a file, in either of the two ways in which spreadsheets write one. */
export async function textOf(file: Blob): Promise<string | undefined> {
  const bytes = await file.arrayBuffer();
  // A spreadsheet's own file is an archive, or an old compound document.
  const head = new Uint8Array(bytes.slice(0, 4));
  if ((head[0] === 0x50 && head[1] === 0x4b) || head[0] === 0xd0) return undefined;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return new TextDecoder(head[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A day as people and spreadsheets write it; none where it is no day. */
function dayOf(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [y, m, d] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  if (!y || !m || !d) return undefined;
  const day = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const at = new Date(`${day}T00:00:00Z`);
  // The thirtieth of February is none.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined;
}

/** The lines of a file with what is wrong with each. Where a line says no day from which it counts, it counts from `from` on. */
export function linesOf(text: string, from: string): Line[] {
  const rows = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const first = rows.find((r) => r.trim()) ?? "";
  const mark = [";", "\t", ","].find((m) => first.includes(m)) ?? ";";
  const lines: Line[] = [];
  rows.forEach((row, i) => {
    if (!row.trim()) return;
    const cells = row.split(mark).map((c) => c.trim().replace(/^"(.*)"$/, "$1").trim());
    // The line with the names of the columns.
    if (lines.length === 0 && /^(weekday|weekdag|dag|day)$/i.test(cells[0])) return;
    lines.push(line(i + 1, cells, from));
  });
  return lines;
}

function line(n: number, cells: string[], from: string): Line {
  const [day = "", opening = "", closing = "", first = "", last = ""] = cells;
  const faults: string[] = [];
  const add = (key: Key, text: string) => void faults.push(t(key, { text }));
  const weekday = NAMES.findIndex((all) => all.includes(day.toLowerCase())) + 1;
  if (weekday === 0) add("plCsvDay", day);
  const [opens, closes] = [opening, closing].map((text) => {
    const at = minutesOf(text.replace(/^(\d{1,2}:\d{2}):00$/, "$1"));
    if (at === undefined) add("plCsvTime", text);
    else if (at % 5 !== 0) add("plCsvFive", text);
    return at ?? Number.NaN;
  });
  if (opens >= closes) add("plWrongOrder", "");
  const [counts, until] = [first, last].map((text) => {
    const of = text ? dayOf(text) : "";
    if (of === undefined || (of && !isLikely(of))) add("plCsvDate", text);
    return of ?? "";
  });
  if (counts && until && until < counts) add("wrong_order", "");
  if (cells.slice(COLUMNS.length).some(Boolean)) add("plCsvMore", "");
  return { n, cells, faults, weekday, opens, closes, from: counts || from, until };
}

/** Weeks of the lines that are right; hours that stand twice are one. */
export function weeksIn(lines: Line[], onto: Week[]): Week[] {
  const weeks: Week[] = onto.map((w) => ({ ...w, days: [...w.days] }));
  for (const l of lines.filter((x) => x.faults.length === 0)) {
    let week = weeks.find((w) => w.from === l.from && w.until === l.until);
    if (!week) {
      week = { ...newWeek(l.from), until: l.until };
      weeks.push(week);
    }
    const known = week.days[l.weekday - 1].some((s) => minutesOf(s.opens) === l.opens && minutesOf(s.closes) === l.closes);
    if (known) continue;
    const all = [...week.days[l.weekday - 1], newSpan(shown(l.opens), shown(l.closes))];
    week.days[l.weekday - 1] = all.sort((a, b) => (minutesOf(a.opens) ?? 0) - (minutesOf(b.opens) ?? 0));
  }
  return weeks.filter((w) => w.days.some((d) => d.length > 0)).sort((a, b) => a.from.localeCompare(b.from));
}

/** Weeks as such a file. */
export function fileOf(weeks: Week[]): string {
  const rows = hoursOf({ weeks })
    .map((h) => h.row)
    .filter((r) => Number.isFinite(r.opens) && Number.isFinite(r.closes))
    .map((r) => [r.weekday, shown(r.opens), shown(r.closes), r.valid_from, r.valid_until ?? ""].join(";"));
  return [COLUMNS.join(";"), ...rows, ""].join("\r\n");
}
