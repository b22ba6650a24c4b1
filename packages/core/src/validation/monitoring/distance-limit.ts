import { choleskyFactor } from "../../math/cholesky.ts";
import { type Matrix, zeroMatrix } from "../../math/matrix.ts";
import { normalQuantile } from "../../math/normal.ts";
import type { Random } from "../../math/random.ts";
import { FIRST_CASE, INPUT_WEIGHT, weightedMeanError } from "./chart-statistics.ts";
import { correlationFactor, forwardSolve, RIDGE, type WatchedGroup } from "./distance-chart.ts";
import { type LimitPlan, tailLimit } from "./joint-limits.ts";
import { cellOf, cellScores, type ReferenceCells } from "./reference-cells.ts";

/** Normal quantiles of a grid fine enough for sums of many draws. */
const GRID = Float64Array.from({ length: 4096 }, (_, k) => normalQuantile((k + 0.5) / 4096));
/** Every second case is looked at: a weighted mean hardly moves in between. */
const STRIDE = 2;
/** Draws from which the covariances of simulated scores are taken. */
const COVARIANCE_DRAWS = 8_000;

/**
 * The limit of a distance, so that it sounds in a given share of replays without change. Replays keep the cells and the
 * correlations of the scores, and draw the errors of their estimated means and covariances.
 *
 * @param patients Of the reference.
 * @param random Of this limit alone.
 */
export function distanceLimit(
  group: WatchedGroup,
  patients: number,
  plan: LimitPlan,
  random: Random,
): number {
  const draw = scoreDraws(group, random.fork("scores"));
  const covariance = choleskyFactor(covarianceOf(draw));
  const size = group.cells.length;
  const maxima = new Float64Array(plan.replays);
  const [mean, white] = [new Float64Array(size), new Float64Array(size)];
  const errors = random.fork("errors");
  const scales = Float64Array.from({ length: plan.cases }, (_, t) =>
    weightedMeanError(t + 1, patients, INPUT_WEIGHT),
  );
  for (let replay = 0; replay < plan.replays; replay++) {
    const estimated = covarianceError(size, patients, errors);
    const centre = Float64Array.from(mean, () => errors.normal() / Math.sqrt(patients));
    mean.fill(0);
    let entered = 0;
    for (let t = 0; t < plan.cases; t++) {
      const scores = draw.next();
      entered += INPUT_WEIGHT * (1 - entered);
      for (let i = 0; i < size; i++) mean[i] += INPUT_WEIGHT * (scores[i] - mean[i]);
      if (t + 1 < FIRST_CASE || t % STRIDE !== 0) continue;
      white.set(mean);
      forwardSolve(covariance, white);
      for (let i = 0; i < size; i++) white[i] -= entered * centre[i];
      forwardSolve(estimated, white);
      let squares = 0;
      for (let i = 0; i < size; i++) squares += white[i] * white[i];
      maxima[replay] = Math.max(maxima[replay], squares / (scales[t] * scales[t]));
    }
  }
  return tailLimit(maxima, plan.falseAlarms);
}

/** Simulated scores of a group, one case at a time into the same array. */
interface ScoreDraws {
  next(): Float64Array;
}

/** Correlated normal numbers, cut into the cells of each quantity. */
function scoreDraws(group: WatchedGroup, random: Random): ScoreDraws {
  const size = group.cells.length;
  const { values } = correlationFactor(group);
  const root = Math.sqrt(1 + RIDGE);
  const limits = group.cells.map(({ counts }) => normalLimits(counts, root));
  const scores = group.cells.map(cellScores);
  const [independent, drawn] = [new Float64Array(size), new Float64Array(size)];
  return {
    next: () => {
      for (let i = 0; i < size; i++) independent[i] = GRID[random.integer(4096)];
      for (let i = 0; i < size; i++) {
        let latent = 0;
        for (let j = 0; j <= i; j++) latent += values[j * size + i] * independent[j];
        drawn[i] = scores[i][cellOf(limits[i], latent)];
      }
      return drawn;
    },
  };
}

/** Cells of a normal number with the given standard deviation that hold the shares of a quantity's cells. */
function normalLimits(counts: readonly number[], deviation: number): ReferenceCells {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  const upTo = counts.slice(0, -1).map((count) => {
    before += count;
    return deviation * normalQuantile(before / all);
  });
  return { upTo, counts };
}

function covarianceOf(draws: ScoreDraws): Matrix {
  const size = draws.next().length;
  const sums = zeroMatrix(size, size);
  for (let k = 0; k < COVARIANCE_DRAWS; k++) {
    const scores = draws.next();
    for (let j = 0; j < size; j++)
      for (let i = j; i < size; i++) sums.values[j * size + i] += scores[i] * scores[j];
  }
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) sums.values[j * size + i] /= COVARIANCE_DRAWS;
    sums.values[j * size + j] += RIDGE;
  }
  return sums;
}

/**
 * The Cholesky factor of the covariance that a reference of `patients` would estimate where the truth is 1.
 *
 * @source Bartlett's decomposition of a Wishart matrix; its chi-squared numbers by Wilson and Hilferty's cube.
 */
function covarianceError(size: number, patients: number, random: Random): Matrix {
  const factor = zeroMatrix(size, size);
  const degrees = patients - 1;
  for (let j = 0; j < size; j++) {
    const own = Math.max(1, degrees - j);
    const cube = 1 - 2 / (9 * own) + random.normal() * Math.sqrt(2 / (9 * own));
    factor.values[j * size + j] = Math.sqrt((own * Math.max(0.05, cube * cube * cube)) / degrees);
    for (let i = j + 1; i < size; i++) factor.values[j * size + i] = random.normal() / Math.sqrt(degrees);
  }
  return factor;
}
