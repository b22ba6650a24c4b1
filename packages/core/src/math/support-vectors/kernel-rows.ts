import { type Kernel, kernelRow, type Points } from "./kernel.ts";

/** Rows of a kernel matrix, computed when first asked for and kept while there is room. */
export interface KernelRows {
  /** Kernel of point i with all points; not to be written to. */
  readonly row: (i: number) => Float64Array;
  /** Kernel of each point with itself. */
  readonly diagonal: Float64Array;
}

/** Numbers that the kept rows may hold together: 256 MB. */
const ROOM = 1 << 25;

/**
 * The kernel matrix of some points, row by row.
 *
 * @param precision In which the rows are kept; single is LIBSVM's.
 */
export function kernelRows(kernel: Kernel, points: Points, precision: "double" | "single"): KernelRows {
  const { count, columns, values, squaredLengths } = points;
  const most = Math.max(2, Math.floor(ROOM / Math.max(1, count)));
  const kept = new Map<number, Float64Array>();
  const row = (i: number): Float64Array => {
    const known = kept.get(i);
    if (known !== undefined) {
      if (count <= most) return known;
      // A map lists its keys by age: the row becomes the youngest.
      kept.delete(i);
      kept.set(i, known);
      return known;
    }
    const fresh = kept.size >= most ? oldest(kept) : new Float64Array(count);
    const point = {
      values: values.subarray(i * columns, (i + 1) * columns),
      squaredLength: squaredLengths[i],
    };
    kernelRow(kernel, point, points, fresh);
    if (precision === "single") fresh.forEach((value, k) => (fresh[k] = Math.fround(value)));
    kept.set(i, fresh);
    return fresh;
  };
  const diagonal = kernel.kind === "linear" ? squaredLengths : new Float64Array(count).fill(1);
  return { row, diagonal };
}

/** Takes the row that was not asked for longest, to be overwritten. */
function oldest(kept: Map<number, Float64Array>): Float64Array {
  const [key, row] = kept.entries().next().value!;
  kept.delete(key);
  return row;
}
