/** A table in Markdown. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that a reader opens by its summary. */
export function foldedSection(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

/** Four significant digits, or whole numbers where there are more; an exponent from ten millions on. */
export function printedValue(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e7) return Number(value.toPrecision(4)).toExponential();
  return String(size >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
}

/** Values by a key, in the order in which keys come first. */
export function groupedBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
