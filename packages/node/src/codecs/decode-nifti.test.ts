import { endianness } from "node:os";
import { gzipSync } from "node:zlib";
import { FormatError, InputError } from "@sentinode/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeNifti, readNifti } from "./decode-nifti.ts";

/** Fields of a header: two bytes of 1 mm, unless others are given. */
const usual = {
  sizes: [2, 1, 1] as readonly number[],
  spacing: [1, 1, 1] as readonly number[],
  type: 2,
  offset: 352,
  scaling: [0, 0] as readonly [slope: number, intercept: number],
  units: 2,
  magic: "n+1",
};

interface Fields extends Partial<typeof usual> {
  readonly qform?: {
    readonly bcd: readonly number[];
    readonly offset: readonly number[];
    readonly qfac: number;
  };
  readonly sform?: readonly number[];
}

/** A NIfTI-1 file, field by field as nifti1.h lays them out. */
function nifti1(fields: Fields, data: Uint8Array, little = true): Uint8Array {
  const bytes = new Uint8Array(352 + data.length);
  const view = new DataView(bytes.buffer);
  const { sizes, spacing, type, offset, scaling, units, qform, sform, magic } = { ...usual, ...fields };
  const whole = (at: number, values: readonly number[]) =>
    values.forEach((value, k) => view.setInt16(at + 2 * k, value, little));
  const real = (at: number, values: readonly number[]) =>
    values.forEach((value, k) => view.setFloat32(at + 4 * k, value, little));
  view.setInt32(0, 348, little);
  whole(40, [sizes.length, ...sizes]);
  whole(70, [type]);
  real(76, [qform?.qfac ?? 1, ...spacing]);
  real(108, [offset, ...scaling]);
  view.setUint8(123, units);
  whole(252, [qform === undefined ? 0 : 1, sform === undefined ? 0 : 1]);
  if (qform !== undefined) real(256, [...qform.bcd, ...qform.offset]);
  if (sform !== undefined) real(280, sform);
  bytes.set(new TextEncoder().encode(magic), 344);
  bytes.set(data, 352);
  return bytes;
}

/** A NIfTI-2 file of bytes, as nifti2.h lays them out. */
function nifti2(sizes: readonly number[], data: Uint8Array, little: boolean): Uint8Array {
  const bytes = new Uint8Array(544 + data.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 540, little);
  bytes.set([0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a], 4);
  view.setInt16(12, 2, little);
  [sizes.length, ...sizes].forEach((size, k) => view.setBigInt64(16 + 8 * k, BigInt(size), little));
  [1, 0.5, 0.25, 2].forEach((size, k) => view.setFloat64(104 + 8 * k, size, little));
  view.setBigInt64(168, 544n, little);
  view.setInt32(500, 2, little);
  bytes.set(data, 544);
  return bytes;
}

const read = (bytes: Uint8Array) => decodeNifti(bytes, "t.nii");

