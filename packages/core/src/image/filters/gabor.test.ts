import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { cos, exp, sin } from "../../math/elementary.ts";
import { createRandom } from "../../math/random.ts";
import type { Dimensions, Image } from "../image.ts";
import { boundaryIndex } from "./boundary.ts";
import { filterBox, filterImage } from "./filter-box.ts";
import type { Boundary, GaborFilter } from "./image-filter.ts";

function noise(dimensions: Dimensions): Image {
  const random = createRandom(dimensions.join());
  const length = dimensions[0] * dimensions[1] * dimensions[2];
  return {
    dimensions,
    spacingMm: [0.5, 0.5, 0.5],
    values: Uint8Array.from({ length }, () => random.integer(256)),
  };
}

const gabor: GaborFilter = {
  kind: "gabor",
  sigma: { px: 1.5 },
  wavelength: { px: 3 },
  aspectRatio: 1,
  orientation: { degrees: 0 },
  pooling: "average",
  planes: "axial",
  boundary: "mirror",
};

/** The modulus of the sum of pixels times the kernel, for a filter in pixels with one orientation. */
function directly({ dimensions, values }: Image, filter: GaborFilter): Float64Array {
  const [width, height] = dimensions;
  const [sigma, wavelength] = [filter.sigma, filter.wavelength].map((one) => ("px" in one ? one.px : NaN));
  const degrees = "degrees" in filter.orientation ? filter.orientation.degrees : NaN;
  const [c, s] = [cos((degrees / 180) * Math.PI), sin((degrees / 180) * Math.PI)];
  const reach = Math.ceil((6 * sigma) / Math.min(1, filter.aspectRatio));
  return Float64Array.from(values, (_, at) => {
    const [x0, y0, z0] = [at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))];
    let [re, im] = [0, 0];
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const x = boundaryIndex(x0 - dx, width, filter.boundary);
        const y = boundaryIndex(y0 - dy, height, filter.boundary);
        if (x < 0 || y < 0) continue;
        const [u, v] = [dx * c + dy * s, dy * c - dx * s];
        const weight = exp(-(u * u + filter.aspectRatio * filter.aspectRatio * v * v) / (2 * sigma * sigma));
        const value = weight * values[(z0 * height + y) * width + x];
        re += value * cos((2 * Math.PI * u) / wavelength);
        im += value * sin((2 * Math.PI * u) / wavelength);
      }
    return Math.sqrt(re * re + im * im);
  });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let k = 0; k < actual.length; k++) worst = Math.max(worst, Math.abs(actual[k] - expected[k]));
  expect(worst).toBeLessThan(tolerance);
}

