import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import {
  type IccForm,
  intraclassCorrelation,
  ratingVariance,
  reliabilityOfMean,
} from "./intraclass-correlation.ts";

const forms: readonly IccForm[] = ["one-way", "agreement", "consistency"];

/** Six subjects by four judges of Shrout & Fleiss 1979, table 2; one array a judge. */
const judges = [
  [9, 6, 8, 7, 10, 6],
  [2, 1, 4, 1, 5, 2],
  [5, 3, 6, 2, 6, 4],
  [8, 2, 8, 6, 9, 7],
];

function noisyRatings(subjects: number, raters: number): number[][] {
  const random = createRandom(3);
  const traits = Array.from({ length: subjects }, () => random.normal());
  return Array.from({ length: raters }, (_, rater) =>
    traits.map((trait) => trait + 0.3 * rater + 0.5 * random.normal()),
  );
}

describe("intraclassCorrelation", () => {
  it("gives the values of Shrout and Fleiss for their example", () => {
    const values = forms.map((form) => intraclassCorrelation(judges, form)!.value);
    expect(values.map((value) => value.toFixed(2))).toEqual(["0.17", "0.29", "0.71"]);
    const ofMean = values.map((value) => reliabilityOfMean(value, 4).toFixed(2));
    expect(ofMean).toEqual(["0.44", "0.62", "0.91"]);
  });

  it("gives their mean squares", () => {
    const variance = ratingVariance(judges)!;
    expect(variance.betweenSubjects).toBeCloseTo(11.24, 2);
    expect(variance.withinSubjects).toBeCloseTo(6.26, 2);
    expect(variance.betweenRaters).toBeCloseTo(32.49, 2);
    expect(variance.residual).toBeCloseTo(1.02, 2);
  });

  it("does not change when all measurements are shifted and stretched", () => {
    const ratings = noisyRatings(30, 3);
    const moved = ratings.map((one) => one.map((value) => 40 - 7 * value));
    for (const form of forms) {
      const [first, second] = [ratings, moved].map((one) => intraclassCorrelation(one, form)!);
      expect(second.value).toBeCloseTo(first.value, 12);
      expect(second.lower).toBeCloseTo(first.lower, 12);
      expect(second.upper).toBeCloseTo(first.upper, 12);
    }
  });

  it("holds a rater's own scale against agreement, not against consistency", () => {
    const ratings = [judges[0], judges[0].map((value) => value + 5)];
    expect(intraclassCorrelation(ratings, "consistency")!.value).toBe(1);
    expect(intraclassCorrelation(ratings, "agreement")!.value).toBeLessThan(0.5);
    expect(intraclassCorrelation(ratings, "one-way")!.value).toBeLessThan(0.5);
  });

  it("lies inside its interval, which a smaller confidence makes narrower", () => {
    for (const form of forms) {
      const wide = intraclassCorrelation(noisyRatings(25, 4), form)!;
      const narrow = intraclassCorrelation(noisyRatings(25, 4), form, 0.5)!;
      expect(wide.lower).toBeLessThan(narrow.lower);
      expect(narrow.lower).toBeLessThan(wide.value);
      expect(wide.value).toBeLessThan(narrow.upper);
      expect(narrow.upper).toBeLessThan(wide.upper);
    }
  });

  it("covers the true value about as often as it says", () => {
    const truth = 1 / (1 + 0.25);
    let covered = 0;
    for (let study = 0; study < 400; study++) {
      const random = createRandom(study);
      const traits = Array.from({ length: 20 }, () => random.normal());
      const ratings = [0, 1, 2].map(() => traits.map((trait) => trait + 0.5 * random.normal()));
      const { lower, upper } = intraclassCorrelation(ratings, "one-way", 0.9)!;
      if (lower <= truth && truth <= upper) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.86);
    expect(covered / 400).toBeLessThan(0.94);
  });

  it("leaves out subjects that a rater did not measure", () => {
    const ratings = noisyRatings(12, 3);
    const gaps = ratings.map((one, rater) => [...one, rater === 1 ? NaN : 4]);
    for (const form of forms)
      expect(intraclassCorrelation(gaps, form)).toEqual(intraclassCorrelation(ratings, form));
  });

  it("is 1 without a doubt where measurements agree, and does not exist where subjects are all alike", () => {
    const same = [judges[0], judges[0]];
    const constant = [
      [4, 4, 4],
      [4, 4, 4],
    ];
    for (const form of forms) {
      expect(intraclassCorrelation(same, form)).toMatchObject({ value: 1, lower: 1, upper: 1 });
      expect(intraclassCorrelation(constant, form)).toBeNull();
      expect(
        intraclassCorrelation(
          [
            [1, NaN],
            [1, 2],
          ],
          form,
        ),
      ).toBeNull();
    }
  });

  it("refuses a single rater and raters of different subjects", () => {
    expect(() => intraclassCorrelation([[1, 2]], "one-way")).toThrow(InputError);
    expect(() => intraclassCorrelation([[1, 2], [1]], "one-way")).toThrow(/2 and 1 values/);
  });
});
