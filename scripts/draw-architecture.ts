/** Draws the imports between the rooms into docs/architecture.md, from dependency-cruiser; `npm run architecture`. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

const cruise = JSON.parse(
  execFileSync("depcruise", ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "packages"], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  }),
) as Cruise;

/** The room of a source file, or null for what is no room (tests, the front door, errors). */
function roomOf(file: string): string | null {
  if (file.endsWith(".test.ts")) return null;
  const core = /^packages\/core\/src\/([^/]+)\//.exec(file);
  if (core) return core[1];
  if (file === "packages/core/src/index.ts") return "core";
  const node = /^packages\/node\/src\/([^/]+)\//.exec(file);
  return node ? `node/${node[1]}` : null;
}

const arrows = new Set<string>();
for (const { source, dependencies } of cruise.modules)
  for (const { resolved } of dependencies) {
    const [from, to] = [roomOf(source), roomOf(resolved)];
    if (from !== null && to !== null && from !== to && from !== "core") arrows.add(`  ${from} --> ${to}`);
  }

const drawing = ["```mermaid", "flowchart TD", ...[...arrows].sort(), "```"].join("\n");
const file = "docs/architecture.md";
const text = readFileSync(file, "utf8");
writeFileSync(
  file,
  text.replace(/(<!-- imports:begin -->)[^]*(<!-- imports:end -->)/, `$1\n\n${drawing}\n\n$2`),
);
