import { exp, log } from "../math/elementary.ts";
import type { ConfusionCounts } from "./confusion.ts";
import { type Estimate, twoSidedNormal } from "./estimate.ts";

/** Single numbers that summarise a 2 x 2 table of outcome and call; null where a denominator is 0. */
export interface TableSummary {
  readonly accuracy: number | null;
  readonly balancedAccuracy: number | null;
  /** Youden's J: sensitivity + specificity - 1. */
  readonly youden: number | null;
  readonly f1: number | null;
  /** Matthews correlation. */
  readonly matthews: number | null;
  /** Cohen's kappa of call and outcome. */
  readonly kappa: number | null;
  readonly positiveLikelihoodRatio: Estimate | null;
  readonly negativeLikelihoodRatio: Estimate | null;
  readonly diagnosticOddsRatio: Estimate | null;
}

/**
 * Summaries of a 2 x 2 table.
 *
 * @param counts Patients by outcome and call.
 * @param level Confidence level of the ratios, made on the log scale, in (0, 1).
 * @returns A ratio is null where a cell that its variance needs is 0.
 * @throws {InputError} The level lies outside (0, 1).
 * @source Likelihood ratios: Simel et al. 1991, J Clin Epidemiol 44:763-770; odds ratio: Glas et al. 2003, ibid. 56:1129-1135.
 * @example summariseTable({ truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 3 }).f1 // => 0.6666666666666666
 */
export function summariseTable(counts: ConfusionCounts, level = 0.95): TableSummary {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts;
  const [events, others, called, spared] = [tp + fn, fp + tn, tp + fp, fn + tn];
  const n = events + others;
  const [sensitivity, specificity] = [quotient(tp, events), quotient(tn, others)];
  const youden = sensitivity === null || specificity === null ? null : sensitivity + specificity - 1;
  const byChance = (called * events + spared * others) / n;
  const z = twoSidedNormal(level);
  const ratio = (value: number, variance: number) => logRatio(value, variance, z);
  return {
    accuracy: quotient(tp + tn, n),
    balancedAccuracy: youden === null ? null : (youden + 1) / 2,
    youden,
    f1: quotient(2 * tp, 2 * tp + fp + fn),
    matthews: quotient(tp * tn - fp * fn, Math.sqrt(events * others) * Math.sqrt(called * spared)),
    kappa: n === 0 ? null : quotient(tp + tn - byChance, n - byChance),
    positiveLikelihoodRatio: ratio(tp / events / (fp / others), 1 / tp - 1 / events + 1 / fp - 1 / others),
    negativeLikelihoodRatio: ratio(fn / events / (tn / others), 1 / fn - 1 / events + 1 / tn - 1 / others),
    diagnosticOddsRatio: ratio((tp * tn) / (fp * fn), 1 / tp + 1 / fp + 1 / fn + 1 / tn),
  };
}

function quotient(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

/** Null where a count of 0 made the ratio or its variance infinite. */
function logRatio(value: number, variance: number, z: number): Estimate | null {
  if (!Number.isFinite(value) || value === 0 || !Number.isFinite(variance)) return null;
  const halfWidth = z * Math.sqrt(variance);
  const centre = log(value);
  return {
    value,
    lower: exp(centre - halfWidth),
    upper: exp(centre + halfWidth),
    method: "Wald on the log scale",
  };
}
