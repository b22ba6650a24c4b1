import type { CohortFlow, FlowPart } from "../cohort/cohort-flow.ts";
import { toDrawing, type Drawing } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatCount, formatShare } from "./format.ts";
import { escapeHtml } from "./html.ts";
import { INK, MUTED } from "./palette.ts";
import { wrapped } from "./shorten.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly string[];
  readonly align: "middle" | "start";
}

const WIDTH = 680;
const LINE = 17;
const PADDING = 10;
const GAP = 26;

/** How patients came into the analysis: assessed, excluded by reason, analysed, by part. */
export function flowFigure(flow: CohortFlow, outcomeLabel: string): ReportFigure {
  return {
    id: "flow",
    title: "Flow of patients",
    caption: `Patients assessed, excluded and analysed; events are patients with ${outcomeLabel}. A patient counts for the first reason that applies.`,
    panels: [{ name: "flow", drawing: flowDrawing(flow) }],
    data: {
      columns: ["step", "patients", "events"],
      rows: [
        ["assessed", flow.assessed, null],
        ...flow.excluded.map(({ reason, patients }) => [`excluded: ${reason}`, patients, null]),
        ["analysed", flow.analysed, flow.events],
        ...flow.parts.map(({ part, patients, events }) => [part, patients, events]),
      ],
    },
  };
}

function flowDrawing(flow: CohortFlow): Drawing {
  const excluded = flow.excluded.filter(({ patients }) => patients > 0);
  const total = excluded.reduce((sum, { patients }) => sum + patients, 0);
  const reasons = excluded.flatMap(({ reason, patients }) =>
    wrapped(`${reason} (n = ${formatCount(patients)})`, 42).map((text, i) =>
      i === 0 ? `\u2022 ${text}` : `   ${text}`,
    ),
  );
  const assessed = box(60, 8, 250, [`Assessed`, `n = ${formatCount(flow.assessed)}`]);
  const aside: Box | null =
    total === 0
      ? null
      : {
          x: 350,
          y: bottom(assessed) + 12,
          width: 322,
          align: "start",
          lines: [`Excluded, n = ${formatCount(total)}`, ...reasons],
        };
  const analysed = box(60, (aside === null ? bottom(assessed) : bottom(aside) - 12) + GAP, 250, [
    "Analysed",
    `n = ${formatCount(flow.analysed)}`,
    `with the event ${formatShare(flow.events, flow.analysed)}`,
  ]);
  const parts = flow.parts.length > 1 ? partBoxes(flow.parts, bottom(analysed) + 2 * GAP) : [];
  const boxes = [assessed, ...(aside === null ? [] : [aside]), analysed, ...parts];
  const lines = [
    arrow(centre(assessed), bottom(assessed), analysed.y),
    ...(aside === null ? [] : [branch(assessed, aside)]),
    ...fan(analysed, parts),
  ];
  const height = Math.max(...boxes.map(bottom)) + 8;
  const label = `Flow diagram: ${formatCount(flow.assessed)} assessed, ${formatCount(total)} excluded, ${formatCount(flow.analysed)} analysed, ${formatCount(flow.events)} with the event`;
  return toDrawing(lines.join("") + boxes.map(drawBox).join(""), { label, width: WIDTH, height });
}

function partBoxes(parts: readonly FlowPart[], y: number): readonly Box[] {
  const width = Math.min(206, (WIDTH - 16 - 18 * (parts.length - 1)) / parts.length);
  const first = Math.max(8, 185 - (parts.length * (width + 18) - 18) / 2);
  return parts.map(({ part, patients, events }, i) =>
    box(first + i * (width + 18), y, width, [
      `${part.slice(0, 1).toUpperCase()}${part.slice(1)} set`,
      `n = ${formatCount(patients)}`,
      `with the event ${formatShare(events, patients)}`,
    ]),
  );
}

function box(x: number, y: number, width: number, lines: readonly string[]): Box {
  return { x, y, width, lines, align: "middle" };
}

function bottom({ y, lines }: Box): number {
  return y + lines.length * LINE + 2 * PADDING - 4;
}

function centre({ x, width }: Box): number {
  return x + width / 2;
}

function drawBox(shape: Box): string {
  const { x, y, width, lines, align } = shape;
  const at = align === "middle" ? centre(shape) : x + PADDING;
  const texts = lines.map((text, i) => {
    const weight = i === 0 ? ' font-weight="600"' : "";
    // Spaces that indent a wrapped reason would collapse; a shift does not.
    const shift = text.startsWith("   ") ? 9 : 0;
    return `<text x="${at + shift}" y="${y + PADDING + 11 + i * LINE}" text-anchor="${align}" fill="${INK}"${weight}>${escapeHtml(text.trim())}</text>`;
  });
  return `<rect x="${x}" y="${y}" width="${width}" height="${bottom(shape) - y}" rx="4" fill="#ffffff" stroke="${MUTED}"/>${texts.join("")}`;
}

function arrow(x: number, from: number, to: number): string {
  return `<path d="M${x},${from}V${to - 5}" fill="none" stroke="${MUTED}"/><path d="M${x - 4},${to - 7}L${x},${to}L${x + 4},${to - 7}Z" fill="${MUTED}"/>`;
}

function branch(from: Box, to: Box): string {
  const y = to.y + (bottom(to) - to.y) / 2;
  return `<path d="M${centre(from)},${y}H${to.x - 5}" fill="none" stroke="${MUTED}"/><path d="M${to.x - 7},${y - 4}L${to.x},${y}L${to.x - 7},${y + 4}Z" fill="${MUTED}"/>`;
}

/** A vertical line that splits into one arrow per part. */
function fan(from: Box, parts: readonly Box[]): readonly string[] {
  if (parts.length === 0) return [];
  const middle = bottom(from) + GAP;
  const ends = parts.map(centre);
  const bar = `<path d="M${centre(from)},${bottom(from)}V${middle}M${Math.min(centre(from), ...ends)},${middle}H${Math.max(centre(from), ...ends)}" fill="none" stroke="${MUTED}"/>`;
  return [bar, ...parts.map((part) => arrow(centre(part), middle, part.y))];
}
