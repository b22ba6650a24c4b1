import { InputError } from "../../errors.ts";
import { quantile } from "../../math/quantiles.ts";
import { createRandom } from "../../math/random.ts";
import { mean, sampleStandardDeviation } from "../../math/statistics.ts";
import { twoSidedNormal } from "../../validation/estimate.ts";
import type { AuditOptions } from "./audit.ts";
import type { AuditSubject, DrawnOutcome } from "./audit-subject.ts";
import type { PermutationEvidence, PermutedModel } from "./evidence.ts";
import { type LampOf, type LampReason, toLamp } from "./lamp.ts";

/** How far the mean AUC with permuted outcomes may lie from 0.5. */
export const PERMITTED_DEVIATION = 0.03;

/** Fewer permutations say nothing. */
const FEWEST = 20;

/** Permutations that are asked for at once. */
const BATCH = 5;

/** A deviation that chance explains in one of a thousand audits, in standard errors. */
const CERTAIN = twoSidedNormal(0.999);

/**
 * Learns everything again on permuted outcomes: what is found then was never there. A pipeline that tests patients who had
 * a part in its learning finds something all the same.
 *
 * @param subject Its `rerun` is called with every permutation.
 * @throws {InputError} Fewer than 20 permutations, or a rerun that leaves out a model.
 * @source Ojala & Garriga 2010, J Mach Learn Res 11:1833-1863 (permutation of class labels).
 */
export async function permutationLamp(
  subject: AuditSubject,
  options: AuditOptions,
): Promise<LampOf<"permutations", PermutationEvidence>> {
  const { permutations } = options;
  if (!(permutations >= FEWEST))
    throw new InputError(
      `an audit needs at least ${FEWEST} permutations; got ${permutations}; use 200, or more where time allows`,
    );
  const rows: (readonly number[])[] = [];
  options.progress?.(0, permutations);
  while (rows.length < permutations && (rows.length < FEWEST || options.enough?.(rows.length) !== true)) {
    const size = Math.min(BATCH, permutations - rows.length);
    const drawn = Array.from({ length: size }, (_, k) => permutedOutcome(subject, rows.length + k));
    rows.push(...(await subject.rerun(drawn)));
    options.progress?.(rows.length, permutations);
  }
  if (rows.some((row) => row.length !== subject.models.length))
    throw new InputError(
      `an audit needs the AUC of every model from every rerun; got another number than ${subject.models.length}; return one a model`,
    );
  const models = subject.models.map(({ name, auc }, model) =>
    permutedModel(
      name,
      auc,
      rows.map((row) => row[model]),
    ),
  );
  return toLamp({
    name: "permutations",
    title: "Permuted outcomes",
    verdict: verdict(rows.length, models),
    reasons: models.flatMap(reasonsOf),
    evidence: { permutations: rows.length, models },
  });
}

/** The outcomes of a subject dealt anew among its patients; the same for the same seed and number. */
export function permutedOutcome(
  { seed, outcome }: Pick<AuditSubject, "seed" | "outcome">,
  number: number,
): DrawnOutcome {
  const label = `audit/permutation/${number}`;
  return { label, outcome: Uint8Array.from(createRandom(seed).fork(label).shuffle(Array.from(outcome))) };
}

function permutedModel(model: string, honest: number, aucs: readonly number[]): PermutedModel {
  const average = mean(aucs);
  const standardDeviation = sampleStandardDeviation(aucs);
  const halfWidth = (twoSidedNormal(0.95) * standardDeviation) / Math.sqrt(aucs.length);
  return {
    model,
    honest,
    mean: average,
    lower: average - halfWidth,
    upper: average + halfWidth,
    standardDeviation,
    percentile95: quantile(aucs, 0.95),
    pValue: (1 + aucs.filter((auc) => auc >= honest).length) / (1 + aucs.length),
    aucs,
  };
}

function reasonsOf(model: PermutedModel): readonly LampReason[] {
  const deviation = model.mean - 0.5;
  const standardError = model.standardDeviation / Math.sqrt(model.aucs.length);
  const reasons: LampReason[] = [];
  if (Math.abs(deviation) > PERMITTED_DEVIATION) {
    const isCertain = Math.abs(deviation) > CERTAIN * standardError;
    reasons.push({
      code: isCertain ? `permuted-auc-${deviation > 0 ? "high" : "low"}` : "permuted-auc-unclear",
      colour: isCertain ? "red" : "amber",
      message: `model ${model.model} needs a mean AUC of 0.47 to 0.53 with permuted outcomes; got ${model.mean.toFixed(3)} (95% interval ${model.lower.toFixed(3)} to ${model.upper.toFixed(3)}); ${advice(deviation, isCertain)}`,
    });
  }
  if (!(model.honest > model.percentile95))
    reasons.push({
      code: "uninformative",
      colour: "amber",
      message: `model ${model.model} is uninformative: its AUC of ${model.honest.toFixed(3)} does not lie above the 95th percentile of permuted outcomes, ${model.percentile95.toFixed(3)}; do not report it as a predictor`,
    });
  return reasons;
}

function advice(deviation: number, isCertain: boolean): string {
  if (!isCertain) return "chance may explain it; ask for more permutations";
  return deviation > 0
    ? "patients that it is tested on had a part in its learning; look for a selection, a score, a tuning or copies of patients that the folds do not separate"
    : "its tests are turned against it; look for predictions of different fits that are ranked together";
}

function verdict(permutations: number, models: readonly PermutedModel[]): string {
  const means = models.map(({ mean: average }) => average);
  const informative = models.filter(({ honest, percentile95 }) => honest > percentile95).length;
  return `Everything was learned again on ${permutations} permutations of the outcomes: mean AUC ${Math.min(...means).toFixed(3)} to ${Math.max(...means).toFixed(3)} (0.47 to 0.53 is expected); ${informative} of ${models.length} models lie above the 95th percentile of their permutations.`;
}
