import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { brierScore } from "./brier.ts";
import { calibrationSlope } from "./calibration.ts";
import { comparePredictions } from "./compare.ts";
import { delongAuc, delongLogitAuc } from "./delong.ts";
import { evaluatePredictions, evaluateRepeats } from "./evaluate.ts";
import { joinFindings } from "./evaluation-findings.ts";
import type { EvaluationSubject } from "./evaluation.ts";
import { thresholdGrid } from "./threshold-grid.ts";

const random = createRandom("evaluate");
const outcome = Uint8Array.from({ length: 90 }, (_, i) => Number(i % 3 === 0));
const predict = () => Float64Array.from(outcome, (event) => 0.05 + 0.25 * event + 0.6 * random.uniform());
const [first, second] = [predict(), predict()];
const subject: EvaluationSubject = { model: "CAR", dataset: "test", method: "held-out" };
const options = { decisionThresholds: thresholdGrid(0.05, 0.4, 0.05) };
const thresholds = [
  { name: "fnr<=0.05", threshold: 0.3 },
  { name: "p>=0.10", threshold: 0.1 },
];

describe("an evaluation", () => {
  const { evaluation, findings } = evaluatePredictions(
    subject,
    outcome,
    { probability: first, thresholds },
    options,
  );

  it("holds every measure of one dataset", () => {
    expect(evaluation).toMatchObject({
      model: "CAR",
      dataset: "test",
      method: "held-out",
      patients: 90,
      events: 30,
    });
    expect(evaluation.auc).toEqual(delongAuc(outcome, first));
    expect(evaluation.brier.value).toBe(brierScore(outcome, first));
    expect(evaluation.calibration.slope.value).toBeCloseTo(calibrationSlope(outcome, first).slope.value, 14);
    expect(evaluation.decisionCurve).toHaveLength(8);
    expect(evaluation.thresholds.map(({ name }) => name)).toEqual(["fnr<=0.05", "p>=0.10"]);
    expect(findings.map(({ code }) => code)).toEqual(["calibration-curve-imprecise"]);
  });

  it("is plain JSON without a hole", () => {
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    expect(JSON.stringify(evaluation)).not.toContain("null,null");
  });

  it("has a band around the decision curve where one is asked for", () => {
    const bootstrap = { replicates: 50, random: createRandom(1) };
    const banded = evaluatePredictions(
      subject,
      outcome,
      { probability: first, thresholds },
      { ...options, bootstrap },
    );
    expect(banded.evaluation.decisionCurve[0].lower).toBeLessThan(banded.evaluation.decisionCurve[0].upper!);
  });
});

describe("an evaluation of repeats", () => {
  const repeats = [first, second].map((probability) => ({
    probability,
    thresholds: [{ name: "fnr<=0.05", threshold: probability.map((_, i) => (i < 45 ? 0.2 : 0.4)) }],
  }));
  const { evaluation } = evaluateRepeats(
    { ...subject, method: "cross-validation" },
    outcome,
    repeats,
    options,
  );

  it("averages the repeats", () => {
    const areas = [first, second].map((probability) => delongAuc(outcome, probability).value);
    expect(evaluation.auc.value).toBeCloseTo((areas[0] + areas[1]) / 2, 14);
    expect(evaluation.auc.method).toMatch(/mean over 2 repeats/);
    expect(evaluation.brier.value).toBeCloseTo(
      (brierScore(outcome, first) + brierScore(outcome, second)) / 2,
      14,
    );
  });

  it("has an interval of the slope that counts the training of the models, where there was one", () => {
    const given = evaluateRepeats(subject, outcome, repeats, options).evaluation.calibration.slope;
    const { slope } = evaluation.calibration;
    expect(slope.value).toBe(given.value);
    expect((slope.upper! - slope.lower!) / (given.upper! - given.lower!)).toBeCloseTo(Math.SQRT2, 12);
    expect(slope.method).toMatch(/variance doubled/);
    const stated = repeats.map((repeat) => ({ ...repeat, stated: first }));
    const published = evaluateRepeats(
      { ...subject, method: "cross-validation" },
      outcome,
      stated,
      options,
    ).evaluation;
    expect(published.calibration.slope.method).toBe("Wald");
  });

  it("reports the mean of thresholds that were chosen fold by fold", () => {
    expect(evaluation.thresholds[0].threshold).toBeCloseTo(0.3, 14);
  });

  it("of equal repeats is the evaluation of one, but for the names of the methods", () => {
    const [repeat] = repeats;
    const [one, three] = [[repeat], [repeat, repeat, repeat]].map(
      (equal) => evaluateRepeats(subject, outcome, equal, options).evaluation,
    );
    expect(three.calibration.curve[7].upper).toBeCloseTo(one.calibration.curve[7].upper, 12);
    expect(three.calibration.intercept.lower).toBeCloseTo(one.calibration.intercept.lower!, 12);
    expect(three.decisionCurve[3].netBenefit).toBeCloseTo(one.decisionCurve[3].netBenefit, 12);
    expect(three.thresholds[0].sensitivity.lower).toBeCloseTo(one.thresholds[0].sensitivity.lower!, 12);
  });
});

