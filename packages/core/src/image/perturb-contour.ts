import { cbrt } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { signedDistance } from "./distance-transform.ts";
import { lengthInPixels } from "./filters/length.ts";
import type { Dimensions, Image, Length, Mask, Spacing } from "./image.ts";
import { type BoundingBox, boundingBox, pixelCount } from "./mask.ts";
import { cropImage } from "./region.ts";
import { smoothNoise } from "./smooth-noise.ts";

/** A length, or a share of the size that its use names. */
export type RelativeLength = Length | { readonly share: number };

/** An outline is displaced by so many standard deviations at most, to speak of. */
const furthestDeviations = 4.5;

/** Distance of the random numbers between which the displacement of an outline runs smoothly, as a share of its radius. */
const coherence = 0.5;

/** A region and what surrounds it, cut out of its mask. */
interface Surroundings {
  readonly box: BoundingBox;
  readonly mask: Mask;
  /** From the outline, below 0 inside. */
  readonly distance: Float64Array;
}

/**
 * A region whose outline moved outwards everywhere alike, or inwards.
 *
 * @param by Distance of the outlines, or share by which the area (in volumes: the volume) changes, met as nearly as whole
 *   pixels allow. Below 0 the region shrinks, at last to nothing.
 * @param image States the size of a pixel.
 * @throws {InputError} The distance is in mm and the image states no spacing.
 */
export function growRegion(mask: Mask, by: RelativeLength, image: Image): Mask {
  const size = pixelCount(mask);
  if (size === 0) return mask;
  const spacing = unitOf(by, image, "growth in mm");
  if (!("share" in by)) {
    const distance = "mm" in by ? by.mm : by.px;
    const around = cutOut(mask, Math.max(0, distance), spacing);
    return changed(mask, around, around.distance, { grows: distance > 0, limit: distance });
  }
  const radius = equivalentRadius(mask, size, spacing);
  // Of all regions of one size a disc grows furthest for a share; one in a corner of the image has a quarter of a disc.
  const furthest = 2 * radius * (Math.sqrt(1 + Math.max(0, by.share)) - 1);
  const around = cutOut(mask, furthest, spacing);
  // Smoothed, corners come before straight edges, and few pixels are equally far.
  const order = smoothed(around.distance, around.mask.dimensions);
  const grows = by.share > 0;
  const candidates = order.filter((_, p) => (around.mask.values[p] === 0) === grows);
  const wanted = Math.round(size * Math.abs(by.share));
  const limit = limitOf(candidates, grows ? wanted : size - wanted);
  return changed(mask, around, order, { grows, limit });
}

/**
 * A region whose outline is displaced at random, smoothly along it.
 *
 * @param deviation Standard deviation of the displacement, as a length or as a share of the radius of the circle (in
 *   volumes: the sphere) of the region's size.
 * @param image States the size of a pixel.
 * @param random Slices are displaced independently of each other.
 * @throws {InputError} The deviation is in mm and the image states no spacing.
 */
export function randomiseContour(mask: Mask, deviation: RelativeLength, image: Image, random: Random): Mask {
  const size = pixelCount(mask);
  if (size === 0) return mask;
  const spacing = unitOf(deviation, image, "a displacement in mm");
  const radius = equivalentRadius(mask, size, spacing);
  const distance =
    "share" in deviation ? deviation.share * radius : "mm" in deviation ? deviation.mm : deviation.px;
  const around = cutOut(mask, furthestDeviations * distance, spacing);
  const [width, height, depth] = around.mask.dimensions;
  const [cellX, cellY] = [spacing[0], spacing[1]].map((step) => Math.max(2, (coherence * radius) / step));
  const inside = new Uint8Array(around.distance.length);
  for (let z = 0; z < depth; z++) {
    const noise = smoothNoise({ width, height, cellX, cellY }, random.fork(`slice/${z}`));
    const first = z * width * height;
    for (let p = 0; p < noise.length; p++)
      if (around.distance[first + p] <= distance * noise[p]) inside[first + p] = 1;
  }
  return pasted(mask, around.box, inside);
}

