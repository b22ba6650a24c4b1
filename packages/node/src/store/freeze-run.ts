import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { dayOfStudy, freezeModel, type FrozenModel, InputError, readProtocol } from "@sentinode/core";
import { readText } from "../files/load-study.ts";
import { readModelFile } from "../files/read-model.ts";
import { sha256OfFile } from "../files/sha256-of-file.ts";
import type { LedgerEntry } from "./ledger.ts";
import { openRunLedger, type RunLedger } from "./run-ledger.ts";

/**
 * A model of a finished run, frozen; the run's ledger says so. A model that was frozen before keeps its day.
 *
 * @param run Folder of the run.
 * @param name Of the model.
 * @throws {InputError} The run is not finished, has no such model, or its ledger was changed.
 */
export async function freezeRunModel(run: string, name: string): Promise<FrozenModel> {
  const folder = resolve(run);
  const results = join(folder, "results.json");
  if (!existsSync(results))
    throw new InputError(
      `${basename(folder)}: a freeze needs a finished run; this folder has no results.json; finish the run first`,
    );
  if (!/^[A-Za-z][A-Za-z0-9+_.-]*$/.test(name) || !existsSync(join(folder, "models", `${name}.json`)))
    throw new InputError(`${basename(folder)}: the run has no model ${name}; see its folder models`);
  const model = await readModelFile(join(folder, "models", `${name}.json`));
  const protocol = readProtocol(await readText(join(folder, "study.lock.yaml")), "study.lock.yaml");
  const on = dayOfStudy(protocol, new Date().toISOString().slice(0, 10));
  const ledger = openRunLedger(join(folder, "ledger.jsonl"));
  const entry =
    knownFreeze(ledger, model.hash) ??
    ledger.append("model frozen", {
      on,
      name,
      model: model.hash,
      results: `sha256:${await sha256OfFile(results)}`,
    });
  return freezeModel(model, {
    on: String(entry.details["on"]),
    model: model.hash,
    results: String(entry.details["results"]),
    ledger: { line: entry.index + 1, hash: entry.hash },
  });
}

function knownFreeze(ledger: RunLedger, hash: string): LedgerEntry | undefined {
  return ledger.entries().find(({ event, details }) => event === "model frozen" && details["model"] === hash);
}
