import type { Finding } from "../errors.ts";
import { takePatients } from "../features/predictor-table.ts";
import { logistic } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { mean, sampleStandardDeviation } from "../math/statistics.ts";
import { crossFittedScore, type FittedScore } from "./cross-fit.ts";
import { columnName, designMatrix } from "./design-value.ts";
import { fitRegression } from "./fit-regression.ts";
import { inputColumns } from "./input-columns.ts";
import { learnDesign } from "./learn-design.ts";
import { toLinearPredictor } from "./linear-predictor.ts";
import type { DesignColumn, FilteredBlock, FittedModel, ModelSpecification } from "./model.ts";
import type { TrainingData } from "./training-data.ts";

/** A fitted model with what was learned on the way. */
export interface ModelFit {
  readonly model: FittedModel;
  /**
   * Probability of each training patient from folds whose regression did not see the patient's outcome, shape [n]; for
   * choosing thresholds. Imputation and scaling use no outcome and are those of all training patients; a score enters
   * with its cross-fitted values.
   */
  readonly outOfFold: Float64Array;
  readonly findings: readonly Finding[];
}

/**
 * Fits a model on training patients. Imputation, coding, scaling, filters, scores, penalties and coefficients are all
 * learned here, from these patients and no others.
 *
 * @param training Order of the patients does not matter: they are sorted by id before anything is drawn.
 * @param random Draws the folds inside the training set.
 * @throws {InputError} A term names a column that the table lacks, or a class has fewer patients than folds.
 */
export function fitModel(
  specification: ModelSpecification,
  training: TrainingData,
  random: Random,
): ModelFit {
  const { patients } = training.table;
  const order = [...patients.keys()].sort((a, b) =>
    patients[a] < patients[b] ? -1 : patients[a] > patients[b] ? 1 : a - b,
  );
  const table = takePatients(training.table, order);
  const outcome = Uint8Array.from(order, (row) => training.outcome[row]);
  const fit = fitSorted(specification, { table, outcome }, random);
  const outOfFold = new Float64Array(order.length);
  order.forEach((row, index) => (outOfFold[row] = fit.outOfFold[index]));
  return { ...fit, outOfFold };
}

function fitSorted(specification: ModelSpecification, training: TrainingData, random: Random): ModelFit {
  const { table, outcome } = training;
  const columns: DesignColumn[] = [];
  const scores: Record<string, FittedScore> = {};
  const findings: Finding[] = [];
  const filtered: FilteredBlock[] = [];
  for (const block of specification.blocks) {
    if (block.entersAs.kind === "features") {
      const learned = learnDesign(block, table);
      columns.push(...learned.columns);
      findings.push(...learned.findings);
      if (learned.filtered !== null) filtered.push(learned.filtered);
      continue;
    }
    const score = crossFittedScore(
      { ...block, regression: block.entersAs.regression },
      training,
      specification.innerFolds,
      random.fork(`score/${block.name}`),
    );
    scores[block.name] = score;
    findings.push(...score.findings);
    if (score.filtered !== null) filtered.push(score.filtered);
    columns.push(...scoreColumn(block.name, score));
  }
  const crossFitted = Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [name, score.crossFitted]),
  );
  const design = designMatrix(columns, table, crossFitted);
  const names = columns.map(columnName);
  const fitted = fitRegression(
    { design, outcome, names },
    specification.regression,
    specification.innerFolds,
    random.fork("regression"),
  );
  const predictor = toLinearPredictor(columns, fitted);
  const used = Object.entries(scores).filter(([name]) =>
    predictor.columns.some((column) => column.kind === "score" && column.name === name),
  );
  const model: FittedModel = {
    schema: "sentinode/model@1",
    kind: "logistic",
    name: specification.name,
    inputs: inputColumns(
      [...predictor.columns, ...used.flatMap(([, score]) => score.predictor.columns)],
      table,
    ),
    scores: Object.fromEntries(used.map(([name, score]) => [name, score.predictor])),
    predictor,
    training: {
      patients: outcome.length,
      events: outcome.reduce((count, event) => count + event, 0),
      ...(filtered.length === 0 ? {} : { filtered }),
    },
  };
  return { model, outOfFold: fitted.outOfFold.map(logistic), findings: [...findings, ...fitted.findings] };
}

/** A score without predictors is the same for everybody and does not enter; its finding says that it is empty. */
function scoreColumn(name: string, { predictor, crossFitted }: FittedScore): DesignColumn[] {
  const scale = sampleStandardDeviation(crossFitted);
  return predictor.columns.length > 0 && scale > 0
    ? [{ kind: "score", name, center: mean(crossFitted), scale }]
    : [];
}
