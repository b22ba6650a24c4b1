/** Hulls, boxes, ellipsoids and autocorrelations of small regions by SciPy: `morphology.py` prints them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Dimensions, Spacing } from "../../packages/core/src/image/image.ts";
import { morphologyFeatures } from "../../packages/core/src/radiomics/morphology-features.ts";
import { describeMorphology } from "../../packages/core/src/radiomics/morphology.ts";

interface Case {
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly spacing: Spacing;
  /** One digit a voxel. */
  readonly mask: string;
  /** One letter a voxel, from a for 0 on. */
  readonly image: string;
  readonly hullVolume: number;
  readonly hullArea: number;
  readonly diameter: number;
  readonly axes: readonly number[];
  readonly ellipsoid: readonly number[];
  readonly box: readonly number[];
  readonly moransI: number;
  readonly gearysC: number;
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, "morphology.json"), "utf8")) as Case[];

function measure({ dimensions, spacing, mask, image }: Case) {
  const region = { dimensions, values: Uint8Array.from(mask, Number) };
  const values = Uint8Array.from(image, (letter) => letter.charCodeAt(0) - "a".charCodeAt(0));
  return describeMorphology({ dimensions, spacingMm: spacing, values }, region, region)!;
}

const product = (sides: readonly number[]) => sides.reduce((volume, side) => volume * side, 1);

describe("SciPy", () => {
  it.each(cases)("hull of $name", (one) => {
    const m = measure(one);
    expect(m.hull()!.volume / one.hullVolume).toBeCloseTo(1, 12);
    expect(m.hull()!.area / one.hullArea).toBeCloseTo(1, 12);
    expect(m.diameter() / one.diameter).toBeCloseTo(1, 12);
  });

  it.each(cases)("axes of $name", (one) => {
    const m = measure(one);
    const lengths = (["majorAxisLength", "minorAxisLength", "leastAxisLength"] as const).map((key) =>
      morphologyFeatures[key].compute(m),
    );
    one.axes.forEach((length, k) => expect(lengths[k]).toBeCloseTo(length, 6));
  });

  it.each(cases)("smallest ellipsoid around $name", (one) => {
    const semiAxes = measure(one).hull()!.ellipsoid();
    one.ellipsoid.forEach((length, k) => expect(semiAxes[k] / length).toBeCloseTo(1, 6));
  });

  it.each(cases)("smallest box around $name", (one) => {
    const sides = measure(one).hull()!.orientedBox();
    expect(product(sides) / product(one.box)).toBeLessThan(1 + 1e-7);
    expect(product(sides) / product(one.box)).toBeGreaterThan(1 - 1e-7);
  });

  it.each(cases)("autocorrelation of $name", (one) => {
    const { moransI, gearysC } = measure(one).autocorrelation()!;
    expect(moransI).toBeCloseTo(one.moransI, 11);
    expect(gearysC).toBeCloseTo(one.gearysC, 11);
  });
});
