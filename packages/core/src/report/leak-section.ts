import type { LeakDemonstration } from "../study/leak-laboratory/leak-demonstration.ts";
import type { DrawingDocument } from "./drawing.ts";
import { formatCount, formatFixed } from "./format.ts";
import { element, type Html } from "./html.ts";
import { leakLamps } from "./leak-lamps.ts";
import { leakPermutationFigure, permutedModel } from "./leak-permutation-figure.ts";
import { fullModel, leakRocFigure } from "./leak-roc-figure.ts";
import type { Numbering } from "./numbering.ts";

/** One mistake: what was done, what it showed, what the audit says, how it is prevented, who measured it before. */
export function leakSection(leak: LeakDemonstration, numbering: Numbering, document: DrawingDocument): Html {
  return element`<section id="${leak.mode}">
    <h2>${leak.title}</h2>
    <p>${leak.why}</p>
    <div class="beside">
      ${steps("The mistake", "mistake", leak.wrong)}
      ${steps("The right way", "right", leak.right)}
    </div>
    <p>${finding(leak)}</p>
    ${numbering.figure(leakRocFigure(leak, document))}
    ${numbering.figure(leakPermutationFigure(leak, document))}
    <div class="scroll" role="region" tabindex="0" aria-label="Lamps of the audit">${leakLamps(leak)}</div>
    <h3>How Sentinode prevents it</h3>
    <p>${leak.prevention}</p>
    ${refusal(leak.refusal)}
    <h3>Who measured it before</h3>
    <ul>
      ${leak.published.map(({ finding: text, source }) => element`<li>${text} (${source})</li>`)}
    </ul>
  </section>
`;
}

function steps(title: string, kind: string, lines: readonly string[]): Html {
  return element`<div class="steps ${kind}">
    <h4>${title}</h4>
    <ol>
      ${lines.map((line) => element`<li><code>${line}</code></li>`)}
    </ol>
  </div>`;
}

function finding(leak: LeakDemonstration): string {
  const [honest, leaky] = [fullModel(leak.honest), fullModel(leak.leaky)];
  const auc = (value: number) => formatFixed(value, 3);
  return `Done rightly, model CAR has an AUC of ${auc(honest.test.value)} in the test set and of ${auc(honest.truth.value)} on ${formatCount(leak.freshPatients)} new patients. With the mistake it has ${auc(leaky.test.value)} in the test set and ${auc(leaky.truth.value)} on new patients. With permuted outcomes the analyses give ${auc(permutedModel(leak.honest).mean)} and ${auc(permutedModel(leak.leaky).mean)} on average.`;
}

function refusal(message: string | null): Html {
  return message === null
    ? element`<p>
      No message refuses it: a protocol has no place for such a step, or, as with a second look or an unbalanced design, only
      ledger and audit can tell.
    </p>`
    : element`<p>Asked to do it all the same, the ordinary pipeline stops with:</p>
        <p class="refusal">${message}</p>`;
}
