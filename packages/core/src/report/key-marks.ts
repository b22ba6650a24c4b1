import { line, text, type Markish } from "@observablehq/plot";
import { INK, type ModelStyle } from "./palette.ts";

/** One line of a key inside a figure. */
export interface KeyRow {
  readonly label: string;
  /** Printed at the right edge, may be empty. */
  readonly value: string;
  readonly style: ModelStyle;
}

/** Where a key stands, in the units of the figure's axes; rows go down from `top` by `step`. */
export interface KeyPlace {
  readonly x: number;
  readonly right: number;
  readonly top: number;
  readonly step: number;
  /** Length of the line beside a label. */
  readonly swatch: number;
}

/** The key of a figure as marks of the figure itself: a line as it is drawn, its name in ink, its value. */
export function keyMarks(rows: readonly KeyRow[], place: KeyPlace): Markish[] {
  const { x, right, swatch } = place;
  return rows.flatMap(({ label, value, style }, i): Markish[] => {
    const y = place.top - i * place.step;
    const words = { fill: INK, fontSize: 12, stroke: "#ffffff", strokeWidth: 4 };
    return [
      line(
        [
          [x, y],
          [x + swatch, y],
        ],
        { stroke: style.colour, strokeWidth: style.width, strokeDasharray: style.dashes },
      ),
      text([[x + swatch, y]], { text: [label], textAnchor: "start", dx: 6, ...words }),
      ...(value === "" ? [] : [text([[right, y]], { text: [value], textAnchor: "end", dx: -8, ...words })]),
    ];
  });
}
