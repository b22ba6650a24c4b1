import type { Cohort } from "../cohort/cohort.ts";
import type { Finding } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { comparePredictions } from "../validation/compare.ts";
import type { PredictionSet } from "../validation/evaluate.ts";
import type { Comparison, Evaluation } from "../validation/evaluation.ts";
import { thresholdGrid } from "../validation/threshold-grid.ts";
import { evaluateSet, type SetEvaluation } from "./evaluate-set.ts";
import { evaluateSubgroups, type SubgroupName, type SubgroupTest } from "./evaluate-subgroups.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";
import type { Protocol } from "./protocol.ts";

/** Bootstrap samples behind the band of a decision curve. */
export const NET_BENEFIT_SAMPLES = 1000;

/** How well the models do, and what a reader must know. */
export interface StudyEvaluation {
  readonly evaluations: readonly Evaluation[];
  readonly comparisons: readonly Comparison[];
  readonly subgroups: readonly SubgroupName[];
  readonly subgroupTests: readonly SubgroupTest[];
  readonly findings: readonly Finding[];
}

/**
 * Judges every model on every set of predictions, compares all pairs of models, and repeats the judgement in subgroups
 * of the sets that no model learned from.
 */
export function evaluateStudy(
  protocol: Protocol,
  cohort: Cohort,
  predictions: readonly JudgedPredictions[],
): StudyEvaluation {
  const fresh = predictions.filter(({ method }) => method !== "apparent");
  const whole = predictions.map((judged) => evaluateWhole(protocol, judged));
  const compared = fresh.flatMap(comparePairs);
  const subgroups = fresh.map((judged) => evaluateSubgroups(protocol, cohort, judged));
  return {
    evaluations: [...whole, ...subgroups].flatMap(({ evaluations }) => evaluations),
    comparisons: compared.map(({ comparison }) => comparison),
    subgroups: subgroups.flatMap(({ names }) => names),
    subgroupTests: subgroups.flatMap(({ tests }) => tests),
    findings: [...whole, ...compared, ...subgroups].flatMap(({ findings }) => findings),
  };
}

function evaluateWhole({ seed, thresholds }: Protocol, judged: JudgedPredictions): SetEvaluation {
  const { from, to, step } = thresholds.decisionCurve;
  const decisionThresholds = thresholdGrid(from, to, step);
  const isApparent = judged.method === "apparent";
  const random = createRandom(seed).fork(`net benefit/${judged.dataset}/${judged.method}`);
  const { evaluations, findings } = evaluateSet(judged, judged.dataset, {
    decisionThresholds,
    ...(isApparent ? {} : { bootstrap: { replicates: NET_BENEFIT_SAMPLES, random } }),
  });
  return {
    evaluations,
    findings: isApparent ? findings.filter(({ code }) => !OF_PRINTED.has(code)) : findings,
  };
}

/** Neither curves nor operating points of apparent predictions are printed. */
const OF_PRINTED = new Set(["calibration-curve-imprecise", "threshold-share-undefined"]);

function comparePairs(judged: JudgedPredictions): { comparison: Comparison; findings: readonly Finding[] }[] {
  const { dataset, method, outcome, models } = judged;
  const probabilities = (repeats: readonly PredictionSet[]) => repeats.map(({ probability }) => probability);
  return models.flatMap((first, index) =>
    models
      .slice(index + 1)
      .map((second) =>
        comparePredictions(
          { first: first.model, second: second.model, dataset, method },
          outcome,
          probabilities(first.repeats),
          probabilities(second.repeats),
        ),
      ),
  );
}
