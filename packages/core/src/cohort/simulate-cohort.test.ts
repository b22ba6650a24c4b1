import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { mean, midranks, pearson, sampleStandardDeviation } from "../math/statistics.ts";
import { clinicalLogOdds } from "./simulate-clinical.ts";
import { type SimulatedPatient, simulateCohort } from "./simulate-cohort.ts";

const cohort = simulateCohort({ patients: 20_000, seed: 20261124 });
const outcome = Uint8Array.from(cohort, ({ nslnMetastasis }) => nslnMetastasis);
const values = (of: (patient: SimulatedPatient) => number) => Float64Array.from(cohort, of);
const share = (is: (patient: SimulatedPatient) => boolean) => cohort.filter(is).length / cohort.length;

/** Share of pairs of a patient with and one without the event that a score ranks rightly. */
function concordance(score: Float64Array): number {
  const events = outcome.reduce((a, b) => a + b, 0);
  const ranked = midranks(score).reduce((sum, rank, i) => sum + rank * outcome[i], 0);
  return (ranked - (events * (events + 1)) / 2) / (events * (outcome.length - events));
}

function fitted(predictors: readonly Float64Array[]): { coefficients: Float64Array; score: Float64Array } {
  const columnMajor = Float64Array.from(predictors.flatMap((column) => [...column]));
  const design = { rows: outcome.length, columns: predictors.length, values: columnMajor };
  const { coefficients } = logisticRegression(design, outcome);
  const score = values(() => 0).map((_, i) =>
    predictors.reduce((sum, column, k) => sum + coefficients[k + 1] * column[i], 0),
  );
  return { coefficients, score };
}

const clinicalPredictors = [
  values(({ clinical }) => clinical.tumourSizeMm / 10),
  values(({ clinical }) => clinical.lymphovascularInvasion),
  values(({ clinical }) => clinical.multifocal),
  values(({ clinical }) => clinical.sentinelNodesPositive - 1),
  values(({ clinical }) => clinical.sentinelNodesNegative),
  values(({ clinical }) => clinical.macrometastasis),
  values(({ clinical }) => clinical.extranodalExtension),
  values(({ clinical }) => clinical.macrometastasis * Math.log(clinical.sentinelMetastasisMm / 5.5)),
];
const axillaryPredictors = [
  values(({ axilla }) => axilla.cortexMm),
  values(({ axilla }) => axilla.hilumLoss),
  values(({ axilla }) => axilla.longShortBelow2),
  values(({ axilla }) => axilla.nonHilarFlow),
  values(({ axilla }) => axilla.suspiciousNodes),
];

