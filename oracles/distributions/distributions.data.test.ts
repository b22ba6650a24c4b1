import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  binomialDensity,
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredUpper,
  digamma,
  fUpper,
  gammaUpper,
  hypergeometricCdf,
  hypergeometricDensity,
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalQuantile,
  normalUpper,
  poissonCdf,
  poissonDensity,
  studentTCdf,
  studentTQuantile,
  studentTTwoSided,
  trigamma,
} from "../../packages/core/src/math/distributions.ts";
import { logGamma } from "../../packages/core/src/math/elementary.ts";
import { midranks, quantileOfType } from "../../packages/core/src/math/statistics.ts";
import { type Answer, testOracles } from "../oracle-tests.ts";

type Numbers = readonly (number | "Infinity")[];

/** A function at each row of its columns of arguments; one number stands for a column, "Infinity" for the number. */
function rows(f: (...values: number[]) => number, ...columns: (Numbers | number)[]): number[] {
  const length = Math.max(...columns.map((column) => (typeof column === "number" ? 1 : column.length)));
  const row = (i: number) => columns.map((column) => Number(typeof column === "number" ? column : column[i]));
  return Array.from({ length }, (_, i) => f(...row(i)));
}

interface Spec {
  readonly x: Numbers;
  readonly p: Numbers;
  readonly df: Numbers;
  readonly df1: Numbers;
  readonly df2: Numbers;
  readonly a: Numbers;
  readonly b: Numbers;
  readonly shape: Numbers;
  readonly rate: number;
}

interface DiscreteSpec {
  readonly binom: { readonly k: Numbers; readonly n: Numbers; readonly p: Numbers };
  readonly poisson: { readonly k: Numbers; readonly lambda: Numbers };
  readonly hyper: { readonly x: Numbers; readonly m: Numbers; readonly n: Numbers; readonly k: Numbers };
}

const of =
  (answer: (spec: Spec) => unknown): Answer =>
  ({ spec }) =>
    answer(spec as Spec);

const discrete: Answer = ({ spec }) => {
  const { binom, poisson, hyper } = spec as DiscreteSpec;
  const urn = (white: number, black: number, drawn: number) => ({ white, black, drawn });
  return {
    dbinom: rows(binomialDensity, binom.k, binom.n, binom.p),
    pbinom: rows(binomialCdf, binom.k, binom.n, binom.p),
    dpois: rows(poissonDensity, poisson.k, poisson.lambda),
    ppois: rows(poissonCdf, poisson.k, poisson.lambda),
    dhyper: rows((x, m, n, k) => hypergeometricDensity(x, urn(m, n, k)), hyper.x, hyper.m, hyper.n, hyper.k),
    phyper: rows((x, m, n, k) => hypergeometricCdf(x, urn(m, n, k)), hyper.x, hyper.m, hyper.n, hyper.k),
  };
};

testOracles("01", {
  "dist.normal": of(({ x, p }) => ({
    cdf: rows(normalCdf, x),
    logcdf: rows(normalLogCdf, x),
    sf: rows(normalUpper, x),
    quantile: rows(normalQuantile, p),
    pdf: rows(normalDensity, x),
  })),
  "dist.t": of(({ x, df }) => ({ cdf: rows(studentTCdf, x, df), two_sided: rows(studentTTwoSided, x, df) })),
  "dist.t.quantile": of(({ p, df }) => ({ quantile: rows(studentTQuantile, p, df) })),
  "dist.chisq": of(({ x, df }) => ({ sf: rows(chiSquaredUpper, x, df), cdf: rows(chiSquaredCdf, x, df) })),
  "dist.chisq.quantile": of(({ p, df }) => ({ quantile: rows(chiSquaredQuantile, p, df) })),
  "dist.f": of(({ x, df1, df2 }) => ({ sf: rows(fUpper, x, df1, df2) })),
  "dist.beta": of(({ x, a, b }) => ({ cdf: rows(betaCdf, x, a, b) })),
  "dist.beta.quantile": of(({ p, a, b }) => ({ quantile: rows(betaQuantile, p, a, b) })),
  "dist.gamma": of(({ x, shape, rate }) => ({
    sf: rows(gammaUpper, x, shape, rate),
    lgamma_shape: rows(logGamma, shape),
    digamma_shape: rows(digamma, shape),
    trigamma_shape: rows(trigamma, shape),
  })),
  "dist.discrete": discrete,
  quantile: of((spec) => {
    const [x, p] = [spec.x.map(Number), spec.p.map(Number)];
    return {
      type2: p.map((probability) => quantileOfType(x, probability, 2)),
      type6: p.map((probability) => quantileOfType(x, probability, 6)),
      type7: p.map((probability) => quantileOfType(x, probability, 7)),
      rank_average: midranks(x),
    };
  }),
});
