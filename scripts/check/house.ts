/**
 * Rules of the house that no linter offers: rooms with a name, no work promised for later, no path of one machine,
 * no registry host in the lock file, oracles that hold no value of their own.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const files = execFileSync("git", ["ls-files"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "");
const sources = files.filter((file) => /\.(ts|tsx|js|mjs)$/.test(file));
const problems: string[] = [];

const drawer = /(^|\/)(utils?|helpers?|common|misc|lib|shared|types|services|managers)(\/|\.ts$)/;
for (const file of files)
  if (drawer.test(file)) problems.push(`${file}: a drawer without a name; say what it holds`);

const promised = /\b(TODO|FIXME|XXX)\b|not implemented|(it|describe|test)\.only\(|expect\(true\)/;
/** Tests of reference data may leave a procedure to a later issue, by name and counted; others may not. */
const skipped = /\b(it|describe|test)\.skip\(/;
const machinePath = /["'`\s(]\/(home|Users|work|root)\/[A-Za-z0-9]/;
for (const file of sources.filter((name) => name !== "scripts/check/house.ts")) {
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((line, index) => {
      if (promised.test(line) || (skipped.test(line) && !file.startsWith("oracles/")))
        problems.push(`${file}:${String(index + 1)}: promises work that is not done`);
      if (machinePath.test(line)) problems.push(`${file}:${String(index + 1)}: a path of one machine`);
    });
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<
    string,
    { resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean }
  >;
};
const mayInstall = new Set(["node_modules/node"]);
for (const [name, entry] of Object.entries(lock.packages)) {
  if (name === "" || entry.link === true || !name.startsWith("node_modules/")) continue;
  if (entry.resolved !== undefined) problems.push(`package-lock.json: ${name} names a registry host`);
  if (entry.integrity === undefined) problems.push(`package-lock.json: ${name} has no integrity hash`);
  if (entry.hasInstallScript === true && !mayInstall.has(name))
    problems.push(`package-lock.json: ${name} runs a script when installed`);
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
} else console.log(`house: ${String(files.length)} files hold to the rules`);
