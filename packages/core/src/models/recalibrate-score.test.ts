import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { recalibratedRisk, recalibrateInTheLarge, recalibrateScore } from "./recalibrate-score.ts";

const random = createRandom(3).fork("scores");
const score = Float64Array.from({ length: 200 }, () => random.integer(7));
const outcome = Uint8Array.from(score, (value) => (random.bernoulli(0.05 + 0.12 * value) ? 1 : 0));
const risk = score.map((value) => 0.02 + 0.05 * value);

describe("recalibration", () => {
  it.each([
    ["of a score", recalibrateScore, score],
    ["in the large", recalibrateInTheLarge, risk],
  ])("%s makes the mean risk the observed share and keeps the order", (_, learn, values) => {
    const recalibrated = recalibratedRisk(learn({ outcome, score: values }), values);
    expect(mean(recalibrated)).toBeCloseTo(mean(outcome), 10);
    values.forEach((value, i) =>
      values.forEach((other, j) => {
        if (value < other) expect(recalibrated[i]).toBeLessThan(recalibrated[j]);
        if (value === other) expect(recalibrated[i]).toBe(recalibrated[j]);
      }),
    );
  });

  it("of a score makes weighted residuals vanish, which is the equation of maximum likelihood", () => {
    const recalibrated = recalibratedRisk(recalibrateScore({ outcome, score }), score);
    expect(mean(score.map((value, i) => value * (outcome[i] - recalibrated[i])))).toBeCloseTo(0, 10);
  });

  it("does not depend on the scale of a score", () => {
    const once = recalibratedRisk(recalibrateScore({ outcome, score }), score);
    const scaled = score.map((value) => 10 * value - 3);
    const again = recalibratedRisk(recalibrateScore({ outcome, score: scaled }), scaled);
    again.forEach((value, i) => expect(value).toBeCloseTo(once[i], 8));
  });

  it("has an answer for a score that separates, and says so", () => {
    const separating = { outcome: Uint8Array.of(0, 0, 0, 1, 1, 1), score: Float64Array.of(1, 2, 2, 3, 4, 4) };
    const { slope, findings } = recalibrateScore(separating);
    expect(Number.isFinite(slope) && slope > 0).toBe(true);
    expect(findings.map(({ code }) => code)).toEqual(["score-separates"]);
  });

  it("takes stated certainty as near certainty", () => {
    const stated = Float64Array.of(0, 0.5, 0.5, 1);
    const [lowest, , , highest] = recalibratedRisk(
      recalibrateInTheLarge({ outcome: Uint8Array.of(0, 0, 1, 1), score: stated }),
      stated,
    );
    expect(lowest).toBeGreaterThan(0);
    expect(highest).toBeLessThan(1);
  });

  it("refuses risks in per cent and outcomes under seal", () => {
    expect(() => recalibrateInTheLarge({ outcome, score: risk.map((one) => 100 * one) })).toThrow(InputError);
    expect(() => recalibrateScore({ outcome: outcome.map(() => 255), score })).toThrow(InputError);
    expect(() => recalibrateScore({ outcome: outcome.map(() => 1), score })).toThrow(InputError);
  });

  it("leaves a patient without a score without a risk", () => {
    const recalibration = recalibrateScore({ outcome, score });
    expect(recalibratedRisk(recalibration, Float64Array.of(NaN))[0]).toBeNaN();
  });
});
