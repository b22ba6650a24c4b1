import { describe, expect, it } from "vitest";
import type { ColumnDiagnostics } from "../../../core/src/models/imputation/imputation-diagnostics.ts";
import { imputationSection } from "../../../core/src/report/imputation-section.ts";
import { createNumbering } from "../../../core/src/report/numbering.ts";
import { createDrawingDocument } from "./drawing-document.ts";

const size: ColumnDiagnostics = {
  name: "size",
  label: "Tumour size <mm>",
  unit: "mm",
  missing: 12,
  patients: 90,
  means: [
    [20, 21, 20.5, 20.2],
    [20.4, 20.1, 20.8, 20.6],
  ],
  standardDeviations: [
    [4, 5, 4.5, 4.2],
    [4.4, 4.1, 4.8, 4.6],
  ],
  meanConvergence: 1.02,
  deviationConvergence: null,
  distribution: {
    kind: "density",
    at: [0, 10, 20, 30],
    observed: [0, 0.03, 0.05, 0],
    imputed: [0, 0.02, 0.06, 0],
  },
};
const grade: ColumnDiagnostics = {
  ...size,
  name: "grade",
  label: "Grade",
  unit: null,
  distribution: {
    kind: "shares",
    levels: ["1", "2", "3"],
    observed: [0.2, 0.5, 0.3],
    imputed: [0.1, 0.6, 0.3],
  },
};
/** One imputed value, one round, nothing that moves. */
const still: ColumnDiagnostics = {
  ...size,
  name: "still",
  means: [[3], [3]],
  standardDeviations: [[NaN], [NaN]],
  meanConvergence: null,
  distribution: null,
};

function render(columns: readonly ColumnDiagnostics[] | null): string {
  return imputationSection(columns, createNumbering(), createDrawingDocument())
    .map((part) => part?.markup ?? "")
    .join("");
}

describe("the section on missing values", () => {
  it("prints what is missing and draws a trace and a distribution of every column", () => {
    const html = render([size, grade]);
    expect(html).toContain("12 (13.3%)");
    expect(html).toContain("1.02");
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html).toContain(
      "Trace of the imputed mean of Tumour size &lt;mm&gt;: 2 imputations, 4 rounds, R-hat 1.02",
    );
    expect(html).not.toContain("<mm>");
  });

  it("is the same every time", () => {
    expect(render([size, grade])).toBe(render([size, grade]));
  });

  it("leaves out what does not exist, and prints no NaN", () => {
    const html = render([still]);
    expect(html).not.toContain("NaN");
    expect(html).not.toContain("<svg");
    expect(render([size, still])).not.toContain("NaN");
    expect(render(null)).toBe("");
    expect(render([])).toBe("");
  });
});
