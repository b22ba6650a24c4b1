import { auditSection } from "./audit-section.ts";
import { comparisonTable } from "./comparison-table.ts";
import { calibrationFigure } from "./calibration-figure.ts";
import { type EvaluationGroup, evaluationGroups } from "./dataset-name.ts";
import { decisionFigure } from "./decision-figure.ts";
import type { DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { findingsList } from "./findings-list.ts";
import { element, type Html, trusted } from "./html.ts";
import { imputationSection } from "./imputation-section.ts";
import { limitationSentences } from "./limitations.ts";
import { modelSection } from "./model-section.ts";
import { createNumbering, type Numbering } from "./numbering.ts";
import { openingsSection } from "./openings-section.ts";
import { type PageSection, pageSection } from "./page-section.ts";
import { participantsSection } from "./participants-section.ts";
import { performanceTable } from "./performance-table.ts";
import { probabilityFigure } from "./probability-figure.ts";
import type { ReportFact, ReportModel } from "./report-model.ts";
import { reproducibilitySection } from "./reproducibility-section.ts";
import { rocFigure } from "./roc-figure.ts";
import { STYLESHEET } from "./stylesheet.ts";
import { subgroupFigure } from "./subgroup-figure.ts";
import { subgroupTable } from "./subgroup-table.ts";
import { summarySentences } from "./summary.ts";
import { thresholdTable } from "./threshold-table.ts";

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report of a study as one page: no script, no network, no external file, every figure with its data.
 *
 * @param model What the run found. Texts in it are shown as they are, whatever they contain.
 * @param document Where drawings are made: a browser's document, or linkedom's.
 * @returns A complete HTML document; equal models give equal bytes.
 */
export function renderReport(model: ReportModel, document: DrawingDocument): string {
  const numbering = createNumbering();
  const sections = [
    section("participants", "Participants", participantsSection(model, numbering)),
    methods(model),
    ...results(model, numbering, document),
    ...openings(model, numbering),
    ...(model.audit === undefined ? [] : [auditSection(model.audit, document)]),
    findings(model),
    limitations(model),
    information(model),
  ];
  const { study } = model;
  const page = element`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${study.software}" />
        <title>${study.simulated ? "[Simulated data] " : ""}${study.name}</title>
        <style>
          ${trusted(STYLESHEET)}
        </style>
      </head>
      <body>
        ${study.simulated ? element`<p class="banner simulated" role="note">SIMULATED DATA: no patient in this report exists</p>` : null}
        <p class="banner" role="note">Research use only; not a medical device</p>
        ${titlePage(model, sections)}
        <main>
          ${sections.map(
            (own) =>
              element`${pageSection(own)}
`,
          )}
        </main>
        <footer>
          ${study.software}. Research use only; not a medical
          device.${study.simulated ? " Simulated data." : null}
        </footer>
      </body>
    </html>
`;
  return page.markup;
}

function titlePage(model: ReportModel, sections: readonly PageSection[]): Html {
  const { study } = model;
  return element`<header class="title">
      <p class="kicker">Development and validation of prediction models of ${study.outcomeLabel}</p>
      <h1>${study.name}</h1>
      ${study.description === "" ? null : element`<p>${study.description}</p>`}
      <section class="summary" aria-labelledby="found">
        <h2 id="found">What this study found</h2>
        <ul>
          ${summarySentences(model).map(
            (sentence) => element`<li>${sentence}</li>
`,
          )}
        </ul>
      </section>
    </header>
    <nav aria-label="Sections">
      <ol>
        ${sections.map(({ id, title }) => element`<li><a href="#${id}">${title}</a></li>`)}
      </ol>
    </nav>
`;
}

function methods({ methods: paragraphs }: ReportModel): PageSection {
  return {
    id: "methods",
    title: "Methods",
    content: paragraphs.map(
      (paragraph) => element`<p>${paragraph}</p>
`,
    ),
  };
}

function results(
  model: ReportModel,
  numbering: Numbering,
  document: DrawingDocument,
): readonly PageSection[] {
  const groups = evaluationGroups(model);
  const figures = (
    make: (own: ReportModel, group: EvaluationGroup, drawn: DrawingDocument) => ReportFigure | null,
  ) => groups.map((group) => numbering.figure(make(model, group, document)));
  const { reproducibility = null, imputation = null } = model;
  return [
    section(
      "reproducibility",
      "Results: reproducibility of the features",
      reproducibility === null ? [] : reproducibilitySection(reproducibility, numbering, document),
    ),
    section("imputation", "Results: missing values", imputationSection(imputation, numbering, document)),
    section("discrimination", "Results: discrimination", [
      numbering.table(performanceTable(model)),
      pair(figures(rocFigure)),
      numbering.table(comparisonTable(model)),
    ]),
    section("calibration", "Results: calibration", [
      ...figures(calibrationFigure),
      ...figures(probabilityFigure),
    ]),
    section("usefulness", "Results: clinical usefulness", [
      pair(figures(decisionFigure)),
      numbering.table(thresholdTable(model)),
    ]),
    section("subgroups", "Results: subgroups", [
      ...figures(subgroupFigure),
      numbering.table(subgroupTable(model)),
    ]),
    section("models", "Results: the models", modelSection(model, numbering, document)),
  ].filter(({ content }) => content.some((part) => part !== null));
}

function openings({ openings: parts = [] }: ReportModel, numbering: Numbering): readonly PageSection[] {
  const content = openingsSection(parts, numbering);
  return content.length === 0 ? [] : [section("openings", "Openings of the sealed outcomes", content)];
}

function section(id: string, title: string, content: PageSection["content"]): PageSection {
  return { id, title, content };
}

/** Figures of equal shape beside each other where there is room. */
function pair(figures: readonly (Html | null)[]): Html | null {
  return figures.every((figure) => figure === null)
    ? null
    : element`<div class="pair">${figures}</div>
`;
}

function findings({ findings: noted }: ReportModel): PageSection {
  return { id: "findings", title: "Findings of the run", content: [findingsList(noted)] };
}

function limitations(model: ReportModel): PageSection {
  const items = limitationSentences(model).map(
    (sentence) => element`<li>${sentence}</li>
`,
  );
  return {
    id: "limitations",
    title: "Limitations",
    content: [
      element`<ul>
        ${items}
      </ul>
`,
    ],
  };
}

function information({ study, versions, hashes }: ReportModel): PageSection {
  const facts: readonly ReportFact[] = [
    { name: "Software", value: study.software },
    { name: "Seed", value: String(study.seed) },
    { name: "Protocol", value: study.protocolHash },
  ];
  return {
    id: "information",
    title: "Other information",
    content: [
      element`<h3>Reproducibility</h3>
        ${factList(facts)}`,
      versions.length === 0
        ? null
        : element`<h3>Versions</h3>
            ${factList(versions)}`,
      hashes.length === 0
        ? null
        : element`<h3>Hashes of inputs and results</h3>
            ${factList(hashes)}`,
      element`<p>
        The order of this report follows TRIPOD+AI (BMJ 2024;385:e078378). What a run cannot know stays with
        its authors: setting, ethics, funding, interests, registration and the involvement of patients.
      </p>
`,
    ],
  };
}

function factList(facts: readonly ReportFact[]): Html {
  return element`<dl class="facts">
    ${facts.map(
      ({ name, value }) =>
        element`<dt>${name}</dt>
          <dd>${value}</dd>
`,
    )}
  </dl>
`;
}
