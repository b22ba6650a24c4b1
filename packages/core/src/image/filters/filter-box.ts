import type { Image } from "../image.ts";
import type { BoundingBox } from "../mask.ts";
import { cropImage } from "../region.ts";
import { type Block, blockImage, rangesOf } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import { type GaborSpectra, gaborResponse } from "./gabor.ts";
import { gradientResponse } from "./gradient.ts";
import type { ImageFilter, WaveletFilter } from "./image-filter.ts";
import { isotropicWaveletResponse } from "./isotropic-wavelet.ts";
import { laplacianResponse } from "./laplacian-of-gaussian.ts";
import { lawsResponse } from "./laws.ts";
import { localBinaryPattern } from "./local-binary-pattern.ts";
import { meanResponse } from "./mean.ts";
import { largestMagnitude, pointResponse } from "./point-filters.ts";
import { rieszResponse } from "./riesz.ts";
import { createWaveletBands } from "./wavelet.ts";
import { type Workspace, createWorkspace } from "./workspace.ts";

/**
 * Filtered images inside a box, one after the other, each made when it is asked for.
 *
 * @param box Inside the image. No more of the image is filtered than the responses in the box need.
 * @returns For each filter an image of the box's size; for `none` the image itself, cropped.
 * @throws {InputError} A filter's parameters do not fit the image.
 */
export function* filterBox(
  image: Image,
  box: BoundingBox,
  filters: readonly ImageFilter[],
): Generator<Image, undefined> {
  let magnitude: number | null = null;
  const session = {
    bands: new Map() as Transforms,
    spectra: new Map() as GaborSpectra,
    workspace: createWorkspace(),
    largest: () => (magnitude ??= largestMagnitude(image)),
  };
  for (const filter of filters) {
    const wanted: Wanted = {
      ranges: rangesOf(box),
      dimensions: image.dimensions,
      boundary: "boundary" in filter ? filter.boundary : "mirror",
    };
    yield filter.kind === "none"
      ? cropImage(image, box)
      : blockImage(respond(image, filter, { ...session, wanted }), image.spacingMm);
  }
  return undefined;
}

/**
 * A filtered image.
 *
 * @throws {InputError} The filter's parameters do not fit the image.
 */
export function filterImage(image: Image, filter: ImageFilter): Image {
  const [width, height, depth] = image.dimensions;
  const whole = { x: 0, y: 0, z: 0, width, height, depth };
  return filterBox(image, whole, [filter]).next().value!;
}

interface Session {
  readonly wanted: Wanted;
  readonly bands: Transforms;
  readonly spectra: GaborSpectra;
  readonly workspace: Workspace;
  /** The largest magnitude of the image. */
  readonly largest: () => number;
}

/** Wavelet transforms that bands share, by all that they have in common. */
type Transforms = Map<string, (band: WaveletFilter) => Block>;

function respond(
  image: Image,
  filter: Exclude<ImageFilter, { readonly kind: "none" }>,
  { wanted, bands, spectra, workspace, largest }: Session,
): Block {
  switch (filter.kind) {
    case "mean":
      return meanResponse(image, filter, wanted);
    case "laplacianOfGaussian":
      return laplacianResponse(image, filter, wanted, workspace);
    case "laws":
      return lawsResponse(image, filter, wanted);
    case "gabor":
      return gaborResponse(image, filter, wanted, spectra);
    case "wavelet":
      return waveletBand(image, filter, wanted, bands);
    case "simoncelli":
    case "shannon":
      return isotropicWaveletResponse(image, filter, wanted);
    case "riesz":
      return rieszResponse(image, filter, wanted);
    case "gradient":
      return gradientResponse(image, filter, wanted);
    case "localBinaryPattern":
      return localBinaryPattern(image, filter, wanted);
    default:
      return pointResponse(image, filter, wanted, largest());
  }
}

function waveletBand(image: Image, filter: WaveletFilter, wanted: Wanted, bands: Transforms): Block {
  const { wavelet, level, dimensions, boundary, decimated, scheme } = filter;
  const key = [wavelet, level, dimensions, boundary, decimated, scheme].join();
  let transform = bands.get(key);
  if (transform === undefined) {
    transform = createWaveletBands(image, filter, wanted);
    bands.set(key, transform);
  }
  return transform(filter);
}
