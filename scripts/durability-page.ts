/** The page of what the rigs of crashes found, docs/durability.md. */
import type { Figure } from "../e2e/nothing-lost/extent.ts";

/** Rigs in the order of the page. */
const order = ["kill -9", "kill -9 at a call", "failing call", "full disk", "power cut", "flipped bit"];

const head = "| rig | what is disturbed | points | found |\n| --- | --- | --: | --- |\n";

/** The rows of a page, as figures. */
export function figuresOfPage(text: string): readonly Figure[] {
  return text.split("\n").flatMap((line) => {
    const [, rig, what, points, result] = line.split(/ *(?<!\\)\| */);
    return order.includes(rig) ? [{ rig, what, points: Number(points), result }] : [];
  });
}

/** Figures as a run of the rigs printed them, one JSON document a line, in place of those known of the same rigs. */
export function mergedFigures(known: readonly Figure[], found: string): readonly Figure[] {
  const fresh = found
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Figure);
  // A rig's rows differ by the first word of what is disturbed.
  const keyOf = ({ rig, what }: Figure) => `${rig} ${what.split(/[ :]/, 3).join(" ")}`;
  const renewed = new Set(fresh.map(keyOf));
  return [...known.filter((figure) => !renewed.has(keyOf(figure))), ...fresh].sort(
    (a, b) => order.indexOf(a.rig) - order.indexOf(b.rig) || (a.what < b.what ? -1 : 1),
  );
}

/** @param figures One a row. */
export function durabilityPage(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ rig, what, points, result }) => `| ${rig} | ${what} | ${points} | ${result} |\n`,
  );
  return `# Durability

What a run has confirmed, by a line of progress, by a line of its ledger, by a file under its final name, survives a kill, a
full or failing disk and a power cut; the same command goes on from there, to the same bytes. "The same bytes" compares every
file of the folder, but for times and durations in \`run.json\` and the ledger, and the places of entries in the state.

${head}${rows.join("")}
Printed by \`npm run test:long\` (root, strace and loop mounts are needed). The full form tries 100 kills at random, 50 power cuts,
40 disks, 1,000 flipped bits, every call that changes files and 30 failures of each kind; \`SENTINODE_EXTENT=0.2\` tries that share
of them, and the column of points says how many were tried for this page. \`npm run test:e2e\` tries a few of each. Rigs:
\`e2e/nothing-lost/\`.

How it is done:

- Each finished piece of work is one transaction of a SQLite database (\`.work/state.sqlite\`, write-ahead log,
  \`synchronous=FULL\`) with a checksum; progress is reported after the commit. A damaged entry is named, left out and computed
  anew.
- Files are written beside their final place, synchronised, renamed, and the folder is synchronised; \`results.json\` is removed
  first and written last, both durably. A failed \`fsync\` is never repeated on the same file.
- A line of the ledger is announced in the state, appended and synchronised, and then confirmed beside the ledger
  (\`ledger.anchor.json\`). A line torn by a power cut was announced and never confirmed: it is cut off, with a warning. Any other
  change, a cut end too, is refused and the first changed line named.
- Errors of the disk end a command with exit code 2: what, where, how much space is needed and free. Before it starts, a run warns
  where less than 1.2 times its estimated need is free.
`;
}
