import { describe, expect, it } from "vitest";
import type { Image, Mask } from "../image/image.ts";
import { createRandom } from "../math/random.ts";
import { extractRadiomics } from "../radiomics/extract.ts";
import { measurePerturbed } from "../radiomics/measure-perturbed.ts";
import { runFitTask } from "./fit-task.ts";
import type { ImageRequest, Machine } from "./machine.ts";
import { readProtocol } from "./read-protocol.ts";
import { runStudy, type StudyRun } from "./run-study.ts";
import { reproducibilityTable } from "./study-reproducibility.ts";
import { memoryVault } from "./vault.ts";

const PATIENTS = 72;
const DEVELOPMENT = 48;
const SIDE = 26;

/** A disc whose brightness tells the outcome, in noise; `twist` gives the patient another image. */
function outlined(patient: number, twist: string): { image: Image; mask: Mask } {
  const random = createRandom(`${patient}${twist}`);
  const [radius, level] = [6 + 3 * random.uniform(), 70 + 40 * (patient % 2) + 12 * random.normal()];
  const inside = (p: number) => {
    const [x, y] = [(p % SIDE) - 12.5, Math.floor(p / SIDE) - 12.5];
    return x * x + y * y <= radius * radius;
  };
  const pixels = Array.from({ length: SIDE * SIDE }, (_, p) => p);
  const values = pixels.map((p) => (inside(p) ? level : 150) + 12 * random.normal());
  return {
    image: { dimensions: [SIDE, SIDE, 1], spacingMm: null, values: Uint8Array.from(values, Math.round) },
    mask: { dimensions: [SIDE, SIDE, 1], values: Uint8Array.from(pixels, (p) => (inside(p) ? 1 : 0)) },
  };
}

function protocolText(limit: string, patients = "development"): string {
  return `schema: sentinode/study@1
name: a reproducible study
seed: 5
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  set: { type: categorical, levels: [development, test], known: never, role: split }
images: { image: "{id}", mask: "{id}m" }
radiomics:
  families: [firstOrder, glcm]
  discretisations: [{ method: fixed-bin-number, bins: 8 }]
  reproducibility: ${limit}
blocks: { R: { radiomics: all, entersAs: score, scoreRegression: { method: ridge, folds: 3 } } }
models: { R: [R] }
regression: { method: ridge, folds: 3 }
split: { method: column, column: set, development: development, test: test }
validation: { folds: 3, repeats: 1, patients: ${patients} }
`;
}

const strict = "{ perturbations: [{ kind: grow, by: { share: -0.15 } }, { kind: noise, levels: 9 }] }";

/** Measures images in memory; those of patients for whom `twisted` holds are others. */
function machineOf(twisted: (patient: number) => boolean, seen: ImageRequest[] = []): Machine {
  return {
    extract: (images, { settings, perturbations }) => {
      seen.push(...images);
      const features = images.map((request) => {
        const patient = Number(request.image);
        const { image, mask } = outlined(patient, twisted(patient) ? "other" : "");
        const measured = extractRadiomics(image, mask, settings);
        const plain = {
          values: measured.map(({ value }) => value.value),
          undefinedBecause: [],
          findings: [],
        };
        if (request.withPerturbed !== true || perturbations === undefined) return plain;
        const name = request.image;
        return { ...plain, perturbed: measurePerturbed({ image, mask, name }, settings, perturbations) };
      });
      return Promise.resolve(features);
    },
    vault: memoryVault(),
    today: "2015-12-31",
    fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
  };
}

async function runWith(text: string, machine: Machine): Promise<StudyRun> {
  const rows = Array.from({ length: PATIENTS }, (_, patient) => [
    String(patient),
    patient < DEVELOPMENT ? "development" : "test",
    String((patient + (patient % 7 === 0 ? 1 : 0)) % 2),
  ]);
  const rowNumbers = rows.map((_, row) => row + 2);
  const headers = ["id", "set", "event"];
  return await runStudy(
    {
      protocol: readProtocol(text, "study.yaml"),
      table: { file: "t.csv", headers, rows, rowNumbers, decimal: ".", findings: [] },
      software: "test",
    },
    machine,
  );
}

const seen: ImageRequest[] = [];
const run = await runWith(
  protocolText(strict),
  machineOf(() => false, seen),
);
const filteredOf = ({ models }: StudyRun) => models[0].model.training.filtered!;

