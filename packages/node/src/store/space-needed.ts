import { featureColumns, type Finding, type Protocol } from "@sentinode/core";
import { freeBytes, sizeInWords } from "../files/machine-refusal.ts";

/** A run is warned of when less than this many times its need is free. */
const MARGIN = 1.2;

/** Bytes of a value in the state and in the tables, with its share of pages and names. */
const bytesPerValue = 90;

/** Report, results, log of the state and what the file system needs besides, whatever the study. */
const bytesAnyway = 12e6;

/** Coefficients, tuning and findings of a fit. */
const bytesPerFit = 60_000;

/**
 * About how much a run writes until it is finished, in bytes; rather too much than too little.
 *
 * @param patients Rows of the table.
 */
export function spaceNeeded(protocol: Protocol, patients: number): number {
  const { reproducibility, ...settings } = protocol.radiomics;
  const features = protocol.images === undefined ? 0 : featureColumns(settings).length;
  const versions =
    reproducibility === undefined ? 0 : reproducibility.perturbations.length * reproducibility.repeats;
  const { folds, repeats } = protocol.validation;
  const fits = Object.keys(protocol.models).length * (1 + folds * repeats);
  const ofFits = fits * (bytesPerFit + patients * 2 * 20);
  return Math.ceil(bytesAnyway + patients * features * (1 + versions) * bytesPerValue + ofFits);
}

/**
 * A warning where the disk of a folder has less free than a run may need.
 *
 * @param free Bytes; null: the system does not tell, and there is no warning.
 */
export function spaceFindings(needed: number, free: number | null): readonly Finding[] {
  if (free === null || free >= MARGIN * needed) return [];
  return [
    {
      code: "little-space",
      severity: "warning",
      message: `the run may need ${sizeInWords(needed)} on the disk of its folder; ${sizeInWords(free)} are free; should it stop, free some space and run the same command again: finished work is kept`,
    },
  ];
}

/** The same for a study and the folder of its run. */
export function spaceWarnings(protocol: Protocol, patients: number, out: string): readonly Finding[] {
  return spaceFindings(spaceNeeded(protocol, patients), freeBytes(out));
}
