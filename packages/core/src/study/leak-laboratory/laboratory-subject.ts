import type { KnownAt } from "../../cohort/variable.ts";
import { createRandom } from "../../math/random.ts";
import { crossFittedScore } from "../../models/cross-fit.ts";
import { auc } from "../../validation/roc.ts";
import type { AuditedIdentities, AuditedPredictor, AuditSubject } from "../audit/audit-subject.ts";
import { laboratoryModels, patientsOf, radiomicScore, usualPredictors } from "./laboratory-models.ts";
import type { Pipeline, TestedAnalysis } from "./mistake.ts";

const DECISION: KnownAt = "final-pathology";

/**
 * A pipeline of the laboratory as an audit sees it.
 *
 * @param tested What it found with the true outcomes.
 * @param afterEach Awaited after every rerun.
 */
export function laboratorySubject(
  pipeline: Pipeline,
  tested: TestedAnalysis,
  afterEach: () => Promise<void>,
): AuditSubject {
  const { cohort, analyse, shortcuts = [] } = pipeline;
  const { seed } = cohort.settings;
  const aucsOf = (analysis: TestedAnalysis) =>
    laboratoryModels.map((model) => auc(analysis.test.outcome, analysis.scores[model]));
  const found = aucsOf(tested);
  return {
    seed,
    patients: cohort.table.patients,
    outcome: cohort.outcome,
    models: laboratoryModels.map((name, index) => ({
      name,
      blocks: name === "CA" ? ["C", "A"] : ["C", "A", "R"],
      auc: found[index],
    })),
    rerun: async (drawn) => {
      const aucs: (readonly number[])[] = [];
      for (const { label, outcome } of drawn) {
        aucs.push(aucsOf(analyse(outcome, createRandom(seed).fork(label))));
        await afterEach();
      }
      return aucs;
    },
    predictors: auditedPredictors(pipeline),
    decision: DECISION,
    ledger: openings(tested.openings),
    identities: identities(pipeline, tested),
    shortcuts,
    imagesAlone: { name: "block R alone", score: imageScore(pipeline) },
    performance: {
      dataset: "test set",
      outcome: tested.test.outcome,
      scores: laboratoryModels.map((model) => [tested.scores[model]]),
      imageBlocks: ["R"],
    },
  };
}

/** Every variant that was judged on the test set opened it once more. */
function openings(count: number): AuditSubject["ledger"] {
  const variants = Array.from({ length: count }, (_, index) => `variant ${String(index + 1)}`);
  return {
    protocol: variants[count - 1],
    openings: variants.map((protocol) => ({ dataset: "test", protocol, date: "2026-01-01" })),
    prospective: null,
  };
}

function auditedPredictors({
  cohort,
  predictors = usualPredictors,
  known = {},
}: Pipeline): AuditedPredictor[] {
  const blocks = { C: predictors.clinical, A: predictors.axillary, R: predictors.radiomic };
  const columns = new Map(cohort.table.columns.map((column) => [column.name, column]));
  return Object.entries(blocks).flatMap(([block, names]) =>
    names.map((name) => ({
      column: columns.get(name)!,
      known: known[name] ?? DECISION,
      blocks: [block],
      acknowledged: null,
    })),
  );
}

function identities({ cohort, duplicates = [] }: Pipeline, tested: TestedAnalysis): AuditedIdentities {
  const { development, test, artefacts } = tested;
  const eventsOf = (outcome: Uint8Array) => outcome.reduce((count, event) => count + event, 0);
  const judgedOn = patientsOf(test);
  return {
    cohort: { patients: cohort.table.patients, events: eventsOf(cohort.outcome) },
    parts: [
      { name: "development", ...development },
      { name: "test", ...test },
    ].map(({ name, patients, outcome }) => ({ name, patients, events: eventsOf(outcome) })),
    folds: [],
    artefacts: artefacts.map(({ name, trainedOn }) => ({ name, trainedOn, judgedOn })),
    duplicates,
    isRandomSplit: true,
    rows: cohort.table,
  };
}

/** Image features alone, each patient's score from folds without the patient. */
function imageScore({ cohort, predictors = usualPredictors }: Pipeline): Float64Array {
  const random = createRandom(cohort.settings.seed).fork("images-alone");
  const training = { table: cohort.table, outcome: cohort.outcome };
  return crossFittedScore(radiomicScore(predictors.radiomic), training, 3, random).crossFitted;
}
