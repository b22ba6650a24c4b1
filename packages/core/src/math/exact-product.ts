/** 2^27 + 1: Veltkamp's constant, which splits a double of 53 bits into two of 26. */
const SPLITTER = 134217729;

/**
 * What rounding took from a product: a·b less the double nearest to it.
 *
 * @param a Any number.
 * @param b Any number.
 * @returns The exact difference; 0 where a factor or the product lies beyond 1e±290, as the parts would leave the range.
 * @source Dekker 1971, Numerische Mathematik 18:224-242.
 * @example productError(0.1, 10) // => 5.551115123125783e-17
 */
export function productError(a: number, b: number): number {
  const product = a * b;
  const size = Math.abs(product);
  if (!(size > 1e-290 && size < 1e290 && Math.abs(a) < 1e290 && Math.abs(b) < 1e290)) return 0;
  const bigA = SPLITTER * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = SPLITTER * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
