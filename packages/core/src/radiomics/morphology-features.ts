import type { FeatureDefinition } from "../features/feature-definition.ts";
import { cbrt } from "../math/elementary.ts";
import type { ConvexHull, Morphology } from "./morphology.ts";

const one = { unit: "1" };
const noHull = "the region has no volume";
const oneVoxel = "the region is a single voxel";
const noVariation =
  "the region has one voxel, one intensity, or some that are not finite, or is too large for all pairs of voxels";
const flat = "all voxels of the region lie in a plane";

/** The axes are standard deviations of a sample times four. */
function axisLength(m: Morphology, axis: 0 | 1 | 2): number | null {
  if (m.voxels === 1) return null;
  return 4 * Math.sqrt((m.axisVariances()[axis] * m.voxels) / (m.voxels - 1));
}

/** Length of an axis over that of the major one. */
function axisRatio(m: Morphology, axis: 1 | 2): number | null {
  const [major, ...lesser] = m.axisVariances();
  return major === 0 ? null : Math.sqrt(lesser[axis - 1] / major);
}

/** 36 π V² / A³, 1 for a sphere. */
function compactness2(m: Morphology): number {
  const { volume, area } = m.mesh();
  return (36 * Math.PI * volume * volume) / (area * area * area);
}

function ofHull(compute: (hull: ConvexHull, m: Morphology) => number | null) {
  return {
    ...one,
    undefinedWhen: noHull,
    compute: (m: Morphology) => {
      const hull = m.hull();
      return hull === null ? null : compute(hull, m);
    },
  };
}

function boxVolume([x, y, z]: readonly number[]): number {
  return x * y * z;
}

function boxArea([x, y, z]: readonly number[]): number {
  return 2 * (x * y + y * z + z * x);
}

function ellipsoidVolume([a, b, c]: readonly number[]): number {
  return (4 / 3) * Math.PI * a * b * c;
}

/**
 * The area of an ellipsoid of semi-axes a ≥ b ≥ c: 4πab times the sum of (αβ)^n P_n((α² + β²) / 2αβ) / (1 - 4n²), here by
 * the recurrence of the products, which has no quotient that a spheroid makes 0 / 0 (IBSI 3.1, 20 terms).
 */
function ellipsoidArea([a, b, c]: readonly number[]): number {
  const [alpha2, beta2] = [1 - (b * b) / (a * a), 1 - (c * c) / (a * a)];
  let [before, term, sum] = [0, 1, 0];
  for (let n = 0; n <= 20; n++) {
    sum += term / (1 - 4 * n * n);
    const next = (((2 * n + 1) * (alpha2 + beta2)) / 2) * term - n * alpha2 * beta2 * before;
    before = term;
    term = next / (n + 1);
  }
  return 4 * Math.PI * a * b * sum;
}

/** Semi-axes of the ellipsoid that the principal axes span; null where one is 0. */
function principalSemiAxes(m: Morphology): number[] | null {
  const axes = ([0, 1, 2] as const).map((axis) => axisLength(m, axis));
  return axes.every((length) => length !== null && length > 0) ? axes.map((length) => length! / 2) : null;
}

function ofPrincipalEllipsoid(compute: (semiAxes: readonly number[], m: Morphology) => number) {
  return {
    ...one,
    undefinedWhen: flat,
    compute: (m: Morphology) => {
      const semiAxes = principalSemiAxes(m);
      return semiAxes === null ? null : compute(semiAxes, m);
    },
  };
}

