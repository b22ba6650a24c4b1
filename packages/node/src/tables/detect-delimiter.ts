import { readRecords, type TextRecord } from "./separated-values.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** Records that are looked at. */
const SAMPLE = 50;

/**
 * The separator of a text table: the one that gives the most rows the header's number of cells, two at least.
 *
 * @param text The whole table.
 * @param preferred Taken where several do equally well.
 * @returns The preferred one for a table of one column.
 * @example detectDelimiter("id;size\n1;2,5\n2;3,5\n", ",") // => ";"
 */
export function detectDelimiter(text: string, preferred: string): string {
  const candidates = [preferred, ...DELIMITERS.filter((delimiter) => delimiter !== preferred)];
  let [best, bestScore] = [preferred, 0];
  for (const delimiter of candidates) {
    const score = regularity(sample(text, delimiter));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** The first records, or none where the text cannot be read with this delimiter; the reader says why. */
function sample(text: string, delimiter: string): TextRecord[] {
  try {
    return readRecords(text, delimiter, "", SAMPLE);
  } catch {
    return readHeader(text, delimiter);
  }
}

function readHeader(text: string, delimiter: string): TextRecord[] {
  const end = /[\r\n]/.exec(text)?.index ?? text.length;
  try {
    return readRecords(text.slice(0, Math.min(end, 1_000_000)), delimiter, "", 1);
  } catch {
    return [];
  }
}

/** Share of records as wide as the first, plus a little for each column. */
function regularity(records: readonly TextRecord[]): number {
  if (records.length === 0) return 0;
  const columns = records[0].cells.length;
  if (columns < 2) return 0;
  return records.filter(({ cells }) => cells.length === columns).length / records.length + columns / 10_000;
}
