import type { ExtractionPlan, FitData, FitResult, FitTask, ImageFeatures } from "@sentinode/core";

/** One image to be read and measured; paths are absolute, names are for messages. */
export interface ExtractionTask {
  readonly imagePath: string;
  readonly maskPath: string;
  readonly imageName: string;
  readonly maskName: string;
  readonly spacingMm: number | null;
  readonly plan: ExtractionPlan;
}

/** What an extraction gives: features, or the problems that a person must mend. */
export type ExtractionResult =
  { readonly features: ImageFeatures } | { readonly problems: readonly string[] };

/** Messages to a worker. `share` sets the data that later fits use. */
export type WorkerRequest =
  | { readonly kind: "share"; readonly data: FitData }
  | { readonly kind: "extract"; readonly id: number; readonly task: ExtractionTask }
  | { readonly kind: "fit"; readonly id: number; readonly task: FitTask };

/** Messages from a worker. */
export type WorkerReply =
  | { readonly id: number; readonly result: ExtractionResult | FitResult }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string; readonly stack: string };
    };