describe("the response to a Gabor filter", () => {
  const image = noise([14, 11, 2]);

  it.each(
    (["zero", "nearest", "periodic", "mirror"] as const).flatMap((boundary: Boundary) =>
      [
        { sigma: 1.5, wavelength: 3, aspectRatio: 1, degrees: 0 },
        { sigma: 2, wavelength: 4, aspectRatio: 0.5, degrees: 60 },
        { sigma: 2.5, wavelength: 2.2, aspectRatio: 2.5, degrees: 225 },
        { sigma: 0.6, wavelength: 1.5, aspectRatio: 1.3, degrees: -20 },
        { sigma: 0.3, wavelength: 7, aspectRatio: 1, degrees: 100 },
      ].map((one) => ({ ...one, boundary })),
    ),
  )("is the sum of its definition: %j", ({ sigma, wavelength, aspectRatio, degrees, boundary }) => {
    const filter: GaborFilter = {
      ...gabor,
      sigma: { px: sigma },
      wavelength: { px: wavelength },
      aspectRatio,
      orientation: { degrees },
      boundary,
    };
    // Of responses in the hundreds.
    expectClose(filterImage(image, filter).values, directly(image, filter), 5e-3);
  });

  it("is the same half a turn further", () => {
    const at = (degrees: number) => filterImage(image, { ...gabor, orientation: { degrees } }).values;
    expectClose(at(205), at(25), 1e-9);
  });

  it("turns with the image, clockwise", () => {
    // Waves that travel along the second diagonal of the picture, down and to the right.
    const values = Float64Array.from({ length: 400 }, (_, k) =>
      cos((2 * Math.PI * ((k % 20) + Math.floor(k / 20))) / (4 * Math.SQRT2)),
    );
    const waves: Image = { dimensions: [20, 20, 1], spacingMm: null, values };
    const centre = (degrees: number) =>
      filterImage(waves, { ...gabor, wavelength: { px: 4 }, orientation: { degrees } }).values[210];
    expect(centre(45)).toBeGreaterThan(5 * centre(135));
  });

  it.each([
    { everyDegrees: 45, angles: [0, 45, 90, 135, 180, 225, 270, 315] },
    { everyDegrees: 120, angles: [0, 120, 240] },
    { everyDegrees: 360, angles: [0] },
    { everyDegrees: 100, angles: [0, 100, 200, 300] },
  ])("is pooled over all orientations $everyDegrees° apart", ({ everyDegrees, angles }) => {
    const each = angles.map((degrees) => filterImage(image, { ...gabor, orientation: { degrees } }).values);
    const average = each[0].map((_, k) => each.reduce((sum, one) => sum + one[k], 0) / angles.length);
    const largest = each[0].map((_, k) => each.reduce((most, one) => Math.max(most, one[k]), 0));
    const pooled = (pooling: "average" | "max") =>
      filterImage(image, { ...gabor, orientation: { everyDegrees }, pooling }).values;
    expectClose(pooled("average"), average, 2e-3);
    expectClose(pooled("max"), largest, 2e-3);
  });

  it.each(["average", "max"] as const)("is pooled over orthogonal planes too: %s", (pooling) => {
    const [w, h, d] = [7, 6, 5] as const;
    const volume = noise([w, h, d]);
    const orthogonal = filterImage(volume, {
      ...gabor,
      pooling,
      planes: "orthogonal",
      orientation: { everyDegrees: 45 },
    });
    /** The volume with its axes in another order, filtered slice by slice, read in the first order. */
    const inPlane = (axes: readonly [number, number, number]) => {
      const size = [w, h, d];
      const [a, b, c] = axes.map((axis) => size[axis]);
      const strides = [1, w, w * h];
      const index = (k: number) =>
        (k % a) * strides[axes[0]] +
        (Math.floor(k / a) % b) * strides[axes[1]] +
        Math.floor(k / (a * b)) * strides[axes[2]];
      const values = Float64Array.from(volume.values, (_, k) => volume.values[index(k)]);
      const turned: Image = { dimensions: [a, b, c], spacingMm: null, values };
      const response = filterImage(turned, { ...gabor, pooling, orientation: { everyDegrees: 45 } }).values;
      const back = new Float64Array(values.length);
      response.forEach((value, k) => (back[index(k)] = value));
      return back;
    };
    const [xy, xz, yz] = [inPlane([0, 1, 2]), inPlane([0, 2, 1]), inPlane([1, 2, 0])];
    expectClose(
      orthogonal.values,
      xy.map((value, k) => (pooling === "max" ? Math.max(value, xz[k], yz[k]) : (value + xz[k] + yz[k]) / 3)),
      2e-3,
    );
  });

  it("takes lengths in mm by the spacing", () => {
    const inMm = filterImage(image, { ...gabor, sigma: { mm: 0.75 }, wavelength: { mm: 1.5 } });
    expectClose(inMm.values, filterImage(image, gabor).values, 1e-9);
  });

  it("in a box shares transforms with other filters, and is what it is alone", () => {
    const box = { x: 3, y: 2, z: 1, width: 6, height: 5, depth: 1 };
    const filters = [0, 90, 30].flatMap((degrees): GaborFilter[] =>
      [1, 1.02].map((aspectRatio) => ({ ...gabor, aspectRatio, orientation: { degrees } })),
    );
    [...filterBox(image, box, filters)].forEach((together, k) => {
      const [alone] = [...filterBox(image, box, [filters[k]])];
      expect(together).toEqual(alone);
    });
  });

  it("is refused where the filter does not fit the image", () => {
    const refused = (filter: Partial<GaborFilter>, spacingMm: Image["spacingMm"] = [0.5, 0.5, 0.5]) =>
      expect(() => filterImage({ ...image, spacingMm }, { ...gabor, ...filter })).toThrow(InputError);
    refused({ sigma: { px: 0 } });
    refused({ wavelength: { px: -1 } });
    refused({ aspectRatio: 0 });
    refused({ orientation: { everyDegrees: 0 } });
    refused({ sigma: { mm: 1 } }, null);
    refused({ sigma: { mm: 1 } }, [0.5, 0.6, 0.5]);
    refused({ sigma: { mm: 1 }, planes: "orthogonal" }, [0.5, 0.5, 2]);
    refused({ wavelength: { mm: 1 }, planes: "orthogonal" }, [0.5, 0.5, 2]);
  });
});
