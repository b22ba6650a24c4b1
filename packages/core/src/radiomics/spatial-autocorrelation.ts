import type { Spacing } from "../image/image.ts";
import type { Region } from "../image/region.ts";
import { fourierTransform, smoothSize } from "../math/fft.ts";

/** How alike the intensities of voxels are that lie near each other. */
export interface SpatialAutocorrelation {
  readonly moransI: number;
  readonly gearysC: number;
}

/** Places of a grid of which four fit 2 GB. */
const mostPlaces = 67_108_864;

/**
 * Moran's I and Geary's C of a region, each pair of voxels weighted by the inverse of its distance.
 *
 * On a grid the sums over pairs are sums over shifts: of the autocorrelation of the intensities, and of their squares with
 * the mask, both of which are products of Fourier transforms. What takes n² steps directly takes n log n.
 *
 * @returns Null where the region has one voxel or one intensity, or its box is larger than about 200 voxels a side, for
 *   which the transforms need more than 2 GB of memory.
 * @source IBSI reference manual 3.1, Moran's I index (N365) and Geary's C measure (NPT7).
 */
export function spatialAutocorrelation(region: Region, spacingMm: Spacing): SpatialAutocorrelation | null {
  const { intensities } = region;
  const voxels = intensities.length;
  const mean = intensities.reduce((sum, x) => sum + x, 0) / voxels;
  const squares = intensities.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  if (voxels === 1 || region.minimum === region.maximum || squares === 0) return null;
  const { box } = region;
  // Room for every shift in both directions, so that none wraps round.
  const sizes = [box.width, box.height, box.depth].map((side) => smoothSize(2 * side - 1));
  if (sizes[0] * sizes[1] * sizes[2] > mostPlaces) return null;
  const sums = pairSums(region, { mean, sizes, spacingMm });
  return {
    moransI: (voxels / sums.weight) * (sums.products / squares),
    // w (a - b)² = w a² + w b² - 2 w a b
    gearysC: ((voxels - 1) / (2 * sums.weight)) * ((2 * sums.squares - 2 * sums.products) / squares),
  };
}

/** Sums over ordered pairs of the weight w, of w a b, and of w a², a and b being differences from the mean. */
interface PairSums {
  readonly weight: number;
  readonly products: number;
  readonly squares: number;
}

interface PairGrid {
  readonly mean: number;
  readonly sizes: readonly number[];
  readonly spacingMm: Spacing;
}

function pairSums({ box, inBox, intensities }: Region, { mean, sizes, spacingMm }: PairGrid): PairSums {
  const length = sizes[0] * sizes[1] * sizes[2];
  const place = (k: number) => {
    const x = inBox[k] % box.width;
    const row = (inBox[k] - x) / box.width;
    const y = row % box.height;
    return ((row - y) / box.height) * sizes[0] * sizes[1] + y * sizes[0] + x;
  };
  // Differences as real, mask as imaginary part: two transforms of real grids in one.
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  const squares = new Float64Array(length);
  for (let k = 0; k < inBox.length; k++) {
    const at = place(k);
    const difference = intensities[k] - mean;
    re[at] = difference;
    im[at] = 1;
    squares[at] = difference * difference;
  }
  // The weights, too, are real: they go with the squares.
  const weights = inverseDistances([box.width, box.height, box.depth], sizes, spacingMm);
  fourierTransform(re, im, sizes, "forward");
  fourierTransform(squares, weights, sizes, "forward");
  return frequencySums({ re, im, squares, weights }, sizes);
}

interface Transforms {
  /** Of difference + i mask. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Of squared differences + i weights; that of the weights is real, as they are symmetric. */
  readonly squares: Float64Array;
  readonly weights: Float64Array;
}

function frequencySums(
  { re, im, squares, weights }: Transforms,
  [width, height, depth]: readonly number[],
): PairSums {
  let [weight, products, squareSum] = [0, 0, 0];
  // Opposite frequencies add the same, so that half of the slices tell for all.
  for (let z = 0; 2 * z <= depth; z++) {
    const share = z === 0 || 2 * z === depth ? 1 : 2;
    for (let y = 0; y < height; y++) {
      const row = (z * height + y) * width;
      const oppositeRow = (((depth - z) % depth) * height + ((height - y) % height)) * width;
      for (let x = 0; x < width; x++) {
        const k = row + x;
        const opposite = oppositeRow + (x === 0 ? 0 : width - x);
        // Twice (Z + Z'*) / 2, the transform of the differences, and (Z - Z'*) / 2i, that of the mask.
        const fr = re[k] + re[opposite];
        const fi = im[k] - im[opposite];
        const mr = im[k] + im[opposite];
        const mi = re[opposite] - re[k];
        const sr = squares[k] + squares[opposite];
        const si = weights[k] - weights[opposite];
        const w = share * (weights[k] + weights[opposite]);
        products += w * (fr * fr + fi * fi);
        weight += w * (mr * mr + mi * mi);
        squareSum += w * (sr * mr + si * mi);
      }
    }
  }
  const scale = 8 * width * height * depth;
  return { weight: weight / scale, products: products / scale, squares: squareSum / scale };
}

/** 1 / distance of all shifts, 0 for none. */
function inverseDistances(
  sides: readonly number[],
  sizes: readonly number[],
  spacingMm: Spacing,
): Float64Array {
  const [xs, ys, zs] = sides.map((side, axis) => shiftsOf(side, sizes[axis], spacingMm[axis]));
  const [width, height, depth] = sizes;
  const weights = new Float64Array(width * height * depth);
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const row = (z * height + y) * width;
      const across = ys[y] * ys[y] + zs[z] * zs[z];
      if (across === Infinity) continue;
      // Shifts to either side along x weigh the same.
      for (let x = 0; x < sides[0]; x++) {
        const squared = xs[x] * xs[x] + across;
        const weight = squared > 0 ? 1 / Math.sqrt(squared) : 0;
        weights[row + x] = weight;
        if (x > 0) weights[row + width - x] = weight;
      }
    }
  return weights;
}

/** Shifts along an axis in mm, in the order of a periodic grid; Infinity for those that no two voxels have. */
function shiftsOf(side: number, size: number, spacing: number): Float64Array {
  return Float64Array.from({ length: size }, (_, k) => {
    const shift = k < side ? k : k - size;
    return Math.abs(shift) < side ? shift * spacing : Infinity;
  });
}
