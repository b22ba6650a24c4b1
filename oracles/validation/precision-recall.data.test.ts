import { precisionRecall } from "../../packages/core/src/validation/precision-recall.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { outcomeOf } from "./predictions-of.ts";

type ScoreCase = OracleCase<{ readonly y: string; readonly score: string }>;

testOracles("08", {
  "pr.auc": (oracle: ScoreCase) => {
    const table = readOracleTable(oracle);
    const areas = precisionRecall(outcomeOf(table, oracle.spec.y), numbers(table, oracle.spec.score));
    return {
      average_precision: areas.averagePrecision,
      auc_pr_davis_goadrich: areas.interpolatedArea,
      auc_pr_trapezoid: areas.trapezoidArea,
      baseline: areas.baseline,
      best_f1: areas.bestF1,
    };
  },
});
