import { stringify } from "yaml";
import { headerWords } from "../cohort/header-words.ts";
import { proposeVariables, type VariableProposal } from "../cohort/propose-variables.ts";
import type { RawTable } from "../cohort/raw-table.ts";
import { InputError } from "../errors.ts";
import { proposeComparators } from "./propose-comparators.ts";

/** Where the images of a study lie, as far as the file names tell. */
export interface ImageProposal {
  readonly image: string;
  readonly mask: string;
}

/** What a proposed protocol says and what a person must decide. */
export interface ProtocolProposal {
  /** A commented `study.yaml`. */
  readonly text: string;
  /** Decisions that the table does not settle. */
  readonly questions: readonly string[];
}

/** Words of axillary or breast ultrasound; the columns that they name are proposed as block A. */
const ultrasoundWords = new Set(
  "us aus ultrasound sonography cortex cortical hilum hilar axillary axilla echogenicity echo posterior margin shape halo flow vascularity orientation suspicious ls diameter calcification calcifications".split(
    " ",
  ),
);

/**
 * A protocol for a table, to be read and corrected by a person before it is run.
 *
 * @param table As read.
 * @param images Patterns of image and mask paths; null for a study without images.
 * @throws {InputError} No column looks like an id or an outcome, so that a person must say which.
 */
export function proposeProtocol(table: RawTable, images: ImageProposal | null): ProtocolProposal {
  const proposals = proposeVariables(table);
  const id = proposals.find(({ role }) => role === "id");
  const outcome = proposals.find(({ role }) => role === "outcome");
  if (id === undefined)
    throw new InputError(
      `${table.file}: a protocol needs a column that names the patient; none looks like an id; add one, e.g. patient_id`,
    );
  if (outcome === undefined)
    throw new InputError(
      `${table.file}: a protocol needs an outcome of two values; no column looks like one; add it as the last column`,
    );
  const described = proposals.filter(({ role }) => !["id", "outcome", "image", "mask"].includes(role));
  const predictors = described.filter(({ role, kind }) => role === "predictor" && kind !== "date");
  const questions = questionsOf(outcome, described, table);
  const tokens = [...new Set(proposals.flatMap(({ missingTokens }) => missingTokens))];
  const lines = [
    "# yaml-language-server: $schema=./study.schema.json",
    "# Proposed by sentinode init from the headers and cells of the table. Read every line: names, units, the time when a",
    "# value is known, and what may predict are your decisions.",
    ...questions.map((question) => `# To decide: ${question}`),
    "schema: sentinode/study@1",
    `name: ${scalar(`Study of ${table.file}`)}`,
    "seed: 1",
    "",
    "cohort:",
    `  table: ${scalar(table.file)}`,
    `  id: ${scalar(id.name)}`,
    ...(tokens.length === 0 ? [] : [`  missing: [${tokens.map(scalar).join(", ")}]`]),
    "",
    "outcome:",
    `  variable: ${scalar(outcome.name)}`,
    `  positive: ${scalar(outcome.positive ?? outcome.levels.at(-1)!)}`,
    `  negative: ${scalar(outcome.levels.find((level) => level !== (outcome.positive ?? outcome.levels.at(-1)))!)}`,
    `  label: ${scalar(outcome.label)}`,
    "",
    "# before-surgery, after-sentinel-biopsy or final-pathology: a predictor known later is refused.",
    "decision: final-pathology",
    "",
    "# known: before-surgery | after-sentinel-biopsy | final-pathology | never",
    "variables:",
    ...described.flatMap(variableLines),
    "",
    ...imageLines(images, described),
    ...blockLines(predictors, images),
    "",
    ...comparatorLines(described),
    "# maximum-likelihood, firth, ridge, lasso or elastic-net; the penalty of the last three is chosen inside the training set.",
    "regression: { method: ridge }",
    "",
    ...splitLines(described),
    "validation: { folds: 5, repeats: 20 }",
    "",
    "thresholds:",
    "  # Chosen on out-of-fold predictions of training patients: miss at most 5 % or 10 % of the events; or fixed.",
    '  rules: [fnr<=0.05, fnr<=0.10, "p>=0.10"]',
    "  decisionCurve: { from: 0.05, to: 0.4, step: 0.01 }",
  ];
  return { text: `${lines.join("\n")}\n`, questions };
}

function questionsOf(
  outcome: VariableProposal,
  described: readonly VariableProposal[],
  table: RawTable,
): string[] {
  const unfit = described.filter(({ unreadable }) => unreadable > 0);
  return [
    ...(outcome.positive === null
      ? [`which code of ${outcome.name} is the event; the last one is assumed`]
      : []),
    ...unfit.map(
      ({ name, unreadable }) =>
        `${name} has ${String(unreadable)} cells that do not fit its type; correct them or add their text to missing`,
    ),
    ...described
      .filter(({ kind }) => kind === "ordinal")
      .map(({ name }) => `whether the levels of ${name} stand in ascending order`),
    ...proposeComparators(described).map(({ column }) => `whether a higher ${plain(column)} is worse`),
    ...(table.rows.length < 100
      ? [`whether ${String(table.rows.length)} rows are enough for the planned predictors`]
      : []),
  ];
}

