import { sortedQuantile } from "../math/quantiles.ts";
import { type LesionBorder, borderPoints } from "./ultrasound-border.ts";
import type { LesionFrame } from "./ultrasound-frame.ts";

/** The margin of a lesion along the normals of its border, in SDs of the tissue around. */
export interface LesionMargin {
  /** Mean, and standard deviation over sectors, of the tissue just outside minus the lesion just inside. */
  readonly contrast: number;
  readonly contrastVariation: number;
  /** Steepest rise from inside to outside near the border: mean and lower quartile of the sectors. */
  readonly sharpness: number;
  readonly weakSharpness: number;
  /** Root mean square of the rise along each normal, pixels near the border weighing more. */
  readonly acutance: number;
  /** Rim outside the lateral borders minus the tissue further out; null where either is not seen. */
  readonly halo: number | null;
}

/** Where along the normals levels are read, in R from the border; below 0 inside. */
export const marginGeometry = {
  /** Just inside and just outside. */
  strip: 0.25,
  /** The steepest rise is that between two stretches so long, at most so far from the outline that was drawn. */
  stretch: 0.1,
  search: 0.16,
  rim: [0, 0.2],
  beyondRim: [0.4, 0.8],
  /** Borders whose normal is so near to the horizontal are lateral: those across the beam reflect like a mirror. */
  lateral: 0.6,
} as const;

/** Normals are averaged in sectors, so that speckle does not pass for steepness. */
const sectors = 64;
const step = 0.02;
const first = -0.4;
const samples = 61;

/**
 * Levels along the normals of each sector: sum and number of pixels at sector * samples + sample. One sector more holds
 * all normals of the lateral borders.
 */
interface Profiles {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/**
 * The margin of a lesion.
 *
 * @returns Null where the surroundings have no spread, or less than half of the border has pixels on both sides.
 */
export function describeMargin(frame: LesionFrame, border: LesionBorder): LesionMargin | null {
  const { spread } = frame;
  if (spread === null) return null;
  const profiles = readProfiles(frame, border);
  const { strip } = marginGeometry;
  const contrasts: number[] = [];
  const rises: number[] = [];
  for (let sector = 0; sector < sectors; sector++) {
    const contrast = meanBetween(profiles, sector, [0, strip]) - meanBetween(profiles, sector, [-strip, 0]);
    const rise = steepestRise(profiles, sector);
    if (!Number.isNaN(contrast)) contrasts.push(contrast / spread);
    if (!Number.isNaN(rise)) rises.push(rise / spread);
  }
  if (Math.min(contrasts.length, rises.length) < sectors / 2) return null;
  const contrast = meanOf(contrasts);
  return {
    contrast,
    contrastVariation: Math.sqrt(meanOf(contrasts.map((value) => (value - contrast) * (value - contrast)))),
    sharpness: meanOf(rises),
    weakSharpness: sortedQuantile(
      rises.toSorted((a, b) => a - b),
      0.25,
    ),
    acutance: acutance(profiles) / spread,
    halo: haloOf(profiles, spread),
  };
}

function readProfiles(
  { grey, inside, tissue, pixel, width, height, radius }: LesionFrame,
  border: LesionBorder,
): Profiles {
  const profiles = {
    sums: new Float64Array((sectors + 1) * samples),
    counts: new Float64Array((sectors + 1) * samples),
  };
  for (let point = 0; point < borderPoints; point++) {
    const sector = Math.floor((point * sectors) / borderPoints);
    for (let sample = 0; sample < samples; sample++) {
      const along = (first + sample * step) * radius;
      const x = Math.round((border.x[point] + along * border.normalX[point]) / pixel[0]);
      const y = Math.round((border.y[point] + along * border.normalY[point]) / pixel[1]);
      if (x < 0 || x >= width || y < 0 || y >= height) continue;
      const p = y * width + x;
      // Normals may cross the border again where it is not convex.
      if ((along < 0 ? inside[p] : tissue[p]) === 0) continue;
      profiles.sums[sector * samples + sample] += grey[p];
      profiles.counts[sector * samples + sample]++;
      if (Math.abs(border.normalY[point]) >= marginGeometry.lateral) continue;
      profiles.sums[sectors * samples + sample] += grey[p];
      profiles.counts[sectors * samples + sample]++;
    }
  }
  return profiles;
}

/** Mean level of a sector from one distance to before another; NaN where no pixel is seen. */
function meanBetween(
  { sums, counts }: Profiles,
  sector: number,
  [from, to]: readonly [number, number],
): number {
  let [sum, pixels] = [0, 0];
  for (let sample = sampleAt(from); sample < Math.min(samples, sampleAt(to)); sample++) {
    sum += sums[sector * samples + sample];
    pixels += counts[sector * samples + sample];
  }
  return pixels === 0 ? NaN : sum / pixels;
}

function sampleAt(distance: number): number {
  return Math.round((distance - first) / step);
}

function steepestRise(profiles: Profiles, sector: number): number {
  const { stretch, search } = marginGeometry;
  let steepest = NaN;
  for (let sample = sampleAt(-search); sample <= sampleAt(search); sample++) {
    const at = first + sample * step;
    const rise =
      meanBetween(profiles, sector, [at, at + stretch]) - meanBetween(profiles, sector, [at - stretch, at]);
    if (!Number.isNaN(rise) && !(rise <= steepest)) steepest = rise;
  }
  return steepest;
}

/** Pairs of a pixel outside and one inside, as far from the border, weigh by the inverse of their distance. */
function acutance({ sums, counts }: Profiles): number {
  let [squares, seen] = [0, 0];
  for (let sector = 0; sector < sectors; sector++) {
    let [rise, weights] = [0, 0];
    for (let away = 1; away <= sampleAt(marginGeometry.strip) - sampleAt(0); away++) {
      const [outer, inner] = [sampleAt(0) + away, sampleAt(0) - away].map(
        (sample) => sector * samples + sample,
      );
      if (counts[outer] === 0 || counts[inner] === 0) continue;
      rise += (sums[outer] / counts[outer] - sums[inner] / counts[inner]) / away;
      weights += 1 / away;
    }
    if (weights === 0) continue;
    squares += (rise / weights) * (rise / weights);
    seen++;
  }
  return Math.sqrt(squares / Math.max(1, seen));
}

/** Of the lateral borders; null where the rim, or what lies beyond it, is seen along too few normals. */
function haloOf(profiles: Profiles, spread: number): number | null {
  const { rim, beyondRim } = marginGeometry;
  const isSeen = [rim, beyondRim].every(
    (range) => readsBetween(profiles, sectors, range) >= borderPoints / 4,
  );
  if (!isSeen) return null;
  return (meanBetween(profiles, sectors, rim) - meanBetween(profiles, sectors, beyondRim)) / spread;
}

function readsBetween({ counts }: Profiles, sector: number, [from, to]: readonly [number, number]): number {
  const start = sector * samples;
  return counts
    .subarray(start + sampleAt(from), start + Math.min(samples, sampleAt(to)))
    .reduce((sum, count) => sum + count, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
