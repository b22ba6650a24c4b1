import { InputError } from "../errors.ts";
import { fQuantile, fUpper } from "../math/f-distribution.ts";

/**
 * What counts as disagreement of two measurements of a subject: every difference, raters being drawn anew for each
 * subject (`one-way`, ICC(1,1)); every difference, the same raters measuring all subjects (`agreement`, ICC(2,1)); or
 * differences beyond those between the raters' means (`consistency`, ICC(3,1)).
 */
export type IccForm = "one-way" | "agreement" | "consistency";

/** Mean squares of measurements in a table of subjects by raters. */
export interface RatingVariance {
  /** Subjects that every rater measured; the others are left out. */
  readonly subjects: number;
  readonly raters: number;
  readonly betweenSubjects: number;
  /** Within subjects, raters' means included. */
  readonly withinSubjects: number;
  readonly betweenRaters: number;
  readonly residual: number;
}

/** An intraclass correlation with its confidence interval and the F test that it is 0. */
export interface IntraclassCorrelation {
  readonly form: IccForm;
  /** Of a single measurement; at most 1, negative where subjects differ less than measurements of one subject. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly subjects: number;
  readonly raters: number;
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/**
 * The analysis of variance of ratings, one pass over complete subjects after one for the means.
 *
 * @param ratings One array a rater, at least 2, with one value a subject in the same order; NaN where not measured.
 * @returns Null where fewer than two subjects are complete.
 * @throws {InputError} Fewer than two raters, or arrays of different lengths.
 * @source McGraw & Wong 1996, Psychological Methods 1:30-46, table 3.
 * @example ratingVariance([[1, 2, 3], [2, 3, 4]])?.residual // => 0
 */
export function ratingVariance(ratings: readonly ArrayLike<number>[]): RatingVariance | null {
  checkRatings(ratings);
  const raters = ratings.length;
  const complete = completeSubjects(ratings);
  const subjects = complete.length;
  if (subjects < 2) return null;
  // Counted from one of the values, so that equal ones differ by exactly 0.
  const origin = ratings[0][complete[0]];
  const raterMeans = ratings.map(
    (one) => complete.reduce((sum, row) => sum + (one[row] - origin), 0) / subjects,
  );
  const mean = raterMeans.reduce((sum, value) => sum + value, 0) / raters;
  let [between, within, residual] = [0, 0, 0];
  for (const row of complete) {
    let subjectMean = 0;
    for (let rater = 0; rater < raters; rater++) subjectMean += ratings[rater][row] - origin;
    subjectMean /= raters;
    between += (subjectMean - mean) * (subjectMean - mean);
    for (let rater = 0; rater < raters; rater++) {
      const deviation = ratings[rater][row] - origin - subjectMean;
      const rest = deviation - (raterMeans[rater] - mean);
      within += deviation * deviation;
      residual += rest * rest;
    }
  }
  const ofRaters = raterMeans.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return {
    subjects,
    raters,
    betweenSubjects: (raters * between) / (subjects - 1),
    withinSubjects: within / (subjects * (raters - 1)),
    betweenRaters: (subjects * ofRaters) / (raters - 1),
    residual: residual / ((subjects - 1) * (raters - 1)),
  };
}

/**
 * The intraclass correlation of a single measurement, without interval.
 *
 * @param form What counts as disagreement.
 * @returns Null where the measurements of all subjects are the same, so that nothing can be told.
 * @source Shrout & Fleiss 1979, Psychological Bulletin 86:420-428: ICC(1,1), ICC(2,1), ICC(3,1).
 * @example iccValue({ subjects: 3, raters: 2, betweenSubjects: 3, withinSubjects: 1, betweenRaters: 1, residual: 1 }, "one-way") // => 0.5
 */
export function iccValue(variance: RatingVariance, form: IccForm): number | null {
  const { subjects: n, raters: k, betweenSubjects, betweenRaters, residual } = variance;
  const error = form === "one-way" ? variance.withinSubjects : residual;
  const offset = form === "agreement" ? (k * (betweenRaters - residual)) / n : 0;
  const total = betweenSubjects + (k - 1) * error + offset;
  return total > 0 ? (betweenSubjects - error) / total : null;
}

/**
 * The intraclass correlation of a single measurement with its confidence interval by F.
 *
 * @param ratings As for {@link ratingVariance}.
 * @param confidence In (0, 1).
 * @returns Null where fewer than two subjects are complete or their measurements are all the same. The interval of
 *   perfect agreement is 1 to 1.
 * @throws {InputError} Fewer than two raters, or arrays of different lengths.
 * @source McGraw & Wong 1996, Psychological Methods 1:30-46, tables 4, 7 and 8.
 */
export function intraclassCorrelation(
  ratings: readonly ArrayLike<number>[],
  form: IccForm,
  confidence = 0.95,
): IntraclassCorrelation | null {
  const variance = ratingVariance(ratings);
  if (variance === null) return null;
  const value = iccValue(variance, form);
  if (value === null) return null;
  const { subjects, raters } = variance;
  const error = form === "one-way" ? variance.withinSubjects : variance.residual;
  const df1 = subjects - 1;
  const df2 = form === "one-way" ? subjects * (raters - 1) : df1 * (raters - 1);
  const f = variance.betweenSubjects / error;
  const test = { form, value, subjects, raters, f, df1, df2 };
  if (error === 0) {
    // Only agreement still counts the raters' means, and without residual these have no distribution.
    const [lower, upper] = value === 1 ? [1, 1] : [NaN, NaN];
    return { ...test, lower, upper, p: 0 };
  }
  const tail = (1 - confidence) / 2;
  const [lower, upper] =
    form === "agreement"
      ? agreementLimits(variance, value, tail)
      : [
          ofRatio(f / fQuantile(1 - tail, df1, df2), raters),
          ofRatio(f * fQuantile(1 - tail, df2, df1), raters),
        ];
  return { ...test, lower, upper, p: fUpper(f, df1, df2) };
}

/**
 * The reliability of the mean of several measurements, from that of one: Spearman and Brown's formula, which also turns
 * the limits of an interval.
 *
 * @param single Intraclass correlation of one measurement.
 * @param measurements How many are averaged.
 * @example reliabilityOfMean(0.5, 3) // => 0.75
 */
export function reliabilityOfMean(single: number, measurements: number): number {
  return (measurements * single) / (1 + (measurements - 1) * single);
}

/** The correlation that a ratio of mean squares between and within subjects stands for. */
function ofRatio(f: number, raters: number): number {
  return (f - 1) / (f + raters - 1);
}

/** Satterthwaite's degrees of freedom, for the variance of raters and of the residual both take part. */
function agreementLimits(variance: RatingVariance, icc: number, tail: number): [number, number] {
  const { subjects: n, raters: k, betweenSubjects: ms, betweenRaters, residual } = variance;
  const ratersF = betweenRaters / residual;
  const a = k * icc * ratersF;
  const b = n * (1 + (k - 1) * icc) - k * icc;
  const v = ((k - 1) * (n - 1) * (a + b) * (a + b)) / ((n - 1) * a * a + b * b);
  const error = k * betweenRaters + (k * n - k - n) * residual;
  const low = fQuantile(1 - tail, n - 1, v);
  const high = fQuantile(1 - tail, v, n - 1);
  return [
    (n * (ms - low * residual)) / (low * error + n * ms),
    (n * (high * ms - residual)) / (error + n * high * ms),
  ];
}

function completeSubjects(ratings: readonly ArrayLike<number>[]): number[] {
  const rows: number[] = [];
  for (let row = 0; row < ratings[0].length; row++)
    if (ratings.every((one) => Number.isFinite(one[row]))) rows.push(row);
  return rows;
}

function checkRatings(ratings: readonly ArrayLike<number>[]): void {
  if (ratings.length < 2)
    throw new InputError(
      `an intraclass correlation needs at least 2 measurements of each subject; got ${ratings.length}; measure again`,
    );
  const lengths = [...new Set(ratings.map((one) => one.length))];
  if (lengths.length > 1)
    throw new InputError(
      `an intraclass correlation needs the same subjects from every rater; got ${lengths.join(" and ")} values; mark missing ones as NaN`,
    );
}
