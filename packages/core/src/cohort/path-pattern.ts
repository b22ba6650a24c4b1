import { InputError } from "../errors.ts";

/** Text and columns of a path pattern, in turn: text first and last, possibly empty. */
export interface PathPattern {
  readonly texts: readonly string[];
  readonly columns: readonly string[];
}

/**
 * The parts of a pattern such as `images/{image}.png`.
 *
 * @param pattern A path in which `{column}` stands for a cell of the row.
 * @returns One text more than columns.
 * @throws {InputError} A brace without its partner, or empty braces.
 * @example parsePathPattern("images/{image}.png") // => { "texts": ["images/", ".png"], "columns": ["image"] }
 */
export function parsePathPattern(pattern: string): PathPattern {
  const parts = pattern.split(/\{([^{}]*)\}/);
  const [texts, columns] = [parts.filter((_, i) => i % 2 === 0), parts.filter((_, i) => i % 2 === 1)];
  if (texts.some((text) => /[{}]/.test(text)) || columns.some((column) => column.trim() === ""))
    throw new InputError(
      `a path pattern needs column names in braces, such as images/{image}; got "${pattern}"; correct it`,
    );
  return { texts, columns: columns.map((column) => column.trim()) };
}

/**
 * The path that a pattern gives for a row.
 *
 * @param cells The row's cells of `pattern.columns`, in that order.
 * @example fillPathPattern({ texts: ["images/", ".png"], columns: ["image"] }, ["case001"]) // => "images/case001.png"
 */
export function fillPathPattern(pattern: PathPattern, cells: readonly string[]): string {
  return pattern.texts.map((text, i) => (i < cells.length ? text + cells[i].trim() : text)).join("");
}
