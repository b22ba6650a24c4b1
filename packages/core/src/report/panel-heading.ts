import { type Markish, text } from "@observablehq/plot";
import { INK } from "./palette.ts";

/** The bold name of a panel above its frame, at the left. */
export function panelHeading(name: string): Markish {
  return text([name], {
    text: [name],
    frameAnchor: "top-left",
    dy: -18,
    fontSize: 13,
    fontWeight: 700,
    fill: INK,
    textAnchor: "start",
  });
}
