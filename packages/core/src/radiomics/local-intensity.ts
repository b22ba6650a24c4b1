import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Image, Mask } from "../image/image.ts";
import { type BoundingBox, boundingBox } from "../image/mask.ts";
import { cbrt } from "../math/elementary.ts";

/** Means of the image in a sphere of 1 cm³ around voxels of a region. */
export interface LocalIntensity {
  /** Around the voxel of the largest intensity; of several, the largest mean. */
  readonly localPeak: number;
  /** The largest around any voxel of the region. */
  readonly globalPeak: number;
}

/** Radius of a sphere of 1 cm³, about 6.2 mm. */
const radiusMm = cbrt((3 * 1000) / (4 * Math.PI));

/**
 * The intensity peaks of a region; the sphere takes in voxels outside the region, but none outside the image or without a
 * finite intensity.
 *
 * A row of a sphere is a difference of two running sums, so that a sphere costs as many steps as it has rows.
 *
 * @param mask Not empty; intensities inside it are finite.
 * @returns Null where the image states no spacing.
 * @source IBSI reference manual 3.2 (9ST6).
 * @example describeLocalIntensity({ dimensions: [3, 1, 1], spacingMm: [4, 4, 4], values: Uint8Array.of(9, 3, 6) }, { dimensions: [3, 1, 1], values: Uint8Array.of(1, 1, 0) }) // => { "localPeak": 6, "globalPeak": 6 }
 */
export function describeLocalIntensity(image: Image, mask: Mask): LocalIntensity | null {
  const { dimensions, spacingMm, values } = image;
  if (spacingMm === null) return null;
  const box = boundingBox(mask)!;
  const [width, height] = dimensions;
  const around = surroundings(image, box, spacingMm);
  const [sums, counts] = [new Float64Array(box.width), new Float64Array(box.width)];
  let [largest, localPeak, globalPeak] = [-Infinity, -Infinity, -Infinity];
  for (let z = box.z; z < box.z + box.depth; z++)
    for (let y = box.y; y < box.y + box.height; y++) {
      const row = (z * height + y) * width + box.x;
      const inside = mask.values.subarray(row, row + box.width);
      const span = {
        first: inside.findIndex((value) => value !== 0),
        last: inside.findLastIndex((value) => value !== 0),
      };
      if (span.first < 0) continue;
      sumSpheres(around, [y, z], span, { sums, counts });
      for (let x = span.first; x <= span.last; x++) {
        if (inside[x] === 0) continue;
        const mean = sums[x] / counts[x];
        globalPeak = Math.max(globalPeak, mean);
        const value = values[row + x];
        if (value < largest) continue;
        localPeak = value > largest ? mean : Math.max(localPeak, mean);
        largest = value;
      }
    }
  return { localPeak, globalPeak };
}

/** The rows of an image that spheres around a box reach, as running sums. */
interface Surroundings {
  readonly sphere: readonly SphereRow[];
  /** How far a sphere reaches along x, in voxels. */
  readonly reach: number;
  /** First row and rows along y and z. */
  readonly rows: { readonly y: number; readonly z: number; readonly height: number; readonly depth: number };
  /** Sums of a row up to before each voxel, from `reach` before the box to `reach` behind it; 0 outside the image. */
  readonly sums: Float64Array;
  /** Likewise the voxels that have an intensity; null where all of all spheres have. */
  readonly counts: Float64Array | null;
  readonly rowLength: number;
}

/** The voxels of a row of the sphere: its offset, and how far it reaches to both sides along x. */
interface SphereRow {
  readonly y: number;
  readonly z: number;
  readonly half: number;
}

function surroundings(
  { dimensions: [width, height, depth], values }: Image,
  box: BoundingBox,
  spacingMm: readonly [number, number, number],
): Surroundings {
  const [reach, reachY, reachZ] = spacingMm.map((size) => Math.floor(radiusMm / size));
  const [y, z] = [Math.max(0, box.y - reachY), Math.max(0, box.z - reachZ)];
  const rows = {
    y,
    z,
    height: Math.min(height, box.y + box.height + reachY) - y,
    depth: Math.min(depth, box.z + box.depth + reachZ) - z,
  };
  const rowLength = box.width + 2 * reach + 1;
  const size = rowLength * rows.height * rows.depth;
  const [sums, counts] = [new Float64Array(size), new Float64Array(size)];
  let missing = 0;
  for (let row = 0; row < rows.height * rows.depth; row++) {
    const inSlice = row % rows.height;
    const source = ((z + (row - inSlice) / rows.height) * height + y + inSlice) * width;
    for (let k = 0, at = row * rowLength; k + 1 < rowLength; k++, at++) {
      const x = box.x - reach + k;
      const value = x < 0 || x >= width ? NaN : values[source + x];
      // x - x is 0 for finite numbers only.
      const isMissing = value - value !== 0;
      if (isMissing) missing++;
      sums[at + 1] = sums[at] + (isMissing ? 0 : value);
      counts[at + 1] = counts[at] + (isMissing ? 0 : 1);
    }
  }
  const isCut = rows.height < box.height + 2 * reachY || rows.depth < box.depth + 2 * reachZ;
  return {
    sphere: sphereRows(spacingMm),
    reach,
    rows,
    sums,
    counts: missing > 0 || isCut ? counts : null,
    rowLength,
  };
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Sums and voxels of the spheres around a stretch of a row of the box. */
function sumSpheres(
  { sphere, reach, rows, sums, counts, rowLength }: Surroundings,
  [y, z]: readonly [number, number],
  span: Span,
  result: { readonly sums: Float64Array; readonly counts: Float64Array },
): void {
  result.sums.fill(0);
  result.counts.fill(0);
  let voxels = 0;
  for (const row of sphere) {
    const length = 2 * row.half + 1;
    voxels += length;
    const [rowY, rowZ] = [y + row.y - rows.y, z + row.z - rows.z];
    if (rowY < 0 || rowY >= rows.height || rowZ < 0 || rowZ >= rows.depth) continue;
    const from = (rowZ * rows.height + rowY) * rowLength + reach - row.half;
    addDifferences(result.sums, sums, span, [from, from + length]);
    if (counts !== null) addDifferences(result.counts, counts, span, [from, from + length]);
  }
  if (counts === null) result.counts.fill(voxels);
}

function addDifferences(
  result: Float64Array,
  running: Float64Array,
  { first, last }: Span,
  [from, to]: readonly [number, number],
): void {
  for (let x = first; x <= last; x++) result[x] += running[to + x] - running[from + x];
}

function sphereRows([dx, dy, dz]: readonly [number, number, number]): SphereRow[] {
  const [reachY, reachZ] = [Math.floor(radiusMm / dy), Math.floor(radiusMm / dz)];
  const rows: SphereRow[] = [];
  for (let z = -reachZ; z <= reachZ; z++)
    for (let y = -reachY; y <= reachY; y++) {
      const rest = radiusMm * radiusMm - y * dy * (y * dy) - z * dz * (z * dz);
      if (rest >= 0) rows.push({ y, z, half: Math.floor(Math.sqrt(rest) / dx) });
    }
  return rows;
}

/** Local intensity features (IBSI 3.2, 9ST6). */
export const localIntensityFeatures = {
  localPeak: {
    name: "local intensity peak",
    ibsi: "VJGA",
    unit: "grey level",
    compute: (peaks) => peaks.localPeak,
  },
  globalPeak: {
    name: "global intensity peak",
    ibsi: "0F91",
    unit: "grey level",
    compute: (peaks) => peaks.globalPeak,
  },
} satisfies Record<string, FeatureDefinition<LocalIntensity>>;
