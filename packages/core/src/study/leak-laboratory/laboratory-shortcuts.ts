import type { PredictorTable } from "../../features/predictor-table.ts";
import type { ShortcutSource } from "../audit/audit-subject.ts";
import { numericColumn } from "./laboratory-columns.ts";

/** The centre alone, as an audit asks what it predicts. */
export function centreShortcut({ patients, columns }: PredictorTable): ShortcutSource {
  return { name: "centre", table: { patients, columns: columns.filter(({ name }) => name === "centre") } };
}

/** Which values are missing, as an audit asks what that predicts. */
export function missingnessShortcut({ patients, columns }: PredictorTable): ShortcutSource {
  const indicators = columns.flatMap((column) =>
    column.kind === "numeric" && column.values.some(Number.isNaN)
      ? [
          numericColumn(
            `${column.name} missing`,
            column.values.map((value) => (Number.isNaN(value) ? 1 : 0)),
          ),
        ]
      : [],
  );
  return { name: "missingness", table: { patients, columns: indicators } };
}
