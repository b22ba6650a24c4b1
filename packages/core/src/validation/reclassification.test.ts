import { describe, expect, it } from "vitest";
import { logistic, logit } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import {
  categoricalReclassification,
  continuousReclassification,
  discriminationImprovement,
} from "./reclassification.ts";

const random = createRandom("reclassification");
const old = Float64Array.from({ length: 400 }, () => logistic(random.normal() - 1));
const outcome = Uint8Array.from(old, (p) => Number(random.bernoulli(p)));
const updated = old.map((p) => logistic(logit(p) + random.normal() / 2));
const pair = { old, updated };

describe("net reclassification improvement", () => {
  it("is the sum of both classes' and changes its sign with the order of the models", () => {
    const forward = continuousReclassification(outcome, pair);
    const backward = continuousReclassification(outcome, { old: updated, updated: old });
    expect(forward.value).toBeCloseTo(forward.events.improvement + forward.nonEvents.improvement, 14);
    expect(backward.value).toBeCloseTo(-forward.value, 14);
    expect(backward.pValue).toBeCloseTo(forward.pValue!, 14);
  });

  it("of equal predictions is 0 without a test", () => {
    const same = continuousReclassification(outcome, { old, updated: old });
    expect([same.value, same.standardError, same.z, same.pValue]).toEqual([0, 0, null, null]);
  });

  it("across categories counts every patient once and puts a prediction on a cut above it", () => {
    const { eventTable, nonEventTable } = categoricalReclassification(outcome, pair, { cuts: [0.2, 0.4] });
    const total = [...eventTable, ...nonEventTable].flat().reduce((a, b) => a + b, 0);
    expect(total).toBe(400);
    const onCut = { old: Float64Array.of(0.1, 0.2), updated: Float64Array.of(0.2, 0.2) };
    const events = Uint8Array.of(1, 0);
    expect(categoricalReclassification(events, onCut, { cuts: [0.2] }).value).toBe(1);
    expect(categoricalReclassification(events, onCut, { cuts: [0.2], closed: "right" }).value).toBe(0);
  });

  it("refuses cuts that do not ascend and a class without patients", () => {
    expect(() => categoricalReclassification(outcome, pair, { cuts: [0.4, 0.2] })).toThrow(/ascend/);
    expect(() => categoricalReclassification(outcome, pair, { cuts: [] })).toThrow(/none/);
    const one = { old: Float64Array.of(0.1), updated: Float64Array.of(0.2) };
    expect(() => continuousReclassification(Uint8Array.of(1), one)).toThrow(/without the event/);
  });
});

describe("integrated discrimination improvement", () => {
  it("is the change of the difference in mean prediction", () => {
    const { value, events, nonEvents } = discriminationImprovement(outcome, pair);
    expect(value).toBeCloseTo(events.updated - events.old - (nonEvents.updated - nonEvents.old), 14);
  });

  it("grows by miscalibration alone, which is why it carries a caveat", () => {
    const exaggerated = old.map((p) => logistic(2 * logit(p)));
    expect(discriminationImprovement(outcome, { old, updated: exaggerated }).value).toBeGreaterThan(0.02);
  });
});
