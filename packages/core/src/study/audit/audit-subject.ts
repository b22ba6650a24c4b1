import type { PatientId } from "../../cohort/patient.ts";
import type { KnownAt } from "../../cohort/variable.ts";
import type { Predictor, PredictorTable } from "../../features/predictor-table.ts";

/**
 * What an audit judges: any pipeline that can be run again, whether it is a study or an analysis with a deliberate mistake.
 * Lists of one value a patient stand in the order of `patients`.
 */
export interface AuditSubject {
  /** Random numbers of the audit derive from it. */
  readonly seed: number;
  /** The patients whose outcomes are known to the pipeline and permuted; sealed ones are not among them. */
  readonly patients: readonly PatientId[];
  /** 1 = event, 0 = none. */
  readonly outcome: Uint8Array;
  /** In the order of the AUCs that `rerun` gives. */
  readonly models: readonly AuditedModel[];
  /**
   * Does everything anew that is learned with outcomes: imputation, selection, harmonisation, tuning, scores, regressions.
   *
   * @returns For each drawing the AUC of every model: out of fold or held out, measured as `AuditedModel.auc` is.
   */
  readonly rerun: (drawn: readonly DrawnOutcome[]) => Promise<readonly (readonly number[])[]>;
  /** Every column that a model may use. */
  readonly predictors: readonly AuditedPredictor[];
  /** When the models are to be used. */
  readonly decision: KnownAt;
  /** Null: the pipeline keeps none. */
  readonly ledger: AuditedLedger | null;
  readonly identities: AuditedIdentities;
  readonly shortcuts: readonly ShortcutSource[];
  /** A model of what the image gives and nothing else, out of fold; null where models use no image. */
  readonly imagesAlone: AuditedScore | null;
  /** Performance that must be plausible: held-out where there is a test set, cross-validated otherwise. */
  readonly performance: AuditedPerformance;
}

/** Outcomes in place of the true ones. */
export interface DrawnOutcome {
  /** Names the drawing and its random numbers, e.g. `audit/permutation/17`. */
  readonly label: string;
  /** One per patient of `AuditSubject.patients`. */
  readonly outcome: Uint8Array;
}

/** A model of the pipeline as it is. */
export interface AuditedModel {
  readonly name: string;
  /** Names of its blocks, from which nested models are known. */
  readonly blocks: readonly string[];
  /** With the true outcomes, measured as `rerun` measures it. */
  readonly auc: number;
}

/** A column with what the pipeline says of it. */
export interface AuditedPredictor {
  /** One row per patient of `AuditSubject.patients`. */
  readonly column: Predictor;
  /** When the value exists, as the pipeline states it. */
  readonly known: KnownAt;
  /** Blocks that use it; none: it is described and not used. */
  readonly blocks: readonly string[];
  /** Why it may predict although its name or its AUC speaks against it; null: nobody said. */
  readonly acknowledged: string | null;
}

/** The steps of a ledger that an audit asks about, oldest first. */
export interface AuditedLedger {
  /** Hash of the protocol whose results are audited. */
  readonly protocol: string;
  readonly openings: readonly AuditedOpening[];
  /** Null where no patients were enrolled after the development. */
  readonly prospective: {
    /** Day of the first enrolment, as year-month-day; null: the table holds no date. */
    readonly firstEnrolment: string | null;
    /** Day on which a model was frozen, as year-month-day; null: none was. */
    readonly frozen: string | null;
  } | null;
}

/** One opening of outcomes that were set apart. */
export interface AuditedOpening {
  readonly dataset: string;
  /** Hash of the protocol that was evaluated. */
  readonly protocol: string;
  /** Day, as year-month-day. */
  readonly date: string;
}

/** Who stands where. Ids are those that the pipeline carries, whatever they are; null: a row without one. */
export interface AuditedIdentities {
  /** Patients and events of the cohort as it was recruited. */
  readonly cohort: {
    readonly patients: readonly PatientId[];
    readonly events: number;
    /** Patients among whom the events were counted; absent: all. */
    readonly known?: number;
  };
  /** Sets that must not share a patient, as the pipeline uses them: one entry a row, so that repeated rows show. */
  readonly parts: readonly AuditedPart[];
  /** Folds of the cross-validation; none: there is none. */
  readonly folds: readonly {
    readonly training: readonly PatientId[];
    readonly testing: readonly PatientId[];
  }[];
  /** Everything learned, with the patients from whom and the patients on whom it is judged. */
  readonly artefacts: readonly AuditedArtefact[];
  /** Patients with the same or nearly the same image. */
  readonly duplicates: readonly RepeatedPatients[];
  /** Whether the parts were drawn at random, so that their shares of events must agree. */
  readonly isRandomSplit: boolean;
  /** Numbers of each row of the parts, by which repeated rows are found; null: not compared. */
  readonly rows: PredictorTable | null;
}

/** A set of rows that the pipeline uses for one purpose. */
export interface AuditedPart {
  readonly name: string;
  readonly patients: readonly (PatientId | null)[];
  /** Null: its outcomes are sealed. */
  readonly events: number | null;
}

/** Something learned from patients: a scaler, an imputation, batch parameters, a selection, a score, a model. */
export interface AuditedArtefact {
  readonly name: string;
  readonly trainedOn: readonly PatientId[];
  /** Patients on whom it is judged other than out of fold. */
  readonly judgedOn: readonly PatientId[];
}

/** Two patients who may be one. */
export interface RepeatedPatients {
  readonly patients: readonly [PatientId, PatientId];
  /** What they share, e.g. `the image is a mirrored copy`. */
  readonly shared: string;
  /** Whether the protocol declares them, so that they are kept together. */
  readonly isDeclared: boolean;
}

/** Columns that say nothing of the disease: a model of them should not predict. */
export interface ShortcutSource {
  readonly name: "metadata" | "missingness" | "background" | "centre";
  /** One row per patient of `AuditSubject.patients`. */
  readonly table: PredictorTable;
}

/** Scores of patients on whom nothing was learned. */
export interface AuditedScore {
  /** What scored them, e.g. `block R alone`. */
  readonly name: string;
  /** One per patient of `AuditSubject.patients`. */
  readonly score: Float64Array;
}

/** Scores of all models on the same patients. */
export interface AuditedPerformance {
  /** As sentences name it, e.g. `test set`. */
  readonly dataset: string;
  readonly outcome: Uint8Array;
  /** In the order of `AuditSubject.models`; repeats of a cross-validation are several lists. */
  readonly scores: readonly (readonly Float64Array[])[];
  /** Blocks that hold what images give. */
  readonly imageBlocks: readonly string[];
}
