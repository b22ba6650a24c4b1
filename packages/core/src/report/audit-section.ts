import type { Lamp, StudyAudit } from "../study/audit/audit.ts";
import type { LampColour } from "../study/audit/lamp.ts";
import { auditIncrementFigure } from "./audit-increment-figure.ts";
import { auditPermutationFigure } from "./audit-permutation-figure.ts";
import {
  availabilityTable,
  identityTable,
  incrementTable,
  ledgerTable,
  permutationTable,
  shortcutTable,
} from "./audit-tables.ts";
import type { DrawingDocument } from "./drawing.ts";
import { element, type Html } from "./html.ts";
import { createNumbering } from "./numbering.ts";
import { type PageSection, pageSection } from "./page-section.ts";

const COLOURS: Readonly<Record<LampColour, string>> = { green: "Green", amber: "Amber", red: "Red" };

const CONCLUSIONS: Readonly<Record<LampColour, string>> = {
  green: "All six lamps are green: nothing that an audit can see speaks against the results.",
  amber: "No lamp is red. What the amber ones say belongs into what is published of the results.",
  red: "A red lamp says that the results cannot stand as they are. Find its cause and run the study again.",
};

/**
 * The audit of a study as a section of its report. Its figures and tables are numbered apart from those of the report,
 * since an audit comes later than the run.
 *
 * @param audit Null: nobody asked for one yet.
 */
export function auditSection(audit: StudyAudit | null, document: DrawingDocument): PageSection {
  const content = audit === null ? [notAudited] : auditContent(audit, document);
  return { id: "audit", title: "Audit", content };
}

const notAudited = element`<p>
  This run has not been audited. <code>sentinode audit</code> learns everything again on permuted outcomes, and
  asks whether predictors, ledger, patients, shortcuts and plausibility speak against the results.
</p>
`;

function auditContent(audit: StudyAudit, document: DrawingDocument): readonly (Html | null)[] {
  const [permutations, availability, ledger, identities, shortcuts, plausibility] = audit.lamps;
  const numbering = createNumbering("A");
  return [
    element`<p>${CONCLUSIONS[audit.colour]}</p>
`,
    element`<ul class="lamps">
      ${audit.lamps.map(
        ({ name, title, colour, verdict }) =>
          element`<li class="${colour}">
            <a href="#audit-${name}"><span class="light">${COLOURS[colour]}</span> ${title}</a>
            ${verdict}
          </li>
`,
      )}
    </ul>
`,
    lampHeading(permutations),
    numbering.figure(auditPermutationFigure(permutations.evidence, document)),
    numbering.table(permutationTable(permutations.evidence)),
    lampHeading(availability),
    numbering.table(availabilityTable(availability.evidence)),
    lampHeading(ledger),
    numbering.table(ledgerTable(ledger.evidence)),
    lampHeading(identities),
    numbering.table(identityTable(identities.evidence)),
    lampHeading(shortcuts),
    numbering.table(shortcutTable(shortcuts.evidence)),
    lampHeading(plausibility),
    numbering.table(incrementTable(plausibility.evidence)),
    numbering.figure(auditIncrementFigure(plausibility.evidence, document)),
  ];
}

/** The question, and every reason why its lamp is not green. */
function lampHeading({ name, title, colour, reasons }: Lamp): Html {
  const items = reasons.map(
    (reason) =>
      element`<li class="${reason.colour}">
        <span class="severity">${COLOURS[reason.colour]}</span> ${reason.message} <code>${reason.code}</code>
      </li>
`,
  );
  return element`<h3 id="audit-${name}">${title}: ${COLOURS[colour].toLowerCase()}</h3>
    ${items.length === 0 ? null : element`<ul class="findings lamp">${items}</ul>`}
`;
}

/**
 * A report with another audit in it.
 *
 * @param report As {@link renderReport} gave it, with or without an audit.
 * @returns Null where the report has no place for one.
 */
export function withAudit(report: string, audit: StudyAudit, document: DrawingDocument): string | null {
  const start = report.indexOf('<section id="audit">');
  const end = report.indexOf("</section>", start);
  if (start < 0 || end < 0) return null;
  const { markup } = pageSection(auditSection(audit, document));
  return `${report.slice(0, start)}${markup}${report.slice(end + "</section>".length)}`;
}
