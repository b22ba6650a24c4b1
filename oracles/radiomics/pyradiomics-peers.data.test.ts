/**
 * Every feature that PyRadiomics printed for the cases of a folder: `cases/NAME.img.pgm` with `NAME.mask.pgm`, or volumes
 * of bytes listed with their shape in `meta.json`; `expected/pyradiomics-NAME-CONFIGURATION_wN.json` for a bin width or
 * `_cN.json` for a bin count. Which filters were used shows in the names.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { FilteredImage, RadiomicsSettings } from "../../packages/core/src/radiomics/settings.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { pyradiomicsName } from "../../packages/core/src/radiomics/pyradiomics/printed-name.ts";
import { readPeerCase } from "./peer-case.ts";

const root = resolve(import.meta.dirname, "../..");
const peers = resolve(root, process.env["SENTINODE_PEERS"] ?? "../shared/peers", "radiomics");
const expected = join(peers, "expected");
const files = existsSync(expected)
  ? readdirSync(expected).filter((file) => file.startsWith("pyradiomics-"))
  : [];
if (files.length === 0) console.log(`SENTINODE_PEERS: no values of PyRadiomics in ${expected}; skipped`);

function filterOf(name: string, isVolume: boolean): FilteredImage {
  const dimensions = isVolume ? 3 : 2;
  const sigma = /^log-sigma-([\d-]+)-mm/.exec(name)?.[1];
  if (sigma !== undefined)
    return {
      kind: "laplacianOfGaussian",
      sigma: { mm: Number(sigma.replace("-", ".")) },
      truncateSigmas: 4,
      method: "recursive",
      scaleNormalised: true,
      dimensions,
      boundary: "nearest",
    };
  const band = /^wavelet-([LH]+)$/.exec(name)?.[1];
  if (band !== undefined)
    return {
      kind: "wavelet",
      wavelet: "coif1",
      level: 1,
      band,
      decimated: false,
      pooling: "none",
      dimensions,
      boundary: "periodic",
    };
  switch (name) {
    case "original":
      return { kind: "none" };
    case "lbp-2D":
      return { kind: "localBinaryPattern", radiusPx: 1, samples: 8 };
    case "gradient":
      return { kind: "gradient", dimensions, perMm: true };
    case "squareroot":
      return { kind: "squareRoot" };
    case "square":
    case "logarithm":
    case "exponential":
      return { kind: name };
    default:
      throw new Error(`an image that this test does not know: ${name}`);
  }
}

function measure(file: string, names: readonly string[]): Map<string, number | null> {
  const [, name, kind, size] = /^pyradiomics-(\w+)-\w_(c|w)(\d+)\.json$/.exec(file)!;
  const { image, mask } = readPeerCase(peers, name);
  const isVolume = image.dimensions[2] > 1;
  const filters = [...new Set(names.map((key) => key.slice(0, key.indexOf("_"))))].map((one) =>
    filterOf(one, isVolume),
  );
  const settings: RadiomicsSettings = {
    profile: "pyradiomics",
    families: [isVolume ? "morphology" : "shape2d", "firstOrder", "glcm", "glrlm", "glszm", "ngldm", "ngtdm"],
    discretisations: [
      kind === "c"
        ? { method: "fixed-bin-number", bins: Number(size) }
        : { method: "fixed-bin-width", width: Number(size), lowerBound: "multiple" },
    ],
    aggregation: "averaged",
    neighbourhood: isVolume ? "3d" : "2d",
    filters,
  };
  return new Map(
    extractRadiomics(image, mask, settings).map(({ source, value }) => [
      pyradiomicsName(source)!,
      value.value,
    ]),
  );
}

describe.runIf(files.length > 0)("PyRadiomics", () => {
  it.each(files)("%s", (file) => {
    const values = JSON.parse(
      readFileSync(join(expected, file), "utf8").replace(/-?Infinity|NaN/g, "null"),
    ) as Record<string, number | null>;
    const ours = measure(file, Object.keys(values));
    const differences = Object.entries(values).flatMap(([name, value]) => {
      const own = ours.get(name);
      if (value === null && own === null) return [];
      const relative =
        own === undefined || own === null || value === null
          ? Infinity
          : Math.abs(own - value) / Math.max(Math.abs(value), 1e-9);
      return relative <= (name.startsWith("log-") ? 0.01 : 1e-6) ? [] : [[name, value, own]];
    });
    expect(differences).toEqual([]);
  });
});
