import { describe, expect, it } from "vitest";
import { readProtocol } from "./read-protocol.ts";
import { simulateStudy } from "./simulate-study.ts";

const study = simulateStudy({ patients: 60, seed: 7 });
const protocol = readProtocol(study.protocol, "study.yaml");
const column = (name: string) => study.table.rows.map((row) => row[study.table.headers.indexOf(name)]);

describe("simulateStudy", () => {
  it("has a protocol that can be read, is marked as simulated and names columns of the table", () => {
    expect(protocol.simulated).toBe(true);
    expect(study.table.headers).toEqual(expect.arrayContaining(Object.keys(protocol.variables)));
    expect(study.table.headers).toContain(protocol.outcome.variable);
    expect(Object.keys(protocol.models)).toEqual(["C", "CA", "CAR"]);
  });

  it("describes every column that is not the id, the outcome or a file", () => {
    const others = [protocol.cohort.id, protocol.outcome.variable, "image", "mask"];
    expect(study.table.headers.filter((name) => !others.includes(name)).sort()).toEqual(
      Object.keys(protocol.variables).sort(),
    );
  });

  it("keeps every cell inside the code-book or the plausible range of its variable", () => {
    for (const [name, variable] of Object.entries(protocol.variables)) {
      const range = variable.range ?? [-Infinity, Infinity];
      const codes = Array.isArray(variable.levels)
        ? variable.levels.map((level) => (typeof level === "object" ? Object.keys(level)[0] : String(level)))
        : ["0", "1"];
      for (const cell of column(name)) {
        if (variable.type === "numeric")
          expect(Number(cell) >= range[0] && Number(cell) <= range[1]).toBe(true);
        else if (variable.type === "date") expect(cell).toMatch(/^20\d\d-\d\d-\d\d$/);
        else expect(codes).toContain(cell);
      }
    }
  });

  it("keeps the truth out of the table", () => {
    const latent = study.truth.headers.filter((name) => name !== "patient_id");
    expect(latent.some((name) => study.table.headers.includes(name))).toBe(false);
    expect(study.truth.rows.map((row) => row[0])).toEqual(column("patient_id"));
  });

  it("draws a frame whatever was drawn before, with the pixel size that the table states", () => {
    const again = simulateStudy({ patients: 60, seed: 7 });
    for (const index of [41, 3, 17]) {
      const frame = study.frame(index);
      expect(again.frame(index)).toEqual(frame);
      expect(String(frame.image.spacingMm![0])).toBe(column("pixel_mm")[index]);
    }
  });

  it("sets about 30 % apart, the patients enrolled last", () => {
    const large = simulateStudy({ patients: 3000, seed: 1 });
    const at = large.table.headers.indexOf("enrolment_date");
    const from = protocol.split.method === "temporal" ? protocol.split.testFrom : "";
    const share = large.table.rows.filter((row) => row[at] >= from).length / 3000;
    expect(share).toBeCloseTo(0.3, 1);
  });

  it("says that it is simulated wherever a person may look", () => {
    expect(study.readme).toMatch(/^SIMULATED DATA/);
    expect(study.protocol).toMatch(/SIMULATED DATA/);
    expect(protocol.name).toMatch(/Simulated/);
  });
});
