import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  featureDescriptions,
  type FileRecord,
  featuresTable,
  lockedProtocol,
  openingFindings,
  type OutputTable,
  type PartOpenings,
  predictionsTable,
  renderReport,
  reportOfRun,
  reproducibilityTable,
  type RunFiles,
  runProvenance,
  type StudyRun,
  studyResults,
} from "@sentinode/core";
import { makeFolder, removeDurably } from "../files/durable-files.ts";
import { createDrawingDocument } from "../files/drawing-document.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { csvText } from "../tables/csv-text.ts";
import { textRecord } from "./run-files.ts";

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
  /** What the run started from. */
  readonly files: RunFiles;
}

/** A run that was written. */
export interface WrittenRun {
  readonly summary: RunSummary;
  /** Hash of the run's inputs. */
  readonly identity: string;
  /** Files with times or places in them, by their hashes; provenance.json has those of all others. */
  readonly documents: Readonly<Record<string, string>>;
}

/**
 * Writes the files of a finished run. `results.json` is removed first and written last, so that its presence says that
 * all others belong to it.
 */
export async function writeRun(run: StudyRun, circumstances: RunCircumstances): Promise<WrittenRun> {
  const { out, jobs, seconds, openings, data, files } = circumstances;
  const path = (name: string) => join(out, name);
  const outputs: FileRecord[] = [];
  const documents: Record<string, string> = {};
  const writeOutput = async (name: string, text: string) => {
    outputs.push(textRecord(name, text));
    await writeFileAtomically(path(name), text);
  };
  const writeDocument = async (name: string, text: string) => {
    documents[name] = textRecord(name, text).sha256;
    await writeFileAtomically(path(name), text);
  };
  removeDurably(path("results.json"));
  removeDurably(path("audit.json"));
  makeFolder(path("models"));
  const modelFiles = run.models.map((model) => ({ name: `${model.name}.json`, text: json(model) }));
  const kept = new Set(modelFiles.map(({ name }) => name));
  for (const name of readdirSync(path("models")))
    if (!kept.has(name)) rmSync(join(path("models"), name), { recursive: true });
  const versions = versionsOf(run.software);
  for (const { name, text } of modelFiles) await writeOutput(`models/${name}`, text);
  await writeOutput("study.lock.yaml", lockedProtocol(run.protocol));
  await writeOutput("features.csv", csv(featuresTable(run)));
  await writeOutput("features.json", json(featureDescriptions(run.measured)));
  await writeOutput("predictions.csv", csv(predictionsTable(run)));
  await writeReproducibility(run, path, writeOutput);
  await writeDocument(
    "report.html",
    renderReport(reportOfRun(run, versions, openings), createDrawingDocument()),
  );
  const warnings = [...run.findings, ...openingFindings(openings)].filter(
    ({ severity }) => severity !== "info",
  );
  const finished = new Date().toISOString();
  await writeDocument(
    "run.json",
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
  const results = json(studyResults(run));
  const provenance = runProvenance(run, files, [...outputs, textRecord("results.json", results)]);
  await writeDocument("provenance.json", json(provenance));
  await writeFileAtomically(path("results.json"), results);
  const summary: RunSummary = {
    run: out,
    report: path("report.html"),
    results: path("results.json"),
    patients: run.flow.analysed,
    events: run.flow.events,
    warnings: warnings.length,
    seconds,
  };
  return { summary, identity: provenance.run, documents };
}

/** Files of a run that asked for reproducible features; those of an earlier run that did are removed. */
async function writeReproducibility(
  { reproducibility }: StudyRun,
  path: (name: string) => string,
  writeOutput: (name: string, text: string) => Promise<void>,
): Promise<void> {
  const [table, record] = ["reproducibility.csv", "reproducibility.json"];
  for (const file of [table, record]) rmSync(path(file), { force: true });
  if (reproducibility === null) return;
  await writeOutput(table, csv(reproducibilityTable(reproducibility)));
  await writeOutput(record, json({ schema: "sentinode/reproducibility@1", ...reproducibility }));
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
