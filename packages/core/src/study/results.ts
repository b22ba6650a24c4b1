import type { Finding } from "../errors.ts";
import type { Comparison, Evaluation } from "../validation/evaluation.ts";
import { type Comparator, protocolComparators } from "./comparator.ts";
import type { SubgroupTest } from "./evaluate-subgroups.ts";
import type { StudyRun } from "./run-study.ts";

/** The content of results.json. It holds no time and no path, so that equal runs are equal bytes. */
export interface StudyResults {
  readonly schema: "sentinode/results@1";
  readonly study: {
    readonly name: string;
    readonly seed: number;
    readonly software: string;
    readonly protocolHash: string;
    readonly simulated: boolean;
  };
  readonly cohort: {
    readonly patients: number;
    readonly events: number;
    readonly excluded: readonly { readonly reason: string; readonly patients: number }[];
  };
  /** Which of the names in `evaluations` are comparators, and of what kind; empty without any. */
  readonly comparators: readonly Comparator[];
  readonly evaluations: readonly Evaluation[];
  readonly comparisons: readonly Comparison[];
  /** Whether the AUC of a model differs between the levels of a variable. */
  readonly subgroupTests: readonly SubgroupTest[];
  readonly findings: readonly Finding[];
}

/** What of a run or a validation its results are made of. */
export type ResultsSource = Pick<
  StudyRun,
  | "protocol"
  | "protocolHash"
  | "software"
  | "flow"
  | "excluded"
  | "evaluations"
  | "comparisons"
  | "subgroupTests"
  | "findings"
>;

/** The results of a run as other programs read them (schema `sentinode/results@1`). */
export function studyResults(run: ResultsSource): StudyResults {
  const { protocol } = run;
  return {
    schema: "sentinode/results@1",
    study: {
      name: protocol.name,
      seed: protocol.seed,
      software: run.software,
      protocolHash: run.protocolHash,
      simulated: protocol.simulated,
    },
    cohort: { patients: run.flow.analysed, events: run.flow.events, excluded: run.excluded },
    comparators: protocolComparators(protocol),
    evaluations: run.evaluations,
    comparisons: run.comparisons,
    subgroupTests: run.subgroupTests,
    findings: run.findings,
  };
}
