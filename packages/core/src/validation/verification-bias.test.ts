import { describe, expect, it } from "vitest";
import { InputError, NumericalError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { beggGreenes, type VerifiedCalls } from "./begg-greenes.ts";
import { bootstrapResamples } from "./resamples.ts";
import { auc } from "./roc.ts";
import { ascendingRows, expectedAuc } from "./expected-auc.ts";
import { tippingPoint } from "./tipping-point.ts";
import { verificationSensitivity, type VerifiedPredictions } from "./verification-bias.ts";
import { tippingWords, verificationWords } from "./verification-words.ts";

const PATIENTS = 3000;

/** Patients whose nodes are examined the likelier the higher their risk, and, by `gap`, the likelier with an event. */
function simulated(gap: number): VerifiedPredictions & { readonly truth: Uint8Array } {
  const random = createRandom(21);
  const linear = Float64Array.from({ length: PATIENTS }, () => -0.8 + 1.3 * random.normal());
  const truth = linear.map((eta) => (random.bernoulli(1 / (1 + Math.exp(-eta))) ? 1 : 0));
  const verified = Uint8Array.from(linear, (eta, row) =>
    random.bernoulli(1 / (1 + Math.exp(-(0.2 + 1.2 * eta + gap * truth[row])))) ? 1 : 0,
  );
  const outcome = Uint8Array.from(truth, (event, row) => (verified[row] === 1 ? event : 255));
  return {
    probability: linear.map((eta) => 1 / (1 + Math.exp(-eta))),
    verified,
    outcome,
    truth: Uint8Array.from(truth),
  };
}

const settings = { threshold: 0.3, deltas: [0, 1], resamples: [], level: 0.95 };

describe("beggGreenes", () => {
  /** The table of a hepatic scintigraphy, as Begg and Greenes's method is taught. */
  function scintigraphy(): VerifiedCalls {
    const rows = [
      [231, 1, 1, 1],
      [32, 1, 1, 0],
      [166, 1, 0, 0],
      [27, 0, 1, 1],
      [54, 0, 1, 0],
      [140, 0, 0, 0],
    ] as const;
    const column = (index: 1 | 2 | 3) =>
      Uint8Array.from(rows.flatMap((row) => new Array<number>(row[0]).fill(row[index])));
    return { called: column(1), verified: column(2), outcome: column(3), strata: null };
  }

  it("gives the published 83.6 % and 73.8 % of Drum and Christacopoulos's data", () => {
    const { sensitivity, specificity } = beggGreenes(scintigraphy())!;
    expect(sensitivity).toBeCloseTo(0.836, 3);
    expect(specificity).toBeCloseTo(0.738, 3);
  });

  it("leaves predictive values as verified patients show them", () => {
    const { ppv, npv } = beggGreenes(scintigraphy())!;
    expect(ppv).toBeCloseTo(231 / 263, 12);
    expect(npv).toBeCloseTo(54 / 81, 12);
  });

  it("is the plain table where everybody is verified, with or without strata", () => {
    const calls = scintigraphy();
    const verified = new Uint8Array(calls.called.length).fill(1);
    const strata = Int32Array.from(calls.called.keys(), (row) => row % 3);
    const plain = beggGreenes({ ...calls, verified })!;
    expect(plain.sensitivity).toBeCloseTo(231 / 258, 12);
    expect(beggGreenes({ ...calls, verified, strata })!.sensitivity).toBeCloseTo(plain.sensitivity!, 12);
  });

  it("has no answer where a call has nobody verified, and refuses other codes", () => {
    const calls = scintigraphy();
    const verified = calls.verified.map((one, row) => (calls.called[row] === 0 ? 0 : one));
    expect(beggGreenes({ ...calls, verified })).toBeNull();
    expect(() => beggGreenes({ ...calls, verified: verified.fill(2) })).toThrow(InputError);
  });
});

describe("expectedAuc", () => {
  it("is the AUC where the truth is known, ties included", () => {
    const random = createRandom(3);
    const score = Float64Array.from({ length: 200 }, () => Math.round(8 * random.uniform()));
    const outcome = Uint8Array.from(score, () => random.integer(2));
    const value = expectedAuc(Float64Array.from(outcome), score, ascendingRows(score));
    expect(value).toBeCloseTo(auc(outcome, score), 14);
  });

  it("is the chance over all pairs of different patients", () => {
    const random = createRandom(4);
    const score = Float64Array.from({ length: 40 }, () => Math.round(8 * random.uniform()));
    const chance = score.map(() => random.uniform());
    let [numerator, denominator] = [0, 0];
    score.forEach((a, i) => {
      score.forEach((b, j) => {
        if (i === j) return;
        const pair = chance[i] * (1 - chance[j]);
        numerator += pair * (a > b ? 1 : a === b ? 0.5 : 0);
        denominator += pair;
      });
    });
    expect(expectedAuc(chance, score, ascendingRows(score))).toBeCloseTo(numerator / denominator, 13);
  });
});

describe("verificationSensitivity", () => {
  it("recovers the truth where verification depends on the risk alone, which verified patients do not", () => {
    const data = simulated(0);
    const { naive, rows } = verificationSensitivity(data, settings);
    const truth = auc(data.truth, data.probability);
    expect(Math.abs(rows[0].estimates.auc.value - truth)).toBeLessThan(0.02);
    expect(truth - naive.auc).toBeGreaterThan(0.03);
    expect(rows[0].estimates.prevalence.value).toBeCloseTo(
      data.truth.reduce((sum, y) => sum + y, 0) / PATIENTS,
      1,
    );
  });

  it("recovers the truth at another delta where verification also depends on the event", () => {
    const data = simulated(1);
    // With a log odds ratio of 1 for verification the odds of the event fall by the same factor without it.
    const { rows } = verificationSensitivity(data, { ...settings, deltas: [-1, 0] });
    const prevalence = data.truth.reduce((sum, y) => sum + y, 0) / PATIENTS;
    expect(Math.abs(rows[0].estimates.prevalence.value - prevalence)).toBeLessThan(0.02);
    expect(rows[1].estimates.prevalence.value - prevalence).toBeGreaterThan(0.02);
  });

  it("has fewer true negatives among those called negative, the larger delta is", () => {
    const deltas = [-1, -0.5, 0, 0.5, 1, 2];
    const { rows } = verificationSensitivity(simulated(0), { ...settings, deltas });
    const npv = rows.map(({ estimates }) => estimates.npv.value);
    expect(npv).toEqual(npv.toSorted((a, b) => b - a));
    expect(rows[4].oddsRatio).toBeCloseTo(Math.E, 12);
  });

  it("is naive where everybody is verified, whatever delta", () => {
    const { probability, truth } = simulated(0);
    const verified = new Uint8Array(PATIENTS).fill(1);
    const { naive, rows } = verificationSensitivity({ probability, verified, outcome: truth }, settings);
    for (const { estimates } of rows) expect(estimates.auc.value).toBe(naive.auc);
    expect(naive.auc).toBeCloseTo(auc(truth, probability), 13);
  });

  it("has percentile intervals around its estimates, the same for the same samples", () => {
    const { probability, verified, outcome } = simulated(0);
    const first = {
      probability: probability.slice(0, 300),
      verified: verified.slice(0, 300),
      outcome: outcome.slice(0, 300),
    };
    const resamples = bootstrapResamples(300, 200, createRandom(9));
    const result = verificationSensitivity(first, { ...settings, resamples });
    for (const { value, lower, upper } of Object.values(result.rows[0].estimates)) {
      expect(lower).toBeLessThan(value);
      expect(upper).toBeGreaterThan(value);
    }
    expect(verificationSensitivity(first, { ...settings, resamples })).toEqual(result);
    expect(verificationWords(result)).toMatch(/no verified outcome/);
  });

  it("refuses verified patients of one class, and says when risks separate them", () => {
    const probability = Float64Array.of(0.1, 0.2, 0.7, 0.8, 0.5);
    const verified = Uint8Array.of(1, 1, 1, 1, 0);
    const data = (events: readonly number[]) => ({ probability, verified, outcome: Uint8Array.from(events) });
    expect(() => verificationSensitivity(data([0, 0, 0, 0, 0]), settings)).toThrow(InputError);
    expect(() => verificationSensitivity(data([0, 0, 1, 1, 0]), settings)).toThrow(NumericalError);
  });
});

describe("tippingPoint", () => {
  const data = simulated(0);
  const npvAt = (delta: number) =>
    verificationSensitivity(data, { ...settings, deltas: [delta] }).rows[0].estimates.npv.value;

  it("is where the claim begins to fail", () => {
    const atLeast = (npvAt(0) + npvAt(1)) / 2;
    const { delta, claim } = tippingPoint(data, { measure: "npv", atLeast, threshold: 0.3 });
    expect(npvAt(delta! - 1e-5)).toBeGreaterThan(atLeast);
    expect(npvAt(delta! + 1e-5)).toBeLessThan(atLeast);
    expect(tippingWords({ claim, atRandom: npvAt(0), delta })).toMatch(/falls below/);
  });

  it("is 0 where the claim fails at random, and null where nothing overturns it", () => {
    expect(tippingPoint(data, { measure: "npv", atLeast: 0.999, threshold: 0.3 }).delta).toBe(0);
    const safe = tippingPoint(data, { measure: "prevalence", atLeast: 0.01, threshold: 0.3 });
    expect(safe.delta).toBeNull();
    expect(tippingWords(safe)).toMatch(/stays at or above/);
  });
});
