import { type Finding, InputError } from "../errors.ts";
import type { NumericPredictor, PredictorTable } from "../features/predictor-table.ts";
import { columnOf, type Matrix, matrixOfColumns } from "../math/matrix.ts";
import { applyCombat, fitCombat } from "../selection/combat.ts";
import { restrictCombat } from "../selection/combat-calibrate.ts";
import type { CombatData, CombatModel } from "../selection/combat-model.ts";
import { columnName, designMatrix, findPredictor } from "./design-value.ts";
import { inputColumn } from "./input-columns.ts";
import { learnDesign } from "./learn-design.ts";
import type { FittedHarmonisation, FittedModel, HarmonisationSpecification } from "./model.ts";

/** Training patients on one scale, and how they got there. */
export interface HarmonisedTraining {
  readonly table: PredictorTable;
  /** Null where nothing is harmonised. */
  readonly harmonisation: FittedHarmonisation | null;
  readonly findings: readonly Finding[];
}

/**
 * Harmonisation learned from training patients and applied to them. No outcome is looked at.
 *
 * @param specification Undefined: the table as it is.
 * @throws {InputError} A column is missing or of another kind, a patient has no centre, or as `fitCombat`.
 */
export function harmoniseTraining(
  specification: HarmonisationSpecification | undefined,
  table: PredictorTable,
): HarmonisedTraining {
  if (specification === undefined) return { table, harmonisation: null, findings: [] };
  const { by, columns: names, parametric, meanOnly, reference } = specification;
  const covariates = learnDesign(
    { name: "harmonisation", terms: specification.covariates, filter: null, entersAs: { kind: "features" } },
    table,
  );
  const combat = fitCombat(
    combatData({ by, covariates: covariates.columns }, names, table),
    { parametric, meanOnly, reference, stopping: "converged" },
    { features: names, covariates: covariates.columns.map(columnName) },
  );
  const harmonisation = { by, covariates: covariates.columns, combat };
  return {
    table: harmonise(harmonisation, table),
    harmonisation,
    findings: [...covariates.findings, ...harmonisationFindings(combat, meanOnly)],
  };
}

/**
 * Patients with the harmonised columns on the scale of the training patients; versions from perturbed images with them.
 *
 * @param harmonisation As learned; undefined: the table as it is.
 * @throws {InputError} A centre that training did not hold, a patient without a centre, or a column that is missing.
 */
export function harmonise(
  harmonisation: FittedHarmonisation | undefined,
  table: PredictorTable,
): PredictorTable {
  if (harmonisation === undefined) return table;
  const { features } = harmonisation.combat;
  const data = combatData(harmonisation, features, table);
  const values = applyCombat(harmonisation.combat, data);
  const predictors = features.map((name) => numericPredictor(table, name));
  const versions = Math.max(0, ...predictors.map(({ perturbed }) => perturbed?.length ?? 0));
  const perturbed = Array.from({ length: versions }, (_, version) =>
    applyCombat(harmonisation.combat, {
      ...data,
      values: matrixOfColumns(
        table.patients.length,
        predictors.map((predictor) => predictor.perturbed?.[version] ?? predictor.values),
      ),
    }),
  );
  const position = new Map(features.map((name, index) => [name, index]));
  return {
    patients: table.patients,
    columns: table.columns.map((column) => {
      const index = position.get(column.name);
      return index === undefined || column.kind !== "numeric"
        ? column
        : withValues(column, values, perturbed, index);
    }),
  };
}

/**
 * A model with the harmonisation that its inputs need: of the columns it uses, which ComBat adjusts one by one.
 *
 * @param harmonisation Null: the model as it is.
 * @param table Training patients before harmonisation, whose ranges the inputs then have.
 */
export function withHarmonisation(
  model: FittedModel,
  harmonisation: FittedHarmonisation | null,
  table: PredictorTable,
): FittedModel {
  if (harmonisation === null) return model;
  const own = model.inputs.map(({ name }) => name);
  const combat = restrictCombat(harmonisation.combat, new Set(own));
  if (combat.features.length === 0) return model;
  const read = [harmonisation.by, ...harmonisation.covariates.map(columnName)];
  return {
    ...model,
    inputs: [...new Set([...own, ...read])].map((name) => inputColumn(name, table)),
    harmonisation: { ...harmonisation, combat },
  };
}

/** What ComBat needs of a table. */
export function combatData(
  { by, covariates }: Pick<FittedHarmonisation, "by" | "covariates">,
  names: readonly string[],
  table: PredictorTable,
): CombatData {
  const rows = table.patients.length;
  return {
    values: matrixOfColumns(
      rows,
      names.map((name) => numericPredictor(table, name).values),
    ),
    batches: centresOf(table, by),
    covariates: covariates.length === 0 ? null : designMatrix(covariates, table, {}),
  };
}

function centresOf(table: PredictorTable, by: string): readonly string[] {
  const centre = findPredictor(table, by);
  if (centre.kind !== "categorical")
    throw new InputError(
      `harmonisation needs the centre of each patient as levels; ${by} is numeric; correct its type`,
    );
  const absent = centre.codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0);
  if (absent > 0)
    throw new InputError(
      `harmonisation needs the centre of every patient; ${by} is missing for ${absent} of ${centre.codes.length}; complete it or exclude these patients`,
    );
  return Array.from(centre.codes, (code) => centre.levels[code]);
}

function numericPredictor(table: PredictorTable, name: string): NumericPredictor {
  const column = findPredictor(table, name);
  if (column.kind !== "numeric")
    throw new InputError(`harmonisation needs numbers of ${name}; got levels; leave it out of harmonisation`);
  return column;
}

function withValues(
  column: NumericPredictor,
  values: Matrix,
  perturbed: readonly Matrix[],
  index: number,
): NumericPredictor {
  return {
    ...column,
    values: columnOf(values, index),
    ...(column.perturbed === undefined
      ? {}
      : { perturbed: perturbed.map((version) => columnOf(version, index)) }),
  };
}

function harmonisationFindings(combat: CombatModel, meanOnlyAsked: boolean): Finding[] {
  const { features, batches, options, unadjusted } = combat;
  const centres = Object.keys(batches).length;
  const few = unadjusted.filter(({ reason }) => reason === "too-few-in-batch").length;
  const left =
    unadjusted.length === 0
      ? ""
      : `; ${unadjusted.length} pass unchanged (${unadjusted.length - few} constant within a centre, ${few} with too few values in one)`;
  const message = `ComBat harmonised ${features.length - unadjusted.length} of ${features.length} features over ${centres} centres${left}`;
  const findings: Finding[] = [{ code: "harmonised", severity: "info", message }];
  if (options.meanOnly && !meanOnlyAsked)
    findings.push({
      code: "harmonised-mean-only",
      severity: "warning",
      message:
        "a centre has a single patient, so that ComBat could harmonise the means of the centres only, not their spreads",
    });
  return findings;
}
