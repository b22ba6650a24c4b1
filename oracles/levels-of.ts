/** R sorts text as a dictionary does, capitals beside small letters, unless its locale is C. */
const dictionary = new Intl.Collator("en");

/**
 * The values that occur, in the order that R's `factor` gives them; the first is the reference.
 *
 * @param cells As text; null where missing.
 * @returns By size where every one is a number, otherwise in alphabetical order.
 */
export function levelsOf(cells: readonly (string | null)[]): string[] {
  const present = [...new Set(cells.filter((cell) => cell !== null))];
  const isNumeric = present.every((level) => !Number.isNaN(Number(level)));
  return present.sort((a, b) => (isNumeric ? Number(a) - Number(b) : dictionary.compare(a, b)));
}
