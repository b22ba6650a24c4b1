import { confusionCounts, thresholdMeasures } from "../../packages/core/src/validation/confusion.ts";
import type { Estimate } from "../../packages/core/src/validation/estimate.ts";
import { mcnemarTest } from "../../packages/core/src/validation/mcnemar.ts";
import { proportionLimits } from "../../packages/core/src/validation/proportion-intervals.ts";
import { wilsonProportion } from "../../packages/core/src/validation/proportion.ts";
import {
  chooseThreshold,
  closestCornerThresholds,
  thresholdAtSpecificity,
  youdenThresholds,
} from "../../packages/core/src/validation/thresholds.ts";
import { summariseTable } from "../../packages/core/src/validation/two-by-two.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { limits, outcomeOf } from "./predictions-of.ts";

type ScoreCase = OracleCase<{ readonly y: string; readonly score: string }>;

type TableCase = OracleCase<{
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}>;

type McNemarCase = OracleCase<{
  readonly y?: string;
  readonly score1: string;
  readonly score2: string;
  readonly threshold: number;
}>;

testOracles("09", {
  "threshold.choice": chosenThresholds,

  "diagnostic.2x2": ({ spec }: TableCase) => {
    const counts = {
      truePositives: spec.tp,
      falsePositives: spec.fp,
      falseNegatives: spec.fn,
      trueNegatives: spec.tn,
    };
    const measures = thresholdMeasures(counts);
    const summary = summariseTable(counts);
    const n = spec.tp + spec.fp + spec.fn + spec.tn;
    const share = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
      proportionOf(numerator, denominator);
    return {
      sensitivity: share(measures.sensitivity),
      specificity: share(measures.specificity),
      ppv: share(measures.ppv),
      npv: share(measures.npv),
      accuracy: proportionOf(spec.tp + spec.tn, n),
      prevalence: proportionOf(spec.tp + spec.fn, n),
      lr_pos: ratio(summary.positiveLikelihoodRatio),
      lr_neg: ratio(summary.negativeLikelihoodRatio),
      dor: ratio(summary.diagnosticOddsRatio),
      f1: summary.f1,
      mcc: summary.matthews,
      balanced_accuracy: summary.balancedAccuracy,
      youden_j: summary.youden,
      cohen_kappa: summary.kappa,
    };
  },

  "diagnostic.mcnemar": (oracle: McNemarCase) => {
    const table = readOracleTable(oracle);
    const outcome = outcomeOf(table, oracle.spec.y ?? "y");
    const scores = [numbers(table, oracle.spec.score1), numbers(table, oracle.spec.score2)] as const;
    const among = (label: 0 | 1) => {
      const test = mcnemarTest(label, outcome, scores, oracle.spec.threshold);
      return {
        only_model1: test.onlyFirst,
        only_model2: test.onlySecond,
        chi2_cc: test.correctedChiSquared,
        p_cc: test.correctedPValue,
        chi2: test.chiSquared,
        p: test.pValue,
        p_exact: test.exactPValue,
      };
    };
    return { sensitivity: among(1), specificity: among(0) };
  },
});

function chosenThresholds(oracle: ScoreCase): unknown {
  const table = readOracleTable(oracle);
  const [outcome, score] = [outcomeOf(table, oracle.spec.y), numbers(table, oracle.spec.score)];
  const at = (threshold: number, expected: unknown) => ({
    ...printed(outcome, score, threshold),
    threshold: sameCut(score, threshold, (expected as { threshold?: number | string } | null)?.threshold),
  });
  const list = (thresholds: readonly number[], expected: readonly unknown[]) =>
    thresholds.map((threshold, k) => at(threshold, expected[k]));
  const answer = Object.entries(oracle.expected as Record<string, unknown>).map(([key, expected]) => {
    const [, axis, target] = /^(sens|spec)_ge_(.+)$/.exec(key) ?? [];
    if (axis === "spec") return [key, at(thresholdAtSpecificity(outcome, score, Number(target)), expected)];
    // 1 - 0.95 is not the double 0.05
    const maximum = Math.round((1 - Number(target)) * 1e9) / 1e9;
    if (axis === "sens")
      return [key, at(chooseThreshold({ kind: "fnr", maximum }, outcome, score), expected)];
    const thresholds =
      key === "youden" ? youdenThresholds(outcome, score) : closestCornerThresholds(outcome, score);
    const orNobody = withCallingNobody(thresholds, (threshold) => meritAt(key, outcome, score, threshold));
    return [key, list(orNobody, expected as unknown[])];
  });
  return Object.fromEntries(answer) as unknown;
}

/** Ours are distinct scores; other software also lists a cut above all of them where it is as good. */
function withCallingNobody(
  thresholds: readonly number[],
  merit: (threshold: number) => number,
): readonly number[] {
  const isAsGood = Math.abs(merit(Infinity) - merit(thresholds[0])) < 1e-12;
  return isAsGood ? [...thresholds, Infinity] : thresholds;
}

function meritAt(rule: string, outcome: Uint8Array, score: Float64Array, threshold: number): number {
  const { sensitivity, specificity } = printed(outcome, score, threshold);
  // both classes are there, so both shares exist
  const [missed, alarms] = [1 - sensitivity!, 1 - specificity!];
  return rule === "youden" ? -missed - alarms : -(missed ** 2 + alarms ** 2);
}

function printed(outcome: Uint8Array, score: Float64Array, threshold: number) {
  const counts = confusionCounts(outcome, score, threshold);
  const { sensitivity, specificity } = thresholdMeasures(counts);
  return {
    sensitivity: sensitivity.value,
    specificity: specificity.value,
    tp: counts.truePositives,
    fp: counts.falsePositives,
    tn: counts.trueNegatives,
    fn: counts.falseNegatives,
  };
}

/** Other software cuts in the middle of a gap between scores, ours at its upper end: the same cut if no score lies between. */
function sameCut(score: Float64Array, threshold: number, expected: number | string | undefined): unknown {
  const other = Number(expected);
  const between = score.some((value) => value >= other !== value >= threshold);
  return between ? threshold : expected;
}

function proportionOf(x: number, n: number): unknown {
  const wilson = wilsonProportion(x, n);
  if (n === 0) return { estimate: wilson.value, x, n };
  return {
    estimate: wilson.value,
    x,
    n,
    clopper_pearson: proportionLimits(x, n, "clopper-pearson"),
    // from Hmisc::binconf
    wilson: proportionLimits(x, n, "wilson-modified"),
    // prop.test corrects by the distance from one half where that is less than a patient's half: at one half by nothing.
    wilson_cc: 2 * x === n ? [wilson.lower, wilson.upper] : proportionLimits(x, n, "wilson-corrected"),
    agresti_coull: proportionLimits(x, n, "agresti-coull"),
    wald: proportionLimits(x, n, "wald"),
    jeffreys: proportionLimits(x, n, "jeffreys"),
  };
}

function ratio(estimate: Estimate | null): unknown {
  if (estimate === null) return null;
  const [lo, hi] = limits(estimate);
  return { estimate: estimate.value, lo, hi };
}
