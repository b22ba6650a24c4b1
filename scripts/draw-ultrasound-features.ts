/**
 * Draws the pictures of docs/ultrasound-features.md on a simulated lesion and writes its tables: the features from the
 * docstrings of the code and, where the folder SENTINODE_DATA has described lesions, their agreement with readers:
 * node --conditions=@sentinode/source scripts/draw-ultrasound-features.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Image, Mask } from "../packages/core/src/image/image.ts";
import { simulateUltrasound } from "../packages/core/src/image/simulate-ultrasound.ts";
import { createRandom } from "../packages/core/src/math/random.ts";
import { drawFeatureMap } from "../packages/core/src/radiomics/draw-feature-map.ts";
import { featureMap } from "../packages/core/src/radiomics/feature-map.ts";
import { borderPoints, traceBorder } from "../packages/core/src/radiomics/ultrasound-border.ts";
import { superficialLayer, tissueAround } from "../packages/core/src/radiomics/ultrasound-echoes.ts";
import { ultrasoundFeatures } from "../packages/core/src/radiomics/ultrasound-features.ts";
import { frameLesion, type LesionFrame } from "../packages/core/src/radiomics/ultrasound-frame.ts";
import { marginGeometry } from "../packages/core/src/radiomics/ultrasound-margin.ts";
import { posteriorRegion } from "../packages/core/src/radiomics/ultrasound-posterior.ts";
import { encodeColourPng } from "../packages/node/src/codecs/write-png.ts";
import { markdownTable } from "../oracles/radiomics/markdown.ts";
import { agreementOf, expectations, readDescribedLesions } from "../oracles/radiomics/ultrasound-readers.ts";

const root = resolve(import.meta.dirname, "..");
const pictures = join(root, "docs/ultrasound");
/** Picture pixels a side of an image pixel. */
const scale = 2;

type Colour = readonly [red: number, green: number, blue: number];

const colours = {
  posterior: [86, 180, 233],
  sides: [0, 158, 115],
  superficial: [240, 228, 66],
  beside: [213, 94, 0],
  rim: [204, 121, 167],
  normal: [255, 255, 255],
} as const satisfies Record<string, Colour>;

const { image, mask } = simulateUltrasound(
  { diameterMm: 13, imageTrait: 1.2, highGrade: false, lymphovascularInvasion: true },
  createRandom(12),
);
drawRegions(image, mask);
drawMap(image, mask);
await writeTables();

function drawRegions({ dimensions: [width, height], ...rest }: Image, lesion: Mask): void {
  const frame = frameLesion({ dimensions: [width, height, 1], ...rest }, lesion)!;
  const [columns, rows] = [2 * width * scale, height * scale];
  const rgb = new Uint8Array(3 * columns * rows);
  const paint = (x: number, y: number, colour: Colour) => {
    if (x >= 0 && x < columns && y >= 0 && y < rows) rgb.set(colour, 3 * (y * columns + x));
  };
  const tint = regionColours(frame);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const isRight = x >= width * scale;
      const [px, py] = [Math.floor(x / scale) - (isRight ? width : 0), Math.floor(y / scale)];
      const level = rest.values[py * width + px];
      const colour = isRight ? tint(px - frame.offset[0], py - frame.offset[1]) : null;
      const share = colour === null ? 0 : 0.35;
      paint(x, y, mixed([level, level, level], colour ?? [0, 0, 0], share));
    }
  const border = traceBorder(frame);
  const toPicture = (value: number, axis: 0 | 1) =>
    Math.round((value / frame.pixel[axis] + frame.offset[axis] + 0.5) * scale);
  for (let point = 0; point < borderPoints; point++) {
    const [x, y] = [toPicture(border.x[point], 0), toPicture(border.y[point], 1)];
    for (const panel of [0, width * scale]) paint(panel + x, y, [255, 255, 0]);
    if (point % 16 !== 0) continue;
    const reach = marginGeometry.strip * frame.radius;
    for (let along = -reach; along <= reach; along += frame.pixel[0] / 4)
      paint(
        width * scale + toPicture(border.x[point] + along * border.normalX[point], 0),
        toPicture(border.y[point] + along * border.normalY[point], 1),
        colours.normal,
      );
  }
  writeFileSync(join(pictures, "regions.png"), encodeColourPng(columns, rows, rgb));
}

