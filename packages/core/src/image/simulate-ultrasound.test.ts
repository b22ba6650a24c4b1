import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { mean, pearson, sampleStandardDeviation } from "../math/statistics.ts";
import { connectedComponents } from "./components.ts";
import { scannerPresets } from "./scanner-presets.ts";
import { planUltrasound } from "./ultrasound-plan.ts";
import { simulateUltrasound, type SimulatedFrame } from "./simulate-ultrasound.ts";

const traits = { diameterMm: 18, imageTrait: 0, highGrade: false, lymphovascularInvasion: false };

const inside = ({ image, mask }: SimulatedFrame) =>
  Float64Array.from(image.values.filter((_, at) => mask.values[at] === 1));

/** Largest distance in mm between pixels on the edge of a mask. */
function largestDiameterMm({ image, mask }: SimulatedFrame): number {
  const [width] = mask.dimensions;
  const edge = [...mask.values.keys()].filter(
    (at) =>
      mask.values[at] === 1 &&
      [at - 1, at + 1, at - width, at + width].some((other) => mask.values[other] !== 1),
  );
  let largest = 0;
  for (const a of edge)
    for (const b of edge)
      largest = Math.max(
        largest,
        ((a % width) - (b % width)) ** 2 + (Math.floor(a / width) - Math.floor(b / width)) ** 2,
      );
  return (Math.sqrt(largest) + 1) * image.spacingMm![0];
}

/** Length of the outline over that of a circle of the same area, by the pixels on both sides of the edge. */
function raggedness({ mask }: SimulatedFrame): number {
  const [width] = mask.dimensions;
  const { values } = mask;
  let [edges, area] = [0, 0];
  for (let at = width; at < values.length - width; at++) {
    area += values[at];
    edges += Math.abs(values[at] - values[at + 1]) + Math.abs(values[at] - values[at + width]);
  }
  return edges / Math.sqrt(area);
}

describe("simulateUltrasound", () => {
  it("shows one lesion of the stated diameter, away from the border, at every size", () => {
    for (const diameterMm of [4, 8, 12, 20, 30, 40, 50]) {
      for (const imageTrait of [-2, 0, 2.5]) {
        const frame = simulateUltrasound({ ...traits, diameterMm, imageTrait }, createRandom(diameterMm));
        const [width, height] = frame.mask.dimensions;
        expect(connectedComponents(frame.mask, "corners").sizes).toHaveLength(1);
        frame.mask.values.forEach((value, at) => {
          const [x, y] = [at % width, Math.floor(at / width)];
          if (x === 0 || y === 0 || x === width - 1 || y === height - 1) expect(value).toBe(0);
        });
        expect(Math.abs(largestDiameterMm(frame) - diameterMm)).toBeLessThan(0.13 * diameterMm + 0.3);
      }
    }
  });

  it("gives the same frame for the same stream and another for another", () => {
    expect(simulateUltrasound(traits, createRandom(1))).toEqual(simulateUltrasound(traits, createRandom(1)));
    expect(simulateUltrasound(traits, createRandom(1))).not.toEqual(
      simulateUltrasound(traits, createRandom(2)),
    );
  });

  it("shows lesions darker than the tissue beside them, in grey levels that are not clipped away", () => {
    for (let seed = 0; seed < 12; seed++) {
      const frame = simulateUltrasound(traits, createRandom(seed));
      const [width] = frame.image.dimensions;
      const rows = new Set(
        [...frame.mask.values.keys()]
          .filter((at) => frame.mask.values[at] === 1)
          .map((at) => Math.floor(at / width)),
      );
      const beside = frame.image.values.filter(
        (_, at) => frame.mask.values[at] === 0 && rows.has(Math.floor(at / width)),
      );
      expect(mean(inside(frame))).toBeLessThan(mean(beside) - 8);
      expect(inside(frame).filter((level) => level === 0).length / inside(frame).length).toBeLessThan(0.35);
    }
  });

  it("shows the trait in margin and echo texture, each in part", () => {
    const stream = createRandom("traits");
    const trait = Float64Array.from({ length: 60 }, () => stream.normal());
    const frames = [...trait].map((imageTrait, k) =>
      simulateUltrasound({ ...traits, imageTrait }, stream.fork(String(k))),
    );
    const margin = pearson(trait, Float64Array.from(frames, raggedness));
    const texture = pearson(
      trait,
      Float64Array.from(frames, (frame) => sampleStandardDeviation(inside(frame))),
    );
    for (const correlation of [margin, texture]) {
      expect(correlation).toBeGreaterThan(0.3);
      expect(correlation).toBeLessThan(0.9);
    }
  });

  it("ties a sign to the trait the more closely the more clarity it is asked for", () => {
    const stream = createRandom("clarity");
    const trait = Float64Array.from({ length: 400 }, () => stream.normal());
    const likeness = [1, 4, 30].map((clarity) =>
      pearson(
        trait,
        trait.map((imageTrait, k) => {
          const plan = planUltrasound(
            { ...traits, imageTrait, clarity },
            scannerPresets.S1,
            stream.fork(String(k)),
          );
          return Math.log(plan.lesion.heterogeneityDb);
        }),
      ),
    );
    expect(likeness[0]).toBeCloseTo(0.8, 1.2);
    expect(likeness[1]).toBeGreaterThan(0.96);
    expect(likeness[2]).toBeGreaterThan(0.99);
  });

  it("shows the same lesion differently on every scanner", () => {
    const frames = Object.values(scannerPresets).map((preset) =>
      simulateUltrasound(traits, createRandom(5), preset),
    );
    for (const { mask } of frames) expect(mask).toEqual(frames[0].mask);
    const levels = frames.map(({ image }) => mean(Float64Array.from(image.values)));
    expect(new Set(levels).size).toBe(frames.length);
  });

  it("refuses a lesion that it cannot show, without printing the size", () => {
    for (const diameterMm of [2, 61, NaN])
      expect(() => simulateUltrasound({ ...traits, diameterMm }, createRandom(1))).toThrow(InputError);
  });
});
