import type { Finding } from "../errors.ts";
import { type PredictorTable, takePatients } from "../features/predictor-table.ts";
import type { Matrix } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { patientFolds } from "../cohort/patient-folds.ts";
import { boruta } from "../selection/boruta.ts";
import { selectMrmr } from "../selection/mrmr.ts";
import { stabilitySelection } from "../selection/stability-selection.ts";
import type { DesignColumn } from "./design-column.ts";
import { designMatrix } from "./design-value.ts";
import { learnDesign, type LearnedDesign } from "./learn-design.ts";
import type { BlockSpecification, ColumnSelection } from "./model.ts";
import type { TrainingData } from "./training-data.ts";

/**
 * The design columns of a block: learned without the outcome, then chosen with it where the block asks for that.
 *
 * @param training The patients that the choice may see; predictions for any of them are then an echo.
 * @throws {InputError} As `learnDesign`, or a class that is too small for the selection.
 */
export function learnSelectedDesign(
  block: BlockSpecification,
  training: TrainingData,
  random: Random,
): LearnedDesign {
  const learned = learnDesign(block, training.table);
  const { selection } = block;
  if (selection === undefined || learned.columns.length === 0) return learned;
  const design = designMatrix(learned.columns, training.table, {});
  const chosen = chosenColumns(selection, design, training.outcome, random.fork(`selection/${block.name}`));
  const columns = chosen.map((position): DesignColumn => learned.columns[position]);
  const among = learned.columns.length;
  return {
    columns,
    filtered: learned.filtered === null ? null : { ...learned.filtered, selected: columns.length },
    findings: [...learned.findings, finding(block.name, selection, columns.length, among)],
  };
}

/** Positions of the chosen columns, ascending, so that the order of a model's columns is that of the features. */
function chosenColumns(
  selection: ColumnSelection,
  design: Matrix,
  outcome: Uint8Array,
  random: Random,
): readonly number[] {
  switch (selection.method) {
    case "mrmr": {
      const { measure, scheme, count } = selection;
      return [...selectMrmr(design, outcome, { measure, scheme, count }).order].sort((a, b) => a - b);
    }
    case "stability": {
      const perHalf = Math.min(selection.perHalf, design.columns);
      const { threshold, pairs } = selection;
      const { selected } = stabilitySelection(design, outcome, { perHalf, threshold, pairs, random });
      return [...selected].sort((a, b) => a - b);
    }
    case "boruta": {
      const { runs, trees, level } = selection;
      const { decisions } = boruta(design, outcome, { runs, trees, level, random });
      return [...decisions.keys()].filter((column) => decisions[column] === "confirmed");
    }
  }
}

function finding(block: string, selection: ColumnSelection, kept: number, among: number): Finding {
  const how = `block ${block}: ${selection.method} kept ${String(kept)} of ${String(among)} columns`;
  return kept === 0
    ? { code: "selection-empty", severity: "warning", message: `${how}; the block adds nothing` }
    : { code: "columns-selected", severity: "info", message: how };
}

/**
 * Values of training patients by fits that did not see them, with everything repeated in every fold: where columns were
 * chosen by their relation to the outcome, only this keeps the values from being an echo of the choice.
 *
 * @param folds Number of folds.
 * @param fitAndPredict Learns from the first patients and gives a value for each of the second.
 * @returns One value a training patient, shape [n].
 * @throws {InputError} A class has fewer patients than folds.
 * @source Ambroise & McLachlan 2002, PNAS 99:6562-6566.
 */
export function refittedOutOfFold(
  { table, outcome }: TrainingData,
  folds: number,
  random: Random,
  fitAndPredict: (training: TrainingData, testing: PredictorTable, random: Random) => Float64Array,
): Float64Array {
  const assigned = patientFolds(outcome, table.patients, folds, random.fork("folds"));
  const values = new Float64Array(outcome.length);
  for (let fold = 0; fold < folds; fold++) {
    const rowsOf = (inside: boolean) =>
      [...assigned.keys()].filter((row) => (assigned[row] === fold) === inside);
    const [learning, held] = [rowsOf(false), rowsOf(true)];
    const training = {
      table: takePatients(table, learning),
      outcome: Uint8Array.from(learning, (row) => outcome[row]),
    };
    const predicted = fitAndPredict(training, takePatients(table, held), random.fork(`fold/${String(fold)}`));
    held.forEach((row, index) => (values[row] = predicted[index]));
  }
  return values;
}
