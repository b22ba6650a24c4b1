import type { PaddedSize } from "./region.ts";

/**
 * Steps along the axes from each region pixel to the nearest pixel outside, in whole pixels: 1 at the region's edge.
 *
 * @param positions Indices of region pixels in the padded crop, ascending.
 * @param withinSlices Whether only steps within a slice count, as for features of single slices.
 * @returns 0 outside the region; shape of the padded crop. The edge of the image counts as the region's edge.
 * @source IBSI reference manual 3.9: the distance of a voxel to the ROI edge by 6-connectedness (4 in a slice).
 */
export function borderDistance(padded: PaddedSize, positions: Int32Array, withinSlices: boolean): Int32Array {
  const [row, plane] = [padded.width, padded.width * padded.height];
  const distance = new Int32Array(plane * padded.depth);
  // Two sweeps are exact for city-block distance: each shortest path goes one way along each axis.
  const step = withinSlices ? row : plane;
  for (let k = 0; k < positions.length; k++) {
    const p = positions[k];
    distance[p] = 1 + Math.min(distance[p - 1], distance[p - row], distance[p - step]);
  }
  for (let k = positions.length - 1; k >= 0; k--) {
    const p = positions[k];
    const ahead = 1 + Math.min(distance[p + 1], distance[p + row], distance[p + step]);
    if (ahead < distance[p]) distance[p] = ahead;
  }
  return distance;
}
