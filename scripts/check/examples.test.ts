import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Example {
  readonly expression: string;
  readonly expected: string;
}

/** Every `@example expression // => value` of a source. */
function examplesOf(source: string): Example[] {
  return [...source.matchAll(/@example\s+(.+?)\s*\/\/ => (.+)$/gm)].map((match) => ({
    expression: match[1],
    expected: match[2].replace(/\s*\*\/\s*$/, "").trim(),
  }));
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Plain arrays for typed ones, numbers to nine digits. */
function comparable(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(9)) : String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, comparable);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
  return value;
}

for (const file of sourcesBelow(join(root, "packages/core/src"))) {
  const examples = examplesOf(readFileSync(file, "utf8"));
  if (examples.length === 0) continue;
  describe(file.slice(root.length + 1), () => {
    for (const { expression, expected } of examples)
      it(expression, async () => {
        const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
        const run = (text: string) =>
          // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
          new Function(...Object.keys(module), `return (${text});`)(...Object.values(module)) as unknown;
        expect(comparable(run(expression))).toEqual(comparable(run(expected)));
      });
  });
}
