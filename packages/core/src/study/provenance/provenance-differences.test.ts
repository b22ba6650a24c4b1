import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { differenceWords, inputDifferences } from "./provenance-differences.ts";
import { type Provenance, readProvenance, runIdentity, type RunInputs } from "./provenance.ts";

const file = (path: string, sha256: string) => ({ path, bytes: 1, sha256 });
const inputs: RunInputs = {
  protocolFile: file("study.yaml", "p"),
  table: file("t.csv", "t"),
  images: [file("a.png", "a"), file("b.png", "b")],
  masks: [],
  code: { of: "sources", files: 2, sha256: "c" },
  lock: null,
  software: "sentinode 0.1.0",
  protocol: "sha256:1",
  seed: 1,
  features: { count: 2, hash: "sha256:f" },
};

describe("two runs", () => {
  it("differ in nothing where their inputs are equal", () => {
    expect(inputDifferences(inputs, structuredClone(inputs))).toEqual([]);
  });

  it("differ in every input that is another, by name", () => {
    const other: RunInputs = {
      ...inputs,
      protocolFile: file("study.yaml", "q"),
      images: [file("a.png", "x"), file("c.png", "c")],
      masks: [file("m.png", "m")],
      lock: file("package-lock.json", "l"),
      code: { ...inputs.code, sha256: "d" },
      software: "sentinode 0.2.0",
      protocol: "sha256:2",
      seed: 2,
      features: { count: 3, hash: "sha256:g" },
    };
    expect(inputDifferences(inputs, other).map(differenceWords)).toEqual([
      "protocol file: study.yaml changed",
      "settings: changed",
      "seed: changed",
      "images: a.png changed",
      "images: b.png missing",
      "images: c.png added",
      "masks: m.png added",
      "features: changed",
      "software: changed",
      "code: changed",
      "lock file: changed",
    ]);
  });
});

describe("a stored provenance", () => {
  const stored: Provenance = {
    schema: "sentinode/provenance@1",
    run: runIdentity(inputs),
    inputs,
    models: [],
    outputs: [],
  };

  it("is read where its run is the hash of its inputs", () => {
    expect(readProvenance(structuredClone(stored))).toEqual(stored);
  });

  it.each([
    ["another run", { ...stored, run: "sha256:0" }],
    ["another input", { ...stored, inputs: { ...inputs, seed: 7 } }],
    ["another schema", { ...stored, schema: "sentinode/results@1" }],
    ["nothing", null],
  ])("is refused with %s", (_what, value) => {
    expect(() => readProvenance(value)).toThrow(InputError);
  });
});
