import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createViteServer } from "vitest/node";
import { type Bits, elementaryBits, studyBits } from "./bits.ts";
import { findChromium } from "./chromium.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const executablePath = findChromium();
if (executablePath === null) console.log("e2e: no Chromium was found; Node and browser are not compared");

/** Arguments of each elementary function. */
const DRAWS = 100_000;
/** Patients of whom Node and browser compute the same. */
const NEW_PATIENTS = 10_000;

describe.skipIf(executablePath === null)("Node and Chromium", () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof createViteServer>>;
  const cacheDir = mkdtempSync(join(tmpdir(), "sentinode-vite-"));

  beforeAll(async () => {
    server = await createViteServer({
      root,
      cacheDir,
      configFile: false,
      logLevel: "error",
      resolve: { conditions: ["@sentinode/source"] },
      // All that core depends on is bundled before the page asks: what is found later invalidates what was served.
      optimizeDeps: {
        include: ["@noble/hashes/sha2.js", "@noble/hashes/utils.js", "@observablehq/plot", "yaml", "zod"],
      },
      server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
    });
    await server.listen();
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
    page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.route("**/empty.html", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>bits</title>" }),
    );
    await page.goto(`${server.resolvedUrls!.local[0]}empty.html`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(cacheDir, { recursive: true, force: true });
  });

  const inPage = async (call: string) =>
    await page.evaluate<Bits>(`import("/e2e/bits.ts").then((bits) => bits.${call})`);

  it("compute every elementary function to the same bit", async () => {
    const ours = elementaryBits(DRAWS);
    expect(Object.keys(ours).length).toBeGreaterThan(15);
    expect(await inPage(`elementaryBits(${String(DRAWS)})`)).toEqual(ours);
  });

  it("compute a whole study to the same bit: frames, features, folds, models, predictions, results", async () => {
    const ours = await studyBits(NEW_PATIENTS);
    expect(await inPage(`studyBits(${String(NEW_PATIENTS)})`)).toEqual(ours);
  });
});
