import { log2, pow } from "../math/elementary.ts";
import type { Patients } from "./cohort.ts";
import { codedColumn, type CodedColumn, dependenceTree } from "./dependence-tree.ts";
import type { PatientId } from "./patient.ts";

/** Two ids that may be one patient, by what the table says of them. */
export interface RepeatedPatient {
  readonly first: PatientId;
  readonly second: PatientId;
  /** Variables that both have, and those of them that differ. */
  readonly compared: number;
  readonly differing: number;
  /** How many such pairs chance would give in a cohort of this size. */
  readonly expected: number;
}

/** Most variables that may differ: a new entry may carry a mistake or a later value. */
const MOST_DIFFERING = 2;

/** Share of a patient's variables that a second entry repeats, and bits that one which it does not repeat costs. */
const REPEATED = 0.95;
const DIFFERING_BITS = 4;

/** Patients' worth of trust in the frequencies of a whole column against those of a class of another. */
const SHRINKAGE = 2;

/**
 * Pairs of ids whose rows agree so far that chance would not give one such pair in the cohort. How much an agreement says
 * depends on how rare its value is, given the column that tells most of it: ten columns that say the same count once.
 *
 * @param cohort Outcomes are not looked at.
 * @param leftOut Variables that are not compared, e.g. the column of the split.
 * @returns Most surprising first.
 * @source Fellegi & Sunter 1969, J Am Stat Assoc 64:1183-1210, with the dependence between columns by Chow & Liu 1968.
 */
export function repeatedPatients(
  cohort: Pick<Patients, "patients" | "columns">,
  leftOut: ReadonlySet<string> = new Set(),
): readonly RepeatedPatient[] {
  const { patients } = cohort;
  const columns = cohort.columns.filter(({ variable }) => !leftOut.has(variable.name)).map(codedColumn);
  const surprises = surprisesOf(columns);
  const pairs = (patients.length * (patients.length - 1)) / 2;
  const found: RepeatedPatient[] = [];
  for (let i = 0; i < patients.length; i++)
    for (let j = i + 1; j < patients.length; j++) {
      const differing = differencesOf(columns, i, j);
      if (differing > MOST_DIFFERING) continue;
      const { bits, compared } = agreementOf(columns, surprises, i, j);
      if (bits > log2(pairs))
        found.push({
          first: patients[i],
          second: patients[j],
          compared,
          differing,
          expected: pairs * pow(2, -bits),
        });
    }
  return found.sort((a, b) => a.expected - b.expected);
}

/** Stops counting where a pair is out. */
function differencesOf(columns: readonly CodedColumn[], i: number, j: number): number {
  let differing = 0;
  for (const { codes } of columns) {
    if (codes[i] === codes[j] || codes[i] < 0 || codes[j] < 0) continue;
    if (++differing > MOST_DIFFERING) break;
  }
  return differing;
}

/** How surprising each value of a column is: by itself, and given the class of the column that tells most of it. */
interface Surprises {
  readonly parent: number;
  /** Bits; shape [levels]. */
  readonly alone: Float64Array;
  /** Bits; shape [classes of the parent * levels]. */
  readonly given: Float64Array;
}

function surprisesOf(columns: readonly CodedColumn[]): readonly Surprises[] {
  const parents = dependenceTree(columns);
  return columns.map(({ codes, levels }, position) => {
    const parent = parents[position];
    const shares = new Float64Array(levels);
    for (const code of codes) if (code >= 0) shares[code]++;
    const present = shares.reduce((sum, count) => sum + count, 0);
    for (let level = 0; level < levels; level++) shares[level] /= present;
    const alone = shares.map((share) => log2(REPEATED / share));
    if (parent < 0) return { parent, alone, given: alone };
    const { classes, classCount } = columns[parent];
    const given = new Float64Array(classCount * levels);
    const totals = new Float64Array(classCount);
    codes.forEach((code, patient) => {
      if (code < 0 || classes[patient] < 0) return;
      given[classes[patient] * levels + code]++;
      totals[classes[patient]]++;
    });
    return {
      parent,
      alone,
      given: given.map((count, cell) => {
        const share = count + SHRINKAGE * shares[cell % levels];
        return log2((REPEATED * (totals[Math.floor(cell / levels)] + SHRINKAGE)) / share);
      }),
    };
  });
}

function agreementOf(
  columns: readonly CodedColumn[],
  surprises: readonly Surprises[],
  i: number,
  j: number,
): { bits: number; compared: number } {
  let [bits, compared] = [0, 0];
  columns.forEach(({ codes, levels }, position) => {
    const code = codes[i];
    if (code < 0 || codes[j] < 0) return;
    compared++;
    if (code !== codes[j]) {
      bits -= DIFFERING_BITS;
      return;
    }
    const { parent, alone, given } = surprises[position];
    const parentAgrees = parent >= 0 && columns[parent].codes[i] === columns[parent].codes[j];
    const parentClass = parentAgrees ? columns[parent].classes[i] : -1;
    bits += parentClass < 0 ? alone[code] : given[parentClass * levels + code];
  });
  return { bits, compared };
}
