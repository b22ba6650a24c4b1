/** What became of a key of a parameter file. */
export interface KeyReport {
  /** E.g. `setting.binWidth`. */
  readonly key: string;
  /** As it is, in other words, or not at all. */
  readonly verdict: "honoured" | "translated" | "refused";
  readonly note: string;
}

/** A key's report, and whether measuring without the key would give other values. */
export interface JudgedKey extends KeyReport {
  readonly path: readonly string[];
  readonly changesValues: boolean;
}

/** The judgement on a key that holds, as it is or in other words. */
export function accepted(
  path: readonly string[],
  verdict: "honoured" | "translated",
  note: string,
): JudgedKey {
  return { path, key: path.join("."), verdict, note, changesValues: false };
}

/** The judgement on a key that has no counterpart and without which values would differ. */
export function refused(path: readonly string[], note: string): JudgedKey {
  return { path, key: path.join("."), verdict: "refused", note, changesValues: true };
}

/** The judgement on a key that is not followed, while all values that are measured are the same. */
export function passedOver(path: readonly string[], note: string): JudgedKey {
  return { ...refused(path, note), changesValues: false };
}
