import { columnOf, type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { mean, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import { fitPlattScaling } from "../../packages/core/src/math/support-vectors/platt.ts";
import {
  decisionValues,
  fitSupportVectors,
} from "../../packages/core/src/math/support-vectors/support-vector-machine.ts";
import { auc } from "../../packages/core/src/validation/roc.ts";
import { outcomeOf } from "../models/formula.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { learnerData } from "./learner-data.ts";

const answers = { "svm.c_svc": supportVectors, "calibrate.platt": platt };

testOracles("22", answers, ({ procedure }) => procedure in answers);

interface Specification {
  readonly kernel: "linear" | "radial";
  readonly C: number;
  readonly gamma?: number;
  readonly eps?: number;
  readonly standardise?: string | boolean;
}

function supportVectors(oracle: OracleCase<Specification>): unknown {
  const { kernel, C, gamma, eps = 1e-3, standardise = false } = oracle.spec;
  const data = learnerData(oracle);
  const { training } = data;
  const scaled = (design: Matrix) => (standardise === false ? design : standardised(design, training.design));
  const {
    weights,
    supportVectors: count,
    machine,
  } = fitSupportVectors(scaled(training.design), training.outcome, {
    precision: "single",
    kernel:
      kernel === "linear"
        ? { kind: "linear" }
        : { kind: "radial", gamma: gamma ?? 1 / training.design.columns },
    cost: C,
    tolerance: eps,
  });
  const decisions = decisionValues(machine, scaled(data.test.design));
  return {
    n_sv: count,
    decision_test_first10: decisions.subarray(0, 10),
    test_auc: auc(data.test.outcome, decisions),
    objective_alpha_sum: weights.reduce((sum, weight) => sum + Math.abs(weight), 0),
  };
}

/** Centred and scaled by the mean and standard deviation of the reference's columns. */
function standardised(design: Matrix, reference: Matrix): Matrix {
  return matrixOfColumns(
    design.rows,
    Array.from({ length: design.columns }, (_, j) => {
      const [center, scale] = [mean(columnOf(reference, j)), sampleStandardDeviation(columnOf(reference, j))];
      return columnOf(design, j).map((x) => (x - center) / scale);
    }),
  );
}

function platt(oracle: OracleCase): unknown {
  const table = readOracleTable(oracle);
  const outcome = outcomeOf(table, "y");
  const name = Object.keys(table.columns).find((column) => column !== "y")!;
  const { slope, intercept } = fitPlattScaling(numbers(table, name), outcome);
  return { A_minus_slope: slope, B_minus_intercept: intercept };
}
