import { describe, expect, it } from "vitest";
import { patientId } from "../../cohort/patient.ts";
import { learnedFrom, trainedOn } from "./trained-on.ts";

const patients = ["b7", "a1", "c3"].map(patientId);

describe("the patients that a model learned from", () => {
  it("can be asked for, in any order of the table", () => {
    const known = trainedOn(patients, "CA");
    expect(learnedFrom(known, ["z", "a1", "b7", "a1 "].map(patientId))).toEqual(["a1", "b7", "a1"]);
    expect(learnedFrom(known, ["a", "a11", "A1"].map(patientId))).toEqual([]);
  });

  it("are the same codes whatever their order, and other codes in another model", () => {
    expect(trainedOn([...patients].reverse(), "CA")).toEqual(trainedOn(patients, "CA"));
    const [one, other] = [trainedOn(patients, "CA"), trainedOn(patients, "CAR")];
    expect(one.patients.filter((code) => other.patients.includes(code))).toEqual([]);
  });

  it("do not stand in the file by their ids", () => {
    const text = JSON.stringify(trainedOn(patients, "CA"));
    for (const patient of patients) expect(text).not.toContain(`"${patient}"`);
  });
});
