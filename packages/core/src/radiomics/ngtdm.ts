import type { FeatureDefinition } from "../features/feature-definition.ts";

/** Sums over the pixels of each level that have a neighbour in the region. */
export interface ToneDifferenceCounts {
  readonly levels: number;
  /** One more than the largest number of neighbours. */
  readonly columns: number;
  /** Pixels of level i with n neighbours in the region at i * columns + n; shape [(levels + 1) * columns]. */
  readonly pixels: Float64Array;
  /** Sum of |n i - sum of the n neighbours' levels| over those pixels: whole numbers, exact. */
  readonly differences: Float64Array;
}

/** What the tone difference features are computed from; arrays over the levels that occur, shape [N_g,p]. */
export interface ToneDifferences {
  readonly level: Float64Array;
  /** Share of pixels, p_i. */
  readonly share: Float64Array;
  /** Sum of |i - mean level of the neighbours|, s_i. */
  readonly difference: Float64Array;
  /** Pixels that have a neighbour, N_v,c. */
  readonly pixels: number;
  readonly sumOfDifferences: number;
  /** Sum of p_i s_i. */
  readonly weightedDifferences: number;
}

/**
 * The neighbourhood grey tone difference matrix.
 *
 * @returns Null where no pixel has a neighbour.
 * @source IBSI reference manual 3.10; Amadasun & King 1989.
 */
export function describeToneDifferences(counts: ToneDifferenceCounts): ToneDifferences | null {
  const [level, share, difference]: number[][] = [[], [], []];
  let pixels = 0;
  for (let i = 1; i <= counts.levels; i++) {
    let [n, s] = [0, 0];
    for (let neighbours = 1; neighbours < counts.columns; neighbours++) {
      n += counts.pixels[i * counts.columns + neighbours];
      s += counts.differences[i * counts.columns + neighbours] / neighbours;
    }
    if (n === 0) continue;
    level.push(i);
    share.push(n);
    difference.push(s);
    pixels += n;
  }
  if (pixels === 0) return null;
  const p = Float64Array.from(share, (n) => n / pixels);
  return {
    level: Float64Array.from(level),
    share: p,
    difference: Float64Array.from(difference),
    pixels,
    sumOfDifferences: difference.reduce((sum, s) => sum + s, 0),
    weightedDifferences: difference.reduce((sum, s, k) => sum + p[k] * s, 0),
  };
}

const flat = "every pixel has the mean level of its neighbours";
const oneLevel = "the region has one grey level";

/** Neighbourhood grey tone difference features: a pixel against the mean of its neighbours (IBSI 3.10, IPET). */
export const ngtdmFeatures = {
  coarseness: {
    name: "coarseness",
    ibsi: "QCDE",
    unit: "1",
    undefinedWhen: flat,
    compute: (m) => (m.weightedDifferences === 0 ? null : 1 / m.weightedDifferences),
  },
  contrast: { name: "contrast", ibsi: "65HE", unit: "1", undefinedWhen: oneLevel, compute: contrast },
  busyness: {
    name: "busyness",
    ibsi: "NQ30",
    unit: "1",
    undefinedWhen: "levels times their shares do not differ, as in a region of one grey level",
    compute: busyness,
  },
  complexity: { name: "complexity", ibsi: "HDEZ", unit: "1", compute: complexity },
  strength: {
    name: "strength",
    ibsi: "1X9X",
    unit: "1",
    undefinedWhen: flat,
    compute: strength,
  },
} satisfies Record<string, FeatureDefinition<ToneDifferences>>;

function contrast({ level, share, pixels, sumOfDifferences }: ToneDifferences): number | null {
  const occurring = level.length;
  if (occurring === 1) return null;
  // The sum of p_i p_j (i - j)² over all pairs is twice the variance of the levels.
  let mean = 0;
  for (let k = 0; k < occurring; k++) mean += share[k] * level[k];
  let variance = 0;
  for (let k = 0; k < occurring; k++) variance += share[k] * (level[k] - mean) * (level[k] - mean);
  return ((2 * variance) / (occurring * (occurring - 1))) * (sumOfDifferences / pixels);
}

function busyness({ level, share, weightedDifferences }: ToneDifferences): number | null {
  // The sum of |x_i - x_j| over all pairs, from the sorted products x of level and share.
  const products = level.map((i, k) => i * share[k]).sort((x, y) => x - y);
  let change = 0;
  for (let k = 0; k < products.length; k++) change += 2 * (2 * k - products.length + 1) * products[k];
  // Rounding: equal products differ by nothing.
  const negligible = 1e-14 * products.length * products[products.length - 1];
  return change <= negligible ? null : weightedDifferences / change;
}

function complexity({ level, share, difference, pixels }: ToneDifferences): number {
  const sum = overPairs(
    level.length,
    (i, j) =>
      (Math.abs(level[i] - level[j]) * (share[i] * difference[i] + share[j] * difference[j])) /
      (share[i] + share[j]),
  );
  return sum / pixels;
}

function strength({ level, share, sumOfDifferences }: ToneDifferences): number | null {
  if (sumOfDifferences === 0) return null;
  // The sum of (p_i + p_j) (i - j)² over all pairs is twice that of p_i times the squares of the distances from i.
  const occurring = level.length;
  let centre = 0;
  for (let k = 0; k < occurring; k++) centre += level[k] / occurring;
  let squares = 0;
  for (let k = 0; k < occurring; k++) squares += (level[k] - centre) * (level[k] - centre);
  let sum = 0;
  for (let k = 0; k < occurring; k++)
    sum += 2 * share[k] * (occurring * (level[k] - centre) * (level[k] - centre) + squares);
  return sum / sumOfDifferences;
}

/** Sum of a symmetric g(i, j) over ordered pairs of different levels; all these measures are 0 where i = j. */
function overPairs(occurring: number, g: (i: number, j: number) => number): number {
  let sum = 0;
  for (let i = 0; i < occurring; i++) for (let j = i + 1; j < occurring; j++) sum += g(i, j);
  return 2 * sum;
}
