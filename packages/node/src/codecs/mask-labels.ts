import { type Image, InputError, type Mask } from "@sentinode/core/radiomics";

/** Which value of a mask is the region. */
export interface MaskLabel {
  readonly value: number;
  /** Whether a mask without this value is refused; otherwise it only tells several values apart. */
  readonly isRequired: boolean;
}

/** Whole numbers up to this are labels of a segmentation program, not grey levels. */
export const mostLabels = 32;

/**
 * The values of a mask besides 0, ascending; more than `mostLabels` of them are not sought.
 *
 * @example labelsOf({ dimensions: [4, 1, 1], spacingMm: null, values: Uint8Array.of(0, 2, 1, 2) }) // => [1, 2]
 */
export function labelsOf({ values }: Image): number[] {
  const labels = new Set<number>();
  let last = 0;
  for (let p = 0; p < values.length && labels.size <= mostLabels; p++) {
    if (values[p] === last) continue;
    last = values[p];
    if (last !== 0) labels.add(last);
  }
  return [...labels].sort((a, b) => a - b);
}

/**
 * The pixels of a label.
 *
 * @param file Name for messages.
 * @throws {InputError} No pixel has the label.
 */
export function labelledMask(image: Image, file: string, label: number): Mask {
  const { dimensions } = image;
  const values = new Uint8Array(image.values.length);
  let count = 0;
  for (let p = 0; p < values.length; p++)
    if (image.values[p] === label) {
      values[p] = 1;
      count++;
    }
  if (count === 0) {
    const labels = labelsOf(image);
    const got = labels.length > mostLabels ? "many grey levels" : labels.join(", ");
    throw new InputError(
      `${file}: the mask needs pixels of value ${label}, the label that is asked for; got ${got === "" ? "none but 0" : got}; name another label`,
    );
  }
  return { dimensions, values };
}

/** The error for a mask of several labels of which none is named. */
export function severalLabels(labels: readonly number[], file: string): InputError {
  const sorted = [...labels].sort((a, b) => a - b);
  return new InputError(
    `${file}: a mask needs one label; got the labels ${sorted.join(", ")}; name the one that is meant, e.g. with --label, or write a mask for each lesion`,
  );
}
