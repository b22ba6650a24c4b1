import { type LesionFrame, fewestPixels } from "./ultrasound-frame.ts";

/**
 * What lies behind the lesion against what lies beside it at the same depth, in SDs of the tissue around: above 0 where
 * it is brighter.
 */
export interface PosteriorEchoes {
  /** Mean difference from both sides. */
  readonly contrast: number;
  /** The lesser of the mean differences from the left and from the right side; of the only one where one is not seen. */
  readonly minimumSideDifference: number;
  /** Mean difference of the darkest and of the brightest third of the columns. */
  readonly darkest: number;
  readonly brightest: number;
}

/** Where the sound that crossed the lesion is looked at; lengths in R. */
export const posteriorGeometry = {
  /** Columns in which the lesion is at least so thick, against its thickest: its spicules and rims cast no shadow. */
  thickness: 0.75,
  /** Between the lesion and what is compared. */
  gap: 0.1,
  depth: 1,
  sideWidth: 0.5,
};

/** Pixels of the posterior region, and of the strips at its sides. */
export interface PosteriorRegion {
  /** Columns of the middle part, with the first and the last row that is looked at in each. */
  readonly columns: readonly { readonly x: number; readonly from: number; readonly to: number }[];
  /** First and last column of the strips; a strip may lie outside the frame. */
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** Where a lesion's posterior echoes and their references lie. */
export function posteriorRegion({ width, height, inside, pixel, box, radius }: LesionFrame): PosteriorRegion {
  const [perX, perY] = [radius / pixel[0], radius / pixel[1]];
  const { thickness, gap, depth, sideWidth } = posteriorGeometry;
  const columns: { x: number; lowest: number; thick: number }[] = [];
  for (let x = box.left; x <= box.right; x++) {
    let [thick, lowest] = [0, -1];
    for (let y = box.top; y <= box.bottom; y++)
      if (inside[y * width + x] !== 0) {
        thick++;
        lowest = y;
      }
    columns.push({ x, lowest, thick });
  }
  const thickest = Math.max(...columns.map(({ thick }) => thick));
  const [gapX, gapY] = [Math.max(1, Math.round(gap * perX)), Math.max(1, Math.round(gap * perY))];
  const [rows, wide] = [Math.max(1, Math.round(depth * perY)), Math.max(1, Math.round(sideWidth * perX))];
  return {
    columns: columns
      .filter(({ thick }) => thick >= thickness * thickest)
      .map(({ x, lowest }) => ({
        x,
        from: lowest + 1 + gapY,
        to: Math.min(height - 1, lowest + gapY + rows),
      })),
    left: [box.left - gapX - wide, box.left - gapX - 1],
    right: [box.right + gapX + 1, box.right + gapX + wide],
  };
}

/**
 * The posterior echoes of a lesion.
 *
 * @returns Null where fewer than {@link fewestPixels} pixels behind it can be compared, or a fifth of its posterior region.
 */
export function describePosterior(frame: LesionFrame): PosteriorEchoes | null {
  const { grey, tissue, width, spread } = frame;
  if (spread === null) return null;
  const region = posteriorRegion(frame);
  const sides = [region.left, region.right].map((strip) => rowMeans(frame, strip));
  const bySide = [createSum(), createSum()];
  const byColumn: Sum[] = [];
  for (const { x, from, to } of region.columns) {
    const column = createSum();
    for (let y = from; y <= to; y++) {
      const p = y * width + x;
      if (tissue[p] === 0) continue;
      let [references, reference] = [0, 0];
      for (let side = 0; side < 2; side++) {
        const { means, pixels } = sides[side];
        if (pixels[y] === 0) continue;
        add(bySide[side], grey[p] - means[y]);
        references += pixels[y];
        reference += pixels[y] * means[y];
      }
      if (references > 0) add(column, grey[p] - reference / references);
    }
    if (column.pixels > 0) byColumn.push(column);
  }
  const all = merged(byColumn);
  const planned =
    region.columns.length *
    Math.max(1, Math.round((posteriorGeometry.depth * frame.radius) / frame.pixel[1]));
  if (all.pixels < Math.max(fewestPixels, planned / 5)) return null;
  byColumn.sort((a, b) => meanOf(a) - meanOf(b));
  const third = Math.max(1, Math.round(byColumn.length / 3));
  const seen = bySide.filter(({ pixels }) => pixels >= fewestPixels);
  return {
    contrast: meanOf(all) / spread,
    minimumSideDifference: Math.min(...(seen.length === 0 ? [all] : seen).map(meanOf)) / spread,
    darkest: meanOf(merged(byColumn.slice(0, third))) / spread,
    brightest: meanOf(merged(byColumn.slice(-third))) / spread,
  };
}

/** Mean level of the tissue of each row in a strip of columns, and how many pixels that is. */
function rowMeans(
  { grey, tissue, width, height }: LesionFrame,
  [from, to]: readonly [number, number],
): { readonly means: Float64Array; readonly pixels: Int32Array } {
  const [means, pixels] = [new Float64Array(height), new Int32Array(height)];
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = Math.max(0, from); x <= Math.min(width - 1, to); x++) {
      const p = y * width + x;
      if (tissue[p] === 0) continue;
      pixels[y]++;
      sum += grey[p];
    }
    means[y] = sum / Math.max(1, pixels[y]);
  }
  return { means, pixels };
}

interface Sum {
  pixels: number;
  total: number;
}

function createSum(): Sum {
  return { pixels: 0, total: 0 };
}

function add(sum: Sum, value: number): void {
  sum.pixels++;
  sum.total += value;
}

function merged(sums: readonly Sum[]): Sum {
  return sums.reduce(
    (all, sum) => ({ pixels: all.pixels + sum.pixels, total: all.total + sum.total }),
    createSum(),
  );
}

function meanOf({ pixels, total }: Sum): number {
  return total / pixels;
}
