import { writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { outcomeGrouping, tableOne } from "../../../core/src/cohort/table-one.ts";
import { type Cohort } from "../../../core/src/cohort/cohort.ts";
import { patientId } from "../../../core/src/cohort/patient.ts";
import { logistic } from "../../../core/src/math/elementary.ts";
import { createRandom, type Random } from "../../../core/src/math/random.ts";
import { type FittedModel } from "../../../core/src/models/model.ts";
import { methodsParagraphs } from "../../../core/src/report/methods.ts";
import { renderReport } from "../../../core/src/report/render-report.ts";
import {
  type ReportCoefficient,
  type ReportModel,
  type ReportModelEntry,
  type ReportPredictions,
} from "../../../core/src/report/report-model.ts";
import { protocolSchema } from "../../../core/src/study/protocol.ts";
import { delongTest } from "../../../core/src/validation/delong-test.ts";
import { evaluateRepeats } from "../../../core/src/validation/evaluate.ts";
import { type Comparison, type Evaluation } from "../../../core/src/validation/evaluation.ts";
import { thresholdGrid } from "../../../core/src/validation/threshold-grid.ts";
import { createDrawingDocument } from "./drawing-document.ts";

/** To look at the report: name a file here, run this test, open the file. */
const written = process.env["SENTINODE_REPORT"];

const NAMES = ["C", "A", "R", "CA", "CAR"] as const;
const STRENGTH: Readonly<Record<string, number>> = { C: 0.9, A: 1.1, R: 0.8, CA: 1.5, CAR: 1.7 };
const TEST_PATIENTS = 75;
const DEVELOPMENT_PATIENTS = 177;
const HOSTILE = `<script>alert("x")</script> & 'q' \u202Egnp.exe`;

interface Sample {
  readonly outcome: Uint8Array;
  /** Risks by model and repeat. */
  readonly risks: Readonly<Record<string, readonly Float64Array[]>>;
}

function sample(patients: number, repeats: number, random: Random): Sample {
  const outcome = Uint8Array.from({ length: patients }, () => (random.bernoulli(0.38) ? 1 : 0));
  const shared = Float64Array.from(outcome, () => random.normal());
  const risks = NAMES.map((name) => {
    const strength = STRENGTH[name]!;
    const base = Float64Array.from(
      outcome,
      (event, i) => strength * (2 * event - 1) * 0.75 + 0.75 * shared[i]! + 0.65 * random.normal(),
    );
    const repeated = Array.from({ length: repeats }, () =>
      base.map((value) => logistic(1.3 * value - 0.45 + (repeats > 1 ? 0.25 * random.normal() : 0))),
    );
    return [name, repeated] as const;
  });
  return { outcome, risks: Object.fromEntries(risks) };
}

function judged(
  subject: { readonly dataset: string; readonly method: Evaluation["method"] },
  { outcome, risks }: Sample,
): readonly Evaluation[] {
  const decisionThresholds = thresholdGrid(0.05, 0.6, 0.01);
  return NAMES.map((model) => {
    const repeats = risks[model]!.map((probability) => ({
      probability,
      thresholds: [
        { name: "fnr<=0.05", threshold: 0.12 },
        { name: "fnr<=0.10", threshold: 0.18 },
        { name: "p>=0.10", threshold: 0.1 },
      ],
    }));
    return evaluateRepeats({ model, ...subject }, outcome, repeats, { decisionThresholds }).evaluation;
  });
}

function predictionsOf(
  subject: { readonly dataset: string; readonly method: Evaluation["method"] },
  { outcome, risks }: Sample,
): readonly ReportPredictions[] {
  return NAMES.map((model) => ({ model, ...subject, outcome, probabilities: risks[model]! }));
}

function part({ outcome, risks }: Sample, keep: (i: number) => boolean): Sample {
  const filtered = Object.entries(risks).map(([name, repeats]) => [
    name,
    repeats.map((probability) => probability.filter((_, i) => keep(i))),
  ]);
  return {
    outcome: outcome.filter((_, i) => keep(i)),
    risks: Object.fromEntries(filtered) as Sample["risks"],
  };
}

function comparisonOf(test: Sample, first: string, second: string): Comparison {
  const { difference, lower, upper, z, pValue } = delongTest(
    test.outcome,
    test.risks[first]![0]!,
    test.risks[second]![0]!,
  );
  return { first, second, dataset: "test", test: "DeLong paired", difference, lower, upper, z, pValue };
}

function coefficients(count: number, random: Random): readonly ReportCoefficient[] {
  return Array.from({ length: count }, (_, i) => {
    const coefficient = 0.6 * random.normal();
    const oddsRatio = Math.exp(coefficient);
    const isRadiomic = i > 12;
    return {
      label: isRadiomic ? `glcm.joint_entropy_feature_${i}.fbn32` : `Predictor number ${i}`,
      detail: i % 3 === 0 ? "yes against no" : "",
      coefficient,
      oddsRatio,
      per: i % 3 === 0 ? "yes against no" : "per 10 mm",
      lower: count < 15 ? oddsRatio * 0.6 : null,
      upper: count < 15 ? oddsRatio * 1.7 : null,
    };
  });
}

function fitted(name: string, penalised: boolean): FittedModel {
  const regression = penalised
    ? ({ method: "penalised", alpha: 0, folds: 10, rule: "minimum" } as const)
    : ({ method: "maximum-likelihood" } as const);
  return {
    schema: "sentinode/model@1",
    kind: "logistic",
    name,
    inputs: [],
    scores: {},
    predictor: {
      intercept: -0.61,
      columns: [{ kind: "linear", column: "age", impute: 50, center: 50, scale: 10, coefficient: 0.2 }],
      regression,
      lambda: penalised ? 0.0312 : null,
      standardErrors: penalised ? null : [0.1, 0.1],
    },
    training: { patients: DEVELOPMENT_PATIENTS, events: 68 },
  };
}

function fixtureCohort(random: Random): Cohort {
  const patients = Array.from({ length: 252 }, (_, i) => patientId(`case${i}`));
  const outcome = Uint8Array.from(patients, () => (random.bernoulli(0.38) ? 1 : 0));
  const base = { knownAt: "before-surgery" } as const;
  const levels = (labels: readonly string[]) => labels.map((label, i) => ({ code: String(i), label }));
  return {
    patients,
    outcome,
    columns: [
      {
        variable: { ...base, kind: "numeric", name: "age", label: "Age", unit: "years" },
        values: Float64Array.from(outcome, (event) => 50 + 3 * event + 11 * random.normal()),
      },
      {
        variable: { ...base, kind: "numeric", name: "size", label: "Largest diameter", unit: "mm" },
        values: Float64Array.from(outcome, (event, i) =>
          i % 31 === 0 ? NaN : Math.exp(2.6 + 0.4 * event + 0.4 * random.normal()),
        ),
      },
      {
        variable: {
          ...base,
          kind: "binary",
          name: "palpable",
          label: "Palpable lump",
          levels: levels(["no", "yes"]),
          reference: "0",
        },
        codes: Int16Array.from(outcome, (event) => (random.bernoulli(0.3 + 0.3 * event) ? 1 : 0)),
      },
      {
        variable: {
          ...base,
          kind: "categorical",
          name: "margin",
          label: HOSTILE,
          levels: levels(["circumscribed", "indistinct", "spiculated"]),
          reference: "0",
        },
        codes: Int16Array.from(outcome, (event) => (random.bernoulli(0.5) ? event : random.integer(3))),
      },
    ],
    images: [],
  };
}

function protocolOf(name: string) {
  return protocolSchema.parse({
    schema: "sentinode/study@1",
    name,
    description:
      "A fabricated study that a test renders. It has as many patients as a small hospital sees in two years.",
    simulated: true,
    cohort: { table: "study.csv", id: "patient_id" },
    outcome: { variable: "nsln", positive: 1, negative: 0, label: "non-sentinel node metastasis" },
    variables: {
      age: { type: "numeric", label: "Age", unit: "years" },
      size: { type: "numeric", label: "Largest diameter", unit: "mm" },
      margin: { type: "categorical", label: HOSTILE, levels: ["circumscribed", "indistinct", "spiculated"] },
      split: { type: "categorical", role: "split", levels: ["train", "test"], known: "never" },
    },
    eligibility: [{ reason: "neoadjuvant treatment", exclude: { variable: "age", below: 18 } }],
    images: { image: "images/{image}", mask: "images/{mask}", spacing: { column: "pixel_mm" } },
    blocks: {
      C: ["age", { column: "size", spline: 3 }],
      A: ["margin"],
      R: { radiomics: "all", entersAs: "score" },
    },
    models: { C: ["C"], A: ["A"], R: ["R"], CA: ["C", "A"], CAR: ["C", "A", "R"] },
    split: { method: "column", column: "split", development: "train", test: "test" },
    subgroups: [{ variable: "age", cuts: [50] }],
  });
}

function fixture(
  name = "Non-sentinel node metastasis from clinical data, axillary ultrasound and radiomics",
): ReportModel {
  const random = createRandom(7);
  const test = sample(TEST_PATIENTS, 1, random.fork("test"));
  const development = sample(DEVELOPMENT_PATIENTS, 5, random.fork("development"));
  const heldOut = { dataset: "test", method: "held-out" } as const;
  const crossValidated = { dataset: "development", method: "cross-validation" } as const;
  const young = { dataset: "subgroup:age=<50@test", method: "held-out" } as const;
  const old = { dataset: "subgroup:age=>=50@test", method: "held-out" } as const;
  const cohort = fixtureCohort(random.fork("cohort"));
  const events = cohort.outcome.reduce((sum, event) => sum + event, 0);
  const models = NAMES.map((model): ReportModelEntry => ({
    name: model,
    blocks: model.split(""),
    fitted: fitted(model, model.includes("R")),
    coefficients: coefficients(model.includes("R") ? 60 : 9, random.fork(model)),
  }));
  return {
    study: {
      name,
      description: protocolOf(name).description,
      outcomeLabel: "non-sentinel node metastasis",
      seed: 7,
      software: "sentinode 0.1.0",
      protocolHash: `sha256:${"ab12".repeat(16)}`,
      simulated: true,
    },
    flow: {
      assessed: 268,
      excluded: [
        { reason: "neoadjuvant treatment", patients: 9 },
        { reason: "no completion axillary lymph node dissection within ninety days", patients: 6 },
        { reason: HOSTILE, patients: 1 },
        { reason: "age below 18", patients: 0 },
      ],
      analysed: 252,
      events,
      parts: [
        { part: "development", patients: DEVELOPMENT_PATIENTS, events: 68 },
        { part: "test", patients: TEST_PATIENTS, events: 29 },
      ],
    },
    tableOne: {
      byOutcome: tableOne(cohort, outcomeGrouping(cohort, "non-sentinel node metastasis")),
      byPart: tableOne(cohort, {
        label: "set",
        levels: ["Development", "Test"],
        membership: Int16Array.from(cohort.patients, (_, i) => (i < DEVELOPMENT_PATIENTS ? 0 : 1)),
      }),
    },
    methods: methodsParagraphs(protocolOf(name)),
    models,
    evaluations: [
      ...judged(crossValidated, development),
      ...judged(heldOut, test),
      ...judged(
        young,
        part(test, (i) => i % 2 === 0),
      ),
      ...judged(
        old,
        part(test, (i) => i % 2 === 1),
      ),
    ],
    comparisons: [
      comparisonOf(test, "CA", "C"),
      comparisonOf(test, "CA", "CAR"),
      comparisonOf(test, "CAR", "C"),
    ],
    findings: [
      {
        code: "mask-several-components",
        severity: "info",
        message: "case12: the mask has 2 parts; all are measured",
      },
      {
        code: "auc-near-one",
        severity: "warning",
        message:
          "an AUC above 0.98 needs an explanation; got 0.99; look for a predictor that knows the outcome",
      },
      {
        code: "separation",
        severity: "error",
        message: `block A: ${HOSTILE} separates the classes; ridge was used`,
      },
      {
        code: "mask-several-components",
        severity: "info",
        message: "case12: the mask has 2 parts; all are measured",
      },
    ],
    predictions: [...predictionsOf(crossValidated, development), ...predictionsOf(heldOut, test)],
    subgroups: [
      { dataset: young.dataset, within: "test", variable: "Age", level: "below 50" },
      { dataset: old.dataset, within: "test", variable: "Age", level: "50 and over" },
    ],
    versions: [
      { name: "@sentinode/core", value: "0.1.0" },
      { name: "Node", value: "24.21.0" },
    ],
    hashes: [{ name: "study.csv", value: `sha256:${"0f".repeat(32)}` }],
  };
}

const page = renderReport(fixture(), createDrawingDocument());
if (written !== undefined) writeFileSync(written, page);

describe("the report of a study", () => {
  it("renders", () => {
    expect(page.length).toBeGreaterThan(1000);
    expect(parseHTML(page)).toBeDefined();
  });
});
