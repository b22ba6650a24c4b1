import { createHash } from "node:crypto";
import { contentHash, type ImageFeatures, type RadiomicsSettings } from "@sentinode/core";
import { type FeatureColumn, featureColumns } from "@sentinode/core/radiomics";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { csvLine } from "../tables/csv-text.ts";
import type { TableCase } from "./case-table.ts";
import { createSummaryCounter, type ExtractionSummary } from "./extraction-summary.ts";
import type { Shard } from "./shard.ts";

/** Measured cases on their way to files. */
export interface MeasuredCases {
  /** Headers of the columns that the table of cases had. */
  readonly kept: readonly string[];
  readonly cases: readonly TableCase[];
  readonly featuresOf: (position: number) => ImageFeatures;
  readonly settings: RadiomicsSettings;
  /** Names of the features as the table prints them. */
  readonly names: readonly string[];
  /** Value of the masks that was the region, where one was asked for. */
  readonly label: number | null;
  /** All cases of which these are a part, and the part. */
  readonly all: { readonly cases: number; readonly hash: string };
  readonly shard: Shard | null;
}

/** The document beside a table of features. It holds no time, so that equal extractions are equal bytes. */
export interface TableDescription extends ExtractionSummary {
  readonly schema: "sentinode/extraction@1";
  readonly software: string;
  /** The table of cases, whole. */
  readonly cases: { readonly count: number; readonly hash: string };
  /** Absent for a whole table. */
  readonly shard?: Shard;
  /** The table of features beside this document. */
  readonly table: { readonly rows: number; readonly sha256: string };
  readonly settingsHash: string;
  readonly settings: RadiomicsSettings;
  readonly label: number | null;
  readonly columns: readonly DescribedColumn[];
}

/** A column of features: its printed name, what it is, and on what it was measured. */
export interface DescribedColumn extends Omit<FeatureColumn["source"], "kind"> {
  readonly name: string;
  readonly label: string;
}

const findingHeaders = ["row", "image", "severity", "code", "message"];

/** Pieces that are written to a file at once. */
const pieceCharacters = 65_536;

/** The files of a table of features: the table, what was found case by case, and the description. */
export function tableFiles(table: string): { table: string; findings: string; description: string } {
  return { table, findings: `${table}.findings.csv`, description: `${table}.json` };
}

/**
 * Writes a table of features, row by row, what was found of each case, and at last the description of both.
 *
 * @param target Of the table; the other files stand beside it.
 */
export async function writeFeatureTable(target: string, measured: MeasuredCases): Promise<TableDescription> {
  const { cases, featuresOf, names } = measured;
  const files = tableFiles(target);
  const counter = createSummaryCounter(names);
  const hash = createHash("sha256");
  function* rows(): Generator<string> {
    yield csvLine([...measured.kept, ...names]);
    for (const [position, { kept }] of cases.entries()) {
      const features = featuresOf(position);
      counter.add(features);
      yield csvLine([...kept, ...features.values]);
    }
  }
  function* hashed(): Generator<string> {
    for (const piece of inPieces(rows())) {
      hash.update(piece);
      yield piece;
    }
  }
  await writeFileAtomically(files.table, hashed());
  await writeFileAtomically(files.findings, inPieces(findingLines(measured)));
  const description = describe(
    measured,
    { rows: cases.length, sha256: hash.digest("hex") },
    counter.summary(),
  );
  await writeFileAtomically(files.description, `${JSON.stringify(description, null, 2)}\n`);
  return description;
}

function* findingLines({ cases, featuresOf }: MeasuredCases): Generator<string> {
  yield csvLine(findingHeaders);
  for (const [position, { row, image }] of cases.entries()) {
    const { findings, undefinedBecause } = featuresOf(position);
    for (const { severity, code, message } of findings) yield csvLine([row, image, severity, code, message]);
    const reasons = new Map<string, number>();
    for (const [, reason] of undefinedBecause) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    for (const [reason, count] of reasons)
      yield csvLine([row, image, "info", "features-undefined", `${count} features do not exist: ${reason}`]);
  }
}

function describe(
  { settings, names, label, all, shard }: MeasuredCases,
  table: TableDescription["table"],
  summary: ExtractionSummary,
): TableDescription {
  return {
    schema: "sentinode/extraction@1",
    software: softwareName,
    cases: { count: all.cases, hash: all.hash },
    ...(shard === null ? {} : { shard }),
    table,
    settingsHash: contentHash(settings),
    settings,
    label,
    columns: featureColumns(settings).map(({ source, label: title }, at) => ({
      name: names[at],
      label: title,
      family: source.family,
      feature: source.feature,
      ibsi: source.ibsi,
      unit: source.unit,
      discretisation: source.discretisation,
      ...(source.filter === undefined ? {} : { filter: source.filter }),
      ...(source.ring === undefined ? {} : { ring: source.ring }),
    })),
    ...summary,
  };
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
