import sharp, { type Sharp } from "sharp";
import { imageFingerprint, type ImageFingerprint } from "../../packages/core/src/image/fingerprint.ts";
import { readCase } from "../../packages/node/src/codecs/read-case.ts";

/** An image and its mask as PNG files in memory, with the lesion's box. */
export interface PngCase {
  readonly image: Buffer;
  readonly mask: Buffer;
  readonly width: number;
  readonly height: number;
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** A way to copy an image so that its bytes no longer show it. */
export interface CopyKind {
  readonly name: string;
  /** Of these most are found, and docs/provenance.md promises none: no orientation of a fingerprint comes near them. */
  readonly isBeyondPromise?: true;
  copy(original: PngCase): Promise<{ readonly image: Sharp; readonly mask: Sharp }>;
}

/**
 * An image and its mask without transparency and with two levels in the mask.
 *
 * @param imageBytes Of any format that sharp reads.
 */
export async function pngCase(imageBytes: Buffer, maskBytes: Buffer): Promise<PngCase> {
  const image = await sharp(imageBytes).flatten({ background: "black" }).png().toBuffer();
  const flat = sharp(maskBytes).flatten({ background: "black" }).extractChannel(0).threshold(128);
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true });
  let [left, top, right, bottom] = [info.width, info.height, 0, 0];
  data.forEach((level, p) => {
    if (level === 0) return;
    const [x, y] = [p % info.width, Math.floor(p / info.width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  });
  const mask = await flat.clone().png().toBuffer();
  return { image, mask, width: info.width, height: info.height, box: { left, top, right, bottom } };
}

/** The fingerprint of a copy. */
export async function fingerprintOfCopy(original: PngCase, kind: CopyKind): Promise<ImageFingerprint | null> {
  const { image, mask } = await kind.copy(original);
  const drawn = await mask.png().toBuffer();
  const twoLevels = await sharp(drawn).extractChannel(0).threshold(128).png().toBuffer();
  return await fingerprintOf(await image.png().toBuffer(), twoLevels);
}

/** The fingerprint of an image with its mask, as a study reads them. */
export async function fingerprintOf(image: Buffer, mask: Buffer): Promise<ImageFingerprint | null> {
  const read = await readCase(
    { name: "image.png", bytes: image, spacingMm: null },
    { name: "mask.png", bytes: mask },
  );
  return imageFingerprint(read.image, read.mask);
}

const sameMask = ({ mask }: PngCase) => sharp(mask);

function jpeg(quality: number): CopyKind {
  return {
    name: `JPEG, quality ${String(quality)}`,
    copy: async (original) => ({
      image: sharp(await sharp(original.image).jpeg({ quality }).toBuffer()),
      mask: sameMask(original),
    }),
  };
}

function drawn(name: string, change: (picture: Sharp) => Sharp): CopyKind {
  return {
    name,
    copy: (original) => Promise.resolve({ image: change(sharp(original.image)), mask: sameMask(original) }),
  };
}

function moved(name: string, change: (picture: Sharp, original: PngCase) => Sharp): CopyKind {
  return {
    name,
    copy: (original) =>
      Promise.resolve({
        image: change(sharp(original.image), original),
        mask: change(sharp(original.mask), original),
      }),
  };
}

/** What is left after a share of each side was cut off, but for the lesion, which stays whole. */
function inner({ width, height, box }: PngCase, share: number) {
  const left = Math.min(box.left, Math.round(width * share));
  const top = Math.min(box.top, Math.round(height * share));
  const right = Math.max(box.right, Math.round(width * (1 - share)));
  const bottom = Math.max(box.bottom, Math.round(height * (1 - share)));
  return { left, top, width: right - left, height: bottom - top };
}

const cropped = (share: number) =>
  moved(`cropped by ${String(100 * share)} % on every side`, (picture, original) =>
    picture.extract(inner(original, share)),
  );

const combined: CopyKind = {
  name: "cropped by 10 %, mirrored, gain 1.2, JPEG 60",
  copy: async (original) => {
    const part = inner(original, 0.1);
    const cut = await sharp(original.image).extract(part).png().toBuffer();
    const changed = await sharp(cut).flop().linear(1.2, 5).jpeg({ quality: 60 }).toBuffer();
    const cutMask = await sharp(original.mask).extract(part).png().toBuffer();
    return { image: sharp(changed), mask: sharp(cutMask).flop() };
  },
};

const outlinedAnew: CopyKind = {
  name: "outlined anew, 3 to 6 pixels wider",
  copy: async (original) => ({
    image: sharp(original.image),
    mask: sharp(await sharp(original.mask).blur(6).threshold(30).png().toBuffer()),
  }),
};

/** Copies as they are met: exported again, mirrored, cropped to other borders, taken from slides. */
export const copyKinds: readonly CopyKind[] = [
  jpeg(90),
  jpeg(70),
  jpeg(50),
  drawn("gain 0.7", (picture) => picture.linear(0.7, 0)),
  drawn("gain 1.4, saturated", (picture) => picture.linear(1.4, 0)),
  drawn("contrast 0.6, brighter by 40", (picture) => picture.linear(0.6, 40)),
  drawn("gamma 2.2", (picture) => picture.gamma(2.2)),
  drawn("smoothed, sigma 2 pixels", (picture) => picture.blur(2)),
  moved("mirrored", (picture) => picture.flop()),
  moved("upside down", (picture) => picture.flip()),
  moved("turned by 90°", (picture) => picture.rotate(90)),
  {
    ...moved("turned by 3°", (picture) => picture.rotate(3, { background: "black" })),
    isBeyondPromise: true,
  },
  moved("half as large", (picture, { width, height }) =>
    picture.resize(Math.round(width / 2), Math.round(height / 2)),
  ),
  moved("stretched to 224 × 224", (picture) => picture.resize(224, 224, { fit: "fill" })),
  cropped(0.05),
  cropped(0.1),
  cropped(0.2),
  combined,
  outlinedAnew,
];