describe("measures that do not exist", () => {
  it("are null with findings where no patient has the event", () => {
    const { evaluation, findings } = evaluatePredictions(
      subject,
      new Uint8Array(90),
      { probability: first, thresholds },
      options,
    );
    expect(evaluation.auc).toMatchObject({ value: null, lower: null, upper: null, method: "DeLong" });
    expect(evaluation.scaledBrier.value).toBeNull();
    expect(evaluation.calibration).toMatchObject({ ici: { value: null }, curve: [] });
    expect(evaluation.brier.value).not.toBeNull();
    expect(evaluation.thresholds[0].sensitivity.value).toBeNull();
    expect(findings.map(({ code }) => code)).toContain("measure-undefined");
    expect(findings.every(({ message }) => message.startsWith("CAR on test, held-out: "))).toBe(true);
    expect(new Set(findings.map(({ message }) => message)).size).toBe(findings.length);
  });

  it("are null where the predictions separate the outcomes or are all equal", () => {
    const judge = (probability: Float64Array) =>
      evaluatePredictions(subject, outcome, { probability, thresholds: [] }, options);
    const perfect = judge(Float64Array.from(outcome, (event, i) => 0.2 + 0.5 * event + i / 1000));
    expect(perfect.evaluation.calibration.slope.value).toBeNull();
    expect(perfect.evaluation.auc.value).toBe(1);
    expect(perfect.evaluation.auc.lower).toBeLessThan(1);
    expect(perfect.evaluation.auc.method).toContain("Newcombe");
    expect(perfect.findings.map(({ code }) => code)).toContain("auc-at-its-limit");
    const equal = judge(new Float64Array(90).fill(0.4));
    expect(equal.evaluation.auc).toMatchObject({ value: 0.5, lower: null, upper: null });
    expect(equal.evaluation.calibration).toMatchObject({
      slope: { value: null },
      ici: { value: null },
      curve: [],
    });
    expect(equal.evaluation.calibration.intercept.value).toBeCloseTo(Math.log(0.5) - Math.log(0.4 / 0.6), 10);
  });

  it("have an interval on the logit scale where DeLong's would pass 1, except after cross-validation", () => {
    const few = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
    const probability = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.6, 0.7, 0.8, 0.9);
    const judge = (method: "held-out" | "cross-validation") =>
      evaluatePredictions({ ...subject, method }, few, { probability, thresholds: [] }, options);
    const { evaluation, findings } = judge("held-out");
    expect(delongAuc(few, probability).upper).toBe(1);
    expect(evaluation.auc).toEqual(delongLogitAuc(few, probability));
    expect(findings.map(({ code }) => code)).toContain("auc-interval-on-logit");
    expect(judge("cross-validation").evaluation.auc).toEqual(delongAuc(few, probability));
  });

  it("are missing their interval only where a class has one patient", () => {
    const one = outcome.map((_, i) => Number(i === 7));
    const { evaluation, findings } = evaluatePredictions(
      subject,
      one,
      { probability: first, thresholds: [] },
      options,
    );
    expect(evaluation.auc.value).toBeGreaterThanOrEqual(0);
    expect(evaluation.auc.lower).toBeNull();
    expect(findings.map(({ code }) => code)).toContain("auc-without-interval");
  });

  it("tell of predictions of exactly 0 and 1, and of an AUC below one half", () => {
    const codes = (probability: Float64Array) =>
      evaluatePredictions(subject, outcome, { probability, thresholds: [] }, options).findings.map(
        ({ code }) => code,
      );
    expect(codes(first.map((p, i) => (i < 4 ? 0 : p)))).toContain("predictions-clipped");
    expect(codes(first.map((p) => 1 - p))).toContain("auc-below-half");
  });

  it("do not ask for another coding of the outcome where chance explains an AUC below one half", () => {
    const few = [0, 1, 2, 3, 4, 5, 6, 7];
    const { findings } = evaluatePredictions(
      subject,
      Uint8Array.from(few, (i) => i % 2),
      { probability: Float64Array.of(0.4, 0.2, 0.3, 0.5, 0.6, 0.1, 0.7, 0.8), thresholds: [] },
      options,
    );
    expect(findings.find(({ code }) => code === "auc-below-half")).toMatchObject({ severity: "info" });
  });

  it("warn of a curve from few patients", () => {
    const few = evaluatePredictions(
      subject,
      outcome.subarray(0, 40),
      { probability: first.subarray(0, 40), thresholds: [] },
      options,
    );
    expect(few.findings.map(({ code }) => code)).toContain("calibration-curve-imprecise");
  });
});

describe("findings of several models on the same patients", () => {
  const say = (model: string, text: string) => ({
    code: "c",
    severity: "info" as const,
    message: `${model} on test, held-out: ${text}`,
  });

  it("that say the same are said once, with the models", () => {
    const joined = joinFindings([
      { model: "C", findings: [say("C", "a"), say("C", "b")] },
      { model: "CA", findings: [say("CA", "a")] },
      { model: "CAR", findings: [say("CAR", "a")] },
    ]);
    expect(joined.map(({ message }) => message)).toEqual([
      "C, CA and CAR on test, held-out: a",
      "C on test, held-out: b",
    ]);
  });

  it("that name no model stay as they are", () => {
    const finding = { code: "c", severity: "info" as const, message: "the table has no header" };
    expect(joinFindings([{ model: "C", findings: [finding] }])).toEqual([finding]);
  });
});

describe("a comparison", () => {
  it("names the models and the test", () => {
    const pair = { first: "CA", second: "CAR", dataset: "test", method: "held-out" } as const;
    const { comparison, findings } = comparePredictions(pair, outcome, [first], [second]);
    expect(comparison).toMatchObject({ first: "CA", second: "CAR", dataset: "test", test: "DeLong paired" });
    expect(comparison.difference).toBeCloseTo(
      delongAuc(outcome, first).value - delongAuc(outcome, second).value,
      14,
    );
    expect(findings).toEqual([]);
  });

  it("of equal models has a difference of 0 and a finding instead of a p-value", () => {
    const pair = { first: "C", second: "C", dataset: "test", method: "held-out" } as const;
    const { comparison, findings } = comparePredictions(pair, outcome, [first], [first]);
    expect(comparison).toMatchObject({ difference: 0, z: null, pValue: null });
    expect(findings[0].code).toBe("comparison-without-variance");
  });
});
