import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson, contentHash } from "./content-hash.ts";

describe("contentHash", () => {
  it.each([{ b: [1, { d: null, c: "ü" }], a: 0.1 }, [], "text", null, 12.5])(
    "is SHA-256 of the canonical JSON, as Node's own computes it: %j",
    (value) => {
      const digest = createHash("sha256").update(canonicalJson(value), "utf8").digest("hex");
      expect(contentHash(value)).toBe(`sha256:${digest}`);
    },
  );

  it("does not depend on the order of keys, at any depth", () => {
    expect(contentHash({ a: { x: 1, y: [{ p: 1, q: 2 }] }, b: 2 })).toBe(
      contentHash({ b: 2, a: { y: [{ q: 2, p: 1 }], x: 1 } }),
    );
  });

  it("depends on every value, on the order of a list and on the kind of a value", () => {
    const values = [{ a: 1 }, { a: 2 }, { a: "1" }, { a: [1, 2] }, { a: [2, 1] }, { a: null }, {}, { b: 1 }];
    expect(new Set(values.map(contentHash)).size).toBe(values.length);
  });

  it("is the same after a round trip through JSON, also for keys that are undefined", () => {
    const value = { a: [0.1 + 0.2, 1e-300, -0], b: undefined, c: { d: "line\nbreak \u2028" } };
    expect(contentHash(JSON.parse(JSON.stringify(value)))).toBe(contentHash(value));
  });

  it("writes keys in the order of their UTF-16 code units, whatever looks like a number", () => {
    expect(canonicalJson({ é: 1, z: 2, Z: 3, "😀": 4, "": 5 })).toBe('{"":5,"Z":3,"z":2,"é":1,"😀":4}');
  });
});
