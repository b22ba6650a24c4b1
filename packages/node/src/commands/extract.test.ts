import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  defaultRadiomicsSettings,
  extractRadiomics,
  featureColumns,
  type RadiomicsSettings,
} from "@sentinode/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJournal } from "../store/journal.ts";
import { readTable } from "../tables/read-table.ts";

const program = fileURLToPath(new URL("../../bin/sentinode.js", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "extract-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function sentinode(...words: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child: ChildProcess = execFile(
      process.execPath,
      [program, ...words],
      { cwd: place, maxBuffer: 1e8 },
      (_error, out, error) => resolve({ code: child.exitCode ?? -1, out, error }),
    );
  });
}

const [width, height] = [24, 20];

/** Grey levels that differ from case to case, and an ellipse as their lesion. */
function pixels(seed: number): { image: Uint8Array<ArrayBuffer>; mask: Uint8Array<ArrayBuffer> } {
  const image = Uint8Array.from(
    { length: width * height },
    (_, p) => (p * 37 + ((p * p * (seed + 3)) >> 3)) % 251,
  );
  const mask = Uint8Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [(p % width) - 12, Math.floor(p / width) - 9];
    return (x * x) / 81 + (y * y) / (36 + seed) <= 1 ? 255 : 0;
  });
  return { image, mask };
}

function pgm(values: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), values]);
}

/** A NIfTI-1 volume of bytes whose grid begins at x = `origin`. */
function nifti(values: Uint8Array, depth: number, origin: number): Buffer {
  const head = Buffer.alloc(352);
  head.writeInt32LE(348, 0);
  [3, width, height, depth].forEach((size, k) => head.writeInt16LE(size, 40 + 2 * k));
  head.writeInt16LE(2, 70);
  [1, 0.5, 0.5, 2].forEach((size, k) => head.writeFloatLE(size, 76 + 4 * k));
  head.writeFloatLE(352, 108);
  head.writeInt16LE(1, 254);
  [0.5, 0, 0, origin, 0, 0.5, 0, 0, 0, 0, 2, 0].forEach((value, k) => head.writeFloatLE(value, 280 + 4 * k));
  head.write("n+1", 344);
  return Buffer.concat([head, values]);
}

/** The document that a call prints or that lies beside a table. */
interface ExtractionDocument {
  readonly features: Readonly<Record<string, number | null>>;
  readonly settings: RadiomicsSettings;
  readonly columns: readonly { readonly ibsi: string | null }[];
}

function documentOf(text: string): ExtractionDocument {
  return JSON.parse(text) as ExtractionDocument;
}

const cases = 7;

beforeAll(() => {
  mkdirSync(join(place, "images"));
  const rows = ["patient_id,age,image,mask,spacing_mm"];
  for (let k = 0; k < cases; k++) {
    const { image, mask } = pixels(k);
    writeFileSync(join(place, "images", `${k}.pgm`), pgm(image));
    writeFileSync(join(place, "images", `${k}m.pgm`), pgm(mask));
    rows.push(`P${k},5${k},images/${k}.pgm,images/${k}m.pgm,0.1`);
  }
  writeFileSync(join(place, "cases.csv"), `${rows.join("\n")}\n`);
});

const bytesOf = (...names: string[]) => names.map((name) => readFileSync(join(place, name), "utf8"));
const filesOf = (table: string) => bytesOf(table, `${table}.json`, `${table}.findings.csv`);

