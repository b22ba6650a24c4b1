import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImageRequest, type Machine, patientId, type PerturbationPlan } from "@sentinode/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../codecs/write-png.ts";
import { emptyJournal } from "../store/journal.ts";
import { createNodeMachine } from "./node-machine.ts";
import { createWorkerPool, type WorkerPool } from "./pool.ts";

const SIDE = 40;
const settings = {
  families: ["firstOrder" as const],
  discretisations: [],
  aggregation: "averaged" as const,
};
const perturbations: PerturbationPlan = {
  seed: 3,
  versions: [
    { name: "grown", steps: [{ kind: "grow", by: { share: 0.2 } }] },
    { name: "noise", steps: [{ kind: "noise", levels: 8 }] },
  ],
};
const plan = { settings, maskThreshold: null, perturbations };

let folder: string;
let pools: WorkerPool[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sentinode-machine-"));
  pools = [1, 2].map((size) => createWorkerPool(size, new AbortController().signal));
  for (const name of ["a", "b"]) {
    const pixels = Array.from({ length: SIDE * SIDE }, (_, p) => [p % SIDE, Math.floor(p / SIDE)] as const);
    const slope = name === "a" ? 3 : 5;
    const dimensions = [SIDE, SIDE, 1] as const;
    const values = Uint8Array.from(pixels, ([x, y]) => 20 + slope * x + y);
    const inside = Uint8Array.from(pixels, ([x, y]) => ((x - 20) ** 2 + (y - 18) ** 2 < 90 ? 255 : 0));
    writeFileSync(join(folder, `${name}.png`), encodePng({ dimensions, values }));
    writeFileSync(join(folder, `${name}_mask.png`), encodePng({ dimensions, values: inside }));
  }
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  rmSync(folder, { recursive: true });
});

function machine(pool: number): Machine {
  const parts = { dataFolder: folder, journal: emptyJournal(), software: "test", progress: () => undefined };
  return createNodeMachine({ ...parts, pool: pools[pool] });
}

function request(name: string, withPerturbed: boolean): ImageRequest {
  const patient = patientId(name);
  return {
    patient,
    image: `${name}.png`,
    mask: `${name}_mask.png`,
    spacingMm: null,
    rowNumber: 2,
    withPerturbed,
  };
}

describe("the machine of the command line", () => {
  it("measures perturbed versions of the images that are asked for so, and of no others", async () => {
    const [first, second] = await machine(0).extract([request("a", true), request("b", false)], plan);
    expect(first.perturbed).toHaveLength(2);
    for (const row of first.perturbed!) {
      expect(row).toHaveLength(first.values.length);
      expect(row).not.toEqual(first.values);
    }
    expect(second.perturbed).toBeUndefined();
  });

  it("measures none where the plan names none", async () => {
    const { perturbations: named, ...plain } = plan;
    expect(named.versions).toHaveLength(2);
    const [first] = await machine(0).extract([request("a", true)], plain);
    expect(first.perturbed).toBeUndefined();
  });

  it("gives the same whatever the number of workers and the order of the images", async () => {
    const requests = [request("a", true), request("b", true)];
    const serial = await machine(0).extract(requests, plan);
    const parallel = await machine(1).extract([...requests].reverse(), plan);
    expect([...parallel].reverse()).toEqual(serial);
  });
});
