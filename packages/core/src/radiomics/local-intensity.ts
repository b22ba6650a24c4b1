import type { FeatureDefinition } from "../features/feature-definition.ts";
import { cbrt } from "../math/elementary.ts";
import type { Image, Mask } from "../image/image.ts";

/** Means of the image in a sphere of 1 cm³ around voxels of a region. */
export interface LocalIntensity {
  /** Around the voxel of the largest intensity; of several, the largest mean. */
  readonly localPeak: number;
  /** The largest around any voxel of the region. */
  readonly globalPeak: number;
}

/** Radius of a sphere of 1 cm³, about 6.2 mm. */
const radiusMm = cbrt((3 * 1000) / (4 * Math.PI));

/** The voxels of a row of the sphere: its offsets, and how far it reaches to both sides along x. */
interface SphereRow {
  readonly y: number;
  readonly z: number;
  readonly half: number;
}

/**
 * The intensity peaks of a region; the sphere takes in voxels outside the region, not outside the image.
 *
 * Each row of a sphere is a difference of two running sums, so that a sphere costs as many steps as it has rows.
 *
 * @returns Null where the image states no spacing.
 * @source IBSI reference manual 3.2 (9ST6).
 */
export function describeLocalIntensity(image: Image, mask: Mask): LocalIntensity | null {
  const { dimensions, spacingMm, values } = image;
  if (spacingMm === null) return null;
  const [width, height, depth] = dimensions;
  const running = runningSums(image);
  const rows = sphereRows(spacingMm);
  const meanAround = (x: number, y: number, z: number): number => {
    let [sum, voxels] = [0, 0];
    for (const row of rows) {
      if (y + row.y < 0 || y + row.y >= height || z + row.z < 0 || z + row.z >= depth) continue;
      const start = ((z + row.z) * height + y + row.y) * (width + 1);
      const [from, to] = [Math.max(0, x - row.half), Math.min(width, x + row.half + 1)];
      sum += running[start + to] - running[start + from];
      voxels += to - from;
    }
    return sum / voxels;
  };
  let [largest, localPeak, globalPeak] = [-Infinity, -Infinity, -Infinity];
  for (let z = 0, p = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, p++) {
        if (mask.values[p] === 0) continue;
        const mean = meanAround(x, y, z);
        globalPeak = Math.max(globalPeak, mean);
        if (values[p] < largest) continue;
        localPeak = values[p] > largest ? mean : Math.max(localPeak, mean);
        largest = values[p];
      }
  return { localPeak, globalPeak };
}

/** Sums of each row up to before each voxel; shape [(width + 1) * height * depth]. */
function runningSums({ dimensions: [width, height, depth], values }: Image): Float64Array {
  const running = new Float64Array((width + 1) * height * depth);
  for (let row = 0; row < height * depth; row++)
    for (let x = 0; x < width; x++)
      running[row * (width + 1) + x + 1] = running[row * (width + 1) + x] + values[row * width + x];
  return running;
}

function sphereRows(spacingMm: readonly [number, number, number]): SphereRow[] {
  const [dx, dy, dz] = spacingMm;
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
