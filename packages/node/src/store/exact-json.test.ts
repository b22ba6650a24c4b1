import { describe, expect, it } from "vitest";
import { exactJson, fromExactJson } from "./exact-json.ts";

const again = (value: unknown) => fromExactJson(exactJson(value));

describe("exact JSON", () => {
  it("gives back what JSON keeps, and what it does not", () => {
    const value = {
      numbers: [0.1 + 0.2, NaN, Infinity, -Infinity, -0, 0, 5e-324],
      arrays: { a: Float64Array.of(1, NaN, -0), b: Uint8Array.of(255), c: new Int32Array(0) },
      text: "Größe \u2028 \u0000",
      nothing: [null, true, [], {}],
    };
    expect(again(value)).toStrictEqual(value);
  });

  it("is the JSON of plain values", () => {
    const value = { a: [1, null, "x"], b: {} };
    expect(exactJson(value)).toBe(JSON.stringify(value));
  });

  it("leaves objects alone that only look like its own", () => {
    const value = [
      { $number: 1 },
      { $number: "1" },
      { $number: "NaN", more: 1 },
      { $array: "Map", values: [] },
      { $: 1 },
    ];
    expect(again(value)).toStrictEqual(value);
  });
});
