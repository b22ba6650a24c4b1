import type { Spacing } from "../image/image.ts";
import type { PaddedSize } from "../image/region.ts";
import { cornerOffsets, edgeCorners } from "./marching-cubes-table.ts";
import { type MeshRule, trianglesOf } from "./marching-cubes.ts";

/** The closed surface at half height between the centres of voxels inside and outside. */
export interface Mesh {
  /** In mm³. */
  readonly volume: number;
  /** In mm². */
  readonly area: number;
}

/** Where the voxels of a region are, padded by one on all sides. */
export interface PaddedVoxels {
  readonly padded: PaddedSize;
  readonly positions: Int32Array;
}

/** What the triangles of a pattern add: its area, and the parts of the volume that depend on the cube's place and not. */
interface PatternGeometry {
  readonly area: number;
  /** Sum of the triple products of the triangles' corners, in the cube's own coordinates. */
  readonly triple: number;
  /** Sum of the triangles' normals, as long as twice their areas. */
  readonly normal: readonly [x: number, y: number, z: number];
}

/**
 * Volume and area of the mesh of a region.
 *
 * No triangle is made: cubes are counted by the pattern of their corners, with the sum of their places, and each of the
 * 256 patterns is measured once.
 *
 * @source IBSI reference manual 3.1: mesh-based volume (RNU0) by the divergence theorem and surface area (C0JK).
 */
export function measureMesh(voxels: PaddedVoxels, spacingMm: Spacing, rule: MeshRule): Mesh {
  const cubes = countPatterns(voxels);
  let [volume, area] = [0, 0];
  for (let pattern = 1; pattern < 255; pattern++) {
    const count = cubes.count[pattern];
    if (count === 0) continue;
    const geometry = patternGeometry(pattern, spacingMm, rule);
    area += count * geometry.area;
    volume += count * geometry.triple;
    for (let axis = 0; axis < 3; axis++)
      volume += cubes.place[axis][pattern] * spacingMm[axis] * geometry.normal[axis];
  }
  return { volume: volume / 6, area };
}

interface PatternCounts {
  readonly count: Float64Array;
  /** Sums of the coordinates of the cubes of each pattern. */
  readonly place: readonly [x: Float64Array, y: Float64Array, z: Float64Array];
}

function countPatterns({ padded, positions }: PaddedVoxels): PatternCounts {
  const { width, height, depth } = padded;
  const inside = new Uint8Array(width * height * depth);
  for (let k = 0; k < positions.length; k++) inside[positions[k]] = 1;
  const count = new Float64Array(256);
  const [xs, ys, zs] = [new Float64Array(256), new Float64Array(256), new Float64Array(256)];
  const plane = width * height;
  for (let z = 0; z + 1 < depth; z++)
    for (let y = 0; y + 1 < height; y++) {
      const row = (z * height + y) * width;
      let left = sideOf(inside, row, width, plane);
      for (let x = 0; x + 1 < width; x++) {
        const right = sideOf(inside, row + x + 1, width, plane);
        // Corners 0, 3, 4, 7 are those of the left side, 1, 2, 5, 6 those of the right one.
        const pattern = leftBits[left] | rightBits[right];
        left = right;
        if (pattern === 0 || pattern === 255) continue;
        count[pattern]++;
        xs[pattern] += x;
        ys[pattern] += y;
        zs[pattern] += z;
      }
    }
  return { count, place: [xs, ys, zs] };
}

/** The four voxels of a side of a cube: bits 1, 2, 4, 8 for (y, z), (y + 1, z), (y, z + 1), (y + 1, z + 1). */
function sideOf(inside: Uint8Array, at: number, width: number, plane: number): number {
  return (
    inside[at] | (inside[at + width] << 1) | (inside[at + plane] << 2) | (inside[at + plane + width] << 3)
  );
}

const sides = Array.from({ length: 16 }, (_, side) => side);
const spread = (corners: readonly number[]) =>
  Uint8Array.from(sides, (side) =>
    corners.reduce((bits, corner, k) => bits | (((side >> k) & 1) << corner), 0),
  );
const leftBits = spread([0, 3, 4, 7]);
const rightBits = spread([1, 2, 5, 6]);

function patternGeometry(pattern: number, spacingMm: Spacing, rule: MeshRule): PatternGeometry {
  const { edges, sign } = trianglesOf(pattern, rule);
  let [area, triple] = [0, 0];
  const normal: [number, number, number] = [0, 0, 0];
  for (let at = 0; at < edges.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((corner) => edgeMiddle(edges[at + corner], spacingMm));
    const ab = b.map((value, axis) => value - a[axis]);
    const ac = c.map((value, axis) => value - a[axis]);
    const cross = [
      ab[1] * ac[2] - ab[2] * ac[1],
      ab[2] * ac[0] - ab[0] * ac[2],
      ab[0] * ac[1] - ab[1] * ac[0],
    ];
    area += Math.sqrt(cross.reduce((sum, value) => sum + value * value, 0)) / 2;
    triple += a.reduce((sum, value, axis) => sum + value * cross[axis], 0);
    for (let axis = 0; axis < 3; axis++) normal[axis] += cross[axis];
  }
  return { area, triple: sign * triple, normal: [sign * normal[0], sign * normal[1], sign * normal[2]] };
}

function edgeMiddle(edge: number, spacingMm: Spacing): number[] {
  const [a, b] = edgeCorners[edge].map((corner) => cornerOffsets[corner]);
  return spacingMm.map((size, axis) => ((a[axis] + b[axis]) / 2) * size);
}
