/**
 * What the reader's judgement is worth beside the models of a finished run of `examples/breast-usg`:
 * `node bench/comparators.ts RUN`. Writes docs/comparators.md from RUN/results.json.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { comparatorsPage, type RunResults } from "./comparators/page.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error(
    "a run of examples/breast-usg is needed; got none; make one: npx sentinode run examples/breast-usg/study.yaml --data DATA --out RUN",
  );
  process.exit(2);
}
const results = JSON.parse(readFileSync(join(folder, "results.json"), "utf8")) as RunResults;
const page = resolve(import.meta.dirname, "../docs/comparators.md");
writeFileSync(page, comparatorsPage(results));
console.log(`written: ${page}`);
