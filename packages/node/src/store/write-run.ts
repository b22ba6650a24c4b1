import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  featureDescriptions,
  featuresTable,
  lockedProtocol,
  openingFindings,
  type OutputTable,
  type PartOpenings,
  predictionsTable,
  renderReport,
  reportOfRun,
  reproducibilityTable,
  type StudyRun,
  studyResults,
} from "@sentinode/core";
import { makeFolder, removeDurably } from "../files/durable-files.ts";
import { createDrawingDocument } from "../files/drawing-document.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { csvText } from "../tables/csv-text.ts";

/** Where a run was written and what a program wants to know first. */
export interface RunSummary {
  readonly run: string;
  readonly report: string;
  readonly results: string;
  readonly patients: number;
  readonly events: number;
  readonly warnings: number;
  readonly seconds: number;
}

/** How a run went on this machine. */
export interface RunCircumstances {
  readonly out: string;
  readonly jobs: number;
  readonly seconds: number;
  /** Of the folder's ledger, those of this run among them. */
  readonly openings: readonly PartOpenings[];
  /** Where the study lies on this machine, so that an audit finds it. */
  readonly data: { readonly protocolFile: string; readonly folder: string };
}

/**
 * Writes the files of a finished run. `results.json` is removed first and written last, so that its presence says that
 * all others belong to it.
 */
export async function writeRun(run: StudyRun, circumstances: RunCircumstances): Promise<RunSummary> {
  const { out, jobs, seconds, openings, data } = circumstances;
  const path = (name: string) => join(out, name);
  removeDurably(path("results.json"));
  removeDurably(path("audit.json"));
  makeFolder(path("models"));
  const modelFiles = run.models.map((model) => ({ name: `${model.name}.json`, text: json(model) }));
  const kept = new Set(modelFiles.map(({ name }) => name));
  for (const name of readdirSync(path("models")))
    if (!kept.has(name)) rmSync(join(path("models"), name), { recursive: true });
  const versions = versionsOf(run.software);
  for (const { name, text } of modelFiles) await writeFileAtomically(join(path("models"), name), text);
  await writeFileAtomically(path("study.lock.yaml"), lockedProtocol(run.protocol));
  await writeFileAtomically(path("features.csv"), csv(featuresTable(run)));
  await writeFileAtomically(path("features.json"), json(featureDescriptions(run.measured)));
  await writeFileAtomically(path("predictions.csv"), csv(predictionsTable(run)));
  await writeReproducibility(run, path);
  await writeFileAtomically(
    path("report.html"),
    renderReport(reportOfRun(run, versions, openings), createDrawingDocument()),
  );
  const warnings = [...run.findings, ...openingFindings(openings)].filter(
    ({ severity }) => severity !== "info",
  );
  const finished = new Date().toISOString();
  await writeFileAtomically(
    path("run.json"),
    json({
      schema: "sentinode/run@1",
      finished,
      seconds: Number(seconds.toFixed(2)),
      jobs,
      data,
      versions,
      openings,
      warnings,
    }),
  );
  await writeFileAtomically(path("results.json"), json(studyResults(run)));
  return {
    run: out,
    report: path("report.html"),
    results: path("results.json"),
    patients: run.flow.analysed,
    events: run.flow.events,
    warnings: warnings.length,
    seconds,
  };
}

/** Files of a run that asked for reproducible features; those of an earlier run that did are removed. */
async function writeReproducibility(
  { reproducibility }: StudyRun,
  path: (name: string) => string,
): Promise<void> {
  const [table, record] = [path("reproducibility.csv"), path("reproducibility.json")];
  for (const file of [table, record]) rmSync(file, { force: true });
  if (reproducibility === null) return;
  await writeFileAtomically(table, csv(reproducibilityTable(reproducibility)));
  await writeFileAtomically(record, json({ schema: "sentinode/reproducibility@1", ...reproducibility }));
}

/** What computed a run, for its report and its record. */
export function versionsOf(software: string): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: "software", value: software },
    { name: "Node", value: process.versions.node },
    { name: "V8", value: process.versions.v8 },
    { name: "platform", value: `${process.platform} ${process.arch}` },
  ];
}

/** A value as the files of a run write it. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, (_key, inner: unknown) => (ArrayBuffer.isView(inner) ? Array.from(inner as Float64Array) : inner), 1)}\n`;
}

function csv({ headers, rows }: OutputTable): string {
  return csvText(headers, rows);
}
