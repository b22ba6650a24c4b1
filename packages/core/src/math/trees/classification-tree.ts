import { InputError } from "../../errors.ts";
import type { Matrix } from "../matrix.ts";
import { bestImpuritySplit, type ImpurityCriterion } from "./impurity-split.ts";
import { type RankedColumns, rankedColumns, refuseMissing, rowsByValue } from "./ranked-columns.ts";
import { addLeaf, emptyTree, type GrowingTree, prunedTree, splitLeaf } from "./tree-builder.ts";
import type { Tree } from "./tree.ts";

/** How a classification tree grows and is pruned; names in brackets are those of R's rpart. */
export interface ClassificationTreeOptions {
  readonly criterion: ImpurityCriterion;
  /** Misclassified patients that a split must save, as a share of those of the root [cp]. */
  readonly complexity: number;
  /** A node of fewer patients is not split [minsplit]. */
  readonly minimumSplit: number;
  /** Least patients of a leaf [minbucket]. */
  readonly minimumLeaf: number;
  /** Levels of splits [maxdepth]. */
  readonly maximumDepth: number;
}

/** The defaults of rpart. */
export const CLASSIFICATION_TREE_DEFAULTS: ClassificationTreeOptions = {
  criterion: "gini",
  complexity: 0.01,
  minimumSplit: 20,
  minimumLeaf: 7,
  maximumDepth: 30,
};

/**
 * A classification tree that is pruned as it grows: no split stays that does not pay its price of complexity.
 *
 * @param design Finite values: it has no surrogate splits, so missing ones are refused.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @returns Values are shares of events, covers are counts, gains are decreases of impurity times patients.
 * @throws {InputError} A missing or infinite value, or unequal lengths.
 * @source Breiman, Friedman, Olshen & Stone 1984; order of ties and pruning as in R's rpart.
 */
export function fitClassificationTree(
  design: Matrix,
  outcome: Uint8Array,
  options: Partial<ClassificationTreeOptions> = {},
): Tree {
  const settings = { ...CLASSIFICATION_TREE_DEFAULTS, ...options };
  if (outcome.length !== design.rows || design.rows === 0)
    throw new InputError(`a tree needs one outcome a row; got ${outcome.length} for ${design.rows} rows`);
  const ranked = rankedColumns(design);
  refuseMissing(ranked, "a classification tree");
  const orders = Array.from({ length: design.columns }, (_, column) => rowsByValue(ranked, column));
  const tree = emptyTree();
  const growth: Growth = {
    ranked,
    orders,
    outcome,
    settings,
    tree,
    place: new Int32Array(design.rows),
    complexity: [],
    least: 0,
  };
  addNode(
    growth,
    new Int32Array(design.rows).map((_, row) => row),
    Infinity,
  );
  growth.least = settings.complexity * misclassified(tree, 0);
  grow(growth, 0, 1);
  return prunedTree(tree, () => false);
}

interface Growth {
  readonly ranked: RankedColumns;
  readonly orders: readonly Int32Array[];
  readonly outcome: Uint8Array;
  readonly settings: ClassificationTreeOptions;
  readonly tree: GrowingTree;
  /** Node of every patient. */
  readonly place: Int32Array;
  /** Price of complexity at which a node becomes a leaf; before it has grown, an upper bound of it. */
  readonly complexity: number[];
  /** The price that is asked. */
  least: number;
}

/** Misclassified patients below a node and the splits that are left there. */
interface Branch {
  readonly risk: number;
  readonly splits: number;
}

interface GrownBranch extends Branch {
  readonly node: number;
}

function addNode({ tree, place, outcome, complexity }: Growth, rows: Int32Array, bound: number): number {
  const events = rows.reduce((count, row) => count + outcome[row], 0);
  const node = addLeaf(tree, events / rows.length, rows.length);
  for (const row of rows) place[row] = node;
  complexity[node] = bound;
  return node;
}

function misclassified(tree: Tree, node: number): number {
  const events = Math.round(tree.value[node] * tree.cover[node]);
  return Math.min(events, tree.cover[node] - events);
}

/** Grows what is worth growing below a node, and takes the node's split back where it does not pay. */
function grow(growth: Growth, node: number, depth: number): Branch {
  const { tree, settings, complexity, least } = growth;
  const own = misclassified(tree, node);
  const bound = Math.min(own, complexity[node]);
  const leaf: Branch = { risk: own, splits: 0 };
  complexity[node] = least;
  if (tree.cover[node] < settings.minimumSplit || bound <= least || depth > settings.maximumDepth)
    return leaf;
  const split = bestImpuritySplit(growth, node, settings);
  if (split === null) return leaf;
  const left = divide(growth, node, split);
  splitLeaf(tree, node, left, { ...split, missingLeft: false });
  // The child with fewer events grows first: what it saves bounds what the other may.
  const [lower, upper] = tree.value[left] < tree.value[left + 1] ? [left, left + 1] : [left + 1, left];
  complexity[lower] = bound - least;
  const first = grow(growth, lower, depth + 1);
  const saved = Math.max((own - first.risk) / (first.splits + 1), own - misclassified(tree, lower));
  complexity[upper] = Math.min(saved, bound) - least;
  const second = grow(growth, upper, depth + 1);
  const kept = collapsed(growth, own, { node: lower, ...first }, { node: upper, ...second });
  const price = (own - kept.risk) / kept.splits;
  if (price > least) {
    complexity[node] = price;
    return kept;
  }
  tree.feature[node] = -1;
  return leaf;
}

/** What stays of a node of risk `own` once the children are gone that collapse before it does. */
function collapsed(
  { complexity, tree }: Growth,
  own: number,
  first: GrownBranch,
  second: GrownBranch,
): Branch {
  const join = (a: Branch, b: Branch): Branch => ({ risk: a.risk + b.risk, splits: a.splits + b.splits + 1 });
  const outlives = ({ risk, splits }: Branch, { node }: GrownBranch) =>
    (own - risk) / splits > complexity[node];
  const bare = ({ node }: GrownBranch): Branch => ({ risk: misclassified(tree, node), splits: 0 });
  const [cheap, dear] = complexity[second.node] > complexity[first.node] ? [first, second] : [second, first];
  const full = join(cheap, dear);
  if (!outlives(full, cheap)) return full;
  const without = join(bare(cheap), dear);
  return outlives(without, dear) ? join(bare(cheap), bare(dear)) : without;
}

/** Moves the patients of a node to two new leaves; returns the first. */
function divide(
  growth: Growth,
  node: number,
  { feature, threshold }: { readonly feature: number; readonly threshold: number },
): number {
  const { place, ranked } = growth;
  const values = ranked.values[feature];
  const goesLeft = (row: number) => values[ranked.codes[feature * ranked.rows + row]] < threshold;
  const rows = Int32Array.from(place.keys()).filter((row) => place[row] === node);
  const [below, above] = [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))];
  const left = addNode(growth, below, 0);
  addNode(growth, above, 0);
  return left;
}
