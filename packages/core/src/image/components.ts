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
  const waiting: number[] = [];
  const visit = (pixel: number) => {
    labels[pixel] = sizes.length + 1;
    waiting.push(pixel);
  };
  for (let seed = 0; seed < labels.length; seed++) {
    if (mask.values[seed] === 0 || labels[seed] !== 0) continue;
    let size = 0;
    visit(seed);
    for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
      size++;
      visitNeighbours({ mask, labels, connectivity }, pixel, visit);
    }
    sizes.push(size);
  }
  return { labels, sizes };
}

interface Search {
  readonly mask: Mask;
  readonly labels: Int32Array;
  readonly connectivity: Connectivity;
}

function visitNeighbours(
  { mask, labels, connectivity }: Search,
  pixel: number,
  visit: (pixel: number) => void,
): void {
  const [width, height, depth] = mask.dimensions;
  const [left, right] = around(pixel % width, width);
  const [above, below] = around(Math.floor(pixel / width) % height, height);
  const [before, behind] = around(Math.floor(pixel / (width * height)), depth);
  for (let dz = before; dz <= behind; dz++)
    for (let dy = above; dy <= below; dy++)
      for (let dx = left; dx <= right; dx++) {
        if (connectivity === "faces" && Math.abs(dx) + Math.abs(dy) + Math.abs(dz) > 1) continue;
        const neighbour = pixel + (dz * height + dy) * width + dx;
        if (mask.values[neighbour] !== 0 && labels[neighbour] === 0) visit(neighbour);
      }
}

/** Steps from a coordinate that stay on the grid. */
function around(coordinate: number, size: number): [first: number, last: number] {
  return [coordinate > 0 ? -1 : 0, coordinate + 1 < size ? 1 : 0];
}
