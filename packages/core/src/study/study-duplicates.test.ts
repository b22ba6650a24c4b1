import { describe, expect, it } from "vitest";
import type { RawTable } from "../cohort/raw-table.ts";
import { InputError } from "../errors.ts";
import { imageFingerprint } from "../image/fingerprint.ts";
import { createRandom } from "../math/random.ts";
import { featureColumns } from "../radiomics/feature-columns.ts";
import { runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import { prepareStudy } from "./prepare-study.ts";
import { readProtocol } from "./read-protocol.ts";
import { memoryVault } from "./vault.ts";

const PATIENTS = 60;
const random = createRandom("duplicates");
const headers = ["id", "age", "size", "ki67", "bmi", "set", "image", "person", "event"];
const rows = Array.from({ length: PATIENTS }, (_, row) => [
  `p${String(row)}`,
  String(Math.round(55 + 9 * random.normal())),
  (20 + 6 * random.normal()).toFixed(1),
  String(Math.round(30 + 12 * random.normal())),
  (24 + 3 * random.normal()).toFixed(1),
  row < 40 ? "development" : "test",
  `${String(row)}.png`,
  "",
  String(row % 2),
]);
const at = (name: string) => headers.indexOf(name);

function table(change: (rows: string[][]) => void = () => undefined): RawTable {
  const changed = rows.map((row) => [...row]);
  change(changed);
  return {
    file: "t.csv",
    headers,
    rows: changed,
    rowNumbers: changed.map((_, row) => row + 2),
    decimal: ".",
    findings: [],
  };
}

const protocol = (
  extra = "",
  split = "{ method: column, column: set, development: development, test: test }",
) =>
  readProtocol(
    `schema: sentinode/study@1
name: duplicates
cohort: { table: t.csv, id: id${extra.includes("group") ? ", group: person" : ""} }
${extra.includes("group") ? "" : extra}
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric, unit: years }
  size: { type: numeric, unit: mm }
  ki67: { type: numeric, unit: "%" }
  bmi: { type: numeric, unit: kg/m2 }
  set: { type: categorical, levels: [development, test], known: never, role: split }
images: { image: "{image}", mask: "m_{image}", spacing: { mm: 0.1 } }
radiomics: { families: [firstOrder] }
blocks: { C: [age, size] }
models: { C: [C] }
split: ${split}
validation: { folds: 4, repeats: 3 }
`,
    "study.yaml",
  );

/** Noise of its own for each name; a name of `sameAs` is the image that it stands for, mirrored. */
function machine(sameAs: Readonly<Record<string, string>> = {}): Machine {
  const hasCopies = Object.keys(sameAs).length > 0;
  const dimensions = [64, 64, 1] as const;
  const mask = Uint8Array.from({ length: 4096 }, (_, p) =>
    Math.abs((p % 64) - 32) < 14 && Math.abs(Math.floor(p / 64) - 32) < 14 ? 1 : 0,
  );
  const picture = (name: string) => {
    const draw = createRandom(sameAs[name] ?? name);
    const values = Uint8Array.from({ length: 4096 }, () => 40 + draw.integer(160));
    if (sameAs[name] === undefined) return values;
    return values.map((_, p) => values[p - (p % 64) + 63 - (p % 64)]);
  };
  return {
    extract: (images, plan) =>
      Promise.resolve(
        images.map(({ image }) => ({
          values: featureColumns(plan.settings).map(() => 1),
          undefinedBecause: [],
          findings: [],
          fingerprint: hasCopies
            ? imageFingerprint(
                { dimensions, spacingMm: null, values: picture(image) },
                { dimensions, values: mask },
              )
            : null,
        })),
      ),
    fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
    vault: memoryVault(),
    today: "2026-01-01",
  };
}

const prepare = (study: ReturnType<typeof protocol>, raw: RawTable = table(), with_: Machine = machine()) =>
  prepareStudy({ protocol: study, table: raw, software: "test" }, with_);

/** Writes the clinical row of one patient over that of another. */
const repeatRow = (from: number, to: number) => (changed: string[][]) => {
  for (const name of ["age", "size", "ki67", "bmi"]) changed[to][at(name)] = changed[from][at(name)];
};

describe("a study with one patient under two ids", () => {
  it("has no finding where there is none", async () => {
    const { findings, units } = await prepare(protocol());
    expect(findings.filter(({ code }) => code.startsWith("patients-"))).toEqual([]);
    expect(units.size).toBe(0);
  });

  it("is refused where their images are copies on both sides of the split, with rows and ids", async () => {
    const refusal = prepare(protocol(), table(), machine({ "45.png": "3.png" }));
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow(
      /t\.csv, rows 5 and 47: patients p3 \(development\) and p45 \(test\)/,
    );
    await expect(refusal).rejects.toThrow(/3\.png and 45\.png, of which one is a copy/);
  });

  it("is refused where their rows are equal on both sides of the split", async () => {
    const refusal = prepare(protocol(), table(repeatRow(7, 50)));
    await expect(refusal).rejects.toThrow(/rows 52 and 9: patients p50 \(test\) and p7 \(development\)/);
  });

  it("names all pairs at once", async () => {
    const refusal = prepare(protocol(), table(repeatRow(7, 50)), machine({ "45.png": "3.png" }));
    await expect(refusal).rejects.toMatchObject({ problems: { length: 2 } });
  });

  it("keeps them in one fold where both are of the development set, and warns", async () => {
    const { findings, tasks } = await prepare(
      protocol(),
      table(repeatRow(7, 31)),
      machine({ "20.png": "3.png" }),
    );
    const warning = findings.find(({ code }) => code === "patients-alike");
    expect(warning?.message).toMatch(/got 2 pairs .*p31 and p7 .*p20 and p3 /);
    for (const { testing } of tasks.folds) {
      const tested = new Set<string>(testing);
      expect(tested.has("p7")).toBe(tested.has("p31"));
      expect(tested.has("p3")).toBe(tested.has("p20"));
    }
  });

  it("keeps those with equal rows in one part of a random split", async () => {
    for (let seed = 1; seed < 12; seed++) {
      const study = { ...protocol("", "{ method: random, testShare: 0.4 }"), seed };
      const { split } = await prepare(study, table(repeatRow(7, 50)));
      const isTest = new Set<string>(split.test);
      expect(isTest.has("p7")).toBe(isTest.has("p50"));
    }
  });

  it("runs where the protocol declares them to be two persons", async () => {
    const study = protocol("duplicates: { allow: [[p45, p3], [p7, p50]] }");
    const { findings } = await prepare(study, table(repeatRow(7, 50)), machine({ "45.png": "3.png" }));
    expect(findings.filter(({ code }) => code.startsWith("patients-alike"))).toEqual([]);
  });

  it("is refused where the protocol declares ids that the table does not have", async () => {
    const study = protocol("duplicates: { allow: [[p45, nobody]] }");
    await expect(prepare(study)).rejects.toThrow(/got nobody, which is none/);
  });
});

describe("a study whose table names persons", () => {
  const person =
    (...members: number[]) =>
    (changed: string[][]) => {
      for (const row of members) changed[row][at("person")] = "A";
    };

  it("keeps the ids of one person in one fold", async () => {
    const { tasks, findings } = await prepare(protocol("group"), table(person(2, 19, 33)));
    expect(findings.map(({ code }) => code)).toContain("patients-grouped");
    for (const { testing } of tasks.folds) {
      const tested = new Set<string>(testing);
      expect(new Set(["p2", "p19", "p33"].map((id) => tested.has(id))).size).toBe(1);
    }
  });

  it("is refused where a given split parts them", async () => {
    await expect(prepare(protocol("group"), table(person(2, 55)))).rejects.toThrow(
      /patients p2 \(development\) and p55 \(test\) are one group/,
    );
  });

  it("keeps them in one part where the split is drawn", async () => {
    for (let seed = 1; seed < 8; seed++) {
      const study = { ...protocol("group", "{ method: random, testShare: 0.4 }"), seed };
      const { split } = await prepare(study, table(person(2, 55)));
      const isTest = new Set<string>(split.test);
      expect(isTest.has("p2")).toBe(isTest.has("p55"));
    }
  });
});
