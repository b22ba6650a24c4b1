import { type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { numbers, type OracleCase, type OracleTable, readOracleFile, texts } from "../oracle-cases.ts";
import { levelsOf } from "../levels-of.ts";
import { outcomeOf } from "../models/formula.ts";

/** A design with its outcome. */
export interface LearnerData {
  readonly design: Matrix;
  readonly outcome: Uint8Array;
}

/** Training and test data as the cases of learners name them: files, or every second row of one. */
export function learnerData(oracle: OracleCase): {
  readonly training: LearnerData;
  readonly test: LearnerData;
} {
  const { train, test } = oracle.data as unknown as { train: string; test: string };
  const spec = oracle.spec as { x: readonly string[]; y: string; rows?: string };
  const [trainingRows, testRows] = [rowsOf(train), rowsOf(test)];
  const y = spec.y in trainingRows.columns ? spec.y : outcomeColumn(trainingRows, spec.x);
  const first = /first (\d+)/.exec(spec.rows ?? "");
  const used = first === null ? trainingRows : keepRows(trainingRows, (row) => row < Number(first[1]));
  const part = (table: OracleTable): LearnerData => ({
    design: designOf(table, spec.x, trainingRows),
    outcome: outcomeOf(table, y),
  });
  return { training: part(used), test: part(testRows) };
}

/** Numbers as they are; a column of text as indicators of all levels but the first. */
function designOf(table: OracleTable, names: readonly string[], reference: OracleTable): Matrix {
  const columns = names.flatMap((name) => {
    if (!reference.columns[name].some((cell) => typeof cell === "string")) return [numbers(table, name)];
    const levels = levelsOf(texts(reference, name));
    const cells = texts(table, name);
    return levels
      .slice(1)
      .map((level) => Float64Array.from(cells, (cell) => (cell === null ? NaN : cell === level ? 1 : 0)));
  });
  return matrixOfColumns(table.rows, columns);
}

/** `data/a.csv`, or its `even 0-based rows` or `odd 0-based rows`. */
function rowsOf(words: string): OracleTable {
  const [, file, half] = /^(\S+)(?:\s+(even|odd) 0-based rows)?\s*$/.exec(words)!;
  const table = readOracleFile(file);
  if (half === undefined) return table;
  return keepRows(table, (row) => row % 2 === (half === "even" ? 0 : 1));
}

function keepRows(table: OracleTable, keeps: (row: number) => boolean): OracleTable {
  const kept = Array.from({ length: table.rows }, (_, row) => row).filter(keeps);
  const columns = Object.entries(table.columns).map(([name, cells]) => [name, kept.map((row) => cells[row])]);
  return { rows: kept.length, columns: Object.fromEntries(columns) as OracleTable["columns"] };
}

/** Where a case leaves the outcome to its data: the column of two values that is no predictor, the last of several. */
function outcomeColumn(table: OracleTable, predictors: readonly string[]): string {
  const binary = Object.keys(table.columns).filter(
    (name) => !predictors.includes(name) && new Set(table.columns[name]).size === 2,
  );
  return binary[binary.length - 1];
}
