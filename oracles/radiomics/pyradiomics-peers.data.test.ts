/**
 * Every feature that PyRadiomics printed for the cases of a folder: `cases/NAME.img.pgm` with `NAME.mask.pgm`, or volumes
 * of bytes listed with their shape in `meta.json`; `expected/pyradiomics-NAME-CONFIGURATION_wN.json` for a bin width or
 * `_cN.json` for a bin count. Which filters were used shows in the names.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readRadiomicsSettings } from "../../packages/core/src/radiomics/read-settings.ts";
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

/** PyRadiomics' Laplacian of Gaussian is in single precision: a response at the edge of a bin may fall on its other side. */
const logTolerance = 0.01;

/** The image types of a parameter file that give images of these names. */
function imageTypesOf(images: readonly string[]): Record<string, unknown> {
  const types: Record<string, unknown> = {};
  const sigma = images.flatMap((image) => /^log-sigma-(\d+)-mm/.exec(image)?.[1] ?? []);
  for (const image of images) {
    if (image.startsWith("log-")) types["LoG"] = { sigma: sigma.map(Number) };
    else types[typeNames[image] ?? "Wavelet"] = {};
  }
  return types;
}

const typeNames: Readonly<Record<string, string>> = {
  original: "Original",
  square: "Square",
  squareroot: "SquareRoot",
  logarithm: "Logarithm",
  exponential: "Exponential",
  gradient: "Gradient",
  "lbp-2D": "LBP2D",
};

function measure(file: string, names: readonly string[]): Map<string, number | null> {
  const [, name, kind, size] = /^pyradiomics-(\w+)-\w_(c|w)(\d+)\.json$/.exec(file)!;
  const { image, mask } = readPeerCase(peers, name);
  const images = [...new Set(names.map((key) => key.slice(0, key.indexOf("_"))))];
  const parameters = {
    setting: { [kind === "c" ? "binCount" : "binWidth"]: Number(size) },
    imageType: imageTypesOf(images),
  };
  const isVolume = image.dimensions[2] > 1;
  const { settings } = readRadiomicsSettings(JSON.stringify(parameters), file, isVolume ? 3 : 2);
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
      return relative <= (name.startsWith("log-") ? logTolerance : 1e-6) ? [] : [[name, value, own]];
    });
    expect(differences).toEqual([]);
    expect([...ours.keys()].filter((name) => !(name in values))).toEqual([]);
  });
});
