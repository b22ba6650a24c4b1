const MINUS = "\u2212";
const EN_DASH = "\u2013";

/** What a table prints where a value does not exist. */
export const NOT_AVAILABLE = "n/a";

/**
 * A number with a fixed number of decimals and a true minus sign; never a negative zero.
 *
 * @param value Null or not finite: printed as not available.
 * @example formatFixed(0.4567, 2) // => "0.46"
 * @example formatFixed(-0.001, 2) // => "0.00"
 */
export function formatFixed(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return NOT_AVAILABLE;
  const digits = Math.abs(value).toFixed(decimals);
  const isZero = /^[0.]*$/.test(digits);
  return value < 0 && !isZero ? `${MINUS}${digits}` : digits;
}

/**
 * A number with its sign, for differences.
 *
 * @example formatSigned(0.021, 3) // => "+0.021"
 */
export function formatSigned(value: number | null, decimals: number): string {
  const text = formatFixed(value, decimals);
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/**
 * A count with commas between thousands.
 *
 * @param value Whole number.
 * @example formatCount(1647) // => "1,647"
 */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A share of one as a percentage.
 *
 * @example formatPercent(0.3889) // => "38.9%"
 */
export function formatPercent(share: number | null, decimals = 1): string {
  return share === null || !Number.isFinite(share) ? NOT_AVAILABLE : `${formatFixed(100 * share, decimals)}%`;
}

/**
 * A count with its share of a total.
 *
 * @example formatShare(98, 252) // => "98 (38.9%)"
 */
export function formatShare(count: number, total: number): string {
  return total === 0 ? formatCount(count) : `${formatCount(count)} (${formatPercent(count / total)})`;
}

/**
 * Two ends of a range: an en dash between numbers that are not negative, the word "to" otherwise.
 *
 * @example formatRange(0.8, 0.95, 2) // => "0.80–0.95"
 * @example formatRange(-0.1, 0.2, 1) // => "−0.1 to 0.2"
 */
export function formatRange(lower: number | null, upper: number | null, decimals: number): string {
  const ends = [formatFixed(lower, decimals), formatFixed(upper, decimals)];
  if (ends.every((end) => end === NOT_AVAILABLE)) return NOT_AVAILABLE;
  return ends.some((end) => end.startsWith(MINUS)) ? ends.join(" to ") : ends.join(EN_DASH);
}

/**
 * An estimate with its interval in brackets; without the brackets where there is no interval.
 *
 * @example formatEstimate({ value: 0.9312, lower: 0.87, upper: 0.9924 }, 3) // => "0.931 (0.870–0.992)"
 */
export function formatEstimate(
  estimate: {
    readonly value: number | null;
    readonly lower?: number | null;
    readonly upper?: number | null;
  },
  decimals: number,
): string {
  const value = formatFixed(estimate.value, decimals);
  if (value === NOT_AVAILABLE) return value;
  const interval = formatRange(estimate.lower ?? null, estimate.upper ?? null, decimals);
  return interval === NOT_AVAILABLE ? value : `${value} (${interval})`;
}

/**
 * A difference with its sign, and its interval, with one more decimal where that shows on which side of 0 a limit lies.
 *
 * @param decimals Of the difference, and of the limits where they show it.
 * @example formatDifference({ difference: -0.0172, lower: -0.0343, upper: -0.0001 }, 3) // => {"difference":"−0.017","range":"−0.0343 to −0.0001"}
 */
export function formatDifference(
  estimate: {
    readonly difference: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
  },
  decimals: number,
): { readonly difference: string; readonly range: string } {
  const { difference, lower, upper } = estimate;
  const hidesSide = (places: number) =>
    [lower, upper].some(
      (limit) => limit !== null && limit !== 0 && /^[0.]*$/.test(formatFixed(limit, places)),
    );
  const places = hidesSide(decimals) && !hidesSide(decimals + 1) ? decimals + 1 : decimals;
  return { difference: formatSigned(difference, decimals), range: formatRange(lower, upper, places) };
}

/**
 * A p-value: three decimals below 0.1, two above, never 0 and never 1, and never rounded up to 0.05.
 *
 * @example formatPValue(0.00004) // => "<0.001"
 * @example formatPValue(0.04961) // => "0.0496"
 * @example formatPValue(0.4521) // => "0.45"
 */
export function formatPValue(pValue: number | null): string {
  if (pValue === null || !Number.isFinite(pValue)) return NOT_AVAILABLE;
  if (pValue < 0.001) return "<0.001";
  if (pValue > 0.99) return ">0.99";
  if (pValue < 0.05 && pValue >= 0.0495) return formatFixed(Math.min(pValue, 0.0499), 4);
  return formatFixed(pValue, pValue < 0.1 ? 3 : 2);
}

/**
 * A p-value as a sentence writes it.
 *
 * @example statedPValue(0.0002) // => "p < 0.001"
 * @example statedPValue(0.2) // => "p = 0.20"
 */
export function statedPValue(pValue: number | null): string {
  const text = formatPValue(pValue);
  return /^[<>]/.test(text) ? `p ${text.slice(0, 1)} ${text.slice(1)}` : `p = ${text}`;
}

/**
 * A ratio such as an odds ratio, with about three significant digits.
 *
 * @example formatRatio(1.234) // => "1.23"
 * @example formatRatio(12.34) // => "12.3"
 */
export function formatRatio(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return NOT_AVAILABLE;
  if (ratio >= 1000) return ">999";
  if (ratio < 0.005) return "<0.01";
  if (ratio >= 100) return formatFixed(ratio, 0);
  return formatFixed(ratio, ratio >= 10 ? 1 : 2);
}

/**
 * A number with a given number of significant digits, without an exponent where it is of ordinary size.
 *
 * @example formatSignificant(0.0123456, 3) // => "0.0123"
 * @example formatSignificant(-1234.5, 3) // => "−1,230"
 */
export function formatSignificant(value: number | null, digits: number): string {
  if (value === null || !Number.isFinite(value)) return NOT_AVAILABLE;
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : "";
  if (size !== 0 && (size < 1e-4 || size >= 1e7))
    return sign + size.toExponential(digits - 1).replace("-", MINUS);
  const [whole, fraction] = size.toPrecision(digits).includes("e")
    ? [String(Number(size.toPrecision(digits))), undefined]
    : size.toPrecision(digits).split(".");
  return `${sign}${formatCount(Number(whole))}${fraction === undefined ? "" : `.${fraction}`}`;
}
