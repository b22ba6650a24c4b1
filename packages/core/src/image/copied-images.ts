import { bitsOf, codeOfText, ORIENTATIONS, orientedCode } from "./cosine-code.ts";
import { thumbnailDetail, type ThumbnailDetail } from "./fingerprint-detail.ts";
import {
  boxPlacement,
  type CellBox,
  overlapCorrelation,
  refinePlacement,
} from "./fingerprint-registration.ts";
import type { ImageFingerprint } from "./fingerprint.ts";

/** Two images of which one is a copy of the other, or of a part of it. */
export interface CopiedImages {
  /** Positions in the list that was searched; the first is the smaller. */
  readonly first: number;
  readonly second: number;
  /** Of their detail, over the overlap or around the lesion, whichever is less; copies reach 0.78 to 1. */
  readonly correlation: number;
}

/** Bits in which the codes of a frame or lesion may differ for the pair to be looked at more closely. */
const NEAR_CODES = 13;

/** Correlation before the images are moved on each other, from which they are moved and from which they need not be. */
const WORTH_MOVING = 0.2;
const LAID = 0.9;

/** Correlation from which a pair is a copy: unrelated frames stay below 0.35, copies above 0.75 (docs/provenance.md). */
const COPY = 0.6;

/** Fewest cells that must overlap, of up to 9216. */
const FEWEST_CELLS = 400;

/** Around the lesion's box: a share of its size and a few cells, so that a small lesion has surroundings. */
const SURROUNDINGS = { share: 0.25, cells: 3 } as const;

/**
 * All pairs of images that show the same pixels: equal, or cropped, mirrored, turned by right angles, scaled, compressed,
 * or changed in gain. Codes of frame and lesion choose the pairs; the detail of the thumbnails, laid on each other, decides.
 *
 * @param fingerprints Null where an image has none.
 * @param isOneOwner Whether two images belong to one patient, so that they need not be compared.
 * @returns By first, then second position.
 */
export function copiedImages(
  fingerprints: readonly (ImageFingerprint | null)[],
  isOneOwner: (first: number, second: number) => boolean = () => false,
): readonly CopiedImages[] {
  const details = new Map<number, ThumbnailDetail>();
  const detailOf = (position: number) => {
    const detail = details.get(position) ?? thumbnailDetail(fingerprints[position]!);
    details.set(position, detail);
    return detail;
  };
  const found = new Map<string, CopiedImages>();
  for (const { first, second, orientation, by } of nearPairs(fingerprints)) {
    const key = `${String(first)} ${String(second)}`;
    if (found.has(key) || isOneOwner(first, second)) continue;
    const likeness = likenessOf(
      { fingerprint: fingerprints[first]!, detail: detailOf(first) },
      { fingerprint: fingerprints[second]!, detail: detailOf(second) },
      { orientation, by },
    );
    if (likeness >= COPY) found.set(key, { first, second, correlation: likeness });
  }
  return [...found.values()].sort((a, b) => a.first - b.first || a.second - b.second);
}

/** Two images whose codes nearly agree, and how one would lie on the other. */
interface NearPair {
  readonly first: number;
  readonly second: number;
  readonly orientation: number;
  readonly by: "frame" | "lesion";
}

function nearPairs(fingerprints: readonly (ImageFingerprint | null)[]): readonly NearPair[] {
  const present = fingerprints.flatMap((fingerprint, position) => (fingerprint === null ? [] : [position]));
  const pairs: NearPair[] = [];
  for (const by of ["frame", "lesion"] as const) {
    const codes = present.map((position) => codeOfText(fingerprints[position]![by]));
    const [low, high] = [0, 1].map((word) => Int32Array.from(codes, (code) => code[word] | 0));
    for (let i = 0; i < present.length; i++)
      for (const orientation of ORIENTATIONS) {
        const [first, second] = orientedCode(codes[i], orientation);
        for (let j = i + 1; j < present.length; j++)
          if (bitsOf(first ^ low[j]) + bitsOf(second ^ high[j]) <= NEAR_CODES)
            pairs.push({ first: present[i], second: present[j], orientation, by });
      }
  }
  return pairs;
}

interface Fingerprinted {
  readonly fingerprint: ImageFingerprint;
  readonly detail: ThumbnailDetail;
}

function likenessOf(
  first: Fingerprinted,
  second: Fingerprinted,
  { orientation, by }: Pick<NearPair, "orientation" | "by">,
): number {
  const { columns, rows, box } = second.fingerprint;
  const whole: CellBox = [0, 0, columns, rows];
  const placement =
    by === "lesion"
      ? boxPlacement([columns, rows], box, first.fingerprint.box, orientation)
      : boxPlacement(
          [columns, rows],
          whole,
          [0, 0, first.fingerprint.columns, first.fingerprint.rows],
          orientation,
        );
  const pair = { placed: second.detail, other: first.detail, placement };
  const { correlation } = overlapCorrelation(pair, 4);
  if (correlation < WORTH_MOVING) return 0;
  const refined = correlation >= LAID ? placement : refinePlacement(pair);
  if (refined === null) return 0;
  const laid = { ...pair, placement: refined };
  const everywhere = overlapCorrelation(laid, 1);
  if (everywhere.cells < FEWEST_CELLS) return 0;
  // Marks and scales of a scanner's screen may agree where tissue does not.
  const [left, top, right, bottom] = box;
  const across = SURROUNDINGS.share * (right - left) + SURROUNDINGS.cells;
  const down = SURROUNDINGS.share * (bottom - top) + SURROUNDINGS.cells;
  const around = overlapCorrelation(laid, 1, [left - across, top - down, right + across, bottom + down]);
  return Math.min(everywhere.correlation, around.correlation);
}
