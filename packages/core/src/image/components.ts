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
function labelComponent(search: Search, seed: number, label: number): number {
  const { labels, waiting } = search;
  let size = 0;
  labels[seed] = label;
  waiting.push(seed);
  for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
    size++;
    labelNeighbours(search, pixel, label);
  }
  return size;
}

function labelNeighbours(
  { mask, labels, connectivity, waiting }: Search,
  pixel: number,
  label: number,
): void {
  const [width, height, depth] = mask.dimensions;
  const x = pixel % width;
  const y = Math.floor(pixel / width) % height;
  const z = Math.floor(pixel / (width * height));
  const furthest = connectivity === "faces" ? 1 : 3;
  for (let dz = Math.max(-z, -1); dz <= Math.min(depth - 1 - z, 1); dz++)
    for (let dy = Math.max(-y, -1); dy <= Math.min(height - 1 - y, 1); dy++)
      for (let dx = Math.max(-x, -1); dx <= Math.min(width - 1 - x, 1); dx++) {
        const neighbour = pixel + (dz * height + dy) * width + dx;
        if (mask.values[neighbour] === 0 || labels[neighbour] !== 0) continue;
        if (dx * dx + dy * dy + dz * dz > furthest) continue;
        labels[neighbour] = label;
        waiting.push(neighbour);
      }
}
