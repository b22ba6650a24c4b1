import type {
  AvailabilityEvidence,
  IdentityEvidence,
  LedgerEvidence,
  PermutationEvidence,
  PlausibilityEvidence,
  ShortcutEvidence,
} from "../study/audit/evidence.ts";
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatFixed,
  formatPValue,
  formatShare,
} from "./format.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";
import { capitalised, listed } from "./words.ts";

/** Columns that the table of predictors shows; the audit's file holds all. */
const MOST_PREDICTORS = 25;

/** Models under permuted outcomes. */
export function permutationTable({ models, permutations }: PermutationEvidence): PrintedTable {
  return {
    id: "audit-permutations",
    title: `AUC with the true and with ${permutations} times permuted outcomes`,
    columns: ["Model", "True outcomes", "Permuted: mean (95% interval)", "SD", "95th percentile", "P"],
    rows: models.map((model) => ({
      kind: "row",
      cells: [
        model.model,
        formatFixed(model.honest, 3),
        formatEstimate({ value: model.mean, lower: model.lower, upper: model.upper }, 3),
        formatFixed(model.standardDeviation, 3),
        formatFixed(model.percentile95, 3),
        formatPValue(model.pValue),
      ],
    })),
    note: "P: share of drawings, the true outcomes among them, whose AUC is at least that of the true outcomes. The interval is that of the mean over permutations. AUCs are means over folds and may differ from those of the performance table, which rank the patients of all folds together.",
  };
}

/** Columns that predict, the best alone first. */
export function availabilityTable({ predictors, decision }: AvailabilityEvidence): PrintedTable {
  const ordered = [...predictors].sort(
    (a, b) => Number(b.blocks.length > 0) - Number(a.blocks.length > 0) || (b.auc ?? 0) - (a.auc ?? 0),
  );
  const left = ordered.length - MOST_PREDICTORS;
  return {
    id: "audit-predictors",
    title: "Predictors: when they are known and what they say alone",
    columns: ["Column", "From", "Known", "Blocks", "AUC alone", "Remark"],
    words: [1, 2, 3, 5],
    rows: ordered
      .slice(0, MOST_PREDICTORS)
      .map(({ label, source, known, blocks, auc, forbidden, acknowledged }) => ({
        kind: "row",
        cells: [
          label,
          source,
          known,
          blocks.length === 0 ? "not used" : blocks.join(", "),
          formatFixed(auc, 3),
          [forbidden, acknowledged === null ? null : `kept: ${acknowledged}`]
            .filter((part) => part !== null)
            .join("; "),
        ],
      })),
    note: `The decision is at ${decision}. AUC alone: of numbers in the better direction, of levels by their share of events in other folds; n/a where fewer than 10 patients of an outcome have a value.${left > 0 ? ` ${formatCount(left)} columns with a lower AUC are in audit.json.` : ""}`,
  };
}

/** Openings of sealed outcomes; null where nothing was opened. */
export function ledgerTable({ datasets }: LedgerEvidence): PrintedTable | null {
  if (datasets.length === 0) return null;
  return {
    id: "audit-ledger",
    title: "Openings of outcomes that were set apart",
    columns: ["Set", "Openings", "Protocols", "First opened by"],
    words: [3],
    rows: datasets.map(({ dataset, openings, protocols, isFirst }) => ({
      kind: "row",
      cells: [
        capitalised(dataset),
        formatCount(openings),
        formatCount(protocols),
        isFirst ? "this protocol" : "another protocol",
      ],
    })),
    note: "",
  };
}

/** Parts with their share of events, and patients who may be one. */
export function identityTable({ parts, repeated }: IdentityEvidence): PrintedTable {
  return {
    id: "audit-patients",
    title: "Parts of the study and patients who may be one",
    columns: ["Part or patients", "Rows", "Events", "P against the cohort", "Shared"],
    words: [4],
    rows: [
      ...parts.map(({ name, rows, events, pValue }): PrintedRow => ({
        kind: "row",
        cells: [
          capitalised(name),
          formatCount(rows),
          events === null ? "sealed" : formatShare(events, rows),
          formatPValue(pValue),
          "",
        ],
      })),
      ...repeated.slice(0, MOST_PREDICTORS).map(({ patients, shared, across, isDeclared }): PrintedRow => ({
        kind: "row",
        cells: [
          patients.join(" and "),
          "",
          "",
          "",
          `${shared}${across === null ? "" : `, in ${across}`}${isDeclared ? " (declared)" : ""}`,
        ],
      })),
    ],
    note: "P: exact binomial test of the part's share of events against that of all patients.",
  };
}

/** Models of what says nothing of the disease; null where there are none. */
export function shortcutTable({ models }: ShortcutEvidence): PrintedTable | null {
  if (models.length === 0) return null;
  return {
    id: "audit-shortcuts",
    title: "Models of what says nothing of the disease",
    columns: [
      "Columns of",
      "AUC (95% interval)",
      "Compared with",
      "Its AUC",
      "Difference (95% interval)",
      "Columns",
    ],
    words: [2, 5],
    rows: models.map((model) => ({
      kind: "row",
      cells: [
        capitalised(model.name),
        formatEstimate({ value: model.auc, lower: model.lower, upper: model.upper }, 3),
        model.reference?.name ?? "nothing",
        formatFixed(model.reference?.auc ?? null, 3),
        differenceWords(model.difference),
        listed(model.columns.slice(0, 6)) +
          (model.columns.length > 6 ? ` and ${model.columns.length - 6} more` : ""),
      ],
    })),
    note: "Ridge regressions, five folds three times; DeLong's intervals. Metadata: how and when images were taken, and the order of the table. Missingness: which values are missing. Background: grey levels outside the lesion. A red lamp needs a lower limit above 0.55 and an AUC that is not below that of what it is compared with.",
  };
}

/** What images add; null where no two models differ by them alone. */
export function incrementTable({
  increments,
  imagesAlone,
  dataset,
}: PlausibilityEvidence): PrintedTable | null {
  if (increments.length === 0) return null;
  return {
    id: "audit-increments",
    title: `What images add in the ${dataset}, and what they need to be worth alone`,
    columns: [
      "Models",
      "Difference (95% interval)",
      "Needs alone",
      "If correlated 0.3",
      "Measured alone (95% interval)",
    ],
    rows: increments.map((increment) => ({
      kind: "row",
      cells: [
        `${increment.smaller} to ${increment.larger}`,
        differenceWords(increment),
        formatFixed(increment.needed, 3),
        formatFixed(increment.neededCorrelated, 3),
        imagesAlone === null
          ? "not measured"
          : formatEstimate({ value: imagesAlone.auc, lower: imagesAlone.lower, upper: imagesAlone.upper }, 3),
      ],
    })),
    note: "Binormal d\u2032: the AUC that an independent score needs alone, so that its best combination with the smaller model reaches the larger one's AUC; n/a where the larger model is not the better one. Measured out of fold.",
  };
}

function differenceWords(
  difference: {
    readonly difference: number;
    readonly lower: number | null;
    readonly upper: number | null;
  } | null,
): string {
  if (difference === null) return formatFixed(null, 3);
  const words = formatDifference(difference, 3);
  return `${words.difference} (${words.range})`;
}
