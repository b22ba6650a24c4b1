import { describe, expect, it } from "vitest";
import { logistic } from "../math/elementary.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { calibrationInTheLarge, calibrationSlope } from "./calibration.ts";
import { closedTest, updateModel, updatedLinearPredictor } from "./updating.ts";

const random = createRandom("updating");
const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: 400 }, () => random.normal()));
const design = matrixOfColumns(400, columns);
const score = (weights: readonly number[], intercept: number) =>
  columns[0].map((_, i) => intercept + weights.reduce((sum, w, j) => sum + w * columns[j][i], 0));
const old = score([0.9, -0.5, 0.2], -0.4);
const drawn = (linear: Float64Array) => Uint8Array.from(linear, (z) => Number(random.bernoulli(logistic(z))));

describe("an update", () => {
  const outcome = drawn(old.map((z) => 0.6 * z + 0.8));
  const patients = { outcome, linear: old };

  it("raises the likelihood the more it estimates", () => {
    const models = (["original", "intercept", "recalibration", "revision"] as const).map((method) =>
      updateModel(method, patients, design),
    );
    models.slice(1).forEach((model, k) => {
      expect(model.logLikelihood).toBeGreaterThanOrEqual(models[k].logLikelihood);
      expect(model.parameters).toBeGreaterThan(models[k].parameters);
    });
  });

  it("leaves nothing of what it estimated to be mended", () => {
    const risk = (method: "intercept" | "recalibration") =>
      updatedLinearPredictor(updateModel(method, patients), old).map(logistic);
    expect(calibrationInTheLarge(outcome, risk("intercept")).value).toBeCloseTo(0, 8);
    const line = calibrationSlope(outcome, risk("recalibration"));
    expect(line.slope.value).toBeCloseTo(1, 8);
    expect(line.jointIntercept.value).toBeCloseTo(0, 8);
  });

  it("by revision predicts with its own coefficients", () => {
    const revised = updateModel("revision", patients, design);
    const linear = updatedLinearPredictor(revised, old, design);
    const [first] = columns.map((column) => column[0]);
    expect(linear[0]).toBeCloseTo(
      revised.intercept +
        revised.coefficients![0] * first +
        revised.coefficients![1] * columns[1][0] +
        revised.coefficients![2] * columns[2][0],
      12,
    );
    expect(() => updateModel("revision", patients)).toThrow(/design/);
  });

  it("says that separated patients allow none", () => {
    const linear = Float64Array.of(-2, -1, 1, 2);
    expect(() => updateModel("recalibration", { outcome: Uint8Array.of(0, 0, 1, 1), linear })).toThrow(
      /separation/,
    );
  });
});

describe("the closed test", () => {
  const chosenFor = (truth: Float64Array) =>
    closedTest({ outcome: drawn(truth), linear: old }, design).chosen.method;

  it("chooses the least update that is needed", () => {
    expect(chosenFor(old.map((z) => z + 1.5))).toBe("intercept");
    expect(chosenFor(old.map((z) => 2.5 * z + 1))).toBe("recalibration");
    expect(chosenFor(score([-1, 1, 1], 0))).toBe("revision");
  });

  it("keeps a model that is right in most samples", () => {
    const methods = Array.from({ length: 40 }, () => chosenFor(old));
    expect(methods.filter((method) => method === "original").length).toBeGreaterThan(33);
  });

  it("knows that with one predictor recalibration is the revision", () => {
    const one = matrixOfColumns(400, [columns[0]]);
    const linear = columns[0].map((x) => 0.5 * x);
    const { tests } = closedTest({ outcome: drawn(columns[0].map((x) => 3 * x + 1)), linear }, one);
    expect(tests.map(({ method }) => method)).toEqual(["original", "intercept"]);
  });
});
