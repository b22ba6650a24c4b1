import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { buildCohort } from "./build-cohort.ts";
import type { CohortDescription } from "./cohort-description.ts";
import type { CategoricalColumn, NumericColumn } from "./cohort.ts";
import type { RawTable } from "./raw-table.ts";
import type { Variable } from "./variable.ts";

const tableOf = (text: string, decimal: "." | "," = "."): RawTable => {
  const [header, ...lines] = text.trim().split("\n");
  return {
    file: "cohort.csv",
    headers: header.split("|").map((cell) => cell.trim()),
    rows: lines.map((line) => line.split("|").map((cell) => cell.trim())),
    rowNumbers: lines.map((_, i) => i + 2),
    decimal,
    findings: [],
  };
};

const numeric = (name: string, range?: readonly [number, number]): Variable => ({
  kind: "numeric",
  name,
  label: name,
  unit: null,
  knownAt: "before-surgery",
  ...(range ? { range } : {}),
});

const levelled = (
  name: string,
  levels: readonly string[],
  kind: "binary" | "categorical" = "categorical",
): Variable => ({
  kind,
  name,
  label: name,
  knownAt: "before-surgery",
  levels: levels.map((level) => {
    const [code, label] = level.split("=");
    return { code, label: label ?? code };
  }),
  reference: levels[0].split("=")[0],
});

const describeCohort = (
  variables: readonly Variable[],
  changes: Partial<CohortDescription> = {},
): CohortDescription => ({
  id: "id",
  outcome: { variable: "nsln", positive: "1", negative: "0", label: "metastasis" },
  variables,
  missing: ["NA", "not available"],
  images: null,
  ...changes,
});

