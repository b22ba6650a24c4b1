import type { LeakDemonstration } from "../study/leak-laboratory/leak-demonstration.ts";
import type { DrawingDocument } from "./drawing.ts";
import { formatCount, formatFixed } from "./format.ts";
import { element, type Html, trusted } from "./html.ts";
import { permutedModel } from "./leak-permutation-figure.ts";
import { fullModel } from "./leak-roc-figure.ts";
import { leakSection } from "./leak-section.ts";
import { LEAK_STYLESHEET } from "./leak-stylesheet.ts";
import { createNumbering } from "./numbering.ts";
import { STYLESHEET } from "./stylesheet.ts";
import type { PrintedTable } from "./table.ts";
import { counted, listed } from "./words.ts";

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The leak laboratory's page: every mistake beside the right way, with what the audit says of both.
 *
 * @param leaks At least one, of one cohort.
 * @param software Name and version for the page's foot.
 * @returns A complete HTML document without script or external file; equal demonstrations give equal bytes.
 */
export function renderLeakPage(
  leaks: readonly LeakDemonstration[],
  software: string,
  document: DrawingDocument,
): string {
  const numbering = createNumbering();
  const page = element`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${software}" />
        <title>[Simulated data] Leak laboratory</title>
        <style>
          ${trusted(STYLESHEET)}${trusted(LEAK_STYLESHEET)}
        </style>
      </head>
      <body>
        <p class="banner simulated" role="note">SIMULATED DATA: no patient on this page exists</p>
        <p class="banner" role="note">Deliberate mistakes: for teaching, never a way to analyse</p>
        ${heading(leaks)}
        <main>
          ${leaks.length > 1 ? numbering.table(overview(leaks)) : null}
          ${leaks.map((leak) => leakSection(leak, numbering, document))}
        </main>
        <footer>${software}. Research use only; not a medical device. Simulated data.</footer>
      </body>
    </html>
`;
  return page.markup;
}

function heading(leaks: readonly LeakDemonstration[]): Html {
  const [{ patients, seed, permutations }] = leaks;
  return element`<header class="title">
      <p class="kicker">Sentinode's leak laboratory</p>
      <h1>${leaks.length === 1 ? leaks[0].title : `How a model gets an AUC that it does not have: ${counted(leaks.length, "mistake")}`}</h1>
      <p>
        The same ${formatCount(patients)} simulated patients (seed ${seed}) are analysed twice: rightly, and with one
        deliberate mistake. The radiomic features carry no information on the outcome, unless they are measured on
        simulated frames, so that what they add is the mistake's work. Since the patients are simulated, the truth is at
        hand: the same models on new patients. Both analyses are audited with ${permutations} permutations, by the code of
        <code>sentinode audit</code>.
      </p>
    </header>
    ${
      leaks.length === 1
        ? null
        : element`<nav aria-label="Mistakes">
            <ol>
              ${leaks.map(({ mode, title }) => element`<li><a href="#${mode}">${title}</a></li>`)}
            </ol>
          </nav>`
    }
`;
}

function overview(leaks: readonly LeakDemonstration[]): PrintedTable {
  const auc = (value: number) => formatFixed(value, 3);
  return {
    id: "overview",
    title: "All mistakes",
    note: "AUC of model CAR. Test: on what the analysis calls its test set. True: on new simulated patients. Permuted: mean with permuted outcomes, 0.50 for an analysis without a leak. Caught by: red lamps of the audit of the analysis with the mistake.",
    columns: [
      "Mistake",
      "Right: test",
      "Right: true",
      "Wrong: test",
      "Wrong: true",
      "Wrong: permuted",
      "Caught by",
    ],
    words: [6],
    rows: leaks.map((leak) => {
      const [honest, leaky] = [fullModel(leak.honest), fullModel(leak.leaky)];
      return {
        kind: "row",
        cells: [
          leak.title,
          auc(honest.test.value),
          auc(honest.truth.value),
          auc(leaky.test.value),
          auc(leaky.truth.value),
          auc(permutedModel(leak.leaky).mean),
          leak.caughtBy.length === 0 ? "nothing" : listed(leak.caughtBy),
        ],
      };
    }),
  };
}
