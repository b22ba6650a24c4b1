export {
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalLogUpper,
  normalQuantile,
  normalUpper,
} from "./normal.ts";
export { studentTCdf, studentTLogTwoSided, studentTQuantile, studentTTwoSided } from "./student-t.ts";
export { chiSquaredCdf, chiSquaredLogUpper, chiSquaredQuantile, chiSquaredUpper } from "./chi-squared.ts";
export { fCdf, fQuantile, fUpper } from "./f-distribution.ts";
export { betaCdf, betaQuantile, betaUpper } from "./beta.ts";
export { gammaCdf, gammaLogUpper, gammaQuantile, gammaUpper } from "./gamma.ts";
export { binomialCdf, binomialDensity, poissonCdf, poissonDensity } from "./discrete.ts";
export { hypergeometricCdf, hypergeometricDensity, type Urn } from "./hypergeometric.ts";
export { digamma, trigamma } from "./digamma.ts";
