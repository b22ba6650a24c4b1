import type { Finding } from "../errors.ts";
import { type Matrix, zeroMatrix } from "../math/matrix.ts";
import { poolEstimates } from "../math/rubin.ts";
import { mean } from "../math/statistics.ts";
import type { FittedRegression } from "./fit-regression.ts";
import type { PooledCoefficients } from "./model.ts";

/** A regression pooled over imputations. */
export interface PooledRegression extends Omit<FittedRegression, "outOfFold"> {
  readonly pooled: PooledCoefficients;
}

/**
 * The mean of regressions on completed tables, with standard errors by Rubin's rules where each has its own.
 *
 * A penalised coefficient is the mean over all imputations, 0 where a fit left it out: what their mean linear predictor
 * has.
 *
 * @param fits At least two, of the same columns and method.
 * @param patients From which, with the number of coefficients, the degrees of freedom follow.
 * @source Rubin 1987; selection in all imputations: Du et al. 2022, J Comput Graph Stat 31:1063-1075.
 */
export function poolRegressions(fits: readonly FittedRegression[], patients: number): PooledRegression {
  const [first] = fits;
  const columns = first.coefficients.length;
  const coefficientOf = (fit: FittedRegression, j: number) =>
    j === 0 ? fit.intercept : fit.coefficients[j - 1];
  const positions = Array.from({ length: columns + 1 }, (_, j) => j);
  const centre = positions.map((j) => mean(fits.map((fit) => coefficientOf(fit, j))));
  const selected = positions.map((j) => mean(fits.map((fit) => (coefficientOf(fit, j) === 0 ? 0 : 1))));
  const lambdas = fits.flatMap(({ lambda }) => (lambda === null ? [] : [lambda]));
  const base = {
    intercept: centre[0],
    coefficients: Float64Array.from(centre.slice(1)),
    regression: first.regression,
    lambda: lambdas.length === 0 ? null : mean(lambdas),
    findings: pooledFindings(fits),
  };
  const pooled = { imputations: fits.length, selected };
  if (fits.some(({ standardErrors }) => standardErrors === null))
    return {
      ...base,
      standardErrors: null,
      pooled: { ...pooled, degreesOfFreedom: null, missingInformation: null },
    };
  const completeDegreesOfFreedom = Math.max(1, patients - columns - 1);
  const estimates = positions.map((j) =>
    poolEstimates(
      {
        estimates: fits.map((fit) => coefficientOf(fit, j)),
        variances: fits.map(({ standardErrors }) => standardErrors![j] * standardErrors![j]),
      },
      { completeDegreesOfFreedom },
    ),
  );
  const covariances = fits.flatMap(({ covariance }) => covariance ?? []);
  return {
    ...base,
    standardErrors: estimates.map(({ standardError }) => standardError),
    ...(covariances.length < fits.length ? {} : { covariance: pooledCovariance(fits, covariances, centre) }),
    pooled: {
      ...pooled,
      degreesOfFreedom: estimates.map(({ degreesOfFreedom }) => degreesOfFreedom),
      missingInformation: estimates.map(({ missingInformation }) => missingInformation),
    },
  };
}

/** within + (1 + 1/m) between, as for single variances. */
function pooledCovariance(
  fits: readonly FittedRegression[],
  covariances: readonly Matrix[],
  centre: readonly number[],
): Matrix {
  const size = centre.length;
  const m = fits.length;
  const total = zeroMatrix(size, size);
  fits.forEach(({ intercept, coefficients }, index) => {
    const deviation = centre.map((middle, j) => (j === 0 ? intercept : coefficients[j - 1]) - middle);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        total.values[b * size + a] +=
          covariances[index].values[b * size + a] / m + ((1 + 1 / m) * deviation[a] * deviation[b]) / (m - 1);
  });
  return total;
}

/** Each kind of finding once, with the number of imputations that had it. */
function pooledFindings(fits: readonly FittedRegression[]): readonly Finding[] {
  const byCode = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of fits.flatMap(({ findings }) => findings)) {
    const known = byCode.get(finding.code);
    if (known === undefined) byCode.set(finding.code, { finding, count: 1 });
    else known.count += 1;
  }
  return [...byCode.values()].map(({ finding, count }) => ({
    ...finding,
    message: `${finding.message} (in ${count} of ${fits.length} imputations)`,
  }));
}
