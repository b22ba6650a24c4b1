import { dataRows, fileLink, safeFileName, toCsv, type DataTable } from "./data-table.ts";
import type { Drawing } from "./drawing.ts";
import { element, trusted, type Html } from "./html.ts";

/** One drawing of a figure. */
export interface FigurePanel {
  /** Part of the file name under which the drawing can be saved. */
  readonly name: string;
  readonly drawing: Drawing;
}

/** A figure: drawings, what they show, and the numbers behind them. */
export interface ReportFigure {
  /** Anchor and file name, e.g. `roc-test`. */
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly panels: readonly FigurePanel[];
  readonly data: DataTable;
}

/**
 * A figure as markup, with its number, its data as a table, and links to both as files.
 *
 * @param number Of the figure, e.g. `1` or `A1`.
 */
export function renderFigure(figure: ReportFigure, number: string): Html {
  const { panels } = figure;
  const file = safeFileName(`figure-${number}-${figure.id}`);
  const drawings = panels.map((panel) => ({
    name: `${file}${panels.length > 1 ? `-${panel.name}` : ""}.svg`,
    mediaType: "image/svg+xml",
    content: panel.drawing.svg,
  }));
  const links = [
    fileLink(
      { name: `${file}.csv`, mediaType: "text/csv", content: toCsv(figure.data) },
      "Download data (CSV)",
    ),
    ...drawings.map((drawing, i) =>
      fileLink(drawing, panels.length > 1 ? `SVG: ${panels[i].name}` : "Download drawing (SVG)"),
    ),
  ];
  const label = `Data of Figure ${number}`;
  return element`<figure id="figure-${number}">
    <div class="${panels.length > 1 ? "panels" : "panel"}">
      ${panels.map((panel) => element`<div class="drawing">${trusted(panel.drawing.svg)}</div>`)}
    </div>
    <figcaption><strong>Figure ${number}. ${figure.title}.</strong> ${figure.caption}</figcaption>
    <details class="data">
      <summary>${label}</summary>
      <p class="files">${links}</p>
      ${dataRows(figure.data, label)}
    </details>
  </figure>
`;
}
