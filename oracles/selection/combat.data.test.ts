import { InputError } from "../../packages/core/src/errors.ts";
import { columnOf, type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { mean, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import { applyCombat, fitCombat } from "../../packages/core/src/selection/combat.ts";
import type { CombatData, CombatModel } from "../../packages/core/src/selection/combat-model.ts";
import { applyFormula, designOf } from "../models/formula.ts";
import { newRowsOf } from "../models/new-rows.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable, texts } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";

interface Specification {
  readonly features?: readonly string[];
  /** A column, or a column and what was changed in it. */
  readonly batch: string;
  readonly covariates?: string | readonly string[] | null;
  readonly parametric?: boolean;
  readonly mean_only?: boolean;
  readonly reference?: string | null;
}

interface Harmonisation {
  readonly names: readonly string[];
  readonly training: CombatData;
  readonly model: CombatModel;
}

testOracles("18", { combat: harmoniseTraining });
testOracles("24", { "combat.apply": harmoniseNew }, ({ procedure }) => procedure === "combat.apply");

function harmoniseTraining(oracle: OracleCase<Specification>): unknown {
  if (oracle.kind === "behaviour") return behaviour(oracle);
  const { training, model, names } = fitted(oracle, readOracleTable(oracle), "sva");
  const harmonised = applyCombat(model, training);
  const columns = names.map((_, feature) => columnOf(harmonised, feature));
  const batches = Object.keys(model.batches);
  return {
    first10rows: firstRows(harmonised, 10),
    feature_means: columns.map(mean),
    feature_sds: columns.map(sampleStandardDeviation),
    batch_means_feature1: Object.fromEntries(
      batches.map((name) => [name, mean(columns[0].filter((_, row) => training.batches[row] === name))]),
    ),
  };
}

/** Confounded covariates and batches of a single row: whether they are refused, and what happens otherwise. */
function behaviour(oracle: OracleCase<Specification>): unknown {
  try {
    const { model } = fitted(oracle, readOracleTable(oracle), "sva");
    return { refused: false, mean_only_or_refused: model.options.meanOnly };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { refused: true, mean_only_or_refused: true };
  }
}

function harmoniseNew(oracle: OracleCase<Specification>): unknown {
  const table = readOracleTable(oracle);
  const columns = Object.entries(table.columns).filter(([, cells]) =>
    cells.some((cell) => typeof cell === "string"),
  );
  const { spec } = oracle;
  const relabelled = /relabelled (\w+)\s*=\s*'([^']*)'/.exec(String((spec as { newdata?: string }).newdata));
  const batch = spec.batch ?? relabelled?.[1] ?? columns[0][0];
  const { model, names, training } = fitted({ ...oracle, spec: { ...spec, batch } }, table, "converged");
  const rows = newRowsOf(oracle);
  const unharmonised = combatData(rows, names, { ...spec, batch }, table);
  const fresh = {
    ...unharmonised,
    batches: relabelled === null ? unharmonised.batches : unharmonised.batches.map(() => relabelled[2]),
  };
  if (oracle.kind === "behaviour")
    try {
      applyCombat(model, fresh);
      return { refused_or_flagged: false };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { refused_or_flagged: true };
    }
  const applied = applyCombat(model, fresh);
  const effects = Object.entries(model.batches);
  return {
    train_first5: firstRows(applyCombat(model, training), 5),
    valid_first10: firstRows(applied, 10),
    valid_means: names.map((_, feature) => mean(columnOf(applied, feature))),
    gamma_star: Object.fromEntries(effects.map(([name, { shift }]) => [name, shift])),
    delta_star: Object.fromEntries(effects.map(([name, { scale }]) => [name, scale])),
  };
}

function fitted(
  { spec }: OracleCase<Specification>,
  table: OracleTable,
  stopping: "sva" | "converged",
): Harmonisation {
  const names = spec.features ?? numericColumns(table).slice(0, 20);
  const training = combatData(table, names, spec);
  const model = fitCombat(
    training,
    {
      parametric: spec.parametric ?? true,
      meanOnly: spec.mean_only ?? false,
      reference: spec.reference ?? null,
      stopping,
    },
    {
      features: names,
      covariates: Array.from({ length: training.covariates?.columns ?? 0 }, (_, j) => `covariate ${j}`),
    },
  );
  return { names, training, model };
}

/** The data of a case; `batch` may say `with one row relabelled 'X'`, `covariates` `indicator of COLUMN LEVEL`. */
function combatData(
  table: OracleTable,
  names: readonly string[],
  { batch, covariates }: Specification,
  reference: OracleTable = table,
): CombatData {
  const column = /^\w+/.exec(batch)![0];
  const labels = texts(table, column).map(String);
  const relabelled = /relabelled '([^']*)'/.exec(batch);
  if (relabelled !== null) labels[labels.length - 1] = relabelled[1];
  return {
    values: matrixOfColumns(
      table.rows,
      names.map((name) => numbers(table, name)),
    ),
    batches: labels,
    covariates: covariatesOf(table, covariates ?? null, column, reference),
  };
}

function covariatesOf(
  table: OracleTable,
  covariates: string | readonly string[] | null,
  batch: string,
  reference: OracleTable,
): Matrix | null {
  if (covariates === null) return null;
  const indicator = typeof covariates === "string" ? /^indicator of (\w+) (\w+)/.exec(covariates) : null;
  if (indicator !== null)
    return matrixOfColumns(table.rows, [
      texts(table, indicator[1]).map((cell) => (cell === indicator[2] ? 1 : 0)),
    ]);
  const names = typeof covariates === "string" ? covariates.replace(/\([^)]*\)/g, "").split(",") : covariates;
  const { terms } = applyFormula(
    `${batch} ~ ${names.map((name) => name.trim()).join(" + ")}`,
    table,
    reference,
  );
  return designOf(terms, table.rows).design;
}

function numericColumns(table: OracleTable): string[] {
  return Object.keys(table.columns).filter((name) => {
    const cells = table.columns[name];
    return cells.every((cell) => typeof cell === "number") && new Set(cells).size > 20;
  });
}

function firstRows(matrix: Matrix, count: number): number[][] {
  return Array.from({ length: Math.min(count, matrix.rows) }, (_, row) =>
    Array.from({ length: matrix.columns }, (_, column) => matrix.values[column * matrix.rows + row]),
  );
}
