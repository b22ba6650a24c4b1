import { sortedQuantile } from "../math/quantiles.ts";
import { type LesionFrame, fewestPixels } from "./ultrasound-frame.ts";

/** How bright a lesion is against what lies around it, in SDs of the tissue around unless said. */
export interface LesionEchoes {
  /** Mean difference from the tissue beside it, row by row; null where too little lies beside it. */
  readonly beside: number | null;
  /** Chance that a pixel of the lesion is brighter than one of the tissue beside it, ties counted half. */
  readonly rank: number | null;
  /** Mean of the lesion over, and minus, the median of the superficial layer; null where that is too thin. */
  readonly overFat: number | null;
  readonly minusFat: number | null;
  /** Share of the lesion darker than nineteen of twenty pixels of the tissue around. */
  readonly anechoicShare: number;
  /** Interquartile range over that of the tissue around; null where the latter is 0. */
  readonly heterogeneity: number | null;
  /** Rise of the level from the border to the innermost pixel by a straight line; null where all are as deep. */
  readonly inwards: number | null;
}

/** Where the references lie. */
export const echoGeometry = {
  /** Tissue around: so far from the border in R; beside the lesion is what of it lies in the rows of the lesion. */
  around: [0.1, 1],
  /** Superficial layer above the lesion: below this share of the way from the skin line to it, */
  skinShare: 0.3,
  /** and so far above it, in R. */
  rim: 0.1,
} as const;

/**
 * The echogenicity of a lesion.
 *
 * @returns Null where the tissue around has no spread.
 */
export function describeEchoes(frame: LesionFrame): LesionEchoes | null {
  const { spread, box, width } = frame;
  if (spread === null) return null;
  const lesion = ascendingLevels(frame, frame.inside);
  const around = ascendingLevels(frame, tissueAround(frame));
  const beside = tissueAround(frame);
  beside.fill(0, 0, box.top * width);
  beside.fill(0, (box.bottom + 1) * width);
  const besides = ascendingLevels(frame, beside);
  const isCompared = besides.length >= fewestPixels;
  const mean = lesion.reduce((sum, level) => sum + level, 0) / lesion.length;
  const fat = ascendingLevels(frame, superficialLayer(frame));
  const fatLevel = fat.length < fewestPixels ? null : sortedQuantile(fat, 0.5);
  const range = around.length < fewestPixels ? 0 : interquartileRange(around);
  return {
    beside: isCompared ? meanDifferenceByRow(frame, beside) / spread : null,
    rank: isCompared ? chanceOfBrighter(lesion, besides) : null,
    overFat: fatLevel === null || fatLevel <= 0 ? null : mean / fatLevel,
    minusFat: fatLevel === null ? null : (mean - fatLevel) / spread,
    anechoicShare: shareBelow(lesion, around),
    heterogeneity: range === 0 ? null : interquartileRange(lesion) / range,
    inwards: inwardRise(frame, spread),
  };
}

/** 1 for the tissue around the lesion. */
export function tissueAround({ tissue, distance, radius }: LesionFrame): Uint8Array {
  const [from, to] = echoGeometry.around;
  const around = new Uint8Array(tissue.length);
  for (let p = 0; p < tissue.length; p++)
    if (tissue[p] !== 0 && distance[p] > from * radius && distance[p] <= to * radius) around[p] = 1;
  return around;
}

/** 1 for the tissue above the lesion that is taken for subcutaneous fat. */
export function superficialLayer({ inside, tissue, width, box, radius, pixel }: LesionFrame): Uint8Array {
  const layer = new Uint8Array(tissue.length);
  const gap = Math.max(1, Math.round((echoGeometry.rim * radius) / pixel[1]));
  for (let x = box.left; x <= box.right; x++) {
    let lesion = box.top;
    while (lesion <= box.bottom && inside[lesion * width + x] === 0) lesion++;
    if (lesion > box.bottom) continue;
    let skin = 0;
    while (skin < lesion && tissue[skin * width + x] === 0) skin++;
    const from = Math.ceil(skin + echoGeometry.skinShare * (lesion - skin));
    for (let y = from; y < lesion - gap; y++) layer[y * width + x] = tissue[y * width + x];
  }
  return layer;
}

function ascendingLevels({ grey }: LesionFrame, wanted: Uint8Array): Float64Array {
  const levels = new Float64Array(grey.length);
  let count = 0;
  for (let p = 0; p < grey.length; p++) if (wanted[p] !== 0) levels[count++] = grey[p];
  return sortLevels(levels.subarray(0, count));
}

/** Ascending; the whole levels of an image as it was stored are counted, which is faster. */
function sortLevels(levels: Float64Array): Float64Array {
  const counts = new Uint32Array(65_536);
  for (let k = 0; k < levels.length; k++) {
    const level = levels[k];
    // Typed arrays sort by value, and without a comparator ten times as fast.
    if (!(level >= 0 && level < counts.length && level === Math.floor(level))) return levels.toSorted();
    counts[level]++;
  }
  const ascending = new Float64Array(levels.length);
  for (let level = 0, k = 0; k < ascending.length; level++) {
    ascending.fill(level, k, k + counts[level]);
    k += counts[level];
  }
  return ascending;
}

/** Mean over the lesion of each pixel minus the mean of the reference in its row, where there is one. */
function meanDifferenceByRow({ grey, inside, width, box }: LesionFrame, reference: Uint8Array): number {
  let [difference, compared] = [0, 0];
  for (let y = box.top; y <= box.bottom; y++) {
    let [sum, pixels, referenceSum, references] = [0, 0, 0, 0];
    for (let p = y * width; p < (y + 1) * width; p++) {
      if (inside[p] !== 0) {
        sum += grey[p];
        pixels++;
      } else if (reference[p] !== 0) {
        referenceSum += grey[p];
        references++;
      }
    }
    if (references === 0) continue;
    difference += sum - (pixels * referenceSum) / references;
    compared += pixels;
  }
  return difference / compared;
}

/** The area under the ROC curve of two ascending lists. */
function chanceOfBrighter(brighter: Float64Array, than: Float64Array): number {
  let [below, notAbove, pairs] = [0, 0, 0];
  for (const level of brighter) {
    while (below < than.length && than[below] < level) below++;
    while (notAbove < than.length && than[notAbove] <= level) notAbove++;
    pairs += below + notAbove;
  }
  return pairs / 2 / (brighter.length * than.length);
}

function shareBelow(lesion: Float64Array, around: Float64Array): number {
  const bound = around.length === 0 ? -Infinity : sortedQuantile(around, 0.05);
  let count = 0;
  while (count < lesion.length && lesion[count] < bound) count++;
  return count / lesion.length;
}

function interquartileRange(ascending: Float64Array): number {
  return sortedQuantile(ascending, 0.75) - sortedQuantile(ascending, 0.25);
}

/** Slope by least squares against the depth below the border as a share of the largest depth. */
function inwardRise({ grey, inside, distance }: LesionFrame, spread: number): number | null {
  let [deepest, pixels, depths, levels, squares, products] = [0, 0, 0, 0, 0, 0];
  for (let p = 0; p < grey.length; p++) {
    if (inside[p] === 0) continue;
    const depth = -distance[p];
    deepest = Math.max(deepest, depth);
    pixels++;
    depths += depth;
    levels += grey[p];
    squares += depth * depth;
    products += depth * grey[p];
  }
  const variance = squares - (depths * depths) / pixels;
  return variance <= 1e-12 * squares
    ? null
    : (((products - (depths * levels) / pixels) / variance) * deepest) / spread;
}
