import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "@sentinode/core/radiomics";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { type CommandCall, textOption } from "./command.ts";

/** The description beside a part, as far as joining needs it. */
interface PartDescription {
  readonly settingsHash: string;
  readonly undefined: readonly unknown[];
  readonly findings: readonly unknown[];
  readonly [key: string]: unknown;
}

/**
 * Joins the parts of all shards to the table, and its description, that one pass would have written.
 *
 * @throws {InputError} A part is missing, or parts differ in number, settings, version or columns.
 */
export async function mergeShards(call: CommandCall): Promise<unknown> {
  const [folder, out] = [resolve(textOption(call, "merge")!), textOption(call, "out")];
  if (out === undefined)
    throw new InputError("sentinode extract --merge needs --out; see sentinode extract --help");
  const files = partsOf(folder);
  const tables = files.map((file) => readFileSync(join(folder, file), "utf8"));
  const descriptions = files.map(
    (file) => JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8")) as PartDescription,
  );
  const heads = tables.map((text) => text.slice(0, text.indexOf("\n") + 1));
  checkAlike(files, heads, "columns");
  checkAlike(
    files,
    descriptions.map(({ settingsHash }) => settingsHash),
    "settings",
  );
  checkAlike(
    files,
    descriptions.map(({ software }) => String(software)),
    "version of Sentinode",
  );
  const target = resolve(out);
  await outputFolder(dirname(target));
  await writeFileAtomically(target, heads[0] + tables.map((text, k) => text.slice(heads[k].length)).join(""));
  const description = {
    ...descriptions[0],
    undefined: descriptions.flatMap((one) => one.undefined),
    findings: descriptions.flatMap((one) => one.findings),
  };
  await writeFileAtomically(`${target}.json`, `${JSON.stringify(description, null, 2)}\n`);
  call.terminal.say(`${basename(target)}: ${files.length} parts`);
  return { out: target, parts: files.length };
}

/** Names of all parts in their order. */
function partsOf(folder: string): string[] {
  if (!existsSync(folder))
    throw new InputError(
      `${basename(folder)}: --merge needs a folder of parts; there is none; check the path`,
    );
  const found = readdirSync(folder).flatMap((file) => {
    const match = /^part-(\d+)-of-(\d+)\.csv$/.exec(file);
    return match === null ? [] : [{ file, part: Number(match[1]), parts: Number(match[2]) }];
  });
  const parts = found.at(0)?.parts ?? 0;
  if (parts === 0 || found.some((one) => one.parts !== parts))
    throw new InputError(
      `${basename(folder)}: --merge needs the parts of one extraction; got ${found.length === 0 ? "none" : "parts of several"}; name its folder`,
    );
  const missing = Array.from({ length: parts }, (_, k) => k + 1).filter(
    (part) => !found.some((one) => one.part === part && existsSync(join(folder, `${one.file}.json`))),
  );
  if (missing.length > 0)
    throw new InputError(
      `${basename(folder)}: --merge needs all ${parts} parts; ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing; run --shard ${missing[0]}/${parts}`,
    );
  return found.sort((a, b) => a.part - b.part).map(({ file }) => file);
}

function checkAlike(files: readonly string[], values: readonly string[], what: string): void {
  const other = values.findIndex((value) => value !== values[0]);
  if (other > 0)
    throw new InputError(
      `${files[other]}: parts need the same ${what}; it differs from ${files[0]}; extract it again with the same settings`,
    );
}
