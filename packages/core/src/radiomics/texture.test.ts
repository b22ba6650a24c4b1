import { describe, expect, it } from "vitest";
import { borderDistance } from "../image/border-distance.ts";
import { intensitiesAsLevels } from "../image/discretise.ts";
import { gatherRegion } from "../image/region.ts";
import { describeCooccurrence } from "./cooccurrence.ts";
import { type LevelSizeCounts, occupiedCells } from "./level-size-counts.ts";
import { describeToneDifferences } from "./ngtdm.ts";
import type { TextureMatrices } from "./texture-matrices.ts";
import { countTextureMatrices, planTexture } from "./texture.ts";

function matricesOf(rows: readonly (readonly number[])[], merged = false): TextureMatrices {
  const dimensions = [rows[0].length, rows.length, 1] as const;
  const image = { dimensions, spacingMm: null, values: Uint16Array.from(rows.flat()) };
  const mask = { dimensions, values: new Uint8Array(image.values.length).fill(1) };
  const region = gatherRegion(image, mask, false);
  const distance = borderDistance(region.padded, region.positions, true);
  const plan = planTexture(region, { merged, neighbourhood: "2d" }, distance);
  return countTextureMatrices(intensitiesAsLevels(region), plan)[0].matrices;
}

function symmetric(table: Uint32Array, levels: number): number[][] {
  const at = (i: number, j: number) => table[i * (levels + 1) + j];
  const range = Array.from({ length: levels }, (_, k) => k + 1);
  return range.map((i) => range.map((j) => at(i, j) + at(j, i)));
}

/** Rows are levels, columns sizes 1, 2, ... */
function tableOf(counts: LevelSizeCounts, sizes: number): number[][] {
  const { level, size, count } = occupiedCells(counts);
  const table = Array.from({ length: counts.levels }, () => Array<number>(sizes).fill(0));
  level.forEach((i, k) => (table[i - 1][size[k] - 1] = count[k]!));
  return table;
}

/** The image of the worked examples in PyRadiomics' documentation. */
const worked = [
  [5, 2, 5, 4, 4],
  [3, 3, 3, 1, 3],
  [2, 1, 1, 1, 3],
  [4, 2, 2, 2, 3],
  [3, 5, 3, 3, 2],
];

describe("texture matrices", () => {
  it("count Haralick's example as he did (1973, figure 3), at 0°, 45°, 90° and 135°", () => {
    const { ofDirection } = matricesOf([
      [1, 1, 2, 2],
      [1, 1, 2, 2],
      [1, 3, 3, 3],
      [3, 3, 4, 4],
    ]);
    const [horizontal, rising, vertical, falling] = ofDirection.map(({ pairTable }) =>
      symmetric(pairTable, 4),
    );
    expect(horizontal).toEqual([
      [4, 2, 1, 0],
      [2, 4, 0, 0],
      [1, 0, 6, 1],
      [0, 0, 1, 2],
    ]);
    expect(vertical).toEqual([
      [6, 0, 2, 0],
      [0, 4, 2, 0],
      [2, 2, 2, 2],
      [0, 0, 2, 0],
    ]);
    expect(falling).toEqual([
      [2, 1, 3, 0],
      [1, 2, 1, 0],
      [3, 1, 0, 2],
      [0, 0, 2, 0],
    ]);
    expect(rising).toEqual([
      [4, 1, 0, 0],
      [1, 2, 2, 0],
      [0, 2, 4, 1],
      [0, 0, 1, 0],
    ]);
  });

  it("count the runs of the worked example at 0°", () => {
    expect(tableOf(matricesOf(worked).ofDirection[0].runs, 3)).toEqual([
      [1, 0, 1],
      [3, 0, 1],
      [4, 1, 1],
      [1, 1, 0],
      [3, 0, 0],
    ]);
  });

  it("count the zones of the worked example", () => {
    expect(tableOf(matricesOf(worked).zones, 5)).toEqual([
      [0, 0, 0, 1, 0],
      [1, 0, 0, 0, 1],
      [1, 0, 1, 0, 1],
      [1, 1, 0, 0, 0],
      [3, 0, 0, 0, 0],
    ]);
  });

  it("count the dependences of the worked example", () => {
    expect(tableOf(matricesOf(worked).dependences, 4)).toEqual([
      [0, 1, 2, 1],
      [1, 2, 3, 0],
      [1, 4, 4, 0],
      [1, 2, 0, 0],
      [3, 0, 0, 0],
    ]);
  });

  it("sum the tone differences of a small image, computed by hand", () => {
    const { toneDifferences } = matricesOf([
      [1, 2, 5, 2],
      [3, 5, 1, 3],
      [1, 3, 5, 5],
      [3, 1, 1, 1],
    ]);
    const m = describeToneDifferences(toneDifferences)!;
    expect([...m.level]).toEqual([1, 2, 3, 5]);
    expect([...m.share]).toEqual([0.375, 0.125, 0.25, 0.25]);
    [13.35, 2, 0.6 + 0.6 + 0.5 + 4 / 3, 10.075].forEach((s, k) => {
      expect(m.difference[k]).toBeCloseTo(s, 10);
    });
  });

  it("take the distance of a zone at its pixel nearest the edge", () => {
    const ring = [
      [1, 1, 1, 1, 1],
      [1, 2, 2, 2, 1],
      [1, 2, 3, 2, 1],
      [1, 2, 2, 2, 1],
      [1, 1, 1, 1, 1],
    ];
    expect(tableOf(matricesOf(ring).distanceZones, 3)).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it("are the same for many levels, where pairs are kept as a list", () => {
    const rows = worked.map((row) => row.map((level) => 1 + (level - 1) * 1000));
    const [few, many] = [matricesOf(worked, true), matricesOf(rows, true)];
    const describe = ({ levels, matrices: [one] }: TextureMatrices) =>
      describeCooccurrence({ levels, table: one.pairTable, keys: one.pairKeys })!;
    expect(many.matrices[0].pairTable.length).toBe(0);
    expect(describe(many).entropy).toBeCloseTo(describe(few).entropy, 12);
    expect(describe(many).energy).toBeCloseTo(describe(few).energy, 12);
    expect(describe(many).variance).toBeCloseTo(1e6 * describe(few).variance, 4);
  });

  it("count zones larger than the table as single cells", () => {
    const flat = Array.from({ length: 40 }, () => Array<number>(50).fill(1));
    const { zones, ofDirection } = matricesOf(flat);
    const cells = occupiedCells(zones);
    expect([...cells.size, ...cells.count]).toEqual([2000, 1]);
    expect([...occupiedCells(ofDirection[2].runs).count]).toEqual([50]);
    const long = matricesOf([Array<number>(100).fill(1), Array<number>(100).fill(1)]);
    expect([...occupiedCells(long.ofDirection[0].runs).size]).toEqual([100]);
    expect([...occupiedCells(long.ofDirection[0].runs).count]).toEqual([2]);
  });
});
