/**
 * Ultrasound features against the words with which readers described the same lesions: a folder of SENTINODE_DATA with
 * `study.csv` (image, mask, and columns of the BI-RADS lexicon) and `images/`. Each feature must be higher where the word
 * says so, beyond chance: the lower limit of DeLong's 95 % interval lies above one half.
 */
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { agreementOf, expectations, readDescribedLesions } from "./ultrasound-readers.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(resolve(root, process.env["SENTINODE_DATA"] ?? "../shared/data"), "breast-usg");
const lesions = await readDescribedLesions(folder);
if (lesions.length === 0) console.log(`SENTINODE_DATA: no described lesions in ${folder}; skipped`);

describe.runIf(lesions.length > 0)("ultrasound features of described lesions", () => {
  it("exist for nineteen lesions of twenty", () => {
    for (const feature of Object.keys(lesions[0].features)) {
      const existing = lesions.filter(({ features }) => features[feature] !== null).length;
      expect(existing / lesions.length, feature).toBeGreaterThanOrEqual(0.95);
    }
  });

  for (const expectation of expectations) {
    const agreement = agreementOf(lesions, expectation);
    it.skipIf(agreement === null)(
      `${expectation.feature} is higher where ${expectation.column} is ${expectation.higher.join(" or ")}`,
      () => expect(agreement!.auc.lower).toBeGreaterThan(0.5),
    );
  }
});
