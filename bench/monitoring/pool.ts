/** Simulated patients with frames that are measured as they are and as a changed scanner would give them. */
import { frameStatistics } from "../../packages/core/src/image/frame-statistics.ts";
import type { Image, Mask } from "../../packages/core/src/image/image.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import type { RadiomicsSettings } from "../../packages/core/src/radiomics/settings.ts";
import type { ImageFeatures } from "../../packages/core/src/study/machine.ts";
import { simulateStudy } from "../../packages/core/src/study/simulate-study.ts";

/** What happens to the frames of new patients. */
export const frameChanges = ["none", "gain", "spacing", "filter"] as const;

/** One of them. */
export type FrameChange = (typeof frameChanges)[number];

/** A patient of the pool. */
export interface PoolPatient {
  readonly id: string;
  /** Cells of the simulated table by header. */
  readonly cells: Readonly<Record<string, string>>;
  /** Log odds that the outcome was drawn with. */
  readonly linear: number;
  readonly features: Readonly<Record<FrameChange, ImageFeatures>>;
}

/** Draws and measures a pool; `settings` are those of the study's protocol. */
export function drawPool(
  patients: number,
  seed: number,
  settings: RadiomicsSettings,
  progress: (done: number) => void,
): readonly PoolPatient[] {
  const study = simulateStudy({ patients, seed });
  const linearAt = study.truth.headers.indexOf("linear_predictor");
  return study.table.rows.map((row, index) => {
    const { image, mask } = study.frame(index);
    progress(index + 1);
    return {
      id: row[0],
      cells: Object.fromEntries(study.table.headers.map((header, column) => [header, row[column]])),
      linear: Number(study.truth.rows[index][linearAt]),
      features: {
        none: measure(image, mask, settings),
        gain: measure(withGain(image, 1.15), mask, settings),
        spacing: measure(withSpacing(image, 1.3), mask, settings),
        filter: measure(filtered(image), mask, settings),
      },
    };
  });
}

function measure(image: Image, mask: Mask, settings: RadiomicsSettings): ImageFeatures {
  const features = extractRadiomics(image, mask, settings);
  return {
    values: features.map(({ value }) => value.value),
    undefinedBecause: [],
    findings: [],
    frame: frameStatistics(image, mask),
  };
}

/** Grey levels times a gain, cut at white. */
function withGain(image: Image, gain: number): Image {
  return {
    ...image,
    values: Uint8Array.from(image.values, (grey) => Math.min(255, Math.round(gain * grey))),
  };
}

/** The same pixels with another stated size. */
function withSpacing(image: Image, factor: number): Image {
  const [x, y, z] = image.spacingMm!;
  return { ...image, spacingMm: [factor * x, factor * y, z] };
}

/** A speckle reduction as another vendor has it: half of each pixel is the binomial mean around it. */
function filtered(image: Image): Image {
  const { values } = image;
  const [width, height] = image.dimensions;
  const smooth = Uint8Array.from(values);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const p = y * width + x;
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++)
          sum += (2 - Math.abs(dx)) * (2 - Math.abs(dy)) * values[p + dy * width + dx];
      smooth[p] = Math.round(0.5 * values[p] + (0.5 * sum) / 16);
    }
  return { ...image, values: smooth };
}
