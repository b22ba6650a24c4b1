import { axisX, axisY, gridX, gridY, type Markish } from "@observablehq/plot";
import { HAIRLINE, INK } from "./palette.ts";

export { roundTicks } from "../math/round-ticks.ts";

/** A horizontal or vertical axis: where it has ticks, what these read, and its title. */
export interface AxisPlan {
  readonly label: string;
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
  /** px between axis and title; more where ticks are wide. */
  readonly offset?: number;
}

/** A quiet horizontal axis below the frame, title in the middle, hair lines across the frame. */
export function horizontalAxis({ label, ticks, tickText }: AxisPlan): readonly Markish[] {
  const values = [...ticks];
  return [
    gridX(values, { stroke: HAIRLINE, strokeOpacity: 1 }),
    axisX(values, {
      label,
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: tickText,
      tickSize: 4,
      color: INK,
      fontSize: 12,
      labelOffset: 40,
    }),
  ];
}

/** A quiet vertical axis left of the frame, title in the middle, hair lines across the frame. */
export function verticalAxis({ label, ticks, tickText, offset = 42 }: AxisPlan): readonly Markish[] {
  const values = [...ticks];
  return [
    gridY(values, { stroke: HAIRLINE, strokeOpacity: 1 }),
    axisY(values, {
      label,
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: tickText,
      tickSize: 4,
      color: INK,
      fontSize: 12,
      labelOffset: offset,
    }),
  ];
}
