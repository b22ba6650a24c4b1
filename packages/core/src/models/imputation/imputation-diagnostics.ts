import type { Predictor, PredictorTable } from "../../features/predictor-table.ts";
import { kernelDensity, silvermanBandwidth } from "../../math/kernel-density.ts";
import { potentialScaleReduction } from "../../math/potential-scale-reduction.ts";
import { isConstant } from "../../math/statistics.ts";
import type { ImputedColumn, TrainingImputations } from "./impute-training.ts";

/** Values that were observed against those that were imputed. */
export type ImputedDistribution =
  | {
      readonly kind: "density";
      readonly at: readonly number[];
      readonly observed: readonly number[];
      /** Of the values of all imputations together. */
      readonly imputed: readonly number[];
    }
  | {
      readonly kind: "shares";
      readonly levels: readonly string[];
      readonly observed: readonly number[];
      readonly imputed: readonly number[];
    };

/** Whether the imputation of one column can be believed. */
export interface ColumnDiagnostics {
  readonly name: string;
  readonly label: string;
  readonly unit: string | null;
  /** Patients without a value, of all. */
  readonly missing: number;
  readonly patients: number;
  /** For each imputation the mean of the imputed values after each round; levels count as their codes from 0. */
  readonly means: readonly (readonly number[])[];
  readonly standardDeviations: readonly (readonly number[])[];
  /** R-hat of the means and of the standard deviations; null where rounds are too few or nothing moves. */
  readonly meanConvergence: number | null;
  readonly deviationConvergence: number | null;
  /** Null where values are too few or do not differ. */
  readonly distribution: ImputedDistribution | null;
}

const POINTS = 81;

/**
 * What shows whether imputations have converged and look like observed values; no value of a patient is in it.
 *
 * A density that differs is no proof of an error: patients without a value may be other patients.
 *
 * @param table Training patients as they were before imputation.
 * @returns One entry per column that an equation imputed, in the order of a round.
 * @source van Buuren 2018, Flexible Imputation of Missing Data, 4.5.2 (trace) and 6.6.1 (distributions).
 */
export function imputationDiagnostics(
  table: PredictorTable,
  imputations: TrainingImputations,
): readonly ColumnDiagnostics[] {
  return imputations.visited.flatMap((name, step): ColumnDiagnostics[] => {
    const imputed = imputations.columns.find((column) => column.name === name);
    const column = table.columns.find((one) => one.name === name);
    if (imputed === undefined || column === undefined) return [];
    const means = imputations.traces.map((trace) => Array.from(trace.means[step]));
    const standardDeviations = imputations.traces.map((trace) => Array.from(trace.standardDeviations[step]));
    return [
      {
        name,
        label: column.label,
        unit: column.kind === "numeric" ? column.unit : null,
        missing: imputed.rows.length,
        patients: table.patients.length,
        means,
        standardDeviations,
        meanConvergence: convergence(means),
        deviationConvergence: convergence(standardDeviations),
        distribution: distributionOf(column, imputed),
      },
    ];
  });
}

/** Null for too few rounds, for a single imputed value, which has no spread, and where nothing moves. */
function convergence(chains: readonly (readonly number[])[]): number | null {
  if (chains[0].length < 4 || chains.some((chain) => !chain.every(Number.isFinite))) return null;
  const ratio = potentialScaleReduction(chains);
  return Number.isFinite(ratio) ? ratio : null;
}

function distributionOf(column: Predictor, { values }: ImputedColumn): ImputedDistribution | null {
  const drawn = values.flatMap((one) => Array.from(one));
  if (column.kind === "categorical") {
    const codes = Array.from(column.codes).filter((code) => code >= 0);
    const shares = (counted: readonly number[]) =>
      column.levels.map((_, level) => counted.filter((code) => code === level).length / counted.length);
    return { kind: "shares", levels: column.levels, observed: shares(codes), imputed: shares(drawn) };
  }
  const observed = column.values.filter((value) => !Number.isNaN(value));
  if (observed.length < 5 || drawn.length < 5 || isConstant(observed) || isConstant(drawn)) return null;
  const bandwidths = [observed, drawn].map(silvermanBandwidth);
  const widest = Math.max(...bandwidths);
  const ends = [observed, Float64Array.from(drawn)].map((one) => extent(one));
  const from = Math.min(...ends.map(([least]) => least)) - 2 * widest;
  const to = Math.max(...ends.map(([, most]) => most)) + 2 * widest;
  const at = Array.from({ length: POINTS }, (_, k) => from + ((to - from) * k) / (POINTS - 1));
  const density = (one: ArrayLike<number>, bandwidth: number) =>
    Array.from(kernelDensity(one, at, bandwidth));
  return {
    kind: "density",
    at,
    observed: density(observed, bandwidths[0]),
    imputed: density(drawn, bandwidths[1]),
  };
}

function extent(values: Float64Array): readonly [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}
