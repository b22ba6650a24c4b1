import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import type { Image } from "../image.ts";
import { boundaryIndex } from "./boundary.ts";
import { filterImage } from "./filter-box.ts";
import type { MeanFilter } from "./image-filter.ts";

const dimensions = [13, 7, 5] as const;
const random = createRandom(1);
const image: Image = {
  dimensions,
  spacingMm: null,
  values: Uint8Array.from({ length: 13 * 7 * 5 }, () => random.integer(256)),
};

/** The mean of the pixels of the box, one by one. */
function meanAround(x: number, y: number, z: number, { supportPx, dimensions: axes, boundary }: MeanFilter) {
  const half = (supportPx - 1) / 2;
  const offsets = Array.from({ length: supportPx }, (_, k) => k - half);
  const values = (axes === 3 ? offsets : [0]).flatMap((dz) =>
    offsets.flatMap((dy) =>
      offsets.map((dx) => {
        const [i, j, k] = [x + dx, y + dy, z + dz].map((at, axis) =>
          boundaryIndex(at, dimensions[axis], boundary),
        );
        return Math.min(i, j, k) < 0 ? 0 : image.values[(k * 7 + j) * 13 + i];
      }),
    ),
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("the mean filter", () => {
  it("is the mean of the box around every pixel, for boxes larger than the image too", () => {
    for (const boundary of ["zero", "nearest", "periodic", "mirror"] as const)
      for (const axes of [2, 3] as const)
        for (const supportPx of [1, 3, 5, 15]) {
          const filter: MeanFilter = { kind: "mean", supportPx, dimensions: axes, boundary };
          const response = filterImage(image, filter).values;
          for (let k = 0; k < response.length; k += 3) {
            const [x, y, z] = [k % 13, Math.floor(k / 13) % 7, Math.floor(k / 91)];
            expect(response[k]).toBe(meanAround(x, y, z, filter));
          }
        }
  });

  it("spreads a pixel that is not finite, or a huge one, no further than the box", () => {
    const values = Float64Array.from(image.values);
    values[3 * 13 + 6] = NaN;
    values[3 * 13 + 11] = 1e300;
    const filter: MeanFilter = { kind: "mean", supportPx: 3, dimensions: 2, boundary: "mirror" };
    const [clean, spoilt] = [filterImage(image, filter), filterImage({ ...image, values }, filter)];
    const differing = Array.from(clean.values).filter((value, k) => value !== spoilt.values[k]);
    expect(differing.length).toBe(9 + 9);
  });
});
