// What became of a month's messages that ask for something or tell of a change: numbers that add up, and none that tells of a few.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Schemas, api, take } from "./api";
import { today } from "./counter-time";
import { FiguresOut, FiguresTable } from "./figures-table";
import { few, language, number, t, word } from "./texts";
import { Problem, Select, Title, useFetched, useWho } from "./ui";

type By = Schemas["CoverageBy"];
type Row = Schemas["CoverageRowOut"];
type Announced = Schemas["AnnouncementCoverageOut"];

/** Messages to one are divided by kind or district; announcements are counted each for itself, by another operation. */
const BY = ["plan", "district", "announcement"] as const;
/** How many months back one may ask here. */
const MONTHS = 24;
/** How a message may have ended, in the order of the server's table; all of them are the sum. */
const PARTS = [
  "read",
  "settled",
  "replaced",
  "mailed",
  "posted",
  "called",
  "handed_over",
  "not_here",
  "too_late",
  "refused",
  "not_reached",
  "under_way",
] as const;
const COLUMNS = ["all", ...PARTS] as const;
/** The same of an announcement: nobody is called for one. */
const OF_ANNOUNCED = [
  "all",
  "read",
  "in_app",
  "mailed",
  "posted",
  "with_parent",
  "under_way",
  "without_app",
  "not_reached",
  "refused",
  "too_late",
  "not_here",
  "settled",
  "replaced",
  "held_back",
] as const;
type Column = (typeof COLUMNS)[number];

/** The first days of the last months, this one first. */
function lastMonths(day: string): string[] {
  const [year, month] = day.split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, n) => new Date(Date.UTC(year, month - 1 - n, 1)).toISOString().slice(0, 10));
}

const monthName = (first: string) =>
  new Intl.DateTimeFormat(language === "nl" ? "nl-BE" : "en-GB", { timeZone: "UTC", month: "long", year: "numeric" }).format(
    new Date(`${first}T12:00:00Z`),
  );

/** The sum of a column, where each of its numbers is told. */
function sum(rows: Row[], column: Column): number | undefined {
  let whole = 0;
  for (const row of rows) {
    const n = row[column];
    if (n === undefined || n === null) return undefined;
    whole += n;
  }
  return whole;
}

export function Coverage() {
  const { town } = useWho();
  const months = lastMonths(today(town.time_zone));
  const [month, setMonth] = useState(months[0]);
  const [by, setBy] = useState<(typeof BY)[number]>("plan");
  return (
    <>
      <Title>{t("pageCoverage")}</Title>
      <p class="help">{t("covHelp")}</p>
      <div class="row fields unprinted">
        <Select label={t("covMonth")} value={month} set={setMonth} of={months.map((m) => ({ value: m, label: monthName(m) }))} />
        <Select label={t("covBy")} value={by} set={(b) => setBy(b as (typeof BY)[number])} of={BY.map((b) => ({ value: b, label: word("covBy", b) }))} />
      </div>
      {by === "announcement" ? <OfAnnouncements key={month} month={month} /> : <Told key={`${month} ${by}`} month={month} by={by} />}
      <p class="unprinted">
        <a class="alone" href={`/staff/v1/coverage/council?${new URLSearchParams({ month, language })}`} target="_blank" rel="noreferrer">
          {t("covCouncil")}
        </a>
      </p>
      <details class="unprinted">
        <summary>{t("covWords")}</summary>
        <ul>
          {(["settled", "replaced", "mailed", "with_parent", "handed_over", "refused", "not_reached", "under_way"] as const).map((name) => (
            <li key={name}>{t(`covWord_${name}`)}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Told({ month, by }: { month: string; by: By }) {
  const query = { month, by };
  const [told, problem, again] = useFetched(() => take(api.GET("/staff/v1/coverage", { params: { query } })), []);
  if (problem) return <Problem problem={problem} again={again} />;
  if (!told) return <p role="status">{t("loading")}</p>;
  const name = (row: Row) => (by === "plan" ? word("covPlan", row.name) : row.name === "unknown" ? t("covUnknown") : row.name);
  const title = told.all === undefined || told.all === null ? t("covOfFew", { month: monthName(month) }) : t("covOf", { month: monthName(month), n: number(told.all) });
  const total = (column: Column) => (column === "all" ? told.all : sum(told.rows, column));
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{title}</h2>
      {told.rows.length === 0 ? (
        <p>{t("covNone")}</p>
      ) : (
        <>
          <p class="help">{t("hidden")}</p>
          <Table by={by} columns={COLUMNS} address="/staff/v1/coverage/export" query={query}>
            {told.rows.map((row) => (
              <Line key={row.name} name={name(row)} columns={COLUMNS} of={(column) => row[column]} />
            ))}
            {told.rows.length > 1 && <Line name={t("covTotal")} columns={COLUMNS} of={total} whole />}
          </Table>
        </>
      )}
    </section>
  );
}

function OfAnnouncements({ month }: { month: string }) {
  const query = { month };
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/coverage/announcements", { params: { query } })), []);
  if (problem) return <Problem problem={problem} again={again} />;
  if (!all) return <p role="status">{t("loading")}</p>;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{t("covOfAnnounced", { month: monthName(month), n: number(all.length) })}</h2>
      {all.length === 0 ? (
        <p>{t("covNoneAnnounced")}</p>
      ) : (
        <>
          <p class="help">{t("hidden")}</p>
          <Table by="announcement" columns={OF_ANNOUNCED} address="/staff/v1/coverage/announcements/export" query={query}>
            {all.map((row: Announced) => (
              <Line
                key={row.id}
                name={row.title}
                columns={OF_ANNOUNCED}
                of={(column) => row[column]}
                none={row.all === undefined || row.all === null ? t("covTiny") : undefined}
              />
            ))}
          </Table>
        </>
      )}
    </section>
  );
}

type TableProps = {
  by: By | "announcement";
  columns: readonly Shown[];
  /** Where the same is to be had as CSV. */
  address: string;
  query: { month: string };
  children: ComponentChildren;
};

/** Numbers with a head, the same as a file, and on paper. */
function Table({ by, columns, address, query, children }: TableProps) {
  const file = `${query.month.slice(0, 7)}-${by === "announcement" ? "announcements" : by}.csv`;
  return (
    <>
      <FiguresTable label={t("covTable", { by: word("covBy", by) })} by={word("covBy", by)} columns={columns.map((column) => t(`cov_${column}`))} kind="coverage">
        {children}
      </FiguresTable>
      <FiguresOut address={`${address}?${new URLSearchParams(query)}`} file={file} />
    </>
  );
}

type Shown = Column | (typeof OF_ANNOUNCED)[number];
type LineProps<C extends Shown> = {
  name: string;
  columns: readonly C[];
  of: (column: C) => number | null | undefined;
  whole?: boolean;
  /** What stands in the place of all numbers, where none is told. */
  none?: string;
};

function Line<C extends Shown>({ name, columns, of, whole, none }: LineProps<C>) {
  return (
    <tr role="row" class={whole ? "whole-row" : undefined}>
      <th role="rowheader" scope="row">
        <span dir="auto">{name}</span>
      </th>
      {none ? (
        <td role="cell" colSpan={columns.length}>
          <span>{none}</span>
        </td>
      ) : (
        columns.map((column) => (
          <td key={column} role="cell" data-label={t(`cov_${column}`)}>
            <span>{few(of(column))}</span>
          </td>
        ))
      )}
    </tr>
  );
}
