import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateStudy } from "@sentinode/core";
import { parse, stringify } from "yaml";
import { seededShares } from "./extent.ts";

/** Simulated data that take a second or two. */
export interface SmallData {
  /** Study with images, a held-out set and a sealed outcome. */
  readonly study: string;
  /** The same without images. */
  readonly tableStudy: string;
  /** Table of 20 cases for an extraction. */
  readonly cases: string;
}

const patients = 100;
const [width, height] = [120, 96];
const blocks = { C: ["age", "lvi"], A: ["cortex_mm"] };

/** What a simulated protocol is replaced by, so that most of a run is reading and writing. */
const quick = {
  regression: { method: "firth" },
  validation: { folds: 2, repeats: 1 },
  thresholds: { rules: ["p>=0.10"], decisionCurve: { from: 0.1, to: 0.3, step: 0.1 } },
};

const withImages = {
  radiomics: {
    families: ["firstOrder", "shape2d", "glcm", "glrlm"],
    discretisations: [{ method: "fixed-bin-number", bins: 32 }],
  },
  blocks: {
    ...blocks,
    R: { radiomics: ["firstOrder.mean"], entersAs: "features" },
  },
  models: { CA: ["C", "A"], CAR: ["C", "A", "R"] },
};

/** Makes the data of 100 simulated patients, with small images of noise. */
export function makeSmallData(place: string): SmallData {
  const data = join(place, "data");
  mkdirSync(join(data, "images"), { recursive: true });
  const { table, protocol } = simulateStudy({ patients, seed: 5, signal: 1 });
  const [image, mask] = ["image", "mask"].map((name) => table.headers.indexOf(name));
  const rows = table.rows.map((row, patient) => {
    const names = [`${patient}.pgm`, `${patient}m.pgm`] as const;
    const share = seededShares(patient + 1);
    writePixels(join(data, "images", names[0]), () => 40 + patient + Math.floor(100 * share()));
    writePixels(join(data, "images", names[1]), (x, y) => ((x - 60) ** 2 + (y - 47) ** 2 < 1400 ? 255 : 0));
    return row.map((cell, column) => (column === image ? names[0] : column === mask ? names[1] : cell));
  });
  const csv = [table.headers, ...rows].map((cells) => `${cells.map(quoted).join(",")}\n`);
  writeFileSync(join(data, "cohort.csv"), csv.join(""));
  const { images, radiomics, subgroups, comparators, ...rest } = parse(protocol) as Record<string, unknown>;
  if (radiomics === undefined || subgroups === undefined)
    throw new Error(`the simulated protocol changed its form; got ${Object.keys({ comparators }).join()}`);
  const [study, tableStudy, cases] = ["small.yaml", "table.yaml", "cases.csv"].map((name) =>
    join(data, name),
  );
  writeFileSync(study, stringify({ ...rest, ...quick, images, ...withImages }));
  writeFileSync(tableStudy, stringify({ ...rest, ...quick, blocks, models: { C: ["C"], CA: ["C", "A"] } }));
  const twenty = Array.from({ length: 20 }, (_, k) => `images/${k}.pgm,images/${k}m.pgm\n`);
  writeFileSync(cases, `image,mask\n${twenty.join("")}`);
  return { study, tableStudy, cases };
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Writes a picture as a portable grey map. */
function writePixels(path: string, level: (x: number, y: number) => number): void {
  const pixels = Uint8Array.from({ length: width * height }, (_, p) =>
    level(p % width, Math.floor(p / width)),
  );
  writeFileSync(path, Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]));
}

/** A folder of its own for each rig. */
export function rigFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `sentinode-${name}-`));
}
