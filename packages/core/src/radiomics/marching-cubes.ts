import { cornerOffsets, edgeCorners, trianglesOfPattern } from "./marching-cubes-table.ts";

/**
 * How a surface passes through a cube's side of which two opposite corners are inside.
 *
 * `closed`: it cuts off each of the two, in both cubes that share the side, so that it has no gaps. `pyradiomics`: patterns
 * that include corner 7 are drawn as their complement, which joins the two, so that it has gaps where another pattern meets
 * them, and its size depends on where the region lies.
 */
export type MeshRule = "closed" | "pyradiomics";

/** The triangles of a pattern: three edges of the cube each; `sign` is 1 where they face outwards. */
export interface PatternTriangles {
  readonly edges: readonly number[];
  readonly sign: 1 | -1;
}

/**
 * The surface in a cube.
 *
 * @param pattern Corner k is inside where bit k is set.
 * @returns No triangle where all corners are on one side.
 * @source Lorensen & Cline 1987, SIGGRAPH 21:163-169; gaps: Dürst 1988, Computer Graphics 22:72-73.
 * @example trianglesOf(1, "closed").edges // => [0, 8, 3]
 */
export function trianglesOf(pattern: number, rule: MeshRule): PatternTriangles {
  if ((pattern & corner7) === 0) return { edges: edgesOf(pattern), sign: -1 };
  if (rule === "pyradiomics") return { edges: edgesOf(pattern ^ 255), sign: 1 };
  for (const { corners, isMirror } of symmetries) {
    const turned = turnedPattern(pattern, corners);
    if ((turned & corner7) !== 0) continue;
    const edges = edgesOf(turned).map((edge) => {
      const [a, b] = edgeCorners[edge];
      return edgeBetween(corners.indexOf(a), corners.indexOf(b));
    });
    return { edges, sign: isMirror ? 1 : -1 };
  }
  return { edges: [], sign: 1 };
}

const corner7 = 128;

function edgesOf(pattern: number): number[] {
  const digits = trianglesOfPattern[pattern];
  return digits === "-" ? [] : Array.from(digits, (digit) => parseInt(digit, 16));
}

/** A turn or reflection of the cube: where each corner goes. */
interface Symmetry {
  readonly corners: readonly number[];
  readonly isMirror: boolean;
}

const orders = [
  { axes: [0, 1, 2], isOdd: false },
  { axes: [1, 2, 0], isOdd: false },
  { axes: [2, 0, 1], isOdd: false },
  { axes: [1, 0, 2], isOdd: true },
  { axes: [0, 2, 1], isOdd: true },
  { axes: [2, 1, 0], isOdd: true },
] as const;

/** All 48, turns first. */
const symmetries: readonly Symmetry[] = orders
  .flatMap(({ axes, isOdd }) =>
    Array.from({ length: 8 }, (_, flips): Symmetry => {
      const flip = [flips & 1, (flips >> 1) & 1, flips >> 2];
      const corners = cornerOffsets.map((offset) =>
        cornerAt(axes.map((axis, k) => (flip[k] === 1 ? 1 - offset[axis] : offset[axis]))),
      );
      return { corners, isMirror: isOdd !== (flip[0] + flip[1] + flip[2]) % 2 > 0 };
    }),
  )
  .sort((a, b) => Number(a.isMirror) - Number(b.isMirror));

function cornerAt(place: readonly number[]): number {
  return cornerOffsets.findIndex((offset) => offset.every((value, axis) => value === place[axis]));
}

function turnedPattern(pattern: number, corners: readonly number[]): number {
  return corners.reduce((turned, to, from) => turned | (((pattern >> from) & 1) << to), 0);
}

function edgeBetween(a: number, b: number): number {
  return edgeCorners.findIndex(([p, q]) => (p === a && q === b) || (p === b && q === a));
}
