import { createHash, type Hash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FormatError, InputError } from "@sentinode/core/radiomics";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { joinSummaries } from "./extraction-summary.ts";
import { type TableDescription, tableFiles } from "./feature-table.ts";
import { shardName, shardOfName } from "./shard.ts";

/**
 * Joins the tables of all shards to the files that one pass would have written, to the byte.
 *
 * @param folder Where the shards are.
 * @param target Of the joined table.
 * @throws {InputError} A shard is missing or not finished, or they differ in cases, settings or version.
 * @throws {FormatError} A file of a shard is damaged.
 */
export async function joinShards(folder: string, target: string): Promise<TableDescription> {
  const tables = shardTables(folder);
  const parts = tables.map((table) => readDescription(tableFiles(table).description));
  refuseOthers(tables, parts);
  const files = tableFiles(target);
  const hash = createHash("sha256");
  await writeFileAtomically(files.table, bodies(tables, parts, hash));
  await writeFileAtomically(
    files.findings,
    bodies(
      tables.map((table) => tableFiles(table).findings),
      null,
      createHash("sha256"),
    ),
  );
  const description: TableDescription = {
    ...wholeOf(parts[0]),
    table: { rows: parts.reduce((sum, { table }) => sum + table.rows, 0), sha256: hash.digest("hex") },
    ...joinSummaries(
      parts,
      parts[0].columns.map(({ name }) => name),
    ),
  };
  await writeFileAtomically(files.description, `${JSON.stringify(description, null, 2)}\n`);
  return description;
}

/** The description without its shard, keys in their order. */
function wholeOf(part: TableDescription): TableDescription {
  const entries = Object.entries(part).filter(([key]) => key !== "shard");
  return Object.fromEntries(entries) as unknown as TableDescription;
}

/** Paths of the tables of all shards, in their order. */
function shardTables(folder: string): string[] {
  const name = basename(folder);
  const found = existsSync(folder) ? readdirSync(folder) : [];
  const shards = found.flatMap((file) => shardOfName(file) ?? []);
  const counts = new Set(shards.map(({ parts }) => parts));
  if (counts.size !== 1)
    throw new InputError(
      `${name}: --merge needs the folder of one extraction's shards; got ${shards.length === 0 ? "no shard" : `shards of ${[...counts].sort((a, b) => a - b).join(" and of ")}`}; name its folder`,
    );
  const [parts] = counts;
  const all = Array.from({ length: parts }, (_, k) => ({ part: k + 1, parts }));
  const missing = all.filter((shard) => !existsSync(join(folder, `${shardName(shard)}.json`)));
  if (missing.length > 0)
    throw new InputError(
      `${name}: --merge needs all ${parts} shards; not finished: ${missing.map(({ part }) => part).join(", ")}; run --shard ${missing[0].part}/${parts}`,
    );
  return all.map((shard) => join(folder, shardName(shard)));
}

function readDescription(path: string): TableDescription {
  const damaged = new FormatError(
    `${basename(path)}: the description of the shard is damaged; extract it again`,
  );
  try {
    const description = JSON.parse(readFileSync(path, "utf8")) as Partial<TableDescription> | null;
    if (description?.schema !== "sentinode/extraction@1" || description.table === undefined) throw damaged;
    return description as TableDescription;
  } catch (error) {
    throw error instanceof SyntaxError ? damaged : error;
  }
}

function refuseOthers(tables: readonly string[], parts: readonly TableDescription[]): void {
  const alike: readonly (readonly [what: string, of: (part: TableDescription) => string])[] = [
    ["table of cases", ({ cases }) => cases.hash],
    ["settings", ({ settingsHash, label }) => `${settingsHash} ${label ?? ""}`],
    ["names of columns", ({ columns }) => columns.map(({ name }) => name).join()],
    ["version of Sentinode", ({ software }) => software],
  ];
  const problems = alike.flatMap(([what, of]) => {
    const other = parts.findIndex((part) => of(part) !== of(parts[0]));
    return other < 0
      ? []
      : [
          `${basename(tables[other])}: shards need the same ${what}; it differs from that of ${basename(tables[0])}; extract it again`,
        ];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/** The first file's header and the rows of all; each file is checked against its description as it passes. */
async function* bodies(
  files: readonly string[],
  parts: readonly TableDescription[] | null,
  joined: Hash,
): AsyncGenerator<Uint8Array> {
  for (const [at, file] of files.entries()) {
    const own = createHash("sha256");
    let isHeader = at > 0;
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      own.update(chunk);
      const end = isHeader ? chunk.indexOf(10) + 1 : 0;
      if (isHeader && end === 0) continue;
      isHeader = false;
      const rows = chunk.subarray(end);
      joined.update(rows);
      yield rows;
    }
    if (parts !== null && own.digest("hex") !== parts[at].table.sha256)
      throw new FormatError(
        `${basename(file)}: the table is not the one that its description states; extract it again`,
      );
  }
}
