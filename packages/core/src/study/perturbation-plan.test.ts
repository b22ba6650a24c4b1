import { describe, expect, it } from "vitest";
import { perturbationPlan } from "./perturbation-plan.ts";
import { protocolSchema } from "./protocol.ts";

function reproducibility(change: object) {
  return protocolSchema.shape.radiomics.parse({ reproducibility: change }).reproducibility!;
}

describe("perturbationPlan", () => {
  it("has six versions where a protocol names none", () => {
    const { versions } = perturbationPlan(reproducibility({}), 1);
    expect(versions.map(({ name }) => name)).toEqual([
      "rotated by 5°, translated by 0.25 and 0.75 pixels",
      "grown by 15 % of its size",
      "shrunk by 15 % of its size",
      "outline displaced at random by 10 % of its radius",
      "noise as strong as in the image",
      "noise as strong as in the image, rotated by -5°, outline displaced at random by 10 % of its radius",
    ]);
  });

  it("draws versions with random steps once a repeat, and others once", () => {
    const perturbations = [
      { kind: "rotate", degrees: 3 },
      [
        { kind: "grow", by: { px: 2 } },
        { kind: "noise", levels: 5 },
      ],
      { kind: "speckle" },
    ];
    const { versions } = perturbationPlan(reproducibility({ perturbations, repeats: 2 }), 1);
    expect(versions.map(({ name }) => name)).toEqual([
      "rotated by 3°",
      "grown by 2 pixels, noise of 5 grey levels",
      "grown by 2 pixels, noise of 5 grey levels (2)",
      "speckle of 10 %",
      "speckle of 10 % (2)",
    ]);
    expect(versions[1].steps).toHaveLength(2);
  });

  it("gives equal versions different names, so that they draw different numbers", () => {
    const perturbations = [{ kind: "noise" }, { kind: "noise" }];
    const names = perturbationPlan(reproducibility({ perturbations }), 1).versions.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
  });
});