describe("sentinode extract of one case", () => {
  it("prints what core measures, with reasons and settings", async () => {
    const { code, out } = await sentinode(
      "extract",
      "--image",
      "images/0.pgm",
      "--mask",
      "images/0m.pgm",
      "--spacing",
      "0.1",
    );
    expect(code).toBe(0);
    const document = documentOf(out);
    const { image, mask } = pixels(0);
    const expected = extractRadiomics(
      { dimensions: [width, height, 1], spacingMm: [0.1, 0.1, 1], values: image },
      { dimensions: [width, height, 1], values: mask.map((value) => (value > 0 ? 1 : 0)) },
      defaultRadiomicsSettings,
    );
    expect(document.features).toEqual(
      Object.fromEntries(expected.map(({ name, value }) => [name, value.value])),
    );
    expect(document.settings).toEqual(defaultRadiomicsSettings);
  });

  it("prints the names of the standard or of PyRadiomics, as JSON or CSV", async () => {
    const base = ["extract", "--image", "images/0.pgm", "--mask", "images/0m.pgm", "--spacing", "0.1"];
    const [ibsi, other] = await Promise.all([
      sentinode(...base, "--names", "ibsi", "--format", "csv"),
      sentinode(...base, "--names", "pyradiomics", "--profile", "pyradiomics"),
    ]);
    const columns = featureColumns(defaultRadiomicsSettings);
    expect(ibsi.out.split("\n")[0].split(",")).toEqual(
      columns.map(({ name, source }) => (source.ibsi === null ? name : `${source.ibsi}.${name}`)),
    );
    expect(Object.keys(documentOf(other.out).features)).toContain("original_glcm_Contrast");
  });

  it("measures volumes in three dimensions, and masks of several labels where one is named", async () => {
    const { image, mask } = pixels(1);
    const twice = (values: Uint8Array) => Buffer.concat([values, values]);
    const labels = mask.map((value, p) => (value === 0 ? 0 : p % width < 12 ? 1 : 2));
    writeFileSync(join(place, "v.nii"), nifti(twice(image), 2, 0));
    writeFileSync(join(place, "vm.nii"), nifti(twice(labels), 2, 0));
    const base = ["extract", "--image", "v.nii", "--mask", "vm.nii"];
    const [without, second, third] = await Promise.all([
      sentinode(...base),
      sentinode(...base, "--label", "2"),
      sentinode(...base, "--label", "3"),
    ]);
    expect([without.code, without.error]).toEqual([2, expect.stringMatching(/vm\.nii: .*labels 1, 2/)]);
    expect([third.code, third.error]).toEqual([2, expect.stringMatching(/value 3.*got 1, 2/)]);
    const document = documentOf(second.out);
    expect(document.settings.neighbourhood).toBe("3d");
    expect(document.features["morphology.approximateVolume"]).toBeCloseTo(
      2 * labels.filter((label) => label === 2).length * 0.5,
      9,
    );
  });

  it("refuses a mask that lies elsewhere, and a spacing that the file contradicts", async () => {
    const { image, mask } = pixels(2);
    writeFileSync(join(place, "p.nii"), nifti(image, 1, 0));
    writeFileSync(join(place, "pm.nii"), nifti(mask, 1, 3));
    writeFileSync(join(place, "pn.nii"), nifti(mask, 1, 0));
    const [place1, spacing] = await Promise.all([
      sentinode("extract", "--image", "p.nii", "--mask", "pm.nii"),
      sentinode("extract", "--image", "p.nii", "--mask", "pn.nii", "--spacing", "0.7"),
    ]);
    expect([place1.code, place1.error]).toEqual([2, expect.stringMatching(/^pm\.nii: .*6\.00 voxels apart/)]);
    expect([spacing.code, spacing.error]).toEqual([
      2,
      expect.stringMatching(/^p\.nii: .*0\.5 × 0\.5 × 2 mm/),
    ]);
  });
});

