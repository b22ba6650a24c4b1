import { InputError } from "../../errors.ts";
import { dotProduct } from "../dot-product.ts";
import { type Matrix, takeRows } from "../matrix.ts";
import { type Kernel, kernelRow, pointsByRow, pointsOf } from "./kernel.ts";
import { kernelRows } from "./kernel-rows.ts";
import { solveDual } from "./minimal-optimisation.ts";

/** How a support vector machine is fitted. */
export interface SupportVectorOptions {
  readonly kernel: Kernel;
  /** Price C of a patient on the wrong side of the margin. */
  readonly cost: number;
  /** Factors of the price for patients with and without the event. */
  readonly positiveWeight: number;
  readonly negativeWeight: number;
  /** Largest violation of optimality that may stay. */
  readonly tolerance: number;
  /** Of the kernel: single is how LIBSVM keeps it, which moves decision values by about 1e-4 and may not converge. */
  readonly precision: "double" | "single";
}

/** The defaults of LIBSVM, but for the kernel and its precision. */
export const SUPPORT_VECTOR_DEFAULTS = {
  cost: 1,
  positiveWeight: 1,
  negativeWeight: 1,
  tolerance: 1e-3,
  precision: "double",
} as const;

/**
 * A fitted machine as plain JSON. A linear one is its slopes; a radial one holds the patients that are its support
 * vectors, so it is as confidential as they are.
 */
export type SupportVectorMachine =
  | {
      readonly kind: "linear";
      readonly columns: number;
      readonly intercept: number;
      /** One per column. */
      readonly slopes: readonly number[];
    }
  | {
      readonly kind: "radial";
      readonly columns: number;
      readonly intercept: number;
      readonly gamma: number;
      /** Signed weight of each support vector: at most its price in size, positive for patients with the event. */
      readonly weights: readonly number[];
      /** The support vectors one after another, `columns` numbers each. */
      readonly vectors: readonly number[];
    };

/** A machine with the numbers of its fit. */
export interface FittedSupportVectors {
  readonly machine: SupportVectorMachine;
  /** Signed weight of every training patient, 0 for those that are no support vectors; shape [n]. */
  readonly weights: Float64Array;
  readonly supportVectors: number;
  readonly iterations: number;
}

/**
 * A support vector classifier (C-SVC): the decision value of largest margin between patients with and without the event.
 *
 * @param design Finite values, standardised by the caller: the machine does not know units.
 * @param outcome 1 = event, 0 = none; shape [n], both present.
 * @throws {InputError} A value that is not finite, unequal lengths, one class, or an option that is not above 0.
 * @throws {NumericalError} No convergence.
 * @source Cortes & Vapnik 1995, Mach Learn 20:273-297; solver as in LIBSVM (Chang & Lin 2011, ACM TIST 2:27).
 */
export function fitSupportVectors(
  design: Matrix,
  outcome: Uint8Array,
  options: Partial<SupportVectorOptions> & { readonly kernel: Kernel },
): FittedSupportVectors {
  const settings = { ...SUPPORT_VECTOR_DEFAULTS, ...options };
  check(design, outcome, settings);
  const { kernel, cost, positiveWeight, negativeWeight, tolerance, precision } = settings;
  // As LIBSVM: the class of the first patient stands first and counts as positive inside.
  const order = [...outcome.keys()].sort(
    (a, b) => Math.abs(outcome[a] - outcome[0]) - Math.abs(outcome[b] - outcome[0]) || a - b,
  );
  const points = pointsOf(design);
  const price = (row: number) => cost * (outcome[row] === 1 ? positiveWeight : negativeWeight);
  const isFirst = (row: number) => outcome[row] === outcome[0];
  const solution = solveDual({
    kernel: kernelRows(kernel, pointsOf(takeRows(design, order)), precision),
    sign: Int8Array.from(order, (row) => (isFirst(row) ? 1 : -1)),
    lower: Float64Array.from(order, (row) => (isFirst(row) ? 0 : -price(row))),
    upper: Float64Array.from(order, (row) => (isFirst(row) ? price(row) : 0)),
    tolerance,
  });
  const side = outcome[0] === 1 ? 1 : -1;
  const intercept = side * solution.intercept;
  const weights = new Float64Array(design.rows);
  order.forEach((row, index) => (weights[row] = side * solution.weights[index]));
  const support = [...weights.keys()].filter((row) => weights[row] !== 0);
  const vector = (row: number) => points.values.subarray(row * design.columns, (row + 1) * design.columns);
  const machine: SupportVectorMachine =
    kernel.kind === "linear"
      ? { kind: "linear", columns: design.columns, intercept, slopes: slopesOf(design, weights) }
      : {
          kind: "radial",
          columns: design.columns,
          intercept,
          gamma: kernel.gamma,
          weights: support.map((row) => weights[row]),
          vectors: support.flatMap((row) => Array.from(vector(row))),
        };
  return { machine, weights, supportVectors: support.length, iterations: solution.iterations };
}

/**
 * The decision value of every row of a design: positive on the side of the event, ±1 at the margin. It is no probability.
 *
 * @returns Shape [n].
 * @throws {InputError} The design has another number of columns.
 */
export function decisionValues(machine: SupportVectorMachine, design: Matrix): Float64Array {
  if (design.columns !== machine.columns)
    throw new InputError(
      `a support vector machine needs the ${machine.columns} columns that it learned from; got ${design.columns}`,
    );
  const { values, squaredLengths } = pointsOf(design);
  const own = (row: number) => values.subarray(row * design.columns, (row + 1) * design.columns);
  const decisions = new Float64Array(design.rows).fill(machine.intercept);
  if (machine.kind === "linear") {
    const slopes = Float64Array.from(machine.slopes);
    return decisions.map((decision, row) => decision + dotProduct(own(row), 0, slopes, design.columns));
  }
  const count = machine.weights.length;
  const vectors = pointsByRow(Float64Array.from(machine.vectors), count, machine.columns);
  const weights = Float64Array.from(machine.weights);
  const likeness = new Float64Array(count);
  const kernel = { kind: "radial", gamma: machine.gamma } as const;
  for (let row = 0; row < design.rows; row++) {
    kernelRow(kernel, { values: own(row), squaredLength: squaredLengths[row] }, vectors, likeness);
    decisions[row] += dotProduct(likeness, 0, weights, count);
  }
  return decisions;
}

function slopesOf({ rows, columns, values }: Matrix, weights: Float64Array): readonly number[] {
  return Array.from({ length: columns }, (_, column) => dotProduct(values, column * rows, weights, rows));
}

function check(design: Matrix, outcome: Uint8Array, options: SupportVectorOptions): void {
  if (outcome.length !== design.rows)
    throw new InputError(
      `a support vector machine needs one outcome a row; got ${outcome.length} for ${design.rows} rows`,
    );
  if (!outcome.includes(0) || !outcome.includes(1) || outcome.some((event) => event > 1))
    throw new InputError(
      "a support vector machine needs patients with and without the event, coded 1 and 0; got something else",
    );
  if (!design.values.every(Number.isFinite))
    throw new InputError(
      "a support vector machine needs finite values; got a missing or infinite one; impute first",
    );
  const { cost, positiveWeight, negativeWeight, tolerance, kernel } = options;
  const positive = [
    cost,
    positiveWeight,
    negativeWeight,
    tolerance,
    kernel.kind === "radial" ? kernel.gamma : 1,
  ];
  if (!positive.every((value) => value > 0 && Number.isFinite(value)))
    throw new InputError(
      `a support vector machine needs cost, weights, tolerance and gamma above 0; got ${positive.join(", ")}`,
    );
}
