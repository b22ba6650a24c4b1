import type { ControlChart, MonitorReport } from "../study/monitoring/monitor-report.ts";
import { controlChartFigure } from "./control-chart-figure.ts";
import type { DrawingDocument } from "./drawing.ts";
import { findingsList } from "./findings-list.ts";
import { formatCount, formatFixed, formatPercent } from "./format.ts";
import { element, type Html } from "./html.ts";
import { createNumbering } from "./numbering.ts";
import { renderStandalonePage } from "./standalone-page.ts";
import type { PrintedTable } from "./table.ts";
import { counted } from "./words.ts";

/**
 * How a frozen model does in use, as one page: proposal, charts with their data, findings.
 *
 * @param document Where drawings are made: a browser's document, or linkedom's.
 * @returns A complete HTML document; equal reports give equal bytes.
 */
export function renderMonitorPage(report: MonitorReport, document: DrawingDocument): string {
  const numbering = createNumbering();
  const { study, model, charts } = report;
  const outcomes = charts.filter(({ group }) => group === "outcomes");
  return renderStandalonePage({
    kicker: `Model ${model.name} in use, up to ${report.asOf}`,
    title: study.name,
    simulated: study.simulated,
    software: report.software,
    summary: summaryOf(report),
    sections: [
      {
        id: "charts",
        title: "Charts",
        content: [
          numbering.table(chartTable(charts)),
          numbering.figure(
            controlChartFigure(
              {
                id: "outcomes",
                title: "Outcomes against what the model promised",
                caption: `In the order in which outcomes became known. Since the start: the sum of all deviations, which sees best what was there from the start; lately: the mean of about the last hundred, which forgets. Prevalence compares with the development set, calibration with the model's out-of-fold risks there. Dashed: the limits.`,
              },
              outcomes,
              document,
            ),
          ),
          numbering.figure(
            controlChartFigure(
              {
                id: "inputs",
                title: "Risks, patients and images against the development set",
                caption:
                  "In the order of enrolment. Hotelling's distance of the weighted mean of normal scores from that of the development set, about the number of quantities where nothing changed. Dashed: the limit.",
              },
              charts.filter(({ group }) => group !== "outcomes"),
              document,
            ),
          ),
          numbering.table(shiftTable(charts)),
        ],
      },
      { id: "method", title: "Method", content: [methodWords(report)] },
      { id: "findings", title: "Findings", content: [findingsList(report.findings)] },
      { id: "information", title: "Information", content: [information(report)] },
    ],
  });
}

function summaryOf(report: MonitorReport): readonly string[] {
  const { charts, proposal, enrolled } = report;
  const sounding = charts.filter(({ alarms }) => alarms.length > 0);
  const when = enrolled === null ? "" : ` enrolled from ${enrolled[0]} to ${enrolled[1]}`;
  return [
    `${counted(report.patients, "patient")}${when}; the outcome of ${formatCount(report.knownOutcomes)} is known: ${formatCount(report.events)} with ${report.outcome} where the risks add up to ${formatFixed(report.expectedEvents, 1)}.`,
    sounding.length === 0
      ? `None of ${formatCount(charts.length)} charts lies beyond its limit.`
      : `${formatCount(sounding.length)} of ${formatCount(charts.length)} charts went beyond their limit: ${sounding.map(({ name, alarms }) => `${name} (from case ${formatCount(alarms[0].from.cases)}${alarms[0].from.date === null ? "" : `, ${alarms[0].from.date}`})`).join("; ")}.`,
    `Proposal: ${proposal.action}. ${proposal.reason.slice(0, 1).toUpperCase()}${proposal.reason.slice(1)}.`,
    "The model was not changed.",
  ];
}

function chartTable(charts: readonly ControlChart[]): PrintedTable {
  return {
    id: "charts",
    title: "Control charts",
    note: "Value: at the last case. First beyond: the first case and day beyond the limit.",
    columns: ["Chart", "Cases", "Value", "Limit", "First beyond", "Last beyond"],
    rows: charts.map(({ name, kind, limit, points, alarms }) => ({
      kind: "row" as const,
      cells: [
        name,
        formatCount(points.at(-1)?.cases ?? 0),
        points.length === 0 ? "too few" : formatFixed(points[points.length - 1].value, 2),
        `${kind === "signed" ? "± " : ""}${formatFixed(limit, 2)}`,
        alarms.length === 0 ? "" : placeOf(alarms[0].from),
        alarms.length === 0 ? "" : placeOf(alarms[alarms.length - 1].to),
      ],
    })),
  };
}

function placeOf({ cases, date }: ControlChart["points"][number]): string {
  return date === null ? formatCount(cases) : `${formatCount(cases)} (${date})`;
}

/** The largest shifts of each chart of inputs; null where there is none. */
function shiftTable(charts: readonly ControlChart[]): PrintedTable | null {
  const rows = charts.flatMap(({ name, alarms, shifts }) =>
    shifts.slice(0, 5).map(({ label, shift }) => ({
      kind: "row" as const,
      cells: [label, name, formatFixed(shift, 1), alarms.length > 0 ? "beyond its limit" : ""],
    })),
  );
  if (rows.length === 0) return null;
  return {
    id: "shifts",
    title: "What shifted most",
    note: "Shift of the weighted mean in units of its error, at the last case beyond the limit, else at the last case; positive: higher than in development. Single shifts have no limit of their own.",
    columns: ["Quantity", "Chart", "Shift", "Chart is"],
    words: [1, 3],
    rows,
  };
}

function methodWords({ limits, model }: MonitorReport): Html {
  return element`<p>
    Limits hold for all charts together: in ${formatPercent(limits.falseAlarms, 1)} of runs of
    ${formatCount(limits.cases)} patients without any change one of them sounds. They come from
    ${formatCount(limits.replays)} replays of the development set's distribution
    (${counted(model.developmentPatients, "patient")}), with the errors that its estimates have. A chart may sound from
    its 20th case on. The model holds counts of training patients in cells of ten or more, and no value of a patient.
    The update is the least that likelihood-ratio tests at 5 % do not contradict (Vergouwe et al. 2017).
  </p>`;
}

function information({ model, study }: MonitorReport): Html {
  const facts = [
    ["Model", `${model.name}, ${model.hash}`],
    ["Frozen on", model.frozenOn ?? "never"],
    ["Protocol", study.protocolHash],
  ];
  return element`<dl class="facts">
    ${facts.map(
      ([name, value]) => element`<dt>${name}</dt>
        <dd>${value}</dd>`,
    )}
  </dl>`;
}
