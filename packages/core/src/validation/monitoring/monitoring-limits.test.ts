import { describe, expect, it } from "vitest";
import { logistic } from "../../math/elementary.ts";
import { createRandom, type Random } from "../../math/random.ts";
import { FIRST_CASE } from "./chart-statistics.ts";
import { correlationFactor, distanceSeries, normalScores, scoreCorrelations } from "./distance-chart.ts";
import { distanceLimit } from "./distance-limit.ts";
import { jointLimits, tailLimit } from "./joint-limits.ts";
import { cellMeans, outcomeScale, outcomeSeries, type RiskReference } from "./outcome-charts.ts";
import { outcomeLimits } from "./outcome-limits.ts";
import { referenceCells } from "./reference-cells.ts";

const plan = { cases: 200, falseAlarms: 0.1, replays: 1500 };

/** Patients of a model that is right. */
function patients(count: number, shift: number, random: Random) {
  const linear = Float64Array.from({ length: count }, () => -0.5 + 1.4 * random.normal());
  return {
    linear,
    outcome: Uint8Array.from(linear, (z) => (random.uniform() < logistic(z + shift) ? 1 : 0)),
  };
}

function riskReference(count: number, random: Random): RiskReference {
  const { linear, outcome } = patients(count, 0, random);
  const cells = referenceCells(linear);
  const events = outcome.reduce((sum, y) => sum + y, 0);
  return {
    patients: count,
    events,
    cells,
    means: cellMeans(linear, cells),
    calibration: { intercept: 0, slope: 1 },
  };
}

function sounds(reference: RiskReference, limits: readonly number[], shift: number, random: Random): boolean {
  const { linear, outcome } = patients(plan.cases, shift, random);
  return outcomeSeries(linear, outcome, outcomeScale(reference, plan.cases)).some((values, chart) =>
    values.some((value, t) => t >= FIRST_CASE - 1 && Math.abs(value) > limits[chart]),
  );
}

describe("outcomeLimits", () => {
  it("sound without change in about the share of replays asked for, with an estimated reference", () => {
    const random = createRandom("outcome-limits");
    let alarms = 0;
    for (let run = 0; run < 30; run++) {
      const own = random.fork(String(run));
      const reference = riskReference(500, own);
      const limits = outcomeLimits(reference, { ...plan, replays: 500 }, own.fork("limits"));
      for (let again = 0; again < 5; again++) if (sounds(reference, limits, 0, own)) alarms++;
    }
    expect(alarms / 150).toBeGreaterThan(0.03);
    expect(alarms / 150).toBeLessThan(0.17);
  });

  it("sound when the event becomes rare", () => {
    const random = createRandom("rare");
    const reference = riskReference(1000, random);
    const limits = outcomeLimits(reference, plan, random.fork("limits"));
    let alarms = 0;
    for (let run = 0; run < 50; run++) if (sounds(reference, limits, -1.4, random)) alarms++;
    expect(alarms).toBeGreaterThan(45);
  });

  it("are the same for the same seed and wider for a smaller reference", () => {
    const random = createRandom("same");
    const reference = riskReference(600, random);
    const limits = outcomeLimits(reference, plan, createRandom(1));
    expect(outcomeLimits(reference, plan, createRandom(1))).toEqual(limits);
  });
});

describe("distanceLimit", () => {
  const draw = (random: Random, count: number, shift: number) => {
    const common = Float64Array.from({ length: count }, () => random.normal());
    return [
      common,
      common.map((value) => value + random.normal()),
      common.map((value) => Math.round(2 * (value - random.normal() + shift))),
      common.map(() => (random.uniform() < 0.15 + shift / 4 ? 1 : 0)),
    ];
  };

  it("is kept without change in about the share of replays asked for, and exceeded after a shift", () => {
    const random = createRandom("distance");
    let [calm, shifted] = [0, 0];
    const runs = 40;
    for (let run = 0; run < runs; run++) {
      const own = random.fork(String(run));
      const reference = draw(own, 400, 0);
      const cells = reference.map(referenceCells);
      const scores = reference.map((values, i) => normalScores(values, cells[i]));
      const group = { cells, correlation: scoreCorrelations(scores) };
      const limit = distanceLimit(group, 400, { ...plan, replays: 300 }, own.fork("limit"));
      const most = (shift: number) => {
        const later = draw(own, plan.cases, shift).map((values, i) => normalScores(values, cells[i]));
        return distanceSeries(later, correlationFactor(group), 400)
          .slice(FIRST_CASE - 1)
          .reduce((a, b) => Math.max(a, b));
      };
      if (most(0) > limit) calm++;
      if (most(0.8) > limit) shifted++;
    }
    expect(calm / runs).toBeGreaterThan(0);
    expect(calm / runs).toBeLessThan(0.25);
    expect(shifted / runs).toBeGreaterThan(0.95);
  });
});

describe("jointLimits", () => {
  it("lets the share of replays exceed any of them", () => {
    const random = createRandom("joint");
    const maxima = [0, 1, 2].map(() => Float64Array.from({ length: 2000 }, () => random.normal()));
    const limits = jointLimits(maxima, [1, 1, 0.1], 0.05);
    const exceeding = maxima[0].filter((_, replay) =>
      maxima.some((own, k) => own[replay] > limits[k]),
    ).length;
    expect(exceeding / 2000).toBeLessThanOrEqual(0.05);
    expect(exceeding / 2000).toBeGreaterThan(0.045);
    expect(limits[2]).toBeGreaterThan(limits[0]);
  });
});

describe("tailLimit", () => {
  it("is the quantile of an exponential tail far beyond the replays", () => {
    const random = createRandom("tail");
    const maxima = Float64Array.from({ length: 4000 }, () => -Math.log(1 - random.uniform()));
    expect(tailLimit(maxima, 0.001)).toBeCloseTo(Math.log(1000), 0);
    expect(tailLimit(maxima, 0.2)).toBeCloseTo(Math.log(5), 1);
  });
});
