import type { CoefficientRow } from "../../../core/src/models/coefficient-table.ts";
import { writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { outcomeGrouping, tableOne } from "../../../core/src/cohort/table-one.ts";
import type { Cohort } from "../../../core/src/cohort/cohort.ts";
import { patientId } from "../../../core/src/cohort/patient.ts";
import { logistic } from "../../../core/src/math/elementary.ts";
import { createRandom, type Random } from "../../../core/src/math/random.ts";
import type { FittedModel, LinearPredictor, Regression } from "../../../core/src/models/model.ts";
import { formatEstimate, formatPercent } from "../../../core/src/report/format.ts";
import { methodsParagraphs } from "../../../core/src/report/methods.ts";
import { renderReport } from "../../../core/src/report/render-report.ts";
import type {
  ReportModel,
  ReportModelEntry,
  ReportPredictions,
} from "../../../core/src/report/report-model.ts";
import { protocolSchema } from "../../../core/src/study/protocol.ts";
import { delongTest } from "../../../core/src/validation/delong-test.ts";
import { evaluateRepeats } from "../../../core/src/validation/evaluate.ts";
import type { Comparison, Evaluation } from "../../../core/src/validation/evaluation.ts";
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
    const strength = STRENGTH[name];
    const base = Float64Array.from(
      outcome,
      (event, i) => strength * (2 * event - 1) * 0.75 + 0.75 * shared[i] + 0.65 * random.normal(),
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
    const repeats = risks[model].map((probability) => ({
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
  return NAMES.map((model) => ({ model, ...subject, outcome, probabilities: risks[model] }));
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
    test.risks[first][0],
    test.risks[second][0],
  );
  return { first, second, dataset: "test", test: "DeLong paired", difference, lower, upper, z, pValue };
}

function coefficients(count: number, random: Random): readonly CoefficientRow[] {
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

function fittedScore(regression: Regression): LinearPredictor {
  const base = { center: 2, scale: 4 };
  return {
    intercept: 0.3,
    columns: [
      { ...base, kind: "linear", column: "glcm.contrast.fbn32", impute: 12.5, coefficient: 0.8 },
      { ...base, kind: "linear", column: "glcm.energy.fbn32", impute: 0.5, coefficient: 0 },
      {
        ...base,
        kind: "indicator",
        column: "margin",
        level: HOSTILE,
        imputeLevel: "indistinct",
        coefficient: -0.4,
      },
    ],
    regression,
    lambda: 0.02,
    standardErrors: null,
  };
}

function fitted(name: string, penalised: boolean): FittedModel {
  const regression = penalised
    ? ({ method: "penalised", alpha: 0, folds: 10, rule: "minimum" } as const)
    : ({ method: "maximum-likelihood" } as const);
  return {
    schema: "sentinode/model@1",
    kind: "logistic",
    name,
    inputs: [
      {
        kind: "numeric",
        name: "glcm.contrast.fbn32",
        label: "GLCM contrast (32 bins)",
        unit: null,
        trainingRange: [1, 90],
      },
      { kind: "numeric", name: "age", label: `Age ${HOSTILE}`, unit: "years", trainingRange: [24, 88] },
    ],
    scores: penalised ? { R: fittedScore(regression) } : {},
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
    subgroupTests: [
      {
        model: "CAR",
        within: "test",
        method: "held-out",
        variable: "age",
        label: "Age",
        chiSquared: 1.2,
        degreesOfFreedom: 1,
        pValue: 0.27,
        levels: 2,
        fewest: 9,
      },
    ],
    versions: [
      { name: "@sentinode/core", value: "0.1.0" },
      { name: "Node", value: "24.21.0" },
    ],
    hashes: [{ name: "study.csv", value: `sha256:${"0f".repeat(32)}` }],
  };
}

const model = fixture();
const page = renderReport(model, createDrawingDocument());
if (written !== undefined) writeFileSync(written, page);
const { document } = parseHTML(page) as { readonly document: ParsedElement };

/** The part of linkedom's elements that these tests read. */
interface ParsedElement {
  readonly localName: string;
  readonly textContent: string;
  readonly id: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<ParsedElement> & ArrayLike<ParsedElement>;
}

function all(selector: string, within: ParsedElement = document): readonly ParsedElement[] {
  return [...within.querySelectorAll(selector)];
}

function fileOf(link: ParsedElement): string {
  const address = link.getAttribute("href")!;
  return decodeURIComponent(address.slice(address.indexOf(",") + 1));
}

describe("the report of a study", () => {
  it("is the same bytes every time", () => {
    expect(renderReport(fixture(), createDrawingDocument())).toBe(page);
  });

  it("runs no script, whatever the texts contain, and forbids it", () => {
    const hostile = fixture(HOSTILE);
    for (const text of [page, renderReport(hostile, createDrawingDocument())]) {
      expect(text.toLowerCase()).not.toContain("<script");
      expect(text).not.toMatch(/<[^>]*\son[a-z]+=/i);
      expect(text).not.toContain("\u202E");
    }
    expect(all("script, iframe, object, embed, link, img, form, base")).toHaveLength(0);
    const policy = all("meta[http-equiv]").map((meta) => meta.getAttribute("content")!);
    expect(policy[0]).toContain("default-src 'none'");
    expect(policy[0]).not.toContain("script-src");
  });

  it("reaches nothing outside itself", () => {
    for (const link of all("[href]"))
      expect(link.getAttribute("href")).toMatch(/^(#|data:(text\/csv|image\/svg\+xml);)/);
    expect(all("[src], [srcset], [action], [xlink\\:href]")).toHaveLength(0);
    const addresses =
      decodeURIComponent(page.replace(/%(?![0-9A-F]{2})/g, "")).match(/https?:\/\/[^\s"'<]*/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set(["http://www.w3.org/2000/svg"]));
    expect(page).not.toMatch(/url\(|@import/);
  });

  it("says once at the top and once at the end that it is for research, and that its data are simulated", () => {
    expect(
      all(".banner")
        .map(({ textContent }) => textContent)
        .join(" "),
    ).toMatch(/SIMULATED DATA.*not a medical device/s);
    const real = { ...model, study: { ...model.study, simulated: false } };
    const realPage = renderReport(real, createDrawingDocument());
    expect(realPage).not.toContain("SIMULATED DATA");
    expect(realPage).toContain("Research use only; not a medical device");
  });

  it("has one first heading and skips no level", () => {
    const levels = all("h1, h2, h3, h4").map(({ localName }) => Number(localName.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, i) => expect(level - levels[i]).toBeLessThanOrEqual(1));
  });

  it("has anchors that exist and ids that are unique", () => {
    const ids = all("[id]").map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of all("nav a")) expect(ids).toContain(link.getAttribute("href")!.slice(1));
  });

  it("prints no value that does not exist as a number", () => {
    expect(document.querySelectorAll("body")[0].textContent).not.toMatch(
      /NaN|undefined|null|Infinity|\[object/,
    );
  });
});

describe("a figure of the report", () => {
  const figures = all("figure");

  it("is one of flow, ROC, calibration, risks, decision curves, subgroups and coefficients, numbered in order", () => {
    const captions = figures.map((figure) => all("figcaption strong", figure)[0].textContent);
    captions.forEach((caption, i) => expect(caption).toContain(`Figure ${i + 1}.`));
    for (const title of [
      "Flow of patients",
      "ROC curves",
      "Calibration",
      "Predicted risk by outcome",
      "Decision curves",
      "AUC in subgroups",
      "Odds ratios",
    ])
      expect(captions.filter((caption) => caption.includes(title)).length).toBeGreaterThan(0);
  });

  it("can be read without being seen: drawings have a role and a name, its numbers stand in a table and a file", () => {
    for (const figure of figures) {
      for (const svg of all(".drawing > svg", figure)) {
        expect(svg.getAttribute("role")).toBe("img");
        expect(svg.getAttribute("aria-label")!.length).toBeGreaterThan(10);
      }
      const links = all("a.file", figure);
      expect(links.filter((link) => link.getAttribute("download")!.endsWith(".csv"))).toHaveLength(1);
      expect(links).toHaveLength(1 + all(".drawing", figure).length);
      const lines = fileOf(links[0]).trimEnd().split("\r\n");
      expect(all("details table tr", figure)).toHaveLength(lines.length);
      expect(lines.length).toBeGreaterThan(1);
    }
  });

  it("is well-formed SVG without scripts, styles or unrounded numbers", () => {
    const drawings = figures
      .flatMap((figure) => all("a.file", figure))
      .filter((link) => link.getAttribute("download")!.endsWith(".svg"));
    for (const link of drawings) {
      const svg = fileOf(link);
      const names: string[] = [];
      const parser = new SaxesParser({ xmlns: true });
      parser.on("error", (error) => expect.fail(error.message));
      parser.on("opentag", (tag) => names.push(tag.local));
      parser.write(svg).close();
      expect(names[0]).toBe("svg");
      expect(names).not.toContain("script");
      expect(svg).not.toMatch(/ d="[^"]*\.\d{3}/);
    }
  });

  it("says how many patients a missing value leaves out of all subgroups", () => {
    const captionsOf = (shown: ReportModel) => {
      const rendered = parseHTML(renderReport(shown, createDrawingDocument())) as { document: ParsedElement };
      return all("figcaption", rendered.document).map(({ textContent }) => textContent);
    };
    const subgroups = (captions: readonly string[]) =>
      captions.find((caption) => caption.includes("AUC in subgroups"))!;
    expect(subgroups(captionsOf(model))).not.toContain("Missing");
    const without = model.evaluations.map((own): Evaluation =>
      own.dataset.includes("<50") ? { ...own, patients: own.patients - 5 } : own,
    );
    expect(subgroups(captionsOf({ ...model, evaluations: without }))).toContain(
      "Missing, and in no subgroup: Age in 5 patients",
    );
  });

  it("draws every model as a line of its own", () => {
    const roc = figures.find((figure) =>
      all("figcaption", figure)[0].textContent.includes("ROC curves: test set"),
    )!;
    const lines = fileOf(all("a.file", roc)[0]);
    for (const name of NAMES) expect(lines).toMatch(new RegExp(`^${name},`, "m"));
    const strokes = new Set(
      all("svg g[stroke], svg path[stroke]", roc).map((mark) => mark.getAttribute("stroke")),
    );
    expect(strokes.size).toBeGreaterThanOrEqual(NAMES.length);
  });
});

describe("a table of the report", () => {
  const tables = all(".table table");

  it("has a caption, scopes, and rows of equal length", () => {
    for (const table of tables) {
      expect(all("caption", table)).toHaveLength(1);
      for (const head of all("th", table)) expect(head.getAttribute("scope")).not.toBeNull();
      const columns = all("thead th", table).length;
      for (const row of all("tbody tr", table)) {
        const cells = all("th, td", row).reduce(
          (sum, cell) => sum + Number(cell.getAttribute("colspan") ?? 1),
          0,
        );
        expect(cells).toBe(columns);
      }
    }
  });

  const textOf = (title: string) =>
    tables
      .filter((table) => all("caption", table)[0].textContent.includes(title))
      .map(({ textContent }) => textContent)
      .join("\n");

  it("prints the AUC of every model with its interval", () => {
    for (const { auc, dataset } of model.evaluations)
      if (!dataset.startsWith("subgroup:"))
        expect(textOf("Performance of the models")).toContain(formatEstimate(auc, 3));
  });

  it("prints both the false negative rate and the false omission rate", () => {
    const text = textOf("Operating points");
    expect(text).toContain("FNR");
    expect(text).toContain("FOR");
    const point = model.evaluations.find(({ model: name, dataset }) => name === "CAR" && dataset === "test")!
      .thresholds[0];
    expect(text).toContain(formatPercent(point.falseNegativeRate.value));
    expect(text).toContain(formatPercent(point.falseOmissionRate.value));
  });

  it("prints a model in full, the inside of a score and what missing values become included", () => {
    const text = textOf("Score R of model CAR in full");
    // 0.8 / 4 on the scale of the predictor, and 0.3 - (0.8 - 0.4) * 2 / 4 as intercept.
    for (const printed of [
      "GLCM contrast (32 bins)",
      "0.2000",
      "12.50",
      "\u22120.1000",
      "0.1000",
      "indistinct",
    ])
      expect(text).toContain(printed);
    expect(text).not.toContain("glcm.energy");
    expect(textOf("Model CAR in full")).toContain("Intercept");
  });

  it("tests differences between subgroups, and marks classes that are too small for it", () => {
    const text = textOf("Tests that the AUC is the same");
    expect(text).toContain("9*");
    expect(text).toContain("0.27");
  });

  it("describes the sets of a split without p-values", () => {
    expect(textOf("by outcome")).toMatch(/SMD\s*p/);
    expect(textOf("by set")).not.toMatch(/SMD\s*p\b/);
  });

  it("has no column of intervals that nowhere exist", () => {
    expect(textOf("Model CAR in full")).not.toContain("95% CI");
    expect(textOf("Model C in full")).toContain("95% CI");
  });

  it("names the test behind each p-value", () => {
    expect(
      all(".note")
        .map(({ textContent }) => textContent)
        .join(" "),
    ).toContain("Wilcoxon");
    expect(textOf("Differences of AUC")).toContain("DeLong paired");
  });
});

describe("the report of a poor study", () => {
  it("is still a page where nothing was judged", () => {
    const empty: ReportModel = {
      ...model,
      tableOne: { byOutcome: null, byPart: null },
      models: [],
      evaluations: [],
      comparisons: [],
      findings: [],
      predictions: [],
      subgroups: [],
      versions: [],
      hashes: [],
    };
    const text = renderReport(empty, createDrawingDocument());
    expect(text).toContain("No model was judged.");
    expect(text).toContain("The run noted nothing.");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("prints n/a where measures do not exist", () => {
    const nothing = { value: null, lower: null, upper: null, method: "none" };
    const evaluations = model.evaluations.map((evaluation): Evaluation => ({
      ...evaluation,
      auc: nothing,
      brier: { value: null },
      scaledBrier: { value: null },
      calibration: { intercept: nothing, slope: nothing, ici: { value: null }, curve: [] },
      decisionCurve: [],
      thresholds: [],
    }));
    const comparisons = model.comparisons.map((comparison) => ({
      ...comparison,
      difference: null,
      lower: null,
      upper: null,
      z: null,
      pValue: null,
    }));
    const poor = renderReport({ ...model, evaluations, comparisons }, createDrawingDocument());
    const visible = poor.replace(/href="[^"]*"/g, "");
    expect(visible).toContain("n/a");
    expect(visible).not.toMatch(/NaN|undefined|Infinity/);
  });
});
