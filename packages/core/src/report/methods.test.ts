import { describe, expect, it } from "vitest";
import { protocolSchema } from "../study/protocol.ts";
import { methodsParagraphs } from "./methods.ts";

const least = {
  schema: "sentinode/study@1",
  name: "s",
  cohort: { table: "t.csv", id: "id" },
  outcome: { variable: "y", positive: 1, label: "metastasis" },
  variables: { age: { type: "numeric", label: "Age", unit: "years" } },
  blocks: { C: ["age"] },
  models: { C: ["C"] },
};

function text(change: object = {}): string {
  return methodsParagraphs(protocolSchema.parse({ ...least, ...change })).join("\n");
}

describe("the methods paragraphs", () => {
  it("print nothing that a protocol leaves out", () => {
    expect(text()).not.toMatch(/undefined|NaN|null|\[object/);
    expect(text()).not.toContain("Radiomic");
    expect(text()).not.toContain("Subgroups");
  });

  it("say that a study without a test set has internal validation only", () => {
    expect(text()).toContain("internal validation only");
  });

  it("describe every way of setting a test set apart", () => {
    const variables = {
      ...least.variables,
      set: { type: "categorical", label: "Set", role: "split", levels: [{ a: "Alpha" }, { b: "Beta" }] },
    };
    expect(text({ split: { method: "random", testShare: 0.25 } })).toContain(
      "random 25% of the patients, stratified by the outcome",
    );
    expect(text({ split: { method: "temporal", column: "day", testFrom: "2024-01-01" } })).toContain(
      "from 2024-01-01 on",
    );
    expect(text({ variables, split: { method: "centre", column: "set", test: ["b"] } })).toContain(
      "Set: Beta",
    );
    expect(
      text({ variables, split: { method: "column", column: "set", development: "a", test: "b" } }),
    ).toContain("the variable Set");
  });

  it("say which perturbations features have to stand, and only where they have to", () => {
    const blocks = { R: { radiomics: "all" } };
    const study = { blocks, models: { R: ["R"] }, images: { image: "{id}.png", mask: "{id}_m.png" } };
    expect(text(study)).not.toContain("reproducible:");
    const asked = text({ ...study, radiomics: { reproducibility: { minimumIcc: 0.9, lowerBound: true } } });
    expect(asked).toContain(
      "6 perturbed versions besides (rotated by 5°, translated by 0.25 and 0.75 pixels; grown",
    );
    expect(asked).toContain("lower 95% limit of the intraclass correlation ICC(1,1)");
    expect(asked).toContain("below 0.9; outcomes took no part");
    expect(asked).toContain("without those that are not reproducible");
  });

  it("name each block with its predictors, each model with its blocks, and the regression of each", () => {
    const blocks = { C: [{ column: "age", spline: 4 }], R: { radiomics: ["glcm."], entersAs: "score" } };
    const images = { image: "{id}.png", mask: "{id}_m.png", spacing: { mm: 0.1 } };
    const models = { C: { blocks: ["C"], regression: { method: "maximum-likelihood" } }, CR: ["C", "R"] };
    const all = text({ blocks, images, models });
    expect(all).toContain("Age (years) as a restricted cubic spline with 4 knots");
    expect(all).toContain("names start with glcm.");
    expect(all).toContain("Model C: block C, by maximum likelihood.");
    expect(all).toContain("Model CR: blocks C and R.");
    expect(all).toContain("A pixel measures 0.1 mm.");
  });

  it("cite the abstract whose design is followed and disclaim its model", () => {
    expect(text()).toContain("Future Oncology 2026;22:45-57");
    expect(text()).toContain("not that paper's model");
  });
});
