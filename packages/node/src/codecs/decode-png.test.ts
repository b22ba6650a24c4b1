import { crc32, deflateSync } from "node:zlib";
import { FormatError, InputError } from "@sentinode/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodePng } from "./decode-png.ts";
import { encodePng } from "./write-png.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function chunk(type: string, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}

function header(width: number, height: number, bits: number, colour: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([bits, colour], 8);
  return chunk("IHDR", bytes);
}

const png = (...chunks: Uint8Array[]) =>
  Buffer.concat([Uint8Array.from(SIGNATURE), ...chunks, chunk("IEND", new Uint8Array(0))]);
const data = (rows: readonly number[]) => chunk("IDAT", deflateSync(Uint8Array.from(rows)));

/** Pixels without a pattern, the same in every run. */
function noise(count: number, levels: number): number[] {
  let state = 7;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % levels;
  });
}

describe("decodePng agrees with libvips", () => {
  const raw = { width: 37, height: 23 };
  const pixels = raw.width * raw.height;

  it.each([1, 2, 3, 4] as const)("on 8 bits and %d channels, interlaced or filtered", async (channels) => {
    const samples = Uint8Array.from(noise(pixels * channels, 256));
    for (const options of [{ progressive: true }, { adaptiveFiltering: true }, { compressionLevel: 0 }]) {
      const file = await sharp(samples, { raw: { ...raw, channels } })
        .png(options)
        .toBuffer();
      const { raster } = decodePng(file, "t.png");
      const expected = await sharp(file).raw().toBuffer();
      expect(Buffer.from(raster.samples).equals(expected)).toBe(true);
    }
  });

  it.each([2, 4, 16, 200])("on palettes of %d colours", async (colours) => {
    const samples = Uint8Array.from(noise(pixels * 3, 256));
    const file = await sharp(samples, { raw: { ...raw, channels: 3 } })
      .png({ palette: true, colours })
      .toBuffer();
    expect(
      Buffer.from(decodePng(file, "t.png").raster.samples).equals(await sharp(file).raw().toBuffer()),
    ).toBe(true);
  });

  it("on 16 bits, which stay 16 bits", async () => {
    const samples = Uint16Array.from(noise(pixels, 65_536));
    const file = await sharp(samples, { raw: { ...raw, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    expect(decodePng(file, "t.png")).toMatchObject({ bits: 16, raster: { channels: 1, samples } });
  });

  it("on the files that encodePng writes", async () => {
    const values = Uint8Array.from(noise(pixels, 256));
    const file = encodePng({ dimensions: [37, 23, 1], values });
    expect(Buffer.from(values).equals(await sharp(file).toColourspace("b-w").raw().toBuffer())).toBe(true);
    expect(decodePng(file, "t.png").raster.samples).toEqual(values);
  });
});

describe("decodePng", () => {
  it("spreads 1, 2 and 4 bits over the whole scale", () => {
    const samples = (bits: number, row: number) => [
      ...decodePng(png(header(2, 1, bits, 0), data([0, row])), "t.png").raster.samples,
    ];
    expect([samples(1, 0b0100_0000), samples(2, 0b0110_0000), samples(4, 0x1f)]).toEqual([
      [0, 255],
      [85, 170],
      [17, 255],
    ]);
  });

  it("turns transparent colours into alpha", () => {
    const grey = png(header(2, 1, 8, 0), chunk("tRNS", Uint8Array.of(0, 9)), data([0, 9, 8]));
    expect(decodePng(grey, "t.png").raster).toMatchObject({
      channels: 2,
      samples: Uint8Array.of(9, 0, 8, 255),
    });
    const palette = png(
      header(2, 1, 8, 3),
      chunk("PLTE", Uint8Array.of(1, 2, 3, 4, 5, 6)),
      chunk("tRNS", Uint8Array.of(7)),
      data([0, 1, 0]),
    );
    expect(decodePng(palette, "t.png").raster).toMatchObject({
      channels: 4,
      samples: Uint8Array.of(4, 5, 6, 255, 1, 2, 3, 7),
    });
  });

  it("refuses sizes before it looks for data", () => {
    expect(() => decodePng(png(header(65_535, 65_535, 16, 6)), "t.png")).toThrow(InputError);
    expect(() => decodePng(png(header(0, 5, 8, 0)), "t.png")).toThrow(/at least one pixel/);
  });

  it.each([
    [
      "a wrong checksum",
      () => {
        const file = png(header(2, 1, 8, 0), data([0, 1, 2]));
        file[45] ^= 1;
        return file;
      },
      /CRC/,
    ],
    ["too few rows", () => png(header(2, 2, 8, 0), data([0, 1, 2])), /too short/],
    ["a filter that does not exist", () => png(header(2, 1, 8, 0), data([9, 1, 2])), /filter/],
    [
      "an entry outside the palette",
      () => png(header(1, 1, 8, 3), chunk("PLTE", Uint8Array.of(1, 2, 3)), data([0, 5])),
      /palette of 1/,
    ],
    ["no palette", () => png(header(1, 1, 8, 3), data([0, 0])), /PLTE/],
    ["no data", () => png(header(1, 1, 8, 0)), /IDAT/],
    ["impossible bits", () => png(header(1, 1, 3, 0), data([0, 0])), /colour type 0 with 3 bits/],
    ["a bomb", () => png(header(1, 1, 8, 0), chunk("IDAT", deflateSync(new Uint8Array(10_000_000)))), /bomb/],
  ])("refuses %s", (_, file, message) => {
    expect(() => decodePng(file(), "t.png")).toThrow(FormatError);
    expect(() => decodePng(file(), "t.png")).toThrow(message);
  });

  it("refuses a file that is cut anywhere", () => {
    const whole = png(header(2, 1, 8, 0), data([0, 1, 2]));
    for (let length = SIGNATURE.length; length < whole.length; length++)
      expect(() => decodePng(whole.subarray(0, length), "t.png")).toThrow(FormatError);
  });

  it("reads the still image of an animation and says how many frames there are", () => {
    const animated = png(
      header(1, 1, 8, 0),
      chunk("acTL", Uint8Array.of(0, 0, 0, 3, 0, 0, 0, 0)),
      data([0, 7]),
    );
    expect(decodePng(animated, "t.png")).toMatchObject({
      frames: 3,
      findings: [{ code: "image-several-frames", severity: "warning" }],
    });
  });
});
