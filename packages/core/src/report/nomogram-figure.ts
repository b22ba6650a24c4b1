import { nomogramOf } from "../calculator/nomogram.ts";
import { layoutNomogram, type PlacedLine, type PlacedTick } from "../calculator/nomogram-layout.ts";
import { effectAxes } from "../models/input-effects.ts";
import { type Drawing, rounded, toDrawing } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { escapeHtml } from "./html.ts";
import { INK, MUTED } from "./palette.ts";
import type { ReportModelEntry } from "./report-model.ts";
import { shorten } from "./shorten.ts";

/** With more axes than this a nomogram is a wall of lines, and the calculator serves better. */
const MOST_AXES = 24;
const PLAN = { width: 760, labelWidth: 210, characterWidth: 6.1 };

/** The nomogram of a model; null where it has no predictor or more than a page can hold. */
export function nomogramFigure({ name, fitted }: ReportModelEntry): ReportFigure | null {
  if (fitted.kind !== "logistic") return null;
  const axes = effectAxes(fitted);
  if (axes.length === 0 || axes.length > MOST_AXES) return null;
  const nomogram = nomogramOf(fitted);
  const scores = axes.filter(({ kind }) => kind === "score").length;
  const turning = nomogram.axes.some(({ branches }) => branches.length > 1);
  return {
    id: `nomogram-${name}`,
    title: `Nomogram of model ${name}`,
    caption: `For each predictor, read the points above its value; the risk stands below their total. Numbers reach from the least to the largest of the training patients.${turning ? " A line that turns back, because the risk first rises and then falls or the reverse, continues below itself." : ""}${scores > 0 ? " A score is the linear predictor of its block, drawn two standard deviations either way; the software computes it." : ""}${fitted.harmonisation === undefined ? "" : " Radiomic features are read after harmonisation."}`,
    panels: [{ name: "nomogram", drawing: drawNomogram(name, layoutNomogram(nomogram, PLAN)) }],
    data: {
      columns: ["axis", "value", "points"],
      rows: [
        ...nomogram.axes.flatMap(({ label, branches }) =>
          branches.flatMap(({ ticks }) => ticks.map(({ text, points }) => [label, text, points])),
        ),
        ...nomogram.risks
          .toSorted((a, b) => a.points - b.points)
          .map(({ text, points }) => ["risk, by total points", text, points]),
      ],
    },
  };
}

function drawNomogram(
  model: string,
  layout: { readonly width: number; readonly height: number; readonly lines: readonly PlacedLine[] },
): Drawing {
  const label = `Nomogram of model ${model}: ${layout.lines
    .map((line) => line.label)
    .filter((text) => text !== "")
    .join(", ")}`;
  return toDrawing(layout.lines.map(drawLine).join(""), {
    label,
    width: layout.width,
    height: layout.height,
  });
}

function drawLine({ label, detail, y, from, to, ticks }: PlacedLine, index: number): string {
  const stroke = index === 0 ? MUTED : INK;
  const longest = Math.floor((PLAN.labelWidth - 30) / 7);
  const title =
    label === ""
      ? ""
      : `<text x="8" y="${detail === "" ? y + 4 : y}" text-anchor="start" fill="${INK}" font-weight="600">${escapeHtml(shorten(label, longest))}</text>`;
  const note =
    detail === ""
      ? ""
      : `<text x="8" y="${label === "" ? y + 4 : y + 14}" text-anchor="start" fill="${MUTED}" font-size="11">${escapeHtml(shorten(detail, longest + 2))}</text>`;
  const line = `<path d="${rounded(`M${from},${y}H${to}`)}" stroke="${stroke}" stroke-width="1.4"/>`;
  return title + note + line + ticks.map((tick) => drawTick(tick, y, stroke)).join("");
}

function drawTick({ x, text, textX, textY }: PlacedTick, y: number, stroke: string): string {
  const isAbove = text !== "" && textY < y;
  const mark = `<path d="${rounded(`M${x},${y}v${isAbove ? -5 : 5}`)}" stroke="${stroke}"/>`;
  if (text === "") return mark;
  return `${mark}<text x="${rounded(String(textX))}" y="${rounded(String(textY))}" fill="${INK}" font-size="11">${escapeHtml(text)}</text>`;
}