/** Columns that no protocol describes: they are named in a comment with the reason. */
const undescribedKinds: readonly VariableProposal["kind"][] = ["text", "empty", "constant", "file-name"];
const kindsWithLevels: readonly VariableProposal["kind"][] = ["binary", "categorical", "ordinal"];
/** The schema's default, and roles whose columns the protocol names elsewhere. */
const unwrittenRoles: readonly VariableProposal["role"][] = ["predictor", "id", "outcome", "image", "mask"];

function variableLines(variable: VariableProposal): string[] {
  const { kind, name, label, unit, knownAt, reason, missingShare, role } = variable;
  const note = missingShare > 0 ? ` # ${(100 * missingShare).toFixed(0)} % missing` : "";
  if (undescribedKinds.includes(kind))
    return [`  # ${plain(name)}: left out, ${reason ?? "it cannot predict"}${note}`];
  const parts = [
    `type: ${kind}`,
    `label: ${scalar(label)}`,
    ...(unit === null ? [] : [`unit: ${scalar(unit)}`]),
    ...(kindsWithLevels.includes(kind) ? [`levels: [${variable.levels.map(scalar).join(", ")}]`] : []),
    `known: ${knownAt}`,
    ...(unwrittenRoles.includes(role) ? [] : [`role: ${role}`]),
    ...(reason === null ? [] : [`reason: ${scalar(reason)}`]),
  ];
  return [`  ${scalar(name)}: { ${parts.join(", ")} }${note}`];
}

function imageLines(images: ImageProposal | null, described: readonly VariableProposal[]): string[] {
  if (images === null) return [];
  const spacing = described.find(({ role }) => role === "spacing");
  return [
    "# Paths relative to the data folder; {column} stands for the row's cell.",
    "images:",
    `  image: ${scalar(images.image)}`,
    `  mask: ${scalar(images.mask)}`,
    "  # Size of a pixel: { column: NAME } or { mm: 0.07 } or none. Without it, features are in pixels only.",
    `  spacing: ${spacing === undefined ? "none" : `{ column: ${scalar(spacing.name)} }`}`,
    "",
    "radiomics:",
    "  discretisations:",
    "    - { method: fixed-bin-number, bins: 32 }",
    "",
  ];
}

function blockLines(predictors: readonly VariableProposal[], images: ImageProposal | null): string[] {
  const isUltrasound = ({ name }: VariableProposal) =>
    headerWords(name).some((word) => ultrasoundWords.has(word));
  const [clinical, ultrasound] = [
    predictors.filter((one) => !isUltrasound(one)),
    predictors.filter(isUltrasound),
  ];
  const blocks = [
    ...(clinical.length === 0 ? [] : [{ name: "C", text: list(clinical) }]),
    ...(ultrasound.length === 0 ? [] : [{ name: "A", text: list(ultrasound) }]),
    ...(images === null ? [] : [{ name: "R", text: "{ radiomics: all, entersAs: score }" }]),
  ];
  const nested = blocks.map((_, index) => blocks.slice(0, index + 1).map(({ name }) => name));
  return [
    "# Groups of predictors: C clinical, A axillary and breast ultrasound, R radiomics. Any names will do.",
    "blocks:",
    ...blocks.map(({ name, text }) => `  ${name}: ${text}`),
    "",
    "# Nested models.",
    "models:",
    ...nested.map((names) => `  ${names.join("")}: [${names.join(", ")}]`),
  ];
}

function comparatorLines(described: readonly VariableProposal[]): string[] {
  const comparators = proposeComparators(described);
  if (comparators.length === 0) return [];
  return [
    "# What every model is compared with; never an input.",
    "comparators:",
    ...comparators.map(({ name, column }) => `  ${name}: { score: ${scalar(column)}, higher: worse }`),
    "",
  ];
}

function splitLines(described: readonly VariableProposal[]): string[] {
  const column = described.find(({ role }) => role === "split");
  const test = column?.levels.find((level) => /test|external|valid/i.test(level));
  const development = column?.levels.find((level) => /train|dev/i.test(level));
  return [
    "# none, random (testShare), column, temporal (testFrom) or centre (test); always whole patients.",
    column !== undefined && test !== undefined && development !== undefined
      ? `split: { method: column, column: ${scalar(column.name)}, development: ${scalar(development)}, test: ${scalar(test)} }`
      : "split: { method: random, testShare: 0.3 }",
  ];
}

function list(variables: readonly VariableProposal[]): string {
  return `[${variables.map(({ name }) => scalar(name)).join(", ")}]`;
}

/** A text as YAML writes it inside a flow map, quoted where needed. */
function scalar(text: string): string {
  return stringify(text, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 }).trim();
}

/** A header in a comment: one line. */
function plain(text: string): string {
  return text.replace(/[^\P{C}]/gu, " ");
}
