import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { mean, midranks, pearson, sampleStandardDeviation } from "../math/statistics.ts";
import { clinicalLogOdds } from "./simulate-clinical.ts";
import { type SimulatedPatient, simulateCohort } from "./simulate-cohort.ts";
import { tumourSubtype, tumourSubtypes } from "./tumour-subtype.ts";

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
    for (const patient of cohort) {
      const { clinical, axilla, examination } = patient;
      expect(clinical.sentinelNodesPositive + clinical.sentinelNodesNegative).toBe(
        clinical.sentinelNodesRemoved,
      );
      expect(clinical.macrometastasis === 1).toBe(clinical.sentinelMetastasisMm > 2);
      expect(clinical.tumourSizeMm >= 4 && clinical.tumourSizeMm <= 50).toBe(true);
      expect(axilla.cortexMm >= 0.8 && axilla.cortexMm <= 12).toBe(true);
      expect(examination.enrolmentDate >= "2016-01-01" && examination.enrolmentDate <= "2022-12-31").toBe(
        true,
      );
      expect(patient.nonSentinelNodesPositive > 0).toBe(patient.nslnMetastasis === 1);
      expect(patient.nomogramProbability >= 0.01 && patient.nomogramProbability <= 0.99).toBe(true);
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

  it("takes the image's share of the outcome from the signal and changes no predictor and no prevalence", () => {
    for (const signal of [0, 4]) {
      const other = simulateCohort({ patients: 4000, seed: 20261124, signal });
      const shifts = other.map((patient, k) => {
        expect(patient.clinical).toEqual(cohort[k].clinical);
        expect(patient.axilla).toEqual(cohort[k].axilla);
        const image = (signal - 1) * patient.truth.imageTrait;
        return patient.truth.linearPredictor - image - cohort[k].truth.linearPredictor;
      });
      shifts.forEach((shift) => expect(shift).toBeCloseTo(shifts[0], 10));
      const prevalence = mean(Float64Array.from(other, ({ truth }) => truth.probability));
      expect(prevalence).toBeCloseTo(mean(values(({ truth }) => truth.probability)), 1.6);
    }
  });

  it("gives a third of the patients with the event four or more positive nodes, more of those with more burden", () => {
    const events = cohort.filter(({ nslnMetastasis }) => nslnMetastasis === 1);
    const hasFour = ({ clinical, nonSentinelNodesPositive }: SimulatedPatient) =>
      clinical.sentinelNodesPositive + nonSentinelNodesPositive >= 4;
    const among = (patients: readonly SimulatedPatient[]) =>
      patients.filter(hasFour).length / patients.length;
    expect(among(events)).toBeGreaterThan(0.3);
    expect(among(events)).toBeLessThan(0.4);
    expect(among(events.filter(({ truth }) => truth.burden > 1))).toBeGreaterThan(among(events) + 0.1);
  });

  it("has a nomogram that discriminates like published ones and overestimates", () => {
    const probability = values(({ nomogramProbability }) => nomogramProbability);
    expect(concordance(probability)).toBeCloseTo(0.72, 1.7);
    expect(mean(probability)).toBeGreaterThan(mean(outcome) + 0.05);
  });

  it("has the subtypes of the literature in their order of frequency", () => {
    const shares = [0.3, 0.37, 0.16, 0.04, 0.14];
    tumourSubtypes.forEach((subtype, k) =>
      expect(share(({ clinical }) => tumourSubtype(clinical) === subtype)).toBeCloseTo(shares[k], 1.6),
    );
  });

  it("sees patients on scanners that were in use on the day, whatever their outcome", () => {
    const at = (model: string) => cohort.filter(({ examination }) => examination.scanner === model);
    for (const model of ["S1", "S2", "S3", "S4"]) {
      const events = at(model).filter(({ nslnMetastasis }) => nslnMetastasis === 1).length;
      const standardError = Math.sqrt((mean(outcome) * (1 - mean(outcome))) / at(model).length);
      expect(Math.abs(events / at(model).length - mean(outcome))).toBeLessThan(3.5 * standardError);
    }
    expect(at("S2").every(({ examination }) => examination.enrolmentDate < "2019-07-01")).toBe(true);
    expect(at("S4").every(({ examination }) => examination.enrolmentDate >= "2021-07-01")).toBe(true);
    const one = simulateCohort({ patients: 50, seed: 1, scanners: 1 });
    expect(one.every(({ examination }) => examination.scanner === "S1")).toBe(true);
  });

  it("betrays the outcome by the scanner when it is told to, and changes nothing else", () => {
    const biased = simulateCohort({ patients: 4000, seed: 20261124, scannerBias: 2 });
    const first = biased.filter(({ examination }) => examination.scanner === "S1");
    expect(first.filter(({ nslnMetastasis }) => nslnMetastasis === 1).length / first.length).toBeGreaterThan(
      0.4,
    );
    biased.forEach((patient, k) =>
      expect({ ...patient, examination: null }).toEqual({ ...cohort[k], examination: null }),
    );
  });

  it("refuses what it cannot simulate", () => {
    expect(() => simulateCohort({ patients: 0, seed: 1 })).toThrow(InputError);
    expect(() => simulateCohort({ patients: 1.5, seed: 1 })).toThrow(InputError);
    expect(() => simulateCohort({ patients: 10, seed: 1, signal: NaN })).toThrow(InputError);
    expect(() => simulateCohort({ patients: 10, seed: 1, scanners: 5 })).toThrow(InputError);
  });
});
