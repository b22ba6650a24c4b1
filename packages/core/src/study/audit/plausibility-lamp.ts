import type { Estimate } from "../../validation/estimate.ts";
import { pooledDelongAuc, pooledDelongTest } from "../../validation/pooled-repeats.ts";
import type { AuditedScore, AuditSubject } from "./audit-subject.ts";
import type { AuditedAuc, ImageIncrement, PlausibilityEvidence } from "./evidence.ts";
import { type LampOf, type LampReason, toLamp } from "./lamp.ts";
import { requiredAuc } from "./required-auc.ts";

/** An AUC above it is better than the reference standard allows. */
export const SUSPICIOUS_AUC = 0.95;

/** What images of the tumour add beyond it asks for proof. */
export const SUSPICIOUS_INCREMENT = 0.05;

/** Correlation that scores of image and clinic may have within an outcome. */
const CORRELATED = 0.3;

/**
 * Whether the performance can be what it seems: an AUC near 1, and what images add against what they are worth alone.
 *
 * @param subject Nested models are known from their blocks.
 */
export function plausibilityLamp(subject: AuditSubject): LampOf<"plausibility", PlausibilityEvidence> {
  const { performance, models } = subject;
  const aucs = models.map(({ name }, index) => ({
    model: name,
    ...aucOf(pooledDelongAuc(performance.outcome, performance.scores[index])),
  }));
  const increments = imagePairs(subject).map((pair) => incrementOf(subject, aucs, pair));
  const alone = subject.imagesAlone === null ? null : imagesAloneAuc(subject, subject.imagesAlone);
  const evidence = { dataset: performance.dataset, models: aucs, increments, imagesAlone: alone };
  return toLamp({
    name: "plausibility",
    title: "Plausibility",
    verdict: verdict(evidence),
    reasons: [...tooGood(evidence), ...increments.flatMap((increment) => unexplained(increment, alone))],
    evidence,
  });
}

function aucOf({ value, lower, upper }: Estimate): AuditedAuc {
  return { auc: value, lower, upper };
}

function imagesAloneAuc({ outcome }: AuditSubject, { name, score }: AuditedScore) {
  return { name, ...aucOf(pooledDelongAuc(outcome, [score])) };
}

interface ModelPair {
  readonly smaller: number;
  readonly larger: number;
  readonly blocks: readonly string[];
}

/** Models that differ by what images give and by nothing else. */
function imagePairs({ models, performance: { imageBlocks } }: AuditSubject): readonly ModelPair[] {
  return models.flatMap((large, larger) =>
    models.flatMap((small, smaller): ModelPair[] => {
      const blocks = large.blocks.filter((block) => !small.blocks.includes(block));
      const isNested =
        blocks.length > 0 &&
        small.blocks.every((block) => large.blocks.includes(block)) &&
        blocks.every((block) => imageBlocks.includes(block));
      return isNested ? [{ smaller, larger, blocks }] : [];
    }),
  );
}

function incrementOf(
  { models, performance: { outcome, scores } }: AuditSubject,
  aucs: readonly AuditedAuc[],
  { smaller, larger, blocks }: ModelPair,
): ImageIncrement {
  const { difference, lower, upper } = pooledDelongTest(outcome, scores[larger], scores[smaller]);
  const from = aucs[smaller].auc;
  const needed = (to: number, correlation: number) =>
    from > 0 && from < 1 && to > 0 ? requiredAuc({ from, to: Math.min(to, NEARLY_ONE), correlation }) : null;
  return {
    smaller: models[smaller].name,
    larger: models[larger].name,
    blocks,
    difference,
    lower,
    upper,
    needed: needed(aucs[larger].auc, 0),
    neededCorrelated: needed(aucs[larger].auc, CORRELATED),
    neededAtLeast: lower === null ? null : needed(from + lower, 0),
  };
}

/** An AUC of 1 has no distance; this one stands for it. */
const NEARLY_ONE = 0.9999;

function tooGood({ dataset, models }: PlausibilityEvidence): readonly LampReason[] {
  return models.flatMap(({ model, auc }) =>
    auc > SUSPICIOUS_AUC
      ? [
          {
            code: "auc-too-good",
            colour: "amber" as const,
            message: `model ${model} has an AUC of ${auc.toFixed(3)} in the ${dataset}; above ${SUSPICIOUS_AUC} a mistake is likelier than such a model, since the reference standard itself errs; find out what carries it before it is reported`,
          },
        ]
      : [],
  );
}

function unexplained(
  { smaller, larger, blocks, difference, needed, neededAtLeast }: ImageIncrement,
  alone: PlausibilityEvidence["imagesAlone"],
): readonly LampReason[] {
  if (difference <= SUSPICIOUS_INCREMENT || needed === null) return [];
  const start = `${blocks.join(" and ")} adds ${difference.toFixed(3)} to the AUC from ${smaller} to ${larger}, for which it needs an AUC of ${needed.toFixed(3)} alone`;
  if (alone === null || alone.upper === null)
    return [
      {
        code: "increment-above-limit",
        colour: "amber",
        message: `${start}; nobody measured what it has; show it`,
      },
    ];
  const measured = `${alone.name} has ${alone.auc.toFixed(3)} out of fold`;
  return neededAtLeast !== null && neededAtLeast > alone.upper
    ? [
        {
          code: "increment-unexplained",
          colour: "red",
          message: `${start}; ${measured}, and not even the lower limit of the increment is within its interval; the increment has another cause; find it`,
        },
      ]
    : [
        {
          code: "increment-above-limit",
          colour: "amber",
          message: `${start}; ${measured}; an increment above ${SUSPICIOUS_INCREMENT} needs a second, external set of patients before it is believed`,
        },
      ];
}

function verdict({ dataset, models, increments, imagesAlone }: PlausibilityEvidence): string {
  const best = Math.max(...models.map(({ auc }) => auc));
  const start = `The highest AUC in the ${dataset} is ${best.toFixed(3)}`;
  if (increments.length === 0) return `${start}; no two models differ by images alone.`;
  const largest = increments.reduce((a, b) => (b.difference > a.difference ? b : a));
  const adds = `images add ${largest.difference.toFixed(3)} from ${largest.smaller} to ${largest.larger}`;
  const alone = imagesAlone === null ? "" : `, and ${imagesAlone.name} has ${imagesAlone.auc.toFixed(3)}`;
  return largest.needed === null
    ? `${start}; ${adds}${alone}.`
    : `${start}; ${adds}, for which they need ${largest.needed.toFixed(3)} alone${alone}.`;
}
