import { FormatError, InputError } from "@sentinode/core";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { checkArchive } from "./check-archive.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const archive = zipSync({ "a/one.txt": bytes("one".repeat(50)), "two.txt": [bytes("two"), { level: 0 }] });

/** The archive with a 32-bit number written at each place where its signature stands. */
function forged(original: Uint8Array, signature: number, offset: number, value: number): Uint8Array {
  const copy = Buffer.from(original);
  for (let at = 0; at + 4 <= original.length; at++)
    if (copy.readUInt32LE(at) === signature) copy.writeUInt32LE(value, at + offset);
  return copy;
}

const CENTRAL = 0x02014b50;

describe("checkArchive", () => {
  it("inflates every entry and counts the bytes", () => {
    expect(checkArchive(archive, "t.zip")).toMatchObject({ entries: 2, inflatedBytes: 153, findings: [] });
  });

  it.each(["../x", "/x", "a/../../x", "..\\x", "C:x"])("refuses the name %j", (name) => {
    expect(() => checkArchive(zipSync({ [name]: bytes("x") }), "t.zip")).toThrow(/unsafe path/);
  });

  it("refuses a bomb while it inflates, whatever size it declares", () => {
    const bomb = zipSync({ "x.xml": [new Uint8Array(8 * 1024 * 1024), { level: 9 }] });
    expect(() => checkArchive(bomb, "t.zip")).toThrow(InputError);
    expect(() => checkArchive(forged(bomb, CENTRAL, 24, 10), "t.zip")).toThrow(/200 times/);
  });

  it("refuses declared sizes that are forged, wrong checksums and entries that overlap", () => {
    expect(() => checkArchive(forged(archive, CENTRAL, 24, 4_294_967_280), "t.zip")).toThrow(
      /declares a size/,
    );
    expect(() => checkArchive(forged(archive, CENTRAL, 24, 5), "t.zip")).toThrow(/size mismatch/);
    expect(() => checkArchive(forged(archive, CENTRAL, 16, 5), "t.zip")).toThrow(/CRC/);
    expect(() => checkArchive(forged(archive, CENTRAL, 42, 0), "t.zip")).toThrow(FormatError);
  });

  it("refuses an archive that is cut anywhere", () => {
    for (let length = 0; length < archive.length; length++)
      expect(() => checkArchive(archive.subarray(0, length), "t.zip")).toThrow(FormatError);
  });
});
