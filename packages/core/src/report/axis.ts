import { axisX, axisY, gridX, gridY, type Markish } from "@observablehq/plot";
import { HAIRLINE, INK } from "./palette.ts";

/** A horizontal or vertical axis: where it has ticks, what these read, and its title. */
export interface AxisPlan {
  readonly label: string;
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
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
      labelOffset: 38,
    }),
  ];
}

/** A quiet vertical axis left of the frame, title in the middle, hair lines across the frame. */
export function verticalAxis({ label, ticks, tickText }: AxisPlan): readonly Markish[] {
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
      labelOffset: 44,
    }),
  ];
}

/**
 * Multiples of a round step that lie in a range.
 *
 * @param about Number of ticks wished for.
 * @example roundTicks(0, 0.4, 5) // => [0,0.1,0.2,0.3,0.4]
 */
export function roundTicks(from: number, to: number, about: number): readonly number[] {
  const rough = (to - from) / about;
  let power = 1;
  while (power > rough) power /= 10;
  while (power * 10 <= rough) power *= 10;
  const step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  // Dividing by the inverse keeps 3 * 0.1 at 0.3.
  const inverse = Math.round(1 / step);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    step < 1 ? (first + i) / inverse : (first + i) * step,
  );
}
