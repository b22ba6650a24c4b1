import { contentHash, type ImageFeatures, InputError, type RadiomicsSettings } from "@sentinode/core";
import type { MaskLabel } from "../codecs/mask-labels.ts";
import { resolveInside } from "../files/paths.ts";
import { sha256 } from "../files/sha256-of-file.ts";
import { softwareName } from "../software.ts";
import type { Journal } from "../store/journal.ts";
import type { ChangedExtraction, ChangedExtractionTask, ExtractionTask } from "../workers/messages.ts";
import type { PoolTask, WorkerPool } from "../workers/pool.ts";
import type { TableCase } from "./case-table.ts";

/** Cases to measure, and how. */
export interface CasesToMeasure {
  readonly cases: readonly TableCase[];
  /** Folder that paths are relative to. */
  readonly folder: string;
  readonly settings: RadiomicsSettings;
  readonly label: MaskLabel | null;
}

/** Who works, and where what is measured is kept. */
export interface MeasuringParts {
  readonly pool: WorkerPool;
  readonly journal: Journal;
  readonly progress: (done: number, total: number) => void;
}

/** What the journal holds of a case. */
interface KeptCase {
  /** Content of the files that were measured. */
  readonly files: string;
  readonly features: ImageFeatures;
}

/**
 * Measures all cases into the journal; a case whose files are those that the journal knows is not measured again.
 *
 * @returns The features of a case, read from the journal.
 * @throws {InputError} Every case that cannot be used, with its row; all others are kept.
 */
export async function measureCases(
  work: CasesToMeasure,
  { pool, journal, progress }: MeasuringParts,
): Promise<(position: number) => ImageFeatures> {
  const { cases } = work;
  const base = contentHash([softwareName, work.settings, work.label]);
  const keyOf = ({ image, mask, spacingMm, label }: TableCase) =>
    sha256(JSON.stringify([base, image, mask, spacingMm, label])).slice(0, 32);
  const kept = (key: string) => journal.get(key) as KeptCase | undefined;
  const problems = new Map<number, readonly string[]>();
  let done = 0;
  const finish = () => progress(++done, cases.length);
  progress(0, cases.length);
  const positions: number[] = [];
  function* tasks(): Generator<PoolTask> {
    for (const [position, one] of cases.entries()) {
      const extraction = taskOf(one, work);
      if ("problems" in extraction) {
        problems.set(position, extraction.problems);
        finish();
        continue;
      }
      positions.push(position);
      const known = kept(keyOf(one))?.files ?? null;
      yield { kind: "extract-changed", task: { extraction, known } satisfies ChangedExtractionTask };
    }
  }
  await pool.run(tasks(), (index, result) => {
    const position = positions[index];
    const extraction = result as ChangedExtraction;
    if ("problems" in extraction) problems.set(position, extraction.problems);
    else if ("files" in extraction)
      journal.append("extract", keyOf(cases[position]), extraction satisfies KeptCase);
    finish();
  });
  if (problems.size > 0) throw new InputError(inWords(problems, cases));
  return (position) => kept(keyOf(cases[position]))!.features;
}

function taskOf(
  { image, mask, spacingMm, label }: TableCase,
  work: CasesToMeasure,
): ExtractionTask | { readonly problems: readonly string[] } {
  const asked = label === null ? work.label : { value: label, isRequired: true };
  try {
    return {
      imagePath: resolveInside(work.folder, image),
      maskPath: resolveInside(work.folder, mask),
      imageName: image,
      maskName: mask,
      spacingMm,
      ...(asked === null ? {} : { label: asked }),
      plan: { settings: work.settings, maskThreshold: null },
    };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    throw error;
  }
}

/** In the order of the table, which is not the order of the work. */
function inWords(problems: ReadonlyMap<number, readonly string[]>, cases: readonly TableCase[]): string[] {
  const good = cases.length - problems.size;
  const ordered = [...problems].sort(([a], [b]) => a - b);
  return [
    ...ordered.flatMap(([position, causes]) => causes.map((cause) => `row ${cases[position].row}: ${cause}`)),
    `${problems.size} of ${cases.length} cases cannot be measured; mend or remove them and run the same command again: the other ${good} are kept and not measured anew`,
  ];
}
