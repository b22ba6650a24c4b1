import type { Tree } from "./tree.ts";

/** A tree that still grows: the lists of a {@link Tree}, to be written to. */
export type GrowingTree = { -readonly [Key in keyof Tree]: number[] };

/** A tree without nodes. */
export function emptyTree(): GrowingTree {
  return { feature: [], threshold: [], left: [], missingLeft: [], value: [], cover: [], gain: [] };
}

/**
 * Adds a leaf.
 *
 * @returns Its index.
 */
export function addLeaf(tree: GrowingTree, value: number, cover: number): number {
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(0);
  tree.missingLeft.push(0);
  tree.value.push(value);
  tree.cover.push(cover);
  tree.gain.push(0);
  return tree.feature.length - 1;
}

/** A split as a learner found it. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly gain: number;
}

/** Makes a leaf ask for a column; its children are the leaves `left` and `left + 1`. */
export function splitLeaf(tree: GrowingTree, node: number, left: number, split: Split): void {
  tree.feature[node] = split.feature;
  tree.threshold[node] = split.threshold;
  tree.left[node] = left;
  tree.missingLeft[node] = split.missingLeft ? 1 : 0;
  tree.gain[node] = split.gain;
}

/**
 * A tree whose nodes are those that still hang together, numbered by level.
 *
 * @param isLeaf True for an inner node that shall answer itself.
 */
export function prunedTree(tree: Tree, isLeaf: (node: number) => boolean): Tree {
  const kept = emptyTree();
  const copyNode = (node: number) => addLeaf(kept, tree.value[node], tree.cover[node]);
  const waiting: [from: number, to: number][] = [[0, copyNode(0)]];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [from, to] = next;
    if (tree.feature[from] < 0 || isLeaf(from)) continue;
    const left = copyNode(tree.left[from]);
    const right = copyNode(tree.left[from] + 1);
    splitLeaf(kept, to, left, {
      feature: tree.feature[from],
      threshold: tree.threshold[from],
      missingLeft: tree.missingLeft[from] === 1,
      gain: tree.gain[from],
    });
    waiting.push([tree.left[from], left], [tree.left[from] + 1, right]);
  }
  return kept;
}
