import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { Image, Mask } from "../image/image.ts";
import { createRandom } from "../math/random.ts";
import { type FamilyName, type RadiomicFamily, catalogue } from "./catalogue.ts";
import { type RadiomicFeature, extractRadiomics } from "./extract.ts";
import { featureColumns, featureSources } from "./feature-columns.ts";
import { type RadiomicsSettings, defaultRadiomicsSettings } from "./settings.ts";

interface Lesion {
  readonly image: Image;
  readonly mask: Mask;
}

const everything: RadiomicsSettings = {
  families: Object.keys(catalogue) as FamilyName[],
  discretisations: [
    { method: "fixed-bin-number", bins: 16 },
    { method: "fixed-bin-width", width: 10, lowerBound: 0 },
  ],
  aggregation: "averaged",
};

/** A lesion whose pixel (x, y) has the level and the side that functions give. */
function lesionOf(
  width: number,
  height: number,
  level: (x: number, y: number) => number,
  inside: (x: number, y: number) => boolean,
): Lesion {
  const dimensions = [width, height, 1] as const;
  const pixels = Array.from(
    { length: width * height },
    (_, p) => [p % width, Math.floor(p / width)] as const,
  );
  const image: Image = {
    dimensions,
    spacingMm: [0.1, 0.1, 1],
    values: Uint8Array.from(pixels, ([x, y]) => level(x, y)),
  };
  return { image, mask: { dimensions, values: Uint8Array.from(pixels, ([x, y]) => (inside(x, y) ? 1 : 0)) } };
}

const random = createRandom("speckle");
const speckle = Array.from({ length: 40 * 30 }, () => 40 + random.integer(120));
const levelAt = (x: number, y: number) => speckle[y * 40 + x];
const insideAt = (x: number, y: number) => (x - 19) ** 2 / 200 + (y - 14) ** 2 / 90 + ((x * y) % 7) / 30 < 1;
const lesion = lesionOf(40, 30, levelAt, insideAt);

const extract = ({ image, mask }: Lesion, settings = everything) => extractRadiomics(image, mask, settings);

/** Features that a turn by 90° changes by definition. */
const oriented = new Set([
  "shape2d.width",
  "shape2d.height",
  "shape2d.heightToWidthRatio",
  "shape2dPixels.width",
  "shape2dPixels.height",
]);

function expectEqual(
  ours: readonly RadiomicFeature[],
  reference: readonly RadiomicFeature[],
  skip = new Set<string>(),
): void {
  const differing = ours.flatMap(({ name, value }, k) => {
    const expected = reference[k].value.value;
    if (skip.has(name) || value.value === expected) return [];
    const close = Math.abs(value.value! - expected!) <= 1e-12 * Math.abs(expected!);
    return close ? [] : [`${name}: ${String(value.value)}, ${String(expected)}`];
  });
  expect(differing).toEqual([]);
}

