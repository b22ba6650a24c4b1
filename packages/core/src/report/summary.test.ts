import { describe, expect, it } from "vitest";
import type { Comparison, Evaluation } from "../validation/evaluation.ts";
import { developmentSampleSize } from "../validation/sample-size.ts";
import { sortedFindings } from "./findings-list.ts";
import { limitationSentences } from "./limitations.ts";
import { nestedSteps } from "./nesting.ts";
import type { ReportModel, ReportModelEntry } from "./report-model.ts";
import { summarySentences } from "./summary.ts";
import { thresholdMeasures } from "../validation/confusion.ts";

function entry(name: string, blocks: readonly string[]): ReportModelEntry {
  const predictor = {
    intercept: 0,
    columns: [],
    regression: { method: "maximum-likelihood" } as const,
    lambda: null,
    standardErrors: null,
  };
  return {
    name,
    blocks,
    fitted: {
      schema: "sentinode/model@1",
      kind: "logistic",
      name,
      inputs: [],
      scores: {},
      predictor,
      training: { patients: 90, events: 30 },
    },
    coefficients: [],
  };
}

function evaluation(model: string, change: Partial<Evaluation> = {}): Evaluation {
  const estimate = (value: number, lower: number, upper: number) => ({ value, lower, upper, method: "Wald" });
  return {
    model,
    dataset: "test",
    method: "held-out",
    patients: 40,
    events: 15,
    auc: estimate(0.8, 0.7, 0.9),
    brier: { value: 0.2 },
    scaledBrier: { value: 0.1 },
    calibration: {
      intercept: estimate(0, -1, 1),
      slope: estimate(0.5, 0.2, 0.8),
      ici: { value: 0.1 },
      curve: [],
    },
    decisionCurve: [],
    thresholds: [],
    ...change,
  };
}

function comparison(first: string, second: string, limits: readonly [number, number, number]): Comparison {
  const [difference, lower, upper] = limits;
  return {
    first,
    second,
    dataset: "test",
    test: "DeLong paired",
    difference,
    lower,
    upper,
    z: 1,
    pValue: 0.2,
  };
}

const base: ReportModel = {
  study: {
    name: "s",
    description: "",
    outcomeLabel: "metastasis",
    seed: 1,
    software: "sentinode",
    protocolHash: "h",
    simulated: false,
  },
  flow: { assessed: 60, excluded: [], analysed: 60, events: 20, parts: [] },
  tableOne: { byOutcome: null, byPart: null },
  methods: [],
  models: [entry("C", ["C"]), entry("A", ["A"]), entry("CA", ["C", "A"]), entry("CAR", ["C", "A", "R"])],
  evaluations: ["C", "A", "CA", "CAR"].map((model) => evaluation(model)),
  comparisons: [comparison("CA", "CAR", [-0.02, -0.06, 0.02]), comparison("CA", "C", [0.1, 0.02, 0.18])],
  findings: [],
  predictions: [],
  subgroups: [],
  versions: [],
  hashes: [],
};

