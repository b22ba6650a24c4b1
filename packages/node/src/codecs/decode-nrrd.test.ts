import { gzipSync } from "node:zlib";
import { FormatError, InputError } from "@sentinode/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeNrrd, readNrrd } from "./decode-nrrd.ts";
import { cornerDistance, isAligned } from "./volume.ts";

function nrrd(lines: readonly string[], data: Uint8Array | string): Buffer {
  return Buffer.concat([
    Buffer.from(`NRRD0004\n${lines.join("\n")}\n\n`, "latin1"),
    Buffer.from(data as Uint8Array),
  ]);
}

const plain = ["type: uchar", "dimension: 3", "sizes: 3 1 1", "encoding: raw"];
const without = (...keys: string[]) => plain.filter((line) => !keys.some((key) => line.startsWith(key)));
const read = (bytes: Uint8Array) => decodeNrrd(bytes, "t.nrrd");
const three = Uint8Array.of(1, 2, 3);

describe("an NRRD file", () => {
  it("holds raw, compressed or written numbers", () => {
    expect(read(nrrd(plain, three)).values).toEqual(three);
    expect(read(nrrd([...without("encoding"), "encoding: gzip"], gzipSync(three))).values).toEqual(three);
    expect([...read(nrrd([...without("encoding"), "encoding: ascii"], "1 2\n3\n")).values]).toEqual([
      1, 2, 3,
    ]);
  });

  it("says in which order the bytes of its samples are", () => {
    const data = Uint8Array.of(1, 0, 2, 0, 0, 1);
    const lines = [...without("type"), "type: unsigned short"];
    expect(read(nrrd([...lines, "endian: little"], data)).values).toEqual(Uint16Array.of(1, 2, 256));
    expect(read(nrrd([...lines, "endian: big"], data)).values).toEqual(Uint16Array.of(256, 512, 1));
    expect(() => read(nrrd(lines, data))).toThrow(/order of bytes/);
  });

  it("may end its lines as Windows does, and hold comments and remarks, which mean nothing", () => {
    const text = ["NRRD0004", ...plain, "# type: double", "type:=double", "", ""].join("\r\n");
    expect(read(Buffer.concat([Buffer.from(text), three])).values).toEqual(three);
  });

  it("states its spacing as such, or as the length of its space directions", () => {
    expect(read(nrrd([...plain, "spacings: 0.5 0.25 2"], three)).spacingMm).toEqual([0.5, 0.25, 2]);
    expect(read(nrrd([...plain, "spacings: 0.5 0.25 2", 'units: "cm" "cm" "mm"'], three)).spacingMm).toEqual([
      5, 2.5, 2,
    ]);
    expect(read(nrrd([...plain, "space directions: (0,3,4) (1,0,0) (0,0,2)"], three)).spacingMm).toEqual([
      5, 1, 2,
    ]);
    expect(read(nrrd([...plain, "spacings: 1 1 nan"], three)).spacingMm).toBeNull();
    expect(read(nrrd(plain, three)).spacingMm).toBeNull();
  });

  it("may have two dimensions, or further ones of size 1", () => {
    expect(
      read(nrrd([...without("dimension", "sizes"), "dimension: 2", "sizes: 1 3"], three)).dimensions,
    ).toEqual([1, 3, 1]);
    expect(
      read(nrrd([...without("dimension", "sizes"), "dimension: 4", "sizes: 1 3 1 1"], three)).dimensions,
    ).toEqual([1, 3, 1]);
  });

  it("lies where its space says, in the directions of NIfTI", () => {
    const place = [
      "space: left-posterior-superior",
      "space directions: (2,0,0) (0,2,0) (0,0,3)",
      "space origin: (10,20,30)",
    ];
    const { origin, steps } = readNrrd(nrrd([...plain, ...place], three), "t").placement!;
    expect(origin).toEqual([-10, -20, 30]);
    expect(steps.flat().map((value) => value + 0)).toEqual([-2, 0, 0, 0, -2, 0, 0, 0, 3]);
    expect(readNrrd(nrrd([...plain, ...place.slice(1)], three), "t").placement).toBeNull();
  });

  it("is refused by name with the cause", () => {
    const cases: readonly (readonly [Buffer, RegExp])[] = [
      [Buffer.from("NRRD"), /header cannot be read/],
      [Buffer.from("NRRD0004\ntype: uchar\n"), /header does not end/],
      [nrrd(plain, three.slice(1)), /truncated/],
      [nrrd([...without("type"), "type: block"], three), /one number a voxel/],
      [nrrd([...plain, "data file: x.raw"], three), /another file/],
      [nrrd([...plain, "byte skip: 4"], three), /lines or bytes to skip/],
      [nrrd([...without("sizes"), "sizes: 3 1"], three), /contradict/],
      [nrrd([...without("sizes"), "sizes: 3 0 1"], three), /at least one voxel/],
      [nrrd([...without("sizes"), "sizes: 3 x 1"], three), /at least one voxel/],
      [nrrd([...plain, "kinds: RGB-color domain domain"], three), /RGB-color/],
      [nrrd([...without("encoding"), "encoding: bzip2"], three), /another encoding/],
      [nrrd([...without("encoding"), "encoding: gzip"], three), /not compressed/],
      [nrrd([...without("encoding"), "encoding: gzip"], gzipSync(three).subarray(0, 12)), /end too soon/],
      [nrrd([...without("encoding"), "encoding: ascii"], "1 2"), /needs 3 numbers/],
      [nrrd([...without("encoding"), "encoding: ascii"], "1 2 three"), /needs 3 numbers/],
    ];
    for (const [bytes, message] of cases) {
      expect(() => read(bytes)).toThrow(FormatError);
      expect(() => read(bytes)).toThrow(message);
      expect(() => read(bytes)).toThrow(/^t\.nrrd: /);
    }
    expect(() => read(nrrd([...without("sizes"), "sizes: 99999 99999 99999"], three))).toThrow(InputError);
  });

  it("never fails in another way, whatever bytes change", () => {
    const good = nrrd([...plain, "space: LPS", "space directions: (2,0,0) (0,2,0) (0,0,3)"], three);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        try {
          const { dimensions, values } = read(bytes);
          expect(values.length).toBe(dimensions[0] * dimensions[1] * dimensions[2]);
        } catch (error) {
          expect(error instanceof FormatError || error instanceof InputError).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the place of a grid", () => {
  const steps = [
    [2, 0, 0],
    [0, 2, 0],
    [0, 0, 4],
  ];

  it("differs by its furthest corner", () => {
    const grid = { origin: [0, 0, 0], steps };
    expect(cornerDistance(grid, grid, [5, 5, 5])).toBe(0);
    const flipped = { origin: [8, 0, 0], steps: [[-2, 0, 0], ...steps.slice(1)] };
    expect(cornerDistance(grid, flipped, [5, 5, 5])).toBe(4);
  });

  it("is aligned when its axes are those of the patient in any order", () => {
    expect(isAligned({ origin: [0, 0, 0], steps: [steps[1], steps[0], steps[2]] })).toBe(true);
    expect(isAligned({ origin: [0, 0, 0], steps: [[2, 0.1, 0], ...steps.slice(1)] })).toBe(false);
  });
});
