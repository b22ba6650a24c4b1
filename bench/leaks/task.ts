import {
  demonstrateClean,
  demonstrateLeak,
  type LeakDemonstration,
} from "../../packages/core/src/study/leak-laboratory/leak-demonstration.ts";
import { findMistake } from "../../packages/core/src/study/leak-laboratory/mistakes.ts";

/** One mistake on one cohort, or an analysis without one. */
export interface LeakTask {
  /** Null: an analysis without a mistake. */
  readonly mode: string | null;
  readonly patients: number;
  readonly seed: number;
  readonly permutations: number;
}

/** What the bench keeps of a task. */
export interface LeakRow {
  readonly mode: string | null;
  readonly seed: number;
  readonly title: string;
  readonly honest: AnalysisRow;
  /** Null for an analysis without a mistake. */
  readonly leaky: AnalysisRow | null;
  readonly isRefused: boolean;
}

/** Figures of the full model of one analysis. */
export interface AnalysisRow {
  readonly test: number;
  readonly truth: number;
  readonly permuted: number;
  /** Lamps and reason codes, e.g. `identities: patients-in-two-parts`. */
  readonly red: readonly string[];
  readonly amber: readonly string[];
}

/** Does a task. */
export async function runLeakTask({ mode, ...options }: LeakTask): Promise<LeakRow> {
  if (mode === null) {
    const clean = analysisRow(await demonstrateClean(options));
    return { mode, seed: options.seed, title: "no mistake", honest: clean, leaky: null, isRefused: false };
  }
  const leak = await demonstrateLeak(findMistake(mode), options);
  return {
    mode,
    seed: options.seed,
    title: leak.title,
    honest: analysisRow(leak.honest),
    leaky: analysisRow(leak.leaky),
    isRefused: leak.refusal !== null,
  };
}

function analysisRow({ models, audit }: LeakDemonstration["leaky"]): AnalysisRow {
  const { test, truth } = models[models.length - 1];
  const permuted = audit.lamps[0].evidence.models;
  const reasons = (colour: "red" | "amber") =>
    audit.lamps.flatMap((lamp) =>
      lamp.reasons.flatMap((reason) => (reason.colour === colour ? [`${lamp.name}: ${reason.code}`] : [])),
    );
  return {
    test: test.value,
    truth: truth.value,
    permuted: permuted[permuted.length - 1].mean,
    red: [...new Set(reasons("red"))],
    amber: [...new Set(reasons("amber"))],
  };
}
