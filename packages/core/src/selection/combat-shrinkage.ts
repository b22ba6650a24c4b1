import { NumericalError } from "../errors.ts";
import { exp, log } from "../math/elementary.ts";
import { mean, sampleVariance } from "../math/statistics.ts";
import type { BatchMoments } from "./combat-location.ts";
import type { CombatOptions } from "./combat-model.ts";

/** Shift and variance ratio of every adjusted feature in one batch. */
export interface EstimatedEffect {
  readonly shift: Float64Array;
  readonly scale: Float64Array;
}

/** What a batch shows of each feature on its own, in standard deviations; shape [p] each. */
interface RawEffect {
  readonly counts: Float64Array;
  readonly shift: Float64Array;
  /** Sum of squared deviations from the batch's mean. */
  readonly squares: Float64Array;
  readonly scale: Float64Array;
}

/** Mean and variance of the normal prior of shifts, shape and rate of the inverse gamma prior of variances. */
interface Priors {
  readonly mean: number;
  readonly variance: number;
  readonly shape: number;
  readonly rate: number;
  /** Mean of the variance ratios, their value where all are the same. */
  readonly scale: number;
}

const TOLERANCE = 1e-12;
const SVA_TOLERANCE = 1e-4;
const MAXIMUM_ITERATIONS = 10_000;

/**
 * The effect of one batch on each feature, shrunken towards those on the other features.
 *
 * @param standard Mean and standard deviation that the features are standardised with, shape [p] each.
 * @param options `meanOnly` leaves all variance ratios at 1.
 * @throws {NumericalError} The parametric estimate does not converge.
 */
export function estimateBatchEffect(
  moments: BatchMoments,
  batch: number,
  standard: { readonly means: Float64Array; readonly deviations: Float64Array },
  options: CombatOptions,
): EstimatedEffect {
  const raw = rawEffect(moments, batch, standard, options.meanOnly);
  if (!options.parametric) return nonParametric(raw);
  const priors = priorsOf(raw);
  if (options.meanOnly)
    return { shift: raw.shift.map((value) => posteriorMean(value, 1, 1, priors)), scale: raw.scale };
  return options.stopping === "sva" ? iterateTogether(raw, priors) : iterateEach(raw, priors);
}

function rawEffect(
  { features, batches, counts, means, squares }: BatchMoments,
  batch: number,
  standard: { readonly means: Float64Array; readonly deviations: Float64Array },
  meanOnly: boolean,
): RawEffect {
  const raw = {
    counts: new Float64Array(features),
    shift: new Float64Array(features),
    squares: new Float64Array(features),
    scale: new Float64Array(features).fill(1),
  };
  for (let feature = 0; feature < features; feature++) {
    const at = feature * batches + batch;
    const deviation = standard.deviations[feature];
    raw.counts[feature] = counts[at];
    raw.shift[feature] = (means[at] - standard.means[feature]) / deviation;
    raw.squares[feature] = squares[at] / (deviation * deviation);
    if (!meanOnly) raw.scale[feature] = raw.squares[feature] / (counts[at] - 1);
  }
  return raw;
}

/** Moments of the effects over the features: Johnson et al., section 3.2. */
function priorsOf({ shift, scale }: RawEffect): Priors {
  const centre = mean(scale);
  const spread = sampleVariance(scale);
  return {
    mean: mean(shift),
    variance: sampleVariance(shift),
    shape: (2 * spread + centre * centre) / spread,
    rate: (centre * spread + centre * centre * centre) / spread,
    scale: centre,
  };
}

function posteriorMean(shift: number, count: number, scale: number, priors: Priors): number {
  const weight = priors.variance * count;
  return (weight * shift + scale * priors.mean) / (weight + scale);
}

