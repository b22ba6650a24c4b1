import { describe, expect, it } from "vitest";
import { checkColumns } from "./check-columns.ts";
import { checkPatients } from "./check-patients.ts";
import { readTextTable } from "./read-text-table.ts";
import { tableTruth } from "./table-truth.ts";

const table = (text: string) => readTextTable(new TextEncoder().encode(text), "t.csv");
const numbered = (column: readonly string[]) =>
  table(`patient_id,x\n${column.map((cell, i) => `p${String(i)},${cell}`).join("\n")}\n`);

describe("checkPatients", () => {
  it("refuses rows of a patient that disagree and names id, rows and columns, no value", () => {
    const [finding] = checkPatients(table("id,age\nA,51\nB,52\nA,53\n"));
    expect(finding).toMatchObject({
      severity: "error",
      message: expect.stringMatching(/duplicate id "A" in rows 2, 4.* age/),
    });
    expect(finding.message).not.toMatch(/51|53/);
  });

  it("accepts several images of a patient, and warns of copies", () => {
    expect(checkPatients(table("id,image,age\nA,1.png,51\nA,2.png,51\n"))).toEqual([]);
    expect(checkPatients(table("id,age\nA,51\nA,51\n"))[0].severity).toBe("warning");
  });

  it("has nothing to say where no column names the patient", () => {
    expect(checkPatients(table("age,size\n1,2\n1,3\n"))).toEqual([]);
  });
});

describe("checkColumns", () => {
  const measured = ["40.1", "41.2", "42.3", "43.4", "44.5"];

  it("refuses text among measurements and names the rows, not the text", () => {
    const [finding] = checkColumns(numbered([...measured, "forty"]));
    expect(finding).toMatchObject({ severity: "error", message: expect.stringMatching(/column x .*row 7/) });
    expect(finding.message).not.toContain("forty");
  });

  it("lets codes be numbers and texts", () => {
    expect(checkColumns(numbered(["3", "4", "4a", "3", "4", "4b", "5", "4", "3", "3"]))).toEqual([]);
  });

  it("warns of censored values and of NaN and infinity", () => {
    const findings = checkColumns(numbered([...measured, "<0.1", ">300", "NaN", "1e999", "NA", ""]));
    expect(findings.map(({ code }) => code)).toEqual(["table-censored-values", "table-not-finite"]);
    expect(findings.every(({ severity }) => severity === "warning")).toBe(true);
  });

  it("warns of cells that a spreadsheet would run", () => {
    expect(checkColumns(table("id,x\n=A1,1\nb,-2.5\n"))[0]).toMatchObject({ code: "table-formula-cells" });
  });
});

describe("tableTruth", () => {
  it("sums columns of numbers, counts events and lists dates", () => {
    const truth = tableTruth(
      table("id,size_mm,seen,outcome\nA,10.5,2024-01-01,1\nB,2,2024-01-02,0\nC,,NA,1\n"),
    );
    expect(truth).toMatchObject({
      rows: 3,
      columns: 4,
      firstHeader: "id",
      sumSize: 12.5,
      size_mmNumeric: 2,
      positives: 2,
    });
    expect(truth["dates"]).toEqual({ seen: { A: "2024-01-01", B: "2024-01-02" } });
  });

  it("does not touch prototypes, whatever a header is called", () => {
    const truth = tableTruth(table("id,__proto__\nA,2024-01-01\n"));
    expect(({} as Record<string, unknown>)["A"]).toBeUndefined();
    expect(Object.keys(truth["dates"] as object)).toEqual(["__proto__"]);
  });
});
