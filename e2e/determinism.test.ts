import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const cli = fileURLToPath(new URL("../packages/node/src/cli.ts", import.meta.url));
const isLong = process.env["SENTINODE_SUITE"] === "long";

/** How a run differs from the first one; none of it may change a byte of what the run found. */
interface Variation {
  readonly jobs: number;
  /** Seed of the order of the table's rows; null: as simulated. */
  readonly shuffle: number | null;
  readonly timeZone: string;
  readonly locale: string;
}

const first: Variation = { jobs: 1, shuffle: null, timeZone: "UTC", locale: "C" };

const short: readonly Variation[] = [
  { jobs: 2, shuffle: 1, timeZone: "Asia/Kathmandu", locale: "tr_TR.UTF-8" },
  { jobs: 4, shuffle: 2, timeZone: "America/St_Johns", locale: "de_DE.UTF-8" },
];

const full: readonly Variation[] = [1, 2, 4, 8].flatMap((jobs) =>
  ["C", "zh_CN.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"].flatMap((locale, at) =>
    [null, 1, 2, 3, 4, 5].map((shuffle) => ({
      jobs,
      shuffle,
      locale,
      timeZone: ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"][at],
    })),
  ),
);

describe("a study with the same seed", () => {
  const place = mkdtempSync(join(tmpdir(), "sentinode-determinism-"));
  const data = join(place, "data");
  let expected: ReadonlyMap<string, string>;

  beforeAll(() => {
    sentinode(["simulate", "--patients", "110", "--seed", "3", "--out", data], first);
    const protocol = join(data, "study.yaml");
    writeFileSync(
      protocol,
      readFileSync(protocol, "utf8")
        .replace(/families: \[[^\]]*\]/, "families: [firstOrder, shape2d]")
        .replace(/repeats: 20/, "repeats: 1"),
    );
    expected = runOf(first);
  });

  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });

  it("finds more than nothing", () => {
    expect([...expected.keys()]).toEqual(
      expect.arrayContaining([
        "results.json",
        "predictions.csv",
        "features.csv",
        "report.html",
        "models/CAR.json",
      ]),
    );
  });

  it.each(isLong ? full : short)(
    "gives the same bytes with $jobs workers, rows in order $shuffle, in $timeZone, as $locale",
    (variation) => {
      expect(Object.fromEntries(runOf(variation))).toEqual(Object.fromEntries(expected));
    },
  );

  /** Hashes of the files that a run found, by name; its record and ledger tell when and how it went, and are left out. */
  function runOf(variation: Variation): ReadonlyMap<string, string> {
    const own = mkdtempSync(join(place, "run-"));
    const folder = variation.shuffle === null ? data : join(own, "data");
    if (variation.shuffle !== null) {
      cpSync(data, folder, { recursive: true });
      const table = join(folder, "cohort.csv");
      writeFileSync(table, shuffled(readFileSync(table, "utf8"), variation.shuffle));
    }
    const out = join(own, "run");
    const jobs = String(variation.jobs);
    sentinode(["run", join(folder, "study.yaml"), "--out", out, "--jobs", jobs, "--quiet"], variation);
    const hashes = new Map(
      filesIn(out)
        .filter((name) => !/^(\.work|run\.json|ledger|provenance)/.test(name))
        .map((name) => [
          name,
          createHash("sha256")
            .update(readFileSync(join(out, name)))
            .digest("hex"),
        ]),
    );
    rmSync(own, { recursive: true, force: true });
    return hashes;
  }
});

function sentinode(words: readonly string[], { timeZone, locale }: Variation): void {
  execFileSync(process.execPath, ["--conditions=@sentinode/source", cli, ...words], {
    env: { ...process.env, TZ: timeZone, LANG: locale, LC_ALL: locale },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => relative(folder, join(folder, name)))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The lines of a table in another order, below its header. */
function shuffled(text: string, seed: number): string {
  const [header, ...lines] = text.trimEnd().split("\n");
  const rank = (line: string) =>
    createHash("sha256")
      .update(`${String(seed)} ${line}`)
      .digest("hex");
  const keyed = lines.map((line) => [rank(line), line] as const);
  keyed.sort(([a], [b]) => (a < b ? -1 : 1));
  return `${[header, ...keyed.map(([, line]) => line)].join("\n")}\n`;
}
