import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { lengthInPixels, lengthInSlice } from "./length.ts";

describe("a length on an image", () => {
  it("is refused in mm where the image states no spacing, and says what needs it", () => {
    expect(() => lengthInPixels({ mm: 1 }, { spacingMm: null }, "a sigma in mm")).toThrow(InputError);
    expect(() => lengthInPixels({ mm: 1 }, { spacingMm: null }, "a sigma in mm")).toThrow(
      "a sigma in mm needs",
    );
    expect(lengthInPixels({ px: 2 }, { spacingMm: null }, "a sigma")).toEqual([2, 2, 2]);
  });

  it("is one number in a slice of square pixels only", () => {
    expect(lengthInSlice({ mm: 1 }, { spacingMm: [0.1, 0.1 + 1e-9, 4] }, "a wavelength")).toBeCloseTo(10, 6);
    expect(() => lengthInSlice({ mm: 1 }, { spacingMm: [0.1, 0.2, 4] }, "a wavelength")).toThrow(InputError);
    expect(lengthInSlice({ px: 3 }, { spacingMm: [0.1, 0.2, 4] }, "a wavelength")).toBe(3);
  });
});
