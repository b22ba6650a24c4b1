import type { ColumnSelection } from "../models/model.ts";
import { formatPercent } from "./format.ts";
import { counted } from "./words.ts";

/** A selection of features in words, to follow "of which". */
export function selectionWords(selection: ColumnSelection): string {
  return `${wordsOf(selection)}; the choice was made from the training patients of each fit alone, and anew in every fold inside them`;
}

function wordsOf(selection: ColumnSelection): string {
  switch (selection.method) {
    case "mrmr": {
      const measure =
        selection.measure === "gaussian"
          ? "mutual information of normal variables"
          : "the F statistic by outcome and correlations between features";
      return `${counted(selection.count, "feature")} were chosen by minimum redundancy and maximum relevance (${measure}, ${selection.scheme} scheme; Peng et al. 2005)`;
    }
    case "stability":
      return `those were chosen that enter a LASSO path among the first ${selection.perHalf} in at least ${formatPercent(selection.threshold, 0)} of the halves of ${counted(selection.pairs, "complementary pair")} (stability selection; Shah and Samworth 2013)`;
    case "boruta":
      return `those were chosen that Boruta confirms (at most ${counted(selection.runs, "forest")} of ${counted(selection.trees, "tree")}, level ${selection.level}; Kursa and Rudnicki 2010)`;
  }
}