describe("simulateCohort", () => {
  it("has the prevalence of published cohorts with one or two positive sentinel nodes, near 32 %", () => {
    expect(mean(outcome)).toBeGreaterThan(0.3);
    expect(mean(outcome)).toBeLessThan(0.345);
  });

  it("gives a patient that depends on seed and number only, not on the size of the cohort", () => {
    expect(simulateCohort({ patients: 40, seed: 20261124 })).toEqual(cohort.slice(0, 40));
    expect(simulateCohort({ patients: 40, seed: 2 })).not.toEqual(cohort.slice(0, 40));
  });

  it("draws the outcome with the log-odds that its variables say, as the table writes them", () => {
    for (const { clinical, truth } of cohort.slice(0, 500)) {
      const logOdds = -4.5 + clinicalLogOdds(clinical) + 1.25 * truth.burden + truth.imageTrait;
      expect(truth.linearPredictor).toBeCloseTo(logOdds, 12);
      expect(truth.probability).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12);
    }
    expect(mean(values(({ truth }) => truth.probability)) - mean(outcome)).toBeCloseTo(0, 1.7);
  });

  it("has the discrimination of its design: oracle 0.907, clinical 0.811, with axilla 0.847", () => {
    expect(concordance(values(({ truth }) => truth.linearPredictor))).toBeCloseTo(0.907, 1.7);
    expect(concordance(fitted(clinicalPredictors).score)).toBeCloseTo(0.811, 1.7);
    expect(concordance(fitted([...clinicalPredictors, ...axillaryPredictors]).score)).toBeCloseTo(0.847, 1.7);
  });

  it("has multivariable odds ratios inside the ranges of the literature", () => {
    const ratios = [...fitted(clinicalPredictors).coefficients.slice(1, 8)].map(Math.exp);
    const design = [1.51, 2.56, 2.33, 2.73, 0.68, 3.91, 2.97];
    ratios.forEach((ratio, k) => {
      expect(ratio / design[k]).toBeGreaterThan(0.85);
      expect(ratio / design[k]).toBeLessThan(1.18);
    });
  });

  it("has the distributions of a Chinese cohort with early breast cancer", () => {
    expect(mean(values(({ clinical }) => clinical.age))).toBeCloseTo(51.5, 0);
    expect(share(({ clinical }) => clinical.grade === 1)).toBeCloseTo(0.07, 1.7);
    expect(share(({ clinical }) => clinical.grade === 3)).toBeCloseTo(0.38, 1.7);
    expect(share(({ clinical }) => clinical.lymphovascularInvasion === 1)).toBeCloseTo(0.32, 1.7);
    expect(share(({ clinical }) => clinical.oestrogenReceptor === 1)).toBeCloseTo(0.81, 1.7);
    expect(share(({ clinical }) => clinical.her2 === 1)).toBeCloseTo(0.2, 1.7);
    expect(share(({ clinical }) => clinical.sentinelNodesPositive === 2)).toBeCloseTo(0.26, 1.7);
    expect(share(({ clinical }) => clinical.macrometastasis === 1)).toBeCloseTo(0.83, 1.7);
    expect(share(({ clinical }) => clinical.extranodalExtension === 1)).toBeCloseTo(0.23, 1.7);
    expect(share(({ axilla }) => axilla.suspiciousNodes === 0)).toBeCloseTo(0.62, 1.7);
    expect(share(({ axilla }) => axilla.hilumLoss === 1)).toBeCloseTo(0.15, 1.7);
  });

  it("never contradicts itself", () => {
    for (const { clinical, axilla, enrolmentDate } of cohort) {
      expect(clinical.sentinelNodesPositive + clinical.sentinelNodesNegative).toBe(
        clinical.sentinelNodesRemoved,
      );
      expect(clinical.macrometastasis === 1).toBe(clinical.sentinelMetastasisMm > 2);
      expect(clinical.tumourSizeMm >= 4 && clinical.tumourSizeMm <= 50).toBe(true);
      expect(axilla.cortexMm >= 0.8 && axilla.cortexMm <= 12).toBe(true);
      expect(enrolmentDate >= "2016-01-01" && enrolmentDate <= "2022-12-31").toBe(true);
    }
  });

  it("hides burden and image trait from clinical findings", () => {
    const logOdds = values(({ truth }) => truth.clinicalLogOdds);
    for (const latent of [values(({ truth }) => truth.burden), values(({ truth }) => truth.imageTrait)]) {
      expect(mean(latent)).toBeCloseTo(0, 1.4);
      expect(sampleStandardDeviation(latent)).toBeCloseTo(1, 1.4);
      expect(Math.abs(pearson(latent, logOdds))).toBeLessThan(0.025);
    }
  });

  it("takes the image's share of the outcome from the signal and changes nothing else", () => {
    const without = simulateCohort({ patients: 4000, seed: 20261124, signal: 0 });
    without.forEach((patient, k) => {
      expect(patient.clinical).toEqual(cohort[k].clinical);
      expect(patient.axilla).toEqual(cohort[k].axilla);
      expect(patient.truth.linearPredictor + patient.truth.imageTrait).toBeCloseTo(
        cohort[k].truth.linearPredictor,
        12,
      );
    });
  });

  it("refuses what it cannot simulate", () => {
    expect(() => simulateCohort({ patients: 0, seed: 1 })).toThrow(InputError);
    expect(() => simulateCohort({ patients: 1.5, seed: 1 })).toThrow(InputError);
    expect(() => simulateCohort({ patients: 10, seed: 1, signal: NaN })).toThrow(InputError);
  });
});