describe("extractRadiomics", () => {
  it.each(["averaged", "merged"] as const)(
    "does not depend on a turn by 90° or a flip (%s)",
    (aggregation) => {
      // The beam gives acoustic features a direction.
      const settings = {
        ...everything,
        families: everything.families.filter((family) => family !== "ultrasound"),
        aggregation,
      };
      const reference = extract(lesion, settings);
      const turned = lesionOf(
        30,
        40,
        (x, y) => levelAt(y, 29 - x),
        (x, y) => insideAt(y, 29 - x),
      );
      const flipped = lesionOf(
        40,
        30,
        (x, y) => levelAt(39 - x, y),
        (x, y) => insideAt(39 - x, y),
      );
      expectEqual(extract(turned, settings), reference, oriented);
      expectEqual(extract(flipped, settings), reference);
    },
  );

  it("does not depend on where the region lies or on what surrounds it, to the last bit", () => {
    const outside = (x: number, y: number) =>
      x < 7 || y < 11 || x >= 47 || y >= 41 ? (31 * x + y) % 256 : levelAt(x - 7, y - 11);
    const moved = lesionOf(
      90,
      70,
      outside,
      (x, y) => x >= 7 && y >= 11 && x < 47 && y < 41 && insideAt(x - 7, y - 11),
    );
    // Local intensity and acoustic features look beyond the region by definition.
    const settings = {
      ...everything,
      families: everything.families.filter(
        (family) => family !== "localIntensity" && family !== "ultrasound",
      ),
    };
    expect(extract(moved, settings)).toEqual(extract(lesion, settings));
  });

  it("gives the same values whatever array holds the levels", () => {
    const values = Float64Array.from(lesion.image.values);
    const reference = extract(lesion);
    expectEqual(extract({ ...lesion, image: { ...lesion.image, values } }), reference);
    expect(extract({ ...lesion, image: { ...lesion.image, values: Uint16Array.from(values) } })).toEqual(
      reference,
    );
  });

  it("does not change texture of a fixed bin number when gain and offset change", () => {
    const settings: RadiomicsSettings = {
      ...defaultRadiomicsSettings,
      families: ["glcm", "glrlm", "glszm", "gldzm", "ngtdm", "ngldm"],
    };
    const brighter = lesionOf(40, 30, (x, y) => levelAt(x, y) + 60, insideAt);
    expect(extract(brighter, settings)).toEqual(extract(lesion, settings));
  });

  it("is one column after the other what featureColumns promises, with unique names", () => {
    const columns = featureColumns(everything);
    expect(extract(lesion).map(({ source, name, label }) => ({ source, name, label }))).toEqual(columns);
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    expect(new Set(columns.map(({ label }) => label)).size).toBe(columns.length);
    expect(featureSources(everything)).toEqual(columns.map(({ source }) => source));
  });

  it("leaves image and mask as they were and survives JSON", () => {
    const before = structuredClone(lesion);
    const features = extract(lesion);
    expect(lesion).toEqual(before);
    expect(JSON.parse(JSON.stringify(features))).toEqual(features);
  });

  it("agrees between slices and volume matrices for a frame in what they have in common", () => {
    const settings: RadiomicsSettings = {
      ...everything,
      families: ["glcm", "glrlm", "glszm", "gldzm", "ngtdm", "ngldm"],
    };
    expectEqual(extract(lesion, { ...settings, neighbourhood: "2.5d" }), extract(lesion, settings));
    // Directions without pairs are left out; neighbours across slices do not exist, but runs across them do.
    const inVolume = { ...settings, families: ["glcm", "glszm", "ngtdm", "ngldm"] } as const;
    expectEqual(extract(lesion, { ...inVolume, neighbourhood: "3d" }), extract(lesion, inVolume));
  });

  it("refuses what it cannot measure", () => {
    const { image, mask } = lesion;
    const empty = { ...mask, values: new Uint8Array(mask.values.length) };
    expect(() => extractRadiomics(image, empty, everything)).toThrow(InputError);
    const narrow: Mask = { dimensions: [39, 30, 1], values: new Uint8Array(39 * 30).fill(1) };
    expect(() => extractRadiomics(image, narrow, everything)).toThrow("40 × 30; got 39 × 30");
  });

  it("gives no intensity feature, but shape, where an intensity is not finite", () => {
    const { image, mask } = lesion;
    const broken = {
      ...image,
      values: Float32Array.from(image.values, (value, p) => (p === 15 * 40 + 20 ? NaN : value)),
    };
    const features = extractRadiomics(broken, mask, everything);
    const valueOf = (name: string) => features.find((feature) => feature.name === name)?.value;
    expect(valueOf("firstOrder.mean")?.reason).toContain("1 of the region's");
    expect(valueOf("glcm.contrast.fbn16")?.value).toBeNull();
    expect(valueOf("shape2d.perimeter")?.value).toBeGreaterThan(0);
    for (const { value } of features)
      expect(value.value === null ? value.reason : Number.isFinite(value.value)).toBeTruthy();
  });
});

