import { FormatError, InputError } from "@sentinode/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "./decode-image.ts";
import { imageOfBytes } from "./read-image.ts";

/** A BMP of 2 × 2 pixels or another size; `fields` are bits, compression and number of colours. */
function bmp(
  size: readonly [number, number],
  fields: readonly [number, number, number],
  tail: readonly number[],
): Buffer {
  const bytes = Buffer.alloc(54);
  bytes.write("BM");
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(size[0], 18);
  bytes.writeInt32LE(size[1], 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(fields[0], 28);
  bytes.writeUInt32LE(fields[1], 30);
  bytes.writeUInt32LE(fields[2], 46);
  bytes.writeUInt32LE(54 + 4 * fields[2], 10);
  return Buffer.concat([bytes, Uint8Array.from(tail)]);
}

const PALETTE = [10, 10, 10, 0, 20, 20, 20, 0, 30, 30, 30, 0];
const greyOf = async (bytes: Uint8Array, file = "t.bmp") => [
  ...(await imageOfBytes(bytes, file)).image.values,
];

describe("BMP", () => {
  it("stores the lower row first, or the upper one where the height is negative", async () => {
    const rows = [1, 1, 1, 2, 2, 2, 0, 0, 3, 3, 3, 4, 4, 4, 0, 0];
    expect(await greyOf(bmp([2, 2], [24, 0, 0], rows))).toEqual([3, 4, 1, 2]);
    expect(await greyOf(bmp([2, -2], [24, 0, 0], rows))).toEqual([1, 2, 3, 4]);
  });

  it("resolves palettes of 1, 4 and 8 bits", async () => {
    expect(await greyOf(bmp([2, 1], [1, 0, 2], [...PALETTE.slice(0, 8), 0b0100_0000, 0, 0, 0]))).toEqual([
      10, 20,
    ]);
    expect(await greyOf(bmp([2, 1], [4, 0, 3], [...PALETTE, 0x21, 0, 0, 0]))).toEqual([30, 20]);
    expect(await greyOf(bmp([2, 1], [8, 0, 3], [...PALETTE, 2, 0, 0, 0]))).toEqual([30, 10]);
  });

  it("expands runs and literals of RLE8 and RLE4", async () => {
    const rle8 = [...PALETTE, 3, 1, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1];
    expect(await greyOf(bmp([3, 2], [8, 1, 3], rle8))).toEqual([10, 20, 30, 20, 20, 20]);
    const rle4 = [...PALETTE, 5, 0x12, 0, 1];
    expect(await greyOf(bmp([5, 1], [4, 2, 3], rle4))).toEqual([20, 30, 20, 30, 20]);
  });

  it("spreads the bits of 16-bit pixels over the scale", async () => {
    expect(await greyOf(bmp([2, 1], [16, 0, 0], [0xff, 0x7f, 0x00, 0x00]))).toEqual([255, 0]);
  });

  it.each([
    ["missing pixels", bmp([2, 2], [24, 0, 0], [1, 2, 3])],
    ["a run beyond the row", bmp([2, 1], [8, 1, 3], [...PALETTE, 3, 1, 0, 1])],
    ["runs without end", bmp([2, 1], [8, 1, 3], [...PALETTE, 2, 1])],
    ["a colour that does not exist", bmp([2, 1], [8, 0, 3], [...PALETTE, 9, 0, 0, 0])],
    ["an embedded PNG", bmp([2, 1], [24, 5, 0], [0, 0, 0, 0])],
  ])("refuses %s", async (_, bytes) => {
    await expect(decodeImage(bytes, "t.bmp")).rejects.toThrow(FormatError);
  });
});

describe("PGM and PPM", () => {
  const text = (content: string) => Buffer.from(content, "latin1");

  it("reads text and binary samples, comments and 16 bits", async () => {
    expect(await greyOf(text("P2 # c\n2 1\n255\n7 250"), "t.pgm")).toEqual([7, 250]);
    expect(await greyOf(text("P5\n# c\n2 1 255\n\x07\xfa"), "t.pgm")).toEqual([7, 250]);
    expect(await greyOf(text("P6 1 1 255\n\x05\x05\x05"), "t.ppm")).toEqual([5]);
    expect(await imageOfBytes(text("P5 1 1 4095\n\x0f\xff"), "t.pgm")).toMatchObject({
      bits: 12,
      image: { values: Uint16Array.of(4095) },
    });
  });

  it.each([
    "P5 2 2 255\nab",
    "P2 2 1 255\n7",
    "P2 1 1 9\n10",
    "P5 1 1 0\na",
    "P4 8 1\na",
    "P5 99999 99999 255\na",
  ])("refuses %j", async (content) => {
    await expect(decodeImage(text(content), "t.pgm")).rejects.toThrow(/t\.pgm/);
  });
});

describe("JPEG and TIFF", () => {
  const grey = Uint8Array.from({ length: 64 }, (_, i) => 4 * i);
  const image = () => sharp(grey, { raw: { width: 8, height: 8, channels: 1 } });

  it("keeps 16 bits of a TIFF", async () => {
    const wide = Uint16Array.from({ length: 64 }, (_, i) => 1000 * i);
    const file = await sharp(wide, { raw: { width: 8, height: 8, channels: 1 } })
      .toColourspace("grey16")
      .tiff({ compression: "deflate" })
      .toBuffer();
    expect(await imageOfBytes(file, "t.tif")).toMatchObject({
      bits: 16,
      channels: 1,
      image: { values: wide },
    });
  });

  it("keeps the stored orientation and says so", async () => {
    const file = await sharp(Buffer.alloc(24), { raw: { width: 4, height: 2, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const read = await imageOfBytes(file, "t.jpg");
    expect(read.image.dimensions).toEqual([4, 2, 1]);
    expect(read.findings.map(({ code }) => code)).toContain("image-orientation-kept");
  });

  it("refuses CMYK, which needs a colour profile, and files that are cut", async () => {
    const cmyk = await sharp(Buffer.alloc(24), { raw: { width: 4, height: 2, channels: 3 } })
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer();
    await expect(decodeImage(cmyk, "t.jpg")).rejects.toThrow(/cmyk/);
    const whole = await image().toColourspace("b-w").jpeg().toBuffer();
    await expect(decodeImage(whole.subarray(0, whole.length - 40), "t.jpg")).rejects.toThrow(FormatError);
  });

  it("reads what the bytes are, and warns where the ending says otherwise", async () => {
    const file = await image().toColourspace("b-w").jpeg().toBuffer();
    expect((await decodeImage(file, "t.png")).findings[0].code).toBe("image-ending-differs");
  });
});

describe("other formats", () => {
  it.each([
    ["t.dcm", "x".repeat(200), /DICOM files are not read/],
    ["t.gif", "GIF89a", /GIF/],
    ["t.png", "\u0089PNX broken", /no known image format/],
  ])("are refused in words: %s", async (file, content, message) => {
    await expect(decodeImage(Buffer.from(content, "latin1"), file)).rejects.toThrow(message);
  });

  it("are refused as format errors, and sizes as input errors", async () => {
    await expect(decodeImage(Buffer.from("GIF89a"), "t.gif")).rejects.toThrow(FormatError);
    await expect(decodeImage(bmp([20_000, 20_000], [24, 0, 0], []), "t.bmp")).rejects.toThrow(InputError);
  });
});
