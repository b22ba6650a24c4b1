import { join, resolve } from "node:path";
import { InputError, type MonitorReport, type MonitorSettings } from "@sentinode/core";
import { loadStudy } from "../files/load-study.ts";
import { readModelFile } from "../files/read-model.ts";
import { monitorIntoFolder } from "../store/monitor-folder.ts";
import { type Command, type CommandCall, integerOption, textOption, workOptions } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** `sentinode monitor`: a frozen model watched in use. */
export const monitor: Command = {
  name: "monitor",
  usage: "--model MODEL.json STUDY.yaml [--out DIR] [--data DIR] [--propose FILE]",
  summary:
    "Watches a frozen model on prospective patients in order of enrolment: control charts of outcomes, risks, inputs and images. Proposes, never updates.",
  arguments: [1, 1],
  options: {
    model: { value: "MODEL.json", help: "file that sentinode freeze wrote" },
    out: { value: "DIR", help: "folder of the charts (default: STUDY-monitor beside the protocol)" },
    data: {
      value: "DIR",
      help: "folder that the protocol's paths are relative to (default: the protocol's own)",
    },
    "outcome-date": { value: "COLUMN", help: "date on which an outcome became known" },
    delay: { value: "DAYS", help: "days from enrolment to the outcome, where no column tells (default: 0)" },
    "as-of": { value: "DATE", help: "last day that is looked at, year-month-day (default: today)" },
    cases: { value: "N", help: "patients without change that the limits hold for (default: 500)" },
    "false-alarms": {
      value: "SHARE",
      help: "share of such runs in which a chart sounds all the same (default: 0.04)",
    },
    propose: {
      value: "FILE",
      help: "write the proposed recalibration as a new model that nobody has frozen",
    },
    jobs: workOptions.jobs,
  },
  run: async (call) => {
    const [file] = call.positionals;
    const modelFile = textOption(call, "model");
    if (modelFile === undefined)
      throw new InputError("sentinode monitor needs --model MODEL.json; see sentinode monitor --help");
    const out = resolve(textOption(call, "out") ?? `${file.replace(/\.ya?ml$/i, "")}-monitor`);
    const report = await monitorIntoFolder(
      await readModelFile(modelFile),
      await loadStudy(file, textOption(call, "data")),
      {
        out,
        jobs: integerOption(call, "jobs", 1),
        terminal: call.terminal,
        interrupted: call.interrupted,
        monitoring: monitorSettings(call),
        propose: textOption(call, "propose"),
      },
    );
    say(call.terminal, report, join(out, "monitor.html"));
    return {
      ...report,
      charts: report.charts.map((chart) => ({ ...chart, points: chart.points.slice(-1) })),
      folder: out,
    };
  },
};

function monitorSettings(call: CommandCall): MonitorSettings {
  const [column, asOf, share] = ["outcome-date", "as-of", "false-alarms"].map((name) =>
    textOption(call, name),
  );
  const [days, cases] = [integerOption(call, "delay", 0), integerOption(call, "cases", 50)];
  return {
    ...(column === undefined ? {} : { column }),
    ...(days === undefined ? {} : { days }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(cases === undefined ? {} : { cases }),
    ...(share === undefined ? {} : { falseAlarms: Number(share) }),
  };
}

function say(terminal: Terminal, report: MonitorReport, page: string): void {
  for (const finding of report.findings) if (finding.severity !== "info") terminal.warn(finding);
  terminal.say(
    `model ${report.model.name} on ${String(report.patients)} patients, ${String(report.knownOutcomes)} outcomes known: ${String(report.events)} events, ${report.expectedEvents.toFixed(1)} expected`,
  );
  for (const { name, limit, points, alarms } of report.charts)
    terminal.say(
      `  ${name.padEnd(27)} ${points.length === 0 ? "too few cases" : `${points[points.length - 1].value.toFixed(2)} (limit ${limit.toFixed(2)})`}${alarms.length === 0 ? "" : `  ALARM from case ${String(alarms[0].from.cases)}${alarms[0].from.date === null ? "" : `, ${alarms[0].from.date}`}`}`,
    );
  terminal.say(`proposal: ${report.proposal.action}; ${report.proposal.reason}`);
  terminal.say(`charts: ${page}`);
}