const problemsOf = (table: RawTable, description: CohortDescription): readonly string[] => {
  try {
    buildCohort(table, description);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
};

describe("a cohort from a table", () => {
  it("holds one value a variable and patient, in the table's order", () => {
    const table = tableOf(`
      id | age  | er  | nsln
      P2 | 50.5 | 1.0 | 1
      P1 | NA   | neg | 0
      P3 | 61   |     | 0.0`);
    const { cohort } = buildCohort(
      table,
      describeCohort([numeric("age"), levelled("er", ["0=neg", "1=pos"], "binary")]),
    );
    expect(cohort.patients).toEqual(["P2", "P1", "P3"]);
    expect([...cohort.outcome]).toEqual([1, 0, 0]);
    expect([...(cohort.columns[0] as NumericColumn).values]).toEqual([50.5, NaN, 61]);
    expect([...(cohort.columns[1] as CategoricalColumn).codes]).toEqual([1, 0, -1]);
  });

  it("reads a decimal comma where the table has one and refuses it where it has not", () => {
    const text = "id | size | nsln\nA | 1,5 | 1\nB | 2 | 0";
    const read = buildCohort(tableOf(text, ","), describeCohort([numeric("size")]));
    expect([...(read.cohort.columns[0] as NumericColumn).values]).toEqual([1.5, 2]);
    expect(problemsOf(tableOf(text), describeCohort([numeric("size")]))).toEqual([
      expect.stringMatching(/row 2, column size.*comma/),
    ]);
  });

  it("treats a code of the code-book as a level although the text usually means missing", () => {
    const table = tableOf("id | her2 | nsln\nA | NA | 1\nB | pos | 0");
    const { cohort } = buildCohort(table, describeCohort([levelled("her2", ["NA=not assessed", "pos"])]));
    expect([...(cohort.columns[0] as CategoricalColumn).codes]).toEqual([0, 1]);
  });

  it("reports every problem at once, each with file, row and column, and no clinical text", () => {
    const table = tableOf(`
      id | age   | grade  | nsln
      A  | forty | 2      | 1
         | 50    | 3      | 0
      C  | 500   | secret | 0
      D  | <0.1  | 1      |
      E  | Inf   | 1      | 7
      F  | 1 234 | 1      | 0`);
    const problems = problemsOf(
      table,
      describeCohort([numeric("age", [18, 100]), levelled("grade", ["1", "2", "3"])]),
    );
    const all = problems.join("\n");
    for (const place of [
      "row 2, column age",
      "row 3, column id",
      "row 4, column age",
      "row 4, column grade",
      "row 5, column age",
      "row 5, column nsln",
      "row 6, column age",
      "row 6, column nsln",
      "row 7, column age",
    ])
      expect(all).toContain(`cohort.csv, ${place}`);
    expect(problems).toHaveLength(9);
    expect(all).toContain('"1", "2", "3"');
    expect(all).toMatch(/censored/);
    for (const secret of ["forty", "secret", "500", "<0.1", "1 234"]) expect(all).not.toContain(secret);
  });

  it("names near columns where one is missing and goes on with the others", () => {
    const table = tableOf("id | tumour_size | nsln\nA | x | 1\nB | 2 | 0");
    const problems = problemsOf(table, describeCohort([numeric("tumor size"), numeric("tumour_size")]));
    expect(problems).toEqual([
      expect.stringMatching(/column tumor size.*did you mean tumour_size/),
      expect.stringMatching(/row 2, column tumour_size/),
    ]);
  });

  it("lists twenty problems of a kind and counts the others", () => {
    const lines = Array.from({ length: 50 }, (_, i) => `P${i} | old | ${i % 2}`);
    const problems = problemsOf(
      tableOf(`id | age | nsln\n${lines.join("\n")}`),
      describeCohort([numeric("age")]),
    );
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe("and 30 more of this kind (column age)");
  });

  it("refuses rows of a patient that disagree, or that repeat without images", () => {
    const table = tableOf(`
      id | age | er | nsln
      A  | 50  | 0  | 1
      B  | 60  | 1  | 0
      A  | 51  | 0  | 0
      B  | 60  | 1  | 0`);
    const problems = problemsOf(
      table,
      describeCohort([numeric("age"), levelled("er", ["0", "1"], "binary")]),
    );
    expect(problems).toEqual([
      expect.stringMatching(/rows 2, 4: duplicate id A.*differ in age, nsln/),
      expect.stringMatching(/rows 3, 5: duplicate id B.*without images/),
    ]);
  });

  it("refuses an outcome of one class and counts it", () => {
    const problems = problemsOf(tableOf("id | nsln\nA | 0\nB | 0"), describeCohort([]));
    expect(problems).toEqual([expect.stringMatching(/got 0 with and 2 without/)]);
  });

  it("takes every other value as no event where none is named, and says so", () => {
    const table = tableOf("id | nsln\nA | pN1\nB | none\nC | itc");
    const outcome = { variable: "nsln", positive: "pN1", label: "metastasis" };
    const { cohort, findings } = buildCohort(table, describeCohort([], { outcome }));
    expect([...cohort.outcome]).toEqual([1, 0, 0]);
    expect(findings.map(({ code }) => code)).toContain("outcome-several-negatives");
  });

  it("refuses an unsound description together with the table's problems", () => {
    const table = tableOf("id | er | nsln\nA | 1 | 1\nB | x | 0");
    const unsound = { ...levelled("er", ["1", "1.0"]), reference: "2" } as Variable;
    const all = problemsOf(table, describeCohort([unsound, numeric("nsln", [5, 1])])).join("\n");
    expect(all).toMatch(/codes must differ/);
    expect(all).toMatch(/reference/);
    expect(all).toMatch(/minimum below its maximum/);
    expect(all).toMatch(/row 3, column er/);
  });

  it("warns of variables that are empty or constant and of ids that differ in case alone", () => {
    const table = tableOf("id | a | b | c | nsln\np1 | | 1 | 2 | 1\nP1 | | 1 | 3 | 0");
    const { findings } = buildCohort(table, describeCohort([numeric("a"), numeric("b")]));
    expect(findings.map(({ code }) => code)).toEqual([
      "ids-alike",
      "variable-empty",
      "variable-constant",
      "columns-not-read",
    ]);
  });

  it("reads a thousand patients and a thousand variables in a moment", () => {
    const names = Array.from({ length: 1000 }, (_, i) => `v${i}`);
    const table: RawTable = {
      file: "wide.csv",
      headers: ["id", "nsln", ...names],
      rows: Array.from({ length: 1000 }, (_, row) => [
        `P${row}`,
        String(row % 2),
        ...names.map((_name, i) => String(row * 0.5 + i)),
      ]),
      rowNumbers: Array.from({ length: 1000 }, (_, row) => row + 2),
      decimal: ".",
      findings: [],
    };
    const { cohort } = buildCohort(table, describeCohort(names.map((name) => numeric(name))));
    expect((cohort.columns[999] as NumericColumn).values[999]).toBe(999 * 0.5 + 999);
  });
});

describe("the images of a cohort", () => {
  const images = { image: "images/{image}", mask: "masks/{id}_{image}", spacing: { column: "pixel_mm" } };

  it("belong to patients, several to one, with paths from the patterns", () => {
    const table = tableOf(`
      id | age | image | pixel_mm | nsln
      A  | 50  | a1.png | 0.1     | 1
      B  | 60  | b.png  | 0.2     | 0
      A  | 50  | a2.png | 0.15    | 1`);
    const { cohort, findings } = buildCohort(table, describeCohort([numeric("age")], { images }));
    expect(cohort.patients).toEqual(["A", "B"]);
    expect(cohort.images).toEqual([
      { patient: "A", image: "images/a1.png", mask: "masks/A_a1.png", spacingMm: 0.1, rowNumber: 2 },
      { patient: "A", image: "images/a2.png", mask: "masks/A_a2.png", spacingMm: 0.15, rowNumber: 4 },
      { patient: "B", image: "images/b.png", mask: "masks/B_b.png", spacingMm: 0.2, rowNumber: 3 },
    ]);
    expect(findings.map(({ code }) => code)).toContain("several-images");
  });

  it("are refused where a file, its spacing or a column of the pattern is missing, or an image is named twice", () => {
    const table = tableOf(`
      id | image | pixel_mm | nsln
      A  | a.png |          | 1
      B  |       | 0.2      | 0
      C  | a.png | -1       | 0
      D  | d.png | 0.2      | 0
      D  | d.png | 0.2      | 0`);
    const all = problemsOf(table, describeCohort([], { images })).join("\n");
    expect(all).toMatch(/row 2, column pixel_mm: .*missing/);
    expect(all).toMatch(/row 3, column image/);
    expect(all).toMatch(/row 4, column pixel_mm: .*zero or less/);
    expect(all).toMatch(/rows 2 and 4: duplicate image of patients A and C/);
    expect(all).toMatch(/rows 5 and 6: duplicate image of patient D/);
    const pattern = { ...images, image: "images/{imag}" };
    expect(problemsOf(table, describeCohort([], { images: pattern })).join("\n")).toMatch(
      /column imag;.*did you mean image/,
    );
  });

  it("warn where the size of a pixel looks like centimetres", () => {
    const table = tableOf("id | image | pixel_mm | nsln\nA | a.png | 0.008 | 1\nB | b.png | 0.007 | 0");
    const { findings } = buildCohort(table, describeCohort([], { images }));
    expect(findings.map(({ code }) => code)).toContain("spacing-implausible");
  });
});

describe("whatever a table holds", () => {
  const secret = "Zq7!secret";
  const cell = fc.oneof(
    fc.constantFrom("", "1", "0", "2.5", "NA", "<1", "1e999", "2020-01-01", "03/04/2020", "P1", "P2", secret),
    fc.string({ maxLength: 6 }),
  );
  const tables = fc
    .array(fc.array(cell, { minLength: 0, maxLength: 6 }), { maxLength: 8 })
    .map((rows): RawTable => ({
      file: "any.csv",
      headers: ["id", "age", "er", "seen", "image", "nsln"],
      rows,
      rowNumbers: rows.map((_, i) => i + 2),
      decimal: ".",
      findings: [],
    }));
  const seen: Variable = { kind: "date", name: "seen", label: "Seen", knownAt: "never" };
  const variables = [numeric("age", [0, 120]), levelled("er", ["0=no", "1=yes"], "binary"), seen];

  it("becomes a cohort with one value a patient, or an input error that repeats no clinical text", () => {
    fc.assert(
      fc.property(tables, fc.boolean(), (table, withImages) => {
        const images = withImages ? { image: "images/{image}", mask: "masks/{image}", spacing: null } : null;
        try {
          const { cohort } = buildCohort(table, describeCohort(variables, { images }));
          for (const column of cohort.columns)
            expect("codes" in column ? column.codes : column.values).toHaveLength(cohort.patients.length);
          expect(new Set(cohort.patients).size).toBe(cohort.patients.length);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          const inId = table.rows.some((row) => row[0]?.includes(secret));
          if (!inId) expect(error.message).not.toContain(secret);
          expect(error.problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
