import type { PatientId } from "../../cohort/patient.ts";
import type { KnownAt } from "../../cohort/variable.ts";

/** An AUC with its interval; null where it has none. */
export interface AuditedAuc {
  readonly auc: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What permuted outcomes gave. */
export interface PermutationEvidence {
  /** How often the outcomes were permuted. */
  readonly permutations: number;
  readonly models: readonly PermutedModel[];
}

/** One model under permuted outcomes. */
export interface PermutedModel {
  readonly model: string;
  /** AUC with the true outcomes. */
  readonly honest: number;
  /** Of the AUCs with permuted outcomes, with a 95 % interval of this mean. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly standardDeviation: number;
  readonly percentile95: number;
  /** Share of drawings, the true outcomes among them, whose AUC is at least the honest one. */
  readonly pValue: number;
  /** One a permutation. */
  readonly aucs: readonly number[];
}

/** Which columns models use, when these are known, and what each says alone. */
export interface AvailabilityEvidence {
  readonly decision: KnownAt;
  readonly predictors: readonly PredictorAvailability[];
}

/** One column. */
export interface PredictorAvailability {
  readonly name: string;
  readonly label: string;
  readonly source: "table" | "image";
  readonly known: KnownAt;
  readonly blocks: readonly string[];
  /** Of the column alone, at least 0.5 for numbers; null where it cannot be had. */
  readonly auc: number | null;
  /** What its name says that speaks against it; null: nothing. */
  readonly forbidden: string | null;
  readonly acknowledged: string | null;
}

/** How often outcomes that were set apart were looked at. */
export interface LedgerEvidence {
  /** Whether the pipeline keeps a ledger. */
  readonly isKept: boolean;
  readonly datasets: readonly OpenedDataset[];
}

/** One set whose outcomes were set apart. */
export interface OpenedDataset {
  readonly dataset: string;
  readonly openings: number;
  /** Different protocols among the openings. */
  readonly protocols: number;
  /** Whether the audited protocol is the one that opened it first. */
  readonly isFirst: boolean;
}

/** Who stands where. */
export interface IdentityEvidence {
  readonly parts: readonly PartShare[];
  /** Sets that share patients. */
  readonly shared: readonly SharedPatients[];
  /** Artefacts that are judged on patients from whom they were learned. */
  readonly artefacts: { readonly checked: number; readonly shared: readonly SharedPatients[] };
  readonly folds: { readonly checked: number; readonly sharing: number };
  /** Patients with the same image or the same numbers. */
  readonly repeated: readonly RepeatedEvidence[];
  readonly rowsWithoutPatient: number;
  /** Rows of patients who are not of the cohort. */
  readonly unknownPatients: number;
}

/** A part and its share of events. */
export interface PartShare {
  readonly name: string;
  readonly rows: number;
  /** Null: sealed. */
  readonly events: number | null;
  /** Two-sided exact binomial test against the share of the cohort; null where the events are sealed. */
  readonly pValue: number | null;
}

/** Patients who stand in two sets. */
export interface SharedPatients {
  readonly names: readonly [string, string];
  readonly patients: number;
  /** A few of them, for the search. */
  readonly examples: readonly PatientId[];
}

/** Two patients who may be one. */
export interface RepeatedEvidence {
  readonly patients: readonly [PatientId, PatientId];
  readonly shared: string;
  /** Where they stand, e.g. `development and test`; null: no line is crossed. */
  readonly across: string | null;
  readonly isDeclared: boolean;
}

/** What columns predict that should not. */
export interface ShortcutEvidence {
  readonly models: readonly ShortcutModel[];
}

/** A model of columns that say nothing of the disease. */
export interface ShortcutModel extends AuditedAuc {
  readonly name: string;
  readonly columns: readonly string[];
  /** What it is compared with, on the same patients; null: nothing. */
  readonly reference: (AuditedAuc & { readonly name: string }) | null;
  /** AUC of the reference minus AUC of the shortcut, with its interval; null without a reference. */
  readonly difference: AuditedDifference | null;
}

/** A difference of two AUCs of the same patients. */
export interface AuditedDifference {
  readonly difference: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Whether the performance can be what it seems. */
export interface PlausibilityEvidence {
  readonly dataset: string;
  readonly models: readonly (AuditedAuc & { readonly model: string })[];
  readonly increments: readonly ImageIncrement[];
  /** Out of fold. */
  readonly imagesAlone: (AuditedAuc & { readonly name: string }) | null;
}

/** What images add to a model, and what they would have to be worth alone. */
export interface ImageIncrement extends AuditedDifference {
  readonly smaller: string;
  readonly larger: string;
  readonly blocks: readonly string[];
  /** AUC that independent information needs alone; null where the larger model is not the better one. */
  readonly needed: number | null;
  /** The same where its score correlates 0.3 with that of the smaller model within patients of one outcome. */
  readonly neededCorrelated: number | null;
  /** What even the lower limit of the increment would need, independent. */
  readonly neededAtLeast: number | null;
}
