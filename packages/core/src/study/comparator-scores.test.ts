import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { buildCohort } from "../cohort/build-cohort.ts";
import { cohortDescription } from "./cohort-description.ts";
import { comparatorScores } from "./comparator-scores.ts";
import { readProtocol } from "./read-protocol.ts";

const text = (comparators: string, variables = "") => `schema: sentinode/study@1
name: scores
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  size: { type: numeric, unit: mm }
  macro: { type: binary }
  met: { type: numeric, unit: mm }
  pos: { type: binary, levels: [1, 2] }
  count: { type: numeric }
  rem: { type: numeric }
  risk: { type: numeric, role: comparator }
  reader: { type: ordinal, levels: [2, 3, 4a], role: comparator }
  note: { type: categorical, levels: [a, b], role: description }
${variables}
blocks: { C: [size] }
models: { C: [C] }
comparators:
${comparators}
`;
const headers = ["id", "size", "macro", "met", "pos", "count", "rem", "risk", "reader", "event"];
const rows = [
  ["a", "15", "1", "3", "1", "1", "2", "0.1", "2", "0"],
  ["b", "25", "0", "2", "2", "2", "2", "0.9", "4a", "1"],
  ["c", "8", "", "", "1", "0", "4", "", "", "1"],
];

function scoresOf(comparators: string, table = rows): (number | null)[][] {
  const protocol = readProtocol(text(comparators), "study.yaml");
  const raw = {
    file: "t.csv",
    headers,
    rows: table,
    rowNumbers: table.map((_, row) => row + 2),
    decimal: "." as const,
    findings: [],
  };
  const { cohort } = buildCohort(
    raw,
    cohortDescription({ ...protocol, variables: described(protocol.variables) }),
  );
  return comparatorScores(protocol, cohort).map(({ values }) =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
  );
}

/** The table has no column of notes. */
function described<T extends Readonly<Record<string, unknown>>>(variables: T): T {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => name !== "note")) as T;
}

function problemsOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.problems.join("\n");
    throw error;
  }
  return "";
}

describe("scores of comparators", () => {
  it("are the Tenon score of levels that are numbers, or of numbers", () => {
    const tenon = (positive: string, macrometastasis: string) =>
      `  T: { score: tenon, size: size, macrometastasis: ${macrometastasis}, positive: ${positive}, removed: rem }`;
    expect(scoresOf(tenon("pos", "macro"))).toEqual([[1.5 + 2 + 1, 3 + 0 + 2, null]]);
    // A metastasis of 2 mm is no macrometastasis; a patient without a positive node is outside the score's scope.
    expect(scoresOf(tenon("count", "met"))).toEqual([[4.5, 5, null]]);
  });

  it("are risks from 0 to 1, whatever the scale", () => {
    expect(scoresOf("  T: { probability: risk }")).toEqual([[0.1, 0.9, null]]);
    expect(scoresOf("  T: { probability: risk, scale: percent }")[0][0]).toBeCloseTo(0.001, 12);
  });

  it("are ranks of levels, turned where higher is better", () => {
    expect(scoresOf("  T: { score: reader, higher: worse }")).toEqual([[0, 2, null]]);
    expect(scoresOf("  T: { score: reader, higher: better }")).toEqual([[-0, -2, null]]);
  });

  it("are none of a refitted comparator", () => {
    expect(scoresOf("  T: { refit: [size, reader], label: two }")).toEqual([]);
  });

  it("refuse impossible values by the patient, without the value", () => {
    const percent = rows.map((row) => row.with(7, "37.25"));
    const refused = problemsOf(() => scoresOf("  T: { probability: risk }", percent));
    expect(refused).toMatch(/comparator T needs risks from 0 to 1 .* in a, b, c; correct the table/);
    expect(refused).not.toMatch(/37/);
    const nodes = rows.map((row) => row.with(6, "0"));
    const tenon = "  T: { score: tenon, size: size, macrometastasis: macro, positive: pos, removed: rem }";
    expect(problemsOf(() => scoresOf(tenon, nodes))).toMatch(/no more positive .* got more in a, b;/);
  });
});

describe("comparators of a protocol", () => {
  it.each([
    ["a model's name", "  C: { probability: risk }", /has the name of a model/],
    ["the outcome", "  T: { probability: event }", /event may not be compared with: it is the outcome/],
    ["a column that nothing describes", "  T: { score: nothing, higher: worse }", /not described/],
    ["a description", "  T: { score: note, higher: worse }", /its role is description/],
    ["levels as a risk", "  T: { probability: reader }", /a risk is numeric/],
    [
      "words as a number of nodes",
      "  T: { score: tenon, size: size, macrometastasis: macro, positive: reader, removed: rem }",
      /a number of nodes/,
    ],
    ["one column twice", "  T: { refit: [size, size], label: two }", /names size twice/],
    ["no direction of a judgement", "  T: { score: reader }", /comparators/],
  ])("may not have %s", (_what, comparators, message) => {
    expect(problemsOf(() => readProtocol(text(comparators), "study.yaml"))).toMatch(message);
  });

  it("may not predict", () => {
    const predicting = text("  T: { probability: risk }").replace("C: [size]", "C: [size, risk]");
    expect(problemsOf(() => readProtocol(predicting, "study.yaml"))).toMatch(
      /risk may not predict: it is a comparator/,
    );
  });
});
