import { log } from "../elementary.ts";
import type { RankedColumns } from "./ranked-columns.ts";

/** How mixed the classes of a node are: sum of p(1 - p), or of -p ln p. */
export type ImpurityCriterion = "gini" | "information";

/** Patients by value of each column, and the node that each of them is in. */
export interface PlacedRows {
  readonly ranked: RankedColumns;
  readonly orders: readonly Int32Array[];
  readonly outcome: Uint8Array;
  readonly place: Int32Array;
}

/** A cut and the decrease of impurity times patients that it brings. */
export interface ImpuritySplit {
  readonly feature: number;
  readonly threshold: number;
  readonly gain: number;
}

/**
 * The cut of a node that decreases the impurity most; of equal ones the first column and the lowest cut.
 *
 * @returns Null where no cut decreases it with enough patients on both sides.
 */
export function bestImpuritySplit(
  rows: PlacedRows,
  node: number,
  options: { readonly criterion: ImpurityCriterion; readonly minimumLeaf: number },
): ImpuritySplit | null {
  let best: ImpuritySplit | null = null;
  for (let column = 0; column < rows.ranked.columns; column++) {
    const split = bestCut(rows, column, node, options);
    if (split !== null && split.gain > (best?.gain ?? 0)) best = split;
  }
  return best;
}

function bestCut(
  { ranked, orders, outcome, place }: PlacedRows,
  column: number,
  node: number,
  { criterion, minimumLeaf }: { readonly criterion: ImpurityCriterion; readonly minimumLeaf: number },
): ImpuritySplit | null {
  const order = orders[column].filter((row) => place[row] === node);
  const values = ranked.values[column];
  const valueAt = (k: number) => values[ranked.codes[column * ranked.rows + order[k]]];
  const total = order.length;
  const events = order.reduce((count, row) => count + outcome[row], 0);
  const whole = total * impurity(1 - events / total, criterion) + total * impurity(events / total, criterion);
  let least = whole;
  let threshold = 0;
  let leftEvents = 0;
  for (let k = 0; k < total - minimumLeaf; k++) {
    leftEvents += outcome[order[k]];
    const left = k + 1;
    if (left < minimumLeaf || valueAt(k) === valueAt(k + 1)) continue;
    const right = total - left;
    const rightEvents = events - leftEvents;
    // Added class by class as rpart does, so that equal cuts compare alike.
    let mixed = left * impurity((left - leftEvents) / left, criterion);
    mixed += right * impurity((right - rightEvents) / right, criterion);
    mixed += left * impurity(leftEvents / left, criterion);
    mixed += right * impurity(rightEvents / right, criterion);
    if (mixed < least) {
      least = mixed;
      threshold = (valueAt(k) + valueAt(k + 1)) / 2;
    }
  }
  return whole > least ? { feature: column, threshold, gain: whole - least } : null;
}

function impurity(share: number, criterion: ImpurityCriterion): number {
  if (criterion === "gini") return share * (1 - share);
  return share === 0 ? 0 : -share * log(share);
}
