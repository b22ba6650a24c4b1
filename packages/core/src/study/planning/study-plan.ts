import type { DevelopmentSampleSize } from "../../validation/sample-size.ts";
import type { ExternalSampleSize } from "../../validation/sample-size-external.ts";
import type { PlannedModel } from "./planned-parameters.ts";

/** How well a model is expected to do: the C statistic, or Nagelkerke's R². */
export type ExpectedPerformance =
  | { readonly measure: "c-statistic"; readonly value: number }
  | { readonly measure: "nagelkerke"; readonly value: number };

/** What is known before a study. */
export interface PlanInput {
  /** Models by their coefficients; at least one. */
  readonly models: readonly PlannedModel[];
  /** Expected share with the event, in (0, 1). */
  readonly prevalence: number;
  /** Nagelkerke's R² of 0.15 without it: Riley's choice where nothing is known. */
  readonly performance?: ExpectedPerformance;
  /** 0.9 without it. */
  readonly shrinkage?: number;
  /** Half width of the interval of the mean risk; 0.05 without it. */
  readonly margin?: number;
  /** Threshold of the net benefit; 0.1 without it. */
  readonly threshold?: number;
  readonly widths?: Partial<ExternalWidths>;
  /** The sample at hand, where there is one. */
  readonly sample?: PlanSample;
}

/** Widths of 95 % intervals that an external validation should have. */
export interface ExternalWidths {
  readonly observedExpected: number;
  readonly slope: number;
  readonly cStatistic: number;
  readonly netBenefit: number;
}

/** Patients of a development set that exists. */
export interface PlanSample {
  readonly patients: number;
  readonly events: number;
}

/** Which of Riley's criteria asks for most. */
export type BindingCriterion = "shrinkage" | "optimism" | "mean risk";

/** What a planned model needs, and what the sample at hand gives it. */
export interface ModelPlan extends PlannedModel {
  readonly size: DevelopmentSampleSize;
  readonly binding: BindingCriterion;
  /** Were every coefficient behind a score counted: what an honest sceptic asks for. Null where no score stands in it. */
  readonly withScores: { readonly patients: number; readonly events: number } | null;
  /** Null without a sample. */
  readonly atHand: { readonly shrinkage: number; readonly isEnough: boolean } | null;
}

/** A point of the picture: patients that so many coefficients need by each criterion. */
export interface PlanPoint {
  readonly parameters: number;
  readonly shrinkage: number;
  readonly optimism: number;
  readonly meanRisk: number;
}

/** How large a study should be. */
export interface StudyPlan {
  readonly schema: "sentinode/plan@1";
  readonly prevalence: number;
  readonly performance: ExpectedPerformance;
  readonly shrinkage: number;
  readonly margin: number;
  readonly models: readonly ModelPlan[];
  /** Null where the C statistic is not known: then precision cannot be planned. */
  readonly external: (ExternalSampleSize & { readonly binding: keyof ExternalWidths }) | null;
  readonly widths: ExternalWidths;
  readonly threshold: number;
  /** Of the sample at hand; null without one. */
  readonly sample: (PlanSample & { readonly carriedParameters: number }) | null;
  readonly curve: readonly PlanPoint[];
}