describe("a study with reproducible features", () => {
  it("says of every feature how reproducible it is, and leaves out those that are not", () => {
    const { features, patients, versions } = run.reproducibility!;
    expect(patients).toBe(DEVELOPMENT);
    expect(versions).toHaveLength(2);
    const unstable = features.filter(({ reproducible }) => !reproducible).map(({ name }) => name);
    expect(unstable.length).toBeGreaterThan(0);
    expect(unstable.length).toBeLessThan(features.length);
    for (const { reproducible, icc, byVersion } of features) {
      expect(reproducible).toBe(icc !== null && icc >= 0.75);
      expect(byVersion).toHaveLength(2);
    }
    const used = run.models[0].model.inputs.map(({ name }) => name);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => unstable.includes(name))).toEqual([]);
    expect(filteredOf(run)).toMatchObject([{ block: "R", unstable: unstable.length }]);
  });

  it("writes a row a feature", () => {
    const table = reproducibilityTable(run.reproducibility!);
    expect(table.rows).toHaveLength(run.reproducibility!.features.length);
    expect(table.rows.every((row) => row.length === table.headers.length)).toBe(true);
  });

  it("finds a mean more reproducible than the minimum, as noise has it", () => {
    const icc = (name: string) => run.reproducibility!.features.find((one) => one.name === name)!.icc!;
    expect(icc("firstOrder.mean")).toBeGreaterThan(icc("firstOrder.minimum"));
  });

  it("makes versions of the images of development patients alone", () => {
    const perturbed = seen.filter(({ withPerturbed }) => withPerturbed).map(({ image }) => Number(image));
    expect(perturbed.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: DEVELOPMENT }, (_, patient) => patient),
    );
  });

  it("learns nothing from the images of test patients: neither what is reproducible nor the model", async () => {
    const other = await runWith(
      protocolText(strict),
      machineOf((patient) => patient >= DEVELOPMENT),
    );
    expect(other.reproducibility).toEqual(run.reproducibility);
    expect(other.models).toEqual(run.models);
    const crossValidated = ({ predictions }: StudyRun) =>
      predictions.find(({ method }) => method === "cross-validation");
    expect(crossValidated(other)).toEqual(crossValidated(run));
    expect(other.predictions.at(-1)).not.toEqual(run.predictions.at(-1));
  });

  it("learns from the images of development patients", async () => {
    const other = await runWith(
      protocolText(strict),
      machineOf((patient) => patient < DEVELOPMENT),
    );
    expect(other.reproducibility).not.toEqual(run.reproducibility);
  });

  it("asks the training patients of each fold: a final model does not see test patients who stand in folds", async () => {
    const [all, twisted] = await Promise.all(
      [() => false, (patient: number) => patient >= DEVELOPMENT].map((isTwisted) =>
        runWith(protocolText(strict, "all"), machineOf(isTwisted)),
      ),
    );
    expect(twisted.models).toEqual(all.models);
    expect(twisted.reproducibility).toEqual(all.reproducibility);
    expect(all.models[0].model).toEqual(run.models[0].model);
  });

  it("takes no outcome into the correlations, and the same draws every time", async () => {
    const again = await runWith(
      protocolText(strict),
      machineOf(() => false),
    );
    expect(again.reproducibility).toEqual(run.reproducibility);
  });

  it("keeps every feature where the limit is out of reach of none", async () => {
    const mild = "{ perturbations: [{ kind: noise, levels: 0.01 }], minimumIcc: 0.01 }";
    const other = await runWith(
      protocolText(mild),
      machineOf(() => false),
    );
    expect(filteredOf(other)[0].unstable).toBe(0);
    expect(other.findings.map(({ code }) => code)).toContain("features-reproducible");
  });

  it("counts a version of which nothing is left as missing, and says so", async () => {
    const gone = "{ perturbations: [{ kind: grow, by: { px: -40 } }] }";
    const other = await runWith(
      protocolText(gone),
      machineOf(() => false),
    );
    expect(other.reproducibility!.features.every(({ icc }) => icc === null)).toBe(true);
    expect(other.findings.map(({ code }) => code)).toContain("perturbed-version-lost");
    expect(other.models[0].model.inputs).toEqual([]);
  });
});
