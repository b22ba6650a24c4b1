import type { Cohort } from "../cohort/cohort.ts";
import type { Finding } from "../errors.ts";
import { createRandom, type Random } from "../math/random.ts";
import { comparePredictions } from "../validation/compare.ts";
import type { PredictionSet } from "../validation/evaluate.ts";
import type { Comparison, Evaluation } from "../validation/evaluation.ts";
import { thresholdGrid } from "../validation/threshold-grid.ts";
import { protocolComparators } from "./comparator.ts";
import { evaluateComparators } from "./evaluate-comparators.ts";
import { evaluateModels, joinEvaluations, type SetEvaluation } from "./evaluate-set.ts";
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
 * Judges every model and every comparator on every set of predictions, compares all pairs of models and every model with
 * every comparator, and repeats the judgement of the models in subgroups of the sets that no model learned from.
 */
export function evaluateStudy(
  protocol: Protocol,
  cohort: Cohort,
  predictions: readonly JudgedPredictions[],
): StudyEvaluation {
  const fresh = predictions.filter(({ method }) => method !== "apparent");
  const refitted = refittedNames(protocol);
  const whole = predictions.map((judged) => evaluateWhole(protocol, judged, refitted));
  const compared = fresh.flatMap((judged) => comparePairs(judged, refitted));
  const subgroups = fresh.map((judged) =>
    evaluateSubgroups(protocol, cohort, {
      ...judged,
      models: judged.models.filter(({ model }) => !refitted.has(model)),
    }),
  );
  return {
    evaluations: [...whole, ...subgroups].flatMap(({ evaluations }) => evaluations),
    comparisons: [
      ...compared.map(({ comparison }) => comparison),
      ...whole.flatMap(({ comparisons }) => comparisons),
    ],
    subgroups: subgroups.flatMap(({ names }) => names),
    subgroupTests: subgroups.flatMap(({ tests }) => tests),
    findings: [...whole, ...compared, ...subgroups].flatMap(({ findings }) => findings),
  };
}

/** Comparators that are fitted like models: they are compared with the models, not with each other. */
function refittedNames(protocol: Protocol): ReadonlySet<string> {
  const refitted = protocolComparators(protocol).filter(({ kind }) => kind === "refitted");
  return new Set(refitted.map(({ name }) => name));
}

/** Models and comparators on a whole set; comparisons are those with comparators that are not refitted. */
function evaluateWhole(
  { seed, thresholds }: Protocol,
  judged: JudgedPredictions,
  refitted: ReadonlySet<string>,
): SetEvaluation & { readonly comparisons: readonly Comparison[] } {
  const { from, to, step } = thresholds.decisionCurve;
  const decisionThresholds = thresholdGrid(from, to, step);
  const isApparent = judged.method === "apparent";
  const random = createRandom(seed).fork(`net benefit/${judged.dataset}/${judged.method}`);
  const options = (generator: Random) => ({
    decisionThresholds,
    ...(isApparent ? {} : { bootstrap: { replicates: NET_BENEFIT_SAMPLES, random: generator } }),
  });
  const ofModels = evaluateModels(judged, judged.dataset, options(random));
  const compared = judged.models.map(({ model }) => model).filter((name) => !refitted.has(name));
  const ofComparators = evaluateComparators(judged, compared, (name) =>
    options(random.fork(`comparator/${name}`)),
  );
  const joined = joinEvaluations([...ofModels, ...ofComparators.evaluations]);
  const findings = [...joined.findings, ...ofComparators.findings];
  return {
    evaluations: joined.evaluations,
    comparisons: ofComparators.comparisons,
    findings: isApparent ? findings.filter(({ code }) => !OF_PRINTED.has(code)) : findings,
  };
}

/** Neither curves nor operating points of apparent predictions are printed. */
const OF_PRINTED = new Set(["calibration-curve-imprecise", "threshold-share-undefined"]);

function comparePairs(
  { dataset, method, outcome, models }: JudgedPredictions,
  refitted: ReadonlySet<string>,
): { comparison: Comparison; findings: readonly Finding[] }[] {
  const probabilities = (repeats: readonly PredictionSet[]) => repeats.map(({ probability }) => probability);
  return models.flatMap((first, index) =>
    refitted.has(first.model)
      ? []
      : models
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
