import { describe, expect, it } from "vitest";
import type { RawTable } from "../cohort/raw-table.ts";
import { InputError } from "../errors.ts";
import { protocolVariables } from "./protocol-variables.ts";
import { proposeProtocol } from "./propose-protocol.ts";
import { readProtocol } from "./read-protocol.ts";
import { simulateStudy } from "./simulate-study.ts";

function table(file: string, headers: readonly string[], rows: readonly (readonly string[])[]): RawTable {
  return { file, headers, rows, rowNumbers: rows.map((_, row) => row + 2), decimal: ".", findings: [] };
}

const images = { image: "images/{image}", mask: "images/{mask}" };

/** Headers and cells that YAML would take for something else. */
const hostile = table(
  "cohort: [2024] # final.csv",
  ["ID", "yes", "a: b", "tumor size, mm", '"quoted"', "# note", "grade", "ER", "Notes", "site", "metastasis"],
  Array.from({ length: 40 }, (_, row) => [
    `P-${row}`,
    row % 3 === 0 ? "on" : "off",
    String((row * 7) % 11),
    row % 5 === 0 ? "NA" : String(5 + ((row * 13) % 30)),
    ["null", "~", "true"][row % 3],
    ["{a}", "- b", "'c"][row % 3],
    String(1 + (row % 3)),
    row % 2 === 0 ? "+" : "-",
    `free text ${row}: whatever, it says; #${row}`,
    ["Köln", "München"][row % 2],
    String(row % 2),
  ]),
);

describe("proposeProtocol", () => {
  it.each([
    ["a simulated cohort with images", simulateStudy({ patients: 80, seed: 2 }).table, images],
    ["a simulated cohort without images", simulateStudy({ patients: 80, seed: 2 }).table, null],
    ["headers and cells that YAML would misread", hostile, null],
  ])("proposes for %s what readProtocol reads", (_what, cohort, patterns) => {
    const { text } = proposeProtocol(cohort, patterns);
    const protocol = readProtocol(text, "study.yaml");
    expect(protocol.cohort.table).toBe(cohort.file);
    expect(cohort.headers).toContain(protocol.cohort.id);
    expect(cohort.headers).toContain(protocol.outcome.variable);
    expect(Object.keys(protocol.models).length).toBeGreaterThan(0);
    for (const name of Object.keys(protocol.variables)) expect(cohort.headers).toContain(name);
    expect(protocol.images === undefined).toBe(patterns === null);
    for (const variable of protocolVariables(protocol))
      if ("levels" in variable) {
        const column = cohort.headers.indexOf(variable.name);
        const cells = new Set(cohort.rows.map((row) => row[column]));
        const missing = new Set(["", ...protocol.cohort.missing]);
        const codes = new Set(variable.levels.map(({ code }) => code));
        for (const cell of cells) expect(codes.has(cell) || missing.has(cell)).toBe(true);
      }
  });

  it("lets neither the outcome nor the id nor a file predict", () => {
    const { text } = proposeProtocol(simulateStudy({ patients: 80, seed: 2 }).table, images);
    const predictors = JSON.stringify(readProtocol(text, "study.yaml").blocks);
    for (const name of ["patient_id", "nsln_metastasis", "image", "mask", "pixel_mm", "enrolment_date"])
      expect(predictors).not.toContain(`"${name}"`);
  });

  it("nests the models: each holds the blocks of the one before", () => {
    const { text } = proposeProtocol(simulateStudy({ patients: 80, seed: 2 }).table, images);
    const { models } = readProtocol(text, "study.yaml");
    expect(Object.values(models)).toEqual([["C"], ["C", "A"], ["C", "A", "R"]]);
  });

  it("compares with a judgement that stands in the table, and asks for its direction", () => {
    const headers = hostile.headers.map((name) => (name === "a: b" ? "BI-RADS: final" : name));
    const { text, questions } = proposeProtocol({ ...hostile, headers }, null);
    const { comparators, blocks } = readProtocol(text, "study.yaml");
    expect(comparators).toEqual({ "BI-RADS_final": { score: "BI-RADS: final", higher: "worse" } });
    expect(JSON.stringify(blocks)).not.toContain("BI-RADS");
    expect(questions.join("\n")).toMatch(/whether a higher BI-RADS: final is worse/);
  });

  it("asks what the table does not settle, in the text as well", () => {
    const rows = hostile.rows.map((row) => [...row.slice(0, -1), row.at(-1) === "1" ? "A" : "B"]);
    const { text, questions } = proposeProtocol({ ...hostile, rows }, null);
    expect(questions.join("\n")).toMatch(/which code of metastasis is the event/);
    expect(questions.join("\n")).toMatch(/whether 40 rows are enough/);
    for (const question of questions) expect(text).toContain(`# To decide: ${question}`);
  });

  it("keeps a line break in a header inside its comment or its quotes", () => {
    const headers = hostile.headers.map((name) => (name === "Notes" ? "Notes\nseed: 99" : name));
    const { text } = proposeProtocol({ ...hostile, headers }, null);
    expect(readProtocol(text, "study.yaml").seed).toBe(1);
  });

  it("refuses a table without a patient's id or without an outcome, and says which", () => {
    const only = (names: readonly string[]) => {
      const kept = names.map((name) => hostile.headers.indexOf(name));
      return table(
        "t.csv",
        names,
        hostile.rows.map((row) => kept.map((column) => row[column])),
      );
    };
    expect(() => proposeProtocol(only(["ID", "tumor size, mm"]), null)).toThrow(/outcome of two values/);
    expect(() => proposeProtocol(only(["grade", "metastasis"]), null)).toThrow(InputError);
  });
});