/** The colour of the region that a pixel of a frame belongs to. */
function regionColours(frame: LesionFrame): (x: number, y: number) => Colour | null {
  const { width, height, box, tissue, distance, radius } = frame;
  const colourOf = new Map<number, Colour>();
  const paint = (colour: Colour, isWanted: (p: number) => boolean) => {
    for (let p = 0; p < tissue.length; p++) if (tissue[p] !== 0 && isWanted(p)) colourOf.set(p, colour);
  };
  const [column, row] = [(p: number) => p % width, (p: number) => Math.floor(p / width)];
  const { columns, left, right } = posteriorRegion(frame);
  const [around, superficial] = [tissueAround(frame), superficialLayer(frame)];
  paint(colours.beside, (p) => around[p] !== 0 && row(p) >= box.top && row(p) <= box.bottom);
  paint(colours.superficial, (p) => superficial[p] !== 0);
  paint(colours.rim, (p) => distance[p] <= marginGeometry.rim[1] * radius);
  const first = Math.min(...columns.map(({ from }) => from));
  const last = Math.max(...columns.map(({ to }) => to));
  for (const [from, to] of [left, right])
    paint(colours.sides, (p) => column(p) >= from && column(p) <= to && row(p) >= first && row(p) <= last);
  const behind = new Map(columns.map((one) => [one.x, one]));
  paint(colours.posterior, (p) => {
    const range = behind.get(column(p));
    return range !== undefined && row(p) >= range.from && row(p) <= range.to;
  });
  return (x, y) =>
    x >= 0 && x < width && y >= 0 && y < height ? (colourOf.get(y * width + x) ?? null) : null;
}

function mixed(grey: Colour, colour: Colour, share: number): Colour {
  const mix = (channel: 0 | 1 | 2) => Math.round(grey[channel] + share * (colour[channel] - grey[channel]));
  return [mix(0), mix(1), mix(2)];
}

function drawMap(frame: Image, lesion: Mask): void {
  const map = featureMap(frame, lesion, {
    family: "glcm",
    feature: "jointEntropy",
    discretisation: { method: "fixed-bin-number", bins: 32 },
    radiusPx: 4,
  });
  const { width, height, rgb } = drawFeatureMap(frame, lesion, map);
  writeFileSync(join(pictures, "feature-map.png"), encodeColourPng(width, height, rgb));
}

async function writeTables(): Promise<void> {
  const file = join(root, "docs/ultrasound-features.md");
  const data = join(resolve(root, process.env["SENTINODE_DATA"] ?? "../shared/data"), "breast-usg");
  const lesions = await readDescribedLesions(data);
  let text = replaced(readFileSync(file, "utf8"), "features", featureTable());
  if (lesions.length > 0) text = replaced(text, "agreement", agreementTable(lesions));
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: "markdown" }));
}

function replaced(text: string, name: string, section: string): string {
  return text.replace(
    new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`),
    (_, begin: string, end: string) => `${begin}\n\n${section}\n\n${end}`,
  );
}

/** The docstring of each feature is its definition. */
function featureTable(): string {
  const source = readFileSync(join(root, "packages/core/src/radiomics/ultrasound-features.ts"), "utf8");
  const rows = Object.entries(ultrasoundFeatures).map(([key, { name, unit }]) => {
    const docstring = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*${key}:`).exec(source)?.[1] ?? "";
    const [definition, origin = ""] = docstring
      .replace(/\s*\n\s*\*? ?/g, " ")
      .replace(/\{@link (\w+)\}/g, "`$1`")
      .trim()
      .split("@source");
    return [`\`${key}\``, name, unit, definition.trim(), origin.trim()];
  });
  return markdownTable(["key", "name", "unit", "definition", "after"], rows);
}

function agreementTable(lesions: Awaited<ReturnType<typeof readDescribedLesions>>): string {
  const malignant = (feature: keyof typeof ultrasoundFeatures) =>
    agreementOf(lesions, { feature, column: "malignant", higher: ["1"] });
  const printed = (agreement: ReturnType<typeof agreementOf>) => {
    if (agreement === null) return "";
    const { value, lower, upper } = agreement.auc;
    return `${value.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`;
  };
  const readers = expectations.map((expectation) => {
    const { feature, column, higher, lower } = expectation;
    const agreement = agreementOf(lesions, expectation);
    const numbers = agreement === null ? "" : `${String(agreement.higher)} / ${String(agreement.lower)}`;
    const word = `${column}: ${higher.join(" or ")}, against ${lower?.join(" or ") ?? "all others"}`;
    return [`\`${feature}\``, word, numbers, printed(agreement)];
  });
  const outcomes = (Object.keys(ultrasoundFeatures) as (keyof typeof ultrasoundFeatures)[]).map((feature) => {
    const missing = lesions.filter(({ features }) => features[feature] === null).length;
    return [`\`${feature}\``, printed(malignant(feature)), missing];
  });
  return [
    markdownTable(
      ["feature", "is higher where readers say", "lesions", "AUC (95 % interval, DeLong)"],
      readers,
    ),
    `And for malignancy, each feature alone; below one half, it is lower in malignant lesions:`,
    markdownTable(["feature", "AUC for malignancy", "lesions without it"], outcomes),
  ].join("\n\n");
}
