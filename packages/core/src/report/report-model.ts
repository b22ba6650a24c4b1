import type { CohortFlow } from "../cohort/cohort-flow.ts";
import type { TableOne } from "../cohort/table-one-row.ts";
import type { Finding } from "../errors.ts";
import type { CoefficientRow } from "../models/coefficient-table.ts";
import type { ColumnDiagnostics } from "../models/imputation/imputation-diagnostics.ts";
import type { ContributionSummary } from "../models/learned-contributions.ts";
import type { FittedModel } from "../models/model.ts";
import type { StudyAudit } from "../study/audit/audit.ts";
import type { ModelImportance } from "../study/block-importance.ts";
import type { Comparator } from "../study/comparator.ts";
import type { SubgroupTest } from "../study/evaluate-subgroups.ts";
import type { PartOpenings } from "../study/openings.ts";
import type { StudyReproducibility } from "../study/study-reproducibility.ts";
import type { Comparison, Evaluation, EvaluationSubject } from "../validation/evaluation.ts";

/** Which study a report is about. */
export interface ReportStudy {
  readonly name: string;
  readonly description: string;
  /** What the event is called, e.g. non-sentinel node metastasis. */
  readonly outcomeLabel: string;
  readonly seed: number;
  readonly software: string;
  readonly protocolHash: string;
  /** True for made-up patients: every page says so. */
  readonly simulated: boolean;
}

/** A fitted model and what its coefficients mean. */
export interface ReportModelEntry {
  readonly name: string;
  /** Names of its blocks, from which the report knows which model contains which. */
  readonly blocks: readonly string[];
  readonly fitted: FittedModel;
  /** None for a learner. */
  readonly coefficients: readonly CoefficientRow[];
  /** How much a learner uses its inputs; null or absent for a regression, and where no exact values exist. */
  readonly contributions?: ContributionSummary | null;
}

/** What the models are compared with. */
export interface ReportComparator extends Comparator {
  /** The fitted model of a refitted comparator; null for scores and risks that others made. */
  readonly entry: ReportModelEntry | null;
}

/** The predictions that an evaluation judged, without ids; only counts and curves of them are printed. */
export interface ReportPredictions extends EvaluationSubject {
  /** 1 = event, 0 = none; one a patient. */
  readonly outcome: ArrayLike<number>;
  /** One list per repeat, in the order of `outcome`; one list where nothing was repeated. */
  readonly probabilities: readonly ArrayLike<number>[];
  /** What ranks the patients in place of the probabilities, e.g. a score before its recalibration. */
  readonly ranking?: readonly ArrayLike<number>[];
}

/** What a subgroup evaluation is about, so that no printed name has to be taken apart. */
export interface ReportSubgroup {
  /** The evaluation's `dataset`. */
  readonly dataset: string;
  /** The data set that the subgroup is a part of, e.g. `test`. */
  readonly within: string;
  readonly variable: string;
  readonly level: string;
}

/** A line of the last section: a version, a hash, a setting. */
export interface ReportFact {
  readonly name: string;
  readonly value: string;
}

/** Everything that a report prints: plain data, filled by the run, no clock, no path. */
export interface ReportModel {
  readonly study: ReportStudy;
  readonly flow: CohortFlow;
  readonly tableOne: { readonly byOutcome: TableOne | null; readonly byPart: TableOne | null };
  /** Paragraphs of the Methods section, see `methodsParagraphs`. */
  readonly methods: readonly string[];
  /** Null or absent where the protocol does not ask for reproducible features. */
  readonly reproducibility?: StudyReproducibility | null;
  /** Null or absent where nothing was imputed by chained equations. */
  readonly imputation?: readonly ColumnDiagnostics[] | null;
  /** Who was cross-validated: the development set where it is absent. */
  readonly crossValidated?: "development" | "all";
  /** In the protocol's order. */
  readonly models: readonly ReportModelEntry[];
  /** In the protocol's order; absent without any. */
  readonly comparators?: readonly ReportComparator[];
  /** As in results.json. */
  readonly evaluations: readonly Evaluation[];
  /** As in results.json: `difference` is first minus second. */
  readonly comparisons: readonly Comparison[];
  /** As in results.json. */
  readonly subgroupTests?: readonly SubgroupTest[];
  /** Of the blocks of the models that have several; absent where it was not measured. */
  readonly importance?: readonly ModelImportance[];
  /** Null: the study has not been audited yet; absent: what is reported is no run. */
  readonly audit?: StudyAudit | null;
  readonly findings: readonly Finding[];
  /** How often sealed outcomes were opened in the run's folder; absent where nobody keeps a ledger. */
  readonly openings?: readonly PartOpenings[];
  readonly predictions: readonly ReportPredictions[];
  readonly subgroups: readonly ReportSubgroup[];
  readonly versions: readonly ReportFact[];
  readonly hashes: readonly ReportFact[];
}
