/**
 * The digital phantom of the Image Biomarker Standardisation Initiative: every reference value of the features and
 * aggregations that the catalogue has must be met within its published tolerance.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Image, type Mask } from "../../packages/core/src/image/image.ts";
import { type FamilyName, catalogue } from "../../packages/core/src/radiomics/catalogue.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { type RadiomicsSettings } from "../../packages/core/src/radiomics/settings.ts";
import { readReferenceTable } from "./reference-table.ts";

const folder = resolve(import.meta.dirname, "../..", process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const [valuesFile, phantomFile] = ["ibsi1_reference_values.csv", "ibsi1_digital_phantom.json"].map((file) =>
  join(folder, file),
) as [string, string];
const present = existsSync(valuesFile) && existsSync(phantomFile);
if (!present) console.log(`SENTINODE_IBSI: no digital phantom and reference values in ${folder}; skipped`);

interface Reference {
  readonly family: string;
  readonly feature: string;
  readonly code: string;
  readonly aggregation: string;
  readonly value: number;
  /** Null: exact to the printed digits. */
  readonly tolerance: number | null;
  readonly digits: number;
}

type Aggregation = Pick<RadiomicsSettings, "aggregation" | "neighbourhood">;

/** IBSI codes of aggregation methods. */
const aggregations: Readonly<Record<string, Aggregation>> = {
  DHQ4: { aggregation: "averaged", neighbourhood: "3d" },
  BTW3: { aggregation: "averaged", neighbourhood: "2d" },
  SUJT: { aggregation: "merged", neighbourhood: "2d" },
  JJUI: { aggregation: "averaged", neighbourhood: "2.5d" },
  ZW7Z: { aggregation: "merged", neighbourhood: "2.5d" },
  ITBB: { aggregation: "averaged", neighbourhood: "3d" },
  IAZD: { aggregation: "merged", neighbourhood: "3d" },
  "8QNN": { aggregation: "averaged", neighbourhood: "2d" },
  "62GR": { aggregation: "averaged", neighbourhood: "2.5d" },
  KOBO: { aggregation: "averaged", neighbourhood: "3d" },
};

function readReferences(): Reference[] {
  return readReferenceTable(valuesFile)
    .filter((row) => row["dataset"] === "digital_phantom")
    .map((row) => ({
      family: row["family"],
      feature: row["feature"],
      code: row["code"],
      aggregation: row["aggregation_code"],
      value: Number(row["value"]),
      tolerance: row["tolerance"] === "" ? null : Number(row["tolerance"]),
      digits: row["sig_digits"] === "" ? 1 : Number(row["sig_digits"]),
    }));
}

function readPhantom(): { image: Image; mask: Mask } {
  const phantom = JSON.parse(readFileSync(phantomFile, "utf8")) as Record<
    "dims_xyz" | "spacing_mm" | "image" | "mask",
    number[]
  >;
  const dimensions = phantom.dims_xyz as [number, number, number];
  return {
    image: {
      dimensions,
      spacingMm: phantom.spacing_mm as [number, number, number],
      values: Uint8Array.from(phantom.image),
    },
    mask: { dimensions, values: Uint8Array.from(phantom.mask) },
  };
}

/** Values by IBSI code. */
function measure(aggregation: Aggregation): Map<string, number | null> {
  const { image, mask } = readPhantom();
  const families = (Object.keys(catalogue) as FamilyName[]).filter(
    (family) => catalogue[family].ibsi !== null,
  );
  const features = extractRadiomics(image, mask, {
    families,
    discretisations: [{ method: "none" }],
    ...aggregation,
  });
  return new Map(features.map(({ source, value }) => [source.ibsi!, value.value]));
}

describe.runIf(present)("IBSI digital phantom", () => {
  const references = present ? readReferences() : [];
  const measured = new Map(
    present ? Object.entries(aggregations).map(([code, how]) => [code, measure(how)]) : [],
  );
  const covered = references.filter(({ code, aggregation }) => measured.get(aggregation)?.has(code));

  it.each(covered)(
    "$family, $feature ($code), $aggregation",
    ({ code, aggregation, value, tolerance, digits }) => {
      const ours = measured.get(aggregation)!.get(code)!;
      if (tolerance === null) expect(Number(ours.toPrecision(digits))).toBe(value);
      else expect(Math.abs(ours - value)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("covers a reference value for every feature that claims an IBSI code", () => {
    const referenced = new Set(references.map(({ code }) => code));
    const claimed = [...new Set([...measured.values()].flatMap((values) => [...values.keys()]))];
    expect(claimed.filter((code) => !referenced.has(code))).toEqual([]);
  });

  afterAll(() => {
    for (const family of new Set(references.map((reference) => reference.family))) {
      const of = (all: readonly Reference[]) => all.filter((reference) => reference.family === family).length;
      console.log(`${family}: ${of(covered)} of ${of(references)} reference values covered`);
    }
  });
});
