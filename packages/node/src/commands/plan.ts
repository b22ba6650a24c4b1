import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import {
  developmentSample,
  type ExpectedPerformance,
  InputError,
  type PlannedModel,
  plannedParameters,
  type PlanInput,
  type PlanSample,
  planSentences,
  planStudy,
  type Protocol,
  readProtocol,
  renderPlanPage,
  type StudyPlan,
} from "@sentinode/core";
import { createDrawingDocument } from "../files/drawing-document.ts";
import { loadStudy, readText } from "../files/load-study.ts";
import { resolveInside } from "../files/paths.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { type Command, type CommandCall, integerOption, textOption } from "./command.ts";

/** `sentinode plan`: how many patients a study needs. */
export const plan: Command = {
  name: "plan",
  usage: "[STUDY.yaml] [--prevalence P] [--auc C | --r2 R2] [--parameters N] [--out DIR]",
  summary:
    "Sample size by Riley's criteria, for developing the planned models and for validating them elsewhere, and what the table at hand carries.",
  arguments: [0, 1],
  options: {
    prevalence: {
      value: "P",
      help: "expected share with the event (default: of the development set at hand)",
    },
    auc: { value: "C", help: "expected C statistic" },
    r2: { value: "R2", help: "expected R² of Nagelkerke, where no C statistic is known (default: 0.15)" },
    parameters: { value: "N", help: "coefficients of a model, where no protocol tells" },
    shrinkage: { value: "S", help: "shrinkage to keep (default: 0.9)" },
    margin: { value: "M", help: "half width of the interval of the mean risk (default: 0.05)" },
    threshold: { value: "T", help: "threshold of the net benefit (default: 0.1)" },
    data: {
      value: "DIR",
      help: "folder that the protocol's paths are relative to (default: the protocol's own)",
    },
    out: { value: "DIR", help: "folder for plan.html and plan.json (default: none)" },
  },
  run: async (call) => {
    const [file] = call.positionals as readonly (string | undefined)[];
    const study = file === undefined ? null : await plannedStudy(file, textOption(call, "data"));
    const planned = planStudy(planInput(call, study));
    for (const sentence of planSentences(planned)) call.terminal.say(sentence);
    const out = textOption(call, "out");
    if (out !== undefined) call.terminal.say(`plan: ${await writePlan(planned, study, out)}`);
    return planned;
  },
};

/** A protocol and, where its table is there already, the development set that this gives. */
interface PlannedStudy {
  readonly protocol: Protocol;
  readonly sample: PlanSample | null;
}

async function plannedStudy(file: string, data: string | undefined): Promise<PlannedStudy> {
  const protocol = readProtocol(await readText(file), basename(file));
  // Before a study there may be no table.
  if (!existsSync(resolveInside(resolve(data ?? dirname(file)), protocol.cohort.table)))
    return { protocol, sample: null };
  const { table } = await loadStudy(file, data);
  return { protocol, sample: developmentSample(protocol, table) };
}

function planInput(call: CommandCall, study: PlannedStudy | null): PlanInput {
  const sample = study?.sample ?? null;
  const prevalence =
    shareOption(call, "prevalence") ?? (sample === null ? undefined : sample.events / sample.patients);
  if (prevalence === undefined)
    throw new InputError(
      "sentinode plan needs --prevalence P where no table tells it; see sentinode plan --help",
    );
  const performance = performanceOf(call);
  const given = ["shrinkage", "margin", "threshold"].flatMap((name) => {
    const value = shareOption(call, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    models: modelsOf(call, study?.protocol ?? null),
    prevalence,
    ...Object.fromEntries(given),
    ...(performance === undefined ? {} : { performance }),
    ...(sample === null ? {} : { sample }),
  };
}

/** @returns Path of the page. */
async function writePlan(planned: StudyPlan, study: PlannedStudy | null, out: string): Promise<string> {
  const folder = await outputFolder(out);
  const occasion = {
    title: study?.protocol.name ?? "A planned study",
    simulated: study?.protocol.simulated ?? false,
    software: softwareName,
  };
  const page = join(folder, "plan.html");
  await writeFileAtomically(page, renderPlanPage(planned, occasion, createDrawingDocument()));
  await writeFileAtomically(join(folder, "plan.json"), `${JSON.stringify(planned, null, 1)}\n`);
  return page;
}

function modelsOf(call: CommandCall, protocol: Protocol | null): readonly PlannedModel[] {
  const parameters = integerOption(call, "parameters", 1);
  if (parameters !== undefined)
    return [{ model: "planned model", blocks: [], parameters, candidates: parameters }];
  return protocol === null ? [] : plannedParameters(protocol);
}

function performanceOf(call: CommandCall): ExpectedPerformance | undefined {
  const [auc, r2] = [shareOption(call, "auc"), shareOption(call, "r2")];
  if (auc !== undefined && r2 !== undefined)
    throw new InputError("sentinode plan needs one expected performance; got --auc and --r2; give one");
  if (auc !== undefined) return { measure: "c-statistic", value: auc };
  return r2 === undefined ? undefined : { measure: "nagelkerke", value: r2 };
}

function shareOption(call: CommandCall, name: string): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const value = /^0?\.\d+$/.test(text) ? Number(text) : NaN;
  if (!(value > 0)) throw new InputError(`--${name} needs a number between 0 and 1; got something else`);
  return value;
}
