import { describe, expect, it } from "vitest";
import { guessKnownAt, guessUnit, headerRole } from "./header-words.ts";
import { proposeVariables, type VariableProposal } from "./propose-variables.ts";
import type { RawTable } from "./raw-table.ts";

const propose = (columns: Readonly<Record<string, readonly string[]>>): Map<string, VariableProposal> => {
  const headers = Object.keys(columns);
  const rows = columns[headers[0]].map((_, row) => headers.map((header) => columns[header][row]));
  const table: RawTable = {
    file: "t.csv",
    headers,
    rows,
    rowNumbers: rows.map((_, i) => i + 2),
    decimal: ".",
    findings: [],
  };
  return new Map(proposeVariables(table).map((proposal) => [proposal.name, proposal]));
};

const cycle = (values: readonly string[], n = 30): string[] =>
  Array.from({ length: n }, (_, i) => values[i % values.length]);
const counting = (prefix: string, suffix = "", n = 30): string[] =>
  Array.from({ length: n }, (_, i) => `${prefix}${i + 10}${suffix}`);

describe("a proposal", () => {
  const proposals = propose({
    patient_id: counting("P"),
    image: counting("case", ".png"),
    mask: counting("case", "_mask.png"),
    age: [...counting("").slice(1), "unknown"],
    tumour_size_mm: [...counting("", ".5").slice(1), "about ten"],
    grade: cycle(["2", "1", "3"]),
    her2: cycle(["0", "1+", "3+", "2+"]),
    pain: cycle(["severe", "none", "mild"]),
    histology: cycle(["IDC", "ILC", "other"]),
    sln_pos: cycle(["0", "1", "2", "3"]),
    enrolment_date: Array.from({ length: 30 }, (_, i) => `2020-01-${String(i + 1).padStart(2, "0")}`),
    nsln: cycle(["0", "1", "1"]),
    pN_stage: cycle(["0", "1", "2"]),
    centre: cycle(["A", "B", "C"]),
    split: cycle(["train", "test"]),
    side: cycle(["left"]),
    comment: counting("saw "),
    empty: cycle(["", "NA"]),
    birads: cycle(["4a", "4b", "5"]),
  });
  const of = (name: string): VariableProposal => proposals.get(name)!;

  it("finds id, outcome, images and what else a column is for", () => {
    const roles = [...proposals.values()].map(({ name, role }) => [name, role]);
    expect(Object.fromEntries(roles)).toMatchObject({
      patient_id: "id",
      image: "image",
      mask: "mask",
      age: "predictor",
      nsln: "outcome",
      pN_stage: "description",
      centre: "centre",
      split: "split",
      enrolment_date: "date",
      side: "description",
      comment: "description",
      birads: "comparator",
    });
    expect(of("nsln").positive).toBe("1");
  });

  it("tells numbers from codes of levels, and ordered levels from others", () => {
    expect(of("age")).toMatchObject({
      kind: "numeric",
      unit: "years",
      missingTokens: ["unknown"],
      unreadable: 0,
    });
    expect(of("tumour_size_mm")).toMatchObject({
      kind: "numeric",
      unit: "mm",
      unreadable: 1,
      label: "Tumour size",
    });
    expect(of("grade")).toMatchObject({ kind: "ordinal", levels: ["1", "2", "3"] });
    expect(of("her2")).toMatchObject({ kind: "ordinal", levels: ["0", "1+", "2+", "3+"] });
    expect(of("pain")).toMatchObject({ kind: "ordinal", levels: ["none", "mild", "severe"] });
    expect(of("histology")).toMatchObject({ kind: "categorical" });
    expect(of("sln_pos")).toMatchObject({ kind: "numeric", knownAt: "after-sentinel-biopsy" });
    expect(of("side").kind).toBe("constant");
    expect(of("comment").kind).toBe("text");
    expect(of("empty")).toMatchObject({ kind: "empty", missingShare: 1, missingTokens: ["NA"] });
  });

  it("takes the last two-valued column as outcome where no header names one, and none where there is none", () => {
    expect(
      propose({ a: counting("x"), b: cycle(["0", "1"]), c: cycle(["no", "yes"]) }).get("c"),
    ).toMatchObject({ role: "outcome", positive: "yes" });
    expect(
      [...propose({ a: counting("x"), b: counting("1.") }).values()].map(({ role }) => role),
    ).not.toContain("outcome");
  });

  it("survives a table without rows", () => {
    expect([...propose({ a: [], b: [] }).values()].map(({ kind }) => kind)).toEqual(["empty", "empty"]);
  });
});

describe("the words of a header", () => {
  it.each([
    "pN",
    "pN_stage",
    "total_positive_nodes",
    "nodes_total",
    "recurrence",
    "stage",
    "TNM",
    "ALND_nodes",
    "follow_up_months",
    "final_pathology",
    "adjuvant_chemo",
  ])("tell that %s contains or follows the outcome", (header) => {
    expect(guessKnownAt(header).knownAt).toBe("never");
    expect(guessKnownAt(header).reason).not.toBeNull();
  });

  it.each([
    ["age", "before-surgery"],
    ["cortex_mm", "before-surgery"],
    ["sln_positive", "after-sentinel-biopsy"],
    ["ENE", "after-sentinel-biopsy"],
    ["LVI", "final-pathology"],
    ["path_size_mm", "final-pathology"],
    ["t_stage", "final-pathology"],
  ])("tell when %s is known: %s", (header, knownAt) => {
    expect(guessKnownAt(header).knownAt).toBe(knownAt);
  });

  it("tell units and persons", () => {
    expect(["size (mm)", "follow up days", "weight[kg]", "cea_ng_ml", "mm", "margin"].map(guessUnit)).toEqual(
      ["mm", "days", "kg", "ng/ml", null, null],
    );
    expect(["Patient Name", "date_of_birth", "MRN", "姓名"].map(headerRole)).toEqual([
      "person",
      "person",
      "person",
      "person",
    ]);
  });
});
