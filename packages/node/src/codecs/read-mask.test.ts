import { InputError } from "@sentinode/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { maskOfBytes } from "./read-mask.ts";
import { encodePng } from "./write-png.ts";

const grey = (levels: readonly number[]) =>
  encodePng({ dimensions: [levels.length, 1, 1], values: Uint8Array.from(levels) });
const colour = (channels: 3 | 4, samples: readonly number[]) =>
  sharp(Uint8Array.from(samples), { raw: { width: samples.length / channels, height: 1, channels } })
    .png()
    .toBuffer();
const inside = async (bytes: Uint8Array, threshold?: number) => {
  const { mask } = await maskOfBytes(bytes, "m.png", threshold === undefined ? {} : { threshold });
  return [...mask.values];
};

describe("maskOfBytes", () => {
  it.each([[[0, 1, 1]], [[0, 255, 255]], [[0, 7, 7]]])(
    "accepts one level on background: %j",
    async (levels) => {
      const { mask, findings } = await maskOfBytes(grey(levels), "m.png");
      expect([[...mask.values], findings]).toEqual([[0, 1, 1], []]);
    },
  );

  it("accepts white on black in colour, and one colour on black", async () => {
    expect(await inside(await colour(3, [0, 0, 0, 255, 255, 255]))).toEqual([0, 1]);
    expect(await inside(await colour(3, [0, 0, 0, 255, 0, 0]))).toEqual([0, 1]);
  });

  it("takes what is transparent as outside", async () => {
    expect(await inside(await colour(4, [255, 255, 255, 0, 255, 255, 255, 255]))).toEqual([0, 1]);
  });

  it("cuts soft edges at half of the largest level and counts them", async () => {
    const { mask, findings } = await maskOfBytes(grey([0, 100, 200, 255, 255, 255]), "m.png");
    expect([...mask.values]).toEqual([0, 0, 1, 1, 1, 1]);
    expect(findings).toMatchObject([
      { code: "mask-soft-edges", severity: "warning", message: expect.stringMatching(/m\.png.*2 pixels/) },
    ]);
  });

  it("is empty where no pixel is set", async () => {
    expect(await inside(grey([0, 0, 0]))).toEqual([0, 0, 0]);
  });

  it("refuses an outline painted over the image", async () => {
    const painted = await colour(3, [40, 40, 40, 90, 90, 90, 255, 0, 0]);
    await expect(maskOfBytes(painted, "m.png")).rejects.toThrow(/m\.png.*coloured/);
  });

  it("refuses several labels and pictures of tissue, unless a threshold is given", async () => {
    await expect(maskOfBytes(grey([0, 1, 2]), "m.png")).rejects.toThrow(/labels 1, 2/);
    const tissue = grey(Array.from({ length: 200 }, (_, i) => i));
    await expect(maskOfBytes(tissue, "m.png")).rejects.toThrow(InputError);
    expect(await inside(grey([0, 1, 2]), 2)).toEqual([0, 0, 1]);
  });
});
