/** Surrogate intrinsic subtypes by immunohistochemistry. */
export const tumourSubtypes = [
  "luminal-A",
  "luminal-B-HER2-",
  "luminal-B-HER2+",
  "HER2",
  "triple-negative",
] as const;

/** One of {@link tumourSubtypes}. */
export type TumourSubtype = (typeof tumourSubtypes)[number];

/** What a subtype is derived from: 1 = positive; Ki-67 in per cent. */
export interface Receptors {
  readonly oestrogenReceptor: 0 | 1;
  readonly progesteroneReceptor: 0 | 1;
  readonly her2: 0 | 1;
  readonly ki67: number;
}

/**
 * The St Gallen surrogate subtype, with Ki-67 of 20 % dividing luminal A from B.
 *
 * @example tumourSubtype({ oestrogenReceptor: 1, progesteroneReceptor: 0, her2: 0, ki67: 12 }) // => "luminal-A"
 * @example tumourSubtype({ oestrogenReceptor: 0, progesteroneReceptor: 0, her2: 1, ki67: 40 }) // => "HER2"
 */
export function tumourSubtype(receptors: Receptors): TumourSubtype {
  const { oestrogenReceptor, progesteroneReceptor, her2, ki67 } = receptors;
  const isLuminal = oestrogenReceptor === 1 || progesteroneReceptor === 1;
  if (!isLuminal) return her2 === 1 ? "HER2" : "triple-negative";
  if (her2 === 1) return "luminal-B-HER2+";
  return ki67 < 20 ? "luminal-A" : "luminal-B-HER2-";
}
