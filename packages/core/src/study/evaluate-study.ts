import type { Cohort } from "../cohort/cohort.ts";
import { type Finding, InputError, NumericalError } from "../errors.ts";
import { comparePredictions } from "../validation/compare.ts";
import { evaluateRepeats, type PredictionSet } from "../validation/evaluate.ts";
import type { Comparison, Evaluation } from "../validation/evaluation.ts";
import { aucHeterogeneity } from "../validation/subgroup.ts";
import { thresholdGrid } from "../validation/threshold-grid.ts";
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
}

/** How well the models do, and what a reader must know. */
export interface StudyEvaluation {
  readonly evaluations: readonly Evaluation[];
  readonly comparisons: readonly Comparison[];
  readonly subgroups: readonly SubgroupName[];
  readonly findings: readonly Finding[];
}

/**
 * Judges every model on every set of predictions, compares all pairs of models, and repeats the judgement in subgroups
 * of the sets that no model learned from.
 */
export function evaluateStudy(
  protocol: Protocol,
  cohort: Cohort,
  predictions: readonly JudgedPredictions[],
): StudyEvaluation {
  const { from, to, step } = protocol.thresholds.decisionCurve;
  const decisionThresholds = thresholdGrid(from, to, step);
  const whole = predictions.map((judged) => evaluateSet(judged, judged.dataset, decisionThresholds));
  const compared = predictions.filter(({ method }) => method !== "apparent").flatMap(comparePairs);
  const subgroups = predictions
    .filter(({ method }) => method !== "apparent")
    .map((judged) => evaluateSubgroups(protocol, cohort, judged));
  return {
    evaluations: [...whole, ...subgroups].flatMap(({ evaluations }) => evaluations),
    comparisons: compared.map(({ comparison }) => comparison),
    subgroups: subgroups.flatMap(({ names }) => names),
    findings: [...whole, ...compared, ...subgroups].flatMap(({ findings }) => findings),
  };
}

interface SetEvaluation {
  readonly evaluations: readonly Evaluation[];
  readonly findings: readonly Finding[];
}

function evaluateSet(
  judged: JudgedPredictions,
  dataset: string,
  decisionThresholds: ArrayLike<number>,
): SetEvaluation {
  const results = judged.models.map(({ model, repeats }) =>
    evaluateRepeats({ model, dataset, method: judged.method }, judged.outcome, repeats, {
      decisionThresholds,
    }),
  );
  return {
    evaluations: results.map(({ evaluation }) => evaluation),
    findings: results.flatMap(({ findings }) => findings),
  };
}

function comparePairs(judged: JudgedPredictions): { comparison: Comparison; findings: readonly Finding[] }[] {
  const { dataset, method, outcome, models } = judged;
  const probabilities = (repeats: readonly PredictionSet[]) => repeats.map(({ probability }) => probability);
  return models.flatMap((first, index) =>
    models
      .slice(index + 1)
      .map((second) =>
        comparePredictions(
          { first: first.model, second: second.model, dataset, method },
          outcome,
          probabilities(first.repeats),
          probabilities(second.repeats),
        ),
      ),
  );
}

interface SubgroupEvaluation extends SetEvaluation {
  readonly names: readonly SubgroupName[];
}

function evaluateSubgroups(
  protocol: Protocol,
  cohort: Cohort,
  judged: JudgedPredictions,
): SubgroupEvaluation {
  const parts = studySubgroups(protocol, cohort, judged.patients).map((subgroup) => {
    const levels = subgroup.levels.flatMap((level, code) => {
      const members = membersOf(judged, subgroup, code);
      if (members.patients.length === 0) return [];
      const dataset = `subgroup:${subgroup.variable}=${level}@${judged.dataset}`;
      const { evaluations, findings } = evaluateSet(members, dataset, []);
      const name = {
        dataset,
        within: judged.dataset,
        variable: subgroup.variable,
        label: subgroup.label,
        level,
      };
      return [
        {
          evaluations: evaluations.map(withoutCurve),
          findings: subgroupFindings(findings, dataset, members),
          name,
        },
      ];
    });
    return { levels, heterogeneity: heterogeneityFindings(judged, subgroup) };
  });
  const levels = parts.flatMap((part) => part.levels);
  return {
    evaluations: levels.flatMap(({ evaluations }) => evaluations),
    names: levels.map(({ name }) => name),
    findings: [
      ...levels.flatMap(({ findings }) => findings),
      ...parts.flatMap(({ heterogeneity }) => heterogeneity),
    ],
  };
}

/** A smooth curve needs more patients than a subgroup has. */
function withoutCurve(evaluation: Evaluation): Evaluation {
  return { ...evaluation, calibration: { ...evaluation.calibration, curve: [] } };
}

/** A level without both outcomes is said once; other levels keep what their measures said, but for the curve. */
function subgroupFindings(
  findings: readonly Finding[],
  dataset: string,
  { outcome, method }: JudgedPredictions,
): Finding[] {
  const events = outcome.reduce((count, event) => count + event, 0);
  if (events > 0 && events < outcome.length)
    return findings.filter(({ code }) => code !== "calibration-curve-imprecise");
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

/** Whether the AUC of a model differs between the levels, on the first repeat where there are several. */
function heterogeneityFindings(judged: JudgedPredictions, subgroup: StudySubgroup): Finding[] {
  if (judged.method === "cross-validation") return [];
  return judged.models.flatMap(({ model, repeats }): Finding[] => {
    try {
      const { chiSquared, degreesOfFreedom, pValue } = aucHeterogeneity(
        judged.outcome,
        repeats[0].probability,
        subgroup,
      );
      const message = `${model} on ${judged.dataset}: test that the AUC is equal in all levels of ${subgroup.label}: Q = ${chiSquared.toFixed(2)}, ${String(degreesOfFreedom)} df, p ${pValue < 0.001 ? "< 0.001" : `= ${pValue.toFixed(3)}`}`;
      return [{ code: "subgroup-heterogeneity", severity: "info", message }];
    } catch (error) {
      if (error instanceof InputError || error instanceof NumericalError) return [];
      throw error;
    }
  });
}
