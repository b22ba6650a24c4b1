import { InputError } from "../../errors.ts";
import type { Image } from "../image.ts";
import { type Block, readBlock, wholeImage } from "./block.ts";
import { type Wanted, createCascade, largestReach, rangesRead } from "./cascade.ts";
import type { Kernel } from "./correlate.ts";
import type { LawsFilter } from "./image-filter.ts";
import { meanOfBox } from "./mean.ts";
import { closePool, poolResponse, turnedKernels } from "./right-angle-turns.ts";

/** Laws' kernels, normalised to unit energy. */
const kernels: Readonly<Record<string, readonly number[]>> = {
  L3: [1, 2, 1],
  E3: [-1, 0, 1],
  S3: [-1, 2, -1],
  L5: [1, 4, 6, 4, 1],
  E5: [-1, -2, 0, 2, 1],
  S5: [-1, 0, 2, 0, -1],
  W5: [-1, 2, 0, -2, 1],
  R5: [1, -4, 6, -4, 1],
};

/**
 * Laws' kernels of a name such as `L5E5`, x first, each of unit energy.
 *
 * @throws {InputError} A kernel that does not exist, or not one a dimension.
 * @source IBSI reference manual on filters, 3.3 (JTXT), table of kernels.
 */
export function lawsKernels({ kernels: name, dimensions }: LawsFilter): Kernel[] {
  const names = name.match(/[A-Z]\d/g) ?? [];
  if (names.join("") !== name || names.length !== dimensions || names.some((one) => !(one in kernels)))
    throw new InputError(
      `Laws' filter in ${dimensions} dimensions needs as many kernels of ${Object.keys(kernels).join(", ")}; got ${name}`,
    );
  return names.map((one) => {
    const plain = kernels[one];
    const norm = Math.sqrt(plain.reduce((sum, weight) => sum + weight * weight, 0));
    // Convolution is correlation with the kernel reversed.
    return { weights: plain.map((weight) => weight / norm).toReversed(), origin: (plain.length - 1) / 2 };
  });
}

/** The response to Laws' kernels, pooled, and its energy where asked. */
export function lawsResponse(image: Image, filter: LawsFilter, wanted: Wanted): Block {
  const energy = filter.energyDistancePx;
  if (energy === null) return pooledResponse(image, filter, wanted);
  const reach = Array.from({ length: filter.dimensions }, (): [number, number] => [energy, energy]);
  const response = pooledResponse(image, filter, { ...wanted, ranges: rangesRead(wanted, reach) });
  const absolute = { ranges: response.ranges, values: response.values.map(Math.abs) };
  return meanOfBox(absolute, { supportPx: 2 * energy + 1, dimensions: filter.dimensions }, wanted);
}

function pooledResponse(image: Image, filter: LawsFilter, wanted: Wanted): Block {
  const { pooling } = filter;
  const turned = turnedKernels(lawsKernels(filter), pooling);
  const reach = largestReach(turned);
  const source = readBlock(wholeImage(image), rangesRead(wanted, reach), wanted);
  const respond = createCascade(source, wanted, reach);
  let pooled: Float64Array | null = null;
  for (const product of turned) pooled = poolResponse(pooled, respond(product).values, pooling);
  return { ranges: wanted.ranges, values: closePool(pooled!, turned.length, pooling) };
}
