import type { Cohort } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import { type Finding, InputError } from "../errors.ts";
import { createRandom, type Random } from "../math/random.ts";
import type { ModelSpecification } from "../models/model.ts";
import { clippedLogits } from "../validation/calibration.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import { apparentIndices, optimismReplicates, summariseOptimism } from "../validation/optimism.ts";
import { bootstrapResample } from "../validation/resamples.ts";
import { fitForProbabilities } from "./audit/rerun-study.ts";
import type { FitData, FitTask } from "./fit-task.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";
import type { Machine } from "./machine.ts";
import { correctedEvaluation, type DevelopmentCounts } from "./optimism-evaluation.ts";
import type { Protocol } from "./protocol.ts";
import { innerFoldsOf } from "./study-tasks.ts";

/** What the optimism of a study's models is found from. */
export interface OptimismSources {
  readonly protocol: Protocol;
  readonly cohort: Cohort;
  readonly development: readonly PatientId[];
  readonly specifications: readonly ModelSpecification[];
  /** Apparent ones among others. */
  readonly predictions: readonly JudgedPredictions[];
}

/** Apparent performance less its optimism, one evaluation a model. */
export interface StudyOptimism {
  readonly evaluations: readonly Evaluation[];
  readonly findings: readonly Finding[];
}

/**
 * The performance of the models in the development set, corrected for optimism: every model is fitted anew, with everything
 * that it learns, on bootstrap samples of the development patients, and what it loses between its sample and all patients is
 * taken off the apparent performance.
 *
 * Copies of a patient share the inner folds of a sample. A learner's tuning knows no copies, so that models with one are
 * left out, with a finding.
 *
 * @param machine Fits the samples.
 * @returns Nothing where the protocol asks for no optimism.
 * @throws {InputError} The development set is too small for samples that can be divided into the inner folds.
 * @source Harrell, Lee & Mark 1996, Stat Med 15:361-387.
 */
export async function studyOptimism(
  sources: OptimismSources,
  data: FitData,
  machine: Machine,
): Promise<StudyOptimism> {
  const { protocol, specifications, predictions } = sources;
  const samples = protocol.validation.optimism;
  const apparent = predictions.find(({ method }) => method === "apparent");
  if (samples === undefined || apparent === undefined) return { evaluations: [], findings: [] };
  const corrected = specifications.filter((model) => !usesLearner(model));
  if (corrected.length === 0) return { evaluations: [], findings: leftOut(specifications) };
  const { patients, outcome } = apparent;
  const resamples = drawResamples(outcome, {
    samples,
    needed: Math.max(...corrected.map(innerFoldsOf)),
    random: createRandom(protocol.seed).fork("optimism"),
  });
  const tasks = corrected.flatMap((model) =>
    resamples.map((rows, sample) => resampleTask(model, patients, rows, sample)),
  );
  const risks = await fitForProbabilities(machine, data, tasks);
  const results = corrected.map(({ name }, index) => {
    const own = risks.slice(index * resamples.length, (index + 1) * resamples.length);
    let next = 0;
    const replicates = optimismReplicates(outcome, resamples, () => linearOf(own[next++]));
    const { probability } = apparent.models.find(({ model }) => model === name)!.repeats[0];
    const indices = apparentIndices(outcome, () => linearOf(probability));
    const counts: DevelopmentCounts = { patients: outcome.length, events: eventsIn(outcome) };
    return correctedEvaluation(name, summariseOptimism(indices, replicates), counts);
  });
  return {
    evaluations: results.map(({ evaluation }) => evaluation),
    findings: [...leftOut(specifications), ...results.flatMap(({ findings }) => findings)],
  };
}

function linearOf(risks: ArrayLike<number>) {
  return { linear: clippedLogits(Float64Array.from(risks)).values, failure: null };
}

function eventsIn(outcome: ArrayLike<number>): number {
  return Array.from(outcome).reduce((sum, event) => sum + event, 0);
}

function usesLearner({ learner, blocks }: ModelSpecification): boolean {
  return (
    learner !== undefined ||
    blocks.some(({ entersAs }) => entersAs.kind === "score" && entersAs.learner !== undefined)
  );
}

function leftOut(specifications: readonly ModelSpecification[]): readonly Finding[] {
  const names = specifications.filter(usesLearner).map(({ name }) => name);
  if (names.length === 0) return [];
  const message = `the bootstrap repeats the tuning of a learner on samples that hold patients several times, which its folds would tear apart; ${names.join(", ")} ${names.length === 1 ? "is" : "are"} not corrected for optimism; read the cross-validation`;
  return [{ code: "optimism-not-corrected", severity: "info", message }];
}

function resampleTask(
  model: ModelSpecification,
  patients: readonly PatientId[],
  rows: Int32Array,
  sample: number,
): FitTask {
  return {
    label: `optimism/${model.name}/${String(sample)}`,
    trainingSet: `optimism/${String(sample)}`,
    model,
    training: Array.from(rows, (row) => patients[row]),
    testing: patients,
    isResample: true,
    thresholdRules: [],
  };
}

interface ResampleNeeds {
  readonly samples: number;
  /** Different patients of each outcome that a sample must hold. */
  readonly needed: number;
  readonly random: Random;
}

/** Samples drawn with replacement; one that could not be divided into the inner folds is drawn anew. */
function drawResamples(
  outcome: Uint8Array,
  { samples, needed, random }: ResampleNeeds,
): readonly Int32Array[] {
  const drawn: Int32Array[] = [];
  for (let draw = 0; drawn.length < samples; draw++) {
    if (draw === 4 * samples)
      throw new InputError(
        `an optimism correction needs samples with ${String(needed)} different patients of each outcome; got them in ${String(drawn.length)} of ${String(draw)} draws; use fewer folds or leave validation: optimism out`,
      );
    const rows = bootstrapResample(outcome.length, draw, random);
    const different = [...new Set(rows)];
    const events = eventsIn(different.map((row) => outcome[row]));
    if (Math.min(events, different.length - events) >= needed) drawn.push(rows);
  }
  return drawn;
}
