import type { Finding } from "../errors.ts";
import { columnOf, type Matrix } from "../math/matrix.ts";
import { type VarianceInflation, varianceInflation } from "../selection/collinearity.ts";

/** From this factor on a coefficient says little by itself (James et al., An Introduction to Statistical Learning, 3.3.3). */
const INFLATED = 5;

/**
 * Predictors whose coefficients the others make imprecise: the prediction does not suffer, the reading of one odds ratio does.
 *
 * @param fit Coefficients, intercept first, with their covariance.
 * @param design Shape [n, p], without a column of ones, no column dependent on others.
 * @param names Predictor of each column; neighbours of one name are one term, e.g. the parts of a spline.
 * @returns One finding, or none. A term of several columns counts by its generalised factor per coefficient, squared.
 */
export function collinearityFindings(
  fit: { readonly coefficients: Float64Array; readonly covariance: Matrix },
  design: Matrix,
  names: readonly string[],
): readonly Finding[] {
  const terms: { readonly name: string; readonly columns: Float64Array[] }[] = [];
  names.forEach((name, column) => {
    const last = terms.at(-1);
    if (last?.name === name) last.columns.push(columnOf(design, column));
    else terms.push({ name, columns: [columnOf(design, column)] });
  });
  if (terms.length < 2) return [];
  const inflated = varianceInflation(fit, terms).filter((term) => factorOf(term) >= INFLATED);
  if (inflated.length === 0) return [];
  const words = inflated.map((term) => `${term.name} (${factorOf(term).toFixed(1)})`).join(", ");
  return [
    {
      code: "predictors-collinear",
      severity: "info",
      message: `a coefficient that is read by itself needs a predictor that the others do not tell; got variance inflation factors of ${String(INFLATED)} or more for ${words}; predictions do not suffer, but read these odds ratios together or not at all`,
    },
  ];
}

function factorOf({ perCoefficient }: VarianceInflation): number {
  return perCoefficient * perCoefficient;
}
