import type { Image, Mask } from "../../image/image.ts";
import type { RadiomicFeature } from "../extract.ts";
import type { RadiomicsSettings } from "../settings.ts";

/** What is measured. */
export interface RadiomicsJob {
  readonly image: Image;
  /** On the grid of the image. */
  readonly mask: Mask;
  readonly settings: RadiomicsSettings;
}

/** A job on its way to a worker. */
export interface RadiomicsRequest extends RadiomicsJob {
  readonly id: number;
}

/** What comes back: features, the problems of the input, or a failure that is a bug. */
export type RadiomicsReply =
  | { readonly id: number; readonly features: readonly RadiomicFeature[] }
  | { readonly id: number; readonly problems: readonly string[] }
  | { readonly id: number; readonly failure: string };

/** The part of a worker, a worker's global scope or a message port that is used; core knows no browser. */
export interface MessagePortLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}
