/**
 * How long the example studies and the demo take here: `npm run bench:study`, with the data folder in SENTINODE_DATA.
 * Prints whole-process seconds, one line a run; writes docs/performance.md.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const data = process.env["SENTINODE_DATA"] ?? resolve(root, "../shared/data");
const scratch = mkdtempSync(join(tmpdir(), "sentinode-bench-"));
const bin = join(root, "packages/node/bin/sentinode.js");

interface Work {
  readonly name: string;
  readonly words: readonly string[];
  readonly needs: string | null;
}

const work: readonly Work[] = [
  { name: "demo, 300 simulated patients", words: ["demo"], needs: null },
  ...["breast-usg", "nsln"].map((name) => ({
    name: `${name}, all of the protocol`,
    words: ["run", join(root, "examples", name, "study.yaml"), "--data", join(data, name)],
    needs: join(data, name),
  })),
];

const rows: string[] = [];
for (const { name, words, needs } of work) {
  if (needs !== null && !existsSync(needs)) {
    console.log(`${name}: no data, skipped`);
    continue;
  }
  for (const jobs of [1, 2]) {
    const out = join(scratch, String(rows.length));
    const started = performance.now();
    const { status } = spawnSync(process.execPath, [
      bin,
      ...words,
      "--out",
      out,
      "--jobs",
      String(jobs),
      "--quiet",
    ]);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (status !== 0) throw new Error(`${name} ended with ${String(status)}`);
    console.log(`${name}, ${String(jobs)} jobs: ${seconds} s`);
    rows.push(`| ${name} | ${String(jobs)} | ${seconds} |`);
  }
}
rmSync(scratch, { recursive: true, force: true });

const text = `# Performance

Printed by \`npm run bench:study\` on ${cpus()[0]?.model.trim() ?? "an unknown processor"}, ${String(availableParallelism())} cores, Node ${process.versions.node}: whole process, one run.

| study | jobs | seconds |
| --- | --- | --- |
${rows.join("\n")}
`;
writeFileSync(join(root, "docs/performance.md"), text);
