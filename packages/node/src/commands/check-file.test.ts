import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { encodePng } from "../codecs/write-png.ts";
import { checkFile, type FileCheckRequest } from "./check-file.ts";

const folder = mkdtempSync(join(tmpdir(), "check-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const picture = (width: number, height: number, levels: readonly number[]) =>
  encodePng({ dimensions: [width, height, 1], values: Uint8Array.from(levels) });
const check = (file: string, more: Partial<FileCheckRequest> = {}) => checkFile({ file, ...more });

describe("checkFile", () => {
  const image = written(
    "image.png",
    picture(
      4,
      4,
      Array.from({ length: 16 }, (_, i) => i),
    ),
  );

  it("says what an image holds", async () => {
    const { status, messages, truth } = await check(image);
    expect([status, messages]).toEqual(["accept", []]);
    expect(truth).toMatchObject({
      width: 4,
      rows: 4,
      bits: 8,
      min: 0,
      max: 15,
      mean: 7.5,
      gray: true,
      spacingMm: null,
    });
  });

  it("judges a mask on the grid of its image", async () => {
    const mask = written("mask.png", picture(4, 4, [0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    expect(await check(mask, { image })).toMatchObject({
      status: "accept",
      truth: { pixels: 2, components: 1, largest: 2 },
    });
    expect(await check(image, { mask })).toMatchObject({ status: "accept", truth: { lesionPixels: 2 } });
    const small = written("small.png", picture(2, 1, [255, 255]));
    expect(await check(small, { image })).toMatchObject({
      status: "error",
      truth: {},
      messages: [expect.stringContaining("small.png")],
    });
  });

  it("judges tables by all their problems", async () => {
    expect(await check(written("good.csv", "id,x\na,1\nb,2\n"))).toMatchObject({
      status: "accept",
      truth: { rows: 2, sumX: 3 },
    });
    const bad = await check(written("bad.csv", "id,x\na,1,2\nb\n"));
    expect(bad).toMatchObject({
      status: "error",
      messages: [expect.stringMatching(/bad\.csv, row 2/), expect.stringMatching(/row 3/)],
    });
  });

  it("judges archives by names and content", async () => {
    expect(await check(written("good.zip", zipSync({ "a.txt": Uint8Array.of(1) })))).toMatchObject({
      status: "accept",
      truth: { entries: 1 },
    });
    expect(await check(written("slip.zip", zipSync({ "../a.txt": Uint8Array.of(1) })))).toMatchObject({
      status: "error",
    });
  });

  it.each([
    ["nothing.csv", null],
    ["empty.csv", ""],
    ["scan.dcm", "x".repeat(200)],
    ["broken.xlsx", "PK\u0003\u0004"],
    ["letter.pdf", "%PDF-1.7 \0"],
  ])("refuses %s in a message that names it", async (name, content) => {
    const file = content === null ? join(folder, name) : written(name, content);
    const { status, messages } = await check(file);
    expect([status, messages.length > 0 && messages.every((message) => message.includes(name))]).toEqual([
      "error",
      true,
    ]);
  });

  it("refuses a folder", async () => {
    expect((await check(folder)).status).toBe("error");
  });
});
