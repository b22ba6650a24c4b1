import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import type { Image, Mask } from "../../image/image.ts";
import { extractRadiomics } from "../extract.ts";
import type { RadiomicsSettings } from "../settings.ts";

const settings: RadiomicsSettings = {
  profile: "pyradiomics",
  families: ["firstOrder", "shape2d", "glcm", "glrlm", "glszm", "ngldm", "ngtdm"],
  discretisations: [{ method: "fixed-bin-width", width: 25, lowerBound: "multiple" }],
  aggregation: "averaged",
};

function measure(rows: readonly (readonly number[])[], changes: Partial<RadiomicsSettings> = {}) {
  const dimensions = [rows[0].length, rows.length, 1] as const;
  const image: Image = { dimensions, spacingMm: [1, 2, 1], values: Float64Array.from(rows.flat()) };
  const mask: Mask = { dimensions, values: new Uint8Array(rows.flat().length).fill(1) };
  const features = extractRadiomics(image, mask, { ...settings, ...changes });
  return new Map(features.map(({ source, value }) => [`${source.family}.${source.feature}`, value]));
}

const flat = [
  [70, 70, 70],
  [70, 70, 70],
];
const striped = [
  [0, 30, 0, 30],
  [0, 30, 0, 30],
];

describe("the profile of PyRadiomics", () => {
  it("gives a region of one level the values that PyRadiomics gives by convention", () => {
    const values = measure(flat);
    const value = (name: string) => values.get(name)!.value;
    expect(value("glcm.Correlation")).toBe(1);
    expect(value("glcm.MCC")).toBe(1);
    expect([value("glcm.Imc1"), value("glcm.Imc2")]).toEqual([0, 0]);
    expect(value("ngtdm.Coarseness")).toBe(1e6);
    expect([value("firstOrder.Skewness"), value("firstOrder.Kurtosis")]).toEqual([0, 0]);
    expect(value("firstOrder.Uniformity")).toBe(1);
  });

  it("gives any region, however small, finite values or reasons", () => {
    const random = createRandom(2);
    const regions = [
      [[5]],
      [[5, 80]],
      [[5], [5], [200]],
      Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => 300 * random.uniform())),
    ];
    for (const region of regions)
      for (const { value, reason } of measure(region).values())
        if (value === null) expect(reason).not.toBe("");
        else expect(Number.isFinite(value)).toBe(true);
  });

  it("adds the shift to intensities before it squares them", () => {
    const values = measure(striped, { energyShift: 10, families: ["firstOrder"] });
    expect(values.get("firstOrder.Energy")!.value).toBeCloseTo(4 * 100 + 4 * 1600, 9);
    expect(values.get("firstOrder.TotalEnergy")!.value).toBeCloseTo(2 * (4 * 100 + 4 * 1600), 9);
    expect(values.get("firstOrder.RootMeanSquared")!.value).toBeCloseTo(Math.sqrt(850), 9);
  });

  it("measures redundant features where they are named only", () => {
    const redundant = {
      firstOrder: ["StandardDeviation"],
      shape2d: ["SphericalDisproportion"],
      glcm: ["Dissimilarity"],
    };
    const named = measure(striped, { features: redundant });
    const all = measure(striped);
    expect(named.get("firstOrder.StandardDeviation")!.value).toBe(15);
    expect(named.get("glcm.Dissimilarity")!.value).toBe(all.get("glcm.DifferenceAverage")!.value);
    expect(named.get("shape2d.SphericalDisproportion")!.value).toBeCloseTo(
      1 / all.get("shape2d.Sphericity")!.value!,
      12,
    );
    for (const [family, features] of Object.entries(redundant))
      expect(all.has(`${family}.${features[0]}`)).toBe(false);
  });

  it("weights runs by the distance of neighbours in mm when directions are merged", () => {
    // Along x 8 runs of 1 pixel at distance 1, along y 4 of 2 at distance 2, along each diagonal 8 of 1 at √5.
    const diagonal = Math.sqrt(5);
    const runs = 8 + 2 * 4 + 2 * diagonal * 8;
    const pixels = 8 * (1 + 2 + 2 * diagonal);
    const values = measure(striped, {
      aggregation: "merged",
      distanceWeighting: "euclidean",
      families: ["glrlm"],
    });
    expect(values.get("glrlm.RunPercentage")!.value).toBeCloseTo(runs / pixels, 12);
    expect(values.get("glrlm.LongRunEmphasis")!.value).toBeCloseTo(
      (8 + 2 * 4 * 4 + 2 * diagonal * 8) / runs,
      12,
    );
  });
});
