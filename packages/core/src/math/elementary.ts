export { exp, expm1, logistic } from "./exponential.ts";
export { cosh, sinh, tanh } from "./hyperbolic.ts";
export { cbrt, log, log10, log1p, log2, logit } from "./logarithm.ts";
export { pow } from "./power.ts";
export { cos, sin, tan } from "./trigonometric.ts";
export { acos, asin, atan, atan2 } from "./inverse-trigonometric.ts";
export { erf, erfc, erfcInverse } from "./error-function.ts";
export { logGamma } from "./log-gamma.ts";
