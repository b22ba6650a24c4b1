import { highWord } from "./float-bits.ts";

/** x - n·π/2 of the last reduction: the nearest double and its rounding error. */
export const remainder = new Float64Array(2);

/** 2/π times 2^1200, rounded down. */
const TWO_OVER_PI =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7bn;
/** π/2 times 2^160, rounded. */
const HALF_PI = 0x1921fb54442d18469898cc51701b839a252049c11n;

/**
 * Subtracts the nearest multiple of π/2; what is left goes to {@link remainder}.
 *
 * @param x Any finite angle in radians.
 * @returns The multiple n modulo 4, in 0..3.
 * @source Cody and Waite's three-part π/2 below 2^20·π/2 as in fdlibm e_rem_pio2.c; exact integers above.
 * @example reduceHalfPi(3) // => 2
 */
export function reduceHalfPi(x: number): number {
  return Math.abs(x) < 1647099.3 ? reduceModerate(x) : reduceLarge(x);
}

function reduceModerate(x: number): number {
  const n = Math.floor(x * 6.36619772367581382433e-1 + 0.5);
  const exponent = (highWord(x) >> 20) & 0x7ff;
  let r = x - n * 1.57079632673412561417;
  let w = n * 6.07710050650619224932e-11;
  let high = r - w;
  if (exponent - ((highWord(high) >> 20) & 0x7ff) > 16) {
    let t = r;
    w = n * 6.0771005063039659766e-11;
    r = t - w;
    w = n * 2.02226624879595063154e-21 - (t - r - w);
    high = r - w;
    if (exponent - ((highWord(high) >> 20) & 0x7ff) > 49) {
      t = r;
      w = n * 2.0222662487111664558e-21;
      r = t - w;
      w = n * 8.47842766036889956997e-32 - (t - r - w);
      high = r - w;
    }
  }
  remainder[0] = high;
  remainder[1] = r - high - w;
  return n & 3;
}

/** |x|·2/π in integers, of which 160 bits below the point are kept: at least 98 remain after the worst cancellation. */
function reduceLarge(x: number): number {
  // |x| >= 2^20 has at most 32 fractional bits; an integer beyond 2^53 converts exactly
  const [integer, shift] =
    Math.abs(x) < 9007199254740992 ? [Math.abs(x) * 4294967296, 1232n] : [Math.abs(x), 1200n];
  const product = BigInt(integer) * TWO_OVER_PI;
  let quadrant = Number((product >> shift) & 3n);
  let fraction = BigInt.asUintN(160, product >> (shift - 160n));
  if (fraction >> 159n === 1n) {
    fraction -= 1n << 160n;
    quadrant += 1;
  }
  const angle = (fraction * HALF_PI) >> 160n;
  const sign = x < 0 ? -1 : 1;
  remainder[0] = (sign * Number(angle)) / 1.461501637330903e48;
  remainder[1] = (sign * Number(angle - BigInt(Number(angle)))) / 1.461501637330903e48;
  return (sign * quadrant) & 3;
}
