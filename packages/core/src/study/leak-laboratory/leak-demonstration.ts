import { createRandom } from "../../math/random.ts";
import { delongAuc } from "../../validation/delong.ts";
import type { Estimate } from "../../validation/estimate.ts";
import { rocCurve, type RocPoint } from "../../validation/roc.ts";
import { auditPipeline } from "../audit/audit-pipeline.ts";
import type { StudyAudit } from "../audit/audit.ts";
import type { LampName } from "../audit/lamp.ts";
import { honestPipeline } from "./analysed-rows.ts";
import {
  freshPatients,
  type LaboratoryCohort,
  laboratoryCohort,
  type LaboratorySettings,
} from "./laboratory-cohort.ts";
import { type LaboratoryModel, laboratoryModels } from "./laboratory-models.ts";
import { laboratorySubject } from "./laboratory-subject.ts";
import type { Mistake, Pipeline } from "./mistake.ts";

/** What a model seems to be worth, and what it is worth. */
export interface ModelOutcome {
  readonly model: LaboratoryModel;
  /** On the rows that the analysis calls its test set. */
  readonly test: Estimate;
  /** On new patients of the simulator, which no study has. */
  readonly truth: Estimate;
  readonly testCurve: readonly RocPoint[];
  /** At most 200 points of it. */
  readonly trueCurve: readonly RocPoint[];
}

/** An analysis, what it found, and what an audit says of it. */
export interface PipelineOutcome {
  readonly rows: { readonly development: number; readonly test: number; readonly testEvents: number };
  readonly models: readonly ModelOutcome[];
  readonly audit: StudyAudit;
}

/** A mistake beside the right way; plain JSON without times and paths. */
export interface LeakDemonstration extends Pick<
  Mistake,
  "mode" | "title" | "wrong" | "right" | "why" | "published" | "prevention"
> {
  readonly patients: number;
  readonly seed: number;
  readonly permutations: number;
  readonly freshPatients: number;
  /** The message with which the ordinary pipeline refuses the mistake; null where no message does. */
  readonly refusal: string | null;
  readonly honest: PipelineOutcome;
  readonly leaky: PipelineOutcome;
  /** Red lamps of the leaky analysis. */
  readonly caughtBy: readonly LampName[];
}

/** How a demonstration is done. */
export interface DemonstrationOptions extends LaboratorySettings {
  readonly permutations: number;
  /** Awaited after every analysis with permuted outcomes; there are twice as many as permutations. */
  readonly afterEach?: () => Promise<void>;
}

/**
 * Makes a mistake on a simulated cohort, does the same rightly, and has both audited.
 *
 * @throws {InputError} Fewer than 100 patients, or as `auditPipeline`.
 */
export async function demonstrateLeak(
  mistake: Mistake,
  options: DemonstrationOptions,
): Promise<LeakDemonstration> {
  const { patients, seed, permutations } = options;
  const experiment = mistake.prepare(laboratoryCohort({ patients, seed }));
  const fresh = experiment.fresh();
  const honest = await judge(experiment.honest, fresh, options);
  const leaky = await judge(experiment.leaky, fresh, options);
  const { mode, title, wrong, right, why, published, prevention } = mistake;
  return {
    mode,
    title,
    wrong,
    right,
    why,
    published,
    prevention,
    patients,
    seed,
    permutations,
    freshPatients: fresh.outcome.length,
    refusal: mistake.refusal?.(experiment) ?? null,
    honest,
    leaky,
    caughtBy: leaky.audit.lamps.filter(({ colour }) => colour === "red").map(({ name }) => name),
  };
}

/**
 * An analysis without a mistake on a cohort without a trap: no lamp may be red.
 *
 * @throws {InputError} As {@link demonstrateLeak}.
 */
export async function demonstrateClean(options: DemonstrationOptions): Promise<PipelineOutcome> {
  const { patients, seed } = options;
  const cohort = laboratoryCohort({ patients, seed });
  return await judge(honestPipeline(cohort), freshPatients(cohort, 5000), options);
}

async function judge(
  pipeline: Pipeline,
  fresh: LaboratoryCohort,
  { seed, permutations, afterEach = () => Promise.resolve() }: DemonstrationOptions,
): Promise<PipelineOutcome> {
  const tested = pipeline.analyse(
    pipeline.cohort.outcome,
    createRandom(seed).fork("leak-laboratory/analysis"),
  );
  const { development, test } = tested;
  const predicted = tested.predict(fresh.table);
  return {
    rows: {
      development: development.outcome.length,
      test: test.outcome.length,
      testEvents: test.outcome.reduce((count, event) => count + event, 0),
    },
    models: laboratoryModels.map((model) => ({
      model,
      test: delongAuc(test.outcome, tested.scores[model]),
      truth: delongAuc(fresh.outcome, predicted[model]),
      testCurve: rocCurve(test.outcome, tested.scores[model]),
      trueCurve: thinned(rocCurve(fresh.outcome, predicted[model]), 200),
    })),
    audit: await auditPipeline(laboratorySubject(pipeline, tested, afterEach), { permutations }),
  };
}

/** At most `most` points, the first and the last among them. */
function thinned(curve: readonly RocPoint[], most: number): readonly RocPoint[] {
  if (curve.length <= most) return curve;
  return Array.from({ length: most }, (_, k) => curve[Math.round((k * (curve.length - 1)) / (most - 1))]);
}
