/**
 * Every feature that MIRP printed for the cases of a folder (`peer-case.ts`): `expected/mirp-NAME-fbnN.json` for a bin
 * number, `fbsN` for a bin size. Names are mapped to IBSI codes by the tables of SENTINODE_IBSI.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Discretisation } from "../../packages/core/src/features/feature-source.ts";
import { type FamilyName, catalogue } from "../../packages/core/src/radiomics/catalogue.ts";
import { type RadiomicFeature, extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { readPeerCase } from "./peer-case.ts";
import { readReferenceTable } from "./reference-table.ts";

const root = resolve(import.meta.dirname, "../..");
const peers = resolve(root, process.env["SENTINODE_PEERS"] ?? "../shared/peers", "radiomics");
const ibsi = resolve(root, process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const present = existsSync(join(peers, "expected")) && existsSync(join(ibsi, "ibsi1_reference_values.csv"));
const files = present ? readdirSync(join(peers, "expected")).filter((file) => file.startsWith("mirp-")) : [];
if (files.length === 0) console.log(`SENTINODE_PEERS: no values of MIRP in ${peers}; skipped`);

/**
 * MIRP estimates these from samples of the pairs of a large region; ours are the sums over all pairs, to 1e-12 of the
 * direct sum.
 */
const sampled = /^morph_(moran_i|geary_c)/;
/** The IBSI defines local intensity in a volume; in a single slice MIRP takes another neighbourhood. */
const ofVolumes = /^loc_/;

/** MIRP's tag without its settings. */
const base = (tag: string) => tag.replace(/_(2D|2_5D|3D)(_avg|_comb)?$/, "");

interface Case {
  readonly name: string;
  readonly discretisation: Discretisation;
}

function caseOf(file: string): Case {
  const [, name, kind, size] = /^mirp-(\w+)-(fbn|fbs)(\d+)\.json$/.exec(file)!;
  return {
    name: name,
    discretisation:
      kind === "fbn"
        ? { method: "fixed-bin-number", bins: Number(size) }
        : { method: "fixed-bin-width", width: Number(size), lowerBound: 0 },
  };
}

function measure({ name, discretisation }: Case, aggregation: "averaged" | "merged"): RadiomicFeature[] {
  const { image, mask } = readPeerCase(peers, name);
  const families = (Object.keys(catalogue) as FamilyName[]).filter(
    (family) => catalogue[family].ibsi !== null,
  );
  return extractRadiomics(image, mask, {
    families,
    discretisations: [discretisation],
    aggregation,
    neighbourhood: image.dimensions[2] === 1 ? "2d" : "3d",
    intensityVolumeHistogram: { method: "fixed-bin-number", bins: 1000 },
  });
}

/** The percentage of features that share a code and differ in it. */
const percentage = (name: string) => /fraction (10|90) %/.exec(name)?.[1] ?? "";

function byCode(features: readonly RadiomicFeature[]): Map<string, number> {
  return new Map(
    features.flatMap(({ source, label, value }) =>
      source.ibsi === null || value.value === null ? [] : [[source.ibsi + percentage(label), value.value]],
    ),
  );
}

describe.runIf(files.length > 0)("MIRP", () => {
  it.each(files)("%s", (file) => {
    const codes = new Map(
      readReferenceTable(join(ibsi, "ibsi1_reference_values.csv")).map((row) => [
        base(row["tag"]),
        row["code"] + (/_[vi](10|90)$/.exec(base(row["tag"]))?.[1] ?? ""),
      ]),
    );
    const expected = JSON.parse(
      readFileSync(join(peers, "expected", file), "utf8").replace(/-?Infinity|NaN/g, "null"),
    ) as Record<string, number | null>;
    const one = caseOf(file);
    const values = { averaged: byCode(measure(one, "averaged")), merged: byCode(measure(one, "merged")) };
    const isFrame = readPeerCase(peers, one.name).image.dimensions[2] === 1;
    const compared = Object.entries(expected).flatMap(([key, value]) => {
      if (value === null || sampled.test(key) || (isFrame && ofVolumes.test(key))) return [];
      const code =
        codes.get(key.replace(/(_d1)?(_a0\.0)?(_(2d|3d)(_avg|_[sv]_mrg)?)?(_fb[ns]_\w[\d.]+)?$/, "")) ?? "";
      const own = (key.includes("_mrg") ? values.merged : values.averaged).get(code);
      return own === undefined ? [] : [{ key, value, own }];
    });
    // MIRP computes intensities and distances in single precision.
    const differing = compared.filter(
      ({ value, own }) => !(Math.abs(own - value) / Math.max(Math.abs(value), 1e-9) <= 2e-6),
    );
    expect(differing).toEqual([]);
    expect(compared.length).toBeGreaterThanOrEqual(170);
  });
});
