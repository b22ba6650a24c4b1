import { describe, expect, it } from "vitest";
import { type Block, readBlock, wholeImage } from "./block.ts";
import { boundaryIndex, rangeRead } from "./boundary.ts";
import type { Boundary } from "./image-filter.ts";

const letters = (boundary: Boundary, text: string, from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, k) => text[boundaryIndex(from + k, text.length, boundary)] ?? "0",
  ).join("");

describe("what lies outside an image", () => {
  it("is as the manual on filters draws it", () => {
    expect(letters("zero", "abcd", -4, 8)).toBe("0000abcd0000");
    expect(letters("nearest", "abcd", -4, 8)).toBe("aaaaabcddddd");
    expect(letters("periodic", "abcd", -4, 8)).toBe("abcdabcdabcd");
    expect(letters("mirror", "abcd", -4, 8)).toBe("dcbaabcddcba");
  });

  it("goes on as far as a kernel reaches, past images smaller than it", () => {
    expect(letters("periodic", "ab", -5, 7)).toBe("babababababa");
    expect(letters("mirror", "ab", -5, 7)).toBe("aabbaabbaabb");
    expect(letters("mirror", "a", -3, 4)).toBe("aaaaaaa");
    expect(letters("nearest", "ab", -5, 7)).toBe("aaaaaabbbbbb");
  });
});

describe("rangeRead", () => {
  it("holds every pixel that stands for a coordinate within reach", () => {
    for (const boundary of ["zero", "nearest", "periodic", "mirror"] as const)
      for (let size = 1; size < 7; size++)
        for (let first = 0; first < size; first++)
          for (let reach = 0; reach < 9; reach++) {
            const [from, to] = rangeRead([first, size], [reach, reach], size, boundary);
            for (let at = first - reach; at < size + reach; at++) {
              const index = boundaryIndex(at, size, boundary);
              expect(index === -1 || (index >= from && index < to)).toBe(true);
            }
          }
  });
});

describe("readBlock", () => {
  const image = {
    dimensions: [4, 3, 2] as const,
    spacingMm: null,
    values: Uint8Array.from({ length: 24 }, (_, k) => k + 1),
  };
  const ranges = [
    [-6, 7],
    [-4, 5],
    [-1, 4],
  ] as const;
  const pixelOf = (boundary: Boundary, coordinates: readonly number[]) => {
    const [x, y, z] = coordinates.map((at, axis) => boundaryIndex(at, image.dimensions[axis], boundary));
    return x < 0 || y < 0 || z < 0 ? 0 : image.values[(z * 3 + y) * 4 + x];
  };

  it("continues an image along all axes, whatever its room held before", () => {
    for (const boundary of ["zero", "nearest", "periodic", "mirror"] as const) {
      const room = new Float64Array(13 * 9 * 5).fill(NaN);
      const { values }: Block = readBlock(wholeImage(image), ranges, { ...image, boundary }, room);
      let k = 0;
      for (let z = -1; z < 4; z++)
        for (let y = -4; y < 5; y++)
          for (let x = -6; x < 7; x++) expect(values[k++]).toBe(pixelOf(boundary, [x, y, z]));
    }
  });

  it("reads a block of a block like the image itself", () => {
    const extent = { ...image, boundary: "mirror" } as const;
    const whole = readBlock(wholeImage(image), ranges, extent);
    const middle = [
      [0, 4],
      [0, 3],
      [0, 2],
    ] as const;
    expect(readBlock(readBlock(wholeImage(image), middle, extent), ranges, extent)).toEqual(whole);
  });
});
