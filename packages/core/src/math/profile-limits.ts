import { addMultiple, dotProduct } from "./dot-product.ts";
import { type LikelihoodMaximum, maximiseLikelihood } from "./likelihood-search.ts";
import type { LogisticLikelihood } from "./logistic-likelihood.ts";
import { solveTriangle } from "./qr.ts";

/** Limits of a coefficient; null where the likelihood does not fall far enough on that side. */
export interface ProfileInterval {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The likelihood along one coefficient, the others at their best. */
export interface Profile {
  readonly likelihood: LogisticLikelihood;
  /** The coefficient is the product of this vector with the coordinates. */
  readonly direction: Float64Array;
  /** Change of the coordinates where the coefficient rises by one and no other coefficient changes. */
  readonly column: Float64Array;
  /** The maximum, with the path of the best coordinates as the coefficient changes. */
  readonly maximum: LikelihoodMaximum;
  /** Coefficient at the maximum. */
  readonly estimate: number;
  /** Square root of its entry in the inverse of the Fisher information. */
  readonly standardError: number;
}

/** A place on a profile: coefficient, drop below the maximum as a signed root, and how that root rises. */
interface Place {
  readonly value: number;
  readonly best: LikelihoodMaximum;
  /** Square root of twice the drop. */
  readonly root: number;
}

/** Farther than this many standard errors from the estimate no limit is looked for. */
const FARTHEST = 1e4;
/** Nearer than this many standard errors to the estimate one maximum is taken for granted. */
const NEAR = 3;
/** A signed root this near to the target, as a share of it, is one step of Newton's from the limit. */
const CLOSE = 1e-6;
/** From one place to the next the distance from the estimate grows by this factor at most. */
const LARGEST_GROWTH = 3;

/**
 * The profile of a coefficient around the maximum of a likelihood.
 *
 * @param kept Position among the columns that the basis spans.
 * @param standardError On the scale of the coefficient.
 */
export function profileOf(
  likelihood: LogisticLikelihood,
  maximum: LikelihoodMaximum,
  kept: number,
  standardError: number,
): Profile {
  const { triangle } = likelihood.decomposition;
  const rank = triangle.rows;
  const direction = new Float64Array(rank);
  // Row `kept` of R^-1, one column at a time.
  for (let k = 0; k < rank; k++) {
    const unit = new Float64Array(rank);
    unit[k] = 1;
    direction[k] = solveTriangle(triangle, unit)[kept];
  }
  const { coordinates } = maximum.point;
  const estimate = dotProduct(direction, 0, coordinates, rank);
  const held = maximiseLikelihood(likelihood, coordinates, { direction, value: estimate });
  const column = triangle.values.slice(kept * rank, (kept + 1) * rank);
  return { likelihood, direction, column, maximum: held ?? maximum, estimate, standardError };
}

/**
 * Twice the drop of the likelihood from its maximum to the best point with the coefficient at a value.
 *
 * @returns At least 0; null where the likelihood cannot be followed there.
 */
export function profileDrop(profile: Profile, value: number): number | null {
  const place = follow(profile, startOf(profile), value);
  if (place === null) return null;
  const { root } = challenged(profile, place);
  return root * root;
}

/**
 * The values of the coefficient at which twice the drop of the likelihood is the square of a target.
 *
 * @param target Positive: the normal quantile of the confidence.
 * @returns On each side of the estimate; null where there is none within reach.
 */
export function profileLimits(profile: Profile, target: number): ProfileInterval {
  return { lower: limitOf(profile, target, -1), upper: limitOf(profile, target, 1) };
}

/** Newton's method on the signed root, which is nearly straight; between places on both sides of the limit, kept there. */
function limitOf(profile: Profile, target: number, side: -1 | 1): number | null {
  const { estimate, standardError } = profile;
  let inside = startOf(profile);
  let outside: Place | null = null;
  let value = estimate + side * target * standardError;
  for (let iteration = 0; iteration < 100; iteration++) {
    const place = follow(profile, nearest(inside, outside, value), value);
    if (place === null) return null;
    if (Math.abs(place.root - target) < CLOSE * target) {
      const better = challenged(profile, place);
      // Newton's error after a step is the square of that before it.
      if (better === place) return value + ((target - place.root) * place.root) / -place.best.slope;
      // The limit of another, higher maximum lies farther out.
      [inside, outside] = [better, null];
      value = nextValue(profile, { inside, outside, place: better }, { target, side }) ?? NaN;
      continue;
    }
    if (place.root < target) inside = place;
    else outside = place;
    const next = nextValue(profile, { inside, outside, place }, { target, side });
    if (next === null || next === value) return next;
    value = next;
  }
  return value;
}

interface Bracket {
  readonly inside: Place;
  readonly outside: Place | null;
  /** Where the profile was looked at last. */
  readonly place: Place;
}

/** Null where the limit is out of reach. */
function nextValue(
  { estimate, standardError }: Profile,
  { inside, outside, place }: Bracket,
  { target, side }: { readonly target: number; readonly side: -1 | 1 },
): number | null {
  // d(root)/d(value) = -slope / root.
  const rise = -place.best.slope / place.root;
  const newton = place.value + (target - place.root) / rise;
  const isUsable = Number.isFinite(newton) && Number.isFinite(rise) && rise * side > 0;
  if (outside === null) {
    const distance = Math.abs(inside.value - estimate);
    if (distance > FARTHEST * standardError) return null;
    const farthest = estimate + side * LARGEST_GROWTH * Math.max(distance, 0.1 * standardError);
    return isUsable && (farthest - newton) * side > 0 ? newton : farthest;
  }
  const middle = 0.5 * (inside.value + outside.value);
  if (middle === inside.value || middle === outside.value) return place.value;
  return isUsable && (newton - inside.value) * (outside.value - newton) > 0 ? newton : middle;
}

function nearest(inside: Place, outside: Place | null, value: number): Place {
  if (outside === null) return inside;
  return Math.abs(outside.value - value) < Math.abs(inside.value - value) ? outside : inside;
}

function startOf({ maximum, estimate }: Profile): Place {
  return { value: estimate, best: maximum, root: 0 };
}

/**
 * A place, or a higher one at the same value: far from the estimate Firth's likelihood may have several maxima, so other
 * starts are tried there, with the other coefficients as estimated, at zero, and in proportion.
 */
function challenged(profile: Profile, place: Place): Place {
  const { likelihood, maximum, estimate, standardError, direction } = profile;
  if (!likelihood.isPenalised || Math.abs(place.value - estimate) < NEAR * standardError) return place;
  const { value } = place;
  const own = maximum.point.coordinates;
  const start = Float64Array.from(own);
  addMultiple(start, value - estimate, profile.column, 0);
  const starts = [
    start,
    profile.column.map((entry) => value * entry),
    own.map((coordinate) => Math.abs(value / estimate) * coordinate),
  ];
  let highest = place;
  for (const coordinates of starts) {
    const best = maximiseLikelihood(likelihood, coordinates, { direction, value });
    const gain = (best?.point.value ?? -Infinity) - highest.best.point.value;
    if (best?.converged === true && gain > 1e-7) highest = placeOf(profile, value, best);
  }
  return highest;
}

function placeOf({ maximum }: Profile, value: number, best: LikelihoodMaximum): Place {
  const drop = 2 * (maximum.point.value - best.point.value);
  return { value, best, root: Math.sqrt(Math.max(0, drop)) };
}

/** The place at a value, reached from another along the path of the best coordinates; by half-way steps where need be. */
function follow(profile: Profile, from: Place, value: number, depth = 0): Place | null {
  const start = Float64Array.from(from.best.point.coordinates);
  if (from.best.path !== null) addMultiple(start, value - from.value, from.best.path, 0);
  const best = maximiseLikelihood(profile.likelihood, start, { direction: profile.direction, value });
  if (best?.converged === true) return placeOf(profile, value, best);
  if (depth === 8) return null;
  const half = follow(profile, from, 0.5 * (from.value + value), depth + 1);
  return half === null ? null : follow(profile, half, value, depth + 1);
}
