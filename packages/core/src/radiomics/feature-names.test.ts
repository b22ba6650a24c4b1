import { describe, expect, it } from "vitest";
import { type FeatureColumn, featureColumns } from "./feature-columns.ts";
import { columnNames, featureNames } from "./feature-names.ts";
import { mirpNames } from "./mirp-names.ts";
import { pyradiomicsNames } from "./pyradiomics/names.ts";
import type { RadiomicsSettings } from "./settings.ts";

const settings: RadiomicsSettings = {
  families: ["firstOrder", "glcm"],
  discretisations: [{ method: "fixed-bin-number", bins: 32 }],
  aggregation: "averaged",
  filters: [
    { kind: "none" },
    {
      kind: "wavelet",
      wavelet: "coif1",
      level: 2,
      band: "LH",
      decimated: false,
      pooling: "none",
      dimensions: 2,
      boundary: "periodic",
    },
  ],
};

const nameOf = (columns: readonly FeatureColumn[], scheme: "ibsi" | "pyradiomics", ours: string) =>
  columnNames(columns, scheme)[columns.findIndex(({ name }) => name === ours)];

describe("names of features elsewhere", () => {
  it("are names of features of the catalogue", () => {
    const known = new Set(featureNames().map(({ family, feature }) => `${family}.${feature}`));
    for (const names of [pyradiomicsNames, mirpNames])
      for (const [family, ofFamily] of Object.entries(names))
        for (const feature of Object.keys(ofFamily)) expect(known).toContain(`${family}.${feature}`);
  });

  it("are each the name of one feature", () => {
    for (const scheme of ["pyradiomics", "mirp"] as const) {
      const names = featureNames().flatMap((one) => one[scheme] ?? []);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe("names of columns", () => {
  const columns = featureColumns(settings);

  it("are PyRadiomics' where it has them, with the image first", () => {
    expect(nameOf(columns, "pyradiomics", "glcm.contrast.fbn32")).toBe("original_glcm_Contrast");
    expect(nameOf(columns, "pyradiomics", "wavelet-coif1-level2-LH.firstOrder.mean")).toBe(
      "wavelet2-LH_firstorder_Mean",
    );
  });

  it("stay ours where PyRadiomics has none, or another definition", () => {
    expect(nameOf(columns, "pyradiomics", "firstOrder.coefficientOfVariation")).toBe(
      "firstOrder.coefficientOfVariation",
    );
    expect(nameOf(columns, "pyradiomics", "firstOrder.excessKurtosis")).toBe("firstOrder.excessKurtosis");
  });

  it("stay ours where several columns would have one name", () => {
    const bins = [16, 32].map((number) => ({ method: "fixed-bin-number" as const, bins: number }));
    const names = columnNames(featureColumns({ ...settings, discretisations: bins }), "pyradiomics");
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("glcm.contrast.fbn16");
    expect(names).toContain("original_firstorder_Mean");
  });

  it("have the IBSI code first", () => {
    expect(nameOf(columns, "ibsi", "glcm.contrast.fbn32")).toBe("ACUI.glcm.contrast.fbn32");
  });
});