/** Shape of a region in a volume (IBSI 3.1, HCUG). */
export const morphologyFeatures = {
  volume: { name: "volume", ibsi: "RNU0", unit: "mm³", compute: (m) => m.mesh().volume },
  approximateVolume: {
    name: "approximate volume",
    ibsi: "YEKZ",
    unit: "mm³",
    compute: (m) => m.voxels * m.spacingMm[0] * m.spacingMm[1] * m.spacingMm[2],
  },
  surfaceArea: { name: "surface area", ibsi: "C0JK", unit: "mm²", compute: (m) => m.mesh().area },
  surfaceToVolumeRatio: {
    name: "surface to volume ratio",
    ibsi: "2PR5",
    unit: "1/mm",
    compute: (m) => m.mesh().area / m.mesh().volume,
  },
  compactness1: {
    name: "compactness 1",
    ibsi: "SKGS",
    ...one,
    compute: (m) => Math.sqrt(compactness2(m)) / (6 * Math.PI),
  },
  compactness2: { name: "compactness 2", ibsi: "BQWJ", ...one, compute: compactness2 },
  sphericalDisproportion: {
    name: "spherical disproportion",
    ibsi: "KRCK",
    ...one,
    compute: (m) => 1 / cbrt(compactness2(m)),
  },
  sphericity: { name: "sphericity", ibsi: "QCFX", ...one, compute: (m) => cbrt(compactness2(m)) },
  asphericity: { name: "asphericity", ibsi: "25C7", ...one, compute: (m) => 1 / cbrt(compactness2(m)) - 1 },
  centreOfMassShift: {
    name: "centre of mass shift",
    ibsi: "KLMA",
    unit: "mm",
    undefinedWhen: "the intensities sum to 0, or some are not finite",
    compute: (m) => m.centreOfMassShift(),
  },
  maximumDiameter: { name: "maximum 3-D diameter", ibsi: "L0JK", unit: "mm", compute: (m) => m.diameter() },
  majorAxisLength: {
    name: "major axis length",
    ibsi: "TDIC",
    unit: "mm",
    undefinedWhen: oneVoxel,
    compute: (m) => axisLength(m, 0),
  },
  minorAxisLength: {
    name: "minor axis length",
    ibsi: "P9VJ",
    unit: "mm",
    undefinedWhen: oneVoxel,
    compute: (m) => axisLength(m, 1),
  },
  leastAxisLength: {
    name: "least axis length",
    ibsi: "7J51",
    unit: "mm",
    undefinedWhen: oneVoxel,
    compute: (m) => axisLength(m, 2),
  },
  elongation: {
    name: "elongation",
    ibsi: "Q3CK",
    ...one,
    undefinedWhen: oneVoxel,
    compute: (m) => axisRatio(m, 1),
  },
  flatness: {
    name: "flatness",
    ibsi: "N17B",
    ...one,
    undefinedWhen: oneVoxel,
    compute: (m) => axisRatio(m, 2),
  },
  volumeDensityBox: {
    name: "volume density, axis-aligned bounding box",
    ibsi: "PBX1",
    ...one,
    compute: (m) => m.mesh().volume / boxVolume(m.box),
  },
  areaDensityBox: {
    name: "area density, axis-aligned bounding box",
    ibsi: "R59B",
    ...one,
    compute: (m) => m.mesh().area / boxArea(m.box),
  },
  volumeDensityOrientedBox: {
    name: "volume density, oriented minimum bounding box",
    ibsi: "ZH1A",
    ...ofHull((hull, m) => m.mesh().volume / boxVolume(hull.orientedBox())),
  },
  areaDensityOrientedBox: {
    name: "area density, oriented minimum bounding box",
    ibsi: "IQYR",
    ...ofHull((hull, m) => m.mesh().area / boxArea(hull.orientedBox())),
  },
  volumeDensityPrincipalEllipsoid: {
    name: "volume density, approximate enclosing ellipsoid",
    ibsi: "6BDE",
    ...ofPrincipalEllipsoid((semiAxes, m) => m.mesh().volume / ellipsoidVolume(semiAxes)),
  },
  areaDensityPrincipalEllipsoid: {
    name: "area density, approximate enclosing ellipsoid",
    ibsi: "RDD2",
    ...ofPrincipalEllipsoid((semiAxes, m) => m.mesh().area / ellipsoidArea(semiAxes)),
  },
  volumeDensityEllipsoid: {
    name: "volume density, minimum volume enclosing ellipsoid",
    ibsi: "SWZ1",
    ...ofHull((hull, m) => m.mesh().volume / ellipsoidVolume(hull.ellipsoid())),
  },
  areaDensityEllipsoid: {
    name: "area density, minimum volume enclosing ellipsoid",
    ibsi: "BRI8",
    ...ofHull((hull, m) => m.mesh().area / ellipsoidArea(hull.ellipsoid())),
  },
  volumeDensityHull: {
    name: "volume density, convex hull",
    ibsi: "R3ER",
    ...ofHull((hull, m) => m.mesh().volume / hull.volume),
  },
  areaDensityHull: {
    name: "area density, convex hull",
    ibsi: "7T7F",
    ...ofHull((hull, m) => m.mesh().area / hull.area),
  },
  integratedIntensity: {
    name: "integrated intensity",
    ibsi: "99N0",
    unit: "grey level mm³",
    undefinedWhen: "some intensities are not finite",
    compute: (m) => {
      const mean = m.meanIntensity();
      return mean === null ? null : mean * m.mesh().volume;
    },
  },
  moransI: {
    name: "Moran's I index",
    ibsi: "N365",
    ...one,
    undefinedWhen: noVariation,
    compute: (m) => m.autocorrelation()?.moransI ?? null,
  },
  gearysC: {
    name: "Geary's C measure",
    ibsi: "NPT7",
    ...one,
    undefinedWhen: noVariation,
    compute: (m) => m.autocorrelation()?.gearysC ?? null,
  },
} satisfies Record<string, FeatureDefinition<Morphology>>;
