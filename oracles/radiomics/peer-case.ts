import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dimensions, Image, Mask } from "../../packages/core/src/image/image.ts";

/** A case of a folder of peers: a PGM frame, or a volume of bytes whose shape `cases/meta.json` states; spacing 1 mm. */
export function readPeerCase(folder: string, name: string): { image: Image; mask: Mask } {
  const cases = join(folder, "cases");
  const meta = JSON.parse(readFileSync(join(cases, "meta.json"), "utf8")) as {
    name: string;
    shape_zyx?: number[];
  }[];
  const shape = meta.find((one) => one.name === name)?.shape_zyx;
  const isFrame = existsSync(join(cases, `${name}.img.pgm`));
  const read = (kind: string) =>
    isFrame
      ? readPgm(join(cases, `${name}.${kind}.pgm`))
      : readBytes(join(cases, `${name}.${kind}.u8`), shape!);
  return { image: { ...read("img"), spacingMm: [1, 1, 1] }, mask: read("mask") };
}

function readPgm(path: string): Mask {
  const bytes = readFileSync(path);
  const header = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(bytes.subarray(0, 64).toString("latin1"))!;
  return {
    dimensions: [Number(header[1]), Number(header[2]), 1],
    values: new Uint8Array(bytes.subarray(header[0].length)),
  };
}

function readBytes(path: string, [z, y, x]: readonly number[]): Mask {
  return { dimensions: [x, y, z] as unknown as Dimensions, values: new Uint8Array(readFileSync(path)) };
}
