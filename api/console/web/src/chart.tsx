// Lines over time, and the same as a table.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Schemas } from "./api";
import { few, language, t } from "./texts";
import { when } from "./time";
import { useWho } from "./ui";

export function Chart({ points }: { points: Schemas["PointOut"][] }) {
  const { town } = useWho();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const where = frame.current;
    if (!where || points.length === 0) return;
    const ink = getComputedStyle(where).color;
    const data: uPlot.AlignedData = [
      points.map((p) => new Date(p.at).getTime() / 1000),
      points.map((p) => p.delivered ?? null),
      points.map((p) => p.opened ?? null),
    ];
    const axis = { stroke: ink, grid: { stroke: "rgba(128,128,128,.25)" } };
    const plot = new uPlot(
      {
        width: where.clientWidth || 300,
        height: 220,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), town.time_zone),
        axes: [axis, axis],
        scales: { y: { range: (_, __, max) => [0, Math.max(10, max ?? 10)] } },
        series: [
          {},
          { label: t("delivered"), stroke: "#0b5cad", width: 2, spanGaps: true },
          { label: t("opened"), stroke: "#b45309", width: 2, dash: [6, 4], spanGaps: true },
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
  return (
    <>
      <div ref={frame} class="chart" aria-hidden="true" />
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
                  <th scope="row">{when(language, town.time_zone, p.at)}</th>
                  <td>{few(p.delivered)}</td>
                  <td>{few(p.opened)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
