// After fdlibm k_tan.c, which is Copyright 2004 Sun Microsystems, Inc. All Rights Reserved. Permission to use, copy,
// modify, and distribute this software is freely granted, provided that this notice is preserved.
import { withoutLowWord } from "./float-bits.ts";

const ODD = [
  1.33333333333201242699e-1, 2.18694882948595424599e-2, 3.59207910759131235356e-3, 5.88041240820264096874e-4,
  7.817944429395570923e-5, -1.85586374855275456654e-5,
] as const;
const EVEN = [
  5.39682539762260521377e-2, 8.86323982359930005737e-3, 1.45620945432529025516e-3, 2.46463134818469906812e-4,
  7.14072491382608190305e-5, 2.59073051863633712884e-5,
] as const;

/**
 * tan(x + y), or -1 / tan(x + y).
 *
 * @param x Reduced angle, |x| <= π/4.
 * @param y The rounding error of x.
 * @param reciprocal True for angles an odd number of quarter turns away.
 * @returns Within 1 ulp.
 * @source fdlibm k_tan.c.
 * @example tangentKernel(0.5, 0, false) // => 0.5463024898437905
 */
export function tangentKernel(x: number, y: number, reciprocal: boolean): number {
  if (!reciprocal && x > -7.450580596923828e-9 && x < 7.450580596923828e-9) return x;
  const large = x >= 0.67434 || x <= -0.67434;
  const negative = x < 0;
  let [t, e] = [x, y];
  if (large) {
    // tan(x) = (1 - tan(π/4 - x)) / (1 + tan(π/4 - x)), which keeps the polynomial's argument small
    t = 0.7853981633974483 - Math.abs(x) + (3.061616997868383e-17 - (negative ? -y : y));
    e = 0;
  }
  const z = t * t;
  const w = z * z;
  const odd = ODD[0] + w * (ODD[1] + w * (ODD[2] + w * (ODD[3] + w * (ODD[4] + w * ODD[5]))));
  const even = EVEN[0] + w * (EVEN[1] + w * (EVEN[2] + w * (EVEN[3] + w * (EVEN[4] + w * EVEN[5]))));
  const s = z * t;
  const r = e + z * (s * (odd + z * even) + e) + 3.33333333333334091986e-1 * s;
  const value = t + r;
  if (large) {
    const unit = reciprocal ? -1 : 1;
    const turned = unit - 2 * (t - ((value * value) / (value + unit) - r));
    return negative ? -turned : turned;
  }
  return reciprocal ? negativeReciprocal(value, t, r) : value;
}

/** -1 / (t + r), with value = fl(t + r), to within 1 ulp. */
function negativeReciprocal(value: number, t: number, r: number): number {
  const high = withoutLowWord(value);
  const low = r - (high - t);
  const a = -1 / value;
  const aHigh = withoutLowWord(a);
  return aHigh + a * (1 + aHigh * high + aHigh * low);
}
