import type {
  ExtractionPlan,
  FitData,
  FitResult,
  FitTask,
  ImageFeatures,
  SimulationSettings,
} from "@sentinode/core";
import type { MaskLabel } from "../codecs/mask-labels.ts";

/** One image to be read and measured; paths are absolute, names are for messages. */
export interface ExtractionTask {
  readonly imagePath: string;
  readonly maskPath: string;
  readonly imageName: string;
  readonly maskName: string;
  readonly spacingMm: number | null;
  /** Which value of the mask is the region; absent: the only one besides 0. */
  readonly label?: MaskLabel;
  readonly plan: ExtractionPlan;
}

/** An extraction that is done only where its files are not those that are known. */
export interface ChangedExtractionTask {
  readonly extraction: ExtractionTask;
  /** Content of the files of the extraction that is known; null: none is. */
  readonly known: string | null;
}

/** What an extraction gives: features, or the problems that a person must mend. */
export type ExtractionResult =
  { readonly features: ImageFeatures } | { readonly problems: readonly string[] };

/** The same with the content of the files that it holds for, or that the files are those known. */
export type ChangedExtraction =
  | { readonly files: string; readonly features: ImageFeatures }
  | { readonly unchanged: true }
  | { readonly problems: readonly string[] };

/** A frame of a simulated study to be drawn and written. */
export interface DrawingTask {
  readonly settings: SimulationSettings;
  /** Row of the patient in the table of the study. */
  readonly index: number;
  /** Absolute path of a folder that exists. */
  readonly folder: string;
}

/** Messages to a worker. `share` sets the data that later fits use. */
export type WorkerRequest =
  | { readonly kind: "share"; readonly data: FitData }
  | { readonly kind: "draw"; readonly id: number; readonly task: DrawingTask }
  | { readonly kind: "extract"; readonly id: number; readonly task: ExtractionTask }
  | { readonly kind: "extract-changed"; readonly id: number; readonly task: ChangedExtractionTask }
  | { readonly kind: "fit" | "probabilities"; readonly id: number; readonly task: FitTask };

/** Messages from a worker. */
export type WorkerReply =
  | {
      readonly id: number;
      readonly result:
        readonly string[] | ExtractionResult | ChangedExtraction | FitResult | FitResult["probabilities"];
    }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string; readonly stack: string };
    };
