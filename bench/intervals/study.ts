/** The studies of the scenarios: the flagship's variables and blocks without images, through the functions of a run. */
import { parse } from "yaml";
import type { Cohort } from "../../packages/core/src/cohort/cohort.ts";
import type { PredictorTable } from "../../packages/core/src/features/predictor-table.ts";
import { assemblePredictors } from "../../packages/core/src/study/assemble-predictors.ts";
import { evaluateStudy, type StudyEvaluation } from "../../packages/core/src/study/evaluate-study.ts";
import { runFitTask } from "../../packages/core/src/study/fit-task.ts";
import {
  type JudgedPredictions,
  judgedPredictions,
} from "../../packages/core/src/study/judged-predictions.ts";
import type { Machine } from "../../packages/core/src/study/machine.ts";
import { openHeldOut } from "../../packages/core/src/study/open-held-out.ts";
import { tableColumns } from "../../packages/core/src/study/predictor-names.ts";
import { type PreparedStudy, prepareStudy } from "../../packages/core/src/study/prepare-study.ts";
import type { Protocol } from "../../packages/core/src/study/protocol.ts";
import { readProtocol } from "../../packages/core/src/study/read-protocol.ts";
import { readStudyCohort } from "../../packages/core/src/study/read-study-cohort.ts";
import { simulatedProtocol } from "../../packages/core/src/study/simulated-protocol.ts";
import { fitsOfModels, type StudyFits } from "../../packages/core/src/study/study-tasks.ts";
import { memoryVault } from "../../packages/core/src/study/vault.ts";
import { NOISE, READING, type SimulatedRows } from "./simulated-rows.ts";

/** What a scenario chooses. */
export interface StudyPlan {
  /** Blocks by model: C and A of the flagship, N1 and N2 of noise, R the reading of the image trait. */
  readonly models: Readonly<Record<string, readonly string[]>>;
  readonly regression: object;
  readonly validation: { readonly folds: number; readonly repeats: number };
  readonly imputation?: object;
  readonly hasTest: boolean;
  readonly seed: number;
}

/** Thresholds of the decision curves whose intervals are judged. */
export const DECISION_THRESHOLDS = [0.05, 0.1, 0.2, 0.3] as const;

/** The grid of a run that holds them. */
const DECISION_CURVE = { from: 0.05, to: 0.3, step: 0.05 };

/** A study whose models have been fitted and judged as a run does it. */
export interface JudgedStudy extends StudyEvaluation {
  readonly prepared: PreparedStudy;
  readonly cohort: Cohort;
  readonly fits: StudyFits;
  readonly predictions: readonly JudgedPredictions[];
}

/** The protocol of a scenario. */
export function protocolOf(plan: StudyPlan): Protocol {
  const flagship = parse(simulatedProtocol({ patients: 1, seed: plan.seed })) as {
    readonly variables: Record<string, object>;
    readonly blocks: Record<"C" | "A", unknown>;
    readonly [key: string]: unknown;
  };
  const numbers = [...NOISE, READING].map((name) => [name, { type: "numeric", label: name }] as const);
  const part = { type: "categorical", levels: ["development", "test"], known: "never", role: "split" };
  const { cohort, outcome, decision, variables, blocks } = flagship;
  const described = Object.entries(variables).filter(([name]) => name !== "pixel_mm");
  return readProtocol(
    JSON.stringify({
      schema: "sentinode/study@1",
      name: "Coverage",
      simulated: true,
      seed: plan.seed,
      cohort,
      outcome,
      decision,
      variables: { ...Object.fromEntries([...described, ...numbers]), part },
      blocks: { C: blocks.C, A: blocks.A, N1: NOISE.slice(0, 5), N2: NOISE.slice(5), R: [READING] },
      models: plan.models,
      regression: plan.regression,
      ...(plan.imputation === undefined ? {} : { imputation: plan.imputation }),
      split: plan.hasTest
        ? { method: "column", column: "part", development: "development", test: "test" }
        : { method: "none" },
      validation: plan.validation,
      thresholds: { rules: ["p>=0.10", "fnr<=0.05"], decisionCurve: DECISION_CURVE },
    }),
    "coverage.yaml",
  );
}

/** The steps of a run that lead to its figures, in this thread; tables and reports are left out. */
export async function judgeStudy(plan: StudyPlan, { table }: SimulatedRows): Promise<JudgedStudy> {
  const protocol = protocolOf(plan);
  const machine = idleMachine();
  const prepared = await prepareStudy({ protocol, table, software: "coverage" }, machine);
  const { predictors, split, tasks } = prepared;
  const data = { predictors, outcome: prepared.cohort.outcome, seed: protocol.seed };
  const all = [...tasks.final, ...tasks.crossValidation.flat()];
  const fits = fitsOfModels(
    tasks,
    all.map((task) => runFitTask(data, task)),
  );
  const { cohort } = await openHeldOut(prepared, [], machine);
  const predictions = judgedPredictions({ cohort, split, predictors, tasks, fits });
  return { ...evaluateStudy(protocol, cohort, predictions), prepared, cohort, fits, predictions };
}

/** The predictors of patients as a study reads them from their table. */
export async function readPredictors(plan: StudyPlan, { table }: SimulatedRows): Promise<PredictorTable> {
  const protocol = protocolOf({ ...plan, hasTest: false });
  const { cohort } = await readStudyCohort(protocol, table, idleMachine());
  return assemblePredictors(cohort, tableColumns(protocol), null, "mean");
}

/** A machine without images: fits run where they are asked for. */
function idleMachine(): Machine {
  return {
    extract: () => Promise.resolve([]),
    fit: () => Promise.resolve([]),
    vault: memoryVault(),
    today: "2026-01-01",
  };
}
