import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { featureColumns } from "../radiomics/feature-columns.ts";
import { runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import { readProtocol } from "./read-protocol.ts";
import type { StudyInput } from "./prepare-study.ts";
import { runStudy } from "./run-study.ts";
import { predictPatients } from "./predict-patients.ts";
import { memoryVault } from "./vault.ts";

const PATIENTS = 120;
const random = createRandom(5);
const rows = Array.from({ length: PATIENTS }, (_, row) => {
  const age = random.normal();
  const centre = row % 2 === 0 ? "a" : "b";
  const set = row < 90 ? "development" : "test";
  return [
    `case${String(row)}`,
    (55 + 9 * age).toFixed(1),
    centre,
    set,
    `${centre}${String(row)}.png`,
    age + random.normal() > 0 ? "1" : "0",
  ];
});
const protocolText = (harmonisation: string, split = "") => `schema: sentinode/study@1
name: two centres
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric, unit: years }
  centre: { type: categorical, levels: { a: North, b: South }, known: never, role: centre }
  set: { type: categorical, levels: [development, test], known: never, role: split }
images: { image: "{image}", mask: "m_{image}", spacing: { mm: 0.1 } }
radiomics: { families: [firstOrder] }
blocks: { C: [age], R: { radiomics: all } }
models: { C: [C], CR: [C, R] }
regression: { method: ridge, folds: 3 }
split: ${split === "" ? "{ method: column, column: set, development: development, test: test }" : split}
validation: { folds: 3, repeats: 1 }
${harmonisation}
`;

function input(text: string): StudyInput {
  const table = {
    file: "t.csv",
    headers: ["id", "age", "centre", "set", "image", "event"],
    rows,
    rowNumbers: rows.map((_, row) => row + 2),
    decimal: "." as const,
    findings: [],
  };
  return { protocol: readProtocol(text, "study.yaml"), table, software: "test" };
}

/** Centre b measures everything threefold and 5 higher. */
const machine: Machine = {
  extract: async (images, plan) =>
    Promise.resolve(
      images.map(({ image }) => {
        const draw = createRandom(image);
        const isB = image.startsWith("b");
        const values = featureColumns(plan.settings).map(() => (isB ? 5 + 3 * draw.normal() : draw.normal()));
        return { values, undefinedBecause: [], findings: [] };
      }),
    ),
  vault: memoryVault(),
  today: "2015-12-31",
  fit: async (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
};

describe("a study with harmonisation", () => {
  it("harmonises the models with features only, says so, and asks new patients for their centre", async () => {
    const text = protocolText("harmonisation: { by: centre, covariates: [age] }");
    const { models, findings } = await runStudy(input(text), machine);
    const [clinical, both] = models.map(({ model }) => model);
    expect(clinical.harmonisation).toBeUndefined();
    expect(Object.keys(both.harmonisation!.combat.batches)).toEqual(["North", "South"]);
    expect(both.inputs.map(({ name }) => name)).toContain("centre");
    expect(findings.map(({ code }) => code)).toContain("harmonised");
    const { table } = input(text);
    const isTest = table.rows.map((row) => row.includes("test"));
    const tested = { ...table, rows: table.rows.filter((_, row) => isTest[row]) };
    const { predictions } = await predictPatients(models[1], tested, machine);
    expect(predictions.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
  });

  it("brings the centres to the one that the protocol names", async () => {
    const text = protocolText("harmonisation: { by: centre, reference: b }");
    const { models } = await runStudy(input(text), machine);
    const { batches, options } = models[1].model.harmonisation!.combat;
    expect(options.reference).toBe("South");
    expect(new Set(batches["South"].shift)).toEqual(new Set([0]));
  });
});

describe("a protocol with harmonisation", () => {
  const refused: readonly { harmonisation: string; words: string; split?: string }[] = [
    { harmonisation: "harmonisation: { by: nowhere }", words: "nowhere" },
    { harmonisation: "harmonisation: { by: age }", words: "age is numeric" },
    { harmonisation: "harmonisation: { by: centre, reference: c }", words: "not one of the levels" },
    { harmonisation: "harmonisation: { by: centre, covariates: [event] }", words: "outcome" },
    { harmonisation: "harmonisation: { by: centre, covariates: [centre] }", words: "names the centre" },
    { harmonisation: "harmonisation: { by: centre, covariates: [weight] }", words: "weight" },
    {
      harmonisation: "harmonisation: { by: centre }",
      words: "has not learned",
      split: "{ method: centre, column: centre, test: [b] }",
    },
  ];

  it.each(refused)("$harmonisation is refused", ({ harmonisation, words, split }) => {
    const read = () => readProtocol(protocolText(harmonisation, split), "study.yaml");
    expect(read).toThrow(InputError);
    expect(read).toThrow(new RegExp(words));
  });
});
