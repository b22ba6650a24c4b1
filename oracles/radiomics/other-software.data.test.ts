/**
 * Features of PyRadiomics and MIRP, printed to full precision, for the cases of a folder: `cases/NAME.img.pgm` with
 * `NAME.mask.pgm`, or volumes of bytes listed with their shape in `meta.json`; `expected/pyradiomics-NAME-a_w25.json`
 * (bin width) or `a_c32` (bin count), `expected/mirp-NAME-fbn32.json` or `fbs25`. Names are mapped to IBSI codes by the
 * tables of SENTINODE_IBSI.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Discretisation } from "../../packages/core/src/features/feature-source.ts";
import { type Dimensions, type Image, type Mask } from "../../packages/core/src/image/image.ts";
import { type FamilyName, catalogue } from "../../packages/core/src/radiomics/catalogue.ts";
import { type RadiomicFeature, extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { readReferenceTable } from "./reference-table.ts";

const root = resolve(import.meta.dirname, "../..");
const peers = resolve(root, process.env["SENTINODE_PEERS"] ?? "../shared/peers", "radiomics");
const ibsi = resolve(root, process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const present = existsSync(join(peers, "expected")) && existsSync(join(ibsi, "ibsi1_reference_values.csv"));
if (!present) console.log(`SENTINODE_PEERS: no expected values of other software in ${peers}; skipped`);

type Values = Readonly<Record<string, number>>;

interface Expectation {
  readonly file: string;
  readonly software: "pyradiomics" | "mirp";
  readonly name: string;
  readonly discretisation: Discretisation;
}

function expectations(): Expectation[] {
  return readdirSync(join(peers, "expected")).flatMap((file) => {
    const match = /^(pyradiomics|mirp)-(\w+)-(a_c|a_w|fbn|fbs)(\d+)\.json$/.exec(file);
    if (match === null) return [];
    const size = Number(match[4]);
    const byNumber = match[3] === "a_c" || match[3] === "fbn";
    const discretisation: Discretisation = byNumber
      ? { method: "fixed-bin-number", bins: size }
      : { method: "fixed-bin-width", width: size, lowerBound: 0 };
    return { file, software: match[1] as Expectation["software"], name: match[2], discretisation };
  });
}

function readCase(name: string): { image: Image; mask: Mask } {
  const frame = join(peers, "cases", `${name}.img.pgm`);
  const meta = JSON.parse(readFileSync(join(peers, "cases/meta.json"), "utf8")) as {
    name: string;
    shape_zyx?: number[];
  }[];
  const shape = meta.find((one) => one.name === name)?.shape_zyx;
  const read = existsSync(frame) ? readPgm : (path: string) => readBytes(path.replace(".pgm", ".u8"), shape!);
  const [image, mask] = [read(frame), read(join(peers, "cases", `${name}.mask.pgm`))];
  return { image: { ...image, spacingMm: [1, 1, 1] }, mask };
}

function readPgm(path: string): Mask {
  const bytes = readFileSync(path);
  const header = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(bytes.subarray(0, 64).toString("latin1"))!;
  return {
    dimensions: [Number(header[1]), Number(header[2]), 1],
    values: new Uint8Array(bytes.subarray(header[0].length)),
  };
}

function readBytes(path: string, [z, y, x]: readonly number[]): Mask {
  return { dimensions: [x, y, z] as unknown as Dimensions, values: new Uint8Array(readFileSync(path)) };
}

function measure(
  { name, discretisation }: Expectation,
  aggregation: "averaged" | "merged",
): RadiomicFeature[] {
  const { image, mask } = readCase(name);
  const families = Object.keys(catalogue) as FamilyName[];
  const neighbourhood = image.dimensions[2] === 1 ? "2d" : "3d";
  return extractRadiomics(image, mask, {
    families,
    discretisations: [discretisation],
    aggregation,
    neighbourhood,
  });
}

function byCode(features: readonly RadiomicFeature[]): Map<string, number> {
  return new Map(
    features.flatMap(({ source, value }) =>
      source.ibsi === null || value.value === null ? [] : [[source.ibsi, value.value]],
    ),
  );
}

const mirpValues = (file: string): Values =>
  JSON.parse(
    readFileSync(join(peers, "expected", file), "utf8").replace(/-?Infinity|NaN/g, "null"),
  ) as Values;

/** Relative difference of the features that both have. */
function differences(expected: Values, ours: (key: string) => number | undefined): Map<string, number> {
  return new Map(
    Object.entries(expected).flatMap(([key, value]) => {
      const own = ours(key);
      return own === undefined ? [] : [[key, Math.abs(own - value) / Math.max(Math.abs(value), 1e-9)]];
    }),
  );
}

function check(found: Map<string, number>, tolerance: number, least: number): void {
  expect([...found].filter(([, difference]) => !(difference <= tolerance))).toEqual([]);
  expect(found.size).toBeGreaterThanOrEqual(least);
}

/** PyRadiomics' shape2D under the names used here; its other features by IBSI code. */
const shape2d: Readonly<Record<string, string>> = {
  MeshSurface: "meshArea",
  PixelSurface: "pixelArea",
  Perimeter: "perimeter",
  PerimeterSurfaceRatio: "perimeterToAreaRatio",
  Sphericity: "sphericity",
  MaximumDiameter: "maximumDiameter",
  MajorAxisLength: "majorAxisLength",
  MinorAxisLength: "minorAxisLength",
  Elongation: "elongation",
};

function comparePyradiomics(expectation: Expectation): void {
  const codes = new Map(
    readReferenceTable(join(ibsi, "pyradiomics_to_ibsi.csv")).map((row) => [
      `original_${row["pyradiomics_class"]}_${row["pyradiomics_feature"]}`,
      row["code"],
    ]),
  );
  const features = measure(expectation, "averaged");
  const values = byCode(features);
  const found = differences(mirpValues(expectation.file), (key) => {
    const own = shape2d[/^original_shape2D_(\w+)$/.exec(key)?.[1] ?? ""];
    if (own !== undefined)
      return (
        features.find(({ source }) => source.family === "shape2d" && source.feature === own)?.value.value ??
        undefined
      );
    const value = values.get(codes.get(key) ?? "");
    // PyRadiomics' kurtosis is not the excess.
    return key.endsWith("_Kurtosis") ? value! + 3 : value;
  });
  check(found, 1e-9, 90);
}

function compareMirp(expectation: Expectation): void {
  const base = (tag: string) => tag.replace(/_(2D|2_5D|3D)(_avg|_comb)?$/, "");
  const codes = new Map(
    readReferenceTable(join(ibsi, "ibsi1_reference_values.csv")).map((row) => [
      base(row["tag"]),
      row["code"],
    ]),
  );
  const [averaged, merged] = [
    byCode(measure(expectation, "averaged")),
    byCode(measure(expectation, "merged")),
  ];
  const found = differences(mirpValues(expectation.file), (key) => {
    const code =
      codes.get(key.replace(/(_d1)?(_a0\.0)?(_(2d|3d)(_avg|_[sv]_mrg)?)?_fb[ns]_\w[\d.]+$/, "")) ?? "";
    return (key.includes("_mrg") ? merged : averaged).get(code);
  });
  // MIRP computes intensities and distances in single precision.
  check(found, 2e-6, 170);
}

describe.runIf(present)("other software", () => {
  it.each(present ? expectations() : [])("$file", (expectation) => {
    if (expectation.software === "mirp") compareMirp(expectation);
    else comparePyradiomics(expectation);
  });
});
