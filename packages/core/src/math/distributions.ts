export {
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalLogUpper,
  normalQuantile,
  normalTails,
  normalUpper,
} from "./normal.ts";
export {
  studentTCdf,
  studentTLogTwoSided,
  studentTQuantile,
  studentTTails,
  studentTTwoSided,
} from "./student-t.ts";
export {
  chiSquaredCdf,
  chiSquaredLogCdf,
  chiSquaredLogUpper,
  chiSquaredQuantile,
  chiSquaredTails,
  chiSquaredUpper,
} from "./chi-squared.ts";
export { fCdf, fLogUpper, fQuantile, fTails, fUpper } from "./f-distribution.ts";
export { betaCdf, betaQuantile, betaTails, betaUpper } from "./beta.ts";
export { gammaCdf, gammaLogCdf, gammaLogUpper, gammaQuantile, gammaTails, gammaUpper } from "./gamma.ts";
export {
  binomialCdf,
  binomialDensity,
  binomialLogDensity,
  binomialTails,
  poissonCdf,
  poissonDensity,
  poissonLogDensity,
  poissonTails,
} from "./discrete.ts";
export {
  hypergeometricCdf,
  hypergeometricDensity,
  hypergeometricLogDensity,
  hypergeometricTails,
  type Urn,
} from "./hypergeometric.ts";
export type { Tails } from "./tails.ts";
export { digamma, trigamma } from "./digamma.ts";
