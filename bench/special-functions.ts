/**
 * How far the special functions lie from mpmath's values: `node --conditions=@sentinode/source bench/special-functions.ts
 * references.csv`, with a file that oracles/distributions/special_functions.py printed; without it, the project's own.
 * Prints the table of docs/special-functions.md.
 */
import { resolve } from "node:path";
import { accuracies, type Accuracy, readReferences } from "../oracles/distributions/special-functions.ts";

const own = resolve(import.meta.dirname, "../oracles/distributions/special-functions.csv");
const path = process.argv[2] === undefined ? own : resolve(process.argv[2]);
const found = accuracies(readReferences(path));

/** Both tails of a distribution share a row, and so do their logarithms. */
const title = (name: string) =>
  name
    .replace(/(.*)\.(lower|upper)$/, "`$1`, probabilities")
    .replace(/(.*)\.log(Lower|Upper)$/, "`$1`, logarithms");
const shown = (value: number) =>
  Number.isSafeInteger(value) ? `${value}` : `${Number(value.toPrecision(4))}`;

console.log("| function | values | largest error | unit | at |\n|---|---:|---:|---|---|");
const rows = new Map<string, Accuracy>();
for (const accuracy of found) {
  const row = title(accuracy.name);
  const known = rows.get(row);
  const count = accuracy.count + (known?.count ?? 0);
  rows.set(row, { ...(known !== undefined && known.worst > accuracy.worst ? known : accuracy), count });
}
for (const [row, { count, worst, unit, at }] of rows) {
  const name = row.startsWith("`") ? row : `\`${row}\``;
  const error = unit === "ulp" ? worst.toFixed(2) : worst.toExponential(1);
  console.log(`| ${name} | ${count} | ${error} | ${unit} | ${at.map(shown).join(", ")} |`);
}
