import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  InputError,
  lockedProtocol,
  type ModelValidation,
  openingFindings,
  type PartOpenings,
  partOpenings,
  predictionsTable,
  renderReport,
  reportOfValidation,
  type StudyModel,
  studyResults,
  validateModel,
} from "@sentinode/core";
import { makeFolder, removeDurably } from "../files/durable-files.ts";
import { createDrawingDocument } from "../files/drawing-document.ts";
import type { LoadedStudy } from "../files/load-study.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { csvText } from "../tables/csv-text.ts";
import { createOutcomeVault } from "./outcome-vault.ts";
import { refuseForeignFolder, type RunSettings } from "./run-folder.ts";
import { recordedOpenings } from "./run-ledger.ts";
import { enterWorkFolder, withMachine } from "./work-folder.ts";
import { json, versionsOf } from "./write-run.ts";

/**
 * Validates a frozen model into a folder of the form of a run: results, predictions, report, model, ledger.
 *
 * Measured images are kept in `.work`, so that an interrupted validation goes on where it stopped.
 *
 * @throws {InputError} The model may not be judged on these patients, or the data cannot be used.
 */
export async function validateIntoFolder(
  model: StudyModel,
  study: LoadedStudy,
  settings: RunSettings,
): Promise<ModelValidation> {
  refuseForeignFolder(settings.out);
  const out = await outputFolder(settings.out);
  const work = await enterWorkFolder(out, settings.terminal);
  const { ledger } = work;
  let isRefused = false;
  try {
    const validation = await withMachine(
      work,
      { ...settings, dataFolder: study.dataFolder, vault: createOutcomeVault(work.path, ledger) },
      (machine) =>
        validateModel(
          model,
          { protocol: study.protocol, table: study.table, software: softwareName },
          machine,
        ),
    );
    await writeValidation(validation, out, partOpenings(recordedOpenings(ledger.entries())));
    ledger.append("run completed", {
      protocol: validation.protocolHash,
      software: softwareName,
      table: study.tableHash,
      models: [{ name: model.name, hash: validation.model.hash }],
    });
    return validation;
  } catch (error) {
    isRefused = error instanceof InputError;
    throw error;
  } finally {
    work.release();
    if (isRefused && work.isNew) rmSync(work.path, { recursive: true, force: true });
  }
}

/** `results.json` is removed first and written last, so that its presence says that all others belong to it. */
async function writeValidation(
  validation: ModelValidation,
  out: string,
  openings: readonly PartOpenings[],
): Promise<void> {
  const path = (name: string) => join(out, name);
  const versions = versionsOf(validation.software);
  const predictions = predictionsTable(validation);
  removeDurably(path("results.json"));
  makeFolder(path("models"));
  await writeFileAtomically(path(`models/${validation.model.name}.json`), json(validation.model));
  await writeFileAtomically(path("study.lock.yaml"), lockedProtocol(validation.protocol));
  await writeFileAtomically(path("predictions.csv"), csvText(predictions.headers, predictions.rows));
  await writeFileAtomically(
    path("report.html"),
    renderReport(reportOfValidation(validation, versions, openings), createDrawingDocument()),
  );
  const warnings = [...validation.findings, ...openingFindings(openings)].filter(
    ({ severity }) => severity !== "info",
  );
  await writeFileAtomically(
    path("run.json"),
    json({ schema: "sentinode/run@1", finished: new Date().toISOString(), versions, openings, warnings }),
  );
  await writeFileAtomically(path("results.json"), json(studyResults(validation)));
}
