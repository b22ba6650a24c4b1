import { exp } from "../math/elementary.ts";
import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Cooccurrence } from "./cooccurrence.ts";

const one = { unit: "1" };
const bit = { unit: "bit" };
const oneLevel = { unit: "1", undefinedWhen: "all neighbouring pixels have one grey level" };

/**
 * Grey level co-occurrence features: levels of pixels side by side (IBSI 3.6, LFYI).
 *
 * The matrix is symmetric, so that both of its marginals are p(i), the entropies HXY1 and HXY2 of the information
 * measures are twice the marginal's, and everything but maximum, joint entropy and energy follows from p(i), p(i + j) and
 * p(|i - j|).
 */
export const glcmFeatures = {
  jointMaximum: { name: "joint maximum", ibsi: "GYBY", ...one, compute: (m) => m.maximum },
  jointAverage: { name: "joint average", ibsi: "60VM", ...one, compute: (m) => m.mean },
  jointVariance: { name: "joint variance", ibsi: "UR99", ...one, compute: (m) => m.variance },
  jointEntropy: { name: "joint entropy", ibsi: "TU9B", ...bit, compute: (m) => m.entropy },
  differenceAverage: { name: "difference average", ibsi: "TF7R", ...one, compute: dissimilarity },
  differenceVariance: {
    name: "difference variance",
    ibsi: "D3YU",
    ...one,
    compute: (m) => expectation(m.difference, centred(dissimilarity(m), 2)),
  },
  differenceEntropy: {
    name: "difference entropy",
    ibsi: "NTRS",
    ...bit,
    compute: (m) => m.differenceEntropy,
  },
  sumAverage: { name: "sum average", ibsi: "ZGXS", ...one, compute: (m) => 2 * m.mean },
  sumVariance: { name: "sum variance", ibsi: "OEEB", ...one, compute: clusterTendency },
  sumEntropy: { name: "sum entropy", ibsi: "P6QZ", ...bit, compute: (m) => m.sumEntropy },
  angularSecondMoment: { name: "angular second moment", ibsi: "8ZQL", ...one, compute: (m) => m.energy },
  contrast: { name: "contrast", ibsi: "ACUI", ...one, compute: contrast },
  dissimilarity: { name: "dissimilarity", ibsi: "8S9J", ...one, compute: dissimilarity },
  inverseDifference: {
    name: "inverse difference",
    ibsi: "IB1Z",
    ...one,
    compute: (m) => expectation(m.difference, (k) => 1 / (1 + k)),
  },
  normalisedInverseDifference: {
    name: "normalised inverse difference",
    ibsi: "NDRX",
    ...one,
    compute: (m) => expectation(m.difference, (k) => 1 / (1 + k / m.levels)),
  },
  inverseDifferenceMoment: {
    name: "inverse difference moment",
    ibsi: "WF0Z",
    ...one,
    compute: (m) => expectation(m.difference, (k) => 1 / (1 + k * k)),
  },
  normalisedInverseDifferenceMoment: {
    name: "normalised inverse difference moment",
    ibsi: "1QCO",
    ...one,
    compute: (m) => expectation(m.difference, (k) => 1 / (1 + (k * k) / (m.levels * m.levels))),
  },
  inverseVariance: {
    name: "inverse variance",
    ibsi: "E8JP",
    ...one,
    compute: (m) => expectation(m.difference, (k) => (k === 0 ? 0 : 1 / (k * k))),
  },
  correlation: {
    name: "correlation",
    ibsi: "NI2N",
    ...oneLevel,
    compute: (m) => (m.variance === 0 ? null : 1 - contrast(m) / (2 * m.variance)),
  },
  autocorrelation: {
    name: "autocorrelation",
    ibsi: "QWB0",
    ...one,
    // 4 i j = (i + j)² - (i - j)²
    compute: (m) => (expectation(m.sum, (k) => k * k) - contrast(m)) / 4,
  },
  clusterTendency: { name: "cluster tendency", ibsi: "DG8W", ...one, compute: clusterTendency },
  clusterShade: {
    name: "cluster shade",
    ibsi: "7NFM",
    ...one,
    compute: (m) => expectation(m.sum, centred(2 * m.mean, 3)),
  },
  clusterProminence: {
    name: "cluster prominence",
    ibsi: "AE86",
    ...one,
    compute: (m) => expectation(m.sum, centred(2 * m.mean, 4)),
  },
  informationCorrelation1: {
    name: "first measure of information correlation",
    ibsi: "R8DG",
    ...oneLevel,
    compute: (m) => (m.variance === 0 ? null : (m.entropy - 2 * m.levelEntropy) / m.levelEntropy),
  },
  informationCorrelation2: {
    name: "second measure of information correlation",
    ibsi: "JN9H",
    ...one,
    compute: (m) => Math.sqrt(Math.max(0, 1 - exp(-2 * (2 * m.levelEntropy - m.entropy)))),
  },
} satisfies Record<string, FeatureDefinition<Cooccurrence>>;

/** E[g(k)] under a distribution of k = 0, 1, 2, ... */
function expectation(p: Float64Array, g: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (p[k] !== 0) sum += p[k] * g(k);
  return sum;
}

/** (k - centre) to a whole power of at least 2. */
function centred(centre: number, power: 2 | 3 | 4): (k: number) => number {
  return (k) => {
    const d = k - centre;
    return power === 2 ? d * d : power === 3 ? d * d * d : d * d * d * d;
  };
}

function contrast(m: Cooccurrence): number {
  return expectation(m.difference, (k) => k * k);
}

function dissimilarity(m: Cooccurrence): number {
  return expectation(m.difference, (k) => k);
}

function clusterTendency(m: Cooccurrence): number {
  return expectation(m.sum, centred(2 * m.mean, 2));
}
