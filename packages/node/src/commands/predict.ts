import { dirname, resolve } from "node:path";
import { InputError, predictPatients } from "@sentinode/core";
import { outputFolder } from "../files/output-folder.ts";
import { readModelFile } from "../files/read-model.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { emptyJournal } from "../store/journal.ts";
import { csvText } from "../tables/csv-text.ts";
import { readTable } from "../tables/read-table.ts";
import { createNodeMachine } from "../workers/node-machine.ts";
import { createWorkerPool } from "../workers/pool.ts";
import { type Command, integerOption, textOption, workOptions } from "./command.ts";

/** `sentinode predict`: probabilities for new patients. */
export const predict: Command = {
  name: "predict",
  usage: "--model MODEL.json --input TABLE [--images DIR] [--out F.csv]",
  summary:
    "Predicts new patients with a model of a run. Without --out the table goes to stdout. Research use only.",
  arguments: [0, 0],
  options: {
    model: { value: "MODEL.json", help: "models/NAME.json of a run" },
    input: { value: "TABLE", help: "CSV or XLSX with the columns that the model needs" },
    images: { value: "DIR", help: "folder that image paths are relative to (default: the table's own)" },
    out: { value: "F.csv", help: "file to write" },
    jobs: workOptions.jobs,
  },
  run: async (call) => {
    const [modelFile, input] = [textOption(call, "model"), textOption(call, "input")];
    if (modelFile === undefined || input === undefined)
      throw new InputError(
        "sentinode predict needs --model MODEL.json and --input TABLE; see sentinode predict --help",
      );
    const model = await readModelFile(modelFile);
    const out = textOption(call, "out");
    if (out !== undefined) await outputFolder(dirname(resolve(out)));
    const table = await readTable(input);
    const pool = createWorkerPool(integerOption(call, "jobs", 1) ?? 1, call.interrupted);
    const machine = createNodeMachine({
      dataFolder: resolve(textOption(call, "images") ?? dirname(input)),
      pool,
      journal: emptyJournal(),
      software: softwareName,
      progress: (step, done, total) => call.terminal.progress(step, done, total),
    });
    try {
      const { predictions, findings } = await predictPatients(model, table, machine);
      for (const finding of findings) if (finding.severity !== "info") call.terminal.warn(finding);
      const headers = ["patient_id", "probability", ...model.thresholds.map(({ name }) => `reaches ${name}`)];
      const text = csvText(
        headers,
        predictions.map(({ patient, probability, reaches }) => [
          patient,
          probability,
          ...reaches.map(Number),
        ]),
      );
      if (out !== undefined) await writeFileAtomically(resolve(out), text);
      else if (!call.terminal.json) process.stdout.write(text);
      return {
        model: model.name,
        modelHash: model.hash,
        outcome: model.outcome.label,
        simulated: model.study.simulated,
        thresholds: model.thresholds,
        predictions,
        findings,
      };
    } finally {
      await pool.close();
    }
  },
};
