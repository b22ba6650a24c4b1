import { InputError } from "../errors.ts";

/** What the Tenon score asks of a patient with a positive sentinel node. */
export interface TenonFindings {
  /** Largest diameter of the tumour by pathology, in mm, above 0. */
  readonly tumourSizeMm: number;
  /** Whether a sentinel node holds a metastasis of more than 2 mm. */
  readonly macrometastasis: boolean;
  /** Positive sentinel nodes, at least 1. */
  readonly positiveNodes: number;
  /** Sentinel nodes removed, no fewer than `positiveNodes`. */
  readonly removedNodes: number;
}

/** Scores up to here are called low risk of a metastasis in other nodes (doi 10.1007/s12094-016-1487-z). */
export const TENON_LOW_RISK = 3.5;

/** Scores differ by this or more. */
export const TENON_STEP = 0.5;

/**
 * The Tenon score of the risk of a metastasis in non-sentinel axillary nodes.
 *
 * Points unverified: they are from background knowledge. Their sum and range are consistent with doi
 * 10.1007/s10549-004-5781-z, the cut-off with doi 10.1007/s12094-016-1487-z.
 *
 * @param findings Of one patient.
 * @returns From 0 to 7; tumour size gives 0, 1.5 or 3 points, a macrometastasis 2, the share of positive sentinel nodes 0, 1 or 2.
 * @throws {InputError} A size that is not above 0, no positive node, or fewer nodes removed than positive.
 * @example tenonScore({ tumourSizeMm: 15, macrometastasis: true, positiveNodes: 1, removedNodes: 2 }) // => 4.5
 */
export function tenonScore({
  tumourSizeMm,
  macrometastasis,
  positiveNodes,
  removedNodes,
}: TenonFindings): number {
  if (!(tumourSizeMm > 0 && Number.isFinite(tumourSizeMm)))
    throw new InputError("the Tenon score needs a tumour size above 0 mm; got another; correct the table");
  if (!(positiveNodes >= 1))
    throw new InputError("the Tenon score needs a positive sentinel node; got none; exclude the patient");
  if (!(removedNodes >= positiveNodes && Number.isFinite(removedNodes)))
    throw new InputError(
      "the Tenon score needs no more positive sentinel nodes than were removed; got more; correct the table",
    );
  return sizePoints(tumourSizeMm) + (macrometastasis ? 2 : 0) + sharePoints(positiveNodes / removedNodes);
}

function sizePoints(millimetres: number): number {
  if (millimetres <= 10) return 0;
  return millimetres <= 20 ? 1.5 : 3;
}

function sharePoints(share: number): number {
  if (share < 0.5) return 0;
  return share < 1 ? 1 : 2;
}