describe("what a study found", () => {
  it("follows the chain of models that contain one another", () => {
    expect(
      nestedSteps(base, "test").map(({ smaller, larger, added }) => [smaller.name, larger.name, added]),
    ).toEqual([
      ["C", "CA", ["A"]],
      ["CA", "CAR", ["R"]],
    ]);
  });

  it("reads a comparison as larger minus smaller, whichever way it was stored", () => {
    const step = nestedSteps(base, "test")[1];
    expect([step.difference, step.lower, step.upper]).toEqual([0.02, -0.02, 0.06]);
    expect(summarySentences(base).join(" ")).toContain("+0.020 (95% CI \u22120.020 to 0.060");
  });

  it("claims no benefit where the interval holds no change", () => {
    const text = summarySentences(base).find((sentence) => sentence.includes("model CAR"))!;
    expect(text).toContain("do not show that it helps or harms");
  });

  it("says that a larger model is worse where it is", () => {
    const worse = { ...base, comparisons: [comparison("CAR", "CA", [-0.1, -0.15, -0.05])] };
    expect(summarySentences(worse).join(" ")).toContain("ranks patients worse");
  });

  it("says that slopes below 1 mean risks that are too extreme", () => {
    expect(summarySentences(base).join(" ")).toContain("too extreme");
  });

  it("reports resampling where no patients were set apart, and names this as a limitation", () => {
    const evaluations = base.evaluations.map((own): Evaluation => ({
      ...own,
      dataset: "development",
      method: "cross-validation",
    }));
    const internal = { ...base, evaluations };
    expect(summarySentences(internal).join(" ")).toContain("Development set, cross-validated");
    expect(limitationSentences(internal).join(" ")).toContain("internal validation");
  });

  it("says which patients were cross-validated beside a test", () => {
    const evaluations = base.evaluations.flatMap((own): Evaluation[] => [
      own,
      { ...own, dataset: "development", method: "cross-validation", patients: 90, events: 33 },
    ]);
    const text = (crossValidated: "development" | "all") =>
      summarySentences({ ...base, evaluations, crossValidated }).join(" ");
    expect(text("development")).toContain("(development set, 90 patients, 33 events)");
    expect(text("all")).toContain("(development and test sets together, 90 patients, 33 events)");
  });

  it("names the test of every p-value", () => {
    for (const sentence of summarySentences(base))
      if (/\bp [=<]/.test(sentence)) expect(sentence).toContain("DeLong's paired test, p = ");
  });

  it("compares the fullest model with its best part where the chain passes it by", () => {
    const evaluations = base.evaluations.map((own) =>
      own.model === "A" ? { ...own, auc: { ...own.auc, value: 0.85 } } : own,
    );
    const comparisons = [...base.comparisons, comparison("CAR", "A", [-0.01, -0.06, 0.04])];
    expect(summarySentences({ ...base, evaluations, comparisons }).join(" ")).toContain(
      "Adding C and R to A (model CAR)",
    );
    expect(summarySentences({ ...base, comparisons }).join(" ")).not.toContain("to A (model CAR)");
  });

  it("calls no calibration good whose interval is wide", () => {
    const withSlope = (lower: number, upper: number) => {
      const slope = { value: 1, lower, upper, method: "Wald" };
      const own = evaluation("CAR");
      const calibration = { ...own.calibration, slope };
      return summarySentences({ ...base, evaluations: [{ ...own, calibration }] }).join(" ");
    };
    expect(withSlope(0.5, 1.5)).toContain("too wide to show good calibration");
    expect(withSlope(0.9, 1.1)).toContain("close to 1");
  });

  it("says where a rule's limit was not kept, and where it is not known to be", () => {
    const withCounts = (falseNegatives: number, truePositives: number) => {
      const counts = { truePositives, falseNegatives, trueNegatives: 20, falsePositives: 5 };
      const point = { name: "fnr<=0.05", threshold: 0.2, ...thresholdMeasures(counts) };
      return summarySentences({ ...base, evaluations: [evaluation("CAR", { thresholds: [point] })] }).join(
        " ",
      );
    };
    expect(withCounts(4, 11)).toContain("more than the limit that the rule keeps in its training patients");
    expect(withCounts(0, 15)).toContain("does not exclude more than the rule's limit");
    expect(withCounts(0, 500)).not.toContain("rule's limit");
  });

  it("never reports an apparent result", () => {
    const evaluations = base.evaluations.map((own): Evaluation => ({ ...own, method: "apparent" }));
    expect(summarySentences({ ...base, evaluations }).join(" ")).not.toContain("0.800");
  });

  it("survives values that do not exist", () => {
    const nothing = { value: null, lower: null, upper: null, method: "" };
    const missing = evaluation("CAR", {
      auc: nothing,
      calibration: { intercept: nothing, slope: nothing, ici: { value: null }, curve: [] },
    });
    const comparisons = [
      { ...comparison("CAR", "CA", [0, 0, 0]), difference: null, lower: null, upper: null, pValue: null },
    ];
    expect(summarySentences({ ...base, evaluations: [missing], comparisons }).join(" ")).not.toMatch(
      /NaN|null|undefined/,
    );
    expect(summarySentences({ ...base, models: [], evaluations: [] })).toHaveLength(2);
  });
});

describe("limitations", () => {
  it("name simulated data first, small samples, the missing external set, and the use for research", () => {
    const sentences = limitationSentences({ ...base, study: { ...base.study, simulated: true } });
    expect(sentences[0]).toContain("simulated");
    expect(sentences.join(" ")).toContain("fewer than the 100");
    expect(sentences.join(" ")).toContain("No external set");
    expect(sentences.at(-1)).toContain("not a medical device");
  });
});

describe("the size of the training set", () => {
  const columns = Array.from({ length: 12 }, (_, i) => ({
    kind: "linear" as const,
    column: `x${i}`,
    impute: 0,
    center: 0,
    scale: 1,
    coefficient: 0.1,
  }));
  const fullest = entry("CAR", ["C", "A", "R"]);
  const fitted = { ...fullest.fitted, predictor: { ...fullest.fitted.predictor, columns } };
  const sized = { ...base, models: [{ ...fullest, fitted } as ReportModelEntry] };

  it("is counted by the rarer outcome for each coefficient", () => {
    expect(limitationSentences(sized).join(" ")).toContain(
      "90 patients with 30 events, that is 2.5 patients of the rarer outcome for each of its 12 coefficients",
    );
  });

  it("is held against Riley's criteria at the cross-validated AUC", () => {
    const judged = evaluation("CAR", { dataset: "development", method: "cross-validation" });
    const anticipated = { measure: "c-statistic", value: 0.8 } as const;
    const { patients } = developmentSampleSize({ parameters: 12, prevalence: 1 / 3, anticipated });
    const text = limitationSentences({ ...sized, evaluations: [judged] }).join(" ");
    expect(text).toContain(`ask for ${patients} patients`);
    expect(limitationSentences(sized).join(" ")).not.toContain("Riley");
  });
});

describe("findings", () => {
  it("stand by severity, the same one once with its number", () => {
    const finding = (severity: "info" | "warning" | "error", code: string) => ({
      severity,
      code,
      message: "m",
    });
    const sorted = sortedFindings([
      finding("info", "a"),
      finding("error", "b"),
      finding("info", "a"),
      finding("warning", "c"),
    ]);
    expect(sorted.map(({ finding: { code }, times }) => [code, times])).toEqual([
      ["b", 1],
      ["c", 1],
      ["a", 2],
    ]);
  });
});
