import type { Cohort } from "../cohort/cohort.ts";
import { type Finding, InputError, NumericalError } from "../errors.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import { type HeterogeneityTest, pooledAucHeterogeneity } from "../validation/pooled-heterogeneity.ts";
import { evaluateSet } from "./evaluate-set.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";
import type { Protocol } from "./protocol.ts";
import { type StudySubgroup, studySubgroups } from "./study-subgroups.ts";

/** What an evaluation's dataset name says of a subgroup, so that no name is taken apart. */
export interface SubgroupName {
  readonly dataset: string;
  readonly within: string;
  readonly variable: string;
  readonly label: string;
  readonly level: string;
  /** What the level is called in print. */
  readonly levelLabel: string;
}

/** Whether the AUC of a model differs between the levels of a variable. */
export interface SubgroupTest extends HeterogeneityTest {
  readonly model: string;
  /** As in the evaluations of the whole set. */
  readonly within: string;
  readonly method: Evaluation["method"];
  readonly variable: string;
  readonly label: string;
}

/** The subgroups of one set of predictions. */
export interface SubgroupEvaluation {
  readonly evaluations: readonly Evaluation[];
  readonly names: readonly SubgroupName[];
  /** None for a variable of which fewer than two levels have an AUC. */
  readonly tests: readonly SubgroupTest[];
  readonly findings: readonly Finding[];
}

/** Judges every model in every subgroup that the protocol names, and tests whether its AUC differs between them. */
export function evaluateSubgroups(
  protocol: Protocol,
  cohort: Cohort,
  judged: JudgedPredictions,
): SubgroupEvaluation {
  const subgroups = studySubgroups(protocol, cohort, judged.patients);
  const levels = subgroups.flatMap((subgroup) =>
    subgroup.levels.flatMap((level, code) => {
      const members = membersOf(judged, subgroup, code);
      if (members.patients.length === 0) return [];
      const dataset = `subgroup:${subgroup.variable}=${level}@${judged.dataset}`;
      const { evaluations, findings } = evaluateSet(members, dataset, { decisionThresholds: [] });
      const name = {
        dataset,
        within: judged.dataset,
        variable: subgroup.variable,
        label: subgroup.label,
        level,
        levelLabel: subgroup.levelLabels[code],
      };
      return [
        {
          evaluations: evaluations.map(withoutCurve),
          findings: subgroupFindings(findings, dataset, members),
          name,
        },
      ];
    }),
  );
  return {
    evaluations: levels.flatMap(({ evaluations }) => evaluations),
    names: levels.map(({ name }) => name),
    tests: subgroups.flatMap((subgroup) => heterogeneity(judged, subgroup)),
    findings: levels.flatMap(({ findings }) => findings),
  };
}

/** A smooth curve needs more patients than a subgroup has. */
function withoutCurve(evaluation: Evaluation): Evaluation {
  return { ...evaluation, calibration: { ...evaluation.calibration, curve: [] } };
}

/** Said of whole sets alone: curves of subgroups are not kept, and shares carry their reasons. */
const OF_WHOLE_SETS = new Set(["calibration-curve-imprecise", "threshold-share-undefined", "auc-near-one"]);

/** A level without both outcomes is said once; other levels keep what their measures said, which warns of no whole set. */
function subgroupFindings(
  findings: readonly Finding[],
  dataset: string,
  { outcome, method }: JudgedPredictions,
): readonly Finding[] {
  const events = outcome.reduce((count, event) => count + event, 0);
  if (events > 0 && events < outcome.length)
    return findings
      .filter(({ code }) => !OF_WHOLE_SETS.has(code))
      .map((finding) => ({ ...finding, severity: "info" }));
  const message = `${dataset}, ${method}: ${String(events)} of ${String(outcome.length)} patients have the event; AUC and calibration need patients with and without it and are not estimated`;
  return [{ code: "subgroup-of-one-class", severity: "info", message }];
}

function membersOf(judged: JudgedPredictions, subgroup: StudySubgroup, code: number): JudgedPredictions {
  const rows = judged.patients.flatMap((_, row) => (subgroup.codes[row] === code ? [row] : []));
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return {
    ...judged,
    patients: rows.map((row) => judged.patients[row]),
    outcome: Uint8Array.from(rows, (row) => judged.outcome[row]),
    models: judged.models.map(({ model, repeats }) => ({
      model,
      repeats: repeats.map(({ probability, thresholds }) => ({
        probability: take(probability),
        thresholds: thresholds.map(({ name, threshold }) => ({
          name,
          threshold: typeof threshold === "number" ? threshold : take(threshold),
        })),
      })),
    })),
  };
}

function heterogeneity(judged: JudgedPredictions, subgroup: StudySubgroup): readonly SubgroupTest[] {
  const { dataset, method, outcome, models } = judged;
  const { variable, label } = subgroup;
  return models.flatMap(({ model, repeats }): readonly SubgroupTest[] => {
    const probabilities = repeats.map(({ probability }) => probability);
    try {
      const test = pooledAucHeterogeneity(outcome, probabilities, subgroup);
      return [{ model, within: dataset, method, variable, label, ...test }];
    } catch (error) {
      if (error instanceof InputError || error instanceof NumericalError) return [];
      throw error;
    }
  });
}
