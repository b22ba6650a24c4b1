import { describe, expect, it } from "vitest";
import type { Image, Mask } from "../image/image.ts";
import { perturb } from "../image/perturb.ts";
import type { Perturbation } from "../image/perturbation.ts";
import { createRandom } from "../math/random.ts";
import { extractRadiomics } from "./extract.ts";
import { featureColumns } from "./feature-columns.ts";
import { measurePerturbed, type PerturbationPlan } from "./measure-perturbed.ts";
import { defaultRadiomicsSettings, type RadiomicsSettings } from "./settings.ts";
import { surroundingsOf } from "./surroundings.ts";

const [width, height] = [260, 240];
const random = createRandom(6);
const image: Image = {
  dimensions: [width, height, 1],
  spacingMm: [0.2, 0.2, 1],
  values: Uint8Array.from({ length: width * height }, () => 40 + random.integer(150)),
};
const mask: Mask = {
  dimensions: [width, height, 1],
  values: Uint8Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [(p % width) - 130, Math.floor(p / width) - 110];
    return x * x + 2 * y * y < 400 ? 1 : 0;
  }),
};
const outlined = { image, mask, name: "case" };
const steps: readonly (readonly Perturbation[])[] = [
  [{ kind: "rotate", degrees: 8 }],
  [{ kind: "translate", px: [0.25, 0.75] }],
  [{ kind: "grow", by: { share: 0.2 } }],
  [{ kind: "grow", by: { mm: -0.4 } }],
  [{ kind: "contour", deviation: { share: 0.08 } }],
  [
    { kind: "rotate", degrees: -8 },
    { kind: "contour", deviation: { mm: 0.4 } },
    { kind: "translate", px: [3.5, -2.5] },
  ],
];
const plan: PerturbationPlan = {
  seed: 4,
  versions: steps.map((one, k) => ({ name: `version ${k}`, steps: one })),
};

describe("measurePerturbed", () => {
  it("gives what extraction gives of each perturbed version of the whole image", () => {
    const rows = measurePerturbed(outlined, defaultRadiomicsSettings, plan);
    const stream = createRandom(plan.seed).fork("perturbation/case");
    plan.versions.forEach((version, k) => {
      const whole = perturb(outlined, version.steps, stream.fork(version.name));
      const values = extractRadiomics(whole.image, whole.mask, defaultRadiomicsSettings);
      expect(rows[k]).toHaveLength(featureColumns(defaultRadiomicsSettings).length);
      values.forEach(({ value }, at) => expect(rows[k]![at]! / value.value!).toBeCloseTo(1, 10));
    });
  });

  it("does not depend on other versions, and draws anew for another image and another seed", () => {
    const noise: PerturbationPlan = {
      seed: 4,
      versions: [{ name: "noise", steps: [{ kind: "noise", levels: 5 }] }],
    };
    const [alone] = measurePerturbed(outlined, defaultRadiomicsSettings, noise);
    const withOthers = { ...noise, versions: [...plan.versions, ...noise.versions] };
    const other = { ...outlined, name: "another" };
    const again = [
      measurePerturbed(other, defaultRadiomicsSettings, noise)[0],
      measurePerturbed(outlined, defaultRadiomicsSettings, { ...noise, seed: 5 })[0],
    ];
    const wide = measurePerturbed(outlined, defaultRadiomicsSettings, withOthers).at(-1);
    expect(wide).toEqual(alone);
    for (const row of again) expect(row).not.toEqual(alone);
  });

  it("has no row for a version of which nothing is left", () => {
    const gone = {
      seed: 1,
      versions: [{ name: "gone", steps: [{ kind: "grow", by: { px: -99 } }] as const }],
    };
    expect(measurePerturbed(outlined, defaultRadiomicsSettings, gone)).toEqual([null]);
  });
});

describe("surroundingsOf", () => {
  const sizeFor = (settings: Partial<RadiomicsSettings>) =>
    surroundingsOf(outlined, { ...defaultRadiomicsSettings, ...settings }, steps[5]).image.dimensions[0];

  it("cuts the image where settings look at the region alone, wider where they measure a ring", () => {
    expect(sizeFor({})).toBeLessThan(width);
    expect(sizeFor({ rings: [{ px: 12 }] })).toBe(sizeFor({}) + 24);
  });

  it("keeps the whole image where settings look at more of it", () => {
    expect(sizeFor({ normalise: { method: "z-score", scale: 1, outlierSigmas: null } })).toBe(width);
    expect(sizeFor({ filters: [{ kind: "square" }] })).toBe(width);
    expect(sizeFor({ families: ["localIntensity"] })).toBe(width);
  });
});
