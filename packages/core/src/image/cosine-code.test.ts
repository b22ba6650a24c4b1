import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import {
  CODE_CELLS,
  codeDistance,
  codeOfText,
  codeText,
  cosineCode,
  ORIENTATIONS,
  orientedCode,
} from "./cosine-code.ts";

const random = createRandom("cosine code");
const picture = Float64Array.from({ length: CODE_CELLS * CODE_CELLS }, () => random.normal());

/** The picture as it lies in an orientation: exchanged first, then mirrored. */
function oriented(cells: Float64Array, orientation: number): Float64Array {
  const last = CODE_CELLS - 1;
  return cells.map((_, p) => {
    const [x, y] = [p % CODE_CELLS, Math.floor(p / CODE_CELLS)];
    const u = (orientation & 1) === 0 ? x : last - x;
    const v = (orientation & 2) === 0 ? y : last - y;
    return (orientation & 4) === 0 ? cells[v * CODE_CELLS + u] : cells[u * CODE_CELLS + v];
  });
}

describe("a cosine code", () => {
  it.each(ORIENTATIONS)("in orientation %i is the code of the picture that lies so", (orientation) => {
    expect(orientedCode(cosineCode(picture), orientation)).toEqual(
      cosineCode(oriented(picture, orientation)),
    );
  });

  it("does not change with gain and offset", () => {
    expect(cosineCode(picture.map((level) => 3 * level + 100))).toEqual(cosineCode(picture));
  });

  it("differs in about half of its bits between pictures that have nothing in common", () => {
    const others = Array.from({ length: 50 }, () =>
      cosineCode(Float64Array.from(picture, () => random.normal())),
    );
    const distances = others.map((code) => codeDistance(code, cosineCode(picture)));
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / 50;
    expect(Math.abs(mean - 31.5)).toBeLessThan(2);
    expect(Math.min(...distances)).toBeGreaterThan(14);
  });

  it("is kept as text", () => {
    const code = cosineCode(picture);
    expect(codeText(code)).toMatch(/^[0-9a-f]{16}$/);
    expect(codeOfText(codeText(code))).toEqual(code);
  });
});
