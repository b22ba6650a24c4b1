import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkFile, type FileCheck } from "../../packages/node/src/commands/check-file.ts";

/** A file of the corpus with the verdict of its makers; the manifest that comes with it explains each key. */
interface Entry {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  readonly defect: string;
  readonly expected: FileCheck["status"];
  readonly alsoOk?: readonly FileCheck["status"][];
  readonly mustMention?: readonly string[];
  readonly truth?: Readonly<Record<string, unknown>>;
  readonly pairedImage?: string;
  readonly pairedMask?: string;
  readonly canaries?: readonly string[];
  readonly limits: { readonly seconds: number };
}

interface Corpus {
  readonly manifest: string;
  /** Folder that the paths of the entries are relative to. */
  readonly root: string;
  readonly entries: readonly Entry[];
}

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = resolve(checkout, process.env["SENTINODE_MALFORMED"] ?? "../shared/malformed");

/** Kinds that no reader of this version handles; their entries are skipped and counted. */
const unread = new Set(["dicom"]);

function corpora(): Corpus[] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map((entry) => join(folder, entry.name))]
    .map((place) => join(place, "manifest.json"))
    .filter((manifest) => existsSync(manifest))
    .map((manifest) => {
      const { entries } = JSON.parse(readFileSync(manifest, "utf8")) as Pick<Corpus, "entries">;
      const own = dirname(manifest);
      const root = entries.every(({ file }) => existsSync(join(own, file))) ? own : dirname(own);
      return { manifest, root, entries };
    });
}

/** A number agrees to 1e-4, an object where the keys of the expected one do, anything else exactly. */
function agrees(got: unknown, expected: unknown): boolean {
  if (typeof expected === "number")
    return typeof got === "number" && Math.abs(got - expected) <= 1e-4 * Math.max(1, Math.abs(expected));
  if (typeof expected === "object" && expected !== null && !Array.isArray(expected))
    return Object.entries(expected).every(([key, value]) =>
      agrees((got as Record<string, unknown>)[key], value),
    );
  return JSON.stringify(got) === JSON.stringify(expected);
}

/** What a check says under a key; dates stand by the name of their column. */
function valueOf(truth: FileCheck["truth"], key: string): unknown {
  return truth[key] ?? (truth["dates"] as Record<string, unknown> | undefined)?.[key];
}

async function judge(root: string, entry: Entry): Promise<string[]> {
  const check = await checkFile({
    file: join(root, entry.file),
    ...(entry.pairedImage === undefined ? {} : { image: join(root, entry.pairedImage) }),
    ...(entry.pairedMask === undefined ? {} : { mask: join(root, entry.pairedMask) }),
  });
  const allowed = [entry.expected, ...(entry.alsoOk ?? [])];
  const verdict = allowed.includes(check.status)
    ? []
    : [`said ${check.status}, expected ${allowed.join(" or ")}`];
  return [...verdict, ...messageFaults(check, entry), ...truthFaults(check, entry)];
}

function messageFaults({ status, messages }: FileCheck, entry: Entry): string[] {
  const text = messages.join("\n");
  const faults: string[] = [];
  if (/object Object|undefined is not|Cannot read propert/.test(text))
    faults.push("a message is an internal error");
  for (const canary of entry.canaries ?? [])
    if (text.includes(canary) && !entry.file.includes(canary)) faults.push("a message repeats an identifier");
  if (status !== entry.expected || status === "accept") return faults;
  if (!text.includes(basename(entry.file))) faults.push("no message names the file");
  for (const pattern of entry.mustMention ?? [])
    if (!new RegExp(pattern, "i").test(text)) faults.push(`no message matches ${pattern}`);
  return faults;
}

function truthFaults({ status, truth }: FileCheck, entry: Entry): string[] {
  if (status === "error") return [];
  return Object.entries(entry.truth ?? {}).flatMap(([key, expected]) => {
    const got = valueOf(truth, key);
    if (got === undefined || agrees(got, expected)) return [];
    return [`${key} is ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`];
  });
}

const found = corpora();
if (found.length === 0) {
  describe("malformed files", () => {
    it.skipIf(true)(`there is no manifest below ${basename(folder)} (SENTINODE_MALFORMED)`, () => undefined);
  });
}
for (const { manifest, root, entries } of found) {
  describe(`malformed files of ${basename(dirname(manifest))}`, () => {
    for (const entry of entries) {
      const milliseconds = 4000 * entry.limits.seconds;
      it.skipIf(unread.has(entry.kind))(
        `${entry.id}: ${entry.defect}`,
        { timeout: milliseconds },
        async () => {
          expect(await judge(root, entry)).toEqual([]);
        },
      );
    }
  });
}
