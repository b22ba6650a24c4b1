import type { Image, Mask, Spacing } from "../image/image.ts";
import { type Region, type RegionPixels, cropImage, locateRegion, readRegion } from "../image/region.ts";
import { symmetricEigenvalues } from "../math/symmetric-eigenvalues.ts";
import { type Facet, convexHull3d, measureHull } from "./convex-hull-3d.ts";
import { minimumEllipsoid } from "./enclosing-ellipsoid.ts";
import { type Corners, endsOfLines, extremePoints, planeDiameter } from "./extreme-points.ts";
import { largestDistance } from "./largest-distance.ts";
import type { MeshRule } from "./marching-cubes.ts";
import { type Mesh, measureMesh } from "./mesh.ts";
import { minimumBoundingBox } from "./oriented-box.ts";
import { spanningPoints } from "./spanning-points.ts";
import { type SpatialAutocorrelation, spatialAutocorrelation } from "./spatial-autocorrelation.ts";

/** The shape of a region in a volume; each part is measured when it is first asked for. Lengths in mm. */
export interface Morphology {
  readonly spacingMm: Spacing;
  readonly voxels: number;
  /** Sides of the box of whole voxels. */
  readonly box: readonly [x: number, y: number, z: number];
  mesh(): Mesh;
  /** Variances along the principal axes, descending: sums of squares over the number of voxels. */
  axisVariances(): readonly number[];
  /** Largest distance of two vertices of the mesh. */
  diameter(): number;
  /** Largest distance of two vertices in a plane across z (slice), y (column) and x (row). */
  planeDiameters(): { readonly slice: number; readonly column: number; readonly row: number };
  /** Null where the mesh has no volume. */
  hull(): ConvexHull | null;
  /** Distance of the centres of the region and of its intensities; null where intensities sum to 0 or are not finite. */
  centreOfMassShift(): number | null;
  /** Null where an intensity is not finite. */
  meanIntensity(): number | null;
  autocorrelation(): SpatialAutocorrelation | null;
}

/** Sizes of the convex hull and of what is put around it. */
export interface ConvexHull {
  readonly volume: number;
  readonly area: number;
  orientedBox(): readonly number[];
  /** Semi-axes. */
  ellipsoid(): readonly number[];
}

/**
 * The shape of a region.
 *
 * @param morphology Whose shape is measured.
 * @param intensity Whose intensities are.
 * @param meshRule How the surface is drawn where voxels touch along an edge only.
 * @returns Null where the image states no spacing.
 * @source IBSI reference manual 3.1 (HCUG).
 */
export function describeMorphology(
  image: Image,
  morphology: Mask,
  intensity: Mask,
  meshRule: MeshRule = "closed",
): Morphology | null {
  const { spacingMm } = image;
  if (spacingMm === null) return null;
  const pixels = locateRegion(morphology, true);
  const { box } = pixels;
  const region = once(() => {
    const located = locateRegion(intensity, true);
    const read = readRegion(located, cropImage(image, located.box));
    return read.notFinite > 0 ? null : read;
  });
  const ofIntensities =
    <T>(compute: (intensities: Region) => T | null) =>
    () => {
      const intensities = region();
      return intensities === null ? null : compute(intensities);
    };
  const ends = once(() => endsOfLines(pixels));
  const vertices = once(() => extremePoints(ends()));
  return {
    spacingMm,
    voxels: pixels.positions.length,
    box: [box.width * spacingMm[0], box.height * spacingMm[1], box.depth * spacingMm[2]],
    mesh: once(() => measureMesh(pixels, spacingMm, meshRule)),
    axisVariances: once(() => axisVariances(pixels, spacingMm)),
    diameter: once(() => largestDistance(vertices(), spacingMm)),
    planeDiameters: once(() => planeDiameters(ends(), spacingMm)),
    hull: once(() => hullOf(vertices(), spacingMm)),
    centreOfMassShift: once(ofIntensities((read) => centreOfMassShift(pixels, read, spacingMm))),
    meanIntensity: once(ofIntensities(({ intensities }) => sumOf(intensities) / intensities.length)),
    autocorrelation: once(ofIntensities((read) => spatialAutocorrelation(read, spacingMm))),
  };
}

