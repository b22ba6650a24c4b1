import { plot, type PlotOptions } from "@observablehq/plot";
import { NumericalError } from "../errors.ts";
import { escapeHtml } from "./html.ts";

/** The part of a document that drawing needs; a browser's own and linkedom's have it. */
export interface DrawingDocument {
  readonly documentElement: object;
  createElementNS(namespace: string, name: string): object;
}

/** A drawing as text: an `svg` element that stands alone. */
export interface Drawing {
  readonly svg: string;
}

/** What a person who cannot see the drawing is told, and its size in px. */
export interface DrawingFrame {
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

interface DrawnNode {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<DrawnNode>;
  readonly localName?: string;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const ELEMENT = 1;
const TEXT = 3;
const COORDINATES = new Set("d x y x1 x2 y1 y2 dx dy cx cy r rx ry width height points transform".split(" "));
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/**
 * A plot as text: the same bytes from every document, coordinates to a hundredth of a px.
 *
 * @param options Marks and scales of Observable Plot; without legends, since these would need more than one element.
 * @param document Where the elements are made; nothing stays in it.
 */
export function drawPlot(options: PlotOptions, frame: DrawingFrame, document: DrawingDocument): Drawing {
  const size = { width: frame.width, height: frame.height };
  // Plot's types name the Document of the DOM, which core does not know.
  const drawn = plot({ ...options, ...size, ...({ document } as object) }) as unknown as DrawnNode;
  if (drawn.localName !== "svg")
    throw new NumericalError("a drawing needs one svg element; got another; draw legends as marks");
  return toDrawing(Array.from(drawn.childNodes, serialise).join(""), frame);
}

/**
 * A drawing around elements that are text already.
 *
 * @param content Elements of SVG, every text in them escaped.
 */
export function toDrawing(content: string, frame: DrawingFrame): Drawing {
  const { width, height } = frame;
  const label = escapeHtml(frame.label);
  return {
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
      ` fill="currentColor" color="#1b1f24" font-family="${FONT}" font-size="12" text-anchor="middle">` +
      `<title>${label}</title><rect width="${width}" height="${height}" fill="#ffffff"/>${content}</svg>`,
  };
}

function serialise(node: DrawnNode): string {
  if (node.nodeType === TEXT) return escapeHtml(node.nodeValue ?? "");
  // Plot's style sheet only sizes the element on the page, which is the page's business.
  if (node.nodeType !== ELEMENT || node.localName === undefined || node.localName === "style") return "";
  const attributes = Array.from(node.attributes ?? [])
    .filter(({ name }) => !name.startsWith("aria-"))
    .map(({ name, value }) => ` ${name}="${escapeHtml(COORDINATES.has(name) ? rounded(value) : value)}"`);
  const children = Array.from(node.childNodes, serialise).join("");
  const start = `<${node.localName}${attributes.join("")}`;
  return children === "" ? `${start}/>` : `${start}>${children}</${node.localName}>`;
}

/**
 * Every number of an attribute to two decimals.
 *
 * @example rounded("M1.23456,7L-0.001,2e-7") // => "M1.23,7L0,0"
 */
export function rounded(value: string): string {
  return value.replace(/-?\d*\.?\d+(?:e[+-]?\d+)?/gi, (number) =>
    String(Math.round(Number(number) * 100) / 100 || 0),
  );
}