describe("degenerate regions", () => {
  const flat = () => 7;
  const all = () => true;
  const regions: Record<string, Lesion> = {
    "one pixel": lesionOf(5, 5, levelAt, (x, y) => x === 2 && y === 2),
    "one row": lesionOf(9, 5, levelAt, (_, y) => y === 2),
    "one column at the border": lesionOf(9, 5, levelAt, (x) => x === 0),
    "two pixels": lesionOf(5, 5, levelAt, (x, y) => x < 2 && y === 2),
    "two pixels far apart": lesionOf(9, 9, levelAt, (x, y) => x === y && (x === 0 || x === 8)),
    "two pixels that touch at a corner": lesionOf(5, 5, levelAt, (x, y) => x === y && x < 2),
    "3 × 3": lesionOf(5, 5, levelAt, (x, y) => x > 0 && x < 4 && y > 0 && y < 4),
    "a constant region": lesionOf(8, 8, flat, all),
    "all zero": lesionOf(8, 8, () => 0, all),
    "saturated at 255": lesionOf(8, 8, () => 255, all),
    "the whole image": lesionOf(20, 20, levelAt, all),
    "a hole": lesionOf(20, 20, levelAt, (x, y) => Math.abs(x - 10) + Math.abs(y - 10) > 2),
    "isolated pixels": lesionOf(12, 12, levelAt, (x, y) => x % 2 === 0 && y % 2 === 0),
    "two grey values": lesionOf(8, 8, (x) => (x < 4 ? 3 : 9), all),
    "a checkerboard": lesionOf(8, 8, (x, y) => 10 * ((x + y) % 2), all),
  };
  const extremes: Record<string, number[]> = {
    "negative intensities": [-3, -2, -1, -3],
    "a mean of 0": [-1, 1, -1, 1],
    "the largest numbers": [1e200, 2e200, 3e200, 1e200],
    "the smallest numbers": [5e-324, 1e-323, 5e-324, 0],
  };

  it.each(Object.entries(regions))("%s: every feature is finite or null with a reason", (_, region) => {
    for (const neighbourhood of ["2d", "2.5d", "3d"] as const)
      for (const aggregation of ["averaged", "merged"] as const)
        expect(unsound(extract(region, { ...everything, neighbourhood, aggregation }))).toEqual([]);
  });

  it.each(Object.entries(extremes))("%s: every feature is finite or null with a reason", (_, values) => {
    const image: Image = { dimensions: [2, 2, 1], spacingMm: null, values: Float64Array.from(values) };
    const mask: Mask = { dimensions: [2, 2, 1], values: new Uint8Array(4).fill(1) };
    const settings = { ...everything, discretisations: [everything.discretisations[0]] };
    expect(unsound(extractRadiomics(image, mask, settings))).toEqual([]);
  });

  it("say what does not exist instead of 0 or 1", () => {
    const reasons = (name: string) =>
      new Map(
        extract(regions[name]).flatMap((feature) =>
          feature.value.value === null ? [[feature.name, feature.value.reason]] : [],
        ),
      );
    expect(reasons("a constant region").get("glcm.correlation.fbn16")).toBe(
      "all neighbouring pixels have one grey level",
    );
    expect(reasons("a constant region").get("ngtdm.coarseness.fbn16")).toBe(
      "every pixel has the mean level of its neighbours",
    );
    expect(reasons("a constant region").get("firstOrder.skewness")).toBe(
      "all pixels of the region have one intensity",
    );
    expect(reasons("isolated pixels").get("glcm.contrast.fbn16")).toBe(
      "no two pixels of the region are neighbours",
    );
    expect(reasons("isolated pixels").has("glrlm.runEntropy.fbn16")).toBe(false);
    expect(reasons("one pixel").get("shape2d.elongation")).toBe("the region is a single pixel");
  });

  it("without spacing have ratios and pixels, but no mm", () => {
    const image = { ...lesion.image, spacingMm: null };
    const features = extract(
      { image, mask: lesion.mask },
      { ...everything, families: ["shape2d", "shape2dPixels"] },
    );
    const absent = features.filter(({ value }) => value.value === null);
    expect(
      absent.every(({ source, value }) => source.unit.includes("mm") && value.reason!.includes("spacing")),
    ).toBe(true);
    expect(features.filter(({ source }) => source.unit.includes("mm"))).toEqual(absent);
    expect(unsound(features)).toEqual([]);
  });
});

/** Names of features that are NaN, infinite, -0, or null without a reason. */
function unsound(features: readonly RadiomicFeature[]): string[] {
  return features
    .filter(({ value }) =>
      value.value === null
        ? value.reason.length < 10
        : !Number.isFinite(value.value) || Object.is(value.value, -0),
    )
    .map(({ name }) => name);
}

describe("settings", () => {
  const refused = (change: object) => () => featureSources({ ...everything, ...change });

  it("name every problem at once", () => {
    expect(refused({ families: ["glcm", "glmc", "glcm"], discretisations: [] })).toThrow(
      /glmc[\s\S]*named once[\s\S]*need a discretisation/,
    );
    expect(refused({ families: [] })).toThrow("at least one family");
  });

  it("refuse two binnings that would get one name", () => {
    const width = { method: "fixed-bin-width", width: 10 } as const;
    expect(
      refused({
        discretisations: [
          { ...width, lowerBound: 0 },
          { ...width, lowerBound: null },
        ],
      }),
    ).toThrow("its own");
  });

  it("by default give the features of one frame in 32 bins", () => {
    const counts = new Map<string, number>();
    for (const { family } of featureSources(defaultRadiomicsSettings))
      counts.set(family, (counts.get(family) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      firstOrder: 18,
      shape2d: 18,
      glcm: 25,
      glrlm: 16,
      glszm: 16,
      ngtdm: 5,
    });
  });

  it("hold the families of the IBSI with as many features as the standard has", () => {
    const sizes = Object.fromEntries(
      Object.entries(catalogue).map(([family, { features }]) => [family, Object.keys(features).length]),
    );
    expect(sizes).toMatchObject({
      firstOrder: 18,
      histogram: 23,
      intensityVolumeHistogram: 7,
      localIntensity: 2,
      morphology: 29,
      glcm: 25,
      glrlm: 16,
      glszm: 16,
      gldzm: 16,
      ngtdm: 5,
      ngldm: 17,
    });
    const families: readonly RadiomicFamily[] = Object.values(catalogue);
    const codes = families.flatMap(({ features }) =>
      Object.values(features).flatMap(({ ibsi }) => ibsi ?? []),
    );
    // The 10 % and 90 % features of the intensity-volume histogram share their codes.
    expect(new Set(codes).size).toBe(codes.length - 2);
  });
});
