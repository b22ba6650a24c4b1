import { InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import type { ChainedEquations } from "../models/imputation/chained-equations.ts";
import type {
  BlockSpecification,
  HarmonisationSpecification,
  ModelSpecification,
  Regression,
  TermSpecification,
} from "../models/model.ts";
import { reproducibilityLimit } from "./perturbation-plan.ts";
import { predictorNames } from "./predictor-names.ts";
import { codeBook } from "./protocol-variables.ts";
import { refittedSpecifications } from "./refitted-comparators.ts";
import type { Protocol, ProtocolBlock, ProtocolRegression } from "./protocol.ts";

/**
 * The models of a protocol, their blocks resolved to columns of the predictor table, and after them the comparators that
 * are refitted like models.
 *
 * @param predictors Columns that exist; no value of a patient is looked at.
 * @throws {InputError} A radiomic name that matches no feature.
 */
export function modelSpecifications(
  protocol: Protocol,
  predictors: PredictorTable,
): readonly ModelSpecification[] {
  const imputation = chainedEquations(protocol);
  const models = Object.entries(protocol.models).map(([name, model]): ModelSpecification => {
    const blocks = Array.isArray(model) ? model : model.blocks;
    const own = Array.isArray(model) ? undefined : model;
    const regression = own?.regression ?? protocol.regression;
    const specifications = blocks.map((block) => blockSpecification(protocol, block, predictors));
    const harmonisation = harmonisationOf(protocol, specifications);
    return {
      name,
      blocks: specifications,
      ...(harmonisation === null ? {} : { harmonisation }),
      regression: toRegression(regression),
      ...(own?.learner === undefined ? {} : { learner: own.learner }),
      innerFolds: protocol.validation.folds,
      ...(imputation === null ? {} : { imputation }),
    };
  });
  return [...models, ...refittedSpecifications(protocol, imputation)];
}

/**
 * The chained equations of a protocol: one set for all models, so that they share their imputations, with every column
 * that a block without a filter names.
 *
 * @returns Null for simple imputation.
 */
function chainedEquations(protocol: Protocol): ChainedEquations | null {
  const { imputation } = protocol;
  if (imputation.method === "simple") return null;
  const { imputations, iterations, derived } = imputation;
  return { columns: predictorNames(protocol), imputations, iterations, derived };
}

/** The harmonisation of the radiomic features of a model; null where it has none. */
function harmonisationOf(
  { harmonisation, variables, blocks }: Protocol,
  own: readonly BlockSpecification[],
): HarmonisationSpecification | null {
  if (harmonisation === undefined) return null;
  const { by, covariates, priors, meanOnly, reference } = harmonisation;
  const radiomic = own.filter(({ name }) => "radiomics" in blocks[name]);
  const columns = [...new Set(radiomic.flatMap(({ terms }) => terms.map(({ column }) => column)))];
  if (columns.length === 0) return null;
  const labels = codeBook(variables[by].levels);
  return {
    by,
    columns,
    covariates: covariates.map(toTerm),
    parametric: priors === "parametric",
    meanOnly,
    reference: reference === undefined ? null : labels.find(({ code }) => code === String(reference))!.label,
  };
}

/**
 * A regression as the models know it.
 *
 * @example toRegression({ method: "lasso", folds: 10, rule: "minimum" }) // => {"method":"penalised","alpha":1,"folds":10,"rule":"minimum"}
 */
export function toRegression(regression: ProtocolRegression): Regression {
  switch (regression.method) {
    case "maximum-likelihood":
    case "firth":
      return { method: regression.method };
    case "ridge":
      return { method: "penalised", alpha: 0, folds: regression.folds, rule: regression.rule };
    case "lasso":
      return { method: "penalised", alpha: 1, folds: regression.folds, rule: regression.rule };
    case "elastic-net":
      return { method: "penalised", alpha: regression.alpha, folds: regression.folds, rule: regression.rule };
  }
}

function blockSpecification(
  { blocks, radiomics }: Protocol,
  name: string,
  predictors: PredictorTable,
): BlockSpecification {
  const block = blocks[name];
  if (Array.isArray(block))
    return { name, terms: block.map(toTerm), filter: null, entersAs: { kind: "features" } };
  const entersAs =
    block.entersAs === "features"
      ? ({ kind: "features" } as const)
      : ({
          kind: "score",
          regression: toRegression(block.scoreRegression),
          ...(block.scoreLearner === undefined ? {} : { learner: block.scoreLearner }),
        } as const);
  if ("predictors" in block) return { name, terms: block.predictors.map(toTerm), filter: null, entersAs };
  const columns = radiomicColumns(name, block.radiomics, predictors);
  return {
    name,
    terms: columns.map((column) => ({ column, shape: "linear" })),
    filter: {
      ...block.filter,
      ...(radiomics.reproducibility === undefined
        ? {}
        : { reproducibility: reproducibilityLimit(radiomics.reproducibility) }),
    },
    ...(block.selection === undefined ? {} : { selection: block.selection }),
    entersAs,
  };
}

function toTerm(term: Extract<ProtocolBlock, readonly unknown[]>[number]): TermSpecification {
  if (typeof term === "string") return { column: term, shape: "linear", ordered: "rank" };
  return {
    column: term.column,
    shape: term.spline === undefined ? "linear" : { knots: term.spline },
    ordered: term.ordinal ?? "rank",
  };
}

function radiomicColumns(
  block: string,
  wanted: "all" | readonly string[],
  predictors: PredictorTable,
): readonly string[] {
  const available = predictors.columns
    .filter((column) => column.source.kind === "radiomic")
    .map((column) => column.name);
  if (wanted === "all") return available;
  const unmatched = wanted.filter((prefix) => !available.some((name) => name.startsWith(prefix)));
  if (unmatched.length > 0)
    throw new InputError(
      unmatched.map(
        (prefix) =>
          `block ${block} needs radiomic features that start with ${prefix}; the settings give none; see features.json of a run for the names`,
      ),
    );
  return available.filter((name) => wanted.some((prefix) => name.startsWith(prefix)));
}
