/**
 * Items as an English list.
 *
 * @example listed(["age", "grade", "size"]) // => "age, grade and size"
 */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/**
 * A count with its noun, with an s where it is not one.
 *
 * @example counted(2, "fold") // => "2 folds"
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
