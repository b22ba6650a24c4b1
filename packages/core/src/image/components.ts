import type { Mask } from "./image.ts";

/** Pixels of one component share a face (4 neighbours in a frame, 6 in a volume) or at least a corner (8, 26). */
export type Connectivity = "faces" | "corners";

/** The connected components of a mask, in the order in which a scan by rows meets them. */
export interface Components {
  /** Component of each pixel, from 1; 0 outside the mask. */
  readonly labels: Int32Array;
  /** Pixels of each component; the component labelled k is at k - 1. */
  readonly sizes: readonly number[];
}

/**
 * The connected components of a mask.
 *
 * @returns No component where the mask is empty.
 * @example connectedComponents({ dimensions: [2, 2, 1], values: Uint8Array.of(1, 0, 0, 1) }, "corners").sizes // => [2]
 * @example connectedComponents({ dimensions: [2, 2, 1], values: Uint8Array.of(1, 0, 0, 1) }, "faces").sizes // => [1, 1]
 */
export function connectedComponents(mask: Mask, connectivity: Connectivity): Components {
  const labels = new Int32Array(mask.values.length);
  const sizes: number[] = [];
  const search = { mask, labels, connectivity, waiting: [] };
  for (let seed = 0; seed < labels.length; seed++)
    if (mask.values[seed] !== 0 && labels[seed] === 0)
      sizes.push(labelComponent(search, seed, sizes.length + 1));
  return { labels, sizes };
}

interface Search {
  readonly mask: Mask;
  readonly labels: Int32Array;
  readonly connectivity: Connectivity;
  /** Labelled pixels whose neighbours are still to be looked at. */
  readonly waiting: number[];
}

/** Labels the component of a pixel and returns its size. */
function labelComponent(
  { mask, labels, connectivity, waiting }: Search,
  seed: number,
  label: number,
): number {
  const { dimensions, values } = mask;
  const [width, height, depth] = dimensions;
  const furthest = connectivity === "faces" ? 1 : 3;
  let size = 1;
  labels[seed] = label;
  waiting.push(seed);
  for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
    const x = pixel % width;
    const row = (pixel - x) / width;
    const y = row % height;
    const z = (row - y) / height;
    for (let dz = z > 0 ? -1 : 0; dz <= (z + 1 < depth ? 1 : 0); dz++)
      for (let dy = y > 0 ? -1 : 0; dy <= (y + 1 < height ? 1 : 0); dy++)
        for (let dx = x > 0 ? -1 : 0; dx <= (x + 1 < width ? 1 : 0); dx++) {
          const neighbour = pixel + (dz * height + dy) * width + dx;
          if (values[neighbour] === 0 || labels[neighbour] !== 0) continue;
          if (dx * dx + dy * dy + dz * dz > furthest) continue;
          labels[neighbour] = label;
          waiting.push(neighbour);
          size++;
        }
  }
  return size;
}
