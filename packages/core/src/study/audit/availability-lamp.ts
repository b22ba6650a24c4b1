import { forbiddenName } from "../../cohort/forbidden-names.ts";
import type { KnownAt } from "../../cohort/variable.ts";
import { createRandom } from "../../math/random.ts";
import type { AuditSubject } from "./audit-subject.ts";
import type { AvailabilityEvidence, PredictorAvailability } from "./evidence.ts";
import { type LampOf, type LampReason, toLamp } from "./lamp.ts";
import { singleAuc } from "./single-predictor.ts";

/** A column that predicts better alone probably says the outcome in other words. */
export const SUSPICIOUS_SINGLE_AUC = 0.9;

const ORDER: readonly KnownAt[] = ["before-surgery", "after-sentinel-biopsy", "final-pathology", "never"];

/** When each column is known, what its name says, and what it predicts alone: permutation cannot see such a mistake. */
export function availabilityLamp(subject: AuditSubject): LampOf<"availability", AvailabilityEvidence> {
  const random = createRandom(subject.seed).fork("audit/single");
  const predictors = subject.predictors.map(
    ({ column, known, blocks, acknowledged }): PredictorAvailability => ({
      name: column.name,
      label: column.label,
      source: column.source.kind === "clinical" ? "table" : "image",
      known,
      blocks,
      auc: singleAuc(column, subject.outcome, random.fork(column.name)),
      forbidden: column.source.kind === "clinical" ? forbiddenName(column.name, column.label) : null,
      acknowledged,
    }),
  );
  const used = predictors.filter(({ blocks }) => blocks.length > 0);
  return toLamp({
    name: "availability",
    title: "Predictors",
    verdict: verdict(used),
    reasons: used.flatMap((predictor) => reasonsOf(predictor, subject.decision)),
    evidence: { decision: subject.decision, predictors },
  });
}

function reasonsOf(predictor: PredictorAvailability, decision: KnownAt): readonly LampReason[] {
  const { name, known, forbidden, acknowledged, auc } = predictor;
  const reasons: LampReason[] = [];
  const colour = acknowledged === null ? "red" : "amber";
  const why =
    acknowledged === null ? "take it out, or state why it may predict" : `it is kept since ${acknowledged}`;
  if (ORDER.indexOf(known) > ORDER.indexOf(decision))
    reasons.push({
      code: "known-after-decision",
      colour: "red",
      message: `${name} is known at ${known} and the decision is at ${decision}; at the time of use nobody has it; take it out`,
    });
  if (forbidden !== null)
    reasons.push({
      code: "forbidden-name",
      colour,
      message: `${name} needs another use than that of a predictor, by its name: ${forbidden}; ${why}`,
    });
  if (auc !== null && auc > SUSPICIOUS_SINGLE_AUC)
    reasons.push({
      code: "single-predictor",
      colour,
      message: `${name} alone has an AUC of ${auc.toFixed(3)}; above ${SUSPICIOUS_SINGLE_AUC} a column mostly says the outcome in other words; ${why}`,
    });
  return reasons;
}

function verdict(used: readonly PredictorAvailability[]): string {
  const known = used.filter(({ auc }) => auc !== null);
  const start = `${used.length} ${used.length === 1 ? "column predicts" : "columns predict"}`;
  if (known.length === 0) return `${start}; none of them can be judged alone.`;
  const best = known.reduce((a, b) => (b.auc! > a.auc! ? b : a));
  return `${start}; the best of them alone is ${best.name} with an AUC of ${best.auc!.toFixed(3)}.`;
}
