import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { boundingBox } from "./mask.ts";

describe("bounding box", () => {
  it("is that of every pixel looked at, wherever the memory begins", () => {
    const random = createRandom("boxes");
    for (let round = 0; round < 400; round++) {
      const dimensions = [1 + random.integer(90), 1 + random.integer(40), 1 + random.integer(3)] as const;
      const [width, height, depth] = dimensions;
      const size = width * height * depth;
      const values = new Uint8Array(new ArrayBuffer(size + 3), round % 4, size);
      for (let k = random.integer(6); k > 0; k--) values[random.integer(size)] = 1 + random.integer(255);
      const places = [...values.keys()].filter((p) => values[p] !== 0);
      const [xs, ys, zs] = [
        places.map((p) => p % width),
        places.map((p) => Math.floor(p / width) % height),
        places.map((p) => Math.floor(p / (width * height))),
      ];
      const least = [xs, ys, zs].map((all) => Math.min(...all));
      const most = [xs, ys, zs].map((all) => Math.max(...all));
      expect(boundingBox({ dimensions, values })).toEqual(
        places.length === 0
          ? null
          : {
              x: least[0],
              y: least[1],
              z: least[2],
              width: most[0] - least[0] + 1,
              height: most[1] - least[1] + 1,
              depth: most[2] - least[2] + 1,
            },
      );
    }
  });
});
