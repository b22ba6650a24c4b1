import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { LevelGrid } from "../image/discretise.ts";
import { catalogue } from "./catalogue.ts";
import { evaluate } from "./evaluate.ts";
import { createLevelSizeCounts } from "./level-size-counts.ts";
import { type CountedMatrices, cooccurrences, levelSizes, runLengths, toneDifferences } from "./texture.ts";
import { type TextureMatrices, closeRuns, forwardSteps } from "./texture-matrices.ts";
import { countTexture, createPassMemory } from "./texture-pass.ts";

/** Families that can be mapped. */
export type MappedFamily = "glcm" | "glrlm" | "glszm" | "ngtdm" | "ngldm";

/** A feature of a family that can be mapped, and how far around each pixel is looked. */
export interface WindowedFeature {
  readonly family: MappedFamily;
  /** Key within the family. */
  readonly feature: string;
  /** The window around a pixel reaches so many pixels to each side, within the region. */
  readonly radiusPx: number;
}

/** Pairs of more levels than this are listed: a window has few pairs, and a table would be mostly empty. */
const tabulatedLevels = 40;

/**
 * A measurement of a feature in windows of a binned region, in memory that all windows share.
 *
 * @param region Of one slice.
 * @returns A function of the window's centre, an index in the padded crop; null where the feature does not exist there.
 */
export function createWindowMeasurement(
  region: LevelGrid,
  { family, feature, radiusPx }: WindowedFeature,
): (centre: number) => number | null {
  const side = 2 * radiusPx + 1;
  const window = createWindow(region.levels, side);
  const steps = forwardSteps(window.padded, true);
  const neighbours = new Uint8Array(side * side);
  const memory = createPassMemory(window.values.length, steps.length, side);
  const pass = { grid: window, steps, neighbours, distance: null, memory };
  const matrices = createWindowMatrices(region.levels, side, steps.length);
  const measure = measurementOf[family];
  return (centre) => {
    const pixels = copyWindow(region, centre, window);
    countNeighbours(window, pixels, { steps, neighbours });
    clearMatrices(matrices, family);
    countTexture(pass, [0, pixels], matrices);
    if (family === "glrlm") closeRuns(matrices);
    return measure([{ matrices, pixels, weights: null }], feature);
  };
}

function createWindow(levels: number, side: number): LevelGrid {
  return {
    padded: { width: side + 2, height: side + 2, depth: 1 },
    levels,
    values: new Uint16Array((side + 2) * (side + 2)),
    positions: new Int32Array(side * side),
    sliceStarts: Int32Array.of(0, side * side),
  };
}

/** Copies the levels around a pixel of the region, which is inside it, and lists where they are; returns how many. */
function copyWindow(region: LevelGrid, centre: number, { padded, values, positions }: LevelGrid): number {
  const { width, height } = region.padded;
  const radius = (padded.width - 3) / 2;
  const y = Math.floor(centre / width);
  const x = centre - y * width;
  const [left, right] = [Math.max(-radius, -x), Math.min(radius, width - 1 - x)];
  const [top, bottom] = [Math.max(-radius, -y), Math.min(radius, height - 1 - y)];
  values.fill(0);
  let pixels = 0;
  for (let dy = top; dy <= bottom; dy++)
    for (let dx = left; dx <= right; dx++) {
      const level = region.values[centre + dy * width + dx];
      if (level === 0) continue;
      const at = (dy + radius + 1) * padded.width + dx + radius + 1;
      values[at] = level;
      positions[pixels++] = at;
    }
  return pixels;
}

interface Neighbourhood {
  readonly steps: Int32Array;
  readonly neighbours: Uint8Array;
}

function countNeighbours(
  { values, positions }: LevelGrid,
  pixels: number,
  { steps, neighbours }: Neighbourhood,
): void {
  for (let k = 0; k < pixels; k++) {
    let inside = 0;
    for (let direction = 0; direction < steps.length; direction++) {
      if (values[positions[k] + steps[direction]] !== 0) inside++;
      if (values[positions[k] - steps[direction]] !== 0) inside++;
    }
    neighbours[k] = inside;
  }
}

/** As large as windows need: runs are no longer than a side. */
function createWindowMatrices(levels: number, side: number, directions: number): TextureMatrices {
  const cells = levels <= tabulatedLevels ? (levels + 1) * (levels + 1) : 0;
  const pairTable = new Uint32Array(directions * cells);
  const ofDirection = Array.from({ length: directions }, (_, direction) => ({
    pairTable: pairTable.subarray(direction * cells, (direction + 1) * cells),
    pairKeys: [],
    runs: createLevelSizeCounts(levels, side + 1),
  }));
  const columns = 2 * directions + 1;
  return {
    levels,
    matrices: ofDirection,
    ofDirection,
    pairTable,
    pairOffsets: Int32Array.from({ length: directions }, (_, direction) => direction * cells),
    zones: createLevelSizeCounts(levels, side + 1),
    distanceZones: createLevelSizeCounts(0, 0),
    dependences: createLevelSizeCounts(levels, columns + 1),
    toneDifferences: {
      levels,
      columns,
      pixels: new Float64Array((levels + 1) * columns),
      differences: new Float64Array((levels + 1) * columns),
    },
  };
}

/** Empties what the family reads; what it does not read may count on. */
function clearMatrices(matrices: TextureMatrices, family: MappedFamily): void {
  const { pairTable, ofDirection, zones, dependences, toneDifferences: tones } = matrices;
  zones.large.length = 0;
  for (const { pairKeys, runs } of ofDirection) {
    pairKeys.length = 0;
    runs.large.length = 0;
    if (family === "glrlm") runs.table.fill(0);
  }
  if (family === "glcm") pairTable.fill(0);
  if (family === "glszm") zones.table.fill(0);
  if (family === "ngldm" || family === "glrlm") dependences.table.fill(0);
  if (family === "ngtdm") {
    tones.pixels.fill(0);
    tones.differences.fill(0);
  }
}

/** A feature of a family from the matrices of a window; null where it does not exist. */
const measurementOf: Readonly<
  Record<MappedFamily, (counted: readonly CountedMatrices[], feature: string) => number | null>
> = {
  glcm: (counted, feature) => meanOf(catalogue.glcm.features, feature, cooccurrences(counted)),
  glrlm: (counted, feature) => meanOf(catalogue.glrlm.features, feature, runLengths(counted)),
  glszm: (counted, feature) => meanOf(catalogue.glszm.features, feature, levelSizes(counted, "zones")),
  ngtdm: (counted, feature) => meanOf(catalogue.ngtdm.features, feature, toneDifferences(counted)),
  ngldm: (counted, feature) => meanOf(catalogue.ngldm.features, feature, levelSizes(counted, "dependences")),
};

/** The mean over matrices of those for which the feature exists, as of a whole region. */
function meanOf<Input>(
  features: Readonly<Record<string, FeatureDefinition<Input>>>,
  feature: string,
  inputs: readonly Input[],
): number | null {
  const wanted = { [feature]: features[feature] };
  return evaluate(wanted, inputs, "")[0].value;
}
