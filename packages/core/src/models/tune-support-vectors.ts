import { stratifiedFolds } from "../cohort/folds.ts";
import { type Matrix, takeRows } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import type { Kernel } from "../math/support-vectors/kernel.ts";
import { fitPlattScaling, type PlattScaling } from "../math/support-vectors/platt.ts";
import { decisionValues, fitSupportVectors } from "../math/support-vectors/support-vector-machine.ts";
import type { SupportVectorLearner } from "./learner.ts";
import { meanDeviance } from "./tune-boosting.ts";

/** Cost and kernel of least deviance, with the calibration of their held-out decision values. */
export interface TunedSupportVectors {
  readonly cost: number;
  readonly kernel: Kernel;
  readonly calibration: PlattScaling;
  readonly deviance: number;
  /** Calibrated log odds of each patient by the fold that did not see the patient; shape [n]. */
  readonly outOfFold: Float64Array;
}

/**
 * Chooses cost and width by the deviance of held-out folds after Platt's calibration of their decision values.
 *
 * @param design Standardised columns.
 * @throws {InputError} A class has fewer patients than folds.
 */
export function tuneSupportVectors(
  design: Matrix,
  outcome: Uint8Array,
  learner: SupportVectorLearner,
  random: Random,
): TunedSupportVectors {
  const folds = stratifiedFolds(outcome, learner.folds, random.fork("folds"));
  const kernels: readonly Kernel[] =
    learner.kernel === "linear"
      ? [{ kind: "linear" }]
      : learner.gammas.map((gamma) => ({ kind: "radial", gamma: gamma / design.columns }));
  return kernels
    .flatMap((kernel) => learner.costs.map((cost) => ({ kernel, cost })))
    .map((settings): TunedSupportVectors => {
      const decisions = heldOutDecisions(design, outcome, folds, settings);
      const calibration = fitPlattScaling(decisions, outcome);
      const outOfFold = decisions.map((value) => calibration.intercept + calibration.slope * value);
      return { ...settings, calibration, outOfFold, deviance: meanDeviance(outOfFold, outcome) };
    })
    .reduce((best, one) => (one.deviance < best.deviance ? one : best));
}

function heldOutDecisions(
  design: Matrix,
  outcome: Uint8Array,
  folds: Int32Array,
  settings: { readonly kernel: Kernel; readonly cost: number },
): Float64Array {
  const decisions = new Float64Array(design.rows);
  for (const fold of new Set(folds)) {
    const rowsOf = (inside: boolean) => [...folds.keys()].filter((row) => (folds[row] === fold) === inside);
    const [training, heldOut] = [rowsOf(false), rowsOf(true)];
    const own = Uint8Array.from(training, (row) => outcome[row]);
    const { machine } = fitSupportVectors(takeRows(design, training), own, settings);
    decisionValues(machine, takeRows(design, heldOut)).forEach(
      (value, index) => (decisions[heldOut[index]] = value),
    );
  }
  return decisions;
}
