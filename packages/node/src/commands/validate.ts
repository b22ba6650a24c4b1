import { join, resolve } from "node:path";
import { InputError } from "@sentinode/core";
import { loadStudy } from "../files/load-study.ts";
import { readModelFile } from "../files/read-model.ts";
import { validateIntoFolder } from "../store/validation-folder.ts";
import { type Command, integerOption, textOption, workOptions } from "./command.ts";

/** `sentinode validate`: a frozen model on new patients. */
export const validate: Command = {
  name: "validate",
  usage: "--model MODEL.json STUDY.yaml [--out DIR] [--data DIR] [--jobs N]",
  summary:
    "Judges a frozen model on the prospective patients of a study's split, or on all patients of an external study. Nothing is fitted.",
  arguments: [1, 1],
  options: {
    model: { value: "MODEL.json", help: "file that sentinode freeze wrote" },
    out: { value: "DIR", help: "folder of the validation (default: STUDY-validation beside the protocol)" },
    data: {
      value: "DIR",
      help: "folder that the protocol's paths are relative to (default: the protocol's own)",
    },
    jobs: workOptions.jobs,
  },
  run: async (call) => {
    const [file] = call.positionals;
    const modelFile = textOption(call, "model");
    if (modelFile === undefined)
      throw new InputError("sentinode validate needs --model MODEL.json; see sentinode validate --help");
    const model = await readModelFile(modelFile);
    const study = await loadStudy(file, textOption(call, "data"));
    const out = resolve(textOption(call, "out") ?? `${file.replace(/\.ya?ml$/i, "")}-validation`);
    const { terminal, interrupted } = call;
    const jobs = integerOption(call, "jobs", 1);
    const validation = await validateIntoFolder(model, study, { out, jobs, terminal, interrupted });
    for (const finding of validation.findings) if (finding.severity !== "info") terminal.warn(finding);
    const [evaluation] = validation.evaluations;
    terminal.say(
      `model ${model.name} on ${String(evaluation.patients)} patients (${evaluation.dataset}), ${String(evaluation.events)} with ${study.protocol.outcome.label}: AUC ${evaluation.auc.value?.toFixed(3) ?? "not estimable"}`,
    );
    const report = join(out, "report.html");
    terminal.say(`report: ${report}`);
    return {
      model: model.name,
      hash: model.hash,
      dataset: evaluation.dataset,
      patients: evaluation.patients,
      events: evaluation.events,
      auc: evaluation.auc,
      run: out,
      report,
    };
  },
};
