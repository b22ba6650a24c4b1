/**
 * Runs the tests that read reference data, one folder of data after the other, and closes each with a line of counts.
 * `npm run test:data` runs all, `npm run test:data -- oracles` one of them. Folders are named by the environment.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { type OracleVerdict, statisticsPage } from "./statistics-page.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

interface DataSet {
  readonly variable: string;
  readonly folder: string;
  /** Folders of `oracles/` whose tests read it. */
  readonly tests: (concept: string) => boolean;
  /** The page that tells how its cases ended. */
  readonly page?: {
    readonly file: string;
    readonly write: (folder: string, verdicts: readonly OracleVerdict[]) => Promise<string>;
  };
}

const ofConcept =
  (...names: string[]) =>
  (concept: string) =>
    names.includes(concept);

const other = {
  ibsi: ofConcept("radiomics"),
  malformed: ofConcept("malformed"),
  data: ofConcept("studies", "copies"),
};

const sets: Readonly<Record<string, DataSet>> = {
  oracles: {
    variable: "SENTINODE_ORACLES",
    folder: "../shared/oracles",
    tests: (concept) => !Object.values(other).some((belongs) => belongs(concept)),
    page: { file: "docs/statistics.md", write: statisticsPage },
  },
  ibsi: { variable: "SENTINODE_IBSI", folder: "../shared/ibsi", tests: other.ibsi },
  malformed: { variable: "SENTINODE_MALFORMED", folder: "../shared/malformed", tests: other.malformed },
  data: { variable: "SENTINODE_DATA", folder: "../shared/data", tests: other.data },
};

/** Counts of one set of data; the line is what people and machines read. */
async function runSet(name: string, set: DataSet): Promise<number> {
  const folder = resolve(root, process.env[set.variable] ?? set.folder);
  const files = dataTests(set);
  if (!existsSync(folder)) {
    console.log(`${set.variable}: there is no folder for ${name}; its tests are skipped`);
    console.log(`${name}: 0 passed, 0 failed, ${String(files.length)} skipped`);
    return 0;
  }
  process.env["SENTINODE_SUITE"] = "data";
  process.env[set.variable] = folder;
  const vitest = await startVitest(files, { watch: false, run: true, root, passWithNoTests: true });
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
  const broken = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
  const count = (state: string) => tests.filter((test) => test.result().state === state).length;
  if (set.page !== undefined)
    writeFileSync(
      join(root, set.page.file),
      await set.page.write(
        folder,
        tests.map((test) => ({ id: test.name, state: test.result().state })),
      ),
    );
  await vitest.close();
  const failed = count("failed") + broken;
  console.log(
    `${name}: ${String(count("passed"))} passed, ${String(failed)} failed, ${String(count("skipped"))} skipped`,
  );
  return failed;
}

function dataTests(set: DataSet): string[] {
  const oracles = join(root, "oracles");
  return readdirSync(oracles, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && set.tests(entry.name))
    .flatMap((entry) =>
      readdirSync(join(oracles, entry.name)).map((file) => join("oracles", entry.name, file)),
    )
    .filter((file) => file.endsWith(".data.test.ts"));
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in sets));
if (unknown.length > 0) {
  console.error(
    `there is no set of data called ${unknown.join(", ")}; there are ${Object.keys(sets).join(", ")}`,
  );
  process.exit(2);
}
let failures = 0;
for (const [name, set] of Object.entries(sets))
  if (wanted.length === 0 || wanted.includes(name)) failures += await runSet(name, set);
process.exitCode = failures === 0 ? 0 : 1;
