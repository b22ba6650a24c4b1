import type { Finding } from "../errors.ts";
import type { Predictor } from "../features/predictor-table.ts";
import { type Adjustment, adjustPValues } from "../math/adjust-p-values.ts";
import { exp } from "../math/elementary.ts";
import { likelihoodRatioTest } from "../math/likelihood-ratio-test.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { normalQuantile, normalUpper } from "../math/normal.ts";

/** An odds ratio with Wald's interval and test. */
export interface UnivariableEstimate {
  /** The level against the reference; null for a number, per unit. */
  readonly level: string | null;
  readonly coefficient: number;
  readonly oddsRatio: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
}

/** One predictor alone. */
export interface UnivariableResult {
  readonly name: string;
  /** Patients with a value, and those of them with the event. */
  readonly patients: number;
  readonly events: number;
  /** Empty where there is no estimate. */
  readonly estimates: readonly UnivariableEstimate[];
  /** Likelihood ratio test of the predictor, all levels together; null where there is none. */
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** Why there is no estimate; null where there is one. */
  readonly reason: string | null;
}

/** Each predictor alone, and what to think of that. */
export interface UnivariableScreen {
  readonly results: readonly UnivariableResult[];
  readonly findings: readonly Finding[];
}

/** Settings of {@link univariableScreen}. */
export interface UnivariableOptions {
  /** Confidence level in (0, 1); 0.95 without it. */
  readonly level?: number;
  /** How p-values are adjusted for the number of predictors; Holm's without it. */
  readonly adjustment?: Adjustment;
}

/**
 * A logistic regression for each predictor alone, on the patients who have a value of it.
 *
 * A description, not a way to choose: a predictor that matters beside others may look idle alone, and the reverse.
 *
 * @param predictors Missing values are left out one predictor at a time.
 * @param outcome 1 = event, 0 = none, in the order of the patients, shape [n].
 * @returns In the order given; a predictor that is constant, separates the outcomes or leaves one class has a reason in
 *   place of estimates and does not count among the adjusted tests.
 * @throws {InputError} As `adjustPValues`.
 * @source On what it is not good for: Sun, Shook & Kay 1996, J Clin Epidemiol 49:907-916.
 */
export function univariableScreen(
  predictors: readonly Predictor[],
  outcome: Uint8Array,
  options: UnivariableOptions = {},
): UnivariableScreen {
  const raw = predictors.map((predictor) => screenOne(predictor, outcome, options.level ?? 0.95));
  const adjusted = adjustPValues(
    raw.map(({ pValue }) => pValue ?? NaN),
    options.adjustment ?? "holm",
  );
  const results = raw.map((result, index) => ({
    ...result,
    adjustedPValue: Number.isNaN(adjusted[index]) ? null : adjusted[index],
  }));
  return {
    results,
    findings: [
      {
        code: "univariable-screen",
        severity: "warning",
        message:
          "associations of single predictors describe; do not choose a model's predictors by them: a predictor that matters beside others may look idle alone, and coefficients chosen for their p-values are too large",
      },
    ],
  };
}

type UnadjustedResult = Omit<UnivariableResult, "adjustedPValue">;

function screenOne(predictor: Predictor, outcome: Uint8Array, level: number): UnadjustedResult {
  const { name } = predictor;
  const { rows, columns, levels } = columnsOf(predictor);
  const response = Uint8Array.from(rows, (row) => outcome[row]);
  const events = response.reduce((sum, y) => sum + y, 0);
  const counts = { name, patients: rows.length, events };
  const none = (reason: string) => ({ ...counts, estimates: [], pValue: null, reason });
  if (events === 0 || events === rows.length) return none("all patients with a value have the same outcome");
  const fit = logisticRegression(matrixOfColumns(rows.length, columns), response);
  if (fit.aliased.length > 0 || columns.length === 0) return none("it does not vary");
  if (fit.separated) return none("it separates the outcomes; use Firth's regression");
  if (!fit.converged) return none("its estimate does not converge");
  const empty = logisticRegression(matrixOfColumns(rows.length, []), response);
  const margin = normalQuantile(0.5 + level / 2);
  const size = columns.length + 1;
  const estimates = columns.map((_, k) => {
    const coefficient = fit.coefficients[k + 1];
    const error = Math.sqrt(fit.covariance.values[(k + 1) * (size + 1)]);
    return {
      level: levels[k],
      coefficient,
      oddsRatio: exp(coefficient),
      lower: exp(coefficient - margin * error),
      upper: exp(coefficient + margin * error),
      pValue: Math.min(1, 2 * normalUpper(Math.abs(coefficient / error))),
    };
  });
  return { ...counts, estimates, pValue: likelihoodRatioTest(fit, empty).pValue, reason: null };
}

/** The rows with a value, and the column of a number or the indicators of the levels that occur. */
function columnsOf(predictor: Predictor): {
  readonly rows: readonly number[];
  readonly columns: readonly Float64Array[];
  readonly levels: readonly (string | null)[];
} {
  if (predictor.kind === "numeric") {
    const { values } = predictor;
    const rows = [...values.keys()].filter((row) => !Number.isNaN(values[row]));
    return { rows, columns: [Float64Array.from(rows, (row) => values[row])], levels: [null] };
  }
  const { codes, levels, reference } = predictor;
  const rows = [...codes.keys()].filter((row) => codes[row] >= 0);
  const present = levels.map((_, code) => code).filter((code) => rows.some((row) => codes[row] === code));
  // Without patients of the reference the first level that has some takes its place.
  const base = present.includes(reference) ? reference : present[0];
  const compared = present.filter((code) => code !== base);
  return {
    rows,
    columns: compared.map((code) => Float64Array.from(rows, (row) => (codes[row] === code ? 1 : 0))),
    levels: compared.map((code) => levels[code]),
  };
}
