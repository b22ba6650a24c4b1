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

/**
 * A text with its first letter large.
 *
 * @example capitalised("test") // => "Test"
 */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/**
 * A text with its first letter small, for the middle of a sentence.
 *
 * @example lowered("Test set") // => "test set"
 */
export function lowered(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
