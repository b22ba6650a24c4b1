import type { PredictorTable } from "../../features/predictor-table.ts";
import { learnAndTest, takeRows } from "./analysed-rows.ts";
import { type LaboratoryCohort, otherRows } from "./laboratory-cohort.ts";
import { patientsOf } from "./laboratory-models.ts";
import type { AnalysedRows, Pipeline } from "./mistake.ts";

/** Something that is learned from rows, without their outcome, and then done to any row. */
export interface LearnedStep {
  /** In words, e.g. `means and standard deviations`. */
  readonly name: string;
  readonly learn: (seen: AnalysedRows) => (table: PredictorTable) => PredictorTable;
}

/**
 * An analysis that learns a step before its models.
 *
 * @param learnsFrom Development patients, as is right, or everybody, the test patients among them.
 */
export function steppedPipeline(
  cohort: LaboratoryCohort,
  step: LearnedStep,
  learnsFrom: "development" | "everybody",
): Pipeline {
  const { table, test, outcome: truth } = cohort;
  const everybody = otherRows(table.patients.length, []);
  const development = otherRows(table.patients.length, test);
  // The step looks at no outcome, so that it is the same for all of them.
  const seen = takeRows(table, truth, learnsFrom === "everybody" ? everybody : development);
  const apply = step.learn(seen);
  const changed = apply(table);
  return {
    cohort,
    analyse: (outcome, random) =>
      learnAndTest(
        {
          development: takeRows(changed, outcome, development),
          test: takeRows(changed, outcome, test),
          artefacts: [{ name: step.name, trainedOn: patientsOf(seen) }],
          prepareNew: apply,
        },
        random,
      ),
  };
}
