import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { extractRadiomics, type RadiomicFeature, type RadiomicsSettings } from "@sentinode/core/radiomics";
import type { RadiomicsJob } from "@sentinode/core/radiomics/client";
import { readRadiomicsSettings } from "@sentinode/core/radiomics/settings";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "./chromium.ts";
import { type FolderServer, serveFolder } from "./folder-server.ts";

const compiled = fileURLToPath(new URL("../packages/core/dist", import.meta.url));
const executablePath = findChromium();
if (executablePath === null) console.log("e2e: no Chromium was found; the tests of the browser are skipped");

/** A job as a page gets it: typed arrays do not survive the way. */
interface PlainJob {
  readonly dimensions: readonly [number, number, number];
  readonly spacingMm: readonly [number, number, number];
  readonly values: readonly number[];
  readonly inside: readonly number[];
  readonly settings: RadiomicsSettings;
}

/** Speckle and an ellipsoid, by whole numbers alone. */
function plainJob(dimensions: PlainJob["dimensions"], settings: RadiomicsSettings): PlainJob {
  const [width, height, depth] = dimensions;
  const places = Array.from({ length: width * height * depth }, (_, p) => [
    p % width,
    Math.floor(p / width) % height,
    Math.floor(p / (width * height)),
  ]);
  const ratio = (at: number, size: number) =>
    ((2 * at + 1 - size) * (2 * at + 1 - size)) / (0.7 * size * size);
  return {
    dimensions,
    spacingMm: [0.1, 0.1, depth === 1 ? 1 : 0.15],
    values: places.map(([x, y, z]) => ((x * 7919 + y * 104_729 + z * 1299) * (x + 3 * y + 5)) % 256),
    inside: places.map(([x, y, z]) => (ratio(x, width) + ratio(y, height) + ratio(z, depth) < 1 ? 1 : 0)),
    settings,
  };
}

function jobOf({ dimensions, spacingMm, values, inside, settings }: PlainJob): RadiomicsJob {
  return {
    image: { dimensions, spacingMm, values: Uint8Array.from(values) },
    mask: { dimensions, values: Uint8Array.from(inside) },
    settings,
  };
}

/** All that is usually measured on a frame, and what a Fourier transform filters. */
const usual = fileURLToPath(new URL("../examples/radiomics/full-2d.yaml", import.meta.url));
const frame = readRadiomicsSettings(
  `${readFileSync(usual, "utf8")}  - { kind: simoncelli, level: 1 }\n`,
  "full-2d.yaml",
  2,
).settings;

const volume: RadiomicsSettings = {
  families: [
    "firstOrder",
    "morphology",
    "localIntensity",
    "intensityVolumeHistogram",
    "glcm",
    "glrlm",
    "gldzm",
  ],
  discretisations: [{ method: "fixed-bin-number", bins: 16 }],
  aggregation: "merged",
  neighbourhood: "3d",
};

const jobs: Readonly<Record<string, PlainJob>> = {
  "a frame and its filtered images": plainJob([70, 60, 1], frame),
  "a volume": plainJob([20, 18, 14], volume),
};

describe.skipIf(executablePath === null)("radiomics in a worker of a browser", () => {
  let browser: Browser;
  let page: Page;
  let server: FolderServer;

  beforeAll(async () => {
    if (!existsSync(compiled)) throw new Error("e2e needs the compiled packages; run npm run build");
    server = await serveFolder(compiled);
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
    page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(server.address);
    await page.addScriptTag({
      type: "module",
      content: `
        import { createRadiomicsClient } from "/radiomics/worker/radiomics-client.js";
        const client = createRadiomicsClient(() => new Worker("/radiomics/worker/start.js", { type: "module" }));
        const jobOf = ({ dimensions, spacingMm, values, inside, settings }) => ({
          image: { dimensions, spacingMm, values: Uint8Array.from(values) },
          mask: { dimensions, values: Uint8Array.from(inside) },
          settings,
        });
        globalThis.measure = (job) => client.extract(jobOf(job), { transfer: true });
        globalThis.problems = (job) => client.extract(jobOf(job)).then(() => [], (error) => error.problems);
        globalThis.cancel = async (job, milliseconds) => {
          const stop = new AbortController();
          const cancelled = client.extract(jobOf(job), { signal: stop.signal }).then(() => "done", (error) => error.name);
          setTimeout(() => stop.abort(), milliseconds);
          return cancelled;
        };`,
    });
    await page.waitForFunction("'cancel' in globalThis");
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const inPage = async <Result>(name: string, ...args: readonly unknown[]) =>
    (await page.evaluate(`globalThis[${JSON.stringify(name)}](...${JSON.stringify(args)})`)) as Result;

  it.each(Object.entries(jobs))("gives the numbers of Node to the last bit: %s", async (_what, job) => {
    const { image, mask, settings } = jobOf(job);
    const expected = extractRadiomics(image, mask, settings);
    const measured = await inPage<readonly RadiomicFeature[]>("measure", job);
    expect(measured).toHaveLength(expected.length);
    expect(measured.map(({ name, value }) => [name, value.value])).toEqual(
      expected.map(({ name, value }) => [name, value.value]),
    );
    expect(expected.filter(({ value }) => value.value !== null).length).toBeGreaterThan(
      0.9 * expected.length,
    );
  });

  it("refuses an input with its problems", async () => {
    const job = jobs["a volume"];
    const problems = await inPage<string[]>("problems", { ...job, settings: { ...volume, families: [] } });
    expect(problems).toEqual([expect.stringMatching(/needs at least one family/)]);
  });

  it("stops a computation that runs when it is cancelled, and does the next", async () => {
    const large = plainJob([500, 500, 1], { ...frame, families: ["firstOrder"] });
    expect(await inPage("cancel", large, 20)).toBe("AbortError");
    const [, job] = Object.entries(jobs)[1];
    expect(await inPage<readonly RadiomicFeature[]>("measure", job)).not.toHaveLength(0);
  });

  it("loads modules of radiomics alone, and nothing that a page would have to bundle first", () => {
    const modules = server.requests.filter((path) => path.endsWith(".js"));
    expect(modules.length).toBeGreaterThan(10);
    expect(
      modules.filter((path) => !/^\/(errors\.js$|math\/|image\/|features\/|radiomics\/)/.test(path)),
    ).toEqual([]);
  });
});
