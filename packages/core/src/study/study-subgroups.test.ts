import { describe, expect, it } from "vitest";
import type { Cohort } from "../cohort/cohort.ts";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import { readProtocol } from "./read-protocol.ts";
import { cutLabels, cutNames, studySubgroups } from "./study-subgroups.ts";

const ids = ["a", "b", "c", "d", "e"].map(patientId);

const cohort: Cohort = {
  patients: ids,
  outcome: Uint8Array.of(0, 1, 0, 1, 0),
  images: [],
  columns: [
    {
      variable: { name: "age", label: "Age", kind: "numeric", unit: "years", knownAt: "before-surgery" },
      values: Float64Array.of(39.9, 40, 60, NaN, 59),
    },
    {
      variable: {
        name: "grade",
        label: "Grade",
        kind: "ordinal",
        knownAt: "before-surgery",
        levels: [
          { code: "1", label: "low" },
          { code: "2", label: "high" },
        ],
        reference: "1",
      },
      codes: Int16Array.of(0, 1, -1, 1, 0),
    },
  ],
};

const protocol = readProtocol(
  `schema: sentinode/study@1
name: s
cohort: { table: t.csv, id: id }
outcome: { variable: y, positive: 1, label: event }
variables:
  age: { type: numeric, unit: years }
  grade: { type: ordinal, levels: [1: low, 2: high] }
blocks: { C: [age] }
models: { C: [C] }
subgroups: [{ variable: age, cuts: [40, 60] }, { variable: grade }]`,
  "study.yaml",
);

describe("studySubgroups", () => {
  it("puts a patient at a cut into the group that the cut starts, and one without a value into none", () => {
    const [age] = studySubgroups(protocol, cohort, ids);
    expect(age.levels).toEqual(["<40", "40-<60", ">=60"]);
    expect(Array.from(age.codes)).toEqual([0, 1, 2, -1, 1]);
  });

  it("takes the levels of a factor by their codes", () => {
    const grade = studySubgroups(protocol, cohort, ids)[1];
    expect(grade).toMatchObject({
      variable: "grade",
      label: "Grade",
      levels: ["1", "2"],
      levelLabels: ["low", "high"],
    });
    expect(Array.from(grade.codes)).toEqual([0, 1, -1, 1, 0]);
  });

  it("follows the order of the patients it is asked for, who may be some of the cohort", () => {
    const wanted = [4, 1].map((row) => ids[row]);
    expect(studySubgroups(protocol, cohort, wanted).map(({ codes }) => Array.from(codes))).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it("has a level for every code", () => {
    for (const { levels, codes } of studySubgroups(protocol, cohort, ids))
      for (const code of Array.from(codes)) expect(code >= -1 && code < levels.length).toBe(true);
  });

  it("has a name in print for every level, with the unit of a number", () => {
    const [age] = studySubgroups(protocol, cohort, ids);
    expect(age.levelLabels).toEqual(["below 40 years", "40 to below 60 years", "60 years or more"]);
    expect(cutLabels([], null)).toEqual(["all"]);
  });

  it("refuses a variable that the cohort lacks", () => {
    expect(() => studySubgroups(protocol, { ...cohort, columns: [] }, ids)).toThrow(InputError);
  });

  it("names one group where there is no cut, and one more group than cuts otherwise", () => {
    expect(cutNames([])).toEqual(["all"]);
    for (const cuts of [[50], [40, 60], [1, 2, 3, 4]]) expect(cutNames(cuts)).toHaveLength(cuts.length + 1);
  });
});
