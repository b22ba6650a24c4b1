import type { Nomogram, NomogramAxis, NomogramBranch, NomogramTick } from "./nomogram.ts";

/** A tick with its text; `textY` is the base line of the text. */
export interface PlacedTick {
  readonly x: number;
  /** Empty where there is no room for it. */
  readonly text: string;
  readonly textX: number;
  readonly textY: number;
}

/** A line with ticks. */
export interface PlacedLine {
  readonly label: string;
  readonly detail: string;
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly PlacedTick[];
}

/** A nomogram in px, no text over another. */
export interface NomogramLayout {
  readonly width: number;
  readonly height: number;
  /** From top to bottom: points, predictors, total points, risk. */
  readonly lines: readonly PlacedLine[];
}

/** px of the texts beside and below the lines. */
export interface LayoutPlan {
  readonly width: number;
  readonly labelWidth: number;
  /** Of an average character of the ticks' font. */
  readonly characterWidth: number;
}

const RIGHT = 26;
const TOP = 30;
const BOTTOM = 14;
const LINE_GAP = 22;
const LANE = 13;
const LONGEST_LEVEL = 24;
/** Ticks nearer than this look like one. */
const LEAST_GAP = 5;

/**
 * Where the lines, ticks and texts of a nomogram stand. Texts of numbers give way where they would overlap; every level
 * keeps its text, in lanes below and above its line.
 */
export function layoutNomogram(nomogram: Nomogram, plan: LayoutPlan): NomogramLayout {
  const { labelWidth: left, width } = plan;
  const reach = width - left - RIGHT;
  const byPoints = (points: number) => left + (points / nomogram.maximum) * reach;
  const byTotal = (points: number) => left + (points / nomogram.totalMaximum) * reach;
  const lines: PlacedLine[] = [];
  let y = TOP;
  const add = (row: Row, place: (points: number) => number) => {
    const lanes = placeTexts(row, place, plan);
    y += lanes.above * LANE;
    lines.push(toLine(row, { y, place, lanes }));
    y += (lanes.below + 1) * LANE + LINE_GAP;
  };
  add(ruler("Points", nomogram.maximum), byPoints);
  for (const axis of nomogram.axes) for (const row of rowsOf(axis)) add(row, byPoints);
  add(ruler("Total points", nomogram.totalMaximum), byTotal);
  add({ ...ruler("Risk", nomogram.totalMaximum), ticks: nomogram.risks, ...endsOf(nomogram.risks) }, byTotal);
  return { width, height: y - LINE_GAP + BOTTOM, lines };
}

interface Row {
  readonly label: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
  /** In the order in which they claim their room. */
  readonly ticks: readonly NomogramTick[];
  /** Whether texts may give way. */
  readonly mayDrop: boolean;
}

function ruler(label: string, maximum: number): Row {
  // Steps of 1, 2 or 5 times a power of ten, ten or so of them.
  let step = 1;
  while (maximum / step > 12) step *= maximum / (step * 2) <= 12 ? 2 : maximum / (step * 5) <= 12 ? 5 : 10;
  const count = Math.floor(maximum / step + 1e-9);
  const ticks = Array.from({ length: count + 1 }, (_, k) => ({ text: String(k * step), points: k * step }));
  return { label, detail: "", from: 0, to: maximum, ticks, mayDrop: true };
}

function rowsOf(axis: NomogramAxis): readonly Row[] {
  const unit = axis.unit === null || axis.unit === "1" ? "" : axis.unit;
  const detail = axis.kind === "score" ? "linear predictor" : unit;
  return axis.branches.map((branch, k) => ({
    label: k === 0 ? axis.label : "",
    detail: k === 0 ? detail : "turning back",
    from: Math.min(branch.from, branch.to),
    to: Math.max(branch.from, branch.to),
    ticks: axis.kind === "levels" ? shortened(branch.ticks) : endsFirst(branch),
    mayDrop: axis.kind !== "levels",
  }));
}

/** The ticks of a numeric branch, its ends first, with true minus signs. */
function endsFirst({ ticks: given }: NomogramBranch): readonly NomogramTick[] {
  const ticks = given.map(({ text, points }) => ({ text: text.replace("-", "\u2212"), points }));
  return ticks.length < 3 ? ticks : [ticks[0], ticks[ticks.length - 1], ...ticks.slice(1, -1)];
}

function shortened(ticks: readonly NomogramTick[]): readonly NomogramTick[] {
  return ticks
    .map(({ text, points }) => ({
      text: text.length > LONGEST_LEVEL ? `${text.slice(0, LONGEST_LEVEL - 1)}…` : text,
      points,
    }))
    .sort((a, b) => a.points - b.points);
}

function endsOf(ticks: readonly NomogramTick[]): { readonly from: number; readonly to: number } {
  const points = ticks.map((tick) => tick.points);
  return ticks.length === 0 ? { from: 0, to: 0 } : { from: Math.min(...points), to: Math.max(...points) };
}

interface Lanes {
  /** Centre of each tick's text and its lane: 0, 1, … below the line, -1, -2, … above; null where it gives way. */
  readonly texts: readonly ({ readonly x: number; readonly lane: number } | null)[];
  readonly above: number;
  readonly below: number;
}

function placeTexts(row: Row, place: (points: number) => number, plan: LayoutPlan): Lanes {
  const lanes = new Map<number, { readonly from: number; readonly to: number }[]>();
  const texts = row.ticks.map(({ text, points }, k) => {
    const half = (text.length * plan.characterWidth) / 2;
    const x = Math.min(plan.width - 4 - half, Math.max(plan.labelWidth - 8 + half - 12, place(points)));
    const span = { from: x - half - 4, to: x + half + 4 };
    for (const lane of row.mayDrop ? numberLanes(k) : laneOrder(row.ticks.length)) {
      const taken = lanes.get(lane) ?? [];
      if (taken.some(({ from, to }) => span.from < to && from < span.to)) continue;
      lanes.set(lane, [...taken, span]);
      return { x, lane };
    }
    return null;
  });
  const used = [...lanes.keys()];
  return { texts, above: Math.max(0, ...used.map((lane) => -lane)), below: Math.max(0, ...used) };
}

/** Below; the far end of a short line, which is the second to claim its room, may stand above. */
function numberLanes(claim: number): readonly number[] {
  return claim === 1 ? [0, -1] : [0];
}

/** Below, above, further below, further above, …, a lane for every text. */
function laneOrder(count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => (k % 2 === 0 ? k / 2 : -(k + 1) / 2));
}

function toLine(
  { label, detail, from, to, ticks }: Row,
  at: { readonly y: number; readonly place: (points: number) => number; readonly lanes: Lanes },
): PlacedLine {
  return {
    label,
    detail,
    y: at.y,
    from: at.place(from),
    to: at.place(to),
    ticks: withoutCrowd(
      ticks.map(({ text, points }, k) => {
        const placed = at.lanes.texts[k];
        const x = at.place(points);
        if (placed === null) return { x, text: "", textX: x, textY: at.y };
        const textY = placed.lane >= 0 ? at.y + 17 + placed.lane * LANE : at.y + 5 + placed.lane * LANE;
        return { x, text, textX: placed.x, textY };
      }),
    ),
  };
}

/** Ticks without those that have no text and stand too near another to be told apart. */
function withoutCrowd(ticks: readonly PlacedTick[]): readonly PlacedTick[] {
  const kept = ticks.filter(({ text }) => text !== "");
  for (const tick of ticks)
    if (tick.text === "" && kept.every(({ x }) => Math.abs(x - tick.x) >= LEAST_GAP)) kept.push(tick);
  return kept;
}