describe("sentinode extract of a table of cases", () => {
  it("writes one row a case with the columns of the table, and beside it what the columns are", async () => {
    const { code, error } = await sentinode(
      "extract",
      "--manifest",
      "cases.csv",
      "--out",
      "one.csv",
      "--jobs",
      "1",
    );
    expect([code, error]).toEqual([0, expect.not.stringContaining("error")]);
    const table = await readTable(join(place, "one.csv"));
    const columns = featureColumns(defaultRadiomicsSettings);
    expect(table.headers).toEqual([
      "patient_id",
      "image",
      "mask",
      "spacing_mm",
      ...columns.map(({ name }) => name),
    ]);
    expect(table.rows.map((row) => row[1])).toEqual(
      Array.from({ length: cases }, (_, k) => `images/${k}.pgm`),
    );
    const description = documentOf(bytesOf("one.csv.json")[0]);
    expect(description.columns.map(({ ibsi }) => ibsi)).toEqual(columns.map(({ source }) => source.ibsi));
    expect(description.settings).toEqual(defaultRadiomicsSettings);
    const single = documentOf(
      (await sentinode("extract", "--image", "images/3.pgm", "--mask", "images/3m.pgm", "--spacing", "0.1"))
        .out,
    );
    expect(table.rows[3].slice(4).map(Number)).toEqual(Object.values(single.features));
  });

  it("writes the same bytes with any number of workers, and from shards that are joined", async () => {
    await sentinode("extract", "--manifest", "cases.csv", "--out", "two.csv", "--jobs", "2");
    expect(filesOf("two.csv")).toEqual(filesOf("one.csv"));
    for (const shard of ["3/3", "1/3", "2/3"])
      await sentinode(
        "extract",
        "--manifest",
        "cases.csv",
        "--out",
        "parts",
        "--shard",
        shard,
        "--jobs",
        "1",
      );
    const { code } = await sentinode("extract", "--merge", "parts", "--out", "joined.csv");
    expect(code).toBe(0);
    expect(filesOf("joined.csv")).toEqual(filesOf("one.csv"));
  });

  it("joins no shards that are missing, of other settings, or changed", async () => {
    const shard = ["extract", "--manifest", "cases.csv", "--out", "some", "--jobs", "1", "--shard"];
    await sentinode(...shard, "1/2");
    const missing = await sentinode("extract", "--merge", "some", "--out", "x.csv");
    expect([missing.code, missing.error]).toEqual([
      2,
      expect.stringMatching(/not finished: 2; run --shard 2\/2/),
    ]);
    await sentinode(...shard, "2/2", "--profile", "pyradiomics");
    const other = await sentinode("extract", "--merge", "some", "--out", "x.csv");
    expect([other.code, other.error]).toEqual([
      2,
      expect.stringMatching(/part-2-of-2\.csv: shards need the same settings/),
    ]);
    await sentinode(...shard, "2/2");
    const file = join(place, "some", "part-1-of-2.csv");
    writeFileSync(file, readFileSync(file, "utf8").replace("0.1,", "0.2,"));
    const changed = await sentinode("extract", "--merge", "some", "--out", "x.csv");
    expect([changed.code, changed.error]).toEqual([
      2,
      expect.stringMatching(/part-1-of-2\.csv: the table is not/),
    ]);
    expect(existsSync(join(place, "x.csv"))).toBe(false);
  });

  it("reports every broken case with its row, writes nothing, and keeps the others for the next call", async () => {
    const rows = bytesOf("cases.csv")[0].split("\n");
    rows[2] = rows[2].replace("images/1.pgm", "images/none.pgm");
    rows[5] = rows[5].replace("images/4m.pgm", "../outside.pgm");
    writeFileSync(join(place, "broken.csv"), rows.join("\n"));
    copyFileSync(join(place, "images", "2m.pgm"), join(place, "kept.pgm"));
    writeFileSync(join(place, "images", "2m.pgm"), pgm(new Uint8Array(width * height)));
    const call = ["extract", "--manifest", "broken.csv", "--out", "mended.csv", "--jobs", "1"];
    const { code, error } = await sentinode(...call);
    copyFileSync(join(place, "kept.pgm"), join(place, "images", "2m.pgm"));
    expect(code).toBe(2);
    expect(error).toMatch(/row 3: none\.pgm: there is no such file/);
    expect(error).toMatch(/row 4: images\/2m\.pgm .*empty/);
    expect(error).toMatch(/row 6: .*leaves the folder/);
    expect(error).toMatch(/3 of 7 cases .*the other 4 are kept/);
    expect(existsSync(join(place, "mended.csv"))).toBe(false);
    copyFileSync(join(place, "cases.csv"), join(place, "broken.csv"));
    expect((await sentinode(...call)).code).toBe(0);
    expect(filesOf("mended.csv")).toEqual(filesOf("one.csv"));
    expect(readdirSync(place).filter((name) => name.endsWith(".work"))).toEqual([]);
  });

  it("measures again a case whose image changed under the same name", async () => {
    const rows = bytesOf("cases.csv")[0].split("\n").slice(0, 3);
    writeFileSync(
      join(place, "first.csv"),
      [...rows, "P9,1,images/none.pgm,images/0m.pgm,0.1", ""].join("\n"),
    );
    const call = ["extract", "--manifest", "first.csv", "--out", "changed.csv", "--jobs", "1"];
    expect((await sentinode(...call)).code).toBe(2);
    const original = readFileSync(join(place, "images", "0.pgm"));
    writeFileSync(join(place, "images", "0.pgm"), pgm(pixels(6).image));
    writeFileSync(join(place, "first.csv"), [...rows, ""].join("\n"));
    expect((await sentinode(...call)).code).toBe(0);
    const [changed, one] = await Promise.all(
      ["changed.csv", "one.csv"].map((name) => readTable(join(place, name))),
    );
    writeFileSync(join(place, "images", "0.pgm"), original);
    expect(changed.rows[0]).not.toEqual(one.rows[0]);
    expect(changed.rows[1]).toEqual(one.rows[1]);
  });

  it("goes on where it was killed, to the same bytes", async () => {
    const rows = Array.from(
      { length: 100 },
      (_, k) => `images/${k % cases}.pgm,images/${k % cases}m.pgm,${(k + 1) / 100}`,
    );
    writeFileSync(join(place, "long.csv"), `image,mask,spacing_mm\n${rows.join("\n")}\n`);
    const call = ["extract", "--manifest", "long.csv", "--jobs", "1", "--out"];
    const journal = join(place, ".killed.csv.work", "state.sqlite");
    const child = spawn(process.execPath, [program, ...call, "killed.csv"], { cwd: place, stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (!existsSync(`${journal}-wal`) || statSync(`${journal}-wal`).size < 50_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
    await ended;
    const state = openJournal(journal);
    expect(state.isEmpty()).toBe(false);
    state.close();
    expect(existsSync(join(place, "killed.csv"))).toBe(false);
    expect((await sentinode(...call, "killed.csv")).code).toBe(0);
    expect((await sentinode(...call, "whole.csv")).code).toBe(0);
    expect(filesOf("killed.csv")).toEqual(filesOf("whole.csv"));
  });

  it("reads the columns of a PyRadiomics batch, and a label for each row", async () => {
    const { image, mask } = pixels(1);
    writeFileSync(join(place, "l.pgm"), pgm(image));
    writeFileSync(
      join(place, "lm.pgm"),
      pgm(mask.map((value, p) => (value === 0 ? 0 : p % width < 12 ? 1 : 2))),
    );
    writeFileSync(join(place, "labels.csv"), "Image,Mask,Label\nl.pgm,lm.pgm,1\nl.pgm,lm.pgm,2\n");
    const { code } = await sentinode(
      "extract",
      "--manifest",
      "labels.csv",
      "--out",
      "labels-out.csv",
      "--jobs",
      "1",
    );
    expect(code).toBe(0);
    const { headers, rows } = await readTable(join(place, "labels-out.csv"));
    expect(headers.slice(0, 3)).toEqual(["Image", "Mask", "Label"]);
    const area = headers.indexOf("shape2dPixels.pixelArea");
    expect(rows.reduce((sum, row) => sum + Number(row[area]), 0)).toBe(
      mask.filter((value) => value > 0).length,
    );
  });

  it("refuses a table without its columns, and cells that are none, all at once", async () => {
    writeFileSync(join(place, "bare.csv"), "picture,mask\na,b\n");
    writeFileSync(join(place, "cells.csv"), "image,mask,spacing_mm,label\n,b,0.1,1\na,b,wide,0\n");
    const call = (table: string) => sentinode("extract", "--manifest", table, "--out", "no.csv");
    const [bare, cells] = await Promise.all([call("bare.csv"), call("cells.csv")]);
    expect([bare.code, bare.error]).toEqual([2, expect.stringMatching(/image is missing/)]);
    expect(cells.code).toBe(2);
    expect(cells.error.trim().split("\n")).toEqual([
      expect.stringMatching(/row 2, column image/),
      expect.stringMatching(/row 3, column spacing_mm/),
      expect.stringMatching(/row 3, column label/),
    ]);
  });
});
