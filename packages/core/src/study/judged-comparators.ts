import type { Cohort } from "../cohort/cohort.ts";
import type { Split } from "../cohort/split.ts";
import type { Finding } from "../errors.ts";
import {
  comparatorPredictions,
  type ComparatorSubject,
  type RecalibrationSet,
} from "./comparator-predictions.ts";
import type { ComparatorScores } from "./comparator-scores.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";
import type { Protocol } from "./protocol.ts";
import type { StudyTasks } from "./study-tasks.ts";

/** What the comparators of a study learn from. */
export interface ComparatorSources {
  readonly protocol: Protocol;
  /** Outcomes that may be learned from; those of held-out patients under seal. */
  readonly cohort: Cohort;
  readonly split: Split;
  readonly tasks: Pick<StudyTasks, "folds">;
  readonly comparators: readonly ComparatorScores[];
}

/** Predictions of models and comparators, with what a reader must know of the latter. */
export interface PredictionsWithComparators {
  readonly predictions: readonly JudgedPredictions[];
  readonly findings: readonly Finding[];
}

/**
 * The predictions of a study with those of its comparators beside them. A comparator is recalibrated on the patients that
 * the models learned from: the development set, or in cross-validation the training patients of each fold.
 *
 * @param predictions Of the models.
 */
export function withComparators(
  predictions: readonly JudgedPredictions[],
  sources: ComparatorSources,
): PredictionsWithComparators {
  const { protocol, cohort, comparators } = sources;
  const subjects = comparators.map((scores): ComparatorSubject => ({
    ...scores,
    patients: cohort.patients,
    outcome: cohort.outcome,
    thresholdRules: protocol.thresholds.rules,
  }));
  if (subjects.length === 0) return { predictions, findings: [] };
  const findings = new Map<string, Finding>();
  const extended = predictions.map((judged): JudgedPredictions => {
    const sets = recalibrationSets(judged, sources);
    const attempts = subjects.map((subject) => comparatorPredictions(subject, judged.patients, sets));
    for (const finding of attempts.flatMap(({ findings: own }) => own))
      findings.set(finding.message, finding);
    return { ...judged, comparators: attempts.flatMap(({ predictions: own }) => own ?? []) };
  });
  return { predictions: extended, findings: [...findings.values()] };
}

/** For each repeat of a set who is tested with what learned from whom. */
function recalibrationSets(
  { method, patients }: JudgedPredictions,
  { split, tasks }: ComparatorSources,
): readonly (readonly RecalibrationSet[])[] {
  if (method !== "cross-validation") return [[{ training: split.development, testing: patients }]];
  const repeats = new Map<number, RecalibrationSet[]>();
  for (const fold of tasks.folds) repeats.set(fold.repeat, [...(repeats.get(fold.repeat) ?? []), fold]);
  return [...repeats.values()];
}
