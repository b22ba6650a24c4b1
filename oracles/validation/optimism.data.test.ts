import { logisticResampler } from "../../packages/core/src/math/logistic-resampler.ts";
import { sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import { bootstrapOptimism, type CorrectedIndex } from "../../packages/core/src/validation/optimism.ts";
import type { PerformanceIndices } from "../../packages/core/src/validation/performance-indices.ts";
import { applyFormula, completeRows, designOf, variablesOf } from "../models/formula.ts";
import { type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { resamplesOf } from "./predictions-of.ts";

type OptimismCase = OracleCase<{ readonly formula: string }>;

testOracles("14", {
  "validate.bootstrap_optimism": (oracle: OptimismCase) => {
    const { formula } = oracle.spec;
    const table = completeRows(readOracleTable(oracle), variablesOf(formula));
    const { outcome, terms } = applyFormula(formula, table);
    const { design } = designOf(terms, table.rows);
    const { indices, replicates } = bootstrapOptimism(
      outcome,
      resamplesOf(oracle),
      logisticResampler(design, outcome),
    );
    const drawn = replicates.filter((replicate) => replicate !== null);
    const areaLost = drawn.map(({ training, test }) => areaOf(training) - areaOf(test));
    return {
      rms_validate: {
        Dxy: printed(indices.somersD),
        R2: printed(indices.nagelkerke),
        Intercept: printed(indices.intercept),
        Slope: printed(indices.slope),
        Emax: printed(indices.emax),
        D: printed(indices.discrimination),
        U: printed(indices.unreliability),
        Q: printed(indices.quality),
        B: printed(indices.brier),
        g: printed(indices.gini),
        gp: printed(indices.riskGini),
      },
      auc_apparent: indices.auc.apparent,
      auc_optimism: indices.auc.optimism,
      auc_corrected: indices.auc.corrected,
      auc_optimism_sd: sampleStandardDeviation(areaLost),
      slope_corrected: indices.slope.corrected,
      intercept_corrected: indices.intercept.corrected,
      brier_corrected: indices.brier.corrected,
      first5: drawn.slice(0, 5).map(({ training, test }) => ({
        train_auc: areaOf(training),
        test_auc: areaOf(test),
        test_slope: test.slope,
        test_intercept: test.intercept,
        train_brier: training.brier,
        test_brier: test.brier,
      })),
    };
  },
});

function printed({ apparent, training, test, optimism, corrected }: CorrectedIndex): object {
  return { apparent, training, test, optimism, corrected };
}

function areaOf({ somersD }: PerformanceIndices): number {
  return (somersD + 1) / 2;
}
