import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FormatError } from "@sentinode/core";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { createApartDecoder, decodeApart } from "./decode-apart.ts";
import { decodeWithSharp } from "./decode-with-sharp.ts";

const place = mkdtempSync(join(tmpdir(), "decoder-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

/** A decoder that crashes over files of that name, as native code does, and answers all others. */
const fragile = join(place, "fragile.mjs");
writeFileSync(
  fragile,
  `process.on("message", ({ file }) => {
     if (file === "crash") process.kill(process.pid, "SIGSEGV");
     else process.send({ decoded: { format: "JPEG", file } });
   });`,
);

const samples = Uint8Array.from({ length: 300 }, (_, k) => (k * 7) % 256);
const raw = { width: 10, height: 10, channels: 3 as const };

describe("a decoder in a process of its own", () => {
  it("gives what it gives in this one, in the order of the questions", async () => {
    const files = await Promise.all([
      sharp(samples, { raw }).jpeg().toBuffer(),
      sharp(samples, { raw }).tiff({ compression: "lzw" }).toBuffer(),
    ]);
    const requests = files.map((bytes, k) => ({
      bytes,
      format: (["JPEG", "TIFF"] as const)[k],
      file: `${k}`,
    }));
    const apart = await Promise.all(requests.map((request) => decodeApart(request)));
    for (const [k, { bytes, format, file }] of requests.entries())
      expect(apart[k]).toEqual(await decodeWithSharp(bytes, format, file));
  });

  it("reports damaged files as it does here", async () => {
    const whole = await sharp(samples, { raw }).jpeg().toBuffer();
    const request = { bytes: whole.subarray(0, 200), format: "JPEG", file: "torn.jpg" } as const;
    const here = await decodeWithSharp(request.bytes, request.format, request.file).catch(
      (error: unknown) => error,
    );
    const apart = await decodeApart(request).catch((error: unknown) => error);
    expect(apart).toBeInstanceOf(FormatError);
    expect(apart).toEqual(here);
  });

  it("may crash over a file, which is refused, and is there again for the next", async () => {
    const decode = createApartDecoder(pathToFileURL(fragile));
    const ask = (file: string) => decode({ bytes: new Uint8Array(1), format: "JPEG", file });
    const answers = await Promise.allSettled(["a", "crash", "b"].map(ask));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const { reason } = answers[1] as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(FormatError);
    expect((reason as Error).message).toMatch(/^crash: the JPEG decoder broke down/);
  });
});
