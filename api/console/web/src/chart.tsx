// Lines over time, and the same as a table.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Schemas } from "./api";
import { few, language, number, t } from "./texts";
import { when } from "./time";
import { useWho } from "./ui";

type Point = Schemas["PointOut"];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The least that the axis spans: of what arrived within seconds a clock shows no more than the minute. */
const LEAST = 10 * MINUTE;
/** What lies between two marks of the axis: never less than a minute. */
const STEPS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY];

/** An instant under the axis, on the town's clocks: the hour, and at midnight the day. */
function mark(zone: string, seconds: number): string {
  const at = new Date(seconds * 1000);
  const locale = language === "nl" ? "nl-BE" : "en-GB";
  const hour = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: "numeric", month: "short" });
  const shown = hour.format(at);
  return shown === "00:00" ? day.format(at) : shown;
}

const line = (points: Point[], of: (p: Point) => number | null | undefined) => points.map((p) => of(p) ?? null);

export function Chart({ points }: { points: Point[] }) {
  const { town } = useWho();
  const zone = town.time_zone;
  const frame = useRef<HTMLDivElement>(null);
  const delivered = line(points, (p) => p.delivered);
  const opened = line(points, (p) => p.opened);
  const some = [delivered, opened].some((of) => of.some((n) => n !== null));
  useEffect(() => {
    const where = frame.current;
    if (!where || !some) return;
    const ink = getComputedStyle(where).color;
    const data: uPlot.AlignedData = [points.map((p) => new Date(p.at).getTime() / 1000), delivered, opened];
    const axis = { stroke: ink, grid: { stroke: "rgba(128,128,128,.25)" } };
    const plot = new uPlot(
      {
        width: where.clientWidth || 300,
        height: 220,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
        axes: [
          { ...axis, incrs: STEPS, values: (_, marks) => marks.map((s) => mark(zone, s)) },
          { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5], values: (_, marks) => marks.map(number) },
        ],
        scales: {
          x: { range: (_, min, max) => [min, Math.max(max, min + LEAST)] },
          y: { range: (_, __, max) => [0, Math.max(10, max ?? 10)] },
        },
        series: [
          { label: t("time"), value: (_, s) => (s === null || s === undefined ? "–" : when(language, zone, new Date(s * 1000).toISOString())) },
          { label: t("delivered"), value: (_, n) => (n === null ? "–" : number(n)), stroke: "#0b5cad", width: 2, spanGaps: true },
          { label: t("opened"), value: (_, n) => (n === null ? "–" : number(n)), stroke: "#b45309", width: 2, dash: [6, 4], spanGaps: true },
        ],
      },
      data,
      where,
    );
    const fit = new ResizeObserver(() => plot.setSize({ width: where.clientWidth, height: 220 }));
    fit.observe(where);
    return () => {
      fit.disconnect();
      plot.destroy();
    };
  }, [points]);
  // A line that is not told lies nowhere, and above all not at nought.
  const untold = ([["delivered", delivered], ["opened", opened]] as const).filter(([, of]) => of.every((n) => n === null));
  return (
    <>
      {some && <div ref={frame} class="chart" aria-hidden="true" />}
      {points.length === 0 && <p class="help">{t("chartNone")}</p>}
      {points.length > 0 && untold.map(([label]) => <p key={label} class="help">{t("chartFew", { line: t(label) })}</p>)}
      {points.length > 0 && (
        <details>
          <summary>{t("asTable")}</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("overTime")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("time")}</th>
                  <th scope="col">{t("delivered")}</th>
                  <th scope="col">{t("opened")}</th>
                </tr>
              </thead>
              <tbody>
                {points.map((p) => (
                  <tr key={p.at}>
                    <th scope="row">{when(language, zone, p.at)}</th>
                    <td>{few(p.delivered)}</td>
                    <td>{few(p.opened)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </>
  );
}
