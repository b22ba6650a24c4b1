import type { ThumbnailDetail } from "./fingerprint-detail.ts";

/** A point of a thumbnail, in cells from its upper left corner. */
export type CellPoint = readonly [x: number, y: number];

/**
 * Where one thumbnail lies on another: an affine map, given by the places of three of its corners there. It may be scaled,
 * turned, sheared and mirrored.
 */
export interface Placement {
  readonly origin: CellPoint;
  readonly rightTop: CellPoint;
  readonly leftBottom: CellPoint;
}

/** A rectangle in cells: left, top, right, bottom. */
export type CellBox = readonly [left: number, top: number, right: number, bottom: number];

/**
 * The placement that lays one rectangle on another.
 *
 * @param size Columns and rows of the thumbnail that is placed.
 * @param box Rectangle in it.
 * @param onto Rectangle in the other thumbnail.
 * @param orientation How the content of `onto` lies in `box`: see `ORIENTATIONS`.
 */
export function boxPlacement(
  [columns, rows]: CellPoint,
  box: CellBox,
  onto: CellBox,
  orientation: number,
): Placement {
  const placeOf = (x: number, y: number): CellPoint => {
    const across = (x - box[0]) / (box[2] - box[0]);
    const down = (y - box[1]) / (box[3] - box[1]);
    const u = (orientation & 1) === 0 ? across : 1 - across;
    const v = (orientation & 2) === 0 ? down : 1 - down;
    const [along, below] = (orientation & 4) === 0 ? [u, v] : [v, u];
    return [onto[0] + along * (onto[2] - onto[0]), onto[1] + below * (onto[3] - onto[1])];
  };
  return { origin: placeOf(0, 0), rightTop: placeOf(columns, 0), leftBottom: placeOf(0, rows) };
}

/** How alike two thumbnails are where one lies on the other. */
export interface Overlap {
  /** Correlation of their detail, -1..1; 0 where nothing overlaps. */
  readonly correlation: number;
  /** Cells of the placed thumbnail that lie on tissue of the other and show tissue themselves. */
  readonly cells: number;
}

/**
 * The correlation of the detail of two thumbnails where one lies on the other.
 *
 * @param placed The thumbnail that the placement places.
 * @param other Where it is placed.
 * @param step Every cell, or every second, ...
 * @param within Rectangle of the placed thumbnail that counts; all of it without one.
 */
export function overlapCorrelation(
  { placed, other, placement }: { placed: ThumbnailDetail; other: ThumbnailDetail; placement: Placement },
  step: number,
  within: CellBox = [0, 0, placed.columns, placed.rows],
): Overlap {
  const { origin, rightTop, leftBottom } = placement;
  const [xPerColumn, yPerColumn] = [0, 1].map((axis) => (rightTop[axis] - origin[axis]) / placed.columns);
  const [xPerRow, yPerRow] = [0, 1].map((axis) => (leftBottom[axis] - origin[axis]) / placed.rows);
  const lastColumn = other.columns - 1;
  const lastRow = other.rows - 1;
  const left = Math.max(0, Math.floor(within[0]));
  const right = Math.min(placed.columns, Math.ceil(within[2]));
  const bottom = Math.min(placed.rows, Math.ceil(within[3]));
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let y = Math.max(0, Math.floor(within[1])); y < bottom; y += step) {
    // Values stand at the middle of their cells.
    const startX = origin[0] + (y + 0.5) * xPerRow - 0.5;
    const startY = origin[1] + (y + 0.5) * yPerRow - 0.5;
    for (let x = left; x < right; x += step) {
      const p = y * placed.columns + x;
      if (placed.tissue[p] === 0) continue;
      const column = startX + (x + 0.5) * xPerColumn;
      const row = startY + (x + 0.5) * yPerColumn;
      if (column < 0 || row < 0 || column > lastColumn || row > lastRow) continue;
      const i = Math.min(Math.floor(column), lastColumn - 1);
      const j = Math.min(Math.floor(row), lastRow - 1);
      const q = j * other.columns + i;
      const below = q + other.columns;
      if ((other.tissue[q] & other.tissue[q + 1] & other.tissue[below] & other.tissue[below + 1]) === 0)
        continue;
      const [u, v] = [column - i, row - j];
      const upper = other.values[q] + u * (other.values[q + 1] - other.values[q]);
      const lower = other.values[below] + u * (other.values[below + 1] - other.values[below]);
      const a = upper + v * (lower - upper);
      const b = placed.values[p];
      n++;
      sa += a;
      sb += b;
      saa += a * a;
      sbb += b * b;
      sab += a * b;
    }
  }
  const spread = (saa - (sa * sa) / n) * (sbb - (sb * sb) / n);
  return { correlation: spread > 0 ? (sab - (sa * sb) / n) / Math.sqrt(spread) : 0, cells: n };
}

/** Moves of the corners, in cells, and every how many cells are looked at meanwhile: coarse first. */
const STAGES = [
  { move: 2, step: 3 },
  { move: 1, step: 2 },
  { move: 0.5, step: 2 },
] as const;

/** Rounds of moves of one size. */
const MOST_ROUNDS = 4;

/** Correlation below which a pair is given up after the coarse moves: two unrelated thumbnails reach no more. */
const HOPELESS = 0.35;

/**
 * A placement moved to where the thumbnails are most alike.
 *
 * @param pair The thumbnails and where to start.
 * @returns The placement of a local maximum of the correlation; null where coarse moves show that there is none to speak of.
 */
export function refinePlacement(pair: {
  placed: ThumbnailDetail;
  other: ThumbnailDetail;
  placement: Placement;
}): Placement | null {
  let { placement } = pair;
  for (const { move, step } of STAGES) {
    let best = overlapCorrelation({ ...pair, placement }, step).correlation;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = best;
      for (const direction of DIRECTIONS)
        for (const by of [move, -move]) {
          const moved = movedPlacement(placement, direction, by);
          const { correlation } = overlapCorrelation({ ...pair, placement: moved }, step);
          if (correlation > best) [best, placement] = [correlation, moved];
        }
      if (best === before) break;
    }
    if (best < HOPELESS) return null;
  }
  return placement;
}

/** What a move does to x and y of the three corners: all of them together, or one by itself. */
const DIRECTIONS: readonly (readonly number[])[] = [
  [1, 0, 1, 0, 1, 0],
  [0, 1, 0, 1, 0, 1],
  ...[0, 1, 2, 3, 4, 5].map((moved) => [0, 1, 2, 3, 4, 5].map((at) => (at === moved ? 1 : 0))),
];

function movedPlacement(
  { origin, rightTop, leftBottom }: Placement,
  direction: readonly number[],
  by: number,
): Placement {
  const moved = ([x, y]: CellPoint, corner: number): CellPoint => [
    x + by * direction[2 * corner],
    y + by * direction[2 * corner + 1],
  ];
  return { origin: moved(origin, 0), rightTop: moved(rightTop, 1), leftBottom: moved(leftBottom, 2) };
}
