import { openingFindings, openingWords, type PartOpenings } from "../study/openings.ts";
import { element, type Html } from "./html.ts";
import type { Numbering } from "./numbering.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";

/** How often the outcomes set apart were looked at, and by which protocols; nothing where none was opened. */
export function openingsSection(
  parts: readonly PartOpenings[],
  numbering: Numbering,
): readonly (Html | null)[] {
  if (parts.length === 0) return [];
  return [
    element`<p>
      The outcomes of patients set apart are sealed when the split is made and opened by the evaluation
      alone; each opening is a line of a ledger whose lines are chained by their hashes. So far
      ${parts.map(openingWords).join("; ")}.
    </p>
`,
    ...openingFindings(parts).map(
      ({ message }) => element`<p><strong>Changed after an opening:</strong> ${message}.</p>
`,
    ),
    numbering.table(openingsTable(parts)),
  ];
}

function openingsTable(parts: readonly PartOpenings[]): PrintedTable {
  return {
    id: "openings",
    title: "Openings of sealed outcomes",
    columns: ["Opening", "Ledger line", "For", "Protocol", "Models"],
    rows: parts.flatMap(({ dataset, openings }): PrintedRow[] => [
      { kind: "heading", cells: [`The ${dataset} set`] },
      ...openings.map(({ line, purpose, protocolHash, models }, index): PrintedRow => {
        const mark = protocolHash === openings[0].protocolHash ? "" : " (changed)";
        const judged = models.map(({ name, hash }) => `${name} ${short(hash)}`).join(", ");
        return {
          kind: "row",
          cells: [
            String(index + 1),
            String(line),
            purpose,
            `${short(protocolHash)}${mark}`,
            judged === "" ? "none yet" : judged,
          ],
        };
      }),
    ]),
    note: "Hashes by their first eight digits. A protocol that differs from that of the first opening is marked: what was decided after an opening may follow what was seen.",
  };
}

function short(hash: string): string {
  return hash.replace(/^sha256:/, "").slice(0, 8);
}
