import type { Image } from "../image.ts";
import { blockSize, pixelsOf, readBlock, wholeImage } from "./block.ts";
import type { Range } from "./boundary.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { type RecursiveFilter, gaussianFilters } from "./deriche.ts";
import { type LineFilter, sumOfSecondDerivatives } from "./second-derivatives.ts";
import type { Workspace } from "./workspace.ts";

/** Sigmas beyond which a pixel adds less than 1e-6 of its value to a response. */
const reachSigmas = 10;

/**
 * The Laplacian of Gaussian by Deriche's recursive filters, whose cost does not grow with sigma, on an image that its
 * outermost pixels continue.
 *
 * @param sigmas In pixels, one a dimension.
 * @returns Responses in the wanted ranges.
 * @source Deriche 1993, INRIA report 1893; Farnebäck & Westin 2006, J Math Imaging Vis 26:293-299: the fourth-order
 *   filters and normalisation that ITK's LaplacianRecursiveGaussianImageFilter uses, here in double precision.
 */
export function recursiveLaplacian(
  image: Image,
  { sigmas, isScaled }: { readonly sigmas: readonly number[]; readonly isScaled: boolean },
  wanted: Wanted,
  workspace: Workspace,
): Float64Array {
  const reach = sigmas.map((sigma): [number, number] => {
    const pixels = Math.ceil(reachSigmas * sigma);
    return [pixels, pixels];
  });
  // Lines start and end in the response to a constant, so that the image need not be continued.
  const ranges = rangesRead({ ...wanted, boundary: "nearest" }, reach);
  const sizes = blockSize(ranges);
  const room = workspace("source", pixelsOf(ranges));
  const { values } = readBlock(wholeImage(image), ranges, wanted, room);
  const axes = sigmas.map((sigma, axis) => {
    const { smooth, second } = gaussianFilters(sigma, isScaled ? sigma * sigma : 1);
    const first = ranges[axis][0];
    const kept: Range = [wanted.ranges[axis][0] - first, wanted.ranges[axis][1] - first];
    return {
      kept: kept[1] - kept[0],
      smooth: recursiveFilter(smooth, kept),
      second: recursiveFilter(second, kept),
    };
  });
  return sumOfSecondDerivatives({ values, sizes }, axes, workspace);
}

/** A recursive filter of lines that their outermost pixels continue; responses in a range of each line are kept. */
function recursiveFilter(filter: RecursiveFilter, kept: Range): LineFilter {
  return ({ values, start, length, count }, { values: responses, pitch, adds }) => {
    for (let line = 0; line < count; line++) {
      const ends: LineEnds = {
        first: start + line * length,
        from: start + line * length + kept[0],
        to: start + line * length + kept[1],
        end: start + (line + 1) * length,
      };
      if (!adds) responses.fill(0, line * pitch, line * pitch + kept[1] - kept[0]);
      runForward(values, ends, filter, { responses, at: line * pitch });
      runBackward(values, ends, filter, { responses, at: line * pitch });
    }
  };
}

/** Where a line starts, where its kept responses start and end, and where it ends. */
interface LineEnds {
  readonly first: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

interface Target {
  readonly responses: Float64Array;
  readonly at: number;
}

function runForward(
  values: Float64Array,
  { first, from, to }: LineEnds,
  { n, d }: RecursiveFilter,
  { responses, at }: Target,
): void {
  const [n0, n1, n2, n3] = n;
  const [d1, d2, d3, d4] = d;
  let w1 = values[first] / (1 + d1 + d2 + d3 + d4);
  let [w2, w3, w4] = [w1, w1, w1];
  for (let k = first; k < from; k++) {
    const w = values[k] - d4 * w4 - d3 * w3 - d2 * w2 - d1 * w1;
    w4 = w3;
    w3 = w2;
    w2 = w1;
    w1 = w;
  }
  const shift = at - from;
  for (let k = from; k < to; k++) {
    // Summed from the oldest on, since only w1 has to be waited for.
    const w = values[k] - d4 * w4 - d3 * w3 - d2 * w2 - d1 * w1;
    responses[k + shift] += n0 * w + n1 * w1 + n2 * w2 + n3 * w3;
    w4 = w3;
    w3 = w2;
    w2 = w1;
    w1 = w;
  }
}

function runBackward(
  values: Float64Array,
  { from, to, end }: LineEnds,
  { m, d }: RecursiveFilter,
  { responses, at }: Target,
): void {
  const [m1, m2, m3, m4] = m;
  const [d1, d2, d3, d4] = d;
  let w1 = values[end - 1] / (1 + d1 + d2 + d3 + d4);
  let [w2, w3, w4] = [w1, w1, w1];
  for (let k = end - 1; k >= to; k--) {
    const w = values[k] - d4 * w4 - d3 * w3 - d2 * w2 - d1 * w1;
    w4 = w3;
    w3 = w2;
    w2 = w1;
    w1 = w;
  }
  const shift = at - from;
  for (let k = to - 1; k >= from; k--) {
    responses[k + shift] += m1 * w1 + m2 * w2 + m3 * w3 + m4 * w4;
    const w = values[k] - d4 * w4 - d3 * w3 - d2 * w2 - d1 * w1;
    w4 = w3;
    w3 = w2;
    w2 = w1;
    w1 = w;
  }
}
