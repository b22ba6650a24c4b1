/** A table by column; a missing cell is null. A column whose every cell is a number holds numbers, any other text. */
export interface OracleTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** A column's numbers, NaN where missing; text is an error. */
export function numbers(table: OracleTable, name: string): Float64Array {
  return Float64Array.from(column(table, name), (cell) => {
    if (typeof cell === "string") throw new Error(`column ${name} holds text`);
    return cell ?? NaN;
  });
}

/** A column's cells as text, null where missing. */
export function texts(table: OracleTable, name: string): (string | null)[] {
  return column(table, name).map((cell) => (cell === null ? null : String(cell)));
}

function column(table: OracleTable, name: string): readonly (number | string | null)[] {
  const cells = table.columns[name];
  if (cells === undefined)
    throw new Error(`the table has no column ${name}; it has ${Object.keys(table.columns).join(", ")}`);
  return cells;
}

/** A comma-separated table with a header; cells may stand in double quotes. */
export function parseTable(text: string): OracleTable {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  const [header, ...body] = lines.map(parseLine);
  const columns = header.map((name, j) => [name, typedColumn(body.map((cells) => cells[j] ?? ""))] as const);
  return { rows: body.length, columns: Object.fromEntries(columns) };
}

function parseLine(line: string): string[] {
  // With a comma before each cell an empty first one is no empty match, after which a search would skip a character.
  const cells = [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return cells.map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"')));
}

function typedColumn(cells: readonly string[]): (number | string | null)[] {
  const numeric = cells.every((cell) => cell.trim() === "" || !Number.isNaN(Number(cell)));
  return cells.map((cell) => (cell.trim() === "" ? null : numeric ? Number(cell) : cell));
}

/** Tables of the same row order, side by side; of columns with the same name the first stays. */
export function joinTables(tables: readonly OracleTable[]): OracleTable {
  const rows = tables[0].rows;
  if (tables.some((table) => table.rows !== rows))
    throw new Error("tables side by side need equal numbers of rows");
  return {
    rows,
    columns: Object.assign({}, ...tables.map((table) => table.columns).reverse()) as OracleTable["columns"],
  };
}

type Comparison = (cell: number | string, value: number | string) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  "==": (cell, value) => cell === value,
  "!=": (cell, value) => cell !== value,
  "<=": (cell, value) => cell <= value,
  ">=": (cell, value) => cell >= value,
  "<": (cell, value) => cell < value,
  ">": (cell, value) => cell > value,
};

/**
 * The rows that fulfil a condition, in file order.
 *
 * @param where Comparisons and `first N rows`, joined by a comma, `&` or `and`; null keeps every row.
 * @throws {Error} A term of another form.
 */
export function rowsWhere(table: OracleTable, where: string | null): OracleTable {
  let kept = Array.from({ length: table.rows }, (_, row) => row);
  for (const term of (where ?? "").split(/,|&+|\band\b/)) {
    if (term.trim() === "") continue;
    const first = /^\s*first (\d+) rows?\s*$/.exec(term);
    kept = first === null ? kept.filter(condition(table, term)) : kept.slice(0, Number(first[1]));
  }
  const columns = Object.entries(table.columns).map(
    ([name, cells]) => [name, kept.map((row) => cells[row]!)] as const,
  );
  return { rows: kept.length, columns: Object.fromEntries(columns) };
}

function condition(table: OracleTable, term: string): (row: number) => boolean {
  const match = /^\s*([\w.]+)\s*(==|!=|<=|>=|<|>)\s*(?:'([^']*)'|"([^"]*)"|(\S+))\s*$/.exec(term);
  const compare = comparisons[match?.[2] ?? ""];
  if (match === null || compare === undefined) throw new Error(`where: cannot read "${term.trim()}"`);
  const cells = column(table, match[1]);
  const text = match[3] ?? match[4];
  const value = text ?? Number(match[5]);
  // a quoted value compares as text, whatever the column looks like
  return (row) => {
    const cell = cells[row]!;
    return cell !== null && compare(text === undefined ? cell : String(cell), value);
  };
}
