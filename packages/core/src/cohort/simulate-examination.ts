import { exp } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { isoDate } from "./date-cell.ts";
import type { Binary } from "./simulate-clinical.ts";

/** Scanners of the simulated department, in the order in which they are put into use. */
export const scannerModels = ["S1", "S2", "S3", "S4"] as const;

/** One of {@link scannerModels}. */
export type ScannerModel = (typeof scannerModels)[number];

/** When a simulated patient was seen and on which machine. */
export interface Examination {
  /** ISO date. */
  readonly enrolmentDate: string;
  readonly scanner: ScannerModel;
}

/** Which scanners there are and whether their choice betrays the outcome. */
export interface ScannerPark {
  /** How many of {@link scannerModels} are in use, 1 to 4. */
  readonly scanners: number;
  /** Log odds by which patients with the event rather stand at S1: 0 without a shortcut. */
  readonly bias: number;
}

const dayOf = (year: number, month: number): number => Date.UTC(year, month - 1, 1) / 86_400_000;

/** Enrolment is uniform over the 2,557 days from 2016 to 2022: an assumption, without drift of its own. */
const enrolment = { firstDay: dayOf(2016, 1), days: 2557 };

/** An assumption: S2 retires in the middle of 2019, S3 comes a year before, S4 in the prospective phase. */
const service: Readonly<
  Record<ScannerModel, { readonly from: number; readonly until: number; readonly share: number }>
> = {
  S1: { from: 0, until: Infinity, share: 1 },
  S2: { from: 0, until: dayOf(2019, 7), share: 1 },
  S3: { from: dayOf(2018, 7), until: Infinity, share: 1 },
  S4: { from: dayOf(2021, 7), until: Infinity, share: 1.5 },
};

/**
 * Day and scanner of one patient.
 *
 * @param event Whether the patient has the outcome; without a bias it changes nothing.
 * @param random Generator of this patient's visit; its fork `scanner` chooses the machine.
 */
export function simulateExamination(event: Binary, park: ScannerPark, random: Random): Examination {
  const day = enrolment.firstDay + random.integer(enrolment.days);
  const inUse = scannerModels
    .slice(0, park.scanners)
    .filter((model) => day >= service[model].from && day < service[model].until);
  const weights = inUse.map((model) => service[model].share);
  if (event === 1) weights[0] *= exp(park.bias);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.fork("scanner").uniform() * total;
  const chosen = weights.findIndex((weight) => (left -= weight) < 0);
  return { enrolmentDate: isoDate(day), scanner: inUse[Math.max(0, chosen)] };
}
