/**
 * Intensities of images filtered by a recursive Laplacian of Gaussian against those that PyRadiomics (ITK's filter, in
 * single precision) printed for the cases of a folder: every first-order feature that needs no bins, of every
 * `expected/pyradiomics-NAME-*.json` with names such as `log-sigma-2-mm-3D_firstorder_Mean`, one file a case.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { pyradiomicsName } from "../../packages/core/src/radiomics/pyradiomics/printed-name.ts";
import { readPeerCase } from "./peer-case.ts";

const root = resolve(import.meta.dirname, "../..");
const peers = resolve(root, process.env["SENTINODE_PEERS"] ?? "../shared/peers", "radiomics");
const expected = join(peers, "expected");

const logFeature = /^log-sigma-([\d-]+)-mm-3D_firstorder_(?!Entropy|Uniformity)/;

interface Case {
  readonly name: string;
  readonly values: ReadonlyMap<string, number>;
}

function readCases(): Case[] {
  const cases = new Map<string, Case>();
  for (const file of existsSync(expected) ? readdirSync(expected) : []) {
    const name = /^pyradiomics-(\w+)-\w+\.json$/.exec(file)?.[1];
    if (name === undefined || cases.has(name)) continue;
    const printed = readFileSync(join(expected, file), "utf8").replace(/-?Infinity|NaN/g, "null");
    const values = Object.entries(JSON.parse(printed) as Record<string, number | null>).flatMap(
      ([key, value]) => (logFeature.test(key) && value !== null ? [[key, value] as const] : []),
    );
    if (values.length > 0) cases.set(name, { name, values: new Map(values) });
  }
  return [...cases.values()];
}

const cases = readCases();
if (cases.length === 0)
  console.log(`SENTINODE_PEERS: no filtered images of PyRadiomics in ${expected}; skipped`);

describe.runIf(cases.length > 0)("the recursive Laplacian of Gaussian", () => {
  it.each(cases)("has ITK's intensities: $name", ({ name, values }) => {
    const { image, mask } = readPeerCase(peers, name);
    const sigmas = new Set([...values.keys()].map((key) => logFeature.exec(key)![1].replace("-", ".")));
    const features = extractRadiomics(image, mask, {
      profile: "pyradiomics",
      families: ["firstOrder"],
      discretisations: [{ method: "fixed-bin-width", width: 25, lowerBound: "multiple" }],
      aggregation: "averaged",
      filters: [...sigmas].map((sigma) => ({
        kind: "laplacianOfGaussian",
        sigma: { mm: Number(sigma) },
        truncateSigmas: 4,
        method: "recursive",
        scaleNormalised: true,
        dimensions: image.dimensions[2] > 1 ? 3 : 2,
        boundary: "nearest",
      })),
    });
    const ours = new Map(features.map(({ source, value }) => [pyradiomicsName(source), value.value]));
    for (const [key, value] of values) expect([key, ours.get(key)]).toEqual([key, closeTo(value)]);
  });
});

/** Within 1e-5 of the value. */
function closeTo(value: number): unknown {
  return {
    asymmetricMatch: (own: unknown) =>
      typeof own === "number" && Math.abs(own - value) <= 1e-5 * Math.max(Math.abs(value), 1e-9),
    toString: () => `a number close to ${String(value)}`,
  };
}