/** The unit of distances: millimetres where they are asked for or where they say what a pixel measures. */
function unitOf(length: RelativeLength, image: Image, what: string): Spacing {
  if ("mm" in length) lengthInPixels(length, image, what);
  return "px" in length ? [1, 1, 1] : (image.spacingMm ?? [1, 1, 1]);
}

/** Radius of the circle, in volumes of the sphere, of a region's size. */
function equivalentRadius(mask: Mask, size: number, [x, y, z]: Spacing): number {
  const isFlat = boundingBox(mask)?.depth === 1;
  return isFlat ? Math.sqrt((size * x * y) / Math.PI) : cbrt((3 * size * x * y * z) / (4 * Math.PI));
}

function cutOut(mask: Mask, reach: number, spacing: Spacing): Surroundings {
  const box = boundingBox(mask)!;
  const span = (axis: 0 | 1 | 2, start: number, length: number) => {
    const margin = Math.ceil(reach / spacing[axis]) + 2;
    const first = Math.max(0, start - margin);
    return { first, length: Math.min(mask.dimensions[axis], start + length + margin) - first };
  };
  const [x, y, z] = [span(0, box.x, box.width), span(1, box.y, box.height), span(2, box.z, box.depth)];
  const wider = {
    x: x.first,
    y: y.first,
    z: z.first,
    width: x.length,
    height: y.length,
    depth: z.length,
  };
  const { dimensions, values } = cropImage({ ...mask, spacingMm: null }, wider);
  const cut: Mask = { dimensions, values: Uint8Array.from(values) };
  return { box: wider, mask: cut, distance: signedDistance(cut, spacing) };
}

function changed(
  mask: Mask,
  { box, mask: { values } }: Surroundings,
  order: Float64Array,
  { grows, limit }: { readonly grows: boolean; readonly limit: number },
): Mask {
  const inside = new Uint8Array(values.length);
  for (let p = 0; p < inside.length; p++)
    if (grows ? values[p] !== 0 || order[p] <= limit : values[p] !== 0 && order[p] <= limit) inside[p] = 1;
  return pasted(mask, box, inside);
}

function pasted({ dimensions, values }: Mask, box: BoundingBox, part: Uint8Array): Mask {
  const [width, height] = dimensions;
  const whole = new Uint8Array(values.length);
  for (let z = 0, source = 0; z < box.depth; z++)
    for (let y = 0; y < box.height; y++, source += box.width)
      whole.set(
        part.subarray(source, source + box.width),
        ((box.z + z) * height + box.y + y) * width + box.x,
      );
  return { dimensions, values: whole };
}

/** The limit that as nearly as possible the wanted number of values does not exceed; equal values stay together. */
function limitOf(values: Float64Array, wanted: number): number {
  const ascending = values.sort((a, b) => a - b);
  if (wanted <= 0) return -Infinity;
  if (wanted >= ascending.length) return Infinity;
  const tie = ascending[wanted - 1];
  let [before, after] = [wanted - 1, wanted];
  while (before > 0 && ascending[before - 1] === tie) before--;
  while (after < ascending.length && ascending[after] === tie) after++;
  if (after - wanted <= wanted - before) return tie;
  return before === 0 ? -Infinity : ascending[before - 1];
}

/** Means of neighbours with weights 1, 2, 1 along x and y. */
function smoothed(field: Float64Array, [width, height, depth]: Dimensions): Float64Array {
  const alongX = new Float64Array(field.length);
  for (let row = 0; row < field.length; row += width)
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      alongX[row + x] = (field[row + left] + 2 * field[row + x] + field[row + right]) / 4;
    }
  const both = new Float64Array(field.length);
  for (let row = 0; row < height * depth; row++) {
    const y = row % height;
    const at = row * width;
    const [above, below] = [y > 0 ? at - width : at, y + 1 < height ? at + width : at];
    for (let x = 0; x < width; x++)
      both[at + x] = (alongX[above + x] + 2 * alongX[at + x] + alongX[below + x]) / 4;
  }
  return both;
}
