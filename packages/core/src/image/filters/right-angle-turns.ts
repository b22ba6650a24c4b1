import { type Kernel, reversedKernel } from "./correlate.ts";
import type { FilterDimensions, Pooling } from "./image-filter.ts";

/** A turn by right angles: which axis each new axis comes from, and whether it is reversed. */
export interface Turn {
  readonly from: readonly number[];
  readonly reversed: readonly boolean[];
}

/** The turns of a plane (4) or a volume (24): permutations and reversals of axes that keep handedness; one without pooling. */
export function turnsOf(dimensions: FilterDimensions, pooling: Pooling): Turn[] {
  if (pooling === "none")
    return [{ from: [0, 1, 2].slice(0, dimensions), reversed: Array<boolean>(dimensions).fill(false) }];
  return permutations(dimensions).flatMap((from) =>
    Array.from({ length: 1 << dimensions }, (_, signs) => {
      const reversed = from.map((_, axis) => ((signs >> axis) & 1) === 1);
      return { from, reversed };
    }).filter(({ reversed }) => (reversed.filter(Boolean).length + inversions(from)) % 2 === 0),
  );
}

function permutations(size: number): number[][] {
  if (size === 1) return [[0]];
  return permutations(size - 1).flatMap((shorter) =>
    Array.from({ length: size }, (_, at) => shorter.toSpliced(at, 0, size - 1)),
  );
}

function inversions(order: readonly number[]): number {
  return order.reduce(
    (count, value, k) => count + order.slice(k + 1).filter((later) => later < value).length,
    0,
  );
}

/** Turns products of kernels; kernels that are equal become one object, so that their passes are shared. */
export function createKernelTurner(): (kernels: readonly Kernel[], turn: Turn) => Kernel[] {
  const distinct = new Map<string, Kernel>();
  const shared = (kernel: Kernel): Kernel => {
    const key = `${kernel.origin}:${kernel.weights.join()}`;
    const known = distinct.get(key) ?? kernel;
    distinct.set(key, known);
    return known;
  };
  return (kernels, { from, reversed }) =>
    from.map((axis, k) => shared(reversed[k] ? reversedKernel(kernels[axis]) : kernels[axis]));
}

/**
 * A product of kernels turned by all right angles, or as it is without pooling.
 *
 * @param kernels One an axis.
 */
export function turnedKernels(kernels: readonly Kernel[], pooling: Pooling): (readonly Kernel[])[] {
  const turnKernels = createKernelTurner();
  return turnsOf(kernels.length as FilterDimensions, pooling).map((turn) => turnKernels(kernels, turn));
}

/** Adds a response to those pooled so far; the first one starts them. */
export function poolResponse(
  pooled: Float64Array | null,
  response: Float64Array,
  pooling: Pooling,
): Float64Array {
  if (pooled === null) return response.slice();
  if (pooling === "max") for (let k = 0; k < pooled.length; k++) pooled[k] = Math.max(pooled[k], response[k]);
  else for (let k = 0; k < pooled.length; k++) pooled[k] += response[k];
  return pooled;
}

/** Ends the pooling of as many responses. */
export function closePool(pooled: Float64Array, responses: number, pooling: Pooling): Float64Array {
  if (pooling === "average") for (let k = 0; k < pooled.length; k++) pooled[k] /= responses;
  return pooled;
}
