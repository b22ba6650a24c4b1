import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { protocolJsonSchema } from "./protocol-json-schema.ts";
import { readProtocol } from "./read-protocol.ts";

const study = (changes: string) => `schema: sentinode/study@1
name: a study
cohort: { table: a.csv, id: patient }
outcome: { variable: event, positive: 1, label: event }
variables:
  age: { type: numeric, unit: years }
  size: { type: numeric, unit: mm, known: final-pathology }
  grade: { type: ordinal, levels: [1, 2, 3] }
  reader: { type: numeric, known: never, reason: it is the reader's verdict }
  pixel: { type: numeric, role: spacing }
${changes}`;

function problemsOf(text: string): readonly string[] {
  try {
    readProtocol(text, "study.yaml");
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe("the protocol", () => {
  it("writes out every default", () => {
    const protocol = readProtocol(study("blocks: { C: [age] }\nmodels: { C: [C] }"), "study.yaml");
    expect(protocol.regression).toEqual({ method: "ridge", folds: 10, rule: "minimum" });
    expect(protocol.validation).toEqual({ folds: 5, repeats: 20, patients: "development" });
    expect(protocol.split).toEqual({ method: "none" });
  });

  it("refuses a forbidden predictor with its reason and its line", () => {
    const problems = problemsOf(study("blocks: { C: [age, reader] }\nmodels: { C: [C] }"));
    expect(problems).toEqual([
      "study.yaml, line 11: block C: reader may not predict: it is the reader's verdict",
    ]);
  });

  it("refuses what is known only after the decision", () => {
    const problems = problemsOf(study("decision: before-surgery\nblocks: { C: [size] }\nmodels: { C: [C] }"));
    expect(problems[0]).toMatch(/size may not predict: it is known at final-pathology/);
  });

  it("refuses what by its name follows the outcome, unless the protocol says why it may predict", () => {
    const nodes = (more: string) =>
      problemsOf(
        study("blocks: { C: [nodes_examined] }\nmodels: { C: [C] }").replace(
          "variables:",
          `variables:\n  nodes_examined: { type: numeric${more} }`,
        ),
      );
    expect(nodes("")[0]).toMatch(/nodes_examined may not predict: by its name, .*write known: never/);
    expect(nodes(", acknowledged: nodes seen on ultrasound")).toEqual([]);
  });

  it.each([
    ["the outcome", "event"],
    ["the patient's id", "patient"],
    ["a spacing column", "pixel"],
  ])("refuses %s as a predictor", (_what, column) => {
    expect(problemsOf(study(`blocks: { C: [${column}] }\nmodels: { C: [C] }`))[0]).toMatch(/may not predict/);
  });

  it("names every contradiction at once", () => {
    const problems = problemsOf(
      study(
        "blocks: { C: [age, age, colour], R: { radiomics: all } }\nmodels: { C: [C, X] }\nsubgroups: [{ variable: age }]",
      ),
    );
    expect(problems).toHaveLength(5);
    expect(problems.join("\n")).toMatch(
      /names age twice[^]*colour is not described[^]*names no images[^]*needs block X[^]*need cuts/,
    );
  });

  it.each([
    ["a first day without a date", "random, prospectiveFrom: 2021-01-01", /prospectiveFrom and dateColumn/],
    [
      "a date that is not described",
      "random, prospectiveFrom: 2021-01-01, dateColumn: seen",
      /not described/,
    ],
    ["a number as the date", "random, prospectiveFrom: 2021-01-01, dateColumn: age", /needs a date; age is/],
    ["an unknown stratum", "random, stratifyBy: [seen]", /stratification needs variable seen/],
    [
      "a prospective set before the test set",
      "temporal, column: age, testFrom: 2021-01-02, prospectiveFrom: 2021-01-01",
      /needs a date[^]*begin after the test set/,
    ],
  ])("refuses a split with %s", (_what, split, message) => {
    const text = study(`blocks: { C: [size] }\nmodels: { C: [C] }\nsplit: { method: ${split} }`);
    expect(problemsOf(text).join("\n")).toMatch(message);
  });

  it("refuses the date of a prospective phase as a predictor", () => {
    const split = "split: { method: random, prospectiveFrom: 2021-01-01, dateColumn: age }";
    expect(problemsOf(study(`blocks: { C: [age] }\nmodels: { C: [C] }\n${split}`)).join("\n")).toMatch(
      /age may not predict: it tells the sets apart/,
    );
  });

  it("names the key and the line of a value that does not fit", () => {
    expect(
      problemsOf(study("blocks: { C: [age] }\nmodels: { C: [C] }\nvalidation: { folds: 1 }"))[0],
    ).toMatch(/line 13: validation.folds/);
    expect(problemsOf(study("blocks: { C: [age] }\nmodels: { C: [C] }\nfoo: 1"))[0]).toMatch(/foo/);
  });

  it("names the line of broken YAML", () => {
    expect(problemsOf("name: [")[0]).toMatch(/study.yaml, line 1/);
  });

  it("has a JSON Schema that is the one in schema/study.schema.json", () => {
    const file = new URL("../../../../schema/study.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(protocolJsonSchema())));
  });
});
