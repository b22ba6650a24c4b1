/**
 * Runs the tests that need a browser against the compiled packages. `SENTINODE_CHROMIUM` names a Chromium; without it the
 * system's own is looked for, and where there is none the tests are skipped with one line.
 */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";

process.env["SENTINODE_SUITE"] = "e2e";
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const vitest = await startVitest(process.argv.slice(2), { watch: false, run: true, root });
await vitest.close();
