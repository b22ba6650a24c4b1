import { InputError, NumericalError } from "../errors.ts";
import { chiSquaredUpper, normalUpper } from "../math/distributions.ts";
import { sortedQuantile } from "../math/statistics.ts";
import { calibrationSlope } from "./calibration.ts";
import { requireProbabilities } from "./predictions.ts";

/** Observed and expected events of the patients whose predictions lie in one group. */
export interface RiskGroup {
  readonly patients: number;
  readonly observed: number;
  readonly expected: number;
}

/** A chi-squared statistic and its upper tail. */
export interface ChiSquaredTail {
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** The Hosmer-Lemeshow test. */
export interface HosmerLemeshow {
  readonly groups: readonly RiskGroup[];
  /** For predictions of patients whom the model was not fitted on: as many degrees of freedom as groups. */
  readonly newData: ChiSquaredTail;
  /** For the patients of the fit: two degrees of freedom less. */
  readonly development: ChiSquaredTail;
}

/**
 * The Hosmer-Lemeshow test on groups cut at quantiles of the predictions. It depends on the groups: read the curve first.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @param groups Number of quantile groups; cut points that coincide are merged, which leaves fewer.
 * @throws {InputError} Fewer than three groups asked for, unequal lengths, or a probability outside [0, 1].
 * @throws {NumericalError} Fewer than three groups remain, or a group expects no event or only events.
 * @source Hosmer & Lemeshow 1980, Commun Stat A 9:1043-1069; cuts at type-7 quantiles, right-closed.
 */
export function hosmerLemeshow(outcome: Uint8Array, probability: Float64Array, groups = 10): HosmerLemeshow {
  if (!Number.isInteger(groups) || groups < 3)
    throw new InputError(`a Hosmer-Lemeshow test needs at least 3 groups; got ${groups}; use 10`);
  requireProbabilities(outcome, probability);
  const table = riskGroups(outcome, probability, groups);
  if (table.length < 3)
    throw new NumericalError(
      `a Hosmer-Lemeshow test needs at least 3 distinct groups of predictions; got ${table.length}; read the calibration curve`,
    );
  let chiSquared = 0;
  for (const { patients, observed, expected } of table) {
    const variance = expected * (1 - expected / patients);
    if (!(variance > 0))
      throw new NumericalError(
        "a Hosmer-Lemeshow test needs groups that expect both outcomes; got predictions of 0 or 1 only; use fewer groups",
      );
    chiSquared += ((observed - expected) * (observed - expected)) / variance;
  }
  return {
    groups: table,
    newData: chiSquaredTest(chiSquared, table.length),
    development: chiSquaredTest(chiSquared, table.length - 2),
  };
}

function riskGroups(outcome: Uint8Array, probability: Float64Array, groups: number): readonly RiskGroup[] {
  const sorted = probability.toSorted();
  const cuts = Float64Array.from({ length: groups + 1 }, (_, k) => sortedQuantile(sorted, k / groups));
  const upperEdges = cuts.filter((cut, k) => k > 0 && cut !== cuts[k - 1]);
  const table = Array.from(upperEdges, () => ({ patients: 0, observed: 0, expected: 0 }));
  for (let i = 0; i < outcome.length; i++) {
    const group = table[upperEdges.findIndex((edge) => probability[i] <= edge)] ?? table[table.length - 1];
    if (group === undefined) continue;
    group.patients += 1;
    group.observed += outcome[i];
    group.expected += probability[i];
  }
  return table;
}

/** Spiegelhalter's z and its two-sided p-value. */
export interface Spiegelhalter {
  readonly z: number;
  readonly pValue: number;
}

/**
 * Spiegelhalter's test that the Brier score is what calibrated predictions would give.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @throws {InputError} Unequal lengths, or a probability outside [0, 1].
 * @throws {NumericalError} Every prediction is 0, 0.5 or 1, which leaves no variance.
 * @source Spiegelhalter 1986, Stat Med 5:421-433.
 */
export function spiegelhalter(outcome: Uint8Array, probability: Float64Array): Spiegelhalter {
  requireProbabilities(outcome, probability);
  let [numerator, variance] = [0, 0];
  for (let i = 0; i < outcome.length; i++) {
    const p = probability[i];
    numerator += (outcome[i] - p) * (1 - 2 * p);
    variance += (1 - 2 * p) * (1 - 2 * p) * p * (1 - p);
  }
  if (!(variance > 0))
    throw new NumericalError(
      "Spiegelhalter's test needs a prediction other than 0, 0.5 and 1; got none; read the calibration curve",
    );
  const z = numerator / Math.sqrt(variance);
  return { z, pValue: 2 * normalUpper(Math.abs(z)) };
}

/**
 * Likelihood-ratio test that the calibration line has intercept 0 and slope 1.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @throws {InputError} As `calibrationSlope`.
 * @throws {NumericalError} As `calibrationSlope`.
 * @source Cox 1958, Biometrika 45:562-565; Miller et al. 1993, J Clin Epidemiol 46:1053-1060.
 */
export function unreliabilityTest(outcome: Uint8Array, probability: Float64Array): ChiSquaredTail {
  return chiSquaredTest(Math.max(0, calibrationSlope(outcome, probability).deviance), 2);
}

function chiSquaredTest(chiSquared: number, degreesOfFreedom: number): ChiSquaredTail {
  return { chiSquared, degreesOfFreedom, pValue: chiSquaredUpper(chiSquared, degreesOfFreedom) };
}
