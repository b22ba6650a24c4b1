/**
 * The table of names against those of the folder of the IBSI: `pyradiomics_to_ibsi.csv` (code, class and name), and the
 * tags of `ibsi1_reference_values.csv`, which are MIRP's names.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { featureNames } from "../../packages/core/src/radiomics/feature-names.ts";
import { readReferenceTable } from "./reference-table.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(root, process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const tableOf = (file: string) =>
  existsSync(join(folder, file)) ? readReferenceTable(join(folder, file)) : [];
const pyradiomics = tableOf("pyradiomics_to_ibsi.csv");
const references = tableOf("ibsi1_reference_values.csv");
if (references.length === 0) console.log(`SENTINODE_IBSI: no tables of names in ${folder}; skipped`);

const names = featureNames();

/** Names of the features of a code; two codes have two features. */
const namesOf = (code: string, scheme: "pyradiomics" | "mirp") =>
  names.filter(({ ibsi }) => ibsi === code).map((one) => one[scheme]);

describe.runIf(pyradiomics.length > 0)("PyRadiomics' names", () => {
  it.each(pyradiomics)("$code is $pyradiomics_class $pyradiomics_feature", (row) => {
    expect(namesOf(row["code"], "pyradiomics")).toEqual([
      `${row["pyradiomics_class"]}_${row["pyradiomics_feature"]}`,
    ]);
  });
});

describe.runIf(references.length > 0)("MIRP's names", () => {
  const tags = new Map(
    references.map((row) => [row["tag"].replace(/_(2D|2_5D|3D)(_avg|_comb)?$/, ""), row["code"]]),
  );
  it.each([...tags])("%s is %s", (tag, code) => {
    expect(namesOf(code, "mirp")).toContain(tag);
  });
});
