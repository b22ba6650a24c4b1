/**
 * What `sentinode audit` says of finished runs: `npm run bench:audit -- RUN...`, each of which was audited before. Prints
 * one block a run and writes docs/audit.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StudyAudit } from "@sentinode/core";

const root = resolve(import.meta.dirname, "..");
const text = (run: string, name: string) => readFileSync(join(run, name), "utf8");
const three = (value: number | null) => (value === null ? "n/a" : value.toFixed(3));
const interval = (auc: { auc: number; lower: number | null; upper: number | null }) =>
  `${three(auc.auc)} (${three(auc.lower)} to ${three(auc.upper)})`;

/** Cells of a table; a bar would end one. */
const row = (...cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

function costOf(run: string): string {
  const lines = text(run, "ledger.jsonl").trimEnd().split("\n");
  const entries = lines.map(
    (line) => JSON.parse(line) as { event: string; details: Record<string, unknown> },
  );
  const details = entries.findLast(({ event }) => event === "audit completed")?.details;
  if (details === undefined) throw new Error(`${run} has not been audited`);
  return `${String(details["seconds"])} s by the clock with ${String(details["jobs"])} workers, ${String(details["processorSeconds"])} s of processors`;
}

function block(run: string): string {
  const audit = JSON.parse(text(run, "audit.json")) as StudyAudit;
  const results = JSON.parse(text(run, "results.json")) as {
    study: { name: string };
    cohort: { patients: number; events: number };
  };
  const [permutations, , , , shortcuts, plausibility] = audit.lamps;
  return [
    `## ${results.study.name}`,
    "",
    `${results.cohort.patients} patients, ${results.cohort.events} events; ${permutations.evidence.permutations} permutations: ${costOf(run)}.`,
    "",
    row("lamp", "colour", "what it found"),
    row("---", "---", "---"),
    ...audit.lamps.map(({ title, colour, verdict }) => row(title, colour, verdict)),
    "",
    row("model", "AUC", "permuted: mean (95% interval)", "SD", "95th percentile", "P"),
    row("---", "---", "---", "---", "---", "---"),
    ...permutations.evidence.models.map((model) =>
      row(
        model.model,
        three(model.honest),
        interval({ auc: model.mean, lower: model.lower, upper: model.upper }),
        three(model.standardDeviation),
        three(model.percentile95),
        three(model.pValue),
      ),
    ),
    "",
    ...(shortcuts.evidence.models.length === 0
      ? []
      : [
          row("columns of", "AUC (95% interval)", "compared with", "its AUC"),
          row("---", "---", "---", "---"),
          ...shortcuts.evidence.models.map((model) =>
            row(
              model.name,
              interval(model),
              model.reference?.name ?? "",
              three(model.reference?.auc ?? null),
            ),
          ),
          "",
        ]),
    ...(plausibility.evidence.increments.length === 0
      ? []
      : [
          row("images added to", "difference", "needs alone", "if correlated 0.3", "has alone, out of fold"),
          row("---", "---", "---", "---", "---"),
          ...plausibility.evidence.increments.map((one) =>
            row(
              `${one.smaller}, giving ${one.larger}`,
              three(one.difference),
              three(one.needed),
              three(one.neededCorrelated),
              plausibility.evidence.imagesAlone === null ? "" : interval(plausibility.evidence.imagesAlone),
            ),
          ),
          "",
        ]),
  ].join("\n");
}

const runs = process.argv.slice(2).map((run) => resolve(run));
if (runs.length === 0) throw new Error("name the folders of audited runs");
const blocks = runs.map(block);
for (const one of blocks) console.log(one);

const page = `# The audit of a run

\`sentinode audit RUN\` asks a finished run six questions, writes \`RUN/audit.json\` (schema \`sentinode/audit@1\`, no times, no
paths), a section of \`RUN/report.html\` and a line of the ledger. It ends with 2 where a lamp is red.

| lamp | what is done | amber | red |
| --- | --- | --- | --- |
| Permuted outcomes | The outcomes of the cross-validated patients are dealt anew, 200 times (\`--permutations\`), and everything that is learned is learned again in one cross-validation each: imputation, harmonisation, selection, scores, tuning, regressions. Sealed patients stay sealed. | The AUC is not above the 95th percentile of its permutations: the model is uninformative. | The mean AUC lies outside 0.47 to 0.53, and chance explains that in fewer than one of a thousand audits. |
| Predictors | When each column is known against the time of the decision; what its name says (nodes of the dissection, pN, stage, treatment given, recurrence, survival, in English, German and Chinese); what it predicts alone. | One of these was acknowledged in the protocol (\`acknowledged: reason\`). | A used column is known after the decision, has a forbidden name, or has an AUC above 0.90 alone. |
| Ledger | Openings of outcomes that were set apart, and which protocol opened them first; whether models were there before the first prospective patient. | Another protocol opened the set after this one; dates are missing. | This protocol came after another had opened the set; no model was frozen in time. |
| Patients | Ids, near-duplicate images and equal rows across parts and folds; artefacts judged on patients they learned from; rows without a patient; shares of events against the cohort (exact binomial test). | Pairs that look like one patient on one side of a line; another share of events where the split was not random. | Anybody on both sides of a line; synthetic rows; a share of events that a random split does not give (P < 0.001). |
| Shortcuts | Ridge regressions of metadata (size of a pixel and of the frame, bits, scanner, dates, order of the table), of which values are missing, of the frame outside the lesion's enlarged box (corners, borders, near and far field, text and calipers), and of the centre; DeLong's intervals. | The lower limit is above 0.5. | The lower limit is above 0.55 and the AUC is not below that of what it is compared with: the images alone for metadata and background, the best model for the others. |
| Plausibility | AUC of each model in the test set; what images add to nested models, and the AUC that they need alone for it: d' = √2 Φ⁻¹(AUC), independent and with a correlation of 0.3 within an outcome. | An AUC above 0.95; an increment above 0.05. | An increment above 0.05 of which even the lower limit needs more than the upper limit of what images have alone, out of fold. |

Why the AUC is the mean over folds: where nothing can be learned, the AUC of all folds together lies below 0.5, since a
fold with more events leaves fewer of them to its training patients. Within a fold permuted outcomes are exchangeable, so
that 0.5 is exact.

What permutation cannot see: a column that says the outcome (it says nothing of a permuted one), a centre that is the
outcome, a protocol that was changed after a look. That is what the other lamps are for. Scaling and harmonisation of all
patients together hardly change an AUC: they are seen since each artefact says from whom it was learned.

Known limits: the equations for d' hold for normal scores of equal variance; a suppressor can add more than they say. A
background may carry biology, such as the density of the breast or the shadow of the lesion, so that amber there is a
question and not a verdict. The order of the table is a column of the metadata: a table in another order is another
question.

The figures below were printed by \`npm run bench:audit -- RUN...\` after \`sentinode run\` and \`sentinode audit\` of the
studies named.

${blocks.join("\n")}`;
writeFileSync(join(root, "docs/audit.md"), page.replaceAll(root, "."));