/** The posterior mean of a variance around a given shift. */
function posteriorScale(
  { counts, squares, shift }: RawEffect,
  feature: number,
  given: number,
  priors: Priors,
) {
  // Without spread the prior is a point, and its rate and shape are infinite.
  if (!Number.isFinite(priors.shape)) return priors.scale;
  const [n, distance] = [counts[feature], shift[feature] - given];
  return (0.5 * (squares[feature] + n * distance * distance) + priors.rate) / (n / 2 + priors.shape - 1);
}

function iterateEach(raw: RawEffect, priors: Priors): EstimatedEffect {
  const [shift, scale] = [Float64Array.from(raw.shift), Float64Array.from(raw.scale)];
  for (let feature = 0; feature < shift.length; feature++) {
    let iterations = 0;
    for (;;) {
      const nextShift = posteriorMean(raw.shift[feature], raw.counts[feature], scale[feature], priors);
      const nextScale = posteriorScale(raw, feature, nextShift, priors);
      const settled =
        Math.abs(nextShift - shift[feature]) <= TOLERANCE * (Math.abs(nextShift) + Math.sqrt(nextScale)) &&
        Math.abs(nextScale - scale[feature]) <= TOLERANCE * nextScale;
      shift[feature] = nextShift;
      scale[feature] = nextScale;
      if (settled) break;
      if (++iterations > MAXIMUM_ITERATIONS) throw notConverged();
    }
  }
  return { shift, scale };
}

/** The rule of sva: one more round for all features while any changes; a negative shift never asks for one. */
function iterateTogether(raw: RawEffect, priors: Priors): EstimatedEffect {
  const [shift, scale] = [Float64Array.from(raw.shift), Float64Array.from(raw.scale)];
  for (let iterations = 0; iterations < MAXIMUM_ITERATIONS; iterations++) {
    let change = -Infinity;
    for (let feature = 0; feature < shift.length; feature++) {
      const nextShift = posteriorMean(raw.shift[feature], raw.counts[feature], scale[feature], priors);
      const nextScale = posteriorScale(raw, feature, nextShift, priors);
      const changes = [
        Math.abs(nextShift - shift[feature]) / shift[feature],
        Math.abs(nextScale - scale[feature]) / scale[feature],
      ];
      for (const one of changes) if (one > change) change = one;
      shift[feature] = nextShift;
      scale[feature] = nextScale;
    }
    if (!(change > SVA_TOLERANCE)) return { shift, scale };
  }
  throw notConverged();
}

/**
 * Means of the other features' effects, each weighted by how likely it makes the values of this one. Weights are taken
 * relative to the largest, so that many rows cannot make all of them vanish.
 */
function nonParametric(raw: RawEffect): EstimatedEffect {
  const { counts, shift, squares, scale } = raw;
  const features = shift.length;
  const logScale = scale.map((value) => log(value));
  const effect = { shift: new Float64Array(features), scale: new Float64Array(features) };
  const logLikelihood = new Float64Array(features);
  for (let feature = 0; feature < features; feature++) {
    const [n, own, square] = [counts[feature], shift[feature], squares[feature]];
    let largest = -Infinity;
    for (let other = 0; other < features; other++) {
      if (other === feature) continue;
      const distance = own - shift[other];
      logLikelihood[other] = -0.5 * (n * logScale[other] + (square + n * distance * distance) / scale[other]);
      if (logLikelihood[other] > largest) largest = logLikelihood[other];
    }
    let [weights, shifts, scales] = [0, 0, 0];
    for (let other = 0; other < features; other++) {
      if (other === feature) continue;
      const distance = logLikelihood[other] - largest;
      if (distance < -745) continue;
      const weight = exp(distance);
      weights += weight;
      shifts += weight * shift[other];
      scales += weight * scale[other];
    }
    effect.shift[feature] = shifts / weights;
    effect.scale[feature] = scales / weights;
  }
  return effect;
}

function notConverged(): NumericalError {
  return new NumericalError(
    `ComBat's estimate of a batch's effect needs to settle; it did not in ${MAXIMUM_ITERATIONS} iterations; look for features of the same values or harmonise the mean only`,
  );
}
