import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import type { MeasuredImages } from "./assemble-predictors.ts";
import { missingnessFindings, pixelSizeFindings } from "./outcome-findings.ts";
import { readProtocol } from "./read-protocol.ts";

const patients = Array.from({ length: 80 }, (_, i) => patientId(`p${i}`));
const outcome = Uint8Array.from(patients, (_, i) => i % 2);
const outcomes = { cohort: { patients, outcome }, development: patients.slice(0, 60) };

const protocolWith = (more: string) =>
  readProtocol(
    `schema: sentinode/study@1
name: s
cohort: { table: t.csv, id: id }
outcome: { variable: y, positive: 1, label: event }
variables:
  age: { type: numeric }
  size: { type: numeric }
blocks: { C: [age, size] }
models: { C: [C] }
${more}`,
    "study.yaml",
  );

function tableOf(isAgeMissing: (row: number) => boolean): PredictorTable {
  const column = (name: string, isGone: (row: number) => boolean) => ({
    name,
    label: name,
    source: { kind: "clinical" as const, variable: name },
    kind: "numeric" as const,
    unit: null,
    values: Float64Array.from(patients, (_, row) => (isGone(row) ? NaN : row)),
  });
  return { patients, columns: [column("age", isAgeMissing), column("size", (row) => row % 5 === 0)] };
}

describe("values that are missing with the outcome", () => {
  it("are named with counts of the development set, and no other predictor is", () => {
    const [finding, ...more] = missingnessFindings(
      protocolWith(""),
      tableOf((row) => row % 4 === 1),
      outcomes,
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: "missing-with-outcome", severity: "warning" });
    expect(finding.message).toContain("age in 15 of 30 with and 0 of 30 without the event");
    expect(finding.message).not.toContain("size in");
  });

  it("are not looked for among patients of the test set", () => {
    const inTest = tableOf((row) => row >= 60 && row % 2 === 1);
    expect(missingnessFindings(protocolWith(""), inTest, outcomes)).toEqual([]);
  });

  it("are no finding where nothing, or everything, is missing", () => {
    for (const isMissing of [() => false, () => true])
      expect(missingnessFindings(protocolWith(""), tableOf(isMissing), outcomes)).toEqual([]);
  });
});

describe("pixels of different size", () => {
  const measured = (sizeOf: (row: number) => number | null): MeasuredImages => ({
    images: patients.map((patient, row) => ({
      patient,
      image: "a.png",
      mask: "m.png",
      spacingMm: sizeOf(row),
      rowNumber: row + 2,
    })),
    features: [],
    sources: [],
    labels: [],
    versions: [],
  });

  it("are a warning where their size goes with the outcome, a note where it does not", () => {
    const follows = pixelSizeFindings(
      protocolWith(""),
      measured((row) => 0.05 + 0.02 * (row % 2) + 0.0001 * (row % 7)),
      outcomes,
    );
    expect(follows[0]).toMatchObject({ code: "pixel-sizes-differ", severity: "warning" });
    expect(follows[0].message).toContain("AUC of 1.00");
    const varies = pixelSizeFindings(
      protocolWith(""),
      measured((row) => (row % 4 < 2 ? 0.05 : 0.08)),
      outcomes,
    );
    expect(varies[0]).toMatchObject({ severity: "info" });
  });

  it("are no finding where images are alike, resampled, without a size, or not there", () => {
    const differing = measured((row) => (row % 2 === 0 ? 0.05 : 0.08));
    const resampled = protocolWith("radiomics: { resample: { spacingMm: [0.1, 0.1, null] } }");
    expect(pixelSizeFindings(resampled, differing, outcomes)).toEqual([]);
    for (const images of [null, measured(() => 0.07), measured(() => null)])
      expect(pixelSizeFindings(protocolWith(""), images, outcomes)).toEqual([]);
  });
});
