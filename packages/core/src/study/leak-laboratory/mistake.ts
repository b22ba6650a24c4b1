import type { PatientId } from "../../cohort/patient.ts";
import type { KnownAt } from "../../cohort/variable.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import type { RepeatedPatients, ShortcutSource } from "../audit/audit-subject.ts";
import type { LaboratoryCohort } from "./laboratory-cohort.ts";
import type { LaboratoryPredictors, PerModel } from "./laboratory-models.ts";

/** Something that was learned from data, and from whom. */
export interface LearnedArtefact {
  /** In words, e.g. `means and standard deviations`. */
  readonly name: string;
  readonly trainedOn: readonly PatientId[];
}

/** Rows that an analysis uses for one purpose. A row is a patient, an image or a made-up one, as the analysis has it. */
export interface AnalysedRows {
  /** Null: a row that belongs to nobody. */
  readonly patients: readonly (PatientId | null)[];
  readonly outcome: Uint8Array;
  readonly table: PredictorTable;
}

/** What an analysis says of the rows that it calls its test set, and what it left behind. */
export interface TestedAnalysis {
  /** The two sets as they were divided, before anything was made of the one to learn from. */
  readonly development: AnalysedRows;
  readonly test: AnalysedRows;
  /** One a row of `test`. */
  readonly scores: PerModel<Float64Array>;
  readonly artefacts: readonly LearnedArtefact[];
  /** How many variants of the models were judged on the outcomes of the test set. */
  readonly openings: number;
  /** Risks of new patients by the models that the analysis would publish. */
  readonly predict: (table: PredictorTable) => PerModel<Float64Array>;
}

/** An analysis of a cohort, right or wrong: all that learns from outcomes is learned anew at every call. */
export type Analysis = (outcome: Uint8Array, random: Random) => TestedAnalysis;

/** A right or a wrong analysis of a cohort, with what an audit may know of it. */
export interface Pipeline {
  /** One row a patient. */
  readonly cohort: LaboratoryCohort;
  readonly analyse: Analysis;
  /** The usual ones without it. */
  readonly predictors?: LaboratoryPredictors;
  /** When a predictor is known, where that is not before the decision. */
  readonly known?: Readonly<Record<string, KnownAt>>;
  /** Columns of the cohort that say nothing of the disease. */
  readonly shortcuts?: readonly ShortcutSource[];
  /** Patients with nearly the same image, as the comparison of fingerprints finds them. */
  readonly duplicates?: readonly RepeatedPatients[];
}

/** The right and the wrong analysis, and patients to judge both by. */
export interface Experiment {
  readonly honest: Pipeline;
  readonly leaky: Pipeline;
  /** Draws new patients as both analyses meet them at the time of the decision. */
  readonly fresh: () => LaboratoryCohort;
}

/** What others found when they measured the effect of a mistake. */
export interface PublishedEffect {
  readonly finding: string;
  readonly source: string;
}

/** A mistake that makes a model look better than it is, with its experiment. */
export interface Mistake {
  /** As `demo --leak MODE` names it. */
  readonly mode: string;
  readonly title: string;
  /** What is done wrong and right, in three lines of pseudo-code. */
  readonly wrong: readonly [string, string, string];
  readonly right: readonly [string, string, string];
  /** Why it leaks. */
  readonly why: string;
  readonly published: readonly PublishedEffect[];
  /** How the ordinary pipeline keeps it from happening. */
  readonly prevention: string;
  readonly prepare: (cohort: LaboratoryCohort) => Experiment;
  /** The message with which the ordinary pipeline refuses the mistake; null where no message does. */
  readonly refusal: ((experiment: Experiment) => string) | null;
}
