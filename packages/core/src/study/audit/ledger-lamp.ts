import type { AuditedLedger, AuditSubject } from "./audit-subject.ts";
import type { LedgerEvidence, OpenedDataset } from "./evidence.ts";
import { type LampOf, type LampReason, toLamp } from "./lamp.ts";

/** How often outcomes that were set apart were looked at, by which protocols, and whether models were frozen in time. */
export function ledgerLamp({ ledger }: AuditSubject): LampOf<"ledger", LedgerEvidence> {
  const datasets = ledger === null ? [] : openedDatasets(ledger);
  return toLamp({
    name: "ledger",
    title: "Ledger",
    verdict: verdict(ledger, datasets),
    reasons:
      ledger === null
        ? [
            {
              code: "no-ledger",
              colour: "amber",
              message:
                "a held-out set needs a ledger of its openings; got none, so that nobody knows how often it was looked at; keep one",
            },
          ]
        : [...datasets.flatMap(changedReasons), ...frozenReasons(ledger)],
    evidence: { isKept: ledger !== null, datasets },
  });
}

function openedDatasets({ openings, protocol }: AuditedLedger): readonly OpenedDataset[] {
  const names = [...new Set(openings.map(({ dataset }) => dataset))];
  return names.map((dataset) => {
    const own = openings.filter((opening) => opening.dataset === dataset);
    return {
      dataset,
      openings: own.length,
      protocols: new Set(own.map((opening) => opening.protocol)).size,
      isFirst: own[0].protocol === protocol,
    };
  });
}

function changedReasons({ dataset, openings, protocols, isFirst }: OpenedDataset): readonly LampReason[] {
  if (protocols < 2 && isFirst) return [];
  const start = `the ${dataset} set was opened ${openings} times by ${protocols} protocols`;
  return isFirst
    ? [
        {
          code: "opened-again",
          colour: "amber",
          message: `${start}; this one was the first, so that its result stands; cite it and not a later one`,
        },
      ]
    : [
        {
          code: "protocol-changed-after-opening",
          colour: "red",
          message: `${start}, and this one came after another had seen its outcomes: what was changed in between was chosen with them; cite the first opening, or test on patients whom nobody has looked at`,
        },
      ];
}

function frozenReasons({ prospective }: AuditedLedger): readonly LampReason[] {
  if (prospective === null) return [];
  const { firstEnrolment, frozen } = prospective;
  if (frozen === null)
    return [
      {
        code: "not-frozen",
        colour: "red",
        message:
          "prospective patients need a model that was frozen before the first of them was enrolled; got none; what looks prospective may have been learned from",
      },
    ];
  if (firstEnrolment === null)
    return [
      {
        code: "enrolment-unknown",
        colour: "amber",
        message:
          "prospective patients need a date of enrolment, so that it can be compared with that of the model; got none; add the column",
      },
    ];
  return frozen < firstEnrolment
    ? []
    : [
        {
          code: "frozen-too-late",
          colour: "red",
          message:
            "prospective patients need a model that was frozen before the first of them was enrolled; got one that was frozen on that day or later; it may have been learned from them",
        },
      ];
}

function verdict(ledger: AuditedLedger | null, datasets: readonly OpenedDataset[]): string {
  if (ledger === null) return "The pipeline keeps no ledger.";
  if (datasets.length === 0) return "No outcomes were set apart, or none of them has been opened.";
  return datasets
    .map(
      ({ dataset, openings, protocols }) =>
        `The outcomes of the ${dataset} set were opened ${times(openings)}, by ${protocols === 1 ? "one protocol" : `${protocols} protocols`}.`,
    )
    .join(" ");
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