describe("a NIfTI file", () => {
  const samples: readonly (readonly [name: string, code: number, stored: NodeJS.TypedArray])[] = [
    ["int8", 256, Int8Array.of(-5, 7)],
    ["int16", 4, Int16Array.of(-300, 300)],
    ["uint16", 512, Uint16Array.of(65_535, 1)],
    ["int32", 8, Int32Array.of(-70_000, 2)],
    ["uint32", 768, Uint32Array.of(4_000_000_000, 2)],
    ["int64", 1024, BigInt64Array.of(-9n, 2n)],
    ["uint64", 1280, BigUint64Array.of(9n, 2n)],
    ["float32", 16, Float32Array.of(-0.5, 2)],
    ["float64", 64, Float64Array.of(0.1, 2)],
  ];

  it.each(samples)("holds %s in either order of bytes", (_name, type, stored) => {
    const here = new Uint8Array(stored.buffer);
    const size = stored.BYTES_PER_ELEMENT;
    const reversed = here.map((_, k) => here[k - (k % size) + size - 1 - (k % size)]);
    const isLittle = endianness() === "LE";
    for (const [data, little] of [
      [here, isLittle],
      [reversed, !isLittle],
    ] as const)
      expect([...read(nifti1({ type }, data, little)).values]).toEqual(Array.from(stored, Number));
  });

  it("keeps bytes and unsigned 16-bit samples as they are, in memory of their own", () => {
    const bytes = Buffer.from(nifti1({}, Uint8Array.of(3, 4)));
    const { values } = read(bytes);
    bytes.fill(0);
    expect(values).toEqual(Uint8Array.of(3, 4));
    expect(Buffer.isBuffer(values)).toBe(false);
  });

  it("scales samples by slope and intercept, unless the slope is 0", () => {
    const data = Uint8Array.of(0, 10);
    expect([...read(nifti1({ scaling: [2, -1] }, data)).values]).toEqual([-1, 19]);
    expect([...read(nifti1({ scaling: [0, 5] }, data)).values]).toEqual([0, 10]);
  });

  it("may be version 2, in either order of bytes", () => {
    for (const little of [true, false]) {
      const image = read(nifti2([2, 1, 2], Uint8Array.of(1, 2, 3, 4), little));
      expect(image).toEqual({
        dimensions: [2, 1, 2],
        spacingMm: [0.5, 0.25, 2],
        values: Uint8Array.of(1, 2, 3, 4),
      });
    }
  });

  it("states its spacing in metres, millimetres, microns or no unit, which means mm", () => {
    const spacingIn = (units: number, size: number) =>
      read(nifti1({ units, spacing: [size, size, size] }, new Uint8Array(2))).spacingMm;
    expect([spacingIn(2, 0.7), spacingIn(0, 0.7)]).toEqual([
      [0.7, 0.7, 0.7],
      [0.7, 0.7, 0.7],
    ]);
    expect(spacingIn(1, 0.0005)![0]).toBeCloseTo(0.5, 12);
    expect(spacingIn(3, 70)![0]).toBeCloseTo(0.07, 12);
  });

  it("without a usable spacing has none", () => {
    for (const size of [0, NaN])
      expect(read(nifti1({ spacing: [1, 1, size] }, new Uint8Array(2))).spacingMm).toBeNull();
  });

  it("may have two dimensions, or further ones of size 1", () => {
    expect(read(nifti1({ sizes: [1, 2] }, new Uint8Array(2))).dimensions).toEqual([1, 2, 1]);
    expect(read(nifti1({ sizes: [1, 2, 1, 1, 1] }, new Uint8Array(2))).dimensions).toEqual([1, 2, 1]);
  });

  it("lies where its sform says, else its qform, else nowhere", () => {
    const sform = [0, -2, 0, 10, 2, 0, 0, 20, 0, 0, 3, 30];
    // A quarter turn about z: b = c = 0, d = sqrt(1/2); qfac turns the third axis round.
    const qform = { bcd: [0, 0, Math.SQRT1_2], offset: [1, 2, 3], qfac: -1 };
    const place = (fields: Fields) => readNifti(nifti1(fields, new Uint8Array(2)), "t").placement;
    const steps = [
      [0, 2, 0],
      [-2, 0, 0],
      [0, 0, 3],
    ];
    expect(place({ sform, qform })).toEqual({ origin: [10, 20, 30], steps });
    const turned = place({ qform, spacing: [2, 2, 3] })!;
    expect(turned.origin).toEqual([1, 2, 3]);
    turned.steps.forEach((step, k) =>
      step.forEach((value, axis) => expect(value).toBeCloseTo((k === 2 ? -1 : 1) * steps[k][axis], 6)),
    );
    expect(place({})).toBeNull();
  });

  it("is the same compressed", () => {
    const bytes = nifti1(
      { sizes: [40, 30, 20] },
      Uint8Array.from({ length: 24_000 }, (_, k) => (k * k) % 251),
    );
    expect(decodeNifti(gzipSync(bytes), "t.nii.gz")).toEqual(read(bytes));
  });
});

describe("a NIfTI file that cannot be used", () => {
  const good = nifti1(
    { sizes: [30, 20, 10] },
    Uint8Array.from({ length: 6000 }, (_, k) => k % 200),
  );

  it.each([
    ["no bytes of a header", new Uint8Array(3), /header cannot be read/],
    ["half a header", good.slice(0, 200), /shorter than its header/],
    ["no mark", nifti1({ magic: "xyz" }, new Uint8Array(2)), /no NIfTI mark/],
    ["samples in another file", nifti1({ magic: "ni1" }, new Uint8Array(2)), /another file/],
    ["too few samples", good.slice(0, 6000), /truncated/],
    [
      "samples that begin inside the header",
      nifti1({ offset: 10 }, new Uint8Array(2)),
      /where the samples begin/,
    ],
    ["samples that begin nowhere", nifti1({ offset: NaN }, new Uint8Array(2)), /where the samples begin/],
    ["no dimensions", nifti1({ sizes: [] }, new Uint8Array(2)), /no dimensions/],
    ["a negative dimension", nifti1({ sizes: [-2, 1, 1] }, new Uint8Array(2)), /at least one voxel/],
    ["several volumes", nifti1({ sizes: [1, 1, 1, 2] }, new Uint8Array(2)), /three dimensions/],
    ["colours", nifti1({ type: 128 }, new Uint8Array(6)), /one number a voxel/],
    ["complex numbers", nifti1({ type: 32 }, new Uint8Array(16)), /one number a voxel/],
    ["a torn compressed file", gzipSync(good).subarray(0, 90), /end too soon/],
  ])("is refused by name: %s", (_what, bytes, message) => {
    expect(() => read(bytes)).toThrow(FormatError);
    expect(() => read(bytes)).toThrow(message);
    expect(() => read(bytes)).toThrow(/^t\.nii: /);
  });

  it("is refused above the limit of size before memory is given", () => {
    expect(() => read(nifti1({ sizes: [32_767, 32_767, 32_767] }, new Uint8Array(2)))).toThrow(InputError);
  });

  it("is refused when it inflates to more than its header announces", () => {
    const bomb = gzipSync(Buffer.concat([nifti1({}, new Uint8Array(2)), Buffer.alloc(64 * 1024 * 1024)]));
    expect(() => read(bomb)).toThrow(/more than its header announces/);
  });

  it("never fails in another way, whatever bytes change", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (changes, packed) => {
          const bytes = packed ? new Uint8Array(gzipSync(good)) : good.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            const { dimensions, values } = read(bytes);
            expect(values.length).toBe(dimensions[0] * dimensions[1] * dimensions[2]);
          } catch (error) {
            expect(error instanceof FormatError || error instanceof InputError).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
