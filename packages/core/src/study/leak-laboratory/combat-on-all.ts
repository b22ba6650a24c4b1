import { type Matrix, columnOf, matrixOfColumns } from "../../math/matrix.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import { applyCombat, fitCombat } from "../../selection/combat.ts";
import type { CombatData } from "../../selection/combat-model.ts";
import { centreColumn, levelsOf, mapColumns, valuesOf, withColumns } from "./laboratory-columns.ts";
import { freshPatients, type LaboratoryCohort, radiomicNames } from "./laboratory-cohort.ts";
import { centreShortcut } from "./laboratory-shortcuts.ts";
import { type LearnedStep, steppedPipeline } from "./learned-step.ts";
import type { Experiment, Mistake } from "./mistake.ts";

/** Centres are harmonised with the help of the later test patients. */
export const combatOnAll: Mistake = {
  mode: "combat-on-all",
  title: "Harmonised between centres before the split",
  wrong: ["x = ComBat(x, centre), ALL patients", "training, test = split(x)", "fit(training); auc(test)"],
  right: [
    "training, test = split(x)",
    "shifts = ComBat's, TRAINING patients",
    "fit(training - shifts); auc(test - shifts)",
  ],
  why: "Shift and scale of each centre are parameters like any other. Without the outcome among the covariates they change an AUC little; with it, or where centres differ in their outcomes, they carry the answer to the test patients.",
  published: [
    {
      finding:
        "part of the benefit reported for ComBat was leakage where the classes were unevenly spread over the sites",
      source: "Nieto et al. 2026, Neurocomputing, doi 10.1016/j.neucom.2026.133146",
    },
  ],
  prevention:
    "Harmonisation is a part of the fitted model, learned without outcomes from its training patients; a centre that it has not learned is refused.",
  prepare,
  refusal: null,
};

function prepare(plain: LaboratoryCohort): Experiment {
  const cohort = fromCentres(plain);
  const shortcuts = [centreShortcut(cohort.table)];
  return {
    honest: { ...steppedPipeline(cohort, combat, "development"), shortcuts },
    leaky: { ...steppedPipeline(cohort, combat, "everybody"), shortcuts },
    fresh: () => fromCentres(freshPatients(plain, 5000)),
  };
}

const CENTRES = ["North", "East", "West"] as const;

/** Patients of three centres whose scanners shift and stretch the features; outcomes do not differ between them. */
function fromCentres(cohort: LaboratoryCohort): LaboratoryCohort {
  const { table, random } = cohort;
  const draw = random.fork("centre");
  const codes = Int16Array.from(table.patients, () => draw.integer(CENTRES.length));
  const shifted = mapColumns(table, radiomicNames, ({ values }) =>
    values.map((value, row) => (1 + 0.25 * codes[row]) * value + 0.8 * codes[row]),
  );
  return { ...cohort, table: withColumns(shifted, [centreColumn(CENTRES, codes)]) };
}

const combat: LearnedStep = {
  name: "shift and scale of each centre",
  learn: ({ table: seen }) => {
    const model = fitCombat(
      combatData(seen),
      { parametric: true, meanOnly: false, reference: null, stopping: "converged" },
      { features: radiomicNames, covariates: [] },
    );
    return (table) => {
      const harmonised: Matrix = applyCombat(model, combatData(table));
      return mapColumns(table, radiomicNames, ({ name }) =>
        Float64Array.from(columnOf(harmonised, radiomicNames.indexOf(name))),
      );
    };
  },
};

function combatData(table: PredictorTable): CombatData {
  const columns = radiomicNames.map((name) => valuesOf(table, name));
  return {
    values: matrixOfColumns(table.patients.length, columns),
    batches: levelsOf(table, "centre"),
    covariates: null,
  };
}
