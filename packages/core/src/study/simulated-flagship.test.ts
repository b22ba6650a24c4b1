import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readProtocol } from "./read-protocol.ts";
import { simulateStudy } from "./simulate-study.ts";

const protocolOf = (file: string) => {
  const url = new URL(`../../../../examples/nsln-simulated/${file}`, import.meta.url);
  return readProtocol(readFileSync(url, "utf8"), file);
};
const simulated = simulateStudy({ patients: 40, seed: 3 });
const made = readProtocol(simulated.protocol, "study.yaml");
const files = ["study.yaml", "study-four-nodes.yaml"];

describe("the flagship example", () => {
  it.each(files)("%s reads what simulate writes", (file) => {
    const { variables, outcome, cohort, images } = protocolOf(file);
    expect({ cohort, images }).toEqual({ cohort: made.cohort, images: made.images });
    for (const name of [...Object.keys(variables), outcome.variable])
      expect(simulated.table.headers).toContain(name);
    for (const [name, variable] of Object.entries(made.variables))
      if (name !== outcome.variable)
        expect({ ...variables[name], reason: null }).toEqual({ ...variable, reason: null });
  });

  it.each(files)("%s has the blocks and models of simulate", (file) => {
    const { blocks, models, radiomics, regression } = protocolOf(file);
    expect({ blocks, models, radiomics, regression }).toEqual({
      blocks: made.blocks,
      models: made.models,
      radiomics: made.radiomics,
      regression: made.regression,
    });
  });

  it.each(files)("%s says that nobody in it is real and whose design it follows", (file) => {
    const { simulated: flag, description } = protocolOf(file);
    expect(flag).toBe(true);
    expect(description).toMatch(/SIMULATED DATA[^]*implements the design described in the abstract/);
  });

  it.each(files)("%s refuses every column that tells the outcome as a predictor", (file) => {
    const text = readFileSync(
      new URL(`../../../../examples/nsln-simulated/${file}`, import.meta.url),
      "utf8",
    );
    for (const column of ["nsln_metastasis", "nsln_positive", "four_or_more_nodes"])
      expect(() => readProtocol(text.replace("A: [cortex_mm", `A: [${column}, cortex_mm`), file)).toThrow(
        /may not predict/,
      );
  });
});
