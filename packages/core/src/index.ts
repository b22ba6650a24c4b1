/** Public names, in the order of a study. */
export { FormatError, InputError, NumericalError, type Finding } from "./errors.ts";

export { buildCohort, type CohortReading } from "./cohort/build-cohort.ts";
export { buildPatients, type PatientsReading } from "./cohort/build-patients.ts";
export { type CohortDescription, type PatientsDescription } from "./cohort/cohort-description.ts";
export { type Cohort, type CohortColumn, type LesionImage, type Patients } from "./cohort/cohort.ts";
export { applyEligibility, type Eligibility, type EligibilityRule } from "./cohort/eligibility.ts";
export { parseDecimal } from "./cohort/number-cell.ts";
export { patientId, type PatientId } from "./cohort/patient.ts";
export { proposeVariables, type VariableProposal } from "./cohort/propose-variables.ts";
export { type RawTable } from "./cohort/raw-table.ts";
export { type HeldOutOutcomes, type HeldOutPart } from "./cohort/seal.ts";
export { splitCohort, type Split, type SplitPlan } from "./cohort/split.ts";
export { outcomeGrouping, splitGrouping, tableOne } from "./cohort/table-one.ts";
export { type TableOne } from "./cohort/table-one-row.ts";
export { type Variable } from "./cohort/variable.ts";

export { checkRegion } from "./image/check-region.ts";
export { greyFromSamples, type RasterSamples } from "./image/grey.ts";
export { thresholdMask } from "./image/soft-mask.ts";
export { connectedComponents } from "./image/components.ts";
export { pixelCount } from "./image/mask.ts";
export { type OutlinedImage, perturb } from "./image/perturb.ts";
export { type Perturbation, perturbationWords } from "./image/perturbation.ts";
export { type Dimensions, type Image, type Mask, type Spacing } from "./image/image.ts";

export { type FeatureDefinition, type FeatureValue } from "./features/feature-definition.ts";
export {
  type Discretisation,
  type FeatureSource,
  printedName,
  type RadiomicSource,
} from "./features/feature-source.ts";
export { type Predictor, type PredictorTable, takePatients } from "./features/predictor-table.ts";

export { extractRadiomics, type RadiomicFeature } from "./radiomics/extract.ts";
export { type FeatureColumn, featureColumns } from "./radiomics/feature-columns.ts";
export {
  measurePerturbed,
  type PerturbationPlan,
  type PerturbedVersion,
} from "./radiomics/measure-perturbed.ts";
export { defaultRadiomicsSettings, type RadiomicsSettings } from "./radiomics/settings.ts";

export {
  type IccForm,
  type IntraclassCorrelation,
  intraclassCorrelation,
} from "./selection/intraclass-correlation.ts";

export { coefficientTable } from "./models/coefficient-table.ts";
export { fitModel } from "./models/fit-model.ts";
export { type FittedModel, type ModelSpecification, type Regression } from "./models/model.ts";
export { predictProbability } from "./models/predict.ts";

export { comparePredictions } from "./validation/compare.ts";
export { crossValidationPlan } from "./validation/cross-validation.ts";
export { delongAuc } from "./validation/delong.ts";
export { delongTest } from "./validation/delong-test.ts";
export { evaluatePredictions, evaluateRepeats } from "./validation/evaluate.ts";
export { type Comparison, type Evaluation } from "./validation/evaluation.ts";

export { auditStudy, type RunRecord } from "./study/audit/audit-study.ts";
export { type AuditedOpening } from "./study/audit/audit-subject.ts";
export { type StudyAudit } from "./study/audit/audit.ts";
export { checkStudy, type StudyCheck } from "./study/check-study.ts";
export { contentHash } from "./study/content-hash.ts";
export { type FitData, type FitResult, type FitTask, runFitTask } from "./study/fit-task.ts";
export { freezeModel, type FrozenModel } from "./study/freeze-model.ts";
export { lockedProtocol } from "./study/lock-protocol.ts";
export { type ExtractionPlan, type ImageFeatures, type ImageRequest, type Machine } from "./study/machine.ts";
export { type PatientPredictions, predictPatients } from "./study/predict-patients.ts";
export {
  openingFindings,
  openingWords,
  partOpenings,
  type PartOpenings,
  type RecordedOpening,
} from "./study/openings.ts";
export { dayOfStudy } from "./study/enrolment-order.ts";
export { prepareStudy, type PreparedStudy, type StudyInput } from "./study/prepare-study.ts";
export { type ImageProposal, proposeProtocol } from "./study/propose-protocol.ts";
export { type Protocol, protocolSchema } from "./study/protocol.ts";
export { protocolJsonSchema } from "./study/protocol-json-schema.ts";
export { readProtocol } from "./study/read-protocol.ts";
export { studyResults, type StudyResults } from "./study/results.ts";
export { runStudy, type StudyRun } from "./study/run-study.ts";
export { simulateStudy, type SimulatedStudy } from "./study/simulate-study.ts";
export { reproducibilityTable, type StudyReproducibility } from "./study/study-reproducibility.ts";
export { demonstrateLeak, type LeakDemonstration } from "./study/leak-laboratory/leak-demonstration.ts";
export { findMistake, mistakes } from "./study/leak-laboratory/mistakes.ts";
export { type SimulationSettings } from "./cohort/simulate-cohort.ts";
export { type Freeze, readStudyModel, type StudyModel } from "./study/study-model.ts";
export type { OutputTable } from "./study/output-table.ts";
export { featureDescriptions, featuresTable, predictionsTable } from "./study/study-tables.ts";
export {
  type CodeRecord,
  type FileRecord,
  type Provenance,
  readProvenance,
  type RunFiles,
  runProvenance,
} from "./study/provenance/provenance.ts";
export { type CrateMetadata, researchObject } from "./study/provenance/research-object.ts";
export { type CrateFile, fileIdentifier } from "./study/provenance/research-object-files.ts";
export {
  differenceWords,
  fileDifferences,
  inputDifferences,
  outputDifferences,
  type ProvenanceDifference,
} from "./study/provenance/provenance-differences.ts";
export { type PlannedModel, plannedParameters } from "./study/planning/planned-parameters.ts";
export { developmentSample } from "./study/planning/plan-protocol.ts";
export { planStudy } from "./study/planning/plan-study.ts";
export {
  type ExpectedPerformance,
  type PlanInput,
  type PlanSample,
  type StudyPlan,
} from "./study/planning/study-plan.ts";
export { candidateModel } from "./study/monitoring/candidate-model.ts";
export { type Monitoring, monitorModel, type MonitorSettings } from "./study/monitoring/monitor-model.ts";
export { type MonitorReport } from "./study/monitoring/monitor-report.ts";
export { type ModelValidation, validateModel } from "./study/validate-model.ts";
export { type JudgedModel, memoryVault, type Opening, type OutcomeVault } from "./study/vault.ts";

export { reportOfValidation } from "./report/report-of-validation.ts";
export { withAudit } from "./report/audit-section.ts";
export { renderPlanPage } from "./report/plan-page.ts";
export { planSentences } from "./report/plan-words.ts";
export { renderMonitorPage } from "./report/monitor-page.ts";
export { renderReport } from "./report/render-report.ts";
export { renderLeakPage } from "./report/leak-page.ts";
export { type ReportModel } from "./report/report-model.ts";
export { reportOfRun } from "./report/report-of-run.ts";
