import { InputError } from "../../errors.ts";
import { augmentationAcrossFolds } from "./augmentation-across-folds.ts";
import { combatOnAll } from "./combat-on-all.ts";
import { imputationWithOutcome } from "./imputation-with-outcome.ts";
import type { Mistake } from "./mistake.ts";
import { nearDuplicateImages } from "./near-duplicate-images.ts";
import { outcomeDerivedColumn } from "./outcome-derived-column.ts";
import { oversamplingBeforeSplit } from "./oversampling-before-split.ts";
import { samePatient } from "./same-patient.ts";
import { scalingBeforeSplit } from "./scaling-before-split.ts";
import { selectionBeforeSplit } from "./selection-before-split.ts";
import { siteIsOutcome } from "./site-is-outcome.ts";
import { timeTravel } from "./time-travel.ts";
import { tuningOnTest } from "./tuning-on-test.ts";

/** The laboratory's twelve mistakes. */
export const mistakes: readonly Mistake[] = [
  samePatient,
  nearDuplicateImages,
  scalingBeforeSplit,
  selectionBeforeSplit,
  combatOnAll,
  imputationWithOutcome,
  oversamplingBeforeSplit,
  tuningOnTest,
  outcomeDerivedColumn,
  siteIsOutcome,
  timeTravel,
  augmentationAcrossFolds,
];

/**
 * The mistake of a mode.
 *
 * @throws {InputError} No mistake has that name.
 */
export function findMistake(mode: string): Mistake {
  const found = mistakes.find((mistake) => mistake.mode === mode);
  if (found === undefined)
    throw new InputError(
      `the leak laboratory needs one of ${mistakes.map((mistake) => mistake.mode).join(", ")}; got another name; correct it`,
    );
  return found;
}
