import { adjustPValues } from "../../packages/core/src/math/adjust-p-values.ts";
import { wilcoxonRankSum } from "../../packages/core/src/math/rank-tests.ts";
import {
  delongAuc,
  delongCovariance,
  delongLogitAuc,
  delongVariance,
} from "../../packages/core/src/validation/delong.ts";
import {
  delongGlobalTest,
  delongTest,
  delongTestUnpaired,
} from "../../packages/core/src/validation/delong-test.ts";
import type { Estimate } from "../../packages/core/src/validation/estimate.ts";
import { hanleyMcNeilStandardError } from "../../packages/core/src/validation/hanley-mcneil.ts";
import { partialAuc } from "../../packages/core/src/validation/partial-auc.ts";
import { countClasses } from "../../packages/core/src/validation/predictions.ts";
import { rocPoints } from "../../packages/core/src/validation/roc.ts";
import { numbers, type OracleCase, readOracleFile, readOracleTable } from "../oracle-cases.ts";
import { rowsWhere } from "../oracle-table.ts";
import { testOracles } from "../oracle-tests.ts";
import { limits, orNull, outcomeOf } from "./predictions-of.ts";

interface ScoreColumns {
  readonly y: string;
  readonly score: string;
}

type ScoreCase = OracleCase<ScoreColumns>;

/** A case of one class may leave its columns out. */
type OneClassCase = OracleCase<Partial<ScoreColumns>>;

type PairedCase = OracleCase<{ readonly y?: string; readonly score1: string; readonly score2: string }>;

type UnpairedCase = OracleCase<{
  readonly y: string;
  readonly score: string;
  readonly group1: string;
  readonly group2: string;
}>;

type GlobalCase = OracleCase<{ readonly y: string; readonly scores: readonly string[] }>;

testOracles("07", {
  "roc.auc": (oracle: ScoreCase) =>
    oracle.kind === "behaviour" ? behaviourOfOneClass(oracle) : areaOf(oracle),

  "roc.delong_paired": (oracle: PairedCase) => {
    const table = readOracleTable(oracle);
    const [first, second] = [numbers(table, oracle.spec.score1), numbers(table, oracle.spec.score2)];
    const outcome = outcomeOf(table, oracle.spec.y ?? "y");
    const test = delongTest(outcome, first, second);
    const covariance = delongCovariance(outcome, [first, second]);
    return {
      auc1: delongAuc(outcome, first).value,
      auc2: delongAuc(outcome, second).value,
      diff: test.difference,
      cov: covariance[0][1],
      var1: covariance[0][0],
      var2: covariance[1][1],
      z: test.z,
      p: test.pValue,
      diff_ci: [test.lower, test.upper],
    };
  },

  "roc.delong_unpaired": ({ data, spec }: UnpairedCase) => {
    const table = readOracleFile(data!.file);
    const [first, second] = [spec.group1, spec.group2].map((where) => {
      const group = rowsWhere(table, where);
      return { outcome: outcomeOf(group, spec.y), score: numbers(group, spec.score) };
    });
    const test = delongTestUnpaired(first, second);
    return {
      D: test.t,
      df: test.degreesOfFreedom,
      p: test.pValue,
      auc1: delongAuc(first.outcome, first.score).value,
      auc2: delongAuc(second.outcome, second.score).value,
    };
  },

  "roc.delong_global": (oracle: GlobalCase) => {
    const table = readOracleTable(oracle);
    const outcome = outcomeOf(table, oracle.spec.y);
    const scores = oracle.spec.scores.map((name) => numbers(table, name));
    const test = delongGlobalTest(outcome, scores);
    const pairs = scores.flatMap((first, j) => scores.slice(j + 1).map((second) => [first, second] as const));
    const pairwise = pairs.map(([first, second]) => delongTest(outcome, first, second).pValue ?? NaN);
    return {
      cov_matrix: delongCovariance(outcome, scores),
      chi2: test.chiSquared,
      df: test.degreesOfFreedom,
      p: test.pValue,
      pairwise_p: pairwise,
      pairwise_p_holm: adjustPValues(pairwise, "holm"),
    };
  },
});

function areaOf(oracle: ScoreCase): unknown {
  const table = readOracleTable(oracle);
  const [outcome, score] = [outcomeOf(table, oracle.spec.y), numbers(table, oracle.spec.score)];
  const { positives, negatives } = countClasses(outcome);
  const area = delongAuc(outcome, score);
  const onLogit: Estimate | null = orNull(() => delongLogitAuc(outcome, score));
  const specific = partialAuc(outcome, score, "specificity", 0.9);
  const ofClass = (label: number) => score.filter((_, i) => outcome[i] === label);
  const points = midpointCurve(outcome, score);
  return {
    n: outcome.length,
    events: positives,
    auc: area.value,
    delong_var: delongVariance(outcome, score),
    delong_ci: limits(area),
    delong_logit_ci: onLogit === null ? [NaN, NaN] : limits(onLogit),
    hanley_mcneil_se: hanleyMcNeilStandardError(outcome, score),
    mann_whitney_U: area.value * positives * negatives,
    p_vs_half: orNull(
      () => wilcoxonRankSum(ofClass(1), ofClass(0), { exact: false, continuity: false }).pValue,
    ),
    n_thresholds: points.length,
    roc_points_sample: (oracle.expected.roc_points_sample as { threshold: number | string }[]).map(
      ({ threshold }) =>
        points.find((point) => point.threshold === Number(threshold)) ??
        points.find((point) => Math.abs(point.threshold - Number(threshold)) < 1e-9),
    ),
    pauc_spec_90_100: specific.area,
    pauc_spec_90_100_corrected: specific.corrected,
    pauc_sens_90_100: partialAuc(outcome, score, "sensitivity", 0.9).area,
  };
}

/** The curve with thresholds between the scores, as pROC prints it. */
function midpointCurve(outcome: Uint8Array, score: Float64Array) {
  const points = rocPoints(outcome, score);
  return points.map((point, k) => {
    const above = point.threshold ?? Infinity;
    const below = points[k + 1]?.threshold ?? -Infinity;
    return {
      ...point,
      threshold: above === Infinity ? Infinity : below === -Infinity ? -Infinity : (above + below) / 2,
    };
  });
}

function behaviourOfOneClass(oracle: OneClassCase): unknown {
  const table = readOracleTable(oracle);
  const y = oracle.spec.y ?? /^\s*([\w.]+)\s*==/.exec(oracle.data?.where ?? "")?.[1] ?? "y";
  const columns = Object.keys(table.columns).filter((name) => name !== y);
  const score =
    oracle.spec.score ?? columns.find((name) => typeof table.columns[name][0] === "number") ?? "score";
  const area = orNull(() => delongAuc(outcomeOf(table, y), numbers(table, score)).value);
  return { estimable: area !== null, auc: area };
}
