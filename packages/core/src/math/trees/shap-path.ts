/**
 * Paths of path-dependent TreeSHAP. A path holds, for every column that was asked on the way, the share of training
 * patients that would go on without knowing it (zero), whether the patient itself goes on (one), and the weights of the
 * subsets of each size. Each depth of the recursion owns a stretch of the same arrays that starts at `start`.
 */
export interface ShapPaths {
  readonly column: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/** Arrays for trees of at most `depth` levels of splits. */
export function shapPaths(depth: number): ShapPaths {
  const size = ((depth + 3) * (depth + 4)) / 2;
  return {
    column: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  };
}

/** A step down a tree: which column was asked, and what part of each kind of patient takes the branch. */
export interface ShapStep {
  readonly column: number;
  readonly zero: number;
  readonly one: number;
}

/** Copies the first `length` entries of a path to the stretch at `to`. */
export function copyPath(paths: ShapPaths, from: number, to: number, length: number): void {
  for (let i = 0; i < length; i++) {
    paths.column[to + i] = paths.column[from + i];
    paths.zero[to + i] = paths.zero[from + i];
    paths.one[to + i] = paths.one[from + i];
    paths.weight[to + i] = paths.weight[from + i];
  }
}

/**
 * Adds a step at position `length` of a path.
 *
 * @source Lundberg, Erion & Lee 2018, arXiv:1802.03888, algorithm 2, EXTEND.
 */
export function extendPath(paths: ShapPaths, start: number, length: number, step: ShapStep): void {
  const { weight } = paths;
  const { column, zero, one } = step;
  paths.column[start + length] = column;
  paths.zero[start + length] = zero;
  paths.one[start + length] = one;
  weight[start + length] = length === 0 ? 1 : 0;
  for (let i = length - 1; i >= 0; i--) {
    weight[start + i + 1] += (one * weight[start + i] * (i + 1)) / (length + 1);
    weight[start + i] = (zero * weight[start + i] * (length - i)) / (length + 1);
  }
}

/**
 * Takes the step at `index` out of a path of `length` entries, as if its column had never been asked.
 *
 * @source Lundberg, Erion & Lee 2018, algorithm 2, UNWIND.
 */
export function unwindPath(paths: ShapPaths, start: number, length: number, index: number): void {
  const { column, zero, one, weight } = paths;
  const last = length - 1;
  const [ownZero, ownOne] = [zero[start + index], one[start + index]];
  let next = weight[start + last];
  for (let i = last - 1; i >= 0; i--) {
    if (ownOne !== 0) {
      const kept = weight[start + i];
      weight[start + i] = (next * length) / ((i + 1) * ownOne);
      next = kept - (weight[start + i] * ownZero * (last - i)) / length;
    } else weight[start + i] = (weight[start + i] * length) / (ownZero * (last - i));
  }
  for (let i = index; i < last; i++) {
    column[start + i] = column[start + i + 1];
    zero[start + i] = zero[start + i + 1];
    one[start + i] = one[start + i + 1];
  }
}

/** Sum of the weights of a path of `length` entries once the step at `index` is taken out. */
export function unwoundSum(paths: ShapPaths, start: number, length: number, index: number): number {
  const { weight } = paths;
  const last = length - 1;
  const [zero, one] = [paths.zero[start + index], paths.one[start + index]];
  let next = weight[start + last];
  let total = 0;
  for (let i = last - 1; i >= 0; i--) {
    if (one !== 0) {
      const part = (next * length) / ((i + 1) * one);
      total += part;
      next = weight[start + i] - (part * zero * (last - i)) / length;
    } else if (zero !== 0) total += (weight[start + i] * length) / (zero * (last - i));
  }
  return total;
}
