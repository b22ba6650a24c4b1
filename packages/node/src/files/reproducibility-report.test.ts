import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/src/math/random.ts";
import { createNumbering } from "../../../core/src/report/numbering.ts";
import { reproducibilitySection } from "../../../core/src/report/reproducibility-section.ts";
import type {
  FeatureReproducibility,
  StudyReproducibility,
} from "../../../core/src/study/study-reproducibility.ts";
import { createDrawingDocument } from "./drawing-document.ts";

const random = createRandom(2);
const features = ["firstOrder", "glcm", "shape2d"].flatMap((family) =>
  Array.from({ length: 12 }, (_, k): FeatureReproducibility => {
    const icc = k === 0 ? null : random.uniform() * 1.2 - 0.2;
    const image = k % 2 === 0 ? "original" : "log-2mm";
    const name = `${family}.f${k}`;
    const shared = { name, label: name, family, image, patients: 40, byVersion: [icc, null] };
    return { ...shared, icc, lower: icc, upper: icc, reproducible: icc !== null && icc >= 0.75 };
  }),
);
const reproducibility: StudyReproducibility = {
  patients: 40,
  limit: { minimumIcc: 0.75, form: "one-way", lowerBound: false },
  versions: ["rotated by 4°", "shrunk by 10 % of its size"],
  features,
};

function sectionOf(of: StudyReproducibility): string {
  const parts = reproducibilitySection(of, createNumbering(), createDrawingDocument());
  return parts.map((part) => part?.markup ?? "").join("");
}

interface ParsedElement {
  readonly textContent: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<ParsedElement>;
}

const page = `<html><body>${sectionOf(reproducibility)}</body></html>`;
const { document } = parseHTML(page) as { readonly document: ParsedElement };
const all = (selector: string) => [...document.querySelectorAll(selector)];

describe("the section on reproducibility", () => {
  it("counts the features that reach the limit", () => {
    const reached = features.filter(({ reproducible }) => reproducible).length;
    const sentence = all("p")[0].textContent.replace(/\s+/g, " ");
    expect(sentence).toContain(`${reached} of 36 radiomic features`);
    expect(sentence).toContain("ICC(1,1) of 0.75");
  });

  it("draws a line a feature that has a correlation, in the row of its family, and the limit", () => {
    const svg = all("figure svg")[0];
    expect(svg.getAttribute("aria-label")).toContain("First order");
    const marks = [...svg.querySelectorAll("line[stroke='#D55E00'], line[stroke='#0072B2']")];
    expect(marks).toHaveLength(33);
    expect(svg.outerHTML).not.toContain("NaN");
  });

  it("has a table by image where there are several, and one by perturbation", () => {
    expect(all(".table caption")).toHaveLength(2);
    const one = {
      ...reproducibility,
      features: features.map((feature) => ({ ...feature, image: "original" })),
    };
    expect(sectionOf(one).match(/<strong>Table/g)).toHaveLength(1);
    expect(all("body")[0].textContent).toContain("Rotated by 4°");
  });
});