function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: compute() }).value;
}

function hullOf(vertices: Corners, spacingMm: Spacing): ConvexHull | null {
  const hull = convexHull3d(vertices);
  if (hull === null) return null;
  const place = new Map(hull.corners.map((corner, k) => [corner, k]));
  const points = Float64Array.from(
    hull.corners.flatMap((corner) => spacingMm.map((size, axis) => (vertices[3 * corner + axis] * size) / 2)),
  );
  const facets = hull.facets.map((facet): Facet => {
    const [a, b, c] = facet.map((corner) => place.get(corner)!);
    return [a, b, c];
  });
  return {
    ...measureHull(vertices, hull, spacingMm),
    orientedBox: once(() => minimumBoundingBox({ points, facets })),
    ellipsoid: once(() => minimumEllipsoid(points, spanningPoints(points)!)),
  };
}

function planeDiameters(ends: Corners, spacingMm: Spacing): ReturnType<Morphology["planeDiameters"]> {
  return {
    slice: planeDiameter(ends, 2, spacingMm),
    column: planeDiameter(ends, 1, spacingMm),
    row: planeDiameter(ends, 0, spacingMm),
  };
}

/** Sums over voxels of coordinates and their products: whole numbers, exact. */
function axisVariances({ positions, padded }: RegionPixels, spacingMm: Spacing): number[] {
  const { width, height } = padded;
  let [sx, sy, sz, xx, xy, xz, yy, yz, zz] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [rowEnd, y, z] = [0, -1, 0];
  for (let k = 0; k < positions.length;) {
    while (positions[k] >= rowEnd) {
      y++;
      rowEnd += width;
      if (y === height) [y, z] = [0, z + 1];
    }
    let [count, sum, squares] = [0, 0, 0];
    for (; k < positions.length && positions[k] < rowEnd; k++) {
      const x = positions[k] - rowEnd + width;
      count++;
      sum += x;
      squares += x * x;
    }
    sx += sum;
    sy += count * y;
    sz += count * z;
    xx += squares;
    xy += sum * y;
    xz += sum * z;
    yy += count * y * y;
    yz += count * y * z;
    zz += count * z * z;
  }
  const sums = [sx, sy, sz];
  const products = [xx, xy, xz, yy, yz, zz];
  const n = positions.length;
  const place = [
    [0, 1, 2],
    [1, 3, 4],
    [2, 4, 5],
  ];
  const covariance = place.map((line, i) =>
    line.map((at, j) => ((n * products[at] - sums[i] * sums[j]) / (n * n)) * spacingMm[i] * spacingMm[j]),
  );
  const variances = symmetricEigenvalues(covariance);
  // What rounding leaves of the thickness of a plane is none.
  return variances.map((value) => (value > 1e-12 * variances[0] ? value : 0));
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}

/** Both centres as differences from the corner of the whole region's box. */
function centreOfMassShift(pixels: RegionPixels, region: Region, spacingMm: Spacing): number | null {
  if (sumOf(region.intensities) === 0) return null;
  const geometric = weightedCentre(pixels, null);
  const weighted = weightedCentre(region, region.intensities);
  const squared = spacingMm.reduce((sum, size, axis) => {
    const shift = (geometric[axis] - weighted[axis]) * size;
    return sum + shift * shift;
  }, 0);
  return Math.sqrt(squared);
}

/** Centre in voxels of the image. */
function weightedCentre(
  { box, inBox }: RegionPixels,
  weights: Float64Array | null,
): [number, number, number] {
  let [total, sx, sy, sz] = [0, 0, 0, 0];
  for (let k = 0; k < inBox.length; k++) {
    const weight = weights === null ? 1 : weights[k];
    const row = Math.floor(inBox[k] / box.width);
    const z = Math.floor(row / box.height);
    total += weight;
    sx += weight * (inBox[k] - row * box.width);
    sy += weight * (row - z * box.height);
    sz += weight * z;
  }
  return [box.x + sx / total, box.y + sy / total, box.z + sz / total];
}
