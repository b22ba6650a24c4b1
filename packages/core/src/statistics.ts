/** A third front door: statistics by themselves, on plain arrays, in the order of a paper. docs/statistics-library.md names R's counterparts. */
export { type Finding, FormatError, InputError, NumericalError } from "./errors.ts";
export { patientId, type PatientId } from "./cohort/patient.ts";
export type * from "./features/predictor-table.ts";
// Distributions
export * from "./math/distributions.ts";
export { createRandom } from "./math/random.ts";
export type * from "./math/random.ts";
// Matrices and designs
export { columnOf, matrixOfColumns, takeRows, zeroMatrix } from "./math/matrix.ts";
export type * from "./math/matrix.ts";
export { designOfTerms, termsOfMatrix } from "./math/design-terms.ts";
export type * from "./math/design-terms.ts";
export { splineKnots, splineTerm } from "./math/restricted-cubic-spline.ts";
// Before the model
export { studentTTest, welchTTest } from "./math/t-tests.ts";
export type * from "./math/t-tests.ts";
export { leveneTest, oneWayAnova, welchAnova } from "./math/variance-analysis.ts";
export type * from "./math/variance-analysis.ts";
export { kruskalWallis, wilcoxonRankSum, wilcoxonSignedRank } from "./math/rank-tests.ts";
export type * from "./math/rank-tests.ts";
export { chiSquareTest } from "./math/chi-square-test.ts";
export type * from "./math/chi-square-test.ts";
export { fisherExactTest } from "./math/fisher-exact.ts";
export type * from "./math/fisher-exact.ts";
export { contingencyTable, crossTabulate } from "./math/contingency-table.ts";
export type * from "./math/contingency-table.ts";
export { kendallTest, pearsonTest, spearmanTest } from "./math/correlation-tests.ts";
export type * from "./math/correlation-tests.ts";
export { shapiroWilk } from "./math/shapiro-wilk.ts";
export type * from "./math/shapiro-wilk.ts";
export { adjustPValues } from "./math/adjust-p-values.ts";
export type * from "./math/adjust-p-values.ts";
export { cohenKappa } from "./math/kappa.ts";
export type * from "./math/kappa.ts";
export { median, quantile, quantileOfType } from "./math/quantiles.ts";
export type * from "./math/quantiles.ts";
export { developmentSampleSize } from "./validation/sample-size.ts";
export type * from "./validation/sample-size.ts";
export { externalSampleSize } from "./validation/sample-size-external.ts";
export type * from "./validation/sample-size-external.ts";
export { coxSnellOfC, maximumCoxSnell } from "./validation/implied-explained-variation.ts";
export { univariableScreen } from "./selection/univariable.ts";
export type * from "./selection/univariable.ts";
export { dependentColumns, linearVarianceInflation, varianceInflation } from "./selection/collinearity.ts";
export type * from "./selection/collinearity.ts";
export { redundantColumns } from "./selection/correlation-filter.ts";
export type * from "./selection/correlation-filter.ts";
export { intraclassCorrelation, reliabilityOfMean } from "./selection/intraclass-correlation.ts";
export type * from "./selection/intraclass-correlation.ts";
export { applyCombat, fitCombat } from "./selection/combat.ts";
export { calibrateCombat } from "./selection/combat-calibrate.ts";
export type * from "./selection/combat-calibrate.ts";
export { selectMrmr } from "./selection/mrmr.ts";
export type * from "./selection/mrmr.ts";
export { discreteMeasures } from "./selection/mrmr-discrete.ts";
export { correlationMeasures, gaussianInformation } from "./selection/mrmr-correlation.ts";
export { stabilitySelection } from "./selection/stability-selection.ts";
export type * from "./selection/stability-selection.ts";
export { boruta } from "./selection/boruta.ts";
export type * from "./selection/boruta.ts";
export { stepwiseSelection } from "./selection/stepwise.ts";
export type * from "./selection/stepwise.ts";
// Models
export { logisticRegression } from "./math/logistic-regression.ts";
export type * from "./math/logistic-regression.ts";
export { profileInterval, profileIntervals } from "./math/profile-likelihood.ts";
export type * from "./math/profile-likelihood.ts";
export { likelihoodRatioTest, termTests } from "./math/likelihood-ratio-test.ts";
export type * from "./math/likelihood-ratio-test.ts";
export { waldTest } from "./math/wald-test.ts";
export type * from "./math/wald-test.ts";
export { explainedVariation } from "./math/explained-variation.ts";
export type * from "./math/explained-variation.ts";
export { firthRegression } from "./math/firth-regression.ts";
export type * from "./math/firth-regression.ts";
export { firthInference } from "./math/firth-inference.ts";
export type * from "./math/firth-inference.ts";
export { firthAddedCovariate, firthInterceptCorrected } from "./math/firth-corrections.ts";
export type * from "./math/firth-corrections.ts";
export { quadraticPenaltyRegression } from "./math/quadratic-penalty-regression.ts";
export type * from "./math/quadratic-penalty-regression.ts";
export { harrellPenalty } from "./math/harrell-penalty.ts";
export type * from "./math/harrell-penalty.ts";
export { elasticNetPath } from "./math/elastic-net.ts";
export type * from "./math/elastic-net.ts";
export { crossValidateElasticNet, linearPredictor } from "./math/elastic-net-cross-validation.ts";
export type * from "./math/elastic-net-cross-validation.ts";
export { blendRelaxed, relaxPath } from "./math/relaxed-lasso.ts";
export type * from "./math/relaxed-lasso.ts";
export { crossValidateRelaxed } from "./math/relaxed-lasso-choice.ts";
export type * from "./math/relaxed-lasso-choice.ts";
export { multinomialRegression } from "./math/multinomial-regression.ts";
export type * from "./math/multinomial-regression.ts";
export { proportionalOdds } from "./math/proportional-odds.ts";
export type * from "./math/proportional-odds.ts";
export { fitClassificationTree } from "./math/trees/classification-tree.ts";
export type * from "./math/trees/classification-tree.ts";
export {
  fitForest,
  forestProbabilities,
  probabilityForest,
  votingForest,
} from "./math/trees/random-forest.ts";
export type * from "./math/trees/random-forest.ts";
export { fitGradientBoosting } from "./math/trees/gradient-boosting.ts";
export type * from "./math/trees/gradient-boosting.ts";
export {
  boostedMargins,
  boostedProbabilities,
  fitBoostedTrees,
  BOOSTING_DEFAULTS,
} from "./math/trees/second-order-boosting.ts";
export type * from "./math/trees/second-order-boosting.ts";
export { boostedShapValues, treeShapValues } from "./math/trees/tree-shap.ts";
export { interventionalShapValues } from "./math/trees/interventional-shap.ts";
export { decisionValues, fitSupportVectors } from "./math/support-vectors/support-vector-machine.ts";
export type * from "./math/support-vectors/support-vector-machine.ts";
export { fitPlattScaling, plattProbabilities } from "./math/support-vectors/platt.ts";
export type * from "./math/support-vectors/platt.ts";
export { isotonicRegression } from "./math/isotonic.ts";
// Missing data
export { completedTable, imputeTraining } from "./models/imputation/impute-training.ts";
export type * from "./models/imputation/impute-training.ts";
export { learnImputer } from "./models/imputation/learn-imputer.ts";
export { completePatients } from "./models/imputation/complete-patients.ts";
export { imputationDiagnostics } from "./models/imputation/imputation-diagnostics.ts";
export type * from "./models/imputation/imputation-diagnostics.ts";
export { poolEstimates } from "./math/rubin.ts";
export type * from "./math/rubin.ts";
export { pooledLikelihoodRatioTest, pooledStatisticsTest, pooledWaldTest } from "./math/rubin-tests.ts";
export type * from "./math/rubin-tests.ts";
export { pooledAuc } from "./validation/pooled-auc.ts";
export type * from "./validation/pooled-auc.ts";
// Discrimination
export { auc, rocCurve, rocPoints } from "./validation/roc.ts";
export type * from "./validation/roc.ts";
export { delongAuc, delongCovariance, delongLogitAuc, delongVariance } from "./validation/delong.ts";
export { delongGlobalTest, delongTest, delongTestUnpaired } from "./validation/delong-test.ts";
export type * from "./validation/delong-test.ts";
export { newcombeAuc } from "./validation/newcombe-auc.ts";
export {
  bootstrapAuc,
  bootstrapAucTest,
  bootstrapPartialAuc,
  bootstrapThreshold,
} from "./validation/bootstrap-roc.ts";
export type * from "./validation/bootstrap-roc.ts";
export { partialAuc } from "./validation/partial-auc.ts";
export type * from "./validation/partial-auc.ts";
export { partialAucEstimate } from "./validation/partial-auc-interval.ts";
export { binormalRoc, kernelRoc } from "./validation/smooth-roc.ts";
export type * from "./validation/smooth-roc.ts";
export { averagePrecisionEstimate, precisionRecall } from "./validation/precision-recall.ts";
export type * from "./validation/precision-recall.ts";
export {
  chooseThreshold,
  closestCornerThresholds,
  thresholdAtSpecificity,
  thresholdRule,
  youdenThresholds,
} from "./validation/thresholds.ts";
export type * from "./validation/thresholds.ts";
export { summariseTable } from "./validation/two-by-two.ts";
export type * from "./validation/two-by-two.ts";
export { proportionLimits } from "./validation/proportion-intervals.ts";
export type * from "./validation/proportion-intervals.ts";
export { mcnemarTest } from "./validation/mcnemar.ts";
export type * from "./validation/mcnemar.ts";
export {
  categoricalReclassification,
  continuousReclassification,
  discriminationImprovement,
} from "./validation/reclassification.ts";
export type * from "./validation/reclassification.ts";
// Calibration and use
export { brierScore, logLoss, scaledBrierScore } from "./validation/brier.ts";
export { calibrationInTheLarge, calibrationSlope, observedExpectedRatio } from "./validation/calibration.ts";
export type * from "./validation/calibration.ts";
export { calibrationCurve, calibrationErrors } from "./validation/calibration-curve.ts";
export type * from "./validation/calibration-curve.ts";
export { hosmerLemeshow, spiegelhalter, unreliabilityTest } from "./validation/calibration-tests.ts";
export type * from "./validation/calibration-tests.ts";
export { splineCalibration, splineCalibrationCurve } from "./validation/spline-calibration.ts";
export type * from "./validation/spline-calibration.ts";
export { directLoess, loess, loessCurve } from "./math/loess.ts";
export type * from "./math/loess.ts";
export { decisionCurve } from "./validation/decision-curve.ts";
export type * from "./validation/decision-curve.ts";
export {
  interventionsAvoidedBand,
  netBenefitBand,
  netBenefitDifferenceBand,
} from "./validation/decision-curve-band.ts";
export type * from "./validation/decision-curve-band.ts";
// Validation
export { bootstrapResamples, stratifiedResamples } from "./validation/resamples.ts";
export { bootstrapOptimism } from "./validation/optimism.ts";
export type * from "./validation/optimism.ts";
export { optimismInterval } from "./validation/optimism-interval.ts";
export { bootstrap632 } from "./validation/point632.ts";
export type * from "./validation/point632.ts";
export { logisticResampler } from "./math/logistic-resampler.ts";
export type * from "./math/logistic-resampler.ts";
export { crossValidate, nestedCrossValidation } from "./validation/nested-cross-validation.ts";
export type * from "./validation/nested-cross-validation.ts";
export {
  correctedResampledInterval,
  influenceCurveAuc,
  nestedLossInterval,
} from "./validation/cross-validation-interval.ts";
export type * from "./validation/cross-validation-interval.ts";
export { internalExternalValidation, validateByCentre } from "./validation/internal-external.ts";
export type * from "./validation/internal-external.ts";
export { poolRandomEffects } from "./math/random-effects.ts";
export type * from "./math/random-effects.ts";
export { aucHeterogeneity, interactionTest, subgroupRows } from "./validation/subgroup.ts";
export type * from "./validation/subgroup.ts";
export { closedTest, updatedLinearPredictor, updateModel } from "./validation/updating.ts";
export type * from "./validation/updating.ts";
export { beggGreenes } from "./validation/begg-greenes.ts";
export type * from "./validation/begg-greenes.ts";
export { verificationSensitivity } from "./validation/verification-bias.ts";
export type * from "./validation/verification-bias.ts";
export { tippingPoint } from "./validation/tipping-point.ts";
export type * from "./validation/tipping-point.ts";
// After the model
export { nomogramPoints } from "./calculator/nomogram-points.ts";
export type * from "./calculator/nomogram-points.ts";
export { layoutNomogram } from "./calculator/nomogram-layout.ts";
export type * from "./calculator/nomogram-layout.ts";
export { nomogramOf } from "./calculator/nomogram.ts";
export type * from "./calculator/nomogram.ts";
export { partialEffect } from "./models/partial-effects.ts";
export type * from "./models/partial-effects.ts";
export { linearShap } from "./models/shap-linear.ts";
export type * from "./models/shap-linear.ts";
export { permutationImportance } from "./models/permutation-importance.ts";
export type * from "./models/permutation-importance.ts";
