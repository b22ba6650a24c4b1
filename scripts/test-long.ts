/**
 * Runs the rigs of crashes in full, one after the other, and writes what they found to docs/durability.md:
 * `npm run test:long`. Root, strace and loop mounts are needed for all of them. `SENTINODE_EXTENT=0.2 npm run test:long`
 * tries a share of the points; words after the command name the rigs, and then the page keeps the others' rows.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { durabilityPage, figuresOfPage, mergedFigures } from "./durability-page.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const page = join(root, "docs/durability.md");
const scratch = mkdtempSync(join(tmpdir(), "sentinode-long-"));
const figures = join(scratch, "figures.jsonl");
writeFileSync(figures, "");
process.env["SENTINODE_SUITE"] = "long";
process.env["SENTINODE_EXTENT"] ??= "long";
process.env["SENTINODE_FIGURES"] = figures;
const vitest = await startVitest(process.argv.slice(2), { watch: false, run: true, root });
await vitest.close();
const found = readFileSync(figures, "utf8");
const known = existsSync(page) ? figuresOfPage(readFileSync(page, "utf8")) : [];
if (found !== "") writeFileSync(page, durabilityPage(mergedFigures(known, found)));
rmSync(scratch, { recursive: true });
